/* SPDX-License-Identifier: Apache-2.0 */
/* Polygons from edges: small figures whose rings can be drawn by hand, and every state of the pack against
 * the index, by a plain even-odd test of the polygons. */
#include "test.h"

#include <string.h>

#include "pack/layout.h"
#include "polygons.h"
#include "source/mapped.h"

struct figure {
    struct ovf_boundary_builder *builder;
    struct ovf_buffer bytes;
    struct ovf_index index;
    struct ovf_polygons polygons;
};

static struct figure figure_new(double cut_south_deg)
{
    struct figure f = {0};
    assert_int_equal(ovf_boundary_builder_new(cut_south_deg, 90, &f.builder), OVF_OK);
    return f;
}

/** Add a ring of owner 0, given as longitude, latitude in degrees. */
static void add(struct figure *f, const double (*deg)[2], size_t n)
{
    struct ovf_point points[64];
    assert_true(n <= 64);
    for (size_t i = 0; i < n; i++)
        points[i] = (struct ovf_point){(int32_t)lround(deg[i][1] * 1e7),
                                       ovf_lon_wrap(llround(deg[i][0] * 1e7))};
    assert_int_equal(ovf_boundary_builder_add(f->builder, 0, points, n, NULL), OVF_OK);
}

static void add_box(struct figure *f, double west, double south, double east, double north)
{
    const double box[][2] = {{west, south}, {east, south}, {east, north}, {west, north}};
    add(f, box, 4);
}

static void build(struct figure *f)
{
    struct ovf_boundary boundary = {0};
    assert_int_equal(ovf_boundary_builder_finish(f->builder, &boundary), OVF_OK);
    assert_int_equal(ovf_index_build(&boundary, &f->bytes), OVF_OK);
    assert_int_equal(ovf_index_view(ovf_buffer_bytes(&f->bytes), &f->index, NULL), OVF_OK);
    ovf_boundary_deinit(&boundary);
    assert_int_equal(polygons_of_owner(&f->index, 0, &f->polygons), OVF_OK);
}

static void figure_free(struct figure *f)
{
    ovf_boundary_builder_free(f->builder);
    ovf_buffer_deinit(&f->bytes);
    ovf_polygons_deinit(&f->polygons);
}

/** Twice the area on the map in square degrees, counterclockwise positive. */
static double area2_of(const struct ovf_polygons *p, size_t ring)
{
    const struct ovf_map_point *const at = p->points + p->rings[ring].first;
    double sum = 0;
    for (size_t i = 0; i + 1 < p->rings[ring].n_points; i++)
        sum += (at[i].lon_e7 * 1e-7) * (at[i + 1].lat_e7 * 1e-7) -
               (at[i + 1].lon_e7 * 1e-7) * (at[i].lat_e7 * 1e-7);
    return sum;
}

static void assert_rings_are_well_formed(const struct ovf_polygons *p)
{
    for (size_t r = 0; r < p->n_rings; r++) {
        const struct ovf_polygon_ring *const ring = &p->rings[r];
        const struct ovf_map_point *const at = p->points + ring->first;
        assert_true(ring->n_points >= 4 && ring->first + ring->n_points <= p->n_points);
        assert_memory_equal(&at[0], &at[ring->n_points - 1], sizeof *at);
        assert_true(r > 0 || !ring->is_hole);
        assert_int_equal(area2_of(p, r) < 0, ring->is_hole);
        for (size_t i = 0; i + 1 < ring->n_points; i++) {
            assert_true(memcmp(&at[i], &at[i + 1], sizeof *at) != 0);
            assert_true(llabs((int64_t)at[i].lon_e7 - at[i + 1].lon_e7) <= OVF_PIECE_MAX_E7 + 1 ||
                        at[i].lat_e7 == at[i + 1].lat_e7); /* along a pole */
        }
    }
}

/** Even-odd over all rings; the place a hair off, so that it is on no vertex. */
static bool holds(const struct ovf_polygons *p, double lat, double lon)
{
    bool inside = false;
    for (size_t r = 0; r < p->n_rings; r++) {
        const struct ovf_map_point *const at = p->points + p->rings[r].first;
        for (size_t i = 0; i + 1 < p->rings[r].n_points; i++) {
            const double ay = at[i].lat_e7 * 1e-7;
            const double by = at[i + 1].lat_e7 * 1e-7;
            const double ax = at[i].lon_e7 * 1e-7;
            const double bx = at[i + 1].lon_e7 * 1e-7;
            if ((ay > lat) != (by > lat) && lon < ax + (lat - ay) / (by - ay) * (bx - ax))
                inside = !inside;
        }
    }
    return inside;
}

static void test_a_box_is_one_ring(void **state)
{
    struct figure f = figure_new(-90);
    (void)state;
    add_box(&f, 10, 20, 10.5, 20.5);
    build(&f);
    assert_int_equal(f.polygons.n_rings, 1);
    assert_rings_are_well_formed(&f.polygons);
    assert_near(area2_of(&f.polygons, 0), 0.5, 1e-9);
    figure_free(&f);
}

static void test_a_hole_with_an_island_in_it(void **state)
{
    struct figure f = figure_new(-90);
    (void)state;
    add_box(&f, 0, 0, 8, 8);
    add_box(&f, 1, 1, 7, 7);
    add_box(&f, 3, 3, 4, 4);
    add_box(&f, 5, 5, 6, 6);
    build(&f);
    assert_rings_are_well_formed(&f.polygons);
    assert_int_equal(f.polygons.n_rings, 4);
    assert_false(f.polygons.rings[0].is_hole);
    assert_true(f.polygons.rings[1].is_hole);
    assert_false(f.polygons.rings[2].is_hole || f.polygons.rings[3].is_hole);
    figure_free(&f);
}

static void test_boxes_that_touch_in_a_corner_are_two_rings(void **state)
{
    struct figure f = figure_new(-90);
    (void)state;
    add_box(&f, 0, 0, 1, 1);
    add_box(&f, 1, 1, 2, 2);
    build(&f);
    assert_rings_are_well_formed(&f.polygons);
    assert_int_equal(f.polygons.n_rings, 2);
    assert_false(f.polygons.rings[1].is_hole);
    figure_free(&f);
}

static void test_holes_that_touch_the_outside_and_each_other(void **state)
{
    struct figure f = figure_new(-90);
    /* Triangles with a corner on the box's western side and one on each other's. */
    const double a[][2] = {{0, 0.5}, {0.3, 0.3}, {0.3, 0.5}};
    const double b[][2] = {{0.3, 0.5}, {0.6, 0.7}, {0.3, 0.7}};
    const double box[][2] = {{0, 0}, {0.9, 0}, {0.9, 0.9}, {0, 0.9}, {0, 0.5}};
    (void)state;
    add(&f, box, 5);
    add(&f, a, 3);
    add(&f, b, 3);
    build(&f);
    assert_rings_are_well_formed(&f.polygons);
    assert_int_equal(f.polygons.n_rings, 3);
    assert_true(f.polygons.rings[1].is_hole && f.polygons.rings[2].is_hole);
    assert_false(holds(&f.polygons, 0.45, 0.25));
    assert_true(holds(&f.polygons, 0.55, 0.1));
    figure_free(&f);
}

static void test_a_box_over_the_antimeridian_is_two(void **state)
{
    struct figure f = figure_new(-90);
    (void)state;
    add_box(&f, 179.5, 10, -179.25, 11);
    build(&f);
    assert_rings_are_well_formed(&f.polygons);
    assert_int_equal(f.polygons.n_rings, 2);
    /* The edges along parallels are boundaries as they are, so the map's areas are exact. */
    assert_near(area2_of(&f.polygons, 0), 2 * 0.75, 1e-9);
    assert_near(area2_of(&f.polygons, 1), 2 * 0.5, 1e-9);
    assert_true(holds(&f.polygons, 10.5, 179.9999999) && holds(&f.polygons, 10.5, -179.9999999));
    figure_free(&f);
}

static void test_a_hole_over_the_antimeridian_opens_both_sides(void **state)
{
    struct figure f = figure_new(-90);
    (void)state;
    add_box(&f, 178, 10, -178, 14);
    add_box(&f, 179.5, 11, -179.5, 13);
    build(&f);
    assert_rings_are_well_formed(&f.polygons);
    assert_int_equal(f.polygons.n_rings, 2);
    assert_true(holds(&f.polygons, 10.5, 179.999) && holds(&f.polygons, 13.5, -179.999));
    assert_false(holds(&f.polygons, 12, 179.999) || holds(&f.polygons, 12, -179.999));
    figure_free(&f);
}

static void test_a_box_that_ends_on_the_antimeridian(void **state)
{
    struct figure f = figure_new(-90);
    (void)state;
    add_box(&f, -180, 10, -179, 11);
    add_box(&f, 179, 20, 180, 21);
    build(&f);
    assert_rings_are_well_formed(&f.polygons);
    assert_int_equal(f.polygons.n_rings, 2);
    assert_near(area2_of(&f.polygons, 0), 2, 1e-9);
    assert_near(area2_of(&f.polygons, 1), 2, 1e-9);
    figure_free(&f);
}

static void test_a_cap_reaches_round_the_pole(void **state)
{
    struct figure f = figure_new(-90);
    const double ring[][2] = {{0, -60}, {90, -60}, {179, -60}, {-90, -60}};
    (void)state;
    add(&f, ring, 4);
    build(&f);
    assert_rings_are_well_formed(&f.polygons);
    assert_int_equal(f.polygons.n_rings, 1);
    assert_near(area2_of(&f.polygons, 0), 2 * 360 * 30.0, 1e-6);
    figure_free(&f);
}

static void test_a_cap_of_the_north_reaches_round_its_pole(void **state)
{
    struct figure f = figure_new(-90);
    const double ring[][2] = {{0, 60}, {90, 60}, {179, 60}, {-90, 60}};
    (void)state;
    add(&f, ring, 4);
    build(&f);
    assert_rings_are_well_formed(&f.polygons);
    assert_int_equal(f.polygons.n_rings, 1);
    assert_near(area2_of(&f.polygons, 0), 2 * 360 * 30.0, 1e-6);
    figure_free(&f);
}

static void test_who_is_nowhere_has_no_ring(void **state)
{
    struct figure f = figure_new(-90);
    struct ovf_polygons other = {0};
    (void)state;
    add_box(&f, 0, 0, 1, 1);
    build(&f);
    assert_int_equal(polygons_of_owner(&f.index, 7, &other), OVF_OK);
    assert_int_equal(other.n_rings, 0);
    ovf_polygons_deinit(&other);
    figure_free(&f);
}

/** A place in every degree square, at odd fractions. */
static void compare_with_index(const struct ovf_index *index, const struct ovf_extent *extent,
                               uint32_t owner, const struct ovf_polygons *p)
{
    const bool wraps = extent->west_e7 > extent->east_e7;
    const double west = extent->west_e7 * 1e-7;
    const double width = extent->east_e7 * 1e-7 - west + (wraps ? 360 : 0);
    const double south = extent->south_e7 * 1e-7;
    const double height = extent->north_e7 * 1e-7 - south;
    for (int i = 0; i < 16; i++) {
        for (int j = 0; j < 16; j++) {
            const struct ovf_point at = {
                (int32_t)lround((south + height * (i + 0.37) / 16) * 1e7),
                ovf_lon_wrap(llround((west + width * (j + 0.61) / 16) * 1e7))};
            struct ovf_members members;
            ovf_index_locate(index, at, &members);
            const bool want = ovf_members_has(&members, owner);
            if (holds(p, at.lat_e7 * 1e-7 + 1e-9, at.lon_e7 * 1e-7 + 2e-9) != want)
                print_error("owner %u at %d %d\n", owner, at.lat_e7, at.lon_e7);
            assert_int_equal(holds(p, at.lat_e7 * 1e-7 + 1e-9, at.lon_e7 * 1e-7 + 2e-9), want);
        }
    }
}

static void test_every_state_of_the_pack_is_where_the_index_has_it(void **state)
{
    struct ovf_mapped file = {.address = NULL};
    struct ovf_pack pack;
    struct ovf_polygons p = {0};
    struct ovf_edges_by_set edges = {0};
    (void)state;
    assert_int_equal(ovf_mapped_open(ovf_test_pack(), &file, NULL), OVF_OK);
    assert_int_equal(ovf_pack_view(file.bytes, &pack, NULL), OVF_OK);
    assert_int_equal(ovf_edges_by_set_make(&pack.index, &edges), OVF_OK);
    for (uint32_t i = 0; i < pack.n_areas; i += OVF_SANITIZED ? 7 : 1) {
        const struct ovf_extent extent = ovf_pack_area(&pack, i).extent;
        assert_int_equal(ovf_polygons_of_one(&pack.index, &edges, i, &p), OVF_OK);
        assert_true(p.n_rings > 0);
        assert_rings_are_well_formed(&p);
        compare_with_index(&pack.index, &extent, i, &p);
    }
    ovf_edges_by_set_deinit(&edges);
    ovf_polygons_deinit(&p);
    ovf_mapped_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_box_is_one_ring),
        cmocka_unit_test(test_a_hole_with_an_island_in_it),
        cmocka_unit_test(test_boxes_that_touch_in_a_corner_are_two_rings),
        cmocka_unit_test(test_holes_that_touch_the_outside_and_each_other),
        cmocka_unit_test(test_a_box_over_the_antimeridian_is_two),
        cmocka_unit_test(test_a_hole_over_the_antimeridian_opens_both_sides),
        cmocka_unit_test(test_a_box_that_ends_on_the_antimeridian),
        cmocka_unit_test(test_a_cap_reaches_round_the_pole),
        cmocka_unit_test(test_a_cap_of_the_north_reaches_round_its_pole),
        cmocka_unit_test(test_who_is_nowhere_has_no_ring),
        cmocka_unit_test(test_every_state_of_the_pack_is_where_the_index_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
