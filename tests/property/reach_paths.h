/* SPDX-License-Identifier: Apache-2.0 */
/* Paths that could have been flown against the verdict: if one avoids the airspace the class is not
 * necessary, if one touches it the class is not impossible. Half of the paths hug the way round. */
#ifndef OVF_TESTS_REACH_PATHS_H
#define OVF_TESTS_REACH_PATHS_H

#include "reach_cases.h"

enum { PATH_MAX_POINTS = STAR_TIPS + 2 };

struct path {
    struct plane_point points[PATH_MAX_POINTS];
    int n;
};

/** ds of one line straight in latitude and longitude, by Simpson's rule on the metric of WGS84. */
static inline double line_m(const struct star *star, struct plane_point a, struct plane_point b)
{
    const double rad = pi / 180;
    double sum = 0;
    for (int i = 0; i <= 2; i++) {
        const double s = sin((star->lat_deg + between(a, b, i / 2.0).north) * rad);
        const double w = 1 - OVF_WGS84_E2 * s * s;
        const double n = OVF_WGS84_A_M / sqrt(w);
        const double north = n * (1 - OVF_WGS84_E2) / w * (b.north - a.north) * rad;
        const double east = n * sqrt(1 - s * s) * (b.east - a.east) * rad;
        sum += (i == 1 ? 4 : 1) * sqrt(north * north + east * east);
    }
    return sum / 6;
}

static inline double path_m(const struct star *star, const struct path *path)
{
    double sum_m = 0;
    for (int i = 1; i < path->n; i++)
        sum_m += line_m(star, path->points[i - 1], path->points[i]);
    return sum_m;
}

static inline double area(struct plane_point a, struct plane_point b, struct plane_point p)
{
    return (b.east - a.east) * (p.north - a.north) - (b.north - a.north) * (p.east - a.east);
}

static inline bool star_has(const struct star *star, struct plane_point p)
{
    bool inside = false;
    for (int i = 0; i < STAR_TIPS; i++) {
        const struct plane_point a = star->tips[i];
        const struct plane_point b = star->tips[(i + 1) % STAR_TIPS];
        if ((a.north > p.north) != (b.north > p.north) &&
            (area(a, b, p) > 0) == (b.north > a.north))
            inside = !inside;
    }
    return inside;
}

static inline bool path_touches(const struct star *star, const struct path *path)
{
    for (int k = 1; k < path->n; k++) {
        const struct plane_point p = path->points[k - 1];
        const struct plane_point q = path->points[k];
        for (int i = 0; i < STAR_TIPS; i++) {
            const struct plane_point a = star->tips[i];
            const struct plane_point b = star->tips[(i + 1) % STAR_TIPS];
            if ((area(a, b, p) > 0) != (area(a, b, q) > 0) &&
                (area(p, q, a) > 0) != (area(p, q, b) > 0))
                return true;
        }
    }
    return star_has(star, path->points[0]);
}

static inline struct plane_point somewhere_near(const struct star *star, uint64_t *seed,
                                                struct plane_point p, double radius_m)
{
    const struct plane_point by =
        star_place(star, random_in(seed, 0, 360), 0.99 * radius_m * sqrt(random_in(seed, 0, 1)));
    return (struct plane_point){p.north + by.north, p.east + by.east};
}

/** By way of one to three places up to half the flyable length from the middle. */
static inline void roam(const struct gap_case *c, uint64_t *seed, double flyable_m,
                        struct path *path)
{
    const int n = 1 + (int)random_below(seed, 3);
    for (int i = 0; i < n; i++)
        path->points[path->n++] =
            somewhere_near(&c->star, seed, between(c->from, c->to, 0.5), flyable_m / 2);
}

/** Along the tips of one side, a little within to well beyond them, some left out. */
static inline void hug(const struct gap_case *c, uint64_t *seed, struct path *path)
{
    const int step = random_below(seed, 2) == 0 ? 1 : -1;
    const double first = atan2(c->from.east * c->star.cosine, c->from.north) * 6 / pi;
    const double last = atan2(c->to.east * c->star.cosine, c->to.north) * 6 / pi;
    const double turn = fmod(step * (last - first) + 2 * STAR_TIPS, STAR_TIPS);
    const int begin = (int)(step > 0 ? ceil(first) : floor(first)) + STAR_TIPS;
    for (int i = 0; i < (int)turn; i++) {
        const struct plane_point tip = c->star.tips[(begin + step * i + 2 * STAR_TIPS) % STAR_TIPS];
        const double grow = random_in(seed, 0.999, 1.01);
        if (random_below(seed, 3) > 0)
            path->points[path->n++] = (struct plane_point){grow * tip.north, grow * tip.east};
    }
}

static inline struct path random_path(const struct gap_case *c, uint64_t *seed, double flyable_m)
{
    struct path path = {.n = 1};
    path.points[0] = somewhere_near(&c->star, seed, c->from, c->from_radius_m);
    if (random_below(seed, 2) == 0)
        hug(c, seed, &path);
    else
        roam(c, seed, flyable_m, &path);
    path.points[path.n++] = somewhere_near(&c->star, seed, c->to, c->to_radius_m);
    return path;
}

/** Pulls what is too long to be flown towards the straight way, until it is not or hardly differs from it. */
static inline void shorten(const struct gap_case *c, double flyable_m, struct path *path)
{
    const struct plane_point first = path->points[0];
    const struct plane_point last = path->points[path->n - 1];
    for (int i = 0; i < 6 && path_m(&c->star, path) > flyable_m; i++) {
        for (int k = 1; k < path->n - 1; k++)
            path->points[k] =
                between(path->points[k], between(first, last, (double)k / (path->n - 1)), 0.5);
    }
}

struct path_counts {
    int n_necessary;
    int n_impossible;
    int n_full; /* cases with as many flown paths as were asked for */
    long n_flown;
    long n_avoided; /* where the class is not necessary */
};

/** The time is set around what the verdict on a long gap says is needed, in all but one of ten to no less than the
 * straight way takes. */
static inline void set_time(struct ovf_reach *reach, const struct fixture *f, struct gap_case *c,
                            uint64_t *seed)
{
    const struct ovf_speed_limits limits = {720, 600, 0, false};
    const double mps = 720 * 1852 / 3600.0;
    struct path direct = {.points = {c->from, c->to}, .n = 2};
    const double direct_m = path_m(&c->star, &direct);
    c->time_s = fmax(60, 3 * direct_m / mps);
    const struct ovf_verdict v = judge_case(reach, f, c, 0, limits);
    const double way_m =
        isinf(v.avoidance_kt) ? direct_m : v.avoidance_kt * 1852 / 3600 * c->time_s;
    const double least_m = random_below(seed, 10) == 0 ? direct_m / 2 : 1.001 * direct_m;
    c->time_s = fmax(10, fmax(random_in(seed, 0.93, 1.05) * way_m, least_m) / mps);
}

/** Of four times \p n_paths drawn paths, the first \p n_paths that could be flown in the time. */
static inline long check_case(const struct gap_case *c, uint64_t *seed, enum ovf_class class,
                              long n_paths, struct path_counts *counts)
{
    const double flyable_m = c->time_s * 720 * 1852 / 3600;
    long n_flown = 0;
    for (long i = 0; i < 4 * n_paths && n_flown < n_paths; i++) {
        struct path path = random_path(c, seed, flyable_m);
        shorten(c, flyable_m, &path);
        if (path_m(&c->star, &path) > flyable_m)
            continue;
        n_flown++;
        const bool touches = path_touches(&c->star, &path);
        counts->n_avoided += touches ? 0 : 1;
        if ((!touches && class == OVF_CLASS_NECESSARY) ||
            (touches && class == OVF_CLASS_IMPOSSIBLE) || class == OVF_CLASS_INCONSISTENT)
            fail_msg("path %ld: class %s, touches %d", i, ovf_class_name(class), touches);
    }
    return n_flown;
}

static inline void check_paths(uint64_t seed, int n_cases, long n_paths, struct path_counts *counts)
{
    struct ovf_reach reach = {0};
    const struct ovf_speed_limits limits = {720, 600, 0, false};
    *counts = (struct path_counts){0};
    for (int k = 0; k < n_cases; k++) {
        struct fixture f;
        struct gap_case c = random_case(&seed);
        build_star(&c.star, &f);
        set_time(&reach, &f, &c, &seed);
        const struct ovf_verdict v = judge_case(&reach, &f, &c, 0, limits);
        counts->n_necessary += v.class == OVF_CLASS_NECESSARY ? 1 : 0;
        counts->n_impossible += v.class == OVF_CLASS_IMPOSSIBLE ? 1 : 0;
        const long n_flown = check_case(&c, &seed, v.class, n_paths, counts);
        counts->n_flown += n_flown;
        counts->n_full += n_flown == n_paths ? 1 : 0;
        fixture_end(&f);
    }
    ovf_reach_deinit(&reach);
    print_message("%d necessary, %d impossible of %d; %ld paths, all in %d; %ld avoided\n",
                  counts->n_necessary, counts->n_impossible, n_cases, counts->n_flown,
                  counts->n_full, counts->n_avoided);
}

#endif
