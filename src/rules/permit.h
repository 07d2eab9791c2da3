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
 * that is said. Of several the one with the fewest deviations counts; then an issued one before others, one of
 * which time and days are determined before one of which they are not, one that names the aircraft before one
 * that names only its operator, then by permit_no, the later list, the line.
 *
 * A permit of another time tells nothing of a time that no list covers: another list would have been due.
 *
 * The entry is an interval. One that lies in the time is within, one outside is a deviation, and one that
 * straddles a limit is neither: then the time is undetermined. A flight that was inside when it was first
 * heard, and did not depart there, entered at some time of the day before.
 *
 * flights_max is used up in order of entry, once a flight, by crossings that are covered, with deviations
 * or not; grazing ones and those that enter again count to the same flight, which
 * is one of so many, or one too many, each time.
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

/** A rule of the case by which no permit is required: all that is said of it holds. */
struct ovf_permit_exemption {
    const char *name;
    const char *source; /* where that stands; "" when not said */
    const char *state;  /* whose airspace */
    struct ovf_names operators;
    struct ovf_names registrations; /* "YI-*" are all that begin so */
    bool state_aircraft;
    unsigned roles;  /* bits 1 << enum ovf_role; 0: all */
    int64_t from_ns; /* of entries; INT64_MIN: ever since */
    int64_t to_ns;   /* the first instant on which it no longer holds; INT64_MAX: none */
};

/** Nothing is copied. */
struct ovf_permit_question {
    const struct ovf_permit_list *lists; /* in order of their making, the oldest first */
    size_t n_lists;
    const struct ovf_permit_exemption *exemptions; /* the first that holds counts */
    size_t n_exemptions;
    const struct ovf_aircraft_group *state_aircraft; /* NULL: none are known */
    const char *state_aircraft_source;               /* who says so; "" when not said */
    int64_t as_of_ns;                                /* today, for what is in force today */
};

/** What became of one crossing. */
struct ovf_permit_answer {
    enum ovf_permit_verdict verdict;
    const struct ovf_permit_list *list; /* the permit's, or one that is about the airspace */
    const struct ovf_permit *permit;    /* NULL: none came into question */
    const struct ovf_permit *near; /* without one: of another time, and no list covers this one */
    const struct ovf_permit_exemption
        *exemption;        /* of NOT_REQUIRED; of TIME_UNDETERMINED: one that may hold */
    unsigned deviations;   /* bits 1 << enum ovf_permit_deviation */
    unsigned not_compared; /* likewise: not stated on one side or the other */
    bool is_undetermined;  /* the permit's time or days are */
    bool names_aircraft;   /* not only its operator */
    bool is_state_aircraft;
    int64_t minutes_outside; /* of OTHER_TIME and of near: at least, rounded up */
    double entry_off_m;      /* of OTHER_ENTRY_POINT and OTHER_EXIT_POINT; NAN: not compared */
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

/* The same in steps, the costly one of which can be done by several threads. */

struct ovf_permit_judging;

/** Put the question's permits in order; it outlives the judging. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_permit_judging_new(const struct ovf_permit_question *question,
                                                     struct ovf_permit_judging **out);

/** NULL is fine. */
void ovf_permit_judging_free(struct ovf_permit_judging *judging);

/** Judge crossings, as if no permit were used up: any part of them at a time, in any number of threads.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_permit_judging_match(const struct ovf_permit_judging *judging,
                                                       const struct ovf_subject *subjects, size_t n,
                                                       struct ovf_permit_answer *answers);

/** With all crossings matched: use up flights_max. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_permit_judging_settle(const struct ovf_permit_judging *judging,
                                                        const struct ovf_subject *subjects,
                                                        size_t n,
                                                        struct ovf_permit_answer *answers);

/** A finding of each answer that is one, in order: rule permit/1 against the state. The subjects, the
 * question and the lists outlive the findings; failures stick in these. */
void ovf_permits_find(const struct ovf_permit_question *question,
                      const struct ovf_subject *subjects, const struct ovf_permit_answer *answers,
                      size_t n, struct ovf_findings *findings);

/* ---- for an authority's desk ---- */

/** Flights of an operator into an airspace on a day (UTC, of the entry, or of the flight's start where that is
 * not known), by verdict: of a flight that entered several times, the one that asks most for a look. */
struct ovf_permit_day {
    const char *state;    /* of the lists; borrowed, as the next */
    const char *airspace; /* of the subjects */
    int64_t day_ns;
    char operator_icao[4]; /* "": no designator stands in the callsign */
    uint32_t n_flights;
    uint32_t n_by_verdict[OVF_PERMIT_VERDICT_N];
};

/** What was looked at for flights. All is borrowed. */
struct ovf_permit_searched {
    const int64_t *days; /* UTC midnights of the days with data, in order */
    size_t n_days;
    const struct ovf_asked *asked; /* airspaces of which all traffic was asked for */
    size_t n_asked;
};

/** An issued permit under which no flight was found. */
struct ovf_permit_unflown {
    const struct ovf_permit_list *list;
    const struct ovf_permit *permit;
};

/** Zero-initialise. */
struct ovf_permit_summary {
    struct ovf_permit_day *days; /* by state, airspace, day, operator */
    size_t n_days;
    struct ovf_permit_unflown *unflown; /* in order of the lists */
    size_t n_unflown;
    size_t n_unknown; /* as in OVF_PERMIT_UNKNOWN_WORDS: issued, and valid on a day with data */
};

/** What these are, before their number. */
#define OVF_PERMIT_UNKNOWN_WORDS                                                                   \
    "permits of which the store cannot tell whether they were flown, as it was not asked for all " \
    "traffic of their airspace"

void ovf_permit_summary_deinit(struct ovf_permit_summary *summary);

/**
 * \param[in]  searched  a permit that is valid on none of its days is not told of
 * \param[out] out       borrows from the question and the subjects
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_permits_summarize(const struct ovf_permit_question *question,
                                                    const struct ovf_subject *subjects,
                                                    const struct ovf_permit_answer *answers,
                                                    size_t n,
                                                    const struct ovf_permit_searched *searched,
                                                    struct ovf_permit_summary *out);

#endif
