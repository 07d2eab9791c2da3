/* SPDX-License-Identifier: Apache-2.0 */
/* The GeoJSON reader: what RFC 7946 says, and the bad inputs P01 to P17 that concern it. */
#include "test.h"

#include "shape/geojson.h"

#define SQUARE "[[44,33],[45,33],[45,34],[44,34],[44,33]]"

/** The status of reading \p text to its end, or to the first error. */
static enum ovf_status read_all(const char *text, const struct ovf_geojson_limits *limits,
                                struct ovf_geojson_reader *reader, struct ovf_shape *shape,
                                struct ovf_error *err)
{
    bool more = true;
    err->text[0] = '\0';
    *reader = (struct ovf_geojson_reader){0};
    enum ovf_status st = ovf_geojson_open(ovf_bytes_from_text(text), limits, reader, err);
    while (st == OVF_OK) {
        struct ovf_shape next = {0};
        st = ovf_geojson_next(reader, &next, &more, err);
        if (st != OVF_OK || !more) {
            ovf_shape_deinit(&next);
            break;
        }
        ovf_shape_deinit(shape);
        *shape = next;
    }
    return st;
}

static struct ovf_shape shape_of(const char *text)
{
    struct ovf_geojson_reader reader;
    struct ovf_shape shape = {0};
    struct ovf_error err;
    const enum ovf_status st = read_all(text, NULL, &reader, &shape, &err);
    if (st != OVF_OK)
        print_error("%s\n", err.text);
    assert_int_equal(st, OVF_OK);
    return shape;
}

static void assert_refused(const char *text, enum ovf_status status, const char *words)
{
    struct ovf_geojson_reader reader;
    struct ovf_shape shape = {0};
    struct ovf_error err;
    const enum ovf_status st = read_all(text, NULL, &reader, &shape, &err);
    if (st != status || strstr(err.text, words) == NULL)
        print_error("%.100s\n  gives %d \"%s\", not %d \"...%s...\"\n", text, (int)st, err.text,
                    (int)status, words);
    assert_int_equal(st, status);
    assert_non_null(strstr(err.text, words));
    ovf_shape_deinit(&shape);
}

static void test_a_polygon_gives_its_points_without_the_closing_one(void **state)
{
    (void)state;
    struct ovf_shape s = shape_of("{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}");
    assert_int_equal(s.n_rings, 1);
    assert_int_equal(s.rings[0].n, 4);
    assert_false(s.rings[0].is_hole);
    assert_int_equal(s.points.items[0].lat_e7, 330000000);
    assert_int_equal(s.points.items[0].lon_e7, 440000000);
    assert_int_equal(s.points.items[2].lat_e7, 340000000);
    ovf_shape_deinit(&s);
}

static void test_holes_and_many_polygons_are_told_apart(void **state)
{
    (void)state;
    struct ovf_shape s = shape_of(
        "{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":{\"coordinates\":["
        "[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]],[[[20,0],[29,0],[29,9],[20,0]]]],"
        "\"type\":\"MultiPolygon\"},\"properties\":{\"code\":\"ORBB\",\"min_fl\":245},"
        "\"type\":\"Feature\"}]}");
    assert_int_equal(s.n_rings, 3);
    assert_true(s.rings[1].is_hole);
    assert_int_equal(s.rings[1].polygon, 0);
    assert_int_equal(s.rings[2].polygon, 1);
    assert_false(s.rings[2].is_hole);
    assert_string_equal(ovf_shape_text(&s, "code"), "ORBB");
    assert_null(ovf_shape_text(&s, "min_fl"));
    double number = 0;
    assert_true(ovf_shape_number(&s, "min_fl", &number));
    assert_near(number, 245, 0);
    assert_null(ovf_shape_text(&s, "absent"));
    ovf_shape_deinit(&s);
}

static void test_coordinates_are_rounded_to_the_nearest_1e_7_degree(void **state)
{
    (void)state;
    struct ovf_shape s =
        shape_of("{\"type\":\"Polygon\",\"coordinates\":[[[44.00000004,33.00000005],"
                 "[4.5e1,-33.00000005],[-179.99998,34],[44.00000004,33.00000005]]]}");
    assert_int_equal(s.points.items[0].lon_e7, 440000000);
    assert_int_equal(s.points.items[0].lat_e7, 330000001);
    assert_int_equal(s.points.items[1].lon_e7, 450000000);
    assert_int_equal(s.points.items[1].lat_e7, -330000001);
    assert_int_equal(s.points.items[2].lon_e7, -1799999800);
    ovf_shape_deinit(&s);
}

static void test_longitudes_beyond_180_come_back(void **state) /* P07 */
{
    (void)state;
    struct ovf_shape s =
        shape_of("{\"type\":\"Polygon\",\"coordinates\":[[[170,10],[190,10],[180,20],"
                 "[-190,15],[170,10]]]}");
    assert_int_equal(s.points.items[1].lon_e7, -1700000000);
    assert_int_equal(s.points.items[2].lon_e7, -1800000000);
    assert_int_equal(s.points.items[3].lon_e7, 1700000000);
    ovf_shape_deinit(&s);
}

static void test_a_third_coordinate_and_repeated_points_are_passed_over(void **state) /* P04, P16 */
{
    (void)state;
    struct ovf_shape s =
        shape_of("{\"type\":\"Polygon\",\"coordinates\":[[[0,0,100],[1,0,5e3],[1,0,1],"
                 "[1,1,0],[0,0,1],[0,0,100]]]}");
    assert_int_equal(s.rings[0].n, 3);
    ovf_shape_deinit(&s);
}

static void test_what_has_no_area_is_counted(void **state) /* P17 */
{
    (void)state;
    struct ovf_geojson_reader reader;
    struct ovf_shape shape = {0};
    struct ovf_error err;
    const enum ovf_status st = read_all(
        "\xef\xbb\xbf{\"type\":\"FeatureCollection\",\"name\":[1,{\"a\":null}],\"features\":["
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":null},"
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},"
        "\"properties\":{}},"
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":[]},"
        "\"properties\":{}},"
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[" SQUARE
        "]},\"properties\":{\"A3\":\"XXX\"}}]} \n",
        NULL, &reader, &shape, &err);
    assert_int_equal(st, OVF_OK);
    assert_int_equal(reader.n_features, 4);
    assert_int_equal(reader.n_not_areas, 3);
    assert_int_equal(shape.number, 4);
    assert_string_equal(ovf_shape_text(&shape, "A3"), "XXX");
    ovf_shape_deinit(&shape);
}

static void test_bad_rings_are_refused_and_the_feature_is_named(void **state)
{
    static const struct {
        const char *coordinates;
        enum ovf_status status;
        const char *words;
    } cases[] = {
        {"[[[0,0],[1,0],[1,1],[0,1]]]", OVF_E_FORMAT,
         "feature 1 (IRQ): polygon 1, ring 1: not closed"},
        {"[[[0,0],[1,0],[0,0]]]", OVF_E_FORMAT, "fewer than three"}, /* P03 */
        {"[[[0,0],[0,0],[0,0],[0,0]]]", OVF_E_FORMAT, "fewer than three"},
        {"[[[0,0],[1,1],[2,2],[0,0]]]", OVF_E_FORMAT, "one line"},
        {"[[[179,0],[-179,0],[-178,0],[179,0]]]", OVF_E_FORMAT, "one line"},
        {"[[]]", OVF_E_FORMAT, "no positions"},
        {"[]", OVF_E_FORMAT, "without rings"}, /* P12 */
        {"{}", OVF_E_FORMAT, "not an array of rings"},
        {"[[[1e308,0],[1,0],[1,1],[1e308,0]]]", OVF_E_FORMAT, "coordinate"}, /* P11 */
        {"[[[0,1e400],[1,0],[1,1],[0,0]]]", OVF_E_FORMAT, "coordinate"},
        {"[[[\"0\",0],[1,0],[1,1],[0,0]]]", OVF_E_FORMAT, "not two numbers"},
        {"[[[0],[1,0],[1,1],[0,0]]]", OVF_E_FORMAT, "not two numbers"},
        {"[[[null,0],[1,0],[1,1],[0,0]]]", OVF_E_FORMAT, "not two numbers"},
        {"[[[0,0,\"x\"],[1,0],[1,1],[0,0]]]", OVF_E_FORMAT, "third coordinate"},
        {"[[[33,94],[1,0],[1,1],[33,94]]]", OVF_E_FORMAT, "longitude comes first"}, /* P10 */
        {"[[[541,0],[1,0],[1,1],[541,0]]]", OVF_E_FORMAT, "540"},
        {"[[0,0],[1,0],[1,1],[0,0]]", OVF_E_FORMAT, "not two numbers"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":"
                 "{\"type\":\"Polygon\",\"coordinates\":%s},\"properties\":{\"A3\":\"IRQ\"}}]}",
                 cases[i].coordinates);
        assert_refused(text, cases[i].status, cases[i].words);
    }
}

static void test_what_is_no_geojson_is_refused(void **state)
{
    (void)state;
    assert_refused("", OVF_E_FORMAT, "empty");
    assert_refused("{}", OVF_E_FORMAT, "no GeoJSON");
    assert_refused("[]", OVF_E_FORMAT, "object");
    assert_refused("{\"type\":\"Topology\"}", OVF_E_FORMAT, "no GeoJSON");
    assert_refused("{\"type\":\"FeatureCollection\"}", OVF_E_FORMAT, "features");
    assert_refused("{\"type\":\"FeatureCollection\",\"features\":{}}", OVF_E_FORMAT, "features");
    assert_refused("{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}{}", OVF_E_FORMAT, "after");
    assert_refused("{\"type\":\"Polygon\",\"type\":\"Polygon\"}", OVF_E_FORMAT, "twice");
    assert_refused("{\"type\":\"Polygon\",\"coordinates\":[NaN]}", OVF_E_FORMAT, "no JSON");
    assert_refused("{\"type\":\"Polygon\",\"coordinates\":[[[01,2]]]}", OVF_E_FORMAT, "no JSON");
    assert_refused("{\"type\":\"Polygon\",\"coordinates\":[[[1.,2]]]}", OVF_E_FORMAT, "no JSON");
    assert_refused("{\"type\":\"Polygon\",\"coordinates\":[[[1,2],]]}", OVF_E_FORMAT, "no JSON");
    assert_refused("{\"type\":\"Polygon\"}", OVF_E_FORMAT, "without coordinates");
    assert_refused("{\"type\":\"MultiPolygon\",\"coordinates\":[]}", OVF_E_FORMAT,
                   "without polygons");
    assert_refused("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Circle\"}}", OVF_E_FORMAT,
                   "not known");
    assert_refused(
        "{\"type\":\"Feature\",\"properties\":{\"A3\":\"IRQ\"},\"geometry\":{\"type\":"
        "\"GeometryCollection\",\"geometries\":[{\"type\":\"Polygon\",\"coordinates\":[" SQUARE
        "]}]}}",
        OVF_E_FORMAT, "feature 1 (IRQ): a GeometryCollection with polygons"); /* P17 */
    assert_refused("{\"type\":\"Feature\",\"properties\":{\"a\":1,\"a\":2}}", OVF_E_FORMAT,
                   "properties");
    assert_refused("{\"type\":\"Feature\",\"properties\":{\"a\":\"\\u0000\"}}", OVF_E_FORMAT,
                   "properties");
    assert_refused("{\"type\":\"FeatureCollection\",\"features\":[],\"crs\":{\"type\":\"name\","
                   "\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::3857\"}}}",
                   OVF_E_FORMAT, "WGS84");
}

static void test_wgs84_may_be_named(void **state)
{
    (void)state;
    struct ovf_shape s =
        shape_of("{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "],\"crs\":{\"type\":"
                 "\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}}}");
    ovf_shape_deinit(&s);
}

static void test_a_million_brackets_are_refused_without_recursion(void **state) /* J07 */
{
    enum { N = 1000000 };
    struct ovf_geojson_reader reader;
    struct ovf_error err;
    (void)state;
    unsigned char *const text = malloc(N);
    assert_non_null(text);
    memset(text, '[', N);
    text[0] = '{';
    text[1] = text[3] = '"';
    text[2] = 'a';
    text[4] = ':';
    assert_int_equal(ovf_geojson_open((struct ovf_bytes){text, N}, NULL, &reader, &err),
                     OVF_E_FORMAT);
    assert_non_null(strstr(err.text, "deeper"));
    free(text);
}

static void test_limits_hold_to_the_point(void **state)
{
    static const char text[] =
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],[" SQUARE "]]}";
    static const struct {
        struct ovf_geojson_limits limits;
        enum ovf_status status;
    } cases[] = {
        {{7, 9}, OVF_E_LIMIT},  {{8, 9}, OVF_OK},  {{9, 9}, OVF_OK},
        {{99, 1}, OVF_E_LIMIT}, {{99, 2}, OVF_OK}, {{99, 3}, OVF_OK},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_geojson_reader reader;
        struct ovf_shape shape = {0};
        struct ovf_error err;
        assert_int_equal(read_all(text, &cases[i].limits, &reader, &shape, &err), cases[i].status);
        ovf_shape_deinit(&shape);
    }
}

static void test_a_document_cut_anywhere_is_refused(void **state) /* J05 */
{
    static const char text[] = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"
                               "\"Feature\",\"geometry\":{\"type\":"
                               "\"Polygon\",\"coordinates\":[" SQUARE
                               "]},\"properties\":{\"a\":\"\\u00e9\\n\",\"b\":true}}]}";
    (void)state;
    for (size_t n = 0; n < sizeof text - 1; n++) {
        struct ovf_geojson_reader reader;
        unsigned char *const copy =
            malloc(n + 1); /* so that the sanitizer sees a read past the end */
        assert_non_null(copy);
        memcpy(copy, text, n);
        assert_int_equal(ovf_geojson_open((struct ovf_bytes){copy, n}, NULL, &reader, NULL),
                         OVF_E_FORMAT);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_polygon_gives_its_points_without_the_closing_one),
        cmocka_unit_test(test_holes_and_many_polygons_are_told_apart),
        cmocka_unit_test(test_coordinates_are_rounded_to_the_nearest_1e_7_degree),
        cmocka_unit_test(test_longitudes_beyond_180_come_back),
        cmocka_unit_test(test_a_third_coordinate_and_repeated_points_are_passed_over),
        cmocka_unit_test(test_what_has_no_area_is_counted),
        cmocka_unit_test(test_bad_rings_are_refused_and_the_feature_is_named),
        cmocka_unit_test(test_what_is_no_geojson_is_refused),
        cmocka_unit_test(test_wgs84_may_be_named),
        cmocka_unit_test(test_a_million_brackets_are_refused_without_recursion),
        cmocka_unit_test(test_limits_hold_to_the_point),
        cmocka_unit_test(test_a_document_cut_anywhere_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
