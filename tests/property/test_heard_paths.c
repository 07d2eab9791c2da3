/* SPDX-License-Identifier: Apache-2.0 */
/* Paths that are flown at a steady speed, and receivers that hear them: no verdict with where each was heard (as a
 * gap is judged, engine/between.c) says necessary of a path that stays out, nor impossible of one that touches. */
#include "reach_paths.h"

#include "base/time.h"
#include "engine/hearings.h"
#include "reach/chain.h"

enum { HEARINGS = 12, TRIES = 100, PATHS = 4 };

/** Where the path is after \p share of its length. */
static struct plane_point on_path(const struct star *star, const struct path *path, double share)
{
    double rest_m = share * path_m(star, path);
    for (int i = 1; i < path->n; i++) {
        const double m = line_m(star, path->points[i - 1], path->points[i]);
        if (rest_m <= m && m > 0)
            return between(path->points[i - 1], path->points[i], rest_m / m);
        rest_m -= m;
    }
    return path->points[path->n - 1];
}

/** Heard at random times, by a receiver somewhere, as far as it is and up to a tenth more. */
static void hear(const struct gap_case *c, uint64_t *seed, const struct path *path,
                 struct ovf_anchor *out)
{
    const struct plane_point receiver =
        somewhere_near(&c->star, seed, between(c->from, c->to, 0.5), 600e3);
    for (int i = 0; i < HEARINGS; i++) {
        const double share = (i + random_in(seed, 0.1, 0.9)) / HEARINGS;
        struct path line = {.points = {receiver, on_path(&c->star, path, share)}, .n = 2};
        out[i] = (struct ovf_anchor){
            .t_ns = llround(share * c->time_s * 1e9),
            .at = point_of(&c->star, receiver),
            .radius_m = 100 + random_in(seed, 1, 1.1) * path_m(&c->star, &line),
        };
    }
}

struct heard_counts {
    int n_paths;
    int n_necessary;
    int n_impossible; /* both: by what was heard alone */
};

static void check_path(struct ovf_reach *reach, const struct fixture *f, const struct gap_case *c,
                       uint64_t *seed, const struct path *path, struct heard_counts *counts)
{
    const struct ovf_speed_limits limits = {720, 600, 0, false};
    const struct ovf_region region = {&f->index, {{1}}, 0, false};
    const struct ovf_anchor from = {0, point_of(&c->star, c->from), c->from_radius_m};
    const struct ovf_anchor to = {llround(c->time_s * 1e9), point_of(&c->star, c->to),
                                  c->to_radius_m};
    struct ovf_anchor items[HEARINGS];
    const struct ovf_hearings hearings = {.items = items, .n = HEARINGS};
    const struct ovf_verdict alone = judge_case(reach, f, c, 0, limits);
    const bool touches = path_touches(&c->star, path);
    struct ovf_verdict straight;
    struct ovf_verdict round;
    hear(c, seed, path, items);
    const struct ovf_gap_hearings heard = ovf_hearings_of_gap(&hearings, &from, &to, 720);
    assert_int_equal(ovf_reach_judge_straight(&region, &from, &to, heard.items, heard.n, &limits,
                                              &straight, NULL),
                     OVF_OK);
    assert_int_equal(ovf_reach_judge_chain(reach, &region, &from, &to, heard.discs, heard.n_discs,
                                           &limits, &round, NULL),
                     OVF_OK);
    assert_int_not_equal(straight.class, OVF_CLASS_INCONSISTENT);
    if (touches)
        assert_int_not_equal(straight.class, OVF_CLASS_IMPOSSIBLE);
    else
        assert_int_not_equal(round.class, OVF_CLASS_NECESSARY);
    counts->n_paths++;
    counts->n_necessary +=
        round.class == OVF_CLASS_NECESSARY && alone.class != OVF_CLASS_NECESSARY ? 1 : 0;
    counts->n_impossible +=
        straight.class == OVF_CLASS_IMPOSSIBLE && alone.class != OVF_CLASS_IMPOSSIBLE ? 1 : 0;
}

static void no_path_contradicts_where_it_was_heard(void **state)
{
    (void)state;
    uint64_t seed = 19;
    struct ovf_reach reach = {0};
    struct heard_counts counts = {0};
    for (int k = 0; k < (OVF_SANITIZED ? 3 : 20); k++) {
        struct fixture f;
        struct gap_case c = random_case(&seed);
        build_star(&c.star, &f);
        set_time(&reach, &f, &c, &seed);
        c.time_s *= random_in(&seed, 1, 1.2);
        const int n_before = counts.n_paths;
        for (int i = 0; i < TRIES && counts.n_paths < n_before + PATHS; i++) {
            const double flyable_m = c.time_s * 720 * 1852 / 3600;
            const struct path path = random_path(&c, &seed, flyable_m);
            if (path_m(&c.star, &path) <= flyable_m)
                check_path(&reach, &f, &c, &seed, &path, &counts);
        }
        fixture_end(&f);
    }
    ovf_reach_deinit(&reach);
    print_message("%d paths; by what was heard: %d necessary, %d impossible\n", counts.n_paths,
                  counts.n_necessary, counts.n_impossible);
    assert_true(counts.n_paths > 10);
    assert_true(counts.n_necessary > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_path_contradicts_where_it_was_heard)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
