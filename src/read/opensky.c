/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSky's JSON in pieces: bytes to documents, by counting brackets outside of strings; documents to
 * rows, in two turns of the cursor: the first only looks, so that no row of a broken document goes
 * out. */
#include "read/opensky.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "read/json.h"
#include "read/opensky_seen.h"
#include "read/opensky_state.h"

struct ovf_opensky {
    uint32_t item;
    size_t max_document_bytes;
    ovf_opensky_row_fn *row;
    void *context;
    struct ovf_opensky_seen seen;
    struct ovf_tally rows;
    uint64_t n_states; /* rows as written, good or not: what records count */

    /* the document being gathered */
    struct ovf_buffer document;
    uint64_t begin; /* its first byte in the file */
    uint64_t n_bytes;
    uint64_t depth;
    bool is_open;   /* something other than white space was seen */
    bool is_object; /* its outermost bracket is a brace */
    bool in_string;
    bool is_escaped;
    bool at_line_start;
    bool is_too_large; /* the rest is only looked through */

    uint64_t n_good;
    enum ovf_reject first_reject; /* of a document; OVF_REJECT_N: none */
    struct ovf_error first_error;
};

enum ovf_status ovf_opensky_new(uint32_t item, size_t max_document_bytes, ovf_opensky_row_fn *row,
                                void *context, struct ovf_opensky **out)
{
    struct ovf_opensky *o = calloc(1, sizeof *o);
    if (o == NULL)
        return OVF_E_NOMEM;
    o->item = item;
    o->max_document_bytes = max_document_bytes;
    o->row = row;
    o->context = context;
    o->first_reject = OVF_REJECT_N;
    *out = o;
    return OVF_OK;
}

void ovf_opensky_free(struct ovf_opensky *opensky)
{
    if (opensky == NULL)
        return;
    ovf_opensky_seen_deinit(&opensky->seen);
    ovf_buffer_deinit(&opensky->document);
    free(opensky);
}

const struct ovf_tally *ovf_opensky_rows(const struct ovf_opensky *opensky)
{
    return &opensky->rows;
}

static void reject_document(struct ovf_opensky *o, enum ovf_reject reason, uint64_t at)
{
    ovf_tally_reject(&o->rows, reason);
    if (o->first_reject != OVF_REJECT_N)
        return;
    o->first_reject = reason;
    (void)ovf_error_set(&o->first_error, OVF_E_FORMAT, "byte %" PRIu64 ": %s", at,
                        ovf_reject_words(reason));
}

/* ---- a document ---- */

/** One turn over a document. */
struct turn {
    struct ovf_opensky *opensky;
    struct ovf_json json;
    bool only_looks;
    bool is_states; /* no part of it is something else */
    enum ovf_status status;
};

/** The values of a state vector whose opening bracket was read. \return how many there are */
static size_t read_values(struct ovf_json *json,
                          struct ovf_json_value values[OVF_OPENSKY_STATE_VALUES])
{
    size_t n = 0;
    while (ovf_json_item(json)) {
        if (n >= OVF_OPENSKY_STATE_VALUES) {
            (void)ovf_json_skip(json);
        } else if (ovf_json_read(json, &values[n]) &&
                   (values[n].kind == OVF_JSON_ARRAY || values[n].kind == OVF_JSON_OBJECT)) {
            (void)ovf_json_leave(json);
        }
        n++;
    }
    return n;
}

static enum ovf_status take_state(struct ovf_opensky *o, const struct ovf_json_value *values,
                                  size_t n_values)
{
    struct ovf_fix fix;
    uint32_t address;
    bool repeated = false;
    const uint64_t number = o->n_states++;
    enum ovf_reject reason = ovf_opensky_state_read(values, n_values, &address, &fix);
    if (reason == OVF_REJECT_N && number > UINT32_MAX)
        reason = OVF_REJECT_TOO_MANY_ROWS;
    if (reason != OVF_REJECT_N) {
        ovf_tally_reject(&o->rows, reason);
        return OVF_OK;
    }
    const enum ovf_status st = ovf_opensky_seen_note(&o->seen, address, fix.t_ns, &repeated);
    if (st != OVF_OK)
        return st;
    if (repeated) {
        o->rows.n_read++;
        o->rows.n_repeated++;
        return OVF_OK;
    }
    fix.record = (struct ovf_record){o->item, (uint32_t)number};
    ovf_tally_use(&o->rows);
    return o->row(o->context, address, &fix, NULL);
}

/** A state vector, of which \p value was read. */
static void walk_state(struct turn *turn, const struct ovf_json_value *value)
{
    struct ovf_json_value values[OVF_OPENSKY_STATE_VALUES];
    if (value->kind != OVF_JSON_ARRAY) {
        turn->is_states = false;
        return;
    }
    if (turn->only_looks) {
        (void)ovf_json_leave(&turn->json);
        return;
    }
    const size_t n = read_values(&turn->json, values);
    if (turn->status == OVF_OK)
        turn->status = take_state(turn->opensky, values, n);
}

/** The value of "states". */
static void walk_states(struct turn *turn)
{
    struct ovf_json_value value;
    if (!ovf_json_read(&turn->json, &value) || value.kind == OVF_JSON_NULL)
        return;
    if (value.kind != OVF_JSON_ARRAY) {
        turn->is_states = false;
        return;
    }
    while (turn->is_states && turn->status == OVF_OK && ovf_json_item(&turn->json)) {
        if (ovf_json_read(&turn->json, &value))
            walk_state(turn, &value);
    }
}

/** A snapshot, whose opening brace was read. */
static void walk_snapshot(struct turn *turn)
{
    struct ovf_json_value key;
    int n_states = 0;
    while (turn->is_states && turn->status == OVF_OK && ovf_json_key(&turn->json, &key)) {
        if (!ovf_json_equals(&key, "states"))
            (void)ovf_json_skip(&turn->json);
        else if (n_states++ == 0)
            walk_states(turn);
        else
            turn->is_states = false; /* which of the two is meant? */
    }
    turn->is_states = turn->is_states && n_states == 1;
}

/** The whole document. After trouble, or when it is something else, the cursor stays there. */
static void walk_document(struct turn *turn)
{
    struct ovf_json_value value;
    if (!ovf_json_read(&turn->json, &value))
        return;
    if (value.kind == OVF_JSON_OBJECT) {
        walk_snapshot(turn);
    } else {
        while (turn->is_states && turn->status == OVF_OK && ovf_json_item(&turn->json)) {
            if (!ovf_json_read(&turn->json, &value))
                break;
            if (value.kind == OVF_JSON_OBJECT)
                walk_snapshot(turn);
            else
                walk_state(turn, &value);
        }
    }
    if (turn->is_states && turn->status == OVF_OK && ovf_json_ok(&turn->json))
        (void)ovf_json_finish(&turn->json);
}

static struct turn make_turn(struct ovf_opensky *o, bool only_looks)
{
    struct turn turn = {
        .opensky = o, .only_looks = only_looks, .is_states = true, .status = OVF_OK};
    ovf_json_init(&turn.json, ovf_buffer_bytes(&o->document));
    walk_document(&turn);
    return turn;
}

static enum ovf_status take_document(struct ovf_opensky *o)
{
    const struct turn look = make_turn(o, true);
    if (!ovf_json_ok(&look.json)) {
        reject_document(o, look.json.trouble, o->begin + ovf_json_offset(&look.json));
        return OVF_OK;
    }
    if (!look.is_states) {
        reject_document(o, OVF_REJECT_NOT_STATES, o->begin + ovf_json_offset(&look.json));
        return OVF_OK;
    }
    o->n_good++;
    return make_turn(o, false).status;
}

/* ---- bytes to documents ---- */

enum border { BORDER_NONE, BORDER_BEFORE, BORDER_BEHIND };

static bool is_blank(unsigned char c)
{
    /* with the bytes of a byte order mark, and the record separator of RFC 7464 */
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0x1E || c == 0xEF || c == 0xBB ||
           c == 0xBF;
}

/** A byte inside of brackets. */
static enum border step_inside(struct ovf_opensky *o, unsigned char c)
{
    if (o->in_string) {
        o->in_string = c != '"' || o->is_escaped;
        o->is_escaped = c == '\\' && !o->is_escaped;
    } else if (c == '"') {
        o->in_string = true;
        o->is_escaped = false;
    } else if (c == '{' || c == '[') {
        o->depth++;
    } else if (c == '}' || c == ']') {
        o->depth--;
        return o->depth == 0 ? BORDER_BEHIND : BORDER_NONE;
    }
    return BORDER_NONE;
}

/** The next byte: whether a document ends before or behind it. What stands between documents and is no
 * JSON is a document of its own, up to the line's end. */
static enum border step(struct ovf_opensky *o, unsigned char c)
{
    const bool is_first_of_line = o->at_line_start;
    o->at_line_start = c == '\n' || c == '\r';
    if (o->depth > 0)
        return c == '{' && is_first_of_line && o->is_object ? BORDER_BEFORE : step_inside(o, c);
    if (o->is_open)
        return o->at_line_start ? BORDER_BEHIND : BORDER_NONE;
    if (is_blank(c))
        return BORDER_NONE;
    o->is_open = true;
    o->is_object = c == '{';
    o->depth = c == '{' || c == '[' ? 1 : 0;
    return BORDER_NONE;
}

static enum ovf_status keep(struct ovf_opensky *o, struct ovf_bytes bytes, struct ovf_error *err)
{
    o->n_bytes += bytes.len;
    if (o->is_too_large || bytes.len == 0)
        return OVF_OK;
    if (bytes.len > o->max_document_bytes - o->document.len) {
        o->is_too_large = true;
        ovf_buffer_deinit(&o->document);
        return OVF_OK;
    }
    const enum ovf_status st = ovf_buffer_append(&o->document, bytes.data, bytes.len);
    return st == OVF_OK ? st : ovf_error_set(err, st, "out of memory for a snapshot");
}

/** What was gathered is over; \p is_whole: its brackets are closed. */
static enum ovf_status end_document(struct ovf_opensky *o, bool is_whole)
{
    enum ovf_status st = OVF_OK;
    if (!o->is_open) {
        /* white space */
    } else if (o->is_too_large) {
        reject_document(o, OVF_REJECT_TOO_LARGE, o->begin);
    } else if (is_whole || o->depth == 0) {
        st = take_document(o);
    } else {
        reject_document(o, OVF_REJECT_JSON_TRUNCATED, o->begin + o->n_bytes);
    }
    o->begin += o->n_bytes;
    o->n_bytes = 0;
    o->document.len = 0;
    o->depth = 0;
    o->is_open = false;
    o->in_string = false;
    o->is_escaped = false;
    o->is_too_large = false;
    return st;
}

enum ovf_status ovf_opensky_feed(struct ovf_opensky *opensky, struct ovf_bytes bytes,
                                 struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    size_t kept = 0; /* bytes before this one are in the document */
    for (size_t i = 0; i < bytes.len && st == OVF_OK; i++) {
        const bool was_open = opensky->is_open;
        const enum border border = step(opensky, bytes.data[i]);
        if (!was_open && !opensky->is_open) { /* white space before a document */
            opensky->begin++;
            kept = i + 1;
        }
        if (border == BORDER_NONE)
            continue;
        const size_t end = i + (border == BORDER_BEHIND ? 1 : 0);
        st = keep(opensky, (struct ovf_bytes){bytes.data + kept, end - kept}, err);
        if (st == OVF_OK)
            st = end_document(opensky, border == BORDER_BEHIND);
        kept = end;
        if (border == BORDER_BEFORE)
            (void)step(opensky, bytes.data[i]); /* opens the next */
    }
    return st == OVF_OK && opensky->is_open
               ? keep(opensky, (struct ovf_bytes){bytes.data + kept, bytes.len - kept}, err)
               : st;
}

enum ovf_status ovf_opensky_finish(struct ovf_opensky *opensky, enum ovf_reject *reject,
                                   struct ovf_error *err)
{
    const enum ovf_status st = end_document(opensky, false);
    if (st != OVF_OK || opensky->n_good > 0)
        return st;
    *reject = opensky->first_reject != OVF_REJECT_N ? opensky->first_reject : OVF_REJECT_EMPTY;
    return ovf_error_set(err, OVF_E_FORMAT, "%s",
                         opensky->first_reject != OVF_REJECT_N ? opensky->first_error.text
                                                               : ovf_reject_words(*reject));
}
