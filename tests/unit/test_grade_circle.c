/* SPDX-License-Identifier: Apache-2.0 */
/* Circles that an aircraft does not say it flies. On the mean sphere, near the equator, where 60.04 NM are a degree
 * of either. */
#include "test.h"

#include "base/time.h"
#include "track/grade.h"

static struct ovf_track track;

static int clear(void **state)
{
    (void)state;
    ovf_track_deinit(&track);
    return 0;
}

static size_t grade(void)
{
    size_t n_suspect = 99;
    assert_int_equal(ovf_track_grade(&track, &ovf_detect_defaults, &n_suspect), OVF_OK);
    return n_suspect;
}

static void assert_suspect(size_t fix, bool suspect)
{
    assert_int_equal(track.fixes.items[fix].grade, suspect ? OVF_GRADE_X : OVF_GRADE_B);
}

static bool has_circle(void)
{
    for (size_t i = 0; i < track.detections.n; i++) {
        if (track.detections.items[i].kind == OVF_DETECTION_CIRCLE)
            return true;
    }
    return false;
}

/* Twenty minutes north at 120 kt, then twenty on a circle flown at that speed, a position every 10 s. The bank of
 * such a turn is v^2 / (g r): of 3 km 0.13 or 7.4 degrees. What is said of heading, bank and track wavers by
 * half a degree, as instruments do, unless it turns with the circle. */
enum { STRAIGHT_N = 120, CIRCLE_N = 120 };

static const double pi = 3.14159265358979323846;
static const double mps = 120 * 1852.0 / 3600;
static const double e7_per_m = 1e7 / (60.04 * 1852);

static struct ovf_fix fix_of(int i, double radius_m, unsigned turns, unsigned has)
{
    const double turn = i < STRAIGHT_N ? 0 : mps * 10 * (i - STRAIGHT_N) / radius_m;
    const double north_m = mps * 10 * (i < STRAIGHT_N ? i : STRAIGHT_N) + radius_m * sin(turn);
    const double east_m = radius_m * (1 - cos(turn));
    const double wavers_deg = i % 2 == 0 ? 0.5 : 0;
    const double course_deg = fmod(turn * 180 / pi, 360);
    const double bank_deg = turn > 0 ? atan(mps * mps / 9.80665 / radius_m) * 180 / pi : 0;
    return (struct ovf_fix){
        .t_ns = i * 10 * OVF_NS_PER_S,
        .at = {(int32_t)(north_m * e7_per_m), (int32_t)(east_m * e7_per_m)},
        .gs_kt = 120,
        .track_deg = (float)((turns & OVF_FIX_TRACK) != 0 ? course_deg : wavers_deg),
        .heading_deg = (float)((turns & OVF_FIX_HEADING) != 0 ? course_deg : wavers_deg),
        .roll_cdeg = (int16_t)(100 * (wavers_deg + ((turns & OVF_FIX_ROLL) != 0 ? bank_deg : 0))),
        .has = (uint16_t)(OVF_FIX_GS | has),
        .source = OVF_SOURCE_ADSB,
        .record = {0, (uint32_t)i}};
}

static void circle(double radius_m, unsigned turns, unsigned has)
{
    for (int i = 0; i < STRAIGHT_N + CIRCLE_N; i++) {
        const struct ovf_fix fix = fix_of(i, radius_m, turns, has);
        assert_int_equal(ovf_fixes_push(&track.fixes, &fix), OVF_OK);
    }
}

/** Graded; a circle that is found has the radius that was flown: within the tenth that its first window, which
 * begins on the straight, may be off. */
static bool is_circle(double radius_m, unsigned turns, unsigned has)
{
    ovf_track_deinit(&track);
    circle(radius_m, turns, has);
    (void)grade();
    for (size_t i = 0; i < track.detections.n; i++) {
        const struct ovf_detection *found = &track.detections.items[i];
        if (found->kind == OVF_DETECTION_CIRCLE)
            assert_near((double)found->value, radius_m / 1000, 0.1 * radius_m / 1000);
    }
    return has_circle();
}

enum { ALL_SAID = OVF_FIX_TRACK | OVF_FIX_HEADING | OVF_FIX_ROLL };

static void a_circle_that_heading_bank_and_track_go_round_is_believed(void **state)
{
    (void)state;
    assert_false(is_circle(3000, ALL_SAID, ALL_SAID));
    assert_int_equal(grade(), 0);
    assert_false(is_circle(3000, ALL_SAID, OVF_FIX_TRACK));
    assert_false(is_circle(3000, ALL_SAID, OVF_FIX_TRACK | OVF_FIX_ROLL));
}

/* The speed and track of a false position go round with it: nothing else speaks against it. */
static void a_circle_that_the_heading_does_not_go_round_is_suspect(void **state)
{
    (void)state;
    assert_true(is_circle(3000, OVF_FIX_TRACK, OVF_FIX_TRACK | OVF_FIX_HEADING));
    assert_int_equal(track.detections.n, 1);
    assert_suspect(STRAIGHT_N - 20, false);
    assert_suspect(STRAIGHT_N + CIRCLE_N / 2, true);
    assert_suspect(STRAIGHT_N + CIRCLE_N - 1, true);
}

static void a_circle_without_the_bank_of_one_is_suspect(void **state)
{
    (void)state;
    assert_true(is_circle(3000, OVF_FIX_TRACK, OVF_FIX_TRACK | OVF_FIX_ROLL));
    assert_suspect(STRAIGHT_N + CIRCLE_N / 2, true);
    /* 2.2 degrees at 10 km are within what instruments are off */
    assert_false(is_circle(8000, OVF_FIX_TRACK, OVF_FIX_TRACK | OVF_FIX_ROLL));
}

static void a_circle_that_the_track_does_not_go_round_is_suspect(void **state)
{
    (void)state;
    assert_true(is_circle(3000, 0, OVF_FIX_TRACK));
    assert_suspect(STRAIGHT_N + CIRCLE_N / 2, true);
}

/* A turning heading is the aircraft's own word, whatever its track says. */
static void a_heading_that_goes_round_outweighs_the_track(void **state)
{
    (void)state;
    assert_false(is_circle(3000, OVF_FIX_HEADING, OVF_FIX_TRACK | OVF_FIX_HEADING));
}

static void an_instrument_that_never_moves_says_nothing(void **state)
{
    (void)state;
    circle(3000, OVF_FIX_TRACK, ALL_SAID);
    for (size_t i = 0; i < track.fixes.n; i++) {
        track.fixes.items[i].heading_deg = 90;
        track.fixes.items[i].roll_cdeg = 0;
    }
    assert_int_equal(grade(), 0);
}

/* Ten minutes at 120 kt are 37 km: six times around 1 km, a quarter of what is around 23 km. */
static void circles_are_of_half_a_kilometre_to_twenty(void **state)
{
    (void)state;
    const unsigned has = OVF_FIX_TRACK | OVF_FIX_HEADING;
    assert_false(is_circle(400, OVF_FIX_TRACK, has));
    assert_true(is_circle(600, OVF_FIX_TRACK, has));
    assert_true(is_circle(9000, OVF_FIX_TRACK, has));
    assert_false(is_circle(23000, OVF_FIX_TRACK, has));
}

/* An ellipse with axes as 1 to a is off the circle of its mean radius by about (a - 1) / (a + 1) / sqrt(2), as the
 * root of the mean square: 6 % for 1.2, 16 % for 1.6. */
static void what_is_off_a_circle_by_more_than_a_tenth_is_none(void **state)
{
    (void)state;
    static const double axes[] = {1.2, 1.6};
    for (size_t k = 0; k < 2; k++) {
        ovf_track_deinit(&track);
        circle(3000, OVF_FIX_TRACK, OVF_FIX_TRACK | OVF_FIX_HEADING);
        const int32_t middle_e7 = track.fixes.items[STRAIGHT_N].at.lat_e7;
        for (size_t i = STRAIGHT_N; i < track.fixes.n; i++) {
            int32_t *lat_e7 = &track.fixes.items[i].at.lat_e7;
            *lat_e7 = middle_e7 + (int32_t)(axes[k] * (*lat_e7 - middle_e7));
        }
        (void)grade();
        assert_int_equal(has_circle(), k == 0);
    }
}

/* Who is first heard on it has no straight before: its first window begins with its first fix. */
static void a_circle_from_the_first_fix_on_is_told_as_one(void **state)
{
    (void)state;
    for (int i = STRAIGHT_N; i < STRAIGHT_N + CIRCLE_N; i++) {
        const struct ovf_fix fix = fix_of(i, 3000, OVF_FIX_TRACK, OVF_FIX_TRACK | OVF_FIX_HEADING);
        assert_int_equal(ovf_fixes_push(&track.fixes, &fix), OVF_OK);
    }
    (void)grade();
    assert_int_equal(track.detections.n, 1);
    assert_int_equal(track.detections.items[0].kind, OVF_DETECTION_CIRCLE);
    assert_int_equal(track.detections.items[0].first, 0);
    assert_in_range(track.detections.items[0].last, CIRCLE_N - 6, CIRCLE_N - 1); /* a minute */
    assert_near((double)track.detections.items[0].value, 3, 0.01);
    assert_suspect(0, true);
}

/* Two turns in four minutes, and on: the last ten minutes are no circle. */
static void a_short_circle_is_none(void **state)
{
    (void)state;
    circle(1200, OVF_FIX_TRACK, OVF_FIX_TRACK | OVF_FIX_HEADING);
    track.fixes.n = STRAIGHT_N + 24;
    (void)grade();
    assert_int_equal(track.detections.n, 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_teardown(name, clear)
    const struct CMUnitTest tests[] = {
        CASE(a_circle_that_heading_bank_and_track_go_round_is_believed),
        CASE(a_circle_that_the_heading_does_not_go_round_is_suspect),
        CASE(a_circle_without_the_bank_of_one_is_suspect),
        CASE(a_circle_that_the_track_does_not_go_round_is_suspect),
        CASE(a_heading_that_goes_round_outweighs_the_track),
        CASE(an_instrument_that_never_moves_says_nothing),
        CASE(circles_are_of_half_a_kilometre_to_twenty),
        CASE(what_is_off_a_circle_by_more_than_a_tenth_is_none),
        CASE(a_circle_from_the_first_fix_on_is_told_as_one),
        CASE(a_short_circle_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
