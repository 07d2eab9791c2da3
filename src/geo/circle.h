/* SPDX-License-Identifier: Apache-2.0 */
/* Geodesic circles and arcs as points, so many that the geodesics between them stay within 0.5 m of
 * the line; within 1 cm the same on every machine. */
#ifndef OVF_GEO_CIRCLE_H
#define OVF_GEO_CIRCLE_H

#include <stdbool.h>

#include "geo/densify.h"

/** A place as seen from a centre. */
struct ovf_polar {
    double distance_m;
    int64_t azimuth_e7; /* clockwise from true north */
};

/** Where \p to lies from \p centre, to 1 cm. False when it lies there, or nearly opposite. */
bool ovf_polar_from_point(struct ovf_point centre, struct ovf_point to, struct ovf_polar *out);

struct ovf_point ovf_polar_to_point(struct ovf_point centre, struct ovf_polar to);

/** Points of the geodesic circle around \p centre, clockwise from north. */
OVF_NODISCARD enum ovf_status ovf_circle_points(struct ovf_point centre, double radius_m,
                                                struct ovf_points *out);

/**
 * Points of the arc around \p centre, without its two ends. Where the distances of the ends differ, it
 * goes evenly from one to the other. Ends in one direction make a whole turn.
 */
OVF_NODISCARD enum ovf_status ovf_arc_points(struct ovf_point centre, struct ovf_polar from,
                                             struct ovf_polar to, bool clockwise,
                                             struct ovf_points *out);

#endif
