/* SPDX-License-Identifier: Apache-2.0 */
/* A store in a folder of its own, short ways to fill it, and what must hold of it at any time. */
#ifndef OVF_TESTS_GPKG_FIXTURE_H
#define OVF_TESTS_GPKG_FIXTURE_H

#include "test.h"

#include <string.h>

#include "base/time.h"
#include "store/gpkg.h"
#include "store/store.h"

struct gpkg_fixture {
    char folder[64];
    char path[96];
    struct ovf_store *store;
    struct ovf_error err;
};

static inline struct gpkg_fixture gpkg_fixture_new(void)
{
    /* In memory where that is possible: on a disk, most of a test's time is waiting for fsync. */
    struct gpkg_fixture f = {.store = NULL};
    snprintf(f.folder, sizeof f.folder, "%s/ovf-gpkg-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(f.folder));
    snprintf(f.path, sizeof f.path, "%s/store.gpkg", f.folder);
    return f;
}

static inline void gpkg_reopen(struct gpkg_fixture *f)
{
    ovf_store_close(f->store);
    f->store = NULL;
    const enum ovf_status st = ovf_store_open(f->path, &f->store, &f->err);
    if (st != OVF_OK)
        print_error("%s\n", f->err.text);
    assert_int_equal(st, OVF_OK);
}

static inline struct gpkg_fixture gpkg_fixture_open(void)
{
    struct gpkg_fixture f = gpkg_fixture_new();
    gpkg_reopen(&f);
    return f;
}

static inline void gpkg_fixture_close(struct gpkg_fixture *f)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    ovf_store_close(f->store);
    f->store = NULL;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", f->path, suffixes[i]);
        unlink(name);
    }
    rmdir(f->folder);
}

static inline void gpkg_begin(struct gpkg_fixture *f, int64_t now_s)
{
    assert_int_equal(ovf_store_begin(f->store, now_s * OVF_NS_PER_S, &f->err), OVF_OK);
}

static inline void gpkg_commit(struct gpkg_fixture *f)
{
    const enum ovf_status st = ovf_store_commit(f->store, &f->err);
    if (st != OVF_OK)
        print_error("%s\n", f->err.text);
    assert_int_equal(st, OVF_OK);
}

/** Runs \p sql, which returns one text, against \p db. */
static inline void gpkg_assert_text_of(sqlite3 *db, const char *sql, const char *want)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const char *const got = (const char *)sqlite3_column_text(stmt, 0);
    assert_non_null(got);
    assert_string_equal(got, want);
    sqlite3_finalize(stmt);
}

static inline void gpkg_assert_text(struct gpkg_fixture *f, const char *sql, const char *want)
{
    gpkg_assert_text_of(ovf_store_db(f->store), sql, want);
}

static inline void gpkg_run(struct gpkg_fixture *f, const char *sql)
{
    assert_int_equal(ovf_sql_exec(ovf_store_db(f->store), sql, &f->err), OVF_OK);
}

static inline int64_t gpkg_int(struct gpkg_fixture *f, const char *sql)
{
    int64_t value = 0;
    assert_int_equal(ovf_sql_int(ovf_store_db(f->store), sql, 0, &value, &f->err), OVF_OK);
    return value;
}

static inline struct ovf_point gpkg_point(double lat_deg, double lon_deg)
{
    return (struct ovf_point){(int32_t)lround(lat_deg * 1e7), ovf_lon_wrap(llround(lon_deg * 1e7))};
}

/** A crossing with a line of two points, whose place follows from \p at. */
static inline void gpkg_put_crossing_row(struct gpkg_fixture *f, const char *id, const char *rev,
                                         const char *airspace, unsigned at)
{
    const double lat = at % 160 - 80.0;
    const double lon = at / 7 % 350 - 175.0;
    const struct ovf_point points[] = {gpkg_point(lat, lon), gpkg_point(lat + 1, lon + 0.5)};
    const struct ovf_store_part part = {.points = points, .n_points = 2};
    const struct ovf_store_crossing row = {
        .id = id,
        .rev = rev,
        .icao24 = "f10031",
        .airspace = airspace,
        .kind = "country",
        .class = "observed",
        .entry_time = {true, 1341137553412 * OVF_NS_PER_MS},
        .geom = {.parts = &part, .n_parts = 1},
        .simulated = true,
        .json = "{\"type\":\"crossing\"}",
    };
    const enum ovf_status st = ovf_store_put_crossing(f->store, &row, &f->err);
    if (st != OVF_OK)
        print_error("%s\n", f->err.text);
    assert_int_equal(st, OVF_OK);
}

/** The same in a transaction of its own, at second \p now_s. */
static inline void gpkg_put_crossing(struct gpkg_fixture *f, const char *id, const char *rev,
                                     const char *airspace, int64_t now_s)
{
    gpkg_begin(f, now_s);
    gpkg_put_crossing_row(f, id, rev, airspace, 0);
    gpkg_commit(f);
}

/** Integrity of the file, of foreign keys and R-trees, all triggers and indexes in place, and an entry for every
 * geometry. */
static inline void gpkg_assert_sound(struct gpkg_fixture *f)
{
    static const char *const tables[] = {"flights", "crossings", "gaps", "airspaces"};
    gpkg_assert_text(f, "PRAGMA integrity_check", "ok");
    assert_int_equal(gpkg_int(f, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_int_equal(gpkg_int(f, "SELECT count(*) FROM sqlite_schema WHERE type='trigger'"), 24);
    assert_int_equal(
        gpkg_int(f, "SELECT count(*) FROM sqlite_schema WHERE type='index' AND sql NOT NULL"), 15);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[256];
        snprintf(sql, sizeof sql, "SELECT rtreecheck('rtree_%s_geom')", tables[i]);
        gpkg_assert_text(f, sql, "ok");
        snprintf(sql, sizeof sql,
                 "SELECT (SELECT count(*) FROM %s WHERE geom NOT NULL AND fid NOT IN "
                 "(SELECT id FROM rtree_%s_geom)) + (SELECT count(*) FROM rtree_%s_geom WHERE id "
                 "NOT IN (SELECT fid FROM %s WHERE geom NOT NULL))",
                 tables[i], tables[i], tables[i], tables[i]);
        assert_int_equal(gpkg_int(f, sql), 0);
    }
}

#endif
