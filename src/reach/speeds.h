/* SPDX-License-Identifier: Apache-2.0 */
/* How fast aircraft of a type can fly over the ground: slow types by their designators, all others as a jet. */
#ifndef OVF_REACH_SPEEDS_H
#define OVF_REACH_SPEEDS_H

#include "reach/prism.h"

/** From the fastest to the slowest. */
enum ovf_speed_class {
    OVF_SPEED_JET,       /* or not known */
    OVF_SPEED_TURBOPROP, /* one that cruises at 300 kt or less */
    OVF_SPEED_SLOW,      /* piston engines, helicopters, gliders: at 220 kt or less */
    OVF_SPEED_N
};

/** What is known of one aircraft; zero-initialised: nothing. */
struct ovf_aircraft_speed {
    enum ovf_speed_class speed_class;
    bool is_fast; /* it may fly faster than any limit, as military ones may */
};

/** The limits of slow classes; those of a jet are anyone's. */
struct ovf_slow_speeds {
    double turboprop_hard_kt;
    double turboprop_usual_kt;
    double slow_hard_kt;
    double slow_usual_kt;
};

extern const struct ovf_slow_speeds ovf_slow_speeds_known;

/** The class of an ICAO Doc 8643 designator; JET for one that is not among the slow ones that are known. */
enum ovf_speed_class ovf_speed_class_of(const char *type_code);

/** \p limits, with the speeds of \p speed_class where these are lower. */
struct ovf_speed_limits ovf_speed_limits_of_class(struct ovf_speed_limits limits,
                                                  const struct ovf_slow_speeds *slow,
                                                  enum ovf_speed_class speed_class);

#endif
