/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite with this project's statuses: prepare, bind, step, and say what failed and where. Values are
 * bound, never pasted into a statement; names in statements are constants of this folder. */
#ifndef OVF_STORE_SQL_H
#define OVF_STORE_SQL_H

#include <sqlite3.h>

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

/**
 * What the last failure on \p db means: \p err becomes "FILE: DOING: why".
 * OVF_E_NOMEM, OVF_E_IO (disk, permission, locked), OVF_E_FORMAT (damaged or no database), OVF_E_LIMIT
 * (too large a value), OVF_E_RANGE (a constraint).
 */
enum ovf_status ovf_sql_failed(sqlite3 *db, const char *doing, struct ovf_error *err);

/** Run statements without values. */
OVF_NODISCARD enum ovf_status ovf_sql_exec(sqlite3 *db, const char *sql, struct ovf_error *err);

/** The same with the text formatted by SQLite, which knows no %z; only for names that are constants of this folder. */
OVF_NODISCARD enum ovf_status ovf_sql_execf(sqlite3 *db, struct ovf_error *err, const char *format,
                                            ...) OVF_PRINTF(3, 4);

/** The same, with a statement that may write to sqlite_schema; the schema is read anew then. */
OVF_NODISCARD enum ovf_status ovf_sql_exec_on_schema(sqlite3 *db, struct ovf_error *err,
                                                     const char *format, ...) OVF_PRINTF(3, 4);

OVF_NODISCARD enum ovf_status ovf_sql_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out,
                                              struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_sql_preparef(sqlite3 *db, sqlite3_stmt **out,
                                               struct ovf_error *err, const char *format, ...)
    OVF_PRINTF(4, 5);

/** The next row, if there is one. */
OVF_NODISCARD enum ovf_status ovf_sql_step(sqlite3_stmt *stmt, bool *row, struct ovf_error *err);

/** Run a statement that returns nothing, with the values bound to it, and make it ready again. */
OVF_NODISCARD enum ovf_status ovf_sql_run(sqlite3_stmt *stmt, struct ovf_error *err);

/** The one integer that a query returns; \p missing when it returns no row or NULL. */
OVF_NODISCARD enum ovf_status ovf_sql_int(sqlite3 *db, const char *sql, int64_t missing,
                                          int64_t *value, struct ovf_error *err);

#endif
