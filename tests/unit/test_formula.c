/* SPDX-License-Identifier: Apache-2.0 */
/* Files of formulas: what is refused, that the examples are none of it, and that the document tells of
 * every key. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "case/formula.h"
#include "source/file.h"

#define HEAD                                                                                       \
    "formulas:\n- name: a\n  source: b\n  airspace: fir\n  codes: [ORBB]\n  currency: USD\n"
#define FLAT HEAD "  valid_from: 2024-01-01\n  kind: flat\n  amount: 1\n"

static void refuses(const char *text, const char *why)
{
    struct ovf_case_store store = {0};
    struct ovf_formulas formulas;
    struct ovf_error err = {0};
    assert_int_equal(ovf_formulas_read(ovf_bytes_from_text(text), &store, &formulas, &err),
                     OVF_E_FORMAT);
    if (strstr(err.text, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
    ovf_case_store_deinit(&store);
}

static void what_a_kind_has_not_is_refused(void **state)
{
    (void)state;
    refuses(HEAD "  valid_from: 2024-01-01\n  kind: flat\n", "kind flat needs the key \"amount\"");
    refuses(FLAT "  rate: 2\n", "kind flat has no key \"rate\"");
    refuses(FLAT "  deduct_km: 2\n", "has no key \"deduct_km\"");
    refuses(FLAT "  valid_to: 2024-01-01\n", "valid_to is not after valid_from");
    refuses(FLAT "  exemptions: [{name: x, source: y}]\n", "does not say of whom");
    refuses(FLAT "  exemptions: [{name: x, source: y, mtow_below_t: 2t}]\n", "mtow_below_t");
    refuses(FLAT "  mtow_below_t: 2\n", "unknown key");
    refuses(HEAD "  valid_from: 2024-01-01\n  kind: mtow_band\n  bands: []\n", "at least one");
    refuses(HEAD "  valid_from: 2024-01-01\n  kind: mtow_band\n"
                 "  bands: [{amount: 1}, {to_t: 5, amount: 2}]\n",
            "bands rise");
    refuses(HEAD "  valid_from: 2024-01-01\n  kind: mtow_band\n"
                 "  bands: [{to_t: 5, amount: 1}, {to_t: 5, amount: 2}]\n",
            "bands rise");
    refuses(HEAD "  kind: flat\n  amount: 1\n", "\"valid_from\" is missing");
    refuses("formulas: [{airspace: country}]\n", "one of fir|zone is due");
}

static void days_and_lists_are_read(void **state)
{
    (void)state;
    struct ovf_case_store store = {0};
    struct ovf_formulas formulas;
    struct ovf_error err = {0};
    int64_t day_ns = 0;
    const char *const text = FLAT "  valid_to: 2024-02-01\n  roles: [overflight, incomplete]\n"
                                  "  exemptions: [{name: x, source: y, circular: true}]\n";
    assert_int_equal(ovf_formulas_read(ovf_bytes_from_text(text), &store, &formulas, &err), OVF_OK);
    const struct ovf_formula *const f = formulas.items.items;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2024-02-01"), &day_ns));
    assert_true(f->to_ns == day_ns);
    assert_int_equal(f->roles.n, 2);
    assert_int_equal(((const int64_t *)f->roles.items)[1], 4);
    const struct ovf_formula_exemption *const e = f->exemptions.items;
    assert_true(isinf(e->mtow_below_t) && e->circular && !e->state_aircraft);
    assert_true(e->from_ns == INT64_MIN && e->to_ns == INT64_MAX);
    ovf_case_store_deinit(&store);
}

static void the_examples_are_good(void **state)
{
    (void)state;
    static const char *const names[] = {"eurocontrol", "faa", "bahrain", "iraq", "afghanistan"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct ovf_case_store store = {0};
        struct ovf_formulas formulas;
        struct ovf_error err = {0};
        struct ovf_buffer text = {0};
        char name[64];
        (void)snprintf(name, sizeof name, "examples/charges/%s.yaml", names[i]);
        assert_int_equal(ovf_file_read(ovf_test_source(name), 1 << 20, &text, &err), OVF_OK);
        if (ovf_formulas_read(ovf_buffer_bytes(&text), &store, &formulas, &err) != OVF_OK)
            fail_msg("%s: %s", name, err.text);
        ovf_case_store_deinit(&store);
        ovf_buffer_deinit(&text);
    }
}

/** The tables of docs/formats/charges.md are printed from those that check. */
static void the_document_has_every_table(void **state)
{
    (void)state;
    struct ovf_buffer document = {0};
    struct ovf_buffer text = {0};
    struct ovf_error err = {0};
    assert_int_equal(
        ovf_file_read(ovf_test_source("docs/formats/charges.md"), 1 << 20, &document, &err),
        OVF_OK);
    assert_int_equal(ovf_buffer_append(&document, "", 1), OVF_OK);
    for (size_t i = 0; ovf_formula_table(i) != NULL; i++) {
        text.len = 0;
        assert_int_equal(ovf_table_document(ovf_formula_table(i), &text), OVF_OK);
        assert_int_equal(ovf_buffer_append(&text, "", 1), OVF_OK);
        if (strstr((const char *)document.data, (const char *)text.data) == NULL)
            fail_msg("docs/formats/charges.md lacks:\n%s", (const char *)text.data);
    }
    ovf_buffer_deinit(&text);
    ovf_buffer_deinit(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_kind_has_not_is_refused),
        cmocka_unit_test(days_and_lists_are_read),
        cmocka_unit_test(the_examples_are_good),
        cmocka_unit_test(the_document_has_every_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
