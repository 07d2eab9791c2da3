/* SPDX-License-Identifier: Apache-2.0 */
/* Halts and resumptions in series whose changes are known, and the days that prove nothing. */
#include "series.h"

#include "series/halts.h"

enum { N_DAYS = 120, HALT = 50, BACK = 80 };

static int64_t day_ns(size_t i)
{
    return SERIES_BEGIN_NS + (int64_t)i * OVF_NS_PER_DAY;
}

/** Two flights a day, but none on days [\p halt, \p back). */
static struct ovf_series two_a_day(size_t halt, size_t back)
{
    struct ovf_series series = series_of_days(N_DAYS);
    for (size_t i = 0; i < N_DAYS; i++)
        series.days[i].n = i >= halt && i < back ? 0 : 2;
    return series;
}

static struct ovf_halts halts_of(const struct ovf_series *series)
{
    struct ovf_halts halts = {0};
    assert_int_equal(ovf_halts_find(series, NULL, &halts, NULL), OVF_OK);
    return halts;
}

static void a_halt_and_a_resumption_are_found_on_their_days(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, BACK);
    struct ovf_halts halts = halts_of(&series);
    assert_false(halts.is_too_little);
    assert_int_equal(halts.n_days, N_DAYS);
    assert_near(halts.penalty, 3 * log(N_DAYS), 1e-12);
    assert_int_equal(halts.n_segments, 3);
    assert_true(halts.segments[1].is_halt);
    assert_false(halts.segments[0].is_halt || halts.segments[2].is_halt);
    assert_int_equal(halts.segments[0].from_ns, day_ns(0));
    assert_int_equal(halts.segments[2].until_ns, day_ns(N_DAYS));
    assert_int_equal(halts.changes[0].kind, OVF_CHANGE_HALT);
    assert_int_equal(halts.changes[0].day_ns, day_ns(HALT));
    assert_int_equal(halts.changes[1].kind, OVF_CHANGE_RESUMPTION);
    assert_int_equal(halts.changes[1].day_ns, day_ns(BACK));
    assert_near(halts.changes[0].ratio.ratio, 0, 0);
    /* 30 days at 100 flights in 50 days: (50 / 80)^100.5. */
    assert_near(halts.changes[0].p, pow(50.0 / 80.0, 100.5), 1e-24);
    assert_true(isinf(halts.changes[1].ratio.ratio));
    assert_int_equal(halts.n_quiet, 0);
    ovf_halts_deinit(&halts);
    ovf_series_deinit(&series);
}

/* One day sooner (later) the halt would cost a likelihood of two flights at 100 in 51 days: more than 1.92. */
static void the_interval_of_a_sharp_change_is_its_day(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, N_DAYS);
    struct ovf_halts halts = halts_of(&series);
    assert_int_equal(halts.n_segments, 2);
    assert_int_equal(halts.changes[0].earliest_ns, day_ns(HALT));
    assert_int_equal(halts.changes[0].latest_ns, day_ns(HALT));
    ovf_halts_deinit(&halts);
    ovf_series_deinit(&series);
}

static void a_change_among_days_without_data_may_lie_on_any_of_them(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, N_DAYS);
    for (size_t i = HALT - 4; i < HALT + 3; i++)
        series.days[i] = (struct ovf_series_day){.has_data = i % 2 == 0}; /* and no exposure */
    struct ovf_halts halts = halts_of(&series);
    assert_int_equal(halts.n_days, N_DAYS - 7);
    assert_int_equal(halts.n_segments, 2);
    assert_int_equal(halts.changes[0].day_ns, day_ns(HALT + 3));
    assert_int_equal(halts.changes[0].earliest_ns, day_ns(HALT - 4));
    assert_int_equal(halts.changes[0].latest_ns, day_ns(HALT + 3));
    ovf_halts_deinit(&halts);
    ovf_series_deinit(&series);
}

static void ten_days_without_data_are_no_halt(void **state)
{
    (void)state;
    for (int way = 0; way < 2; way++) {
        struct ovf_series series = two_a_day(HALT, HALT + 10);
        for (size_t i = HALT; i < HALT + 10; i++) {
            series.days[i].has_data = way == 0;
            series.days[i].exposure = way == 0 ? 0 : 1;
        }
        struct ovf_halts halts = halts_of(&series);
        assert_int_equal(halts.n_segments, 1);
        assert_int_equal(halts.n_quiet, 0);
        assert_int_equal(halts.n_days, N_DAYS - 10);
        ovf_halts_deinit(&halts);
        ovf_series_deinit(&series);
    }
}

/* The same ten days, when somebody listened, are one. */
static void ten_days_that_somebody_listened_on_are_a_halt(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, HALT + 10);
    struct ovf_halts halts = halts_of(&series);
    assert_int_equal(halts.n_segments, 3);
    assert_true(halts.segments[1].is_halt);
    ovf_halts_deinit(&halts);
    ovf_series_deinit(&series);
}

static void six_days_without_a_flight_are_quiet_days_and_not_a_detected_halt(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, HALT + 6);
    struct ovf_halts halts = halts_of(&series);
    assert_int_equal(halts.n_segments, 1);
    assert_int_equal(halts.n_quiet, 1);
    assert_int_equal(halts.quiet[0].from_ns, day_ns(HALT));
    assert_int_equal(halts.quiet[0].until_ns, day_ns(HALT + 6));
    assert_int_equal(halts.quiet[0].n_days, 6);
    assert_near(halts.quiet[0].exposure, 6, 1e-12);
    assert_near(halts.quiet[0].p_zero, pow(114.0 / 120.0, 228.5), 1e-15);
    ovf_halts_deinit(&halts);
    ovf_series_deinit(&series);
}

static void less_of_it_is_a_fall_and_a_fifth_is_a_halt(void **state)
{
    (void)state;
    for (uint32_t n = 2; n <= 3; n++) {
        struct ovf_series series = series_of_days(N_DAYS);
        for (size_t i = 0; i < N_DAYS; i++)
            series.days[i].n = i < HALT || i >= BACK ? 10 : n;
        struct ovf_halts halts = halts_of(&series);
        assert_int_equal(halts.n_segments, 3);
        assert_int_equal(halts.changes[0].kind, n == 2 ? OVF_CHANGE_HALT : OVF_CHANGE_FALL);
        assert_int_equal(halts.changes[1].kind, n == 2 ? OVF_CHANGE_RESUMPTION : OVF_CHANGE_RISE);
        assert_near(halts.changes[0].ratio.ratio, n / 10.0, 1e-12);
        assert_true(halts.changes[1].p < 1e-6);
        ovf_halts_deinit(&halts);
        ovf_series_deinit(&series);
    }
}

/* From ten to two is a halt; four of ten is above the fifth, so they are back. */
static void a_halt_ends_above_a_fifth_of_the_rate_before_it(void **state)
{
    (void)state;
    static const uint32_t counts[] = {10, 1, 0, 4};
    struct ovf_series series = series_of_days(4 * 40);
    for (size_t i = 0; i < series.n; i++)
        series.days[i].n = counts[i / 40];
    struct ovf_halts halts = halts_of(&series);
    assert_int_equal(halts.n_segments, 4);
    assert_int_equal(halts.changes[0].kind, OVF_CHANGE_HALT);
    assert_int_equal(halts.changes[1].kind, OVF_CHANGE_FALL); /* within the halt */
    assert_true(halts.segments[2].is_halt);
    assert_int_equal(halts.changes[2].kind, OVF_CHANGE_RESUMPTION);
    assert_string_equal(ovf_change_kind_name(halts.changes[2].kind), "resumption");
    ovf_halts_deinit(&halts);
    ovf_series_deinit(&series);
}

static void what_begins_without_flights_is_no_halt(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(0, HALT);
    struct ovf_halts halts = halts_of(&series);
    assert_int_equal(halts.n_segments, 2);
    assert_false(halts.segments[0].is_halt);
    assert_int_equal(halts.changes[0].kind, OVF_CHANGE_RISE);
    assert_int_equal(halts.n_quiet, 0);
    ovf_halts_deinit(&halts);
    ovf_series_deinit(&series);
}

static void too_few_days_say_nothing(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(0, 0);
    for (size_t n = 0; n <= 10; n++) {
        series.n = n;
        struct ovf_halts halts = halts_of(&series);
        assert_int_equal(halts.is_too_little, n < 10);
        assert_int_equal(halts.n_segments, n < 10 ? 0 : 1);
        ovf_halts_deinit(&halts);
    }
    series.n = 12;
    for (size_t i = 0; i < 12; i++)
        series.days[i].exposure = 0.49; /* 5.88 in all */
    struct ovf_halts halts = halts_of(&series);
    assert_true(halts.is_too_little);
    ovf_halts_deinit(&halts);
    ovf_series_deinit(&series);
}

static void a_dispersion_that_is_known_is_used(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, HALT + 10);
    struct ovf_halts halts = {0};
    struct ovf_halts_options options = {true, 3};
    assert_int_equal(ovf_halts_find(&series, &options, &halts, NULL), OVF_OK);
    assert_near(halts.dispersion.dispersion, 3, 0);
    assert_int_equal(halts.n_segments, 1); /* such counts are as quiet by themselves */
    struct ovf_error err = {""};
    options.dispersion = NAN;
    assert_int_equal(ovf_halts_find(&series, &options, &halts, &err), OVF_E_RANGE);
    assert_string_not_equal(err.text, "");
    assert_int_equal(halts.n_segments, 1); /* as it was */
    ovf_halts_deinit(&halts);
    ovf_halts_deinit(&halts);
    ovf_series_deinit(&series);
}

static void the_path_tells_what_other_penalties_find(void **state)
{
    (void)state;
    struct ovf_series series = two_a_day(HALT, HALT + 9);
    struct ovf_halts halts = halts_of(&series);
    assert_true(halts.path.n >= 2);
    assert_near(halts.path.steps[0].penalty, 2 * log(N_DAYS), 1e-12);
    assert_int_equal(halts.path.steps[0].segments.n, 3);
    assert_int_equal(halts.path.steps[0].segments.starts[1], HALT);
    assert_int_equal(halts.path.steps[halts.path.n - 1].segments.n, 1);
    assert_true(halts.path.steps[halts.path.n - 1].penalty < 6 * log(N_DAYS));
    ovf_halts_deinit(&halts);
    ovf_series_deinit(&series);
}

/* The example's year: invented flights on some days of February to March and of late July to October 2012, a day of May
 * that nobody has, and one of August in which hours are missing. */
static struct ovf_series year_2012(uint64_t seed)
{
    enum { N = 274, MARCH_21 = 49, JULY_26 = 176, MAY_14 = 103, AUGUST_20 = 201 };
    struct ovf_random random = ovf_random_stream(seed, 2012, 0);
    struct ovf_series series = series_of_days(N);
    series.first_day_ns = INT64_C(1328054400) * OVF_NS_PER_S; /* 2012-02-01 */
    series.days[MAY_14].has_data = false;
    series.days[AUGUST_20].exposure = 0.73;
    for (size_t i = 0; i < N; i++) {
        const unsigned weekday = ovf_series_weekday(&series, i);
        const bool flies_low =
            weekday == 0 || weekday == 3 || weekday == 5 || (weekday == 1 && i > JULY_26);
        if (i >= MARCH_21 && i < JULY_26)
            continue;
        series.days[i].n = ovf_random_unit(&random) < (i < MARCH_21 ? 0.8 : 0.9) ? 1 : 0;
        series.days[i].n += flies_low ? 1 : 0;
    }
    return series;
}

static void the_year_of_the_example_halts_and_resumes_within_two_days(void **state)
{
    (void)state;
    static const int64_t days[] = {INT64_C(1332288000), INT64_C(1343260800)}; /* 03-21, 07-26 */
    static const enum ovf_change_kind kinds[] = {OVF_CHANGE_HALT, OVF_CHANGE_RESUMPTION};
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct ovf_series series = year_2012(seed);
        struct ovf_halts halts = halts_of(&series);
        assert_int_equal(halts.n_segments, 3);
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(halts.changes[i].kind, kinds[i]);
            assert_near(ovf_time_seconds(days[i] * OVF_NS_PER_S, halts.changes[i].day_ns), 0,
                        2 * 86400.0);
        }
        ovf_halts_deinit(&halts);
        ovf_series_deinit(&series);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_halt_and_a_resumption_are_found_on_their_days),
        cmocka_unit_test(the_interval_of_a_sharp_change_is_its_day),
        cmocka_unit_test(a_change_among_days_without_data_may_lie_on_any_of_them),
        cmocka_unit_test(ten_days_without_data_are_no_halt),
        cmocka_unit_test(ten_days_that_somebody_listened_on_are_a_halt),
        cmocka_unit_test(six_days_without_a_flight_are_quiet_days_and_not_a_detected_halt),
        cmocka_unit_test(less_of_it_is_a_fall_and_a_fifth_is_a_halt),
        cmocka_unit_test(a_halt_ends_above_a_fifth_of_the_rate_before_it),
        cmocka_unit_test(what_begins_without_flights_is_no_halt),
        cmocka_unit_test(too_few_days_say_nothing),
        cmocka_unit_test(a_dispersion_that_is_known_is_used),
        cmocka_unit_test(the_path_tells_what_other_penalties_find),
        cmocka_unit_test(the_year_of_the_example_halts_and_resumes_within_two_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
