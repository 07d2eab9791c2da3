/* SPDX-License-Identifier: Apache-2.0 */
/* Gaps beside random airspaces: star-shaped polygons whose edges are straight in latitude and longitude, so
 * that a plain test in the plane tells what a path made of such lines crosses, and its length is an
 * integral of the ellipsoid's metric. */
#ifndef OVF_TESTS_REACH_CASES_H
#define OVF_TESTS_REACH_CASES_H

#include "geo_fixture.h"

#include "reach/prism.h"

static const double pi = 3.14159265358979323846;

enum { STAR_TIPS = 12, STAR_PARTS = 8, STAR_POINTS = STAR_TIPS * STAR_PARTS };

/** Degrees north and east of the centre. */
struct plane_point {
    double north;
    double east;
};

struct star {
    double lat_deg; /* of the centre */
    double lon_deg;
    double cosine;
    struct plane_point tips[STAR_TIPS];
};

struct gap_case {
    struct star star;
    struct plane_point from;
    struct plane_point to;
    double from_radius_m;
    double to_radius_m;
    double time_s;
};

static inline struct plane_point star_place(const struct star *star, double azimuth_deg,
                                            double radius_m)
{
    const double deg = radius_m / 111e3;
    const double angle = azimuth_deg * pi / 180;
    const double east_deg = deg * sin(angle) / star->cosine;
    return (struct plane_point){deg * cos(angle), east_deg};
}

static inline struct ovf_point point_of(const struct star *star, struct plane_point p)
{
    return point_deg(star->lat_deg + p.north, star->lon_deg + p.east);
}

static inline struct plane_point between(struct plane_point a, struct plane_point b, double t)
{
    return (struct plane_point){a.north + t * (b.north - a.north), a.east + t * (b.east - a.east)};
}

/** A star of 50 to 400 km between 70 S and 70 N, and two places around it, from opposite sides to near each
 * other; one in three of them, places in a disc. */
static inline struct gap_case random_case(uint64_t *seed)
{
    struct gap_case c = {
        .star = {.lat_deg = random_in(seed, -70, 70), .lon_deg = random_in(seed, -180, 180)}};
    const double size_m = random_in(seed, 50e3, 400e3);
    c.star.cosine = cos(c.star.lat_deg * pi / 180);
    for (int i = 0; i < STAR_TIPS; i++)
        c.star.tips[i] =
            star_place(&c.star, 360.0 * i / STAR_TIPS, size_m * random_in(seed, 0.3, 1));
    const double azimuth = random_in(seed, 0, 360);
    c.from = star_place(&c.star, azimuth, size_m * random_in(seed, 0.9, 1.6));
    c.to =
        star_place(&c.star, azimuth + random_in(seed, 60, 300), size_m * random_in(seed, 0.9, 1.6));
    if (random_below(seed, 3) == 0) {
        c.from_radius_m = random_in(seed, 0, 0.1) * size_m;
        c.to_radius_m = random_in(seed, 0, 0.1) * size_m;
    }
    return c;
}

static inline void build_star(const struct star *star, struct fixture *f)
{
    struct ovf_point points[STAR_POINTS];
    fixture_begin(f);
    for (int i = 0; i < STAR_POINTS; i++)
        points[i] = point_of(star, between(star->tips[i / STAR_PARTS],
                                           star->tips[(i / STAR_PARTS + 1) % STAR_TIPS],
                                           (double)(i % STAR_PARTS) / STAR_PARTS));
    fixture_ring_points(f, 0, points, STAR_POINTS);
    fixture_finish(f);
}

static inline struct ovf_verdict judge_case(struct ovf_reach *reach, const struct fixture *f,
                                            const struct gap_case *c, double accuracy_m,
                                            struct ovf_speed_limits limits)
{
    const struct ovf_region region = {&f->index, {{1}}, accuracy_m, false};
    const struct ovf_anchor from = {0, point_of(&c->star, c->from), c->from_radius_m};
    const struct ovf_anchor to = {llround(c->time_s * 1e9), point_of(&c->star, c->to),
                                  c->to_radius_m};
    struct ovf_verdict verdict;
    assert_int_equal(ovf_reach_judge(reach, &region, &from, &to, &limits, &verdict, NULL), OVF_OK);
    return verdict;
}

#endif
