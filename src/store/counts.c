/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing days reads them all: a few a month of an archive. */
#include "store/counts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "listen/completeness.h"
#include "store/sql.h"

struct days {
    struct ovf_completeness_day *items;
    int64_t *fids;
    size_t n;
    size_t capacity;
    size_t fids_capacity;
};

static const char *text_at(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text != NULL ? text : "";
}

static enum ovf_status push_day(struct days *days, sqlite3_stmt *stmt)
{
    struct ovf_completeness_day *grown =
        ovf_array_reserve(days->items, &days->capacity, days->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    days->items = grown;
    int64_t *fids = ovf_array_reserve(days->fids, &days->fids_capacity, days->n + 1, sizeof *fids);
    if (fids == NULL)
        return OVF_E_NOMEM;
    days->fids = fids;
    struct ovf_completeness_day day = {.kinds = ovf_members_kind_parse(text_at(stmt, 2)),
                                       .n_members = (uint64_t)sqlite3_column_int64(stmt, 3),
                                       .n_fixes = (uint64_t)sqlite3_column_int64(stmt, 4),
                                       .n_aircraft = (uint64_t)sqlite3_column_int64(stmt, 5),
                                       .n_folders = (unsigned)sqlite3_column_int(stmt, 6)};
    day.hours_between = sqlite3_column_type(stmt, 7) != SQLITE_NULL ? 1 : 0;
    if (!ovf_time_parse_iso(ovf_bytes_from_text(text_at(stmt, 1)), &day.day_ns))
        return OVF_OK; /* somebody else's row */
    days->fids[days->n] = sqlite3_column_int64(stmt, 0);
    days->items[days->n++] = day;
    return OVF_OK;
}

static enum ovf_status read_days(sqlite3 *db, struct days *days, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum ovf_status st = ovf_sql_prepare(
        db,
        "SELECT fid,day,kind,members,fixes,aircraft,folders,hours_without_data FROM completeness",
        &stmt, err);
    while (st == OVF_OK && row) {
        st = ovf_sql_step(stmt, &row, err);
        if (st == OVF_OK && row)
            st = push_day(days, stmt);
    }
    sqlite3_finalize(stmt);
    return st;
}

static void bind_ratio(sqlite3_stmt *stmt, int at, double ratio)
{
    if (isnan(ratio))
        sqlite3_bind_null(stmt, at);
    else
        sqlite3_bind_double(stmt, at, ovf_completeness_rounded(ratio));
}

static enum ovf_status write_day(sqlite3_stmt *stmt, int64_t fid,
                                 const struct ovf_completeness_day *day, struct ovf_error *err)
{
    char verdict[OVF_LACKS_SIZE];
    ovf_completeness_verdict(day, verdict);
    if (day->n_neighbours > 0)
        sqlite3_bind_int64(stmt, 1, day->n_neighbours);
    else
        sqlite3_bind_null(stmt, 1);
    bind_ratio(stmt, 2, day->fixes_to_neighbours);
    bind_ratio(stmt, 3, day->aircraft_to_neighbours);
    sqlite3_bind_text(stmt, 4, verdict, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(stmt, 5, fid);
    return ovf_sql_run(stmt, err);
}

enum ovf_status ovf_store_compare_days(struct ovf_store *store, struct ovf_error *err)
{
    sqlite3 *const db = ovf_store_db(store);
    sqlite3_stmt *stmt = NULL;
    struct days days = {0};
    enum ovf_status st = read_days(db, &days, err);
    if (st == OVF_OK)
        st = ovf_completeness_compare(days.items, days.n);
    if (st == OVF_OK)
        st = ovf_sql_prepare(db,
                             "UPDATE completeness SET neighbours=?1,fixes_to_neighbours=?2,"
                             "aircraft_to_neighbours=?3,verdict=?4 WHERE fid=?5 AND (neighbours,"
                             "fixes_to_neighbours,aircraft_to_neighbours,verdict) IS NOT "
                             "(?1,?2,?3,?4)",
                             &stmt, err);
    for (size_t i = 0; i < days.n && st == OVF_OK; i++)
        st = write_day(stmt, days.fids[i], &days.items[i], err);
    sqlite3_finalize(stmt);
    free(days.items);
    free(days.fids);
    return st;
}

static enum ovf_status run_of_day(struct ovf_store *store, const char *sql, int64_t input_fid,
                                  int64_t day_ns, struct ovf_error *err)
{
    char day[OVF_TIME_SIZE];
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st = ovf_sql_prepare(ovf_store_db(store), sql, &stmt, err);
    if (st != OVF_OK)
        return st;
    ovf_time_format(day_ns, 0, day);
    sqlite3_bind_int64(stmt, 1, input_fid);
    sqlite3_bind_text(stmt, 2, day, 10, SQLITE_STATIC);
    st = ovf_sql_run(stmt, err);
    sqlite3_finalize(stmt);
    return st;
}

/* Every row has fixes: without, it waits to be put again. */
enum ovf_status ovf_store_begin_traffic(struct ovf_store *store, int64_t input_fid, int64_t day_ns,
                                        struct ovf_error *err)
{
    return run_of_day(store, "UPDATE traffic SET fixes=NULL WHERE input_fid=?1 AND day=?2",
                      input_fid, day_ns, err);
}

enum ovf_status ovf_store_end_traffic(struct ovf_store *store, int64_t input_fid, int64_t day_ns,
                                      struct ovf_error *err)
{
    return run_of_day(store, "DELETE FROM traffic WHERE input_fid=?1 AND day=?2 AND fixes IS NULL",
                      input_fid, day_ns, err);
}
