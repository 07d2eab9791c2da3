/* SPDX-License-Identifier: Apache-2.0 */
/* Halving lines until their chords are straight enough. */
#include "geo/densify.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "geo/geodesic.h"
#include "geo/trig.h"

/* Beyond this the chord's middle leaves the geodesic by some millimetres; longer lines are first cut on
 * the geodesic itself. */
static const double vector_max_m = 150e3;

/* Near a pole chords never become straight; pieces of a metre are as good as the map there. */
static const double piece_min_m = 1.0;

/* The least radius of curvature of WGS84, a (1 - e^2), and the longest 1e-7 degree of a parallel there is
 * (N cos(lat) is at most a / sqrt(1 - e^2 sin^2 lat) cos(lat), with 0.34 % for the root). */
static const double meridian_radius_m = 6335439.0;
static const double m_per_e7 = 0.0111697;

enum { MAX_DEPTH = 48 };

void ovf_points_deinit(struct ovf_points *points)
{
    free(points->items);
    *points = (struct ovf_points){0};
}

enum ovf_status ovf_points_push(struct ovf_points *points, struct ovf_point point)
{
    struct ovf_point *grown =
        ovf_array_reserve(points->items, &points->capacity, points->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    points->items = grown;
    points->items[points->n++] = point;
    return OVF_OK;
}

static bool is_small(struct ovf_point a, struct ovf_point b)
{
    const int64_t dlon = ovf_lon_difference(a.lon_e7, b.lon_e7);
    const int64_t dlat = (int64_t)b.lat_e7 - a.lat_e7;
    return llabs(dlon) <= OVF_PIECE_MAX_E7 && llabs(dlat) <= OVF_PIECE_MAX_E7;
}

/**
 * Whether the chord of the geodesic a-b surely lies within OVF_CHORD_M. On the sphere a geodesic of
 * length L and azimuth alpha bulges from its chord by L^2 / 8R tan(lat) (2 - sin^2 alpha) sin(alpha).
 * Here L sin(alpha) is the easting on the parallel nearer to the equator, which it nowhere exceeds,
 * and tan(lat) that of the other; the 2 % of room are for the ellipsoid.
 */
static bool is_straight(struct ovf_point a, struct ovf_point b)
{
    const double length_m = ovf_distance_m(a, b);
    if (length_m <= piece_min_m)
        return true;
    const int32_t lat_a = abs(a.lat_e7);
    const int32_t lat_b = abs(b.lat_e7);
    double sine;
    double cosine;
    double sine_low;
    double cosine_low;
    ovf_sincos_e7(lat_a > lat_b ? lat_a : lat_b, &sine, &cosine);
    ovf_sincos_e7(lat_a > lat_b ? lat_b : lat_a, &sine_low, &cosine_low);
    const double dlon_e7 = (double)llabs(ovf_lon_difference(a.lon_e7, b.lon_e7));
    const double east_m = dlon_e7 * m_per_e7 * cosine_low;
    /* x (2 - x^2) grows up to x^2 = 2/3 and is 1.0887 there; beyond, that bound is taken. */
    const double x = east_m / length_m;
    const double shape = x * x < 2.0 / 3.0 ? x * (2.0 - x * x) : 1.0887;
    return 1.02 * shape * length_m * length_m * sine <=
           OVF_CHORD_M * 8.0 * meridian_radius_m * cosine;
}

/** Half-way on the map. */
static struct ovf_point plane_midpoint(struct ovf_point a, struct ovf_point b)
{
    const int64_t dlon = ovf_lon_difference(a.lon_e7, b.lon_e7);
    return (struct ovf_point){(int32_t)(((int64_t)a.lat_e7 + b.lat_e7) / 2),
                              ovf_lon_wrap(a.lon_e7 + dlon / 2)};
}

static struct ovf_point geodesic_midpoint(struct ovf_point a, struct ovf_point b)
{
    if (ovf_distance_m(a, b) <= vector_max_m)
        return ovf_point_midpoint(a, b);
    const struct ovf_geodesic line = ovf_geodesic_between(a, b);
    double lat_deg;
    double lon_deg;
    ovf_geodesic_at(&line, 0.5, &lat_deg, &lon_deg);
    return (struct ovf_point){(int32_t)lround(lat_deg * OVF_E7_PER_DEG),
                              ovf_lon_wrap(llround(lon_deg * OVF_E7_PER_DEG))};
}

/** The same middle whichever end comes first. */
static struct ovf_point midpoint(struct ovf_point a, struct ovf_point b, bool parallel)
{
    const bool swap = a.lon_e7 != b.lon_e7 ? a.lon_e7 > b.lon_e7 : a.lat_e7 > b.lat_e7;
    const struct ovf_point first = swap ? b : a;
    const struct ovf_point second = swap ? a : b;
    /* Within a metre over or beside a pole the line goes round it on the map: halving on the globe
     * would come to the pole itself, whose longitude is anything, and never end. */
    if (parallel || ovf_distance_m(first, second) <= piece_min_m)
        return plane_midpoint(first, second);
    return geodesic_midpoint(first, second);
}

enum ovf_status ovf_densify(struct ovf_point a, struct ovf_point b, enum ovf_line_kind kind,
                            struct ovf_points *out)
{
    const bool parallel = kind == OVF_LINE_BOUNDARY && a.lat_e7 == b.lat_e7;
    struct ovf_point ends[MAX_DEPTH + 1]; /* the ends still to be reached, the nearest on top */
    int depth = 0;
    ends[0] = b;
    while (depth >= 0) {
        const struct ovf_point end = ends[depth];
        if (depth < MAX_DEPTH && !(is_small(a, end) && (parallel || is_straight(a, end)))) {
            ends[++depth] = midpoint(a, end, parallel);
            continue;
        }
        const enum ovf_status st = ovf_points_push(out, end);
        if (st != OVF_OK)
            return st;
        a = end;
        depth--;
    }
    return OVF_OK;
}
