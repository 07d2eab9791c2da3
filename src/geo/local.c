/* SPDX-License-Identifier: Apache-2.0 */
/* Rough, reproducible distances and directions. */
#include "geo/local.h"

#include <math.h>
#include <stdlib.h>

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

double ovf_point_chord_bound_m(struct ovf_point a, struct ovf_point b)
{
    /* Squares of the cosines of whole degrees, rounded up. */
    static const double cosine2[] = {
        1.000000, 0.999696, 0.998783, 0.997261, 0.995135, 0.992404, 0.989074, 0.985148, 0.980631,
        0.975529, 0.969847, 0.963592, 0.956773, 0.949398, 0.941474, 0.933013, 0.924025, 0.914519,
        0.904509, 0.894006, 0.883023, 0.871573, 0.859670, 0.847330, 0.834566, 0.821394, 0.807831,
        0.793893, 0.779597, 0.764960, 0.750001, 0.734736, 0.719186, 0.703369, 0.687304, 0.671011,
        0.654509, 0.637819, 0.620961, 0.603956, 0.586825, 0.569587, 0.552265, 0.534879, 0.517450,
        0.500001, 0.482551, 0.465122, 0.447736, 0.430414, 0.413176, 0.396045, 0.379040, 0.362182,
        0.345492, 0.328990, 0.312697, 0.296632, 0.280815, 0.265265, 0.250001, 0.235041, 0.220404,
        0.206108, 0.192170, 0.178607, 0.165435, 0.152671, 0.140331, 0.128428, 0.116978, 0.105995,
        0.095492, 0.085482, 0.075976, 0.066988, 0.058527, 0.050603, 0.043228, 0.036409, 0.030154,
        0.024472, 0.019370, 0.014853, 0.010927, 0.007597, 0.004866, 0.002740, 0.001218, 0.000305,
        0.000305, /* 90, for which 89 will do */
    };
    static const double m_per_e7 = MEAN_RADIUS_M * 1.7453292519943296e-9;
    /* chord^2 = 4 sin^2(dlat/2) + 4 cos cos sin^2(dlon/2), and no sine is longer than its arc. */
    const int32_t low_e7 = abs(a.lat_e7) < abs(b.lat_e7) ? abs(a.lat_e7) : abs(b.lat_e7);
    const double dlat = (double)((int64_t)b.lat_e7 - a.lat_e7);
    const double dlon = (double)ovf_lon_difference(a.lon_e7, b.lon_e7);
    /* The unit vectors are rounded: some 1e-16 of the globe, far below a micrometre. */
    return 1.000000001 * m_per_e7 *
               sqrt(dlat * dlat + cosine2[low_e7 / OVF_E7_PER_DEG] * dlon * dlon) +
           1e-6;
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
