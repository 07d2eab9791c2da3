/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts as days come in, against closed forms, and that no later day changes them. */
#include "series.h"

#include "series/live.h"

enum { N_DAYS = 120, HALT = 70 };

static int64_t day_ns(size_t i)
{
    return SERIES_BEGIN_NS + (int64_t)i * OVF_NS_PER_DAY;
}

static struct ovf_series two_a_day(size_t halt, size_t back)
{
    struct ovf_series series = series_of_days(N_DAYS);
    for (size_t i = 0; i < N_DAYS; i++)
        series.days[i].n = i >= halt && i < back ? 0 : 2;
    return series;
}

static struct ovf_live live_of(const struct ovf_series *series)
{
    struct ovf_live live = {0};
    assert_int_equal(ovf_live_judge(series, &live, NULL), OVF_OK);
    return live;
}

/* 112 flights in 56 days, then nothing for k: (56 / (56 + k))^112.5 < 1/1000 from k = 4 on. */
static void a_halt_is_told_on_the_fourth_quiet_day_at_two_a_day(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, N_DAYS);
    struct ovf_live live = live_of(&series);
    assert_int_equal(live.state, OVF_LIVE_HALTED);
    assert_int_equal(live.n, 1);
    assert_int_equal(live.alerts[0].kind, OVF_LIVE_ALERT_HALT);
    assert_int_equal(live.alerts[0].day_ns, day_ns(HALT + 3));
    assert_int_equal(live.alerts[0].since_ns, day_ns(HALT));
    assert_int_equal(live.alerts[0].n_days, 4);
    assert_near(live.alerts[0].p, pow(56.0 / 60.0, 112.5), 1e-14);
    assert_int_equal(live.now.n_days, N_DAYS - HALT); /* it goes on */
    ovf_live_deinit(&live);
    ovf_series_deinit(&series);
}

/* The flights of half of the exposure: P(0) = (56 / (56 + k/2))^112.5, from k = 8 on. */
static void at_half_of_the_exposure_it_takes_twice_the_days(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, N_DAYS);
    for (size_t i = HALT; i < N_DAYS; i++)
        series.days[i].exposure = 0.5;
    struct ovf_live live = live_of(&series);
    assert_int_equal(live.n, 1);
    assert_int_equal(live.alerts[0].n_days, 8);
    ovf_live_deinit(&live);
    ovf_series_deinit(&series);
}

static void days_without_data_are_neither_quiet_nor_an_alert(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, HALT + 30);
    for (size_t i = HALT; i < HALT + 30; i++)
        series.days[i].has_data = false;
    struct ovf_live live = live_of(&series);
    assert_int_equal(live.state, OVF_LIVE_FLYING);
    assert_int_equal(live.n, 0);
    assert_near(live.exposure_needed, 3.45, 0.01);
    ovf_live_deinit(&live);
    series.n = HALT + 32;
    series.days[HALT].has_data =
        true; /* quiet, with 29 days unknown behind it, and one quiet day */
    series.days[HALT + 30].n = 0;
    series.days[HALT + 31].n = 0;
    live = live_of(&series);
    assert_int_equal(live.n, 0);
    assert_int_equal(live.now.n_days, 3);
    assert_int_equal(live.now.since_ns, day_ns(HALT));
    ovf_live_deinit(&live);
    ovf_series_deinit(&series);
}

static void even_at_many_a_day_one_quiet_day_is_no_halt(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, HALT + 1);
    for (size_t i = 0; i < N_DAYS; i++)
        series.days[i].n *= 20;
    struct ovf_live live = live_of(&series);
    assert_int_equal(live.n, 0);
    ovf_live_deinit(&live);
    series.days[HALT + 1].n = 0;
    live = live_of(&series);
    assert_int_equal(live.n, 3); /* halt, first flight, resumed */
    assert_int_equal(live.alerts[0].n_days, 2);
    ovf_live_deinit(&live);
    ovf_series_deinit(&series);
}

static void the_first_flight_is_told_at_once_and_the_return_when_it_is_one(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, HALT + 20);
    struct ovf_live live = live_of(&series);
    assert_int_equal(live.n, 3);
    assert_int_equal(live.alerts[1].kind, OVF_LIVE_ALERT_FIRST_FLIGHT);
    assert_int_equal(live.alerts[1].day_ns, day_ns(HALT + 20));
    assert_int_equal(live.alerts[2].kind, OVF_LIVE_ALERT_RESUMED);
    assert_int_equal(live.alerts[2].since_ns, day_ns(HALT + 20));
    assert_true(live.alerts[2].n_days >= 2 && live.alerts[2].n_days <= 5);
    assert_true(live.alerts[2].p < 1e-3);
    assert_int_equal(live.state, OVF_LIVE_FLYING);
    ovf_live_deinit(&live);
    ovf_series_deinit(&series);
}

/* The days of the halt are no part of the rate after it: 25 days of two flights, then nothing for k days:
 * (25 / (25 + k))^50.5 < 1/1000 from k = 4 on. */
static void after_a_return_the_old_rate_is_that_since_it(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, HALT + 15);
    for (size_t i = HALT + 40; i < N_DAYS; i++)
        series.days[i].n = 0;
    struct ovf_live live = live_of(&series);
    assert_int_equal(live.n, 4);
    assert_int_equal(live.alerts[3].kind, OVF_LIVE_ALERT_HALT);
    assert_int_equal(live.alerts[3].day_ns, day_ns(HALT + 43));
    assert_near(live.alerts[3].p, pow(25.0 / 29.0, 50.5), 1e-14);
    ovf_live_deinit(&live);
    ovf_series_deinit(&series);
}

static void one_stray_flight_does_not_end_a_halt(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, N_DAYS);
    series.days[HALT + 20].n = 1;
    struct ovf_live live = live_of(&series);
    assert_int_equal(live.n, 3);
    assert_int_equal(live.alerts[1].kind, OVF_LIVE_ALERT_FIRST_FLIGHT);
    assert_int_equal(live.alerts[2].kind, OVF_LIVE_ALERT_STILL_HALTED);
    assert_int_equal(live.state, OVF_LIVE_HALTED);
    assert_int_equal(live.now.since_ns, day_ns(HALT));
    assert_string_equal(ovf_live_alert_kind_name(live.alerts[2].kind), "still_halted");
    assert_string_equal(ovf_live_state_name(live.state), "halted");
    ovf_live_deinit(&live);
    ovf_series_deinit(&series);
}

static void too_few_days_or_flights_are_no_rate(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(14, N_DAYS);
    struct ovf_live live = live_of(&series);
    assert_int_equal(live.n, 1);
    ovf_live_deinit(&live);
    ovf_series_deinit(&series);
    series = two_a_day(13, N_DAYS);
    live = live_of(&series);
    assert_int_equal(live.state, OVF_LIVE_TOO_LITTLE);
    assert_int_equal(live.n, 0);
    ovf_live_deinit(&live);
    series.n = 0;
    live = live_of(&series);
    assert_int_equal(live.state, OVF_LIVE_TOO_LITTLE);
    ovf_live_deinit(&live);
    ovf_series_deinit(&series);
}

static void assert_same(const struct ovf_live_alert *a, const struct ovf_live_alert *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->day_ns, b->day_ns);
    assert_int_equal(a->since_ns, b->since_ns);
    assert_int_equal(a->n_days, b->n_days);
    assert_near(a->since.n, b->since.n, 0);
    assert_near(a->since.exposure, b->since.exposure, 0);
    assert_near(a->before.n, b->before.n, 0);
    assert_near(a->before.exposure, b->before.exposure, 0);
    assert_near(a->dispersion, b->dispersion, 0);
    assert_near(a->p, b->p, 0);
}

static void what_was_told_does_not_depend_on_later_days(void **state)
{
    (void)state;
    struct ovf_random random = {7};
    struct ovf_series series = series_of_days(N_DAYS);
    series_fly(&series, &random, 3, 0, 50);
    series_fly(&series, &random, 3, 70, 90);
    series.days[60].n = 1;
    struct ovf_live whole = live_of(&series);
    assert_true(whole.n >= 4);
    for (size_t n = 0; n <= N_DAYS; n++) {
        series.n = n;
        struct ovf_live live = live_of(&series);
        for (size_t i = 0; i < live.n; i++)
            assert_same(&live.alerts[i], &whole.alerts[i]);
        if (live.n < whole.n)
            assert_true(whole.alerts[live.n].day_ns >= day_ns(n));
        ovf_live_deinit(&live);
    }
    ovf_live_deinit(&whole);
    ovf_series_deinit(&series);
}

/* At two a day four quiet days have P = e^-8 (but for what is not known of the rate), and begin after one of the 86
 * days in a hundred that have a flight: ten false alerts in a hundred years. */
static void constant_traffic_seldom_seems_to_halt(void **state)
{
    (void)state;
    enum { N_RUNS = 100, N_LONG = 365 };
    int n_halts = 0;
    for (uint64_t run = 0; run < N_RUNS; run++) {
        struct ovf_random random = ovf_random_stream(run, 8, 8);
        struct ovf_series series = series_of_days(N_LONG);
        series_fly(&series, &random, 2, 0, N_LONG);
        struct ovf_live live = live_of(&series);
        for (size_t i = 0; i < live.n; i++)
            n_halts += live.alerts[i].kind == OVF_LIVE_ALERT_HALT ? 1 : 0;
        ovf_live_deinit(&live);
        ovf_series_deinit(&series);
    }
    print_message("%d halts in %d years\n", n_halts, (int)N_RUNS);
    assert_true(n_halts <= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_halt_is_told_on_the_fourth_quiet_day_at_two_a_day),
        cmocka_unit_test(at_half_of_the_exposure_it_takes_twice_the_days),
        cmocka_unit_test(days_without_data_are_neither_quiet_nor_an_alert),
        cmocka_unit_test(even_at_many_a_day_one_quiet_day_is_no_halt),
        cmocka_unit_test(the_first_flight_is_told_at_once_and_the_return_when_it_is_one),
        cmocka_unit_test(after_a_return_the_old_rate_is_that_since_it),
        cmocka_unit_test(one_stray_flight_does_not_end_a_halt),
        cmocka_unit_test(too_few_days_or_flights_are_no_rate),
        cmocka_unit_test(what_was_told_does_not_depend_on_later_days),
        cmocka_unit_test(constant_traffic_seldom_seems_to_halt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
