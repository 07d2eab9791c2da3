/* SPDX-License-Identifier: Apache-2.0 */
/* Arcs of great circles on the conformal sphere, and what they say of lengths on the ellipsoid.
 *
 * With longitude as it is and the conformal latitude chi instead of the geodetic, WGS84 becomes a sphere on
 * which ds = k dtheta in all directions, with k = N cos(lat) / cos(chi) (Snyder 1987, USGS Professional
 * Paper 1395, 3-1). k falls from 6,378.1 km at the equator to 6,356.8 km at the poles, so a path of arc
 * theta is at least theta times the k of its latitude farthest from the equator long: a bound that is
 * 0.34 % too short at the most, 0.1 % over 2,000 km, and never too long. Altitude only makes a path longer. */
#ifndef OVF_REACH_ARC_H
#define OVF_REACH_ARC_H

#include <math.h>

#include "geo/local.h"
#include "geo/trig.h"

#define OVF_RAD_PER_E7 1.7453292519943295e-9

/** k at the poles, rounded down. */
#define OVF_ARC_LEAST_M 6356770.0

/** A place on the conformal sphere; + - x / sqrt only. */
struct ovf_unit ovf_arc_unit(struct ovf_point at);

/** k at \p lat_e7, less a metre: no more than it is at any latitude nearer to the equator. */
double ovf_arc_scale_m(int32_t lat_e7);

/** The geodetic latitude of the conformal latitude \p chi_e7, within 20 units. */
int64_t ovf_arc_latitude_e7(int64_t chi_e7);

static inline double ovf_unit_dot(struct ovf_unit a, struct ovf_unit b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline struct ovf_unit ovf_unit_cross(struct ovf_unit a, struct ovf_unit b)
{
    return (struct ovf_unit){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static inline double ovf_unit_length(struct ovf_unit a)
{
    return sqrt(ovf_unit_dot(a, a));
}

/** Twice the sine of half the arc: cheaper, never more than the arc. */
static inline double ovf_arc_chord(struct ovf_unit a, struct ovf_unit b)
{
    const struct ovf_unit less = {a.x - b.x, a.y - b.y, a.z - b.z};
    return ovf_unit_length(less);
}

/** The arc from \p a to \p b in radians, good to a few 1e-16 at any distance. */
static inline double ovf_arc_rad(struct ovf_unit a, struct ovf_unit b)
{
    const struct ovf_unit more = {a.x + b.x, a.y + b.y, a.z + b.z};
    return 2.0 * ovf_atan2_rad(ovf_arc_chord(a, b), ovf_unit_length(more));
}

#endif
