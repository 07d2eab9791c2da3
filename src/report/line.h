/* SPDX-License-Identifier: Apache-2.0 */
/* What is printed of a scan, whatever the format: a crossing with all that is known around it, and an
 * input with its account. */
#ifndef OVF_REPORT_LINE_H
#define OVF_REPORT_LINE_H

#include "base/buffer.h"
#include "base/sha256.h"
#include "base/tally.h"
#include "engine/engine.h"
#include "rules/watches.h"
#include "track/member.h"

/** Who an aircraft is, and who says so. */
struct ovf_report_identity {
    const struct ovf_identity *identity; /* NULL: nothing is known */
    const char *source;                  /* "register sha256:...", "trace_header", "table" */
    int64_t date_ns;                     /* the day of that source */
    bool has_date;
    uint32_t db_flags; /* readsb's: those that anybody sets, be it who says the rest or not */
    bool has_db_flags;
};

struct ovf_operators;
struct ovf_routes;

/** What all lines of a report share. */
struct ovf_report {
    const struct ovf_engine_config *config;
    const struct ovf_watches *watches; /* of a case; NULL: there are none */
    const struct ovf_routes *routes;   /* that state ends which are unknown; NULL: there are none */
    const struct ovf_operators *operators; /* a user's; NULL: the program's alone */
    struct ovf_bytes
        thresholds; /* that are not the program's: "circle_s 900;hard_kt 650;"; may be empty */
    /* For revisions, of the thread that reports; NULL: one is made for each line, which takes as long as to hash it. */
    struct ovf_sha256 *hash;
};

/** A crossing to be printed. */
struct ovf_report_line {
    const struct ovf_result *result;
    const struct ovf_crossing *crossing;
    struct ovf_report_identity who;
    const struct ovf_track_member *members; /* of the track, by the item of its records */
    const struct ovf_receivers *receivers;  /* that its fixes name; NULL: they name none */
    const uint32_t *items; /* those of them that the flight was made from, in order */
    size_t n_items;
    struct ovf_match match;
    struct ovf_watches_met watches; /* of the report's */
    double distance_m; /* flown inside, as ovf_passage_distance_m; 0 where lines do not tell it */
};

/** What one input was and came to. */
struct ovf_report_input {
    const char *path;
    const struct ovf_digest *digest;         /* NULL: a directory has none */
    const struct ovf_digest *members_digest; /* NULL: what has a digest has none */
    uint64_t n_bytes;
    uint64_t n_not_used;
    uint64_t n_date_disagrees;
    const struct ovf_tally *members;
    const struct ovf_tally *rows;
    int64_t
        decimation_s; /* the longest interval that its archive's rule explains; 0: no such rule is known of it */
    int64_t first_ns; /* first > last: no fix was used */
    int64_t last_ns;
};

/** A simulated aircraft: an address of no state, and a callsign that says so. */
bool ovf_report_is_simulated(uint32_t address, const char *callsign);

/** tar1090's word for bit \p bit of db_flags (0: military, interesting, pia, ladd), or NULL. */
const char *ovf_report_db_flag_name(unsigned bit);

/** The altitude at \p t_ns of \p datum (OVF_FIX_ALT_BARO or OVF_FIX_ALT_GEOM), climbing uniformly between
 * two fixes that both know theirs; false when one does not. */
bool ovf_report_altitude_between(const struct ovf_fix *before, const struct ovf_fix *after,
                                 int64_t t_ns, unsigned datum, double *alt_ft);

/** The index, from \p i on, of the next detection of the track that touches the crossing: one of its fixes lies
 * between those around the crossing, or they lie on either side. SIZE_MAX: there is none. */
size_t ovf_report_next_detection(const struct ovf_report_line *line, size_t i);

struct ovf_operated;

#define OVF_REPORT_ELSEWHERE_SIZE 64

/** The operators that are of another state than the address, "RYR=IE RYS=PL". */
void ovf_report_elsewhere(const struct ovf_operated *operated,
                          char text[OVF_REPORT_ELSEWHERE_SIZE]);

#define OVF_REPORT_DETECTIONS_SIZE 128

/** Which kinds of them there are, comma-separated, each once. */
void ovf_report_detections(const struct ovf_report_line *line,
                           char kinds[OVF_REPORT_DETECTIONS_SIZE]);

/** The larger radius of the two fixes around an end. */
double ovf_report_radius_m(const struct ovf_track *track, const struct ovf_passage_end *end);

/** Codes of the airspaces in \p members, comma-separated. */
OVF_NODISCARD enum ovf_status ovf_report_codes(const struct ovf_edition *edition,
                                               const struct ovf_members *members,
                                               struct ovf_buffer *out);

/** Where it was heard, in words: "2025-07-01T00:50:00Z within 232 km of 0.0000,8.0000", by "; ". */
OVF_NODISCARD enum ovf_status ovf_report_heard(const struct ovf_discs_used *heard,
                                               struct ovf_buffer *out);

/** The set \p i of \p any_of, in words: "IQ or TR". */
OVF_NODISCARD enum ovf_status ovf_report_one_of(const struct ovf_edition *edition,
                                                const struct ovf_any_of *any_of, size_t i,
                                                struct ovf_buffer *out);

/** The sets in \p any_of, in words: "IQ or TR; IQ or JO or SY". */
OVF_NODISCARD enum ovf_status ovf_report_any_of(const struct ovf_edition *edition,
                                                const struct ovf_any_of *any_of,
                                                struct ovf_buffer *out);

#endif
