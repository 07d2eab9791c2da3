/* SPDX-License-Identifier: Apache-2.0 */
/* The order of an index's entries against SQLite's ORDER BY of the same texts. */
#include "same_rows.h"

#include "store/index_keys.h"
#include "store/loading.h"

enum { TEXT_BYTES_MAX = 40 };

struct random {
    uint64_t s;
};

/* splitmix64, public domain (Vigna 2015) */
static unsigned below(struct random *r, unsigned n)
{
    uint64_t z = r->s += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    return (unsigned)(z % n);
}

/** "plain" has the rows; "given" is what the image becomes, and "came" in which order: SQLite itself puts in its place
 * what is not. */
struct fixture {
    sqlite3 *db;
    sqlite3_stmt *insert;
    struct ovf_index_keys keys;
    struct ovf_image *image;
};

static struct fixture open_fixture(size_t n_texts)
{
    static const char *const columns[] = {"", "t0", "t0,t1", "t0,t1,t2", "t0,t1,t2,t3"};
    static const char *const values[] = {"", "?1", "?1,?2", "?1,?2,?3", "?1,?2,?3,?4"};
    static const char *const news[] = {"", "NEW.t0", "NEW.t0,NEW.t1", "NEW.t0,NEW.t1,NEW.t2",
                                       "NEW.t0,NEW.t1,NEW.t2,NEW.t3"};
    struct fixture f = {.keys = {.n_texts = n_texts}};
    char sql[160];
    assert_int_equal(sqlite3_open(":memory:", &f.db), SQLITE_OK);
    snprintf(sql, sizeof sql, "CREATE TABLE plain(fid INTEGER PRIMARY KEY,%s)", columns[n_texts]);
    run_sql(f.db, sql);
    snprintf(sql, sizeof sql,
             "CREATE TABLE given(%s,fid INTEGER,PRIMARY KEY(%s,fid)) WITHOUT ROWID",
             columns[n_texts], columns[n_texts]);
    run_sql(f.db, sql);
    assert_int_equal(ovf_image_new(f.db, "given", OVF_IMAGE_KEYS, &f.image, NULL), OVF_OK);
    snprintf(sql, sizeof sql, "CREATE TABLE came(%s,fid)", columns[n_texts]);
    run_sql(f.db, sql);
    snprintf(sql, sizeof sql,
             "CREATE TRIGGER note AFTER INSERT ON given BEGIN INSERT INTO came VALUES(%s,NEW.fid); "
             "END",
             news[n_texts]);
    run_sql(f.db, sql);
    snprintf(sql, sizeof sql, "INSERT INTO plain(%s) VALUES(%s)", columns[n_texts],
             values[n_texts]);
    f.insert = prepare_sql(f.db, sql);
    return f;
}

static void add(struct fixture *f, const char *const *texts)
{
    struct ovf_bytes with_nuls[OVF_INDEX_TEXTS_MAX];
    for (size_t i = 0; i < f->keys.n_texts; i++)
        with_nuls[i] = (struct ovf_bytes){(const unsigned char *)texts[i], strlen(texts[i]) + 1};
    assert_int_equal(ovf_index_keys_add(&f->keys, with_nuls), OVF_OK);
    for (size_t i = 0; i < f->keys.n_texts; i++)
        sqlite3_bind_text(f->insert, (int)i + 1, texts[i], -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(f->insert), SQLITE_DONE);
    sqlite3_reset(f->insert);
}

static void assert_in_order(struct fixture *f)
{
    static const char *const wants[] = {
        "", "SELECT t0,fid FROM plain ORDER BY t0,fid",
        "SELECT t0,t1,fid FROM plain ORDER BY t0,t1,fid",
        "SELECT t0,t1,t2,fid FROM plain ORDER BY t0,t1,t2,fid",
        "SELECT t0,t1,t2,t3,fid FROM plain ORDER BY t0,t1,t2,t3,fid"};
    assert_int_equal(ovf_index_keys_sorted(&f->keys, f->image), OVF_OK);
    assert_int_equal(ovf_image_give(f->image, NULL), OVF_OK);
    assert_int_equal(assert_same_rows(f->db, "SELECT * FROM given", wants[f->keys.n_texts]),
                     f->keys.n);
    assert_int_equal(
        assert_same_rows(f->db, "SELECT * FROM came ORDER BY rowid", wants[f->keys.n_texts]),
        f->keys.n);
    assert_sql_text(f->db, "PRAGMA main.integrity_check", "ok");
}

static void close_fixture(struct fixture *f)
{
    ovf_index_keys_deinit(&f->keys);
    ovf_image_free(f->image);
    sqlite3_finalize(f->insert);
    assert_int_equal(sqlite3_close(f->db), SQLITE_OK);
}

/** Of few kinds of bytes, those at the ends of their range among them, so that many texts begin alike. */
static void random_text(struct random *r, unsigned n_bytes_max, char text[TEXT_BYTES_MAX + 1])
{
    static const unsigned char kinds[] = {'a', 'b', 'a', 0x01, 0x7f, 0x80, 0xc3, 0xff};
    const unsigned n = 1 + below(r, n_bytes_max);
    const unsigned n_alike = below(r, n);
    for (unsigned i = 0; i < n; i++)
        text[i] = (char)(i < n_alike ? 'a' : kinds[below(r, sizeof kinds)]);
    text[n] = '\0';
}

static void add_random(struct fixture *f, struct random *r, unsigned n_bytes_max)
{
    char texts[OVF_INDEX_TEXTS_MAX][TEXT_BYTES_MAX + 1];
    const char *pointers[OVF_INDEX_TEXTS_MAX];
    for (size_t i = 0; i < f->keys.n_texts; i++) {
        random_text(r, n_bytes_max, texts[i]);
        pointers[i] = texts[i];
    }
    add(f, pointers);
}

static void test_few_and_many_are_in_sqlites_order(void **state)
{
    static const size_t counts[] = {0, 1, 2, 3, 31, 32, 33, 34, 64, 65, 500, 3000};
    static const unsigned n_bytes_max[] = {1, 3, 9, 17, TEXT_BYTES_MAX};
    struct random r = {1};
    (void)state;
    for (size_t n_texts = 1; n_texts <= OVF_INDEX_TEXTS_MAX; n_texts++) {
        for (size_t k = 0; k < sizeof n_bytes_max / sizeof *n_bytes_max; k++) {
            for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
                struct fixture f = open_fixture(n_texts);
                run_sql(f.db, "BEGIN");
                for (size_t i = 0; i < counts[c]; i++)
                    add_random(&f, &r, n_bytes_max[k]);
                assert_in_order(&f);
                close_fixture(&f);
            }
        }
    }
}

/* Eight bytes are compared at a time: texts end before, at and behind each eighth. */
static void test_the_beginnings_of_a_text_come_before_it(void **state)
{
    static const char whole[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    struct fixture f = open_fixture(2);
    (void)state;
    run_sql(f.db, "BEGIN");
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof whole - 1; i++) {
            const char *const texts[] = {whole + (i * 7 + (size_t)round) % (sizeof whole - 1),
                                         whole + i};
            add(&f, texts);
        }
    }
    assert_in_order(&f);
    close_fixture(&f);
}

static void test_equal_texts_are_in_the_order_of_their_rows(void **state)
{
    static const char *const same[] = {"f10031", "2012-02-01T02:33:20.123Z"};
    static const char *const other[] = {"f10031", "2012-02-01T02:33:20.124Z"};
    struct fixture f = open_fixture(2);
    (void)state;
    run_sql(f.db, "BEGIN");
    for (int i = 0; i < 9000; i++)
        add(&f, i % 3 == 1 ? other : same);
    assert_in_order(&f);
    close_fixture(&f);
}

static void test_more_rows_than_two_bytes_count_are_in_order(void **state)
{
    struct fixture f = open_fixture(2);
    struct random r = {2};
    (void)state;
    run_sql(f.db, "BEGIN");
    for (int i = 0; i < 70000; i++) {
        char icao24[8];
        snprintf(icao24, sizeof icao24, "%06x", below(&r, 5000));
        const char *const texts[] = {icao24, i % 2 == 0 ? "IQ" : "IR"};
        add(&f, texts);
    }
    assert_in_order(&f);
    close_fixture(&f);
}

static void test_an_entry_longer_than_an_image_takes_is_refused(void **state)
{
    struct fixture f = open_fixture(1);
    char text[OVF_IMAGE_KEY_BYTES_MAX + 1];
    const char *const texts[] = {text};
    (void)state;
    memset(text, 'a', sizeof text);
    text[OVF_IMAGE_KEY_BYTES_MAX] = '\0';
    add(&f, texts);
    assert_int_equal(ovf_index_keys_sorted(&f.keys, f.image), OVF_E_LIMIT);
    close_fixture(&f);
}

static void test_what_is_held_is_told(void **state)
{
    static const char *const texts[] = {"f10031", "IQ"};
    struct fixture f = open_fixture(2);
    (void)state;
    assert_int_equal(ovf_index_keys_size(&f.keys), 0);
    add(&f, texts);
    assert_true(ovf_index_keys_size(&f.keys) >= sizeof "f10031" + sizeof "IQ");
    ovf_index_keys_deinit(&f.keys);
    assert_int_equal(ovf_index_keys_size(&f.keys), 0);
    assert_int_equal(f.keys.n_texts, 2);
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_and_many_are_in_sqlites_order),
        cmocka_unit_test(test_the_beginnings_of_a_text_come_before_it),
        cmocka_unit_test(test_equal_texts_are_in_the_order_of_their_rows),
        cmocka_unit_test(test_more_rows_than_two_bytes_count_are_in_order),
        cmocka_unit_test(test_an_entry_longer_than_an_image_takes_is_refused),
        cmocka_unit_test(test_what_is_held_is_told),
    };
    if (!ovf_loading_works()) {
        print_message("skipped: SQLite %s does not take rows so\n", sqlite3_libversion());
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
