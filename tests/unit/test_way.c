/* SPDX-License-Identifier: Apache-2.0 */
/* Cells on the way: on the equator and on meridians, where the way and its times are known in closed form;
 * elsewhere against PROJ's geodesics. */
#include "test.h"

#include "geo/geodesic.h"
#include "listen/way.h"

/* What ovf_way_through_cells promises of where a cell is left. */
static const double piece_m = 2000;
static const double m_per_deg = 111000;

static struct ovf_point place(double lat_deg, double lon_deg)
{
    return (struct ovf_point){(int32_t)lround(lat_deg * 1e7), ovf_lon_wrap(llround(lon_deg * 1e7))};
}

static struct ovf_stays way(struct ovf_point from, struct ovf_point to, int64_t to_s)
{
    struct ovf_count_rows rows = {{0}};
    struct ovf_stays stays = {0};
    assert_int_equal(ovf_way_through_cells(&rows, from, 0, to, to_s, &stays), OVF_OK);
    assert_true(stays.n > 0);
    assert_int_equal(stays.items[0].from_s, 0);
    assert_int_equal(stays.items[stays.n - 1].to_s, to_s);
    for (size_t i = 1; i < stays.n; i++) {
        assert_int_equal(stays.items[i].from_s, stays.items[i - 1].to_s);
        assert_int_not_equal(stays.items[i].cell, stays.items[i - 1].cell);
    }
    return stays;
}

static void test_cells_along_the_equator_are_left_at_their_borders(void **state)
{
    (void)state;
    /* 0.4 degrees a cell, one degree in 1,000 s */
    struct ovf_stays stays = way(place(0, 0.1), place(0, 2.1), 2000);
    assert_int_equal(stays.n, 6);
    for (size_t i = 0; i < stays.n; i++) {
        assert_int_equal(stays.items[i].cell, 225450 + i);
        if (i > 0)
            assert_near((double)stays.items[i].from_s, 400.0 * (double)i - 100,
                        1 + piece_m / m_per_deg * 1000);
    }
    ovf_stays_deinit(&stays);
}

static void test_cells_along_a_meridian_go_from_row_to_row(void **state)
{
    (void)state;
    /* The middle of a row is the middle of its cells: 400 s each but the first and the last. */
    struct ovf_stays stays = way(place(-0.6, 10.01), place(0.6, 10.01), 1200);
    assert_int_equal(stays.n, 4);
    for (size_t i = 0; i < stays.n; i++)
        assert_int_equal(stays.items[i].cell / 1000, 223 + i);
    assert_near((double)stays.items[1].from_s, 200, 1 + piece_m / m_per_deg * 1000);
    assert_near((double)stays.items[3].from_s, 1000, 1 + piece_m / m_per_deg * 1000);
    ovf_stays_deinit(&stays);
}

static void test_the_antimeridian_is_crossed_the_short_way(void **state)
{
    (void)state;
    struct ovf_stays stays = way(place(0, 179.9), place(0, -179.9), 100);
    assert_int_equal(stays.n, 2);
    assert_int_equal(stays.items[0].cell, 225899);
    assert_int_equal(stays.items[1].cell, 225000);
    assert_near((double)stays.items[1].from_s, 50, 10);
    ovf_stays_deinit(&stays);
}

static void test_over_the_pole_the_way_leads_through_its_row(void **state)
{
    (void)state;
    struct ovf_stays stays = way(place(89, 0), place(89, 180), 2000);
    bool in_last_row = false;
    for (size_t i = 0; i < stays.n; i++)
        in_last_row = in_last_row || stays.items[i].cell / 1000 == OVF_COUNT_ROWS - 1;
    assert_true(in_last_row);
    assert_true(stays.n <= 8); /* rows 447 to 449 and back */
    ovf_stays_deinit(&stays);
}

static void test_places_alike_or_half_the_globe_apart_have_their_cells(void **state)
{
    (void)state;
    struct ovf_stays alike = way(place(33, 44), place(33, 44), 60);
    assert_int_equal(alike.n, 1);
    assert_int_equal(alike.items[0].cell, ovf_count_cell(place(33, 44)));
    ovf_stays_deinit(&alike);
    struct ovf_stays apart = way(place(0, 0.1), place(0, -179.9), 60);
    assert_int_equal(apart.n, 2);
    assert_int_equal(apart.items[0].cell, 225450);
    assert_int_equal(apart.items[1].cell, 225000);
    ovf_stays_deinit(&apart);
}

static void test_the_geodesic_leads_through_the_same_cells(void **state)
{
    (void)state;
    /* Tehran to Damascus and London to Tokyo: wherever the geodesic is in the middle of a stay, it is in the
     * stay's cell, or one that touches it. */
    static const double ends[][4] = {{35.4, 51.2, 33.4, 36.5}, {51.5, -0.5, 35.8, 140.4}};
    for (size_t k = 0; k < 2; k++) {
        const struct ovf_point from = place(ends[k][0], ends[k][1]);
        const struct ovf_point to = place(ends[k][2], ends[k][3]);
        const struct ovf_geodesic line = ovf_geodesic_between(from, to);
        struct ovf_stays stays = way(from, to, 100000);
        assert_true(stays.n > 20);
        for (size_t i = 0; i < stays.n; i++) {
            const struct ovf_point centre = ovf_count_cell_centre(stays.items[i].cell);
            double lat_deg;
            double lon_deg;
            ovf_geodesic_at(&line,
                            (double)(stays.items[i].from_s + stays.items[i].to_s) / 2 / 100000,
                            &lat_deg, &lon_deg);
            assert_true(ovf_distance_m(centre, place(lat_deg, lon_deg)) < 60e3);
        }
        ovf_stays_deinit(&stays);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_along_the_equator_are_left_at_their_borders),
        cmocka_unit_test(test_cells_along_a_meridian_go_from_row_to_row),
        cmocka_unit_test(test_the_antimeridian_is_crossed_the_short_way),
        cmocka_unit_test(test_over_the_pole_the_way_leads_through_its_row),
        cmocka_unit_test(test_places_alike_or_half_the_globe_apart_have_their_cells),
        cmocka_unit_test(test_the_geodesic_leads_through_the_same_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
