/* SPDX-License-Identifier: Apache-2.0 */
/* A day is its 1440 counts, as base/varint.h writes them. */
#include "store/minutes.h"

#include "base/varint.h"
#include "store/sql.h"

/* ---- counting ---- */

/** Runs of a damaged row may be of other days: they count nowhere. */
static enum ovf_status count_day(sqlite3_stmt *runs, struct ovf_minutes_day *day,
                                 struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    sqlite3_bind_int64(runs, 1, day->day);
    for (bool row = true; row && st == OVF_OK;) {
        st = ovf_sql_step(runs, &row, err);
        if (st == OVF_OK && row)
            ovf_minutes_take_of_day(day, (struct ovf_bytes){sqlite3_column_blob(runs, 0),
                                                            (size_t)sqlite3_column_bytes(runs, 0)});
    }
    (void)sqlite3_reset(runs);
    return st;
}

static enum ovf_status put_day(sqlite3_stmt *put, const struct ovf_minutes_day *day,
                               struct ovf_buffer *packed, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    packed->len = 0;
    for (size_t m = 0; m < OVF_MINUTES_OF_DAY && st == OVF_OK; m++)
        st = ovf_varint_append(packed, day->n_aircraft[m]);
    if (st != OVF_OK)
        return st;
    sqlite3_bind_int64(put, 1, day->day);
    sqlite3_bind_blob64(put, 2, packed->data, packed->len, SQLITE_STATIC);
    return ovf_sql_run(put, err);
}

enum ovf_status ovf_store_minutes_renew(sqlite3 *db, const int64_t *days, size_t n_days,
                                        struct ovf_error *err)
{
    sqlite3_stmt *runs = NULL;
    sqlite3_stmt *put = NULL;
    struct ovf_buffer packed = {0};
    enum ovf_status st =
        ovf_sql_prepare(db, "SELECT runs FROM overflight_heard WHERE day=?1", &runs, err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(
            db, "INSERT OR REPLACE INTO overflight_minutes(day,aircraft) VALUES(?1,?2)", &put, err);
    for (size_t i = 0; i < n_days && st == OVF_OK; i++) {
        struct ovf_minutes_day day = {.day = days[i]};
        st = count_day(runs, &day, err);
        if (st == OVF_OK)
            st = put_day(put, &day, &packed, err);
    }
    (void)sqlite3_finalize(runs);
    (void)sqlite3_finalize(put);
    ovf_buffer_deinit(&packed);
    return st;
}

/* ---- reading ---- */

static enum ovf_status read_day(int64_t day, struct ovf_bytes packed, struct ovf_minutes *out,
                                struct ovf_error *err)
{
    struct ovf_minutes_day *const counts = ovf_minutes_day(out, day);
    uint64_t n = 0;
    if (counts == NULL)
        return OVF_E_NOMEM;
    for (size_t m = 0; m < OVF_MINUTES_OF_DAY; m++) {
        if (!ovf_varint_take(&packed, &n) || n > UINT32_MAX)
            return ovf_error_set(err, OVF_E_FORMAT, "the store's minutes are damaged");
        counts->n_aircraft[m] = (uint32_t)n;
    }
    return OVF_OK;
}

enum ovf_status ovf_store_minutes_load(sqlite3 *db, struct ovf_minutes *out, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st =
        ovf_sql_prepare(db, "SELECT day,aircraft FROM overflight_minutes ORDER BY day", &stmt, err);
    ovf_minutes_deinit(out);
    for (bool row = true; row && st == OVF_OK;) {
        st = ovf_sql_step(stmt, &row, err);
        if (st == OVF_OK && row)
            st = read_day(sqlite3_column_int64(stmt, 0),
                          (struct ovf_bytes){sqlite3_column_blob(stmt, 1),
                                             (size_t)sqlite3_column_bytes(stmt, 1)},
                          out, err);
    }
    (void)sqlite3_finalize(stmt);
    return st;
}
