/* SPDX-License-Identifier: Apache-2.0 */
/* Gaps with a disc between, and unions. Boxes and PROJ's geodesics by way of their corners. */
#include "geo_fixture.h"

#include "reach/chain.h"
#include "reach/unions.h"

static const struct ovf_speed_limits limits = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, 0, false};

static struct ovf_anchor disc(double t_s, double lat_deg, double lon_deg, double radius_m)
{
    return (struct ovf_anchor){llround(t_s * 1e9), point_deg(lat_deg, lon_deg), radius_m};
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

static struct ovf_verdict judge_by(const struct fixture *f, const struct ovf_anchor *discs,
                                   size_t n)
{
    struct ovf_reach reach = {0};
    struct ovf_verdict v;
    const struct ovf_region region = {&f->index, {{1}}, 500, false};
    const struct ovf_anchor from = disc(0, 8, 18, 0);
    const struct ovf_anchor to = disc(7200, 8, 26, 0);
    assert_int_equal(
        ovf_reach_judge_chain(&reach, &region, &from, &to, discs, n, &limits, &v, NULL), OVF_OK);
    ovf_reach_deinit(&reach);
    return v;
}

static void a_disc_inside_makes_it_necessary(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    assert_int_equal(judge_by(&f, NULL, 0).class, OVF_CLASS_POSSIBLE);
    const struct ovf_anchor inside = disc(3600, 8, 22, 150e3);
    const struct ovf_verdict v = judge_by(&f, &inside, 1);
    assert_int_equal(v.class, OVF_CLASS_NECESSARY);
    assert_true(v.is_open);
    fixture_end(&f);
}

static void a_disc_half_inside_counts_by_its_free_part(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    /* Its free part lies north of 10 N; from 21 E on, after a quarter of the time. */
    const struct ovf_anchor early = disc(1800, 10, 22, geodesic_m(10, 21, 10, 22));
    const double way_m = geodesic_m(8, 18, 10, 20) + geodesic_m(10, 20, 10, 21);
    const struct ovf_verdict v = judge_by(&f, &early, 1);
    assert_true(v.avoidance_kt <= kt_of(way_m, 1800));
    /* The kilometres of small boxes, and the corner, in half an hour. */
    assert_near(v.avoidance_kt, kt_of(way_m, 1800), kt_of(12e3, 1800));
    fixture_end(&f);
}

static void a_disc_that_holds_the_way_round_changes_nothing(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    const struct ovf_anchor wide = disc(3600, 8, 22, 1000e3);
    const double plain_kt = judge_by(&f, NULL, 0).avoidance_kt;
    assert_near(judge_by(&f, &wide, 1).avoidance_kt, plain_kt, 1e-9);
    fixture_end(&f);
}

static void of_two_discs_the_one_that_says_more_counts(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    const struct ovf_anchor discs[] = {disc(3000, 11, 20, 100e3), disc(4000, 8, 22, 100e3)};
    assert_int_equal(judge_by(&f, discs, 1).class, OVF_CLASS_POSSIBLE);
    assert_int_equal(judge_by(&f, discs, 2).class, OVF_CLASS_NECESSARY);
    fixture_end(&f);
}

/* Each reaches over an edge of the box; what they have in common, 61 km to the north and to the south of 8 N 21.5 E,
 * does not. */
static void of_two_discs_of_one_time_it_was_in_both(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    const struct ovf_anchor discs[] = {disc(3600, 8, 19.8, 200e3), disc(3600, 8, 24.2, 300e3)};
    const struct ovf_anchor turned[] = {discs[1], discs[0]};
    assert_int_equal(judge_by(&f, &discs[0], 1).class, OVF_CLASS_POSSIBLE);
    assert_int_equal(judge_by(&f, &discs[1], 1).class, OVF_CLASS_POSSIBLE);
    assert_int_equal(judge_by(&f, discs, 2).class, OVF_CLASS_NECESSARY);
    assert_int_equal(judge_by(&f, turned, 2).class, OVF_CLASS_NECESSARY);
    /* Both reach to 11 N, and over the edge: there is a way through both. */
    const struct ovf_anchor high[] = {disc(3600, 10, 21, 150e3), disc(3600, 10, 23, 150e3)};
    assert_int_equal(judge_by(&f, high, 2).class, OVF_CLASS_POSSIBLE);
    fixture_end(&f);
}

/* On either side of the box's middle, and 5,000 s between: each alone leaves time to go round by the corner. */
static void two_discs_tell_of_the_time_between_them(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_reach reach = {0};
    struct ovf_verdict v;
    box_on_the_equator(&f);
    const struct ovf_region region = {&f.index, {{1}}, 500, false};
    const struct ovf_anchor from = disc(0, 8, 18, 0);
    const struct ovf_anchor to = disc(15000, 8, 26, 0);
    const struct ovf_anchor discs[] = {disc(5000, 0, 19.5, 1e3), disc(10000, 0, 24.5, 1e3)};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(
            ovf_reach_judge_chain(&reach, &region, &from, &to, &discs[i], 1, &limits, &v, NULL),
            OVF_OK);
        assert_int_equal(v.class, OVF_CLASS_POSSIBLE);
    }
    assert_int_equal(
        ovf_reach_judge_chain(&reach, &region, &from, &to, discs, 2, &limits, &v, NULL), OVF_OK);
    assert_int_equal(v.class, OVF_CLASS_NECESSARY);
    const double way_m = 2 * geodesic_m(0, 19.5, 10, 20) + geodesic_m(10, 20, 10, 24);
    assert_true(v.avoidance_kt <= kt_of(way_m, 5000));
    /* Both radii, the corners, and 0.7 % of arcs near the equator. */
    assert_near(v.avoidance_kt, kt_of(way_m, 5000), kt_of(0.007 * way_m + 6e3, 5000));
    ovf_reach_deinit(&reach);
    fixture_end(&f);
}

static void a_disc_that_cannot_be_reached_is_inconsistent(void **state)
{
    (void)state;
    struct fixture f;
    box_on_the_equator(&f);
    const struct ovf_anchor far = disc(600, 40, 22, 100e3);
    assert_int_equal(judge_by(&f, &far, 1).class, OVF_CLASS_INCONSISTENT);
    fixture_end(&f);
}

static void a_disc_far_from_the_airspace_can_make_it_impossible(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_reach reach = {0};
    struct ovf_verdict v;
    box_on_the_equator(&f);
    const struct ovf_region region = {&f.index, {{1}}, 500, false};
    const struct ovf_anchor from = disc(0, 0, 18, 0);
    const struct ovf_anchor to = disc(3600, 1, 18, 0);
    /* 300 km beyond and back takes most of the hour; two degrees the other way cannot be flown too. */
    const struct ovf_anchor away = disc(1800, 0, 15.3, 1e3);
    assert_int_equal(ovf_reach_judge(&reach, &region, &from, &to, &limits, &v, NULL), OVF_OK);
    assert_int_equal(v.class, OVF_CLASS_POSSIBLE);
    assert_int_equal(
        ovf_reach_judge_chain(&reach, &region, &from, &to, &away, 1, &limits, &v, NULL), OVF_OK);
    assert_int_equal(v.class, OVF_CLASS_IMPOSSIBLE);
    ovf_reach_deinit(&reach);
    fixture_end(&f);
}

static void discs_out_of_time_are_refused(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_reach reach = {0};
    struct ovf_verdict v;
    struct ovf_error err;
    box_on_the_equator(&f);
    const struct ovf_region region = {&f.index, {{1}}, 500, false};
    const struct ovf_anchor from = disc(0, 0, 18, 0);
    const struct ovf_anchor to = disc(3600, 1, 18, 0);
    const struct ovf_anchor late = disc(3600, 0, 18, 1e3);
    assert_int_equal(
        ovf_reach_judge_chain(&reach, &region, &from, &to, &late, 1, &limits, &v, &err),
        OVF_E_RANGE);
    const struct ovf_anchor apart[] = {disc(1800, 0, 18, 100e3), disc(1800, 0, 20, 100e3)};
    assert_int_equal(
        ovf_reach_judge_chain(&reach, &region, &from, &to, apart, 2, &limits, &v, &err),
        OVF_E_RANGE);
    fixture_end(&f);
}

static void two_halves_are_a_union_and_what_is_with_them_is_none(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_reach reach = {0};
    struct ovf_unions unions = {0};
    struct ovf_members candidates;
    fixture_begin(&f);
    RING(&f, 0, 0, 20, 0, 24, 10, 24, 10, 20);
    RING(&f, 1, -10, 20, -10, 24, 0, 24, 0, 20);
    fixture_box(&f, 2, -2, 26, 2, 27);  /* behind, and easy to avoid */
    fixture_box(&f, 3, 40, 26, 42, 27); /* out of reach */
    fixture_finish(&f);
    const struct ovf_anchor from = disc(0, 2, 19, 0);
    const struct ovf_anchor to = disc(3300, 2, 25, 0);
    assert_int_equal(ovf_reach_candidates(&f.index, 500, &from, &to, &limits, &candidates, NULL),
                     OVF_OK);
    assert_int_equal(candidates.words[0], 7);
    const struct ovf_union_question question = {.index = &f.index,
                                                .accuracy_m = 500,
                                                .candidates = &candidates,
                                                .from = &from,
                                                .to = &to,
                                                .limits = &limits};
    assert_int_equal(ovf_reach_unions(&reach, &question, &unions, NULL), OVF_OK);
    assert_int_equal(unions.n, 1);
    assert_int_equal(unions.items[0].n, 2);
    assert_int_equal(unions.items[0].owners[0], 0);
    assert_int_equal(unions.items[0].owners[1], 1);
    assert_int_equal(unions.items[0].verdict.class, OVF_CLASS_NECESSARY);
    ovf_unions_deinit(&unions);
    ovf_reach_deinit(&reach);
    fixture_end(&f);
}

static bool is_necessary(struct ovf_reach *reach, const struct ovf_union_question *q,
                         unsigned owners)
{
    const struct ovf_region region = {q->index, {{owners}}, q->accuracy_m, false};
    struct ovf_verdict v;
    assert_int_equal(ovf_reach_judge_chain(reach, &region, q->from, q->to, q->discs, q->n_discs,
                                           q->limits, &v, NULL),
                     OVF_OK);
    return v.class == OVF_CLASS_NECESSARY;
}

static size_t size_of(unsigned set)
{
    size_t n = 0;
    for (; set != 0; set &= set - 1)
        n++;
    return n;
}

/** Whether \p set is certain, is of two or three, and no part of it is certain. */
static bool is_minimal(struct ovf_reach *reach, const struct ovf_union_question *q, unsigned set)
{
    if (size_of(set) < 2 || size_of(set) > OVF_UNION_MAX || !is_necessary(reach, q, set))
        return false;
    bool is = true;
    for (unsigned part = (set - 1) & set; part != 0 && is; part = (part - 1) & set)
        is = !is_necessary(reach, q, part);
    return is;
}

/** \return how many there are */
static size_t check_unions(struct ovf_reach *reach, const struct ovf_union_question *q,
                           struct ovf_unions *unions)
{
    size_t n = 0;
    assert_int_equal(ovf_reach_unions(reach, q, unions, NULL), OVF_OK);
    for (unsigned set = 1; set <= q->candidates->words[0]; set++)
        n += is_minimal(reach, q, set) ? 1 : 0;
    assert_int_equal(unions->n, n);
    for (size_t i = 0; i < unions->n; i++) {
        unsigned set = 0;
        for (size_t k = 0; k < unions->items[i].n; k++)
            set |= 1U << unions->items[i].owners[k];
        assert_true(is_minimal(reach, q, set));
        const struct ovf_any_of with = ovf_unions_with(unions, unions->items[i].owners[0]);
        assert_true(with.n > 0 && with.sets[0].n >= 2);
    }
    return n;
}

/* A wall of three pieces with another behind its south end: by the time that there is, two of it are a union, or
 * all three; or one, and the other, with a fourth. */
static void unions_are_those_that_trying_all_sets_finds(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_reach reach = {0};
    struct ovf_unions unions = {0};
    size_t n_found = 0;
    fixture_begin(&f);
    RING(&f, 0, 1, 20, 1, 23, 7, 23, 7, 20);
    RING(&f, 1, -1, 20, -1, 23, 1, 23, 1, 20);
    RING(&f, 2, -4, 20, -4, 23, -1, 23, -1, 20);
    fixture_box(&f, 3, -9, 23.2, -3, 25);
    fixture_finish(&f);
    for (int t_s = 2000; t_s <= 4400; t_s += OVF_SANITIZED ? 600 : 300) {
        const struct ovf_anchor from = disc(0, 0, 19, 0);
        const struct ovf_anchor to = disc(t_s, 0, 26, 0);
        const struct ovf_members candidates = {{15}};
        const struct ovf_union_question question = {.index = &f.index,
                                                    .accuracy_m = 500,
                                                    .candidates = &candidates,
                                                    .from = &from,
                                                    .to = &to,
                                                    .limits = &limits};
        n_found += check_unions(&reach, &question, &unions);
    }
    assert_true(n_found >= 2);
    ovf_unions_deinit(&unions);
    ovf_reach_deinit(&reach);
    fixture_end(&f);
}

/* With all the time in the world: heard in a disc on the border of two pieces it was in one of these, and at the edge
 * of the wall perhaps in none. */
static void heard_on_the_border_of_two_it_was_in_one_of_them(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_reach reach = {0};
    struct ovf_unions unions = {0};
    fixture_begin(&f);
    RING(&f, 0, 1, 20, 1, 23, 7, 23, 7, 20);
    RING(&f, 1, -1, 20, -1, 23, 1, 23, 1, 20);
    RING(&f, 2, -4, 20, -4, 23, -1, 23, -1, 20);
    fixture_finish(&f);
    const struct ovf_anchor from = disc(0, 0, 19, 0);
    const struct ovf_anchor to = disc(30000, 0, 26, 0);
    const struct ovf_members candidates = {{7}};
    const struct ovf_anchor heard[] = {disc(15000, 1, 21.5, 60e3), disc(15000, 1, 20, 60e3)};
    struct ovf_union_question question = {.index = &f.index,
                                          .accuracy_m = 500,
                                          .candidates = &candidates,
                                          .from = &from,
                                          .to = &to,
                                          .limits = &limits};
    assert_int_equal(check_unions(&reach, &question, &unions), 0);
    question.discs = &heard[0];
    question.n_discs = 1;
    assert_int_equal(check_unions(&reach, &question, &unions), 1);
    assert_int_equal(unions.items[0].n, 2);
    assert_int_equal(unions.items[0].owners[0], 0);
    assert_int_equal(unions.items[0].owners[1], 1);
    question.discs = &heard[1];
    assert_int_equal(check_unions(&reach, &question, &unions), 0);
    ovf_unions_deinit(&unions);
    ovf_reach_deinit(&reach);
    fixture_end(&f);
}

/* ---- ways that were flown ---- */

enum { PIECES = 3, STEPS = 40, N_WAY = PIECES * STEPS + 1, N_DISCS = 3, N_FLOWN = 6 };

struct flown {
    double lat_deg[N_WAY];
    double lon_deg[N_WAY];
    double t_s[N_WAY];
};

/** From the west of the box to its east, close by its northern corners, at nearly the greatest speed. */
static void fly_round(uint64_t *seed, struct flown *way)
{
    const double lat_deg[] = {random_in(seed, 0, 9), random_in(seed, 10.01, 10.3),
                              random_in(seed, 10.01, 10.3), random_in(seed, 0, 9)};
    const double lon_deg[] = {random_in(seed, 17, 19.5), random_in(seed, 19.8, 19.99),
                              random_in(seed, 24.01, 24.2), random_in(seed, 24.5, 27)};
    for (int i = 0; i < N_WAY; i++) {
        const int piece = i < N_WAY - 1 ? i / STEPS : PIECES - 1;
        const double share = (double)(i - piece * STEPS) / STEPS;
        way->lat_deg[i] = lat_deg[piece] + share * (lat_deg[piece + 1] - lat_deg[piece]);
        way->lon_deg[i] = lon_deg[piece] + share * (lon_deg[piece + 1] - lon_deg[piece]);
        way->t_s[i] = 0;
        if (i > 0)
            way->t_s[i] = way->t_s[i - 1] + geodesic_m(way->lat_deg[i - 1], way->lon_deg[i - 1],
                                                       way->lat_deg[i], way->lon_deg[i]) /
                                                (0.999 * OVF_HARD_SPEED_KT * 1852 / 3600);
    }
}

/** A disc that the place \p i of the way lies in. */
static struct ovf_anchor disc_around(uint64_t *seed, const struct flown *way, int i)
{
    const double off_deg = random_in(seed, 0, 0.5);
    const double lat_deg = way->lat_deg[i] + random_in(seed, -off_deg, off_deg);
    const double lon_deg = way->lon_deg[i] + random_in(seed, -off_deg, off_deg);
    const double off_m = geodesic_m(lat_deg, lon_deg, way->lat_deg[i], way->lon_deg[i]);
    return disc(way->t_s[i], lat_deg, lon_deg, off_m + random_in(seed, 1, 2000));
}

static void a_way_round_that_was_flown_through_discs_makes_nothing_necessary(void **state)
{
    (void)state;
    struct fixture f;
    struct ovf_reach reach = {0};
    uint64_t seed = 20250701;
    box_on_the_equator(&f);
    const struct ovf_region region = {&f.index, {{1}}, 500, false};
    for (int k = 0; k < N_FLOWN; k++) {
        struct flown way;
        struct ovf_anchor discs[N_DISCS];
        struct ovf_verdict v;
        fly_round(&seed, &way);
        for (int i = 0; i < N_DISCS; i++)
            discs[i] = disc_around(&seed, &way, (int)random_in(&seed, 1 + 39 * i, 39 + 39 * i));
        const struct ovf_anchor from = disc(0, way.lat_deg[0], way.lon_deg[0], 1);
        const struct ovf_anchor to =
            disc(way.t_s[N_WAY - 1], way.lat_deg[N_WAY - 1], way.lon_deg[N_WAY - 1], 1);
        assert_int_equal(
            ovf_reach_judge_chain(&reach, &region, &from, &to, discs, N_DISCS, &limits, &v, NULL),
            OVF_OK);
        assert_true(v.class == OVF_CLASS_POSSIBLE || v.class == OVF_CLASS_NEAR_CERTAIN);
        assert_true(v.avoidance_kt <= 0.999 * OVF_HARD_SPEED_KT);
        assert_true(v.avoidance_kt >
                    0.95 * OVF_HARD_SPEED_KT); /* what is asked is close to the limit */
    }
    ovf_reach_deinit(&reach);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_disc_inside_makes_it_necessary),
        cmocka_unit_test(a_disc_half_inside_counts_by_its_free_part),
        cmocka_unit_test(a_disc_that_holds_the_way_round_changes_nothing),
        cmocka_unit_test(of_two_discs_the_one_that_says_more_counts),
        cmocka_unit_test(of_two_discs_of_one_time_it_was_in_both),
        cmocka_unit_test(two_discs_tell_of_the_time_between_them),
        cmocka_unit_test(a_way_round_that_was_flown_through_discs_makes_nothing_necessary),
        cmocka_unit_test(a_disc_that_cannot_be_reached_is_inconsistent),
        cmocka_unit_test(a_disc_far_from_the_airspace_can_make_it_impossible),
        cmocka_unit_test(discs_out_of_time_are_refused),
        cmocka_unit_test(two_halves_are_a_union_and_what_is_with_them_is_none),
        cmocka_unit_test(unions_are_those_that_trying_all_sets_finds),
        cmocka_unit_test(heard_on_the_border_of_two_it_was_in_one_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
