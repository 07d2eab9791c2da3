/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a view: a snapshot of the store, and the numbers of what is shown. */
#include "view/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/gpkg.h"
#include "store/store.h"
#include "view/view_parts.h"

/* ---- queries ---- */

/** The statement of \p sql, one that is kept where that is free; \p kept: its place, or NULL. */
static enum ovf_status prepare(struct ovf_view *view, const char *sql, sqlite3_stmt **stmt,
                               struct ovf_view_statement **kept, struct ovf_error *err)
{
    *kept = NULL;
    for (size_t i = 0; i < view->n_statements; i++) {
        struct ovf_view_statement *const s = &view->statements[i];
        if (!s->is_used && strcmp(sqlite3_sql(s->stmt), sql) == 0) {
            *kept = s;
            *stmt = s->stmt;
            s->is_used = true;
            return OVF_OK;
        }
    }
    const enum ovf_status st = ovf_sql_prepare(view->db, sql, stmt, err);
    if (st == OVF_OK && view->n_statements < OVF_VIEW_STATEMENTS) {
        *kept = &view->statements[view->n_statements++];
        **kept = (struct ovf_view_statement){*stmt, true};
    }
    return st;
}

static void release(sqlite3_stmt *stmt, struct ovf_view_statement *kept)
{
    if (kept == NULL) {
        (void)sqlite3_finalize(stmt);
        return;
    }
    (void)sqlite3_reset(stmt);
    (void)sqlite3_clear_bindings(stmt);
    kept->is_used = false;
}

/** Before what they are about changes. */
static void forget_statements(struct ovf_view *view)
{
    for (size_t i = 0; i < view->n_statements; i++)
        (void)sqlite3_finalize(view->statements[i].stmt);
    view->n_statements = 0;
}

enum ovf_status ovf_view_each(struct ovf_view *view, const char *sql, const char *text,
                              ovf_view_row_fn *take, void *context, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    struct ovf_view_statement *kept = NULL;
    bool row = true;
    enum ovf_status st = prepare(view, sql, &stmt, &kept, err);
    if (st == OVF_OK && text != NULL &&
        sqlite3_bind_text(stmt, 1, text, -1, SQLITE_STATIC) != SQLITE_OK)
        st = ovf_sql_failed(view->db, "bind", err);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        st = take(context, stmt);
    }
    release(stmt, kept);
    return st;
}

const char *ovf_view_column(sqlite3_stmt *stmt, int column)
{
    const char *const text = (const char *)sqlite3_column_text(stmt, column);
    return text != NULL ? text : "";
}

bool ovf_view_place(sqlite3_stmt *stmt, int column, struct ovf_point *at)
{
    const double lat_deg = sqlite3_column_double(stmt, column);
    const double lon_deg = sqlite3_column_double(stmt, column + 1);
    if (sqlite3_column_type(stmt, column) == SQLITE_NULL ||
        sqlite3_column_type(stmt, column + 1) == SQLITE_NULL || !(fabs(lat_deg) <= 90) ||
        !(fabs(lon_deg) <= 180))
        return false;
    *at = (struct ovf_point){(int32_t)llround(lat_deg * OVF_E7_PER_DEG),
                             ovf_lon_wrap(llround(lon_deg * OVF_E7_PER_DEG))};
    return true;
}

/* ---- what is shown ---- */

#define FLAGGED(flag)                                                                              \
    "EXISTS(SELECT 1 FROM json_each(c.json,'$.db_flags') "                                         \
    "WHERE value='" flag "')"
#define UNWATCHED                                                                                  \
    "NOT EXISTS(SELECT 1 FROM temp.watched w"                                                      \
    " WHERE instr(','||coalesce(c.watches,'')||',',','||w.name||',')>0)"
#define WITHHELD "((" FLAGGED("ladd") " OR " FLAGGED("pia") ") AND " UNWATCHED ")"

static const char make_tables[] =
    "DROP TABLE IF EXISTS temp.shown; DROP TABLE IF EXISTS temp.subject;"
    "DROP TABLE IF EXISTS temp.said; DROP TABLE IF EXISTS temp.silent;"
    "DROP TABLE IF EXISTS temp.given; DROP TABLE IF EXISTS temp.days;"
    "DROP TABLE IF EXISTS temp.doubted; DROP TABLE IF EXISTS temp.former;"
    "CREATE TEMP TABLE shown(n INTEGER PRIMARY KEY, fid INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,"
    " flight TEXT, journey TEXT);"
    "CREATE INDEX temp.shown_by_flight ON shown(flight);"
    "CREATE TEMP TABLE subject(kind TEXT NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL,"
    " PRIMARY KEY(kind,id)) WITHOUT ROWID;"
    "CREATE TEMP TABLE said(n INTEGER PRIMARY KEY, fid INTEGER NOT NULL UNIQUE, about_id TEXT);"
    "CREATE TEMP TABLE silent(n INTEGER PRIMARY KEY, fid INTEGER NOT NULL);"
    "CREATE TEMP TABLE given(n INTEGER PRIMARY KEY, fid INTEGER NOT NULL);"
    "CREATE TEMP TABLE days(n INTEGER PRIMARY KEY, fid INTEGER NOT NULL);"
    "CREATE TEMP TABLE doubted(n INTEGER PRIMARY KEY, fid INTEGER NOT NULL);"
    "CREATE TEMP TABLE former(n INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY(n,id))"
    " WITHOUT ROWID;";

/* Behind crossings: all else follows from which of them are shown. Entries of the case stand in order of their
 * names, what flew in that of its first crossing. */
static const char number_others[] =
    "INSERT INTO temp.subject SELECT 'crossing',id,n FROM temp.shown;"
    "INSERT INTO temp.subject SELECT 'flight',flight,min(n) FROM temp.shown"
    " WHERE flight IS NOT NULL GROUP BY flight;"
    "INSERT INTO temp.subject SELECT 'journey',journey,min(n) FROM temp.shown"
    " WHERE journey IS NOT NULL GROUP BY journey;"
    "INSERT INTO temp.silent(fid) SELECT g.fid FROM gaps g WHERE g.flight_id IN"
    " (SELECT flight FROM temp.shown) ORDER BY g.gap_start,g.id;"
    "INSERT INTO temp.given(fid) SELECT fid FROM inputs ORDER BY first,path,id;"
    "INSERT INTO temp.days(fid) SELECT fid FROM completeness ORDER BY day,input,id;";

/* A crossing that a later scan found to have begun earlier has another id: the last revision under the one that is gone
 * leads to one of its own, which others may have followed. */
static const char note_former[] =
    "WITH RECURSIVE gone(id,rev) AS (SELECT id,superseded_by FROM revisions"
    " WHERE kind='crossings' AND superseded_by IS NOT NULL AND id NOT IN (SELECT id FROM crossings)"
    " UNION SELECT g.id,r.superseded_by FROM gone g CROSS JOIN revisions r ON r.rev=g.rev"
    " WHERE r.kind='crossings' AND r.superseded_by IS NOT NULL)"
    " INSERT OR IGNORE INTO temp.former SELECT s.n,g.id FROM gone g CROSS JOIN crossings c"
    " ON c.rev=g.rev JOIN temp.shown s ON s.id=c.id;";

static const char number_findings[] =
    "INSERT INTO temp.said(fid,about_id) SELECT f.fid,f.about_id FROM findings f LEFT JOIN "
    "temp.subject s"
    " ON s.kind=f.about_kind AND s.id=f.about_id %s"
    " ORDER BY f.rule,f.about_kind,s.n,f.about_id,json_extract(f.json,'$.against'),f.id;"
    "CREATE INDEX temp.said_by_about ON said(about_id)";

/* Of what flew and is not shown nothing is said. */
#define PUBLIC_FINDINGS                                                                            \
    "WHERE f.rule NOT LIKE 'permit/%'"                                                             \
    " AND (f.about_kind NOT IN ('crossing','flight','journey') OR s.n IS NOT NULL)"

static enum ovf_status note_watches(struct ovf_view *view, struct ovf_error *err)
{
    const struct ovf_case *const c = view->source.the_case;
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st = ovf_sql_exec(
        view->db, "CREATE TEMP TABLE IF NOT EXISTS watched(name TEXT PRIMARY KEY)", err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(view->db, "INSERT OR IGNORE INTO temp.watched VALUES(?1)", &stmt, err);
    for (size_t i = 0; c != NULL && i < c->watches.n && st == OVF_OK; i++) {
        const struct ovf_case_watch *const watch =
            &((const struct ovf_case_watch *)c->watches.items)[i];
        if (sqlite3_bind_text(stmt, 1, watch->name.text, -1, SQLITE_STATIC) != SQLITE_OK)
            st = ovf_sql_failed(view->db, "bind", err);
        if (st == OVF_OK)
            st = ovf_sql_run(stmt, err);
    }
    (void)sqlite3_finalize(stmt);
    return st;
}

static enum ovf_status count_of(struct ovf_view *view, const char *sql, size_t *n,
                                struct ovf_error *err)
{
    int64_t value = 0;
    const enum ovf_status st = ovf_sql_int(view->db, sql, 0, &value, err);
    *n = (size_t)value;
    return st;
}

static enum ovf_status count_withheld(struct ovf_view *view, struct ovf_error *err)
{
    const struct ovf_case *const c = view->source.the_case;
    struct ovf_view_withheld out = {0};
    enum ovf_status st = OVF_OK;
    if (!view->source.is_public)
        goto out;
    st = count_of(view, "SELECT count(*) FROM crossings c WHERE " UNWATCHED " AND " FLAGGED("ladd"),
                  &out.n_ladd, err);
    if (st == OVF_OK)
        st = count_of(view,
                      "SELECT count(*) FROM crossings c WHERE " UNWATCHED
                      " AND " FLAGGED("pia") " AND NOT " FLAGGED("ladd"),
                      &out.n_pia, err);
    if (st == OVF_OK)
        st = count_of(view, "SELECT count(*) FROM findings WHERE rule LIKE 'permit/%'",
                      &out.n_permits, err);
    for (size_t i = 0; c != NULL && i < c->notes.n; i++)
        out.n_notes += ((const struct ovf_case_note *)c->notes.items)[i].is_private ? 1 : 0;
out:
    view->withheld = out;
    return st;
}

static enum ovf_status tell_damaged(void *context, sqlite3_stmt *stmt)
{
    return ovf_error_set(context, OVF_E_FORMAT, "the store's row %.40s is damaged",
                         ovf_view_column(stmt, 0));
}

/* Of no flight that is shown: some may be such as are withheld. */
static const char number_detections[] = "INSERT INTO temp.doubted(fid) SELECT fid FROM detections"
                                        " ORDER BY first,icao24,flight_start,json;";

/** A store may come from anybody: what is sent as JSON is looked at first, once. */
static enum ovf_status check_objects(struct ovf_view *view, struct ovf_error *err)
{
    struct ovf_error damaged = {""};
    const enum ovf_status st = ovf_view_each(
        view,
        "SELECT id FROM (SELECT id,json FROM crossings UNION ALL SELECT id,json FROM findings"
        " UNION ALL SELECT id,json FROM flights UNION ALL SELECT day,json FROM sinks"
        " UNION ALL SELECT day,json FROM interference"
        " UNION ALL SELECT icao24,json FROM detections) WHERE NOT coalesce(json_valid(json),0) "
        "LIMIT 1",
        NULL, tell_damaged, &damaged, err);
    return st == OVF_E_FORMAT && damaged.text[0] != '\0'
               ? ovf_error_set(err, st, "%s", damaged.text)
               : st;
}

/** Which documents have rows that not every view has. */
static enum ovf_status look_for_rows(struct ovf_view *view, struct ovf_error *err)
{
    static const struct {
        enum ovf_view_document document;
        const char *from;
    } rows[] = {
        {OVF_VIEW_FINDINGS, "temp.said"},
        {OVF_VIEW_PERMITS, "temp.said s JOIN findings f ON f.fid=s.fid AND f.rule LIKE 'permit/%'"},
        {OVF_VIEW_LISTS, "temp.said s JOIN findings f ON f.fid=s.fid AND f.rule LIKE 'listing/%'"},
        {OVF_VIEW_CLAIMS, "temp.entry WHERE kind<>'note'"},
        {OVF_VIEW_SINKS, "sinks"},
        {OVF_VIEW_INTERFERENCE, "interference"},
        {OVF_VIEW_DETECTIONS, "temp.doubted"},
    };
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof rows / sizeof *rows && st == OVF_OK; i++) {
        char sql[160];
        size_t n = 0;
        (void)snprintf(sql, sizeof sql, "SELECT EXISTS(SELECT 1 FROM %s)", rows[i].from);
        st = count_of(view, sql, &n, err);
        view->has_rows[rows[i].document] = n > 0;
    }
    return st;
}

/** Number what is shown, in a transaction that sees one state of the store. */
static enum ovf_status number_rows(struct ovf_view *view, struct ovf_error *err)
{
    const bool is_public = view->source.is_public;
    enum ovf_status st = check_objects(view, err);
    if (st == OVF_OK)
        st = ovf_sql_exec(view->db, make_tables, err);
    if (st == OVF_OK)
        st = ovf_sql_execf(view->db, err,
                           "INSERT INTO temp.shown(fid,id,flight,journey)"
                           " SELECT c.fid,c.id,c.flight_id,c.journey_id FROM crossings c %s"
                           " ORDER BY " OVF_VIEW_BEGIN ",c.id",
                           is_public ? "WHERE NOT " WITHHELD : "");
    if (st == OVF_OK)
        st = ovf_sql_exec(view->db, number_others, err);
    if (st == OVF_OK)
        st = ovf_sql_exec(view->db, note_former, err);
    if (st == OVF_OK)
        st = ovf_sql_execf(view->db, err, number_findings, is_public ? PUBLIC_FINDINGS : "");
    if (st == OVF_OK)
        st = ovf_view_number_shares(view, err);
    if (st == OVF_OK && !is_public)
        st = ovf_sql_exec(view->db, number_detections, err);
    if (st == OVF_OK)
        st = count_withheld(view, err);
    if (st == OVF_OK)
        st = ovf_view_number_entries(view, err);
    if (st == OVF_OK)
        st = look_for_rows(view, err);
    return st == OVF_OK ? ovf_view_number_sources(view, err) : st;
}

/** See one state of the store from now on. A transaction has none until it reads: the version is read within it. */
static enum ovf_status begin(struct ovf_view *view, struct ovf_error *err)
{
    const enum ovf_status st = ovf_sql_exec(view->db, "BEGIN", err);
    return st == OVF_OK ? ovf_sql_int(view->db, "PRAGMA data_version", 0, &view->data_version, err)
                        : st;
}

/** The temporary tables are this connection's own: the file is open for reading alone. */
static enum ovf_status look(struct ovf_view *view, struct ovf_error *err)
{
    enum ovf_status st = ovf_sql_exec(view->db, "PRAGMA query_only=OFF", err);
    if (st == OVF_OK)
        st = note_watches(view, err);
    if (st == OVF_OK)
        st = number_rows(view, err);
    return st == OVF_OK ? ovf_sql_exec(view->db, "PRAGMA query_only=ON", err) : st;
}

/* ---- life ---- */

/** Airspaces of another store are from now on read where those of this one are. */
static enum ovf_status add_asked(struct ovf_view *view, const char *path, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st = ovf_sql_exec(view->db, "PRAGMA query_only=OFF", err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(view->db, "ATTACH DATABASE ?1 AS asked", &stmt, err);
    if (st == OVF_OK && sqlite3_bind_text(stmt, 1, path, -1, SQLITE_STATIC) != SQLITE_OK)
        st = ovf_sql_failed(view->db, "bind", err);
    if (st == OVF_OK)
        st = ovf_sql_run(stmt, err);
    (void)sqlite3_finalize(stmt);
    return st != OVF_OK ? st
                        : ovf_sql_exec(view->db,
                                       "CREATE TEMP VIEW airspaces AS SELECT * FROM main.airspaces "
                                       "UNION ALL SELECT * FROM asked.airspaces WHERE id NOT IN"
                                       " (SELECT id FROM main.airspaces)",
                                       err);
}

enum ovf_status ovf_view_open(const struct ovf_view_source *source, struct ovf_view **out,
                              struct ovf_error *err)
{
    struct ovf_view *const view = calloc(1, sizeof *view);
    if (view == NULL)
        return OVF_E_NOMEM;
    view->source = *source;
    enum ovf_status st = ovf_store_open_to_read(source->store_path, &view->db, err);
    if (st == OVF_OK)
        st = ovf_sql_exec(view->db, "PRAGMA temp_store=MEMORY", err);
    if (st == OVF_OK && source->asked_path != NULL)
        st = add_asked(view, source->asked_path, err);
    if (st == OVF_OK)
        st = begin(view, err);
    if (st == OVF_OK)
        st = look(view, err);
    if (st == OVF_OK)
        *out = view;
    else
        ovf_view_close(view);
    return st;
}

void ovf_view_close(struct ovf_view *view)
{
    if (view == NULL)
        return;
    forget_statements(view);
    ovf_gpkg_close(view->db);
    free(view);
}

enum ovf_status ovf_view_refresh(struct ovf_view *view, bool *changed, struct ovf_error *err)
{
    const int64_t seen = view->data_version;
    forget_statements(view);
    enum ovf_status st = ovf_sql_exec(view->db, "COMMIT", err);
    if (st == OVF_OK)
        st = begin(view, err);
    *changed = view->data_version != seen;
    return st == OVF_OK && *changed ? look(view, err) : st;
}

struct ovf_view_withheld ovf_view_withheld(const struct ovf_view *view)
{
    return view->withheld;
}

/* ---- documents ---- */

static const struct {
    const char *name;
    ovf_view_put_fn *put; /* NULL: it has rows */
} documents[OVF_VIEW_N] = {
    [OVF_VIEW_INDEX] = {"index", ovf_view_put_index},
    [OVF_VIEW_CASE] = {"case", ovf_view_put_case},
    [OVF_VIEW_CROSSINGS] = {"crossings", NULL},
    [OVF_VIEW_CROSSING] = {"crossing", ovf_view_put_crossing_map},
    [OVF_VIEW_FINDINGS] = {"findings", NULL},
    [OVF_VIEW_PERMITS] = {"permits", NULL},
    [OVF_VIEW_LISTS] = {"lists", NULL},
    [OVF_VIEW_CLAIMS] = {"claims", NULL},
    [OVF_VIEW_GAPS] = {"gaps", NULL},
    [OVF_VIEW_INPUTS] = {"inputs", NULL},
    [OVF_VIEW_COMPLETENESS] = {"completeness", NULL},
    [OVF_VIEW_SERIES] = {"series", ovf_view_put_series},
    [OVF_VIEW_AIRSPACES] = {"airspaces", ovf_view_put_airspaces},
    [OVF_VIEW_TRACKS] = {"tracks", ovf_view_put_tracks},
    [OVF_VIEW_REGIONS] = {"regions", ovf_view_put_regions},
    [OVF_VIEW_SINKS] = {"sinks", NULL},
    [OVF_VIEW_INTERFERENCE] = {"interference", NULL},
    [OVF_VIEW_DETECTIONS] = {"detections", NULL},
};

const char *ovf_view_name(enum ovf_view_document document)
{
    return documents[document].name;
}

bool ovf_view_find(const char *name, enum ovf_view_document *out)
{
    for (unsigned i = 0; i < OVF_VIEW_N; i++) {
        if (strcmp(documents[i].name, name) == 0) {
            *out = (enum ovf_view_document)i;
            return true;
        }
    }
    return false;
}

bool ovf_view_has(const struct ovf_view *view, enum ovf_view_document document)
{
    /* Who reads a report can add nothing to it; who runs a server is told how. */
    const bool is_due = view->source.mode != OVF_VIEW_REPORT || view->has_rows[document];
    switch (document) {
    case OVF_VIEW_FINDINGS:
    case OVF_VIEW_LISTS:
        return is_due;
    case OVF_VIEW_PERMITS:
        return is_due && !view->source.is_public;
    case OVF_VIEW_CROSSING:
        return view->source.mode == OVF_VIEW_REPORT;
    case OVF_VIEW_CLAIMS:
        return is_due && view->source.the_case != NULL;
    case OVF_VIEW_SERIES:
        return view->source.the_case != NULL;
    case OVF_VIEW_SINKS:
    case OVF_VIEW_INTERFERENCE:
    case OVF_VIEW_DETECTIONS:
        return view->has_rows[document];
    default:
        return true;
    }
}

enum ovf_status ovf_view_write(struct ovf_view *view, enum ovf_view_document document,
                               const struct ovf_view_query *query, struct ovf_buffer *out,
                               struct ovf_error *err)
{
    struct ovf_view_writing w = {view, ovf_json_begin(out), err, NULL, query};
    struct ovf_view_query all = ovf_view_query_all();
    if (view->source.mode == OVF_VIEW_REPORT)
        all.limit = 0;
    ovf_json_open(&w.json, NULL, '{');
    ovf_json_text(&w.json, "type", documents[document].name);
    const enum ovf_status st = documents[document].put != NULL
                                   ? documents[document].put(&w)
                                   : ovf_view_put_rows(&w, document, query != NULL ? query : &all);
    ovf_json_close(&w.json, '}');
    return st != OVF_OK ? st : w.json.status;
}
