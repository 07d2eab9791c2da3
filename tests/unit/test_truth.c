/* SPDX-License-Identifier: Apache-2.0 */
/* The truth of crossings where it can be written down: boxes whose sides are meridians, crossed along
 * the equator, which is a geodesic. Half the way is half the time. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "geo/boundary.h"
#include "simulate/truth.h"

#define E7(deg) ((int32_t)((deg)*OVF_E7_PER_DEG))

struct world {
    struct ovf_buffer bytes;
    struct ovf_index index;
    struct ovf_territory *territory;
};

/** Boxes, owner i the i-th: south, north, west, east. */
static struct world make_world(const double (*boxes)[4], uint32_t n)
{
    struct world world = {0};
    struct ovf_boundary_builder *builder = NULL;
    struct ovf_boundary boundary;
    assert_int_equal(ovf_boundary_builder_new(-90, 90, &builder), OVF_OK);
    for (uint32_t i = 0; i < n; i++) {
        const int32_t s = E7(boxes[i][0]);
        const int32_t w = E7(boxes[i][2]);
        const int32_t north = E7(boxes[i][1]);
        const int32_t e = E7(boxes[i][3]);
        const struct ovf_point ring[] = {{s, w}, {s, e}, {north, e}, {north, w}};
        assert_int_equal(ovf_boundary_builder_add(builder, i, ring, 4, NULL), OVF_OK);
    }
    assert_int_equal(ovf_boundary_builder_finish(builder, &boundary), OVF_OK);
    assert_int_equal(ovf_index_build(&boundary, &world.bytes), OVF_OK);
    assert_int_equal(ovf_index_view(ovf_buffer_bytes(&world.bytes), &world.index, NULL), OVF_OK);
    assert_int_equal(ovf_territory_new(&world.index, &world.territory), OVF_OK);
    ovf_boundary_deinit(&boundary);
    ovf_boundary_builder_free(builder);
    return world;
}

static void free_world(struct world *world)
{
    ovf_territory_free(world->territory);
    ovf_buffer_deinit(&world->bytes);
}

static struct ovf_sim_row row_at(double t_s, double lat, double lon)
{
    return (struct ovf_sim_row){.t_ns = (int64_t)(t_s * 100) * (OVF_NS_PER_S / 100),
                                .lat_e6 = (int32_t)(lat * 1e6),
                                .lon_e6 = (int32_t)(lon * 1e6)};
}

static void the_equator_is_left_and_entered_at_exact_times(void **state)
{
    (void)state;
    static const double boxes[][4] = {{-10, 10, 20, 30}, {-10, 10, 30, 40}};
    struct world world = make_world(boxes, 2);
    /* 24 to 36 degrees in 1,200 s: 30 is reached after 600 s. */
    const struct ovf_sim_row rows[] = {row_at(0, 0, 24), row_at(1200, 0, 36)};
    struct ovf_truth_passages got = {0};
    assert_int_equal(ovf_truth_of_rows(world.territory, rows, 2, &got), OVF_OK);
    assert_int_equal(got.n, 2);
    assert_true(got.consistent);
    assert_int_equal(got.items[0].owner, 0);
    assert_false(got.items[0].entry.known);
    assert_near((double)got.items[0].exit.t_ns, 600e9, 100);
    assert_near(got.items[0].exit.at.lon_deg, 30, 1e-9);
    assert_near(got.items[0].exit.angle_deg, 90, 1e-6);
    assert_int_equal(got.items[1].owner, 1);
    assert_near((double)got.items[1].entry.t_ns, 600e9, 100);
    assert_false(got.items[1].exit.known);
    assert_near(got.items[1].longest_interval_s, 1200, 0);
    ovf_truth_passages_deinit(&got);
    free_world(&world);
}

static void the_antimeridian_is_no_border(void **state)
{
    (void)state;
    static const double boxes[][4] = {{-10, 10, 170, -170}};
    struct world world = make_world(boxes, 1);
    const struct ovf_sim_row rows[] = {row_at(0, 0, 165), row_at(600, 0, 175),
                                       row_at(1200, 0, -175), row_at(1800, 0, -165)};
    struct ovf_truth_passages got = {0};
    assert_int_equal(ovf_truth_of_rows(world.territory, rows, 4, &got), OVF_OK);
    assert_int_equal(got.n, 1);
    assert_near((double)got.items[0].entry.t_ns, 300e9, 100);
    assert_near((double)got.items[0].exit.t_ns, 1500e9, 100);
    ovf_truth_passages_deinit(&got);
    free_world(&world);
}

static void a_corner_clipped_for_two_metres_is_found(void **state)
{
    (void)state;
    /* A diamond whose southern corner hangs over the equator by 0.00001 degree: 2 x 1.1 m wide there. */
    struct ovf_boundary_builder *builder = NULL;
    struct ovf_boundary boundary;
    struct world world = {0};
    const struct ovf_point ring[] = {
        {-100, E7(30.5)}, {E7(0.5), E7(31)}, {E7(1), E7(30.5)}, {E7(0.5), E7(30)}};
    assert_int_equal(ovf_boundary_builder_new(-90, 90, &builder), OVF_OK);
    assert_int_equal(ovf_boundary_builder_add(builder, 0, ring, 4, NULL), OVF_OK);
    assert_int_equal(ovf_boundary_builder_finish(builder, &boundary), OVF_OK);
    assert_int_equal(ovf_index_build(&boundary, &world.bytes), OVF_OK);
    assert_int_equal(ovf_index_view(ovf_buffer_bytes(&world.bytes), &world.index, NULL), OVF_OK);
    assert_int_equal(ovf_territory_new(&world.index, &world.territory), OVF_OK);
    const struct ovf_sim_row rows[] = {row_at(0, 0, 30), row_at(600, 0, 31)};
    struct ovf_truth_passages got = {0};
    assert_int_equal(ovf_truth_of_rows(world.territory, rows, 2, &got), OVF_OK);
    assert_int_equal(got.n, 1);
    assert_near((double)(got.items[0].entry.t_ns + got.items[0].exit.t_ns) / 2, 300e9, 1e6);
    assert_near(got.items[0].exit.at.lon_deg - got.items[0].entry.at.lon_deg, 2e-5, 1e-6);
    ovf_truth_passages_deinit(&got);
    ovf_boundary_deinit(&boundary);
    ovf_boundary_builder_free(builder);
    free_world(&world);
}

static void a_path_is_cut_to_the_times_asked_for(void **state)
{
    (void)state;
    static const double boxes[][4] = {{-10, 10, 20, 30}};
    struct world world = make_world(boxes, 1);
    const struct ovf_point points[] = {{0, E7(25)}, {0, E7(35)}};
    const struct ovf_scenario_performance performance = {
        .cruise_fl = 350, .speed_kt = 450, .climb_fpm = 2000, .descent_fpm = 2000};
    const struct ovf_path_plan plan = {
        .points = points, .n_points = 2, .performance = &performance};
    struct ovf_path path = {0};
    struct ovf_truth_passages got = {0};
    assert_int_equal(ovf_path_build(&plan, &path), OVF_OK);
    const int64_t end_ns = (int64_t)(path.duration_s * 1e9);
    assert_int_equal(ovf_truth_of_path(world.territory, &path, 0, 0, end_ns, &got), OVF_OK);
    assert_int_equal(got.n, 1);
    const struct ovf_truth_end exit = got.items[0].exit;
    assert_true(exit.known);
    /* Where the path says it is at that time, the border is. */
    struct ovf_path_state there;
    ovf_path_at(&path, (double)exit.t_ns / 1e9, &there);
    assert_near(there.lon_deg, 30, 1e-8);
    /* Half-way in space and, climbing as it descends but for 15 kt, nearly in time. */
    assert_near((double)exit.t_ns / 1e9, path.duration_s / 2, 60);
    assert_int_equal(ovf_truth_of_path(world.territory, &path, 0, 0, exit.t_ns - 1000000000, &got),
                     OVF_OK);
    assert_int_equal(got.n, 1);
    assert_false(got.items[0].exit.known);
    assert_int_equal(
        ovf_truth_of_path(world.territory, &path, 0, exit.t_ns + 1000000000, end_ns, &got), OVF_OK);
    assert_int_equal(got.n, 0);
    ovf_truth_passages_deinit(&got);
    ovf_path_deinit(&path);
    free_world(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_equator_is_left_and_entered_at_exact_times),
        cmocka_unit_test(the_antimeridian_is_no_border),
        cmocka_unit_test(a_corner_clipped_for_two_metres_is_found),
        cmocka_unit_test(a_path_is_cut_to_the_times_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
