/* SPDX-License-Identifier: Apache-2.0 */
/* Exact orientation, compared with the same question asked of positions moved by a real, small
 * amount in 128-bit integers. */
#include "geo_fixture.h"

#include "geo/orient.h"

__extension__ typedef __int128 int128;

/* Coordinates times 2^40, the track's moved by 2^20 east and 1 north: far less than any integer
 * difference can make, far more than rounding (there is none). Differences are below 2^28. */
static int128 area_of(struct ovf_point a, struct ovf_point b, struct ovf_point p, int track_a,
                      int track_b, int track_p)
{
    const int128 unit = (int128)1 << 40;
    const int128 east = (int128)1 << 20;
    const int128 bx = (b.lon_e7 - (int64_t)a.lon_e7) * unit + (track_b - track_a) * east;
    const int128 by = (b.lat_e7 - (int64_t)a.lat_e7) * unit + (track_b - track_a);
    const int128 px = (p.lon_e7 - (int64_t)a.lon_e7) * unit + (track_p - track_a) * east;
    const int128 py = (p.lat_e7 - (int64_t)a.lat_e7) * unit + (track_p - track_a);
    return bx * py - by * px;
}

static struct ovf_point small_point(uint64_t *seed, int32_t range)
{
    return (struct ovf_point){(int32_t)random_below(seed, (uint64_t)range) - range / 2,
                              (int32_t)random_below(seed, (uint64_t)range) - range / 2};
}

static void sides_agree_with_positions_really_moved(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int i = 0; i < 300000; i++) {
        /* On a lattice of 4 x 4 nearly all is degenerate; on 2000 x 2000 little is. */
        const int32_t range = i % 3 == 0 ? 2000 : 4;
        const struct ovf_point a = small_point(&seed, range);
        const struct ovf_point b = small_point(&seed, range);
        const struct ovf_point p = small_point(&seed, range);
        const struct ovf_point q = small_point(&seed, range);
        if (ovf_point_equal(a, b) || ovf_point_equal(p, q))
            continue;
        const int128 side_p = area_of(a, b, p, 0, 0, 1);
        const int128 side_q = area_of(a, b, q, 0, 0, 1);
        const int128 side_a = area_of(p, q, a, 1, 1, 0);
        const int128 side_b = area_of(p, q, b, 1, 1, 0);
        assert_true(side_p != 0 && side_q != 0 && side_a != 0 && side_b != 0);
        assert_int_equal(ovf_edge_has_left(a, b, p), side_p > 0);
        assert_int_equal(ovf_piece_has_left(p, q, a), side_a > 0);
        assert_int_equal(ovf_piece_crosses_edge(p, q, a, b),
                         (side_p > 0) != (side_q > 0) && (side_a > 0) != (side_b > 0));
    }
}

static void direction_of_edge_and_piece_does_not_matter(void **state)
{
    (void)state;
    uint64_t seed = 12;
    for (int i = 0; i < 100000; i++) {
        const struct ovf_point a = small_point(&seed, 5);
        const struct ovf_point b = small_point(&seed, 5);
        const struct ovf_point p = small_point(&seed, 5);
        const struct ovf_point q = small_point(&seed, 5);
        if (ovf_point_equal(a, b) || ovf_point_equal(p, q))
            continue;
        const bool crosses = ovf_piece_crosses_edge(p, q, a, b);
        assert_int_equal(ovf_piece_crosses_edge(q, p, a, b), crosses);
        assert_int_equal(ovf_piece_crosses_edge(p, q, b, a), crosses);
    }
}

static void a_point_on_a_meridian_edge_lies_east_and_on_a_parallel_north(void **state)
{
    (void)state;
    const struct ovf_point south = {0, 0};
    const struct ovf_point north = {100, 0};
    const struct ovf_point east = {0, 100};
    assert_false(ovf_edge_has_left(south, north, (struct ovf_point){50, 0})); /* left is west */
    assert_true(ovf_edge_has_left(north, south, (struct ovf_point){50, 0}));
    assert_true(ovf_edge_has_left(south, east, (struct ovf_point){0, 50})); /* left is north */
    assert_false(ovf_edge_has_left(east, south, (struct ovf_point){0, 50}));
}

static void sides_are_the_same_across_180(void **state)
{
    (void)state;
    uint64_t seed = 13;
    for (int i = 0; i < 100000; i++) {
        struct ovf_point at[4];
        struct ovf_point moved[4];
        for (int k = 0; k < 4; k++) {
            at[k] = small_point(&seed, 40);
            moved[k] =
                (struct ovf_point){at[k].lat_e7, ovf_lon_wrap(at[k].lon_e7 + INT64_C(1800000000))};
        }
        if (ovf_point_equal(at[0], at[1]) || ovf_point_equal(at[2], at[3]))
            continue;
        assert_int_equal(ovf_piece_crosses_edge(at[0], at[1], at[2], at[3]),
                         ovf_piece_crosses_edge(moved[0], moved[1], moved[2], moved[3]));
    }
}

static void the_largest_differences_do_not_overflow(void **state)
{
    (void)state;
    const int32_t m = OVF_LOCAL_MAX_E7;
    const struct ovf_point a = {-m, -m};
    const struct ovf_point b = {m, m};
    assert_true(ovf_orient(a, b, (struct ovf_point){m, -m}) > 0);
    assert_true(ovf_orient(a, b, (struct ovf_point){-m, m}) < 0);
    assert_int_equal(ovf_orient(a, b, (struct ovf_point){m, -m}), INT64_C(4) * m * m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sides_agree_with_positions_really_moved),
        cmocka_unit_test(direction_of_edge_and_piece_does_not_matter),
        cmocka_unit_test(a_point_on_a_meridian_edge_lies_east_and_on_a_parallel_north),
        cmocka_unit_test(sides_are_the_same_across_180),
        cmocka_unit_test(the_largest_differences_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
