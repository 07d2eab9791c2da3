/* SPDX-License-Identifier: Apache-2.0 */
/* Carried state as bytes. They come from a file that somebody may have changed: whatever is read is
 * checked before it is used as a length or an index. */
#include "engine/carry.h"

#include <stdlib.h>

#include "base/time.h"
#include "base/varint.h"
#include "track/fix_pack.h"

enum { VERSION = 1 };

/* The least bytes that an item takes: a count that the bytes behind it cannot hold is refused before there
 * is room for it. */
enum {
    WINDOW_BYTES = 2,
    SEEN_BYTES = 1,
    MEMBER_BYTES = 43, /* a digest with its length, and ten numbers and texts */
    FLIGHT_BYTES = 17, /* two texts, two fixes, two ends, two numbers */
    PIECE_BYTES = 5
};

/* 1970 to 2223: sums and differences of such times fit. */
#define MAX_NS (INT64_C(8000000000) * OVF_NS_PER_S)

/* ---- writing: the first failure stays ---- */

struct writer {
    struct ovf_buffer *out;
    enum ovf_status status;
};

static void put(struct writer *w, uint64_t value)
{
    if (w->status == OVF_OK)
        w->status = ovf_varint_append(w->out, value);
}

static void put_signed(struct writer *w, int64_t value)
{
    put(w, ovf_zigzag((uint64_t)value));
}

static void put_bytes(struct writer *w, const void *bytes, size_t len)
{
    put(w, len);
    if (w->status == OVF_OK && len > 0)
        w->status = ovf_buffer_append(w->out, bytes, len);
}

static void put_text(struct writer *w, const char *text)
{
    put_bytes(w, text, strlen(text));
}

static void put_fixes(struct writer *w, const struct ovf_fix *fixes, size_t n)
{
    struct ovf_buffer packed = {0};
    if (w->status == OVF_OK)
        w->status = ovf_fixes_pack(fixes, n, &packed);
    put_bytes(w, packed.data, packed.len);
    ovf_buffer_deinit(&packed);
}

static void put_member(struct writer *w, const struct ovf_track_member *m)
{
    put_text(w, m->name);
    put_bytes(w, m->digest.bytes, sizeof m->digest.bytes);
    put_signed(w, m->from_ns);
    put_signed(w, m->to_ns);
    put(w, m->identity_source);
    put_text(w, m->identity.registration);
    put_text(w, m->identity.type_code);
    put_text(w, m->identity.description);
    put_text(w, m->identity.owner_operator);
    put(w, m->identity.db_flags);
    put(w, m->identity.has_db_flags ? 1 : 0);
}

static void put_endpoint(struct writer *w, const struct ovf_endpoint *e)
{
    put(w, e->kind);
    put(w, e->has_airport ? 1 : 0);
    put(w, e->airport);
    put_text(w, e->country);
}

static void put_states(struct writer *w, const struct ovf_members *states)
{
    put(w, ovf_members_count(states));
    for (uint32_t i = ovf_members_next(states, 0); i < OVF_MEMBERS_MAX;
         i = ovf_members_next(states, i + 1))
        put(w, i);
}

static void put_flight(struct writer *w, const struct ovf_flight *f)
{
    const struct ovf_fix ends[2] = {f->first, f->last};
    put_text(w, f->id);
    put_text(w, f->callsign);
    put_fixes(w, ends, 2);
    put_endpoint(w, &f->from);
    put_endpoint(w, &f->to);
    put_states(w, &f->states);
    put(w, (f->begins_journey ? 1U : 0U) | (f->is_duplicate ? 2U : 0U));
}

static void put_piece(struct writer *w, const struct ovf_carry_piece *p)
{
    put(w,
        (p->known_before ? 1U : 0U) | (p->known_after ? 2U : 0U) | (p->begins_journey ? 4U : 0U));
    put_fixes(w, p->fixes.items, p->fixes.n);
}

enum ovf_status ovf_carry_pack(const struct ovf_carry *carry, struct ovf_buffer *out)
{
    struct writer w = {out, OVF_OK};
    put(&w, VERSION);
    put(&w, carry->n_windows);
    for (size_t i = 0; i < carry->n_windows; i++) {
        put_signed(&w, carry->windows[i].from_ns);
        put_signed(&w, carry->windows[i].to_ns);
    }
    put(&w, carry->n_seen);
    for (size_t i = 0; i < carry->n_seen; i++)
        put(&w, carry->seen[i]);
    put(&w, carry->n_members);
    for (size_t i = 0; i < carry->n_members; i++)
        put_member(&w, &carry->members[i]);
    put(&w, carry->n_flights);
    for (size_t i = 0; i < carry->n_flights; i++)
        put_flight(&w, &carry->flights[i]);
    put(&w, carry->n_pieces);
    for (size_t i = 0; i < carry->n_pieces; i++)
        put_piece(&w, &carry->pieces[i]);
    return w.status;
}

/* ---- reading: the first failure stays ---- */

struct reader {
    struct ovf_bytes rest;
    enum ovf_status status;
    struct ovf_error *err;
};

static void fail(struct reader *r)
{
    if (r->status == OVF_OK)
        r->status = ovf_error_set(r->err, OVF_E_FORMAT, "carried legs are damaged");
}

/** A number not above \p most. */
static uint64_t take(struct reader *r, uint64_t most)
{
    uint64_t value = 0;
    if (r->status == OVF_OK && (!ovf_varint_take(&r->rest, &value) || value > most))
        fail(r);
    return r->status == OVF_OK ? value : 0;
}

static void check_time(struct reader *r, int64_t t_ns)
{
    if (t_ns < 0 || t_ns > MAX_NS)
        fail(r);
}

static int64_t take_time(struct reader *r)
{
    const int64_t t_ns = (int64_t)ovf_unzigzag(take(r, UINT64_MAX));
    check_time(r, t_ns);
    return t_ns;
}

static struct ovf_bytes take_bytes(struct reader *r)
{
    const uint64_t len = take(r, UINT64_MAX);
    struct ovf_bytes bytes = {NULL, 0};
    if (r->status == OVF_OK && !ovf_bytes_slice(r->rest, 0, len, &bytes))
        fail(r);
    r->rest.data += r->status == OVF_OK ? bytes.len : 0;
    r->rest.len -= r->status == OVF_OK ? bytes.len : 0;
    return bytes;
}

/** A text into \p text, which has room for \p size with its NUL. */
static void take_text(struct reader *r, char *text, size_t size)
{
    const struct ovf_bytes bytes = take_bytes(r);
    if (bytes.len >= size || (bytes.len > 0 && memchr(bytes.data, '\0', bytes.len) != NULL))
        fail(r);
    else if (bytes.len > 0)
        memcpy(text, bytes.data, bytes.len);
    text[r->status == OVF_OK ? bytes.len : 0] = '\0';
}

/** How many items follow, each in \p least_bytes or more, and zeroed room for them. */
static void *take_array(struct reader *r, size_t *n, size_t least_bytes, size_t item_size)
{
    *n = (size_t)take(r, r->rest.len / least_bytes);
    void *items = calloc(*n + 1, item_size);
    if (items == NULL) {
        *n = 0;
        r->status = OVF_E_NOMEM;
    }
    return items;
}

static void take_fixes(struct reader *r, struct ovf_fixes *out)
{
    const struct ovf_bytes packed = take_bytes(r);
    if (r->status == OVF_OK)
        r->status = ovf_fixes_unpack(packed, out, r->err);
}

/** A name goes to the buffer of names; where it stands is kept as a number until all are there. */
static void take_name(struct reader *r, struct ovf_buffer *names, size_t *at)
{
    const struct ovf_bytes bytes = take_bytes(r);
    *at = names->len;
    if (r->status == OVF_OK && bytes.len > 0 && memchr(bytes.data, '\0', bytes.len) != NULL)
        fail(r);
    if (r->status == OVF_OK && bytes.len > 0)
        r->status = ovf_buffer_append(names, bytes.data, bytes.len);
    if (r->status == OVF_OK)
        r->status = ovf_buffer_append(names, "", 1);
}

static void take_member(struct reader *r, struct ovf_track_member *m)
{
    const struct ovf_bytes digest = take_bytes(r);
    if (digest.len == sizeof m->digest.bytes)
        memcpy(m->digest.bytes, digest.data, digest.len);
    else
        fail(r);
    m->is_carried = true;
    m->from_ns = take_time(r);
    m->to_ns = take_time(r);
    m->identity_source = (enum ovf_identity_source)take(r, OVF_IDENTITY_TABLE);
    take_text(r, m->identity.registration, sizeof m->identity.registration);
    take_text(r, m->identity.type_code, sizeof m->identity.type_code);
    take_text(r, m->identity.description, sizeof m->identity.description);
    take_text(r, m->identity.owner_operator, sizeof m->identity.owner_operator);
    m->identity.db_flags = (uint32_t)take(r, UINT32_MAX);
    m->identity.has_db_flags = take(r, 1) != 0;
}

static void take_members(struct reader *r, struct ovf_carry *c)
{
    c->members = take_array(r, &c->n_members, MEMBER_BYTES, sizeof *c->members);
    size_t *name_at = calloc(c->n_members + 1, sizeof *name_at);
    if (name_at == NULL)
        r->status = OVF_E_NOMEM;
    for (size_t i = 0; i < c->n_members && r->status == OVF_OK; i++) {
        take_name(r, &c->names, &name_at[i]);
        take_member(r, &c->members[i]);
    }
    for (size_t i = 0; i < c->n_members && r->status == OVF_OK; i++)
        c->members[i].name = (const char *)c->names.data + name_at[i];
    free(name_at);
}

static void take_endpoint(struct reader *r, struct ovf_endpoint *e)
{
    e->kind = (enum ovf_endpoint_kind)take(r, OVF_ENDPOINT_STATED);
    e->has_airport = take(r, 1) != 0;
    e->airport = (uint32_t)take(r, UINT32_MAX);
    take_text(r, e->country, sizeof e->country);
}

static void take_flight(struct reader *r, struct ovf_flight *f)
{
    struct ovf_fixes ends = {0};
    take_text(r, f->id, sizeof f->id);
    take_text(r, f->callsign, sizeof f->callsign);
    take_fixes(r, &ends);
    if (r->status == OVF_OK && ends.n == 2) {
        f->first = ends.items[0];
        f->last = ends.items[1];
        f->start_ns = f->first.t_ns;
        f->end_ns = f->last.t_ns;
        check_time(r, f->start_ns);
        check_time(r, f->end_ns);
    } else {
        fail(r);
    }
    ovf_fixes_deinit(&ends);
    take_endpoint(r, &f->from);
    take_endpoint(r, &f->to);
    for (uint64_t n = take(r, OVF_MEMBERS_MAX); n > 0 && r->status == OVF_OK; n--)
        ovf_members_toggle(&f->states, (uint32_t)take(r, OVF_MEMBERS_MAX - 1));
    const uint64_t bits = take(r, 3);
    f->begins_journey = (bits & 1) != 0;
    f->is_duplicate = (bits & 2) != 0;
    f->is_elsewhere = true;
}

static void take_piece(struct reader *r, struct ovf_carry_piece *p, size_t n_members)
{
    const uint64_t bits = take(r, 7);
    p->known_before = (bits & 1) != 0;
    p->known_after = (bits & 2) != 0;
    p->begins_journey = (bits & 4) != 0;
    take_fixes(r, &p->fixes);
    for (size_t i = 0; i < p->fixes.n; i++) {
        check_time(r, p->fixes.items[i].t_ns);
        if (p->fixes.items[i].record.item >= n_members)
            fail(r);
        if (i > 0 && ovf_fix_compare(&p->fixes.items[i - 1], &p->fixes.items[i]) > 0)
            fail(r);
    }
    if (p->fixes.n == 0)
        fail(r);
}

static void take_all(struct reader *r, struct ovf_carry *c)
{
    if (take(r, VERSION) != VERSION)
        fail(r);
    c->windows = take_array(r, &c->n_windows, WINDOW_BYTES, sizeof *c->windows);
    for (size_t i = 0; i < c->n_windows && r->status == OVF_OK; i++) {
        c->windows[i].from_ns = take_time(r);
        c->windows[i].to_ns = take_time(r);
        if (c->windows[i].from_ns >= c->windows[i].to_ns ||
            (i > 0 && c->windows[i].from_ns <= c->windows[i - 1].to_ns))
            fail(r);
    }
    c->seen = take_array(r, &c->n_seen, SEEN_BYTES, sizeof *c->seen);
    for (size_t i = 0; i < c->n_seen && r->status == OVF_OK; i++) {
        c->seen[i] = take(r, UINT64_MAX);
        if (i > 0 && c->seen[i] < c->seen[i - 1])
            fail(r);
    }
    take_members(r, c);
    c->flights = take_array(r, &c->n_flights, FLIGHT_BYTES, sizeof *c->flights);
    for (size_t i = 0; i < c->n_flights && r->status == OVF_OK; i++)
        take_flight(r, &c->flights[i]);
    c->pieces = take_array(r, &c->n_pieces, PIECE_BYTES, sizeof *c->pieces);
    for (size_t i = 0; i < c->n_pieces && r->status == OVF_OK; i++)
        take_piece(r, &c->pieces[i], c->n_members);
    if (r->rest.len > 0)
        fail(r);
}

enum ovf_status ovf_carry_unpack(struct ovf_bytes bytes, struct ovf_carry *out,
                                 struct ovf_error *err)
{
    struct reader r = {bytes, OVF_OK, err};
    *out = (struct ovf_carry){0};
    take_all(&r, out);
    if (r.status != OVF_OK)
        ovf_carry_deinit(out);
    return r.status;
}
