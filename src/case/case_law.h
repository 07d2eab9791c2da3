/* SPDX-License-Identifier: Apache-2.0 */
/* What a case holds flights against: prohibitions, orders, embargoes. All of it is dated data with a source: in
 * force from valid_from on, until the day or time valid_to, which is the first that is free of it again. */
#ifndef OVF_CASE_CASE_LAW_H
#define OVF_CASE_CASE_LAW_H

#include "case/schema.h"

/** Who says so, and who disputes it. */
struct ovf_case_basis {
    const char *source;
    bool second_hand;         /* the source quotes another that was not read */
    const char *contested_by; /* NULL: nobody that the case knows of */
};

/** Who is exempt: all that is written holds. */
struct ovf_case_exemption {
    struct ovf_case_head head;
    const char *reason;
    struct ovf_case_list operators;     /* const char *, ICAO designators */
    struct ovf_case_list registrations; /* const char * */
    struct ovf_case_list aircraft;      /* int64_t addresses */
    struct ovf_case_list roles;         /* int64_t, enum ovf_role */
};

/** An airspace that may not be flown in for a time: a no-fly zone, a closure. */
struct ovf_case_closure {
    struct ovf_case_head head;
    struct ovf_case_name name;
    int64_t kind; /* which of OVF_CASE_CLOSURES */
    const char *airspace;
    const char *instrument; /* a resolution, a NOTAM; may be NULL */
    int64_t valid_from_ns;
    int64_t valid_to_ns;
    struct ovf_case_list weekdays; /* int64_t, 0 Monday; empty: all */
    int64_t from_ns; /* since 00:00 of each day; with until before from over midnight */
    int64_t until_ns;
    double floor_ft; /* of barometric altitude; -INFINITY: the surface */
    double ceiling_ft;
    struct ovf_case_list exemptions; /* struct ovf_case_exemption */
    struct ovf_case_basis basis;
};

/** An order to land at an airport. */
struct ovf_case_order {
    struct ovf_case_head head;
    struct ovf_case_name name;
    const char *by;
    struct ovf_case_name watch;
    struct ovf_case_list
        registrations;             /* const char *; with aircraft empty: all flights of the watch */
    struct ovf_case_list aircraft; /* int64_t addresses */
    const char *land_at;
    int64_t valid_from_ns; /* of flights that enter from then on */
    int64_t valid_to_ns;
    struct ovf_case_basis basis;
};

/** A measure that prohibits or calls for something, on the flights of watches. */
struct ovf_case_embargo {
    struct ovf_case_head head;
    struct ovf_case_name name;
    const char *instrument;
    const char *paragraph; /* NULL: as a whole */
    const char *says;
    int64_t valid_from_ns;
    int64_t valid_to_ns;
    struct ovf_case_list watches; /* struct ovf_case_name; empty: all */
    struct ovf_case_basis basis;
};

extern const struct ovf_table ovf_case_exemption_table;
extern const struct ovf_table ovf_case_closure_table;
extern const struct ovf_table ovf_case_order_table;
extern const struct ovf_table ovf_case_embargo_table;

#define OVF_CASE_CLOSURES "no_fly_zone|closure|restriction"

#endif
