/* SPDX-License-Identifier: Apache-2.0 */
/* Where positions jump to, and the places that three aircraft's do, against counting by hand: on a meridian, where
 * 5 km are 0.04497 degrees of the mean sphere. */
#include "test.h"

#include "base/time.h"
#include "listen/jumps.h"
#include "track/grade.h"

enum { LAT_E7 = 338000000, FOUR_KM_E7 = 359729, SIX_KM_E7 = 539593, DAY_S = 86400 };

static const int64_t noon_s = INT64_C(20000) * DAY_S + DAY_S / 2;

/* ---- of one aircraft ---- */

static void push(struct ovf_track *track, int64_t t_s, int64_t lat_e7, int32_t lon_e7)
{
    const struct ovf_fix fix = {.t_ns = t_s * OVF_NS_PER_S,
                                .at = {(int32_t)lat_e7, lon_e7},
                                .gs_kt = 480,
                                .has = OVF_FIX_GS,
                                .source = OVF_SOURCE_ADSB,
                                .record = {0, (uint32_t)track->fixes.n}};
    assert_int_equal(ovf_fixes_push(&track->fixes, &fix), OVF_OK);
}

static struct ovf_jumps jumps_of(struct ovf_track *track)
{
    struct ovf_jumps jumps = {0};
    size_t n_suspect;
    assert_int_equal(ovf_track_grade(track, &ovf_detect_defaults, &n_suspect), OVF_OK);
    assert_int_equal(ovf_jumps_find(track, &ovf_detect_defaults, &jumps), OVF_OK);
    return jumps;
}

static void test_a_jump_leads_to_the_end_that_is_out_of_reach(void **state)
{
    (void)state;
    struct ovf_track track = {.address = 7};
    /* Northwards at 480 kt; from 1000 s to 1300 s at one place three degrees aside. */
    for (int64_t t = 0; t < 3000; t += 10) {
        const bool is_false = t >= 1000 && t <= 1300;
        push(&track, t, is_false ? 1000000 : t * 22220, is_false ? 30000000 : 0);
    }
    struct ovf_jumps jumps = jumps_of(&track);
    assert_int_equal(jumps.n, 2); /* into it, and out of it */
    for (size_t i = 0; i < jumps.n; i++) {
        assert_int_equal(jumps.items[i].to.lon_e7, 30000000);
        assert_int_equal(jumps.items[i].address, 7);
        assert_int_equal(jumps.items[i].t_s, i == 0 ? 1000 : 1300);
    }
    ovf_jumps_deinit(&jumps);
    ovf_track_deinit(&track);
}

static void test_a_straight_flight_jumps_nowhere(void **state)
{
    (void)state;
    struct ovf_track track = {.address = 7};
    for (int64_t t = 0; t < 3000; t += 10)
        push(&track, t, t * 22220, 0);
    struct ovf_jumps jumps = jumps_of(&track);
    assert_int_equal(jumps.n, 0);
    ovf_jumps_deinit(&jumps);
    ovf_track_deinit(&track);
}

/* ---- of several ---- */

struct told {
    size_t n;
    struct ovf_jump_place last;
    uint32_t addresses[8];
};

static enum ovf_status tell(void *context, const struct ovf_jump_place *place)
{
    struct told *told = context;
    told->n++;
    told->last = *place;
    for (size_t i = 0; i < place->n_aircraft && i < 8; i++)
        told->addresses[i] = place->addresses[i];
    return OVF_OK;
}

static struct ovf_detect_config config;

static int set_up(void **state)
{
    (void)state;
    config = ovf_detect_defaults;
    return 0;
}

static struct told places_of(const struct ovf_jump *jumps, size_t n)
{
    struct told told = {.n = 0};
    struct ovf_jump_places *places = NULL;
    assert_int_equal(ovf_jump_places_new(&config, tell, &told, &places), OVF_OK);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(ovf_jump_places_push(places, &jumps[i]), OVF_OK);
    assert_int_equal(ovf_jump_places_finish(places), OVF_OK);
    ovf_jump_places_free(places);
    return told;
}

static struct ovf_jump jump(int64_t t_s, int32_t north_e7, uint32_t address)
{
    return (struct ovf_jump){noon_s + t_s, {LAT_E7 + north_e7, 354900000}, address};
}

static void test_three_aircraft_within_an_hour_and_five_kilometres_make_a_place(void **state)
{
    (void)state;
    const struct ovf_jump jumps[] = {jump(0, 0, 3), jump(60, FOUR_KM_E7, 1),
                                     jump(3600, -FOUR_KM_E7, 2)};
    const struct told told = places_of(jumps, 3); /* all near the first, not near each other */
    assert_int_equal(told.n, 1);
    assert_int_equal(told.last.at.lat_e7, LAT_E7);
    assert_int_equal(told.last.n_aircraft, 3);
    assert_int_equal(told.last.first_s, noon_s);
    assert_int_equal(told.last.last_s, noon_s + 3600);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(told.addresses[i], i + 1);
}

static void test_two_aircraft_make_none_however_often_they_jump(void **state)
{
    (void)state;
    const struct ovf_jump jumps[] = {jump(0, 0, 1), jump(60, 0, 2), jump(120, 0, 1),
                                     jump(180, 0, 2), jump(240, FOUR_KM_E7, 1)};
    assert_int_equal(places_of(jumps, 5).n, 0);
}

static void test_too_far_apart_or_too_late_is_none(void **state)
{
    (void)state;
    const struct ovf_jump far[] = {jump(0, 0, 1), jump(60, 0, 2), jump(120, SIX_KM_E7, 3)};
    const struct ovf_jump late[] = {jump(0, 0, 1), jump(60, 0, 2), jump(3601, 0, 3)};
    assert_int_equal(places_of(far, 3).n, 0);
    assert_int_equal(places_of(late, 3).n, 0);
}

static void test_the_thresholds_are_those_of_the_configuration(void **state)
{
    (void)state;
    const struct ovf_jump far[] = {jump(0, 0, 1), jump(60, 0, 2), jump(120, SIX_KM_E7, 3)};
    const struct ovf_jump late[] = {jump(0, 0, 1), jump(60, 0, 2), jump(3601, 0, 3)};
    const struct ovf_jump two[] = {jump(0, 0, 1), jump(60, 0, 2)};
    config.sink_m = 6010;
    assert_int_equal(places_of(far, 3).n, 1);
    config.sink_m = 5990;
    assert_int_equal(places_of(far, 3).n, 0);
    config.sink_s = 3601;
    assert_int_equal(places_of(late, 3).n, 1);
    config.sink_aircraft = 2;
    assert_int_equal(places_of(two, 2).n, 1);
    config.sink_aircraft = 4;
    assert_int_equal(places_of(late, 3).n, 0);
}

static void test_what_jumps_there_later_on_that_day_belongs_to_it(void **state)
{
    (void)state;
    const struct ovf_jump jumps[] = {jump(0, 0, 1),
                                     jump(60, 0, 2),
                                     jump(120, 0, 3),
                                     jump(40000, FOUR_KM_E7, 4),
                                     jump(DAY_S / 2, 0, 5), /* the next day: not enough */
                                     jump(DAY_S / 2 + 1, 0, 6)};
    const struct told told = places_of(jumps, 6);
    assert_int_equal(told.n, 1);
    assert_int_equal(told.last.n_aircraft, 4);
    assert_int_equal(told.last.last_s, noon_s + 40000);
}

static void test_an_hour_over_midnight_is_of_the_day_that_it_ends_on(void **state)
{
    (void)state;
    const struct ovf_jump jumps[] = {jump(DAY_S / 2 - 120, 0, 1), jump(DAY_S / 2 - 60, 0, 2),
                                     jump(DAY_S / 2 + 60, 0, 3)};
    const struct told told = places_of(jumps, 3);
    assert_int_equal(told.n, 1);
    assert_int_equal(told.last.first_s, noon_s + DAY_S / 2 - 120);
    assert_int_equal(told.last.last_s, noon_s + DAY_S / 2 + 60);
}

static void test_places_at_the_antimeridian_are_one(void **state)
{
    (void)state;
    const struct ovf_jump jumps[] = {
        {noon_s, {0, 1799900000}, 1}, {noon_s, {0, -1799900000}, 2}, {noon_s, {0, -1800000000}, 3}};
    assert_int_equal(places_of(jumps, 3).n, 1); /* 1.1 km to each side */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_jump_leads_to_the_end_that_is_out_of_reach, set_up),
        cmocka_unit_test_setup(test_a_straight_flight_jumps_nowhere, set_up),
        cmocka_unit_test_setup(test_three_aircraft_within_an_hour_and_five_kilometres_make_a_place,
                               set_up),
        cmocka_unit_test_setup(test_two_aircraft_make_none_however_often_they_jump, set_up),
        cmocka_unit_test_setup(test_too_far_apart_or_too_late_is_none, set_up),
        cmocka_unit_test_setup(test_the_thresholds_are_those_of_the_configuration, set_up),
        cmocka_unit_test_setup(test_what_jumps_there_later_on_that_day_belongs_to_it, set_up),
        cmocka_unit_test_setup(test_an_hour_over_midnight_is_of_the_day_that_it_ends_on, set_up),
        cmocka_unit_test_setup(test_places_at_the_antimeridian_are_one, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
