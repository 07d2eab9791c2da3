/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of one query against those of another: in number, order, values and types, to the byte. */
#ifndef OVF_TESTS_SAME_ROWS_H
#define OVF_TESTS_SAME_ROWS_H

#include "test.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

static inline void run_sql(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

static inline sqlite3_stmt *prepare_sql(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    return stmt;
}

/** -0.0 is another value than 0.0. */
static inline uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline bool is_same_value(sqlite3_stmt *got, sqlite3_stmt *want, int column)
{
    const int type = sqlite3_column_type(got, column);
    if (type != sqlite3_column_type(want, column))
        return false;
    if (type == SQLITE_INTEGER)
        return sqlite3_column_int64(got, column) == sqlite3_column_int64(want, column);
    if (type == SQLITE_FLOAT)
        return bits_of(sqlite3_column_double(got, column)) ==
               bits_of(sqlite3_column_double(want, column));
    const void *const got_bytes = sqlite3_column_blob(got, column);
    const void *const want_bytes = sqlite3_column_blob(want, column);
    const int n_bytes = sqlite3_column_bytes(got, column);
    return n_bytes == sqlite3_column_bytes(want, column) &&
           (n_bytes == 0 || memcmp(got_bytes, want_bytes, (size_t)n_bytes) == 0);
}

static inline int64_t assert_same_rows(sqlite3 *db, const char *got_sql, const char *want_sql)
{
    sqlite3_stmt *const got = prepare_sql(db, got_sql);
    sqlite3_stmt *const want = prepare_sql(db, want_sql);
    int64_t n = 0;
    assert_int_equal(sqlite3_column_count(got), sqlite3_column_count(want));
    for (int code = SQLITE_ROW; code == SQLITE_ROW; n++) {
        code = sqlite3_step(got);
        if (code != sqlite3_step(want))
            fail_msg("row %d is in one only: %s", (int)n + 1, got_sql);
        for (int i = 0; code == SQLITE_ROW && i < sqlite3_column_count(got); i++) {
            if (!is_same_value(got, want, i))
                fail_msg("row %d, %s: \"%s\", want \"%s\": %s", (int)n + 1,
                         sqlite3_column_name(got, i), (const char *)sqlite3_column_text(got, i),
                         (const char *)sqlite3_column_text(want, i), got_sql);
        }
        if (code != SQLITE_ROW)
            assert_int_equal(code, SQLITE_DONE);
    }
    sqlite3_finalize(got);
    sqlite3_finalize(want);
    return n - 1;
}

static inline void assert_sql_text(sqlite3 *db, const char *sql, const char *want)
{
    sqlite3_stmt *const stmt = prepare_sql(db, sql);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const char *const got = (const char *)sqlite3_column_text(stmt, 0);
    assert_non_null(got);
    assert_string_equal(got, want);
    sqlite3_finalize(stmt);
}

static inline int64_t int_of_sql(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *const stmt = prepare_sql(db, sql);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const int64_t value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

#endif
