/* SPDX-License-Identifier: Apache-2.0 */
/* Sinks and disturbed cells in a store: made anew of all jumps, and of a day's runs, when there are others. */
#include "test.h"

#include "gpkg_fixture.h"
#include "report/interference.h"
#include "store/heard.h"
#include "store/interference.h"

/* 2025-07-02 00:00. */
static const int64_t midnight_s = INT64_C(1751414400);

enum { CELL = 225450 };

static const struct ovf_interference_words words = {&ovf_detect_defaults, ovf_ndjson_sink,
                                                    ovf_ndjson_shared_altitude, ovf_ndjson_cell};

/** \p address jumped to Beirut's airport at \p s after midnight. */
static void put_jump(struct gpkg_fixture *f, struct ovf_store_interference *x, uint32_t address,
                     int64_t s)
{
    struct ovf_jump jump = {midnight_s + s, {338209000, 354884000}, address};
    const struct ovf_jumps jumps = {.items = &jump, .n = 1};
    assert_int_equal(ovf_store_jumps_put(x, &jumps, &f->err), OVF_OK);
}

static struct ovf_store_interference *begin(struct gpkg_fixture *f)
{
    struct ovf_store_interference *x = NULL;
    gpkg_begin(f, 1);
    assert_int_equal(ovf_store_interference_open(f->store, &x, &f->err), OVF_OK);
    return x;
}

static void end(struct gpkg_fixture *f, struct ovf_store_interference *x, const int64_t *days,
                size_t n_days)
{
    assert_int_equal(ovf_store_interference_renew(x, days, n_days, &words, &f->err), OVF_OK);
    ovf_store_interference_close(x);
    gpkg_commit(f);
}

/** The third comes with the scan of the day before. */
static void test_a_sink_is_found_whatever_scan_brings_the_third(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_store_interference *x = begin(&f);
    put_jump(&f, x, 0xF10001, 600);
    put_jump(&f, x, 0xF10002, 1200);
    end(&f, x, NULL, 0);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM sinks"), 0);
    x = begin(&f);
    put_jump(&f, x, 0xF10003, -600);
    end(&f, x, NULL, 0);
    gpkg_assert_text(&f, "SELECT day||' '||first||' '||last||' '||aircraft FROM sinks",
                     "2025-07-02 2025-07-01T23:50:00.000Z 2025-07-02T00:20:00.000Z 3");
    gpkg_assert_text(&f, "SELECT json->>'addresses' FROM sinks",
                     "[\"f10001\",\"f10002\",\"f10003\"]");
    x = begin(&f);
    gpkg_run(&f, "UPDATE sinks SET json='as it was'");
    put_jump(&f, x, 0xF10003, -600); /* the same again: nothing is made anew */
    end(&f, x, NULL, 0);
    gpkg_assert_text(&f, "SELECT json FROM sinks", "as it was");
    gpkg_fixture_close(&f);
}

static void test_jumps_that_are_found_anew_go_first(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_store_interference *x = begin(&f);
    for (uint32_t i = 1; i <= 3; i++)
        put_jump(&f, x, 0xF10000 + i, 600);
    end(&f, x, NULL, 0);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM sinks"), 1);
    x = begin(&f);
    /* A jump is of the second that it lies in, and so are the ends. */
    assert_int_equal(ovf_store_jumps_forget(x, 0xF10003, (midnight_s + 601) * OVF_NS_PER_S,
                                            (midnight_s + 900) * OVF_NS_PER_S, &f.err),
                     OVF_OK);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM overflight_jumps"), 3);
    assert_int_equal(ovf_store_jumps_forget(x, 0xF10003,
                                            (midnight_s + 600) * OVF_NS_PER_S + OVF_NS_PER_S / 2,
                                            (midnight_s + 900) * OVF_NS_PER_S, &f.err),
                     OVF_OK);
    end(&f, x, NULL, 0);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM overflight_jumps"), 2);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM sinks"), 0);
    gpkg_fixture_close(&f);
}

/** At \p s after midnight altitudes of \p address part by 800 ft, by Beirut. */
static void put_altitude(struct gpkg_fixture *f, struct ovf_store_interference *x, uint32_t address,
                         int64_t s)
{
    struct ovf_altitude_change change = {.from_ns = (midnight_s + s) * OVF_NS_PER_S,
                                         .to_ns = (midnight_s + s + 10) * OVF_NS_PER_S,
                                         .at = {338209000, 354884000},
                                         .change_ft = 800,
                                         .address = address};
    const struct ovf_altitude_changes changes = {.items = &change, .n = 1};
    assert_int_equal(ovf_store_altitudes_put(x, &changes, &f->err), OVF_OK);
}

static void test_altitudes_are_shared_whatever_scan_brings_the_second(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_store_interference *x = begin(&f);
    put_altitude(&f, x, 0xF10002, 30);
    end(&f, x, NULL, 0);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM altitude_shared"), 0);
    x = begin(&f);
    put_altitude(&f, x, 0xF10001, -20); /* the day before, 50 s earlier */
    end(&f, x, NULL, 0);
    gpkg_assert_text(&f,
                     "SELECT group_concat(icao24||' '||first||' '||others) FROM altitude_shared",
                     "f10001 2025-07-01T23:59:40.000Z 1,f10002 2025-07-02T00:00:30.000Z 1");
    x = begin(&f);
    assert_int_equal(ovf_store_jumps_forget(x, 0xF10001, (midnight_s - 60) * OVF_NS_PER_S,
                                            midnight_s * OVF_NS_PER_S, &f.err),
                     OVF_OK);
    end(&f, x, NULL, 0);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM overflight_altitudes"), 1);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM altitude_shared"), 0);
    gpkg_fixture_close(&f);
}

/** Detections of a flight of \p address that begins at \p s after midnight; a minute later they set in. */
static void put_detections(struct gpkg_fixture *f, struct ovf_store_interference *x,
                           uint32_t address, int64_t s, const char *json)
{
    const struct ovf_store_detections row = {.address = address,
                                             .callsign = "",
                                             .detections = "jump,stray",
                                             .first_ns = (midnight_s + s + 60) * OVF_NS_PER_S,
                                             .last_ns = (midnight_s + s + 90) * OVF_NS_PER_S,
                                             .at = {338209000, 354884000},
                                             .n_not_believed = 3,
                                             .airspaces = "LB",
                                             .flight_id = "id",
                                             .flight_start_ns = (midnight_s + s) * OVF_NS_PER_S,
                                             .json = ovf_bytes_from_text(json)};
    assert_int_equal(ovf_store_detections_put(x, &row, &f->err), OVF_OK);
}

static void test_detections_go_with_the_flight_that_is_told_anew(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_store_interference *const x = begin(&f);
    put_detections(&f, x, 0xF10001, 0, "{}\n");
    put_detections(&f, x, 0xF10001, 0,
                   "{}\n"); /* a label is not recalled when it is scanned again */
    put_detections(&f, x, 0xF10001, 7200, "{}\n");
    put_detections(&f, x, 0xF10002, 0, "{}\n");
    gpkg_assert_text(&f,
                     "SELECT icao24||' '||coalesce(callsign,'none')||' '||flight_start||' '||first"
                     "||' '||lat_deg||' '||not_believed||' '||airspaces||' '||detections||' '||json"
                     " FROM detections WHERE fid=1",
                     "f10001 none 2025-07-02T00:00:00.000Z 2025-07-02T00:01:00.000Z 33.8209 3 LB "
                     "jump,stray {}");
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM detections"), 3);
    assert_int_equal(ovf_store_jumps_forget(x, 0xF10001, midnight_s * OVF_NS_PER_S,
                                            (midnight_s + 7199) * OVF_NS_PER_S, &f.err),
                     OVF_OK);
    end(&f, x, NULL, 0);
    gpkg_assert_text(&f, "SELECT group_concat(icao24||' '||flight_start) FROM detections",
                     "f10001 2025-07-02T02:00:00.000Z,f10002 2025-07-02T00:00:00.000Z");
    gpkg_fixture_close(&f);
}

/** Positions beside a flight that another scan told are followed again without it, as of none or of another. */
static void test_what_a_flight_has_is_not_put_as_of_another(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_store_interference *const x = begin(&f);
    put_detections(&f, x, 0xF10001, 0, "{}\n"); /* from 60 to 90 s */
    struct ovf_store_detections row = {.address = 0xF10001,
                                       .callsign = "",
                                       .detections = "jump",
                                       .airspaces = "LB",
                                       .flight_id = "",
                                       .json = ovf_bytes_from_text("{\"of\":1}\n")};
    static const struct {
        int64_t from_s;
        int64_t to_s;
        int64_t n_rows;
    } cases[] = {{60, 90, 1}, {65, 70, 1}, {50, 70, 2}, {80, 100, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        row.first_ns = (midnight_s + cases[i].from_s) * OVF_NS_PER_S;
        row.last_ns = (midnight_s + cases[i].to_s) * OVF_NS_PER_S;
        row.flight_start_ns = row.first_ns;
        assert_int_equal(ovf_store_detections_put(x, &row, &f.err), OVF_OK);
        assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM detections"), cases[i].n_rows);
    }
    row.flight_id = "next";
    row.first_ns = row.last_ns = (midnight_s + 65) * OVF_NS_PER_S;
    assert_int_equal(ovf_store_detections_put(x, &row, &f.err), OVF_OK);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM detections"), 3);
    row.json = ovf_bytes_from_text("{\"chain\":2}\n"); /* another aircraft has the address */
    assert_int_equal(ovf_store_detections_put(x, &row, &f.err), OVF_OK);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM detections"), 4);
    end(&f, x, NULL, 0);
    gpkg_fixture_close(&f);
}

static void test_altitudes_that_this_program_does_not_write_are_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {"-9223372036854775807,0,0,0,1",
                                       "0,9223372036854775807,0,0,1", "0,0,900000001,0,1",
                                       "0,0,0,1800000001,1", "0,0,0,0,9e999"};
    struct gpkg_fixture f = gpkg_fixture_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ovf_store_interference *const x = begin(&f);
        char sql[160];
        snprintf(sql, sizeof sql,
                 "INSERT INTO overflight_altitudes(address,first,last,lat_e7,lon_e7,change_ft)"
                 "VALUES(1,%s)",
                 rows[i]);
        gpkg_run(&f, sql);
        put_altitude(&f, x, 0xF10001, 600);
        assert_int_equal(ovf_store_interference_renew(x, NULL, 0, &words, &f.err), OVF_E_FORMAT);
        ovf_store_interference_close(x);
        gpkg_reopen(&f); /* which takes back what was not committed */
    }
    gpkg_fixture_close(&f);
}

/** Aircraft \p i of a scan, disturbed or not, for a minute after midnight. */
static void put_run(struct gpkg_fixture *f, struct ovf_store_heard *heard, uint32_t i,
                    bool is_disturbed)
{
    struct ovf_heard_run run = {.from_s = midnight_s,
                                .to_s = midnight_s + 60,
                                .cell = CELL,
                                .n_fixes = 2,
                                .band = OVF_BAND_HIGH,
                                .is_disturbed = is_disturbed};
    const struct ovf_heard runs = {.runs = &run, .n = 1};
    assert_int_equal(
        ovf_store_heard_put(heard, 0xF10000 + i, run.from_s * OVF_NS_PER_S, &runs, &f->err),
        OVF_OK);
}

/** (disturbed - 1) / all: 1 of 4 is high, 1 of 20 medium, 1 of 100 is not told. */
static void test_a_cell_is_counted_anew_when_its_day_has_more(void **state)
{
    (void)state;
    static const struct {
        uint32_t n_more; /* who are not disturbed */
        const char *row;
    } scans[] = {{2, "high 4 2 0.25"}, {16, "medium 20 2 0.05"}, {80, NULL}};
    struct gpkg_fixture f = gpkg_fixture_open();
    uint32_t n = 2;
    for (size_t i = 0; i < sizeof scans / sizeof *scans; i++) {
        struct ovf_store_interference *const x = begin(&f);
        struct ovf_store_heard *heard = NULL;
        size_t n_days;
        assert_int_equal(ovf_store_heard_open(f.store, &ovf_detect_defaults, &heard, &f.err),
                         OVF_OK);
        put_run(&f, heard, 0, true);
        put_run(&f, heard, 1, true);
        for (uint32_t k = 0; k < scans[i].n_more; k++)
            put_run(&f, heard, n++, false);
        const int64_t *const days = ovf_store_heard_days(heard, &n_days);
        assert_int_equal(n_days, 1);
        end(&f, x, days, n_days);
        ovf_store_heard_close(heard);
        if (scans[i].row != NULL)
            gpkg_assert_text(&f,
                             "SELECT level||' '||aircraft||' '||aircraft_disturbed||' '||bad_share"
                             " FROM interference",
                             scans[i].row);
        else
            assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM interference"), 0);
    }
    gpkg_fixture_close(&f);
}

static void test_rows_that_this_program_does_not_write_are_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "-9223372036854775807,0,0", "9223372036854775807,0,0",  "9223372037,0,0",
        "1751414400,-900000001,0",  "1751414400,2147483647,0",  "1751414400,4294967296,0",
        "1751414400,0,-1800000001", "1751414400,0,99999999999",
    };
    struct gpkg_fixture f = gpkg_fixture_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ovf_store_interference *const x = begin(&f);
        char sql[160];
        snprintf(sql, sizeof sql,
                 "INSERT INTO overflight_jumps(address,t,lat_e7,lon_e7)VALUES(1,%s)", rows[i]);
        gpkg_run(&f, sql);
        put_jump(&f, x, 0xF10001, 600);
        put_jump(&f, x, 0xF10002, 600);
        assert_int_equal(ovf_store_interference_renew(x, NULL, 0, &words, &f.err), OVF_E_FORMAT);
        ovf_store_interference_close(x);
        gpkg_reopen(&f); /* which takes back what was not committed */
    }
    gpkg_fixture_close(&f);
}

/** Runs of day 12,000,000, which no time reaches, in rows of 2025-07-02. */
static void test_runs_of_another_day_than_their_row_are_of_nobody(void **state)
{
    (void)state;
    static const int64_t far_s = INT64_C(12000000) * OVF_DAY_S;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_store_interference *const x = begin(&f);
    struct ovf_store_heard *heard = NULL;
    assert_int_equal(ovf_store_heard_open(f.store, &ovf_detect_defaults, &heard, &f.err), OVF_OK);
    for (uint32_t i = 0; i < 3; i++) {
        struct ovf_heard_run run = {
            .from_s = far_s, .to_s = far_s + 60, .cell = CELL, .n_fixes = 2, .is_disturbed = true};
        const struct ovf_heard runs = {.runs = &run, .n = 1};
        assert_int_equal(
            ovf_store_heard_put(heard, 0xF10000 + i, midnight_s * OVF_NS_PER_S, &runs, &f.err),
            OVF_OK);
    }
    gpkg_run(&f, "UPDATE overflight_heard SET day=20271");
    end(&f, x, (const int64_t[]){20271}, 1);
    ovf_store_heard_close(heard);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM overflight_heard"), 3);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM interference"), 0);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sink_is_found_whatever_scan_brings_the_third),
        cmocka_unit_test(test_jumps_that_are_found_anew_go_first),
        cmocka_unit_test(test_altitudes_are_shared_whatever_scan_brings_the_second),
        cmocka_unit_test(test_detections_go_with_the_flight_that_is_told_anew),
        cmocka_unit_test(test_what_a_flight_has_is_not_put_as_of_another),
        cmocka_unit_test(test_altitudes_that_this_program_does_not_write_are_refused),
        cmocka_unit_test(test_a_cell_is_counted_anew_when_its_day_has_more),
        cmocka_unit_test(test_rows_that_this_program_does_not_write_are_refused),
        cmocka_unit_test(test_runs_of_another_day_than_their_row_are_of_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
