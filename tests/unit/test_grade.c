/* SPDX-License-Identifier: Apache-2.0 */
/* Grading whole tracks. Aircraft fly north along a meridian: 1 degree is 60.04 NM on the mean sphere, so
 * 480 kt is 8.0 degrees an hour or 22,222 e-7 degrees a second; all expectations follow from that. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "track/grade.h"
#include "track/quality.h"

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
    assert_int_equal(ovf_track_grade(&track, &ovf_detect_defaults, &n_suspect), OVF_OK);
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

/* Of the last fix. */
static void describe(const char *callsign, int32_t alt_ft)
{
    struct ovf_fix *fix = &track.fixes.items[track.fixes.n - 1];
    fix->has |= OVF_FIX_CALLSIGN | OVF_FIX_ALT_BARO;
    memcpy(fix->callsign, callsign, strlen(callsign));
    fix->alt_baro_ft = alt_ft;
}

static void assert_detection(size_t i, enum ovf_detection_kind kind, uint32_t first, uint32_t last)
{
    assert_true(i < track.detections.n);
    assert_int_equal(track.detections.items[i].kind, kind);
    assert_int_equal(track.detections.items[i].first, first);
    assert_int_equal(track.detections.items[i].last, last);
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

/* 30 minutes of silence allow 750 kt: 375 NM, 6.2 degrees. The wrong fix lies 5 degrees on, which is in
 * reach; what follows shows that it is wrong. */
static void a_lone_fix_after_a_gap_does_not_outvote_what_follows(void **state)
{
    (void)state;
    fly(0, 300, 10);
    push(2100, 300 * E7_PER_S + 50000000, OVF_SOURCE_ADSB);
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
    push(600 + 18000, 600000000, OVF_SOURCE_ADSB); /* 60 degrees in 5 h: 720 kt */
    assert_int_equal(grade(), 0);
}

/* From \p from_s on two chains take turns; what they report decides whether they are two aircraft. */
static void take_turns_from(int64_t from_s, const char *callsign, int32_t alt_ft)
{
    for (int64_t t = from_s; t < from_s + 600; t += 10) {
        push(t, t * E7_PER_S, OVF_SOURCE_ADSB);
        describe("AAA1", 35000);
        if (t % 30 != 0)
            continue;
        push(t + 5, 400000000 + (t - from_s) * E7_PER_S, OVF_SOURCE_ADSB);
        describe(callsign, alt_ft);
    }
}

static void take_turns(const char *callsign, int32_t alt_ft)
{
    take_turns_from(0, callsign, alt_ft);
}

static void two_aircraft_with_one_address_are_told_apart_by_their_callsigns(void **state)
{
    (void)state;
    take_turns("BBB2", 35000);
    assert_int_equal(grade(), 0);
    assert_true(track.has_twin);
    for (size_t i = 0; i < track.fixes.n; i++) {
        const bool is_other = track.fixes.items[i].at.lat_e7 > 300000000;
        assert_suspect(i, is_other);
        assert_int_equal((track.fixes.items[i].flags & OVF_FIX_TWIN) != 0, is_other);
    }
}

static void without_callsigns_their_altitudes_tell_them_apart(void **state)
{
    (void)state;
    take_turns("", 33000);
    for (size_t i = 0; i < track.fixes.n; i++)
        track.fixes.items[i].has &= (uint16_t)~OVF_FIX_CALLSIGN;
    assert_int_equal(grade(), 0);
    assert_true(track.has_twin);
}

/* The first is drawn to 40 N for a while; hours later another begins to take turns with it there. */
static void what_another_aircraft_could_come_from_is_not_its_own(void **state)
{
    (void)state;
    fly(0, 1200, 10);
    for (int64_t t = 1200; t < 1300; t += 10)
        push(t, 400000000, OVF_SOURCE_ADSB);
    take_turns_from(7200, "BBB2", 35000);
    (void)grade();
    assert_true(track.has_twin);
    for (size_t i = 120; i < 130; i++) {
        assert_suspect(i, true);
        assert_int_equal(track.fixes.items[i].flags & OVF_FIX_TWIN, 0);
    }
    assert_int_equal(track.fixes.items[131].flags & OVF_FIX_TWIN, OVF_FIX_TWIN);
}

/* Two hours after a flight the same address is drawn to 40 N for longer than that took. */
static void what_is_heard_after_a_silence_changes_nothing_before_it(void **state)
{
    (void)state;
    fly(0, 1200, 10);
    const size_t n = track.fixes.n;
    assert_int_equal(grade(), 0);
    (void)clear(NULL);
    fly(0, 1200, 10);
    fly(8400, 9000, 10);
    for (int64_t t = 9000; t < 12000; t += 10)
        push(t, 400000000, OVF_SOURCE_ADSB);
    assert_true(grade() > 300);
    for (size_t i = 0; i < n; i++)
        assert_suspect(i, false);
    assert_int_equal(track.spells.n, 2);
}

/* 20 of 80 places in turn with the others: too many for strays, and nobody can tell which are true. */
static void one_aircraft_that_reports_two_places_in_turn_is_believed_at_neither(void **state)
{
    (void)state;
    take_turns("AAA1", 35000);
    assert_int_equal(grade(), 80);
    assert_false(track.has_twin);
    assert_detection(0, OVF_DETECTION_JUMP, 0, 1);
}

/* A minute is not believed either after what is suspect. */
static void after_a_jump_the_much_longer_part_stays(void **state)
{
    (void)state;
    push(0, 400000000, OVF_SOURCE_ADSB);
    push(10, 400222200, OVF_SOURCE_ADSB);
    push(20, 400444400, OVF_SOURCE_ADSB);
    fly(30, 1000, 10);
    assert_int_equal(grade(), 3 + 6);
    assert_suspect(2, true);
    assert_suspect(3 + 5, true);
    assert_suspect(3 + 6, false);
    assert_detection(0, OVF_DETECTION_JUMP, 2, 3);
}

static void after_a_jump_neither_of_two_long_parts_is_believed(void **state)
{
    (void)state;
    fly(0, 200, 10);
    for (int64_t t = 200; t < 600; t += 10)
        push(t, 338000000 + t * E7_PER_S, OVF_SOURCE_ADSB);
    assert_int_equal(grade(), 60);
    assert_detection(0, OVF_DETECTION_JUMP, 19, 20);
}

static void what_was_seen_taking_off_is_right(void **state)
{
    (void)state;
    fly(0, 400, 10);
    for (int64_t t = 400; t < 600; t += 10)
        push(t, 338000000 + t * E7_PER_S, OVF_SOURCE_ADSB);
    assert_int_equal(grade(), 60);
    track.fixes.items[0].flags |= OVF_FIX_ON_GROUND;
    assert_int_equal(grade(), 20 + 6);
    assert_suspect(33, false);
    assert_suspect(34, true);
}

/* For some time it drifts ahead, 624 of 480 kt, and after twenty minutes its places are its own again: those that
 * are out of reach of the way that went ahead, for a minute or more, are a way of their own. */
static void fly_ahead_and_be_back(int64_t from_s, int64_t until_s)
{
    (void)clear(NULL);
    for (int64_t t = 0; t < 2400; t += 10) {
        const int64_t ahead_s = t < from_s || t >= 1200 ? 0 : (t < until_s ? t : until_s) - from_s;
        push(t, (10 * t + 3 * ahead_s) * E7_PER_S / 10, OVF_SOURCE_ADSB);
    }
    track.fixes.items[0].flags |= OVF_FIX_ON_GROUND;
    track.fixes.items[track.fixes.n - 1].flags |= OVF_FIX_ON_GROUND;
}

static bool is_suspect_at(int64_t t_s)
{
    return track.fixes.items[t_s / 10].grade == OVF_GRADE_X;
}

static void where_a_drift_explains_a_jump_the_rest_is_believed(void **state)
{
    (void)state;
    fly_ahead_and_be_back(600, 1200);
    grade();
    assert_false(is_suspect_at(400)); /* two minutes of a drift not yet noticed, one beside it */
    assert_true(is_suspect_at(430));
    assert_true(is_suspect_at(800));
    assert_true(is_suspect_at(1190));
    assert_true(is_suspect_at(1200));
    assert_false(is_suspect_at(1400));
    assert_false(is_suspect_at(2390));
}

static void nor_is_more_suspect_where_it_drifts_by_less_than_speed_alone_shows(void **state)
{
    (void)state;
    (void)clear(NULL);
    for (int64_t t = 0; t < 3600; t += 10) { /* 53 of 480 kt ahead, for half an hour */
        const int64_t ahead_s = t < 100 || t >= 1900 ? 0 : t - 100;
        push(t, (100 * t + 11 * ahead_s) * E7_PER_S / 100, OVF_SOURCE_ADSB);
        track.fixes.items[track.fixes.n - 1].has |= OVF_FIX_TRACK; /* north */
    }
    track.fixes.items[0].flags |= OVF_FIX_ON_GROUND;
    track.fixes.items[track.fixes.n - 1].flags |= OVF_FIX_ON_GROUND;
    grade();
    assert_true(is_suspect_at(1000) && is_suspect_at(1890));
    assert_false(is_suspect_at(2100) || is_suspect_at(3590));
}

static void where_it_does_not_nobody_knows_who_is_right(void **state)
{
    (void)state;
    fly_ahead_and_be_back(300, 800); /* nearly seven minutes on, what it reports fits */
    grade();
    assert_true(is_suspect_at(100) && is_suspect_at(2300));
    fly_ahead_and_be_back(600, 1200);
    for (size_t i = 180; i < 195; i++)
        track.fixes.items[i].gs_kt = 350; /* does not fit behind it either */
    grade();
    assert_true(is_suspect_at(100) && is_suspect_at(2300));
    fly_ahead_and_be_back(600, 1200);
    track.fixes.items[track.fixes.n - 1].flags = 0; /* where it came back to need not be true */
    grade();
    assert_false(is_suspect_at(400));
    assert_true(is_suspect_at(2300));
    fly_ahead_and_be_back(600, 1200);
    track.fixes.items[0].flags = 0; /* nor where it came from */
    grade();
    assert_true(is_suspect_at(400));
    assert_false(is_suspect_at(2300));
}

/* 30 fixes at the false place, and a minute of 6 fixes on either side. */
static void a_false_place_for_minutes_and_back_is_suspect_with_a_minute_around(void **state)
{
    (void)state;
    fly(0, 600, 10);
    for (int64_t t = 600; t < 900; t += 10)
        push(t, 338000000, OVF_SOURCE_ADSB); /* standing at one place, 32 degrees away */
    fly(900, 1500, 10);
    assert_int_equal(grade(), 30 + 6 + 6);
    assert_suspect(53, false);
    assert_suspect(54, true);
    assert_suspect(95, true);
    assert_suspect(96, false);
    assert_int_equal(track.detections.n, 2);
    assert_detection(0, OVF_DETECTION_JUMP, 59, 60);
    assert_detection(1, OVF_DETECTION_JUMP, 89, 90);
}

/* Trust returns with a second fix ten seconds later: here the one after the minute is the last. */
static void what_follows_is_believed_when_it_is_confirmed(void **state)
{
    (void)state;
    fly(0, 600, 10);
    for (int64_t t = 600; t < 900; t += 10)
        push(t, 338000000, OVF_SOURCE_ADSB);
    fly(900, 970, 10); /* 950 is a minute behind 890; 960 is alone */
    grade();
    assert_suspect(96, true);
    push(969, 969 * E7_PER_S, OVF_SOURCE_ADSB);
    grade();
    assert_suspect(96, true);
    assert_suspect(97, true);
    push(970, 970 * E7_PER_S, OVF_SOURCE_ADSB);
    grade();
    assert_suspect(96, false);
}

/* TIS-B is often late: three rows of it that contradict the rest make nothing else suspect. */
static void weak_sources_make_nothing_else_suspect(void **state)
{
    (void)state;
    fly(0, 600, 10);
    for (int64_t t = 600; t < 660; t += 10)
        push(t, 338000000, OVF_SOURCE_TISB);
    fly(660, 1200, 10);
    assert_int_equal(grade(), 6);
    assert_int_equal(track.detections.n, 0);
}

static void multilateration_elsewhere_is_named(void **state)
{
    (void)state;
    fly(0, 600, 10);
    for (int64_t t = 605; t < 900; t += 10)
        push(t, 338000000 + t * E7_PER_S, OVF_SOURCE_MLAT);
    fly(900, 1500, 10);
    grade();
    assert_detection(0, OVF_DETECTION_MULTILATERATION, 59, 60);
    assert_suspect(60, true);
    assert_suspect(59, true);
}

/* ---- against what it reports ---- */

/* Windows are of three steps of 10 s. */
static void a_way_much_longer_than_the_speed_is_suspect(void **state)
{
    (void)state;
    fly(0, 1200, 10);
    for (size_t i = 60; i < 75; i++)
        track.fixes.items[i].gs_kt = 350; /* in reach, for 480 is below (350 + 3 x 10) x 1.3 */
    grade();
    assert_int_equal(track.detections.n, 1);
    assert_detection(0, OVF_DETECTION_SPEED, 60, 72);
    assert_near((double)track.detections.items[0].limit, 350 * 1.2, 0.1);
    assert_near((double)track.detections.items[0].value, 480, 1);
    assert_suspect(53, false);
    assert_suspect(54, true);
    assert_suspect(78, true);
    assert_suspect(79, false);
}

/* 20 % and the slack of a second and 200 m in half a minute: 360 of 480 kt may be, 180 may not. */
static void a_way_much_shorter_than_the_speed_is_suspect(void **state)
{
    (void)state;
    static const int64_t shares[] = {75, 37};
    for (size_t k = 0; k < 2; k++) {
        ovf_track_deinit(&track);
        fly(0, 600, 10);
        const int64_t there_e7 = 600 * E7_PER_S;
        for (int64_t t = 600; t < 840; t += 10)
            push(t, there_e7 + (t - 600) * E7_PER_S * shares[k] / 100, OVF_SOURCE_ADSB);
        assert_int_equal(grade(), k == 0 ? 0 : 30);
    }
    assert_detection(0, OVF_DETECTION_SPEED, 60, 81);
}

static void on_the_ground_speeds_are_not_held_against_places(void **state)
{
    (void)state;
    fly(0, 600, 10);
    for (int64_t t = 600; t < 840; t += 10) {
        push(t, 600 * E7_PER_S, OVF_SOURCE_ADSB);
        track.fixes.items[track.fixes.n - 1].flags = OVF_FIX_ON_GROUND;
    }
    assert_int_equal(grade(), 0);
    assert_int_equal(track.detections.n, 0);
}

static void nor_where_none_is_reported(void **state)
{
    (void)state;
    fly(0, 1200, 10);
    for (size_t i = 60; i < 90; i++) {
        track.fixes.items[i].has = 0;
        track.fixes.items[i].gs_kt = 0;
    }
    assert_int_equal(grade(), 0);
    assert_int_equal(track.detections.n, 0);
}

static void where_no_speed_ever_fits_places_are_believed_and_prove_nothing(void **state)
{
    (void)state;
    fly(0, 600, 10);
    for (size_t i = 0; i < track.fixes.n; i++) {
        track.fixes.items[i].has |= OVF_FIX_TRACK;
        track.fixes.items[i].gs_kt = 700;
        track.fixes.items[i].track_deg = 90;
    }
    fly(600 + 1900, 3000, 10); /* after a silence all is well */
    assert_int_equal(grade(), 0);
    assert_int_equal(track.detections.n, 0);
    assert_int_equal(track.fixes.items[0].grade, OVF_GRADE_D);
    assert_int_equal(track.fixes.items[59].grade, OVF_GRADE_D);
    assert_int_equal(track.fixes.items[60].grade, OVF_GRADE_B);
}

/* An airport that many are drawn to: reports come from there alone, for as long as it is heard. */
static void what_stands_in_the_air_is_suspect_though_no_speed_fits_it(void **state)
{
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        ovf_track_deinit(&track);
        for (int64_t t = 0; t < 600; t += 10) {
            push(t, 338200000 + t % 20 * 100, OVF_SOURCE_ADSB); /* 22 m to and fro */
            track.fixes.items[track.fixes.n - 1].gs_kt = 140;
            track.fixes.items[track.fixes.n - 1].flags = kind == 0 ? OVF_FIX_IN_AIR : 0;
        }
        /* what does not tell ground from air may be a car with a broken one */
        assert_int_equal(grade(), kind == 0 ? track.fixes.n : 0);
    }
}

/* A turn flies less far than its speed says: the way counts, not the chord. A full circle in 4 minutes. */
static void a_holding_pattern_is_believed(void **state)
{
    (void)state;
    for (int64_t t = 0; t < 1200; t += 10) {
        const double turn = (double)t / 240 * 2 * 3.14159265358979323846;
        const double radius_e7 = 22220 * 240 / (2 * 3.14159265358979323846);
        push(t, (int64_t)(radius_e7 * sin(turn)), OVF_SOURCE_ADSB);
        struct ovf_fix *fix = &track.fixes.items[track.fixes.n - 1];
        fix->at.lon_e7 = (int32_t)(radius_e7 * (1 - cos(turn)));
        fix->has |= OVF_FIX_TRACK;
        fix->track_deg = (float)fmod(turn * 180 / 3.14159265358979323846, 360);
    }
    assert_int_equal(grade(), 0);
}

static void a_straight_way_in_another_direction_than_the_track_is_suspect(void **state)
{
    (void)state;
    fly(0, 600, 10);
    for (size_t i = 0; i < track.fixes.n; i++) {
        track.fixes.items[i].has |= OVF_FIX_TRACK;
        track.fixes.items[i].track_deg = i < 30 ? 40 : 50; /* it flies north */
    }
    grade();
    assert_int_equal(track.detections.n, 1);
    assert_int_equal(track.detections.items[0].kind, OVF_DETECTION_COURSE);
    assert_near((double)track.detections.items[0].value, 50, 0.01);
    /* Within the limit of the course, and off as a drift all along. */
    assert_int_equal(track.fixes.items[10].grade, OVF_GRADE_D);
    assert_suspect(50, true);
}

/* It reports to fly north at 480 kt and is carried east, at 60 kt after a quarter of an hour: 7 degrees. */
static void a_slow_drift_off_the_reported_track_is_suspect(void **state)
{
    (void)state;
    static const int64_t east_e7_per_s[] = {2778,
                                            740}; /* 60 kt; 16 kt is what wind and clocks may do */
    for (size_t k = 0; k < 2; k++) {
        ovf_track_deinit(&track);
        fly(0, 1500, 10);
        for (size_t i = 0; i < track.fixes.n; i++) {
            struct ovf_fix *fix = &track.fixes.items[i];
            fix->has |= OVF_FIX_TRACK;
            fix->at.lon_e7 = i < 90 ? 0 : (int32_t)((int64_t)(i - 90) * 10 * east_e7_per_s[k]);
        }
        grade();
        assert_int_equal(track.detections.n, 1 - k);
        assert_suspect(70, false);
        assert_suspect(140, k == 0);
    }
}

/* Of half an hour the last 20 minutes: most of what is heard is false, and still an episode. */
static void a_drift_for_most_of_a_flight_is_suspect(void **state)
{
    (void)state;
    fly(0, 1800, 10);
    for (size_t i = 0; i < track.fixes.n; i++) {
        struct ovf_fix *fix = &track.fixes.items[i];
        fix->has |= OVF_FIX_TRACK;
        fix->at.lon_e7 = i < 60 ? 0 : (int32_t)((int64_t)(i - 60) * 27780); /* 60 kt */
    }
    grade();
    assert_suspect(50, false);
    assert_suspect(100, true);
    assert_suspect(170, true);
}

static void a_slow_drift_is_named(void **state)
{
    (void)state;
    a_slow_drift_off_the_reported_track_is_suspect(state);
    for (size_t i = 90; i < track.fixes.n; i++)
        track.fixes.items[i].at.lon_e7 = (int32_t)((int64_t)(i - 90) * 27780);
    grade();
    assert_int_equal(track.detections.items[0].kind, OVF_DETECTION_DRIFT);
    assert_near((double)track.detections.items[0].value, 60, 1);
}

static void standing_still_high_up_is_suspect(void **state)
{
    (void)state;
    fly(0, 600, 10);
    const int64_t there_e7 = 600 * E7_PER_S;
    for (int64_t t = 600; t < 1200; t += 10)
        push(t, there_e7, OVF_SOURCE_ADSB);
    for (size_t i = 0; i < track.fixes.n; i++) {
        struct ovf_fix *fix = &track.fixes.items[i];
        fix->has |= OVF_FIX_ALT_BARO;
        fix->alt_baro_ft = 20000;
        fix->gs_kt = i < 60 ? 480 : 0;
    }
    grade();
    assert_suspect(40, false);
    assert_suspect(100, true);
    assert_int_equal(track.detections.items[0].kind, OVF_DETECTION_STILL);
    /* a parked aircraft at La Paz, of an input that does not tell the ground */
    for (size_t i = 0; i < track.fixes.n; i++)
        track.fixes.items[i].alt_baro_ft = 13300;
    assert_int_equal(grade(), 0);
}

static void state_quality(void)
{
    for (size_t i = 0; i < track.fixes.n; i++) {
        struct ovf_fix *fix = &track.fixes.items[i];
        fix->has |= OVF_FIX_NIC | OVF_FIX_NAC_P | OVF_FIX_SIL | OVF_FIX_VERSION;
        fix->nic = 8;
        fix->nac_p = 9;
        fix->sil = 3;
        fix->version = 2;
    }
}

static void what_is_heard_alone_is_no_better_than_b(void **state)
{
    (void)state;
    /* 1,801 s of silence part; 10 s confirm. Alone, then confirmed in time, then not, then not again. */
    const int64_t at_s[] = {0, 1801, 1811, 3613, 3622, 7000};
    const enum ovf_grade grades[] = {OVF_GRADE_B, OVF_GRADE_A, OVF_GRADE_A,
                                     OVF_GRADE_B, OVF_GRADE_B, OVF_GRADE_B};
    for (size_t i = 0; i < sizeof at_s / sizeof *at_s; i++)
        push(at_s[i], at_s[i] * E7_PER_S, OVF_SOURCE_ADSB);
    state_quality();
    assert_int_equal(grade(), 0);
    for (size_t i = 0; i < sizeof at_s / sizeof *at_s; i++) {
        assert_int_equal(track.fixes.items[i].grade, grades[i]);
        assert_near((double)track.fixes.items[i].radius_m, 185.2, 0.01);
    }
}

static void a_stray_position_in_a_silence_confirms_nothing(void **state)
{
    (void)state;
    push(0, 0, OVF_SOURCE_ADSB);
    push(10, 10 * E7_PER_S, OVF_SOURCE_ADSB);
    push(1500, -500000000, OVF_SOURCE_ADSB);
    push(3000, 3000 * E7_PER_S, OVF_SOURCE_ADSB);
    state_quality();
    assert_int_equal(grade(), 1);
    assert_int_equal(track.fixes.items[1].grade, OVF_GRADE_A);
    assert_int_equal(track.fixes.items[2].grade, OVF_GRADE_X);
    assert_int_equal(track.fixes.items[3].grade, OVF_GRADE_B);
}

/* Each statement changes in turn, for five fixes: none but by itself. */
static void state_otherwise(size_t change, struct ovf_fix *fix)
{
    switch (change) {
    case 1:
        fix->nic = 9;
        break;
    case 2:
        fix->nac_p = 7;
        break;
    case 3:
        fix->sil = 1;
        break;
    case 4:
        fix->version = 0;
        break;
    case 5:
        fix->has |= OVF_FIX_RC;
        fix->rc_m = 500;
        break;
    case 6:
        fix->has |= OVF_FIX_RC;
        fix->rc_m = 250;
        break;
    case 7:
        fix->has |= OVF_FIX_ACCURACY;
        fix->accuracy_m = 400;
        break;
    case 8:
        fix->has |= OVF_FIX_ACCURACY;
        fix->accuracy_m = 700;
        break;
    case 9:
        fix->has &= (uint16_t)~OVF_FIX_NAC_P;
        break;
    case 10:
        fix->source = OVF_SOURCE_MLAT;
        break;
    default:
        break;
    }
}

static void each_fix_is_worth_what_it_states_itself(void **state)
{
    (void)state;
    static const size_t changes[] = {0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 6, 0, 7, 8, 0, 9, 0, 10};
    fly(0, 2000, 10);
    state_quality();
    for (size_t i = 0; i < track.fixes.n; i++)
        state_otherwise(changes[i / 5 % (sizeof changes / sizeof *changes)], &track.fixes.items[i]);
    assert_int_equal(grade(), 0);
    for (size_t i = 0; i < track.fixes.n; i++) {
        const struct ovf_fix *fix = &track.fixes.items[i];
        assert_int_equal(fix->grade, ovf_quality_grade(fix, false));
        assert_near((double)fix->radius_m, (double)ovf_quality_radius_m(fix), 0);
    }
}

static void a_fall_of_integrity_doubles_the_radius_until_it_is_over(void **state)
{
    (void)state;
    fly(0, 600, 10);
    state_quality();
    for (size_t i = 20; i < 40; i++)
        track.fixes.items[i].nic = 6;
    assert_int_equal(grade(), 0);
    assert_int_equal(track.detections.n, 1);
    assert_detection(0, OVF_DETECTION_INTEGRITY, 19, 20);
    assert_int_equal(track.fixes.items[19].grade, OVF_GRADE_A);
    assert_int_equal(track.fixes.items[20].grade, OVF_GRADE_B);
    assert_near((double)track.fixes.items[19].radius_m, 185.2, 0.01);
    assert_near((double)track.fixes.items[20].radius_m, 2 * 1111.2, 0.01);
    assert_near((double)track.fixes.items[41].radius_m, 185.2, 0.01);
}

static void a_low_integrity_from_the_start_is_no_fall(void **state)
{
    (void)state;
    fly(0, 600, 10);
    for (size_t i = 0; i < track.fixes.n; i++) {
        track.fixes.items[i].has |= OVF_FIX_NIC;
        track.fixes.items[i].nic = 0;
    }
    assert_int_equal(grade(), 0);
    assert_int_equal(track.detections.n, 0);
    assert_near((double)track.fixes.items[7].radius_m, 37040, 0);
}

static void altitudes_that_part_in_level_flight_double_the_radius(void **state)
{
    (void)state;
    fly(0, 300, 10);
    for (size_t i = 0; i < track.fixes.n; i++) {
        struct ovf_fix *fix = &track.fixes.items[i];
        fix->has |= OVF_FIX_ALT_BARO | OVF_FIX_ALT_GEOM;
        fix->alt_baro_ft = 35000;
        fix->alt_geom_ft = i < 13 ? 36000 : 20000;
    }
    assert_int_equal(grade(), 0);
    assert_int_equal(track.detections.n, 1);
    assert_detection(0, OVF_DETECTION_ALTITUDE, 12, 15);
    assert_near((double)track.detections.items[0].value, -16000, 0);
    assert_near((double)track.detections.items[0].limit, -500, 0);
    assert_near((double)track.fixes.items[11].radius_m, 926, 0);
    assert_near((double)track.fixes.items[13].radius_m, 1852, 0);
}

static void altitudes_that_part_and_meet_again_are_two_detections(void **state)
{
    (void)state;
    fly(0, 300, 10);
    for (size_t i = 0; i < track.fixes.n; i++) {
        struct ovf_fix *fix = &track.fixes.items[i];
        fix->has |= OVF_FIX_ALT_BARO | OVF_FIX_ALT_GEOM;
        fix->alt_baro_ft = 35000;
        fix->alt_geom_ft = i < 13 || i > 15 ? 36000 : 37000;
    }
    assert_int_equal(grade(), 0);
    assert_int_equal(track.detections.n, 2);
    assert_detection(0, OVF_DETECTION_ALTITUDE, 12, 15);
    assert_near((double)track.detections.items[0].value, 1000, 0);
    assert_detection(1, OVF_DETECTION_ALTITUDE, 15, 18);
    assert_near((double)track.detections.items[1].value, -1000, 0);
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

static void on_the_equator_at_90_degrees_is_nobodys_place_on_the_way_either(void **state)
{
    (void)state;
    for (int64_t t = -100; t <= 100; t += 10) {
        push(1000 + t, t * E7_PER_S, OVF_SOURCE_ADSB);
        track.fixes.items[track.fixes.n - 1].at.lon_e7 = 900000000;
    }
    assert_int_equal(grade(), 1);
    assert_suspect(9, false);
    assert_suspect(10, true);
    assert_suspect(11, false);
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
        CASE(two_aircraft_with_one_address_are_told_apart_by_their_callsigns),
        CASE(without_callsigns_their_altitudes_tell_them_apart),
        CASE(what_another_aircraft_could_come_from_is_not_its_own),
        CASE(what_is_heard_after_a_silence_changes_nothing_before_it),
        CASE(one_aircraft_that_reports_two_places_in_turn_is_believed_at_neither),
        CASE(after_a_jump_the_much_longer_part_stays),
        CASE(after_a_jump_neither_of_two_long_parts_is_believed),
        CASE(what_was_seen_taking_off_is_right),
        CASE(where_a_drift_explains_a_jump_the_rest_is_believed),
        CASE(nor_is_more_suspect_where_it_drifts_by_less_than_speed_alone_shows),
        CASE(where_it_does_not_nobody_knows_who_is_right),
        CASE(a_false_place_for_minutes_and_back_is_suspect_with_a_minute_around),
        CASE(what_follows_is_believed_when_it_is_confirmed),
        CASE(weak_sources_make_nothing_else_suspect),
        CASE(multilateration_elsewhere_is_named),
        CASE(a_way_much_longer_than_the_speed_is_suspect),
        CASE(a_way_much_shorter_than_the_speed_is_suspect),
        CASE(on_the_ground_speeds_are_not_held_against_places),
        CASE(nor_where_none_is_reported),
        CASE(where_no_speed_ever_fits_places_are_believed_and_prove_nothing),
        CASE(what_stands_in_the_air_is_suspect_though_no_speed_fits_it),
        CASE(a_holding_pattern_is_believed),
        CASE(a_straight_way_in_another_direction_than_the_track_is_suspect),
        CASE(a_slow_drift_off_the_reported_track_is_suspect),
        CASE(a_drift_for_most_of_a_flight_is_suspect),
        CASE(a_slow_drift_is_named),
        CASE(standing_still_high_up_is_suspect),
        CASE(what_is_heard_alone_is_no_better_than_b),
        CASE(a_stray_position_in_a_silence_confirms_nothing),
        CASE(each_fix_is_worth_what_it_states_itself),
        CASE(a_fall_of_integrity_doubles_the_radius_until_it_is_over),
        CASE(a_low_integrity_from_the_start_is_no_fall),
        CASE(altitudes_that_part_in_level_flight_double_the_radius),
        CASE(altitudes_that_part_and_meet_again_are_two_detections),
        CASE(two_fixes_that_contradict_each_other_are_both_suspect),
        CASE(two_places_at_the_last_instant_leave_the_rest_believed),
        CASE(on_the_equator_at_90_degrees_is_nobodys_place_on_the_way_either),
        CASE(the_poles_are_nobodys_place),
        CASE(the_first_and_the_last_year_of_time_overflow_nothing),
        CASE(the_antimeridian_is_no_jump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
