/* SPDX-License-Identifier: Apache-2.0 */
/* What was passed and not entered. On the equator a degree of longitude is 111,319.49 m (6,378,137 m pi / 180);
 * along a meridian from there it is 110,574 m. A box of 2 by 2 degrees, its south side half a degree north. */
#include "geo_fixture.h"

#include <math.h>

#include "base/time.h"
#include "engine/certificate.h"

static const double south_side_m = 55287.2; /* from the equator to 0.5 N: a meridian's arc */

struct leg {
    const struct fixture *map;
    struct ovf_reach reach;
    struct ovf_walk_options walk;
    struct ovf_speed_limits limits;
    struct ovf_certificate certificate;
};

static int make_map(void **state)
{
    static struct fixture map;
    fixture_begin(&map);
    fixture_box(&map, 0, 0.5, 20, 2.5, 22);
    fixture_box(&map, 1, 3, 20, 4, 22); /* 332 km north of the way */
    fixture_finish(&map);
    *state = &map;
    return 0;
}

static int drop_map(void **state)
{
    fixture_end(*state);
    return 0;
}

static void begin(struct leg *leg, void **state)
{
    *leg = (struct leg){.map = *state,
                        .walk = {.max_gap_ns = 60 * OVF_NS_PER_S},
                        .limits = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S, false}};
}

static void end(struct leg *leg)
{
    ovf_reach_deinit(&leg->reach);
}

static struct ovf_certificate_question question_of(const struct leg *leg,
                                                   const struct ovf_fix *fixes, size_t n)
{
    return (struct ovf_certificate_question){.index = leg->map->layer.index,
                                             .accuracy_m = 500,
                                             .limits = &leg->limits,
                                             .walk = &leg->walk,
                                             .fixes = fixes,
                                             .first = 0,
                                             .last = n - 1};
}

static bool is_certified(struct leg *leg, const struct ovf_fix *fixes, size_t n)
{
    const struct ovf_certificate_question question = question_of(leg, fixes, n);
    assert_int_equal(ovf_certificate_find(&question, 0, &leg->reach, &leg->certificate), OVF_OK);
    return leg->certificate.is_set;
}

/** Of what is no more than the true value, and at most \p short_m less. */
static void assert_bound(double got, double truth, double short_m)
{
    assert_true(got <= truth + 0.5);
    assert_true(got >= truth - short_m);
}

/** East along a parallel, a fix each 50 s and 0.1 degrees (432 kt). */
static size_t eastward(struct ovf_fix *fixes, double lat_deg, double from_deg, int n)
{
    for (int i = 0; i < n; i++)
        fixes[i] = fix_deg(50 * i, lat_deg, from_deg + 0.1 * i);
    return (size_t)n;
}

static void the_distance_kept_along_the_equator_is_the_arc_of_the_meridian(void **state)
{
    struct leg leg;
    struct ovf_fix fixes[41];
    begin(&leg, state);
    const size_t n = eastward(fixes, 0, 19, 41);
    assert_true(is_certified(&leg, fixes, n));
    assert_bound(leg.certificate.distance_m, south_side_m, 200);
    assert_false(leg.certificate.in_gap);
    assert_int_equal(leg.certificate.n_fixes, 41);
    assert_true(leg.certificate.at.lon_e7 > 199000000 && leg.certificate.at.lon_e7 < 221000000);
    end(&leg);
}

static void it_is_nearest_where_the_way_ends_before_the_box(void **state)
{
    struct leg leg;
    struct ovf_fix fixes[11];
    begin(&leg, state);
    /* up to 19.6 E at 1 N, west of the side at 20 E: 0.4 degrees of the parallel, 44,520.7 m by the radius
     * a cos(lat) / sqrt(1 - e2 sin2(lat)) = 6,377,173 m */
    const size_t n = eastward(fixes, 1, 18.6, 11);
    assert_true(is_certified(&leg, fixes, n));
    assert_bound(leg.certificate.distance_m, 44520.7, 200);
    assert_int_equal(leg.certificate.after, 10);
    assert_near(ovf_deg_from_e7(leg.certificate.at.lon_e7), 19.6, 0.01);
    end(&leg);
}

static void a_long_step_is_followed_between_its_fixes(void **state)
{
    struct leg leg;
    begin(&leg, state);
    leg.walk.max_gap_ns = 3600 * OVF_NS_PER_S;
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 15), fix_deg(3000, 0, 27)};
    assert_true(is_certified(&leg, fixes, 2));
    assert_bound(leg.certificate.distance_m, south_side_m, 200);
    /* below the box: from 5/12 to 7/12 of the way */
    assert_true(leg.certificate.t_ns > 1250 * OVF_NS_PER_S - 50 * OVF_NS_PER_S);
    assert_true(leg.certificate.t_ns < 1750 * OVF_NS_PER_S + 50 * OVF_NS_PER_S);
    end(&leg);
}

/** Nobody was seen inside in what the archive thinned out, but nobody would have been. In 300 s at 720 kt, 111.1 km,
 * who comes 66.8 km farther was at most 44.4 km beside the way; in 600 s 88.8 km, which is over the box's side. */
static void what_an_archive_thinned_out_is_judged_as_a_gap(void **state)
{
    struct leg leg;
    begin(&leg, state);
    leg.walk.decimation_ns = 900 * OVF_NS_PER_S;
    struct ovf_fix near[] = {fix_deg(0, 0, 20.7), fix_deg(300, 0, 21.3)};
    struct ovf_fix far[] = {fix_deg(0, 0, 20.4), fix_deg(600, 0, 21.6)};
    near[1].flags = far[1].flags = OVF_FIX_HEARD_SINCE;
    assert_true(ovf_walk_bridges(&leg.walk, far, 0, 1));
    assert_true(is_certified(&leg, near, 2));
    assert_true(leg.certificate.in_gap);
    assert_true(leg.certificate.distance_m < south_side_m - 40000);
    assert_false(is_certified(&leg, far, 2));
    end(&leg);
}

static void candidates_are_what_comes_near(void **state)
{
    struct leg leg;
    struct ovf_fix fixes[41];
    begin(&leg, state);
    const size_t n = eastward(fixes, 0, 19, 41);
    const struct ovf_certificate_question question = question_of(&leg, fixes, n);
    const struct ovf_members near = ovf_certificate_candidates(&question);
    assert_true(ovf_members_has(&near, 0));
    assert_false(ovf_members_has(&near, 1));
    end(&leg);
}

static void what_passes_farther_than_the_range_is_not_certified(void **state)
{
    struct leg leg;
    struct ovf_fix fixes[41];
    begin(&leg, state);
    size_t n = eastward(fixes, -0.33, 20, 21); /* 91.8 km */
    assert_true(is_certified(&leg, fixes, n));
    n = eastward(fixes, -0.36, 20, 21); /* 95.1 km: more than 50 NM */
    assert_false(is_certified(&leg, fixes, n));
    end(&leg);
}

static void a_way_within_the_accuracy_or_inside_is_not_certified(void **state)
{
    struct leg leg;
    struct ovf_fix fixes[41];
    begin(&leg, state);
    size_t n = eastward(fixes, 0.485, 20, 21); /* 1.66 km off; half a mile and 500 m are 1,426 m */
    assert_true(is_certified(&leg, fixes, n));
    fixes[10].radius_m = 1300;
    assert_false(is_certified(&leg, fixes, n));
    n = eastward(fixes, 0.488, 20, 21); /* 1.33 km off */
    assert_false(is_certified(&leg, fixes, n));
    n = eastward(fixes, 1.5, 20, 21); /* through */
    assert_false(is_certified(&leg, fixes, n));
    n = eastward(fixes, 1.5, 20.8, 5); /* wholly inside, 80 km from any side */
    assert_false(is_certified(&leg, fixes, n));
    end(&leg);
}

static void a_gap_leaves_half_of_what_the_way_by_the_boundary_is_longer(void **state)
{
    struct leg leg;
    struct ovf_fix fixes[11];
    begin(&leg, state);
    /* Towards the box along 1 N, with a gap of 120 s at its end: 720 kt for 124 s and two radii can be flown, and
     * by the side at 20 E it is 0.4 degrees from the end and 0.6 from before. */
    size_t n = eastward(fixes, 1, 18.6, 11);
    fixes[9].grade = fixes[10].grade = OVF_GRADE_X;
    fixes[10] = fix_deg(520, 1, 19.6);
    const double parallel_m = 111302.65; /* a degree of it: 6,377,173 m pi / 180 */
    const double flyable_m = 124 * 720 * 1852 / 3600.0 + 2 * (double)fixes[10].radius_m;
    fixes[8].t_ns = 400 * OVF_NS_PER_S;
    assert_true(is_certified(&leg, fixes, n));
    assert_true(leg.certificate.in_gap);
    assert_int_equal(leg.certificate.before, 8);
    assert_int_equal(leg.certificate.after, 10);
    assert_int_equal(leg.certificate.n_fixes, 10);
    assert_bound(leg.certificate.distance_m, (1.0 * parallel_m - flyable_m) / 2, 300);
    leg.limits.never_necessary = true; /* it may be faster */
    assert_false(is_certified(&leg, fixes, n));
    end(&leg);
}

static void a_gap_in_which_it_can_have_been_inside_leaves_nothing(void **state)
{
    struct leg leg;
    begin(&leg, state);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 20), fix_deg(50, 0, 20.1), fix_deg(450, 0, 20.9),
                                    fix_deg(500, 0, 21)};
    /* By the side at 0.5 N it is at least twice the root of 55.3^2 + 44.5^2 km = 142 km, and 450 s at 720 kt
     * are 167 km. */
    assert_false(is_certified(&leg, fixes, 4));
    leg.limits.hard_kt = 0;
    assert_false(is_certified(&leg, fixes, 4));
    end(&leg);
}

static void the_passage_spans_the_believed_fixes(void **state)
{
    struct leg leg;
    struct ovf_fix fixes[41];
    begin(&leg, state);
    const size_t n = eastward(fixes, 0, 19, 41);
    fixes[0].grade = OVF_GRADE_X;
    fixes[40].grade = OVF_GRADE_X;
    const struct ovf_certificate_question question = question_of(&leg, fixes, n);
    const struct ovf_passage passage = ovf_certificate_passage(&question, 0);
    assert_int_equal(passage.class, OVF_CLASS_IMPOSSIBLE);
    assert_int_equal(passage.entry.before, 1);
    assert_int_equal(passage.exit.after, 39);
    assert_true(isnan(ovf_passage_distance_m(&passage, fixes)));
    end(&leg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_distance_kept_along_the_equator_is_the_arc_of_the_meridian),
        cmocka_unit_test(it_is_nearest_where_the_way_ends_before_the_box),
        cmocka_unit_test(a_long_step_is_followed_between_its_fixes),
        cmocka_unit_test(what_an_archive_thinned_out_is_judged_as_a_gap),
        cmocka_unit_test(candidates_are_what_comes_near),
        cmocka_unit_test(what_passes_farther_than_the_range_is_not_certified),
        cmocka_unit_test(a_way_within_the_accuracy_or_inside_is_not_certified),
        cmocka_unit_test(a_gap_leaves_half_of_what_the_way_by_the_boundary_is_longer),
        cmocka_unit_test(a_gap_in_which_it_can_have_been_inside_leaves_nothing),
        cmocka_unit_test(the_passage_spans_the_believed_fixes),
    };
    return cmocka_run_group_tests(tests, make_map, drop_map);
}
