/* SPDX-License-Identifier: Apache-2.0 */
/* Paths to draw. Expectations: on the equator and on meridians geodesics are those lines; a degree of
 * longitude on the equator is 111,319.49 m (semi-major axis 6,378,137 m); the rest is arithmetic. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "report/drawing.h"

#define S OVF_NS_PER_S

enum { MAX_FIXES = 8 };

/** A crossing to be drawn; entry and exit are where the track begins and ends, till told otherwise. */
struct scene {
    struct ovf_fix fixes[MAX_FIXES];
    struct ovf_track track;
    struct ovf_crossing crossing;
    struct ovf_result result;
    struct ovf_engine_config config;
    struct ovf_report report;
    struct ovf_report_line line;
    struct ovf_drawing drawing;
};

static void add_fix(struct scene *s, int64_t t_s, double lat_deg, double lon_deg)
{
    struct ovf_fix *fix = &s->fixes[s->track.fixes.n++];
    *fix = (struct ovf_fix){.t_ns = t_s * S, .grade = OVF_GRADE_C};
    fix->at.lat_e7 = (int32_t)lround(lat_deg * 1e7);
    fix->at.lon_e7 = (int32_t)lround(lon_deg * 1e7);
}

static void make(struct scene *s)
{
    s->track.fixes.items = s->fixes;
    s->config.walk = (struct ovf_walk_options){.max_gap_ns = 60 * S};
    s->report.config = &s->config;
    s->result.track = &s->track;
    s->line = (struct ovf_report_line){.result = &s->result, .crossing = &s->crossing};
    struct ovf_passage *p = &s->crossing.passage;
    const size_t last = s->track.fixes.n - 1;
    p->entry = (struct ovf_passage_end){.kind = OVF_PASSAGE_TRACK};
    p->exit = (struct ovf_passage_end){.kind = OVF_PASSAGE_TRACK, .before = last, .after = last};
}

static void draw(struct scene *s, bool dotted)
{
    assert_int_equal(ovf_drawing_of_crossing(&s->report, &s->line, dotted, &s->drawing), OVF_OK);
}

static const struct ovf_drawing_point *point(const struct scene *s, size_t line, size_t i)
{
    assert_true(line < s->drawing.n_lines);
    assert_true(s->drawing.lines[line].begin + i < s->drawing.lines[line].end);
    return &s->drawing.points[s->drawing.lines[line].begin + i];
}

static size_t length(const struct scene *s, size_t line)
{
    return s->drawing.lines[line].end - s->drawing.lines[line].begin;
}

static void fixes_near_each_other_are_joined_as_they_are(void **state)
{
    (void)state;
    struct scene s = {0};
    add_fix(&s, 0, 10, 20);
    add_fix(&s, 30, 10.1, 20);
    add_fix(&s, 60, 10.2, 20.05);
    make(&s);
    draw(&s, false);
    assert_int_equal(s.drawing.n_parts, 1);
    assert_int_equal(s.drawing.n_lines, 1);
    assert_int_equal(length(&s, 0), 3);
    assert_int_equal(point(&s, 0, 2)->lat_e7, 102000000);
    assert_int_equal(point(&s, 0, 2)->lon_e7, 200500000);
    assert_true(s.drawing.parts[0].t_min_ns == 0);
    assert_true(s.drawing.parts[0].t_max_ns == 60 * S);
    assert_int_equal(s.drawing.datum, 0);
    assert_true(isnan(point(&s, 0, 0)->alt_ft));
    ovf_drawing_deinit(&s.drawing);
}

static void long_stretches_get_points_between(void **state)
{
    (void)state;
    struct scene s = {0};
    add_fix(&s, 0, 0, 20);
    add_fix(&s, 60, 0, 21); /* 111.3 km: six pieces */
    make(&s);
    draw(&s, false);
    assert_int_equal(length(&s, 0), 7);
    for (size_t i = 0; i <= 6; i++) {
        assert_int_equal(point(&s, 0, i)->lat_e7, 0);
        assert_near(point(&s, 0, i)->lon_e7, 20e7 + 1e7 * (double)i / 6, 1);
        assert_true(point(&s, 0, i)->t_ns == (int64_t)i * 10 * S);
    }
    ovf_drawing_deinit(&s.drawing);
}

static void a_line_over_the_antimeridian_is_cut(void **state)
{
    (void)state;
    const double sides[] = {1, -1}; /* eastward, westward */
    for (size_t k = 0; k < 2; k++) {
        struct scene s = {0};
        add_fix(&s, 0, 10, sides[k] * 179.95);
        add_fix(&s, 30, 10.1, sides[k] * -179.95);
        make(&s);
        draw(&s, false);
        assert_int_equal(s.drawing.n_parts, 1);
        assert_int_equal(s.drawing.n_lines, 2);
        assert_int_equal(length(&s, 0), 2);
        assert_int_equal(length(&s, 1), 2);
        assert_int_equal(point(&s, 0, 1)->lon_e7, (int32_t)(sides[k] * 180e7));
        assert_int_equal(point(&s, 1, 0)->lon_e7, (int32_t)(sides[k] * -180e7));
        assert_int_equal(point(&s, 0, 1)->lat_e7, 100500000);
        assert_int_equal(point(&s, 1, 0)->lat_e7, 100500000);
        assert_true(point(&s, 1, 0)->t_ns == 15 * S);
        ovf_drawing_deinit(&s.drawing);
    }
}

static void a_fix_on_the_antimeridian_belongs_to_both_sides(void **state)
{
    (void)state;
    struct scene s = {0};
    add_fix(&s, 0, 10, 179.9);
    add_fix(&s, 30, 10.1, -180);
    add_fix(&s, 60, 10.2, -179.9);
    make(&s);
    draw(&s, false);
    assert_int_equal(s.drawing.n_lines, 2);
    assert_int_equal(length(&s, 0), 2);
    assert_int_equal(length(&s, 1), 2);
    assert_int_equal(point(&s, 0, 1)->lon_e7, 1800000000);
    assert_int_equal(point(&s, 0, 1)->lat_e7, 101000000);
    assert_int_equal(point(&s, 1, 0)->lon_e7, -1800000000);
    ovf_drawing_deinit(&s.drawing);
}

static void a_gap_is_a_part_of_its_own(void **state)
{
    (void)state;
    struct scene s = {0};
    add_fix(&s, 0, 0, 20);
    add_fix(&s, 30, 0, 20.1);
    add_fix(&s, 91, 0, 20.3); /* one second more than is bridged */
    add_fix(&s, 151, 0, 20.5);
    make(&s);
    draw(&s, false);
    assert_int_equal(s.drawing.n_parts, 3);
    assert_false(s.drawing.parts[0].is_gap);
    assert_true(s.drawing.parts[1].is_gap);
    assert_false(s.drawing.parts[2].is_gap);
    assert_true(s.drawing.parts[1].t_min_ns == 30 * S);
    assert_true(s.drawing.parts[1].t_max_ns == 91 * S);
    assert_int_equal(s.drawing.parts[1].end - s.drawing.parts[1].begin, 1);
    ovf_drawing_deinit(&s.drawing);
}

static void a_gap_is_dotted_by_every_other_piece(void **state)
{
    (void)state;
    const struct {
        double lon_deg;
        size_t n_dots;
    } cases[] = {
        {20.01, 3}, /* 1.1 km: five pieces at least */
        {21, 4},    /* 111.3 km: six pieces, odd is seven */
        {100, 101}, /* 8,906 km: 201 pieces at most */
        {20.0, 3},  /* it came back to where it was */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scene s = {0};
        add_fix(&s, 0, 0, 20);
        add_fix(&s, 100000, 0, cases[i].lon_deg);
        make(&s);
        draw(&s, true);
        const struct ovf_drawing_part *gap = &s.drawing.parts[1];
        assert_true(gap->is_gap);
        assert_int_equal(gap->end - gap->begin, cases[i].n_dots);
        const double piece_deg = (cases[i].lon_deg - 20) / (double)(2 * cases[i].n_dots - 1);
        for (size_t k = 0; k < cases[i].n_dots && piece_deg > 0; k++) {
            assert_int_equal(length(&s, gap->begin + k), 2);
            assert_near(point(&s, gap->begin + k, 0)->lon_e7,
                        20e7 + piece_deg * 1e7 * (double)(2 * k), 1.5);
            assert_near(point(&s, gap->begin + k, 1)->lon_e7,
                        20e7 + piece_deg * 1e7 * (double)(2 * k + 1), 1.5);
        }
        ovf_drawing_deinit(&s.drawing);
    }
}

static void an_end_in_a_gap_is_drawn_to_the_fix_beyond(void **state)
{
    (void)state;
    struct scene s = {0};
    add_fix(&s, 0, 0, 20);
    add_fix(&s, 100, 0, 20.1);
    add_fix(&s, 130, 0, 20.2);
    add_fix(&s, 300, 0, 20.3);
    make(&s);
    s.crossing.passage.entry = (struct ovf_passage_end){.kind = OVF_PASSAGE_GAP, .after = 1};
    s.crossing.passage.exit =
        (struct ovf_passage_end){.kind = OVF_PASSAGE_GAP, .before = 2, .after = 3};
    draw(&s, false);
    assert_int_equal(s.drawing.n_parts, 3);
    assert_true(s.drawing.parts[0].is_gap);
    assert_true(s.drawing.parts[0].t_min_ns == 0);
    assert_false(s.drawing.parts[1].is_gap);
    assert_true(s.drawing.parts[1].t_min_ns == 100 * S);
    assert_true(s.drawing.parts[1].t_max_ns == 130 * S);
    assert_true(s.drawing.parts[2].is_gap);
    assert_true(s.drawing.parts[2].t_max_ns == 300 * S);
    ovf_drawing_deinit(&s.drawing);
}

static void a_passage_without_a_fix_goes_from_entry_to_exit(void **state)
{
    (void)state;
    struct scene s = {0};
    add_fix(&s, 0, 0, 20);
    add_fix(&s, 60, 0, 20.1);
    make(&s);
    s.crossing.passage.entry = (struct ovf_passage_end){
        .kind = OVF_PASSAGE_CROSSED, .after = 1, .t_ns = 24 * S, .lat_deg = 0, .lon_deg = 20.04};
    s.crossing.passage.exit = (struct ovf_passage_end){
        .kind = OVF_PASSAGE_CROSSED, .after = 1, .t_ns = 36 * S, .lat_deg = 0, .lon_deg = 20.06};
    draw(&s, false);
    assert_int_equal(s.drawing.n_parts, 1);
    assert_int_equal(length(&s, 0), 2);
    assert_int_equal(point(&s, 0, 0)->lon_e7, 200400000);
    assert_int_equal(point(&s, 0, 1)->lon_e7, 200600000);
    /* nothing but a gap */
    s.crossing.passage.entry = (struct ovf_passage_end){.kind = OVF_PASSAGE_GAP, .after = 1};
    s.crossing.passage.exit = (struct ovf_passage_end){.kind = OVF_PASSAGE_GAP, .after = 1};
    draw(&s, true);
    assert_int_equal(s.drawing.n_parts, 1);
    assert_true(s.drawing.parts[0].is_gap);
    ovf_drawing_deinit(&s.drawing);
}

static void a_fix_that_is_not_believed_is_passed_over(void **state)
{
    (void)state;
    struct scene s = {0};
    add_fix(&s, 0, 0, 20);
    add_fix(&s, 20, 50, 20);
    add_fix(&s, 40, 0, 20.1);
    s.fixes[1].grade = OVF_GRADE_X;
    make(&s);
    draw(&s, false);
    assert_int_equal(s.drawing.n_lines, 1);
    assert_int_equal(length(&s, 0), 2);
    ovf_drawing_deinit(&s.drawing);
}

static void give_altitude(struct ovf_fix *fix, unsigned datum, int32_t alt_ft)
{
    fix->has |= (uint16_t)datum;
    *(datum == OVF_FIX_ALT_GEOM ? &fix->alt_geom_ft : &fix->alt_baro_ft) = alt_ft;
}

static void altitudes_are_of_one_datum_and_filled_in(void **state)
{
    (void)state;
    struct scene s = {0};
    for (int i = 0; i < 6; i++)
        add_fix(&s, 30 * i, 0, 20 + 0.1 * i);
    for (int i = 0; i < 6; i++)
        give_altitude(&s.fixes[i], OVF_FIX_ALT_BARO, 10000);
    give_altitude(&s.fixes[1], OVF_FIX_ALT_GEOM, 11000);
    give_altitude(&s.fixes[4], OVF_FIX_ALT_GEOM, 11300);
    make(&s);
    draw(&s, false);
    assert_int_equal(s.drawing.datum, OVF_FIX_ALT_BARO); /* two of six */
    assert_near(point(&s, 0, 3)->alt_ft, 10000, 0);
    give_altitude(&s.fixes[3], OVF_FIX_ALT_GEOM, 11200);
    draw(&s, false);
    assert_int_equal(s.drawing.datum, OVF_FIX_ALT_GEOM); /* half of them */
    const double want_ft[] = {11000, 11000, 11100, 11200, 11300, 11300};
    for (size_t i = 0; i < 6; i++)
        assert_near(point(&s, 0, i)->alt_ft, want_ft[i], 1e-9);
    ovf_drawing_deinit(&s.drawing);
}

static void a_line_over_the_pole_stays_in_range(void **state)
{
    (void)state;
    struct scene s = {0};
    add_fix(&s, 0, 89.5, 10);
    add_fix(&s, 60, 89.5, -170);
    make(&s);
    draw(&s, false);
    double most_deg = 0;
    for (size_t i = 0; i < s.drawing.n_points; i++) {
        assert_in_range(s.drawing.points[i].lat_e7, 894999990, 900000000);
        assert_true(llabs((long long)s.drawing.points[i].lon_e7) <= 1800000000);
        most_deg = fmax(most_deg, s.drawing.points[i].lat_e7 / 1e7);
    }
    assert_true(most_deg > 89.9);
    ovf_drawing_deinit(&s.drawing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixes_near_each_other_are_joined_as_they_are),
        cmocka_unit_test(long_stretches_get_points_between),
        cmocka_unit_test(a_line_over_the_antimeridian_is_cut),
        cmocka_unit_test(a_fix_on_the_antimeridian_belongs_to_both_sides),
        cmocka_unit_test(a_gap_is_a_part_of_its_own),
        cmocka_unit_test(a_gap_is_dotted_by_every_other_piece),
        cmocka_unit_test(an_end_in_a_gap_is_drawn_to_the_fix_beyond),
        cmocka_unit_test(a_passage_without_a_fix_goes_from_entry_to_exit),
        cmocka_unit_test(a_fix_that_is_not_believed_is_passed_over),
        cmocka_unit_test(altitudes_are_of_one_datum_and_filled_in),
        cmocka_unit_test(a_line_over_the_pole_stays_in_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
