/* SPDX-License-Identifier: Apache-2.0 */
/* What a leg must or may have crossed where its fixes do not show it. A box of 4 by 20 degrees on the equator;
 * a degree of it is 111.3 km, so 600 s a degree is 361 kt. */
#include "geo_fixture.h"

#include <math.h>

#include "base/time.h"
#include "engine/between.h"

struct leg {
    struct fixture f;
    struct ovf_walk walk;
    struct ovf_passages passages;
    struct ovf_between between;
    struct ovf_speed_limits limits;
    bool wants_possible;
    bool wants_impossible;
    bool wants_unions;
    struct ovf_members unwanted;
    struct ovf_hearings heard;
    int64_t heard_from_ns;
    int64_t heard_to_ns;
};

static void begin(struct leg *leg)
{
    *leg = (struct leg){.limits = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S, false}};
    fixture_begin(&leg->f);
    fixture_box(&leg->f, 0, -10, 20, 10, 24);
    fixture_box(&leg->f, 1, 3, 26, 4, 27); /* two degrees beside the way */
    fixture_finish(&leg->f);
}

static void end(struct leg *leg)
{
    ovf_walk_deinit(&leg->walk);
    ovf_passages_deinit(&leg->passages);
    ovf_between_deinit(&leg->between);
    fixture_end(&leg->f);
}

static void find(struct leg *leg, const struct ovf_fix *fixes, size_t n)
{
    const struct ovf_members wanted = {{3 & ~leg->unwanted.words[0]}};
    walk_fixes(&leg->f.layer, fixes, n, 60, &leg->walk);
    assert_int_equal(
        ovf_passages_find(&leg->f.layer, fixes, &leg->walk.steps, &wanted, 500, &leg->passages),
        OVF_OK);
    const struct ovf_walk_options walk = {.max_gap_ns = 60 * OVF_NS_PER_S};
    const struct ovf_between_question question = {.layer = &leg->f.layer,
                                                  .wanted = &wanted,
                                                  .accuracy_m = 500,
                                                  .limits = &leg->limits,
                                                  .wants_possible = leg->wants_possible,
                                                  .fixes = fixes,
                                                  .steps = &leg->walk.steps,
                                                  .passages = &leg->passages,
                                                  .walk = &walk,
                                                  .first = 0,
                                                  .last = n - 1,
                                                  .wants_impossible = leg->wants_impossible,
                                                  .wants_unions = leg->wants_unions,
                                                  .hearings = &leg->heard,
                                                  .heard_from_ns = leg->heard_from_ns,
                                                  .heard_to_ns = leg->heard_to_ns};
    assert_int_equal(ovf_between_find(&question, &leg->between), OVF_OK);
}

static void a_gap_over_a_wall_is_a_crossing_with_intervals(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(50, 0, 19.08), fix_deg(3000, 0, 25),
                                    fix_deg(3050, 0, 25.08)};
    find(&leg, fixes, 4);
    assert_int_equal(leg.between.n, 1);
    const struct ovf_judged *j = &leg.between.items[0];
    assert_true(j->has_verdict);
    assert_int_equal(j->passage.owner, 0);
    assert_int_equal(j->passage.class, OVF_CLASS_NECESSARY);
    assert_int_equal(j->passage.entry.kind, OVF_PASSAGE_GAP);
    assert_int_equal(j->passage.entry.before, 1);
    assert_int_equal(j->passage.exit.after, 2);
    assert_int_equal(j->passage.n_fixes_inside, 0);
    assert_true(
        isnan(ovf_passage_distance_m(&j->passage, fixes))); /* no way inside is known: not 0 */
    /* To the box it takes 0.92 degrees less half a mile and the accuracy at 720 kt; after it a degree. */
    const double mps = 720 * 1852 / 3600.0;
    assert_near((double)j->passage.entry.earliest_ns / 1e9,
                50 + (geodesic_m(0, 19.08, 0, 20) - 1426) / mps - 2, 2);
    assert_near((double)j->passage.exit.latest_ns / 1e9,
                3000 - (geodesic_m(0, 24, 0, 25) - 1426) / mps + 2, 2);
    assert_int_equal(j->passage.entry.t_min_ns, fixes[1].t_ns);
    assert_int_equal(j->passage.exit.t_max_ns, fixes[2].t_ns);
    end(&leg);
}

static void what_lies_beside_the_way_over_a_long_gap_is_told_on_demand(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(20000, 0, 25)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 1);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    leg.wants_possible = true;
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 2); /* and the box beside the way */
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    assert_int_equal(leg.between.items[1].passage.class, OVF_CLASS_POSSIBLE);
    end(&leg);
}

/* The wall in two parts: the straight way leads through the southern one, past the edge of which it is no detour; past
 * both it is. */
static void one_of_two_parts_of_a_wall_is_told_with_what_is_sure(void **state)
{
    (void)state;
    struct leg leg = {.limits = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S, false},
                      .wants_unions = true};
    fixture_begin(&leg.f);
    fixture_box(&leg.f, 0, -10, 20, 1, 24);
    fixture_box(&leg.f, 1, 1, 20, 10, 24);
    fixture_finish(&leg.f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(3000, 0, 25)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct ovf_judged *j = &leg.between.items[i];
        assert_int_equal(j->passage.class, OVF_CLASS_POSSIBLE);
        assert_int_equal(j->any_of.n, 1);
        assert_int_equal(j->any_of.sets[0].n, 2);
        assert_true(j->any_of.sets[0].all_wanted);
    }
    ovf_members_toggle(&leg.unwanted, 1); /* of one of them alone nothing is sure */
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 1);
    assert_int_equal(leg.between.items[0].any_of.n, 0);
    leg.wants_possible = true;
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 1);
    assert_int_equal(leg.between.items[0].any_of.n, 1);
    assert_false(leg.between.items[0].any_of.sets[0].all_wanted);
    end(&leg);
}

/* There is time to go round both parts; but half-way it was heard where they meet, by who hears no farther than these
 * reach. */
static void heard_where_two_parts_meet_it_was_in_one_of_them(void **state)
{
    (void)state;
    struct ovf_anchor disc = {10000 * OVF_NS_PER_S, {10000000, 220000000}, 90e3};
    struct leg leg = {.limits = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S, false},
                      .wants_unions = true};
    fixture_begin(&leg.f);
    fixture_box(&leg.f, 0, -10, 20, 1, 24);
    fixture_box(&leg.f, 1, 1, 20, 10, 24);
    fixture_finish(&leg.f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(20000, 0, 25)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 1);
    assert_int_equal(leg.between.items[0].any_of.n, 0);
    leg.heard = (struct ovf_hearings){.items = &disc, .n = 1};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 2);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    assert_int_equal(leg.between.items[0].any_of.n, 1);
    assert_int_equal(leg.between.items[1].any_of.sets[0].n, 2);
    disc.radius_m = 240e3; /* farther than these: 223 km */
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.items[0].any_of.n, 0);
    end(&leg);
}

/* Seven degrees, 779 km less the disc, through the wall; round it 24 degrees. */
static void who_is_heard_behind_a_wall_after_the_last_fix_was_in_it(void **state)
{
    (void)state;
    struct leg leg;
    struct ovf_anchor disc = {3000 * OVF_NS_PER_S, {0, 260000000}, 50e3};
    begin(&leg);
    leg.heard = (struct ovf_hearings){.items = &disc, .n = 1};
    leg.heard_to_ns = INT64_MAX;
    const struct ovf_fix fixes[] = {fix_deg(-50, 0, 18.92), fix_deg(0, 0, 19)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 1);
    const struct ovf_judged *j = &leg.between.items[0];
    assert_int_equal(j->passage.class, OVF_CLASS_NECESSARY);
    assert_true(j->passage.is_beyond);
    assert_int_equal(j->passage.entry.kind, OVF_PASSAGE_GAP);
    assert_int_equal(j->passage.exit.kind,
                     OVF_PASSAGE_GAP); /* the disc ends 1.5 degrees behind it */
    assert_int_equal(j->passage.entry.before, 1);
    assert_int_equal(j->passage.exit.after, 1);
    assert_int_equal(j->passage.exit.t_max_ns, disc.t_ns);
    const double mps = 720 * 1852 / 3600.0;
    assert_near((double)j->passage.entry.earliest_ns / 1e9,
                (geodesic_m(0, 19, 0, 20) - 1426) / mps - 2, 2);
    assert_near((double)j->passage.exit.latest_ns / 1e9,
                3000 - (geodesic_m(0, 24, 0, 26) - 50500) / mps + 2, 2);
    assert_int_equal(j->heard.n, 1);
    assert_true(isnan(ovf_passage_distance_m(&j->passage, fixes)));
    leg.heard_to_ns = disc.t_ns; /* then something else is known of it */
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 0);
    leg.heard_to_ns = INT64_MAX; /* the disc has a part of the wall: it may have been there yet */
    disc = (struct ovf_anchor){2400 * OVF_NS_PER_S, {0, 260000000}, 250e3};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 1);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_NECESSARY);
    assert_int_equal(leg.between.items[0].passage.exit.kind, OVF_PASSAGE_TRACK);
    end(&leg);
}

static void who_was_heard_before_a_wall_before_the_first_fix_was_in_it(void **state)
{
    (void)state;
    struct leg leg;
    struct ovf_anchor disc = {-3000 * OVF_NS_PER_S, {0, 260000000}, 50e3};
    begin(&leg);
    leg.heard = (struct ovf_hearings){.items = &disc, .n = 1};
    leg.heard_from_ns = INT64_MIN;
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(50, 0, 18.92)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 1);
    const struct ovf_judged *j = &leg.between.items[0];
    assert_int_equal(j->passage.class, OVF_CLASS_NECESSARY);
    assert_int_equal(j->passage.entry.kind, OVF_PASSAGE_GAP);
    assert_int_equal(j->passage.exit.kind, OVF_PASSAGE_GAP);
    assert_int_equal(j->passage.exit.after, 0);
    assert_int_equal(j->passage.entry.t_min_ns, disc.t_ns);
    const double mps = 720 * 1852 / 3600.0;
    assert_near((double)j->passage.exit.latest_ns / 1e9,
                -(geodesic_m(0, 19, 0, 20) - 1426) / mps + 2, 2);
    disc = (struct ovf_anchor){-2400 * OVF_NS_PER_S, {0, 260000000}, 250e3};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.items[0].passage.entry.kind, OVF_PASSAGE_TRACK);
    assert_int_equal(leg.between.items[0].passage.exit.kind, OVF_PASSAGE_GAP);
    struct ovf_fix weak[] = {fixes[0], fixes[1]}; /* what rests on it is possible */
    weak[0].grade = weak[1].grade = OVF_GRADE_D;
    find(&leg, weak, 2);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    end(&leg);
}

static void without_limits_of_speed_nothing_is_judged(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    leg.limits.hard_kt = 0;
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(3000, 0, 25)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 0);
    end(&leg);
}

static void fixes_inside_win_over_the_gaps_beside_them(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    leg.wants_possible = true;
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(1500, 0, 22),
                                    fix_deg(1550, 0, 22.08), fix_deg(1600, 0, 22.16),
                                    fix_deg(3000, 0, 25)};
    find(&leg, fixes, 5);
    assert_int_equal(leg.between.n, 1);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_BRACKETED);
    assert_false(leg.between.items[0].has_verdict);
    end(&leg);
}

/* Into the box and out of it in silences of 1,500 and 1,400 s: a place beside the boundary by as much as it may be off
 * tells nothing of the time. */
static void ends_in_gaps_lie_where_the_boundary_could_be_reached(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(1500, 0, 22), fix_deg(1550, 0, 22.08),
                              fix_deg(1600, 0, 22.16), fix_deg(3000, 0, 25)};
    const double mps = 720 * 1852 / 3600.0;
    find(&leg, fixes, 5);
    const struct ovf_passage *p = &leg.between.items[0].passage;
    assert_near((double)p->entry.earliest_ns / 1e9, (geodesic_m(0, 19, 0, 20) - 1426) / mps - 2, 3);
    assert_near((double)p->entry.latest_ns / 1e9,
                1500 - (geodesic_m(0, 20, 0, 22) - 1426) / mps + 2, 5);
    assert_near((double)p->exit.earliest_ns / 1e9,
                1600 + (geodesic_m(0, 22.16, 0, 24) - 1426) / mps - 2, 5);
    assert_near((double)p->exit.latest_ns / 1e9, 3000 - (geodesic_m(0, 24, 0, 25) - 1426) / mps + 2,
                3);
    assert_true(p->entry.earliest_ns <=
                (int64_t)((geodesic_m(0, 19, 0, 20) - 1426) / mps * 1e9) - 2 * OVF_NS_PER_S);
    assert_int_equal(p->entry.t_min_ns, fixes[0].t_ns);
    assert_int_equal(p->exit.t_max_ns, fixes[4].t_ns);
    fixes[0].radius_m = 120e3F; /* and a degree is 111 km */
    find(&leg, fixes, 5);
    assert_int_equal(leg.between.items[0].passage.entry.earliest_ns, fixes[0].t_ns);
    fixes[0].radius_m = 926;
    fixes[0].grade = OVF_GRADE_D;
    find(&leg, fixes, 5);
    assert_int_equal(leg.between.items[0].passage.entry.earliest_ns, fixes[0].t_ns);
    assert_int_equal(leg.between.items[0].passage.entry.latest_ns, fixes[1].t_ns);
    fixes[0].grade = OVF_GRADE_B;
    leg.limits.never_necessary = true;
    find(&leg, fixes, 5);
    assert_int_equal(leg.between.items[0].passage.entry.earliest_ns, fixes[0].t_ns);
    end(&leg);
}

static void one_fix_well_inside_is_enough_and_one_that_is_weak_is_not(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    /* By the corner, where the way round is no detour. */
    struct ovf_fix fixes[] = {fix_deg(0, 9.9, 19.95), fix_deg(50, 9.9, 20.05),
                              fix_deg(100, 10, 20.15), fix_deg(150, 10.1, 20.25)};
    find(&leg, fixes, 4);
    assert_int_equal(leg.between.n, 1);
    assert_int_equal(leg.between.items[0].passage.n_fixes_inside, 1);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_NECESSARY);
    assert_true(isinf(leg.between.items[0].verdict.avoidance_kt));
    fixes[1].grade = OVF_GRADE_D;
    find(&leg, fixes, 4);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    fixes[1].grade = OVF_GRADE_B;
    fixes[1].radius_m = 9e3F; /* it may have been outside */
    find(&leg, fixes, 4);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    end(&leg);
}

static void weak_fixes_around_a_gap_prove_nothing(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    leg.wants_possible = true;
    struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(3000, 0, 25)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_NECESSARY);
    for (int i = 0; i < 2; i++) {
        fixes[i].grade = OVF_GRADE_D;
        fixes[1 - i].grade = OVF_GRADE_A;
        find(&leg, fixes, 2);
        assert_int_equal(leg.between.items[0].passage.owner, 0);
        assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    }
    end(&leg);
}

static void what_one_weak_fix_inside_shows_needs_it(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    struct ovf_fix fixes[] = {fix_deg(0, 9.9, 19.95), fix_deg(50, 9.9, 20.05),
                              fix_deg(100, 10, 20.15), fix_deg(150, 10.1, 20.25)};
    fixes[1].grade = OVF_GRADE_B;
    find(&leg, fixes, 4);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_NECESSARY);
    assert_false(leg.between.items[0].needs_inside);
    fixes[1].grade = OVF_GRADE_C;
    find(&leg, fixes, 4);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_NECESSARY);
    assert_true(leg.between.items[0].needs_inside);
    end(&leg);
}

static void fixes_that_cannot_be_joined_say_when_and_no_speed(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(300, 0, 25)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 1);
    const struct ovf_judged *j = &leg.between.items[0];
    assert_int_equal(j->passage.class, OVF_CLASS_INCONSISTENT);
    assert_true(isnan(j->verdict.avoidance_kt));
    assert_true(j->passage.entry.t_min_ns == fixes[0].t_ns &&
                j->passage.exit.t_max_ns == fixes[1].t_ns);
    end(&leg);
}

static void a_corner_clipped_between_two_fixes_is_possible(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    const struct ovf_fix fixes[] = {fix_deg(0, 9.98, 19.98), fix_deg(50, 10.02, 20.06)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 1);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    assert_true(leg.between.items[0].has_verdict);
    end(&leg);
}

static void what_is_not_believed_makes_a_gap(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    struct ovf_fix fixes[61];
    for (int i = 0; i <= 60; i++) { /* all along, but from 20 to 40 it reports another place */
        fixes[i] = fix_deg(50 * i, i > 20 && i < 40 ? 30 : 0, 19 + 0.1 * i);
        fixes[i].grade = i > 20 && i < 40 ? OVF_GRADE_X : OVF_GRADE_B;
    }
    for (int i = 10; i <= 20; i++)
        fixes[i].grade = OVF_GRADE_X; /* nor is what lies inside before */
    for (int i = 40; i <= 50; i++)
        fixes[i].grade = OVF_GRADE_X;
    find(&leg, fixes, 61);
    assert_int_equal(leg.between.n, 1);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_NECESSARY);
    assert_int_equal(leg.between.items[0].passage.entry.before, 9);
    assert_int_equal(leg.between.items[0].passage.exit.after, 51);
    end(&leg);
}

static void an_airspace_with_limits_of_altitude_is_only_possible(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    const struct ovf_limits limits = {.owner = 0,
                                      .floor_ft = 10000,
                                      .ceiling_ft = INT32_MAX,
                                      .floor_datum = OVF_DATUM_FL,
                                      .ceiling_datum = OVF_DATUM_UNLIMITED};
    leg.f.layer.limits = &limits;
    leg.f.layer.n_limits = 1;
    leg.wants_possible = true;
    const struct ovf_fix fixes[] = {fix_alt(0, 0, 19, 35000), fix_alt(3000, 0, 25, 35000)};
    find(&leg, fixes, 2);
    assert_true(leg.between.n >= 1);
    for (size_t i = 0; i < leg.between.n; i++) {
        assert_int_equal(leg.between.items[i].passage.class, OVF_CLASS_POSSIBLE);
        assert_true(leg.between.items[i].passage.vertical_undetermined ==
                    (leg.between.items[i].passage.owner == 0));
    }
    end(&leg);
}

/* Nobody who is at 35,000 ft before and after flies above 60,000 ft between, and SFC is passed by nobody. */
static void limits_of_altitude_that_nobody_passes_are_none(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    struct ovf_limits limits = {.owner = 0,
                                .floor_ft = INT32_MIN,
                                .ceiling_ft = 60000,
                                .floor_datum = OVF_DATUM_SURFACE,
                                .ceiling_datum = OVF_DATUM_FL};
    leg.f.layer.limits = &limits;
    leg.f.layer.n_limits = 1;
    leg.wants_possible = true;
    struct ovf_fix fixes[] = {fix_alt(0, 0, 19, 35000), fix_alt(3000, 0, 25, 35000)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_NECESSARY);
    assert_false(leg.between.items[0].passage.vertical_undetermined);
    limits.ceiling_ft = 59900;
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    limits.ceiling_ft = 60000;
    leg.limits.never_necessary = true; /* nor is it known how high it flies */
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    leg.limits.never_necessary = false;
    fixes[1].has = 0;
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_POSSIBLE);
    end(&leg);
}

static void what_may_be_faster_is_almost_certain_at_the_most(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    leg.limits.never_necessary = true;
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19), fix_deg(3000, 0, 25)};
    find(&leg, fixes, 2);
    assert_int_equal(leg.between.n, 1);
    assert_int_equal(leg.between.items[0].passage.class, OVF_CLASS_NEAR_CERTAIN);
    end(&leg);
}

static void what_was_passed_near_and_not_entered_is_told_on_demand(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    struct ovf_fix fixes[41];
    for (int i = 0; i <= 40; i++) /* through the large box, half a degree south of the small one */
        fixes[i] = fix_deg(50 * i, 2.5, 23.5 + 0.1 * i);
    find(&leg, fixes, 41);
    assert_int_equal(leg.between.n, 1);
    leg.wants_impossible = true;
    find(&leg, fixes, 41);
    assert_int_equal(leg.between.n, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct ovf_judged *j = &leg.between.items[i];
        assert_true(j->certificate.is_set == (j->passage.owner == 1));
        assert_true((j->passage.class == OVF_CLASS_IMPOSSIBLE) == (j->passage.owner == 1));
    }
    end(&leg);
}

/* The straight way in the box takes 300 s of 3,000; beyond it, round by two degrees or more each way, too. */
static void who_is_inside_on_both_sides_of_a_gap_perhaps_stayed(void **state)
{
    (void)state;
    struct leg leg;
    begin(&leg);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19.9), fix_deg(50, 0, 20.1),
                                    fix_deg(100, 0, 20.3), fix_deg(3100, 0, 21.3),
                                    fix_deg(3150, 0, 21.5)};
    find(&leg, fixes, 5);
    assert_int_equal(leg.between.n, 2);
    const struct ovf_passage *const first = &leg.between.items[0].passage;
    const struct ovf_passage *const second = &leg.between.items[1].passage;
    assert_false(first->entry.perhaps_stayed);
    assert_true(first->exit.perhaps_stayed);
    assert_true(second->entry.perhaps_stayed);
    assert_false(second->exit.perhaps_stayed);
    assert_int_equal(first->exit.earliest_ns, fixes[2].t_ns);
    assert_int_equal(first->exit.latest_ns, fixes[3].t_ns);
    assert_int_equal(second->entry.earliest_ns, fixes[2].t_ns);
    assert_int_equal(second->entry.latest_ns, fixes[3].t_ns);
    end(&leg);
}

/* Heard half-way by a receiver 1.1 degrees, 122 km, west of the box: it reaches into the box or it does not. */
static void who_is_heard_outside_in_a_gap_left(void **state)
{
    (void)state;
    struct leg leg;
    struct ovf_anchor disc = {1600 * OVF_NS_PER_S, {0, 189000000}, 110e3};
    begin(&leg);
    leg.heard = (struct ovf_hearings){.items = &disc, .n = 1};
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 19.9), fix_deg(50, 0, 20.1),
                                    fix_deg(100, 0, 20.3), fix_deg(3100, 0, 21.3),
                                    fix_deg(3150, 0, 21.5)};
    for (int i = 0; i < 2; i++) {
        find(&leg, fixes, 5);
        assert_int_equal(leg.between.n, 2);
        assert_int_equal(leg.between.items[0].passage.exit.perhaps_stayed, i == 1);
        assert_int_equal(leg.between.items[1].passage.entry.perhaps_stayed, i == 1);
        disc.radius_m = 130e3;
    }
    end(&leg);
}

/* From arm to arm of a U are 3 degrees, 334 km: 902 s at 720 kt. By the bar 9 degrees north it is 2,215 km: 5,979 s. */
static void who_had_no_time_for_the_way_inside_left(void **state)
{
    (void)state;
    static const double gaps_s[] = {3000, 7000};
    const double inside_m = 2 * geodesic_m(0, 20.5, 9, 21) + geodesic_m(9, 21, 9, 23);
    const double mps = 720 * 1852 / 3600.0;
    assert_in_range(inside_m / mps, gaps_s[0], gaps_s[1]);
    for (size_t i = 0; i < 2; i++) {
        struct leg leg = {.limits = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S, false}};
        struct ovf_fix fixes[] = {fix_deg(0, 0, 20.4), fix_deg(50, 0, 20.5),
                                  fix_deg(50 + gaps_s[i], 0, 23.5),
                                  fix_deg(100 + gaps_s[i], 0, 23.6)};
        fixture_begin(&leg.f);
        RING(&leg.f, 0, -1, 20, -1, 21, 9, 21, 9, 23, -1, 23, -1, 24, 10, 24, 10, 20);
        fixture_finish(&leg.f);
        find(&leg, fixes, 4);
        assert_int_equal(leg.between.n, 2);
        const struct ovf_passage_end *const exit = &leg.between.items[0].passage.exit;
        const struct ovf_passage_end *const entry = &leg.between.items[1].passage.entry;
        const bool stayed = gaps_s[i] * mps > inside_m;
        assert_int_equal(exit->perhaps_stayed, stayed);
        assert_int_equal(entry->perhaps_stayed, stayed);
        /* Half a degree from the boundary on either side, less half a mile and the accuracy. */
        if (!stayed)
            assert_near((double)exit->earliest_ns / 1e9,
                        50 + (geodesic_m(0, 20.5, 0, 21) - 1426) / mps - 2, 2);
        fixes[1].grade = OVF_GRADE_D; /* and proves nothing */
        find(&leg, fixes, 4);
        assert_true(leg.between.items[0].passage.exit.perhaps_stayed);
        end(&leg);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_over_a_wall_is_a_crossing_with_intervals),
        cmocka_unit_test(what_lies_beside_the_way_over_a_long_gap_is_told_on_demand),
        cmocka_unit_test(one_of_two_parts_of_a_wall_is_told_with_what_is_sure),
        cmocka_unit_test(heard_where_two_parts_meet_it_was_in_one_of_them),
        cmocka_unit_test(who_is_heard_behind_a_wall_after_the_last_fix_was_in_it),
        cmocka_unit_test(who_was_heard_before_a_wall_before_the_first_fix_was_in_it),
        cmocka_unit_test(without_limits_of_speed_nothing_is_judged),
        cmocka_unit_test(fixes_inside_win_over_the_gaps_beside_them),
        cmocka_unit_test(ends_in_gaps_lie_where_the_boundary_could_be_reached),
        cmocka_unit_test(one_fix_well_inside_is_enough_and_one_that_is_weak_is_not),
        cmocka_unit_test(weak_fixes_around_a_gap_prove_nothing),
        cmocka_unit_test(what_one_weak_fix_inside_shows_needs_it),
        cmocka_unit_test(fixes_that_cannot_be_joined_say_when_and_no_speed),
        cmocka_unit_test(a_corner_clipped_between_two_fixes_is_possible),
        cmocka_unit_test(what_is_not_believed_makes_a_gap),
        cmocka_unit_test(an_airspace_with_limits_of_altitude_is_only_possible),
        cmocka_unit_test(limits_of_altitude_that_nobody_passes_are_none),
        cmocka_unit_test(what_was_passed_near_and_not_entered_is_told_on_demand),
        cmocka_unit_test(what_may_be_faster_is_almost_certain_at_the_most),
        cmocka_unit_test(who_is_inside_on_both_sides_of_a_gap_perhaps_stayed),
        cmocka_unit_test(who_is_heard_outside_in_a_gap_left),
        cmocka_unit_test(who_had_no_time_for_the_way_inside_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
