/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as SQLite keeps them, of the tables that are not loaded (those are in test_loading.c): what SQLite reads of them
 * is what it made itself of the same rows, in as many bytes. */
#include "gpkg_fixture.h"
#include "same_rows.h"
#include "store_rows.h"

#include "store/image.h"
#include "store/record.h"

enum { N_ROWS = 200 };

/** The table's declaration without its key: an image has no index. */
static void declaration_of(struct gpkg_fixture *f, const char *table, char *sql, size_t size)
{
    sqlite3_stmt *const stmt =
        prepare_sql(ovf_store_db(f->store),
                    "SELECT substr(sql,1,instr(sql,',UNIQUE(')-1)||')' FROM sqlite_schema "
                    "WHERE name=?1");
    sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    snprintf(sql, size, "%s", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
}

static void put_both(struct gpkg_fixture *f, enum ovf_store_kind kind, struct ovf_image *image)
{
    static struct store_row row;
    struct ovf_record record = {0};
    struct ovf_bytes bytes;
    gpkg_begin(f, 1000);
    for (size_t i = 0; i < N_ROWS; i++) {
        store_rows_make(kind, i, &row);
        assert_int_equal(store_rows_put(f->store, kind, &row, &f->err), OVF_OK);
        assert_int_equal(ovf_record_of_row(&record, ovf_store_table(kind), &row.any,
                                           "1970-01-01T00:16:40.000Z", (struct ovf_bytes){0},
                                           &bytes),
                         OVF_OK);
        assert_int_equal(ovf_image_add_row(image, (int64_t)i + 1, bytes), OVF_OK);
    }
    gpkg_commit(f);
    ovf_record_deinit(&record);
}

static void assert_records(enum ovf_store_kind kind)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_image *image = NULL;
    sqlite3 *db = NULL;
    char create[4096];
    char sql[256];
    char want[160];
    const char *const table = ovf_store_table(kind)->name;
    declaration_of(&f, table, create, sizeof create);
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    run_sql(db, create);
    assert_int_equal(ovf_image_new(db, table, OVF_IMAGE_ROWS, &image, &f.err), OVF_OK);
    put_both(&f, kind, image);
    assert_int_equal(ovf_image_give(image, &f.err), OVF_OK);
    snprintf(sql, sizeof sql, "ATTACH '%s' AS b", f.path);
    run_sql(db, sql);
    snprintf(sql, sizeof sql, "SELECT * FROM main.\"%s\" ORDER BY fid", table);
    snprintf(want, sizeof want, "SELECT * FROM b.\"%s\" ORDER BY fid", table);
    assert_int_equal(assert_same_rows(db, sql, want), N_ROWS);
    if (sqlite3_compileoption_used("ENABLE_DBSTAT_VTAB") != 0) {
        snprintf(sql, sizeof sql, "SELECT sum(payload) FROM dbstat WHERE name='%s'", table);
        snprintf(want, sizeof want,
                 "SELECT sum(payload) FROM dbstat WHERE schema='b' AND name='%s'", table);
        assert_int_equal(int_of_sql(db, sql), int_of_sql(db, want));
    }
    ovf_image_free(image);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    gpkg_fixture_close(&f);
}

static void test_records_of_inputs_are_sqlites(void **state)
{
    (void)state;
    assert_records(OVF_STORE_INPUT);
}

static void test_records_of_completeness_are_sqlites(void **state)
{
    (void)state;
    assert_records(OVF_STORE_COMPLETENESS);
}

static void test_records_of_traffic_are_sqlites(void **state)
{
    (void)state;
    assert_records(OVF_STORE_TRAFFIC);
}

static void test_varints_are_sqlites(void **state)
{
    (void)state;
    static const struct {
        uint64_t value;
        const char *bytes;
        size_t n;
    } cases[] = {
        /* https://www.sqlite.org/fileformat2.html, "A variable-length integer": seven bits a byte, the
         * highest first, of all but the last with the high bit; eight in a ninth */
        {0, "\x00", 1},
        {1, "\x01", 1},
        {0x7F, "\x7F", 1},
        {0x80, "\x81\x00", 2},
        {0x3FFF, "\xFF\x7F", 2},
        {0x4000, "\x81\x80\x00", 3},
        {0x1FFFFF, "\xFF\xFF\x7F", 3},
        {UINT64_C(1) << 49, "\x81\x80\x80\x80\x80\x80\x80\x00", 8},
        {(UINT64_C(1) << 56) - 1, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 8},
        {UINT64_C(1) << 56, "\x80\xC0\x80\x80\x80\x80\x80\x80\x00", 9},
        {UINT64_C(1) << 63, "\xC0\x80\x80\x80\x80\x80\x80\x80\x00", 9},
        {UINT64_MAX, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char bytes[OVF_RECORD_VARINT_BYTES];
        const unsigned char *const behind = ovf_record_put_varint(bytes, cases[i].value);
        assert_int_equal(behind - bytes, cases[i].n);
        assert_memory_equal(bytes, cases[i].bytes, cases[i].n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records_of_inputs_are_sqlites),
        cmocka_unit_test(test_records_of_completeness_are_sqlites),
        cmocka_unit_test(test_records_of_traffic_are_sqlites),
        cmocka_unit_test(test_varints_are_sqlites),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
