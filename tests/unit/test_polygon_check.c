/* SPDX-License-Identifier: Apache-2.0 */
/* Polygons drawn by hand, and random ones against a test of every pair of lines in floating point. */
#include "test.h"

#include "shape/polygon_check.h"

#include <string.h>

static enum ovf_status check(const char *coordinates, struct ovf_polygon_report *report,
                             struct ovf_error *err)
{
    char text[4096];
    struct ovf_geojson_reader reader;
    struct ovf_shape shape = {0};
    bool more;
    snprintf(text, sizeof text, "{\"type\":\"MultiPolygon\",\"coordinates\":%s}", coordinates);
    assert_int_equal(ovf_geojson_open(ovf_bytes_from_text(text), NULL, &reader, err), OVF_OK);
    assert_int_equal(ovf_geojson_next(&reader, &shape, &more, err), OVF_OK);
    const enum ovf_status st = ovf_polygon_check(&shape, report, err);
    ovf_shape_deinit(&shape);
    return st;
}

static void assert_good(const char *coordinates, bool touches)
{
    struct ovf_polygon_report report;
    struct ovf_error err = {""};
    const enum ovf_status st = check(coordinates, &report, &err);
    if (st != OVF_OK)
        print_error("%s: %s\n", coordinates, err.text);
    assert_int_equal(st, OVF_OK);
    assert_int_equal(report.touches, touches);
}

static void assert_bad(const char *coordinates, const char *what)
{
    struct ovf_polygon_report report;
    struct ovf_error err = {""};
    assert_int_equal(check(coordinates, &report, &err), OVF_E_FORMAT);
    assert_non_null(strstr(err.text, what));
}

static void a_bow_tie_is_found_wherever_it_crosses(void **state)
{
    (void)state;
    assert_bad("[[[[0,0],[1,1],[1,0],[0,1],[0,0]]]]", "crosses itself near");
    assert_bad("[[[[40,30],[47,38],[47,30],[40,38],[40,30]]]]", "crosses itself near");
    assert_bad("[[[[0,0],[3,1.1],[3,0],[0,0.9],[0,0]]]]", "crosses itself near");
    assert_bad("[[[[178,0],[-178,3],[-178,0],[178,2],[178,0]]]]", "crosses itself near");
    assert_bad("[[[[0,0],[1e-4,1e-4],[1e-4,0],[0,1e-4],[0,0]]]]", "crosses itself near");
}

static void good_areas_pass(void **state)
{
    (void)state;
    assert_good("[[[[0,0],[1,0],[1,1],[0,1],[0,0]]]]", false);
    assert_good("[[[[179,0],[-179,0],[-179,1],[179,1],[179,0]]]]", false);
    assert_good("[[[[179,0],[181,0],[181,1],[179,1],[179,0]]]]", false);
    assert_good("[[[[0,60],[90,60],[180,60],[-90,60],[0,60]]]]", false);
    assert_good("[[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[2,2],[2,4],[4,4],[4,2],[2,2]]]]", false);
    /* With longitude fields of a quarter turn, drawn clockwise. */
    assert_good("[[[[-170,-80],[-170,80],[-80,80],[0,80],[80,80],[80,-80],[-170,-80]]]]", false);
}

static void a_hole_may_touch_its_shell_and_two_parts_a_corner(void **state)
{
    (void)state;
    assert_good("[[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[0,0],[2,4],[4,2],[0,0]]]]", false);
    assert_good("[[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[0,5],[2,4],[2,6],[0,5]]]]", true);
    assert_good("[[[[0,0],[1,0],[1,1],[0,0]]],[[[1,1],[2,1],[2,2],[1,1]]]]", false);
    /* The parts share half of a side. */
    assert_good("[[[[0,0],[1,0],[1,2],[0,2],[0,0]]],[[[1,0],[2,0],[2,1],[1,1],[1,0]]]]", true);
}

static void assert_dropped(const char *coordinates, size_t n_holes, size_t n_nested)
{
    struct ovf_polygon_report report;
    struct ovf_error err = {""};
    assert_int_equal(check(coordinates, &report, &err), OVF_OK);
    assert_int_equal(report.n_holes_dropped, n_holes);
    assert_int_equal(report.n_nested, n_nested);
}

#define SQUARE "[[0,0],[10,0],[10,10],[0,10],[0,0]]"

static void holes_that_take_nothing_are_left_out_and_nested_polygons_counted(void **state)
{
    (void)state;
    assert_dropped("[[" SQUARE ",[[12,2],[12,4],[14,4],[14,2],[12,2]]]]", 1, 0);
    assert_dropped("[[" SQUARE ",[[2,-4],[4,-4],[4,-2],[2,-2],[2,-4]]]]", 1, 0);
    assert_dropped("[[[[175,0],[-175,0],[-175,10],[175,10],[175,0]],"
                   "[[-172,2],[-172,4],[-170,4],[-172,2]]]]",
                   1, 0);
    assert_dropped("[[" SQUARE ",[[2,2],[8,2],[8,8],[2,2]],[[7,5],[7,6],[7.5,6],[7,5]]]]", 1, 0);
    assert_dropped("[[" SQUARE "],[[[2,2],[8,2],[8,8],[2,2]],[[7,5],[7,6],[7.5,6],[7,5]]]]", 0, 1);
    /* An island in a lake is a polygon of its own. */
    assert_dropped("[[" SQUARE ",[[2,2],[8,2],[8,8],[2,2]]],[[[7,5],[7,6],[7.5,6],[7,5]]]]", 0, 0);
    assert_dropped("[[[[7,5],[7,6],[7.5,6],[7,5]]],[" SQUARE ",[[2,2],[8,2],[8,8],[2,2]]]]", 0, 0);
    /* Side by side. */
    assert_dropped("[[" SQUARE "],[[[10,0],[20,0],[20,10],[10,10],[10,0]]]]", 0, 0);
    assert_dropped("[[" SQUARE "],[[[0,10],[10,10],[10,20],[0,20],[0,10]]]]", 0, 0);
}

static void rings_that_cross_are_found(void **state)
{
    (void)state;
    assert_bad("[[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[8,2],[8,4],[12,4],[12,2],[8,2]]]]",
               "two rings cross");
    assert_bad("[[[[0,0],[10,0],[10,10],[0,10],[0,0]]],[[[5,5],[15,5],[15,15],[5,15],[5,5]]]]",
               "two rings cross");
    assert_good("[[[[175,0],[-175,0],[-175,10],[175,10],[175,0]],"
                "[[-179,2],[-179,4],[178,4],[-179,2]]]]",
                false);
}

static double area_of(const double a[2], const double b[2], const double p[2])
{
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}

static uint64_t state_of_random = 42;

static double random_share(void)
{
    state_of_random =
        state_of_random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(state_of_random >> 40) / 16777216.;
}

/** Small quadrilaterals, where lines are straight to a millimetre: crossed or not by four signs. */
static void random_quadrilaterals_agree_with_a_plain_test(void **state)
{
    (void)state;
    int n_bad = 0;
    for (int trial = 0; trial < 2000; trial++) {
        double v[4][2];
        char text[400];
        const double lon0 = random_share() * 350 - 175;
        const double lat0 = random_share() * 120 - 60;
        for (int i = 0; i < 4; i++) {
            v[i][0] = round((lon0 + random_share() * 0.01) * 1e7) / 1e7;
            v[i][1] = round((lat0 + random_share() * 0.01) * 1e7) / 1e7;
        }
        bool crossed = false;
        for (int i = 0; i < 2; i++) {
            const double *a = v[i], *b = v[i + 1], *c = v[(i + 2) % 4], *d = v[(i + 3) % 4];
            crossed = crossed || (area_of(a, b, c) * area_of(a, b, d) < 0 &&
                                  area_of(c, d, a) * area_of(c, d, b) < 0);
        }
        snprintf(text, sizeof text,
                 "[[[[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f]]]]", v[0][0],
                 v[0][1], v[1][0], v[1][1], v[2][0], v[2][1], v[3][0], v[3][1], v[0][0], v[0][1]);
        struct ovf_polygon_report report;
        struct ovf_error err;
        assert_int_equal(check(text, &report, &err), crossed ? OVF_E_FORMAT : OVF_OK);
        n_bad += crossed;
    }
    assert_true(n_bad > 200 && n_bad < 1800);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bow_tie_is_found_wherever_it_crosses),
        cmocka_unit_test(good_areas_pass),
        cmocka_unit_test(a_hole_may_touch_its_shell_and_two_parts_a_corner),
        cmocka_unit_test(rings_that_cross_are_found),
        cmocka_unit_test(holes_that_take_nothing_are_left_out_and_nested_polygons_counted),
        cmocka_unit_test(random_quadrilaterals_agree_with_a_plain_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
