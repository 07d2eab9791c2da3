/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of routes. */
#include "test.h"

#include "base/time.h"
#include "lists/routes.h"

#define DAY_NS(n)                                                                                  \
    (INT64_C(1751328000) * OVF_NS_PER_S + (n)*OVF_NS_PER_DAY) /* 2025-07-01, by date -u */

static struct ovf_routes *make(const char *text, struct ovf_tally *rows)
{
    struct ovf_routes *routes = NULL;
    struct ovf_error err = {0};
    assert_int_equal(ovf_routes_new(ovf_bytes_from_text(text), rows, &routes, &err), OVF_OK);
    return routes;
}

static void a_callsign_flies_the_route_of_the_day(void **state)
{
    (void)state;
    struct ovf_tally rows;
    struct ovf_routes *routes = make("to;callsign;from;valid_from;valid_to;x\n"
                                     "osdi;SIM2;OIIE;2025-07-02;2025-07-03;\n"
                                     "ORBI;SIM2;OIIE;2025-07-04;;\n"
                                     "OJAI;SIM1;OLBA;;;\n",
                                     &rows);
    assert_int_equal(rows.n_used, 3);
    assert_string_equal(ovf_routes_find(routes, "SIM1", 0)->from, "OLBA");
    assert_null(ovf_routes_find(routes, "SIM2", DAY_NS(1) - 1));
    assert_string_equal(ovf_routes_find(routes, "SIM2", DAY_NS(1))->to, "OSDI");
    assert_string_equal(ovf_routes_find(routes, "SIM2", DAY_NS(3) - 1)->to, "OSDI");
    assert_string_equal(ovf_routes_find(routes, "SIM2", DAY_NS(3))->to, "ORBI");
    assert_null(ovf_routes_find(routes, "SIM3", DAY_NS(3)));
    assert_null(ovf_routes_find(routes, "", DAY_NS(3)));
    ovf_routes_free(routes);
}

/** By sha256sum. */
static void a_table_is_known_by_its_digest(void **state)
{
    (void)state;
    struct ovf_tally rows;
    struct ovf_routes *routes = make("callsign,from,to\nSIM1,OLBA,OJAI\n", &rows);
    assert_string_equal(ovf_routes_source(routes),
                        "routes sha256:"
                        "0c10e48a531d84efb7f2e6ef0344c91e993478cab422f4451219d6cf6db10280");
    ovf_routes_free(routes);
}

static void rows_that_differ_state_nothing(void **state)
{
    (void)state;
    struct ovf_tally rows;
    struct ovf_routes *routes = make("callsign,from,to\nSIM1,OLBA,OJAI\nSIM1,OLBA,OSDI\n"
                                     "SIM2,OLBA,OJAI\nSIM2,OLBA,OJAI\n",
                                     &rows);
    assert_null(ovf_routes_find(routes, "SIM1", 0));
    assert_string_equal(ovf_routes_find(routes, "SIM2", 0)->to, "OJAI");
    ovf_routes_free(routes);
}

static void bad_rows_are_counted(void **state)
{
    (void)state;
    struct ovf_tally rows;
    struct ovf_routes *routes = make("callsign,from,to,valid_from\n"
                                     "SIM1,OLBA,,\n"
                                     "SIM1,OL BA,OJAI,\n"
                                     "@@@,OLBA,OJAI,\n"
                                     "SIM1,OLBA,OJAI,yesterday\n"
                                     "SIM1\n"
                                     "SIM1,\"OLBA,OJAI\n",
                                     &rows);
    assert_int_equal(rows.n_used, 0);
    assert_int_equal(rows.n_rejected[OVF_REJECT_BAD_TEXT], 5);
    assert_int_equal(rows.n_rejected[OVF_REJECT_BAD_TIME], 1);
    assert_null(ovf_routes_find(routes, "SIM1", 0));
    ovf_routes_free(routes);
}

static void a_table_without_its_columns_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "callsign,from\nSIM1,OLBA\n", "SIM1,OLBA,OJAI\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct ovf_routes *routes = NULL;
        struct ovf_tally rows;
        struct ovf_error err = {0};
        assert_int_equal(ovf_routes_new(ovf_bytes_from_text(texts[i]), &rows, &routes, &err),
                         OVF_E_FORMAT);
        assert_null(routes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_callsign_flies_the_route_of_the_day),
        cmocka_unit_test(a_table_is_known_by_its_digest),
        cmocka_unit_test(rows_that_differ_state_nothing),
        cmocka_unit_test(bad_rows_are_counted),
        cmocka_unit_test(a_table_without_its_columns_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
