/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a date, in series whose changes are known. */
#include "series.h"

#include <string.h>

#include "series/effect.h"

enum { N_DAYS = 300, ASKED = 150 };

static int64_t day_ns(size_t i)
{
    return SERIES_BEGIN_NS + (int64_t)i * OVF_NS_PER_DAY;
}

/** Three a day, fewer on weekends, and \p share of that from day \p at on. */
static struct ovf_series falling(uint64_t seed, size_t at, double share)
{
    struct ovf_random random = ovf_random_stream(seed, 3, 3);
    struct ovf_series series = series_of_days(N_DAYS);
    for (size_t i = 0; i < N_DAYS; i++) {
        const double rate = (i % 7 < 5 ? 3.5 : 1.75) * (i < at ? 1 : share);
        series_fly(&series, &random, rate, i, i + 1);
    }
    return series;
}

static struct ovf_effect effect_of(const struct ovf_series *series, size_t asked)
{
    const struct ovf_effect_model model = ovf_effect_model_at(day_ns(asked));
    struct ovf_halts halts = {0};
    struct ovf_effect effect = {0};
    assert_int_equal(ovf_halts_find(series, NULL, &halts, NULL), OVF_OK);
    assert_int_equal(ovf_effect_find(series, &halts, &model, &effect, NULL), OVF_OK);
    ovf_halts_deinit(&halts);
    return effect;
}

static void assert_phrase(const struct ovf_effect *effect, const char *want)
{
    char text[OVF_EFFECT_PHRASE_SIZE];
    ovf_effect_phrase(effect, text);
    assert_string_equal(text, want);
    assert_null(strstr(text, "caus"));
}

static void a_fall_at_the_date_followed_it_and_exceeds_placebos(void **state)
{
    (void)state;
    struct ovf_series series = falling(1, ASKED, 0.1);
    struct ovf_effect effect = effect_of(&series, ASKED);
    assert_int_equal(effect.verdict, OVF_EFFECT_FOLLOWED);
    assert_true(effect.ratio.low < 0.1 && 0.1 < effect.ratio.high && effect.ratio.high < 1);
    assert_true(effect.ratio_max < 1 && effect.ratio_min <= effect.ratio.ratio);
    assert_true(effect.step.low < 0.1 && 0.1 < effect.step.high);
    assert_true(effect.trend.low < 1 && 1 < effect.trend.high);
    assert_int_equal(effect.n_days_before, 56);
    assert_int_equal(effect.n_days_after, 28);
    /* Windows of 84 days in 150 before the date, and as many after. */
    assert_int_equal(effect.n_placebos, 2 * (150 - 84 + 1));
    assert_int_equal(effect.n_as_large, 0);
    assert_near(effect.rank_p, 1.0 / 135, 1e-15);
    assert_int_equal(effect.change.earliest_ns, day_ns(ASKED)); /* 2024-05-30 */
    assert_phrase(&effect,
                  "a halt on 2024-05-30 (between 2024-05-30 and 2024-05-30) followed the request, "
                  "and exceeded placebo changes (rank p = 0.007)");
    ovf_effect_deinit(&effect);
    ovf_series_deinit(&series);
}

/* All else says that it followed: but one of the days that it may have been lies before the date. */
static void a_change_that_may_have_come_before_the_date_did_not_follow_it(void **state)
{
    (void)state;
    struct ovf_series series = falling(1, ASKED, 0.3);
    struct ovf_effect effect = effect_of(&series, ASKED);
    assert_true(effect.has_change && effect.change.earliest_ns < day_ns(ASKED));
    assert_true(effect.change.latest_ns >= day_ns(ASKED));
    assert_true(effect.n_placebos >= OVF_EFFECT_MIN_PLACEBOS && effect.rank_p <= OVF_EFFECT_RANK);
    assert_true(effect.ratio.high < 1 && effect.ratio_max < 1 && effect.n_other_changes == 0);
    assert_int_equal(effect.verdict, OVF_EFFECT_COINCIDED);
    const int64_t too_late_ns = day_ns(ASKED) - effect.change.earliest_ns;
    const size_t earliest = ASKED - (size_t)(too_late_ns / OVF_NS_PER_DAY);
    ovf_effect_deinit(&effect);
    effect = effect_of(&series, earliest);
    assert_int_equal(effect.verdict, OVF_EFFECT_FOLLOWED); /* a date that is not later than any */
    ovf_effect_deinit(&effect);
    ovf_series_deinit(&series);
}

static void the_counterfactual_line_goes_on_as_before(void **state)
{
    (void)state;
    struct ovf_series series = falling(1, ASKED, 0.3);
    series.days[ASKED + 5].exposure = 0;
    struct ovf_effect effect = effect_of(&series, ASKED);
    double sum = 0;
    assert_int_equal(effect.n_days, 84);
    assert_int_equal(effect.window_ns, day_ns(ASKED - 56));
    assert_false(effect.days[56 + 5].tells);
    for (size_t i = 0; i < 84; i++) {
        const struct ovf_effect_day *day = &effect.days[i];
        if (i < 56)
            assert_near(day->counterfactual, day->fitted, 1e-12);
        else
            sum += day->counterfactual;
    }
    assert_near(sum, effect.expected_after, 1e-9);
    assert_near(effect.expected_after, 27 * 3, 20); /* as drawn, without the fall */
    assert_near(effect.observed_after, 27 * 0.9, 15);
    ovf_effect_deinit(&effect);
    ovf_series_deinit(&series);
}

static void where_nothing_changes_it_coincided_with_nothing(void **state)
{
    (void)state;
    struct ovf_series series = falling(2, N_DAYS, 1);
    struct ovf_effect effect = effect_of(&series, ASKED);
    assert_int_equal(effect.verdict, OVF_EFFECT_NOTHING);
    assert_true(effect.ratio.low < 1 && 1 < effect.ratio.high);
    assert_true(effect.rank_p > OVF_EFFECT_RANK);
    assert_phrase(&effect, "no change was found near: the request coincided with nothing");
    ovf_effect_deinit(&effect);
    ovf_series_deinit(&series);
}

static void what_changed_before_the_date_is_not_its_effect(void **state)
{
    (void)state;
    struct ovf_series series = falling(3, ASKED - 20, 0.2);
    struct ovf_effect effect = effect_of(&series, ASKED);
    assert_int_equal(effect.verdict, OVF_EFFECT_NOTHING);
    assert_int_equal(effect.n_other_changes, 1);
    ovf_effect_deinit(&effect);
    ovf_series_deinit(&series);
}

/* Twice as much until five weeks before: all else would say that it followed, but the line before the date is none. */
static void with_another_change_in_the_window_it_only_coincided(void **state)
{
    (void)state;
    struct ovf_series series = falling(1, ASKED, 0.1);
    for (size_t i = 0; i < ASKED - 35; i++)
        series.days[i].n *= 2;
    struct ovf_effect effect = effect_of(&series, ASKED);
    assert_true(effect.has_change && effect.rank_p <= OVF_EFFECT_RANK);
    assert_true(effect.ratio.high < 1 && effect.ratio_max < 1);
    assert_int_equal(effect.n_other_changes, 1);
    assert_int_equal(effect.verdict, OVF_EFFECT_COINCIDED);
    assert_phrase(&effect, "a halt on 2024-05-30 (between 2024-05-30 and 2024-05-30) coincided "
                           "with the request");
    ovf_effect_deinit(&effect);
    ovf_series_deinit(&series);
}

static void without_placebo_dates_it_only_coincided(void **state)
{
    (void)state;
    struct ovf_series series = falling(1, ASKED, 0.3);
    const struct ovf_series days = {day_ns(ASKED - 60), series.days + ASKED - 60, 100};
    struct ovf_effect effect = effect_of(&days, ASKED);
    assert_int_equal(effect.n_placebos, 0);
    assert_near(effect.rank_p, 1, 0);
    assert_int_equal(effect.verdict, OVF_EFFECT_COINCIDED);
    ovf_effect_deinit(&effect);
    ovf_series_deinit(&series);
}

/* Nothing in n days, where m were expected: the ratio is at most 3.69 / m (Poisson). */
static void after_a_full_halt_the_ratio_has_a_bound(void **state)
{
    (void)state;
    struct ovf_series series = falling(4, ASKED, 0);
    struct ovf_effect effect = effect_of(&series, ASKED);
    assert_int_equal(effect.verdict, OVF_EFFECT_FOLLOWED);
    assert_near(effect.ratio.ratio, 0, 0);
    assert_near(effect.observed_after, 0, 0);
    if (!(effect.dispersion > 0))
        assert_near(effect.ratio.high, -log(0.025) / effect.expected_after, 1e-12);
    assert_true(effect.ratio.high < 0.15);
    assert_true(isinf(effect.trend.high));
    ovf_effect_deinit(&effect);
    ovf_series_deinit(&series);
}

static void too_little_data_is_an_answer(void **state)
{
    (void)state;
    struct ovf_series series = falling(1, ASKED, 0.3);
    static const size_t dates[] = {0, 27, N_DAYS - 13, N_DAYS + 5};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct ovf_effect effect = effect_of(&series, dates[i]);
        assert_int_equal(effect.verdict, OVF_EFFECT_TOO_LITTLE);
        assert_phrase(&effect, "too little data to say");
        ovf_effect_deinit(&effect);
    }
    for (size_t i = ASKED; i < ASKED + 28; i++)
        series.days[i].has_data = i % 2 == 0 && i != ASKED; /* 13 days are left */
    struct ovf_effect effect = effect_of(&series, ASKED);
    assert_int_equal(effect.verdict, OVF_EFFECT_TOO_LITTLE);
    assert_int_equal(effect.n_days_after, 13);
    ovf_effect_deinit(&effect);
    for (size_t i = 0; i < ASKED; i++)
        series.days[i].n = 0;
    effect = effect_of(&series, ASKED);
    assert_int_equal(effect.verdict, OVF_EFFECT_TOO_LITTLE);
    ovf_effect_deinit(&effect);
    ovf_series_deinit(&series);
}

static void a_model_outside_of_its_limits_is_refused(void **state)
{
    (void)state;
    struct ovf_series series = falling(1, ASKED, 0.3);
    const struct ovf_halts halts = {0};
    const struct ovf_effect_model good = ovf_effect_model_at(day_ns(ASKED));
    struct ovf_effect_model bad[] = {good, good, good, good, good};
    bad[0].t0_ns++;
    bad[1].n_days_before = 27;
    bad[2].n_days_after = 13;
    bad[3].lag_days = 29;
    bad[4].n_days_near = OVF_SERIES_MAX_DAYS + 1;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ovf_effect effect = {.n_placebos = 7};
        struct ovf_error err = {""};
        assert_int_equal(ovf_effect_find(&series, &halts, &bad[i], &effect, &err), OVF_E_RANGE);
        assert_string_not_equal(err.text, "");
        assert_int_equal(effect.n_placebos, 7);
    }
    assert_string_equal(ovf_effect_verdict_name(OVF_EFFECT_FOLLOWED), "followed");
    ovf_series_deinit(&series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fall_at_the_date_followed_it_and_exceeds_placebos),
        cmocka_unit_test(a_change_that_may_have_come_before_the_date_did_not_follow_it),
        cmocka_unit_test(the_counterfactual_line_goes_on_as_before),
        cmocka_unit_test(where_nothing_changes_it_coincided_with_nothing),
        cmocka_unit_test(what_changed_before_the_date_is_not_its_effect),
        cmocka_unit_test(with_another_change_in_the_window_it_only_coincided),
        cmocka_unit_test(without_placebo_dates_it_only_coincided),
        cmocka_unit_test(after_a_full_halt_the_ratio_has_a_bound),
        cmocka_unit_test(too_little_data_is_an_answer),
        cmocka_unit_test(a_model_outside_of_its_limits_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
