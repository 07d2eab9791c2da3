/* SPDX-License-Identifier: Apache-2.0 */
/* What rules are given: a case, and what is known of flights and days. Everything is borrowed. */
#ifndef OVF_RULES_MATTER_H
#define OVF_RULES_MATTER_H

#include "case/case_file.h"
#include "rules/subject.h"

/** An airspace as crossings name it. */
struct ovf_matter_area {
    const char *kind;
    const char *code;
};

/** Zero-initialise what is not known. */
struct ovf_matter {
    const struct ovf_case *the_case;
    const struct ovf_subject *subjects; /* in order of entry */
    size_t n_subjects;
    const struct ovf_subject_flight *flights; /* in order of start */
    size_t n_flights;
    const struct ovf_matter_area *closures; /* what each closure of the case is about */
    const int64_t *days_with_data;          /* midnights, in order */
    size_t n_days_with_data;
    int64_t now_ns; /* whose day is "today" */
};

/** How many of the days [\p from_ns, \p until_ns) have no data; both are midnights. */
size_t ovf_matter_days_without_data(const struct ovf_matter *matter, int64_t from_ns,
                                    int64_t until_ns);

/** Whether one of the days [\p from_ns, \p to_ns) until today has none. */
bool ovf_matter_lacks_data(const struct ovf_matter *matter, int64_t from_ns, int64_t to_ns);

/** Whether what is known of flights is invented. */
bool ovf_matter_is_simulated(const struct ovf_matter *matter);

/** Whether something dated holds at a time that is known to lie within bounds. */
enum ovf_holds { OVF_HOLDS_NOT, OVF_HOLDS, OVF_HOLDS_PERHAPS };

/** Of what is in force from \p from_ns until before \p to_ns. */
enum ovf_holds ovf_holds_at(int64_t from_ns, int64_t to_ns, struct ovf_when when);

#endif
