/* SPDX-License-Identifier: Apache-2.0 */
/* Geometries in bytes: OGC 12-128r17 2.1.3 for the header, OGC 06-103r4 clause 8 for the rest. */
#include "gpkg_fixture.h"

#include "geo/geodesic.h"

static double double_at(const struct ovf_buffer *b, size_t at)
{
    const uint64_t bits = ovf_load_u64le(b->data + at);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/** The line through \p n points given as latitude, longitude. */
static void encode(const double (*deg)[2], size_t n, bool geodesic, struct ovf_buffer *out,
                   bool *empty)
{
    struct ovf_point points[16];
    struct ovf_gpkg_bounds bounds;
    assert_true(n <= 16);
    for (size_t i = 0; i < n; i++)
        points[i] = gpkg_point(deg[i][0], deg[i][1]);
    const struct ovf_store_part part = {.points = points, .n_points = n};
    const struct ovf_store_line line = {.parts = &part, .n_parts = 1, .geodesic = geodesic};
    assert_int_equal(ovf_gpkg_from_line(&line, out, &bounds, empty), OVF_OK);
}

/** Parts as "n: lon lat, lon lat | n: ..." with two decimals. */
static void assert_parts(const struct ovf_buffer *b, const char *want)
{
    char got[1024] = "";
    size_t at = 49;
    for (uint32_t p = 0; p < ovf_load_u32le(b->data + 45); p++) {
        assert_int_equal(b->data[at], 1);
        assert_int_equal(ovf_load_u32le(b->data + at + 1), 2);
        const uint32_t n = ovf_load_u32le(b->data + at + 5);
        at += 9;
        if (p > 0)
            strncat(got, " | ", sizeof got - strlen(got) - 1);
        for (uint32_t i = 0; i < n; i++, at += 16) {
            char text[64];
            snprintf(text, sizeof text, "%s%g %g", i > 0 ? ", " : "", double_at(b, at),
                     double_at(b, at + 8));
            strncat(got, text, sizeof got - strlen(got) - 1);
        }
    }
    assert_int_equal(at, b->len);
    assert_string_equal(got, want);
}

static void test_header_and_envelope_stand_before_the_line(void **state)
{
    struct ovf_buffer b = {0};
    bool empty = true;
    (void)state;
    encode((const double[][2]){{34.5, 45.25}, {33, 44}, {35, 43.5}}, 3, false, &b, &empty);
    assert_false(empty);
    /* "GP", version 0, flags: envelope code 1 in bits 1-3, little-endian in bit 0; SRS 4326 */
    assert_memory_equal(b.data, "GP\0\003\346\020\0\0", 8);
    assert_true(double_at(&b, 8) == 43.5 && double_at(&b, 16) == 45.25);
    assert_true(double_at(&b, 24) == 33 && double_at(&b, 32) == 35);
    assert_memory_equal(b.data + 40, "\001\005\0\0\0\001\0\0\0", 9);
    assert_parts(&b, "45.25 34.5, 44 33, 43.5 35");
    ovf_buffer_deinit(&b);
}

static void test_a_line_over_the_antimeridian_is_cut(void **state)
{
    struct ovf_buffer b = {0};
    bool empty = true;
    (void)state;
    encode((const double[][2]){{10, 179}, {12, -179}}, 2, false, &b, &empty);
    assert_parts(&b, "179 10, 180 11 | -180 11, -179 12");
    encode((const double[][2]){{10, -179}, {13, 178}}, 2, false, &b, &empty);
    assert_parts(&b, "-179 10, -180 11 | 180 11, 178 13");
    ovf_buffer_deinit(&b);
}

static void test_a_point_on_the_antimeridian_lies_on_the_side_that_the_line_comes_from(void **state)
{
    struct ovf_buffer b = {0};
    bool empty = true;
    (void)state;
    encode((const double[][2]){{10, 179}, {11, 180}}, 2, false, &b, &empty);
    assert_parts(&b, "179 10, 180 11");
    encode((const double[][2]){{11, 180}, {10, 179}}, 2, false, &b, &empty);
    assert_parts(&b, "180 11, 179 10");
    encode((const double[][2]){{10, 179}, {11, 180}, {12, -179}}, 3, false, &b, &empty);
    assert_parts(&b, "179 10, 180 11 | -180 11, -179 12");
    encode((const double[][2]){{10, -179}, {11, 180}, {12, 179}}, 3, false, &b, &empty);
    assert_parts(&b, "-179 10, -180 11 | 180 11, 179 12");
    encode((const double[][2]){{10, 180}, {12, 180}}, 2, false, &b, &empty);
    assert_parts(&b, "-180 10, -180 12");
    ovf_buffer_deinit(&b);
}

static void test_what_is_no_line_is_left_out(void **state)
{
    struct ovf_buffer b = {0};
    struct ovf_gpkg_bounds bounds;
    bool empty = false;
    const struct ovf_point one[] = {{1, 1}};
    const struct ovf_point same[] = {{2, 2}, {2, 2}, {2, 2}};
    const struct ovf_point two[] = {{0, 0}, {10000000, 10000000}, {10000000, 10000000}};
    const struct ovf_store_part parts[] = {
        {one, 1, NULL}, {NULL, 0, NULL}, {same, 3, NULL}, {two, 3, NULL}};
    (void)state;
    struct ovf_store_line line = {.parts = parts, .n_parts = 3};
    assert_int_equal(ovf_gpkg_from_line(&line, &b, &bounds, &empty), OVF_OK);
    assert_true(empty);
    assert_int_equal(b.len, 0);
    line.n_parts = 4;
    assert_int_equal(ovf_gpkg_from_line(&line, &b, &bounds, &empty), OVF_OK);
    assert_false(empty);
    assert_parts(&b, "0 0, 1 1");
    assert_true(bounds.min_x == 0 && bounds.max_x == 1);
    ovf_buffer_deinit(&b);
}

/** OGC 06-103r4, table 7: 2000 is added to the type of what has M. */
static void test_times_are_m_in_seconds_and_a_stay_is_two_vertices(void **state)
{
    (void)state;
    static const struct ovf_point points[] = {
        {0, 0},        {10000000, 10000000}, {10000000, 10000000}, {10000000, 10000000},
        {20000000, 0}, {20000000, 0}};
    static const int64_t times_ns[] = {0,           10250000000, 11000000000,
                                       12000000000, 20000000000, 20000000000};
    static const double want[][3] = {{0, 0, 0}, {1, 1, 10.25}, {1, 1, 12}, {0, 2, 20}};
    const struct ovf_store_part part = {points, 6, times_ns};
    const struct ovf_store_line line = {.parts = &part, .n_parts = 1, .has_times = true};
    struct ovf_buffer b = {0};
    struct ovf_gpkg_bounds bounds;
    bool empty;
    assert_int_equal(ovf_gpkg_from_line(&line, &b, &bounds, &empty), OVF_OK);
    assert_int_equal(ovf_load_u32le(b.data + 41), 2005);
    assert_int_equal(ovf_load_u32le(b.data + 50), 2002);
    assert_int_equal(ovf_load_u32le(b.data + 54), 4);
    assert_int_equal(b.len, 58 + 4 * 24);
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < 3; k++)
            assert_true(double_at(&b, 58 + 24 * i + 8 * k) == want[i][k]);
    }
    ovf_buffer_deinit(&b);
}

static void test_a_geodesic_is_bent(void **state)
{
    struct ovf_buffer b = {0};
    bool empty = true;
    double highest = -90;
    (void)state;
    /* 45 N, 0 to 90 E: on the sphere the great circle's top is atan(sqrt 2) = 54.74 N; on the ellipsoid
     * within 0.2 degrees of it. */
    encode((const double[][2]){{45, 0}, {45, 90}}, 2, true, &b, &empty);
    const uint32_t n = ovf_load_u32le(b.data + 54);
    for (uint32_t i = 0; i < n; i++)
        highest = fmax(highest, double_at(&b, 58 + 16 * i + 8));
    assert_near(highest, 54.7356, 0.2);
    for (uint32_t i = 1; i < n; i++)
        assert_true(ovf_geodesic_length_m(
                        double_at(&b, 58 + 16 * i - 8), double_at(&b, 58 + 16 * i - 16),
                        double_at(&b, 58 + 16 * i + 8), double_at(&b, 58 + 16 * i)) <= 35001);
    ovf_buffer_deinit(&b);
}

static void test_a_geodesic_over_the_antimeridian_is_bent_and_cut(void **state)
{
    struct ovf_buffer b = {0};
    bool empty = true;
    (void)state;
    encode((const double[][2]){{60, 170}, {60, -170}}, 2, true, &b, &empty);
    assert_int_equal(ovf_load_u32le(b.data + 45), 2);
    const uint32_t n = ovf_load_u32le(b.data + 54);
    assert_true(double_at(&b, 58 + 16 * (n - 1)) == 180);
    assert_true(double_at(&b, 58 + 16 * (n - 1) + 8) > 60.3);
    ovf_buffer_deinit(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header_and_envelope_stand_before_the_line),
        cmocka_unit_test(test_a_line_over_the_antimeridian_is_cut),
        cmocka_unit_test(
            test_a_point_on_the_antimeridian_lies_on_the_side_that_the_line_comes_from),
        cmocka_unit_test(test_what_is_no_line_is_left_out),
        cmocka_unit_test(test_times_are_m_in_seconds_and_a_stay_is_two_vertices),
        cmocka_unit_test(test_a_geodesic_is_bent),
        cmocka_unit_test(test_a_geodesic_over_the_antimeridian_is_bent_and_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
