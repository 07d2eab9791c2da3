/* SPDX-License-Identifier: Apache-2.0 */
/* Lines on WGS84, in two qualities.
 *
 * What decides (which side, how far at most) uses ovf_vector and ovf_distance_m: IEEE arithmetic
 * only, the same everywhere. What is printed (where, when, how long) uses PROJ's geodesics
 * (Karney 2013, doi:10.1007/s00190-012-0578-z), accurate to nanometres, and is rounded.
 */
#ifndef OVF_GEO_GEODESIC_H
#define OVF_GEO_GEODESIC_H

#include <geodesic.h>

#include "geo/point.h"

/** WGS84 (NIMA TR8350.2): equatorial radius and first eccentricity squared. */
#define OVF_WGS84_A_M 6378137.0
#define OVF_WGS84_E2 6.69437999014131699614e-3
#define OVF_WGS84_F (1.0 / 298.257223563)

/** Earth-centred coordinates in equatorial radii. */
struct ovf_vector {
    double x;
    double y;
    double z;
};

struct ovf_vector ovf_vector_from_point(struct ovf_point at);

/** The point of the surface in the direction of \p v (any length but 0). */
struct ovf_point ovf_vector_to_point(struct ovf_vector v);

/** Distance from the chord: within 1e-6 of it below 100 km, 0.04 % below 5,000 km, 0.5 % below
 * 15,000 km, 6 % to the antipode. */
double ovf_distance_m(struct ovf_point a, struct ovf_point b);

/** As ovf_distance_m, for who keeps the vectors. */
double ovf_vector_distance_m(struct ovf_vector u, struct ovf_vector v);

/**
 * The point half-way between \p a and \p b (less than half the globe apart): the middle of the chord,
 * brought to the surface along its normal. From the geodesic's it differs, rounding aside, by 1 mm at
 * 100 km and 1 cm at 200 km, growing with the cube of the length.
 */
struct ovf_point ovf_point_midpoint(struct ovf_point a, struct ovf_point b);

/** A geodesic from one point to another. */
struct ovf_geodesic {
    struct geod_geodesicline line;
    double length_m;
};

struct ovf_geodesic ovf_geodesic_between(struct ovf_point a, struct ovf_point b);

/** The position at \p fraction (0 to 1) of the length, in degrees; longitude in [-180, 180). */
void ovf_geodesic_at(const struct ovf_geodesic *geodesic, double fraction, double *lat_deg,
                     double *lon_deg);

/** Length of the geodesic. */
double ovf_geodesic_length_m(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg);

#endif
