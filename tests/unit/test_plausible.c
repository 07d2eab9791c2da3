/* SPDX-License-Identifier: Apache-2.0 */
/* The speed test. Aircraft fly north along a meridian: 1 degree is 60.04 NM on the mean sphere, so
 * 480 kt is 8.0 degrees an hour or 22,222 e-7 degrees a second; all expectations follow from that. */
#include "test.h"

#include "base/time.h"
#include "track/plausible.h"

#define E7_PER_S 22220

static struct ovf_track track;

static void push(int64_t t_s, int64_t lat_e7, enum ovf_fix_source source)
{
    const struct ovf_fix fix = {.t_ns = t_s * OVF_NS_PER_S,
                                .at = {(int32_t)lat_e7, 0},
                                .gs_kt = 480,
                                .has = OVF_FIX_GS,
                                .source = (uint8_t)source,
                                .record = {0, (uint32_t)track.fixes.n}};
    assert_int_equal(ovf_fixes_push(&track.fixes, &fix), OVF_OK);
}

static void fly(int64_t from_s, int64_t to_s, int64_t step_s)
{
    for (int64_t t = from_s; t < to_s; t += step_s)
        push(t, t * E7_PER_S, OVF_SOURCE_ADSB);
}

static size_t grade(void)
{
    size_t n_suspect = 99;
    assert_int_equal(ovf_track_grade(&track, &n_suspect), OVF_OK);
    return n_suspect;
}

static int clear(void **state)
{
    (void)state;
    ovf_track_deinit(&track);
    return 0;
}

static void assert_suspect(size_t fix, bool suspect)
{
    assert_int_equal(track.fixes.items[fix].grade, suspect ? OVF_GRADE_X : OVF_GRADE_B);
}

static void steady_flight_is_believed_with_the_radius_of_half_a_mile(void **state)
{
    (void)state;
    fly(0, 3600, 10);
    assert_int_equal(grade(), 0);
    assert_near((double)track.fixes.items[7].radius_m, 926, 0);
    assert_suspect(7, false);
}

static void no_fixes_is_no_failure(void **state)
{
    (void)state;
    assert_int_equal(grade(), 0);
}

static void one_fix_is_believed(void **state)
{
    (void)state;
    fly(0, 1, 10);
    assert_int_equal(grade(), 0);
}

static void a_single_outlier_is_suspect_and_its_neighbours_are_not(void **state)
{
    (void)state;
    fly(0, 100, 10);
    push(100, 100 * E7_PER_S + 5000000, OVF_SOURCE_ADSB); /* 56 km off */
    fly(110, 200, 10);
    assert_int_equal(grade(), 1);
    assert_suspect(10, true);
}

static void an_outlier_at_the_start_is_suspect(void **state)
{
    (void)state;
    push(0, 300000000, OVF_SOURCE_ADSB);
    fly(10, 100, 10);
    assert_int_equal(grade(), 1);
    assert_suspect(0, true);
}

static void an_outlier_at_the_end_is_suspect(void **state)
{
    (void)state;
    fly(0, 100, 10);
    push(100, 300000000, OVF_SOURCE_ADSB);
    assert_int_equal(grade(), 1);
    assert_suspect(10, true);
}

/* 30 minutes of silence allow 480 kt + 3 kt/s, that is the cap of 2,000 kt: 1,000 NM, 16 degrees.
 * The wrong fix lies 10 degrees on, which is in reach; what follows shows that it is wrong. */
static void a_lone_fix_after_a_gap_does_not_outvote_what_follows(void **state)
{
    (void)state;
    fly(0, 300, 10);
    push(2100, 300 * E7_PER_S + 100000000, OVF_SOURCE_ADSB);
    fly(2110, 2400, 10);
    assert_int_equal(grade(), 1);
    assert_suspect(30, true);
    assert_suspect(29, false);
    assert_suspect(31, false);
}

static void after_a_long_silence_what_cannot_be_reached_is_still_suspect(void **state)
{
    (void)state;
    fly(0, 600, 10);
    push(600 + 7200, 890000000, OVF_SOURCE_ADSB); /* 89 degrees in 2 h: 2,670 kt */
    assert_int_equal(grade(), 1);
    assert_suspect(60, true);
}

static void after_a_long_silence_what_can_be_reached_is_believed(void **state)
{
    (void)state;
    fly(0, 600, 10);
    push(600 + 7200, 600000000, OVF_SOURCE_ADSB); /* 60 degrees in 2 h: 1,800 kt */
    assert_int_equal(grade(), 0);
}

static void of_two_chains_that_alternate_the_shorter_is_suspect(void **state)
{
    (void)state;
    for (int64_t t = 0; t < 600; t += 10) {
        push(t, t * E7_PER_S, OVF_SOURCE_ADSB);
        if (t % 30 == 0)
            push(t + 5, 400000000 + t * E7_PER_S, OVF_SOURCE_ADSB);
    }
    assert_int_equal(grade(), 20);
    for (size_t i = 0; i < track.fixes.n; i++)
        assert_suspect(i, track.fixes.items[i].at.lat_e7 > 300000000);
}

static void after_a_jump_the_longer_part_stays(void **state)
{
    (void)state;
    push(0, 400000000, OVF_SOURCE_ADSB);
    push(10, 400222200, OVF_SOURCE_ADSB);
    push(20, 400444400, OVF_SOURCE_ADSB);
    fly(30, 300, 10);
    assert_int_equal(grade(), 3);
    assert_suspect(2, true);
    assert_suspect(3, false);
}

static void a_false_place_for_minutes_and_back_is_suspect(void **state)
{
    (void)state;
    fly(0, 600, 10);
    for (int64_t t = 600; t < 900; t += 10)
        push(t, 338000000, OVF_SOURCE_ADSB); /* standing at one place, 32 degrees away */
    fly(900, 1500, 10);
    assert_int_equal(grade(), 30);
    assert_suspect(59, false);
    assert_suspect(60, true);
    assert_suspect(90, false);
}

static void two_fixes_that_contradict_each_other_are_both_suspect(void **state)
{
    (void)state;
    push(0, 0, OVF_SOURCE_ADSB);
    push(1, 100000000, OVF_SOURCE_ADSB);
    assert_int_equal(grade(), 2);
}

static void two_places_at_the_last_instant_leave_the_rest_believed(void **state)
{
    (void)state;
    fly(0, 100, 10);
    push(100, 100 * E7_PER_S, OVF_SOURCE_ADSB);
    push(100, 100 * E7_PER_S + 20000, OVF_SOURCE_ADSB);
    assert_int_equal(grade(), 2);
    assert_suspect(9, false);
}

/* 480 kt are 247 m/s: in 10 s 2.5 km; with 3 kt/s and x 1.3 it is 3.5 km. An MLAT fix may lie 4.4 km on
 * (x 1.4 + 50 kt + 250 m = 5.4 km), an ADS-B fix may not. */
static void multilateration_is_allowed_more(void **state)
{
    (void)state;
    const int64_t off_e7 = 10 * E7_PER_S + 176000;
    push(0, 0, OVF_SOURCE_ADSB);
    push(10, off_e7, OVF_SOURCE_MLAT);
    assert_true(ovf_fix_reachable(&track.fixes.items[0], &track.fixes.items[1]));
    track.fixes.items[1].source = OVF_SOURCE_ADSB;
    assert_false(ovf_fix_reachable(&track.fixes.items[0], &track.fixes.items[1]));
}

static void the_poles_are_nobodys_place(void **state)
{
    (void)state;
    push(0, 900000000, OVF_SOURCE_ADSB);
    assert_int_equal(grade(), 1);
}

static void the_first_and_the_last_year_of_time_overflow_nothing(void **state)
{
    (void)state;
    push(INT64_C(-9214560000), 0, OVF_SOURCE_ADSB); /* 1678-01-01 */
    push(INT64_C(9214646399), 10, OVF_SOURCE_ADSB); /* 2261-12-31 */
    assert_int_equal(grade(), 0);
    struct ovf_track copy = {0};
    assert_int_equal(ovf_track_merge(1, &track.fixes, 1, &copy), OVF_OK);
    assert_int_equal(copy.fixes.n, 2);
    ovf_track_deinit(&copy);
}

static void the_antimeridian_is_no_jump(void **state)
{
    (void)state;
    fly(0, 20, 10);
    track.fixes.items[0].at = (struct ovf_point){500000000, 1799999000};
    track.fixes.items[1].at = (struct ovf_point){500000000, -1799800000};
    assert_int_equal(grade(), 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_teardown(name, clear)
    const struct CMUnitTest tests[] = {
        CASE(steady_flight_is_believed_with_the_radius_of_half_a_mile),
        CASE(no_fixes_is_no_failure),
        CASE(one_fix_is_believed),
        CASE(a_single_outlier_is_suspect_and_its_neighbours_are_not),
        CASE(an_outlier_at_the_start_is_suspect),
        CASE(an_outlier_at_the_end_is_suspect),
        CASE(a_lone_fix_after_a_gap_does_not_outvote_what_follows),
        CASE(after_a_long_silence_what_cannot_be_reached_is_still_suspect),
        CASE(after_a_long_silence_what_can_be_reached_is_believed),
        CASE(of_two_chains_that_alternate_the_shorter_is_suspect),
        CASE(after_a_jump_the_longer_part_stays),
        CASE(a_false_place_for_minutes_and_back_is_suspect),
        CASE(two_fixes_that_contradict_each_other_are_both_suspect),
        CASE(two_places_at_the_last_instant_leave_the_rest_believed),
        CASE(multilateration_is_allowed_more),
        CASE(the_poles_are_nobodys_place),
        CASE(the_first_and_the_last_year_of_time_overflow_nothing),
        CASE(the_antimeridian_is_no_jump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
