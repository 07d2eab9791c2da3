/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share (private to src/view).
 *
 * A view numbers the rows that it shows in temporary tables, once; all documents join them, so that a row has one
 * number everywhere and what is withheld is nowhere:
 *   temp.shown(n, fid, id, flight, journey)   crossings
 *   temp.subject(kind, id, n)                 what a finding may be about: the first crossing of it
 *   temp.said(n, fid, about_id)               findings
 *   temp.silent(n, fid)                       gaps
 *   temp.given(n, fid)                        inputs
 *   temp.days(n, fid)                         completeness
 *   temp.share(n, rank, id, ...)              crossings that are only possible, and what others flew (shares.c)
 *   temp.watched(name)                        watches of the case
 *   temp.entry(n, kind, name, day, who, words, source, ...)   what the case says: its story (entries.c)
 *   temp.source(n, kind, name, edition, date, date_to, licence, digest, url, input)   what all rests on
 */
#ifndef OVF_VIEW_VIEW_PARTS_H
#define OVF_VIEW_VIEW_PARTS_H

#include <sqlite3.h>

#include "base/buffer.h"
#include "base/json_writer.h"
#include "geo/point.h"
#include "store/sql.h"
#include "view/view.h"

/* More different queries than the documents have. */
enum { OVF_VIEW_STATEMENTS = 96 };

/** A query that was prepared and is kept: a document of crossings asks the same thousands of times. */
struct ovf_view_statement {
    sqlite3_stmt *stmt;
    bool is_used; /* now, by who reads its rows */
};

struct ovf_view {
    struct ovf_view_source source;
    sqlite3 *db;
    struct ovf_view_statement statements[OVF_VIEW_STATEMENTS];
    size_t n_statements;
    struct ovf_view_withheld withheld;
    bool has_rows[OVF_VIEW_N]; /* of documents that not every view has */
    int64_t data_version;
};

/* ---- queries ---- */

/** Take the row that \p stmt stands on; what is not OVF_OK ends the query. */
typedef enum ovf_status ovf_view_row_fn(void *context, sqlite3_stmt *stmt);

/** Visit the rows of \p sql, with \p text bound to its ?1 unless that is NULL. */
OVF_NODISCARD enum ovf_status ovf_view_each(struct ovf_view *view, const char *sql,
                                            const char *text, ovf_view_row_fn *take, void *context,
                                            struct ovf_error *err);

/** A column's text, "" where it is NULL; until the next step. */
const char *ovf_view_column(sqlite3_stmt *stmt, int column);

/** The place whose latitude is in \p column and longitude in the next. False: there is none; \p at is as it was. */
bool ovf_view_place(sqlite3_stmt *stmt, int column, struct ovf_point *at);

/* ---- parts of documents ---- */

/** The open document, and whose view it is. Its writer's status is asked for once, at the end. */
struct ovf_view_writing {
    struct ovf_view *view;
    struct ovf_json_writer json;
    struct ovf_error *err;
    struct ovf_buffer *html; /* sentences go here as paragraphs instead; NULL: into the document */
    const struct ovf_view_query *query; /* NULL: nothing is asked of it */
};

/** Fill temp.entry and temp.source, when crossings and findings are numbered. */
OVF_NODISCARD enum ovf_status ovf_view_number_entries(struct ovf_view *view, struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_view_number_sources(struct ovf_view *view, struct ovf_error *err);

/** Fill temp.share, when crossings are numbered. */
OVF_NODISCARD enum ovf_status ovf_view_number_shares(struct ovf_view *view, struct ovf_error *err);

/** The member `historical_share` of the crossing \p id, where there is one. */
OVF_NODISCARD enum ovf_status ovf_view_put_share(struct ovf_view_writing *w, const char *id);

/** The sentence of it. */
OVF_NODISCARD enum ovf_status ovf_view_say_share(struct ovf_view_writing *w, const char *id);

/** Whom a reader owes what: of the airspaces, and ?1, the pack's. */
#define OVF_VIEW_OWED                                                                              \
    "SELECT attribution FROM airspaces WHERE attribution<>'' UNION SELECT ?1 WHERE ?1<>''"         \
    " ORDER BY 1"

/** The view's title. */
const char *ovf_view_title(const struct ovf_view *view);

/** Append \p text as text of HTML: what would be a tag or a reference is escaped, also within quotes. */
OVF_NODISCARD enum ovf_status ovf_view_html_text(struct ovf_buffer *out, struct ovf_bytes text);

/** A column as a member; nothing where it is NULL. */
void ovf_view_put_text(struct ovf_json_writer *json, const char *key, sqlite3_stmt *stmt,
                       int column);

/** What stands before the members of a row; 0 and NULL: it does not. */
struct ovf_view_lead {
    int64_t n;              /* of the row */
    int64_t crossing;       /* of what it is about */
    const char *subject;    /* that in words; OVF_VIEW_SUBJECT */
    const char *former_ids; /* of a crossing, separated by blanks */
};

/** The object \p text, JSON, with \p lead before its members. What is published names no folders.
 * False: \p text is no object. */
bool ovf_view_put_object(struct ovf_view_writing *w, const char *key,
                         const struct ovf_view_lead *lead, const char *text);

/** \p path as it is shown: of what is published the last part alone, since folders tell of the computer and of who
 * uses it. */
struct ovf_bytes ovf_view_path(const struct ovf_view *view, const char *path);

/** What a sentence rests on, separated by blanks; NULL and "": nothing. */
struct ovf_view_basis {
    const char *findings; /* identifiers */
    const char *sources;  /* numbers in temp.source */
};

/** {"text":..,"findings":[..],"sources":[..]} from \p text (emptied then). */
void ovf_view_put_sentence(struct ovf_view_writing *w, struct ovf_buffer *text,
                           const struct ovf_view_basis *basis);

/** SQL of the times between which the crossing `c` lies: of an end in a gap by what could be flown, else by the fixes
 * around; without either by its flight. */
#define OVF_VIEW_BEGIN "coalesce(c.entry_earliest,c.entry_time_min,c.flight_start)"
#define OVF_VIEW_END "coalesce(c.exit_latest,c.exit_time_max,c.flight_end)"

/** SQL of an end ("from", "to") of a row of crossings, flights or journeys: `~` before what is inferred. */
#define OVF_VIEW_END_OF(row, end, kind)                                                            \
    "CASE " kind " WHEN 'inferred' THEN '~' ELSE '' END||coalesce(" row "." end "_airport," row    \
    "." end "_country,'?')"
/* Who flew when, from where to where. */
#define OVF_VIEW_FLEW(row, start, from, to)                                                        \
    "coalesce(" row ".callsign||' ','')||" row ".icao24||', '||substr(" start                      \
    ",1,10)||', '||" from "||' to '||" to
#define OVF_VIEW_LEG(column, leg)                                                                  \
    "(SELECT x." column " FROM flights x WHERE x.icao24=j.icao24 AND x.flight_start BETWEEN"       \
    " j.journey_start AND j.journey_end AND x.journey_id=j.id AND x.journey_leg=" leg ")"
#define OVF_VIEW_CROSSED                                                                           \
    OVF_VIEW_FLEW("c", OVF_VIEW_BEGIN, OVF_VIEW_END_OF("c", "from", "c.from_kind"),                \
                  OVF_VIEW_END_OF("c", "to", "c.to_kind"))
#define OVF_VIEW_FLOWN                                                                             \
    OVF_VIEW_FLEW("x", "x.flight_start", OVF_VIEW_END_OF("x", "from", "x.from_kind"),              \
                  OVF_VIEW_END_OF("x", "to", "x.to_kind"))
#define OVF_VIEW_TRAVELLED                                                                         \
    OVF_VIEW_FLEW("j", "j.journey_start",                                                          \
                  OVF_VIEW_END_OF("j", "from", OVF_VIEW_LEG("from_kind", "1")),                    \
                  OVF_VIEW_END_OF("j", "to", OVF_VIEW_LEG("to_kind", "j.journey_legs")))

/** SQL of what flew that the finding `f` is about, as people name it; NULL of what the case says. */
#define OVF_VIEW_SUBJECT                                                                           \
    "CASE f.about_kind"                                                                            \
    " WHEN 'crossing' THEN (SELECT " OVF_VIEW_CROSSED                                              \
    "||', over '||c.airspace FROM crossings c WHERE c.id=f.about_id)"                              \
    " WHEN 'flight' THEN (SELECT " OVF_VIEW_FLOWN " FROM flights x WHERE x.id=f.about_id)"         \
    " WHEN 'journey' THEN (SELECT " OVF_VIEW_TRAVELLED                                             \
    " FROM journeys j WHERE j.id=f.about_id) END"

/* ---- documents ---- */

typedef enum ovf_status ovf_view_put_fn(struct ovf_view_writing *w);

ovf_view_put_fn ovf_view_put_index;
ovf_view_put_fn ovf_view_put_case;
ovf_view_put_fn ovf_view_put_crossing_map;
ovf_view_put_fn ovf_view_put_series;
ovf_view_put_fn ovf_view_put_airspaces;
ovf_view_put_fn ovf_view_put_tracks;
ovf_view_put_fn ovf_view_put_regions;

/** A document of rows. */
OVF_NODISCARD enum ovf_status ovf_view_put_rows(struct ovf_view_writing *w,
                                                enum ovf_view_document document,
                                                const struct ovf_view_query *query);

/** The flight \p id as an element of `tracks`, in full. */
OVF_NODISCARD enum ovf_status ovf_view_put_track(struct ovf_view_writing *w, const char *key,
                                                 const char *flight);

/** The i-th of who shows aircraft: an address with {icao24}, {day}, {registration} to fill in. False: no more. */
bool ovf_view_link(size_t i, const char **name, const char **address);

/* ---- words ---- */

/** The three sentences of the answer, the method, the limits: arrays of sentences under these names. */
OVF_NODISCARD enum ovf_status ovf_view_put_answer(struct ovf_view_writing *w);
OVF_NODISCARD enum ovf_status ovf_view_put_method(struct ovf_view_writing *w);
OVF_NODISCARD enum ovf_status ovf_view_put_limits(struct ovf_view_writing *w);

/** A watch in words: "from IR, over IQ, to SY". */
OVF_NODISCARD enum ovf_status ovf_view_watch_words(const struct ovf_case_watch *watch,
                                                   struct ovf_buffer *out);

/** What a class says; "" of one that is none. */
const char *ovf_view_class_words(const char *class);

/** The member `sources`, numbered. */
OVF_NODISCARD enum ovf_status ovf_view_put_sources(struct ovf_view_writing *w);

/** What is said of the crossing \p id. */
OVF_NODISCARD enum ovf_status ovf_view_put_crossing_words(struct ovf_view_writing *w,
                                                          const char *id);

#endif
