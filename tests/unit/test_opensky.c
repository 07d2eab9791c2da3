/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSky's state vectors. What a value means comes from OpenSky's description of its REST interface
 * and historical tables; conversions are exact by definition (1 ft is 0.3048 m, 1 kt is 1,852 m an
 * hour); counts of the recordings were made with Python's json module. */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "base/time.h"
#include "read/csv.h"
#include "read/opensky.h"

#define T0 "1751328000" /* 2025-07-01, by date -u */
#define T0_NS (INT64_C(1751328000) * OVF_NS_PER_S)
#define STATE(hex, time, lon, lat)                                                                 \
    "[\"" hex "\",\"SIM1    \",\"Nowhere\"," time "," T0 "," lon "," lat                           \
    ",10668,false,231.5,90.5,-5.08,null,10972.8,\"0123\",false,0]"

enum { MAX_ROWS = 16 };

struct result {
    enum ovf_status status;
    enum ovf_reject reject;
    struct ovf_error err;
    struct ovf_tally rows;
    size_t n;
    uint32_t addresses[MAX_ROWS];
    struct ovf_fix fixes[MAX_ROWS];
    size_t stop_after; /* 0: never */
};

static enum ovf_status keep(void *context, uint32_t address, const struct ovf_fix *fix,
                            const struct ovf_identity *identity)
{
    struct result *r = context;
    assert_null(identity);
    if (r->n < MAX_ROWS) {
        r->addresses[r->n] = address;
        r->fixes[r->n] = *fix;
    }
    r->n++;
    return r->n == r->stop_after ? OVF_E_STOPPED : OVF_OK;
}

static void read_pieces(struct result *r, struct ovf_bytes text, size_t piece, size_t max_bytes)
{
    struct ovf_opensky *opensky = NULL;
    *r = (struct result){.stop_after = r->stop_after, .reject = OVF_REJECT_N};
    assert_int_equal(ovf_opensky_new(3, max_bytes, keep, r, &opensky), OVF_OK);
    for (size_t at = 0; at < text.len && r->status == OVF_OK; at += piece) {
        const size_t len = text.len - at < piece ? text.len - at : piece;
        r->status = ovf_opensky_feed(opensky, (struct ovf_bytes){text.data + at, len}, &r->err);
    }
    if (r->status == OVF_OK)
        r->status = ovf_opensky_finish(opensky, &r->reject, &r->err);
    r->rows = *ovf_opensky_rows(opensky);
    ovf_opensky_free(opensky);
}

/** Reads in one piece and in pieces of every small size; all must agree. */
static void read_text(struct result *r, const char *text)
{
    struct result other = {.stop_after = r->stop_after};
    const struct ovf_bytes bytes = ovf_bytes_from_text(text);
    read_pieces(r, bytes, SIZE_MAX / 2, OVF_OPENSKY_MAX_DOCUMENT_BYTES);
    for (size_t piece = 1; piece < 12; piece++) {
        read_pieces(&other, bytes, piece, OVF_OPENSKY_MAX_DOCUMENT_BYTES);
        assert_int_equal(other.status, r->status);
        assert_int_equal(other.reject, r->reject);
        assert_string_equal(other.err.text, r->err.text);
        assert_memory_equal(&other.rows, &r->rows, sizeof r->rows);
        assert_int_equal(other.n, r->n);
        assert_memory_equal(other.fixes, r->fixes, sizeof r->fixes);
    }
}

static void a_state_becomes_a_fix_with_feet_and_knots(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, "{\"time\":1751328010,\"states\":[" STATE("F10001", T0, "44.5", "-33.25") "]}");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.n, 1);
    const struct ovf_fix *fix = &r.fixes[0];
    assert_int_equal(r.addresses[0], 0xF10001);
    assert_true(fix->t_ns == T0_NS); /* the position's, not the snapshot's */
    assert_int_equal(fix->at.lat_e7, -332500000);
    assert_int_equal(fix->at.lon_e7, 445000000);
    assert_int_equal(fix->alt_baro_ft, 35000);
    assert_int_equal(fix->alt_geom_ft, 36000);
    assert_near((double)fix->gs_kt, 450.0, 1e-4); /* 231.5 m/s is 833.4 km/h */
    assert_near((double)fix->track_deg, 90.5, 0);
    assert_int_equal(fix->vert_rate_fpm, -1000);
    assert_memory_equal(fix->callsign, "SIM1\0\0\0\0", 8);
    assert_int_equal(fix->squawk, 123);
    assert_int_equal(fix->source, OVF_SOURCE_ADSB);
    assert_int_equal(fix->flags, 0);
    assert_int_equal(fix->record.item, 3);
    assert_int_equal(fix->record.row, 0);
    assert_int_equal(fix->has, OVF_FIX_ALT_BARO | OVF_FIX_ALT_GEOM | OVF_FIX_GS | OVF_FIX_TRACK |
                                   OVF_FIX_VERT_RATE | OVF_FIX_CALLSIGN | OVF_FIX_SQUAWK);
}

static void what_is_null_is_absent(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, "[[\"f10001\",null,\"\"," T0 ",1,1,2,null,true,null,null,null,[7,8],null,null,"
                  "false,2,4]]");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.fixes[0].has, 0);
    assert_int_equal(r.fixes[0].flags, OVF_FIX_ON_GROUND);
    assert_int_equal(r.fixes[0].source, OVF_SOURCE_MLAT);
}

static void what_is_no_measurement_is_absent(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, "[[\"f10001\",\"<b>\",\"\"," T0 ",1,1,2,1e9,true,-3,-118.5,603.88,null,-1e9,"
                  "\"89\",false,3]]");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.fixes[0].has, OVF_FIX_TRACK);
    assert_near((double)r.fixes[0].track_deg, 241.5, 1e-4); /* FLARM's sign */
    assert_int_equal(r.fixes[0].source, OVF_SOURCE_OTHER);
}

static void a_position_of_the_same_time_is_a_repetition(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, "{\"time\":1,\"states\":[" STATE("f10001", T0, "1", "2") "," STATE(
                      "f10002", T0, "1",
                      "2") "]}\n"
                           "{\"time\":2,\"states\":[" STATE("f10001", T0, "1", "2") "," STATE(
                               "f10002", "1751328005", "1",
                               "2") "]}\n"
                                    "{\"time\":3,\"states\":[" STATE("f10001", "1751328007", "1",
                                                                     "2") "]}\n");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.rows.n_read, 5);
    assert_int_equal(r.rows.n_used, 4);
    assert_int_equal(r.rows.n_repeated, 1);
    /* an aircraft that stays where it is has new positions all the same */
    assert_int_equal(r.addresses[2], 0xF10002);
    assert_true(r.fixes[2].t_ns == T0_NS + 5 * OVF_NS_PER_S);
    assert_int_equal(r.fixes[2].record.row, 3);
    assert_int_equal(r.fixes[3].record.row, 4);
}

static void many_aircraft_are_told_apart(void **state)
{
    (void)state;
    enum { N = 5000 };
    struct result r = {0};
    struct ovf_buffer text = {0};
    for (int round = 0; round < 2; round++) {
        assert_int_equal(ovf_buffer_append_text(&text, "{\"states\":["), OVF_OK);
        for (int i = 0; i < N; i++)
            assert_int_equal(ovf_buffer_printf(&text,
                                               "%s[\"%06x\",\"\",\"\"," T0
                                               ",1,1,2,null,false,null,null,null,null,null,null,"
                                               "false,0]",
                                               i > 0 ? "," : "", 0xF10000u + (unsigned)i * 16),
                             OVF_OK);
        assert_int_equal(ovf_buffer_append_text(&text, "]}\n"), OVF_OK);
    }
    read_pieces(&r, ovf_buffer_bytes(&text), 4096, OVF_OPENSKY_MAX_DOCUMENT_BYTES);
    assert_int_equal(r.rows.n_used, N);
    assert_int_equal(r.rows.n_repeated, N);
    ovf_buffer_deinit(&text);
}

static void a_file_holds_snapshots_in_any_arrangement(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"time\":1,\"states\":[" STATE("f10001", T0, "1",
                                         "2") "]}{\"states\":[" STATE("f10002", T0, "1", "2") "]}",
        "\xEF\xBB\xBF{\"states\":[" STATE("f10001", T0, "1",
                                          "2") "],\"time\":1}\r\n\r\n{\"states\":"
                                               "[\n" STATE("f10002", T0, "1", "2") "\n]\n}\n",
        "[{\"states\":[" STATE("f10001", T0, "1",
                               "2") "]},\n{\"states\":null},\n{\"states\":[" STATE("f10002", T0,
                                                                                   "1", "2") "]}]",
        "[" STATE("f10001", T0, "1", "2") ",\n" STATE("f10002", T0, "1", "2") "]",
        "\x1E{\"states\":[" STATE(
            "f10001", T0, "1", "2") "]}\n\x1E{\"x\":{\"states\":[1]},\"states\":[" STATE("f1"
                                                                                         "0002",
                                                                                         T0, "1",
                                                                                         "2") "]}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct result r = {0};
        read_text(&r, texts[i]);
        assert_int_equal(r.status, OVF_OK);
        assert_int_equal(r.n, 2);
        assert_int_equal(r.rows.n_read, 2);
        assert_int_equal(r.addresses[1], 0xF10002);
    }
}

static void a_bad_row_is_rejected_with_its_reason(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        enum ovf_reject reason;
    } cases[] = {
        {"[\"f10001\"]", OVF_REJECT_ROW_SHORT},
        {"[]", OVF_REJECT_ROW_SHORT},
        {STATE("f1000", T0, "1", "2"), OVF_REJECT_BAD_ADDRESS},
        {STATE("f1000g", T0, "1", "2"), OVF_REJECT_BAD_ADDRESS},
        {STATE("f10001", "null", "1", "2"), OVF_REJECT_BAD_TIME},
        {STATE("f10001", "-5", "1", "2"), OVF_REJECT_BAD_TIME},
        {STATE("f10001", "1e300", "1", "2"), OVF_REJECT_BAD_TIME},
        {STATE("f10001", "\"x\"", "1", "2"), OVF_REJECT_WRONG_TYPE},
        {STATE("f10001", T0, "null", "2"), OVF_REJECT_NO_POSITION},
        {STATE("f10001", T0, "1", "null"), OVF_REJECT_NO_POSITION},
        {STATE("f10001", T0, "181", "2"), OVF_REJECT_BAD_POSITION},
        {STATE("f10001", T0, "1", "90.1"), OVF_REJECT_BAD_POSITION},
        {STATE("f10001", T0, "0", "0"), OVF_REJECT_NULL_ISLAND},
        {STATE("f10001", T0, "1", "[2]"), OVF_REJECT_WRONG_TYPE},
        {"[null,\"\",\"\"," T0 ",1,1,2,0,true,0,0,0,null,0,null,false,0]", OVF_REJECT_BAD_ADDRESS},
        {"[\"f10001\",5,\"\"," T0 ",1,1,2,0,true,0,0,0,null,0,null,false,0]",
         OVF_REJECT_WRONG_TYPE},
        {"[\"f10001\",\"\",\"\"," T0 ",1,1,2,0,1,0,0,0,null,0,null,false,0]",
         OVF_REJECT_WRONG_TYPE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct result r = {0};
        char text[600];
        (void)snprintf(text, sizeof text, "{\"states\":[%s,%s]}", cases[i].row,
                       STATE("f10002", T0, "1", "2"));
        read_text(&r, text);
        assert_int_equal(r.status, OVF_OK);
        assert_int_equal(r.rows.n_read, 2);
        assert_int_equal(r.rows.n_rejected[cases[i].reason], 1);
        assert_int_equal(r.n, 1);
        assert_int_equal(r.fixes[0].record.row, 1); /* rejected ones count */
    }
}

static void a_broken_document_costs_no_other(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum ovf_reject reason;
    } cases[] = {
        {"{\"time\":1,\"states\":[" STATE("f10009", T0, "1", "2") ",[\"f1", /* a writer that died */
         OVF_REJECT_JSON_TRUNCATED},
        {"{\"states\":[" STATE("f10009", T0, "1", "2") ",]}", OVF_REJECT_NOT_JSON},
        {"{\"states\":[" STATE("f10009", T0, "1", "2") "}]", OVF_REJECT_NOT_JSON},
        {"HTTP 502", OVF_REJECT_NOT_JSON},
        {"{\"message\":\"Too many requests\"}", OVF_REJECT_NOT_STATES},
        {"{\"states\":[" STATE("f10009", T0, "1", "2") "],\"states\":[]}", OVF_REJECT_NOT_STATES},
        {"{\"states\":{}}", OVF_REJECT_NOT_STATES},
        {"{\"states\":[1]}", OVF_REJECT_NOT_STATES},
        {"[1]", OVF_REJECT_NOT_STATES},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct result r = {0};
        char text[900];
        (void)snprintf(text, sizeof text, "{\"states\":[%s]}\n%s\n{\"states\":[%s]}\n",
                       STATE("f10001", T0, "1", "2"), cases[i].text, STATE("f10002", T0, "1", "2"));
        read_text(&r, text);
        assert_int_equal(r.status, OVF_OK);
        assert_int_equal(r.rows.n_rejected[cases[i].reason], 1);
        assert_int_equal(r.n, 2);
        assert_int_equal(r.rows.n_read, 3);
        assert_int_equal(r.addresses[1], 0xF10002);

        r = (struct result){0};
        read_text(&r, cases[i].text); /* nothing else in the file */
        assert_int_equal(r.status, OVF_E_FORMAT);
        assert_int_equal(r.reject, cases[i].reason);
        assert_int_equal(r.n, 0);
    }
}

static void nothing_is_empty(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, " \r\n\t");
    assert_int_equal(r.status, OVF_E_FORMAT);
    assert_int_equal(r.reject, OVF_REJECT_EMPTY);
}

static void a_document_beyond_the_limit_is_passed_over(void **state)
{
    (void)state;
    static const char text[] = "{\"states\":[" STATE("f10001", T0, "1", "2") "," STATE(
        "f10002", T0, "1", "2") "]}\n{\"states\":[" STATE("f10003", T0, "1", "2") "]}\n";
    for (size_t piece = 1; piece < sizeof text; piece++) {
        struct result r = {0};
        read_pieces(&r, ovf_bytes_from_text(text), piece, 200);
        assert_int_equal(r.status, OVF_OK);
        assert_int_equal(r.rows.n_rejected[OVF_REJECT_TOO_LARGE], 1);
        assert_int_equal(r.n, 1);
        assert_int_equal(r.addresses[0], 0xF10003);
    }
}

static void the_error_says_where(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, "\n\n{\"states\":[,]}");
    assert_int_equal(r.status, OVF_E_FORMAT);
    /* two line ends, then eleven bytes that are good */
    assert_non_null(strstr(r.err.text, "byte 13"));
    assert_non_null(strstr(r.err.text, "this is no JSON"));
}

static void the_receiver_of_rows_may_stop(void **state)
{
    (void)state;
    struct result r = {.stop_after = 1};
    read_text(&r, "[" STATE("f10001", T0, "1", "2") "," STATE("f10002", T0, "1", "2") "]");
    assert_int_equal(r.status, OVF_E_STOPPED);
    assert_int_equal(r.n, 1);
}

/** The whole of a recording. */
static void read_recording(const char *name, struct result *r)
{
    struct ovf_buffer text = {0};
    FILE *file = fopen(ovf_test_data(name), "rb");
    unsigned char piece[65536];
    assert_non_null(file);
    for (size_t n = 0; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        assert_int_equal(ovf_buffer_append(&text, piece, n), OVF_OK);
    (void)fclose(file);
    read_pieces(r, ovf_buffer_bytes(&text), 1000, OVF_OPENSKY_MAX_DOCUMENT_BYTES);
    ovf_buffer_deinit(&text);
}

static void recordings_of_the_world_are_read(void **state)
{
    (void)state;
    struct result r = {0};
    read_recording("opensky/states-2021-10-17.json", &r);
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.rows.n_read, 5485);
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_NO_POSITION], 101);
    assert_int_equal(r.rows.n_used, 5384);
    assert_int_equal(r.addresses[0], 0xA4754B);
    assert_true(r.fixes[0].t_ns == INT64_C(1634471389) * OVF_NS_PER_S);
    assert_int_equal(r.fixes[0].alt_baro_ft, 34600); /* 10546.08 m */
    read_recording("opensky/states-2023-06-20.json", &r);
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.rows.n_read, 7128);
    assert_int_equal(r.rows.n_used, 7025);
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_NO_POSITION], 103);
}

/* ---- historical CSV ---- */

static enum ovf_status keep_csv(void *context, uint32_t address, const struct ovf_fix *fix,
                                const struct ovf_identity *identity)
{
    return keep(context, address, fix, identity);
}

static void historical_csv_is_read_by_its_own_names(void **state)
{
    (void)state;
    static const char text[] =
        "time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,"
        "baroaltitude,geoaltitude,lastposupdate,lastcontact\n"
        "1751328010,f10001,-33.25,44.5,231.5,90.5,-5.08,SIM1    ,False,False,False,0123,10668.0,"
        "10972.8,1751328000.25,1751328009.9\n"
        "1751328011,f10001,-33.25,44.5,231.5,90.5,-5.08,SIM1    ,False,False,False,0123,10668.0,"
        "10972.8,1751328000.25,1751328010.9\n"
        "1751328011,f10002,,,,,,,false,false,false,,,,,1751328010.9\n"
        "1751328012,f10001,-33.25,44.6,NULL,NULL,NULL,NULL,true,false,false,NULL,NULL,NULL,"
        "1751328012.0,1751328012\n";
    struct result r = {0};
    struct ovf_csv *csv = NULL;
    assert_int_equal(ovf_csv_new(3, keep_csv, &r, &csv), OVF_OK);
    assert_int_equal(ovf_csv_feed(csv, ovf_bytes_from_text(text), &r.err), OVF_OK);
    assert_int_equal(ovf_csv_finish(csv, &r.err), OVF_OK);
    r.rows = *ovf_csv_rows(csv);
    assert_string_equal(ovf_csv_unused_columns(csv), "time,alert,spi,lastcontact");
    ovf_csv_free(csv);
    assert_int_equal(r.rows.n_read, 4);
    assert_int_equal(r.rows.n_used, 2);
    assert_int_equal(r.rows.n_repeated, 1);
    assert_int_equal(ovf_tally_rejected(&r.rows), 1);
    const struct ovf_fix *fix = &r.fixes[0];
    assert_true(fix->t_ns == T0_NS + OVF_NS_PER_S / 4);
    assert_int_equal(fix->at.lat_e7, -332500000);
    assert_int_equal(fix->at.lon_e7, 445000000);
    assert_int_equal(fix->alt_baro_ft, 35000);
    assert_int_equal(fix->alt_geom_ft, 36000);
    assert_near((double)fix->gs_kt, 450.0, 1e-4);
    assert_near((double)fix->track_deg, 90.5, 0);
    assert_int_equal(fix->vert_rate_fpm, -1000);
    assert_int_equal(fix->squawk, 123);
    assert_int_equal(r.fixes[1].has, 0);
    assert_int_equal(r.fixes[1].flags, OVF_FIX_ON_GROUND);
    assert_int_equal(r.fixes[1].record.row, 3);
}

static void generic_csv_repeats_nothing(void **state)
{
    (void)state;
    static const char text[] =
        "time,icao24,lat_deg,lon_deg\n" T0 ",f10001,1,2\n" T0 ",f10001,1,2\n";
    struct result r = {0};
    struct ovf_csv *csv = NULL;
    assert_int_equal(ovf_csv_new(3, keep_csv, &r, &csv), OVF_OK);
    assert_int_equal(ovf_csv_feed(csv, ovf_bytes_from_text(text), &r.err), OVF_OK);
    assert_int_equal(ovf_csv_finish(csv, &r.err), OVF_OK);
    assert_int_equal(ovf_csv_rows(csv)->n_used, 2);
    ovf_csv_free(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_state_becomes_a_fix_with_feet_and_knots),
        cmocka_unit_test(what_is_null_is_absent),
        cmocka_unit_test(what_is_no_measurement_is_absent),
        cmocka_unit_test(a_position_of_the_same_time_is_a_repetition),
        cmocka_unit_test(many_aircraft_are_told_apart),
        cmocka_unit_test(a_file_holds_snapshots_in_any_arrangement),
        cmocka_unit_test(a_bad_row_is_rejected_with_its_reason),
        cmocka_unit_test(a_broken_document_costs_no_other),
        cmocka_unit_test(nothing_is_empty),
        cmocka_unit_test(a_document_beyond_the_limit_is_passed_over),
        cmocka_unit_test(the_error_says_where),
        cmocka_unit_test(the_receiver_of_rows_may_stop),
        cmocka_unit_test(recordings_of_the_world_are_read),
        cmocka_unit_test(historical_csv_is_read_by_its_own_names),
        cmocka_unit_test(generic_csv_repeats_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
