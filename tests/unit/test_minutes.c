/* SPDX-License-Identifier: Apache-2.0 */
/* Outages, in closed form: ten minutes of one hour, on the fourth of seven days. */
#include "test.h"

#include "listen/minutes.h"

enum { DAY = 20000, HOUR_MIN = 600, GAP_MIN = HOUR_MIN + 20, GAP_MINUTES = 10 };

static const int64_t gap_from_s = DAY * (int64_t)OVF_DAY_S + GAP_MIN * INT64_C(60);

static struct ovf_minutes minutes;

static int clear(void **state)
{
    (void)state;
    ovf_minutes_deinit(&minutes);
    return 0;
}

/** \p n aircraft in each of the minutes [begin, end) of \p day. */
static void set(int64_t day, int begin, int end, uint32_t n)
{
    struct ovf_minutes_day *const of_day = ovf_minutes_day(&minutes, day);
    assert_non_null(of_day);
    for (int m = begin; m < end; m++)
        of_day->n_aircraft[m] = n;
}

static enum ovf_outage outage(void)
{
    return ovf_minutes_outage(&minutes, &ovf_detect_defaults, gap_from_s,
                              gap_from_s + GAP_MINUTES * INT64_C(60));
}

static void test_without_a_week_the_hours_beside_tell(void **state)
{
    (void)state;
    static const struct {
        uint32_t n_beside;
        uint32_t n; /* of these, all along */
        int n_low;  /* the minutes in which there are no more */
        bool is_outage;
    } cases[] = {{10, 0, 10, true},  {9, 0, 10, false}, {10, 1, 10, true},
                 {10, 2, 10, false}, {30, 5, 10, true}, {30, 6, 10, false},
                 {10, 0, 5, true},   {10, 0, 4, false}, {10, 10, 10, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set(DAY, GAP_MIN - 60, GAP_MIN + GAP_MINUTES + 60, cases[i].n_beside);
        set(DAY, GAP_MIN, GAP_MIN + cases[i].n_low, cases[i].n);
        assert_int_equal(outage(), cases[i].is_outage ? OVF_OUTAGE_HOURS : OVF_OUTAGE_NONE);
    }
}

/** The hours beside are as silent as the gap: they tell nothing, the week does. */
static void test_a_silence_of_half_a_day_is_told_by_its_week(void **state)
{
    (void)state;
    for (int64_t day = DAY - 3; day <= DAY + 3; day++)
        set(day, 0, OVF_MINUTES_OF_DAY, 100);
    set(DAY, 300, 1000, 19); /* less than 20 % */
    assert_int_equal(outage(), OVF_OUTAGE_WEEK);
    set(DAY, 300, 1000, 20);
    assert_int_equal(outage(), OVF_OUTAGE_NONE);
    set(DAY, 300, 1000, 19);
    set(DAY + 3, 0, OVF_MINUTES_OF_DAY, 0); /* six days are no week */
    assert_int_equal(outage(), OVF_OUTAGE_NONE);
}

/** At an hour in which little is flown every day a tenth of the hours beside is no outage. */
static void test_what_is_usual_at_that_hour_is_none(void **state)
{
    (void)state;
    for (int64_t day = DAY - 3; day <= DAY + 3; day++) {
        set(day, 0, OVF_MINUTES_OF_DAY, 100);
        set(day, HOUR_MIN, HOUR_MIN + 60, 10);
    }
    assert_int_equal(outage(), OVF_OUTAGE_NONE);
    set(DAY - 3, 0, OVF_MINUTES_OF_DAY, 0);
    assert_int_equal(outage(), OVF_OUTAGE_HOURS); /* the week is not known */
}

/** Of seven days the median is the fourth: three of other traffic do not matter. */
static void test_the_median_bears_three_odd_days(void **state)
{
    (void)state;
    for (int64_t day = DAY - 3; day <= DAY + 3; day++)
        set(day, HOUR_MIN, HOUR_MIN + 60, day < DAY ? 10 : 100);
    set(DAY, GAP_MIN, GAP_MIN + GAP_MINUTES, 19);
    /* 180 minutes of 10, 10 of 19, and 230 of 100: the 211th is 100. */
    assert_int_equal(outage(), OVF_OUTAGE_WEEK);
    set(DAY, HOUR_MIN, HOUR_MIN + 60, 19);
    /* 180 of 10, 60 of 19: it is 19. */
    assert_int_equal(outage(), OVF_OUTAGE_NONE);
}

/** 29 minutes with data are no hour of a week; 30 are. */
static void test_a_day_of_the_week_has_half_of_the_hour(void **state)
{
    (void)state;
    for (int64_t day = DAY - 3; day <= DAY + 3; day++)
        set(day, HOUR_MIN, HOUR_MIN + 60, 100);
    set(DAY, 300, 1000, 0);
    set(DAY + 1, HOUR_MIN, HOUR_MIN + 30, 0);
    assert_int_equal(outage(), OVF_OUTAGE_WEEK);
    set(DAY + 1, HOUR_MIN, HOUR_MIN + 31, 0);
    assert_int_equal(outage(), OVF_OUTAGE_NONE);
}

static void test_no_time_and_days_are_none(void **state)
{
    (void)state;
    for (int64_t day = DAY - 6; day <= DAY + 6; day++)
        set(day, 0, OVF_MINUTES_OF_DAY, day == DAY ? 0 : 100);
    assert_int_equal(outage(), OVF_OUTAGE_WEEK);
    assert_int_equal(
        ovf_minutes_outage(&minutes, &ovf_detect_defaults, gap_from_s, gap_from_s + 59),
        OVF_OUTAGE_NONE);
    assert_int_equal(
        ovf_minutes_outage(&minutes, &ovf_detect_defaults, gap_from_s, gap_from_s - 600),
        OVF_OUTAGE_NONE);
    assert_int_equal(ovf_minutes_outage(&minutes, &ovf_detect_defaults, gap_from_s,
                                        gap_from_s + 2 * OVF_DAY_S + 60),
                     OVF_OUTAGE_NONE);
}

/** Four runs a minute of one aircraft, over midnight; a silent one does not count. */
static void test_an_aircraft_counts_once_a_minute(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    struct ovf_heard_run runs[16];
    const int64_t midnight_s = (DAY + 1) * (int64_t)OVF_DAY_S;
    for (size_t i = 0; i < 16; i++)
        runs[i] = (struct ovf_heard_run){.from_s = midnight_s - 120 + 15 * (int64_t)i,
                                         .to_s = midnight_s - 105 + 15 * (int64_t)i,
                                         .cell = (uint32_t)i,
                                         .n_fixes = 1,
                                         .is_silent = i >= 12};
    assert_int_equal(ovf_heard_pack(runs, 16, &bytes), OVF_OK);
    for (uint32_t n = 1; n <= 2; n++) {
        assert_int_equal(ovf_minutes_take(&minutes, ovf_buffer_bytes(&bytes)), OVF_OK);
        assert_int_equal(minutes.n, 2);
        assert_int_equal(minutes.days[0]->day, DAY);
        assert_int_equal(minutes.days[0]->n_aircraft[1437], 0);
        assert_int_equal(minutes.days[0]->n_aircraft[1438], n);
        assert_int_equal(minutes.days[0]->n_aircraft[1439], n);
        assert_int_equal(minutes.days[1]->n_aircraft[0], n);
        assert_int_equal(minutes.days[1]->n_aircraft[1], 0);
    }
    struct ovf_minutes_day second = {.day = DAY + 1};
    struct ovf_minutes_day other = {.day = DAY + 2};
    ovf_minutes_take_of_day(&second, ovf_buffer_bytes(&bytes));
    ovf_minutes_take_of_day(&other, ovf_buffer_bytes(&bytes));
    for (size_t m = 0; m < OVF_MINUTES_OF_DAY; m++) {
        assert_int_equal(second.n_aircraft[m], m == 0 ? 1 : 0);
        assert_int_equal(other.n_aircraft[m], 0);
    }
    ovf_buffer_deinit(&bytes);
}

/** Days that come before all others, as hostile times do: none moves what others hold. */
static void test_days_in_any_order_stand_in_order(void **state)
{
    (void)state;
    const struct ovf_minutes_day *const first = ovf_minutes_day(&minutes, DAY);
    for (int64_t i = 1; i <= 1000; i++) {
        assert_non_null(ovf_minutes_day(&minutes, DAY - i));
        assert_non_null(ovf_minutes_day(&minutes, DAY + i));
    }
    assert_int_equal(minutes.n, 2001);
    assert_ptr_equal(ovf_minutes_day(&minutes, DAY), first);
    for (size_t i = 0; i < minutes.n; i++)
        assert_int_equal(minutes.days[i]->day, DAY - 1000 + (int64_t)i);
}

/** 3 of 9 all along, in hours of 9. */
static void test_thresholds_of_a_question_count(void **state)
{
    (void)state;
    struct ovf_detect_config config = ovf_detect_defaults;
    const int64_t to_s = gap_from_s + GAP_MINUTES * INT64_C(60);
    set(DAY, HOUR_MIN - 60, HOUR_MIN + 120, 9);
    set(DAY, GAP_MIN, GAP_MIN + 4, 3);
    assert_int_equal(ovf_minutes_outage(&minutes, &config, gap_from_s, to_s), OVF_OUTAGE_NONE);
    config.outage_share = 0.34;
    config.gap_time_share = 0.4;
    assert_int_equal(ovf_minutes_outage(&minutes, &config, gap_from_s, to_s), OVF_OUTAGE_NONE);
    config.outage_aircraft = 9;
    assert_int_equal(ovf_minutes_outage(&minutes, &config, gap_from_s, to_s), OVF_OUTAGE_HOURS);
    config.gap_time_share = 0.41;
    assert_int_equal(ovf_minutes_outage(&minutes, &config, gap_from_s, to_s), OVF_OUTAGE_NONE);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_teardown(name, clear)
    const struct CMUnitTest tests[] = {
        CASE(test_thresholds_of_a_question_count),
        CASE(test_without_a_week_the_hours_beside_tell),
        CASE(test_a_silence_of_half_a_day_is_told_by_its_week),
        CASE(test_what_is_usual_at_that_hour_is_none),
        CASE(test_the_median_bears_three_odd_days),
        CASE(test_a_day_of_the_week_has_half_of_the_hour),
        CASE(test_no_time_and_days_are_none),
        CASE(test_an_aircraft_counts_once_a_minute),
        CASE(test_days_in_any_order_stand_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
