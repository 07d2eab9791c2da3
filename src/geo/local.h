/* SPDX-License-Identifier: Apache-2.0 */
/* Rough distances and directions that decide (which airport, which jump): + - * / sqrt on the
 * sphere of the mean radius, the same bits everywhere. Within 0.6 % of the ellipsoid's (its radii of
 * curvature are 6,335 to 6,400 km), so nothing printed comes from here. */
#ifndef OVF_GEO_LOCAL_H
#define OVF_GEO_LOCAL_H

#include "geo/point.h"

/** A place as a unit vector. */
struct ovf_unit {
    double x;
    double y;
    double z;
};

/** From one place to another, in the plane that touches the globe between them. */
struct ovf_offset {
    double east_m;
    double north_m;
};

struct ovf_unit ovf_unit_from_point(struct ovf_point point);

/** The straight line through the globe, metres: never longer than the way over ground; shorter by
 * 0.001 % at 100 km, 0.1 % at 1,000 km, 10 % at 10,000 km. */
double ovf_chord_m(struct ovf_unit a, struct ovf_unit b);

/** As ovf_chord_m, from points. */
double ovf_point_chord_m(struct ovf_point a, struct ovf_point b);

/** Surely no less than ovf_point_chord_m, at most 4 % and a micrometre more between latitudes of +-60
 * degrees; without a sine. For asking first what decides: an answer that this one gives, that one does. */
double ovf_point_chord_bound_m(struct ovf_point a, struct ovf_point b);

/** East and north of \p from, for places up to some 100 km apart; at a pole "east" means little. */
struct ovf_offset ovf_offset_between(struct ovf_point from, struct ovf_point to);

/** A degree of the mean sphere: pi R / 180. */
#define OVF_MEAN_M_PER_E7 (111195.08 / OVF_E7_PER_DEG)

/** Of whole degrees, 0 to 90, and once more that of 90. */
extern const double ovf_cosine_of_degree[92];

/** Of whole degrees, 0 to 90, and a part of one: linear between the cosines of whole degrees is within 4e-5. */
static inline double ovf_cosine_between(unsigned whole, double part)
{
    const double cosine = ovf_cosine_of_degree[whole];
    return cosine + part * (ovf_cosine_of_degree[whole + 1] - cosine);
}

/** As ovf_offset_between within 0.01 %, without a sine: for latitudes up to 89 degrees. Asked of each fix: inline. */
static inline struct ovf_offset ovf_offset_near_between(struct ovf_point from, struct ovf_point to)
{
    const uint32_t twice_deg = 2 * OVF_E7_PER_DEG;
    const int64_t sum_e7 = (int64_t)from.lat_e7 + to.lat_e7;
    const uint32_t twice = (uint32_t)(sum_e7 < 0 ? -sum_e7 : sum_e7);
    const double cosine =
        ovf_cosine_between(twice / twice_deg, (twice % twice_deg) * (1.0 / twice_deg));
    return (struct ovf_offset){
        .east_m = OVF_MEAN_M_PER_E7 * cosine * (double)ovf_lon_difference(from.lon_e7, to.lon_e7),
        .north_m = OVF_MEAN_M_PER_E7 * (double)((int64_t)to.lat_e7 - from.lat_e7),
    };
}

/** The way of a metre on \p course_deg (any number) within 0.01 %, without a sine. */
struct ovf_offset ovf_offset_near_course(double course_deg);

/** Cosine of the angle between \p offset and the course \p course_deg (any number); 0 for no offset. */
double ovf_offset_course_cos(struct ovf_offset offset, double course_deg);

#endif
