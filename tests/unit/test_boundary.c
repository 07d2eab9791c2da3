/* SPDX-License-Identifier: Apache-2.0 */
/* From rings to distinct edges, seen through what is inside: expectations are drawn by hand. */
#include "geo_fixture.h"

enum { A = 1, B = 2, C = 4 };

static void a_shared_edge_is_one_edge_of_two_owners(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_box(&f, 0, 0, 0, 1, 1);
    fixture_box(&f, 1, 0, 1, 1, 2);
    fixture_finish(&f);
    assert_int_equal(f.boundary.counts.n_ring_edges, 8);
    assert_int_equal(f.boundary.counts.n_distinct_edges, 7);
    assert_int_equal(f.boundary.counts.n_shared_edges, 1);
    assert_int_equal(f.boundary.counts.n_long_edges, 7);
    fixture_end(&f);
}

static void a_point_on_edges_and_corners_of_four_squares_is_in_exactly_one(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_box(&f, 0, 10, 20, 11, 21);
    fixture_box(&f, 1, 10, 21, 11, 22);
    fixture_box(&f, 2, 11, 20, 12, 21);
    fixture_box(&f, 3, 11, 21, 12, 22);
    fixture_finish(&f);
    for (int i = 0; i <= 16; i++) {
        const double t = i / 8.0;
        const uint64_t on_meridian = mask_at(&f, 10 + t, 21);
        const uint64_t on_parallel = mask_at(&f, 11, 20 + t);
        /* East of a meridian, north of a parallel. */
        assert_int_equal(on_meridian, t >= 2 ? 0 : t >= 1 ? 8 : 2);
        assert_int_equal(on_parallel, t >= 2 ? 0 : t >= 1 ? 8 : 4);
    }
    assert_int_equal(mask_at(&f, 10, 20), 1);
    assert_int_equal(mask_at(&f, 12, 21), 0);
    fixture_end(&f);
}

static void neighbours_along_an_oblique_border_share_every_point_of_it(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    RING(&f, 0, 40, 5, 40, 6, 40.5, 6.5, 41, 5);
    RING(&f, 1, 40, 6, 40.5, 6.5, 41, 5, 42, 8);
    fixture_finish(&f);
    for (size_t i = 0; i < f.boundary.n_edges; i++) {
        const struct ovf_edge *edge = &f.boundary.edges[i];
        if (ovf_members_count(&f.boundary.sets.items[edge->set]) != 2)
            continue;
        const uint64_t at_a = mask_at_point(&f.index, edge->a);
        const uint64_t at_b = mask_at_point(&f.index, edge->b);
        assert_true(at_a <= B && at_b <= B); /* one or, at the outer ends, none; never both */
    }
    fixture_end(&f);
}

static void a_hole_shared_with_an_enclave_belongs_to_the_enclave(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_box(&f, 0, 0, 0, 10, 10);
    fixture_box(&f, 0, 4, 4, 6, 6); /* hole */
    fixture_box(&f, 1, 4, 4, 6, 6);
    fixture_finish(&f);
    assert_int_equal(f.boundary.counts.n_shared_edges, 4);
    assert_int_equal(mask_at(&f, 5, 5), B);
    assert_int_equal(mask_at(&f, 3, 5), A);
    assert_int_equal(mask_at(&f, 4, 5), B); /* north of its southern side */
    assert_int_equal(mask_at(&f, 6, 5), A);
    assert_int_equal(mask_at(&f, 5, 4), B);
    assert_int_equal(mask_at(&f, 5, 6), A);
    fixture_end(&f);
}

static void overlapping_airspaces_both_hold_a_place(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_box(&f, 0, 0, 0, 3, 3);
    fixture_box(&f, 1, 1, 1, 4, 4);
    fixture_box(&f, 2, 1, 1, 4, 4); /* the same ring again */
    fixture_finish(&f);
    assert_int_equal(mask_at(&f, 0.5, 0.5), A);
    assert_int_equal(mask_at(&f, 2, 2), A | B | C);
    assert_int_equal(mask_at(&f, 3.5, 3.5), B | C);
    fixture_end(&f);
}

static void a_seam_inside_one_owner_is_no_boundary(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_box(&f, 0, 0, 0, 1, 1);
    fixture_box(&f, 0, 0, 1, 1, 2);
    fixture_finish(&f);
    assert_int_equal(f.boundary.counts.n_distinct_edges, 6);
    assert_int_equal(mask_at(&f, 0.5, 1), A);
    fixture_end(&f);
}

static void a_cut_at_180_with_other_vertices_on_each_side_is_no_boundary(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    RING(&f, 0, 0, 178, 0, 180, 3, 180, 7, 180, 10, 180, 10, 178);
    RING(&f, 0, 0, -178, 10, -178, 10, -180, 5, -180, 0, -180);
    fixture_finish(&f);
    assert_int_equal(f.boundary.counts.n_cut_edges, 5);
    for (double lat = 0.5; lat < 10; lat += 1) {
        assert_int_equal(mask_at(&f, lat, 180), A);
        assert_int_equal(mask_at(&f, lat, 179.99999), A);
        assert_int_equal(mask_at(&f, lat, -179.99999), A);
        assert_near(ovf_index_distance_m(&f.index, point_deg(5, 180), 0, 40e3), 40e3, 0);
    }
    fixture_end(&f);
}

static void a_cut_at_180_is_boundary_where_only_one_side_goes_on(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    RING(&f, 0, 0, 178, 0, 180, 10, 180, 10, 178);
    RING(&f, 0, 4, -178, 8, -178, 8, -180, 4, -180);
    fixture_finish(&f);
    assert_int_equal(mask_at(&f, 5, -179.9), A);
    assert_int_equal(mask_at(&f, 2, -179.9), 0);
    assert_int_equal(mask_at(&f, 2, 180), 0); /* a place on it lies east of it */
    assert_int_equal(mask_at(&f, 2, 179.9999999), A);
    assert_int_equal(mask_at(&f, 5, 180), A);
    assert_near(ovf_index_distance_m(&f.index, point_deg(2, 179.9), 0, 40e3),
                geodesic_m(2, 179.9, 2, 180), 100);
    fixture_end(&f);
}

/* Vertices at a cut are written at -179.99998 in the map. */
static void borders_that_end_a_little_beside_180_leave_no_hole(void **state)
{
    (void)state;
    struct fixture f = {0};
    assert_int_equal(ovf_boundary_builder_new(-85.05, 90, &f.builder), OVF_OK);
    RING(&f, 0, 60, 175, 60, 179.99998, 70, 179.99998, 70, 175);
    RING(&f, 0, 60, -175, 70, -175, 70, -179.99998, 60, -179.99998);
    fixture_finish(&f);
    assert_int_equal(mask_at(&f, 65, 180), A);
    assert_int_equal(mask_at(&f, 65, 179.99999), A);
    assert_int_equal(mask_at(&f, 71, 180), 0);
    assert_int_equal(mask_at(&f, 59, 179.99999), 0);
    const struct ovf_fix fixes[] = {fix_deg(0, 59.9, 179.99999), fix_deg(60, 60.1, 179.99999)};
    struct ovf_walk walk = {0};
    walk_fixes(&f.layer, fixes, 2, 60, &walk);
    assert_int_equal(walk.steps.n, 3);
    assert_int_equal(walk.steps.items[1].members.words[0], A);
    ovf_walk_deinit(&walk);
    fixture_end(&f);
}

static void a_circle_round_a_pole_holds_the_pole(void **state)
{
    (void)state;
    for (int south = 0; south < 2; south++) {
        struct fixture f;
        double ring[2 * 36];
        const double sign = south != 0 ? -1 : 1;
        for (size_t i = 0; i < 36; i++) {
            ring[2 * i] = sign * 80;
            ring[2 * i + 1] = -180 + 10 * (double)i;
        }
        fixture_begin(&f);
        fixture_ring(&f, 0, ring, 36);
        fixture_finish(&f);
        assert_int_equal(mask_at(&f, sign * 90, 0), A);
        assert_int_equal(mask_at(&f, sign * 90, 123), A);
        assert_int_equal(mask_at(&f, sign * 80.1, 77), A);
        assert_int_equal(mask_at(&f, sign * 79.9, 77), 0);
        assert_int_equal(mask_at(&f, 0, 0), 0);
        assert_int_equal(mask_at(&f, sign * -90, 0), 0);
        fixture_end(&f);
    }
}

static void a_ring_round_the_pole_with_a_hole_round_the_pole_is_a_belt(void **state)
{
    (void)state;
    struct fixture f;
    double outer[2 * 12];
    double inner[2 * 12];
    for (size_t i = 0; i < 12; i++) {
        outer[2 * i] = 60;
        inner[2 * i] = 80;
        outer[2 * i + 1] = inner[2 * i + 1] = -180 + 30 * (double)i;
    }
    fixture_begin(&f);
    fixture_ring(&f, 0, outer, 12);
    fixture_ring(&f, 0, inner, 12);
    fixture_finish(&f);
    assert_int_equal(mask_at(&f, 90, 0), 0);
    assert_int_equal(mask_at(&f, 70, 100), A);
    assert_int_equal(mask_at(&f, 50, 100), 0);
    fixture_end(&f);
}

static void an_airspace_larger_than_a_hemisphere_holds_its_pole(void **state)
{
    (void)state;
    /* All north of 30 S, drawn on a map from -180 to 180 up to the pole. */
    struct fixture f;
    fixture_begin(&f);
    /* More vertices in the south than in the north: their mean latitude says nothing. */
    RING(&f, 0, -30, -180, -30, -135, -30, -90, -30, -45, -30, 0, -30, 45, -30, 90, -30, 135, -30,
         180, 90, 180, 90, -180);
    fixture_finish(&f);
    assert_int_equal(mask_at(&f, 0, 0), A);
    assert_int_equal(mask_at(&f, -29, 100), A);
    assert_int_equal(mask_at(&f, -31, 100), 0);
    assert_int_equal(mask_at(&f, 90, 0), A);
    assert_int_equal(mask_at(&f, -90, 0), 0);
    assert_int_equal(mask_at(&f, 10, 180), A);
    fixture_end(&f);
}

static void a_map_edge_along_a_pole_in_steps_is_left_out(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    RING(&f, 0, -30, -180, -30, -90, -30, 0, -30, 90, -30, 180, 90, 180, 90, 100, 90, 0, 90, -100,
         90, -180);
    RING(&f, 1, -60, -180, -90, -180, -90, -100, -90, 0, -90, 100, -90, 180, -60, 180, -60, 90, -60,
         0, -60, -90);
    fixture_finish(&f);
    assert_int_equal(mask_at(&f, 90, 0), A);
    assert_int_equal(mask_at(&f, 89.99, 50), A);
    assert_int_equal(mask_at(&f, -31, 100), 0);
    assert_int_equal(mask_at(&f, -61, 100), B);
    assert_int_equal(mask_at(&f, -90, 100), B);
    fixture_end(&f);
}

static void a_ring_with_the_pole_for_a_corner_is_closed_there(void **state)
{
    (void)state;
    for (int drawn = 0; drawn < 2; drawn++) {
        struct fixture f;
        fixture_begin(&f);
        if (drawn == 0)
            RING(&f, 0, 0, 0, 0, 90, 90, 45);
        else
            RING(&f, 0, 0, 0, 0, 90, 90, 90, 90, 0);
        fixture_finish(&f);
        assert_int_equal(mask_at(&f, 89, 45), A);
        assert_int_equal(mask_at(&f, 89, 135), 0);
        /* The pole itself is one place: it cannot be inside at one longitude and outside at another. */
        for (int lon = -180; lon < 180; lon += 15)
            assert_int_equal(mask_at(&f, 90, lon), 0);
        fixture_end(&f);
    }
}

static void an_edge_of_equal_latitudes_is_that_parallel(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_box(&f, 0, 50, 0, 60, 40);
    fixture_finish(&f);
    assert_int_equal(mask_at(&f, 60.01, 20), 0); /* the geodesic bulges to 61.5 */
    assert_int_equal(mask_at(&f, 59.99, 20), A);
    assert_int_equal(mask_at(&f, 50.01, 20), A);
    fixture_end(&f);
}

static void poor_rings_are_refused(void **state)
{
    (void)state;
    struct ovf_boundary_builder *builder = NULL;
    struct ovf_error err = {{0}};
    const struct ovf_point points[] = {{0, 0}, {1, 1}, {0, 0}, {2, 0}};
    assert_int_equal(ovf_boundary_builder_new(-90, 90, &builder), OVF_OK);
    assert_int_equal(ovf_boundary_builder_add(builder, 0, points, 3, &err), OVF_E_RANGE);
    assert_true(err.text[0] != '\0');
    assert_int_equal(ovf_boundary_builder_add(builder, 0, points, 0, &err), OVF_E_RANGE);
    assert_int_equal(ovf_boundary_builder_add(builder, OVF_MEMBERS_MAX, points, 4, &err),
                     OVF_E_RANGE);
    ovf_boundary_builder_free(builder);
    ovf_boundary_builder_free(NULL);
}

static void a_map_without_rings_holds_nothing(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_finish(&f);
    assert_int_equal(mask_at(&f, 0, 0), 0);
    assert_int_equal(mask_at(&f, -90, -180), 0);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shared_edge_is_one_edge_of_two_owners),
        cmocka_unit_test(a_point_on_edges_and_corners_of_four_squares_is_in_exactly_one),
        cmocka_unit_test(neighbours_along_an_oblique_border_share_every_point_of_it),
        cmocka_unit_test(a_hole_shared_with_an_enclave_belongs_to_the_enclave),
        cmocka_unit_test(overlapping_airspaces_both_hold_a_place),
        cmocka_unit_test(a_seam_inside_one_owner_is_no_boundary),
        cmocka_unit_test(a_cut_at_180_with_other_vertices_on_each_side_is_no_boundary),
        cmocka_unit_test(a_cut_at_180_is_boundary_where_only_one_side_goes_on),
        cmocka_unit_test(borders_that_end_a_little_beside_180_leave_no_hole),
        cmocka_unit_test(a_circle_round_a_pole_holds_the_pole),
        cmocka_unit_test(a_ring_round_the_pole_with_a_hole_round_the_pole_is_a_belt),
        cmocka_unit_test(an_airspace_larger_than_a_hemisphere_holds_its_pole),
        cmocka_unit_test(a_map_edge_along_a_pole_in_steps_is_left_out),
        cmocka_unit_test(a_ring_with_the_pole_for_a_corner_is_closed_there),
        cmocka_unit_test(an_edge_of_equal_latitudes_is_that_parallel),
        cmocka_unit_test(poor_rings_are_refused),
        cmocka_unit_test(a_map_without_rings_holds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
