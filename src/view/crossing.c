/* SPDX-License-Identifier: Apache-2.0 */
/* One crossing with all that belongs to it; in a report, all of them by their identifiers. */
#include <stdio.h>
#include <string.h>

#include "store/row_json.h"
#include "view/view_parts.h"

struct columns {
    struct ovf_view_writing *w;
    const char *key; /* of the object; NULL: an element */
    enum ovf_store_kind kind;
};

static enum ovf_status put_object(void *context, sqlite3_stmt *stmt)
{
    const struct columns *const c = context;
    const struct ovf_view_lead lead = {.n = sqlite3_column_int64(stmt, 0)};
    return ovf_view_put_object(c->w, c->key, &lead, ovf_view_column(stmt, 1))
               ? OVF_OK
               : ovf_error_set(c->w->err, OVF_E_FORMAT, "a row of the store is damaged");
}

static enum ovf_status put_columns(void *context, sqlite3_stmt *stmt)
{
    const struct columns *const c = context;
    ovf_json_open(&c->w->json, c->key, '{');
    ovf_store_row_put(&c->w->json, c->kind, stmt, 0, c->w->view->source.is_public);
    ovf_json_close(&c->w->json, '}');
    return OVF_OK;
}

/** Rows of \p kind, by their columns, that \p where (with ?1) says. */
static enum ovf_status put_rows_of(struct ovf_view_writing *w, const char *key,
                                   enum ovf_store_kind kind, const char *where, const char *text)
{
    struct columns columns = {w, key, kind};
    struct ovf_buffer sql = {0};
    enum ovf_status st = ovf_buffer_append_text(&sql, "SELECT ");
    if (st == OVF_OK)
        st = ovf_store_row_columns(kind, &sql);
    if (st == OVF_OK)
        st = ovf_buffer_printf(&sql, " FROM %s t %s", ovf_store_row_table(kind), where);
    if (st == OVF_OK)
        st = ovf_buffer_append(&sql, "", 1);
    if (st == OVF_OK)
        st = ovf_view_each(w->view, (const char *)sql.data, text, put_columns, &columns, w->err);
    ovf_buffer_deinit(&sql);
    return st;
}

/* What is said of the crossing, its flight and its journey. */
#define SAID_OF(condition)                                                                         \
    "SELECT s.n,f.json FROM temp.shown c, temp.said s"                                             \
    " JOIN findings f ON f.fid=s.fid WHERE c.id=?1 AND s.about_id IN (c.id,c.flight,c.journey)"    \
    " AND " condition " ORDER BY s.n"

static enum ovf_status put_findings(struct ovf_view_writing *w, const char *id)
{
    static const struct {
        const char *key;
        const char *sql;
    } parts[] = {{"findings", SAID_OF("f.rule NOT LIKE 'listing/%'")},
                 {"listings", SAID_OF("f.rule LIKE 'listing/%'")}};
    struct columns element = {.w = w};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && st == OVF_OK; i++) {
        ovf_json_open(&w->json, parts[i].key, '[');
        st = ovf_view_each(w->view, parts[i].sql, id, put_object, &element, w->err);
        ovf_json_close(&w->json, ']');
    }
    return st;
}

/* ---- links ---- */

/** Characters of registrations that an address has as they are; others are left to nobody's guess. */
static bool is_plain(const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
    return text[0] != '\0' && text[strspn(text, plain)] == '\0';
}

/** \p template with its {..} filled in; false where the aircraft lacks what it asks for. */
static bool fill(const char *template, const char *const values[3], char *out, size_t size)
{
    static const char *const names[] = {"{icao24}", "{day}", "{registration}"};
    size_t len = 0;
    while (*template != '\0') {
        const char *put = template;
        size_t n = 1;
        size_t skip = 1;
        for (size_t i = 0; i < 3; i++) {
            if (strncmp(template, names[i], strlen(names[i])) == 0) {
                if (!is_plain(values[i]))
                    return false;
                put = values[i];
                n = strlen(put);
                skip = strlen(names[i]);
            }
        }
        if (len + n >= size)
            return false;
        memcpy(out + len, put, n);
        len += n;
        template += skip;
    }
    out[len] = '\0';
    return true;
}

/** Nobody has what is simulated, and a label is no address. */
static enum ovf_status put_links(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    char day[16];
    char address[256];
    const char *name;
    const char *template;
    (void)snprintf(day, sizeof day, "%.10s", ovf_view_column(stmt, 1));
    const char *const values[] = {ovf_view_column(stmt, 0), day, ovf_view_column(stmt, 2)};
    for (size_t i = 0; ovf_view_link(i, &name, &template); i++) {
        if (!fill(template, values, address, sizeof address))
            continue;
        ovf_json_open(&w->json, NULL, '{');
        ovf_json_text(&w->json, "name", name);
        ovf_json_text(&w->json, "url", address);
        ovf_json_close(&w->json, '}');
    }
    return OVF_OK;
}

/* ---- all ---- */

struct found {
    bool is_there;
    char flight[64];
    char journey[64];
};

static enum ovf_status find(void *context, sqlite3_stmt *stmt)
{
    struct found *const found = context;
    found->is_there = true;
    (void)snprintf(found->flight, sizeof found->flight, "%s", ovf_view_column(stmt, 0));
    (void)snprintf(found->journey, sizeof found->journey, "%s", ovf_view_column(stmt, 1));
    return OVF_OK;
}

#define CROSSING                                                                                   \
    "SELECT s.n,c.json FROM temp.shown s"                                                          \
    " JOIN crossings c ON c.fid=s.fid WHERE s.id=?1"
#define FLIGHT "SELECT 0,json FROM flights WHERE id=?1"
#define LINKS                                                                                      \
    "SELECT c.icao24," OVF_VIEW_BEGIN                                                              \
    ",c.registration FROM crossings c WHERE c.id=?1 AND NOT c.simulated"

/** The crossing's own row, and its flight's. */
static enum ovf_status put_objects(struct ovf_view_writing *w, const char *id,
                                   const struct found *found)
{
    struct columns crossing = {.w = w, .key = "crossing"};
    struct columns flight = {.w = w, .key = "flight"};
    const enum ovf_status st = ovf_view_each(w->view, CROSSING, id, put_object, &crossing, w->err);
    return st == OVF_OK ? ovf_view_each(w->view, FLIGHT, found->flight, put_object, &flight, w->err)
                        : st;
}

static enum ovf_status put_around(struct ovf_view_writing *w, const char *id,
                                  const struct found *found)
{
    enum ovf_status st =
        put_rows_of(w, "journey", OVF_STORE_JOURNEY, "WHERE t.id=?1", found->journey);
    ovf_json_open(&w->json, "gaps", '[');
    if (st == OVF_OK)
        st = put_rows_of(w, NULL, OVF_STORE_GAP,
                         "JOIN crossings c ON c.id=?1 WHERE t.flight_id=c.flight_id AND t.id IN"
                         " (SELECT value FROM json_each(c.json,'$.gaps')) ORDER BY t.gap_start",
                         id);
    ovf_json_close(&w->json, ']');
    return st;
}

/** The members of the crossing \p id, which is shown, beside those that documents of rows have. */
static enum ovf_status put_members(struct ovf_view_writing *w, const char *id,
                                   const struct found *found)
{
    enum ovf_status st = put_around(w, id, found);
    if (st == OVF_OK)
        st = ovf_view_put_share(w, id);
    if (st == OVF_OK)
        st = put_findings(w, id);
    if (st == OVF_OK)
        st = ovf_view_put_crossing_words(w, id);
    ovf_json_open(&w->json, "links", '[');
    if (st == OVF_OK)
        st = ovf_view_each(w->view, LINKS, id, put_links, w, w->err);
    ovf_json_close(&w->json, ']');
    return st;
}

enum ovf_status ovf_view_crossing(struct ovf_view *view, const char *id, struct ovf_buffer *out,
                                  struct ovf_error *err)
{
    struct ovf_view_writing w = {view, ovf_json_begin(out), err, NULL, NULL};
    struct found found = {0};
    enum ovf_status st = ovf_view_each(view, "SELECT flight,journey FROM temp.shown WHERE id=?1",
                                       id, find, &found, err);
    if (st == OVF_OK && !found.is_there)
        st = ovf_error_set(err, OVF_E_NOTFOUND, "there is no such crossing");
    if (st != OVF_OK)
        return st;
    ovf_json_open(&w.json, NULL, '{');
    ovf_json_text(&w.json, "type", "crossing");
    st = put_objects(&w, id, &found);
    if (st == OVF_OK)
        st = put_members(&w, id, &found);
    if (st == OVF_OK)
        st = ovf_view_put_track(&w, "track", found.flight);
    ovf_json_close(&w.json, '}');
    return st != OVF_OK ? st : w.json.status;
}

static enum ovf_status put_entry(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    struct found found;
    char id[64];
    (void)snprintf(id, sizeof id, "%s", ovf_view_column(stmt, 2));
    (void)find(&found, stmt);
    ovf_json_open(&w->json, id, '{');
    const enum ovf_status st = put_members(w, id, &found);
    ovf_json_close(&w->json, '}');
    return st;
}

enum ovf_status ovf_view_put_crossing_map(struct ovf_view_writing *w)
{
    ovf_json_open(&w->json, "crossings", '{');
    const enum ovf_status st = ovf_view_each(
        w->view, "SELECT flight,journey,id FROM temp.shown ORDER BY n", NULL, put_entry, w, w->err);
    ovf_json_close(&w->json, '}');
    return st;
}
