/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSky's JSON in pieces: documents to rows, in two turns of the cursor: the first only looks, so that no row of a
 * broken document goes out. */
#include "read/opensky.h"

#include <inttypes.h>
#include <stdlib.h>

#include "read/documents.h"
#include "read/json.h"
#include "read/opensky_seen.h"
#include "read/opensky_state.h"

struct ovf_opensky {
    uint32_t item;
    ovf_opensky_row_fn *row;
    void *context;
    struct ovf_opensky_seen seen;
    struct ovf_documents documents;
    struct ovf_tally rows;
    uint64_t n_states; /* rows as written, good or not: what records count */
    uint64_t n_good;
    enum ovf_reject first_reject; /* of a document; OVF_REJECT_N: none */
    struct ovf_error first_error;
};

static ovf_document_fn take_document;

enum ovf_status ovf_opensky_new(uint32_t item, size_t max_document_bytes, ovf_opensky_row_fn *row,
                                void *context, struct ovf_opensky **out)
{
    struct ovf_opensky *o = calloc(1, sizeof *o);
    if (o == NULL)
        return OVF_E_NOMEM;
    o->item = item;
    /* no snapshot holds an object of its own: a line that begins with a brace begins another */
    o->documents = (struct ovf_documents){.max_bytes = max_document_bytes,
                                          .line_depth = UINT64_MAX,
                                          .take = take_document,
                                          .context = o};
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
    ovf_documents_deinit(&opensky->documents);
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

static struct turn make_turn(struct ovf_opensky *o, struct ovf_bytes document, bool only_looks)
{
    struct turn turn = {
        .opensky = o, .only_looks = only_looks, .is_states = true, .status = OVF_OK};
    ovf_json_init(&turn.json, document);
    walk_document(&turn);
    return turn;
}

static enum ovf_status take_document(void *context, struct ovf_bytes bytes, uint64_t begin,
                                     uint64_t end, enum ovf_reject reject)
{
    struct ovf_opensky *o = context;
    if (reject != OVF_REJECT_N) {
        reject_document(o, reject, reject == OVF_REJECT_TOO_LARGE ? begin : end);
        return OVF_OK;
    }
    const struct turn look = make_turn(o, bytes, true);
    if (!ovf_json_ok(&look.json)) {
        reject_document(o, look.json.trouble, begin + ovf_json_offset(&look.json));
        return OVF_OK;
    }
    if (!look.is_states) {
        reject_document(o, OVF_REJECT_NOT_STATES, begin + ovf_json_offset(&look.json));
        return OVF_OK;
    }
    o->n_good++;
    return make_turn(o, bytes, false).status;
}

enum ovf_status ovf_opensky_feed(struct ovf_opensky *opensky, struct ovf_bytes bytes,
                                 struct ovf_error *err)
{
    return ovf_documents_feed(&opensky->documents, bytes, err);
}

enum ovf_status ovf_opensky_finish(struct ovf_opensky *opensky, enum ovf_reject *reject,
                                   struct ovf_error *err)
{
    const enum ovf_status st = ovf_documents_finish(&opensky->documents);
    if (st != OVF_OK || opensky->n_good > 0)
        return st;
    *reject = opensky->first_reject != OVF_REJECT_N ? opensky->first_reject : OVF_REJECT_EMPTY;
    return ovf_error_set(err, OVF_E_FORMAT, "%s",
                         opensky->first_reject != OVF_REJECT_N ? opensky->first_error.text
                                                               : ovf_reject_words(*reject));
}
