/* SPDX-License-Identifier: Apache-2.0 */
#include "store/statements.h"

#include <math.h>

#include "base/time.h"

static enum ovf_status append_names(struct ovf_buffer *sql, const struct ovf_store_table *table,
                                    const char *before, const char *format, const char *join)
{
    enum ovf_status st = ovf_buffer_append_text(sql, before);
    for (size_t i = 0; i < table->n_columns && st == OVF_OK; i++) {
        if (i > 0)
            st = ovf_buffer_append_text(sql, join);
        for (const char *p = format; *p != '\0' && st == OVF_OK; p++) {
            if (*p == '@')
                st = ovf_buffer_append_text(sql, table->columns[i].name);
            else if (*p == '#')
                st = ovf_buffer_printf(sql, "%zu", i + 1);
            else
                st = ovf_buffer_append(sql, p, 1);
        }
    }
    return st;
}

static int geometry_at(const struct ovf_store_table *table)
{
    return (int)table->n_columns + 1;
}

int ovf_statement_extra_at(const struct ovf_store_table *table)
{
    return (int)table->n_columns + 2;
}

int ovf_statement_fid_at(const struct ovf_store_table *table)
{
    return (int)table->n_columns + 3;
}

static bool has_geometry(const struct ovf_store_table *table)
{
    return table->geometry != OVF_GEOMETRY_NONE;
}

static enum ovf_status append_sql(const struct ovf_store_table *table, struct ovf_buffer *sql)
{
    enum ovf_status st = ovf_buffer_printf(sql, "INSERT INTO \"%s\"(", table->name);
    if (st == OVF_OK)
        st = append_names(sql, table, "", "\"@\"", ",");
    if (st == OVF_OK && has_geometry(table))
        st = ovf_buffer_append_text(sql, "," OVF_GPKG_GEOMETRY);
    if (st == OVF_OK && table->has_first_seen)
        st = ovf_buffer_append_text(sql, ",first_seen");
    if (st == OVF_OK)
        st = append_names(sql, table, ") VALUES(", "?#", ",");
    if (st == OVF_OK && has_geometry(table))
        st = ovf_buffer_printf(sql, ",?%d", geometry_at(table));
    if (st == OVF_OK && table->has_first_seen)
        st = ovf_buffer_printf(sql, ",?%d", ovf_statement_extra_at(table));
    return st != OVF_OK ? st : ovf_buffer_append_text(sql, ")");
}

static enum ovf_status insert_sql(const struct ovf_store_table *table, struct ovf_buffer *sql)
{
    enum ovf_status st = append_sql(table, sql);
    if (st == OVF_OK)
        st = ovf_buffer_printf(sql, " ON CONFLICT(%s) DO ", table->key);
    if (st != OVF_OK)
        return st;
    return table->has_revisions
               ? ovf_buffer_append_text(sql, "NOTHING")
               : append_names(sql, table, "UPDATE SET ", "\"@\"=excluded.\"@\"", ",");
}

static enum ovf_status update_sql(const struct ovf_store_table *table, struct ovf_buffer *sql)
{
    enum ovf_status st = ovf_buffer_printf(sql, "UPDATE \"%s\" SET ", table->name);
    if (st == OVF_OK)
        st = append_names(sql, table, "", "\"@\"=?#", ",");
    if (st == OVF_OK && has_geometry(table))
        st = ovf_buffer_printf(sql, "," OVF_GPKG_GEOMETRY "=?%d", geometry_at(table));
    return st != OVF_OK
               ? st
               : ovf_buffer_printf(sql, ",supersedes=?%d WHERE " OVF_GPKG_KEY "=?%d",
                                   ovf_statement_extra_at(table), ovf_statement_fid_at(table));
}

static enum ovf_status prepare_made(sqlite3 *db, const struct ovf_store_table *table,
                                    enum ovf_status (*make)(const struct ovf_store_table *,
                                                            struct ovf_buffer *),
                                    sqlite3_stmt **out, struct ovf_error *err)
{
    struct ovf_buffer sql = {0};
    enum ovf_status st = make(table, &sql);
    if (st == OVF_OK)
        st = ovf_buffer_append(&sql, "", 1);
    if (st == OVF_OK)
        st = ovf_sql_prepare(db, (const char *)sql.data, out, err);
    ovf_buffer_deinit(&sql);
    return st;
}

enum ovf_status ovf_statements_for_loading(struct ovf_statements *s, sqlite3 *db,
                                           const struct ovf_store_table *table,
                                           struct ovf_error *err)
{
    return s->append != NULL ? OVF_OK : prepare_made(db, table, append_sql, &s->append, err);
}

enum ovf_status ovf_statements_for_putting(struct ovf_statements *s, sqlite3 *db,
                                           const struct ovf_store_table *table,
                                           struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (table->has_revisions && s->update == NULL)
        st = prepare_made(db, table, update_sql, &s->update, err);
    if (st == OVF_OK && table->has_revisions && s->find == NULL)
        st = ovf_sql_preparef(db, &s->find, err,
                              "SELECT " OVF_GPKG_KEY ",rev FROM \"%s\" WHERE id=?1", table->name);
    if (st == OVF_OK && table->has_revisions && s->remove == NULL)
        st = ovf_sql_preparef(db, &s->remove, err, "DELETE FROM \"%s\" WHERE " OVF_GPKG_KEY "=?1",
                              table->name);
    if (st == OVF_OK && s->insert == NULL)
        st = prepare_made(db, table, insert_sql, &s->insert, err);
    return st;
}

void ovf_statements_deinit(struct ovf_statements *s)
{
    sqlite3_finalize(s->append);
    sqlite3_finalize(s->insert);
    sqlite3_finalize(s->find);
    sqlite3_finalize(s->update);
    sqlite3_finalize(s->remove);
    *s = (struct ovf_statements){0};
}

/* ---- values ---- */

static int bind_time(struct ovf_buffer *times, sqlite3_stmt *stmt, int at,
                     const struct ovf_store_time *value, bool day)
{
    if (!value->known)
        return sqlite3_bind_null(stmt, at);
    /* There is room for all columns. */
    char *const text = (char *)times->data + (size_t)at * OVF_TIME_SIZE;
    ovf_time_format(value->t_ns, 3, text);
    return sqlite3_bind_text(stmt, at, text, day ? 10 : -1, SQLITE_STATIC);
}

int ovf_bind_text(sqlite3_stmt *stmt, int at, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return sqlite3_bind_null(stmt, at);
    return sqlite3_bind_text(stmt, at, text, -1, SQLITE_STATIC);
}

static int bind_column(struct ovf_buffer *times, sqlite3_stmt *stmt, int at,
                       const struct ovf_column *column, const void *row)
{
    const void *const member = (const unsigned char *)row + column->offset;
    switch (column->type) {
    case OVF_COLUMN_TEXT:
        return ovf_bind_text(stmt, at, *(const char *const *)member);
    case OVF_COLUMN_INT: {
        const struct ovf_store_int *const value = member;
        return value->known ? sqlite3_bind_int64(stmt, at, value->value)
                            : sqlite3_bind_null(stmt, at);
    }
    case OVF_COLUMN_REAL: {
        const struct ovf_store_real *const value = member;
        return value->known && !isnan(value->value) ? sqlite3_bind_double(stmt, at, value->value)
                                                    : sqlite3_bind_null(stmt, at);
    }
    case OVF_COLUMN_BOOL:
        return sqlite3_bind_int(stmt, at, *(const bool *)member ? 1 : 0);
    case OVF_COLUMN_TIME:
    case OVF_COLUMN_DATE:
        return bind_time(times, stmt, at, member, column->type == OVF_COLUMN_DATE);
    }
    return SQLITE_MISUSE;
}

enum ovf_status ovf_statement_bind(sqlite3_stmt *stmt, const struct ovf_store_table *table,
                                   const void *row, struct ovf_bytes geometry,
                                   struct ovf_buffer *times, struct ovf_error *err)
{
    times->len = 0;
    const enum ovf_status st = ovf_buffer_reserve(times, (table->n_columns + 1) * OVF_TIME_SIZE);
    if (st != OVF_OK)
        return st;
    for (size_t i = 0; i < table->n_columns; i++) {
        const int code = bind_column(times, stmt, (int)i + 1, &table->columns[i], row);
        if (code != SQLITE_OK)
            return ovf_sql_failed(sqlite3_db_handle(stmt), table->columns[i].name, err);
    }
    if (has_geometry(table)) {
        const int code = geometry.len == 0
                             ? sqlite3_bind_null(stmt, geometry_at(table))
                             : sqlite3_bind_blob64(stmt, geometry_at(table), geometry.data,
                                                   geometry.len, SQLITE_STATIC);
        if (code != SQLITE_OK)
            return ovf_sql_failed(sqlite3_db_handle(stmt), OVF_GPKG_GEOMETRY, err);
    }
    return OVF_OK;
}
