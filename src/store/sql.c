/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite's results as statuses. */
#include "store/sql.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static enum ovf_status status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return OVF_E_NOMEM;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return OVF_E_FORMAT;
    case SQLITE_TOOBIG:
        return OVF_E_LIMIT;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
        return OVF_E_RANGE;
    default:
        return OVF_E_IO;
    }
}

static const char *file_of(sqlite3 *db)
{
    const char *const file = db != NULL ? sqlite3_db_filename(db, "main") : NULL;
    return file != NULL && file[0] != '\0' ? file : "database";
}

enum ovf_status ovf_sql_failed(sqlite3 *db, const char *doing, struct ovf_error *err)
{
    const int code = db != NULL ? sqlite3_extended_errcode(db) : SQLITE_NOMEM;
    const enum ovf_status st = status_of(code);
    if ((code & 0xff) == SQLITE_BUSY)
        return ovf_error_set(err, st, "%s: another program is writing to it", file_of(db));
    const int cause = db != NULL && st == OVF_E_IO ? sqlite3_system_errno(db) : 0;
    return ovf_error_set(err, st, "%s: %s: %s%s%s", file_of(db), doing,
                         db != NULL ? sqlite3_errmsg(db) : "out of memory", cause != 0 ? ", " : "",
                         cause != 0 ? strerror(cause) : "");
}

enum ovf_status ovf_sql_exec(sqlite3 *db, const char *sql, struct ovf_error *err)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        char doing[64]; /* the statement's begin says enough */
        snprintf(doing, sizeof doing, "%.50s", sql);
        return ovf_sql_failed(db, doing, err);
    }
    return OVF_OK;
}

enum ovf_status ovf_sql_execf(sqlite3 *db, struct ovf_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *const text = sqlite3_vmprintf(format, args);
    va_end(args);
    const enum ovf_status st = text != NULL ? ovf_sql_exec(db, text, err) : OVF_E_NOMEM;
    sqlite3_free(text);
    return st;
}

enum ovf_status ovf_sql_exec_on_schema(sqlite3 *db, struct ovf_error *err, const char *format, ...)
{
    int was_defensive = 1;
    int ignored;
    va_list args;
    va_start(args, format);
    char *const text = sqlite3_vmprintf(format, args);
    va_end(args);
    if (text == NULL)
        return OVF_E_NOMEM;
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, -1, &was_defensive);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, &ignored);
    enum ovf_status st = ovf_sql_exec(db, "PRAGMA writable_schema=ON", err);
    if (st == OVF_OK)
        st = ovf_sql_exec(db, text, err);
    const enum ovf_status reset =
        ovf_sql_exec(db, "PRAGMA writable_schema=RESET", st == OVF_OK ? err : NULL);
    sqlite3_free(text);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, was_defensive, &ignored);
    return st != OVF_OK ? st : reset;
}

enum ovf_status ovf_sql_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out,
                                struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        return ovf_sql_failed(db, "prepare", err);
    *out = stmt;
    return OVF_OK;
}

enum ovf_status ovf_sql_preparef(sqlite3 *db, sqlite3_stmt **out, struct ovf_error *err,
                                 const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *const text = sqlite3_vmprintf(format, args);
    va_end(args);
    const enum ovf_status st = text != NULL ? ovf_sql_prepare(db, text, out, err) : OVF_E_NOMEM;
    sqlite3_free(text);
    return st;
}

enum ovf_status ovf_sql_step(sqlite3_stmt *stmt, bool *row, struct ovf_error *err)
{
    const int code = sqlite3_step(stmt);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        const enum ovf_status st = ovf_sql_failed(sqlite3_db_handle(stmt), "read or write", err);
        sqlite3_reset(stmt);
        return st;
    }
    *row = code == SQLITE_ROW;
    return OVF_OK;
}

enum ovf_status ovf_sql_run(sqlite3_stmt *stmt, struct ovf_error *err)
{
    bool row = false;
    const enum ovf_status st = ovf_sql_step(stmt, &row, err);
    sqlite3_reset(stmt);
    return st;
}

enum ovf_status ovf_sql_int(sqlite3 *db, const char *sql, int64_t missing, int64_t *value,
                            struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st = ovf_sql_prepare(db, sql, &stmt, err);
    if (st == OVF_OK)
        st = ovf_sql_step(stmt, &row, err);
    if (st == OVF_OK)
        *value = row && sqlite3_column_type(stmt, 0) != SQLITE_NULL ? sqlite3_column_int64(stmt, 0)
                                                                    : missing;
    sqlite3_finalize(stmt);
    return st;
}
