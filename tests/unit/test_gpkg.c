/* SPDX-License-Identifier: Apache-2.0 */
/* The store as a file: made, refused, reopened, revised, and shared with a second program. */
#include "gpkg_fixture.h"

#include "store/loading.h"

static void write_file(const char *path, const void *data, size_t len)
{
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void test_a_new_file_is_a_geopackage(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    ovf_store_close(f.store);
    f.store = NULL;
    /* OGC 12-128r17, 1.1.1.1.1: "SQLite format 3" and, at byte 68, "GPKG"; at 60 the version. */
    unsigned char head[100];
    FILE *const file = fopen(f.path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(head, 1, sizeof head, file), sizeof head);
    assert_int_equal(fclose(file), 0);
    assert_memory_equal(head, "SQLite format 3", 16);
    assert_memory_equal(head + 68, "GPKG", 4);
    assert_memory_equal(head + 60, "\0\0\x28\x3c", 4); /* 10300 */
    gpkg_fixture_close(&f);
}

static void test_a_row_put_twice_is_there_once(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    gpkg_put_crossing(&f, "c1", "r1", "IQ", 1000);
    gpkg_put_crossing(&f, "c1", "r1", "IQ", 2000);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM crossings"), 1);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM revisions"), 0);
    gpkg_assert_text(&f, "SELECT first_seen FROM crossings", "1970-01-01T00:16:40.000Z");
    gpkg_assert_text(&f, "SELECT last_change FROM gpkg_contents WHERE table_name='crossings'",
                     "1970-01-01T00:16:40.000Z");
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

static void test_another_revision_replaces_and_names_the_older(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    gpkg_put_crossing(&f, "c1", "r1", "IQ", 1000);
    gpkg_put_crossing(&f, "c1", "r2", "IR", 2000);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM crossings"), 1);
    gpkg_assert_text(&f, "SELECT airspace FROM crossings", "IR");
    gpkg_assert_text(&f, "SELECT supersedes FROM crossings", "r1");
    gpkg_assert_text(&f, "SELECT first_seen FROM crossings", "1970-01-01T00:16:40.000Z");
    gpkg_assert_text(&f, "SELECT id||kind||rev||superseded_by||at FROM revisions",
                     "c1crossingsr1r21970-01-01T00:33:20.000Z");
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

static void test_a_retracted_row_leaves_its_revision(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    gpkg_put_crossing(&f, "c1", "r1", "IQ", 1000);
    gpkg_begin(&f, 3000);
    assert_int_equal(ovf_store_retract(f.store, OVF_STORE_CROSSING, "c1", NULL, &f.err), OVF_OK);
    assert_int_equal(ovf_store_retract(f.store, OVF_STORE_CROSSING, "c1", NULL, &f.err),
                     OVF_E_NOTFOUND);
    gpkg_commit(&f);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM crossings"), 0);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM rtree_crossings_geom"), 0);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM revisions WHERE rev='r1' AND "
                                  "superseded_by IS NULL"),
                     1);
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

static void test_what_is_absent_is_null(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    gpkg_begin(&f, 0);
    const struct ovf_store_flight flight = {
        .id = "f", .rev = "1", .callsign = "", .from_score = {true, NAN}, .to_score = {true, 0}};
    assert_int_equal(ovf_store_put_flight(f.store, &flight, &f.err), OVF_OK);
    gpkg_commit(&f);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM flights WHERE callsign IS NULL AND "
                                  "flight_start IS NULL AND n_fixes IS NULL AND from_score IS NULL "
                                  "AND distance_m IS NULL "
                                  "AND to_score=0 AND geom IS NULL"),
                     1);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM rtree_flights_geom"), 0);
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

static void test_rows_without_revisions_are_overwritten(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    int64_t fid = 0;
    (void)state;
    for (int i = 1; i <= 2; i++) {
        gpkg_begin(&f, i * 1000);
        const struct ovf_store_input input = {.id = "sha256:a", .rows_used = {true, i}};
        assert_int_equal(ovf_store_put_input(f.store, &input, &f.err), OVF_OK);
        assert_int_equal(ovf_store_find(f.store, OVF_STORE_INPUT, "sha256:a", &fid, &f.err),
                         OVF_OK);
        const struct ovf_store_traffic traffic = {.input_fid = {true, fid},
                                                  .day = {true, OVF_NS_PER_DAY},
                                                  .cell = {true, 7},
                                                  .alt_band = "high",
                                                  .fixes = {true, 10 * i}};
        assert_int_equal(ovf_store_put_traffic(f.store, &traffic, &f.err), OVF_OK);
        const struct ovf_store_completeness day = {
            .id = "d", .input = "sha256:a", .day = {true, OVF_NS_PER_DAY}};
        assert_int_equal(ovf_store_put_completeness(f.store, &day, &f.err), OVF_OK);
        gpkg_commit(&f);
    }
    gpkg_assert_text(&f, "SELECT rows_used||' '||first_seen FROM inputs",
                     "2 1970-01-01T00:16:40.000Z");
    gpkg_assert_text(&f, "SELECT fixes||' '||day FROM traffic", "20 1970-01-02");
    gpkg_assert_text(&f, "SELECT day FROM completeness", "1970-01-02");
    assert_int_equal(ovf_store_find(f.store, OVF_STORE_INPUT, "no", &fid, NULL), OVF_E_NOTFOUND);
    gpkg_fixture_close(&f);
}

static void test_a_file_of_somebody_else_is_left_alone(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_new();
    sqlite3 *db = NULL;
    (void)state;
    assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE crossings(a); PRAGMA application_id=1196444487",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(ovf_store_open(f.path, &f.store, &f.err), OVF_E_FORMAT);
    assert_non_null(strstr(f.err.text, "GeoPackage that overflight did not write"));
    assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
    gpkg_assert_text_of(db, "SELECT group_concat(name) FROM sqlite_schema", "crossings");
    gpkg_assert_text_of(db, "PRAGMA journal_mode", "delete");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    gpkg_fixture_close(&f);
}

static void test_a_file_that_is_no_database_is_left_alone(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_new();
    char back[32] = "";
    (void)state;
    write_file(f.path, "these are my notes\n", 19);
    assert_int_equal(ovf_store_open(f.path, &f.store, &f.err), OVF_E_FORMAT);
    assert_non_null(strstr(f.err.text, "no GeoPackage, or a damaged one"));
    FILE *const file = fopen(f.path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(back, 1, sizeof back, file), 19);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(back, "these are my notes\n");
    gpkg_fixture_close(&f);
}

static void test_an_empty_file_is_taken(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_new();
    (void)state;
    write_file(f.path, "", 0);
    assert_int_equal(ovf_store_open(f.path, &f.store, &f.err), OVF_OK);
    gpkg_fixture_close(&f);
}

static void test_a_symbolic_link_is_refused(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    char link[sizeof f.path + 8];
    struct ovf_store *store = NULL;
    (void)state;
    snprintf(link, sizeof link, "%s.link", f.path);
    assert_int_equal(symlink(f.path, link), 0);
    assert_int_equal(ovf_store_open(link, &store, &f.err), OVF_E_IO);
    assert_non_null(strstr(f.err.text, "symbolic link"));
    assert_int_equal(unlink(link), 0);
    gpkg_fixture_close(&f);
}

static void test_a_folder_that_is_not_there_is_said(void **state)
{
    struct ovf_store *store = NULL;
    struct ovf_error err = {""};
    (void)state;
    assert_int_equal(ovf_store_open("/nowhere/at/all.gpkg", &store, &err), OVF_E_NOTFOUND);
    assert_non_null(strstr(err.text, "/nowhere/at/all.gpkg"));
}

static void test_a_later_version_is_refused(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    assert_int_equal(sqlite3_exec(ovf_store_db(f.store),
                                  "INSERT INTO overflight_schema VALUES(99,'overflight 9')", NULL,
                                  NULL, NULL),
                     SQLITE_OK);
    ovf_store_close(f.store);
    f.store = NULL;
    assert_int_equal(ovf_store_open(f.path, &f.store, &f.err), OVF_E_FORMAT);
    assert_non_null(strstr(f.err.text, "later overflight"));
    gpkg_fixture_close(&f);
}

/* Of version 1, crossings lack columns: what it says is refused, not guessed. */
static void test_an_earlier_version_is_refused_and_told_what_to_do(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    sqlite3 *db = NULL;
    (void)state;
    gpkg_put_crossing(&f, "c1", "r1", "IQ", 0);
    assert_int_equal(sqlite3_exec(ovf_store_db(f.store),
                                  "ALTER TABLE crossings DROP COLUMN alt_baro_throughout;"
                                  "DROP TABLE overflight_control;"
                                  "UPDATE overflight_schema SET version=1",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    ovf_store_close(f.store);
    f.store = NULL;
    assert_int_equal(ovf_store_open(f.path, &f.store, &f.err), OVF_E_FORMAT);
    assert_non_null(strstr(f.err.text, "earlier overflight"));
    assert_non_null(strstr(f.err.text, "scan its inputs anew"));
    f.err.text[0] = '\0';
    assert_int_equal(ovf_store_open_to_read(f.path, &db, &f.err), OVF_E_FORMAT);
    assert_null(db);
    assert_non_null(strstr(f.err.text, "scan its inputs anew"));
    gpkg_fixture_close(&f);
}

static void test_a_second_writer_is_told(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_store *second = NULL;
    (void)state;
    gpkg_put_crossing(&f, "c1", "r1", "IQ", 0);
    assert_int_equal(ovf_store_open(f.path, &second, &f.err), OVF_OK);
    sqlite3_busy_timeout(ovf_store_db(second), 0);
    gpkg_begin(&f, 0);
    assert_int_equal(ovf_store_begin(second, 0, &f.err), OVF_E_IO);
    assert_non_null(strstr(f.err.text, "another program is writing"));
    gpkg_commit(&f);
    assert_int_equal(ovf_store_begin(second, 0, &f.err), OVF_OK);
    ovf_store_close(second);
    gpkg_fixture_close(&f);
}

static void test_a_file_is_its_makers_until_something_is_committed(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    sqlite3 *db = NULL;
    (void)state;
    assert_int_equal(sqlite3_open(f.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "SELECT * FROM crossings", NULL, NULL, NULL), SQLITE_BUSY);
    gpkg_begin(&f, 0);
    gpkg_put_crossing_row(&f, "c1", "r1", "IQ", 0);
    assert_int_equal(sqlite3_exec(db, "SELECT * FROM crossings", NULL, NULL, NULL), SQLITE_BUSY);
    gpkg_commit(&f);
    gpkg_assert_text_of(db, "SELECT id FROM crossings", "c1");
    gpkg_assert_text_of(db, "PRAGMA journal_mode", "wal");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    gpkg_fixture_close(&f);
}

static void test_a_maker_that_puts_nothing_lets_others_in(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    gpkg_begin(&f, 0);
    ovf_store_rollback(f.store);
    gpkg_reopen(&f);
    gpkg_assert_text(&f, "PRAGMA journal_mode", "wal");
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

/* An empty table is loaded without its indexes; what is looked for then must be found all the same. */
static void test_a_row_put_twice_while_its_table_is_loaded_is_there_once(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    gpkg_begin(&f, 1000);
    gpkg_put_crossing_row(&f, "c1", "r1", "IQ", 0);
    assert_int_equal(
        gpkg_int(&f, "SELECT count(*) FROM sqlite_schema WHERE name='crossings_by_id'"),
        ovf_loading_works() ? 0 : 1);
    gpkg_put_crossing_row(&f, "c2", "r1", "IQ", 1);
    gpkg_put_crossing_row(&f, "c1", "r1", "IQ", 0);
    gpkg_put_crossing_row(&f, "c2", "r2", "IR", 2);
    gpkg_put_crossing_row(&f, "c3", "r1", "IR", 3);
    gpkg_commit(&f);
    gpkg_assert_text(&f, "SELECT group_concat(id||rev||airspace) FROM crossings",
                     "c1r1IQ,c2r2IR,c3r1IR");
    gpkg_assert_text(&f, "SELECT id||rev||superseded_by FROM revisions", "c2r1r2");
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

static void test_a_row_is_retracted_while_its_table_is_loaded(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    gpkg_begin(&f, 1000);
    gpkg_put_crossing_row(&f, "c1", "r1", "IQ", 0);
    gpkg_put_crossing_row(&f, "c2", "r1", "IQ", 1);
    assert_int_equal(ovf_store_retract(f.store, OVF_STORE_CROSSING, "c3", NULL, NULL),
                     OVF_E_NOTFOUND);
    assert_int_equal(ovf_store_retract(f.store, OVF_STORE_CROSSING, "c1", NULL, &f.err), OVF_OK);
    gpkg_put_crossing_row(&f, "c1", "r2", "IQ", 0);
    gpkg_commit(&f);
    gpkg_assert_text(&f, "SELECT group_concat(id||rev) FROM crossings", "c2r1,c1r2");
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

static void test_a_load_that_is_rolled_back_leaves_the_indexes(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    gpkg_begin(&f, 0);
    gpkg_put_crossing_row(&f, "c1", "r1", "IQ", 0);
    ovf_store_rollback(f.store);
    gpkg_assert_sound(&f);
    gpkg_put_crossing(&f, "c1", "r2", "IQ", 0);
    gpkg_assert_text(&f, "SELECT group_concat(id||rev) FROM crossings", "c1r2");
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM revisions"), 0);
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

static void test_a_reader_sees_what_is_committed_and_cannot_write(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    sqlite3 *db = NULL;
    (void)state;
    gpkg_put_crossing(&f, "c1", "r1", "IQ", 0);
    gpkg_begin(&f, 0);
    gpkg_put_crossing_row(&f, "c2", "r1", "IQ", 0);
    assert_int_equal(ovf_store_open_to_read(f.path, &db, &f.err), OVF_OK);
    gpkg_assert_text_of(db, "SELECT group_concat(id) FROM crossings", "c1");
    assert_int_not_equal(sqlite3_exec(db, "DELETE FROM crossings", NULL, NULL, NULL), SQLITE_OK);
    gpkg_commit(&f);
    gpkg_assert_text_of(db, "SELECT group_concat(id) FROM crossings", "c1,c2");
    ovf_gpkg_close(db);
    gpkg_fixture_close(&f);
    assert_int_equal(ovf_store_open_to_read(f.path, &db, &f.err), OVF_E_NOTFOUND);
}

static void test_what_is_rolled_back_is_not_there(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    (void)state;
    gpkg_put_crossing(&f, "c1", "r1", "IQ", 0);
    gpkg_begin(&f, 0);
    gpkg_put_crossing_row(&f, "c2", "r1", "IQ", 0);
    gpkg_put_crossing_row(&f, "c1", "r2", "IR", 0);
    ovf_store_rollback(f.store);
    gpkg_assert_text(&f, "SELECT group_concat(id||rev) FROM crossings", "c1r1");
    gpkg_assert_sound(&f);
    gpkg_put_crossing(&f, "c2", "r1", "IQ", 0);
    assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM rtree_crossings_geom"), 2);
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

static void test_misuse_is_an_error(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    const struct ovf_store_crossing whole = {.id = "c", .rev = "r"};
    const struct ovf_store_crossing no_rev = {.id = "c"};
    const struct ovf_store_crossing no_id = {.rev = "r"};
    (void)state;
    assert_int_equal(ovf_store_put_crossing(f.store, &whole, NULL), OVF_E_RANGE);
    assert_int_equal(ovf_store_commit(f.store, NULL), OVF_E_RANGE);
    gpkg_begin(&f, 0);
    assert_int_equal(ovf_store_begin(f.store, 0, NULL), OVF_E_RANGE);
    assert_int_equal(ovf_store_put_crossing(f.store, &no_rev, NULL), OVF_E_RANGE);
    assert_int_equal(ovf_store_put_crossing(f.store, &no_id, NULL), OVF_E_RANGE);
    assert_int_equal(ovf_store_retract(f.store, OVF_STORE_INPUT, "x", NULL, NULL), OVF_E_RANGE);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_new_file_is_a_geopackage),
        cmocka_unit_test(test_a_row_put_twice_is_there_once),
        cmocka_unit_test(test_another_revision_replaces_and_names_the_older),
        cmocka_unit_test(test_a_retracted_row_leaves_its_revision),
        cmocka_unit_test(test_what_is_absent_is_null),
        cmocka_unit_test(test_rows_without_revisions_are_overwritten),
        cmocka_unit_test(test_a_file_of_somebody_else_is_left_alone),
        cmocka_unit_test(test_a_file_that_is_no_database_is_left_alone),
        cmocka_unit_test(test_an_empty_file_is_taken),
        cmocka_unit_test(test_a_symbolic_link_is_refused),
        cmocka_unit_test(test_a_folder_that_is_not_there_is_said),
        cmocka_unit_test(test_a_later_version_is_refused),
        cmocka_unit_test(test_an_earlier_version_is_refused_and_told_what_to_do),
        cmocka_unit_test(test_a_second_writer_is_told),
        cmocka_unit_test(test_a_file_is_its_makers_until_something_is_committed),
        cmocka_unit_test(test_a_maker_that_puts_nothing_lets_others_in),
        cmocka_unit_test(test_a_row_put_twice_while_its_table_is_loaded_is_there_once),
        cmocka_unit_test(test_a_row_is_retracted_while_its_table_is_loaded),
        cmocka_unit_test(test_a_load_that_is_rolled_back_leaves_the_indexes),
        cmocka_unit_test(test_a_reader_sees_what_is_committed_and_cannot_write),
        cmocka_unit_test(test_what_is_rolled_back_is_not_there),
        cmocka_unit_test(test_misuse_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
