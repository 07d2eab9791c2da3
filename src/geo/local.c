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
    const int32_t middle_e7 = (int32_t)(((int64_t)from.lat_e7 + to.lat_e7) / 2);
    double sine = 0;
    double cosine = 0;
    ovf_sincos_e7(middle_e7, &sine, &cosine);
    return (struct ovf_offset){
        .east_m = OVF_MEAN_M_PER_E7 * cosine * (double)ovf_lon_difference(from.lon_e7, to.lon_e7),
        .north_m = OVF_MEAN_M_PER_E7 * (double)((int64_t)to.lat_e7 - from.lat_e7),
    };
}

/* A course brought into [0, 360); what is no number or absurdly large is north. */
static double course_wrap(double course_deg)
{
    if (course_deg >= 0 && course_deg < 360) /* nearly always */
        return course_deg;
    if (!(course_deg > -1e6 && course_deg < 1e6))
        return 0;
    const double turns = (double)(int64_t)(course_deg / 360);
    const double rest = course_deg - 360 * turns;
    return rest < 0 ? rest + 360 : rest;
}

const double ovf_cosine_of_degree[92] = {
    1.000000000, 0.999847695, 0.999390827, 0.998629535, 0.997564050, 0.996194698, 0.994521895,
    0.992546152, 0.990268069, 0.987688341, 0.984807753, 0.981627183, 0.978147601, 0.974370065,
    0.970295726, 0.965925826, 0.961261696, 0.956304756, 0.951056516, 0.945518576, 0.939692621,
    0.933580426, 0.927183855, 0.920504853, 0.913545458, 0.906307787, 0.898794046, 0.891006524,
    0.882947593, 0.874619707, 0.866025404, 0.857167301, 0.848048096, 0.838670568, 0.829037573,
    0.819152044, 0.809016994, 0.798635510, 0.788010754, 0.777145961, 0.766044443, 0.754709580,
    0.743144825, 0.731353702, 0.719339800, 0.707106781, 0.694658370, 0.681998360, 0.669130606,
    0.656059029, 0.642787610, 0.629320391, 0.615661475, 0.601815023, 0.587785252, 0.573576436,
    0.559192903, 0.544639035, 0.529919264, 0.515038075, 0.500000000, 0.484809620, 0.469471563,
    0.453990500, 0.438371147, 0.422618262, 0.406736643, 0.390731128, 0.374606593, 0.358367950,
    0.342020143, 0.325568154, 0.309016994, 0.292371705, 0.275637356, 0.258819045, 0.241921896,
    0.224951054, 0.207911691, 0.190808995, 0.173648178, 0.156434465, 0.139173101, 0.121869343,
    0.104528463, 0.087155743, 0.069756474, 0.052335956, 0.034899497, 0.017452406, 0.000000000,
    0.000000000};

/* Of \p deg in [0, 90]. */
static double cosine_near(double deg)
{
    const unsigned whole = (unsigned)deg;
    return ovf_cosine_between(whole, deg - whole);
}

struct ovf_offset ovf_offset_near_course(double course_deg)
{
    const double deg = course_wrap(course_deg);
    const double from_axis_deg = deg > 180 ? 360 - deg : deg; /* of north, either side */
    const double cosine =
        from_axis_deg > 90 ? -cosine_near(180 - from_axis_deg) : cosine_near(from_axis_deg);
    const double sine =
        from_axis_deg > 90 ? cosine_near(from_axis_deg - 90) : cosine_near(90 - from_axis_deg);
    return (struct ovf_offset){.east_m = deg > 180 ? -sine : sine, .north_m = cosine};
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
