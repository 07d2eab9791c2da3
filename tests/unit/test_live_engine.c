/* SPDX-License-Identifier: Apache-2.0 */
/* The live engine over one zone: tests/live_world.h tells where its boundary is met, and when. */
#include "live_world.h"

enum { SIM = 0xF10001, OTHER = 0xF10002 };

/* ---- entering and leaving ---- */

static void an_entry_and_an_exit_are_each_told_once_soon_after(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, SIM, 0, 3000, 10);
    assert_int_equal(w->n, 2);
    expect_event(w, 0, OVF_LIVE_ENTERED, SIM);
    assert_int_equal(w->events[0].entry_min_s, 1000);
    assert_int_equal(w->events[0].entry_max_s, 1010);
    assert_int_equal(w->events[0].class, OVF_CLASS_OBSERVED);
    assert_in_range(w->events[0].told_s, 1015,
                    1040); /* with two fixes inside and the window over */
    expect_event(w, 1, OVF_LIVE_LEFT, SIM);
    assert_int_equal(w->events[1].exit_min_s, 1990);
    assert_int_equal(w->events[1].exit_max_s, 2000);
    assert_in_range(w->events[1].told_s, 2005, 2030);
    assert_string_equal(w->events[0].id, w->events[1].id);
    free_live_world(w);
}

static void nothing_is_told_before_the_window_is_over(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, SIM, 0, 1005, 1); /* across at 1,000.9 s */
    assert_int_equal(w->n, 0);
    fly_east(w, SIM, 1006, 1015, 1);
    assert_int_equal(w->n, 1);
    assert_int_equal(w->events[0].entry_min_s, 1000);
    assert_int_equal(w->events[0].entry_max_s, 1001);
    free_live_world(w);
}

static void what_is_inside_at_first_is_told_when_it_leaves(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, SIM, 1500, 3000, 10);
    assert_int_equal(w->n, 1);
    expect_event(w, 0, OVF_LIVE_LEFT, SIM);
    assert_int_equal(w->events[0].entry_max_s, 0);
    assert_int_equal(w->events[0].exit_max_s, 2000);
    free_live_world(w);
}

/* 59.925 NM north of the middle the circle is 2 sqrt(60^2 - 59.925^2) = 6.0 NM wide, and 7.2 NM are flown from
 * one fix to the next: neither is inside. */
static void a_corner_between_two_fixes_is_entered_and_left_at_once(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    w->asks_possible = true;
    w->engine.wants_possible = true;
    for (int64_t t_s = 0; t_s <= 1800; t_s += 60) {
        const struct ovf_fix fix =
            world_fix(t_s, 59.925 * 1852 / 110574.0, -1.02 + 0.002 * (double)t_s, 35000);
        hear(w, SIM, &fix);
    }
    assert_int_equal(w->n, 2);
    expect_event(w, 0, OVF_LIVE_ENTERED, SIM);
    expect_event(w, 1, OVF_LIVE_LEFT, SIM);
    assert_string_equal(w->events[0].id, w->events[1].id);
    assert_int_equal(w->events[0].told_s, w->events[1].told_s);
    assert_int_equal(w->events[1].entry_min_s, 480); /* 0.06 W */
    assert_int_equal(w->events[1].exit_max_s, 540);  /* 0.06 E */
    free_live_world(w);
}

static void a_single_fix_that_jumps_inside_is_nothing(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    const struct ovf_fix stray = world_fix(305, 0, 0.1, 35000);
    fly_east(w, SIM, 0, 300, 10);
    hear(w, SIM, &stray);
    fly_east(w, SIM, 310, 900, 10);
    assert_int_equal(w->n, 0);
    free_live_world(w);
}

static void a_climb_into_a_zone_with_a_floor_is_an_entry(void **state)
{
    (void)state;
    /* Over the middle from T0 on: 100 ft in 10 s, through 20,000 ft at 1,000 s. */
    struct live_world *w = make_live_world("circle:0,0,60,20000,");
    for (int64_t t_s = 0; t_s <= 1200; t_s += 10) {
        const struct ovf_fix fix =
            world_fix(t_s, 0, -0.5 + 0.0005 * (double)t_s, 10050 + 10 * (double)t_s);
        hear(w, SIM, &fix);
    }
    assert_int_equal(w->n, 1);
    expect_event(w, 0, OVF_LIVE_ENTERED, SIM);
    assert_int_equal(w->events[0].entry_min_s, 990);
    assert_int_equal(w->events[0].entry_max_s, 1000);
    free_live_world(w);
}

/* ---- order and lateness ---- */

static void fixes_within_the_window_may_come_in_any_order(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    struct live_world *v = make_live_world(NULL);
    fly_east(w, SIM, 0, 2400, 1);
    for (int64_t t_s = 0; t_s <= 2400; t_s++) { /* four in a row turned round */
        const int64_t turned_s = t_s / 4 * 4 + 3 - t_s % 4;
        fly_east(v, SIM, turned_s, turned_s, 1);
    }
    assert_int_equal(w->n, 2);
    assert_int_equal(v->n, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(v->events[i].kind, w->events[i].kind);
        assert_string_equal(v->events[i].id, w->events[i].id);
        assert_int_equal(v->events[i].entry_max_s, w->events[i].entry_max_s);
        assert_int_equal(v->events[i].exit_max_s, w->events[i].exit_max_s);
    }
    free_live_world(w);
    free_live_world(v);
}

static void a_late_fix_corrects_under_the_same_identifier(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    const struct ovf_fix late = world_fix(1005, 0, -3 + 0.002 * 1005, 35000);
    fly_east(w, SIM, 0, 1500, 10);
    assert_int_equal(w->n, 1);
    hear(w, SIM, &late);
    fly_east(w, SIM, 1510, 1520, 10); /* and not only when it is looked at the next time */
    assert_int_equal(w->n, 2);
    expect_event(w, 1, OVF_LIVE_CORRECTED, SIM);
    assert_int_equal(w->events[1].entry_min_s, 1000);
    assert_int_equal(w->events[1].entry_max_s, 1005);
    assert_string_equal(w->events[0].id, w->events[1].id);
    assert_int_equal(ovf_live_counts(w->live)->n_late, 1);
    free_live_world(w);
}

static void what_comes_later_than_corrections_reach_is_counted_and_not_used(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    const struct ovf_fix late = world_fix(0, 0, 0, 35000);
    fly_east(w, SIM, 7 * 3600, 7 * 3600 + 100, 10);
    hear(w, OTHER, &late);
    assert_int_equal(ovf_live_counts(w->live)->n_too_late, 1);
    assert_int_equal(ovf_live_n_aircraft(w->live), 1);
    free_live_world(w);
}

/* ---- silence ---- */

/* Its last place before is 0.201793 degrees (22,464 m) outside, its first one after 0.398207 (44,328 m) inside. Less
 * the 926 m that a place without quality may be off, at 720 kt the boundary was 58.1 s and 117.2 s away, of which the
 * clocks may be off by 2 s; arcs may be taken for 0.7 % shorter. */
static void an_entry_in_a_silence_is_told_with_its_interval(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, SIM, 0, 900, 10);
    fly_east(w, SIM, 1200, 1400, 10);
    assert_int_equal(w->n, 1);
    expect_event(w, 0, OVF_LIVE_ENTERED, SIM);
    assert_int_equal(w->events[0].class, OVF_CLASS_BRACKETED);
    assert_int_equal(w->events[0].entry_min_s, 900);
    assert_int_equal(w->events[0].entry_max_s, 1200);
    assert_in_range(w->events[0].entry_earliest_s, 955, 956);
    assert_in_range(w->events[0].entry_latest_s, 1084, 1085);
    free_live_world(w);
}

/* Eastward 63 NM north of the middle, unheard from 1 W to 1 E for 1,000 s, in which twice the way could be flown. */
static void what_may_have_been_flown_in_a_silence_is_told_where_that_is_asked(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    w->asks_possible = true;
    w->engine.wants_possible = true;
    for (int64_t t_s = 0; t_s <= 2000; t_s += 10) {
        const struct ovf_fix fix = world_fix(t_s, 1.05, -2 + 0.002 * (double)t_s, 35000);
        if (t_s <= 500 || t_s >= 1500)
            hear(w, SIM, &fix);
    }
    assert_int_equal(w->n, 2);
    expect_event(w, 0, OVF_LIVE_ENTERED, SIM);
    expect_event(w, 1, OVF_LIVE_LEFT, SIM);
    assert_int_equal(w->events[1].class, OVF_CLASS_POSSIBLE);
    assert_true(w->events[1].entry_min_s >= 500 && w->events[1].exit_max_s <= 1500);
    free_live_world(w);
}

/* ---- clocks ---- */

static void one_fix_from_years_ahead_moves_no_time(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    const struct ovf_fix strange = world_fix(INT64_C(315360000), 10, 10, 35000);
    fly_east(w, SIM, 0, 500, 10);
    hear(w, OTHER, &strange);
    assert_int_equal(after_t0_s(ovf_live_time(w->live)), 500);
    fly_east(w, SIM, 510, 1400, 10);
    assert_int_equal(w->n, 1);
    assert_in_range(w->events[0].told_s, 1015, 1040);
    free_live_world(w);
}

static void a_fix_from_hours_ahead_is_nothing_until_the_stream_is_there(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    const struct ovf_fix strange = world_fix(7200, 0, 0, 35000); /* in the middle of the zone */
    fly_east(w, SIM, 0, 500, 10);
    hear(w, SIM, &strange);
    fly_east(w, SIM, 510, 2400, 10);
    assert_int_equal(w->n, 2);
    expect_event(w, 0, OVF_LIVE_ENTERED, SIM);
    expect_event(w, 1, OVF_LIVE_LEFT, SIM);
    assert_in_range(w->events[0].told_s, 1015, 1040);
    assert_int_equal(ovf_live_counts(w->live)->n_late, 0);
    assert_int_equal(ovf_live_finish(w->live), OVF_OK);
    assert_int_equal(ovf_live_counts(w->live)->n_fixes, 51 + 1 + 190);
    free_live_world(w);
}

static void a_stream_that_was_silent_for_hours_goes_on(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, OTHER, 0, 100, 10);
    fly_east(w, SIM, 30000, 30020, 10); /* three of one aircraft tell */
    assert_int_equal(after_t0_s(ovf_live_time(w->live)), 30020);
    fly_east(w, OTHER, 60000, 60000, 10);
    fly_east(w, SIM, 60000, 60000, 10); /* and one each of two */
    assert_int_equal(after_t0_s(ovf_live_time(w->live)), 60000);
    free_live_world(w);
}

static void a_stream_whose_clock_goes_back_by_years_begins_anew(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, SIM, INT64_C(315360000), INT64_C(315360000) + 100, 10);
    fly_east(w, SIM, 0, 3000, 10);
    assert_int_equal(ovf_live_counts(w->live)->n_too_late, 8);
    assert_int_equal(after_t0_s(ovf_live_time(w->live)), 3000);
    assert_int_equal(w->n, 2);
    assert_in_range(w->events[1].told_s, 2005, 2030);
    free_live_world(w);
}

static void time_can_be_told_where_nothing_is_heard(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, SIM, 0, 1030, 10);
    assert_int_equal(w->n, 1);
    fly_east(w, SIM, 1040, 2010, 10);
    const size_t n = w->n;
    assert_int_equal(ovf_live_advance(w->live, (T0_S + 2100) * OVF_NS_PER_S), OVF_OK);
    assert_true(n == 1 || n == 2);
    assert_int_equal(w->n, 2);
    free_live_world(w);
}

/* ---- room ---- */

static void the_aircraft_heard_longest_ago_goes_and_is_counted(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    ovf_live_free(w->live);
    w->config.max_aircraft = 4;
    assert_int_equal(ovf_live_new(&w->config, &w->live), OVF_OK);
    for (uint32_t i = 0; i < 10; i++)
        fly_east(w, SIM + i, 100 + i, 100 + i, 1);
    assert_int_equal(ovf_live_n_aircraft(w->live), 4);
    assert_int_equal(ovf_live_counts(w->live)->n_evicted, 6);
    free_live_world(w);
}

/* Heard five times a second for hours, in a room for some thousand fixes. */
static void what_is_full_is_thinned_and_what_was_told_stays(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    ovf_live_free(w->live);
    w->config.max_aircraft = 8;
    w->config.max_bytes = 96 << 10;
    assert_int_equal(ovf_live_new(&w->config, &w->live), OVF_OK);
    fly_east(w, SIM, 0, 1300, 1);
    for (int64_t t_s = 1301; t_s <= 9000; t_s++) { /* to and fro inside */
        const double lon_deg = -0.4 + 0.002 * (double)(labs((t_s - 1300) % 400 - 200) - 200);
        const struct ovf_fix fix = world_fix(t_s, 0, lon_deg, 35000);
        hear(w, SIM, &fix);
        assert_true(ovf_live_bytes(w->live) <= w->config.max_bytes);
    }
    assert_true(ovf_live_counts(w->live)->n_thinned > 1000);
    assert_int_equal(ovf_live_counts(w->live)->n_evicted, 0);
    assert_true(w->n >= 1);
    expect_event(w, 0, OVF_LIVE_ENTERED, SIM);
    for (size_t i = 1; i < w->n; i++) {
        assert_int_not_equal(w->events[i].kind, OVF_LIVE_RETRACTED);
        assert_int_equal(w->events[i].entry_min_s, 1000);
        assert_int_equal(w->events[i].entry_max_s, 1001);
    }
    assert_int_equal(ovf_live_counts(w->live)->n_events[OVF_LIVE_CORRECTED], 0);
    free_live_world(w);
}

/* It is heard from eight seconds before the boundary on, then for hours: the fixes well inside are closer together
 * than those that thinning leaves. */
static void a_short_stay_that_was_told_is_not_thinned_away(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    ovf_live_free(w->live);
    w->config.max_aircraft = 8;
    w->config.max_bytes = 48 << 10;
    assert_int_equal(ovf_live_new(&w->config, &w->live), OVF_OK);
    for (int64_t t_s = 1992; t_s <= 9000; t_s++) {
        struct ovf_fix fix = world_fix(t_s, 0, -3 + 0.002 * (double)t_s, 35000);
        fix.radius_m = 300;
        hear(w, SIM, &fix);
    }
    assert_true(ovf_live_counts(w->live)->n_thinned > 1000);
    assert_int_equal(ovf_live_finish(w->live), OVF_OK);
    expect_event(w, 0, OVF_LIVE_LEFT, SIM);
    for (size_t i = 1; i < w->n; i++)
        assert_int_equal(w->events[i].kind, OVF_LIVE_SETTLED);
    free_live_world(w);
}

/* Fifty aircraft, heard each second, in a room for five minutes of it: none of what is held is old. */
static void young_fixes_are_thinned_before_an_aircraft_goes(void **state)
{
    enum { N = 50 };
    (void)state;
    struct live_world *w = make_live_world(NULL);
    ovf_live_free(w->live);
    w->config.max_aircraft = N;
    w->config.max_bytes = 256 << 10;
    assert_int_equal(ovf_live_new(&w->config, &w->live), OVF_OK);
    for (int64_t t_s = 900; t_s <= 1450; t_s++) {
        for (uint32_t i = 0; i < N; i++) {
            const struct ovf_fix fix =
                world_fix(t_s, 0.001 * i, -3 + 0.002 * (double)(t_s + i), 35000);
            hear(w, SIM + i, &fix);
        }
        assert_true(ovf_live_bytes(w->live) <= w->config.max_bytes);
    }
    assert_int_equal(ovf_live_counts(w->live)->n_evicted, 0);
    assert_true(ovf_live_counts(w->live)->n_thinned > 1000);
    assert_int_equal(ovf_live_finish(w->live), OVF_OK);
    assert_int_equal(ovf_live_counts(w->live)->n_events[OVF_LIVE_ENTERED], N);
    assert_int_equal(ovf_live_counts(w->live)->n_events[OVF_LIVE_CORRECTED], 0);
    assert_int_equal(ovf_live_counts(w->live)->n_events[OVF_LIVE_RETRACTED], 0);
    free_live_world(w);
}

static void aircraft_are_forgotten_when_their_journeys_are_over(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, SIM, 0, 3000, 10);
    for (int64_t hour = 1; hour <= 32; hour++)
        fly_east(w, OTHER, hour * 3600, hour * 3600 + 30, 10);
    assert_int_equal(ovf_live_n_aircraft(w->live), 1);
    assert_int_equal(w->n, 3);
    expect_event(w, 2, OVF_LIVE_SETTLED, SIM);
    free_live_world(w);
}

/* To and fro at 30 S, 50 minutes every two hours, each time from the ground to the ground. */
static void what_flies_elsewhere_is_held_as_far_back_as_corrections_reach(void **state)
{
    enum { N_FLIGHTS = 48, EVERY_S = 7200, LONG_S = 3000 };
    (void)state;
    struct live_world *w = make_live_world(NULL);
    size_t first_day_bytes = 0;
    for (int64_t i = 0; i < N_FLIGHTS; i++) {
        assert_int_equal(ovf_live_advance(w->live, (T0_S + i * EVERY_S) * OVF_NS_PER_S), OVF_OK);
        for (int64_t t_s = 0; t_s <= LONG_S; t_s += 10) {
            const int64_t down_s = LONG_S - t_s;
            struct ovf_fix fix =
                world_fix(i * EVERY_S + t_s, -30, 0.001 * (double)(i % 2 == 0 ? t_s : down_s),
                          20.0 * (double)(t_s < down_s ? t_s : down_s));
            if (t_s == 0 || down_s == 0)
                fix.flags |= OVF_FIX_ON_GROUND;
            hear(w, SIM, &fix);
        }
        if (i == 86400 / EVERY_S)
            first_day_bytes = ovf_live_bytes(w->live);
    }
    assert_in_range(ovf_live_bytes(w->live), 1, first_day_bytes + first_day_bytes / 2);
    assert_int_equal(w->n, 0);
    assert_int_equal(ovf_live_counts(w->live)->n_thinned, 0);
    assert_in_range(ovf_live_counts(w->live)->n_followed, 1, N_FLIGHTS / 2);
    free_live_world(w);
}

/* ---- another question ---- */

static void asked_anew_what_was_over_is_not_told_again(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, SIM, 0, 2200, 10);
    fly_east(w, OTHER, 1200, 2200, 10); /* out at 1,990 s, told as well */
    const size_t n = w->n;
    assert_int_equal(ovf_live_ask_anew(w->live), OVF_OK);
    fly_east(w, SIM, 2210, 3000, 10);
    const struct ovf_fix late = world_fix(2105, 0, -3 + 0.002 * 2105, 35000);
    const uint64_t n_followed = ovf_live_counts(w->live)->n_followed;
    hear(w, SIM, &late); /* has it followed once more */
    fly_east(w, SIM, 3010, 3030, 10);
    assert_int_equal(ovf_live_counts(w->live)->n_followed, n_followed + 1);
    assert_int_equal(w->n, n);
    free_live_world(w);
}

static void asked_anew_what_is_inside_is_told_when_it_leaves(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, SIM, 0, 1500, 10);
    assert_int_equal(w->n, 1);
    assert_int_equal(ovf_live_ask_anew(w->live), OVF_OK);
    fly_east(w, SIM, 1510, 2200, 10);
    assert_int_equal(w->n, 2);
    expect_event(w, 1, OVF_LIVE_LEFT, SIM);
    assert_int_equal(w->events[1].entry_max_s, 1010); /* from what was held */
    assert_string_equal(w->events[0].id, w->events[1].id);
    free_live_world(w);
}

/* ---- the end ---- */

static void at_the_end_everything_is_settled_and_forgotten(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    fly_east(w, SIM, 0, 3000, 10);
    fly_east(w, OTHER, 1500, 1700, 10); /* inside all along: never told */
    assert_int_equal(ovf_live_finish(w->live), OVF_OK);
    assert_int_equal(w->n, 4);
    expect_event(w, 2, OVF_LIVE_SETTLED, SIM);
    expect_event(w, 3, OVF_LIVE_SETTLED, OTHER);
    assert_string_equal(w->events[2].id, w->events[0].id);
    assert_int_equal(ovf_live_n_aircraft(w->live), 0);
    assert_int_equal(ovf_live_finish(w->live), OVF_OK);
    assert_int_equal(w->n, 4);
    free_live_world(w);
}

static void two_aircraft_with_one_address_are_told_apart(void **state)
{
    (void)state;
    /* The other one is 10 degrees north, far outside, and takes turns with the one that crosses. */
    struct live_world *w = make_live_world(NULL);
    for (int64_t t_s = -600; t_s <= 3000; t_s += 10) {
        struct ovf_fix far = world_fix(t_s + 5, 10, 3 - 0.002 * (double)t_s, 30000);
        memcpy(far.callsign, "SIM2", 4);
        if (t_s >= 0)
            fly_east(w, SIM, t_s, t_s, 10);
        hear(w, SIM, &far);
    }
    assert_int_equal(ovf_live_finish(w->live), OVF_OK);
    size_t n_settled = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (w->events[i].kind != OVF_LIVE_SETTLED)
            continue;
        n_settled++;
        assert_int_equal(w->events[i].chain, 2); /* the one that was heard less */
        assert_int_equal(w->events[i].entry_max_s, 1010);
        assert_int_equal(w->events[i].exit_max_s, 2000);
    }
    assert_int_equal(n_settled, 1);
    free_live_world(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_and_an_exit_are_each_told_once_soon_after),
        cmocka_unit_test(nothing_is_told_before_the_window_is_over),
        cmocka_unit_test(what_is_inside_at_first_is_told_when_it_leaves),
        cmocka_unit_test(a_corner_between_two_fixes_is_entered_and_left_at_once),
        cmocka_unit_test(a_single_fix_that_jumps_inside_is_nothing),
        cmocka_unit_test(a_climb_into_a_zone_with_a_floor_is_an_entry),
        cmocka_unit_test(fixes_within_the_window_may_come_in_any_order),
        cmocka_unit_test(a_late_fix_corrects_under_the_same_identifier),
        cmocka_unit_test(what_comes_later_than_corrections_reach_is_counted_and_not_used),
        cmocka_unit_test(an_entry_in_a_silence_is_told_with_its_interval),
        cmocka_unit_test(what_may_have_been_flown_in_a_silence_is_told_where_that_is_asked),
        cmocka_unit_test(one_fix_from_years_ahead_moves_no_time),
        cmocka_unit_test(a_fix_from_hours_ahead_is_nothing_until_the_stream_is_there),
        cmocka_unit_test(a_stream_that_was_silent_for_hours_goes_on),
        cmocka_unit_test(a_stream_whose_clock_goes_back_by_years_begins_anew),
        cmocka_unit_test(time_can_be_told_where_nothing_is_heard),
        cmocka_unit_test(the_aircraft_heard_longest_ago_goes_and_is_counted),
        cmocka_unit_test(what_is_full_is_thinned_and_what_was_told_stays),
        cmocka_unit_test(a_short_stay_that_was_told_is_not_thinned_away),
        cmocka_unit_test(young_fixes_are_thinned_before_an_aircraft_goes),
        cmocka_unit_test(aircraft_are_forgotten_when_their_journeys_are_over),
        cmocka_unit_test(what_flies_elsewhere_is_held_as_far_back_as_corrections_reach),
        cmocka_unit_test(asked_anew_what_was_over_is_not_told_again),
        cmocka_unit_test(asked_anew_what_is_inside_is_told_when_it_leaves),
        cmocka_unit_test(at_the_end_everything_is_settled_and_forgotten),
        cmocka_unit_test(two_aircraft_with_one_address_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
