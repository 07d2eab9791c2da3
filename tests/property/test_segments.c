/* SPDX-License-Identifier: Apache-2.0 */
/* Segmentation against plain optimal partitioning, which looks at every cut, on many invented series: same cuts,
 * same cost. And the path against one search for each of many penalties. */
#include "series.h"

#include "series/rate.h"
#include "series/segments.h"

enum { N_SERIES = OVF_SANITIZED ? 150 : 600, MAX_DAYS = 150 };

/** Rates that change now and then, days without data or exposure, weeks of little exposure. */
static struct ovf_series any_series(struct ovf_random *random)
{
    const size_t n = (size_t)ovf_random_below(random, MAX_DAYS + 1);
    struct ovf_series series = series_of_days(n);
    double rate = ovf_random_between(random, 0, 6);
    double exposure = 1;
    for (size_t i = 0; i < n; i++) {
        struct ovf_series_day *day = &series.days[i];
        const double dice = ovf_random_unit(random);
        if (dice < 0.04)
            rate = ovf_random_below(random, 3) == 0 ? 0 : ovf_random_between(random, 0, 6);
        if (dice > 0.95)
            exposure = ovf_random_below(random, 3) == 0 ? 0 : ovf_random_between(random, 0, 1.2);
        day->has_data = ovf_random_below(random, 12) != 0;
        day->exposure = exposure;
        day->n = draw_poisson(random, rate * exposure);
    }
    return series;
}

struct plain {
    double best[MAX_DAYS + 1];
    size_t previous[MAX_DAYS + 1];
};

static void partition(const struct ovf_telling *telling, double dispersion, double penalty,
                      struct plain *plain)
{
    plain->best[0] = -penalty;
    for (size_t end = 1; end <= telling->n; end++) {
        plain->best[end] = INFINITY;
        for (size_t start = 0; start < end; start++) {
            const double cost = plain->best[start] + penalty +
                                ovf_rate_cost(ovf_telling_sum(telling, start, end), dispersion);
            if (ovf_telling_suffice(telling, start, end) && cost < plain->best[end]) {
                plain->best[end] = cost;
                plain->previous[end] = start;
            }
        }
    }
}

static void assert_same(const struct ovf_telling *telling, const struct plain *plain,
                        double penalty, const struct ovf_segments *segments)
{
    if (telling->n == 0 || isinf(plain->best[telling->n])) {
        assert_int_equal(segments->n, 0);
        return;
    }
    size_t i = segments->n;
    for (size_t end = telling->n; end > 0; end = plain->previous[end]) {
        assert_true(i > 0);
        assert_int_equal(segments->starts[--i], plain->previous[end]);
    }
    assert_int_equal(i, 0);
    const double cost = segments->cost + penalty * (double)(segments->n - 1);
    assert_near(cost, plain->best[telling->n], 1e-9 * (1 + fabs(cost)));
}

static const double dispersions[] = {0, 0.1, 1, 5};

static void pelt_cuts_where_optimal_partitioning_does(void **state)
{
    (void)state;
    static struct plain plain;
    size_t n_cuts = 0;
    for (uint64_t seed = 0; seed < N_SERIES; seed++) {
        struct ovf_random random = ovf_random_stream(seed, 1, 1);
        struct ovf_series series = any_series(&random);
        struct ovf_telling telling = {0};
        struct ovf_segments segments = {0};
        assert_int_equal(ovf_telling_init(&telling, &series), OVF_OK);
        for (int i = 0; i < 4; i++) {
            const double dispersion = dispersions[ovf_random_below(&random, 4)];
            const double penalty = i == 0 ? 0 : ovf_random_between(&random, 0, 20);
            assert_int_equal(ovf_segments_find(&telling, dispersion, penalty, &segments), OVF_OK);
            partition(&telling, dispersion, penalty, &plain);
            assert_same(&telling, &plain, penalty, &segments);
            n_cuts += segments.n;
        }
        ovf_segments_deinit(&segments);
        ovf_telling_deinit(&telling);
        ovf_series_deinit(&series);
    }
    assert_true(n_cuts > 4 * (size_t)N_SERIES); /* it was about something */
}

static void check_path(const struct ovf_telling *telling, double dispersion,
                       const struct ovf_segments_path *path, double penalty)
{
    struct ovf_segments segments = {0};
    size_t at = 0;
    assert_int_equal(ovf_segments_find(telling, dispersion, penalty, &segments), OVF_OK);
    for (size_t i = 0; i < path->n && path->steps[i].penalty <= penalty; i++)
        at = i;
    if (segments.n == 0) {
        assert_int_equal(path->n, 0);
        return;
    }
    const struct ovf_segments *step = &path->steps[at].segments;
    const double cost = segments.cost + penalty * (double)segments.n;
    assert_near(step->cost + penalty * (double)step->n, cost, 1e-9 * (1 + fabs(cost)));
    ovf_segments_deinit(&segments);
}

static void the_path_has_the_best_for_every_penalty(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < N_SERIES / 2; seed++) {
        struct ovf_random random = ovf_random_stream(seed, 2, 1);
        struct ovf_series series = any_series(&random);
        struct ovf_telling telling = {0};
        struct ovf_segments_path path = {0};
        const double dispersion = dispersions[ovf_random_below(&random, 4)];
        assert_int_equal(ovf_telling_init(&telling, &series), OVF_OK);
        assert_int_equal(ovf_segments_path_find(&telling, dispersion, 1, 25, &path), OVF_OK);
        for (size_t i = 0; i + 1 < path.n; i++) {
            assert_true(path.steps[i].penalty < path.steps[i + 1].penalty);
            assert_true(path.steps[i].segments.n > path.steps[i + 1].segments.n);
        }
        for (int i = 0; i < 8; i++)
            check_path(&telling, dispersion, &path, ovf_random_between(&random, 1, 25));
        ovf_segments_path_deinit(&path);
        ovf_telling_deinit(&telling);
        ovf_series_deinit(&series);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pelt_cuts_where_optimal_partitioning_does),
        cmocka_unit_test(the_path_has_the_best_for_every_penalty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
