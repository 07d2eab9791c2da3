/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of store/tables.h get an integer key `fid`, as GeoPackage wants; those with revisions `supersedes` and
 * `first_seen` too, those without `first_seen` but for traffic. */
#include "store/schema.h"

#include <string.h>

#include "store/gpkg.h"
#include "store/styles.h"

static const char *sql_type(enum ovf_column_type type)
{
    static const char *const types[] = {
        [OVF_COLUMN_TEXT] = "TEXT",    [OVF_COLUMN_INT] = "INTEGER",   [OVF_COLUMN_REAL] = "DOUBLE",
        [OVF_COLUMN_BOOL] = "BOOLEAN", [OVF_COLUMN_TIME] = "DATETIME", [OVF_COLUMN_DATE] = "DATE",
    };
    return types[type];
}

static const char *geometry_type(const struct ovf_store_table *table)
{
    return table->geometry == OVF_GEOMETRY_AREA ? "MULTIPOLYGON" : "MULTILINESTRING";
}

/** Whether column \p name is one of the comma-separated \p key. */
static bool is_key(const char *key, const char *name)
{
    const size_t len = strlen(name);
    for (const char *at = strstr(key, name); at != NULL; at = strstr(at + 1, name)) {
        if ((at == key || at[-1] == ',') && (at[len] == ',' || at[len] == '\0'))
            return true;
    }
    return false;
}

enum ovf_status ovf_store_columns_sql(const struct ovf_store_table *table, bool has_key,
                                      struct ovf_buffer *sql)
{
    enum ovf_status st =
        ovf_buffer_printf(sql, OVF_GPKG_KEY " INTEGER%s", has_key ? " PRIMARY KEY NOT NULL" : "");
    for (size_t i = 0; i < table->n_columns && st == OVF_OK; i++) {
        const struct ovf_column *const c = &table->columns[i];
        st = ovf_buffer_printf(sql, ",\"%s\" %s%s", c->name, sql_type(c->type),
                               is_key(table->key, c->name) ? " NOT NULL" : "");
    }
    if (st == OVF_OK && table->has_revisions)
        st = ovf_buffer_append_text(sql, ",supersedes TEXT");
    if (st == OVF_OK && table->has_first_seen)
        st = ovf_buffer_append_text(sql, ",first_seen DATETIME");
    if (st == OVF_OK && table->geometry != OVF_GEOMETRY_NONE)
        st = ovf_buffer_printf(sql, "," OVF_GPKG_GEOMETRY " %s", geometry_type(table));
    if (st == OVF_OK && !table->has_revisions)
        st = ovf_buffer_printf(sql, ",UNIQUE(%s)", table->key);
    return st != OVF_OK ? st : ovf_buffer_append(sql, "", 1);
}

enum ovf_status ovf_store_index_sql(const struct ovf_store_table *table,
                                    const struct ovf_table_index *index, struct ovf_buffer *sql)
{
    const enum ovf_status st = ovf_buffer_printf(
        sql, "CREATE %sINDEX \"%s\" ON \"%s\"(%s)%s%s", index->is_unique ? "UNIQUE " : "",
        index->name, table->name, index->columns, index->where != NULL ? " WHERE " : "",
        index->where != NULL ? index->where : "");
    return st != OVF_OK ? st : ovf_buffer_append(sql, "", 1);
}

static enum ovf_status create_indexes(sqlite3 *db, const struct ovf_store_table *table,
                                      struct ovf_buffer *sql, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < table->n_indexes && st == OVF_OK; i++) {
        sql->len = 0;
        st = ovf_store_index_sql(table, &table->indexes[i], sql);
        if (st == OVF_OK)
            st = ovf_sql_exec(db, (const char *)sql->data, err);
    }
    return st;
}

static enum ovf_status create_table(sqlite3 *db, const struct ovf_store_table *table,
                                    struct ovf_error *err)
{
    struct ovf_buffer sql = {0};
    enum ovf_status st = ovf_store_columns_sql(table, true, &sql);
    if (st == OVF_OK)
        st = ovf_sql_execf(db, err, "CREATE TABLE \"%s\"(%s)", table->name, (const char *)sql.data);
    if (st == OVF_OK)
        st = create_indexes(db, table, &sql, err);
    if (st == OVF_OK)
        st = table->geometry == OVF_GEOMETRY_NONE
                 ? ovf_gpkg_add_attributes(db, table->name, table->description, err)
                 : ovf_gpkg_add_features(db, table->name, table->description, geometry_type(table),
                                         table->geometry == OVF_GEOMETRY_WAYS, err);
    ovf_buffer_deinit(&sql);
    return st;
}

/* What has no struct in store/store.h. */
static const char other_tables[] =
    "CREATE TABLE revisions(fid INTEGER PRIMARY KEY NOT NULL,"
    " id TEXT NOT NULL, kind TEXT NOT NULL, rev TEXT NOT NULL,"
    " superseded_by TEXT, at DATETIME NOT NULL);"
    "CREATE TABLE overflight_question(digest TEXT PRIMARY KEY NOT NULL,"
    " words TEXT NOT NULL);"
    "CREATE TABLE overflight_asked(kind TEXT NOT NULL,"
    " airspace TEXT NOT NULL, PRIMARY KEY(kind,airspace)) WITHOUT ROWID;"
    "CREATE TABLE overflight_carried(fid INTEGER PRIMARY KEY NOT NULL,"
    " icao24 TEXT UNIQUE NOT NULL, state BLOB NOT NULL);"
    "CREATE TABLE overflight_receivers(number INTEGER PRIMARY KEY NOT NULL,"
    " id TEXT NOT NULL);"
    "CREATE TABLE overflight_members(digest TEXT PRIMARY KEY NOT NULL,"
    " input INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE overflight_heard(day INTEGER NOT NULL,"
    " address INTEGER NOT NULL, start INTEGER NOT NULL,"
    " runs BLOB NOT NULL, PRIMARY KEY(day,address,start)) WITHOUT ROWID;"
    "CREATE TABLE overflight_minutes(day INTEGER PRIMARY KEY NOT NULL,"
    " aircraft BLOB NOT NULL);"
    "CREATE TABLE overflight_control(watch TEXT NOT NULL,"
    " day INTEGER NOT NULL, flights INTEGER NOT NULL,"
    " PRIMARY KEY(watch,day)) WITHOUT ROWID;"
    "CREATE TABLE overflight_jumps(address INTEGER NOT NULL,"
    " t INTEGER NOT NULL, lat_e7 INTEGER NOT NULL, lon_e7 INTEGER NOT NULL,"
    " PRIMARY KEY(address,t,lat_e7,lon_e7)) WITHOUT ROWID;"
    "CREATE TABLE overflight_past(address INTEGER NOT NULL,"
    " start INTEGER NOT NULL, from_airport TEXT NOT NULL,"
    " to_airport TEXT NOT NULL, operator TEXT NOT NULL,"
    " crossed TEXT NOT NULL, unclear TEXT NOT NULL,"
    " PRIMARY KEY(address,start)) WITHOUT ROWID;"
    "CREATE INDEX overflight_past_by_pair ON"
    " overflight_past(from_airport,to_airport,operator);"
    "CREATE TABLE overflight_altitudes(address INTEGER NOT NULL,"
    " first INTEGER NOT NULL, last INTEGER NOT NULL,"
    " lat_e7 INTEGER NOT NULL, lon_e7 INTEGER NOT NULL, change_ft REAL NOT NULL,"
    " PRIMARY KEY(address,first,last,change_ft)) WITHOUT ROWID;"
    "CREATE TABLE altitude_shared(fid INTEGER PRIMARY KEY NOT NULL,"
    " icao24 TEXT NOT NULL, first DATETIME, last DATETIME, lat_deg DOUBLE,"
    " lon_deg DOUBLE, change_ft DOUBLE, others INTEGER, json TEXT);"
    "CREATE TABLE sinks(fid INTEGER PRIMARY KEY NOT NULL, day DATE NOT NULL,"
    " first DATETIME, last DATETIME, lat_deg DOUBLE, lon_deg DOUBLE,"
    " aircraft INTEGER, json TEXT);"
    "CREATE TABLE interference(fid INTEGER PRIMARY KEY NOT NULL,"
    " day DATE NOT NULL, lat_deg DOUBLE, lon_deg DOUBLE, level TEXT,"
    " aircraft INTEGER, aircraft_disturbed INTEGER, bad_share DOUBLE,"
    " json TEXT);"
    "CREATE TABLE detections(fid INTEGER PRIMARY KEY NOT NULL,"
    " icao24 TEXT NOT NULL, callsign TEXT, flight_id TEXT, flight_start DATETIME,"
    " first DATETIME, last DATETIME, lat_deg DOUBLE, lon_deg DOUBLE,"
    " not_believed INTEGER, airspaces TEXT, detections TEXT, json TEXT);"
    "CREATE INDEX detections_by_flight ON detections(icao24,flight_start);"
    "CREATE INDEX interference_by_day ON interference(day);"
    "CREATE INDEX revisions_by_id ON revisions(id);"
    "CREATE TABLE overflight_schema(version INTEGER PRIMARY KEY NOT NULL,"
    " program TEXT NOT NULL);";

/** Tables without a struct in store/store.h that a GeoPackage lists. */
static enum ovf_status list_others(sqlite3 *db, struct ovf_error *err)
{
    static const char *const others[][2] = {
        {"revisions", "What rows said before; without superseded_by: retracted"},
        {"detections", "Flights with positions that something speaks against, in no crossing"},
        {"sinks", "Places that positions of several aircraft jumped to"},
        {"altitude_shared",
         "Altitudes that part as those of neighbours do: no fault of one aircraft"},
        {"interference", "Cells in which positions were disturbed on a UTC day"},
    };
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof others / sizeof *others && st == OVF_OK; i++)
        st = ovf_gpkg_add_attributes(db, others[i][0], others[i][1], err);
    return st;
}

static enum ovf_status create_all(sqlite3 *db, struct ovf_error *err)
{
    enum ovf_status st = ovf_gpkg_create_core(db, err);
    for (int kind = 0; kind < OVF_STORE_KINDS && st == OVF_OK; kind++)
        st = create_table(db, ovf_store_table((enum ovf_store_kind)kind), err);
    if (st == OVF_OK)
        st = ovf_sql_exec(db, other_tables, err);
    if (st == OVF_OK)
        st = list_others(db, err);
    return st != OVF_OK ? st : ovf_store_create_styles(db, err);
}

/* ---- versions ---- */

static enum ovf_status note_version(sqlite3 *db, struct ovf_error *err)
{
    return ovf_sql_execf(db, err, "INSERT INTO overflight_schema VALUES(%d,'overflight %s')",
                         OVF_STORE_VERSION, OVF_VERSION);
}

/** 0: it has no tables yet. */
static enum ovf_status read_version(sqlite3 *db, int64_t *version, struct ovf_error *err)
{
    int64_t there = 0;
    *version = 0;
    const enum ovf_status st = ovf_sql_int(
        db, "SELECT count(*) FROM sqlite_schema WHERE name='overflight_schema'", 0, &there, err);
    if (st != OVF_OK || there == 0)
        return st;
    return ovf_sql_int(db, "SELECT max(version) FROM overflight_schema", 0, version, err);
}

/** Columns that a version lacks say what only the positions tell: no older file is brought up to date. */
static enum ovf_status check_version(sqlite3 *db, int64_t version, struct ovf_error *err)
{
    const char *const path = sqlite3_db_filename(db, "main");
    if (version == OVF_STORE_VERSION)
        return OVF_OK;
    if (version > OVF_STORE_VERSION)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "%.200s was written by a later overflight (its tables are version %d, "
                             "this program knows %d)",
                             path, (int)version, OVF_STORE_VERSION);
    return ovf_error_set(err, OVF_E_FORMAT,
                         "%.200s was written by an earlier overflight (its tables are version %d, "
                         "this program's %d): scan its inputs anew, into a new file",
                         path, (int)version, OVF_STORE_VERSION);
}

enum ovf_status ovf_store_make_tables(sqlite3 *db, bool is_new, struct ovf_error *err)
{
    int64_t version = 0;
    enum ovf_status st = is_new ? OVF_OK : read_version(db, &version, err);
    if (st != OVF_OK || version != 0)
        return st == OVF_OK ? check_version(db, version, err) : st;
    st = ovf_sql_exec(db, "BEGIN IMMEDIATE", err);
    if (st != OVF_OK)
        return st;
    st = read_version(db, &version, err); /* another may have been faster */
    if (st == OVF_OK && version == 0) {
        st = create_all(db, err);
        if (st == OVF_OK)
            st = note_version(db, err);
    } else if (st == OVF_OK) {
        st = check_version(db, version, err);
    }
    if (st == OVF_OK)
        st = ovf_sql_exec(db, "COMMIT", err);
    if (st != OVF_OK && !sqlite3_get_autocommit(db))
        (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}

enum ovf_status ovf_store_check_version(sqlite3 *db, struct ovf_error *err)
{
    int64_t version = 0;
    const enum ovf_status st = read_version(db, &version, err);
    return st == OVF_OK ? check_version(db, version, err) : st;
}
