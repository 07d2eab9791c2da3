/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "base/time.h"
#include "store/bound.h"

struct fixture {
    sqlite3 *db;
    struct ovf_bound bound;
};

static int set_up(void **state)
{
    static struct fixture f;
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_open(":memory:", &f.db), SQLITE_OK);
    assert_int_equal(ovf_sql_prepare(f.db, "SELECT quote(?1)", &stmt, NULL), OVF_OK);
    assert_int_equal(ovf_bound_init(&f.bound, stmt), OVF_OK);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *const f = *state;
    ovf_bound_deinit(&f->bound);
    assert_int_equal(sqlite3_close(f->db), SQLITE_OK);
    return 0;
}

/** What SQLite says that the parameter is. */
static void assert_bound(struct fixture *f, int code, const char *want)
{
    assert_int_equal(code, SQLITE_OK);
    assert_int_equal(sqlite3_step(f->bound.stmt), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(f->bound.stmt, 0), want);
    sqlite3_reset(f->bound.stmt);
}

static void test_a_parameter_is_what_it_was_bound_to_last(void **state)
{
    struct fixture *const f = *state;
    struct ovf_bound *const b = &f->bound;
    const struct ovf_bytes blob = ovf_bytes_from_text("blob");
    static const char *const texts[] = {"IQ", "IR", "IR", "I", "IRAN", ""};
    static const char *const want[] = {"'IQ'", "'IR'", "'IR'", "'I'", "'IRAN'", "NULL"};
    /* Each kind of value before and after each other one, and twice. */
    for (int before = 0; before < 8; before++) {
        for (int then = 0; then < 8; then++) {
            const int kinds[] = {before, then, then, before};
            for (int i = 0; i < 4; i++) {
                switch (kinds[i]) {
                case 0:
                    assert_bound(f, ovf_bound_null(b, 1), "NULL");
                    break;
                case 1:
                    assert_bound(f, ovf_bound_int(b, 1, 7), "7");
                    break;
                case 2:
                    assert_bound(f, ovf_bound_real(b, 1, 7), "7.0");
                    break;
                case 3:
                    assert_bound(f, ovf_bound_time(b, 1, 7), "'1970-01-01T00:00:00.000Z'");
                    break;
                case 4:
                    assert_bound(f, ovf_bound_day(b, 1, 7), "'1970-01-01'");
                    break;
                case 5:
                    assert_bound(f, ovf_bound_blob(b, 1, blob), "X'626C6F62'");
                    break;
                case 6:
                    assert_bound(f, ovf_bound_blob(b, 1, (struct ovf_bytes){0}), "NULL");
                    break;
                default:
                    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
                        assert_bound(f, ovf_bound_text(b, 1, texts[t]), want[t]);
                }
            }
        }
    }
}

static void test_a_short_text_is_kept_and_a_long_one_looked_at_again(void **state)
{
    struct fixture *const f = *state;
    char text[80];
    for (size_t len = 1; len < sizeof text; len++) {
        char want[sizeof text + 2];
        memset(text, 'a', len);
        text[len] = '\0';
        snprintf(want, sizeof want, "'%s'", text);
        assert_bound(f, ovf_bound_text(&f->bound, 1, text), want);
        text[len - 1] = 'b'; /* in the same place, of the same length */
        want[len] = 'b';
        assert_bound(f, ovf_bound_text(&f->bound, 1, text), want);
    }
    snprintf(text, sizeof text, "SIM1234");
    assert_int_equal(ovf_bound_text(&f->bound, 1, text), SQLITE_OK);
    memset(text, 'x', sizeof text);
    assert_bound(f, SQLITE_OK, "'SIM1234'");
}

static void test_numbers_that_differ_in_their_last_bit_are_others(void **state)
{
    struct fixture *const f = *state;
    assert_bound(f, ovf_bound_real(&f->bound, 1, 1.0), "1.0");
    assert_int_equal(ovf_bound_real(&f->bound, 1, 1.0 + 0x1p-52), SQLITE_OK);
    assert_int_equal(sqlite3_step(f->bound.stmt), SQLITE_ROW);
    assert_string_not_equal((const char *)sqlite3_column_text(f->bound.stmt, 0), "1.0");
    sqlite3_reset(f->bound.stmt);
    assert_bound(f, ovf_bound_int(&f->bound, 1, INT64_MIN), "-9223372036854775808");
    assert_bound(f, ovf_bound_int(&f->bound, 1, INT64_MAX), "9223372036854775807");
    assert_bound(f, ovf_bound_time(&f->bound, 1, OVF_NS_PER_MS), "'1970-01-01T00:00:00.001Z'");
    assert_bound(f, ovf_bound_time(&f->bound, 1, 2 * OVF_NS_PER_MS), "'1970-01-01T00:00:00.002Z'");
}

static void test_what_sqlite_refuses_is_bound_again(void **state)
{
    struct fixture *const f = *state;
    assert_int_equal(sqlite3_step(f->bound.stmt), SQLITE_ROW); /* while it runs nothing is bound */
    assert_int_equal(ovf_bound_text(&f->bound, 1, "IQ"), SQLITE_MISUSE);
    assert_int_equal(ovf_bound_int(&f->bound, 1, 1), SQLITE_MISUSE);
    sqlite3_reset(f->bound.stmt);
    assert_bound(f, ovf_bound_int(&f->bound, 1, 1), "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_parameter_is_what_it_was_bound_to_last, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_short_text_is_kept_and_a_long_one_looked_at_again,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_that_differ_in_their_last_bit_are_others,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_sqlite_refuses_is_bound_again, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
