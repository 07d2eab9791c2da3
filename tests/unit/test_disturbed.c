/* SPDX-License-Identifier: Apache-2.0 */
/* Cells by gpsjam's rule, (bad - 1) / all, counted by hand: aircraft that are in one cell, or in two. */
#include "test.h"

#include <string.h>

#include "listen/disturbed.h"
#include "report/interference.h"

enum { CELL = 225450, DAY = 20000 };

static const int64_t midnight_s = (int64_t)DAY * OVF_DAY_S;

static struct ovf_heard_run run_at(int64_t from_s, uint32_t cell, bool is_silent, bool is_disturbed)
{
    return (struct ovf_heard_run){.from_s = midnight_s + from_s,
                                  .to_s = midnight_s + from_s + 60,
                                  .cell = cell,
                                  .is_silent = is_silent,
                                  .is_disturbed = is_disturbed};
}

struct shown {
    uint32_t address;
    struct ovf_heard_run run;
};

/** Every run is a flight of its own. */
static void show(struct ovf_disturbed *disturbed, const struct shown *shown, size_t n)
{
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < n; i++) {
            struct ovf_buffer bytes = {0};
            assert_int_equal(ovf_heard_pack(&shown[i].run, 1, &bytes), OVF_OK);
            if (round == 0)
                assert_int_equal(
                    ovf_disturbed_take(disturbed, shown[i].address, ovf_buffer_bytes(&bytes)),
                    OVF_OK);
            else
                ovf_disturbed_take_all(disturbed, shown[i].address, ovf_buffer_bytes(&bytes));
            ovf_buffer_deinit(&bytes);
        }
    }
}

static void assert_level(uint32_t n_all, uint32_t n_disturbed, enum ovf_cell_level level)
{
    const struct ovf_cell_traffic traffic = {n_all, n_disturbed};
    assert_string_equal(ovf_cell_level_name(ovf_cell_level(traffic, &ovf_detect_defaults)),
                        ovf_cell_level_name(level));
}

static void test_levels_are_those_of_gpsjam(void **state)
{
    (void)state;
    assert_level(0, 0, OVF_CELL_LOW);
    assert_level(1, 1, OVF_CELL_LOW); /* one broken aircraft */
    assert_level(51, 2, OVF_CELL_LOW);
    assert_level(50, 2, OVF_CELL_MEDIUM);
    assert_level(11, 2, OVF_CELL_MEDIUM);
    assert_level(10, 2, OVF_CELL_HIGH);
    assert_level(UINT32_MAX, UINT32_MAX, OVF_CELL_HIGH);
}

/** 2 of 20 less one are 5 %; 4 of 10 less one 30 %. */
static void test_levels_are_those_of_the_question(void **state)
{
    (void)state;
    struct ovf_detect_config config = ovf_detect_defaults;
    const struct ovf_cell_traffic few = {20, 2};
    const struct ovf_cell_traffic many = {10, 4};
    config.cell_medium_share = 0.06;
    assert_int_equal(ovf_cell_level(few, &config), OVF_CELL_LOW);
    assert_true(ovf_cell_speaks(many, &config));
    config.cell_aircraft = 5;
    assert_false(ovf_cell_speaks(many, &config));
    config.cell_aircraft = 4;
    config.cell_high_share = 0.31;
    assert_int_equal(ovf_cell_level(many, &config), OVF_CELL_MEDIUM);
    assert_false(ovf_cell_speaks(many, &config));
}

static void test_an_aircraft_counts_once_in_a_cell_and_day(void **state)
{
    (void)state;
    struct ovf_disturbed disturbed = {0};
    const struct ovf_cell_count *cells;
    size_t n;
    const struct shown shown[] = {
        {1, run_at(0, CELL, false, true)},     {1, run_at(3600, CELL, false, true)},
        {1, run_at(7200, CELL, false, false)}, {2, run_at(0, CELL, true, true)},
        {3, run_at(0, CELL, false, false)},    {3, run_at(60, CELL, false, false)},
        {4, run_at(0, CELL, true, false)}, /* silent: nothing could show */
    };
    show(&disturbed, shown, sizeof shown / sizeof *shown);
    ovf_disturbed_settle(&disturbed, &ovf_detect_defaults, &cells, &n);
    assert_int_equal(n, 1);
    assert_int_equal(cells[0].day, DAY);
    assert_int_equal(cells[0].cell, CELL);
    assert_int_equal(cells[0].traffic.n_all, 3);
    assert_int_equal(cells[0].traffic.n_disturbed, 2);
    ovf_disturbed_deinit(&disturbed);
}

static void test_days_before_1970_are_days(void **state)
{
    (void)state;
    struct ovf_disturbed disturbed = {0};
    const struct ovf_cell_count *cells;
    size_t n;
    const struct shown shown[] = {
        {1, run_at(-midnight_s - 60, CELL, false, true)}, /* a minute before */
        {2, run_at(-midnight_s - OVF_DAY_S, CELL, false, true)},
        {1, run_at(-midnight_s, CELL, false, true)},
        {2, run_at(-midnight_s + 60, CELL, false, true)},
    };
    struct ovf_buffer text = {0};
    show(&disturbed, shown, sizeof shown / sizeof *shown);
    ovf_disturbed_settle(&disturbed, &ovf_detect_defaults, &cells, &n);
    assert_int_equal(n, 2);
    assert_int_equal(cells[0].day, -1);
    assert_int_equal(cells[1].day, 0);
    assert_int_equal(ovf_ndjson_cell(&cells[0], &ovf_detect_defaults, &text), OVF_OK);
    assert_int_equal(ovf_buffer_append(&text, "", 1), OVF_OK);
    assert_non_null(strstr((const char *)text.data, "\"day\":\"1969-12-31\""));
    ovf_buffer_deinit(&text);
    ovf_disturbed_deinit(&disturbed);
}

static void assert_there(const struct ovf_disturbed *disturbed, int64_t s, uint32_t cell,
                         uint32_t n_all, uint32_t n_disturbed)
{
    const struct ovf_cell_traffic there = ovf_disturbed_there(disturbed, midnight_s + s, cell);
    assert_int_equal(there.n_all, n_all);
    assert_int_equal(there.n_disturbed, n_disturbed);
}

static void test_hours_are_counted_apart_where_they_are_asked_for(void **state)
{
    (void)state;
    struct ovf_disturbed by_hour = {.by_hour = true};
    struct ovf_disturbed by_day = {0};
    const struct shown shown[] = {
        {1, run_at(0, CELL, false, true)},     {1, run_at(3600, CELL, false, true)},
        {1, run_at(7200, CELL, false, false)}, {2, run_at(0, CELL, true, true)},
        {3, run_at(3540, CELL, false, false)}, {4, run_at(3600, CELL + 1, false, false)},
    };
    assert_there(&by_hour, 0, CELL, 0, 0); /* nothing was shown yet */
    show(&by_hour, shown, sizeof shown / sizeof *shown);
    show(&by_day, shown, sizeof shown / sizeof *shown);
    assert_there(&by_hour, 3599, CELL, 3, 2);
    assert_there(&by_hour, 3600, CELL, 1, 1);
    assert_there(&by_hour, 7200, CELL, 0, 0); /* nobody was disturbed: nobody was counted */
    assert_there(&by_hour, 3600, CELL + 1, 0, 0);
    assert_there(&by_day, 80000, CELL, 3, 2);
    ovf_disturbed_deinit(&by_hour);
    ovf_disturbed_deinit(&by_day);
}

static void test_days_and_cells_are_apart_and_in_order(void **state)
{
    (void)state;
    enum { N_CELLS = 200 };
    static struct shown shown[2 * N_CELLS + 2];
    struct ovf_disturbed disturbed = {0};
    const struct ovf_cell_count *cells;
    size_t n = 0;
    for (uint32_t i = 0; i < N_CELLS; i++) {
        for (uint32_t address = 1; address <= 2; address++)
            shown[n++] = (struct shown){i * 2 + address,
                                        run_at(i % 2 == 0 ? OVF_DAY_S : 0, CELL - i, false, true)};
    }
    shown[n++] = (struct shown){7, run_at(0, CELL, false, true)}; /* one, on the other day */
    shown[n++] = (struct shown){8, run_at(0, CELL, false, false)};
    show(&disturbed, shown, n);
    ovf_disturbed_settle(&disturbed, &ovf_detect_defaults, &cells, &n);
    assert_int_equal(n, N_CELLS);
    for (uint32_t i = 0; i < N_CELLS; i++) {
        assert_int_equal(cells[i].day, DAY + (i < N_CELLS / 2 ? 0 : 1));
        assert_int_equal(cells[i].traffic.n_all, 2);
        assert_true(i == 0 || i == N_CELLS / 2 || cells[i - 1].cell < cells[i].cell);
    }
    ovf_disturbed_deinit(&disturbed);
}

static void test_without_anyone_disturbed_there_is_no_cell(void **state)
{
    (void)state;
    struct ovf_disturbed disturbed = {0};
    const struct ovf_cell_count *cells;
    size_t n;
    const struct shown shown[] = {{1, run_at(0, CELL, false, false)}};
    show(&disturbed, shown, 1);
    ovf_disturbed_settle(&disturbed, &ovf_detect_defaults, &cells, &n);
    assert_int_equal(n, 0);
    ovf_disturbed_deinit(&disturbed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels_are_those_of_gpsjam),
        cmocka_unit_test(test_levels_are_those_of_the_question),
        cmocka_unit_test(test_an_aircraft_counts_once_in_a_cell_and_day),
        cmocka_unit_test(test_days_before_1970_are_days),
        cmocka_unit_test(test_hours_are_counted_apart_where_they_are_asked_for),
        cmocka_unit_test(test_days_and_cells_are_apart_and_in_order),
        cmocka_unit_test(test_without_anyone_disturbed_there_is_no_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
