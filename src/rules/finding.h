/* SPDX-License-Identifier: Apache-2.0 */
/* Findings: verdicts on a crossing, a flight or a whole watch, with the rule, the reasons and the sources.
 *
 * A rule adds a finding and then says what belongs to it, which always goes to the one added last. Failures
 * stick: write on, and ask `status` once at the end.
 */
#ifndef OVF_RULES_FINDING_H
#define OVF_RULES_FINDING_H

#include "base/buffer.h"
#include "base/json_writer.h"
#include "base/sha256.h"
#include "base/texts.h"
#include "engine/engine.h"

enum ovf_about {
    OVF_ABOUT_CROSSING,
    OVF_ABOUT_FLIGHT,
    OVF_ABOUT_JOURNEY,
    OVF_ABOUT_WATCH, /* the series of its days */
    OVF_ABOUT_CLAIM, /* this and all below: an entry of the case, by its name there */
    OVF_ABOUT_ORDER,
    OVF_ABOUT_INSPECTION,
    OVF_ABOUT_REQUEST,
    OVF_ABOUT_N
};

/** "crossing", "flight", "journey", "watch", "claim", "order", "inspection", "request". */
const char *ovf_about_name(enum ovf_about about);

/** Whether it is an entry of the case's story, not something that flew. */
bool ovf_about_is_entry(enum ovf_about about);

/** Flights that enter in [from_ns, until_ns); both 0: of all days. */
struct ovf_finding_days {
    int64_t from_ns;
    int64_t until_ns;
};

/** What names a finding: the same rule says one thing only of one subject and key. */
struct ovf_finding_head {
    const char
        *rule; /* "permit/1": its version goes up when the same facts may give another verdict */
    const char
        *key; /* what it was held against: a permit list, a list's entry, a zone; may be "" */
    enum ovf_about about;
    const char *about_id; /* borrowed, as are the texts above, for the life of the findings */
    const char *verdict;
    const char *
        watch; /* about an entry: the watch on whose flights it rests; NULL: on crossings that are named
                 * (ovf_finding_rests_on), or none */
    struct ovf_finding_days
        days; /* about a watch, or an entry with one: of which days its flights carry it */
    bool simulated;
};

struct ovf_finding {
    struct ovf_finding_head head;
    char id[OVF_ID_SIZE]; /* of rule, key and subject */
    bool knows_force;     /* the two below are said */
    bool in_force_on_flight_date;
    bool in_force_today;
    size_t n_inputs;   /* independent inputs that carry it; 0: not known, or it rests on none */
    size_t first_part; /* private: what was said of it, in order */
    size_t n_parts;
};

enum ovf_finding_part_kind {
    OVF_FINDING_REASON, /* a sentence for people */
    OVF_FINDING_SOURCE, /* "sha256:..." of an input or list, or a case's own source */
    OVF_FINDING_DETAIL, /* members of a JSON object, rendered: "key":value */
    OVF_FINDING_RESTS,  /* a crossing that it rests on, by its id */
};

/** Zero-initialise. */
struct ovf_findings {
    struct ovf_finding *items;
    size_t n;
    size_t capacity;
    enum ovf_status status;         /* the first failure */
    struct ovf_finding_part *parts; /* private, like all below */
    size_t n_parts;
    size_t parts_capacity;
    struct ovf_buffer text;
    struct ovf_texts kept;
    size_t details;          /* where the members being written begin */
    struct ovf_sha256 *hash; /* of identifiers; made with the first */
};

void ovf_findings_deinit(struct ovf_findings *findings);

/** Put all that \p from says behind what \p findings say, a failure included; \p from is empty then. */
void ovf_findings_take(struct ovf_findings *findings, struct ovf_findings *from);

/** A copy of \p text that stands as long as the findings, for a head. */
const char *ovf_findings_keep(struct ovf_findings *findings, const char *text);

/** A new finding, to be said more of. */
void ovf_findings_add(struct ovf_findings *findings, const struct ovf_finding_head *head);

/** Whether what it rests on was in force on the day of the flight, and is today. */
void ovf_finding_force(struct ovf_findings *findings, bool on_flight_date, bool today);

/** As printf; numbers with a fraction go through base/number.h. */
void ovf_finding_reason(struct ovf_findings *findings, const char *format, ...) OVF_PRINTF(2, 3);
void ovf_finding_source(struct ovf_findings *findings, const char *source);

/** On the crossing \p id, for one about an entry. */
void ovf_finding_rests_on(struct ovf_findings *findings, const char *id);

/**
 * Write members of the finding's own keys, with any of base/json_writer.h:
 *     struct ovf_json_writer json = ovf_finding_details(findings);
 *     ovf_json_text(&json, "permit_no", permit->number);
 *     ovf_finding_details_end(findings, &json);
 * Nothing else may be said of findings between.
 */
struct ovf_json_writer ovf_finding_details(struct ovf_findings *findings);
void ovf_finding_details_end(struct ovf_findings *findings, const struct ovf_json_writer *json);

/** Part \p i of \p finding, 0 to n_parts - 1; the text is NUL-terminated and borrowed. */
enum ovf_finding_part_kind ovf_finding_part(const struct ovf_findings *findings,
                                            const struct ovf_finding *finding, size_t i,
                                            const char **text);

#endif
