/* SPDX-License-Identifier: Apache-2.0 */
/* A part of the map on paper. Places are told by where they lie in the box: Web Mercator is linear in longitude, and
 * the equator halves what is as high north of it as south. */
#include "test.h"

#include <string.h>

#include "view/sheet.h"

enum { WIDTH = OVF_FIGURE_WIDTH * OVF_FIGURE_UNIT };

static struct ovf_drawn at(double lat_deg, double lon_deg)
{
    return (struct ovf_drawn){(int32_t)(lat_deg * 1e7), (int64_t)(lon_deg * 1e7), 0};
}

static struct ovf_sheet sheet_of(double south, double west, double north, double east)
{
    struct ovf_sheet sheet = {0};
    const struct ovf_drawn corners[] = {at(south, west), at(north, east)};
    for (size_t i = 0; i < 2; i++)
        ovf_sheet_add(&sheet, &corners[i]);
    ovf_sheet_fit(&sheet);
    return sheet;
}

static void assert_line(const struct ovf_sheet *sheet, const struct ovf_drawn *line, size_t n,
                        bool is_ring, const char *want)
{
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_sheet_line(sheet, line, n, is_ring, &text), OVF_OK);
    assert_int_equal(ovf_buffer_append(&text, "", 1), OVF_OK);
    assert_string_equal((const char *)text.data, want);
    ovf_buffer_deinit(&text);
}

static void test_what_was_added_has_room_around_it(void **state)
{
    (void)state;
    const struct ovf_sheet sheet = sheet_of(-10, 30, 10, 50);
    const struct ovf_drawn middle = at(0, 40);
    const struct ovf_drawn corner = at(10, 30);
    const struct ovf_drawn beside = at(0, 60);
    int64_t x;
    int64_t y;
    assert_true(ovf_sheet_place(&sheet, &middle, 0, &x, &y));
    assert_in_range(x, WIDTH / 2 - 1, WIDTH / 2 + 1);
    assert_in_range(y, sheet.height / 2 - 1, sheet.height / 2 + 1);
    assert_true(ovf_sheet_place(&sheet, &corner, 0, &x, &y));
    assert_in_range(x, WIDTH / 20, WIDTH / 5);
    assert_false(ovf_sheet_place(&sheet, &beside, 0, &x, &y));
}

static void test_one_place_has_surroundings_and_a_strip_is_none(void **state)
{
    (void)state;
    const struct ovf_sheet all[] = {sheet_of(33, 44, 33, 44), sheet_of(0, 0, 0, 90),
                                    sheet_of(-60, 10, 60, 11)};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_true(all[i].height >= (WIDTH * 4) / 10);
        assert_true(all[i].height <= (WIDTH * 91) / 100);
    }
    /* Half a dot of a sheet as high as 3 degrees of longitude and wider by 10 / 9: 371 km / 960 / 2, times cos 34.2. */
    assert_near(ovf_sheet_tolerance_m(&all[0]), 371e3 / 960 / 2 * 0.827, 1);
}

static void test_a_line_that_runs_on_comes_onto_the_sheet_from_the_other_side(void **state)
{
    (void)state;
    const struct ovf_sheet sheet = sheet_of(-10, 170, 10, 190);
    const struct ovf_drawn east[] = {at(0, 180), at(0, 185)};
    const struct ovf_drawn west[] = {at(0, -180), at(0, -175)}; /* the same places */
    const struct ovf_drawn away[] = {at(0, 0), at(0, 10)};
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_sheet_line(&sheet, east, 2, false, &text), OVF_OK);
    assert_int_equal(ovf_buffer_append(&text, "", 1), OVF_OK);
    assert_int_equal(strncmp((const char *)text.data, "M4800 ", 6), 0);
    assert_line(&sheet, west, 2, false, (const char *)text.data);
    assert_line(&sheet, away, 2, false, "");
    ovf_buffer_deinit(&text);
}

static void test_what_is_not_needed_is_left_out_and_a_ring_closes(void **state)
{
    (void)state;
    const struct ovf_sheet sheet = sheet_of(-10, 30, 10, 50);
    struct ovf_drawn line[] = {at(0, 40), at(9, 41), at(0, 40.0000001), at(0, 45)};
    struct ovf_buffer text = {0};
    line[1].level = 1;
    assert_int_equal(ovf_sheet_line(&sheet, line, 4, true, &text), OVF_OK);
    assert_int_equal(ovf_buffer_append(&text, "", 1), OVF_OK);
    const char *const said = (const char *)text.data;
    assert_int_equal(said[0], 'M');
    assert_non_null(strchr(said, 'l'));
    assert_ptr_equal(strchr(said, 'l'),
                     strrchr(said, 'l')); /* one step: the third is where the first is */
    assert_int_equal(said[strlen(said) - 1], 'z');
    ovf_buffer_deinit(&text);
}

static void test_a_sheet_joins_no_more_than_as_much_again(void **state)
{
    (void)state;
    struct ovf_sheet sheet = {0};
    struct ovf_sheet land = {0};
    const struct ovf_drawn shown[] = {at(0, 40), at(0, 50)};
    const struct ovf_drawn around[] = {at(0, 35), at(0, 100)};
    for (size_t i = 0; i < 2; i++) {
        ovf_sheet_add(&sheet, &shown[i]);
        ovf_sheet_add(&land, &around[i]);
    }
    ovf_sheet_join(&sheet, &land);
    assert_near(sheet.west, 35 * 0.017453292519943295, 1e-9);
    assert_near(sheet.east, 60 * 0.017453292519943295, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_added_has_room_around_it),
        cmocka_unit_test(test_one_place_has_surroundings_and_a_strip_is_none),
        cmocka_unit_test(test_a_line_that_runs_on_comes_onto_the_sheet_from_the_other_side),
        cmocka_unit_test(test_what_is_not_needed_is_left_out_and_a_ring_closes),
        cmocka_unit_test(test_a_sheet_joins_no_more_than_as_much_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
