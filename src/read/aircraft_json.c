/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of aircraft: documents to rows, in two turns of the cursor: the first only looks, so that no row of a broken
 * document goes out, and finds "now", which may stand behind the list. */
#include "read/aircraft_json.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/time.h"
#include "decode/aircraft.h"
#include "decode/decoder.h"
#include "read/aircraft_row.h"
#include "read/away.h"
#include "read/documents.h"
#include "read/field.h"

/* Positions of one aircraft that are the same and no further apart in time are one: seen_pos is rounded to 0.1 s by
 * some. */
#define SAME_NS (OVF_NS_PER_S / 2)

struct ovf_aircraft_json {
    uint32_t item;
    ovf_aircraft_json_row_fn *row;
    void *context;
    struct ovf_documents documents;
    struct ovf_aircraft_table *table; /* of the last positions */
    struct ovf_away away;
    struct ovf_tally rows;
    char first_rejected[OVF_READ_FAULT_SIZE];
    uint64_t n_aircraft; /* as written, good or not: what records count */
    uint64_t n_good;
    bool has_now;                 /* a document said when it was */
    const int64_t *now_ns;        /* while feeding */
    enum ovf_reject first_reject; /* of a document; OVF_REJECT_N: none */
    struct ovf_error first_error;
};

static ovf_document_fn take_document;

enum ovf_status ovf_aircraft_json_new(uint32_t item, size_t max_document_bytes,
                                      ovf_aircraft_json_row_fn *row, void *context,
                                      struct ovf_aircraft_json **out)
{
    struct ovf_aircraft_json *r = calloc(1, sizeof *r);
    if (r == NULL)
        return OVF_E_NOMEM;
    if (ovf_aircraft_table_new(OVF_DECODER_MAX_AIRCRAFT, &r->table) != OVF_OK) {
        free(r);
        return OVF_E_NOMEM;
    }
    r->item = item;
    r->row = row;
    r->context = context;
    r->first_reject = OVF_REJECT_N;
    /* aircraft stand inside of a second bracket; a line that begins with a brace inside of one only is another's */
    r->documents = (struct ovf_documents){.max_bytes = max_document_bytes,
                                          .allows_commas = true,
                                          .line_depth = 1,
                                          .take = take_document,
                                          .context = r};
    *out = r;
    return OVF_OK;
}

void ovf_aircraft_json_free(struct ovf_aircraft_json *reader)
{
    if (reader == NULL)
        return;
    ovf_documents_deinit(&reader->documents);
    ovf_aircraft_table_free(reader->table);
    free(reader);
}

const struct ovf_tally *ovf_aircraft_json_rows(const struct ovf_aircraft_json *reader)
{
    return &reader->rows;
}

const char *ovf_aircraft_json_first_rejected(const struct ovf_aircraft_json *reader)
{
    return reader->first_rejected;
}

static void reject_document(struct ovf_aircraft_json *r, enum ovf_reject reason, uint64_t at)
{
    ovf_tally_reject(&r->rows, reason);
    if (r->first_reject != OVF_REJECT_N)
        return;
    r->first_reject = reason;
    (void)ovf_error_set(&r->first_error, OVF_E_FORMAT, "byte %" PRIu64 ": %s", at,
                        ovf_reject_words(reason));
}

/* ---- rows ---- */

/** Whether the position is the last one again; noted when it is not. An aircraft is there while it is listed, however
 * old its position. */
static enum ovf_status note_position(struct ovf_aircraft_json *r, uint32_t address, int64_t now_ns,
                                     const struct ovf_fix *fix, bool *repeated)
{
    ovf_away_line(&r->away, r->table, now_ns);
    struct ovf_aircraft *aircraft = ovf_aircraft_hear(r->table, address);
    if (aircraft == NULL)
        return OVF_E_NOMEM;
    aircraft->vouched_ns = now_ns;
    struct ovf_place *const last = &aircraft->place;
    const int64_t apart_ns =
        fix->t_ns > last->t_ns ? fix->t_ns - last->t_ns : last->t_ns - fix->t_ns;
    *repeated = last->has && apart_ns <= SAME_NS && ovf_point_equal(last->at, fix->at);
    if (!*repeated) {
        last->has = true;
        last->at = fix->at;
        last->t_ns = fix->t_ns;
    }
    return OVF_OK;
}

/** The time of the position, from the document's or the line's own. */
static enum ovf_reject date_row(struct ovf_aircraft_row *row, const int64_t *now_ns)
{
    if (row->fault != OVF_REJECT_N)
        return row->fault;
    if (now_ns == NULL || !row->has_seen_pos)
        return OVF_REJECT_BAD_TIME;
    row->fix.t_ns = *now_ns - row->seen_pos_ns;
    return ovf_read_time_in_range(row->fix.t_ns) ? OVF_REJECT_N : OVF_REJECT_BAD_TIME;
}

static enum ovf_status take_row(struct ovf_aircraft_json *r, struct ovf_aircraft_row *row,
                                const int64_t *now_ns)
{
    const uint64_t number = r->n_aircraft++;
    const int64_t *const own_ns = row->has_now ? &row->now_ns : now_ns;
    bool repeated = false;
    if (row->fault == OVF_REJECT_N && !row->has_position)
        return OVF_OK;
    enum ovf_reject reason = date_row(row, own_ns);
    if (reason == OVF_REJECT_N && number > UINT32_MAX)
        reason = OVF_REJECT_TOO_MANY_ROWS;
    if (reason != OVF_REJECT_N) {
        ovf_read_fault_note(r->first_rejected, number, NULL, NULL, 0, reason);
        ovf_tally_reject(&r->rows, reason);
        return OVF_OK;
    }
    const enum ovf_status st = note_position(r, row->address, *own_ns, &row->fix, &repeated);
    if (st != OVF_OK)
        return st;
    if (repeated) {
        r->rows.n_read++;
        r->rows.n_repeated++;
        return OVF_OK;
    }
    row->fix.record = (struct ovf_record){r->item, (uint32_t)number};
    ovf_tally_use(&r->rows);
    return r->row(r->context, row->address, &row->fix, row->has_identity ? &row->identity : NULL);
}

/* ---- a document ---- */

/** What the first turn finds. */
struct look {
    bool is_list;    /* it holds one of aircraft */
    bool is_one;     /* it is an aircraft itself */
    bool is_unclear; /* a list or a "now" stands twice, or is none */
    bool has_now;
    int64_t now_ns;
};

static bool is_list_key(const struct ovf_json_value *key)
{
    return ovf_json_equals(key, "aircraft") || ovf_json_equals(key, "ac");
}

static void look_at_key(struct ovf_json *json, const struct ovf_json_value *key, struct look *look)
{
    struct ovf_json_value value;
    if (!ovf_json_read(json, &value))
        return;
    const bool is_array = value.kind == OVF_JSON_ARRAY;
    if ((is_array || value.kind == OVF_JSON_OBJECT) && !ovf_json_leave(json))
        return;
    if (is_list_key(key)) {
        look->is_unclear = look->is_unclear || look->is_list || !is_array;
        look->is_list = true;
    } else if (ovf_json_equals(key, "now")) {
        look->is_unclear = look->is_unclear || look->has_now;
        look->has_now = ovf_aircraft_now_parse(&value, &look->now_ns);
    } else if (ovf_json_equals(key, "hex")) {
        look->is_one = true;
    }
}

/** The whole document; the cursor says whether it is good JSON. */
static struct look look_at(struct ovf_json *json)
{
    struct look look = {.is_list = false};
    struct ovf_json_value value;
    if (!ovf_json_read(json, &value))
        return look;
    if (value.kind != OVF_JSON_OBJECT) {
        if (value.kind == OVF_JSON_ARRAY)
            (void)ovf_json_leave(json);
    } else {
        while (ovf_json_key(json, &value))
            look_at_key(json, &value, &look);
    }
    if (ovf_json_ok(json))
        (void)ovf_json_finish(json);
    return look;
}

/** The items of a list whose bracket was read; what is no object is rejected. */
static enum ovf_status walk_list(struct ovf_aircraft_json *r, struct ovf_json *json,
                                 const int64_t *now_ns)
{
    struct ovf_json_value value;
    enum ovf_status st = OVF_OK;
    while (st == OVF_OK && ovf_json_item(json) && ovf_json_read(json, &value)) {
        struct ovf_aircraft_row row = {.fault = OVF_REJECT_WRONG_TYPE};
        if (value.kind == OVF_JSON_OBJECT)
            (void)ovf_aircraft_row_read(json, &row);
        else if (value.kind == OVF_JSON_ARRAY)
            (void)ovf_json_leave(json);
        st = take_row(r, &row, now_ns);
    }
    return st;
}

/** The second turn, over a document that is good. */
static enum ovf_status walk(struct ovf_aircraft_json *r, struct ovf_bytes bytes,
                            const struct look *look)
{
    struct ovf_json json;
    struct ovf_json_value value;
    struct ovf_aircraft_row row;
    enum ovf_status st = OVF_OK;
    ovf_json_init(&json, bytes);
    (void)ovf_json_read(&json, &value);
    if (!look->is_list)
        return ovf_aircraft_row_read(&json, &row) ? take_row(r, &row, r->now_ns) : OVF_OK;
    while (st == OVF_OK && ovf_json_key(&json, &value)) {
        if (!is_list_key(&value))
            (void)ovf_json_skip(&json);
        else if (ovf_json_read(&json, &value))
            st = walk_list(r, &json, look->has_now ? &look->now_ns : NULL);
    }
    return st;
}

static enum ovf_status take_document(void *context, struct ovf_bytes bytes, uint64_t begin,
                                     uint64_t end, enum ovf_reject reject)
{
    struct ovf_aircraft_json *r = context;
    struct ovf_json json;
    if (reject != OVF_REJECT_N) {
        reject_document(r, reject, reject == OVF_REJECT_TOO_LARGE ? begin : end);
        return OVF_OK;
    }
    ovf_json_init(&json, bytes);
    const struct look look = look_at(&json);
    if (!ovf_json_ok(&json)) {
        reject_document(r, json.trouble, begin + ovf_json_offset(&json));
        return OVF_OK;
    }
    if (look.is_unclear || (!look.is_list && !look.is_one)) {
        reject_document(r, OVF_REJECT_NOT_AIRCRAFT, begin);
        return OVF_OK;
    }
    if (look.is_list && !look.has_now) {
        reject_document(r, OVF_REJECT_BAD_BASE_TIME, begin);
        return OVF_OK;
    }
    r->n_good++;
    r->has_now = r->has_now || look.has_now || r->now_ns != NULL;
    return walk(r, bytes, &look);
}

enum ovf_status ovf_aircraft_json_feed(struct ovf_aircraft_json *reader, struct ovf_bytes bytes,
                                       const int64_t *now_ns, struct ovf_error *err)
{
    reader->now_ns = now_ns;
    return ovf_documents_feed(&reader->documents, bytes, err);
}

enum ovf_status ovf_aircraft_json_finish(struct ovf_aircraft_json *reader, enum ovf_reject *reject,
                                         struct ovf_error *err)
{
    reader->now_ns = NULL;
    const enum ovf_status st = ovf_documents_finish(&reader->documents);
    if (st != OVF_OK)
        return st;
    if (reader->n_good == 0) {
        *reject = reader->first_reject != OVF_REJECT_N ? reader->first_reject : OVF_REJECT_EMPTY;
        return ovf_error_set(err, OVF_E_FORMAT, "%s",
                             reader->first_reject != OVF_REJECT_N ? reader->first_error.text
                                                                  : ovf_reject_words(*reject));
    }
    if (!reader->has_now) {
        *reject = OVF_REJECT_NO_START;
        return ovf_error_set(err, OVF_E_FORMAT,
                             "no line says when it was (\"now\"): positions can only be dated when "
                             "they are read as they come");
    }
    return OVF_OK;
}

size_t ovf_aircraft_json_n_aircraft(const struct ovf_aircraft_json *reader)
{
    return ovf_aircraft_table_n(reader->table);
}

uint64_t ovf_aircraft_json_n_dropped(const struct ovf_aircraft_json *reader)
{
    return ovf_aircraft_table_n_dropped(reader->table);
}
