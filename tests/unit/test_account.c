/* SPDX-License-Identifier: Apache-2.0 */
/* Dates in paths, and texts that do not depend on which thread came first. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "run/account.h"

/* Days since 1970-01-01, counted with `date -u -d DATE +%s` / 86400. */
static void a_path_names_its_last_date(void **state)
{
    static const struct {
        const char *path;
        int64_t day; /* -1: none */
    } cases[] = {
        {"nevada-2023-08-20/traces/8a/trace_full_4d208a.json", 19589},
        {"globe_history/2023/08/20/traces/8a/trace_full_4d208a.json", 19589},
        {"v2023.08.20-planes-readsb-prod-0.tar", 19589},
        {"2023_08_20.tar", 19589},
        {"2023-08-20", 19589},
        {"2023-08-19/2023-08-20/x", 19589},
        {"2023-08-20/2023-13-01/x", 19589},
        {"1970-01-01", 0},
        {"2024-02-29", 19782},
        {"2023-02-29", -1},
        {"12023-08-20", -1},
        {"2023-08-201", -1},
        {"2023-08.20", -1},
        {"2023-8-20", -1},
        {"20230820", -1},
        {"2023-08-2", -1},
        {"2023-08-", -1},
        {"2023-", -1},
        {"", -1},
        {"0000-00-00", -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t day_ns = -1;
        const bool found = ovf_path_date(cases[i].path, &day_ns);
        if (found != (cases[i].day >= 0))
            fail_msg("%s", cases[i].path);
        if (found)
            assert_int_equal(day_ns, cases[i].day * 86400 * OVF_NS_PER_S);
    }
}

/* Two items of one input, counted by two threads in either order. */
static void the_first_in_the_inputs_is_shown_whichever_thread_ends_first(void **state)
{
    (void)state;
    for (int order = 0; order < 2; order++) {
        struct ovf_account_input input = {.first_ns = INT64_MAX, .last_ns = INT64_MIN};
        struct ovf_account whole = {.inputs = &input, .n_inputs = 1};
        const struct ovf_tally rows = {.n_read = 5, .n_used = 5};
        const struct ovf_item early = {.name = "early"};
        const struct ovf_item late = {.name = "2020-01-01/late"};
        for (int i = 0; i < 2; i++) {
            struct ovf_account part;
            assert_int_equal(ovf_account_fork(&whole, &part), OVF_OK);
            if (i == order) {
                ovf_account_reject(&part, &late, 9, OVF_REJECT_EMPTY, "");
                ovf_account_rows(&part, &late, 9, &rows, "row 1");
                ovf_account_use_trace(&part, &late, 9, 0);
                ovf_account_span(&part, 0, 500);
            } else {
                ovf_account_reject(&part, &early, 3, OVF_REJECT_NOT_JSON, "at byte 7");
                ovf_account_rows(&part, &early, 3, &rows, "row 2");
                ovf_account_span(&part, 0, -500);
            }
            ovf_account_join(&whole, &part);
        }
        assert_string_equal(input.trouble, "early: at byte 7");
        assert_string_equal(input.row_trouble, "early: row 2");
        assert_int_equal(input.rows.n_read, 10);
        assert_int_equal(input.members.n_read, 3);
        assert_int_equal(input.members.n_used, 1);
        assert_int_equal(input.members.n_rejected[OVF_REJECT_EMPTY], 1);
        assert_int_equal(input.n_date_disagrees, 1);
        assert_non_null(strstr(input.date_example, "2020-01-01, the trace 1970-01-01"));
        assert_int_equal(input.first_ns, -500);
        assert_int_equal(input.last_ns, 500);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_names_its_last_date),
        cmocka_unit_test(the_first_in_the_inputs_is_shown_whichever_thread_ends_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
