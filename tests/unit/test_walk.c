/* SPDX-License-Identifier: Apache-2.0 */
/* Walking legs. Equator and meridians are geodesics, so the answers there are exact: half the
 * longitude is half the time. Oblique crossings are compared with a bisection on PROJ's positions. */
#include "geo_fixture.h"

static void the_equator_is_crossed_at_exactly_half_time_at_180(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    fixture_begin(&f);
    RING(&f, 0, -10, 170, -10, -170, 10, -170, 10, 170);
    fixture_finish(&f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 165), fix_deg(600, 0, 175)};
    walk_fixes(&f.layer, fixes, 2, 600, &walk);
    assert_int_equal(walk.steps.n, 3);
    const struct ovf_step *entry = &walk.steps.items[1];
    assert_int_equal(entry->kind, OVF_STEP_CROSS);
    assert_int_equal(entry->t_ns, 300 * S_NS);
    assert_near(entry->lat_deg, 0, 1e-9);
    assert_near(entry->lon_deg, 170, 1e-9);
    assert_int_equal(entry->before, 0);
    assert_int_equal(entry->after, 1);
    assert_int_equal(walk.steps.items[0].members.words[0], 0);
    assert_int_equal(entry->members.words[0], 1);
    assert_int_equal(walk.steps.items[2].kind, OVF_STEP_END);
    assert_int_equal(walk.steps.items[2].members.words[0], 0);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

static void a_meridian_is_crossed_by_its_length(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    fixture_begin(&f);
    fixture_box(&f, 0, 40, 0, 50, 1);
    fixture_finish(&f);
    const struct ovf_fix fixes[] = {fix_deg(0, 39.5, 0.5), fix_deg(1000, 50.25, 0.5)};
    walk_fixes(&f.layer, fixes, 2, 1000, &walk);
    assert_int_equal(walk.steps.n, 4);
    const double whole = geodesic_m(39.5, .5, 50.25, .5);
    assert_near((double)walk.steps.items[1].t_ns, 1e12 * geodesic_m(39.5, .5, 40, .5) / whole, 2);
    assert_near((double)walk.steps.items[2].t_ns, 1e12 * geodesic_m(39.5, .5, 50, .5) / whole, 2);
    assert_near(walk.steps.items[2].lat_deg, 50, 1e-9);
    /* 7,800 km, over which lengths taken from one chord are kilometres off. */
    const struct ovf_fix far[] = {fix_deg(0, -25, .5), fix_deg(1000, 45, .5)};
    walk_fixes(&f.layer, far, 2, 1000, &walk);
    assert_int_equal(walk.steps.n, 3);
    assert_near((double)walk.steps.items[1].t_ns,
                1e12 * geodesic_m(-25, .5, 40, .5) / geodesic_m(-25, .5, 45, .5), 2);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

/** Fraction of the geodesic at which its longitude passes lon_deg (it is monotonic). */
static double bisect_longitude(struct ovf_point a, struct ovf_point b, double lon_deg)
{
    struct geod_geodesic g;
    struct geod_geodesicline line;
    double lo = 0;
    double hi = 1;
    geod_init(&g, OVF_WGS84_A_M, OVF_WGS84_F);
    geod_inverseline(&line, &g, a.lat_e7 / 1e7, a.lon_e7 / 1e7, b.lat_e7 / 1e7, b.lon_e7 / 1e7, 0);
    const bool east = ovf_lon_difference(a.lon_e7, b.lon_e7) > 0;
    for (int i = 0; i < 60; i++) {
        double lat;
        double lon;
        const double middle = (lo + hi) / 2;
        geod_position(&line, middle * line.s13, &lat, &lon, NULL);
        if ((remainder(lon - lon_deg, 360) < 0) == east)
            lo = middle;
        else
            hi = middle;
    }
    return lo;
}

static void oblique_crossings_of_a_meridian_agree_with_bisection(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    uint64_t seed = 51;
    int n_crossed = 0;
    fixture_begin(&f);
    fixture_box(&f, 0, -85, 13.5, 85, 100);
    fixture_finish(&f);
    for (int i = 0; i < (OVF_SANITIZED ? 200 : 2000); i++) {
        const struct ovf_point a =
            point_deg(random_in(&seed, -80, 80), 13.5 - random_in(&seed, 0.001, 3));
        /* Up to 1,000 km: also what a long maximum gap bridges. */
        const struct ovf_point b =
            point_beyond(a, random_in(&seed, 45, 135), random_in(&seed, 1e3, 1e6));
        const struct ovf_fix fixes[] = {fix_at(0, a), fix_at(1000, b)};
        if (llabs(b.lat_e7) > 840000000 || b.lon_e7 <= 135000000 || b.lon_e7 > 900000000)
            continue;
        n_crossed++;
        walk_fixes(&f.layer, fixes, 2, 1000, &walk);
        assert_int_equal(walk.steps.n, 3);
        const struct ovf_step *step = &walk.steps.items[1];
        const double length_m =
            geodesic_m(a.lat_e7 / 1e7, a.lon_e7 / 1e7, b.lat_e7 / 1e7, b.lon_e7 / 1e7);
        /* A micrometre along the line, a nanosecond of rounding. */
        assert_near((double)step->t_ns, 1e12 * bisect_longitude(a, b, 13.5),
                    1 + 1e12 * 1e-6 / length_m);
        assert_near(step->lon_deg, 13.5, 1e-10);
    }
    assert_true(n_crossed > (OVF_SANITIZED ? 80 : 800));
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

static void a_gap_is_not_bridged_and_decimation_is_added(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    const struct ovf_walk_options options = {.max_gap_ns = 60 * S_NS, .decimation_ns = 100 * S_NS};
    struct ovf_fix fixes[] = {fix_deg(0, 0.5, -1), fix_deg(60, 0.5, -.5), fix_deg(121, 0.5, .5),
                              fix_deg(281, 0.5, .7)};
    fixture_begin(&f);
    fixture_box(&f, 0, 0, 0, 1, 1);
    fixture_finish(&f);
    fixes[3].flags = OVF_FIX_HEARD_SINCE;
    assert_int_equal(ovf_walk_leg(&f.layer, fixes, 0, 3, &options, &walk), OVF_OK);
    assert_int_equal(walk.steps.n, 3);
    assert_int_equal(walk.steps.items[1].kind, OVF_STEP_GAP);
    assert_int_equal(walk.steps.items[1].before, 1);
    assert_int_equal(walk.steps.items[1].after, 2);
    assert_int_equal(walk.steps.items[1].members.words[0], 1);
    fixes[3].t_ns++;
    assert_int_equal(ovf_walk_leg(&f.layer, fixes, 0, 3, &options, &walk), OVF_OK);
    assert_int_equal(walk.steps.n, 4);
    assert_int_equal(walk.steps.items[2].stays.words[0], 1);
    struct ovf_walk_options of_two = options;
    of_two.never_stays = true;
    assert_int_equal(ovf_walk_leg(&f.layer, fixes, 0, 3, &of_two, &walk), OVF_OK);
    assert_int_equal(walk.steps.items[2].stays.words[0], 0);
    fixes[2].flags = OVF_FIX_HEARD_SINCE;
    assert_int_equal(ovf_walk_leg(&f.layer, fixes, 0, 3, &options, &walk), OVF_OK);
    assert_int_equal(walk.steps.items[1].kind, OVF_STEP_CROSS);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

/* In the middle of four degrees: the cells of the index that hold edges begin 1.75 degrees away, 193.5 km (WGS84,
 * along a meridian). There and back takes 1,045 s at 720 kt, 836 s at 900 kt. */
static void who_may_be_faster_could_have_left(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    struct ovf_walk_options options = {.max_gap_ns = 60 * S_NS};
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 0), fix_deg(950, 0, 0)};
    fixture_begin(&f);
    fixture_box(&f, 0, -2, -2, 2, 2);
    fixture_finish(&f);
    static const struct {
        double hard_kt;
        bool stays;
    } cases[] = {{0, true}, {630, true}, {720, true}, {900, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        options.hard_kt = cases[i].hard_kt;
        assert_int_equal(ovf_walk_leg(&f.layer, fixes, 0, 1, &options, &walk), OVF_OK);
        assert_int_equal(walk.steps.n, 3);
        assert_int_equal(walk.steps.items[1].kind, OVF_STEP_GAP);
        assert_int_equal(walk.steps.items[1].stays.words[0] == 1, cases[i].stays);
    }
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

static void suspect_fixes_are_passed_over(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    struct ovf_fix fixes[] = {fix_deg(0, 5, 5), fix_deg(20, 0.5, -.5), fix_deg(40, 50, 50),
                              fix_deg(60, 0.5, .5), fix_deg(70, 7, 7)};
    fixture_begin(&f);
    fixture_box(&f, 0, 0, 0, 1, 1);
    fixture_finish(&f);
    fixes[0].grade = fixes[2].grade = fixes[4].grade = OVF_GRADE_X;
    walk_fixes(&f.layer, fixes, 5, 60, &walk);
    assert_int_equal(walk.steps.n, 3);
    assert_int_equal(walk.steps.items[0].before, 1);
    assert_int_equal(walk.steps.items[1].t_ns, 40 * S_NS);
    assert_int_equal(walk.steps.items[2].before, 3);
    fixes[1].grade = fixes[3].grade = OVF_GRADE_X;
    walk_fixes(&f.layer, fixes, 5, 60, &walk);
    assert_int_equal(walk.steps.n, 0);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

static void a_common_corner_is_one_change(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    fixture_begin(&f);
    fixture_box(&f, 0, -1, -1, 0, 0);
    fixture_box(&f, 1, -1, 0, 0, 1);
    fixture_box(&f, 2, 0, -1, 1, 0);
    fixture_box(&f, 3, 0, 0, 1, 1);
    fixture_finish(&f);
    /* Through 0, 0 from south-west to north-east, and along the other diagonal, at odd times. */
    const struct ovf_fix up[] = {fix_deg(0, -.3, -.3), fix_deg(59.999999983, .3, .3)};
    walk_fixes(&f.layer, up, 2, 60, &walk);
    assert_int_equal(walk.steps.n, 3);
    assert_int_equal(walk.steps.items[0].members.words[0], 1);
    assert_int_equal(walk.steps.items[1].members.words[0], 8);
    const struct ovf_fix down[] = {fix_deg(0, .3, -.3), fix_deg(59.999999983, -.3, .3)};
    walk_fixes(&f.layer, down, 2, 60, &walk);
    assert_int_equal(walk.steps.items[0].members.words[0], 4);
    assert_int_equal(walk.steps.items[walk.steps.n - 2].members.words[0], 2);
    assert_int_equal(walk.steps.n, 3);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

static void a_track_along_a_border_stays_on_one_side(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    fixture_begin(&f);
    fixture_box(&f, 0, -1, -1, 0, 1);
    fixture_box(&f, 1, 0, -1, 1, 1);
    fixture_finish(&f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, -2), fix_deg(100, 0, 0), fix_deg(200, 0, 2)};
    walk_fixes(&f.layer, fixes, 3, 100, &walk);
    assert_int_equal(walk.steps.n, 4);
    assert_int_equal(walk.steps.items[1].members.words[0], 2); /* north of the parallel */
    assert_int_equal(walk.steps.items[1].t_ns, 50 * S_NS);
    assert_int_equal(walk.steps.items[2].t_ns, 150 * S_NS);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

static void a_flight_over_a_pole_is_inside_its_circle_for_the_time_that_it_takes(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    double ring[2 * 360];
    for (size_t i = 0; i < 360; i++) {
        ring[2 * i] = 89;
        ring[2 * i + 1] = -180 + (double)i;
    }
    fixture_begin(&f);
    fixture_ring(&f, 0, ring, 360);
    fixture_finish(&f);
    const struct ovf_fix fixes[] = {fix_deg(0, 88, 10), fix_deg(1000, 88, -170)};
    walk_fixes(&f.layer, fixes, 2, 1000, &walk);
    assert_int_equal(walk.steps.n, 4);
    const double share = geodesic_m(88, 10, 89, 10) / geodesic_m(88, 10, 88, -170);
    assert_near((double)walk.steps.items[1].t_ns, 1e12 * share, 10);
    assert_near((double)walk.steps.items[2].t_ns, 1e12 * (1 - share), 10);
    assert_int_equal(walk.steps.items[1].members.words[0], 1);
    assert_int_equal(walk.steps.items[2].members.words[0], 0);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

static void a_zone_is_climbed_through_between_its_limits(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    const struct ovf_limits limits[] = {{.owner = 1, .floor_ft = 10000, .ceiling_ft = 20000}};
    fixture_begin(&f);
    fixture_box(&f, 0, -5, -5, 5, 5);
    fixture_box(&f, 1, -5, -5, 5, 5);
    fixture_finish(&f);
    f.layer.limits = limits;
    f.layer.n_limits = 1;
    const struct ovf_fix fixes[] = {fix_alt(0, 0, 0, 5000), fix_alt(100, 0, .5, 25000),
                                    fix_alt(200, 0, 1, 15000)};
    walk_fixes(&f.layer, fixes, 3, 100, &walk);
    assert_int_equal(walk.steps.n, 5);
    assert_int_equal(walk.steps.items[0].members.words[0], 1);
    assert_int_equal(walk.steps.items[1].t_ns, 25 * S_NS);
    assert_int_equal(walk.steps.items[1].members.words[0], 3);
    assert_int_equal(walk.steps.items[2].t_ns, 75 * S_NS);
    assert_int_equal(walk.steps.items[2].members.words[0], 1);
    assert_int_equal(walk.steps.items[3].t_ns, 150 * S_NS);
    assert_int_equal(walk.steps.items[3].members.words[0], 3);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

/* An altitude that becomes unknown used to change the members without a step. */
static void an_unknown_altitude_is_doubtful_from_its_fix_on(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    const struct ovf_limits limits[] = {{.owner = 1, .floor_ft = INT32_MIN, .ceiling_ft = 20000}};
    fixture_begin(&f);
    fixture_box(&f, 1, -5, -5, 5, 5);
    fixture_finish(&f);
    f.layer.limits = limits;
    f.layer.n_limits = 1;
    const struct ovf_fix fixes[] = {fix_alt(0, 0, 0, 30000), fix_deg(50, 0, .2),
                                    fix_alt(100, 0, .4, 15000), fix_alt(150, 0, .6, 15000)};
    walk_fixes(&f.layer, fixes, 4, 100, &walk);
    assert_int_equal(walk.steps.n, 4);
    assert_int_equal(walk.steps.items[0].members.words[0], 0);
    assert_int_equal(walk.steps.items[1].t_ns, 50 * S_NS);
    assert_int_equal(walk.steps.items[1].members.words[0], 2);
    assert_int_equal(walk.steps.items[1].doubtful.words[0], 2);
    assert_int_equal(walk.steps.items[2].t_ns, 100 * S_NS);
    assert_int_equal(walk.steps.items[2].members.words[0], 2);
    assert_int_equal(walk.steps.items[2].doubtful.words[0], 0);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

static void fixes_at_one_time_or_one_place_are_walked(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_walk walk = {0};
    fixture_begin(&f);
    fixture_box(&f, 0, -5, -5, 5, 5);
    fixture_finish(&f);
    const struct ovf_fix same_time[] = {fix_deg(7, 0, -6), fix_deg(7, 0, 0), fix_deg(7, 0, 0),
                                        fix_deg(8, 0, 0)};
    walk_fixes(&f.layer, same_time, 4, 100, &walk);
    assert_int_equal(walk.steps.n, 3);
    assert_int_equal(walk.steps.items[1].t_ns, 7 * S_NS);
    assert_int_equal(walk.steps.items[1].members.words[0], 1);
    walk_fixes(&f.layer, same_time, 1, 100, &walk);
    assert_int_equal(walk.steps.n, 2);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_equator_is_crossed_at_exactly_half_time_at_180),
        cmocka_unit_test(a_meridian_is_crossed_by_its_length),
        cmocka_unit_test(oblique_crossings_of_a_meridian_agree_with_bisection),
        cmocka_unit_test(a_gap_is_not_bridged_and_decimation_is_added),
        cmocka_unit_test(who_may_be_faster_could_have_left),
        cmocka_unit_test(suspect_fixes_are_passed_over),
        cmocka_unit_test(a_common_corner_is_one_change),
        cmocka_unit_test(a_track_along_a_border_stays_on_one_side),
        cmocka_unit_test(a_flight_over_a_pole_is_inside_its_circle_for_the_time_that_it_takes),
        cmocka_unit_test(a_zone_is_climbed_through_between_its_limits),
        cmocka_unit_test(an_unknown_altitude_is_doubtful_from_its_fix_on),
        cmocka_unit_test(fixes_at_one_time_or_one_place_are_walked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
