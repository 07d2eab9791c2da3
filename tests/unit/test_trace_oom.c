/* SPDX-License-Identifier: Apache-2.0 */
/* The readers when memory runs out: each allocation in turn fails, once and for good. */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "lists/register.h"
#include "oom.h"
#include "read/csv.h"
#include "read/trace.h"

static struct ovf_buffer many(const char *head, const char *row, size_t n, const char *tail)
{
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_buffer_append_text(&text, head), OVF_OK);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(ovf_buffer_append_text(&text, row), OVF_OK);
    assert_int_equal(ovf_buffer_append_text(&text, tail), OVF_OK);
    return text;
}

static void a_trace_without_memory_leaves_nothing(void **state)
{
    (void)state;
    struct ovf_buffer text = many("{\"icao\":\"f10031\",\"timestamp\":1751328000,\"trace\":[",
                                  "[0,1,2,3,4,5,0],", 100, "[0,1,2,3,4,5,0]]}");
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            struct ovf_trace trace = {0};
            enum ovf_reject reject = OVF_REJECT_EMPTY;
            struct ovf_error err = {0};
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st =
                ovf_trace_read(ovf_buffer_bytes(&text), 1, &trace, &reject, &err);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            assert_int_equal(trace.fixes.n, failed ? 0 : 101);
            assert_int_equal(trace.rows.n_read, failed ? 0 : 101);
            assert_int_equal(reject, failed ? OVF_REJECT_EMPTY : OVF_REJECT_N);
            ovf_trace_deinit(&trace);
            if (!failed)
                break;
        }
        assert_true(n > 3); /* the array grows more than twice */
    }
    ovf_buffer_deinit(&text);
}

static enum ovf_status count(void *context, uint32_t address, const struct ovf_fix *fix,
                             const struct ovf_identity *identity)
{
    (void)address;
    (void)fix;
    (void)identity;
    ++*(size_t *)context;
    return OVF_OK;
}

static enum ovf_status read_csv(struct ovf_bytes text, size_t *n)
{
    struct ovf_csv *csv = NULL;
    struct ovf_error err = {0};
    *n = 0;
    enum ovf_status st = ovf_csv_new(1, count, n, &csv);
    if (st == OVF_OK)
        st = ovf_csv_feed(csv, text, &err);
    if (st == OVF_OK)
        st = ovf_csv_finish(csv, &err);
    ovf_csv_free(csv);
    return st;
}

static void csv_without_memory_says_so(void **state)
{
    (void)state;
    struct ovf_buffer text = many("time,icao24,lat_deg,lon_deg,note\n",
                                  "1751328000,f10031,1,2,abcdefghijklmnopqrstuvwxyz\n", 10, "");
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            size_t n_rows;
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = read_csv(ovf_buffer_bytes(&text), &n_rows);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            if (!failed) {
                assert_int_equal(n_rows, 10);
                break;
            }
        }
        assert_true(n > 2);
    }
    ovf_buffer_deinit(&text);
}

static void a_register_without_memory_is_not_made(void **state)
{
    (void)state;
    struct ovf_buffer text = many("icao24,registration\n", "f10031,XX-MNB\n", 100, "");
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            struct ovf_register *reg = NULL;
            struct ovf_tally rows = {.n_read = 7};
            struct ovf_error err = {0};
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = ovf_register_new(ovf_buffer_bytes(&text), &rows, &reg, &err);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            assert_int_equal(rows.n_read, failed ? 7 : 100);
            assert_int_equal(reg == NULL, failed);
            ovf_register_free(reg);
            if (!failed)
                break;
        }
        assert_true(n > 3);
    }
    ovf_buffer_deinit(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trace_without_memory_leaves_nothing),
        cmocka_unit_test(csv_without_memory_says_so),
        cmocka_unit_test(a_register_without_memory_is_not_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
