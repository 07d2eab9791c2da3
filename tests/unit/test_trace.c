/* SPDX-License-Identifier: Apache-2.0 */
/* Traces. What a document means is taken from readsb's description of the format
 * (README-json.md, "trace jsons") and from read/trace.h where that is silent. */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "base/time.h"
#include "read/trace.h"

#define T0_S INT64_C(1751328000) /* 2025-07-01, by date -u */
#define T0_NS (T0_S * OVF_NS_PER_S)
#define HEAD "{\"icao\":\"f10031\",\"timestamp\":1751328000,\"trace\":["
#define TAIL "]}"

struct result {
    struct ovf_trace trace;
    enum ovf_reject reject;
    struct ovf_error err;
};

static void read_bytes(struct result *r, struct ovf_bytes bytes)
{
    r->err.text[0] = '\0';
    assert_int_equal(ovf_trace_read(bytes, 5, &r->trace, &r->reject, &r->err), OVF_OK);
    const struct ovf_tally *rows = &r->trace.rows;
    assert_int_equal(rows->n_used, r->trace.fixes.n);
    assert_int_equal(rows->n_read, rows->n_used + ovf_tally_rejected(rows));
    if (r->reject == OVF_REJECT_N)
        return;
    assert_int_equal(rows->n_read, 0);
    assert_non_null(strstr(r->err.text, ovf_reject_words(r->reject)));
}

static void read_text(struct result *r, const char *text)
{
    read_bytes(r, ovf_bytes_from_text(text));
}

/** Read \p rows between a good head and tail. */
static void read_rows(struct result *r, const char *rows)
{
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_buffer_printf(&text, "%s%s%s", HEAD, rows, TAIL), OVF_OK);
    read_bytes(r, ovf_buffer_bytes(&text));
    ovf_buffer_deinit(&text);
    assert_int_equal(r->reject, OVF_REJECT_N);
}

static const char *name_of(enum ovf_reject reject)
{
    return reject == OVF_REJECT_N ? "used" : ovf_reject_name(reject);
}

static void members_are_used_or_rejected_with_a_reason(void **state)
{
    (void)state;
#define ROW "[0,1,2,3,4,5,0]"
    static const struct {
        const char *text;
        enum ovf_reject want;
    } rows[] = {
        /* J01 to J04 */
        {"", OVF_REJECT_EMPTY},
        {" \n", OVF_REJECT_EMPTY},
        {"{}", OVF_REJECT_NOT_A_TRACE},
        {"[]", OVF_REJECT_NOT_A_TRACE},
        {"null", OVF_REJECT_NOT_A_TRACE},
        {"{\"aircraft\":{}}", OVF_REJECT_NOT_A_TRACE},
        {"{\"icao\":\"f10031\",\"timestamp\":1751328000}", OVF_REJECT_NOT_A_TRACE},
        {"{\"icao\":\"f10031\",\"timestamp\":1751328000,\"trace\":{}}", OVF_REJECT_NOT_A_TRACE},
        {"{\"icao\":\"f10031\",\"timestamp\":1751328000,\"trace\":null}", OVF_REJECT_NOT_A_TRACE},
        {"{\"timestamp\":1751328000,\"trace\":[]}", OVF_REJECT_NOT_A_TRACE},
        {HEAD TAIL, OVF_REJECT_N}, /* no rows is a trace */
        {HEAD ROW TAIL, OVF_REJECT_N},
        {"{\"trace\":[" ROW "],\"timestamp\":1751328000,\"icao\":\"f10031\"}", OVF_REJECT_N},
        /* J06: no JSON numbers */
        {HEAD "[0,NaN,2,3,4,5,0]" TAIL, OVF_REJECT_NOT_JSON},
        {HEAD "[0,-Infinity,2,3,4,5,0]" TAIL, OVF_REJECT_NOT_JSON},
        {HEAD "[0,0x10,2,3,4,5,0]" TAIL, OVF_REJECT_NOT_JSON},
        {HEAD "[0,01,2,3,4,5,0]" TAIL, OVF_REJECT_NOT_JSON},
        {HEAD "[0,1.,2,3,4,5,0]" TAIL, OVF_REJECT_NOT_JSON},
        {HEAD "[0,.5,2,3,4,5,0]" TAIL, OVF_REJECT_NOT_JSON},
        /* J08 */
        {"{\"icao\":\"f10031\",\"icao\":\"f10031\",\"timestamp\":1751328000,\"trace\":[]}",
         OVF_REJECT_DUPLICATE_KEY},
        {"{\"icao\":\"f10031\",\"ic\\u0061o\":\"f10031\",\"timestamp\":1751328000,\"trace\":[]}",
         OVF_REJECT_DUPLICATE_KEY},
        {"{\"icao\":\"f10031\",\"timestamp\":1751328000,\"timestamp\":1751328000,\"trace\":[]}",
         OVF_REJECT_DUPLICATE_KEY},
        {HEAD ROW "],\"trace\":[]}", OVF_REJECT_DUPLICATE_KEY},
        {HEAD "],\"r\":\"A\",\"r\":\"B\"}", OVF_REJECT_DUPLICATE_KEY},
        /* J09 */
        {"{\"icao\":\"F10031\",\"timestamp\":1751328000,\"trace\":[]}", OVF_REJECT_N},
        {"{\"icao\":\"~f10031\",\"timestamp\":1751328000,\"trace\":[]}", OVF_REJECT_N},
        {"{\"icao\":\"f1003\",\"timestamp\":1751328000,\"trace\":[]}", OVF_REJECT_BAD_ADDRESS},
        {"{\"icao\":\"f100311\",\"timestamp\":1751328000,\"trace\":[]}", OVF_REJECT_BAD_ADDRESS},
        {"{\"icao\":\"\xf0\x9f\x9b\xa9\",\"timestamp\":1751328000,\"trace\":[]}",
         OVF_REJECT_BAD_ADDRESS},
        {"{\"icao\":123456,\"timestamp\":1751328000,\"trace\":[]}", OVF_REJECT_BAD_ADDRESS},
        {"{\"icao\":null,\"timestamp\":1751328000,\"trace\":[]}", OVF_REJECT_BAD_ADDRESS},
        {"{\"icao\":\"f1003\\u0000\",\"timestamp\":1751328000,\"trace\":[]}", OVF_REJECT_BAD_TEXT},
        {HEAD "],\"r\":\"XX\\u0000\"}", OVF_REJECT_BAD_TEXT},
        /* J11 */
        {HEAD "],\"r\":\"\\ud800\"}", OVF_REJECT_BAD_TEXT},
        {HEAD "],\"r\":\"\xc0\x80\"}", OVF_REJECT_BAD_TEXT},
        {HEAD "],\"r\":\"\xef\xbf\xbe\"}", OVF_REJECT_N},
        {HEAD "[0,1,2,3,4,5,0,6,{\"flight\":\"\\ud83d" TAIL, OVF_REJECT_JSON_TRUNCATED},
        {HEAD "[0,1,2,3,4,5,0,6,{\"flight\":\"\\ud83x\"}]" TAIL, OVF_REJECT_NOT_JSON},
        {"{\"icao\":\"f10031\",\"trace\":[[0,1,2,3,4,5,0,6,{\"flight\":\"\xff\"}]],\"timestamp\":"
         "1751328000}",
         OVF_REJECT_N},
        {HEAD ROW "],\"r\":\"\xff\"}", OVF_REJECT_BAD_TEXT},
        {"\xef\xbb\xbf" HEAD TAIL, OVF_REJECT_NOT_JSON},
        {"\xff\xfe{", OVF_REJECT_NOT_JSON},
        /* J13, K03, K04 */
        {"{\"icao\":\"f10031\",\"trace\":[]}", OVF_REJECT_BAD_BASE_TIME},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":0}", OVF_REJECT_BAD_BASE_TIME},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":-1751328000}", OVF_REJECT_BAD_BASE_TIME},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":\"1751328000\"}",
         OVF_REJECT_BAD_BASE_TIME},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":null}", OVF_REJECT_BAD_BASE_TIME},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":1751328000123}", OVF_REJECT_N},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":2147483647}", OVF_REJECT_N},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":2147483648}", OVF_REJECT_N},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":4294967296}", OVF_REJECT_N},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":7258118400}", OVF_REJECT_BAD_BASE_TIME},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":7258118399.9}", OVF_REJECT_N},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":631151999}", OVF_REJECT_BAD_BASE_TIME},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":631152000}", OVF_REJECT_N},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":9007199254740992}",
         OVF_REJECT_BAD_BASE_TIME},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":18446744072021792.0}",
         OVF_REJECT_BAD_BASE_TIME},
        {"{\"icao\":\"f10031\",\"trace\":[],\"timestamp\":1e400}", OVF_REJECT_BAD_BASE_TIME},
        /* J17 */
        {HEAD TAIL HEAD TAIL, OVF_REJECT_JSON_TRAILING},
        {HEAD TAIL "\n", OVF_REJECT_N},
        /* trouble with the JSON goes before trouble with the meaning */
        {"{\"icao\":7,", OVF_REJECT_JSON_TRUNCATED},
        {"[[]", OVF_REJECT_JSON_TRUNCATED},
    };
    struct result r = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        read_text(&r, rows[i].text);
        if (r.reject != rows[i].want)
            fail_msg("%s: got %s, want %s", rows[i].text, name_of(r.reject), name_of(rows[i].want));
    }
    ovf_trace_deinit(&r.trace);
}

static void rows_are_used_or_rejected_with_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        enum ovf_reject want;
    } rows[] = {
        {"[0,1,2,3,4,5,0]", OVF_REJECT_N},
        {"[0,1,2,null,null,null,null]", OVF_REJECT_N},
        {"[-3.5,1,2,3,4,5,0,6,null,null,7,8,9,0]", OVF_REJECT_N},
        /* J15 */
        {"[]", OVF_REJECT_ROW_SHORT},
        {"[0,1,2]", OVF_REJECT_ROW_SHORT},
        {"[0,1,2,3,4,5]", OVF_REJECT_ROW_SHORT},
        {"[0,1,2,3,4,5,0,6]", OVF_REJECT_N},
        {"[0,1,2,3,4,5,0,6,null,null,7,8,9,0,{},[[]],\"x\",1e999,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,"
         "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]",
         OVF_REJECT_N},
        /* J11: what is no text costs its row, wherever the string ends */
        {"[0,1,2,3,4,5,0,6,{\"flight\":\"\\ud83d\"}]", OVF_REJECT_BAD_TEXT},
        {"[0,1,2,3,4,5,0,6,{\"flight\":\"\\ud83d\\\"]\"}]", OVF_REJECT_BAD_TEXT},
        {"[0,1,2,3,4,5,0,6,{\"flight\":\"\\ud83d\\ud83d\\udee9\"}]", OVF_REJECT_BAD_TEXT},
        {"[0,1,2,3,4,5,0,6,{\"flight\":\"\\udee9\\\\\",\"squawk\":\"1000\"}]", OVF_REJECT_BAD_TEXT},
        {"[0,1,2,3,4,5,0,6,{\"\\ud83dx\":1}]", OVF_REJECT_BAD_TEXT},
        {"[0,1,2,3,4,5,0,6,{\"x\":[{\"y\":\"\xff\"}]}]", OVF_REJECT_BAD_TEXT},
        {"[0,1,2,3,4,5,0,6,{\"flight\":\"SIM\xe2\"}]", OVF_REJECT_BAD_TEXT},
        {"[0,1,2,3,4,5,0,6,null,\"\xc0\x80\"]", OVF_REJECT_BAD_TEXT},
        {"[0,1,2,3,4,5,0,6,null,\"mlat\",7,8,9,0,\"\xed\xa0\x80\"]", OVF_REJECT_BAD_TEXT},
        {"[0,1,2,3,4,5,0,6,{\"flight\":\"\\ud83d\\udee9\"}]", OVF_REJECT_N},
        /* J16 */
        {"7", OVF_REJECT_WRONG_TYPE},
        {"\"row\"", OVF_REJECT_WRONG_TYPE},
        {"null", OVF_REJECT_WRONG_TYPE},
        {"{\"lat\":[1]}", OVF_REJECT_WRONG_TYPE},
        {"[\"0\",1,2,3,4,5,0]", OVF_REJECT_WRONG_TYPE},
        {"[0,\"1\",2,3,4,5,0]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,[2],3,4,5,0]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,{},4,5,0]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,\"4\",5,0]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,4,true,0]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,4,5,\"0\"]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,4,5,0,\"6\"]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,4,5,0,6,\"{}\"]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,4,5,0,6,[]]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,4,5,0,6,null,7]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,4,5,0,6,null,null,\"7\"]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,4,5,0,6,null,null,7,\"8\",[9],{\"a\":0}]", OVF_REJECT_N},
        {"[0,1,2,3,4,5,0,6,{\"nic\":\"8\"}]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,4,5,0,6,{\"flight\":8}]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,3,4,5,0,6,{\"flight\":null,\"nic\":null}]", OVF_REJECT_N},
        {"[0,1,2,3,4,5,0,6,{\"gs\":\"8\",\"nav_modes\":[\"a\"]}]", OVF_REJECT_N},
        /* J08 */
        {"[0,1,2,3,4,5,0,6,{\"nic\":8,\"nic\":8}]", OVF_REJECT_DUPLICATE_KEY},
        {"[0,1,2,3,4,5,0,6,{\"wd\":8,\"wd\":8}]", OVF_REJECT_N},
        /* J06: good grammar, no good number */
        {"[1e400,1,2,3,4,5,0]", OVF_REJECT_BAD_NUMBER},
        {"[0,1e400,2,3,4,5,0]", OVF_REJECT_BAD_NUMBER},
        {"[0,1,2,3,1e400,5,0]", OVF_REJECT_BAD_NUMBER},
        {"[0,1234567890123456789,2,3,4,5,0]", OVF_REJECT_BAD_NUMBER},
        {"[0,1.0000000000000000000000000000000000000000000000000000000000,2,3,4,5,0]",
         OVF_REJECT_BAD_NUMBER},
        {"[0,1,2,3,4,5,0.5]", OVF_REJECT_BAD_NUMBER},
        {"[0,1,2,3,4,5,-1]", OVF_REJECT_BAD_NUMBER},
        {"[0,1,2,3,4,5,0,6,{\"nic\":8.5}]", OVF_REJECT_BAD_NUMBER},
        {"[0,1,2,3,4,5,0,6,{\"sil\":4}]", OVF_REJECT_BAD_NUMBER},
        {"[0,1,2,3,4,5,0,6,{\"rc\":-1}]", OVF_REJECT_BAD_NUMBER},
        /* J10 */
        {"[0,1,2,\"ground\",4,5,0]", OVF_REJECT_N},
        {"[0,1,2,\"\",4,5,0]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,true,4,5,0]", OVF_REJECT_WRONG_TYPE},
        {"[0,1,2,-1500,4,5,0]", OVF_REJECT_N},
        {"[0,1,2,1e9,4,5,0]", OVF_REJECT_BAD_NUMBER},
        {"[0,1,2,3,-4,5,0]", OVF_REJECT_BAD_NUMBER},
        {"[0,1,2,3,4,361,0]", OVF_REJECT_BAD_NUMBER},
        {"[0,1,2,3,4,5,0,32768]", OVF_REJECT_BAD_NUMBER},
        /* positions */
        {"[0,null,2,3,4,5,0]", OVF_REJECT_NO_POSITION},
        {"[0,1,null,3,4,5,0]", OVF_REJECT_NO_POSITION},
        {"[0,90,180,3,4,5,0]", OVF_REJECT_N},
        {"[0,-90,-180,3,4,5,0]", OVF_REJECT_N},
        {"[0,90.0000001,2,3,4,5,0]", OVF_REJECT_BAD_POSITION},
        {"[0,1,-180.0000001,3,4,5,0]", OVF_REJECT_BAD_POSITION},
        {"[0,0,0,3,4,5,0]", OVF_REJECT_NULL_ISLAND},
        {"[0,-0.0,0.0099999,3,4,5,0]", OVF_REJECT_NULL_ISLAND},
        {"[0,0.01,0,3,4,5,0]", OVF_REJECT_N},
        {"[0,-0.01,0,3,4,5,0]", OVF_REJECT_N},
        {"[0,0,0.01,3,4,5,0]", OVF_REJECT_N},
        {"[0,0,-0.01,3,4,5,0]", OVF_REJECT_N},
        /* J14, J18: times within three days of the header's */
        {"[null,1,2,3,4,5,0]", OVF_REJECT_BAD_TIME},
        {"[86400,1,2,3,4,5,0]", OVF_REJECT_N},
        {"[259200,1,2,3,4,5,0]", OVF_REJECT_N},
        {"[-259200,1,2,3,4,5,0]", OVF_REJECT_N},
        {"[259200.001,1,2,3,4,5,0]", OVF_REJECT_BAD_TIME},
        {"[1751328000,1,2,3,4,5,0]", OVF_REJECT_BAD_TIME},
    };
    struct result r = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        read_rows(&r, rows[i].row);
        assert_int_equal(r.trace.rows.n_read, 1);
        const bool as_wanted = rows[i].want == OVF_REJECT_N
                                   ? r.trace.rows.n_used == 1
                                   : r.trace.rows.n_rejected[rows[i].want] == 1;
        if (!as_wanted)
            fail_msg("%s: not %s", rows[i].row, name_of(rows[i].want));
    }
    ovf_trace_deinit(&r.trace);
}

static void the_first_rejected_row_is_told_as_it_stands(void **state)
{
    (void)state;
    struct result r = {0};
    read_rows(&r, "[0,1,2,3,4,5,0],[1,91,2,\"\xc3\xa9\",4,5,0], [2]");
    assert_int_equal(r.trace.rows.n_used, 1);
    assert_string_equal(r.trace.first_rejected,
                        "row 2 \"[1,91,2,\"??\",4,5,0]\": a latitude beyond 90 or a "
                        "longitude beyond 180 degrees");
    read_rows(&r, "[0,1,2,3,4,5,0]");
    assert_string_equal(r.trace.first_rejected, "");
    ovf_trace_deinit(&r.trace);
}

static void every_member_of_a_fix_is_read(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, "{\"icao\":\"~F10031\",\"r\":\" XX-MNB \",\"t\":\"B77W\",\"dbFlags\":9,"
                  "\"desc\":\"BOEING 777-300\",\"ownOp\":\"Simulated Air\","
                  "\"timestamp\":1751328000.25,\"trace\":["
                  "[0.5,-34.8123456,179.1234567,34000,480.5,271.25,6,-64,"
                  "{\"flight\":\"SIM152  \",\"squawk\":\"4637\",\"nic\":8,\"rc\":186,\"nac_p\":10,"
                  "\"nac_v\":2,\"sil\":3,\"sil_type\":\"perhour\",\"version\":2,"
                  "\"mag_heading\":268.25},\"adsr_icao\",34250,"
                  "0,280,-1.5],"
                  "[1,1,180,\"ground\",0,360,9,null,null,\"mlat\",null]]}");
    assert_int_equal(r.reject, OVF_REJECT_N);
    assert_int_equal(r.trace.address, 0x1f10031);
    assert_true(r.trace.base_t_ns == T0_NS + 250000000);
    assert_string_equal(r.trace.identity.registration, "XX-MNB");
    assert_string_equal(r.trace.identity.type_code, "B77W");
    assert_string_equal(r.trace.identity.description, "BOEING 777-300");
    assert_string_equal(r.trace.identity.owner_operator, "Simulated Air");
    assert_true(r.trace.identity.has_db_flags && r.trace.identity.db_flags == 9);
    assert_int_equal(r.trace.fixes.n, 2);
    const struct ovf_fix *f = &r.trace.fixes.items[0];
    assert_true(f->t_ns == T0_NS + 750000000);
    assert_int_equal(f->at.lat_e7, -348123456);
    assert_int_equal(f->at.lon_e7, 1791234567);
    assert_int_equal(f->has, (OVF_FIX_ACCURACY - 1) | OVF_FIX_HEADING | OVF_FIX_ROLL |
                                 OVF_FIX_NAC_V); /* all that a trace can say */
    assert_near((double)f->heading_deg, 268.25, 0);
    assert_int_equal(f->roll_cdeg, -150);
    assert_int_equal(f->alt_baro_ft, 34000);
    assert_int_equal(f->alt_geom_ft, 34250);
    assert_near((double)f->gs_kt, 480.5, 0);
    assert_near((double)f->track_deg, 271.25, 0);
    assert_int_equal(f->vert_rate_fpm, -64);
    assert_int_equal(f->flags, OVF_FIX_LEG_HINT | OVF_FIX_GEOM_RATE | 2 << OVF_FIX_NAC_V_SHIFT);
    assert_int_equal(ovf_fix_nac_v(f), 2);
    assert_int_equal(ovf_fix_decoding(f), OVF_DECODING_GIVEN);
    assert_int_equal(f->source, OVF_SOURCE_ADSR);
    assert_memory_equal(f->callsign, "SIM152\0\0", 8);
    assert_int_equal(f->squawk, 4637);
    assert_int_equal(f->nic, 8);
    assert_near((double)f->rc_m, 186, 0);
    assert_int_equal(f->nac_p, 10);
    assert_int_equal(f->sil, 3);
    assert_int_equal(f->sil_type, OVF_SIL_PER_HOUR);
    assert_int_equal(f->version, 2);
    assert_int_equal(f->record.item, 5);
    assert_int_equal(f->record.row, 0);
    f++;
    assert_int_equal(f->at.lon_e7, -1800000000);
    assert_near((double)f->track_deg, 0, 0);
    assert_int_equal(f->flags, OVF_FIX_ON_GROUND | OVF_FIX_AFTER_SILENCE | OVF_FIX_HELD);
    assert_int_equal(f->has, OVF_FIX_GS | OVF_FIX_TRACK | OVF_FIX_CALLSIGN | OVF_FIX_SQUAWK |
                                 OVF_FIX_HEADING);
    assert_near((double)f->heading_deg, 268.25, 0);
    assert_int_equal(f->source, OVF_SOURCE_MLAT);
    ovf_trace_deinit(&r.trace);
}

static void sources_are_named_by_the_row_or_its_object(void **state)
{
    (void)state;
    static const struct {
        const char *rest; /* elements 8 and 9 */
        enum ovf_fix_source want;
    } rows[] = {
        {"null,\"adsb_icao\"", OVF_SOURCE_ADSB},
        {"null,\"adsb_icao_nt\"", OVF_SOURCE_ADSB},
        {"null,\"adsb_other\"", OVF_SOURCE_ADSB},
        {"null,\"adsr_other\"", OVF_SOURCE_ADSR},
        {"null,\"tisb_trackfile\"", OVF_SOURCE_TISB},
        {"null,\"tisb_icao\"", OVF_SOURCE_TISB},
        {"null,\"mlat\"", OVF_SOURCE_MLAT},
        {"null,\"adsc\"", OVF_SOURCE_ADSC},
        {"null,\"mode_s\"", OVF_SOURCE_MODE_S},
        {"null,\"other\"", OVF_SOURCE_OTHER},
        {"null,\"unknown\"", OVF_SOURCE_UNKNOWN},
        {"null,\"ads\\u0062_icao\"", OVF_SOURCE_ADSB},
        {"null,null", OVF_SOURCE_UNKNOWN},
        {"null", OVF_SOURCE_UNKNOWN},
        {"{\"type\":\"mlat\"}", OVF_SOURCE_MLAT},
        {"{\"type\":\"mlat\"},null", OVF_SOURCE_MLAT},
        {"{\"type\":\"mlat\"},\"adsc\"", OVF_SOURCE_ADSC},
        {"{\"type\":\"mlat\"},\"new_kind\"", OVF_SOURCE_UNKNOWN},
    };
    struct result r = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "[0,1,2,3,4,5,0,0,%s]", rows[i].rest);
        read_rows(&r, text);
        assert_int_equal(r.trace.fixes.n, 1);
        assert_int_equal(r.trace.fixes.items[0].source, rows[i].want);
    }
    ovf_trace_deinit(&r.trace);
}

static void an_object_holds_for_sixty_seconds_and_its_own_source(void **state)
{
    (void)state;
    struct result r = {0};
    read_rows(&r,
              "[100,1,2,3,4,5,0,0,{\"type\":\"adsb_icao\",\"flight\":\"SIM1\",\"nic\":8,\"rc\":0}],"
              "[99,1,2,3,4,5,0,0,null,null]," /* before the object: nothing of it */
              "[110,1,2,3,4,5,0,0,null,null],"
              "[120,1,2,3,4,5,0,0,null,\"mlat\"],"
              "[160,1,2,3,4,5,0,0,null,\"adsb_icao\"],"
              "[160.000000001,1,2,3,4,5,0,0,null,\"adsb_icao\"],"
              "[170,1,2,3,4,5,0,0,{\"flight\":\"SIM2\"},\"adsb_icao\"],"
              "[171,1,2,3,4,5,0,0,null,\"adsb_icao\"],"
              "[172,91,2,3,4,5,0,0,{\"flight\":\"SIM3\"},\"adsb_icao\"]," /* rejected */
              "[173,1,2,3,4,5,0,0,null,\"adsb_icao\"]");
    assert_int_equal(r.trace.rows.n_rejected[OVF_REJECT_BAD_POSITION], 1);
    assert_int_equal(r.trace.fixes.n, 9);
    const unsigned said = OVF_FIX_CALLSIGN | OVF_FIX_NIC | OVF_FIX_RC;
    static const struct {
        unsigned has;
        bool held;
        const char *callsign;
    } want[] = {
        {OVF_FIX_CALLSIGN | OVF_FIX_NIC, false, "SIM1"}, /* rc 0 is not known */
        {0, false, ""},
        {OVF_FIX_CALLSIGN | OVF_FIX_NIC, true, "SIM1"},
        {OVF_FIX_CALLSIGN, true, "SIM1"},
        {OVF_FIX_CALLSIGN | OVF_FIX_NIC, true, "SIM1"},
        {0, false, ""},
        {OVF_FIX_CALLSIGN, false, "SIM2"},
        {OVF_FIX_CALLSIGN, true, "SIM2"},
        {0, false, ""},
    };
    for (size_t i = 0; i < 9; i++) {
        const struct ovf_fix *f = &r.trace.fixes.items[i];
        assert_int_equal(f->has & said, want[i].has);
        assert_int_equal((f->flags & OVF_FIX_HELD) != 0, want[i].held);
        assert_int_equal(strncmp(f->callsign, want[i].callsign, 8), 0);
    }
    assert_int_equal(r.trace.fixes.items[2].source, OVF_SOURCE_ADSB); /* the type holds too */
    assert_int_equal(r.trace.fixes.items[1].source, OVF_SOURCE_UNKNOWN);
    ovf_trace_deinit(&r.trace);
}

static void nac_v_holds_like_the_rest_of_what_a_position_is_worth(void **state)
{
    (void)state;
    static const struct {
        bool has;
        uint8_t nac_v;
    } want[] = {{true, 7}, {true, 7}, {false, 0}, {false, 0}, {true, 1}};
    struct result r = {0};
    read_rows(&r, "[0,1,2,3,4,5,0,0,{\"nac_v\":7,\"nac_p\":9},\"adsb_icao\"],"
                  "[60,1,2,3,4,5,0,0,null,\"adsb_icao\"],"
                  "[60,1,2,3,4,5,0,0,null,\"mlat\"],"
                  "[60.001,1,2,3,4,5,0,0,null,\"adsb_icao\"],"
                  "[70,1,2,3,4,5,0,0,{\"nac_p\":8,\"nac_v\":1},\"adsb_icao\"]");
    assert_int_equal(r.trace.fixes.n, 5);
    for (size_t i = 0; i < 5; i++) {
        const struct ovf_fix *const f = &r.trace.fixes.items[i];
        assert_int_equal((f->has & OVF_FIX_NAC_V) != 0, want[i].has);
        assert_int_equal((f->has & OVF_FIX_NAC_P) != 0, want[i].has);
        assert_int_equal(ovf_fix_nac_v(f), want[i].nac_v);
    }
    assert_int_equal(r.trace.fixes.items[0].nac_p, 9);
    assert_int_equal(r.trace.fixes.items[4].nac_p, 8);
    ovf_trace_deinit(&r.trace);
}

static void flags_of_silence_and_legs_survive_rejected_rows(void **state)
{
    (void)state;
    struct result r = {0};
    read_rows(&r, "[0,1,2,3,4,5,0],"     /* the first row heard nothing before */
                  "[1,1,2,3,4,5,0],"     /* heard since */
                  "[2,1,2,3,4,5,1],"     /* silence before */
                  "[3,91,2,3,4,5,3],"    /* rejected, with both flags */
                  "[4,0,0,3,4,5,0],"     /* rejected again */
                  "[5,1,2,3,4,5,0],"     /* inherits both */
                  "[6,1,2,3,4,5,0],"     /* heard since */
                  "[7,91,2,3,4,5,0],"    /* rejected, heard all the same */
                  "[8,1,2,3,4,5,4],"     /* heard since */
                  "[9,1,2],"             /* flags not known */
                  "[10,1,2,3,4,5,0],"    /* since when is not known */
                  "[11,1,2,3,4,5,null]," /* says nothing */
                  "[12,1,2,3,4,5,0],"    /* the row before said nothing */
                  "[11.5,1,2,3,4,5,0],"  /* goes back in time */
                  "[11.5,1,2,3,4,5,0]"); /* repeated */
    static const struct {
        uint32_t row;
        unsigned flags;
    } want[] = {
        {0, 0},
        {1, OVF_FIX_HEARD_SINCE},
        {2, OVF_FIX_AFTER_SILENCE},
        {5, OVF_FIX_AFTER_SILENCE | OVF_FIX_LEG_HINT},
        {6, OVF_FIX_HEARD_SINCE},
        {8, OVF_FIX_HEARD_SINCE},
        {10, 0},
        {11, 0},
        {12, 0},
        {13, 0},
        {14, OVF_FIX_HEARD_SINCE},
    };
    assert_int_equal(r.trace.fixes.n, sizeof want / sizeof want[0]);
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        const struct ovf_fix *f = &r.trace.fixes.items[i];
        if (f->record.row != want[i].row || f->flags != want[i].flags)
            fail_msg("fix %zu: row %u flags %u", i, f->record.row, f->flags);
    }
    ovf_trace_deinit(&r.trace);
}

static void flag_eight_makes_the_altitude_geometric(void **state)
{
    (void)state;
    struct result r = {0};
    read_rows(&r, "[0,1,2,3000,4,5,8],[1,1,2,3000,4,5,8,0,null,null,3025],[2,1,2,3000,4,5,0,0,null,"
                  "null,3025]");
    const struct ovf_fix *f = r.trace.fixes.items;
    const unsigned alts = OVF_FIX_ALT_BARO | OVF_FIX_ALT_GEOM;
    assert_int_equal(f[0].has & alts, OVF_FIX_ALT_GEOM);
    assert_int_equal(f[0].alt_geom_ft, 3000);
    assert_int_equal(f[0].alt_baro_ft, 0);
    assert_int_equal(f[1].has & alts, OVF_FIX_ALT_GEOM);
    assert_int_equal(f[1].alt_geom_ft, 3025);
    assert_int_equal(f[2].has & alts, alts);
    ovf_trace_deinit(&r.trace);
}

static void hostile_callsigns_are_absent(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",           "        ",   "@@@@@@@@",  "sim152",      "SIM 152",
        "SIM152789",  "SIM\\u0000", "%s%n",      "=1+1",        "../../",
        "\\u202eSIM", "<b>",        "\\\";DROP", "SIM\xc3\x89", "SIM_1",
    };
    struct result r = {0};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char text[160];
        (void)snprintf(text, sizeof text, "[0,1,2,3,4,5,0,0,{\"flight\":\"%s\",\"squawk\":\"%s\"}]",
                       texts[i], texts[i]);
        read_rows(&r, text);
        assert_int_equal(r.trace.fixes.n, 1);
        assert_int_equal(r.trace.fixes.items[0].has & (OVF_FIX_CALLSIGN | OVF_FIX_SQUAWK), 0);
        assert_memory_equal(r.trace.fixes.items[0].callsign, "\0\0\0\0\0\0\0\0", 8);
    }
    read_rows(&r, "[0,1,2,3,4,5,0,0,{\"flight\":\"\\u0053IM12345\",\"squawk\":\"0017\"}]");
    assert_memory_equal(r.trace.fixes.items[0].callsign, "SIM12345", 8);
    assert_int_equal(r.trace.fixes.items[0].squawk, 17);
    ovf_trace_deinit(&r.trace);
}

static void misleading_texts_of_the_header_are_absent(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r,
              HEAD "],\"r\":\"<img src=x>\",\"t\":5,\"desc\":\"a\\u202eb\",\"ownOp\":\"a\\u001bb\","
                   "\"dbFlags\":\"1\"}");
    assert_int_equal(r.reject, OVF_REJECT_N);
    assert_string_equal(r.trace.identity.registration, "");
    assert_string_equal(r.trace.identity.type_code, "");
    assert_string_equal(r.trace.identity.description, "");
    assert_string_equal(r.trace.identity.owner_operator, "");
    assert_false(r.trace.identity.has_db_flags);
    /* 63 bytes hold 31 of these letters of two bytes, not 31 and a half. */
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_buffer_append_text(&text, HEAD "],\"desc\":\""), OVF_OK);
    for (int i = 0; i < 60; i++)
        assert_int_equal(ovf_buffer_append_text(&text, "\xc3\xa9"), OVF_OK);
    assert_int_equal(ovf_buffer_append_text(&text, "\"}"), OVF_OK);
    read_bytes(&r, ovf_buffer_bytes(&text));
    assert_int_equal(strlen(r.trace.identity.description), 62);
    ovf_buffer_deinit(&text);
    ovf_trace_deinit(&r.trace);
}

static void times_are_exact_in_any_order(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, "{\"trace\":[[0.1,1,2,3,4,5,0],[-86399.999999999,1,2,3,4,5,0],[0.1,1,2,3,4,5,0],"
                  "[172800,1,2,3,4,5,0]],\"icao\":\"f10031\",\"timestamp\":1751328000123.5}");
    assert_int_equal(r.reject, OVF_REJECT_N);
    assert_int_equal(r.trace.fixes.n, 4);
    const int64_t base_ns = T0_NS + 123500000;
    assert_true(r.trace.base_t_ns == base_ns);
    assert_true(r.trace.fixes.items[0].t_ns == base_ns + 100000000);
    assert_true(r.trace.fixes.items[1].t_ns == base_ns - INT64_C(86399999999999));
    assert_true(r.trace.fixes.items[2].t_ns == base_ns + 100000000);
    assert_true(r.trace.fixes.items[3].t_ns == base_ns + 2 * OVF_NS_PER_DAY);
    ovf_trace_deinit(&r.trace);
}

static void a_trace_cut_at_any_byte_is_rejected_whole(void **state)
{
    (void)state;
    static const char text[] =
        "{\"icao\":\"f10031\",\"r\":\"XX-MNB\",\"desc\":\"\xc3\xa9\\u00e9\\ud83d\\udee9\","
        "\"timestamp\": 1751328000.25,\n\"trace\":[[0.5,-34.8,179.1,34000,480.5,271.25,6,-64,"
        "{\"flight\":\"SIM152  "
        "\",\"nic\":8,\"nav_modes\":[\"vnav\"]},\"adsb_icao\",34250,0,280,1e0],\n"
        "[1,1,180,\"ground\",null,true,9,null,null,\"mlat\",null]]}";
    struct result r = {0};
    read_text(&r, text);
    assert_int_equal(r.reject, OVF_REJECT_N);
    for (size_t len = 1; len < sizeof text - 1; len++) {
        unsigned char *exact = malloc(len); /* so that a read past the end is seen */
        assert_non_null(exact);
        memcpy(exact, text, len);
        read_bytes(&r, (struct ovf_bytes){exact, len});
        free(exact);
        if (r.reject != OVF_REJECT_JSON_TRUNCATED)
            fail_msg("cut at %zu: %s", len, name_of(r.reject));
    }
    ovf_trace_deinit(&r.trace);
}

static void a_million_brackets_are_too_deep(void **state)
{
    (void)state;
    const size_t len = 1000000;
    unsigned char *text = malloc(len);
    assert_non_null(text);
    memset(text, '[', len);
    struct result r = {0};
    read_bytes(&r, (struct ovf_bytes){text, len});
    assert_int_equal(r.reject, OVF_REJECT_JSON_TOO_DEEP);
    free(text);
    ovf_trace_deinit(&r.trace);
}

static void rows_beyond_the_limit_are_counted(void **state)
{
    (void)state;
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_buffer_append_text(&text, HEAD "[0,1,2,3,4,5,0]"), OVF_OK);
    for (size_t i = 1; i < OVF_TRACE_MAX_ROWS; i++)
        assert_int_equal(ovf_buffer_append(&text, ",0", 2), OVF_OK);
    const size_t at_limit = text.len;
    struct result r = {0};
    assert_int_equal(ovf_buffer_append_text(&text, TAIL), OVF_OK);
    read_bytes(&r, ovf_buffer_bytes(&text));
    assert_int_equal(r.trace.rows.n_rejected[OVF_REJECT_TOO_MANY_ROWS], 0);
    text.len = at_limit;
    assert_int_equal(ovf_buffer_append_text(&text, ",[0,1,2,3,4,5,0],{\"a\":[]}" TAIL), OVF_OK);
    read_bytes(&r, ovf_buffer_bytes(&text));
    assert_int_equal(r.reject, OVF_REJECT_N);
    assert_int_equal(r.trace.rows.n_used, 1);
    assert_int_equal(r.trace.rows.n_rejected[OVF_REJECT_WRONG_TYPE], OVF_TRACE_MAX_ROWS - 1);
    assert_int_equal(r.trace.rows.n_rejected[OVF_REJECT_TOO_MANY_ROWS], 2);
    ovf_buffer_deinit(&text);
    ovf_trace_deinit(&r.trace);
}

static void nothing_of_one_member_is_left_for_the_next(void **state)
{
    (void)state;
    struct result r = {0};
    read_text(&r, HEAD "[0,1,2,3,4,5,1]],\"r\":\"XX-MNB\",\"dbFlags\":1}");
    assert_int_equal(r.trace.fixes.n, 1);
    read_text(&r, HEAD TAIL);
    assert_int_equal(r.trace.fixes.n, 0);
    assert_int_equal(r.trace.rows.n_read, 0);
    assert_string_equal(r.trace.identity.registration, "");
    assert_false(r.trace.identity.has_db_flags);
    ovf_trace_deinit(&r.trace);
    ovf_trace_deinit(&r.trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_used_or_rejected_with_a_reason),
        cmocka_unit_test(rows_are_used_or_rejected_with_a_reason),
        cmocka_unit_test(the_first_rejected_row_is_told_as_it_stands),
        cmocka_unit_test(every_member_of_a_fix_is_read),
        cmocka_unit_test(sources_are_named_by_the_row_or_its_object),
        cmocka_unit_test(an_object_holds_for_sixty_seconds_and_its_own_source),
        cmocka_unit_test(nac_v_holds_like_the_rest_of_what_a_position_is_worth),
        cmocka_unit_test(flags_of_silence_and_legs_survive_rejected_rows),
        cmocka_unit_test(flag_eight_makes_the_altitude_geometric),
        cmocka_unit_test(hostile_callsigns_are_absent),
        cmocka_unit_test(misleading_texts_of_the_header_are_absent),
        cmocka_unit_test(times_are_exact_in_any_order),
        cmocka_unit_test(a_trace_cut_at_any_byte_is_rejected_whole),
        cmocka_unit_test(a_million_brackets_are_too_deep),
        cmocka_unit_test(rows_beyond_the_limit_are_counted),
        cmocka_unit_test(nothing_of_one_member_is_left_for_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
