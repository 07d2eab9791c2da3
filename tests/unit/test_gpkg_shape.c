/* SPDX-License-Identifier: Apache-2.0 */
/* Geometries of the store read back: what was written comes, and nothing else. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "store/gpkg_geometry.h"
#include "store/gpkg_shape.h"

/** A line over 180 degrees: two parts, cut half-way at 10.5 N. */
static struct ovf_buffer line_over_180(void)
{
    static const struct ovf_point points[] = {{100000000, 1790000000}, {110000000, -1790000000}};
    const struct ovf_store_part part = {.points = points, .n_points = 2};
    const struct ovf_store_line line = {.parts = &part, .n_parts = 1};
    struct ovf_buffer out = {0};
    struct ovf_gpkg_bounds bounds;
    bool empty;
    assert_int_equal(ovf_gpkg_from_line(&line, &out, &bounds, &empty), OVF_OK);
    assert_false(empty);
    return out;
}

static void test_a_line_comes_back_by_its_parts(void **state)
{
    (void)state;
    struct ovf_buffer blob = line_over_180();
    struct ovf_polygons shape = {0};
    static const struct ovf_map_point want[] = {{100000000, 1790000000},
                                                {105000000, 1800000000},
                                                {105000000, -1800000000},
                                                {110000000, -1790000000}};
    assert_int_equal(ovf_gpkg_read_shape(ovf_buffer_bytes(&blob), &shape), OVF_OK);
    assert_int_equal(shape.n_rings, 2);
    assert_int_equal(shape.n_points, 4);
    assert_int_equal(shape.rings[1].first, 2);
    assert_int_equal(shape.rings[1].n_points, 2);
    assert_memory_equal(shape.points, want, sizeof want);
    ovf_polygons_deinit(&shape);
    ovf_buffer_deinit(&blob);
}

/** Stood for 20 s at 179 E, then in 40 s over 180 degrees. */
static struct ovf_buffer way_over_180(void)
{
    static const struct ovf_point points[] = {
        {100000000, 1790000000}, {100000000, 1790000000}, {110000000, -1790000000}};
    static const int64_t times_ns[] = {INT64_C(1328063600123000000), INT64_C(1328063620123000000),
                                       INT64_C(1328063660123000000)};
    const struct ovf_store_part part = {points, 3, times_ns};
    const struct ovf_store_line line = {.parts = &part, .n_parts = 1, .has_times = true};
    struct ovf_buffer out = {0};
    struct ovf_gpkg_bounds bounds;
    bool empty;
    assert_int_equal(ovf_gpkg_from_line(&line, &out, &bounds, &empty), OVF_OK);
    return out;
}

static void test_a_way_comes_back_with_its_times_half_way_at_180(void **state)
{
    (void)state;
    struct ovf_buffer blob = way_over_180();
    struct ovf_polygons shape = {0};
    struct ovf_gpkg_times times = {0};
    static const int64_t want_ms[] = {1328063600123, 1328063620123, 1328063640123, 1328063640123,
                                      1328063660123};
    assert_int_equal(ovf_gpkg_read_way(ovf_buffer_bytes(&blob), &shape, &times), OVF_OK);
    assert_int_equal(shape.n_points, 5);
    assert_int_equal(times.n, 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(times.items_ns[i] == want_ms[i] * 1000000);
    assert_int_equal(shape.points[2].lat_e7, 105000000);
    assert_int_equal(ovf_gpkg_read_shape(ovf_buffer_bytes(&blob), &shape), OVF_OK);
    assert_int_equal(shape.n_points, 5); /* who does not ask for times gets the same places */
    struct ovf_buffer plain = line_over_180();
    assert_int_equal(ovf_gpkg_read_way(ovf_buffer_bytes(&plain), &shape, &times), OVF_OK);
    assert_int_equal(times.n, 0);
    ovf_buffer_deinit(&plain);
    for (size_t len = 0; len < blob.len; len++)
        assert_int_equal(ovf_gpkg_read_way((struct ovf_bytes){blob.data, len}, &shape, &times),
                         OVF_E_FORMAT);
    memset(blob.data + blob.len - 8, 0xff, 8); /* NaN is no time */
    assert_int_equal(ovf_gpkg_read_way(ovf_buffer_bytes(&blob), &shape, &times), OVF_E_FORMAT);
    free(times.items_ns);
    ovf_polygons_deinit(&shape);
    ovf_buffer_deinit(&blob);
}

static void test_polygons_come_back_with_their_holes(void **state)
{
    (void)state;
    struct ovf_map_point points[] = {{0, 0},
                                     {0, 90000000},
                                     {90000000, 0},
                                     {0, 0},
                                     {10000000, 10000000},
                                     {20000000, 10000000},
                                     {10000000, 20000000},
                                     {10000000, 10000000}};
    struct ovf_polygon_ring rings[] = {{0, 4, false}, {4, 4, true}};
    const struct ovf_polygons polygons = {
        .points = points, .n_points = 8, .rings = rings, .n_rings = 2};
    struct ovf_buffer blob = {0};
    struct ovf_polygons shape = {0};
    struct ovf_gpkg_bounds bounds;
    bool empty;
    assert_int_equal(ovf_gpkg_from_polygons(&polygons, &blob, &bounds, &empty), OVF_OK);
    assert_int_equal(ovf_gpkg_read_shape(ovf_buffer_bytes(&blob), &shape), OVF_OK);
    assert_int_equal(shape.n_rings, 2);
    assert_false(shape.rings[0].is_hole);
    assert_true(shape.rings[1].is_hole);
    assert_memory_equal(shape.points, points, sizeof points);
    ovf_polygons_deinit(&shape);
    ovf_buffer_deinit(&blob);
}

static void test_what_is_cut_short_is_refused(void **state)
{
    (void)state;
    struct ovf_buffer blob = line_over_180();
    struct ovf_polygons shape = {0};
    for (size_t len = 0; len < blob.len; len++)
        assert_int_equal(ovf_gpkg_read_shape((struct ovf_bytes){blob.data, len}, &shape),
                         OVF_E_FORMAT);
    ovf_polygons_deinit(&shape);
    ovf_buffer_deinit(&blob);
}

/** Byte 40 opens the WKB: its order, its type (4), the number of parts (4), the first part's order. */
static void test_other_geometries_and_numbers_are_refused(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        unsigned char value;
    } wrong[] = {
        {0, 'g'},   /* magic */
        {3, 0x02},  /* big-endian */
        {3, 0x0b},  /* an envelope that there is not */
        {40, 0},    /* big-endian WKB */
        {41, 1},    /* a point */
        {45, 3},    /* a third part that is not there */
        {50, 3},    /* a polygon within lines */
        {57, 0xff}, /* points that are not there */
        {65, 0x7f}, /* a longitude of 1e300 */
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct ovf_buffer blob = line_over_180();
        struct ovf_polygons shape = {0};
        blob.data[wrong[i].at] = wrong[i].value;
        if (ovf_gpkg_read_shape(ovf_buffer_bytes(&blob), &shape) != OVF_E_FORMAT)
            fail_msg("byte %zu", wrong[i].at);
        ovf_polygons_deinit(&shape);
        ovf_buffer_deinit(&blob);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_line_comes_back_by_its_parts),
        cmocka_unit_test(test_a_way_comes_back_with_its_times_half_way_at_180),
        cmocka_unit_test(test_polygons_come_back_with_their_holes),
        cmocka_unit_test(test_what_is_cut_short_is_refused),
        cmocka_unit_test(test_other_geometries_and_numbers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
