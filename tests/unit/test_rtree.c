/* SPDX-License-Identifier: Apache-2.0 */
/* Built R-trees: SQLite's own check of them, what they find against looking at every row, and the same
 * entries as SQLite makes itself. */
#include "gpkg_fixture.h"
#include "same_rows.h"

#include "store/rtree_changes.h"

struct random {
    uint64_t s;
};

/* splitmix64, public domain (Vigna 2015) */
static double uniform(struct random *r, double low, double high)
{
    uint64_t z = r->s += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    return low + (high - low) * ((double)(z >> 11) / 9007199254740992.0);
}

static struct ovf_gpkg_bounds random_box(struct random *r, double size)
{
    const double x = uniform(r, -180, 180 - size);
    const double y = uniform(r, -90, 90 - size);
    return (struct ovf_gpkg_bounds){x, y, x + uniform(r, 0, size), y + uniform(r, 0, size)};
}

static sqlite3 *open_two(void)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    run_sql(db, "CREATE VIRTUAL TABLE r USING rtree(id,minx,maxx,miny,maxy);"
                "CREATE VIRTUAL TABLE plain USING rtree(id,minx,maxx,miny,maxy)");
    return db;
}

/** What SQLite itself keeps of \p box. */
static void put_plain(sqlite3 *db, int64_t rowid, const struct ovf_gpkg_bounds *box)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(db,
                                        box != NULL
                                            ? "INSERT OR REPLACE INTO plain VALUES(?1,?2,?3,?4,?5)"
                                            : "DELETE FROM plain WHERE id=?1",
                                        -1, &stmt, NULL),
                     SQLITE_OK);
    sqlite3_bind_int64(stmt, 1, rowid);
    if (box != NULL) {
        sqlite3_bind_double(stmt, 2, box->min_x);
        sqlite3_bind_double(stmt, 3, box->max_x);
        sqlite3_bind_double(stmt, 4, box->min_y);
        sqlite3_bind_double(stmt, 5, box->max_y);
    }
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
}

static void change(sqlite3 *db, struct ovf_rtree_changes *changes, int64_t rowid,
                   const struct ovf_gpkg_bounds *box)
{
    assert_int_equal(ovf_rtree_changes_add(changes, rowid, box), OVF_OK);
    put_plain(db, rowid, box);
}

static void apply(sqlite3 *db, struct ovf_rtree_changes *changes)
{
    struct ovf_error err = {""};
    const enum ovf_status st = ovf_rtree_apply(db, "r", changes, &err);
    if (st != OVF_OK)
        print_error("%s\n", err.text);
    assert_int_equal(st, OVF_OK);
    assert_int_equal(changes->n, 0);
}

static void assert_same_as_plain(sqlite3 *db)
{
    gpkg_assert_text_of(db, "SELECT rtreecheck('r')", "ok");
    gpkg_assert_text_of(db, "PRAGMA integrity_check", "ok");
    gpkg_assert_text_of(db,
                        "SELECT count(*) FROM (SELECT * FROM r EXCEPT SELECT * FROM plain) UNION "
                        "ALL SELECT count(*) FROM (SELECT * FROM plain EXCEPT SELECT * FROM r)",
                        "0");
    gpkg_assert_text_of(db, "SELECT (SELECT count(*) FROM r)-(SELECT count(*) FROM plain)", "0");
}

static int64_t count_in(sqlite3 *db, const char *sql, const struct ovf_gpkg_bounds *box,
                        int64_t *sum)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    sqlite3_bind_double(stmt, 1, box->min_x);
    sqlite3_bind_double(stmt, 2, box->max_x);
    sqlite3_bind_double(stmt, 3, box->min_y);
    sqlite3_bind_double(stmt, 4, box->max_y);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const int64_t n = sqlite3_column_int64(stmt, 0);
    *sum = sqlite3_column_int64(stmt, 1);
    sqlite3_finalize(stmt);
    return n;
}

/** The index against a scan of the rows as they stand in the leaves' entries. */
static void assert_finds_all(sqlite3 *db, struct random *r)
{
    run_sql(db, "CREATE TEMP TABLE flat AS SELECT * FROM plain");
    for (int i = 0; i < 50; i++) {
        const struct ovf_gpkg_bounds box = random_box(r, i % 2 == 0 ? 10 : 60);
        int64_t sum_index;
        int64_t sum_scan;
        const int64_t by_index = count_in(db,
                                          "SELECT count(*),sum(id) FROM r WHERE maxx>=?1 AND "
                                          "minx<=?2 AND maxy>=?3 AND miny<=?4",
                                          &box, &sum_index);
        const int64_t by_scan = count_in(db,
                                         "SELECT count(*),sum(id) FROM flat WHERE maxx>=?1 AND "
                                         "minx<=?2 AND maxy>=?3 AND miny<=?4",
                                         &box, &sum_scan);
        assert_int_equal(by_index, by_scan);
        assert_int_equal(sum_index, sum_scan);
    }
    run_sql(db, "DROP TABLE flat");
}

static void test_trees_of_every_height_are_sound_and_find_all(void **state)
{
    /* Up to 51 in a node: heights change at 51 and 2601. */
    static const size_t sizes[] = {0, 1, 50, 51, 52, 102, 103, 1000, 2601, 2602, 2653, 9000};
    struct random r = {1};
    (void)state;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        sqlite3 *const db = open_two();
        struct ovf_rtree_changes changes = {0};
        for (size_t i = 0; i < sizes[s]; i++) {
            const struct ovf_gpkg_bounds box = random_box(&r, 3);
            change(db, &changes, (int64_t)(i * 7 % 9001) + 1, &box);
        }
        apply(db, &changes);
        assert_same_as_plain(db);
        assert_finds_all(db, &r);
        ovf_rtree_changes_deinit(&changes);
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
    }
}

static void test_nodes_are_full(void **state)
{
    sqlite3 *const db = open_two();
    struct ovf_rtree_changes changes = {0};
    struct random r = {2};
    (void)state;
    for (int64_t i = 1; i <= 5100; i++) {
        const struct ovf_gpkg_bounds box = random_box(&r, 1);
        assert_int_equal(ovf_rtree_changes_add(&changes, i, &box), OVF_OK);
    }
    apply(db, &changes);
    gpkg_assert_text_of(db, "SELECT count(*) FROM r_node", "103"); /* 100, 2, the root */
    ovf_rtree_changes_deinit(&changes);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void test_changes_in_rounds_give_what_sqlite_has(void **state)
{
    sqlite3 *const db = open_two();
    struct ovf_rtree_changes changes = {0};
    struct random r = {3};
    (void)state;
    /* Many and few changes in turn, so that it is built anew and changed in place; rows come, move, go,
     * and come again, some of them twice in one round. */
    for (int round = 0; round < 24; round++) {
        const int n = round % 3 == 0 ? 1500 : 20;
        for (int i = 0; i < n; i++) {
            const int64_t rowid = (int64_t)uniform(&r, 1, 4000);
            const struct ovf_gpkg_bounds box = random_box(&r, 5);
            change(db, &changes, rowid, uniform(&r, 0, 1) < 0.3 ? NULL : &box);
        }
        apply(db, &changes);
        assert_same_as_plain(db);
    }
    assert_finds_all(db, &r);
    ovf_rtree_changes_deinit(&changes);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/** A hundred from \p first on, \p step apart, in a transaction, first rolled back and then committed. */
static void build_numbered(int64_t first, int64_t step)
{
    static const char *const ends[] = {"ROLLBACK", "COMMIT"};
    sqlite3 *const db = open_two();
    struct ovf_rtree_changes changes = {0};
    for (size_t round = 0; round < 2; round++) {
        struct random r = {5};
        run_sql(db, "BEGIN");
        for (int64_t i = 0; i < 100; i++) {
            const struct ovf_gpkg_bounds box = random_box(&r, 1);
            change(db, &changes, first + i * step, &box);
        }
        apply(db, &changes);
        run_sql(db, ends[round]);
        gpkg_assert_text_of(db, "SELECT count(*) FROM r", round == 0 ? "0" : "100");
        assert_same_as_plain(db);
    }
    gpkg_assert_text_of(db, "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%loading%'", "0");
    ovf_rtree_changes_deinit(&changes);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void test_rows_have_any_numbers(void **state)
{
    (void)state;
    build_numbered(1, 1);
    build_numbered(2, 1);
    build_numbered(-50, 1);
    build_numbered(INT64_C(1) << 56, 1);
    build_numbered((INT64_C(1) << 56) - 50, 1);
    build_numbered(INT64_MAX - 99, 1);
    build_numbered(INT64_MIN / 2, INT64_MAX / 100);
}

/** Of so many rows that they are handed over more than once. */
static void build_many(int64_t first)
{
    sqlite3 *const db = open_two();
    struct ovf_rtree_changes changes = {0};
    struct random r = {6};
    run_sql(db, "BEGIN");
    for (int64_t i = 0; i < 200000; i++) {
        const struct ovf_gpkg_bounds box = random_box(&r, 1);
        assert_int_equal(ovf_rtree_changes_add(&changes, first + i, &box), OVF_OK);
    }
    apply(db, &changes);
    run_sql(db, "COMMIT");
    gpkg_assert_text_of(db, "SELECT rtreecheck('r')", "ok");
    gpkg_assert_text_of(db, "SELECT count(*) FROM r_rowid", "200000");
    gpkg_assert_text_of(db, "SELECT count(*) FROM r", "200000");
    ovf_rtree_changes_deinit(&changes);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void test_many_rows_are_handed_over_in_turn(void **state)
{
    (void)state;
    build_many(1);
    build_many(2);
}

/* After an insertion SQLite keeps a statement of a tree open until the transaction ends. */
static void test_one_tree_is_built_while_another_grows(void **state)
{
    sqlite3 *const db = open_two();
    struct ovf_rtree_changes changes = {0};
    struct random r = {7};
    (void)state;
    run_sql(db, "BEGIN");
    for (int64_t i = 1; i <= 1000; i++) {
        const struct ovf_gpkg_bounds box = random_box(&r, 1);
        change(db, &changes, i, &box); /* grows "plain" */
    }
    apply(db, &changes);
    run_sql(db, "INSERT INTO plain VALUES(1001,0,1,0,1); INSERT INTO r VALUES(1001,0,1,0,1)");
    run_sql(db, "COMMIT");
    assert_same_as_plain(db);
    ovf_rtree_changes_deinit(&changes);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void test_sqlite_goes_on_with_a_built_tree(void **state)
{
    sqlite3 *const db = open_two();
    struct ovf_rtree_changes changes = {0};
    struct random r = {4};
    (void)state;
    for (int64_t i = 1; i <= 3000; i++) {
        const struct ovf_gpkg_bounds box = random_box(&r, 1);
        change(db, &changes, i, &box);
    }
    apply(db, &changes);
    run_sql(db, "DELETE FROM r WHERE id%3=0; DELETE FROM plain WHERE id%3=0;"
                "INSERT INTO r SELECT id+10000,minx,maxx,miny,maxy FROM plain;"
                "INSERT INTO plain SELECT id+10000,minx,maxx,miny,maxy FROM plain");
    assert_same_as_plain(db);
    ovf_rtree_changes_deinit(&changes);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void test_bounds_are_rounded_as_sqlite_rounds_them(void **state)
{
    sqlite3 *const db = open_two();
    struct ovf_rtree_changes changes = {0};
    struct random r = {5};
    (void)state;
    for (int64_t i = 1; i <= 2000; i++) {
        const double v = i % 4 == 0 ? 0 : uniform(&r, -180, 180) * pow(10, -(double)(i % 9));
        const struct ovf_gpkg_bounds box = {v, -v, v, -v};
        change(db, &changes, i, &box);
    }
    apply(db, &changes);
    assert_same_as_plain(db);
    ovf_rtree_changes_deinit(&changes);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void test_a_defensive_connection_is_defensive_afterwards(void **state)
{
    sqlite3 *const db = open_two();
    struct ovf_rtree_changes changes = {0};
    int is = 0;
    const struct ovf_gpkg_bounds box = {1, 2, 3, 4};
    (void)state;
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, &is);
    change(db, &changes, 1, &box);
    apply(db, &changes);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, -1, &is);
    assert_int_equal(is, 1);
    assert_int_not_equal(sqlite3_exec(db, "DELETE FROM r_node", NULL, NULL, NULL), SQLITE_OK);
    assert_same_as_plain(db);
    ovf_rtree_changes_deinit(&changes);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void test_a_table_without_an_rtree_is_said(void **state)
{
    sqlite3 *const db = open_two();
    struct ovf_error err = {""};
    struct ovf_rtree_entry none;
    (void)state;
    assert_int_not_equal(ovf_rtree_build(db, "absent", &none, 0, &err), OVF_OK);
    assert_non_null(strstr(err.text, "absent_node"));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trees_of_every_height_are_sound_and_find_all),
        cmocka_unit_test(test_nodes_are_full),
        cmocka_unit_test(test_changes_in_rounds_give_what_sqlite_has),
        cmocka_unit_test(test_rows_have_any_numbers),
        cmocka_unit_test(test_many_rows_are_handed_over_in_turn),
        cmocka_unit_test(test_one_tree_is_built_while_another_grows),
        cmocka_unit_test(test_sqlite_goes_on_with_a_built_tree),
        cmocka_unit_test(test_bounds_are_rounded_as_sqlite_rounds_them),
        cmocka_unit_test(test_a_defensive_connection_is_defensive_afterwards),
        cmocka_unit_test(test_a_table_without_an_rtree_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
