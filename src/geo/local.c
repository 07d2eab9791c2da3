/* SPDX-License-Identifier: Apache-2.0 */
/* Rough, reproducible distances and directions. */
#include "geo/local.h"

#include <math.h>

#include "geo/trig.h"

/* The mean radius (2 a + b) / 3 of WGS84. */
#define MEAN_RADIUS_M 6371008.8

struct ovf_unit ovf_unit_from_point(struct ovf_point point)
{
    double sin_lat = 0;
    double cos_lat = 0;
    double sin_lon = 0;
    double cos_lon = 0;
    ovf_sincos_e7(point.lat_e7, &sin_lat, &cos_lat);
    ovf_sincos_e7(point.lon_e7, &sin_lon, &cos_lon);
    return (struct ovf_unit){cos_lat * cos_lon, cos_lat * sin_lon, sin_lat};
}

double ovf_chord_m(struct ovf_unit a, struct ovf_unit b)
{
    const double dx = a.x - b.x;
    const double dy = a.y - b.y;
    const double dz = a.z - b.z;
    return MEAN_RADIUS_M * sqrt(dx * dx + dy * dy + dz * dz);
}

double ovf_point_chord_m(struct ovf_point a, struct ovf_point b)
{
    return ovf_chord_m(ovf_unit_from_point(a), ovf_unit_from_point(b));
}

struct ovf_offset ovf_offset_between(struct ovf_point from, struct ovf_point to)
{
    /* A degree of the mean sphere: pi R / 180. */
    const double m_per_e7 = 111195.08 / OVF_E7_PER_DEG;
    const int32_t middle_e7 = (int32_t)(((int64_t)from.lat_e7 + to.lat_e7) / 2);
    double sine = 0;
    double cosine = 0;
    ovf_sincos_e7(middle_e7, &sine, &cosine);
    return (struct ovf_offset){
        .east_m = m_per_e7 * cosine * (double)ovf_lon_difference(from.lon_e7, to.lon_e7),
        .north_m = m_per_e7 * (double)((int64_t)to.lat_e7 - from.lat_e7),
    };
}

/* A course brought into [0, 360); what is no number or absurdly large is north. */
static double course_wrap(double course_deg)
{
    if (!(course_deg > -1e6 && course_deg < 1e6))
        return 0;
    const double turns = (double)(int64_t)(course_deg / 360);
    const double rest = course_deg - 360 * turns;
    return rest < 0 ? rest + 360 : rest;
}

double ovf_offset_course_cos(struct ovf_offset offset, double course_deg)
{
    const double length = sqrt(offset.east_m * offset.east_m + offset.north_m * offset.north_m);
    if (!(length > 0))
        return 0;
    double wrapped = course_wrap(course_deg);
    if (wrapped > 180)
        wrapped -= 360;
    double sine = 0;
    double cosine = 0;
    ovf_sincos_e7((int32_t)(wrapped * OVF_E7_PER_DEG), &sine, &cosine);
    return (offset.east_m * sine + offset.north_m * cosine) / length;
}
