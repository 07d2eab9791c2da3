/* SPDX-License-Identifier: Apache-2.0 */
/* Positions that the receiver which heard them cannot have heard. A height of h metres is seen 4.12 km times its root
 * far: 10,000 m 412 km, a receiver 500 m up 92.1 km; together 504.1 km, and a fifth more is 604.9 km. Aircraft fly
 * north along a meridian from the receiver on: a degree is 111.195 km on the mean sphere. */
#include "test.h"

#include "base/time.h"
#include "track/grade.h"

#define E7_PER_KM (1e7 / 111.195)

static struct ovf_track track;
static struct ovf_detect_config config;
static struct ovf_receivers receivers;
static const struct ovf_receiver_place place = {.at = {300000000, 450000000}};

static int begin(void **state)
{
    (void)state;
    config = ovf_detect_defaults;
    ovf_receivers_tell_own(&receivers, &place);
    config.receivers = &receivers;
    return 0;
}

static int clear(void **state)
{
    (void)state;
    ovf_track_deinit(&track);
    return 0;
}

/* 240 m/s, a position every 10 s, the first \p from_km from the receiver. 32,808 ft are 10,000 m. */
static void fly(double from_km, size_t n, unsigned flags, int32_t alt_ft)
{
    ovf_track_deinit(&track);
    for (size_t i = 0; i < n; i++) {
        const double km = from_km + 2.4 * (double)i;
        const struct ovf_fix fix = {.t_ns = (int64_t)i * 10 * OVF_NS_PER_S,
                                    .at = {300000000 + (int32_t)(km * E7_PER_KM), 450000000},
                                    .alt_baro_ft = alt_ft,
                                    .gs_kt = 466.5F,
                                    .has = OVF_FIX_GS | OVF_FIX_ALT_BARO,
                                    .flags = (uint16_t)flags,
                                    .source = OVF_SOURCE_ADSB,
                                    .record = {0, (uint32_t)i}};
        assert_int_equal(ovf_fixes_push(&track.fixes, &fix), OVF_OK);
    }
}

static size_t grade(void)
{
    size_t n_suspect = 99;
    assert_int_equal(ovf_track_grade(&track, &config, &n_suspect), OVF_OK);
    return n_suspect;
}

/* The chord to 604.9 km is 0.04 % shorter: 604.7. Position 35 is the first beyond (606.0), and a minute before it
 * nothing is believed either. */
static void what_is_beyond_the_line_of_sight_is_suspect(void **state)
{
    (void)state;
    fly(522, 40, OVF_FIX_DIRECT, 32808);
    assert_int_equal(grade(), 5 + 6);
    assert_int_equal(track.fixes.items[28].grade, OVF_GRADE_B);
    assert_int_equal(track.fixes.items[29].grade, OVF_GRADE_X);
    assert_int_equal(track.detections.n, 1);
    assert_int_equal(track.detections.items[0].kind, OVF_DETECTION_SIGHT);
    assert_int_equal(track.detections.items[0].first, 35);
    assert_int_equal(track.detections.items[0].last, 39);
    assert_near((double)track.detections.items[0].value, 605.8, 0.2);
    assert_near((double)track.detections.items[0].limit, 604.9, 0.1);
}

static void lower_is_seen_less_far(void **state)
{
    (void)state;
    fly(300, 40, OVF_FIX_DIRECT, 32808);
    assert_int_equal(grade(), 0);
    fly(300, 40, OVF_FIX_DIRECT, 3281); /* 1,000 m: 130.3 + 92.1 km and a fifth: 266.9 */
    assert_int_equal(grade(), 40);
    fly(200, 20, OVF_FIX_DIRECT, 3281);
    assert_int_equal(grade(), 0);
}

/* What is not known counts as 15 km: 504.6 + 92.1 km and a fifth, 716.1. */
static void an_unknown_altitude_is_a_high_one(void **state)
{
    (void)state;
    fly(660, 20, OVF_FIX_DIRECT, 0);
    assert_int_equal(grade(), 20);
    for (size_t i = 0; i < track.fixes.n; i++)
        track.fixes.items[i].has &= (uint16_t)~OVF_FIX_ALT_BARO;
    assert_int_equal(grade(), 0);
}

/* A low geometric altitude, of a false position, does not make it so. */
static void the_higher_altitude_counts(void **state)
{
    (void)state;
    fly(300, 40, OVF_FIX_DIRECT, 32808);
    for (size_t i = 0; i < track.fixes.n; i++)
        track.fixes.items[i].has |= OVF_FIX_ALT_GEOM;
    assert_int_equal(grade(), 0);
}

static void who_was_heard_by_others_may_be_anywhere(void **state)
{
    (void)state;
    fly(2000, 40, 0, 32808);
    assert_int_equal(grade(), 0);
}

static void without_a_stated_place_nothing_is_out_of_sight(void **state)
{
    (void)state;
    config.receivers = NULL;
    fly(2000, 40, OVF_FIX_DIRECT, 32808);
    assert_int_equal(grade(), 0);
}

/* By turns one where config has it and one that is 10 km north of the first position: of that all of them are in
 * sight. */
static void each_is_held_against_the_place_of_the_one_that_heard_it(void **state)
{
    (void)state;
    uint16_t near;
    uint16_t nowhere;
    struct ovf_receivers several = {.n = 0};
    const struct ovf_receiver_place there = {
        .at = {300000000 + (int32_t)(532 * E7_PER_KM), 450000000}};
    ovf_receivers_tell_own(&several, &place);
    assert_int_equal(ovf_receivers_tell(&several, 7, &there), OVF_OK);
    assert_int_equal(ovf_receivers_number(&several, 7, &near), OVF_OK);
    assert_int_equal(ovf_receivers_number(&several, 8, &nowhere), OVF_OK);
    config.receivers = &several;
    fly(522, 40, OVF_FIX_DIRECT, 32808);
    for (size_t i = 0; i < 40; i++)
        track.fixes.items[i].receiver = near;
    assert_int_equal(grade(), 0);
    for (size_t i = 0; i < 40; i++)
        track.fixes.items[i].receiver = nowhere;
    assert_int_equal(grade(), 0);
    for (size_t i = 0; i < 40; i += 2)
        track.fixes.items[i].receiver = near;
    for (size_t i = 1; i < 40; i += 2)
        track.fixes.items[i].receiver = 0;
    assert_int_equal(grade(), 5 + 6);
    assert_int_equal(track.detections.n, 1);
    assert_int_equal(track.detections.items[0].first, 35);
    assert_int_equal(track.detections.items[0].last, 39);
    ovf_receivers_deinit(&several);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, clear)
    const struct CMUnitTest tests[] = {
        CASE(what_is_beyond_the_line_of_sight_is_suspect),
        CASE(lower_is_seen_less_far),
        CASE(an_unknown_altitude_is_a_high_one),
        CASE(the_higher_altitude_counts),
        CASE(who_was_heard_by_others_may_be_anywhere),
        CASE(without_a_stated_place_nothing_is_out_of_sight),
        CASE(each_is_held_against_the_place_of_the_one_that_heard_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
