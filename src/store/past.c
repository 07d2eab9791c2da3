/* SPDX-License-Identifier: Apache-2.0 */
#include "store/past.h"

#include <stdlib.h>

#include "base/time.h"
#include "store/sql.h"

struct ovf_store_past {
    sqlite3_stmt *put;
    sqlite3_stmt *forget;
};

enum ovf_status ovf_store_past_open(struct ovf_store *store, struct ovf_store_past **out,
                                    struct ovf_error *err)
{
    struct ovf_store_past *const past = calloc(1, sizeof *past);
    if (past == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = ovf_sql_prepare(
        ovf_store_db(store),
        "INSERT OR REPLACE INTO overflight_past(address,start,from_airport,to_airport,operator,"
        "crossed,unclear) VALUES(?1,?2,?3,?4,?5,?6,?7)",
        &past->put, err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(
            ovf_store_db(store),
            "DELETE FROM overflight_past WHERE address=?1 AND start BETWEEN ?2 AND ?3",
            &past->forget, err);
    if (st != OVF_OK) {
        ovf_store_past_close(past);
        return st;
    }
    *out = past;
    return OVF_OK;
}

void ovf_store_past_close(struct ovf_store_past *past)
{
    if (past == NULL)
        return;
    (void)sqlite3_finalize(past->put);
    (void)sqlite3_finalize(past->forget);
    free(past);
}

static int64_t millisecond_of(int64_t t_ns)
{
    return ovf_time_floor(t_ns, OVF_NS_PER_MS) / OVF_NS_PER_MS;
}

enum ovf_status ovf_store_past_put(struct ovf_store_past *past, const struct ovf_airports *airports,
                                   uint32_t address, int64_t start_ns,
                                   const struct ovf_past_flight *flight, struct ovf_error *err)
{
    const struct ovf_airport from = ovf_airports_get(airports, flight->from);
    const struct ovf_airport to = ovf_airports_get(airports, flight->to);
    sqlite3_bind_int64(past->put, 1, address);
    sqlite3_bind_int64(past->put, 2, millisecond_of(start_ns));
    /* Borrowed until the statement was run, which is below. */
    sqlite3_bind_text(past->put, 3, from.code, -1, SQLITE_STATIC);
    sqlite3_bind_text(past->put, 4, to.code, -1, SQLITE_STATIC);
    sqlite3_bind_text(past->put, 5, flight->operator_icao, -1, SQLITE_STATIC);
    sqlite3_bind_text(past->put, 6, (const char *)flight->crossed.data, -1, SQLITE_STATIC);
    sqlite3_bind_text(past->put, 7, (const char *)flight->unclear.data, -1, SQLITE_STATIC);
    return ovf_sql_run(past->put, err);
}

enum ovf_status ovf_store_past_forget(struct ovf_store_past *past, uint32_t address,
                                      int64_t from_ns, int64_t to_ns, struct ovf_error *err)
{
    sqlite3_bind_int64(past->forget, 1, address);
    sqlite3_bind_int64(past->forget, 2, millisecond_of(from_ns));
    sqlite3_bind_int64(past->forget, 3, millisecond_of(to_ns));
    return ovf_sql_run(past->forget, err);
}
