/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of aircraft: the cases J of robustness.md. What keys mean comes from readsb's README-json.md; the form of
 * version 2 is that of the aggregators' published descriptions. Counts of the recordings were made with Python's json
 * module. */
#include "test.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/time.h"
#include "read/aircraft_json.h"
#include "source/file.h"

#define NOW "1751328000.5"
#define NOW_NS (INT64_C(1751328000500) * OVF_NS_PER_MS) /* 2025-07-01T00:00:00.5, by date -u */
#define ONE "{" REST
#define REST                                                                                       \
    "\"hex\":\"f10001\",\"type\":\"adsb_icao\",\"flight\":\"SIM1    \",\"r\":\"XX-ABC\",\"t\":"    \
    "\"A320\",\"dbFlags\":1,\"alt_baro\":35000,\"alt_geom\":36000,\"gs\":450.5,\"track\":90.25,"   \
    "\"mag_heading\":88.5,\"roll\":-2.25,"                                                         \
    "\"baro_rate\":-64,\"squawk\":\"1017\",\"lat\":46.5,\"lon\":7.25,\"nic\":8,\"rc\":186,"        \
    "\"seen_pos\":1.25,\"version\":2,\"nac_p\":9,\"nac_v\":2,\"sil\":3,\"sil_type\":\"perhour\","  \
    "\"mlat\":[],"                                                                                 \
    "\"tisb\":[]}"

enum { MAX_ROWS = 8 };

struct result {
    enum ovf_status status;
    enum ovf_reject reject;
    const int64_t *now; /* live */
    struct ovf_error err;
    struct ovf_tally rows;
    size_t n;
    uint32_t addresses[MAX_ROWS];
    struct ovf_fix fixes[MAX_ROWS];
    struct ovf_identity identities[MAX_ROWS];
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
    r->n++;
    return OVF_OK;
}

static void read_pieces(struct result *r, struct ovf_bytes text, size_t piece, size_t max_bytes)
{
    struct ovf_aircraft_json *reader = NULL;
    const int64_t *const now = r->now;
    memset(r, 0, sizeof *r);
    r->now = now;
    r->reject = OVF_REJECT_N;
    assert_int_equal(ovf_aircraft_json_new(3, max_bytes, keep, r, &reader), OVF_OK);
    for (size_t at = 0; at < text.len && r->status == OVF_OK; at += piece) {
        const size_t len = text.len - at < piece ? text.len - at : piece;
        r->status = ovf_aircraft_json_feed(reader, (struct ovf_bytes){text.data + at, len}, r->now,
                                           &r->err);
    }
    if (r->status == OVF_OK)
        r->status = ovf_aircraft_json_finish(reader, &r->reject, &r->err);
    r->rows = *ovf_aircraft_json_rows(reader);
    ovf_aircraft_json_free(reader);
}

static void read_bytes(struct result *r, struct ovf_bytes text)
{
    struct result other = {.now = r->now};
    read_pieces(r, text, SIZE_MAX / 2, OVF_AIRCRAFT_JSON_MAX_DOCUMENT_BYTES);
    read_pieces(&other, text, 1, OVF_AIRCRAFT_JSON_MAX_DOCUMENT_BYTES);
    assert_memory_equal(&other, r, sizeof other);
}

static void read_text(struct result *r, const char *text)
{
    read_bytes(r, ovf_bytes_from_text(text));
}

/** A snapshot with the one aircraft \p json. */
static void read_one(struct result *r, const char *json)
{
    char text[2048];
    (void)snprintf(text, sizeof text, "{\"now\":" NOW ",\"aircraft\":[%s]}", json);
    read_text(r, text);
}

static void an_aircraft_is_a_fix_seen_pos_before_now(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_one(&r, ONE);
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.rows.n_used, 1);
    assert_int_equal(r.addresses[0], 0xF10001);
    const struct ovf_fix *const fix = &r.fixes[0];
    assert_true(fix->t_ns == NOW_NS - 1250 * OVF_NS_PER_MS);
    assert_int_equal(fix->at.lat_e7, 465000000);
    assert_int_equal(fix->at.lon_e7, 72500000);
    assert_int_equal(fix->alt_baro_ft, 35000);
    assert_int_equal(fix->alt_geom_ft, 36000);
    assert_near((double)fix->gs_kt, 450.5, 0);
    assert_near((double)fix->track_deg, 90.25, 0);
    assert_near((double)fix->heading_deg, 88.5, 0);
    assert_int_equal(fix->roll_cdeg, -225);
    assert_int_equal(fix->vert_rate_fpm, -64);
    assert_int_equal(fix->flags, 2 << OVF_FIX_NAC_V_SHIFT);
    assert_true((fix->has & OVF_FIX_NAC_V) != 0);
    assert_int_equal(ovf_fix_decoding(fix), OVF_DECODING_GIVEN);
    assert_int_equal(fix->source, OVF_SOURCE_ADSB);
    assert_int_equal(fix->squawk, 1017);
    assert_int_equal(fix->nic, 8);
    assert_int_equal(fix->nac_p, 9);
    assert_int_equal(fix->sil, 3);
    assert_int_equal(fix->sil_type, OVF_SIL_PER_HOUR);
    assert_int_equal(fix->version, 2);
    assert_near((double)fix->rc_m, 186, 0);
    assert_memory_equal(fix->callsign, "SIM1\0\0\0", 8);
    assert_string_equal(r.identities[0].registration, "XX-ABC");
    assert_string_equal(r.identities[0].type_code, "A320");
    assert_int_equal(r.identities[0].db_flags, 1);
}

/* readsb's README: "aircraft lost GPS / GPS heavily degraded, it was working well before this timestamp". */
static void an_aircraft_that_lost_gps_states_no_integrity(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        int nic;
    } cases[] = {
        {"{\"gpsOkBefore\":1751327990.1," REST, 0}, {"{\"gpsOkBefore\":null," REST, 8},
        {"{\"gpsOkBefore\":\"-\"," REST, 8},        {"{\"gpsOkBefore\":[1]," REST, 8},
        {"{\"gpsOkBefore\":{}," REST, 8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result r = {.now = NULL};
        read_one(&r, cases[i].json);
        assert_int_equal(r.n, 1);
        assert_int_equal(r.fixes[0].nic, cases[i].nic);
        assert_true((r.fixes[0].has & OVF_FIX_NIC) != 0);
        assert_int_equal(r.fixes[0].nac_p, 9);
    }
}

static void version_2_has_its_list_first_and_now_in_milliseconds(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_text(&r, "{\"ac\":[" ONE "],\"msg\":\"No error\",\"now\":1751328000500,\"total\":1}");
    assert_int_equal(r.n, 1);
    assert_true(r.fixes[0].t_ns == NOW_NS - 1250 * OVF_NS_PER_MS);
}

static void lines_with_commas_are_read_and_those_without_now_cannot_be_dated(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_text(&r,
              "{\"now\" : " NOW ",\"hex\":\"f10001\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0},\n"
              "{\"hex\":\"f10002\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0},\n");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.n, 1);
    assert_true(r.fixes[0].t_ns == NOW_NS);
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_TIME], 1);
    read_text(&r, "{\"hex\":\"f10002\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0},\n");
    assert_int_equal(r.status, OVF_E_FORMAT);
    assert_int_equal(r.reject, OVF_REJECT_NO_START);
}

static void live_lines_without_now_came_now(void **state)
{
    (void)state;
    static const int64_t now_ns = NOW_NS;
    struct result r = {.now = &now_ns};
    read_text(&r, "{\"hex\":\"f10002\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0.25},\n");
    assert_int_equal(r.n, 1);
    assert_true(r.fixes[0].t_ns == NOW_NS - 250 * OVF_NS_PER_MS);
}

static void what_is_no_position_is_none(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_one(&r, "{\"hex\":\"f10001\",\"lastPosition\":{\"lat\":1,\"lon\":2,\"seen_pos\":90},"
                 "\"rr_lat\":1,\"rr_lon\":2}");
    assert_int_equal(r.n, 0);
    assert_int_equal(r.rows.n_read, 0); /* no row at all: it is in the list because it is heard */
    assert_int_equal(r.status, OVF_OK);
    read_one(&r, "{\"hex\":\"f10001\",\"lat\":46.5,\"lon\":7.25}"); /* how old is it? */
    assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_TIME], 1);
}

static void what_a_position_comes_from_stands_in_lists(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
#define PLACE "\"type\":\"adsb_icao\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0"
    read_one(&r, "{\"hex\":\"f10001\",\"mlat\":[\"gs\",\"lat\",\"lon\"]," PLACE "}");
    assert_int_equal(r.fixes[0].source, OVF_SOURCE_MLAT);
    read_one(&r, "{\"hex\":\"f10001\",\"mlat\":[\"gs\"]," PLACE ",\"tisb\":[\"lat\"]}");
    assert_int_equal(r.fixes[0].source, OVF_SOURCE_TISB);
    read_one(&r, "{\"hex\":\"f10001\",\"mlat\":[\"gs\"]," PLACE "}");
    assert_int_equal(r.fixes[0].source, OVF_SOURCE_ADSB);
}

static void a_position_that_is_stated_again_is_repeated(void **state)
{
    (void)state;
    struct result r = {.now = NULL};
    read_text(&r,
              "{\"now\":1751328000.0,\"aircraft\":[{\"hex\":\"f10001\",\"lat\":46.5,\"lon\":7.25,"
              "\"seen_pos\":0.1}]}\n{\"now\":1751328005.0,\"aircraft\":[{\"hex\":\"f10001\","
              "\"lat\":46.5,\"lon\":7.25,\"seen_pos\":5.0}]}"
              "{\"now\":1751328010.0,\"aircraft\":[{\"hex\":\"f10001\",\"lat\":46.5,\"lon\":7.25,"
              "\"seen_pos\":0.1}]}"); /* it stands there and says so again */
    assert_int_equal(r.n, 2);
    assert_int_equal(r.rows.n_repeated, 1);
}

static void values_of_each_kind(void **state) /* J09, J10, J12 */
{
    (void)state;
#define WITH(more) "{\"hex\":\"f10001\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0," more "}"
    static const struct {
        const char *json;
        enum ovf_reject reason;
    } rows[] = {
        {WITH("\"alt_baro\":\"ground\""), OVF_REJECT_N},
        {WITH("\"alt_baro\":\"\""), OVF_REJECT_WRONG_TYPE},
        {WITH("\"alt_baro\":null"), OVF_REJECT_N},
        {WITH("\"alt_baro\":true"), OVF_REJECT_WRONG_TYPE},
        {WITH("\"alt_baro\":-1500"), OVF_REJECT_N},
        {WITH("\"alt_baro\":1e9"), OVF_REJECT_BAD_NUMBER},
        {WITH("\"gs\":\"fast\""), OVF_REJECT_WRONG_TYPE},
        {WITH("\"gs\":[1]"), OVF_REJECT_WRONG_TYPE},
        {WITH("\"flight\":\"A\\u0000B\""), OVF_REJECT_N},
        {WITH("\"flight\":7"), OVF_REJECT_WRONG_TYPE},
        {WITH("\"squawk\":\"d276\""), OVF_REJECT_N},
        {WITH("\"nic\":16"), OVF_REJECT_BAD_NUMBER},
        {WITH("\"lat\":46.5"), OVF_REJECT_DUPLICATE_KEY}, /* J08 */
        {WITH("\"unknown\":{\"lat\":1}"), OVF_REJECT_N},
        {"{\"hex\":\"~f10001\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0}", OVF_REJECT_N},
        {"{\"hex\":\"F10001\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0}", OVF_REJECT_N},
        {"{\"hex\":\"f1000\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0}", OVF_REJECT_BAD_ADDRESS},
        {"{\"hex\":\"f100001\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0}", OVF_REJECT_BAD_ADDRESS},
        {"{\"hex\":15794177,\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0}", OVF_REJECT_BAD_ADDRESS},
        {"{\"hex\":\"\xF0\x9F\x9B\xA9\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0}",
         OVF_REJECT_BAD_ADDRESS},
        {"{\"lat\":46.5,\"lon\":7.25,\"seen_pos\":0}", OVF_REJECT_BAD_ADDRESS},
        {"{\"hex\":\"f10001\",\"lat\":91,\"lon\":7.25,\"seen_pos\":0}", OVF_REJECT_BAD_POSITION},
        {"{\"hex\":\"f10001\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":-1}", OVF_REJECT_BAD_NUMBER},
        {"7", OVF_REJECT_WRONG_TYPE},
        {"[]", OVF_REJECT_WRONG_TYPE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct result r = {.now = NULL};
        read_one(&r, rows[i].json);
        assert_int_equal(r.status, OVF_OK);
        assert_int_equal(r.n, rows[i].reason == OVF_REJECT_N ? 1 : 0);
        if (rows[i].reason != OVF_REJECT_N)
            assert_int_equal(r.rows.n_rejected[rows[i].reason], 1);
        else
            assert_int_equal(r.fixes[0].has & (OVF_FIX_SQUAWK | OVF_FIX_CALLSIGN), 0);
    }
}

static void now_is_a_time_or_the_document_is_rejected(void **state) /* J13 */
{
    (void)state;
    static const struct {
        const char *now;
        bool good;
    } rows[] = {{"1751328000.5", true},
                {"1751328000500", true},
                {"0", false},
                {"-1", false},
                {"2147483648", true},
                {"4294967296", true},
                {"9007199254740992", false},
                {"18446744072021792.0", false},
                {"\"x\"", false},
                {"null", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        struct result r = {.now = NULL};
        (void)snprintf(text, sizeof text, "{\"now\":%s,\"aircraft\":[" WITH("\"gs\":1") "]}",
                       rows[i].now);
        read_text(&r, text);
        assert_int_equal(r.n, rows[i].good ? 1 : 0);
        assert_int_equal(r.reject, rows[i].good ? OVF_REJECT_N : OVF_REJECT_BAD_BASE_TIME);
    }
    struct result r = {.now = NULL};
    read_text(&r, "{\"aircraft\":[" WITH("\"gs\":1") "]}");
    assert_int_equal(r.reject, OVF_REJECT_BAD_BASE_TIME);
}

static void documents_that_are_none(void **state) /* J01 to J04, J06, J07, J11, J17 */
{
    (void)state;
    static const struct {
        const char *text;
        enum ovf_reject reject;
    } rows[] = {
        {"", OVF_REJECT_EMPTY},
        {"{}", OVF_REJECT_NOT_AIRCRAFT},
        {"[]", OVF_REJECT_NOT_AIRCRAFT},
        {"{\"now\":" NOW ",\"aircraft\":{}}", OVF_REJECT_NOT_AIRCRAFT},
        {"{\"now\":" NOW ",\"aircraft\":[],\"ac\":[]}", OVF_REJECT_NOT_AIRCRAFT},
        {"{\"now\":NaN,\"aircraft\":[]}", OVF_REJECT_NOT_JSON},
        {"{\"now\":01,\"aircraft\":[]}", OVF_REJECT_NOT_JSON},
        {"{\"now\":" NOW ",\"aircraft\":[{\"hex\":\"\xC0\x80\"}]}", OVF_REJECT_BAD_TEXT},
        {"{\"now\":" NOW ",\"aircraft\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]",
         OVF_REJECT_JSON_TRUNCATED},
        {"{\"now\":" NOW ",\"aircraft\":[", OVF_REJECT_JSON_TRUNCATED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct result r = {.now = NULL};
        read_text(&r, rows[i].text);
        assert_int_equal(r.status, OVF_E_FORMAT);
        assert_int_equal(r.reject, rows[i].reject);
        assert_int_equal(r.n, 0);
    }
    struct result r = {.now = NULL};
    read_text(&r, "{\"now\":" NOW ",\"aircraft\":[]}{\"now\":" NOW ",\"aircraft\":[" ONE "]}");
    assert_int_equal(r.n, 1);
    read_pieces(&r, ovf_bytes_from_text("{\"now\":" NOW ",\"aircraft\":[" ONE "]}"), 1, 64);
    assert_int_equal(r.reject, OVF_REJECT_TOO_LARGE);
}

static void a_line_cut_anywhere_costs_itself_only(void **state) /* J05 */
{
    (void)state;
    static const char line[] =
        "{\"now\":" NOW ",\"hex\":\"f10001\",\"mlat\":[],\"lat\":46.5,\"lon\":7.25,"
        "\"seen_pos\":0}";
    for (size_t len = 1; len < sizeof line - 1; len++) {
        char text[512];
        struct result r = {.now = NULL};
        if (line[len - 1] == '[')
            continue; /* an object can follow there: the next line may be part of it */
        (void)snprintf(text, sizeof text, "%.*s\n%s,\n", (int)len, line, line);
        read_text(&r, text);
        assert_int_equal(r.status, OVF_OK);
        assert_int_equal(r.n, 1);
        assert_int_equal(ovf_tally_rejected(&r.rows), 1);
    }
}

static void who_is_not_listed_for_a_day_is_forgotten_and_takes_no_memory(void **state)
{
    (void)state;
    enum { EACH_S = 600, N_A_LIST = 50, N_A_DAY = 86400 / EACH_S * N_A_LIST, DAYS = 5 };
    struct result r = {.status = OVF_OK};
    struct ovf_aircraft_json *reader = NULL;
    assert_int_equal(ovf_aircraft_json_new(3, 1 << 20, keep, &r, &reader), OVF_OK);
    /* Each aircraft once; one always, at a place of up to 12 h ago. */
    for (uint32_t i = 0; i < DAYS * N_A_DAY; i++) {
        const int64_t t_s = INT64_C(1751328000) + i / N_A_LIST * EACH_S;
        char line[120];
        const int len = snprintf(
            line, sizeof line,
            "{\"now\":%" PRId64 ",\"hex\":\"%06x\",\"lat\":46.5,\"lon\":7.25,\"seen_pos\":%" PRId64
            "}\n",
            t_s, i % N_A_LIST == 0 ? 0xf00000 : 1 + i, i % N_A_LIST == 0 ? t_s % 43200 : 0);
        const struct ovf_bytes bytes = {(const unsigned char *)line, (size_t)len};
        assert_int_equal(ovf_aircraft_json_feed(reader, bytes, NULL, &r.err), OVF_OK);
        if (i == 2 * N_A_DAY)
            assert_in_range(ovf_aircraft_json_n_aircraft(reader), N_A_DAY, N_A_DAY + 2 * 4096);
    }
    assert_in_range(ovf_aircraft_json_n_aircraft(reader), N_A_DAY, N_A_DAY + 2 * 4096);
    assert_int_equal(ovf_aircraft_json_rows(reader)->n_repeated,
                     DAYS * N_A_DAY / N_A_LIST - 2 * DAYS);
    ovf_aircraft_json_free(reader);
}

static void the_recordings_have_the_aircraft_that_they_have(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint64_t n_used; /* aircraft with lat; of lines: that have now as well */
        uint64_t n_undated;
    } rows[] = {
        {"readsb-json/aircraft_1.json", 63, 0},  {"readsb-json/aircraft_2.json", 67, 0},
        {"readsb-json/aircraft_3.json", 77, 0},  {"readsb-json/aircraft_4.json", 57, 0},
        {"readsb-json/aircraft_5.json", 112, 0}, {"readsb-json/json_1.json", 0, 45},
        {"readsb-json/json_2.json", 1, 86},      {"readsb-json/json_3.json", 5, 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ovf_buffer bytes = {0};
        struct ovf_error err = {""};
        struct result r = {.now = NULL};
        assert_int_equal(ovf_file_read(ovf_test_data(rows[i].name), 1 << 24, &bytes, &err), OVF_OK);
        read_bytes(&r, ovf_buffer_bytes(&bytes));
        assert_int_equal(r.rows.n_used, rows[i].n_used);
        assert_int_equal(r.rows.n_rejected[OVF_REJECT_BAD_TIME], rows[i].n_undated);
        assert_int_equal(ovf_tally_rejected(&r.rows), rows[i].n_undated);
        ovf_buffer_deinit(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_aircraft_is_a_fix_seen_pos_before_now),
        cmocka_unit_test(an_aircraft_that_lost_gps_states_no_integrity),
        cmocka_unit_test(version_2_has_its_list_first_and_now_in_milliseconds),
        cmocka_unit_test(lines_with_commas_are_read_and_those_without_now_cannot_be_dated),
        cmocka_unit_test(live_lines_without_now_came_now),
        cmocka_unit_test(what_is_no_position_is_none),
        cmocka_unit_test(what_a_position_comes_from_stands_in_lists),
        cmocka_unit_test(a_position_that_is_stated_again_is_repeated),
        cmocka_unit_test(values_of_each_kind),
        cmocka_unit_test(now_is_a_time_or_the_document_is_rejected),
        cmocka_unit_test(documents_that_are_none),
        cmocka_unit_test(a_line_cut_anywhere_costs_itself_only),
        cmocka_unit_test(who_is_not_listed_for_a_day_is_forgotten_and_takes_no_memory),
        cmocka_unit_test(the_recordings_have_the_aircraft_that_they_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
