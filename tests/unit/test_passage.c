/* SPDX-License-Identifier: Apache-2.0 */
/* Passages of drawn tracks through drawn airspaces. On the equator a degree is 111,319.49 m. */
#include "geo_fixture.h"

#include "airspace/passage.h"

static const double deg_m = 6378137.0 * 3.14159265358979323846 / 180;

struct scene {
    struct fixture f;
    struct ovf_walk walk;
    struct ovf_passages passages;
};

/** Owner 0: the box from -1, -1 to 1, 1. */
static void begin_square(struct scene *s)
{
    *s = (struct scene){0};
    fixture_begin(&s->f);
    fixture_box(&s->f, 0, -1, -1, 1, 1);
}

static void fly(struct scene *s, const struct ovf_fix *fixes, size_t n, double max_gap_s)
{
    struct ovf_members wanted;
    memset(&wanted, 0xff, sizeof wanted);
    walk_fixes(&s->f.layer, fixes, n, max_gap_s, &s->walk);
    assert_int_equal(
        ovf_passages_find(&s->f.layer, fixes, &s->walk.steps, &wanted, 500, &s->passages), OVF_OK);
}

static void end_scene(struct scene *s)
{
    ovf_passages_deinit(&s->passages);
    ovf_walk_deinit(&s->walk);
    fixture_end(&s->f);
}

static void a_track_in_and_out_is_observed(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, -1.5), fix_deg(100, 0, -.5), fix_deg(200, 0, .5),
                                    fix_deg(300, 0, 1.5)};
    fly(&s, fixes, 4, 100);
    assert_int_equal(s.passages.n, 1);
    const struct ovf_passage *p = &s.passages.items[0];
    assert_int_equal(p->class, OVF_CLASS_OBSERVED);
    assert_int_equal(p->entry.kind, OVF_PASSAGE_CROSSED);
    assert_int_equal(p->entry.t_ns, 50 * S_NS);
    assert_int_equal(p->entry.t_min_ns, 0);
    assert_int_equal(p->entry.t_max_ns, 100 * S_NS);
    assert_int_equal(p->exit.t_ns, 250 * S_NS);
    assert_int_equal(p->exit.t_min_ns, 200 * S_NS);
    assert_int_equal(p->exit.t_max_ns, 300 * S_NS);
    assert_int_equal(p->n_fixes_inside, 2);
    assert_int_equal(p->n_gaps_inside, 0);
    assert_near(ovf_passage_distance_m(p, fixes), 2 * deg_m, 0.2);
    assert_false(p->grazing);
    assert_true(ovf_members_empty(&p->entry.other_side));
    end_scene(&s);
}

/** From west to east through the square, a fix each \p step_s, the second to fifth of seven inside; altitudes 300, 301,
 * 302 and so on, but of one. */
static struct ovf_passage_altitudes altitudes_of(double step_s, double max_gap_s, size_t without)
{
    struct scene s;
    struct ovf_fix fixes[7];
    begin_square(&s);
    fixture_finish(&s.f);
    for (size_t i = 0; i < 7; i++) {
        fixes[i] = fix_deg(step_s * (double)i, 0, -1.4 + .5 * (double)i);
        fixes[i].alt_baro_ft = 300 + (int32_t)i;
        fixes[i].has |= i != without ? OVF_FIX_ALT_BARO : 0;
    }
    fly(&s, fixes, 7, max_gap_s);
    assert_int_equal(s.passages.n, 1);
    const struct ovf_passage_altitudes found = ovf_passage_altitudes(&s.passages.items[0], fixes);
    end_scene(&s);
    return found;
}

static void altitudes_are_those_of_the_fixes_inside(void **state)
{
    (void)state;
    struct ovf_passage_altitudes found = altitudes_of(60, 60, 7);
    assert_near(found.min_ft, 301, 0);
    assert_near(found.max_ft, 304, 0);
    assert_true(found.throughout);
    found = altitudes_of(60, 60, 4);
    assert_near(found.max_ft, 303, 0);
    assert_false(found.throughout);
}

/* An hour between two fixes is no gap for who asked for gaps of two; it is enough to land in, and take off. */
static void altitudes_are_not_known_throughout_over_long_steps(void **state)
{
    (void)state;
    assert_false(altitudes_of(3600, 7200, 7).throughout);
    assert_false(altitudes_of(60.001, 7200, 7).throughout);
    assert_true(altitudes_of(60, 7200, 7).throughout);
}

static void a_gap_at_the_entry_brackets_it(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, -1.5), fix_deg(101, 0, -.5), fix_deg(200, 0, .5),
                                    fix_deg(300, 0, 1.5)};
    fly(&s, fixes, 4, 100);
    assert_int_equal(s.passages.n, 1);
    const struct ovf_passage *p = &s.passages.items[0];
    assert_int_equal(p->class, OVF_CLASS_BRACKETED);
    assert_int_equal(p->entry.kind, OVF_PASSAGE_GAP);
    assert_int_equal(p->entry.t_min_ns, 0);
    assert_int_equal(p->entry.t_max_ns, 101 * S_NS);
    assert_int_equal(p->entry.before, 0);
    assert_int_equal(p->entry.after, 1);
    assert_int_equal(p->exit.kind, OVF_PASSAGE_CROSSED);
    assert_near(ovf_passage_distance_m(p, fixes), 1.5 * deg_m, 0.2);
    end_scene(&s);
}

static void a_gap_inside_is_one_passage_while_the_geodesic_stays(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, -1.5), fix_deg(100, 0, -.5), fix_deg(500, 0, .5),
                                    fix_deg(600, 0, 1.5)};
    fly(&s, fixes, 4, 100);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].class, OVF_CLASS_OBSERVED);
    assert_int_equal(s.passages.items[0].n_gaps_inside, 1);
    assert_near(s.passages.items[0].gap_inside_s, 400, 0);
    assert_near(ovf_passage_distance_m(&s.passages.items[0], fixes), 2 * deg_m, 0.2);
    end_scene(&s);
}

static void a_gap_whose_geodesic_leaves_parts_two_passages(void **state)
{
    (void)state;
    struct scene s;
    s = (struct scene){0};
    fixture_begin(&s.f);
    RING(&s.f, 0, -1, -1, -1, 1, 1, 1, 1, .2, -.8, .2, -.8, -.2, 1, -.2, 1, -1); /* a U */
    fixture_finish(&s.f);
    const struct ovf_fix fixes[] = {fix_deg(0, .5, -.8), fix_deg(50, .5, -.5), fix_deg(500, .5, .5),
                                    fix_deg(550, .5, .8)};
    fly(&s, fixes, 4, 100);
    assert_int_equal(s.passages.n, 2);
    assert_int_equal(s.passages.items[0].exit.kind, OVF_PASSAGE_GAP);
    assert_int_equal(s.passages.items[0].exit.t_min_ns, 50 * S_NS);
    assert_int_equal(s.passages.items[0].exit.t_max_ns, 500 * S_NS);
    assert_int_equal(s.passages.items[1].entry.kind, OVF_PASSAGE_GAP);
    assert_int_equal(s.passages.items[0].n_fixes_inside, 2);
    assert_int_equal(s.passages.items[1].n_fixes_inside, 2);
    end_scene(&s);
}

static void a_gap_long_enough_to_leave_and_return_parts_two_passages(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    /* A hundred kilometres from the border, there and back at 720 kt (370 m/s): 540 s. */
    const struct ovf_fix fixes[] = {fix_deg(0, 0, -.1), fix_deg(50, 0, -.05), fix_deg(4050, 0, .05),
                                    fix_deg(4100, 0, .1)};
    fly(&s, fixes, 4, 100);
    assert_int_equal(s.passages.n, 2);
    assert_int_equal(s.passages.items[0].exit.kind, OVF_PASSAGE_GAP);
    assert_int_equal(s.passages.items[0].exit.t_max_ns, 4050 * S_NS);
    assert_int_equal(s.passages.items[1].entry.kind, OVF_PASSAGE_GAP);
    end_scene(&s);
}

static void a_gap_too_short_to_leave_and_return_is_inside(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    /* In 300 s at the limit it came no farther than 56 km from the middle, 111 km from the border. */
    const struct ovf_fix fixes[] = {fix_deg(0, 0, -.1), fix_deg(50, 0, -.05), fix_deg(350, 0, .05),
                                    fix_deg(400, 0, .1)};
    fly(&s, fixes, 4, 100);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].n_gaps_inside, 1);
    end_scene(&s);
}

static void a_gap_on_the_ground_is_inside(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    struct ovf_fix fixes[] = {fix_deg(0, 0, -.1), fix_deg(50, 0, -.1), fix_deg(9050, 0, -.1),
                              fix_deg(9100, 0, -.1)};
    for (int i = 0; i < 4; i++)
        fixes[i].flags |= OVF_FIX_ON_GROUND;
    fly(&s, fixes, 4, 100);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].n_gaps_inside, 1);
    end_scene(&s);
}

static void a_corner_clipped_between_two_fixes_is_possible(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    const struct ovf_fix fixes[] = {fix_deg(0, .7, 1.2), fix_deg(60, 1.2, .7)};
    fly(&s, fixes, 2, 60);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].class, OVF_CLASS_POSSIBLE);
    assert_int_equal(s.passages.items[0].n_fixes_inside, 0);
    assert_int_equal(s.passages.items[0].entry.before, 0);
    assert_int_equal(s.passages.items[0].exit.after, 1);
    assert_true(s.passages.items[0].entry.t_ns < s.passages.items[0].exit.t_ns);
    /* x + y = 1.9 cuts the corner from (1, .9) to (.9, 1). */
    assert_near(ovf_passage_distance_m(&s.passages.items[0], fixes), geodesic_m(.9, 1, 1, .9), 10);
    assert_false(s.passages.items[0].grazing); /* 7.8 km deep */
    end_scene(&s);
}

static void a_track_that_begins_and_ends_inside_has_no_ends(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, -.5), fix_deg(100, 0, 0), fix_deg(200, 0, .5)};
    fly(&s, fixes, 3, 100);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].entry.kind, OVF_PASSAGE_TRACK);
    assert_int_equal(s.passages.items[0].exit.kind, OVF_PASSAGE_TRACK);
    assert_int_equal(s.passages.items[0].n_fixes_inside, 3);
    assert_near(ovf_passage_distance_m(&s.passages.items[0], fixes), deg_m, 0.2);
    fly(&s, fixes, 1, 100);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].class, OVF_CLASS_POSSIBLE);
    assert_int_equal(s.passages.items[0].n_fixes_inside, 1);
    end_scene(&s);
}

/** In by the west side, then along the northern border by excursions of that many degrees, and out by
 * the east side. */
static size_t fly_along_border(struct scene *s, double excursion_deg)
{
    struct ovf_fix fixes[64];
    size_t n = 0;
    fixes[n++] = fix_deg(0, .9, -1.2);
    fixes[n++] = fix_deg(60, .9, -.9);
    for (int i = 0; i < 41; i++) {
        const double lat = 1 + (i % 2 != 0 ? excursion_deg : -excursion_deg);
        fixes[n] = fix_deg(60 + 20.0 * (double)n, lat, -.8 + .04 * i);
        n++;
    }
    fixes[n] = fix_deg(60 + 20.0 * (double)n, .9, .9);
    n++;
    fixes[n] = fix_deg(60 + 20.0 * (double)n, .9, 1.2);
    n++;
    fly(s, fixes, n, 100);
    return s->passages.n;
}

static void flicker_within_the_accuracy_of_the_border_is_one_grazing_passage(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    assert_int_equal(fly_along_border(&s, 400 / deg_m), 1);
    assert_true(s.passages.items[0].grazing);
    assert_near((double)s.passages.items[0].entry.t_ns * 1e-9, 40,
                0.01); /* two thirds of the way */
    end_scene(&s);
}

static void excursions_beyond_the_accuracy_part_passages(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    assert_int_equal(fly_along_border(&s, 2000 / deg_m), 21);
    for (size_t i = 0; i < s.passages.n; i++) {
        assert_false(s.passages.items[i].grazing);
        if (i > 0)
            assert_true(s.passages.items[i].entry.t_ns > s.passages.items[i - 1].exit.t_ns);
    }
    end_scene(&s);
}

static void one_excursion_of_two_kilometres_makes_two_passages(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, -.9), fix_deg(60, 0, .9),
                                    fix_deg(90, 0, 1 + 2000 / deg_m), fix_deg(120, 0, .9),
                                    fix_deg(180, 0, -.9)};
    fly(&s, fixes, 5, 60);
    assert_int_equal(s.passages.n, 2);
    const struct ovf_fix near[] = {fix_deg(0, 0, -.9), fix_deg(60, 0, .9),
                                   fix_deg(90, 0, 1 + 490 / deg_m), fix_deg(120, 0, .9),
                                   fix_deg(180, 0, -.9)};
    fly(&s, near, 5, 60);
    assert_int_equal(s.passages.n, 1);
    assert_true(s.passages.items[0].grazing);
    assert_int_equal(s.passages.items[0].n_fixes_inside, 4);
    assert_int_equal(s.passages.items[0].class, OVF_CLASS_OBSERVED);
    end_scene(&s);
}

/* With a stated radius below the map's accuracy, fixes on an excursion used to pass for deep ones. */
static void fixes_on_a_grazing_excursion_are_not_deep_inside(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    struct ovf_fix fixes[12];
    const double at_m[] = {-2000, -50, 50, -300, -350, -300, 50, -2000};
    for (size_t i = 0; i < 8; i++) {
        fixes[i] = fix_deg(20.0 * (double)i, 1 + at_m[i] / -deg_m, .05 * (double)i - .2);
        fixes[i].radius_m = 100;
    }
    fly(&s, fixes, 8, 60);
    assert_int_equal(s.passages.n, 1);
    assert_true(s.passages.items[0].grazing);
    assert_int_equal(s.passages.items[0].n_fixes_inside, 2);
    assert_int_equal(s.passages.items[0].class, OVF_CLASS_POSSIBLE);
    end_scene(&s);
}

static void what_lies_inside_by_less_than_radius_and_map_is_only_possible(void **state)
{
    (void)state;
    /* 0.02 degrees inside are 2,226 m; the map is worth 500 m: a radius of 1,700 m is enough, 1,750 is not. */
    static const float radii_m[] = {1700, 1750};
    static const enum ovf_class classes[] = {OVF_CLASS_OBSERVED, OVF_CLASS_POSSIBLE};
    for (size_t i = 0; i < 2; i++) {
        struct scene s;
        begin_square(&s);
        fixture_finish(&s.f);
        struct ovf_fix fixes[] = {fix_deg(0, 0.98, -1.5), fix_deg(100, 0.98, -.5),
                                  fix_deg(200, 0.98, .5), fix_deg(300, 0.98, 1.5)};
        for (size_t k = 0; k < 4; k++)
            fixes[k].radius_m = radii_m[i];
        fly(&s, fixes, 4, 100);
        assert_int_equal(s.passages.n, 1);
        assert_int_equal(s.passages.items[0].class, classes[i]);
        end_scene(&s);
    }
}

static void fixes_of_grade_d_make_nothing_observed(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    struct ovf_fix fixes[] = {fix_deg(0, 0, -1.5), fix_deg(100, 0, -.5), fix_deg(200, 0, .5),
                              fix_deg(300, 0, 1.5)};
    fixes[2].grade = OVF_GRADE_D;
    fly(&s, fixes, 4, 100);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].class, OVF_CLASS_POSSIBLE);
    end_scene(&s);
}

static void a_track_that_only_touches_is_possible_and_grazing(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    const struct ovf_fix fixes[] = {fix_deg(0, 1.01, -.1), fix_deg(30, 1 - 300 / deg_m, 0),
                                    fix_deg(60, 1.01, .1)};
    fly(&s, fixes, 3, 60);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].class, OVF_CLASS_POSSIBLE);
    assert_int_equal(s.passages.items[0].n_fixes_inside, 1);
    assert_true(s.passages.items[0].grazing);
    end_scene(&s);
}

static void neighbours_and_overlaps_are_named(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_box(&s.f, 1, -1, 1, 1, 3);
    fixture_box(&s.f, 2, -1, .5, 1, 1); /* inside 0, up to the border with 1 */
    fixture_finish(&s.f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, -1.5),  fix_deg(100, 0, -.5),
                                    fix_deg(200, 0, .2),  fix_deg(300, 0, 1.5),
                                    fix_deg(400, 0, 2.5), fix_deg(500, 0, 3.5)};
    fly(&s, fixes, 6, 100);
    assert_int_equal(s.passages.n, 3);
    const struct ovf_passage *p = s.passages.items;
    assert_int_equal(p[0].owner, 0);
    assert_int_equal(p[1].owner, 2);
    assert_int_equal(p[2].owner, 1);
    assert_int_equal(p[0].overlaps.words[0], 4);
    assert_int_equal(p[0].exit.other_side.words[0], 2);
    assert_int_equal(p[1].overlaps.words[0], 1);
    assert_int_equal(p[1].entry.other_side.words[0], 1);
    assert_int_equal(p[2].entry.other_side.words[0], 5);
    assert_int_equal(p[2].overlaps.words[0], 0);
    assert_int_equal(p[0].exit.t_ns, p[2].entry.t_ns);
    end_scene(&s);
}

static void only_wanted_airspaces_are_reported(void **state)
{
    (void)state;
    struct scene s;
    struct ovf_members wanted = {{2}};
    begin_square(&s);
    fixture_box(&s.f, 1, -1, 1, 1, 3);
    fixture_finish(&s.f);
    const struct ovf_fix fixes[] = {fix_deg(0, 0, 0), fix_deg(100, 0, 2), fix_deg(200, 0, 4)};
    walk_fixes(&s.f.layer, fixes, 3, 100, &s.walk);
    assert_int_equal(ovf_passages_find(&s.f.layer, fixes, &s.walk.steps, &wanted, 500, &s.passages),
                     OVF_OK);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].owner, 1);
    assert_int_equal(s.passages.items[0].entry.other_side.words[0], 1);
    end_scene(&s);
}

static void a_zone_is_passed_by_climbing_and_doubtful_without_altitude(void **state)
{
    (void)state;
    struct scene s;
    const struct ovf_limits limits[] = {{.owner = 0, .floor_ft = 10000, .ceiling_ft = 20000}};
    begin_square(&s);
    fixture_finish(&s.f);
    s.f.layer.limits = limits;
    s.f.layer.n_limits = 1;
    struct ovf_fix fixes[] = {fix_alt(0, 0, -.4, 5000), fix_alt(100, 0, -.2, 15000),
                              fix_alt(150, 0, 0, 15000), fix_alt(200, 0, .2, 15000),
                              fix_alt(300, 0, .4, 25000)};
    fly(&s, fixes, 5, 100);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].entry.t_ns, 50 * S_NS);
    assert_int_equal(s.passages.items[0].exit.t_ns, 250 * S_NS);
    assert_false(s.passages.items[0].vertical_undetermined);
    fixes[2].has = 0;
    fly(&s, fixes, 5, 100);
    assert_int_equal(s.passages.n, 1);
    assert_true(s.passages.items[0].vertical_undetermined);
    for (int i = 0; i < 5; i++)
        fixes[i].has = 0;
    fly(&s, fixes, 5, 100);
    assert_int_equal(s.passages.n, 1);
    assert_true(s.passages.items[0].vertical_undetermined);
    assert_int_equal(s.passages.items[0].entry.kind, OVF_PASSAGE_TRACK);
    assert_int_equal(s.passages.items[0].class, OVF_CLASS_POSSIBLE); /* nothing says how high */
    for (int i = 0; i < 5; i++)
        fixes[i].flags |= OVF_FIX_ON_GROUND;
    fly(&s, fixes, 5, 100);
    assert_int_equal(s.passages.n, 0); /* on the ground, below any floor */
    end_scene(&s);
}

static void suspect_fixes_make_a_gap(void **state)
{
    (void)state;
    struct scene s;
    begin_square(&s);
    fixture_finish(&s.f);
    struct ovf_fix fixes[] = {fix_deg(0, 0, -1.5), fix_deg(50, 0, -1.1), fix_deg(100, 0, -.5),
                              fix_deg(200, 0, .5), fix_deg(300, 0, 1.5)};
    fixes[1].grade = OVF_GRADE_X;
    fly(&s, fixes, 5, 100);
    assert_int_equal(s.passages.items[0].entry.kind, OVF_PASSAGE_CROSSED);
    fixes[2].grade = OVF_GRADE_X;
    fly(&s, fixes, 5, 100);
    assert_int_equal(s.passages.n, 1);
    assert_int_equal(s.passages.items[0].entry.kind, OVF_PASSAGE_GAP);
    assert_int_equal(s.passages.items[0].entry.t_min_ns, 0);
    assert_int_equal(s.passages.items[0].n_fixes_inside, 1);
    assert_int_equal(s.passages.items[0].class, OVF_CLASS_POSSIBLE);
    end_scene(&s);
}

static void many_crossings_take_no_quadratic_time(void **state)
{
    (void)state;
    enum { N = 60000 };
    struct scene s;
    struct ovf_fix *fixes = calloc(N, sizeof *fixes);
    assert_non_null(fixes);
    begin_square(&s);
    fixture_finish(&s.f);
    for (int i = 0; i < N; i++) /* 30,000 true excursions */
        fixes[i] = fix_deg(30.0 * i, 0, i % 2 == 0 ? .9 : 1.1);
    fly(&s, fixes, OVF_SANITIZED ? N / 10 : N, 60);
    assert_int_equal(s.passages.n, (OVF_SANITIZED ? N / 10 : N) / 2);
    free(fixes);
    end_scene(&s);
}

static void limits_above_sea_level_say_what_they_were_compared_with(void **state)
{
    (void)state;
    static int16_t
        undulation_cm[OVF_GEOID_ROWS * OVF_GEOID_COLUMNS]; /* mean sea level everywhere */
    const struct ovf_geoid geoid = {undulation_cm, "made for the test"};
    const struct ovf_limits limits = {0, 0, 10000, OVF_DATUM_SURFACE, OVF_DATUM_AMSL};
    const struct ovf_limits level = {0, 0, 10000, OVF_DATUM_SURFACE, OVF_DATUM_FL};
    struct scene s;
    struct ovf_fix fixes[] = {fix_alt(0, 0, -1.5, 5000), fix_alt(100, 0, -.5, 5000),
                              fix_alt(200, 0, .5, 5000), fix_alt(300, 0, 1.5, 5000)};
    for (int i = 0; i < 4; i++) {
        fixes[i].has |= OVF_FIX_ALT_GEOM;
        fixes[i].alt_geom_ft = 9000;
    }
    begin_square(&s);
    fixture_finish(&s.f);
    s.f.layer.limits = &limits;
    s.f.layer.n_limits = 1;
    fly(&s, fixes, 4, 100);
    assert_string_equal(ovf_passage_vertical(&s.passages.items[0]), "barometric");
    s.f.layer.geoid = &geoid;
    fly(&s, fixes, 4, 100);
    assert_string_equal(ovf_passage_vertical(&s.passages.items[0]), "geometric");
    fixes[2].has = OVF_FIX_ALT_BARO;
    fly(&s, fixes, 4, 100);
    assert_string_equal(ovf_passage_vertical(&s.passages.items[0]), "barometric");
    fixes[2].alt_baro_ft = 9000;
    fly(&s, fixes, 4, 100);
    assert_string_equal(ovf_passage_vertical(&s.passages.items[0]), "undetermined");
    const struct ovf_fix corner[] = {fixes[0], fixes[3]}; /* none inside: those around */
    fly(&s, corner, 2, 400);
    assert_string_equal(ovf_passage_vertical(&s.passages.items[0]), "geometric");
    s.f.layer.limits = &level;
    fly(&s, fixes, 4, 100);
    assert_null(ovf_passage_vertical(&s.passages.items[0]));
    end_scene(&s);
}

static void every_class_has_its_name(void **state)
{
    (void)state;
    assert_string_equal(ovf_class_name(OVF_CLASS_OBSERVED), "observed");
    assert_string_equal(ovf_class_name(OVF_CLASS_NEAR_CERTAIN), "near_certain");
    assert_string_equal(ovf_class_name(OVF_CLASS_INCONSISTENT), "inconsistent");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_track_in_and_out_is_observed),
        cmocka_unit_test(altitudes_are_those_of_the_fixes_inside),
        cmocka_unit_test(altitudes_are_not_known_throughout_over_long_steps),
        cmocka_unit_test(a_gap_at_the_entry_brackets_it),
        cmocka_unit_test(a_gap_inside_is_one_passage_while_the_geodesic_stays),
        cmocka_unit_test(a_gap_whose_geodesic_leaves_parts_two_passages),
        cmocka_unit_test(a_gap_long_enough_to_leave_and_return_parts_two_passages),
        cmocka_unit_test(a_gap_too_short_to_leave_and_return_is_inside),
        cmocka_unit_test(a_gap_on_the_ground_is_inside),
        cmocka_unit_test(a_corner_clipped_between_two_fixes_is_possible),
        cmocka_unit_test(a_track_that_begins_and_ends_inside_has_no_ends),
        cmocka_unit_test(flicker_within_the_accuracy_of_the_border_is_one_grazing_passage),
        cmocka_unit_test(excursions_beyond_the_accuracy_part_passages),
        cmocka_unit_test(one_excursion_of_two_kilometres_makes_two_passages),
        cmocka_unit_test(fixes_on_a_grazing_excursion_are_not_deep_inside),
        cmocka_unit_test(what_lies_inside_by_less_than_radius_and_map_is_only_possible),
        cmocka_unit_test(fixes_of_grade_d_make_nothing_observed),
        cmocka_unit_test(a_track_that_only_touches_is_possible_and_grazing),
        cmocka_unit_test(neighbours_and_overlaps_are_named),
        cmocka_unit_test(only_wanted_airspaces_are_reported),
        cmocka_unit_test(a_zone_is_passed_by_climbing_and_doubtful_without_altitude),
        cmocka_unit_test(limits_above_sea_level_say_what_they_were_compared_with),
        cmocka_unit_test(suspect_fixes_make_a_gap),
        cmocka_unit_test(many_crossings_take_no_quadratic_time),
        cmocka_unit_test(every_class_has_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
