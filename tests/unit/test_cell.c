/* SPDX-License-Identifier: Apache-2.0 */
/* Counting cells. Columns a row: 900 cos(middle latitude), to the nearest, by hand. */
#include "test.h"

#include "geo/cell.h"

static struct ovf_point place(double lat_deg, double lon_deg)
{
    return (struct ovf_point){(int32_t)lround(lat_deg * 1e7), ovf_lon_wrap(llround(lon_deg * 1e7))};
}

static void test_rows_narrow_with_the_cosine(void **state)
{
    (void)state;
    assert_int_equal(ovf_count_row_columns(225), 900); /* 0.2 N: 899.995 */
    assert_int_equal(ovf_count_row_columns(375), 447); /* 60.2 N: 447.28 */
    assert_int_equal(ovf_count_row_columns(74), 447);  /* 60.2 S */
    assert_int_equal(ovf_count_row_columns(449), 3);   /* 89.8 N: 3.1416 */
    assert_int_equal(ovf_count_row_columns(0), 3);
}

static void test_cells_are_numbered_from_the_south_west(void **state)
{
    (void)state;
    assert_int_equal(ovf_count_cell(place(-90, -180)), 0);
    assert_int_equal(ovf_count_cell(place(0, 0)), 225450);
    assert_int_equal(ovf_count_cell(place(-0.0000001, -0.0000001)), 224449);
    assert_int_equal(ovf_count_cell(place(0.1, 179.9999999)), 225899);
    assert_int_equal(ovf_count_cell(place(90, 179.9999999)), 449002);
}

static void test_the_middle_of_every_cell_lies_in_it(void **state)
{
    (void)state;
    for (uint32_t row = 0; row < OVF_COUNT_ROWS; row++) {
        for (uint32_t column = 0; column < ovf_count_row_columns(row); column++) {
            const uint32_t cell = row * 1000 + column;
            if (ovf_count_cell(ovf_count_cell_centre(cell)) != cell)
                assert_int_equal(ovf_count_cell(ovf_count_cell_centre(cell)), cell);
        }
    }
}

static bool is_of(const struct ovf_box *box, int32_t lat_e7, int64_t lon_e7, uint32_t cell)
{
    const struct ovf_point at = {lat_e7, (int32_t)lon_e7};
    return ovf_box_has(box, at) == (ovf_count_cell(at) == cell);
}

static void test_the_box_of_a_cell_holds_its_corners_and_nothing_beyond(void **state)
{
    (void)state;
    static struct ovf_count_rows rows;
    for (uint32_t cell = 0; cell <= 449002; cell++) {
        if (cell % 1000 >= ovf_count_row_columns(cell / 1000))
            continue;
        const struct ovf_box box = ovf_count_rows_box(&rows, cell);
        const bool is_south = box.south_e7 == -900000000;
        const bool is_north = box.north_e7 > 900000000;
        const bool is_west = box.west_e7 == -1800000000;
        const bool is_east = box.east_e7 == 1800000000;
        assert_true(is_of(&box, box.south_e7, box.west_e7, cell));
        assert_true(is_of(&box, box.north_e7 - 1, box.east_e7 - 1, cell));
        assert_true(ovf_count_cell((struct ovf_point){box.south_e7, box.west_e7}) == cell);
        assert_true(is_south || is_of(&box, box.south_e7 - 1, box.west_e7, cell));
        assert_true(is_north || is_of(&box, box.north_e7, box.west_e7, cell));
        assert_true(is_west || is_of(&box, box.south_e7, box.west_e7 - 1, cell));
        assert_true(is_east || is_of(&box, box.south_e7, box.east_e7, cell));
    }
}

static void test_a_number_that_is_no_cell_has_a_middle_all_the_same(void **state)
{
    (void)state;
    const struct ovf_point middle = ovf_count_cell_centre(UINT32_MAX);
    assert_true(middle.lat_e7 <= 900000000);
    assert_int_equal(ovf_count_cell(middle) / 1000, OVF_COUNT_ROWS - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_narrow_with_the_cosine),
        cmocka_unit_test(test_cells_are_numbered_from_the_south_west),
        cmocka_unit_test(test_the_middle_of_every_cell_lies_in_it),
        cmocka_unit_test(test_the_box_of_a_cell_holds_its_corners_and_nothing_beyond),
        cmocka_unit_test(test_a_number_that_is_no_cell_has_a_middle_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
