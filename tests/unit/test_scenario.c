/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios: what is refused beyond a value's own type; the document of their keys. */
#include "unit/test_simulate.h"

static void refuses(const char *yaml, const char *says)
{
    struct ovf_case_store store = {0};
    struct ovf_scenario scenario;
    struct ovf_error err = {""};
    assert_int_equal(
        ovf_scenario_read(ovf_bytes_from_text(yaml), &airports, &store, &scenario, &err),
        OVF_E_FORMAT);
    if (strstr(err.text, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, says);
    ovf_case_store_deinit(&store);
}

static void what_could_be_real_is_refused(void **state)
{
    (void)state;
    refuses(HEAD "aircraft:\n  - {icao24: 730001, registration: XX-A, type_code: A320}\n",
            "line 5, column 5: icao24 730001: simulated aircraft have addresses from f10000");
    refuses(HEAD "aircraft:\n  - {icao24: f10001, registration: EP-ABC, type_code: A320}\n",
            "a registration is XX-");
    refuses(HEAD PLANE ROUTE "schedules:\n  - {route: r, callsign: IRA152, aircraft: [f10001], at: "
                             "[\"22:30\"]}\n",
            "callsign \"IRA152\": SIM");
}

static void names_must_exist(void **state)
{
    (void)state;
    refuses(HEAD "routes:\n  - {name: r, points: [OIIE, ZZZZZ], performance: {}}\n",
            "line 5, column 30: no airport has the code \"ZZZZZ\"");
    refuses(HEAD "routes:\n  - {name: r, points: [OIIE, [33, 44]], performance: {}}\n",
            "an airport at either end");
    refuses(HEAD PLANE ROUTE
            "schedules:\n  - {route: x, callsign: SIM1, aircraft: [f10001], at: [\"22:30\"]}\n",
            "there is no route \"x\"");
    refuses(HEAD PLANE ROUTE
            "schedules:\n  - {route: r, callsign: SIM1, aircraft: [f10002], at: [\"22:30\"]}\n",
            "there is no aircraft f10002");
    refuses("scenario: t\nfrom: 2025-03-30\nuntil: 2025-03-30\n", "from must be before until");
}

/** The tables of docs/formats/scenario.md are printed from those that check. */
static void the_document_has_every_table(void **state)
{
    (void)state;
    struct ovf_buffer text = {0};
    static char document[65536];
    FILE *const file = fopen(ovf_test_source("docs/formats/scenario.md"), "rb");
    assert_non_null(file);
    const size_t len = fread(document, 1, sizeof document - 1, file);
    document[len] = '\0';
    (void)fclose(file);
    for (size_t i = 0; ovf_scenario_table(i) != NULL; i++) {
        text.len = 0;
        assert_int_equal(ovf_table_document(ovf_scenario_table(i), &text), OVF_OK);
        assert_int_equal(ovf_buffer_append(&text, "", 1), OVF_OK);
        if (strstr(document, (const char *)text.data) == NULL)
            fail_msg("docs/formats/scenario.md lacks:\n%s", (const char *)text.data);
    }
    ovf_buffer_deinit(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_could_be_real_is_refused, need_pack),
        cmocka_unit_test_setup(names_must_exist, need_pack),
        cmocka_unit_test(the_document_has_every_table),
    };
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
