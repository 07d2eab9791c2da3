/* SPDX-License-Identifier: Apache-2.0 */
/* How well an airport fits what is known of a flight's end: weights that are compared with one another. */
#ifndef OVF_FLIGHT_FIT_H
#define OVF_FLIGHT_FIT_H

#include "flight/endpoint.h"
#include "geo/local.h"

/** From here up, or farther away, no airport is named; beyond the nearer distance none for sure. */
#define OVF_FIT_HEIGHT_FT 10000.0
#define OVF_FIT_FAR_M 60000.0
#define OVF_FIT_NEAR_M 30000.0
/** What is a little too far or too low to be named is still where a flight may go. */
#define OVF_FIT_SEARCH_M 90000.0
#define OVF_FIT_SEARCH_FT 15000.0

/** What is asked of every field. */
struct ovf_fit_question {
    const struct ovf_airports *airports;
    enum ovf_end end;
    struct ovf_point at;
    struct ovf_point parked; /* on the ground: the fix farthest from the flight in time */
    bool on_ground;
    bool has_flag; /* the fix itself says that it is on the ground */
    bool has_height;
    double height_ft; /* above the sea, about */
    double height_error_ft;
    bool has_course;
    struct ovf_offset course; /* direction of flight, of length 1 */
    double declination_deg;   /* there, east; 0 where a compass is no use */
    int climb;                /* +1, 0, -1 */
    double runway_needed_ft;  /* by what the leg flew like; 0: any */
};

/** What is asked of \p end of \p leg. */
struct ovf_fit_question ovf_fit_ask(const struct ovf_airports *airports,
                                    const struct ovf_track *track, const struct ovf_leg *leg,
                                    enum ovf_end end);

/** Standing at the field, which is \p distance_m away: 0 to 1. */
double ovf_fit_ground(const struct ovf_fit_question *q, const struct ovf_airport *airport,
                      double distance_m);

/** On the way down to it, or up from it: 0 to 1. */
double ovf_fit_air(const struct ovf_fit_question *q, const struct ovf_airport *airport,
                   double distance_m);

/** Whether it is so low, near and in line with one of its runways that nothing is left to infer. */
bool ovf_fit_is_at_runway(const struct ovf_fit_question *q, const struct ovf_airport *airport,
                          double distance_m);

#endif
