/* SPDX-License-Identifier: Apache-2.0 */
/* Loading rests on what SQLite does and need not go on doing: two rows are loaded, into memory, before any other. */
#include "store/loading.h"

#include <pthread.h>
#include <stddef.h>

#include "store/schema.h"

struct row {
    const char *id;
};

static const struct ovf_column columns[] = {{"id", OVF_COLUMN_TEXT, offsetof(struct row, id)}};

static const struct ovf_table_index indexes[] = {
    {.name = "trial_by_id", .columns = "id", .is_unique = true},
};

static const struct ovf_store_table table = {.name = "trial",
                                             .key = "id",
                                             .has_revisions = true,
                                             .indexes = indexes,
                                             .n_indexes = 1,
                                             .columns = columns,
                                             .n_columns = 1};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool works;

static enum ovf_status create(sqlite3 *db)
{
    struct ovf_buffer sql = {0};
    enum ovf_status st = ovf_store_columns_sql(&table, true, &sql);
    if (st == OVF_OK)
        st = ovf_sql_execf(db, NULL, "CREATE TABLE trial(%s)", (const char *)sql.data);
    ovf_buffer_deinit(&sql);
    return st;
}

/** Two, shown apart: the second is laid out where the first was, of which SQLite must have kept nothing. */
static enum ovf_status load(struct ovf_loading *loading)
{
    static const struct row rows[] = {{"b"}, {"a"}};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < 2 && st == OVF_OK; i++) {
        int64_t fid;
        st = ovf_loading_add(loading, &rows[i], NULL, (struct ovf_bytes){NULL, 0}, &fid, NULL);
        if (st == OVF_OK)
            st = ovf_loading_show(loading, NULL);
    }
    return st != OVF_OK ? st : ovf_loading_finish(loading, NULL);
}

static bool says(sqlite3 *db, const char *sql, int64_t wanted)
{
    int64_t value = 0;
    return ovf_sql_int(db, sql, 0, &value, NULL) == OVF_OK && value == wanted;
}

/** By the table, by its index, and by all pages of the file. */
static bool is_there(sqlite3 *db)
{
    return says(db, "SELECT fid FROM trial NOT INDEXED WHERE id='a'", 2) &&
           says(db, "SELECT fid FROM trial INDEXED BY trial_by_id WHERE id='a'", 2) &&
           says(db, "SELECT count(*)=1 AND min(integrity_check)='ok' FROM pragma_integrity_check",
                1);
}

static bool load_and_commit(sqlite3 *db)
{
    struct ovf_loading *loading = NULL;
    const bool is_committed = create(db) == OVF_OK && ovf_sql_exec(db, "BEGIN", NULL) == OVF_OK &&
                              ovf_loading_begin(db, &table, &loading, NULL) == OVF_OK &&
                              load(loading) == OVF_OK && ovf_sql_exec(db, "COMMIT", NULL) == OVF_OK;
    if (!is_committed)
        (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    ovf_loading_free(loading);
    return is_committed;
}

static void try_loading(void)
{
    sqlite3 *db = NULL;
    works = sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
                SQLITE_OK &&
            load_and_commit(db) && is_there(db);
    sqlite3_close(db);
}

bool ovf_loading_works(void)
{
    (void)pthread_once(&once, try_loading);
    return works;
}
