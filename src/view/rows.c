/* SPDX-License-Identifier: Apache-2.0 */
/* Documents of rows: a query's filters are bound by name wherever a statement has them, so one binding serves all. */
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "store/row_json.h"
#include "view/view_parts.h"

/** What is read of a document: a number and either its NDJSON object or the columns of a kind. */
struct source {
    const char *from; /* tables and filters; the numbering is `s` */
    const char *
        first; /* behind s.n: the object; its crossing's number, subject, former ids, as far as it has them */
    bool has_columns;
    enum ovf_store_kind kind;
};

/* What docs/formats/ndjson.md says of a sink, and of a cell. */
#define CELL_DEG 0.4

#define IS(column, name) " AND (:" name " IS NULL OR " column "=:" name " COLLATE NOCASE)"
#define WITHIN(first, last)                                                                        \
    " AND (:from IS NULL OR " last ">=:from) AND (:to IS NULL OR " first "<:to)"
#define DAYS(first, last)                                                                          \
    " AND (:from IS NULL OR " last "||'T23:59:59.999Z'>=:from)"                                    \
    " AND (:to IS NULL OR " first "||'T00:00:00.000Z'<:to)"
#define SAID(condition)                                                                            \
    "temp.said s JOIN findings f ON f.fid=s.fid LEFT JOIN temp.subject k ON k.kind=f.about_kind"   \
    " AND k.id=f.about_id WHERE " condition IS(                                                    \
        "f.verdict", "verdict") " AND (:rule IS NULL OR f.rule=:rule OR "                          \
                                "substr(f.rule,1,length(:rule)+1)=:rule||'/')"
#define SAID_ROW "f.json,k.n," OVF_VIEW_SUBJECT

/* What is absent is no member: merging drops it (RFC 7396). */
#define ENTRY_ROW                                                                                  \
    "json_patch('{}',json_object('type','claim','kind',s.kind,'name',s.name,'date',s.day,"         \
    "'date_to',s.until,'goes_on',CASE WHEN s.goes_on THEN json('true') END,'by',s.who,"            \
    "'to',s.whom,'at',s.place,'words',s.words,'predicate',s.predicate,'watch',s.watch,'verdicts'," \
    "(SELECT json(json_group_object(verdict,n)) FROM (SELECT f.verdict verdict,count(*) n" ABOUT   \
    " GROUP BY 1 ORDER BY 1)),'findings',(SELECT json(json_group_array(id)) FROM"                  \
    " (SELECT f.id id" ABOUT " ORDER BY k.n)),'source',s.said_in,'second_hand',"                   \
    "CASE WHEN s.second_hand THEN json('true') END,'contested_by',s.contested_by))"
#define ABOUT                                                                                      \
    " FROM findings f JOIN temp.said k ON k.fid=f.fid WHERE f.about_kind=s.kind"                   \
    " AND k.about_id=s.name"
#define ENTRIES                                                                                    \
    "temp.entry s WHERE s.kind<>'note'" IS("s.kind", "kind")                                       \
        IS("s.watch",                                                                              \
           "watch") " AND (:verdict IS NULL OR EXISTS(SELECT 1" ABOUT                              \
                    " AND f.verdict=:verdict COLLATE NOCASE))" DAYS(                               \
                        "s.day",                                                                   \
                        "CASE WHEN s.goes_on THEN '9999-12-31' ELSE coalesce(s.until,s.day) END")

static const struct source sources[OVF_VIEW_N] = {
    [OVF_VIEW_CROSSINGS] = {.first = "c.json,NULL,NULL,(SELECT group_concat(id,' ') FROM"
                                     " (SELECT id FROM temp.former WHERE n=s.n ORDER BY id))",
                            .from = "temp.shown s JOIN crossings c ON c.fid=s.fid WHERE 1"
                                    " AND (:watch IS NULL OR"
                                    " instr(','||c.watches||',',','||:watch||',')>0)"
                                    " AND (:airspace IS NULL OR c.airspace=:airspace"
                                    " OR c.kind||':'||c.airspace=:airspace)" IS("c.class", "class")
                                        IS("c.role", "role") IS("c.icao24", "icao24")
                                            IS("c.callsign", "callsign")
                                                IS("c.registration", "registration")
                                                    WITHIN(OVF_VIEW_BEGIN, OVF_VIEW_END)},
    [OVF_VIEW_FINDINGS] = {.first = SAID_ROW, .from = SAID("1")},
    [OVF_VIEW_PERMITS] = {.first = SAID_ROW, .from = SAID("f.rule LIKE 'permit/%'")},
    [OVF_VIEW_LISTS] = {.first = SAID_ROW, .from = SAID("f.rule LIKE 'listing/%'")},
    [OVF_VIEW_CLAIMS] = {.first = ENTRY_ROW, .from = ENTRIES},
    [OVF_VIEW_GAPS] = {.has_columns = true,
                       .kind = OVF_STORE_GAP,
                       .from = "temp.silent s JOIN gaps t ON t.fid=s.fid WHERE 1" IS("t.icao24",
                                                                                     "icao24")
                           IS("t.callsign", "callsign") WITHIN("t.gap_start", "t.gap_end")},
    [OVF_VIEW_INPUTS] = {.has_columns = true,
                         .kind = OVF_STORE_INPUT,
                         .from = "temp.given s JOIN inputs t ON t.fid=s.fid WHERE 1"},
    /* Who was drawn to a place is for the owner's eyes: its aircraft may be such as are withheld. */
    [OVF_VIEW_SINKS] = {.first = "CASE WHEN :public THEN json_remove(s.json,'$.addresses')"
                                 " ELSE s.json END",
                        .from =
                            "(SELECT row_number() OVER (ORDER BY day,first,lat_deg,lon_deg) n,"
                            "first,last,json FROM sinks) s WHERE 1" WITHIN("s.first", "s.last")},
    [OVF_VIEW_INTERFERENCE] = {.first = "s.json",
                               .from = "(SELECT row_number() OVER (ORDER BY day,lat_deg,lon_deg) n,"
                                       "day,json FROM interference) s WHERE 1" DAYS("s.day",
                                                                                    "s.day")},
    [OVF_VIEW_DETECTIONS] = {.first = "t.json",
                             .from = "temp.doubted s JOIN detections t ON t.fid=s.fid WHERE 1" IS(
                                 "t.icao24", "icao24") IS("t.callsign", "callsign")
                                 WITHIN("t.first", "t.last")},
    [OVF_VIEW_COMPLETENESS] = {.has_columns = true,
                               .kind = OVF_STORE_COMPLETENESS,
                               .from = "temp.days s JOIN completeness t ON t.fid=s.fid WHERE 1"},
};

/* ---- values ---- */

static void bind_text(sqlite3_stmt *stmt, const char *name, const char *text)
{
    const int at = sqlite3_bind_parameter_index(stmt, name);
    if (at > 0 && text[0] != '\0')
        (void)sqlite3_bind_text(stmt, at, text, -1, SQLITE_TRANSIENT);
}

static void bind_time(sqlite3_stmt *stmt, const char *name, int64_t t_ns)
{
    char text[OVF_TIME_SIZE] = "";
    if (t_ns != INT64_MIN && t_ns != INT64_MAX)
        ovf_time_format(t_ns, 3, text);
    bind_text(stmt, name, text);
}

static void bind(const struct ovf_view *view, sqlite3_stmt *stmt,
                 const struct ovf_view_query *query)
{
    static const char *const names[OVF_VIEW_FILTER_N] = {
        [OVF_VIEW_WATCH] = ":watch",       [OVF_VIEW_AIRSPACE] = ":airspace",
        [OVF_VIEW_CLASS] = ":class",       [OVF_VIEW_ICAO24] = ":icao24",
        [OVF_VIEW_CALLSIGN] = ":callsign", [OVF_VIEW_REGISTRATION] = ":registration",
        [OVF_VIEW_ROLE] = ":role",         [OVF_VIEW_RULE] = ":rule",
        [OVF_VIEW_VERDICT] = ":verdict",   [OVF_VIEW_KIND] = ":kind",
    };
    for (int i = 0; i < OVF_VIEW_FILTER_N; i++)
        bind_text(stmt, names[i], query->filters[i]);
    bind_time(stmt, ":from", query->from_ns);
    bind_time(stmt, ":to", query->to_ns);
    const int after = sqlite3_bind_parameter_index(stmt, ":after");
    if (after > 0)
        (void)sqlite3_bind_int64(stmt, after, (sqlite3_int64)query->after);
    const int public = sqlite3_bind_parameter_index(stmt, ":public");
    if (public > 0)
        (void)sqlite3_bind_int(stmt, public, view->source.is_public ? 1 : 0);
}

/* ---- rows ---- */

static enum ovf_status prepare(const struct ovf_view *view, const struct source *source,
                               sqlite3_stmt **stmt, struct ovf_error *err)
{
    struct ovf_buffer columns = {0};
    enum ovf_status st = OVF_OK;
    if (source->has_columns)
        st = ovf_store_row_columns(source->kind, &columns);
    if (st == OVF_OK)
        st = ovf_buffer_append(&columns, "", 1);
    if (st == OVF_OK)
        st = ovf_sql_preparef(
            view->db, stmt, err, "SELECT s.n,%s FROM %s AND s.n>:after ORDER BY s.n",
            source->has_columns ? (const char *)columns.data : source->first, source->from);
    ovf_buffer_deinit(&columns);
    return st;
}

/** Of a source without columns, as far as its rows have it. */
static struct ovf_view_lead lead_of(sqlite3_stmt *stmt)
{
    const int n_columns = sqlite3_column_count(stmt);
    struct ovf_view_lead lead = {.n = sqlite3_column_int64(stmt, 0)};
    if (n_columns > 2)
        lead.crossing = sqlite3_column_int64(stmt, 2);
    if (n_columns > 3)
        lead.subject = (const char *)sqlite3_column_text(stmt, 3);
    if (n_columns > 4)
        lead.former_ids = (const char *)sqlite3_column_text(stmt, 4);
    return lead;
}

static enum ovf_status put_row(struct ovf_view_writing *w, const struct source *source,
                               sqlite3_stmt *stmt)
{
    const int64_t n = sqlite3_column_int64(stmt, 0);
    if (!source->has_columns) {
        const struct ovf_view_lead lead = lead_of(stmt);
        return ovf_view_put_object(w, NULL, &lead, ovf_view_column(stmt, 1))
                   ? OVF_OK
                   : ovf_error_set(w->err, OVF_E_FORMAT, "the store's row %d is damaged", (int)n);
    }
    ovf_json_open(&w->json, NULL, '{');
    ovf_json_int(&w->json, "n", n);
    ovf_store_row_put(&w->json, source->kind, stmt, 1, w->view->source.is_public);
    ovf_json_close(&w->json, '}');
    return OVF_OK;
}

/** \p next: the number of the last row, when more follow; else 0. */
static enum ovf_status put_page(struct ovf_view_writing *w, const struct source *source,
                                const struct ovf_view_query *query, int64_t *next)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    int64_t last = 0;
    enum ovf_status st = prepare(w->view, source, &stmt, w->err);
    if (st == OVF_OK)
        bind(w->view, stmt, query);
    for (size_t n = 0; st == OVF_OK; n++) {
        st = ovf_sql_step(stmt, &row, w->err);
        if (st != OVF_OK || !row || (query->limit > 0 && n == query->limit))
            break;
        last = sqlite3_column_int64(stmt, 0);
        st = put_row(w, source, stmt);
    }
    *next = row ? last : 0;
    (void)sqlite3_finalize(stmt);
    return st;
}

static enum ovf_status count(struct ovf_view_writing *w, const struct source *source,
                             const struct ovf_view_query *query, int64_t *n)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st =
        ovf_sql_preparef(w->view->db, &stmt, w->err, "SELECT count(*) FROM %s", source->from);
    if (st == OVF_OK) {
        bind(w->view, stmt, query);
        st = ovf_sql_step(stmt, &row, w->err);
    }
    *n = st == OVF_OK && row ? sqlite3_column_int64(stmt, 0) : 0;
    (void)sqlite3_finalize(stmt);
    return st;
}

/* ---- permits by day ---- */

/* Crossings by day, airspace and operator. */
#define DESK                                                                                       \
    "SELECT day,airspace,operator,verdict,count(*) FROM (SELECT substr(" OVF_VIEW_BEGIN            \
    ",1,10) day,c.airspace airspace,"                                                              \
    " CASE WHEN c.callsign GLOB '[A-Z][A-Z][A-Z][0-9]*' THEN substr(c.callsign,1,3) END operator," \
    " f.verdict verdict FROM temp.said s JOIN findings f ON f.fid=s.fid"                           \
    " JOIN crossings c ON c.id=f.about_id WHERE f.rule LIKE 'permit/%')"                           \
    " GROUP BY 1,2,3,4 ORDER BY 1,2,3,4"

struct desk {
    struct ovf_view_writing *w;
    bool is_open;
    char day[16];
    char airspace[OVF_VIEW_TEXT_SIZE];
    char operator_[8];
};

static void close_day(struct desk *desk)
{
    if (desk->is_open) {
        ovf_json_close(&desk->w->json, '}');
        ovf_json_close(&desk->w->json, '}');
    }
    desk->is_open = false;
}

static enum ovf_status put_verdict(void *context, sqlite3_stmt *stmt)
{
    struct desk *const desk = context;
    struct ovf_json_writer *const json = &desk->w->json;
    const char *const day = ovf_view_column(stmt, 0);
    const char *const airspace = ovf_view_column(stmt, 1);
    const char *const operator_ = ovf_view_column(stmt, 2);
    if (!desk->is_open || strcmp(day, desk->day) != 0 || strcmp(airspace, desk->airspace) != 0 ||
        strcmp(operator_, desk->operator_) != 0) {
        close_day(desk);
        (void)snprintf(desk->day, sizeof desk->day, "%s", day);
        (void)snprintf(desk->airspace, sizeof desk->airspace, "%s", airspace);
        (void)snprintf(desk->operator_, sizeof desk->operator_, "%s", operator_);
        ovf_json_open(json, NULL, '{');
        ovf_json_text(json, "type", "permit_day");
        ovf_json_text(json, "day", day);
        ovf_json_text(json, "airspace", airspace);
        ovf_view_put_text(json, "operator", stmt, 2);
        ovf_json_open(json, "verdicts", '{');
        desk->is_open = true;
    }
    ovf_json_int(json, ovf_view_column(stmt, 3), sqlite3_column_int64(stmt, 4));
    return OVF_OK;
}

static enum ovf_status put_desk(struct ovf_view_writing *w)
{
    struct desk desk = {.w = w};
    const enum ovf_status st = ovf_view_each(w->view, DESK, NULL, put_verdict, &desk, w->err);
    close_day(&desk);
    return st;
}

/* ---- all ---- */

/** Within which of a sink's place was jumped to: of all the same, as they answer one question. */
static enum ovf_status put_radius(struct ovf_view_writing *w)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st = ovf_sql_prepare(
        w->view->db, "SELECT json_extract(json,'$.within_m') FROM sinks LIMIT 1", &stmt, w->err);
    if (st == OVF_OK)
        st = ovf_sql_step(stmt, &row, w->err);
    if (st == OVF_OK && row)
        ovf_json_int(&w->json, "radius_m", sqlite3_column_int64(stmt, 0));
    (void)sqlite3_finalize(stmt);
    return st;
}

enum ovf_status ovf_view_put_rows(struct ovf_view_writing *w, enum ovf_view_document document,
                                  const struct ovf_view_query *query)
{
    const struct source *const source = &sources[document];
    int64_t next = 0;
    int64_t total = 0;
    ovf_json_open(&w->json, "rows", '[');
    enum ovf_status st = put_page(w, source, query, &next);
    if (st == OVF_OK && document == OVF_VIEW_PERMITS && next == 0)
        st = put_desk(w);
    ovf_json_close(&w->json, ']');
    if (st == OVF_OK)
        st = count(w, source, query, &total);
    ovf_json_int(&w->json, "total", total);
    if (st == OVF_OK && document == OVF_VIEW_SINKS)
        st = put_radius(w);
    if (document == OVF_VIEW_INTERFERENCE)
        ovf_json_number(&w->json, "cell_deg", CELL_DEG, 1);
    if (next > 0) {
        char cursor[24];
        (void)snprintf(cursor, sizeof cursor, "%lld", (long long)next);
        ovf_json_text(&w->json, "next", cursor);
    }
    return st;
}
