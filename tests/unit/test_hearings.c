/* SPDX-License-Identifier: Apache-2.0 */
/* Which hearings of a track count. A receiver at 0 N 0 E; distances along the equator, 111,319 m to the degree. */
#include "test.h"

#include "base/time.h"
#include "engine/hearings.h"
#include "track/sight.h"

enum { FAR_E7 = 120000000 }; /* 1,336 km: beyond every disc */

static const struct ovf_speed_limits limits = {720, 600, 0, false};

static struct ovf_fix fix_at(int64_t minutes, int32_t lon_e7, enum ovf_grade grade)
{
    return (struct ovf_fix){.t_ns = minutes * 60 * OVF_NS_PER_S,
                            .at = {0, lon_e7},
                            .alt_baro_ft = 35000,
                            .has = OVF_FIX_ALT_BARO,
                            .source = OVF_SOURCE_ADSB,
                            .flags = OVF_FIX_DIRECT,
                            .grade = (uint8_t)grade};
}

static struct ovf_fix hearing_at(int64_t minutes)
{
    struct ovf_fix fix = fix_at(minutes, 0, OVF_GRADE_A);
    fix.flags = OVF_FIX_HEARING;
    return fix;
}

/** How many hearings count. */
static size_t n_found(struct ovf_fix *fixes, size_t n_fixes, struct ovf_fix *heard, size_t n_heard,
                      struct ovf_speed_limits of)
{
    struct ovf_detect_config config = ovf_detect_defaults;
    struct ovf_track track = {.fixes = {.items = fixes, .n = n_fixes},
                              .hearings = {.items = heard, .n = n_heard}};
    struct ovf_hearings out = {.items = NULL};
    const struct ovf_receiver_place place = {.has_height = false};
    struct ovf_receivers receivers = {.n = 0};
    ovf_receivers_tell_own(&receivers, &place);
    config.receivers = &receivers;
    assert_int_equal(ovf_hearings_find(&track, 0, n_fixes - 1, &config, &of, &out), OVF_OK);
    const size_t n = out.n;
    ovf_hearings_deinit(&out);
    return n;
}

static void the_horizon_is_that_of_the_formula(void **state)
{
    (void)state;
    struct ovf_detect_config config = ovf_detect_defaults;
    config.sight_share = 0;
    const struct ovf_receiver_place mast = {.has_height = true, .height_m = 10};
    assert_near(ovf_sight_m(&config, &mast, 35000 * OVF_M_PER_FT), 438.6e3, 100);
}

static void hearings_that_fit_the_believed_fixes_count(void **state)
{
    (void)state;
    struct ovf_fix fixes[] = {fix_at(0, -30000000, OVF_GRADE_A), fix_at(40, 30000000, OVF_GRADE_A)};
    struct ovf_fix heard[] = {hearing_at(10), hearing_at(30), hearing_at(35)};
    assert_int_equal(n_found(fixes, 2, heard, 3, limits), 3);
    const struct ovf_speed_limits any_speed = {720, 600, 0, true};
    assert_int_equal(n_found(fixes, 2, heard, 3, any_speed), 0);
}

static void those_beyond_the_fixes_count_for_sixteen_hours_and_up_to_the_next(void **state)
{
    (void)state;
    struct ovf_fix fixes[] = {fix_at(0, -30000000, OVF_GRADE_A), fix_at(40, 30000000, OVF_GRADE_A),
                              fix_at(70, 30000000, OVF_GRADE_A)};
    struct ovf_fix heard[] = {hearing_at(-961), hearing_at(-1), hearing_at(0),    hearing_at(40),
                              hearing_at(41),   hearing_at(71), hearing_at(1000), hearing_at(1001)};
    assert_int_equal(n_found(fixes, 2, heard, 8, limits), 6);
    struct ovf_detect_config config = ovf_detect_defaults;
    struct ovf_track track = {.fixes = {.items = fixes, .n = 3},
                              .hearings = {.items = heard, .n = 8}};
    struct ovf_hearings out = {.items = NULL};
    const struct ovf_receiver_place place = {.has_height = false};
    struct ovf_receivers receivers = {.n = 0};
    ovf_receivers_tell_own(&receivers, &place);
    config.receivers = &receivers;
    assert_int_equal(ovf_hearings_find(&track, 0, 1, &config, &limits, &out), OVF_OK);
    assert_int_equal(out.n, 4); /* -1, 0, 40 and 41 min */
    ovf_hearings_deinit(&out);
}

/* 10 degrees are 1,113.2 km, less 113.2 km. */
static void beyond_a_place_the_disc_that_takes_the_fastest_way_counts(void **state)
{
    (void)state;
    const int64_t min_ns = 60 * OVF_NS_PER_S;
    struct ovf_anchor discs[] = {{-90 * min_ns, {0, 0}, 113200}, /* 360.0 kt: half of 720 */
                                 {-80 * min_ns, {0, 0}, 113200}, /* 405 kt */
                                 {-50 * min_ns, {0, 0}, 700000}, /* 268 kt: slower */
                                 {70 * min_ns, {0, 0}, 113200},  /* 463 kt */
                                 {72 * min_ns, {0, 0}, 113200}};
    const struct ovf_hearings heard = {.items = discs, .n = 5};
    const struct ovf_anchor at = {0, {0, 100000000}, 0};
    assert_ptr_equal(ovf_hearings_beyond(&heard, &at, INT64_MAX, &limits), &discs[3]);
    assert_ptr_equal(ovf_hearings_beyond(&heard, &at, INT64_MIN, &limits), &discs[1]);
    assert_null(ovf_hearings_beyond(&heard, &at, 70 * min_ns, &limits));
    assert_null(ovf_hearings_beyond(&heard, &at, 0, &limits));
    assert_null(ovf_hearings_beyond(&heard, &at, -70 * min_ns, &limits));
    discs[1].t_ns = -91 * min_ns; /* too slow as well: it may have landed */
    assert_null(ovf_hearings_beyond(&heard, &at, INT64_MIN, &limits));
}

static void one_that_a_believed_fix_contradicts_takes_all_with_it(void **state)
{
    (void)state;
    /* From 12 degrees off to within 664 km: 672 km, which takes half an hour at 720 kt. */
    const struct {
        int64_t far_minutes;
        size_t n;
    } cases[] = {{-10, 0}, {20, 0}, {30, 0}, {49, 0}, {-40, 2}, {70, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_fix fixes[] = {fix_at(-90, 0, OVF_GRADE_A),
                                  fix_at(cases[i].far_minutes, FAR_E7, OVF_GRADE_B),
                                  fix_at(120, 0, OVF_GRADE_A)};
        struct ovf_fix heard[] = {hearing_at(10), hearing_at(30)};
        assert_int_equal(n_found(fixes, 3, heard, 2, limits), cases[i].n);
        fixes[1].grade = OVF_GRADE_X;
        fixes[1].flags = 0;
        assert_int_equal(n_found(fixes, 3, heard, 2, limits), 2);
    }
}

static void a_position_that_is_not_believed_counts_where_frames_tell_who_sent_it(void **state)
{
    (void)state;
    struct ovf_fix fix = fix_at(0, FAR_E7, OVF_GRADE_X);
    assert_int_equal(n_found(&fix, 1, NULL, 0, limits), 1);
    fix.source = OVF_SOURCE_UNKNOWN; /* a line of SBS: it may be a ground station's */
    assert_int_equal(n_found(&fix, 1, NULL, 0, limits), 0);
    fix = fix_at(0, FAR_E7, OVF_GRADE_X);
    fix.flags = 0; /* a network's */
    assert_int_equal(n_found(&fix, 1, NULL, 0, limits), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_horizon_is_that_of_the_formula),
        cmocka_unit_test(hearings_that_fit_the_believed_fixes_count),
        cmocka_unit_test(those_beyond_the_fixes_count_for_sixteen_hours_and_up_to_the_next),
        cmocka_unit_test(beyond_a_place_the_disc_that_takes_the_fastest_way_counts),
        cmocka_unit_test(one_that_a_believed_fix_contradicts_takes_all_with_it),
        cmocka_unit_test(a_position_that_is_not_believed_counts_where_frames_tell_who_sent_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
