/* SPDX-License-Identifier: Apache-2.0 */
/* The journeys that a watch was met by: each counts once, whatever it crossed, landed and took off again. */
#ifndef OVF_RULES_WATCHED_H
#define OVF_RULES_WATCHED_H

#include "rules/finding.h"
#include "rules/subject.h"

struct ovf_watched_journey {
    const char *journey_id;
    size_t first; /* its crossings: indexes [first, first + n) into crossings, in order of entry */
    size_t n;
    struct ovf_when
        entry; /* into the first airspace of the watch; known always: who was inside when first
                            * heard counts from then on */
    bool
        is_sure; /* one of its crossings is observed, bracketed or necessary, and both ends that the watch asks
                   * for are known */
};

/** The reason of what is said of a journey that is not sure. */
#define OVF_WATCHED_PERHAPS                                                                        \
    "perhaps only: it was not for certain inside, or where it came from or went is known by the "  \
    "states alone"

/** Zero-initialise. */
struct ovf_watched {
    struct ovf_watched_journey *items; /* in order of entry, then id */
    size_t n;
    size_t *crossings; /* indexes of subjects */
    size_t n_crossings;
};

void ovf_watched_deinit(struct ovf_watched *watched);

/** Whether the crossing met the watch \p name. */
bool ovf_subject_meets(const struct ovf_subject *subject, const char *name);

/** Whether it met it by a crossing that was flown for certain, both ends known that the watch asks for. */
bool ovf_subject_meets_for_sure(const struct ovf_subject *subject, const char *name);

/** The last of \p findings rests on all crossings of journey \p i. */
void ovf_watched_rests_on(const struct ovf_watched *watched, size_t i,
                          const struct ovf_subject *subjects, struct ovf_findings *findings);

/** \p subjects are in order of entry and borrowed; \p out is empty before. */
OVF_NODISCARD enum ovf_status ovf_watched_find(const struct ovf_subject *subjects,
                                               size_t n_subjects, const char *name,
                                               struct ovf_watched *out);

#endif
