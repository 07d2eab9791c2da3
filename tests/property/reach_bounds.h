/* SPDX-License-Identifier: Apache-2.0 */
/* What must not make a class stronger: more room for doubt, or simplified walls. What must not make the
 * avoidance speed less: a larger airspace. */
#ifndef OVF_TESTS_REACH_BOUNDS_H
#define OVF_TESTS_REACH_BOUNDS_H

#include "reach_cases.h"

/* Walls along a parallel are arcs of great circles from one milestone to the next; the corners of another
 * obstacle put them elsewhere, and the length changes by less than this. */
static const double arc_slack_m = 50;

static inline double slack_kt(const struct gap_case *c, double length_m)
{
    return length_m / c->time_s * 3600 / 1852;
}

/** What is impossible or inconsistent stays so; of the other three none becomes another that says more. */
static inline bool is_no_stronger(enum ovf_class than, enum ovf_class class)
{
    return than > OVF_CLASS_POSSIBLE ? class == than : class >= than && class <= OVF_CLASS_POSSIBLE;
}

static inline struct gap_case timed_case(uint64_t *seed)
{
    struct gap_case c = random_case(seed);
    const struct ovf_point a = point_of(&c.star, c.from);
    const struct ovf_point b = point_of(&c.star, c.to);
    /* From a little more than the straight way takes at the hard speed to twice that. */
    c.time_s = 60 + ovf_distance_m(a, b) / (720 * 1852 / 3600.0) * random_in(seed, 1.01, 2);
    return c;
}

static inline void check_growth(uint64_t seed, int n_cases)
{
    struct ovf_reach reach = {.keep_corners = true};
    const struct ovf_speed_limits limits = {720, 720, 0, false};
    for (int k = 0; k < n_cases; k++) {
        struct fixture f;
        struct fixture grown;
        struct gap_case c = timed_case(&seed);
        build_star(&c.star, &f);
        const double before_kt = judge_case(&reach, &f, &c, 500, limits).avoidance_kt;
        for (int i = 0; i < STAR_TIPS; i++) {
            const double by = random_in(&seed, 1, 1.2);
            c.star.tips[i].north *= by;
            c.star.tips[i].east *= by;
        }
        build_star(&c.star, &grown);
        const double after_kt = judge_case(&reach, &grown, &c, 500, limits).avoidance_kt;
        assert_true(after_kt >= before_kt - slack_kt(&c, arc_slack_m));
        fixture_end(&f);
        fixture_end(&grown);
    }
    ovf_reach_deinit(&reach);
}

enum { N_DOUBTS = 4 };

/** The verdicts on \p c with larger radii, a less accurate boundary, a higher hard limit, and clocks that are off. */
static inline void judge_doubted(struct ovf_reach *reach, const struct fixture *f,
                                 const struct gap_case *c, uint64_t *seed,
                                 struct ovf_verdict doubted[N_DOUBTS])
{
    const struct ovf_speed_limits limits = {720, 600, 0, false};
    const struct ovf_speed_limits fast = {random_in(seed, 720, 900), 600, 0, false};
    const struct ovf_speed_limits late = {720, 600, random_in(seed, 0, 60), false};
    struct gap_case wide = *c;
    wide.from_radius_m += random_in(seed, 0, 5e3);
    wide.to_radius_m += random_in(seed, 0, 5e3);
    doubted[0] = judge_case(reach, f, &wide, 500, limits);
    doubted[1] = judge_case(reach, f, c, random_in(seed, 500, 5000), limits);
    doubted[2] = judge_case(reach, f, c, 500, fast);
    doubted[3] = judge_case(reach, f, c, 500, late);
}

/** Returns how many classes more doubt made weaker. */
static inline int check_doubt(uint64_t seed, int n_cases, bool keep_corners)
{
    struct ovf_reach reach = {.keep_corners = keep_corners};
    const struct ovf_speed_limits limits = {720, 600, 0, false};
    const double slack_m = keep_corners ? arc_slack_m : 1000;
    int n_changed = 0;
    for (int k = 0; k < n_cases; k++) {
        struct fixture f;
        struct ovf_verdict doubted[N_DOUBTS];
        const struct gap_case c = timed_case(&seed);
        build_star(&c.star, &f);
        const struct ovf_verdict v = judge_case(&reach, &f, &c, 500, limits);
        judge_doubted(&reach, &f, &c, &seed, doubted);
        for (int i = 0; i < N_DOUBTS && v.class <= OVF_CLASS_POSSIBLE; i++) {
            if (!is_no_stronger(v.class, doubted[i].class))
                fail_msg("case %d, doubt %d: %s, then %s", k, i, ovf_class_name(v.class),
                         ovf_class_name(doubted[i].class));
            if (!v.is_open && doubted[i].avoidance_kt > v.avoidance_kt + slack_kt(&c, slack_m))
                fail_msg("case %d, doubt %d: %f, then %f kt", k, i, v.avoidance_kt,
                         doubted[i].avoidance_kt);
            n_changed += doubted[i].class != v.class ? 1 : 0;
        }
        fixture_end(&f);
    }
    ovf_reach_deinit(&reach);
    return n_changed;
}

static inline void check_simplified(uint64_t seed, int n_cases)
{
    struct ovf_reach plain = {.keep_corners = true};
    struct ovf_reach simple = {0};
    const struct ovf_speed_limits limits = {720, 600, 0, false};
    double most_m = 0;
    for (int k = 0; k < n_cases; k++) {
        struct fixture f;
        const struct gap_case c = timed_case(&seed);
        build_star(&c.star, &f);
        const struct ovf_verdict a = judge_case(&plain, &f, &c, 500, limits);
        const struct ovf_verdict b = judge_case(&simple, &f, &c, 500, limits);
        assert_true(is_no_stronger(a.class, b.class));
        assert_true(isinf(a.avoidance_kt) == isinf(b.avoidance_kt));
        if (!isinf(a.avoidance_kt)) {
            const double less_m = (a.avoidance_kt - b.avoidance_kt) / slack_kt(&c, 1);
            assert_true(less_m > -arc_slack_m && less_m < 1000);
            most_m = fmax(most_m, less_m);
        }
        fixture_end(&f);
    }
    print_message("simplified: at most %.0f m shorter\n", most_m);
    ovf_reach_deinit(&plain);
    ovf_reach_deinit(&simple);
}

#endif
