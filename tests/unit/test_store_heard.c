/* SPDX-License-Identifier: Apache-2.0 */
/* Causes of gaps in a store: judged by what the store knows, anew when a day near them brings more. One gap, ten
 * minutes after midnight, and aircraft that pass on either side of it. */
#include "test.h"

#include "gpkg_fixture.h"
#include "listen/gap.h"
#include "store/heard.h"

/* 2025-07-02 00:00. */
static const int64_t midnight_s = INT64_C(1751414400);

enum { CELL = 225450, WITHIN = 10 * 60, LATER = 20 * 60 };

static void put_gap(struct gpkg_fixture *f)
{
    const struct ovf_store_gap row = {
        .id = "gap",
        .rev = "1",
        .icao24 = "f10000",
        .gap_start = {true, (midnight_s + WITHIN) * OVF_NS_PER_S},
        .gap_end = {true, (midnight_s + LATER) * OVF_NS_PER_S},
        .start_lat_deg = {true, 0.1},
        .start_lon_deg = {true, 0.1},
        .end_lat_deg = {true, 0.1},
        .end_lon_deg = {true, 0.2},
        .alt_band = "high",
        .kind = "silent",
    };
    assert_int_equal(ovf_store_put_gap(f->store, &row, &f->err), OVF_OK);
}

/** Heard in the gap's cell for a minute from \p from_s after midnight, with two reports. */
static struct ovf_heard_run run_at(int64_t from_s)
{
    return (struct ovf_heard_run){.from_s = midnight_s + from_s,
                                  .to_s = midnight_s + from_s + 60,
                                  .cell = CELL,
                                  .n_fixes = 2,
                                  .band = OVF_BAND_HIGH};
}

static void put_run(struct gpkg_fixture *f, struct ovf_store_heard *heard, uint32_t address,
                    int64_t from_s)
{
    struct ovf_heard_run run = run_at(from_s);
    const struct ovf_heard runs = {.runs = &run, .n = 1};
    assert_int_equal(ovf_store_heard_put(heard, address, run.from_s * OVF_NS_PER_S, &runs, &f->err),
                     OVF_OK);
}

/** A scan that finds \p address heard so, and the gap when \p with_gap. */
static void scan(struct gpkg_fixture *f, uint32_t address, int64_t from_s, bool with_gap)
{
    struct ovf_store_heard *heard = NULL;
    gpkg_begin(f, 1);
    assert_int_equal(ovf_store_heard_open(f->store, &ovf_detect_defaults, &heard, &f->err), OVF_OK);
    put_run(f, heard, address, from_s);
    if (with_gap)
        put_gap(f);
    assert_int_equal(ovf_store_heard_judge(heard, &f->err), OVF_OK);
    ovf_store_heard_close(heard);
    gpkg_commit(f);
}

static void test_a_later_scan_of_the_day_before_brings_witnesses(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    scan(&f, 0xF10001, WITHIN, true);
    gpkg_assert_text(&f, "SELECT witnesses FROM gaps", "f10001");
    gpkg_assert_text(&f, "SELECT expected_reports FROM gaps", "20.0"); /* 2 in 60 s, 600 s */
    gpkg_assert_text(&f, "SELECT cause FROM gaps", "undetermined");
    scan(&f, 0xF10002, -120, false); /* 23:58 to 23:59: 11 min before it */
    gpkg_assert_text(&f, "SELECT witnesses FROM gaps", "f10001,f10002");
    scan(&f, 0xF10003, 40 * 60, false); /* 20 min after it: too late to witness, but in its hour */
    assert_int_equal(gpkg_int(&f, "SELECT others_heard FROM gaps"), 2);
    scan(&f, 0xF10004, LATER, false);
    gpkg_assert_text(&f, "SELECT cause FROM gaps", "unexplained");
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM revisions"), 0); /* the gap is the same */
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

static void test_only_what_a_scan_bears_on_is_judged_anew(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    scan(&f, 0xF10001, WITHIN, true);
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_touch(f.store, OVF_STORE_GAP, &f.err), OVF_OK);
    assert_int_equal(ovf_sql_exec(ovf_store_db(f.store), "UPDATE gaps SET cause='old'", &f.err),
                     OVF_OK);
    gpkg_commit(&f);
    scan(&f, 0xF10002, 3 * OVF_DAY_S, false);
    gpkg_assert_text(&f, "SELECT cause FROM gaps", "old");
    scan(&f, 0xF10002, -60, false);
    gpkg_assert_text(&f, "SELECT cause FROM gaps", "undetermined");
    gpkg_fixture_close(&f);
}

static void test_what_is_told_anew_is_not_counted_twice(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_store_heard *heard = NULL;
    scan(&f, 0xF10001, WITHIN, true);
    scan(&f, 0xF10001, WITHIN, false); /* the same again */
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM overflight_heard"), 1);
    gpkg_begin(&f, 3);
    assert_int_equal(ovf_store_heard_open(f.store, &ovf_detect_defaults, &heard, &f.err), OVF_OK);
    assert_int_equal(ovf_store_heard_forget(heard, 0xF10001, (midnight_s - 60) * OVF_NS_PER_S,
                                            (midnight_s + WITHIN) * OVF_NS_PER_S, &f.err),
                     OVF_OK);
    assert_int_equal(ovf_store_heard_judge(heard, &f.err), OVF_OK);
    ovf_store_heard_close(heard);
    gpkg_commit(&f);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM overflight_heard"), 0);
    assert_int_equal(gpkg_int(&f, "SELECT others_heard FROM gaps"), 0);
    assert_int_equal(gpkg_int(&f, "SELECT expected_reports IS NULL FROM gaps"), 1);
    gpkg_fixture_close(&f);
}

static void test_a_flight_over_midnight_has_a_row_for_each_day(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_store_heard *heard = NULL;
    struct ovf_heard_run items[] = {run_at(-60), run_at(0), run_at(60)};
    const struct ovf_heard runs = {.runs = items, .n = 3};
    gpkg_begin(&f, 1);
    assert_int_equal(ovf_store_heard_open(f.store, &ovf_detect_defaults, &heard, &f.err), OVF_OK);
    assert_int_equal(
        ovf_store_heard_put(heard, 0xF10001, items[0].from_s * OVF_NS_PER_S, &runs, &f.err),
        OVF_OK);
    ovf_store_heard_close(heard);
    gpkg_commit(&f);
    gpkg_assert_text(&f, "SELECT group_concat(day) FROM overflight_heard", "20270,20271");
    gpkg_fixture_close(&f);
}

/** A scan of the \p day-th day after the gap's: its first hour, in which 10 aircraft fly all along; on the gap's day
 * one. */
static void scan_hour(struct gpkg_fixture *f, const struct ovf_detect_config *config, int64_t day)
{
    struct ovf_store_heard *heard = NULL;
    gpkg_begin(f, 1);
    assert_int_equal(ovf_store_heard_open(f->store, config, &heard, &f->err), OVF_OK);
    for (uint32_t i = 0; i < (day == 0 ? 1 : 10); i++) {
        struct ovf_heard_run run = run_at(day * OVF_DAY_S);
        const struct ovf_heard runs = {.runs = &run, .n = 1};
        run.to_s = run.from_s + OVF_HOUR_S;
        run.cell = 1;
        assert_int_equal(
            ovf_store_heard_put(heard, 0xF10001 + i, run.from_s * OVF_NS_PER_S, &runs, &f->err),
            OVF_OK);
    }
    if (day == 0)
        put_gap(f);
    assert_int_equal(ovf_store_heard_judge(heard, &f->err), OVF_OK);
    ovf_store_heard_close(heard);
    gpkg_commit(f);
}

/** 1 of 10 is less than a fifth; the hours beside are as silent, and tell nothing. */
static void test_an_outage_is_told_by_the_week_whatever_day_of_it_comes_last(void **state)
{
    (void)state;
    static const int64_t orders[][7] = {
        {-3, -2, -1, 0, 1, 2, 3}, {0, 1, 2, 3, -1, -2, -3}, {3, -3, 2, -2, 1, -1, 0}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        struct gpkg_fixture f = gpkg_fixture_open();
        for (size_t k = 0; k < 7; k++) {
            scan_hour(&f, &ovf_detect_defaults, orders[i][k]);
            if (k < 6)
                assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM gaps WHERE cause='outage'"), 0);
        }
        gpkg_assert_text(&f, "SELECT cause||' '||outage_against FROM gaps", "outage week");
        assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM overflight_minutes"), 7);
        gpkg_fixture_close(&f);
    }
}

static void test_a_store_judges_by_the_thresholds_of_its_question(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_detect_config config = ovf_detect_defaults;
    config.outage_share = 0.1; /* which 1 of 10 is not below */
    for (int64_t day = -3; day <= 3; day++)
        scan_hour(&f, &config, day);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM gaps WHERE cause='outage'"), 0);
    gpkg_fixture_close(&f);
}

static void test_minutes_that_this_program_does_not_write_are_refused(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_store_heard *heard = NULL;
    scan_hour(&f, &ovf_detect_defaults, 0);
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_heard_open(f.store, &ovf_detect_defaults, &heard, &f.err), OVF_OK);
    gpkg_run(&f, "UPDATE overflight_minutes SET aircraft=x'0102'");
    assert_int_equal(ovf_store_heard_judge(heard, &f.err), OVF_E_FORMAT);
    ovf_store_heard_close(heard);
    gpkg_fixture_close(&f);
}

static enum ovf_status keep_day(void *context, int64_t day_ns, uint32_t address,
                                struct ovf_heard_reader *reader)
{
    int64_t *const last_ns = context;
    (void)address;
    (void)reader;
    *last_ns = day_ns;
    return OVF_OK;
}

static void test_a_row_of_a_day_that_no_time_reaches_is_refused(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    sqlite3 *const db = ovf_store_db(f.store);
    int64_t last_ns = 0;
    scan(&f, 0xF10001, 0, false);
    assert_int_equal(ovf_store_heard_visit(db, keep_day, &last_ns, &f.err), OVF_OK);
    assert_int_equal(last_ns, midnight_s * OVF_NS_PER_S);
    gpkg_run(&f, "UPDATE overflight_heard SET day=106752"); /* 2^63 ns are 106,751.99 */
    assert_int_equal(ovf_store_heard_visit(db, keep_day, &last_ns, &f.err), OVF_E_FORMAT);
    gpkg_run(&f, "UPDATE overflight_heard SET day=-9223372036854775807");
    assert_int_equal(ovf_store_heard_visit(db, keep_day, &last_ns, &f.err), OVF_E_FORMAT);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_later_scan_of_the_day_before_brings_witnesses),
        cmocka_unit_test(test_only_what_a_scan_bears_on_is_judged_anew),
        cmocka_unit_test(test_what_is_told_anew_is_not_counted_twice),
        cmocka_unit_test(test_a_store_judges_by_the_thresholds_of_its_question),
        cmocka_unit_test(test_a_flight_over_midnight_has_a_row_for_each_day),
        cmocka_unit_test(test_an_outage_is_told_by_the_week_whatever_day_of_it_comes_last),
        cmocka_unit_test(test_minutes_that_this_program_does_not_write_are_refused),
        cmocka_unit_test(test_a_row_of_a_day_that_no_time_reaches_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
