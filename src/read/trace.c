/* SPDX-License-Identifier: Apache-2.0 */
/* Traces as members: the header, the rows in order, and why a member is rejected whole.
 *
 * One pass, for readsb writes the time stamp before the rows. Where it stands behind them the rows are
 * only checked in passing and read when all else is known.
 *
 * A document that comes in stretches is moved on between two rows only, while enough of it is there for any
 * row. Whatever does not fit that, and all trouble, is left to a reading of the whole. */
#include "read/trace.h"

#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "read/field.h"
#include "read/json.h"
#include "read/scan.h"
#include "read/trace_row.h"
#include "track/address.h"

enum key {
    KEY_ICAO,
    KEY_TIMESTAMP,
    KEY_TRACE,
    KEY_R,
    KEY_T,
    KEY_DESC,
    KEY_OWN_OP,
    KEY_DB_FLAGS,
    N_KEYS
};

enum {
    ROW_ROOM = 1 << 16, /* a row is shorter */
    BEFORE_CURSOR = 64, /* what the scanner may look back on */
};

/* By which scanner the rows are read. */
enum way { WAY_BEST, WAY_NARROW, WAY_NONE };

struct reader {
    struct ovf_json json;
    const struct ovf_trace_source *source; /* NULL: all of it is there, or came */
    struct ovf_trace *trace;
    uint32_t item;
    enum way way;
    unsigned seen;           /* bit k: key k was there */
    bool has_base_time;      /* base_t_ns is good */
    bool rows_wait;          /* the rows at rows_at are not read yet */
    struct ovf_json rows_at; /* the cursor behind the bracket of the rows */
    enum ovf_reject fault;   /* the first thing wrong with what the JSON says */
    size_t fault_at;
};

static void note_fault(struct reader *reader, enum ovf_reject fault)
{
    if (reader->fault != OVF_REJECT_N)
        return;
    reader->fault = fault;
    reader->fault_at = ovf_json_offset(&reader->json);
}

/** The row from \p begin to the cursor. */
static void reject_row(struct reader *reader, enum ovf_reject reason, const unsigned char *begin)
{
    const struct ovf_bytes text = {begin, (size_t)(reader->json.at - begin)};
    struct ovf_trace *trace = reader->trace;
    ovf_read_fault_note(trace->first_rejected, trace->rows.n_read, NULL, &text, 1, reason);
    ovf_tally_reject(&trace->rows, reason);
}

/** The rows from the cursor on that the scanner knows. */
static enum ovf_status scan_rows(struct reader *reader, struct ovf_trace_hold *hold,
                                 struct ovf_scan_like *like, size_t *n)
{
    struct ovf_trace *trace = reader->trace;
    struct ovf_scan scan = {.begin = reader->json.begin,
                            .at = reader->json.at,
                            .end = reader->json.end,
                            .base_t_ns = trace->base_t_ns,
                            .hold = hold,
                            .like = like,
                            .fixes = &trace->fixes,
                            .item = reader->item,
                            .row = (uint32_t)trace->rows.n_read,
                            .n_max = OVF_TRACE_MAX_ROWS - trace->rows.n_read,
                            .narrow = reader->way == WAY_NARROW};
    const enum ovf_status st = ovf_scan_rows(&scan, n);
    reader->json.at = scan.at;
    trace->rows.n_read += *n;
    trace->rows.n_used += *n;
    return st;
}

/** Between two rows: get more of the document while there is less of it than \p n_wanted. False: there is
 * more, but it cannot be had. */
static bool have(struct reader *reader, size_t n_wanted)
{
    struct ovf_json *json = &reader->json;
    while (reader->source != NULL && (size_t)(json->end - json->at) < n_wanted) {
        size_t before = (size_t)(json->at - json->begin);
        struct ovf_bytes window = {json->begin, (size_t)(json->end - json->begin)};
        bool is_last;
        before = before < BEFORE_CURSOR ? before : BEFORE_CURSOR;
        if (!reader->source->more(reader->source->context, before + (size_t)(json->end - json->at),
                                  &window, &is_last))
            return false;
        json->begin = window.data;
        json->at = window.data + before;
        json->end = window.data + window.len;
        reader->source = is_last ? NULL : reader->source;
    }
    return true;
}

/** The rows, behind their opening bracket. A status other than OVF_OK is no trouble of the JSON. */
static enum ovf_status read_rows(struct reader *reader)
{
    struct ovf_trace *trace = reader->trace;
    struct ovf_trace_hold hold = {0};
    struct ovf_scan_like like;
    struct ovf_trace_row row;
    const bool scans = reader->way != WAY_NONE && ovf_scan_can();
    like.is_kept = false;
    bool scanned = false; /* and stopped before this row */
    while (have(reader, ROW_ROOM) && ovf_json_item(&reader->json)) {
        const unsigned char *const begin = reader->json.at;
        if (scans && !scanned && trace->rows.n_read < OVF_TRACE_MAX_ROWS) {
            size_t n;
            const enum ovf_status st = scan_rows(reader, &hold, &like, &n);
            if (st != OVF_OK)
                return st;
            scanned = n > 0;
            if (scanned)
                continue;
        }
        scanned = false;
        reader->json.had_bad_text = false;
        if (trace->rows.n_read >= OVF_TRACE_MAX_ROWS) {
            (void)ovf_json_skip(&reader->json); /* its trouble ends the loop */
            reject_row(reader, OVF_REJECT_TOO_MANY_ROWS, begin);
            continue;
        }
        if (!ovf_trace_row_read(&reader->json, &row))
            break;
        struct ovf_fix fix;
        row.has_bad_text = reader->json.had_bad_text;
        const enum ovf_reject reason = ovf_trace_row_fix(&row, trace->base_t_ns, &hold, &fix);
        if (reason != OVF_REJECT_N) {
            reject_row(reader, reason, begin);
            continue;
        }
        fix.record = (struct ovf_record){reader->item, (uint32_t)trace->rows.n_read};
        const enum ovf_status st = ovf_fixes_push(&trace->fixes, &fix);
        if (st != OVF_OK)
            return st;
        ovf_tally_use(&trace->rows);
    }
    (void)have(reader, SIZE_MAX); /* what stands behind the rows; when it is long, source stays */
    return OVF_OK;
}

/** The value of "trace", whose bracket was read. */
static enum ovf_status take_rows(struct reader *reader)
{
    enum ovf_status st = OVF_OK;
    reader->json.skips_bad_text = true;
    reader->rows_wait = !reader->has_base_time;
    reader->rows_at = reader->json;
    if (reader->has_base_time)
        st = read_rows(reader);
    else
        (void)ovf_json_leave(&reader->json); /* its trouble is found by the caller */
    reader->json.skips_bad_text = false;
    return st;
}

static void take_timestamp(struct reader *reader, const struct ovf_json_value *value)
{
    /* Seconds that do not fit are milliseconds: the year is above 2262 otherwise. */
    int64_t t_ns;
    const bool good = value->kind == OVF_JSON_NUMBER &&
                      (ovf_number_parse_scaled(value->text, 9, &t_ns) ||
                       ovf_number_parse_scaled(value->text, 6, &t_ns)) &&
                      ovf_read_time_in_range(t_ns);
    if (!good) {
        note_fault(reader, OVF_REJECT_BAD_BASE_TIME);
        return;
    }
    reader->trace->base_t_ns = t_ns;
    reader->has_base_time = true;
}

/** A string that is kept, decoded; false when the value is none or has a NUL inside. */
static bool take_string(struct reader *reader, const struct ovf_json_value *value,
                        char room[OVF_JSON_MAX_STRING_BYTES], struct ovf_bytes *text)
{
    size_t len;
    if (value->kind != OVF_JSON_STRING ||
        !ovf_json_decode(value, room, OVF_JSON_MAX_STRING_BYTES, &len))
        return false;
    if (memchr(room, '\0', len) != NULL) {
        note_fault(reader, OVF_REJECT_BAD_TEXT);
        return false;
    }
    *text = (struct ovf_bytes){(const unsigned char *)room, len};
    return true;
}

static void take_db_flags(struct ovf_identity *identity, const struct ovf_json_value *value)
{
    int64_t flags;
    if (value->kind != OVF_JSON_NUMBER || !ovf_number_parse_int(value->text, &flags) || flags < 0 ||
        flags > UINT32_MAX)
        return;
    identity->db_flags = (uint32_t)flags;
    identity->has_db_flags = true;
}

static void take_header(struct reader *reader, enum key key, const struct ovf_json_value *value)
{
    struct ovf_identity *identity = &reader->trace->identity;
    char room[OVF_JSON_MAX_STRING_BYTES];
    struct ovf_bytes text;
    if (key == KEY_TIMESTAMP) {
        take_timestamp(reader, value);
    } else if (key == KEY_DB_FLAGS) {
        take_db_flags(identity, value);
    } else if (!take_string(reader, value, room, &text)) {
        if (key == KEY_ICAO)
            note_fault(reader, OVF_REJECT_BAD_ADDRESS);
    } else if (key == KEY_ICAO) {
        if (!ovf_address_parse(text, &reader->trace->address))
            note_fault(reader, OVF_REJECT_BAD_ADDRESS);
    } else if (key == KEY_R) {
        ovf_identity_set_registration(identity, text);
    } else if (key == KEY_T) {
        ovf_identity_set_type_code(identity, text);
    } else if (key == KEY_DESC) {
        ovf_identity_set_description(identity, text);
    } else {
        ovf_identity_set_owner_operator(identity, text);
    }
}

static enum key find_key(const struct ovf_json_value *name)
{
    static const struct ovf_json_name names[N_KEYS] = {
        [KEY_ICAO] = OVF_JSON_NAME("icao"),    [KEY_TIMESTAMP] = OVF_JSON_NAME("timestamp"),
        [KEY_TRACE] = OVF_JSON_NAME("trace"),  [KEY_R] = OVF_JSON_NAME("r"),
        [KEY_T] = OVF_JSON_NAME("t"),          [KEY_DESC] = OVF_JSON_NAME("desc"),
        [KEY_OWN_OP] = OVF_JSON_NAME("ownOp"), [KEY_DB_FLAGS] = OVF_JSON_NAME("dbFlags"),
    };
    return (enum key)ovf_json_find(name, names, N_KEYS);
}

/** One key's value. Trouble of the JSON is left in the cursor. */
static enum ovf_status take_value(struct reader *reader, enum key key)
{
    struct ovf_json_value value;
    if (key < N_KEYS && (reader->seen & 1u << key) != 0) {
        note_fault(reader, OVF_REJECT_DUPLICATE_KEY);
        key = N_KEYS;
    }
    reader->seen |= 1u << key;
    if (!ovf_json_read(&reader->json, &value))
        return OVF_OK;
    if (key == KEY_TRACE && value.kind == OVF_JSON_ARRAY)
        return take_rows(reader);
    if (value.kind == OVF_JSON_ARRAY || value.kind == OVF_JSON_OBJECT)
        (void)ovf_json_leave(&reader->json);
    if (key == KEY_TRACE)
        note_fault(reader, OVF_REJECT_NOT_A_TRACE);
    else if (key < N_KEYS)
        take_header(reader, key, &value);
    return OVF_OK;
}

/** The whole document, but for rows that wait. */
static enum ovf_status read_document(struct reader *reader)
{
    struct ovf_json_value value;
    struct ovf_json_value name;
    if (!ovf_json_read(&reader->json, &value))
        return OVF_OK;
    if (value.kind != OVF_JSON_OBJECT) {
        if (value.kind == OVF_JSON_ARRAY)
            (void)ovf_json_leave(&reader->json);
        note_fault(reader, OVF_REJECT_NOT_A_TRACE);
    } else {
        while (ovf_json_key(&reader->json, &name)) {
            const enum ovf_status st = take_value(reader, find_key(&name));
            if (st != OVF_OK)
                return st;
        }
    }
    (void)ovf_json_finish(&reader->json);
    return OVF_OK;
}

/** Why the document that was read is no trace after all; reader->fault is set. */
static void check_complete(struct reader *reader)
{
    if ((reader->seen & 1u << KEY_TRACE) == 0 || (reader->seen & 1u << KEY_ICAO) == 0)
        note_fault(reader, OVF_REJECT_NOT_A_TRACE);
    else if ((reader->seen & 1u << KEY_TIMESTAMP) == 0)
        note_fault(reader, OVF_REJECT_BAD_BASE_TIME);
}

static bool is_blank(struct ovf_bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr(" \t\r\n", text.data[i]) == NULL || text.data[i] == '\0')
            return false;
    }
    return true;
}

static void clear(struct ovf_trace *trace)
{
    const struct ovf_fixes room = {trace->fixes.items, 0, trace->fixes.capacity};
    *trace = (struct ovf_trace){.fixes = room};
}

void ovf_trace_deinit(struct ovf_trace *trace)
{
    ovf_fixes_deinit(&trace->fixes);
    *trace = (struct ovf_trace){0};
}

enum ovf_status ovf_trace_read_source(const struct ovf_trace_source *source, uint32_t item,
                                      struct ovf_trace *trace, bool *gave_up, struct ovf_error *err)
{
    struct reader reader = {.source = source, .trace = trace, .item = item, .fault = OVF_REJECT_N};
    enum ovf_status st = OVF_OK;
    clear(trace);
    ovf_json_init(&reader.json, (struct ovf_bytes){NULL, 0});
    if (have(&reader, ROW_ROOM))
        st = read_document(&reader);
    if (st == OVF_OK)
        check_complete(&reader);
    *gave_up = st == OVF_OK && (reader.source != NULL || !ovf_json_ok(&reader.json) ||
                                reader.fault != OVF_REJECT_N || reader.rows_wait);
    if (st != OVF_OK || *gave_up)
        clear(trace);
    return st == OVF_OK ? OVF_OK : ovf_error_set(err, st, "out of memory for the rows of a trace");
}

static enum ovf_status read_trace(struct ovf_bytes json, uint32_t item, enum way way,
                                  struct ovf_trace *trace, enum ovf_reject *reject,
                                  struct ovf_error *err)
{
    struct reader reader = {.trace = trace, .item = item, .way = way, .fault = OVF_REJECT_N};
    clear(trace);
    ovf_json_init(&reader.json, json);
    enum ovf_status st = read_document(&reader);
    if (st == OVF_OK && ovf_json_ok(&reader.json)) {
        check_complete(&reader);
        if (reader.fault == OVF_REJECT_N && reader.rows_wait) {
            reader.json = reader.rows_at;
            st = read_rows(&reader);
        }
    }
    if (st != OVF_OK) {
        clear(trace);
        return ovf_error_set(err, st, "out of memory for the rows of a trace");
    }
    enum ovf_reject why = reader.fault;
    size_t at = reader.fault_at;
    if (!ovf_json_ok(&reader.json)) {
        why = is_blank(json) ? OVF_REJECT_EMPTY : reader.json.trouble;
        at = ovf_json_offset(&reader.json);
    }
    if (why != OVF_REJECT_N) {
        clear(trace);
        (void)ovf_error_set(err, OVF_OK, "%s, at byte %zu", ovf_reject_words(why), at);
    }
    *reject = why;
    return OVF_OK;
}

enum ovf_status ovf_trace_read(struct ovf_bytes json, uint32_t item, struct ovf_trace *trace,
                               enum ovf_reject *reject, struct ovf_error *err)
{
    return read_trace(json, item, WAY_BEST, trace, reject, err);
}

enum ovf_status ovf_trace_read_narrow(struct ovf_bytes json, uint32_t item, struct ovf_trace *trace,
                                      enum ovf_reject *reject, struct ovf_error *err)
{
    return read_trace(json, item, WAY_NARROW, trace, reject, err);
}

enum ovf_status ovf_trace_read_plain(struct ovf_bytes json, uint32_t item, struct ovf_trace *trace,
                                     enum ovf_reject *reject, struct ovf_error *err)
{
    return read_trace(json, item, WAY_NONE, trace, reject, err);
}
