/* SPDX-License-Identifier: Apache-2.0 */
/* How fast rows with an R-tree are written: built at the end, and inserted one by one by SQLite, in the
 * same run.  tool_rtree FILE N;  FILE must not exist. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "store/gpkg_geometry.h"
#include "store/rtree_changes.h"

static struct ovf_error error;

static void must(enum ovf_status st)
{
    if (st == OVF_OK)
        return;
    fprintf(stderr, "%s (status %d)\n", error.text, (int)st);
    exit(1);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/** A line half a degree long at a place that follows from \p i. */
static void make_line(uint64_t i, struct ovf_buffer *bytes, struct ovf_gpkg_bounds *bounds)
{
    bool empty;
    const uint64_t r = (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
    const int32_t lat_e7 = (int32_t)(r >> 40) * 95 - 800000000;
    const int32_t lon_e7 = (int32_t)(r >> 16 & 0xffffff) * 213 - 1790000000;
    const struct ovf_point points[] = {{lat_e7, lon_e7}, {lat_e7 + 5000000, lon_e7 + 5000000}};
    const struct ovf_store_part part = {.points = points, .n_points = 2};
    must(ovf_gpkg_from_line(&(struct ovf_store_line){.parts = &part, .n_parts = 1}, bytes, bounds,
                            &empty));
}

static void insert_entry(sqlite3_stmt *stmt, int64_t rowid, const struct ovf_gpkg_bounds *bounds)
{
    sqlite3_bind_int64(stmt, 1, rowid);
    sqlite3_bind_double(stmt, 2, bounds->min_x);
    sqlite3_bind_double(stmt, 3, bounds->max_x);
    sqlite3_bind_double(stmt, 4, bounds->min_y);
    sqlite3_bind_double(stmt, 5, bounds->max_y);
    must(ovf_sql_run(stmt, &error));
}

static double fill(sqlite3 *db, const char *table, long n, bool build)
{
    sqlite3_stmt *row = NULL;
    sqlite3_stmt *entry = NULL;
    struct ovf_rtree_changes changes = {0};
    struct ovf_buffer bytes = {0};
    char rtree[64];
    snprintf(rtree, sizeof rtree, "rtree_%s_geom", table);
    must(ovf_sql_execf(db, &error,
                       "CREATE TABLE %s(fid INTEGER PRIMARY KEY, a TEXT, b INTEGER, geom BLOB);"
                       "CREATE VIRTUAL TABLE %s USING rtree(id,minx,maxx,miny,maxy)",
                       table, rtree));
    must(ovf_sql_preparef(db, &row, &error, "INSERT INTO %s(a,b,geom) VALUES('f10031',?1,?2)",
                          table));
    must(ovf_sql_preparef(db, &entry, &error, "INSERT INTO %s VALUES(?1,?2,?3,?4,?5)", rtree));
    const double begin_s = seconds();
    must(ovf_sql_exec(db, "BEGIN IMMEDIATE", &error));
    for (long i = 0; i < n; i++) {
        struct ovf_gpkg_bounds bounds;
        make_line((uint64_t)i, &bytes, &bounds);
        sqlite3_bind_int64(row, 1, i);
        sqlite3_bind_blob64(row, 2, bytes.data, bytes.len, SQLITE_STATIC);
        must(ovf_sql_run(row, &error));
        if (build)
            must(ovf_rtree_changes_add(&changes, sqlite3_last_insert_rowid(db), &bounds));
        else
            insert_entry(entry, sqlite3_last_insert_rowid(db), &bounds);
    }
    must(ovf_rtree_apply(db, rtree, &changes, &error));
    must(ovf_sql_exec(db, "COMMIT", &error));
    const double rows_per_s = (double)n / (seconds() - begin_s);
    sqlite3_finalize(row);
    sqlite3_finalize(entry);
    ovf_rtree_changes_deinit(&changes);
    ovf_buffer_deinit(&bytes);
    return rows_per_s;
}

int main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    bool is_new = false;
    if (argc != 3) {
        fprintf(stderr, "usage: tool_rtree FILE N\n");
        return 2;
    }
    const long n = strtol(argv[2], NULL, 10);
    must(ovf_gpkg_open(argv[1], OVF_GPKG_WRITE, &db, &is_new, &error));
    const double built = fill(db, "built", n, true);
    const double inserted = fill(db, "inserted", n, false);
    printf("%ld rows: built %.0f rows/s, inserted %.0f rows/s, ratio %.1f\n", n, built, inserted,
           built / inserted);
    ovf_gpkg_close(db);
    return 0;
}
