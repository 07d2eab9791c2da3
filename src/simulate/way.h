/* SPDX-License-Identifier: Apache-2.0 */
/* Geodesics from points to points, rounded to 1e-7 degree. */
#ifndef OVF_SIMULATE_WAY_H
#define OVF_SIMULATE_WAY_H

#include "geo/point.h"

/** The point \p distance_m (any sign) from \p at, where the way sets out in direction \p azimuth_deg. */
struct ovf_point ovf_way_moved(struct ovf_point at, double azimuth_deg, double distance_m);

/** Degrees from north in which the shortest way from \p from to \p to sets out. */
double ovf_way_azimuth_deg(struct ovf_point from, struct ovf_point to);

#endif
