/* SPDX-License-Identifier: Apache-2.0 */
/* The last change of each row counts. Bounds are rounded as SQLite rounds them. */
#include "store/rtree_changes.h"

#include <stdlib.h>

#include "base/array.h"

/* An insertion costs as much as to read and build fifteen to thirty entries (measured: 14 to 29 us, 1.0 us). */
enum { BUILD_RATIO = 20 };

void ovf_rtree_changes_deinit(struct ovf_rtree_changes *changes)
{
    free(changes->items);
    *changes = (struct ovf_rtree_changes){0};
}

static enum ovf_status push_entry(struct ovf_rtree_changes *list,
                                  const struct ovf_rtree_entry *entry)
{
    struct ovf_rtree_entry *grown =
        ovf_array_reserve(list->items, &list->capacity, list->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    list->items = grown;
    list->items[list->n++] = *entry;
    return OVF_OK;
}

/* ---- bounds as SQLite rounds them ---- */

/* Steps of one unit in the last place of a 24-bit number, as rtree.c takes them, so that entries built
 * here and entries that a trigger inserts are the same. */
static const double toward_zero = 1.0 - 1.0 / 8388608.0;
static const double from_zero = 1.0 + 1.0 / 8388608.0;

static float round_down(double v)
{
    const float f = (float)v;
    return (double)f > v ? (float)(v * (v < 0 ? from_zero : toward_zero)) : f;
}

static float round_up(double v)
{
    const float f = (float)v;
    return (double)f < v ? (float)(v * (v < 0 ? toward_zero : from_zero)) : f;
}

enum ovf_status ovf_rtree_changes_add(struct ovf_rtree_changes *changes, int64_t rowid,
                                      const struct ovf_gpkg_bounds *bounds)
{
    struct ovf_rtree_entry entry = {
        .rowid = rowid, .order = (uint32_t)changes->n, .removed = bounds == NULL};
    if (bounds != NULL) {
        entry.min_x = round_down(bounds->min_x);
        entry.max_x = round_up(bounds->max_x);
        entry.min_y = round_down(bounds->min_y);
        entry.max_y = round_up(bounds->max_y);
    }
    return push_entry(changes, &entry);
}

/* ---- applying them ---- */

static int compare_changes(const void *x, const void *y)
{
    const struct ovf_rtree_entry *const a = x;
    const struct ovf_rtree_entry *const b = y;
    const int by_row = ovf_rtree_compare_rowids(x, y);
    return by_row != 0 ? by_row : (a->order > b->order) - (a->order < b->order);
}

/** Sort by row and keep the last change of each. */
static void settle(struct ovf_rtree_changes *changes)
{
    struct ovf_rtree_entry *const items = changes->items;
    bool sorted = true;
    for (size_t i = 1; i < changes->n && sorted; i++)
        sorted = items[i].rowid > items[i - 1].rowid;
    if (sorted)
        return;
    qsort(items, changes->n, sizeof *items, compare_changes);
    size_t n = 0;
    for (size_t i = 0; i < changes->n; i++) {
        if (i + 1 == changes->n || items[i + 1].rowid != items[i].rowid)
            items[n++] = items[i];
    }
    changes->n = n;
}

static bool is_changed(const struct ovf_rtree_changes *changes, int64_t rowid)
{
    const struct ovf_rtree_entry wanted = {.rowid = rowid};
    return bsearch(&wanted, changes->items, changes->n, sizeof wanted, ovf_rtree_compare_rowids) !=
           NULL;
}

/** Append the entries of R-tree \p name whose rows are not among \p changes. */
static enum ovf_status read_unchanged(sqlite3 *db, const char *name,
                                      const struct ovf_rtree_changes *changes,
                                      struct ovf_rtree_changes *out, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st =
        ovf_sql_preparef(db, &stmt, err, "SELECT id,minx,maxx,miny,maxy FROM \"%s\"", name);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        const struct ovf_rtree_entry entry = {
            .rowid = sqlite3_column_int64(stmt, 0),
            .min_x = (float)sqlite3_column_double(stmt, 1), /* floats they were */
            .max_x = (float)sqlite3_column_double(stmt, 2),
            .min_y = (float)sqlite3_column_double(stmt, 3),
            .max_y = (float)sqlite3_column_double(stmt, 4),
        };
        if (!is_changed(changes, entry.rowid))
            st = push_entry(out, &entry);
    }
    sqlite3_finalize(stmt);
    return st;
}

/** The tree of what is unchanged and of \p changes, which are in any order then. */
static enum ovf_status rebuild(sqlite3 *db, const char *name, struct ovf_rtree_changes *changes,
                               struct ovf_error *err)
{
    struct ovf_rtree_changes unchanged = {0};
    enum ovf_status st = read_unchanged(db, name, changes, &unchanged, err);
    size_t n = 0;
    for (size_t i = 0; i < changes->n; i++) {
        if (!changes->items[i].removed)
            changes->items[n++] = changes->items[i];
    }
    changes->n = n;
    for (size_t i = 0; i < unchanged.n && st == OVF_OK; i++)
        st = push_entry(changes, &unchanged.items[i]);
    if (st == OVF_OK)
        st = ovf_rtree_build(db, name, changes->items, changes->n, err);
    ovf_rtree_changes_deinit(&unchanged);
    return st;
}

static enum ovf_status change_one(sqlite3_stmt *put, sqlite3_stmt *remove,
                                  const struct ovf_rtree_entry *e, struct ovf_error *err)
{
    sqlite3_stmt *const stmt = e->removed ? remove : put;
    sqlite3_bind_int64(stmt, 1, e->rowid);
    if (!e->removed) {
        sqlite3_bind_double(stmt, 2, (double)e->min_x);
        sqlite3_bind_double(stmt, 3, (double)e->max_x);
        sqlite3_bind_double(stmt, 4, (double)e->min_y);
        sqlite3_bind_double(stmt, 5, (double)e->max_y);
    }
    return ovf_sql_run(stmt, err);
}

static enum ovf_status change_each(sqlite3 *db, const char *name,
                                   const struct ovf_rtree_changes *changes, struct ovf_error *err)
{
    sqlite3_stmt *put = NULL;
    sqlite3_stmt *remove = NULL;
    enum ovf_status st = ovf_sql_preparef(
        db, &put, err, "INSERT OR REPLACE INTO \"%s\" VALUES(?1,?2,?3,?4,?5)", name);
    if (st == OVF_OK)
        st = ovf_sql_preparef(db, &remove, err, "DELETE FROM \"%s\" WHERE id=?1", name);
    for (size_t i = 0; i < changes->n && st == OVF_OK; i++)
        st = change_one(put, remove, &changes->items[i], err);
    sqlite3_finalize(put);
    sqlite3_finalize(remove);
    return st;
}

/** About as many entries as there are, found without counting them. */
static enum ovf_status estimate(sqlite3 *db, const char *name, int64_t *n, struct ovf_error *err)
{
    char sql[160];
    sqlite3_snprintf(sizeof sql, sql, "SELECT max(nodeno) FROM \"%w_node\"", name);
    const enum ovf_status st = ovf_sql_int(db, sql, 0, n, err);
    *n *= 51; /* nodes are at most this full */
    return st;
}

enum ovf_status ovf_rtree_apply(sqlite3 *db, const char *name, struct ovf_rtree_changes *changes,
                                struct ovf_error *err)
{
    int64_t n_there = 0;
    if (changes->n == 0)
        return OVF_OK;
    settle(changes);
    const enum ovf_status st = estimate(db, name, &n_there, err);
    if (st != OVF_OK)
        return st;
    const int64_t n_changes = (int64_t)changes->n;
    const bool build =
        n_changes >= n_there / BUILD_RATIO && n_there + n_changes <= OVF_RTREE_BUILD_MAX;
    const enum ovf_status done =
        build ? rebuild(db, name, changes, err) : change_each(db, name, changes, err);
    if (done == OVF_OK)
        changes->n = 0;
    return done;
}
