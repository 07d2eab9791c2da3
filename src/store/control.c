/* SPDX-License-Identifier: Apache-2.0 */
#include "store/control.h"

#include "base/time.h"
#include "store/sql.h"

enum ovf_status ovf_store_control_clear(struct ovf_store *store, struct ovf_error *err)
{
    return ovf_sql_exec(ovf_store_db(store), "DELETE FROM overflight_control", err);
}

static bool bind_watch(sqlite3_stmt *stmt, const char *watch)
{
    return sqlite3_bind_text(stmt, 1, watch, -1, SQLITE_STATIC) == SQLITE_OK;
}

enum ovf_status ovf_store_control_put(struct ovf_store *store, const char *watch,
                                      int64_t first_day_ns, const uint32_t *flights, size_t n,
                                      struct ovf_error *err)
{
    sqlite3 *const db = ovf_store_db(store);
    const int64_t first_day = first_day_ns / OVF_NS_PER_DAY;
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st =
        ovf_sql_prepare(db, "INSERT INTO overflight_control VALUES(?1,?2,?3)", &stmt, err);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        if (!bind_watch(stmt, watch) ||
            sqlite3_bind_int64(stmt, 2, first_day + (int64_t)i) != SQLITE_OK ||
            sqlite3_bind_int64(stmt, 3, flights[i]) != SQLITE_OK)
            st = ovf_sql_failed(db, "bind", err);
        if (st == OVF_OK)
            st = ovf_sql_run(stmt, err);
    }
    (void)sqlite3_finalize(stmt);
    return st;
}

enum ovf_status ovf_store_control_read(sqlite3 *db, const char *watch, int64_t first_day_ns,
                                       uint32_t *flights, size_t n, size_t *n_found,
                                       struct ovf_error *err)
{
    const int64_t first_day = first_day_ns / OVF_NS_PER_DAY;
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    *n_found = 0;
    enum ovf_status st = ovf_sql_prepare(
        db, "SELECT day,flights FROM overflight_control WHERE watch=?1", &stmt, err);
    if (st == OVF_OK && !bind_watch(stmt, watch))
        st = ovf_sql_failed(db, "bind", err);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        const int64_t i = sqlite3_column_int64(stmt, 0) - first_day;
        if (i < 0 || (uint64_t)i >= n)
            continue;
        flights[i] = (uint32_t)sqlite3_column_int64(stmt, 1);
        (*n_found)++;
    }
    (void)sqlite3_finalize(stmt);
    return st;
}
