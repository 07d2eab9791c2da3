/* SPDX-License-Identifier: Apache-2.0 */
/* Generic CSV. What a record is comes from RFC 4180; conversions are exact by definition (1 ft is
 * 0.3048 m, 1 kt is 1,852 m an hour). */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "base/fields.h"
#include "base/time.h"
#include "read/csv.h"

#define T0_NS (INT64_C(1751328000) * OVF_NS_PER_S) /* 2025-07-01, by date -u */
#define HEAD "time,icao24,lat_deg,lon_deg\n"

enum { MAX_ROWS = 16 };

struct result {
    enum ovf_status status;
    struct ovf_error err;
    struct ovf_tally rows;
    char unused[600];
    struct ovf_csv_notes notes;
    size_t n;
    uint32_t addresses[MAX_ROWS];
    struct ovf_fix fixes[MAX_ROWS];
    struct ovf_identity identities[MAX_ROWS];
    bool has_identity;
    size_t stop_after; /* 0: never */
};

static enum ovf_status keep(void *context, uint32_t address, const struct ovf_fix *fix,
                            const struct ovf_identity *identity)
{
    struct result *r = context;
    if (r->n < MAX_ROWS) {
        r->addresses[r->n] = address;
        r->fixes[r->n] = *fix;
        if (identity != NULL)
            r->identities[r->n] = *identity;
    }
    r->has_identity = identity != NULL;
    r->n++;
    return r->n == r->stop_after ? OVF_E_STOPPED : OVF_OK;
}

static void read_pieces(struct result *r, struct ovf_bytes text, size_t piece)
{
    struct ovf_csv *csv = NULL;
    const size_t stop_after = r->stop_after;
    *r = (struct result){.stop_after = stop_after};
    assert_int_equal(ovf_csv_new(3, keep, r, &csv), OVF_OK);
    for (size_t at = 0; at < text.len && r->status == OVF_OK; at += piece) {
        const size_t len = text.len - at < piece ? text.len - at : piece;
        r->status = ovf_csv_feed(csv, (struct ovf_bytes){text.data + at, len}, &r->err);
    }
    if (r->status == OVF_OK)
        r->status = ovf_csv_finish(csv, &r->err);
    r->rows = *ovf_csv_rows(csv);
    (void)snprintf(r->unused, sizeof r->unused, "%s", ovf_csv_unused_columns(csv));
    r->notes = *ovf_csv_notes(csv);
    ovf_csv_free(csv);
    assert_int_equal(r->rows.n_used, r->n);
    assert_int_equal(r->rows.n_read, r->n + ovf_tally_rejected(&r->rows));
}

/** Whole and in pieces of 1 and 7 bytes: the same. */
static void read_text(struct result *r, const char *text)
{
    static const size_t pieces[] = {1, 7, SIZE_MAX / 2};
    struct result others[2];
    for (size_t i = 0; i < 2; i++) {
        others[i] = (struct result){.stop_after = r->stop_after};
        read_pieces(&others[i], ovf_bytes_from_text(text), pieces[i]);
    }
    read_pieces(r, ovf_bytes_from_text(text), pieces[2]);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(others[i].status, r->status);
        assert_string_equal(others[i].err.text, r->err.text);
        assert_string_equal(others[i].notes.first_rejected, r->notes.first_rejected);
        assert_memory_equal(&others[i].rows, &r->rows, sizeof r->rows);
        assert_memory_equal(others[i].fixes, r->fixes, sizeof r->fixes);
    }
}

static void every_column_is_read_in_its_unit(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r,
              "nac_p,nac_v,sil,sil_type,nic,rc_m,accuracy_m,type,registration,source,on_ground,"
              "squawk,callsign,"
              "vert_rate_fpm,track_deg,gs_kt,alt_geom_ft,alt_baro_ft,lon_deg,lat_deg,icao24,time\n"
              "10,1,3,persample,8,186.5,370.4,B77W,XX-MNB,mlat,TRUE,0017, SIM152 "
              ",-64,271.25,480.5,34250.0,"
              "34000,-0.5,+45,~F10031,2025-07-01T00:00:01.25Z\n");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.n, 1);
    const struct ovf_fix *f = &r.fixes[0];
    assert_int_equal(r.addresses[0], 0x1f10031);
    assert_true(f->t_ns == T0_NS + 1250000000);
    assert_int_equal(f->at.lat_e7, 450000000);
    assert_int_equal(f->at.lon_e7, -5000000);
    assert_int_equal(f->has, (OVF_FIX_ACCURACY * 2 - 1 - OVF_FIX_VERSION) | OVF_FIX_NAC_V);
    assert_int_equal(ovf_fix_nac_v(f), 1);
    assert_int_equal(f->alt_baro_ft, 34000);
    assert_int_equal(f->alt_geom_ft, 34250);
    assert_near((double)f->gs_kt, 480.5, 0);
    assert_near((double)f->track_deg, 271.25, 0);
    assert_int_equal(f->vert_rate_fpm, -64);
    assert_memory_equal(f->callsign, "SIM152\0\0", 8);
    assert_int_equal(f->squawk, 17);
    assert_int_equal(f->nic, 8);
    assert_int_equal(f->nac_p, 10);
    assert_int_equal(f->sil, 3);
    assert_int_equal(f->sil_type, OVF_SIL_PER_SAMPLE);
    assert_near((double)f->rc_m, 186.5, 0);
    assert_near((double)f->accuracy_m, 370.4, 1e-4);
    assert_int_equal(f->flags & ~OVF_FIX_NAC_V_BITS,
                     OVF_FIX_ON_GROUND); /* never heard since: CSV does not say so */
    assert_int_equal(f->source, OVF_SOURCE_MLAT);
    assert_int_equal(f->record.item, 3);
    assert_int_equal(f->record.row, 0);
    assert_true(r.has_identity);
    assert_string_equal(r.identities[0].registration, "XX-MNB");
    assert_string_equal(r.identities[0].type_code, "B77W");
    assert_string_equal(r.unused, "");
}

static void units_are_converted(void **state)
{
    (void)state;
    static const struct {
        const char *column;
        const char *text;
        int64_t want; /* feet; ft/min; thousandths of a knot */
    } rows[] = {
        {"alt_m", "10972.8", 36000},
        {"alt_m", "-304.8", -1000},
        {"alt_m", "0.1524", 1},
        {"alt_m", "0.1523", 0},
        {"alt_m", "-0.1524", -1},
        {"alt_baro_m", "3048", 10000},
        {"alt_geom_m", "3048", 10000},
        {"alt_ft", "12000.5", 12001},
        {"gs_mps", "514.444444444", 1000000},
        {"gs_mps", "0", 0},
        {"vert_rate_mps", "5.08", 1000},
        {"vert_rate_mps", "-5.08", -1000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct result r = {0};
        char text[160];
        (void)snprintf(text, sizeof text,
                       "time,icao24,lat_deg,lon_deg,%s\n1751328000,f10031,1,2,%s", rows[i].column,
                       rows[i].text);
        read_text(&r, text);
        assert_int_equal(r.n, 1);
        const struct ovf_fix *f = &r.fixes[0];
        const int64_t got = (f->has & OVF_FIX_GS) != 0          ? llround((double)f->gs_kt * 1000)
                            : (f->has & OVF_FIX_VERT_RATE) != 0 ? f->vert_rate_fpm
                            : (f->has & OVF_FIX_ALT_GEOM) != 0  ? f->alt_geom_ft
                                                                : f->alt_baro_ft;
        if (got != rows[i].want)
            fail_msg("%s %s: %lld", rows[i].column, rows[i].text, (long long)got);
    }
}

static void the_column_that_says_its_datum_goes_first(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, "alt_m,alt_baro_ft,gs_mps,gs_kt,time,icao24,lat_deg,lon_deg\n"
                  "100,5000,1,300,1751328000,f10031,1,2\n"
                  "3048,,514.44444,,1751328000,f10031,1,2\n"
                  ",,,,1751328000,f10031,1,2\n");
    assert_int_equal(r.n, 3);
    assert_int_equal(r.fixes[0].alt_baro_ft, 5000);
    assert_near((double)r.fixes[0].gs_kt, 300, 0);
    assert_int_equal(r.fixes[1].alt_baro_ft, 10000);
    assert_near((double)r.fixes[1].gs_kt, 1000, 1e-3);
    assert_int_equal(r.fixes[2].has, 0);
}

static void times_are_iso_or_epoch(void **state)
{
    (void)state;
    static const struct {
        const char *column;
        const char *text;
        int64_t want_ns; /* 0: bad_time */
    } rows[] = {
        {"time", "2025-07-01T00:00:00Z", T0_NS},
        {"time", "2025-07-01 00:00", T0_NS},
        {"time", "2025-07-01T02:00:00+02:00", T0_NS},
        {"time", "1751328000", T0_NS},
        {"time", "1751328000.000000001", T0_NS + 1},
        {"time", "1751328000123.5", T0_NS + 123500000},
        {"t_s", "1751328000.5", T0_NS + 500000000},
        {"time_s", "1751328000.5", T0_NS + 500000000},
        {"t_ms", "1751328000123", T0_NS + 123000000},
        {"time_ms", "1751328000123", T0_NS + 123000000},
        {"time", "2016-12-31T23:59:60Z", INT64_C(1483228800) * OVF_NS_PER_S},
        {"time", "2038-01-19T03:14:08Z", INT64_C(2147483648) * OVF_NS_PER_S},
        {"t_s", "2147483648", INT64_C(2147483648) * OVF_NS_PER_S},
        {"t_s", "1751328000123", 0},
        {"t_s", "2025-07-01", 0},
        {"time", "0", 0},
        {"time", "-1", 0},
        {"time", "1970-01-01T00:00:00Z", 0},
        {"time", "2025/02/30", 0},
        {"time", "2025-07-01T24:00:00", 0},
        {"time", "18446744072021792.0", 0},
        {"time", "nan", 0},
        {"time", "", 0},
        {"time", "yesterday", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct result r = {0};
        char text[160];
        (void)snprintf(text, sizeof text, "%s,icao24,lat_deg,lon_deg\n%s,f10031,1,2\n",
                       rows[i].column, rows[i].text);
        read_text(&r, text);
        const bool good = rows[i].want_ns == 0 ? r.rows.n_rejected[OVF_REJECT_BAD_TIME] == 1
                                               : r.n == 1 && r.fixes[0].t_ns == rows[i].want_ns;
        if (!good)
            fail_msg("%s %s", rows[i].column, rows[i].text);
    }
}

static void rows_are_rejected_with_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *row; /* time, icao24, lat_deg, lon_deg, gs_kt, on_ground, nic */
        enum ovf_reject want;
    } rows[] = {
        {"1751328000,f10031,1,2,,,", OVF_REJECT_N},
        {"1751328000,f10031,1,2,,,,", OVF_REJECT_ROW_LONG},
        {"1751328000,f10031,-0,+45,,,", OVF_REJECT_N},
        {"1751328000,f10031,1,2", OVF_REJECT_ROW_SHORT},
        {"1751328000,f10031,1,2,3,f,4,5", OVF_REJECT_ROW_LONG},
        {"1751328000,f10031,45,5,2,,,", OVF_REJECT_ROW_LONG}, /* a decimal comma makes a field */
        {"1751328000,f10031,\"45,5\",2,,,", OVF_REJECT_BAD_NUMBER},
        {"1751328000,f10031,nan,2,,,", OVF_REJECT_BAD_NUMBER},
        {"1751328000,f10031,1,inf,,,", OVF_REJECT_BAD_NUMBER},
        {"1751328000,f10031,1e309,2,,,", OVF_REJECT_BAD_NUMBER},
        {"1751328000,f10031,١٢,2,,,", OVF_REJECT_BAD_NUMBER},
        {"1751328000,f10031,0x10,2,,,", OVF_REJECT_BAD_NUMBER},
        {"1751328000,f10031,.5,2,,,", OVF_REJECT_BAD_NUMBER},
        {"1751328000,f10031,1,2,fast,,", OVF_REJECT_BAD_NUMBER},
        {"1751328000,f10031,1,2,-1,,", OVF_REJECT_BAD_NUMBER},
        {"1751328000,f10031,1,2,,,8.5", OVF_REJECT_BAD_NUMBER},
        {"1751328000,f10031,1,2,,maybe,", OVF_REJECT_WRONG_TYPE},
        {"1751328000,f10031,,2,,,", OVF_REJECT_NO_POSITION},
        {"1751328000,f10031,1,\" \",,,", OVF_REJECT_NO_POSITION},
        {"1751328000,f10031,91,2,,,", OVF_REJECT_BAD_POSITION},
        {"1751328000,f10031,1,181,,,", OVF_REJECT_BAD_POSITION},
        {"1751328000,f10031,0,0,,,", OVF_REJECT_NULL_ISLAND},
        {"1751328000,f1003,1,2,,,", OVF_REJECT_BAD_ADDRESS},
        {"1751328000,,1,2,,,", OVF_REJECT_BAD_ADDRESS},
        {"1751328000,=cmd|'/C'!A0,1,2,,,", OVF_REJECT_BAD_ADDRESS},
        {",f10031,1,2,,,", OVF_REJECT_BAD_TIME},
        {"1751328000,f10031,1,2,,,\"", OVF_REJECT_BAD_TEXT},
        {"1751328000,\"f10031\"x,1,2,,,", OVF_REJECT_BAD_TEXT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct result r = {0};
        char text[200];
        (void)snprintf(text, sizeof text, "time,icao24,lat_deg,lon_deg,gs_kt,on_ground,nic\n%s\n",
                       rows[i].row);
        read_text(&r, text);
        assert_int_equal(r.rows.n_read, 1);
        if (rows[i].want == OVF_REJECT_N ? r.n != 1 : r.rows.n_rejected[rows[i].want] != 1)
            fail_msg("%s", rows[i].row);
    }
}

/* What spreadsheets, databases and receivers put where they have no number; in what must be there it is none. */
static void marks_of_no_value_are_absent_where_a_value_may_be(void **state)
{
    (void)state;
    static const char *const marks[] = {"-",   "--", "nan",  "NaN",  "n/a",
                                        "N/A", "NA", "null", "NULL", "none"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        struct result r = {0};
        char text[300];
        (void)snprintf(text, sizeof text,
                       "time,icao24,lat_deg,lon_deg,alt_baro_ft,alt_geom_m,gs_kt,on_ground\n"
                       "1751328000,f10031,1,2,%s,%s, %s ,%s\n"
                       "1751328001,f10031,1,%s,4,5,6,0\n"
                       "%s,f10031,1,2,4,5,6,0\n",
                       marks[i], marks[i], marks[i], marks[i], marks[i], marks[i]);
        read_text(&r, text);
        assert_int_equal(r.n, 1);
        assert_int_equal(r.fixes[0].has, 0);
        assert_int_equal(r.fixes[0].flags, 0);
        assert_int_equal(r.notes.n_absent, 4);
        (void)snprintf(text, sizeof text, "row 1, alt_baro_ft \"%s\"", marks[i]);
        assert_string_equal(r.notes.first_absent, text);
        (void)snprintf(text, sizeof text, "row 2, lat_deg, lon_deg \"1\" \"%s\": ", marks[i]);
        assert_memory_equal(r.notes.first_rejected, text, strlen(text));
        assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_NUMBER], 1);
        assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_TIME], 1);
    }
}

static void an_altitude_may_say_ground(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, "time,icao24,lat_deg,lon_deg,alt_baro_ft,alt_m,alt_geom_ft\n"
                  "1751328000,f10031,1,2,ground,,100\n"
                  "1751328001,f10031,1,2,,GROUND,\n"
                  "1751328002,f10031,1,2,grnd,100,\n"
                  "1751328003,f10031,1,2,,,ground\n");
    assert_int_equal(r.n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_true((r.fixes[i].flags & OVF_FIX_ON_GROUND) != 0);
    assert_int_equal(r.fixes[0].has, OVF_FIX_ALT_GEOM);
    assert_int_equal(r.fixes[1].has, 0);
    assert_int_equal(r.fixes[2].has, OVF_FIX_ALT_BARO);
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_NUMBER], 1);
}

static void the_first_rejected_row_is_told_with_its_value(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        const char *want;
    } rows[] = {
        {"1751328001,f1003\x1b,1,2,3", "row 2, icao24 \"f1003?\": no address of six hex digits"},
        {"1600,f10031,1,2,3", "row 2, time \"1600\": no time from 1990 to 2200"},
        {",f10031,1,2,3", "row 2, time: no time from 1990 to 2200"},
        {"1751328001,f10031,91,-5.5,3", "row 2, lat_deg, lon_deg \"91\" \"-5.5\": a latitude "
                                        "beyond 90 or a longitude beyond 180 degrees"},
        {"1751328001,f10031,1,2,fast",
         "row 2, gs_kt \"fast\": no number, or one out of all bounds"},
        {"1751328001,f10031,1,2", "row 2: fewer fields than are needed"},
        {"1751328001,f10031,1,2,123456789012345678901234567890123456789012345",
         "row 2, gs_kt \"1234567890123456789012345678901234567890...\": no number, or one out of "
         "all bounds"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct result r = {0};
        char text[300];
        (void)snprintf(
            text, sizeof text,
            "time,icao24,lat_deg,lon_deg,gs_kt\n1751328000,f10031,1,2,3\n%s\nx,x,x,x,x\n",
            rows[i].row);
        read_text(&r, text);
        assert_int_equal(r.n, 1);
        assert_string_equal(r.notes.first_rejected, rows[i].want);
    }
}

static void hostile_callsigns_are_absent_and_the_row_is_used(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\"\"\";DROP TABLE flights;--\"",
        "<img src=x onerror=alert(1)>",
        "\"=HYPERLINK(\"\"http://x\"\")\"",
        "../../etc/passwd",
        "\xe2\x80\xaeSIM",
        "%s%n",
        "sim152",
        "@@@@@@@@",
        "\xff\xfe",
        "SIM152789",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct result r = {0};
        char text[200];
        (void)snprintf(text, sizeof text,
                       "time,icao24,lat_deg,lon_deg,callsign,registration\n"
                       "1751328000,f10031,1,2,%s,%s\n",
                       texts[i], texts[i]);
        read_text(&r, text);
        assert_int_equal(r.n, 1);
        assert_int_equal(r.fixes[0].has, 0);
        assert_memory_equal(r.fixes[0].callsign, "\0\0\0\0\0\0\0\0", 8);
        if (i != 7 && i != 9) /* a registration may look like the last */
            assert_string_equal(r.identities[0].registration, "");
    }
}

static void lines_end_in_any_way_and_separators_follow_the_header(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD "1751328000,f10031,1,2\n1751328001,f10031,1,2\n",
        HEAD "1751328000,f10031,1,2\n1751328001,f10031,1,2", /* no end of the last line */
        "time,icao24,lat_deg,lon_deg\r\n1751328000,f10031,1,2\r\n1751328001,f10031,1,2\r\n",
        "time,icao24,lat_deg,lon_deg\r1751328000,f10031,1,2\r1751328001,f10031,1,2\r",
        "\n\n" HEAD "\n1751328000,f10031,1,2\n \n\r\n1751328001,f10031,1,2\n\n",
        "\xef\xbb\xbf" HEAD "1751328000,f10031,1,2\n1751328001,f10031,1,2\n",
        "time;icao24;lat_deg;lon_deg\n1751328000;f10031;1;2\n1751328001;f10031;1;2\n",
        "time\ticao24\tlat_deg\tlon_deg\n1751328000\tf10031\t1\t2\n1751328001\tf10031\t1\t2\n",
        "\"time\",\"icao24\",\"lat_deg\",\"lon_deg\"\n\"1751328000\",\"f10031\",\"1\",\"2\"\n"
        "1751328001 , f10031 , \"1\" ,2\n",
        "TIME,ICAO24,Lat_Deg,LON_DEG\n1751328000,F10031,1,2\n1751328001,F10031,1,2\n",
        "time,icao24,lat_deg,lon_deg,note\n1751328000,f10031,1,2,\"two\nlines, \"\"quoted\"\"\"\n"
        "1751328001,f10031,1,2,\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct result r = {0};
        read_text(&r, texts[i]);
        if (r.status != OVF_OK || r.n != 2 || r.rows.n_read != 2)
            fail_msg("text %zu: %zu rows, %s", i, r.n, r.err.text);
        assert_int_equal(r.addresses[1], 0xf10031);
        assert_int_equal(r.fixes[1].at.lon_e7, 20000000);
        assert_true(r.fixes[1].t_ns == T0_NS + OVF_NS_PER_S);
        assert_int_equal(r.fixes[1].record.row, 1);
    }
}

static void what_the_header_lacks_is_named_with_what_comes_near(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *want[3];
    } rows[] = {
        {"time,icao24,lat,lon\n",
         {"no lat_deg (there is \"lat\")", "no lon_deg (there is \"lon\")"}},
        {"timestamp,hex,latitude,lng_x\n",
         {"no time (there is \"timestamp\")", "no icao24 (there is \"hex\")",
          "no lon_deg (there is \"lng_x\")"}},
        {"icao24,lat_deg,lon_deg\n1,2,3\n", {"no time"}},
        {"time,icao24,lat_deg,lon_deg,lat_deg\n", {"lat_deg stands twice"}},
        {"", {"no header line"}},
        {"\n\n", {"no header line"}},
        {"\xff\xfet\0", {"UTF-16"}},
        {"{\"a\":1}\n", {"no time"}},
        {"time,\x1b[31mlat,\"x\n1,2,3\n", {"not closed"}},
        {"t\x1b[31mtime,x\n", {"(there is \"t?[31mtime\")"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct result r = {0};
        read_text(&r, rows[i].text);
        assert_int_equal(r.status, OVF_E_FORMAT);
        for (size_t k = 0; k < 3 && rows[i].want[k] != NULL; k++) {
            if (strstr(r.err.text, rows[i].want[k]) == NULL)
                fail_msg("%s: %s", rows[i].text, r.err.text);
        }
    }
}

static void columns_that_are_not_used_are_named(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, "time,speed,icao24,lat_deg,lon_deg,,heading\x1b\n");
    assert_int_equal(r.status, OVF_OK);
    assert_string_equal(r.unused, "speed,heading?");
    assert_false(r.has_identity);
}

static void a_header_inside_is_counted_and_its_order_holds(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, HEAD "1751328000,f10031,1,2\n" HEAD "1751328001,f10031,1,2\n"
                       "\xef\xbb\xbflon_deg,lat_deg,time,icao24\n2,1,1751328002,f10031\n");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.n, 3);
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_HEADER_REPEATED], 2);
    assert_int_equal(r.fixes[2].at.lat_e7, 10000000);
    assert_int_equal(r.fixes[2].record.row, 4);
    read_text(&r, HEAD "1751328000,f10031,1,2\nlat_deg,lon_deg,x,y\n1,2,3,4\n");
    assert_int_equal(r.status, OVF_E_FORMAT);
    assert_non_null(strstr(r.err.text, "second header"));
    assert_int_equal(r.n, 1);
}

static void a_stray_quote_costs_one_row(void **state)
{
    (void)state;
    struct result r = {0};
    /* Two strays: what stands between them is not one field. */
    read_text(&r, HEAD "1751328000,\"f10031,1,2\n1751328001,f10031,1,2\n1751328002,f10031,1,2\n"
                       "1751328003,\"f10031,1,2\n1751328004,f10031,1,2\n");
    assert_int_equal(r.n, 3);
    assert_int_equal(r.rows.n_read, 5);
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_TEXT], 2);
    /* One that never closes, before more than a record may hold. */
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_buffer_append_text(&text, HEAD "1751328000,\"f10031,1,2\n"), OVF_OK);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(ovf_buffer_append_text(&text, "1751328001,f10031,1,2\n"), OVF_OK);
    read_pieces(&r, ovf_buffer_bytes(&text), 1000);
    assert_int_equal(r.rows.n_read, 10001);
    assert_int_equal(r.n, 10000);
    ovf_buffer_deinit(&text);
}

static void records_are_limited_to_64_kib(void **state)
{
    (void)state;
    static const char row[] = "1751328000,f10031,1,2,";
    for (size_t len = OVF_CSV_MAX_RECORD_BYTES - 1; len <= OVF_CSV_MAX_RECORD_BYTES + 1; len++) {
        struct result r = {0};
        struct ovf_buffer text = {0};
        assert_int_equal(ovf_buffer_append_text(&text, "time,icao24,lat_deg,lon_deg,note\n"),
                         OVF_OK);
        assert_int_equal(ovf_buffer_append_text(&text, row), OVF_OK);
        for (size_t i = sizeof row - 1; i < len; i++)
            assert_int_equal(ovf_buffer_append(&text, "x", 1), OVF_OK);
        assert_int_equal(ovf_buffer_append_text(&text, "\n1751328001,f10031,1,2,\n"), OVF_OK);
        read_pieces(&r, ovf_buffer_bytes(&text), 4096);
        assert_int_equal(r.rows.n_read, 2);
        assert_int_equal(r.n, len <= OVF_CSV_MAX_RECORD_BYTES ? 2 : 1);
        assert_int_equal(r.rows.n_rejected[OVF_REJECT_TOO_LARGE], 2 - r.n);
        ovf_buffer_deinit(&text);
    }
    struct result r = {0};
    struct ovf_buffer text = {0};
    for (size_t i = 0; i <= OVF_CSV_MAX_RECORD_BYTES; i++)
        assert_int_equal(ovf_buffer_append(&text, "x", 1), OVF_OK);
    read_pieces(&r, ovf_buffer_bytes(&text), 4096);
    assert_int_equal(r.status, OVF_E_FORMAT);
    ovf_buffer_deinit(&text);
}

static void what_the_taker_says_stops_the_reading(void **state)
{
    (void)state;
    struct result r = {.stop_after = 2};
    read_text(&r, HEAD "1751328000,f10031,1,2\n1751328001,f10031,1,2\n1751328002,f10031,1,2\n");
    assert_int_equal(r.status, OVF_E_STOPPED);
    assert_int_equal(r.n, 2);
}

static void records_are_cut_into_fields(void **state)
{
    (void)state;
    static const struct {
        const char *record;
        char separator;
        size_t n; /* 0: malformed */
        const char *last;
    } rows[] = {
        {"", ',', 1, ""},
        {"a", ',', 1, "a"},
        {"a,", ',', 2, ""},
        {",", ',', 2, ""},
        {" a , b ", ',', 2, "b"},
        {"a,\"b,c\"", ',', 2, "b,c"},
        {"a,\"b\"\"c\"", ',', 2, "b\"c"},
        {"a,b\"c", ',', 2, "b\"c"},
        {"a\t\tb", '\t', 3, "b"},
        {"a,\"\"", ',', 2, ""},
        {"a, \"b\" ", ',', 2, "b"},
        {"\"a", ',', 0, ""},
        {"\"a\"b", ',', 0, ""},
        {"\"a\"\"", ',', 0, ""},
        {"a;b,c", ';', 2, "b,c"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static struct ovf_fields fields;
        char room[64];
        const bool good =
            ovf_fields_split(ovf_bytes_from_text(rows[i].record), rows[i].separator, &fields);
        assert_int_equal(good, rows[i].n > 0);
        if (!good)
            continue;
        assert_int_equal(fields.n, rows[i].n);
        const struct ovf_bytes last =
            ovf_field_unquote(&fields.items[fields.n - 1], room, sizeof room);
        if (!ovf_bytes_equal_text(last, rows[i].last))
            fail_msg("%s", rows[i].record);
    }
}

static void the_recordings_are_read_whole(void **state)
{
    (void)state;
    static char data[4 << 20];
    static const struct {
        const char *name;
        size_t n_rows; /* wc -l, less the header */
    } files[] = {{"csv/ely1747-2019-11-03.csv", 2110}, {"csv/msr804-2016-05-18.csv", 17365}};
    for (size_t i = 0; i < 2; i++) {
        FILE *f = fopen(ovf_test_data(files[i].name), "rb");
        assert_non_null(f);
        const size_t len = fread(data, 1, sizeof data, f);
        (void)fclose(f);
        struct result r = {0};
        read_pieces(&r, (struct ovf_bytes){(const unsigned char *)data, len}, 777);
        assert_int_equal(r.status, OVF_OK);
        assert_int_equal(r.rows.n_read, files[i].n_rows);
        assert_int_equal(r.n, files[i].n_rows);
        assert_string_equal(r.unused, "");
        if (i == 0)
            continue;
        /* its first row: 2016-05-18T18:11:09.997Z,010093,MSR804,43.496841,16.119754,10972.8,370.4 */
        const struct ovf_fix *fix = &r.fixes[0];
        assert_int_equal(r.addresses[0], 0x010093);
        assert_true(fix->t_ns == INT64_C(1463595069997000000));
        assert_int_equal(fix->at.lat_e7, 434968410);
        assert_int_equal(fix->at.lon_e7, 161197540);
        assert_int_equal(fix->has, OVF_FIX_CALLSIGN | OVF_FIX_ALT_BARO | OVF_FIX_ACCURACY);
        assert_int_equal(fix->alt_baro_ft, 36000);
        assert_near((double)fix->accuracy_m, 370.4, 1e-4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_is_read_in_its_unit),
        cmocka_unit_test(units_are_converted),
        cmocka_unit_test(the_column_that_says_its_datum_goes_first),
        cmocka_unit_test(times_are_iso_or_epoch),
        cmocka_unit_test(rows_are_rejected_with_a_reason),
        cmocka_unit_test(marks_of_no_value_are_absent_where_a_value_may_be),
        cmocka_unit_test(an_altitude_may_say_ground),
        cmocka_unit_test(the_first_rejected_row_is_told_with_its_value),
        cmocka_unit_test(hostile_callsigns_are_absent_and_the_row_is_used),
        cmocka_unit_test(lines_end_in_any_way_and_separators_follow_the_header),
        cmocka_unit_test(what_the_header_lacks_is_named_with_what_comes_near),
        cmocka_unit_test(columns_that_are_not_used_are_named),
        cmocka_unit_test(a_header_inside_is_counted_and_its_order_holds),
        cmocka_unit_test(a_stray_quote_costs_one_row),
        cmocka_unit_test(records_are_limited_to_64_kib),
        cmocka_unit_test(what_the_taker_says_stops_the_reading),
        cmocka_unit_test(records_are_cut_into_fields),
        cmocka_unit_test(the_recordings_are_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
