/* SPDX-License-Identifier: Apache-2.0 */
/* Daily series and their exposure, against counting by hand. */
#include "series.h"

#include "series/exposure.h"

static void days_are_found_by_any_instant_of_theirs(void **state)
{
    (void)state;
    struct ovf_series series;
    const int64_t noon_ns = SERIES_BEGIN_NS + OVF_NS_PER_DAY / 2;
    assert_int_equal(ovf_series_init(&series, noon_ns, 3, NULL), OVF_OK);
    assert_int_equal(series.first_day_ns, SERIES_BEGIN_NS);
    assert_false(series.days[2].has_data);
    assert_null(ovf_series_day_at(&series, SERIES_BEGIN_NS - 1));
    assert_ptr_equal(ovf_series_day_at(&series, SERIES_BEGIN_NS), &series.days[0]);
    assert_ptr_equal(ovf_series_day_at(&series, noon_ns + OVF_NS_PER_DAY), &series.days[1]);
    assert_ptr_equal(ovf_series_day_at(&series, SERIES_BEGIN_NS + 3 * OVF_NS_PER_DAY - 1),
                     &series.days[2]);
    assert_null(ovf_series_day_at(&series, SERIES_BEGIN_NS + 3 * OVF_NS_PER_DAY));
    ovf_series_deinit(&series);
}

static void weekdays_are_those_of_the_calendar_also_before_1970(void **state)
{
    (void)state;
    struct ovf_series series = series_of_days(1);
    assert_int_equal(ovf_series_weekday(&series, 0), 0); /* 2024-01-01, a Monday */
    assert_int_equal(ovf_series_weekday(&series, 6), 6);
    assert_int_equal(ovf_series_weekday(&series, 7), 0);
    series.first_day_ns = -OVF_NS_PER_DAY; /* 1969-12-31, a Wednesday */
    assert_int_equal(ovf_series_weekday(&series, 0), 2);
    series.first_day_ns = -4 * OVF_NS_PER_DAY;
    assert_int_equal(ovf_series_weekday(&series, 0), 6);
    ovf_series_deinit(&series);
}

static void a_day_tells_only_with_data_and_somebody_listening(void **state)
{
    (void)state;
    assert_true(ovf_series_day_tells(&(struct ovf_series_day){.has_data = true, .exposure = 0.5}));
    assert_false(ovf_series_day_tells(&(struct ovf_series_day){.has_data = true, .n = 3}));
    assert_false(ovf_series_day_tells(&(struct ovf_series_day){.exposure = 1}));
}

static void what_is_no_share_is_refused(void **state)
{
    (void)state;
    static const double wrong[] = {-0.1, NAN, INFINITY, 1001};
    struct ovf_series series = series_of_days(2);
    struct ovf_error err;
    assert_int_equal(ovf_series_check(&series, &err), OVF_OK);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        series.days[1].exposure = wrong[i];
        assert_int_equal(ovf_series_check(&series, &err), OVF_E_RANGE);
        series.days[1].exposure = 1;
        series.days[1].exposure_variance = wrong[i];
        assert_int_equal(ovf_series_check(&series, &err), OVF_E_RANGE);
        series.days[1].has_data = false; /* whatever stands there */
        assert_int_equal(ovf_series_check(&series, &err), OVF_OK);
        series.days[1] = series.days[0];
    }
    series.days[1].n = OVF_SERIES_MAX_COUNT + 1;
    assert_int_equal(ovf_series_check(&series, &err), OVF_E_RANGE);
    ovf_series_deinit(&series);
    assert_int_equal(ovf_series_init(&series, 0, OVF_SERIES_MAX_DAYS + 1, &err), OVF_E_LIMIT);
    assert_int_equal(ovf_series_init(&series, INT64_MAX, 1, &err), OVF_E_LIMIT);
}

/** 100 on working days, 40 on the weekend. */
enum { N_CONTROL = 70, MIDDLE = 35 /* a Monday */ };

static void usual_control(struct ovf_control_day days[N_CONTROL])
{
    for (size_t i = 0; i < N_CONTROL; i++)
        days[i] = (struct ovf_control_day){true, i % 7 < 5 ? 100 : 40};
}

static void exposure_is_the_share_of_what_is_usual_on_that_weekday(void **state)
{
    (void)state;
    struct ovf_control_day days[N_CONTROL];
    usual_control(days);
    days[MIDDLE].n = 30;
    days[MIDDLE + 5].n = 30; /* a Saturday */
    const struct ovf_exposure monday = ovf_exposure_of(days, N_CONTROL, MIDDLE);
    const struct ovf_exposure saturday = ovf_exposure_of(days, N_CONTROL, MIDDLE + 5);
    assert_true(monday.is_known && saturday.is_known);
    assert_near(monday.usual, 100, 0);
    assert_near(monday.share, 0.3, 1e-15);
    assert_near(saturday.share, 0.75, 1e-15);
    /* 30 / 100^2, and 0.3^2 times pi/2 times 1 / (100 * 8). */
    assert_near(monday.variance, 0.003 + 0.09 * 1.5707963267948966 / 800, 1e-15);
}

static void an_outage_does_not_spoil_what_is_usual(void **state)
{
    (void)state;
    struct ovf_control_day days[N_CONTROL];
    usual_control(days);
    for (size_t i = MIDDLE - 10; i <= MIDDLE; i++)
        days[i].n = 0;
    for (size_t i = 0; i < N_CONTROL; i++) {
        const struct ovf_exposure exposure = ovf_exposure_of(days, N_CONTROL, i);
        assert_true(exposure.is_known);
        assert_near(exposure.share, i >= MIDDLE - 10 && i <= MIDDLE ? 0 : 1, 1e-15);
        assert_true(exposure.variance > 0);
    }
}

static void more_than_usual_is_believed_up_to_the_cap(void **state)
{
    (void)state;
    struct ovf_control_day days[N_CONTROL];
    usual_control(days);
    days[MIDDLE].n = 1000;
    assert_near(ovf_exposure_of(days, N_CONTROL, MIDDLE).share, OVF_EXPOSURE_CAP, 0);
}

static void too_few_weeks_or_no_usual_traffic_tell_no_exposure(void **state)
{
    (void)state;
    struct ovf_control_day days[N_CONTROL];
    usual_control(days);
    assert_true(ovf_exposure_of(days, 22, 0).is_known); /* three Mondays after it */
    assert_false(ovf_exposure_of(days, 21, 0).is_known);
    assert_true(ovf_exposure_of(days, 22, 21).is_known);
    days[7].has_data = false;
    assert_false(ovf_exposure_of(days, 22, 0).is_known);
    usual_control(days);
    for (size_t i = 0; i < N_CONTROL; i += 7)
        days[i].n = i == MIDDLE ? 5 : 0;
    assert_false(ovf_exposure_of(days, N_CONTROL, MIDDLE).is_known);
}

static void a_day_without_control_loses_its_data_and_is_no_zero(void **state)
{
    (void)state;
    struct ovf_control_day days[N_CONTROL];
    struct ovf_series series = series_of_days(N_CONTROL);
    usual_control(days);
    days[MIDDLE] = (struct ovf_control_day){false, 0};
    days[MIDDLE + 1].n = 0;
    series.days[MIDDLE + 2].has_data = false;
    ovf_series_expose(&series, days);
    assert_false(series.days[MIDDLE].has_data);
    assert_true(series.days[MIDDLE + 1].has_data);
    assert_false(ovf_series_day_tells(&series.days[MIDDLE + 1]));
    assert_false(series.days[MIDDLE + 2].has_data);
    assert_true(ovf_series_day_tells(&series.days[MIDDLE + 3]));
    ovf_series_deinit(&series);
}

enum { N_LONG = 280, POOR = 140, BACK = 230 };

/** 100 a day, 40 from POOR until before BACK. */
static void long_poor_control(struct ovf_control_day days[N_LONG])
{
    for (size_t i = 0; i < N_LONG; i++)
        days[i] = (struct ovf_control_day){true, i >= POOR && i < BACK ? 40 : 100};
}

static void poor_hearing_of_months_does_not_become_usual(void **state)
{
    (void)state;
    struct ovf_control_day days[N_LONG];
    struct ovf_series series = series_of_days(N_LONG);
    long_poor_control(days);
    ovf_series_expose(&series, days);
    for (size_t i = 0; i < N_LONG; i++)
        assert_near(series.days[i].exposure, i >= POOR && i < BACK ? 0.4 : 1, 1e-15);
    ovf_series_expose_live(&series, days);
    for (size_t i = 21; i < N_LONG; i++)
        assert_near(series.days[i].exposure, i >= POOR && i < BACK ? 0.4 : 1, 1e-15);
    ovf_series_deinit(&series);
}

/* A season of 80 % is one; of few flights, chance may make as much. */
static void what_a_season_or_chance_makes_is_usual(void **state)
{
    (void)state;
    struct ovf_control_day days[N_LONG];
    for (size_t i = 0; i < N_LONG; i++)
        days[i] = (struct ovf_control_day){true, i >= POOR ? 80 : 100};
    assert_near(ovf_exposure_of(days, N_LONG, N_LONG - 1).share, 1, 0);
    for (size_t i = 0; i < N_LONG; i++)
        days[i] = (struct ovf_control_day){true, i >= POOR ? 2 : 4};
    assert_near(ovf_exposure_of(days, N_LONG, N_LONG - 1).share, 1, 0);
}

/* Eight weeks of 2010 and four of 2012: a receiver that was there then is no measure of today. */
static void weeks_of_long_ago_are_no_measure(void **state)
{
    (void)state;
    enum { N_YEARS = 730, N_THEN = 56, NOW = 700 };
    static struct ovf_control_day days[N_YEARS];
    for (size_t i = 0; i < N_YEARS; i++)
        days[i] = (struct ovf_control_day){i < N_THEN || i >= NOW, i < N_THEN ? 1000 : 100};
    for (size_t i = NOW; i < N_YEARS; i++) {
        assert_near(ovf_exposure_of(days, N_YEARS, i).usual, 100, 0);
        assert_near(ovf_exposure_of(days, N_YEARS, i).share, 1, 0);
    }
    /* Twenty-six to nineteen weeks before are within half a year, the eight before those are not. */
    for (size_t far = 26; far <= 34; far += 8) {
        for (size_t i = 0; i < NOW; i++)
            days[i] = (struct ovf_control_day){i + 7 * far >= NOW && i + 7 * (far - 8) < NOW, 1000};
        assert_near(ovf_exposure_of(days, N_YEARS, NOW).usual, far == 26 ? 1000 : 100, 0);
    }
}

/* Three poor weeks are known to chance as three; the best eight, which are the measure, as eight. */
static void the_variance_is_of_the_weeks_that_are_the_measure(void **state)
{
    (void)state;
    struct ovf_control_day days[N_LONG];
    for (size_t i = 0; i < N_LONG; i++)
        days[i] = (struct ovf_control_day){i < POOR || i >= N_LONG - 22, i < POOR ? 100 : 40};
    const struct ovf_exposure last = ovf_exposure_of(days, N_LONG, N_LONG - 1);
    assert_near(last.usual, 100, 0);
    assert_near(last.share, 0.4, 1e-15);
    /* 40 / 100^2, and 0.4^2 times pi/2 times 1 / (100 * 8). */
    assert_near(last.variance, 0.004 + 0.16 * 1.5707963267948966 / 800, 1e-15);
}

static void live_exposure_looks_back_only(void **state)
{
    (void)state;
    struct ovf_control_day days[N_CONTROL];
    struct ovf_series live = series_of_days(N_CONTROL);
    usual_control(days);
    for (size_t i = MIDDLE + 7; i < N_CONTROL; i++)
        days[i].n *= 2;
    ovf_series_expose_live(&live, days);
    assert_false(live.days[14].has_data); /* two Mondays are no measure */
    assert_true(live.days[21].has_data);
    assert_near(live.days[MIDDLE].exposure, 1, 0);
    assert_near(live.days[MIDDLE + 7].exposure, OVF_EXPOSURE_CAP, 0);
    ovf_series_deinit(&live);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_found_by_any_instant_of_theirs),
        cmocka_unit_test(weekdays_are_those_of_the_calendar_also_before_1970),
        cmocka_unit_test(a_day_tells_only_with_data_and_somebody_listening),
        cmocka_unit_test(what_is_no_share_is_refused),
        cmocka_unit_test(exposure_is_the_share_of_what_is_usual_on_that_weekday),
        cmocka_unit_test(an_outage_does_not_spoil_what_is_usual),
        cmocka_unit_test(more_than_usual_is_believed_up_to_the_cap),
        cmocka_unit_test(too_few_weeks_or_no_usual_traffic_tell_no_exposure),
        cmocka_unit_test(a_day_without_control_loses_its_data_and_is_no_zero),
        cmocka_unit_test(poor_hearing_of_months_does_not_become_usual),
        cmocka_unit_test(what_a_season_or_chance_makes_is_usual),
        cmocka_unit_test(weeks_of_long_ago_are_no_measure),
        cmocka_unit_test(the_variance_is_of_the_weeks_that_are_the_measure),
        cmocka_unit_test(live_exposure_looks_back_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
