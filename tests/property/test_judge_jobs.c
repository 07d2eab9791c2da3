/* SPDX-License-Identifier: Apache-2.0 */
/* A day is judged by one thread, by two and by eight: the same lines, and the same rows in the store, in the same
 * order. Half of the permits are for one flight, and others want them as well. */
#include "test.h"

#include "judge_day.h"

static enum ovf_status keep_bytes(void *context, const void *data, size_t len)
{
    return ovf_buffer_append(context, data, len);
}

/** What the store's findings say, row by row. */
static void read_rows(const char *path, struct ovf_buffer *out)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT fid||id||rev||verdict||json FROM findings ORDER BY fid", -1,
                           &stmt, NULL),
        SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        assert_int_equal(ovf_buffer_append_text(out, (const char *)sqlite3_column_text(stmt, 0)),
                         OVF_OK);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

static void judge(const char *jobs, struct ovf_buffer *lines, struct ovf_buffer *rows)
{
    const struct judge_day size = {.n_crossings = 700,
                                   .n_flights = 600,
                                   .n_permits = 500,
                                   .n_listed = 40,
                                   .n_aircraft = 60,
                                   .n_operators = 300,
                                   .flights_max = 1};
    const struct ovf_sink sink = {keep_bytes, lines};
    struct judged_day day;
    struct gpkg_fixture f = judge_day_open(&size);
    judged_day_make(&f, jobs, &sink, &day);
    assert_true(day.judgement.findings.n > size.n_crossings);
    judged_day_deinit(&day);
    read_rows(f.path, rows);
    judge_day_close(&f);
}

static void any_number_of_threads_says_the_same(void **state)
{
    static const char *const jobs[] = {"2", "8"};
    static const char *const words[] = {"\"flights_used_up\"", "\"covered\"", "\"hex_exact\""};
    struct ovf_buffer lines = {0};
    struct ovf_buffer rows = {0};
    (void)state;
    if (access(OVF_BUILD_PACK, R_OK) != 0) {
        print_message("skipped: no pack\n");
        skip();
    }
    judge("1", &lines, &rows);
    assert_int_equal(ovf_buffer_append(&lines, "", 1), OVF_OK);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_non_null(strstr((const char *)lines.data, words[i]));
    lines.len--;
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        struct ovf_buffer again = {0};
        struct ovf_buffer rows_again = {0};
        judge(jobs[i], &again, &rows_again);
        assert_true(ovf_bytes_equal(ovf_buffer_bytes(&again), ovf_buffer_bytes(&lines)));
        assert_true(ovf_bytes_equal(ovf_buffer_bytes(&rows_again), ovf_buffer_bytes(&rows)));
        ovf_buffer_deinit(&again);
        ovf_buffer_deinit(&rows_again);
    }
    ovf_buffer_deinit(&lines);
    ovf_buffer_deinit(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
