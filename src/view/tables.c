/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a report, as HTML and as CSV: the same queries, so the same rows. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "report/csv.h"
#include "view/page.h"
#include "view/view_parts.h"

#define VERDICTS                                                                                   \
    "(SELECT group_concat(replace(verdict,'_',' '),', ') FROM (SELECT f.verdict verdict FROM"      \
    " temp.said s JOIN findings f ON f.fid=s.fid WHERE f.about_kind=e.kind AND s.about_id=e.name"  \
    " ORDER BY s.n)) verdict"
#define NUMBERS                                                                                    \
    "(SELECT group_concat(n,', ') FROM (SELECT s.n n FROM temp.said s JOIN findings f ON"          \
    " f.fid=s.fid WHERE f.about_kind=e.kind AND s.about_id=e.name ORDER BY s.n)) findings"

#define SUBJECT                                                                                    \
    "coalesce((SELECT 'crossing '||k.n FROM temp.subject k WHERE k.kind=f.about_kind"              \
    " AND k.id=f.about_id),f.about_id) subject"
#define REASONS "(SELECT group_concat(value,'; ') FROM json_each(f.json,'$.reasons')) reasons"
/* With the crossing that a finding is about; of a flight or journey the first. */
#define OF_CROSSING                                                                                \
    " FROM temp.said s JOIN findings f ON f.fid=s.fid LEFT JOIN temp.subject k"                    \
    " ON k.kind=f.about_kind AND k.id=f.about_id LEFT JOIN temp.shown h ON h.n=k.n"                \
    " LEFT JOIN crossings c ON c.fid=h.fid"

/* Ends of a flight; and of a passage, which in a gap are told by when they can have been. */
#define FROM OVF_VIEW_END_OF("c", "from", "c.from_kind")
#define TO OVF_VIEW_END_OF("c", "to", "c.to_kind")
#define WHEN(end)                                                                                  \
    "coalesce(substr(c." end "_time,1,19)||'Z',substr(coalesce(c." end "_earliest,c." end          \
    "_time_min),1,19)||'Z to '||substr(coalesce(c." end "_latest,c." end                           \
    "_time_max),1,19)||'Z'||CASE WHEN c." end                                                      \
    "_perhaps_stayed THEN ', may have stayed inside' ELSE '' END)"
#define ENTRY WHEN("entry")
#define EXIT WHEN("exit")
/* What was said of it, its flight and its journey. */
#define OF_IT                                                                                      \
    "(SELECT group_concat(v,'; ') FROM (SELECT substr(f.rule,1,instr(f.rule,'/')-1)||': '||"       \
    "replace(f.verdict,'_',' ') v FROM temp.said a JOIN findings f ON f.fid=a.fid"                 \
    " WHERE a.about_id IN (s.id,s.flight,s.journey) AND f.about_kind IN"                           \
    " ('crossing','flight','journey') GROUP BY 1 ORDER BY min(a.n)))"

/* The first column numbers the row; columns are named as they are headed. */
static const struct table {
    const char *name;
    const char *caption;
    const char *row; /* what a row's anchor is called: "crossing" for #crossing-12 */
    const char *sql;
    /* Of many columns the last one that is on paper, and where the others are; NULL: all are. */
    const char *last;
    const char *others;
} tables[] = {
    {.name = "crossings",
     .caption = "Crossings",
     .row = "crossing",
     .sql =
         "SELECT s.n n,c.callsign callsign,c.icao24 icao24,c.registration registration,"
         "c.type_code type_code," FROM " \"from\"," TO " \"to\"," ENTRY " entry," EXIT " \"exit\","
         "c.airspace airspace,c.class class,"
         "cast(round(c.avoidance_speed_kt) AS INTEGER) avoidance_speed_kt," OF_IT " verdicts,"
         "c.role role,c.from_airport from_airport,c.to_airport to_airport,"
         "substr(c.entry_time,1,19)||'Z' entry_time,"
         "substr(c.entry_time_min,1,19)||'Z' entry_time_min,"
         "substr(c.entry_time_max,1,19)||'Z' entry_time_max,"
         "substr(c.entry_earliest,1,19)||'Z' entry_earliest,"
         "substr(c.entry_latest,1,19)||'Z' entry_latest,"
         "CASE WHEN c.entry_perhaps_stayed THEN 'true' END entry_perhaps_stayed,"
         "substr(c.exit_time,1,19)||'Z' exit_time,"
         "substr(c.exit_time_min,1,19)||'Z' exit_time_min,"
         "substr(c.exit_time_max,1,19)||'Z' exit_time_max,"
         "substr(c.exit_earliest,1,19)||'Z' exit_earliest,"
         "substr(c.exit_latest,1,19)||'Z' exit_latest,"
         "CASE WHEN c.exit_perhaps_stayed THEN 'true' END exit_perhaps_stayed,"
         "json_extract(c.json,'$.address_state') address_state,"
         "json_extract(c.json,'$.operator_icao') operator_icao,"
         "json_extract(c.json,'$.operator_state') operator_state,"
         "(SELECT group_concat(json_extract(e.value,'$.operator_icao')||'='||"
         "json_extract(e.value,'$.operator_state'),' ')"
         " FROM json_each(c.json,'$.operators_elsewhere') e) operators_elsewhere,"
         "c.watches watches,s.id id"
         " FROM temp.shown s JOIN crossings c ON c.fid=s.fid ORDER BY s.n",
     .last = "verdicts",
     .others = "Intervals of entry and exit, roles, states of addresses and operators, watches and "
               "identifiers are on the page and in the annex (--annex csv)"},
    {.name = "findings",
     .caption = "Findings",
     .row = "finding",
     .sql = "SELECT s.n n,f.rule rule,replace(f.verdict,'_',' ') verdict,"
            "f.about_kind about," SUBJECT "," OVF_VIEW_SUBJECT " flight,"
            "json_extract(f.json,'$.against') against," REASONS ","
            "(SELECT group_concat(value,'; ') FROM (SELECT DISTINCT value FROM"
            " json_each(f.json,'$.sources'))) sources,f.id id"
            " FROM temp.said s JOIN findings f ON f.fid=s.fid ORDER BY s.n"},
    {.name = "permits",
     .caption = "Crossings held against permits",
     .row = "permit",
     .sql =
         "SELECT s.n n," SUBJECT
         ",c.airspace airspace,c.callsign callsign,c.registration registration,"
         "substr(coalesce(c.entry_time,c.entry_time_min),1,19)||'Z' entry_time,"
         "replace(f.verdict,'_',' ') verdict,json_extract(f.json,'$.permit_no') permit_no,"
         "json_extract(f.json,'$.status') status,json_extract(f.json,'$.valid_from') valid_from,"
         "json_extract(f.json,'$.valid_to') valid_to,"
         "(SELECT group_concat(replace(value,'_',' '),', ') FROM json_each(f.json,'$.deviations'))"
         " deviations," REASONS ",f.id id" OF_CROSSING
         " WHERE f.rule LIKE 'permit/%' ORDER BY s.n"},
    {.name = "lists",
     .caption = "Flights of aircraft and operators that lists name",
     .row = "listing",
     .sql = "SELECT s.n n," SUBJECT ",c.callsign callsign,c.registration registration,"
            "json_extract(f.json,'$.list') list,json_extract(f.json,'$.entry') entry,"
            "json_extract(f.json,'$.name') name,json_extract(f.json,'$.matched') matched,"
            "replace(f.verdict,'_',' ') verdict,"
            "replace(json_extract(f.json,'$.on_flight_date.state'),'_',' ') on_flight_date,"
            "json_extract(f.json,'$.on_flight_date.edition') edition_then,"
            "replace(json_extract(f.json,'$.today.state'),'_',' ') today,"
            "json_extract(f.json,'$.today.edition') edition_now,f.id id" OF_CROSSING
            " WHERE f.rule LIKE 'listing/%' ORDER BY s.n"},
    {.name = "claims",
     .caption = "Claims, and what was found of them",
     .row = "entry",
     .sql =
         "SELECT e.n n,e.day date,e.who party,e.words says," VERDICTS "," NUMBERS ",e.source source"
         " FROM temp.entry e WHERE e.kind='claim' ORDER BY e.day,e.n"},
    {.name = "requests",
     .caption = "Measures, orders, requests and inspections",
     .row = "entry",
     .sql = "SELECT e.n n,e.day date,e.kind kind,e.name name,e.who by,e.words words," VERDICTS
            "," NUMBERS ",e.source source FROM temp.entry e WHERE e.kind NOT IN ('claim','note')"
            " ORDER BY e.day,e.n"},
    {.name = "historical_shares",
     .caption = "Crossings that are only possible, by historical share",
     .row = "share",
     .sql = "SELECT h.rank n,'crossing '||h.n subject,h.airspace airspace,c.callsign callsign,"
            "h.from_airport from_airport,h.to_airport to_airport,h.operator operator,h.flights "
            "flights,"
            "h.flights_crossed flights_crossed,printf('%.3f',h.share) share,"
            "printf('%.3f',h.share_low) share_low,printf('%.3f',h.share_high) share_high,h.id id"
            " FROM temp.share h JOIN crossings c ON c.id=h.id ORDER BY h.rank"},
    {.name = "gaps",
     .caption = "Gaps of the flights shown",
     .row = "gap",
     .sql =
         "SELECT s.n n,g.icao24 icao24,g.callsign callsign,substr(g.gap_start,1,19)||'Z' gap_start,"
         "substr(g.gap_end,1,19)||'Z' gap_end,cast(round(g.duration_s) AS INTEGER) duration_s,"
         "g.kind kind,g.cause cause,g.others_heard others_heard,g.id id"
         " FROM temp.silent s JOIN gaps g ON g.fid=s.fid ORDER BY s.n"},
    {.name = "sinks",
     .caption = "Places that positions of several aircraft jumped to: consistent with interference",
     .row = "sink",
     .sql = "SELECT row_number() OVER (ORDER BY day,first,lat_deg,lon_deg) n,day,"
            "printf('%.4f',lat_deg) lat_deg,printf('%.4f',lon_deg) lon_deg,"
            "json_extract(json,'$.airport') airport,substr(first,1,19)||'Z' first,"
            "substr(last,1,19)||'Z' last,aircraft FROM sinks ORDER BY n"},
    {.name = "detections",
     .caption =
         "Flights with positions that no crossing tells: consistent with interference or a fault",
     .row = "detection",
     .sql = "SELECT s.n n,d.icao24 icao24,d.callsign callsign,substr(d.first,1,19)||'Z' first,"
            "substr(d.last,1,19)||'Z' last,printf('%.4f',d.lat_deg) lat_deg,"
            "printf('%.4f',d.lon_deg) lon_deg,d.airspaces airspaces,d.detections detections,"
            "d.not_believed not_believed FROM temp.doubted s JOIN detections d ON d.fid=s.fid"
            " ORDER BY s.n"},
    {.name = "notes",
     .caption = "Notes",
     .row = "entry",
     .sql = "SELECT e.n n,e.name number,e.day date,e.who author,e.words text FROM temp.entry e"
            " WHERE e.kind='note' ORDER BY e.n"},
    {.name = "sources",
     .caption = "Sources",
     .row = "source",
     .sql =
         "SELECT n,kind,name,edition,substr(date,1,10) date,substr(date_to,1,10) date_to,licence,"
         "digest,url FROM temp.source ORDER BY n"},
};

enum { N_TABLES = sizeof tables / sizeof *tables };

size_t ovf_view_table_count(void)
{
    return N_TABLES;
}

const char *ovf_view_table_name(size_t i)
{
    return tables[i].name;
}

/* ---- CSV ---- */

struct csv {
    struct ovf_buffer *out;
    size_t n_rows;
};

static enum ovf_status put_csv_row(void *context, sqlite3_stmt *stmt)
{
    struct csv *const csv = context;
    const int n = sqlite3_column_count(stmt);
    enum ovf_status st = OVF_OK;
    for (int i = 0; csv->n_rows == 0 && i < n && st == OVF_OK; i++)
        st = ovf_buffer_printf(csv->out, "%s%s", sqlite3_column_name(stmt, i),
                               i + 1 < n ? "," : "\r\n");
    csv->n_rows++;
    for (int i = 0; i < n && st == OVF_OK; i++) {
        st = ovf_csv_field(csv->out, ovf_view_column(stmt, i));
        if (st == OVF_OK)
            st = ovf_buffer_append_text(csv->out, i + 1 < n ? "," : "\r\n");
    }
    return st;
}

enum ovf_status ovf_view_table_csv(struct ovf_view *view, size_t i, struct ovf_buffer *out,
                                   size_t *n_rows, struct ovf_error *err)
{
    struct csv csv = {.out = out};
    const enum ovf_status st = ovf_view_each(view, tables[i].sql, NULL, put_csv_row, &csv, err);
    *n_rows = csv.n_rows;
    return st;
}

/* ---- HTML ----
 *
 * For people, who look up the rest in the CSV: columns behind the table's `last` and those in which no row has anything
 * are left out, and what a row says at length as the one above it is not said again. */

enum { MOST_COLUMNS = 64, AT_LENGTH = 100, LONG_WORD = 24, PIECE = 16 };

/** What a column said last at length, and in which row. */
struct said {
    struct ovf_buffer text;
    int64_t row;
};

struct html {
    const struct table *table;
    size_t number;
    struct ovf_buffer *out;
    size_t n_rows;
    bool is_filled[MOST_COLUMNS];
    struct said said[MOST_COLUMNS];
};

static enum ovf_status note_filled(void *context, sqlite3_stmt *stmt)
{
    struct html *const h = context;
    const char *const last = h->table->last;
    bool is_on_paper = true;
    assert(sqlite3_column_count(stmt) <= MOST_COLUMNS);
    for (int i = 0; i < sqlite3_column_count(stmt) && is_on_paper; i++) {
        h->is_filled[i] = h->is_filled[i] || ovf_view_column(stmt, i)[0] != '\0';
        is_on_paper = last == NULL || strcmp(sqlite3_column_name(stmt, i), last) != 0;
    }
    return OVF_OK;
}

/** How much of \p text stays in one line: a word with what is behind it; of a long one, such as a hash, a piece. */
static size_t length_of_piece(const char *text, bool *is_cut)
{
    size_t n = strcspn(text, " ");
    *is_cut = n > LONG_WORD;
    if (!*is_cut)
        return n + strspn(text + n, " ");
    for (n = PIECE; (text[n] & 0xc0) == 0x80; n++) /* no letter is cut */
        ;
    return n;
}

static enum ovf_status put_text(struct ovf_buffer *out, const char *text)
{
    enum ovf_status st = OVF_OK;
    for (size_t n; *text != '\0' && st == OVF_OK; text += n) {
        bool is_cut;
        n = length_of_piece(text, &is_cut);
        st = ovf_view_html_text(out, (struct ovf_bytes){(const unsigned char *)text, n});
        if (st == OVF_OK && is_cut)
            st = ovf_buffer_append_text(out, "<wbr>");
    }
    return st;
}

/** "avoidance speed kt": a column's name as a heading. */
static enum ovf_status put_heading(struct ovf_buffer *out, const char *name)
{
    enum ovf_status st = ovf_buffer_printf(out, "<th scope=\"col\" data-column=\"%s\">", name);
    for (; *name != '\0' && st == OVF_OK; name++)
        st = ovf_buffer_append(out, *name == '_' ? " " : name, 1);
    return st == OVF_OK ? ovf_buffer_append_text(out, "</th>") : st;
}

static enum ovf_status put_head(struct html *h, sqlite3_stmt *stmt)
{
    enum ovf_status st = ovf_buffer_printf(
        h->out, "<section id=\"%s\">\n<table>\n<caption>Table %zu. %s%s%s</caption>\n<thead><tr>",
        h->table->name, h->number, h->table->caption, h->table->others != NULL ? ". " : "",
        h->table->others != NULL ? h->table->others : "");
    for (int i = 0; i < sqlite3_column_count(stmt) && st == OVF_OK; i++) {
        if (h->is_filled[i])
            st = put_heading(h->out, sqlite3_column_name(stmt, i));
    }
    return st == OVF_OK ? ovf_buffer_append_text(h->out, "</tr></thead>\n<tbody>\n") : st;
}

/** "crossing 12" in a finding leads to its row. */
static bool is_link(const char *name, const char *text)
{
    return strcmp(name, "subject") == 0 && strncmp(text, "crossing ", 9) == 0 &&
           strspn(text + 9, "0123456789") == strlen(text + 9);
}

/** A time breaks behind its date. */
static bool is_time(const char *text)
{
    return strlen(text) == 20 && text[10] == 'T' && text[19] == 'Z';
}

static enum ovf_status put_words(struct html *h, const char *name, const char *text)
{
    if (is_link(name, text))
        return ovf_buffer_printf(h->out, "<a href=\"#crossing-%s\">%s</a>", text + 9, text);
    if (!is_time(text))
        return put_text(h->out, text);
    enum ovf_status st =
        ovf_view_html_text(h->out, (struct ovf_bytes){(const unsigned char *)text, 11});
    if (st == OVF_OK)
        st = ovf_buffer_append_text(h->out, "<wbr>");
    return st == OVF_OK ? put_text(h->out, text + 11) : st;
}

/** Whether this was said last in the column; else, at length, it is from now on. */
static enum ovf_status look_back(struct said *said, const char *text, int64_t row, bool *is_same)
{
    const size_t len = strlen(text);
    *is_same = len >= AT_LENGTH && said->text.len == len && memcmp(said->text.data, text, len) == 0;
    if (*is_same || len < AT_LENGTH)
        return OVF_OK;
    said->text.len = 0;
    said->row = row;
    return ovf_buffer_append(&said->text, text, len);
}

static enum ovf_status put_cell(struct html *h, sqlite3_stmt *stmt, int i)
{
    struct said *const said = &h->said[i];
    const char *const text = ovf_view_column(stmt, i);
    bool is_same;
    enum ovf_status st = look_back(said, text, sqlite3_column_int64(stmt, 0), &is_same);
    if (st == OVF_OK)
        st = ovf_buffer_append_text(h->out, "<td>");
    if (st == OVF_OK && is_same)
        st = ovf_buffer_printf(h->out, "as <a href=\"#%s-%lld\">%s %lld</a>", h->table->row,
                               (long long)said->row, h->table->row, (long long)said->row);
    else if (st == OVF_OK)
        st = put_words(h, sqlite3_column_name(stmt, i), text);
    return st == OVF_OK ? ovf_buffer_append_text(h->out, "</td>") : st;
}

static enum ovf_status put_html_row(void *context, sqlite3_stmt *stmt)
{
    struct html *const h = context;
    enum ovf_status st = h->n_rows++ == 0 ? put_head(h, stmt) : OVF_OK;
    if (st == OVF_OK)
        st = ovf_buffer_printf(h->out, "<tr id=\"%s-%lld\"><th scope=\"row\">%lld</th>",
                               h->table->row, (long long)sqlite3_column_int64(stmt, 0),
                               (long long)sqlite3_column_int64(stmt, 0));
    for (int i = 1; i < sqlite3_column_count(stmt) && st == OVF_OK; i++) {
        if (h->is_filled[i])
            st = put_cell(h, stmt, i);
    }
    return st == OVF_OK ? ovf_buffer_append_text(h->out, "</tr>\n") : st;
}

enum ovf_status ovf_view_table_html(struct ovf_view *view, size_t i, size_t number,
                                    struct ovf_buffer *out, size_t *n_rows, struct ovf_error *err)
{
    struct html h = {.table = &tables[i], .number = number, .out = out};
    enum ovf_status st = ovf_view_each(view, tables[i].sql, NULL, note_filled, &h, err);
    if (st == OVF_OK)
        st = ovf_view_each(view, tables[i].sql, NULL, put_html_row, &h, err);
    if (st == OVF_OK && h.n_rows > 0)
        st = ovf_buffer_append_text(out, "</tbody>\n</table>\n</section>\n");
    *n_rows = h.n_rows;
    for (size_t k = 0; k < MOST_COLUMNS; k++)
        ovf_buffer_deinit(&h.said[k].text);
    return st;
}
