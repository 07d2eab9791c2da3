/* SPDX-License-Identifier: Apache-2.0 */
/* Splitting tracks into legs: tracks laid out minute by minute, so that what a leg is follows from the
 * layout. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "track/legs.h"
#include "track/plausible.h"

#define MINUTE 60

static struct ovf_track track;
static struct ovf_legs legs;

/* Where the next fix goes: time, place, state. */
static struct {
    int64_t t_s;
    double lat_deg;
    int32_t alt_ft;
    const char *callsign;
} now;

static void push(bool ground, float gs_kt)
{
    struct ovf_fix fix = {.t_ns = now.t_s * OVF_NS_PER_S,
                          .at = {(int32_t)(now.lat_deg * OVF_E7_PER_DEG), 100000000},
                          .gs_kt = gs_kt,
                          .has = OVF_FIX_GS,
                          .flags = ground ? OVF_FIX_ON_GROUND : 0,
                          .source = OVF_SOURCE_ADSB,
                          .grade = OVF_GRADE_B,
                          .record = {0, (uint32_t)track.fixes.n}};
    if (!ground) {
        fix.has |= OVF_FIX_ALT_BARO;
        fix.alt_baro_ft = now.alt_ft;
    }
    if (now.callsign != NULL) {
        fix.has |= OVF_FIX_CALLSIGN;
        memcpy(fix.callsign, now.callsign, strlen(now.callsign));
    }
    assert_int_equal(ovf_fixes_push(&track.fixes, &fix), OVF_OK);
}

/* 450 kt: 7.5 degrees of latitude an hour. */
static void fly(int minutes, int32_t to_ft)
{
    const int n = minutes * 6;
    const int32_t from_ft = now.alt_ft;
    for (int i = 1; i <= n; i++) {
        now.t_s += 10;
        now.lat_deg += 7.5 / 360;
        now.alt_ft = from_ft + (to_ft - from_ft) * i / n;
        push(false, 450);
    }
}

static void stand(int seconds, float gs_kt)
{
    for (int i = 0; i < seconds; i += 10) {
        now.t_s += 10;
        push(true, gs_kt);
    }
    now.alt_ft = 0;
}

static void split(void)
{
    assert_int_equal(ovf_legs_split(&track, &legs), OVF_OK);
}

static int set_up(void **state)
{
    (void)state;
    memset(&now, 0, sizeof now);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    ovf_track_deinit(&track);
    ovf_legs_deinit(&legs);
    return 0;
}

static void no_fixes_are_no_leg(void **state)
{
    (void)state;
    split();
    assert_int_equal(legs.n, 0);
}

static void from_gate_to_gate_is_one_leg(void **state)
{
    (void)state;
    stand(600, 10);
    fly(20, 35000);
    fly(60, 35000);
    fly(20, 0);
    stand(600, 10);
    split();
    assert_int_equal(legs.n, 1);
    assert_int_equal(legs.items[0].first, 0);
    assert_int_equal(legs.items[0].last, track.fixes.n - 1);
    assert_int_equal(legs.items[0].first_airborne, 60);
    assert_int_equal(legs.items[0].last_airborne, 659);
    assert_true(legs.items[0].starts_on_ground);
    assert_true(legs.items[0].ends_on_ground);
}

static void what_only_taxies_is_no_leg(void **state)
{
    (void)state;
    stand(7200, 15);
    split();
    assert_int_equal(legs.n, 0);
}

static void a_parked_aircraft_that_flickers_is_no_leg(void **state)
{
    (void)state;
    stand(1200, 0);
    now.t_s += 10;
    push(false, 0);
    stand(1200, 0);
    split();
    assert_int_equal(legs.n, 0);
}

static void a_stop_of_ten_minutes_makes_two_legs(void **state)
{
    (void)state;
    fly(30, 0);
    stand(600, 10);
    fly(30, 30000);
    split();
    assert_int_equal(legs.n, 2);
    assert_int_equal(legs.items[1].split, OVF_SPLIT_STOP);
    assert_true(legs.items[0].ends_on_ground);
    assert_true(legs.items[1].starts_on_ground);
    assert_int_equal(legs.items[1].first, legs.items[0].last + 1);
}

static void a_touch_and_go_does_not_split(void **state)
{
    (void)state;
    fly(10, 0);
    stand(40, 90);
    fly(10, 2000);
    fly(10, 0);
    stand(40, 90);
    fly(10, 2000);
    split();
    assert_int_equal(legs.n, 1);
}

static void ground_reports_at_flying_speed_do_not_split(void **state)
{
    (void)state;
    fly(30, 30000);
    stand(600, 430); /* the air/ground bit is wrong */
    now.alt_ft = 30000;
    fly(30, 30000);
    split();
    assert_int_equal(legs.n, 1);
}

static void two_minutes_on_the_ground_split_with_another_callsign(void **state)
{
    (void)state;
    now.callsign = "AAA1";
    fly(10, 0);
    stand(120, 20);
    now.callsign = "AAA2";
    fly(10, 5000);
    split();
    assert_int_equal(legs.n, 2);
    assert_memory_equal(legs.items[0].callsign, "AAA1\0\0\0\0", 8);
    assert_memory_equal(legs.items[1].callsign, "AAA2\0\0\0\0", 8);
}

static void half_an_hour_unheard_on_the_ground_splits_there(void **state)
{
    (void)state;
    fly(30, 0);
    stand(300, 10);
    const size_t last = track.fixes.n - 1;
    now.t_s += 40 * MINUTE;
    stand(300, 10);
    fly(30, 30000);
    split();
    assert_int_equal(legs.n, 2);
    assert_int_equal(legs.items[0].last, last);
    assert_int_equal(legs.items[1].first, last + 1);
    assert_int_equal(legs.items[1].split, OVF_SPLIT_GROUND_GAP);
}

static void hours_at_the_gate_belong_to_no_leg(void **state)
{
    (void)state;
    fly(30, 0);
    stand(5 * 3600, 0);
    fly(30, 30000);
    split();
    assert_int_equal(legs.n, 2);
    const struct ovf_fix *items = track.fixes.items;
    assert_near(
        ovf_time_seconds(items[legs.items[0].last_airborne].t_ns, items[legs.items[0].last].t_ns),
        30 * MINUTE, 10);
    assert_near(
        ovf_time_seconds(items[legs.items[1].first].t_ns, items[legs.items[1].first_airborne].t_ns),
        60 * MINUTE, 10);
}

static void descent_silence_and_climb_make_two_legs(void **state)
{
    (void)state;
    now.alt_ft = 30000;
    fly(10, 15000);
    now.t_s += 90 * MINUTE;
    fly(10, 30000);
    split();
    assert_int_equal(legs.n, 2);
    assert_int_equal(legs.items[1].split, OVF_SPLIT_UNSEEN_STOP);
    assert_false(legs.items[0].ends_on_ground);
}

static void descent_silence_and_climb_within_ten_minutes_are_one_leg(void **state)
{
    (void)state;
    now.alt_ft = 30000;
    fly(10, 15000);
    now.t_s += 10 * MINUTE;
    fly(10, 30000);
    split();
    assert_int_equal(legs.n, 1);
}

static void a_silence_that_the_way_explains_does_not_split(void **state)
{
    (void)state;
    now.alt_ft = 35000;
    now.callsign = "AAA1";
    fly(30, 35000);
    now.t_s += 5 * 3600;
    now.lat_deg += 5 * 7.5;
    now.callsign = "AAA2"; /* changed in flight, or misread */
    fly(30, 35000);
    split();
    assert_int_equal(legs.n, 1);
    assert_int_equal(legs.items[0].n_callsigns, 2);
}

static void a_silence_much_longer_than_the_way_splits_with_another_callsign(void **state)
{
    (void)state;
    now.alt_ft = 35000;
    now.callsign = "AAA1";
    fly(30, 35000);
    now.t_s += 3 * 3600;
    now.callsign = "AAA2";
    fly(30, 35000);
    split();
    assert_int_equal(legs.n, 2);
    assert_int_equal(legs.items[1].split, OVF_SPLIT_CALLSIGN);
}

static void a_callsign_changed_in_flight_does_not_split(void **state)
{
    (void)state;
    now.alt_ft = 35000;
    now.callsign = "AAA1";
    fly(30, 35000);
    now.callsign = "AAA2";
    fly(40, 35000);
    split();
    assert_int_equal(legs.n, 1);
    assert_int_equal(legs.items[0].n_callsigns, 2);
    assert_memory_equal(legs.items[0].callsign, "AAA2\0\0\0\0", 8);
}

/* In cruise, minutes of silence between two spells, and on from so much farther north. */
static void fly_two_spells(int minutes, double lat_deg)
{
    struct ovf_spell *spells = calloc(2, sizeof *spells);
    assert_non_null(spells);
    now.alt_ft = 35000;
    fly(20, 35000);
    now.t_s += minutes * MINUTE;
    now.lat_deg += lat_deg;
    spells[1].from_ns = now.t_s * OVF_NS_PER_S;
    fly(20, 35000);
    track.spells = (struct ovf_spells){.items = spells, .n = 2, .capacity = 2};
}

static void a_silence_splits_beside_two_aircraft_with_one_address(void **state)
{
    (void)state;
    fly_two_spells(40, 5);
    split();
    assert_int_equal(legs.n, 1);
    for (size_t k = 0; k < 2; k++) {
        track.spells.items[k].has_twin = true;
        split();
        assert_int_equal(legs.n, 2);
        assert_int_equal(legs.items[0].last + 1, legs.items[1].first);
        track.spells.items[k].has_twin = false;
    }
}

static void a_short_silence_splits_as_well_where_it_parts_spells(void **state)
{
    (void)state;
    fly_two_spells(2, 0.2);
    split();
    assert_int_equal(legs.n, 1);
    track.spells.items[0].has_twin = true;
    split();
    assert_int_equal(legs.n, 2);
    assert_int_equal(legs.items[0].last, 119);
    assert_int_equal(legs.items[1].first, 120);
}

static void a_silence_that_nobody_can_have_flown_in_splits(void **state)
{
    (void)state;
    fly_two_spells(40, 12); /* 720 NM at 1,080 kt */
    split();
    assert_int_equal(legs.n, 1);
    (void)clear(NULL);
    fly_two_spells(40, 12.5); /* 750 NM at 1,125 kt */
    split();
    assert_int_equal(legs.n, 2);
}

static void nobody_flies_seventeen_hours_unheard(void **state)
{
    (void)state;
    now.alt_ft = 35000;
    now.callsign = "AAA1";
    fly(10, 35000);
    now.t_s += 17 * 3600;
    now.lat_deg += 60;
    fly(10, 35000);
    split();
    assert_int_equal(legs.n, 2);
    assert_int_equal(legs.items[1].split, OVF_SPLIT_SILENCE);
}

static void hours_of_orbits_are_one_leg(void **state)
{
    (void)state;
    now.callsign = "EYE1";
    for (int i = 0; i < 12 * 60; i++) {
        now.t_s += 60;
        now.lat_deg = 30 + (i / 10 % 2 == 0 ? i % 10 : 10 - i % 10) * 0.05;
        now.alt_ft = 20000 + i % 20 * 100;
        push(false, 180);
    }
    split();
    assert_int_equal(legs.n, 1);
}

static void midnight_does_not_split(void **state)
{
    (void)state;
    now.t_s = 86400 * 20000 - 1800;
    now.alt_ft = 35000;
    fly(60, 35000);
    split();
    assert_int_equal(legs.n, 1);
}

static void suspect_fixes_do_not_count(void **state)
{
    (void)state;
    now.alt_ft = 35000;
    fly(30, 35000);
    stand(600, 0);
    for (size_t i = 180; i < track.fixes.n; i++)
        track.fixes.items[i].grade = OVF_GRADE_X;
    now.alt_ft = 35000;
    fly(30, 35000);
    split();
    assert_int_equal(legs.n, 1);
    assert_int_equal(legs.items[0].n_believed, 360);
}

static void suspect_fixes_fill_no_silence(void **state)
{
    (void)state;
    now.alt_ft = 30000;
    fly(10, 15000);
    const size_t last = track.fixes.n - 1;
    for (int i = 0; i < 30; i++) { /* every three minutes of 90 */
        now.t_s += 3 * MINUTE;
        push(false, 450);
        track.fixes.items[track.fixes.n - 1].grade = OVF_GRADE_X;
    }
    fly(10, 30000);
    split();
    assert_int_equal(legs.n, 2);
    assert_int_equal(legs.items[0].last, last);
    assert_int_equal(legs.items[1].split, OVF_SPLIT_UNSEEN_STOP);
}

/* Of a table that says nothing else 60 kt are a taxi's behind one that was slow and level, not behind a flight. */
static void whose_source_says_it_flies_is_no_longer_down(void **state)
{
    (void)state;
    enum { SLOW, IN_AIR, FLYING, FAST_TAXI, N };
    now.alt_ft = 100;
    for (int i = 0; i < N; i++) {
        now.t_s += 10;
        push(false, i == SLOW ? 10 : 60);
    }
    track.fixes.items[SLOW].source = OVF_SOURCE_UNKNOWN;
    track.fixes.items[IN_AIR].flags = OVF_FIX_IN_AIR;
    track.fixes.items[FAST_TAXI].source = OVF_SOURCE_UNKNOWN;
    split();
    assert_int_equal(legs.n, 1);
    assert_int_equal(legs.items[0].last_airborne, FAST_TAXI);
}

static void a_landing_heard_only_on_the_ground_ends_the_leg_there(void **state)
{
    (void)state;
    now.alt_ft = 30000;
    fly(10, 20000);
    now.t_s += 20 * MINUTE;
    now.lat_deg += 1;
    stand(60, 20);
    split();
    assert_int_equal(legs.n, 1);
    assert_true(legs.items[0].ends_on_ground);
}

static void without_a_flag_slow_and_level_is_the_ground(void **state)
{
    (void)state;
    stand(600, 10);
    fly(20, 35000);
    fly(20, 0);
    stand(600, 10);
    for (size_t i = 0; i < track.fixes.n; i++) {
        track.fixes.items[i].flags = 0;
        track.fixes.items[i].source = OVF_SOURCE_UNKNOWN;
        track.fixes.items[i].has |= OVF_FIX_ALT_BARO;
    }
    split();
    assert_int_equal(legs.n, 1);
    assert_true(legs.items[0].starts_on_ground);
    assert_true(legs.items[0].ends_on_ground);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, clear)
    const struct CMUnitTest tests[] = {
        CASE(no_fixes_are_no_leg),
        CASE(from_gate_to_gate_is_one_leg),
        CASE(what_only_taxies_is_no_leg),
        CASE(a_parked_aircraft_that_flickers_is_no_leg),
        CASE(a_stop_of_ten_minutes_makes_two_legs),
        CASE(a_touch_and_go_does_not_split),
        CASE(ground_reports_at_flying_speed_do_not_split),
        CASE(two_minutes_on_the_ground_split_with_another_callsign),
        CASE(half_an_hour_unheard_on_the_ground_splits_there),
        CASE(hours_at_the_gate_belong_to_no_leg),
        CASE(descent_silence_and_climb_make_two_legs),
        CASE(descent_silence_and_climb_within_ten_minutes_are_one_leg),
        CASE(a_silence_that_the_way_explains_does_not_split),
        CASE(a_silence_much_longer_than_the_way_splits_with_another_callsign),
        CASE(a_callsign_changed_in_flight_does_not_split),
        CASE(a_silence_splits_beside_two_aircraft_with_one_address),
        CASE(a_short_silence_splits_as_well_where_it_parts_spells),
        CASE(a_silence_that_nobody_can_have_flown_in_splits),
        CASE(nobody_flies_seventeen_hours_unheard),
        CASE(hours_of_orbits_are_one_leg),
        CASE(midnight_does_not_split),
        CASE(suspect_fixes_do_not_count),
        CASE(suspect_fixes_fill_no_silence),
        CASE(whose_source_says_it_flies_is_no_longer_down),
        CASE(a_landing_heard_only_on_the_ground_ends_the_leg_there),
        CASE(without_a_flag_slow_and_level_is_the_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
