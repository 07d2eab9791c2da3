/* SPDX-License-Identifier: Apache-2.0 */
/* What a case asks of every flight: watches, and the zones that they may be over. */
#ifndef OVF_CASE_CASE_WATCH_H
#define OVF_CASE_CASE_WATCH_H

#include "case/schema.h"

/** A circle, a polygon, or an airspace of a map file; airspace "zone:NAME". */
struct ovf_case_zone {
    struct ovf_case_head head;
    struct ovf_case_name name;
    double lat_deg; /* of a circle */
    double lon_deg;
    double radius_nmi;
    struct ovf_case_list points; /* of a polygon: struct ovf_case_place, positions */
    const char *file;            /* NULL: a circle or polygon */
    const char *airspace;        /* as the file calls it */
    double floor_ft;             /* of barometric altitude; absent: the surface */
    double ceiling_ft;
};

enum ovf_over_how {
    OVF_OVER_ANY,      /* a crossing of one of them */
    OVF_OVER_ALL,      /* of a journey that was seen in all of them */
    OVF_OVER_IN_ORDER, /* one after the other */
};

/** A question. What is not written is not asked. */
struct ovf_case_watch {
    struct ovf_case_head head;
    struct ovf_case_name name;
    const char *about;
    const char *from; /* a state or an airport */
    const char *to;
    struct ovf_case_list over;          /* const char *, airspaces; not empty */
    int64_t how;                        /* enum ovf_over_how */
    struct ovf_case_list aircraft;      /* int64_t addresses */
    struct ovf_case_list registrations; /* const char * */
    struct ovf_case_list operators;     /* const char *, ICAO designators */
    struct ovf_case_list types;         /* const char *, ICAO type designators */
    struct ovf_case_list lists;         /* const char *, of the case's lists */
    struct ovf_case_list roles;         /* int64_t, enum ovf_role */
    struct ovf_case_list classes;       /* int64_t, enum ovf_class */
    int64_t from_ns;                    /* INT64_MIN: always */
    int64_t until_ns;                   /* INT64_MAX: for ever */
};

extern const struct ovf_table ovf_case_zone_table;
extern const struct ovf_table ovf_case_watch_table;

/** Words of keys that hold enum ovf_role and enum ovf_class, in their order. */
#define OVF_CASE_ROLES "overflight|arrival|departure|domestic|incomplete|none"
#define OVF_CASE_CLASSES                                                                           \
    "observed|bracketed|necessary|near_certain|possible|impossible|inconsistent"

#endif
