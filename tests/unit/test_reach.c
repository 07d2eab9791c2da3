/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts on gaps. Expected lengths are PROJ's geodesics by way of the corners of boxes; bounds may be
 * short of them by what their derivations allow, never longer. */
#include "geo_fixture.h"

#include "reach/frame.h"
#include "reach/prism.h"

#define KT_KMH 1.852

static struct ovf_anchor anchor(double t_s, double lat_deg, double lon_deg)
{
    return (struct ovf_anchor){.t_ns = llround(t_s * 1e9), .at = point_deg(lat_deg, lon_deg)};
}

static struct ovf_speed_limits limits_kt(double hard_kt)
{
    return (struct ovf_speed_limits){.hard_kt = hard_kt, .usual_kt = OVF_USUAL_SPEED_KT};
}

static struct ovf_region region_of(const struct fixture *f, uint64_t owners)
{
    return (struct ovf_region){&f->index, {{owners}}, 500, false};
}

static struct ovf_verdict judge(const struct fixture *f, uint64_t owners, struct ovf_anchor from,
                                struct ovf_anchor to, double hard_kt)
{
    struct ovf_reach reach = {0};
    struct ovf_verdict verdict;
    const struct ovf_region region = region_of(f, owners);
    const struct ovf_speed_limits limits = limits_kt(hard_kt);
    assert_int_equal(ovf_reach_judge(&reach, &region, &from, &to, &limits, &verdict, NULL), OVF_OK);
    ovf_reach_deinit(&reach);
    return verdict;
}

static double kt_of(double length_m, double time_s)
{
    return length_m / time_s * 3600 / 1852;
}

/** 10 N to 10 S, 20 to 24 E. */
static void box_on_the_equator(struct fixture *f)
{
    fixture_begin(f);
    fixture_box(f, 0, -10, 20, 10, 24);
    fixture_finish(f);
}

static double round_the_northern_corners_m(void)
{
    return geodesic_m(8, 18, 10, 20) + geodesic_m(10, 20, 10, 24) + geodesic_m(10, 24, 8, 26);
}

static void staying_out_of_a_box_takes_the_way_round_its_corners(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    const double time_s = 3600;
    const struct ovf_verdict v = judge(&f, 1, anchor(0, 8, 18), anchor(time_s, 8, 26), 720);
    const double want_kt = kt_of(round_the_northern_corners_m(), time_s);
    assert_true(v.avoidance_kt < want_kt);
    /* 0.1 % for the scale, some kilometres for what is cut off at two corners. */
    assert_near(v.avoidance_kt, want_kt, 0.01 * want_kt);
    assert_near(v.direct_kt, kt_of(geodesic_m(8, 18, 8, 26), time_s), 0.001 * v.direct_kt);
    assert_false(v.is_open);
    fixture_end(&f);
}

static void the_class_follows_from_the_time_that_the_way_round_takes(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    const double way_m = round_the_northern_corners_m();
    const double direct_m = geodesic_m(8, 18, 8, 26);
    const double mps = 1852 / 3600.0;
    const struct ovf_anchor from = anchor(0, 8, 18);
    const struct {
        double time_s;
        enum ovf_class class;
    } rows[] = {
        {1.01 * way_m / (600 * mps), OVF_CLASS_POSSIBLE},
        {0.98 * way_m / (600 * mps), OVF_CLASS_NEAR_CERTAIN},
        {1.01 * way_m / (720 * mps), OVF_CLASS_NEAR_CERTAIN},
        {0.98 * way_m / (720 * mps), OVF_CLASS_NECESSARY},
        {1.01 * direct_m / (720 * mps), OVF_CLASS_NECESSARY},
        {0.99 * direct_m / (720 * mps), OVF_CLASS_INCONSISTENT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ovf_verdict v = judge(&f, 1, from, anchor(rows[i].time_s, 8, 26), 720);
        assert_int_equal(v.class, rows[i].class);
    }
    fixture_end(&f);
}

static void what_could_not_be_reached_and_back_is_impossible(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    /* Along the meridian of 19 E, a degree west of the box: to its side and back. */
    const double by_m = 2 * geodesic_m(-3, 19, 0, 20);
    const double fast_s = by_m / (720 * 1852 / 3600.0);
    assert_int_equal(judge(&f, 1, anchor(0, -3, 19), anchor(0.99 * fast_s, 3, 19), 720).class,
                     OVF_CLASS_IMPOSSIBLE);
    assert_int_equal(judge(&f, 1, anchor(0, -3, 19), anchor(1.01 * fast_s, 3, 19), 720).class,
                     OVF_CLASS_POSSIBLE);
    fixture_end(&f);
}

static void the_boundary_of_another_on_the_way_does_not_count(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_box(&f, 0, -10, 20, 10, 24);
    fixture_box(&f, 1, 40, 20, 42, 24);
    fixture_finish(&f);
    assert_int_equal(judge(&f, 1, anchor(0, 0, 18), anchor(3600, 0, 25), 720).class,
                     OVF_CLASS_NECESSARY);
    assert_int_equal(judge(&f, 2, anchor(0, 0, 18), anchor(3600, 0, 25), 720).class,
                     OVF_CLASS_IMPOSSIBLE);
    fixture_end(&f);
}

static void entry_and_exit_are_bounded_by_the_way_to_the_boundary(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    const struct ovf_verdict v = judge(&f, 1, anchor(0, 0, 18), anchor(3600, 0, 25), 720);
    const double mps = 720 * 1852 / 3600.0;
    const double entry_s = (geodesic_m(0, 18, 0, 20) - 500) / mps;
    const double exit_s = 3600 - (geodesic_m(0, 24, 0, 25) - 500) / mps;
    assert_true((double)v.entry_ns <= entry_s * 1e9);
    assert_near((double)v.entry_ns, entry_s * 1e9, 3e9);
    assert_true((double)v.exit_ns >= exit_s * 1e9);
    assert_near((double)v.exit_ns, exit_s * 1e9, 3e9);
    fixture_end(&f);
}

static void a_radius_shortens_the_way_by_itself_at_both_ends(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    struct ovf_anchor from = anchor(0, 8, 18);
    struct ovf_anchor to = anchor(3600, 8, 26);
    const struct ovf_verdict exact = judge(&f, 1, from, to, 720);
    from.radius_m = 10e3;
    to.radius_m = 20e3;
    const struct ovf_verdict wide = judge(&f, 1, from, to, 720);
    assert_near(exact.avoidance_kt - wide.avoidance_kt, kt_of(30e3, 3600), 0.5);
    fixture_end(&f);
}

static void where_a_disc_reaches_over_a_wall_the_wall_does_not_count(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_box(&f, 0, -10, 20, 10, 20.2); /* 22 km thick */
    fixture_finish(&f);
    struct ovf_anchor from = anchor(0, 0, 19.9);
    const struct ovf_anchor to = anchor(1800, 0, 22);
    assert_int_equal(judge(&f, 1, from, to, 720).class, OVF_CLASS_NECESSARY);
    from.radius_m = 60e3; /* it may have been behind the wall already */
    assert_int_equal(judge(&f, 1, from, to, 720).class, OVF_CLASS_POSSIBLE);
    fixture_end(&f);
}

static void who_is_inside_at_one_end_was_inside(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    const struct ovf_verdict v = judge(&f, 1, anchor(0, 0, 22), anchor(36000, 0, 30), 720);
    assert_int_equal(v.class, OVF_CLASS_NECESSARY);
    assert_true(v.is_open);
    fixture_end(&f);
}

static void an_enclave_cannot_be_left_without_crossing_what_surrounds_it(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_box(&f, 0, -5, 20, 5, 30);
    fixture_box(&f, 0, -1, 24, 1, 26); /* a hole */
    fixture_finish(&f);
    const struct ovf_anchor to = anchor(3 * 86400, 40, 60); /* there is time for any way */
    const struct ovf_verdict v = judge(&f, 1, anchor(0, 0, 25), to, 720);
    assert_int_equal(v.class, OVF_CLASS_NECESSARY);
    assert_true(isinf(v.avoidance_kt));
    assert_int_equal(judge(&f, 1, anchor(0, 0, 15), to, 720).class, OVF_CLASS_POSSIBLE);
    fixture_end(&f);
}

static void a_boundary_between_two_states_of_a_union_is_none(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    /* Two halves of the box, parted along the equator. */
    RING(&f, 0, 0, 20, 0, 24, 10, 24, 10, 20);
    RING(&f, 1, -10, 20, -10, 24, 0, 24, 0, 20);
    fixture_finish(&f);
    const struct ovf_anchor from = anchor(0, 2, 19);
    const struct ovf_anchor to = anchor(3300, 2, 25);
    assert_int_equal(judge(&f, 1, from, to, 720).class, OVF_CLASS_POSSIBLE);
    assert_int_equal(judge(&f, 2, from, to, 720).class, OVF_CLASS_POSSIBLE);
    assert_int_equal(judge(&f, 3, from, to, 720).class, OVF_CLASS_NECESSARY);
    struct fixture whole;
    box_on_the_equator(&whole);
    assert_near(judge(&f, 3, from, to, 720).avoidance_kt,
                judge(&whole, 1, from, to, 720).avoidance_kt, 0.1);
    fixture_end(&whole);
    fixture_end(&f);
}

static void boxes_over_the_antimeridian_are_like_others(void **state)
{
    (void)state;
    struct fixture f;
    struct fixture turned;
    box_on_the_equator(&f);
    fixture_begin(&turned);
    RING(&turned, 0, -10, 178, -10, -178, 10, -178, 10, 178);
    fixture_finish(&turned);
    const struct ovf_verdict a = judge(&f, 1, anchor(0, 8, 18), anchor(3600, 8, 26), 720);
    const struct ovf_verdict b = judge(&turned, 1, anchor(0, 8, 176), anchor(3600, 8, -176), 720);
    assert_near(a.avoidance_kt, b.avoidance_kt, 0.01);
    fixture_end(&f);
    fixture_end(&turned);
}

static void an_airspace_over_a_pole_is_gone_round(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_point cap[360];
    fixture_begin(&f);
    for (int i = 0; i < 360; i++)
        cap[i] = point_deg(80, i - 180);
    fixture_ring_points(&f, 0, cap, 360);
    fixture_finish(&f);
    /* Over the pole is 20 degrees of a meridian; round the cap, half the parallel of 80 and a bit. */
    const struct ovf_verdict v = judge(&f, 1, anchor(0, 79, 0), anchor(7200, 79, -180), 720);
    double parallel_m = 0;
    for (int i = 0; i < 180; i++)
        parallel_m += geodesic_m(80, i, 80, i + 1);
    assert_true(v.avoidance_kt < kt_of(parallel_m + 2 * geodesic_m(79, 0, 80, 0), 7200));
    assert_true(v.avoidance_kt > kt_of(0.97 * parallel_m, 7200));
    assert_near(v.direct_kt, kt_of(2 * geodesic_m(79, 0, 90, 0), 7200), 1);
    fixture_end(&f);
}

static void what_is_larger_than_a_hemisphere_leaves_only_what_it_leaves_free(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_point ring[363];
    fixture_begin(&f);
    for (int i = 0; i <= 360; i++)
        ring[i] = point_deg(-40, i - 180);
    ring[361] = point_deg(90, -180);
    ring[362] = point_deg(-40, -180);
    fixture_ring_points(&f, 0, ring, 362);
    fixture_finish(&f);
    assert_int_equal(mask_at(&f, 60, 100), 1);
    assert_int_equal(mask_at(&f, -60, 100), 0);
    /* Over the south pole, which is free, and over the boundary to nowhere else. */
    const struct ovf_verdict v = judge(&f, 1, anchor(0, -50, 0), anchor(36000, -50, 179), 720);
    assert_int_equal(v.class, OVF_CLASS_POSSIBLE);
    assert_near(v.avoidance_kt, v.direct_kt, 1e-9);
    const struct ovf_verdict across = judge(&f, 1, anchor(0, -50, 0), anchor(36000, 0, 0), 720);
    assert_int_equal(across.class, OVF_CLASS_NECESSARY);
    assert_true(isinf(across.avoidance_kt));
    fixture_end(&f);
}

static void a_direct_way_beyond_the_usual_speed_makes_nothing_near_certain(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    const double direct_m = geodesic_m(9.9, 19, 9.9, 25);
    const struct ovf_verdict v =
        judge(&f, 1, anchor(0, 9.9, 19), anchor(direct_m / (650 * 1852 / 3600.0), 9.9, 25), 720);
    assert_int_equal(v.class, OVF_CLASS_POSSIBLE);
    assert_true(v.avoidance_kt > 600);
    fixture_end(&f);
}

/* 610 kt straight on and some 690 round two corners: radii of 10 km bring both down by some 20 kt. */
static void nor_do_radii_that_bring_it_down_to_the_usual_speed(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    struct ovf_anchor from = anchor(0, 9, 19);
    struct ovf_anchor to = anchor(geodesic_m(9, 19, 9, 25) / (610 * 1852 / 3600.0), 9, 25);
    for (int i = 0; i < 2; i++) {
        const struct ovf_verdict v = judge(&f, 1, from, to, 720);
        assert_true(v.avoidance_kt > 650 && v.avoidance_kt < 720);
        assert_true(i == 0 ? v.direct_kt > 600 : v.direct_kt < 600);
        assert_int_equal(v.class, OVF_CLASS_POSSIBLE);
        from.radius_m = to.radius_m = 10e3;
    }
    fixture_end(&f);
}

static void equal_places_and_places_on_the_boundary_have_an_answer(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    const struct ovf_anchor places[] = {anchor(0, 10, 20), anchor(0, 0, 20), anchor(0, 0, 19.999)};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct ovf_anchor to = places[i];
        to.t_ns = 600 * S_NS;
        const struct ovf_verdict v = judge(&f, 1, places[i], to, 720);
        assert_int_equal(v.class, OVF_CLASS_POSSIBLE);
        assert_near(v.avoidance_kt, 0, 0.01);
    }
    fixture_end(&f);
}

static void what_is_no_question_is_refused(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_reach reach = {0};
    struct ovf_verdict verdict = {.hard_kt = 1};
    struct ovf_error err;
    box_on_the_equator(&f);
    const struct ovf_region region = region_of(&f, 1);
    const struct ovf_anchor from = anchor(100, 0, 18);
    const struct {
        double t_s;
        double radius_m;
        struct ovf_speed_limits limits;
    } rows[] = {
        {100, 0, {720, 600, 2, false}},  {99, 0, {720, 600, 2, false}},
        {200, 0, {0, 600, 2, false}},    {200, 0, {720, -600, 2, false}},
        {200, 0, {NAN, 600, 2, false}},  {200, 0, {720, INFINITY, 2, false}},
        {200, -1, {720, 600, 2, false}}, {200, NAN, {720, 600, 2, false}},
        {200, 0, {720, 600, -2, false}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ovf_anchor to = anchor(rows[i].t_s, 0, 18.1);
        to.radius_m = rows[i].radius_m;
        err.text[0] = '\0';
        assert_int_equal(
            ovf_reach_judge(&reach, &region, &from, &to, &rows[i].limits, &verdict, &err),
            OVF_E_RANGE);
        assert_true(err.text[0] != '\0');
        assert_near(verdict.hard_kt, 1, 0);
    }
    ovf_reach_deinit(&reach);
    fixture_end(&f);
}

static void what_may_fly_faster_than_the_limit_is_never_necessary(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_reach reach = {0};
    struct ovf_verdict verdict;
    box_on_the_equator(&f);
    const struct ovf_region region = region_of(&f, 1);
    const struct ovf_anchor from = anchor(0, 0, 19.5);
    const struct ovf_anchor to = anchor(1830, 0, 24.5);
    const struct ovf_speed_limits limits = {720, 600, 2, true};
    assert_int_equal(ovf_reach_judge(&reach, &region, &from, &to, &limits, &verdict, NULL), OVF_OK);
    assert_int_equal(verdict.class, OVF_CLASS_NEAR_CERTAIN);
    /* Faster than usual even on the straight way: no more is usual round about. */
    verdict.direct_kt = 700;
    assert_int_equal(ovf_verdict_class(&verdict, true), OVF_CLASS_POSSIBLE);
    assert_true(verdict.avoidance_kt > 720);
    ovf_reach_deinit(&reach);
    fixture_end(&f);
}

/** Arms of 20 to 21 E and 23 to 24 E from the equator's 1 S, joined by a bar from 9 to 10 N. */
static void staying_in_takes_the_way_round_by_the_inner_corners(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_reach reach = {0};
    struct ovf_verdict v;
    const double time_s = 3600;
    const struct ovf_anchor from = anchor(0, 0, 20.5);
    const struct ovf_anchor to = anchor(time_s, 0, 23.5);
    const struct ovf_speed_limits limits = limits_kt(1000);
    struct ovf_region region;
    fixture_begin(&f);
    RING(&f, 0, -1, 20, -1, 21, 9, 21, 9, 23, -1, 23, -1, 24, 10, 24, 10, 20);
    fixture_box(&f, 1, -1, 30, 10, 31); /* an island: no way inside leads there */
    fixture_finish(&f);
    region = region_of(&f, 1);
    region.is_outside = true;
    assert_int_equal(ovf_reach_judge(&reach, &region, &from, &to, &limits, &v, NULL), OVF_OK);
    const double want_kt = kt_of(2 * geodesic_m(0, 20.5, 9, 21) + geodesic_m(9, 21, 9, 23), time_s);
    assert_true(v.avoidance_kt < want_kt);
    assert_near(v.avoidance_kt, want_kt, 0.01 * want_kt);
    assert_int_equal(v.class, OVF_CLASS_NECESSARY);
    const struct ovf_anchor near = anchor(time_s, 8, 20.5);
    assert_int_equal(ovf_reach_judge(&reach, &region, &from, &near, &limits, &v, NULL), OVF_OK);
    assert_int_equal(v.class, OVF_CLASS_POSSIBLE);
    assert_near(v.avoidance_kt, v.direct_kt, 0);
    region.owners = (struct ovf_members){{3}};
    const struct ovf_anchor island = anchor(time_s, 4, 30.5);
    assert_int_equal(ovf_reach_judge(&reach, &region, &from, &island, &limits, &v, NULL), OVF_OK);
    assert_int_equal(v.class, OVF_CLASS_NECESSARY);
    ovf_reach_deinit(&reach);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(staying_out_of_a_box_takes_the_way_round_its_corners),
        cmocka_unit_test(the_class_follows_from_the_time_that_the_way_round_takes),
        cmocka_unit_test(what_could_not_be_reached_and_back_is_impossible),
        cmocka_unit_test(the_boundary_of_another_on_the_way_does_not_count),
        cmocka_unit_test(entry_and_exit_are_bounded_by_the_way_to_the_boundary),
        cmocka_unit_test(a_radius_shortens_the_way_by_itself_at_both_ends),
        cmocka_unit_test(where_a_disc_reaches_over_a_wall_the_wall_does_not_count),
        cmocka_unit_test(who_is_inside_at_one_end_was_inside),
        cmocka_unit_test(an_enclave_cannot_be_left_without_crossing_what_surrounds_it),
        cmocka_unit_test(a_boundary_between_two_states_of_a_union_is_none),
        cmocka_unit_test(boxes_over_the_antimeridian_are_like_others),
        cmocka_unit_test(an_airspace_over_a_pole_is_gone_round),
        cmocka_unit_test(what_is_larger_than_a_hemisphere_leaves_only_what_it_leaves_free),
        cmocka_unit_test(a_direct_way_beyond_the_usual_speed_makes_nothing_near_certain),
        cmocka_unit_test(nor_do_radii_that_bring_it_down_to_the_usual_speed),
        cmocka_unit_test(equal_places_and_places_on_the_boundary_have_an_answer),
        cmocka_unit_test(what_is_no_question_is_refused),
        cmocka_unit_test(what_may_fly_faster_than_the_limit_is_never_necessary),
        cmocka_unit_test(staying_in_takes_the_way_round_by_the_inner_corners),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
