/* SPDX-License-Identifier: Apache-2.0 */
/* A crossing's end that has no place has the times of the fixes around it: its gap begins and ends with
 * them. */
#include "store/gap_ends.h"

#include "store/gpkg.h"
#include "store/sql.h"
#include "store/store.h"

#define ENDS_OF(end)                                                                               \
    "SELECT c.id,'" end "'='entry',g.start_lat_deg,g.start_lon_deg,g.end_lat_deg,g.end_lon_deg "   \
    "FROM crossings c JOIN gaps g ON g.gap_start=c." end "_time_min AND g.gap_end=c." end          \
    "_time_max AND g.flight_id=c.flight_id WHERE c." end "_lat_deg IS NULL"

static enum ovf_status read_all(sqlite3 *db, ovf_gap_end_fn *take, void *context,
                                struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum ovf_status st =
        ovf_sql_prepare(db, ENDS_OF("entry") " UNION ALL " ENDS_OF("exit"), &stmt, err);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        const struct ovf_gap_end end = {(const char *)sqlite3_column_text(stmt, 0),
                                        sqlite3_column_int(stmt, 1) != 0,
                                        sqlite3_column_double(stmt, 2),
                                        sqlite3_column_double(stmt, 3),
                                        sqlite3_column_double(stmt, 4),
                                        sqlite3_column_double(stmt, 5)};
        st = end.crossing_id != NULL ? take(context, &end) : OVF_E_NOMEM;
    }
    (void)sqlite3_finalize(stmt);
    return st;
}

enum ovf_status ovf_gap_ends_read_file(const char *path, ovf_gap_end_fn *take, void *context,
                                       struct ovf_error *err)
{
    sqlite3 *db = NULL;
    enum ovf_status st = ovf_store_open_to_read(path, &db, err);
    if (st == OVF_OK)
        st = read_all(db, take, context, err);
    ovf_gpkg_close(db);
    return st;
}
