/* SPDX-License-Identifier: Apache-2.0 */
/* Tables laid out in memory against the same rows by INSERT: what SQLite reads of them, finds in them, and makes of
 * them in a table of its own. */
#include "same_rows.h"

#include "store/image.h"
#include "store/loading.h"
#include "store/record.h"

enum {
    /* Of a page of 8192 bytes (https://www.sqlite.org/fileformat2.html, "B-tree Pages"): what a row may have in its
     * cell, at least has there where it has more, and what each page of the rest takes. */
    LOCAL_MAX = 8192 - 35,
    LOCAL_MIN = (8192 - 12) * 32 / 255 - 23,
    REST_MAX = 8192 - 4,
    BLOB_MAX = 41000,
};

struct fixture {
    sqlite3 *db; /* "given" is filled of images, "plain" by INSERT */
    struct ovf_image *image;
    sqlite3_stmt *insert;
    int64_t n;
};

/** \p columns declare both tables. */
static struct fixture open_fixture(enum ovf_image_order order, const char *columns)
{
    struct fixture f = {0};
    char sql[256];
    assert_int_equal(sqlite3_open(":memory:", &f.db), SQLITE_OK);
    snprintf(sql, sizeof sql, "PRAGMA page_size=8192; CREATE TABLE plain%s; CREATE TABLE given%s",
             columns, columns);
    run_sql(f.db, sql);
    run_sql(f.db, "CREATE TABLE found(n); CREATE TABLE levels(n)");
    assert_int_equal(ovf_image_new(f.db, "given", order, &f.image, NULL), OVF_OK);
    f.insert = prepare_sql(f.db, "INSERT INTO plain VALUES(?1,?2)");
    return f;
}

static void give(struct fixture *f)
{
    struct ovf_error err = {""};
    if (ovf_image_give(f->image, &err) != OVF_OK)
        fail_msg("%s", err.text);
}

static void close_fixture(struct fixture *f)
{
    ovf_image_free(f->image);
    sqlite3_finalize(f->insert);
    assert_int_equal(sqlite3_close(f->db), SQLITE_OK);
}

/* ---- rows ---- */

static struct fixture open_rows(void)
{
    return open_fixture(OVF_IMAGE_ROWS, "(fid INTEGER PRIMARY KEY,b BLOB)");
}

/** Bytes that differ from place to place and from row to row. */
static void fill(unsigned char *bytes, size_t n, uint64_t seed)
{
    for (size_t i = 0; i < n; i++)
        bytes[i] = (unsigned char)((seed + i * 131 + (i >> 8) * 7) & 0xff);
}

/** A row whose record is of \p n_record bytes, three at the least: its types and a blob. Where a type of one more byte
 * would be too many and one of one less too few, it is one less. */
static void add_row(struct fixture *f, int64_t rowid, size_t n_record)
{
    static unsigned char record[BLOB_MAX];
    size_t n_head = 3;
    if (12 + 2 * (n_record - n_head) >= 0x80)
        n_head = 12 + 2 * (n_record - 4) >= 0x4000 ? 5 : 4;
    assert_true(n_record <= sizeof record);
    const size_t n_blob = n_record - n_head;
    record[1] = 0; /* fid is the row's number */
    unsigned char *const blob = ovf_record_put_varint(record + 2, 12 + 2 * (uint64_t)n_blob);
    record[0] = (unsigned char)(blob - record);
    fill(blob, n_blob, (uint64_t)rowid);
    assert_int_equal(
        ovf_image_add_row(f->image, rowid, (struct ovf_bytes){record, record[0] + n_blob}), OVF_OK);
    sqlite3_bind_int64(f->insert, 1, rowid);
    sqlite3_bind_blob(f->insert, 2, blob, (int)n_blob, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(f->insert), SQLITE_DONE);
    sqlite3_reset(f->insert);
    f->n++;
}

static void assert_rows(struct fixture *f)
{
    assert_int_equal(assert_same_rows(f->db, "SELECT * FROM given", "SELECT * FROM plain"), f->n);
    assert_sql_text(f->db, "PRAGMA main.integrity_check", "ok");
}

static void empty_rows(struct fixture *f)
{
    run_sql(f->db, "DELETE FROM given; DELETE FROM plain");
    f->n = 0;
}

static void test_rows_around_the_limits_of_a_page_come_back(void **state)
{
    static const size_t limits[] = {LOCAL_MAX, LOCAL_MIN, REST_MAX};
    struct fixture f = open_rows();
    int64_t rowid = 0;
    (void)state;
    for (size_t n = 3; n < 200; n++)
        add_row(&f, ++rowid, n);
    for (size_t n_rest = 0; n_rest <= 4; n_rest++) {
        for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
            const size_t limit = limits[i] + n_rest * REST_MAX;
            for (size_t n = limit - 4; n <= limit + 4; n++)
                add_row(&f, ++rowid, n);
        }
    }
    give(&f);
    assert_rows(&f);
    close_fixture(&f);
}

static void test_a_row_of_any_length_alone_comes_back(void **state)
{
    struct fixture f = open_rows();
    (void)state;
    for (size_t n = 3; n < BLOB_MAX; n += n < LOCAL_MAX - 4 || n > LOCAL_MAX + 40 ? 997 : 1) {
        empty_rows(&f);
        add_row(&f, 1, n);
        give(&f);
        assert_rows(&f);
    }
    close_fixture(&f);
}

static void test_rows_of_one_leaf_of_two_and_of_more_come_back(void **state)
{
    /* Of 122 bytes with what says where they are: 67 in a leaf. */
    struct fixture f = open_rows();
    (void)state;
    for (int64_t n = 1; n <= 210; n++) {
        empty_rows(&f);
        for (int64_t i = 1; i <= n; i++)
            add_row(&f, i, 118);
        give(&f);
        assert_rows(&f);
    }
    close_fixture(&f);
}

static void test_rows_of_any_number_come_back(void **state)
{
    struct fixture f = open_rows();
    (void)state;
    add_row(&f, INT64_MIN, 300);
    for (int64_t i = -16; i < 0; i++)
        add_row(&f, i, 300);
    for (int shift = 6; shift <= 62; shift++) {
        for (int64_t i = -16; i < 16; i++)
            add_row(&f, (INT64_C(1) << shift) + i, 300);
    }
    add_row(&f, INT64_MAX, 300);
    give(&f);
    assert_rows(&f);
    close_fixture(&f);
}

static void test_images_given_one_after_another_are_gone_after_a_rollback(void **state)
{
    static const int64_t counts[] = {1, 100, 2000, 1, 68, 300};
    struct fixture f = open_rows();
    (void)state;
    for (int round = 0; round < 2; round++) {
        int64_t rowid = 0;
        run_sql(f.db, "BEGIN");
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            for (int64_t k = 0; k < counts[i]; k++) {
                rowid++;
                add_row(&f, rowid, 20 + (size_t)(rowid * 37 % 500) * (rowid % 97 == 0 ? 80 : 1));
            }
            give(&f);
            assert_rows(&f);
        }
        if (round > 0)
            break;
        run_sql(f.db, "ROLLBACK");
        f.n = 0;
        assert_int_equal(int_of_sql(f.db, "SELECT count(*) FROM given"), 0);
        assert_sql_text(f.db, "PRAGMA main.integrity_check", "ok");
    }
    run_sql(f.db, "COMMIT");
    assert_rows(&f);
    close_fixture(&f);
}

/** SQLite reads what is attached anew once the schema is another, as after such a rollback. */
static void test_an_image_that_grew_since_it_was_given_is_let_go_of(void **state)
{
    struct fixture f = open_rows();
    int64_t rowid = 0;
    (void)state;
    run_sql(f.db, "BEGIN; CREATE TABLE other(n)");
    add_row(&f, ++rowid, 100);
    give(&f);
    while (ovf_image_size(f.image) < 4 * OVF_IMAGE_BATCH_BYTES)
        add_row(&f, ++rowid, BLOB_MAX);
    run_sql(f.db, "ROLLBACK");
    assert_int_equal(int_of_sql(f.db, "SELECT count(*) FROM given"), 0);
    close_fixture(&f);
}

static void test_an_image_without_rows_gives_none(void **state)
{
    struct fixture f = open_rows();
    (void)state;
    give(&f);
    assert_rows(&f);
    add_row(&f, 1, 10);
    give(&f);
    give(&f);
    assert_rows(&f);
    close_fixture(&f);
}

/* A cell of the root has four bytes of a page and one or two of a row's number, and two say where it is: of 8192 - 12
 * bytes the first 127 take seven each, and 911 more eight each; the last leaf needs none. */
static void test_more_leaves_than_one_page_names_are_refused(void **state)
{
    enum { LEAVES_MAX = 127 + 911 + 1 };
    struct fixture f = open_rows();
    (void)state;
    for (int64_t i = 1; i <= LEAVES_MAX; i++)
        add_row(&f, i, LOCAL_MAX);
    give(&f);
    assert_rows(&f);
    empty_rows(&f);
    for (int64_t i = 1; i <= LEAVES_MAX + 1; i++)
        add_row(&f, i, LOCAL_MAX);
    assert_int_equal(ovf_image_give(f.image, NULL), OVF_E_LIMIT);
    assert_int_equal(int_of_sql(f.db, "SELECT count(*) FROM given"), 0);
    close_fixture(&f);
}

static void test_rows_that_are_there_are_refused_and_others_can_follow(void **state)
{
    struct fixture f = open_rows();
    struct ovf_error err = {""};
    (void)state;
    add_row(&f, 1, 100);
    give(&f);
    run_sql(f.db, "DELETE FROM plain");
    add_row(&f, 1, 100);
    assert_int_equal(ovf_image_give(f.image, &err), OVF_E_RANGE);
    assert_non_null(strstr(err.text, "UNIQUE"));
    add_row(&f, 2, 100);
    give(&f);
    assert_int_equal(int_of_sql(f.db, "SELECT count(*) FROM given"), 2);
    close_fixture(&f);
}

static void test_rows_that_could_not_be_given_do_not_keep_others_from_it(void **state)
{
    struct fixture f = open_rows();
    struct ovf_error err = {""};
    (void)state;
    run_sql(f.db, "ALTER TABLE given RENAME TO hidden");
    add_row(&f, 1, 100);
    assert_int_equal(ovf_image_give(f.image, &err), OVF_E_IO);
    assert_non_null(strstr(err.text, "no such table: main.given"));
    run_sql(f.db, "ALTER TABLE hidden RENAME TO given; DELETE FROM plain");
    f.n = 0;
    add_row(&f, 2, 100);
    give(&f);
    assert_rows(&f);
    close_fixture(&f);
}

static void test_a_table_that_is_not_there_or_has_a_key_beside_is_refused(void **state)
{
    struct fixture f = open_rows();
    struct ovf_image *image = NULL;
    struct ovf_error err = {""};
    (void)state;
    assert_int_equal(ovf_image_new(f.db, "absent", OVF_IMAGE_ROWS, &image, &err), OVF_E_FORMAT);
    assert_non_null(strstr(err.text, "absent"));
    run_sql(f.db, "CREATE TABLE keyed(fid INTEGER PRIMARY KEY,t TEXT,UNIQUE(t))");
    assert_int_equal(ovf_image_new(f.db, "keyed", OVF_IMAGE_ROWS, &image, &err), OVF_E_LIMIT);
    assert_null(image);
    close_fixture(&f);
}

/** While rows are inserted, each is looked for in the image that they come from: how its pages hang together. */
static void look_for_each(struct fixture *f, const char *same)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "CREATE TEMP TRIGGER look AFTER INSERT ON given BEGIN INSERT INTO found "
             "SELECT count(*) FROM image_given.given AS g WHERE %s; END",
             same);
    run_sql(f->db, sql);
}

static void assert_all_found(struct fixture *f, int64_t n)
{
    assert_int_equal(int_of_sql(f->db, "SELECT count(*) FROM found WHERE n=1"), n);
    assert_int_equal(int_of_sql(f->db, "SELECT count(*) FROM found WHERE n<>1"), 0);
    run_sql(f->db, "DELETE FROM found");
}

static void test_an_image_leads_to_its_rows(void **state)
{
    static const int64_t counts[] = {1, 67, 68, 134, 135, 2000};
    struct fixture f = open_rows();
    (void)state;
    look_for_each(&f, "g.fid=NEW.fid AND g.b=NEW.b");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        empty_rows(&f);
        for (int64_t k = 1; k <= counts[i]; k++)
            add_row(&f, k * 3, 118);
        give(&f);
        assert_all_found(&f, counts[i]);
    }
    close_fixture(&f);
}

/* ---- keys ---- */

static struct fixture open_keys(void)
{
    return open_fixture(OVF_IMAGE_KEYS, "(t TEXT,fid INTEGER,PRIMARY KEY(t,fid)) WITHOUT ROWID");
}

/** Key number \p i of a text of \p n_text bytes, which rises with it. */
static struct ovf_bytes key_at(struct ovf_record *record, int64_t i, int n_text,
                               char text[OVF_IMAGE_KEY_BYTES_MAX])
{
    struct ovf_bytes bytes;
    snprintf(text, OVF_IMAGE_KEY_BYTES_MAX, "%0*d", n_text, (int)(i / 3));
    const struct ovf_bytes with_nul = {(const unsigned char *)text, strlen(text) + 1};
    assert_int_equal(ovf_record_of_key(record, with_nul, 1, i, &bytes), OVF_OK);
    return bytes;
}

/** Keys 1 to \p n into "given", and nothing else. */
static void give_keys(struct fixture *f, int64_t n, int n_text)
{
    struct ovf_record record = {0};
    char text[OVF_IMAGE_KEY_BYTES_MAX];
    for (int64_t i = 1; i <= n; i++)
        assert_int_equal(ovf_image_add_key(f->image, key_at(&record, i, n_text, text)), OVF_OK);
    ovf_record_deinit(&record);
    run_sql(f->db, "DELETE FROM given");
    give(f);
}

/** The same, against "plain", which has no more of them. */
static void assert_keys(struct fixture *f, int64_t n, int n_text)
{
    struct ovf_record record = {0};
    char text[OVF_IMAGE_KEY_BYTES_MAX];
    for (; f->n < n; f->n++) {
        (void)key_at(&record, f->n + 1, n_text, text);
        sqlite3_bind_text(f->insert, 1, text, -1, SQLITE_STATIC);
        sqlite3_bind_int64(f->insert, 2, f->n + 1);
        assert_int_equal(sqlite3_step(f->insert), SQLITE_DONE);
        sqlite3_reset(f->insert);
    }
    ovf_record_deinit(&record);
    give_keys(f, n, n_text);
    assert_int_equal(assert_same_rows(f->db, "SELECT * FROM given", "SELECT * FROM plain"), n);
    assert_sql_text(f->db, "PRAGMA main.integrity_check(given)", "ok");
}

static void test_every_number_of_keys_comes_back(void **state)
{
    static const int n_texts[] = {8, 192};
    (void)state;
    for (size_t i = 0; i < sizeof n_texts / sizeof *n_texts; i++) {
        struct fixture f = open_keys();
        for (int64_t n = 0; n <= (i == 0 ? 700 : 200); n++)
            assert_keys(&f, n, n_texts[i]);
        close_fixture(&f);
    }
}

/** How many pages lie above one another in the image of so many keys: a trigger tells. */
static int64_t levels_of(struct fixture *f, int64_t n, int n_text)
{
    run_sql(f->db, "DELETE FROM levels");
    give_keys(f, n, n_text);
    return int_of_sql(f->db, "SELECT n FROM levels");
}

/** The least number of keys that makes \p levels, which so many as \p high do. */
static int64_t find_levels(struct fixture *f, int64_t levels, int64_t high, int n_text)
{
    int64_t low = 0;
    assert_true(levels_of(f, high, n_text) >= levels);
    while (high - low > 1) {
        const int64_t n = (low + high) / 2;
        if (levels_of(f, n, n_text) >= levels)
            high = n;
        else
            low = n;
    }
    return high;
}

static void test_keys_about_another_level_come_back(void **state)
{
    static const struct {
        int n_text;
        int64_t levels;
        int64_t high;
    } cases[] = {{192, 3, 2000}, {36, 3, 32000}};
    (void)state;
    if (sqlite3_compileoption_used("ENABLE_DBSTAT_VTAB") == 0) {
        print_message("skipped: SQLite without dbstat\n");
        skip();
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f = open_keys();
        run_sql(f.db, "CREATE TEMP TRIGGER look AFTER INSERT ON given WHEN NEW.fid=1 BEGIN "
                      "INSERT INTO levels SELECT max(length(path)-length(replace(path,'/',''))) "
                      "FROM dbstat WHERE schema='image_given' AND name='given'; END");
        const int64_t n = find_levels(&f, cases[i].levels, cases[i].high, cases[i].n_text);
        run_sql(f.db, "DROP TRIGGER look");
        for (int64_t k = n - 2; k <= n + 2; k++)
            assert_keys(&f, k, cases[i].n_text);
        look_for_each(&f, "g.t=NEW.t AND g.fid=NEW.fid");
        for (int64_t k = n - 1; k <= n + 1; k++) {
            give_keys(&f, k, cases[i].n_text);
            assert_all_found(&f, k);
        }
        close_fixture(&f);
    }
}

/* A record of 195 bytes of text is of 200: four of types, one of the number. */
static void test_a_key_that_is_too_long_is_refused(void **state)
{
    struct fixture f = open_keys();
    struct ovf_record record = {0};
    char text[OVF_IMAGE_KEY_BYTES_MAX];
    (void)state;
    const struct ovf_bytes fits = key_at(&record, 5, 195, text);
    assert_int_equal(fits.len, OVF_IMAGE_KEY_BYTES_MAX);
    assert_int_equal(ovf_image_add_key(f.image, fits), OVF_OK);
    const struct ovf_bytes too_long = key_at(&record, 5, 196, text);
    assert_int_equal(too_long.len, OVF_IMAGE_KEY_BYTES_MAX + 1);
    assert_int_equal(ovf_image_add_key(f.image, too_long), OVF_E_LIMIT);
    give(&f);
    assert_int_equal(int_of_sql(f.db, "SELECT count(*) FROM given WHERE length(t)=195"), 1);
    ovf_record_deinit(&record);
    close_fixture(&f);
}

static void test_the_longest_keys_come_back(void **state)
{
    struct fixture f = open_keys();
    (void)state;
    for (int64_t n = 1800; n < 1850; n += 7)
        assert_keys(&f, n, 194);
    close_fixture(&f);
}

/** So that tables are not filled row by row for another reason than that. */
static void test_loading_works_where_sqlite_lets_go_of_images(void **state)
{
    (void)state;
    if (sqlite3_libversion_number() < 3052000)
        assert_true(ovf_loading_works());
}

int main(void)
{
    const struct CMUnitTest can[] = {
        cmocka_unit_test(test_loading_works_where_sqlite_lets_go_of_images),
    };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_around_the_limits_of_a_page_come_back),
        cmocka_unit_test(test_a_row_of_any_length_alone_comes_back),
        cmocka_unit_test(test_rows_of_one_leaf_of_two_and_of_more_come_back),
        cmocka_unit_test(test_rows_of_any_number_come_back),
        cmocka_unit_test(test_images_given_one_after_another_are_gone_after_a_rollback),
        cmocka_unit_test(test_an_image_that_grew_since_it_was_given_is_let_go_of),
        cmocka_unit_test(test_an_image_without_rows_gives_none),
        cmocka_unit_test(test_more_leaves_than_one_page_names_are_refused),
        cmocka_unit_test(test_rows_that_are_there_are_refused_and_others_can_follow),
        cmocka_unit_test(test_rows_that_could_not_be_given_do_not_keep_others_from_it),
        cmocka_unit_test(test_a_table_that_is_not_there_or_has_a_key_beside_is_refused),
        cmocka_unit_test(test_an_image_leads_to_its_rows),
        cmocka_unit_test(test_every_number_of_keys_comes_back),
        cmocka_unit_test(test_keys_about_another_level_come_back),
        cmocka_unit_test(test_a_key_that_is_too_long_is_refused),
        cmocka_unit_test(test_the_longest_keys_come_back),
    };
    if (cmocka_run_group_tests_name("can", can, NULL, NULL) != 0)
        return 1;
    if (!ovf_loading_works()) {
        print_message("skipped: SQLite %s does not take rows so\n", sqlite3_libversion());
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
