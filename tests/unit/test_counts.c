/* SPDX-License-Identifier: Apache-2.0 */
/* Counts on their way into a store, in pieces: against sums made by hand. */
#include "gpkg_fixture.h"

#include "run/counts_put.h"

enum { AIRCRAFT = 40, HOURS = 24, FIXES = 3, CELLS = 6, DAYS = 2 };

/* Every aircraft has FIXES fixes in each hour of each day, in a cell that depends on the hour. */
static void count_aircraft(struct ovf_traffic *traffic, uint32_t input)
{
    for (int64_t i = 0; i < (int64_t)DAYS * HOURS * FIXES; i++) {
        const int64_t hour = i / FIXES;
        const struct ovf_fix fix = {.t_ns = hour * 3600 * OVF_NS_PER_S + i,
                                    .at = {333000000, (int32_t)(hour % CELLS) * 10000000},
                                    .alt_baro_ft = 35000,
                                    .has = OVF_FIX_ALT_BARO};
        assert_int_equal(ovf_traffic_add(traffic, input, &fix, 1), OVF_OK);
    }
    assert_int_equal(ovf_traffic_end_aircraft(traffic), OVF_OK);
}

static void put_away(struct ovf_traffic *traffic, struct ovf_sorter *sorter)
{
    ovf_traffic_settle(traffic);
    assert_int_equal(ovf_counts_sort(sorter, traffic->items, traffic->n, NULL), OVF_OK);
    traffic->n = 0;
    traffic->n_done = 0;
}

/** Puts the traffic of two inputs, AIRCRAFT and half as many, \p n_at_once aircraft in a piece. */
static void put_traffic(struct gpkg_fixture *f, size_t sorter_bytes, int n_at_once)
{
    static const char *const ids[] = {"a", "b"};
    struct ovf_traffic traffic = {0};
    struct ovf_sorter *sorter;
    assert_int_equal(ovf_sorter_new(sorter_bytes, &sorter), OVF_OK);
    for (int i = 0; i < AIRCRAFT; i++) {
        count_aircraft(&traffic, 0);
        if (i % 2 == 0)
            count_aircraft(&traffic, 1);
        if ((i + 1) % n_at_once == 0)
            put_away(&traffic, sorter);
    }
    put_away(&traffic, sorter);
    gpkg_begin(f, 1000);
    for (int i = 0; i < 2; i++) {
        const struct ovf_store_input input = {.id = ids[i]};
        assert_int_equal(ovf_store_put_input(f->store, &input, &f->err), OVF_OK);
    }
    assert_int_equal(ovf_counts_put_traffic(sorter, ids, f->store, &f->err), OVF_OK);
    gpkg_commit(f);
    ovf_sorter_free(sorter);
    ovf_traffic_deinit(&traffic);
}

static void assert_sums(struct gpkg_fixture *f)
{
    /* a cell has HOURS / CELLS = 4 of the hours */
    gpkg_assert_text(f,
                     "SELECT count(*)||' '||min(fixes)||' '||max(fixes)||' '||min(aircraft)||' '||"
                     "max(aircraft) FROM traffic WHERE input_fid=1",
                     "12 480 480 40 40");
    gpkg_assert_text(f,
                     "SELECT count(*)||' '||min(fixes)||' '||max(fixes)||' '||min(aircraft)||' '||"
                     "max(aircraft) FROM traffic WHERE input_fid=2",
                     "12 240 240 20 20");
    gpkg_assert_text(f,
                     "SELECT sum(fixes_00)||' '||sum(fixes_13)||' '||sum(aircraft_23)||' '||"
                     "count(fixes_05) FROM traffic WHERE input_fid=1 AND day='1970-01-02'",
                     "120 120 40 1");
    gpkg_assert_text(f, "SELECT count(DISTINCT alt_band)||max(alt_band) FROM traffic", "1high");
}

static void counts_add_up_however_they_come(void **state)
{
    (void)state;
    static const struct {
        size_t sorter_bytes;
        int n_at_once;
    } cases[] = {{1, 1}, {500, 7}, {1 << 20, AIRCRAFT}};
    struct gpkg_fixture f = gpkg_fixture_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) { /* into the same store, again */
        put_traffic(&f, cases[i].sorter_bytes, cases[i].n_at_once);
        assert_sums(&f);
    }
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

/* Days of three inputs put in any order, one in each transaction: day 1 and 3 have 200 aircraft, day 2 has 50. */
static void days_are_compared_whatever_order_they_come_in(void **state)
{
    (void)state;
    static const int orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        struct gpkg_fixture f = gpkg_fixture_open();
        for (int i = 0; i < 3; i++) {
            const int d = orders[o][i];
            const char *const ids[] = {"a", "b", "c"};
            const struct ovf_completeness_day day = {.day_ns = (d + 1) * OVF_NS_PER_DAY,
                                                     .kinds = OVF_MEMBERS_TRACES,
                                                     .n_members = 9,
                                                     .n_fixes = 1000,
                                                     .n_aircraft = d == 1 ? 50 : 200,
                                                     .hours = 0xFFFFFB,
                                                     .hours_between = 0xFFFFFF};
            gpkg_begin(&f, 1000 + i);
            assert_int_equal(ovf_counts_put_day(f.store, ids[d], &day, NULL, &f.err), OVF_OK);
            assert_int_equal(ovf_store_compare_days(f.store, &f.err), OVF_OK);
            gpkg_commit(&f);
            if (i == 0)
                gpkg_assert_text(&f,
                                 "SELECT coalesce(neighbours,fixes_to_neighbours,"
                                 "aircraft_to_neighbours,'none') FROM completeness",
                                 "none");
        }
        gpkg_assert_text(&f,
                         "SELECT group_concat(day||' '||neighbours||' '||fixes_to_neighbours||' '||"
                         "aircraft_to_neighbours||' '||verdict||' '||hours_without_data,';') FROM "
                         "(SELECT * FROM completeness ORDER BY day)",
                         "1970-01-02 1 1.0 4.0 hours 2;1970-01-03 2 1.0 0.25 aircraft 2;"
                         "1970-01-04 1 1.0 4.0 hours 2");
        gpkg_fixture_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_add_up_however_they_come),
        cmocka_unit_test(days_are_compared_whatever_order_they_come_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
