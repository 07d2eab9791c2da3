/* SPDX-License-Identifier: Apache-2.0 */
/* What rules are given: a case, and what is known of flights and days. Everything is borrowed. */
#ifndef OVF_RULES_MATTER_H
#define OVF_RULES_MATTER_H

#include "case/case_file.h"
#include "lists/listings.h"
#include "lists/register.h"
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
    const struct ovf_listings *listings;    /* NULL: the case names no lists */
    const struct ovf_register *register_;   /* NULL: it names none */
    bool has_register_day;
    int64_t register_day_ns;
    int64_t first_day_ns; /* the UTC days of the inputs: consecutive, from this midnight on */
    size_t n_days;
    const bool *has_data; /* by day */
    const uint32_t *
        control; /* by watch and day: flights of others that were heard in its airspaces; NULL: they
                              * were not counted */
    int64_t now_ns; /* whose day is "today" */
};

/** Days from one midnight until before another. */
struct ovf_matter_days {
    size_t n;
    size_t n_without_data;
    size_t n_not_heard; /* with data, but nobody else was heard in the airspaces of the watch */
};

/** The days [\p from_ns, \p until_ns), both midnights; until yesterday where \p until_ns is INT64_MAX, no limit. A
 * day that is not over is one without data: more may come. \p watch is its number in the case. */
struct ovf_matter_days ovf_matter_days(const struct ovf_matter *matter, size_t watch,
                                       int64_t from_ns, int64_t until_ns);

/** Whether who was not heard on the days did not fly as far as can be known: there is one, and each has data and
 * others that were heard. */
bool ovf_matter_days_tell(struct ovf_matter_days days);

/** The number of the watch \p name, which the case has. */
size_t ovf_matter_watch(const struct ovf_matter *matter, const char *name);

/** Whether what is known of flights is invented. */
bool ovf_matter_is_simulated(const struct ovf_matter *matter);

/** Whether something dated holds at a time that is known to lie within bounds. */
enum ovf_holds { OVF_HOLDS_NOT, OVF_HOLDS, OVF_HOLDS_PERHAPS };

/** Whether both hold. */
enum ovf_holds ovf_holds_both(enum ovf_holds a, enum ovf_holds b);

/** Of what is in force from \p from_ns until before \p to_ns. */
enum ovf_holds ovf_holds_at(int64_t from_ns, int64_t to_ns, struct ovf_when when);

#endif
