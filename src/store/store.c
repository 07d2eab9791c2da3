/* SPDX-License-Identifier: Apache-2.0 */
/* Putting rows.
 *
 * A table with revisions that is empty is loaded (store/loading.h), where SQLite lets it: its rows are gathered, and
 * its indexes made of all of them at commit. That no row is put twice until then is told by a set of ids; should it
 * be in doubt, or a row be looked for, all this is done at once and the table goes on row by row.
 *
 * A transaction begins without the triggers of a table's R-tree from the first row that is put into it;
 * what changed is gathered, and at commit the R-trees are brought up to date and the triggers made
 * again, all within the transaction. */
#include "store/store.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.h"
#include "store/id_set.h"
#include "store/image.h"
#include "store/loading.h"
#include "store/rtree_changes.h"
#include "store/schema.h"
#include "store/statements.h"

/** What is in hand of one table. */
struct table_work {
    const struct ovf_store_table *table;
    struct ovf_statements statements;
    struct ovf_loading *loading; /* in this transaction: without its indexes; NULL: row by row */
    struct ovf_id_set loaded;
    bool touched; /* in this transaction: without its triggers */
    bool changed; /* in this transaction */
    struct ovf_rtree_changes changes;
    struct ovf_gpkg_bounds bounds; /* of what was put in this transaction */
    bool has_bounds;
};

struct ovf_store {
    sqlite3 *db;
    bool open;    /* a transaction is */
    bool is_lost; /* and can only be rolled back: something failed half-way */
    bool is_made; /* the file was not there before */
    bool is_ours; /* its tables were made by this one: nobody else has it */
    int64_t now_ns;
    char now[OVF_TIME_SIZE];
    sqlite3_stmt *note_revision;
    struct ovf_buffer geometry;
    struct table_work tables[OVF_STORE_KINDS];
};

/* ---- opening ---- */

enum ovf_status ovf_store_open(const char *path, struct ovf_store **out, struct ovf_error *err)
{
    struct ovf_store *const store = calloc(1, sizeof *store);
    if (store == NULL)
        return OVF_E_NOMEM;
    for (int kind = 0; kind < OVF_STORE_KINDS; kind++)
        store->tables[kind].table = ovf_store_table((enum ovf_store_kind)kind);
    struct stat info;
    store->is_made = lstat(path, &info) != 0;
    enum ovf_status st = ovf_gpkg_open(path, OVF_GPKG_WRITE, &store->db, &store->is_ours, err);
    if (st == OVF_OK)
        st = ovf_store_make_tables(store->db, store->is_ours, err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(store->db,
                             "INSERT INTO revisions(id,kind,rev,superseded_by,at) "
                             "VALUES(?1,?2,?3,?4,?5)",
                             &store->note_revision, err);
    if (st != OVF_OK) {
        ovf_store_close(store);
        return st;
    }
    *out = store;
    return OVF_OK;
}

enum ovf_status ovf_store_open_to_read(const char *path, sqlite3 **out, struct ovf_error *err)
{
    sqlite3 *db = NULL;
    bool is_new; /* is refused */
    enum ovf_status st = ovf_gpkg_open(path, OVF_GPKG_READ, &db, &is_new, err);
    if (st == OVF_OK)
        st = ovf_store_check_version(db, err);
    if (st == OVF_OK)
        *out = db;
    else
        ovf_gpkg_close(db);
    return st;
}

static void forget_loading(struct table_work *work)
{
    ovf_loading_free(work->loading);
    work->loading = NULL;
    ovf_id_set_deinit(&work->loaded);
}

void ovf_store_close(struct ovf_store *store)
{
    if (store == NULL)
        return;
    if (store->open)
        ovf_store_rollback(store);
    for (int kind = 0; kind < OVF_STORE_KINDS; kind++) {
        struct table_work *const work = &store->tables[kind];
        ovf_statements_deinit(&work->statements);
        forget_loading(work);
        ovf_rtree_changes_deinit(&work->changes);
    }
    sqlite3_finalize(store->note_revision);
    ovf_buffer_deinit(&store->geometry);
    ovf_gpkg_close(store->db);
    free(store);
}

/** What stands beside it goes first: nothing of it must be taken for that of a file made anew. */
static void remove_file(const char *path)
{
    static const char *const beside[] = {"-journal", "-wal", "-shm", ""};
    char name[PATH_MAX];
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        const int n = snprintf(name, sizeof name, "%s%s", path, beside[i]);
        if (n > 0 && (size_t)n < sizeof name)
            (void)unlink(name);
    }
}

/** Removed under the lock, so that nobody puts anything into it between the look and the removal. */
static void remove_empty(sqlite3 *db)
{
    int64_t n_inputs = 1;
    if (ovf_sql_exec(db, "BEGIN IMMEDIATE", NULL) != OVF_OK)
        return;
    if (ovf_sql_int(db, "SELECT count(*) FROM inputs", 1, &n_inputs, NULL) == OVF_OK &&
        n_inputs == 0)
        remove_file(sqlite3_db_filename(db, "main"));
    (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
}

void ovf_store_abandon(struct ovf_store *store)
{
    if (store != NULL && store->is_made) {
        ovf_store_rollback(store);
        remove_empty(store->db);
    }
    ovf_store_close(store);
}

sqlite3 *ovf_store_db(struct ovf_store *store)
{
    return store->db;
}

static bool has_geometry(const struct ovf_store_table *table)
{
    return table->geometry != OVF_GEOMETRY_NONE;
}

/** What comes of something that cannot be left as it is when it fails. */
static enum ovf_status half_way(struct ovf_store *store, enum ovf_status st)
{
    store->is_lost = store->is_lost || st != OVF_OK;
    return st;
}

/* ---- loading an empty table ---- */

static enum ovf_status begin_loading(struct ovf_store *store, struct table_work *work,
                                     struct ovf_error *err)
{
    char sql[96];
    int64_t any = 0;
    if (!ovf_loading_works())
        return OVF_OK;
    (void)snprintf(sql, sizeof sql, "SELECT 1 FROM \"%s\" LIMIT 1", work->table->name);
    enum ovf_status st = ovf_sql_int(store->db, sql, 0, &any, err);
    if (st != OVF_OK || any != 0)
        return st;
    return half_way(store, ovf_loading_begin(store->db, work->table, &work->loading, err));
}

static enum ovf_status end_loading(struct ovf_store *store, struct table_work *work,
                                   struct ovf_error *err)
{
    if (work->loading == NULL)
        return OVF_OK;
    const enum ovf_status st = half_way(store, ovf_loading_finish(work->loading, err));
    forget_loading(work);
    return st;
}

enum ovf_status ovf_store_show(struct ovf_store *store, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (int kind = 0; kind < OVF_STORE_KINDS && st == OVF_OK; kind++) {
        if (store->tables[kind].loading != NULL)
            st = ovf_loading_show(store->tables[kind].loading, err);
    }
    return st;
}

/* ---- transactions ---- */

static void forget(struct ovf_store *store)
{
    for (int kind = 0; kind < OVF_STORE_KINDS; kind++) {
        struct table_work *const work = &store->tables[kind];
        forget_loading(work);
        work->touched = false;
        work->changed = false;
        work->has_bounds = false;
        work->changes.n = 0;
    }
    store->open = false;
    store->is_lost = false;
}

enum ovf_status ovf_store_begin(struct ovf_store *store, int64_t now_ns, struct ovf_error *err)
{
    if (store->open)
        return ovf_error_set(err, OVF_E_RANGE, "a transaction is open already");
    const enum ovf_status st = ovf_sql_exec(store->db, "BEGIN IMMEDIATE", err);
    if (st != OVF_OK)
        return st;
    forget(store);
    store->open = true;
    store->now_ns = now_ns;
    ovf_time_format(now_ns, 3, store->now);
    return OVF_OK;
}

void ovf_store_rollback(struct ovf_store *store)
{
    if (!sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    forget(store);
}

static enum ovf_status finish_table(struct ovf_store *store, struct table_work *work,
                                    struct ovf_error *err)
{
    char rtree[64];
    enum ovf_status st = end_loading(store, work, err);
    if (st == OVF_OK && has_geometry(work->table)) {
        ovf_store_rtree_name(work->table, rtree);
        st = ovf_rtree_apply(store->db, rtree, &work->changes, err);
        if (st == OVF_OK)
            st = ovf_gpkg_create_triggers(store->db, work->table->name, err);
    }
    if (st != OVF_OK || !work->changed)
        return st;
    return ovf_gpkg_touch(store->db, work->table->name, store->now_ns,
                          work->has_bounds ? &work->bounds : NULL, err);
}

enum ovf_status ovf_store_commit(struct ovf_store *store, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (!store->open)
        return ovf_error_set(err, OVF_E_RANGE, "no transaction is open");
    if (store->is_lost)
        st = ovf_error_set(err, OVF_E_RANGE, "rows could not be put: nothing is committed");
    for (int kind = 0; kind < OVF_STORE_KINDS && st == OVF_OK; kind++) {
        if (store->tables[kind].touched)
            st = finish_table(store, &store->tables[kind], err);
    }
    if (st == OVF_OK)
        st = ovf_sql_exec(store->db, "COMMIT", err);
    if (st != OVF_OK)
        ovf_store_rollback(store);
    forget(store);
    /* What is committed is, whether or not others can be let in now; the next one to open it can. */
    if (st == OVF_OK && store->is_ours && ovf_gpkg_share(store->db, NULL) == OVF_OK)
        store->is_ours = false;
    return st;
}

/* ---- putting ---- */

static enum ovf_status touch(struct ovf_store *store, struct table_work *work,
                             struct ovf_error *err)
{
    if (!store->open)
        return ovf_error_set(err, OVF_E_RANGE, "no transaction is open");
    if (work->touched)
        return OVF_OK;
    enum ovf_status st = OVF_OK;
    /* First: a statement cannot even be prepared while a trigger calls what is not there. */
    if (has_geometry(work->table))
        st = ovf_gpkg_drop_triggers(store->db, work->table->name, err);
    if (st == OVF_OK && work->table->has_revisions)
        st = begin_loading(store, work, err);
    work->touched = st == OVF_OK;
    return st;
}

/** The indexes are there, and the statements that need them. */
static enum ovf_status prepare(struct ovf_store *store, struct table_work *work,
                               struct ovf_error *err)
{
    const enum ovf_status st = end_loading(store, work, err);
    return st != OVF_OK
               ? st
               : ovf_statements_for_putting(&work->statements, store->db, work->table, err);
}

enum ovf_status ovf_store_touch(struct ovf_store *store, enum ovf_store_kind kind,
                                struct ovf_error *err)
{
    return touch(store, &store->tables[kind], err);
}

static enum ovf_status encode(struct ovf_store *store, const struct ovf_store_table *table,
                              const void *row, struct ovf_gpkg_bounds *bounds, bool *empty)
{
    const void *const member = (const unsigned char *)row + table->geometry_offset;
    *empty = true;
    if (table->geometry == OVF_GEOMETRY_LINES || table->geometry == OVF_GEOMETRY_WAYS)
        return ovf_gpkg_from_line(member, &store->geometry, bounds, empty);
    if (table->geometry == OVF_GEOMETRY_AREA)
        return ovf_gpkg_from_polygons(member, &store->geometry, bounds, empty);
    return OVF_OK;
}

/** Note for commit that the geometry of row \p fid is now \p bounds. */
static enum ovf_status note_geometry(struct table_work *work, int64_t fid,
                                     const struct ovf_gpkg_bounds *bounds)
{
    if (!has_geometry(work->table))
        return OVF_OK;
    if (bounds != NULL && !work->has_bounds) {
        work->bounds = *bounds;
        work->has_bounds = true;
    } else if (bounds != NULL) {
        work->bounds.min_x = fmin(work->bounds.min_x, bounds->min_x);
        work->bounds.min_y = fmin(work->bounds.min_y, bounds->min_y);
        work->bounds.max_x = fmax(work->bounds.max_x, bounds->max_x);
        work->bounds.max_y = fmax(work->bounds.max_y, bounds->max_y);
    }
    return ovf_rtree_changes_add(&work->changes, fid, bounds);
}

static enum ovf_status note_revision(struct ovf_store *store, const struct ovf_store_table *table,
                                     const char *id, const char *rev, const char *superseded_by,
                                     struct ovf_error *err)
{
    sqlite3_stmt *const stmt = store->note_revision;
    ovf_bind_text(stmt, 1, id);
    ovf_bind_text(stmt, 2, table->name);
    sqlite3_bind_text(stmt, 3, rev, -1, SQLITE_STATIC);
    ovf_bind_text(stmt, 4, superseded_by);
    sqlite3_bind_text(stmt, 5, store->now, -1, SQLITE_STATIC);
    return ovf_sql_run(stmt, err);
}

/** Which row has \p id, and what its revision is. work->statements.find stays on it until it is reset. */
static enum ovf_status find_row(struct table_work *work, const char *id, int64_t *fid,
                                const char **rev, struct ovf_error *err)
{
    bool row = false;
    sqlite3_bind_text(work->statements.find, 1, id, -1, SQLITE_STATIC);
    const enum ovf_status st = ovf_sql_step(work->statements.find, &row, err);
    if (st != OVF_OK)
        return st;
    if (!row) {
        sqlite3_reset(work->statements.find);
        ovf_error_set(err, OVF_E_NOTFOUND, "%s: no row %.80s", work->table->name, id);
        return OVF_E_NOTFOUND;
    }
    *fid = sqlite3_column_int64(work->statements.find, 0);
    *rev = (const char *)sqlite3_column_text(work->statements.find, 1);
    if (*rev == NULL)
        *rev = "";
    return OVF_OK;
}

/** Bind \p row, whose geometry is encoded, and \p extra unless it is NULL: see ovf_statement_extra_at. */
static enum ovf_status bind_row(struct ovf_store *store, struct ovf_bound *statement,
                                const struct ovf_store_table *table, const void *row,
                                const char *extra, struct ovf_error *err)
{
    const enum ovf_status st =
        ovf_statement_bind(statement, table, row, ovf_buffer_bytes(&store->geometry), err);
    if (st == OVF_OK && extra != NULL &&
        ovf_bound_text(statement, ovf_statement_extra_at(table), extra) != SQLITE_OK)
        return ovf_sql_failed(store->db, "bind", err);
    return st;
}

static enum ovf_status replace(struct ovf_store *store, struct table_work *work, int64_t fid,
                               const char *old_rev, const void *row, struct ovf_error *err)
{
    struct ovf_bound *const update = &work->statements.update;
    const enum ovf_status st = bind_row(store, update, work->table, row, old_rev, err);
    if (st != OVF_OK)
        return st;
    if (ovf_bound_int(update, ovf_statement_fid_at(work->table), fid) != SQLITE_OK)
        return ovf_sql_failed(store->db, "bind", err);
    return ovf_sql_run(update->stmt, err);
}

/** The row's key is there already: another revision replaces it, the same one does nothing. */
static enum ovf_status revise(struct ovf_store *store, struct table_work *work, const void *row,
                              const struct ovf_gpkg_bounds *bounds, struct ovf_error *err)
{
    const char *const id = *(const char *const *)row; /* the first two columns are the first two */
    const char *const rev = ((const char *const *)row)[1];
    int64_t fid = 0;
    const char *old_rev = NULL;
    enum ovf_status st = find_row(work, id, &fid, &old_rev, err);
    if (st != OVF_OK)
        return st;
    if (strcmp(old_rev, rev) != 0) {
        st = note_revision(store, work->table, id, old_rev, rev, err);
        if (st == OVF_OK)
            st = replace(store, work, fid, old_rev, row, err);
        if (st == OVF_OK)
            st = note_geometry(work, fid, bounds);
        work->changed = true;
    }
    sqlite3_reset(work->statements.find);
    return st;
}

static const char *first_seen_of(const struct ovf_store *store, const struct table_work *work)
{
    return work->table->has_first_seen ? store->now : NULL;
}

/** A row on its way into its table; its geometry is encoded. */
struct coming {
    const void *row;
    const struct ovf_gpkg_bounds *bounds; /* NULL: it has no geometry */
    uint64_t id_hash;                     /* where the table is being loaded */
};

/** Adds a row to a table that is being loaded, unless one with its id may be there. */
static enum ovf_status load(struct ovf_store *store, struct table_work *work,
                            const struct coming *coming, bool *is_loaded, struct ovf_error *err)
{
    bool maybe = true;
    int64_t fid = 0;
    *is_loaded = false;
    if (work->loading == NULL)
        return OVF_OK;
    enum ovf_status st = ovf_id_set_add(&work->loaded, coming->id_hash, &maybe);
    if (st != OVF_OK || maybe)
        return st;
    st = ovf_loading_add(work->loading, coming->row, first_seen_of(store, work),
                         ovf_buffer_bytes(&store->geometry), &fid, err);
    if (st != OVF_OK)
        return st;
    *is_loaded = true;
    work->changed = true;
    return coming->bounds != NULL ? note_geometry(work, fid, coming->bounds) : OVF_OK;
}

static enum ovf_status insert(struct ovf_store *store, struct table_work *work, const void *row,
                              struct ovf_error *err)
{
    struct ovf_bound *const statement = &work->statements.insert;
    const enum ovf_status st =
        bind_row(store, statement, work->table, row, first_seen_of(store, work), err);
    return st != OVF_OK ? st : ovf_sql_run(statement->stmt, err);
}

static enum ovf_status put_encoded(struct ovf_store *store, struct table_work *work,
                                   const struct coming *coming, struct ovf_error *err)
{
    bool is_loaded;
    enum ovf_status st = load(store, work, coming, &is_loaded, err);
    if (st != OVF_OK || is_loaded)
        return st;
    st = prepare(store, work, err);
    if (st == OVF_OK)
        st = insert(store, work, coming->row, err);
    if (st != OVF_OK)
        return st;
    const bool is_new = sqlite3_changes(store->db) > 0;
    if (!is_new && work->table->has_revisions)
        return revise(store, work, coming->row, coming->bounds, err);
    work->changed = work->changed || is_new;
    return coming->bounds == NULL
               ? OVF_OK
               : note_geometry(work, sqlite3_last_insert_rowid(store->db), coming->bounds);
}

static enum ovf_status put(struct ovf_store *store, enum ovf_store_kind kind, const void *row,
                           struct ovf_error *err)
{
    struct table_work *const work = &store->tables[kind];
    struct ovf_gpkg_bounds bounds;
    struct coming coming = {.row = row};
    bool empty = true;
    const char *const *const id_and_rev = row;
    if (work->table->has_revisions && (id_and_rev[0] == NULL || id_and_rev[1] == NULL))
        return ovf_error_set(err, OVF_E_RANGE, "%s: a row without id or revision",
                             work->table->name);
    enum ovf_status st = touch(store, work, err);
    if (st == OVF_OK && work->loading != NULL) {
        coming.id_hash = ovf_id_hash(id_and_rev[0]);
        ovf_id_set_expect(&work->loaded, coming.id_hash);
    }
    if (st == OVF_OK)
        st = encode(store, work->table, row, &bounds, &empty);
    coming.bounds = empty ? NULL : &bounds;
    if (st == OVF_OK)
        st = put_encoded(store, work, &coming, err);
    return half_way(store, st);
}

enum ovf_status ovf_store_retract(struct ovf_store *store, enum ovf_store_kind kind, const char *id,
                                  const char *superseded_by, struct ovf_error *err)
{
    struct table_work *const work = &store->tables[kind];
    int64_t fid = 0;
    const char *rev = NULL;
    if (!work->table->has_revisions)
        return ovf_error_set(err, OVF_E_RANGE, "%s has no revisions", work->table->name);
    enum ovf_status st = touch(store, work, err);
    if (st == OVF_OK)
        st = prepare(store, work, err);
    if (st == OVF_OK)
        st = find_row(work, id, &fid, &rev, err);
    if (st != OVF_OK)
        return st;
    st = note_revision(store, work->table, id, rev, superseded_by, err);
    sqlite3_reset(work->statements.find);
    if (st == OVF_OK) {
        work->changed = true;
        sqlite3_bind_int64(work->statements.remove, 1, fid);
        st = ovf_sql_run(work->statements.remove, err);
    }
    return half_way(store, st != OVF_OK ? st : note_geometry(work, fid, NULL));
}

enum ovf_status ovf_store_find(struct ovf_store *store, enum ovf_store_kind kind, const char *id,
                               int64_t *fid, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    const struct ovf_store_table *const table = store->tables[kind].table;
    enum ovf_status st = end_loading(store, &store->tables[kind], err);
    if (st == OVF_OK)
        st = ovf_sql_preparef(store->db, &stmt, err,
                              "SELECT " OVF_GPKG_KEY " FROM \"%s\" WHERE id=?1", table->name);
    if (st != OVF_OK)
        return st;
    sqlite3_bind_text(stmt, 1, id, -1, SQLITE_STATIC);
    st = ovf_sql_step(stmt, &row, err);
    if (st == OVF_OK && !row)
        st = ovf_error_set(err, OVF_E_NOTFOUND, "%s: no row %.80s", table->name, id);
    if (st == OVF_OK)
        *fid = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return st;
}

#define DEFINE_PUT(name, kind)                                                                     \
    enum ovf_status ovf_store_put_##name(                                                          \
        struct ovf_store *store, const struct ovf_store_##name *row, struct ovf_error *err)        \
    {                                                                                              \
        return put(store, kind, row, err);                                                         \
    }

DEFINE_PUT(input, OVF_STORE_INPUT)
DEFINE_PUT(flight, OVF_STORE_FLIGHT)
DEFINE_PUT(journey, OVF_STORE_JOURNEY)
DEFINE_PUT(crossing, OVF_STORE_CROSSING)
DEFINE_PUT(gap, OVF_STORE_GAP)
DEFINE_PUT(finding, OVF_STORE_FINDING)
DEFINE_PUT(airspace, OVF_STORE_AIRSPACE)
DEFINE_PUT(completeness, OVF_STORE_COMPLETENESS)
DEFINE_PUT(traffic, OVF_STORE_TRAFFIC)
