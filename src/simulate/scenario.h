/* SPDX-License-Identifier: Apache-2.0 */
/* A scenario: which invented aircraft fly where and when, and who hears them. docs/formats/scenario.md
 * is made from the tables here. */
#ifndef OVF_SIMULATE_SCENARIO_H
#define OVF_SIMULATE_SCENARIO_H

#include "case/schema.h"
#include "geo/point.h"
#include "pack/airports.h"

/** The first address that is allocated to no state and used here. */
#define OVF_SIMULATED_ADDRESS_MIN 0xF10000

enum ovf_continent {
    OVF_CONTINENT_WORLD,
    OVF_CONTINENT_AFRICA,
    OVF_CONTINENT_ASIA,
    OVF_CONTINENT_EUROPE,
    OVF_CONTINENT_NORTH_AMERICA,
    OVF_CONTINENT_SOUTH_AMERICA,
    OVF_CONTINENT_OCEANIA,
    OVF_CONTINENT_N
};

/** Within the circle nothing below the floor is heard. */
struct ovf_scenario_hole {
    struct ovf_case_head head;
    struct ovf_case_place centre;
    double radius_nmi;
    double floor_ft;
    int64_t from_ns; /* absent: always */
    int64_t until_ns;
};

enum ovf_disturbance {
    OVF_DISTURBANCE_JAM,    /* positions come without integrity, or not at all */
    OVF_DISTURBANCE_SINK,   /* they are all at one place */
    OVF_DISTURBANCE_OFFSET, /* they jump aside and stay there */
    OVF_DISTURBANCE_DRIFT,  /* they leave the way little by little */
    OVF_DISTURBANCE_CIRCLE, /* they go round */
    OVF_DISTURBANCE_MLAT,   /* they are reckoned by receivers on the ground */
    OVF_DISTURBANCE_TISB,   /* they are relayed from a radar */
    OVF_DISTURBANCE_MUTE,   /* none is sent; the transponder answers */
    OVF_DISTURBANCE_N
};

/** What is in the circle is written otherwise than it flies. */
struct ovf_scenario_disturbance {
    struct ovf_case_head head;
    int64_t kind; /* enum ovf_disturbance */
    struct ovf_case_place centre;
    double radius_nmi;
    double floor_ft; /* only from here up */
    int64_t from_ns; /* absent: always */
    int64_t until_ns;
    double share;
    double lost;
    struct ovf_case_place target;
    struct ovf_case_span bearing_deg;
    struct ovf_case_span distance_nmi;
    struct ovf_case_span drift_kt;
    struct ovf_case_span error_m;
};

struct ovf_scenario_silence {
    struct ovf_case_head head;
    int64_t from_ns;
    int64_t until_ns;
    struct ovf_case_list aircraft; /* int64_t addresses; empty: nobody is heard */
};

struct ovf_scenario_aircraft {
    struct ovf_case_head head;
    int64_t icao24;
    const char *registration;
    const char *type_code;
    const char *description; /* NULL: none */
    const char *owner_operator;
    int64_t transmits; /* absent: its own address */
};

struct ovf_scenario_stop {
    struct ovf_case_head head;
    const char *at;
    double minutes;
};

struct ovf_scenario_performance {
    struct ovf_case_head head;
    double cruise_fl;
    double speed_kt;
    double climb_fpm;
    double descent_fpm;
};

struct ovf_scenario_route {
    struct ovf_case_head head;
    const char *name;
    struct ovf_case_list points; /* struct ovf_case_place */
    struct ovf_case_list stops;  /* struct ovf_scenario_stop */
    struct ovf_scenario_performance performance;
};

struct ovf_scenario_schedule {
    struct ovf_case_head head;
    const char *route;
    const char *callsign;
    struct ovf_case_list aircraft; /* int64_t addresses */
    int64_t from_ns;               /* absent: the scenario's */
    int64_t until_ns;
    struct ovf_case_list weekdays; /* int64_t, 0 Monday; empty: all */
    struct ovf_case_list at;       /* int64_t, ns since 00:00 */
    double flights_per_day;        /* absent: one at each time of `at` */
    double spread_min;
    double return_after_h; /* absent: it does not fly back */
};

enum ovf_service {
    OVF_SERVICE_SCHEDULED, /* large and medium fields with scheduled service */
    OVF_SERVICE_NONE,      /* large and medium ones without: military, cargo, private */
    OVF_SERVICE_SMALL,     /* small ones with a runway of known direction */
    OVF_SERVICE_N
};

/** How flights leave their airports and come in; without it, straight from the way to the reference
 * point. */
struct ovf_scenario_approach {
    struct ovf_case_head head;
    struct ovf_case_span straight_nmi;
    struct ovf_case_span final_nmi;
    struct ovf_case_span base_nmi;
    struct ovf_case_span aside_m;
    double skew_deg;
    struct ovf_case_span level_ft;
    struct ovf_case_span level_nmi;
};

struct ovf_scenario_traffic {
    struct ovf_case_head head;
    const char *callsign;
    int64_t icao24; /* of the first aircraft; the others follow */
    int64_t n_aircraft;
    struct ovf_case_list airports; /* const char *codes; empty: of the continent */
    int64_t continent;
    int64_t service;
    int64_t from_ns;
    int64_t until_ns;
    struct ovf_case_span distance_nmi;
    struct ovf_case_span ground_h;
    struct ovf_scenario_performance performance;
    struct ovf_scenario_approach approach;
};

struct ovf_scenario {
    struct ovf_case_head head;
    const char *name;
    const char *about;
    int64_t seed;
    int64_t from_ns;
    int64_t until_ns;
    struct ovf_case_span interval_s; /* each flight has one of its own */
    double jitter_s;
    double wind_east_kt;
    double wind_north_kt;
    struct ovf_case_list holes;
    struct ovf_case_list silences;
    struct ovf_case_list disturbances;
    struct ovf_case_list aircraft;
    struct ovf_case_list routes;
    struct ovf_case_list schedules;
    struct ovf_case_list traffic;
};

/**
 * Read and check a scenario.
 *
 * \param[in]  airports  what the codes in it are looked up in
 * \param[out] store     owns what \p out points to; deinit it whatever the result
 * \param[out] err       "line 3, column 7: ..."
 * \retval OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_scenario_read(struct ovf_bytes yaml,
                                                const struct ovf_airports *airports,
                                                struct ovf_case_store *store,
                                                struct ovf_scenario *out, struct ovf_error *err);

/** The tables, for docs/formats/scenario.md; NULL behind the last. */
const struct ovf_table *ovf_scenario_table(size_t i);

/** Whether \p disturbance says to where. */
bool ovf_scenario_disturbance_has_target(const struct ovf_scenario_disturbance *disturbance);

/** "jam", "sink" ... */
const char *ovf_disturbance_name(enum ovf_disturbance kind);

/** How the flights of \p traffic come and go; NULL when nothing is said. */
const struct ovf_scenario_approach *ovf_scenario_approach(
    const struct ovf_scenario_traffic *traffic);

/** The route of that name; NULL when there is none. */
const struct ovf_scenario_route *ovf_scenario_route_find(const struct ovf_scenario *scenario,
                                                         const char *name);

#endif
