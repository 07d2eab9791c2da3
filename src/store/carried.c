/* SPDX-License-Identifier: Apache-2.0 */
/* Carried state and recalled rows, in SQL. */
#include "store/carried.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "store/sql.h"

enum { ID_SIZE = 40, NAME_SIZE = 96 };

enum statement {
    ASK,
    ASKED,
    LOAD,
    SAVE,
    FLIGHTS,      /* recalled */
    CROSSINGS,    /* recalled */
    GAPS,         /* of a flight */
    SUPERSEDER,   /* the crossing that overlaps a stale one */
    HAS_CROSSING, /* of a flight */
    HAS_FLIGHT,   /* of a journey */
    BARE_AIRSPACE,
    N_STATEMENTS
};

#define BEGIN "coalesce(entry_earliest,entry_time_min,flight_start)"
#define END "coalesce(exit_latest,exit_time_max,flight_end)"

static const char *const sql[N_STATEMENTS] = {
    [ASK] = "INSERT INTO overflight_question(digest,words) VALUES(?1,?2) "
            "ON CONFLICT(digest) DO NOTHING",
    [ASKED] = "INSERT INTO overflight_asked(kind,airspace) VALUES(?1,?2) "
              "ON CONFLICT(kind,airspace) DO NOTHING",
    [LOAD] = "SELECT state FROM overflight_carried WHERE icao24=?1",
    [SAVE] = "INSERT INTO overflight_carried(icao24,state) VALUES(?1,?2) "
             "ON CONFLICT(icao24) DO UPDATE SET state=excluded.state",
    [FLIGHTS] = "SELECT id,journey_id FROM flights "
                "WHERE icao24=?1 AND flight_start>=?2 AND flight_start<=?3",
    [CROSSINGS] = "SELECT id,kind,airspace," BEGIN "," END " FROM crossings "
                  "WHERE icao24=?1 AND flight_start>=?2 AND flight_start<=?3",
    [GAPS] = "SELECT id FROM gaps WHERE flight_id=?1",
    [SUPERSEDER] = "SELECT rev FROM crossings WHERE icao24=?1 AND kind=?2 AND airspace=?3 "
                   "AND id<>?4 AND " BEGIN "<=?6 AND " END ">=?5 ORDER BY " BEGIN ",id LIMIT 1",
    [HAS_CROSSING] = "SELECT 1 FROM crossings WHERE icao24=?1 AND flight_id=?2 LIMIT 1",
    [BARE_AIRSPACE] = "SELECT id FROM airspaces a WHERE kind=?1 AND airspace=?2 AND NOT EXISTS("
                      "SELECT 1 FROM crossings c WHERE c.kind=a.kind AND c.airspace=a.airspace)",
    [HAS_FLIGHT] = "SELECT 1 FROM flights WHERE icao24=?1 AND journey_id=?2 LIMIT 1",
};

/** A row that was there before. */
struct row {
    enum ovf_store_kind kind;
    bool is_said;
    char id[ID_SIZE];
    char airspace_kind[NAME_SIZE]; /* of crossings, and the next three */
    char airspace[NAME_SIZE];
    char begin[OVF_TIME_SIZE];
    char end[OVF_TIME_SIZE];
};

struct ovf_carried {
    struct ovf_store *store;
    sqlite3_stmt *statements[N_STATEMENTS];
    struct row *rows;
    size_t n_rows;
    size_t rows_capacity;
    struct row *left; /* airspaces of which a crossing was retracted; each once */
    size_t n_left;
    size_t left_capacity;
};

static sqlite3_stmt *bind(struct ovf_carried *c, enum statement which, const char *first,
                          const char *second)
{
    sqlite3_stmt *stmt = c->statements[which];
    sqlite3_bind_text(stmt, 1, first, -1, SQLITE_STATIC);
    if (second != NULL)
        sqlite3_bind_text(stmt, 2, second, -1, SQLITE_STATIC);
    return stmt;
}

/** Column \p at of the row at hand, "" for NULL. */
static const char *text_at(sqlite3_stmt *stmt, int at)
{
    const char *text = (const char *)sqlite3_column_text(stmt, at);
    return text != NULL ? text : "";
}

enum ovf_status ovf_store_check_question(sqlite3 *db, const char *question, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st = ovf_sql_prepare(
        db, "SELECT words FROM overflight_question WHERE digest<>?1 LIMIT 1", &stmt, err);
    if (st != OVF_OK)
        return st;
    sqlite3_bind_text(stmt, 1, question, -1, SQLITE_STATIC);
    st = ovf_sql_step(stmt, &row, err);
    if (st == OVF_OK && row)
        st = ovf_error_set(
            err, OVF_E_RANGE,
            "%.200s answers another question (%.200s): put this one into a file of its "
            "own",
            sqlite3_db_filename(db, "main"), text_at(stmt, 0));
    sqlite3_finalize(stmt);
    return st;
}

enum ovf_status ovf_carried_open(struct ovf_store *store, const char *question, const char *words,
                                 struct ovf_carried **out, struct ovf_error *err)
{
    struct ovf_carried *c = calloc(1, sizeof *c);
    enum ovf_status st = OVF_OK;
    if (c == NULL)
        return OVF_E_NOMEM;
    c->store = store;
    for (int i = 0; i < N_STATEMENTS && st == OVF_OK; i++)
        st = ovf_sql_prepare(ovf_store_db(store), sql[i], &c->statements[i], err);
    if (st == OVF_OK)
        st = ovf_store_check_question(ovf_store_db(store), question, err);
    if (st == OVF_OK)
        st = ovf_sql_run(bind(c, ASK, question, words), err);
    if (st != OVF_OK) {
        ovf_carried_close(c);
        return st;
    }
    *out = c;
    return OVF_OK;
}

enum ovf_status ovf_carried_asked(struct ovf_carried *c, const char *kind, const char *airspace,
                                  struct ovf_error *err)
{
    return ovf_sql_run(bind(c, ASKED, kind, airspace), err);
}

void ovf_carried_close(struct ovf_carried *c)
{
    if (c == NULL)
        return;
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(c->statements[i]);
    free(c->rows);
    free(c->left);
    free(c);
}

/* ---- state ---- */

enum ovf_status ovf_carried_load(struct ovf_carried *c, const char *icao24, struct ovf_buffer *out,
                                 struct ovf_error *err)
{
    sqlite3_stmt *stmt = bind(c, LOAD, icao24, NULL);
    bool row = false;
    enum ovf_status st = ovf_sql_step(stmt, &row, err);
    if (st == OVF_OK && row) {
        const void *state = sqlite3_column_blob(stmt, 0);
        const int len = sqlite3_column_bytes(stmt, 0);
        if (state != NULL && len > 0)
            st = ovf_buffer_append(out, state, (size_t)len);
    }
    sqlite3_reset(stmt);
    return st;
}

enum ovf_status ovf_carried_save(struct ovf_carried *c, const char *icao24, struct ovf_bytes state,
                                 struct ovf_error *err)
{
    sqlite3_stmt *stmt = bind(c, SAVE, icao24, NULL);
    if (sqlite3_bind_blob64(stmt, 2, state.data, state.len, SQLITE_STATIC) != SQLITE_OK)
        return ovf_sql_failed(ovf_store_db(c->store), "carried state", err);
    return ovf_sql_run(stmt, err);
}

/* ---- recalled rows ---- */

static enum ovf_status add_row(struct ovf_carried *c, enum ovf_store_kind kind, const char *id,
                               struct row **out)
{
    struct row *grown = ovf_array_reserve(c->rows, &c->rows_capacity, c->n_rows + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    c->rows = grown;
    *out = &c->rows[c->n_rows++];
    **out = (struct row){.kind = kind};
    (void)snprintf((*out)->id, sizeof(*out)->id, "%s", id);
    return OVF_OK;
}

static enum ovf_status note_rows(struct ovf_carried *c, sqlite3_stmt *stmt,
                                 enum ovf_status (*note)(struct ovf_carried *, sqlite3_stmt *),
                                 struct ovf_error *err)
{
    bool row = false;
    enum ovf_status st = ovf_sql_step(stmt, &row, err);
    while (st == OVF_OK && row) {
        st = note(c, stmt);
        if (st == OVF_OK)
            st = ovf_sql_step(stmt, &row, err);
    }
    sqlite3_reset(stmt);
    return st;
}

static enum ovf_status note_crossing(struct ovf_carried *c, sqlite3_stmt *stmt)
{
    struct row *row;
    const enum ovf_status st = add_row(c, OVF_STORE_CROSSING, text_at(stmt, 0), &row);
    if (st != OVF_OK)
        return st;
    (void)snprintf(row->airspace_kind, sizeof row->airspace_kind, "%s", text_at(stmt, 1));
    (void)snprintf(row->airspace, sizeof row->airspace, "%s", text_at(stmt, 2));
    (void)snprintf(row->begin, sizeof row->begin, "%s", text_at(stmt, 3));
    (void)snprintf(row->end, sizeof row->end, "%s", text_at(stmt, 4));
    return OVF_OK;
}

static bool is_noted(const struct ovf_carried *c, enum ovf_store_kind kind, const char *id)
{
    for (size_t i = 0; i < c->n_rows; i++) {
        if (c->rows[i].kind == kind && strcmp(c->rows[i].id, id) == 0)
            return true;
    }
    return false;
}

static enum ovf_status note_flight(struct ovf_carried *c, sqlite3_stmt *stmt)
{
    const char *journey = text_at(stmt, 1);
    struct row *row;
    const enum ovf_status st = add_row(c, OVF_STORE_FLIGHT, text_at(stmt, 0), &row);
    if (st != OVF_OK || journey[0] == '\0' || is_noted(c, OVF_STORE_JOURNEY, journey))
        return st;
    return add_row(c, OVF_STORE_JOURNEY, journey, &row);
}

static enum ovf_status note_gap(struct ovf_carried *c, sqlite3_stmt *stmt)
{
    struct row *row;
    return add_row(c, OVF_STORE_GAP, text_at(stmt, 0), &row);
}

enum ovf_status ovf_carried_recall(struct ovf_carried *c, const char *icao24, int64_t from_ns,
                                   int64_t to_ns, struct ovf_error *err)
{
    const size_t begin = c->n_rows;
    char from[OVF_TIME_SIZE];
    char to[OVF_TIME_SIZE];
    /* Rows have milliseconds; no other flight is that near. */
    ovf_time_format(from_ns - OVF_NS_PER_MS, 3, from);
    ovf_time_format(to_ns + OVF_NS_PER_MS, 3, to);
    sqlite3_stmt *stmt = bind(c, CROSSINGS, icao24, from);
    sqlite3_bind_text(stmt, 3, to, -1, SQLITE_STATIC);
    enum ovf_status st = ovf_store_show(c->store, err);
    if (st == OVF_OK)
        st = note_rows(c, stmt, note_crossing, err);
    stmt = bind(c, FLIGHTS, icao24, from);
    sqlite3_bind_text(stmt, 3, to, -1, SQLITE_STATIC);
    if (st == OVF_OK)
        st = note_rows(c, stmt, note_flight, err);
    for (size_t i = begin, end = c->n_rows; i < end && st == OVF_OK; i++) {
        char id[ID_SIZE]; /* rows may move while gaps are added */
        if (c->rows[i].kind != OVF_STORE_FLIGHT)
            continue;
        memcpy(id, c->rows[i].id, sizeof id);
        sqlite3_bind_text(c->statements[GAPS], 1, id, -1, SQLITE_STATIC);
        st = note_rows(c, c->statements[GAPS], note_gap, err);
    }
    return st;
}

void ovf_carried_said(struct ovf_carried *c, enum ovf_store_kind kind, const char *id)
{
    for (size_t i = 0; i < c->n_rows; i++) {
        if (c->rows[i].kind == kind && strcmp(c->rows[i].id, id) == 0)
            c->rows[i].is_said = true;
    }
}

/* ---- retracting ---- */

/** Notes that the airspace of a crossing may have none left. */
static enum ovf_status note_left(struct ovf_carried *c, const struct row *crossing)
{
    for (size_t i = 0; i < c->n_left; i++) {
        if (strcmp(c->left[i].airspace, crossing->airspace) == 0 &&
            strcmp(c->left[i].airspace_kind, crossing->airspace_kind) == 0)
            return OVF_OK;
    }
    struct row *grown = ovf_array_reserve(c->left, &c->left_capacity, c->n_left + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    c->left = grown;
    c->left[c->n_left++] = *crossing;
    return OVF_OK;
}

static enum ovf_status retract_crossing(struct ovf_carried *c, const char *icao24,
                                        const struct row *row, struct ovf_error *err)
{
    sqlite3_stmt *stmt = bind(c, SUPERSEDER, icao24, row->airspace_kind);
    const char *const values[] = {row->airspace, row->id, row->begin, row->end};
    char superseder[ID_SIZE] = "";
    bool found = false;
    for (int i = 0; i < 4; i++)
        sqlite3_bind_text(stmt, i + 3, values[i], -1, SQLITE_STATIC);
    enum ovf_status st = ovf_sql_step(stmt, &found, err);
    if (st == OVF_OK && found)
        (void)snprintf(superseder, sizeof superseder, "%s", text_at(stmt, 0));
    sqlite3_reset(stmt);
    if (st == OVF_OK)
        st = note_left(c, row);
    return st != OVF_OK ? st
                        : ovf_store_retract(c->store, OVF_STORE_CROSSING, row->id, superseder, err);
}

/** Retract a flight without crossings, or a journey without flights. */
static enum ovf_status retract_bare(struct ovf_carried *c, enum statement has, const char *icao24,
                                    const struct row *row, struct ovf_error *err)
{
    sqlite3_stmt *stmt = bind(c, has, icao24, row->id);
    bool found = false;
    const enum ovf_status st = ovf_sql_step(stmt, &found, err);
    sqlite3_reset(stmt);
    return st != OVF_OK || found ? st : ovf_store_retract(c->store, row->kind, row->id, NULL, err);
}

static enum ovf_status settle_row(struct ovf_carried *c, const char *icao24, const struct row *row,
                                  struct ovf_error *err)
{
    switch (row->kind) {
    case OVF_STORE_CROSSING:
        return retract_crossing(c, icao24, row, err);
    case OVF_STORE_FLIGHT:
        return retract_bare(c, HAS_CROSSING, icao24, row, err);
    case OVF_STORE_JOURNEY:
        return retract_bare(c, HAS_FLIGHT, icao24, row, err);
    default:
        return ovf_store_retract(c->store, row->kind, row->id, NULL, err);
    }
}

enum ovf_status ovf_carried_settle(struct ovf_carried *c, const char *icao24, struct ovf_error *err)
{
    /* What refers goes before what it refers to. */
    static const enum ovf_store_kind order[] = {OVF_STORE_CROSSING, OVF_STORE_GAP, OVF_STORE_FLIGHT,
                                                OVF_STORE_JOURNEY};
    enum ovf_status st = c->n_rows > 0 ? ovf_store_show(c->store, err) : OVF_OK;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        for (size_t i = 0; i < c->n_rows && st == OVF_OK; i++) {
            if (c->rows[i].kind == order[k] && !c->rows[i].is_said)
                st = settle_row(c, icao24, &c->rows[i], err);
        }
    }
    c->n_rows = 0;
    return st;
}

static enum ovf_status note_airspace(struct ovf_carried *c, sqlite3_stmt *stmt)
{
    struct row *row;
    return add_row(c, OVF_STORE_AIRSPACE, text_at(stmt, 0), &row);
}

enum ovf_status ovf_carried_finish(struct ovf_carried *c, struct ovf_error *err)
{
    enum ovf_status st = ovf_store_show(c->store, err);
    for (size_t i = 0; i < c->n_left && st == OVF_OK; i++)
        st = note_rows(c, bind(c, BARE_AIRSPACE, c->left[i].airspace_kind, c->left[i].airspace),
                       note_airspace, err);
    for (size_t i = 0; i < c->n_rows && st == OVF_OK; i++)
        st = ovf_store_retract(c->store, OVF_STORE_AIRSPACE, c->rows[i].id, NULL, err);
    c->n_rows = 0;
    c->n_left = 0;
    return st;
}
