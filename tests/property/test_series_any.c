/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a series holds: it is judged, and nothing that is told is no number. A million a day beside nothing,
 * exposures from a thousandth to a thousand. And what does not depend on the scale does not. */
#include "series.h"

#include "series/effect.h"
#include "series/live.h"

enum { N_RUNS = OVF_SANITIZED ? 6 : 25, MAX_DAYS = 200 };

static struct ovf_series wild_series(struct ovf_random *random)
{
    const size_t n = 60 + (size_t)ovf_random_below(random, MAX_DAYS - 60);
    struct ovf_series series = series_of_days(n);
    uint64_t most = 1;
    for (size_t i = 0; i < n; i++) {
        struct ovf_series_day *day = &series.days[i];
        if (ovf_random_below(random, 15) == 0)
            most = UINT64_C(1) << ovf_random_below(random, 20);
        day->has_data = ovf_random_below(random, 10) != 0;
        day->n = (uint32_t)ovf_random_below(random, most);
        day->exposure =
            ovf_random_below(random, 4) == 0 ? ldexp(1, (int)ovf_random_below(random, 20) - 10) : 1;
        if (day->exposure > OVF_SERIES_MAX_EXPOSURE)
            day->exposure = OVF_SERIES_MAX_EXPOSURE;
    }
    return series;
}

static bool is_ratio(const struct ovf_ratio *ratio)
{
    return ratio->low >= 0 && ratio->low <= ratio->ratio &&
           ratio->ratio <= ratio->high; /* no NAN */
}

static bool is_probability(double p)
{
    return p >= 0 && p <= 1;
}

static void check_halts(const struct ovf_halts *halts)
{
    assert_true(isfinite(halts->dispersion.dispersion) && isfinite(halts->dispersion.index));
    for (size_t i = 0; i + 1 < halts->n_segments; i++) {
        const struct ovf_change *change = &halts->changes[i];
        assert_true(is_ratio(&change->ratio));
        assert_true(is_probability(change->p));
        assert_true(change->earliest_ns <= change->day_ns && change->day_ns <= change->latest_ns);
        assert_int_equal(halts->segments[i].until_ns, halts->segments[i + 1].from_ns);
    }
    for (size_t i = 0; i < halts->n_quiet; i++)
        assert_true(is_probability(halts->quiet[i].p_zero));
}

static void check_effect(const struct ovf_effect *effect)
{
    if (effect->verdict == OVF_EFFECT_TOO_LITTLE)
        return;
    assert_true(is_ratio(&effect->ratio) && is_ratio(&effect->step) && is_ratio(&effect->trend));
    assert_true(isfinite(effect->gain) && isfinite(effect->dispersion));
    assert_true(effect->rank_p > 0 && effect->rank_p <= 1);
}

static void whatever_a_series_holds_is_judged(void **state)
{
    (void)state;
    size_t n_fitted = 0;
    for (uint64_t seed = 0; seed < N_RUNS; seed++) {
        struct ovf_random random = ovf_random_stream(seed, 4, 4);
        struct ovf_series series = wild_series(&random);
        struct ovf_halts halts = {0};
        struct ovf_live live = {0};
        struct ovf_effect effect = {0};
        const size_t asked = (size_t)ovf_random_below(&random, series.n);
        const struct ovf_effect_model model =
            ovf_effect_model_at(ovf_series_day_ns(&series, asked));
        assert_int_equal(ovf_halts_find(&series, NULL, &halts, NULL), OVF_OK);
        assert_int_equal(ovf_live_judge(&series, &live, NULL), OVF_OK);
        assert_int_equal(ovf_effect_find(&series, &halts, &model, &effect, NULL), OVF_OK);
        check_halts(&halts);
        for (size_t i = 0; i < live.n; i++)
            assert_true(is_probability(live.alerts[i].p));
        check_effect(&effect);
        n_fitted += effect.verdict != OVF_EFFECT_TOO_LITTLE ? 1 : 0;
        ovf_effect_deinit(&effect);
        ovf_live_deinit(&live);
        ovf_halts_deinit(&halts);
        ovf_series_deinit(&series);
    }
    assert_true(n_fitted > N_RUNS / 4);
}

/* Poisson: an exposure twice as great everywhere halves the rates, and nothing else. */
static void the_unit_of_exposure_does_not_matter(void **state)
{
    (void)state;
    const struct ovf_halts_options poisson = {true, 0};
    for (uint64_t seed = 0; seed < N_RUNS; seed++) {
        struct ovf_random random = ovf_random_stream(seed, 5, 5);
        struct ovf_series series = series_of_days(120);
        struct ovf_halts one = {0};
        struct ovf_halts two = {0};
        series_fly(&series, &random, 3, 0, 50);
        series_fly(&series, &random, 1, 80, 120);
        assert_int_equal(ovf_halts_find(&series, &poisson, &one, NULL), OVF_OK);
        for (size_t i = 0; i < series.n; i++)
            series.days[i].exposure = 2;
        assert_int_equal(ovf_halts_find(&series, &poisson, &two, NULL), OVF_OK);
        assert_int_equal(one.n_segments, two.n_segments);
        for (size_t i = 0; i + 1 < one.n_segments; i++) {
            assert_int_equal(one.changes[i].day_ns, two.changes[i].day_ns);
            assert_int_equal(one.changes[i].kind, two.changes[i].kind);
            assert_near(one.changes[i].p, two.changes[i].p, 1e-9);
        }
        ovf_halts_deinit(&one);
        ovf_halts_deinit(&two);
        ovf_series_deinit(&series);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_a_series_holds_is_judged),
        cmocka_unit_test(the_unit_of_exposure_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
