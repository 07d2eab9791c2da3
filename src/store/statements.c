/* SPDX-License-Identifier: Apache-2.0 */
#include "store/statements.h"

#include <math.h>

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

static enum ovf_status insert_sql(const struct ovf_store_table *table, struct ovf_buffer *sql)
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
    if (st == OVF_OK)
        st = ovf_buffer_printf(sql, ") ON CONFLICT(%s) DO ", table->key);
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
                                    struct ovf_bound *out, struct ovf_error *err)
{
    struct ovf_buffer sql = {0};
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st = make(table, &sql);
    if (st == OVF_OK)
        st = ovf_buffer_append(&sql, "", 1);
    if (st == OVF_OK)
        st = ovf_sql_prepare(db, (const char *)sql.data, &stmt, err);
    if (st == OVF_OK)
        st = ovf_bound_init(out, stmt);
    if (st != OVF_OK)
        sqlite3_finalize(stmt);
    ovf_buffer_deinit(&sql);
    return st;
}

enum ovf_status ovf_statements_for_putting(struct ovf_statements *s, sqlite3 *db,
                                           const struct ovf_store_table *table,
                                           struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (table->has_revisions && s->update.stmt == NULL)
        st = prepare_made(db, table, update_sql, &s->update, err);
    if (st == OVF_OK && table->has_revisions && s->find == NULL)
        st = ovf_sql_preparef(db, &s->find, err,
                              "SELECT " OVF_GPKG_KEY ",rev FROM \"%s\" WHERE id=?1", table->name);
    if (st == OVF_OK && table->has_revisions && s->remove == NULL)
        st = ovf_sql_preparef(db, &s->remove, err, "DELETE FROM \"%s\" WHERE " OVF_GPKG_KEY "=?1",
                              table->name);
    if (st == OVF_OK && s->insert.stmt == NULL)
        st = prepare_made(db, table, insert_sql, &s->insert, err);
    return st;
}

void ovf_statements_deinit(struct ovf_statements *s)
{
    ovf_bound_deinit(&s->insert);
    sqlite3_finalize(s->find);
    ovf_bound_deinit(&s->update);
    sqlite3_finalize(s->remove);
    *s = (struct ovf_statements){0};
}

/* ---- values ---- */

int ovf_bind_text(sqlite3_stmt *stmt, int at, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return sqlite3_bind_null(stmt, at);
    return sqlite3_bind_text(stmt, at, text, -1, SQLITE_STATIC);
}

static int bind_column(struct ovf_bound *statement, int at, const struct ovf_column *column,
                       const void *row)
{
    const void *const member = (const unsigned char *)row + column->offset;
    switch (column->type) {
    case OVF_COLUMN_TEXT:
        return ovf_bound_text(statement, at, *(const char *const *)member);
    case OVF_COLUMN_INT: {
        const struct ovf_store_int *const value = member;
        return value->known ? ovf_bound_int(statement, at, value->value)
                            : ovf_bound_null(statement, at);
    }
    case OVF_COLUMN_REAL: {
        const struct ovf_store_real *const value = member;
        return value->known && !isnan(value->value) ? ovf_bound_real(statement, at, value->value)
                                                    : ovf_bound_null(statement, at);
    }
    case OVF_COLUMN_BOOL:
        return ovf_bound_int(statement, at, *(const bool *)member ? 1 : 0);
    case OVF_COLUMN_TIME:
    case OVF_COLUMN_DATE: {
        const struct ovf_store_time *const value = member;
        if (!value->known)
            return ovf_bound_null(statement, at);
        return column->type == OVF_COLUMN_DATE ? ovf_bound_day(statement, at, value->t_ns)
                                               : ovf_bound_time(statement, at, value->t_ns);
    }
    }
    return SQLITE_MISUSE;
}

enum ovf_status ovf_statement_bind(struct ovf_bound *statement, const struct ovf_store_table *table,
                                   const void *row, struct ovf_bytes geometry,
                                   struct ovf_error *err)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        const int code = bind_column(statement, (int)i + 1, &table->columns[i], row);
        if (code != SQLITE_OK)
            return ovf_sql_failed(sqlite3_db_handle(statement->stmt), table->columns[i].name, err);
    }
    if (has_geometry(table) && ovf_bound_blob(statement, geometry_at(table), geometry) != SQLITE_OK)
        return ovf_sql_failed(sqlite3_db_handle(statement->stmt), OVF_GPKG_GEOMETRY, err);
    return OVF_OK;
}
