/* SPDX-License-Identifier: Apache-2.0 */
/* Crossings held against permit lists. What is said is what the lists say: "no permit in the supplied
 * list" is no statement about what was permitted.
 *
 * A crossing of a state's airspace is compared with the rows of airspace `country`, one of its flight
 * information regions with the rows of airspace `fir`, never the one with the other. All lists of a state
 * are looked at together, the later given the better: a permit that stands in several (the same authority
 * and number) is taken from the last of these.
 *
 * A permit comes into question when it names the registration or the callsign, or the operator by its
 * ICAO designator, and its time (with tolerances) is not more than a day away: one farther off is about
 * another flight. What does not fit is a deviation; what is not stated on either side is not compared, and
 * that is said. Of several the one with the fewest deviations counts; then an issued one before others,
 * one that names the aircraft before one that names only its operator, then by permit_no.
 *
 * The entry is an interval. One that lies in the time is within, one outside is a deviation, and one that
 * straddles a limit is neither: then the time is undetermined. A flight that was inside when it was first
 * heard entered at some time within a day before its exit.
 *
 * flights_max is used up in order of entry, once a flight, by crossings that are covered, with deviations
 * or not; grazing ones and those that enter again count to the same flight.
 */
#ifndef OVF_RULES_PERMIT_H
#define OVF_RULES_PERMIT_H

#include "lists/permit.h"
#include "rules/aircraft_group.h"
#include "rules/finding.h"

#define OVF_PERMIT_RULE "permit/1"

enum ovf_permit_verdict {
    OVF_PERMIT_COVERED,
    OVF_PERMIT_COVERED_WITH_DEVIATION,
    OVF_PERMIT_REFUSED_OR_REVOKED,
    OVF_PERMIT_NOT_IN_SUPPLIED_LIST,
    OVF_PERMIT_LIST_DOES_NOT_COVER_DATE,
    OVF_PERMIT_TIME_UNDETERMINED,
    OVF_PERMIT_NOT_REQUIRED,
    OVF_PERMIT_NOT_JUDGED, /* no list is about that airspace, or it was not entered for certain */
    OVF_PERMIT_VERDICT_N
};

/** In snake case, as it is printed. */
const char *ovf_permit_verdict_name(enum ovf_permit_verdict verdict);

/** Bits of a set. */
enum ovf_permit_deviation {
    OVF_PERMIT_OTHER_REGISTRATION,
    OVF_PERMIT_OTHER_CALLSIGN,
    OVF_PERMIT_OTHER_OPERATOR,
    OVF_PERMIT_OTHER_TYPE,
    OVF_PERMIT_OTHER_TIME,
    OVF_PERMIT_OTHER_DAY,
    OVF_PERMIT_OTHER_ADEP,
    OVF_PERMIT_OTHER_ADES,
    OVF_PERMIT_OTHER_ENTRY_POINT, /* more than 30 NM away */
    OVF_PERMIT_OTHER_EXIT_POINT,
    OVF_PERMIT_OTHER_KIND,    /* landing and overflight, the one for the other */
    OVF_PERMIT_NO_DIPLOMATIC, /* a state aircraft under a permit that is no diplomatic clearance */
    OVF_PERMIT_USED_UP,       /* flights_max */
    OVF_PERMIT_DEVIATION_N
};

const char *ovf_permit_deviation_name(enum ovf_permit_deviation deviation);

/** A rule of the case by which no permit is required. */
struct ovf_permit_exemption {
    const char *name;
    const char *source;                 /* where that stands; "" when not said */
    int64_t from_ns;                    /* of entries; INT64_MIN: ever since */
    int64_t to_ns;                      /* not included; INT64_MAX: for good */
    unsigned roles;                     /* bits 1 << enum ovf_role; 0: all */
    struct ovf_aircraft_group aircraft; /* empty: all */
    bool is_all;                        /* any aircraft */
};

/** Nothing is copied. */
struct ovf_permit_question {
    const struct ovf_permit_list *lists; /* in order of their making, the oldest first */
    size_t n_lists;
    const struct ovf_permit_exemption *exemptions; /* the first that holds counts */
    size_t n_exemptions;
    const struct ovf_aircraft_group
        *state_aircraft;               /* Art. 3 of the Convention; NULL: none are known */
    const char *state_aircraft_source; /* who says so; "" when not said */
    int64_t as_of_ns;                  /* today, for what is in force today */
};

/** What became of one crossing. */
struct ovf_permit_answer {
    enum ovf_permit_verdict verdict;
    const struct ovf_permit_list *list; /* the permit's, or one that is about the airspace */
    const struct ovf_permit *permit;    /* NULL: none came into question */
    const struct ovf_permit_exemption *exemption; /* of NOT_REQUIRED */
    unsigned deviations;                          /* bits 1 << enum ovf_permit_deviation */
    unsigned not_compared; /* likewise: not stated on one side or the other */
    bool names_aircraft;   /* not only its operator */
    bool is_state_aircraft;
    double minutes_outside; /* of OTHER_TIME */
    double entry_off_m;     /* of OTHER_ENTRY_POINT and OTHER_EXIT_POINT; NAN: not compared */
    double exit_off_m;
};

/**
 * Judge crossings. Cost: sorting both, then a search and the permits of one aircraft or operator within a
 * day a crossing.
 *
 * \param[in]     subjects  crossings in any order; of classes possible, impossible and inconsistent none
 *                          is judged, nor what was not entered
 * \param[out]    answers   one a subject, in their order
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_permits_judge(const struct ovf_permit_question *question,
                                                const struct ovf_subject *subjects, size_t n,
                                                struct ovf_permit_answer *answers);

/** A finding of each answer that is one, in order: rule permit/1 against the state. The subjects, the
 * question and the lists outlive the findings; failures stick in these. */
void ovf_permits_find(const struct ovf_permit_question *question,
                      const struct ovf_subject *subjects, const struct ovf_permit_answer *answers,
                      size_t n, struct ovf_findings *findings);

/* ---- for an authority's desk ---- */

/** A day (UTC, of the entry) and operator of a list's state: flights by verdict, the worst of their
 * crossings'. */
struct ovf_permit_day {
    const char *state;    /* borrowed from the lists */
    const char *airspace; /* of the subjects */
    int64_t day_ns;
    char operator_icao[4]; /* "" : the callsign has no designator */
    uint32_t n_flights;
    uint32_t n_by_verdict[OVF_PERMIT_VERDICT_N];
};

/** An issued permit of which no flight was seen. */
struct ovf_permit_unflown {
    const struct ovf_permit_list *list;
    const struct ovf_permit *permit;
};

/** Zero-initialise. */
struct ovf_permit_summary {
    struct ovf_permit_day *days; /* by state, airspace, day, operator */
    size_t n_days;
    struct ovf_permit_unflown *unflown; /* by valid_from, authority, permit_no */
    size_t n_unflown;
};

void ovf_permit_summary_deinit(struct ovf_permit_summary *summary);

/**
 * \param[in]  from_ns, to_ns  what the crossings can be expected to be of: a permit that is not valid in
 *                             that time is not "not flown"
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_permits_summarize(const struct ovf_permit_question *question,
                                                    const struct ovf_subject *subjects,
                                                    const struct ovf_permit_answer *answers,
                                                    size_t n, int64_t from_ns, int64_t to_ns,
                                                    struct ovf_permit_summary *out);

#endif
