/* SPDX-License-Identifier: Apache-2.0 */
/* A system that refuses writes now and then, below the VFS: what was gathered for it is not lost unseen. What the file
 * says is read through SQLite's own VFS. */
#include "test.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>

#include "store/gathered_writes.h"

enum { N_ROWS = 600, ROW_BYTES = 500 };

/* ---- the system ---- */

static sqlite3_vfs system_vfs; /* the default one, whose files are those of Unix but for writing */
static sqlite3_vfs *unix_vfs;
static sqlite3_io_methods unix_methods;
static sqlite3_io_methods methods;
static int n_room = INT_MAX; /* writes until the disk is full */
static bool is_full_once;    /* there is room again for the next */
static int n_writes;

static int write_unless_full(sqlite3_file *file, const void *data, int n, sqlite3_int64 at)
{
    n_writes++;
    if (n_room-- > 0)
        return unix_methods.xWrite(file, data, n, at);
    if (is_full_once)
        n_room = INT_MAX;
    return SQLITE_FULL;
}

static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags,
                     int *flags_out)
{
    (void)self;
    const int code = unix_vfs->xOpen(unix_vfs, name, file, flags, flags_out);
    if (code != SQLITE_OK || (flags & SQLITE_OPEN_MAIN_DB) == 0)
        return code;
    unix_methods = *file->pMethods;
    methods = unix_methods;
    methods.xWrite = write_unless_full;
    file->pMethods = &methods;
    return code;
}

/** Before the VFS is asked for: it stands in front of the default one. */
static int make_system(void **state)
{
    (void)state;
    unix_vfs = sqlite3_vfs_find("unix");
    if (unix_vfs == NULL)
        return 1;
    system_vfs = *unix_vfs;
    system_vfs.pNext = NULL;
    system_vfs.zName = "system";
    system_vfs.xOpen = open_file;
    return sqlite3_vfs_register(&system_vfs, 1) == SQLITE_OK ? 0 : 1;
}

/* ---- databases ---- */

struct fixture {
    char folder[64];
    char path[96];
    sqlite3 *db;
};

static void run(sqlite3 *db, const char *sql)
{
    char *text = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &text) != SQLITE_OK)
        fail_msg("%s: %s", sql, text);
}

static sqlite3_int64 int_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const sqlite3_int64 value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

static struct fixture open_fixture(const char *journal_mode)
{
    char sql[96];
    /* In memory where that is possible, as in tests/gpkg_fixture.h. */
    struct fixture f = {.db = NULL};
    n_room = INT_MAX;
    snprintf(f.folder, sizeof f.folder, "%s/ovf-writes-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(f.folder));
    snprintf(f.path, sizeof f.path, "%s/x.db", f.folder);
    assert_int_equal(sqlite3_open_v2(f.path, &f.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                     ovf_gathered_writes_vfs()),
                     SQLITE_OK);
    snprintf(sql, sizeof sql, "PRAGMA journal_mode=%s; CREATE TABLE t(n INTEGER PRIMARY KEY,b)",
             journal_mode);
    run(f.db, sql);
    return f;
}

static void close_fixture(struct fixture *f)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    assert_int_equal(sqlite3_close(f->db), SQLITE_OK);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", f->path, suffixes[i]);
        unlink(name);
    }
    rmdir(f->folder);
}

static int add_rows(sqlite3 *db)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM i WHERE n<%d) "
             "INSERT INTO t(b) SELECT randomblob(%d) FROM i",
             N_ROWS, ROW_BYTES);
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static void assert_sound(const struct fixture *f, sqlite3_int64 n_rows)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2(f->path, &db, SQLITE_OPEN_READWRITE, "unix"), SQLITE_OK);
    assert_int_equal(int_of(db, "SELECT count(*) FROM pragma_integrity_check "
                                "WHERE integrity_check='ok'"),
                     1);
    assert_int_equal(int_of(db, "SELECT count(*) FROM t"), n_rows);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* ---- tests ---- */

static void test_pages_that_follow_each_other_are_written_together(void **state)
{
    (void)state;
    struct fixture f = open_fixture("DELETE");
    n_writes = 0;
    assert_int_equal(add_rows(f.db), SQLITE_OK);
    const sqlite3_int64 n_pages = int_of(f.db, "PRAGMA page_count");
    assert_true(n_writes > 0 && n_writes < n_pages / 4);
    assert_sound(&f, N_ROWS);
    close_fixture(&f);
}

/** Of some calls SQLite does not heed what they return, that at the end of a checkpoint among them: none is made for
 * what is held back. */
static void test_a_checkpoint_that_could_not_write_is_made_again(void **state)
{
    bool is_done = false;
    (void)state;
    for (int n = 0; !is_done; n++) {
        struct fixture f = open_fixture("WAL");
        run(f.db, "PRAGMA wal_autocheckpoint=0");
        assert_int_equal(add_rows(f.db), SQLITE_OK);
        n_room = n;
        is_done = sqlite3_wal_checkpoint_v2(f.db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) ==
                  SQLITE_OK;
        n_room = INT_MAX;
        assert_sound(&f, N_ROWS);
        assert_int_equal(add_rows(f.db), SQLITE_OK);
        run(f.db, "PRAGMA wal_checkpoint(TRUNCATE)");
        assert_sound(&f, 2 * N_ROWS);
        close_fixture(&f);
    }
}

static void assert_rolled_back(void)
{
    bool is_done = false;
    for (int n = 0; !is_done; n++) {
        struct fixture f = open_fixture("DELETE");
        run(f.db, "PRAGMA cache_size=10; PRAGMA locking_mode=EXCLUSIVE");
        assert_int_equal(add_rows(f.db), SQLITE_OK);
        run(f.db, "BEGIN");
        n_room = n;
        is_done = add_rows(f.db) == SQLITE_OK;
        if (!sqlite3_get_autocommit(f.db))
            run(f.db, "ROLLBACK");
        n_room = INT_MAX;
        assert_int_equal(int_of(f.db, "SELECT count(*) FROM t"), N_ROWS);
        assert_int_equal(add_rows(f.db), SQLITE_OK);
        run(f.db, "PRAGMA locking_mode=NORMAL");
        assert_int_equal(int_of(f.db, "SELECT count(*) FROM t"), 2 * N_ROWS);
        assert_sound(&f, 2 * N_ROWS);
        close_fixture(&f);
    }
}

/** Also where pages left the cache before: what is taken back needs no room. */
static void test_rows_that_found_no_room_are_rolled_back(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        is_full_once = i == 1;
        assert_rolled_back();
    }
    is_full_once = false;
}

/** Pages that left the cache for a file that did not take them are not read as they were before. */
static void test_a_transaction_that_goes_on_after_a_failed_read_loses_nothing(void **state)
{
    bool is_done = false;
    (void)state;
    for (int n = 0; !is_done; n++) {
        struct fixture f = open_fixture("DELETE");
        assert_int_equal(add_rows(f.db), SQLITE_OK);
        run(f.db, "PRAGMA cache_size=10; BEGIN; UPDATE t SET b=zeroblob(500) WHERE n<=300");
        n_room = n;
        is_done = sqlite3_exec(f.db, "SELECT count(b) FROM t", NULL, NULL, NULL) == SQLITE_OK;
        n_room = INT_MAX;
        const bool goes_on = !sqlite3_get_autocommit(f.db);
        if (goes_on)
            run(f.db, "COMMIT");
        assert_int_equal(int_of(f.db, "SELECT count(*) FROM t WHERE b=zeroblob(500)"),
                         goes_on ? 300 : 0);
        assert_sound(&f, N_ROWS);
        close_fixture(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages_that_follow_each_other_are_written_together),
        cmocka_unit_test(test_a_checkpoint_that_could_not_write_is_made_again),
        cmocka_unit_test(test_rows_that_found_no_room_are_rolled_back),
        cmocka_unit_test(test_a_transaction_that_goes_on_after_a_failed_read_loses_nothing),
    };
    return cmocka_run_group_tests(tests, make_system, NULL);
}
