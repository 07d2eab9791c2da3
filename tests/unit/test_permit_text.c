/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of permits: invented ones, in the ways in which such texts are written. */
#include "test.h"

#include <string.h>

#include "lists/permit_text.h"
#include "lists/permit_text_value.h"

static struct ovf_permit_text read_text(const char *text)
{
    struct ovf_permit_text out = {0};
    struct ovf_error err = {""};
    if (ovf_permit_text_read(ovf_bytes_from_text(text), &out, &err) != OVF_OK)
        fail_msg("%s", err.text);
    return out;
}

static void expect(const struct ovf_permit_text *text, enum ovf_permit_text_key key,
                   const char *value)
{
    const char *const got = ovf_permit_text_value(text, key);
    if (value == NULL)
        assert_null(got);
    else if (got == NULL)
        fail_msg("%s is not taken", ovf_permit_text_key_name(key));
    else
        assert_string_equal(got, value);
}

static void a_text_of_a_line_a_key_is_read(void **state)
{
    struct ovf_permit_text t = read_text("TO: OPERATIONS\r\n"
                                         "YOUR REF: OPS/77-12\r\n"
                                         "OVF PERMIT NO. : IQ-1234/12\r\n"
                                         "A/C REG - XX-MAA, XX-MAB\r\n"
                                         "A/C Type: B742/A30B\r\n"
                                         "MTOW = 377.8 T\r\n"
                                         "ENTRY POINT: RAGET   ETO: 0315Z\r\n"
                                         "EXIT: MODIK.\r\n"
                                         "ROUTE: RAGET  UM688 MODIK\r\n"
                                         "VALID: 02OCT12 0000Z TO 05 OCT 2012 23:59 UTC\r\n"
                                         "BEST REGARDS");
    (void)state;
    expect(&t, OVF_PERMIT_TEXT_REF, "OPS/77-12");
    expect(&t, OVF_PERMIT_TEXT_NUMBER, "IQ-1234/12");
    expect(&t, OVF_PERMIT_TEXT_REGISTRATIONS, "XX-MAA XX-MAB");
    expect(&t, OVF_PERMIT_TEXT_TYPES, "B742 A30B");
    expect(&t, OVF_PERMIT_TEXT_MTOW, "377800");
    expect(&t, OVF_PERMIT_TEXT_ENTRY, "RAGET");
    expect(&t, OVF_PERMIT_TEXT_ETO, "0315");
    expect(&t, OVF_PERMIT_TEXT_EXIT, "MODIK");
    expect(&t, OVF_PERMIT_TEXT_ROUTE, "RAGET UM688 MODIK");
    expect(&t, OVF_PERMIT_TEXT_VALID_FROM, "2012-10-02T00:00Z");
    expect(&t, OVF_PERMIT_TEXT_VALID_TO, "2012-10-05T23:59Z");
    assert_int_equal(t.n_rest, 3);
    assert_string_equal(t.rest[1].text, "YOUR");
    assert_string_equal(t.rest[2].text, "BEST REGARDS");
    assert_int_equal(t.rest[2].line, 11);
    ovf_permit_text_deinit(&t);
}

static void keys_without_marks_are_loose_and_words_are_no_keys(void **state)
{
    struct ovf_permit_text t = read_text(
        "permit no IQ-7 reg XX-MAA type B742 mtow 186,880 kg valid 2012-10-02 - 2012-10-05\n"
        "THIS TYPE OF FLIGHT IS VALID FOR ONE ENTRY ONLY, REF YOUR REQUEST");
    (void)state;
    assert_int_equal(t.n_fields, 6);
    for (size_t i = 0; i < t.n_fields; i++)
        assert_int_equal(t.fields[i].trust, OVF_PERMIT_TEXT_LOOSE);
    expect(&t, OVF_PERMIT_TEXT_NUMBER, "IQ-7");
    expect(&t, OVF_PERMIT_TEXT_MTOW, "186880");
    expect(&t, OVF_PERMIT_TEXT_VALID_TO, "2012-10-05");
    expect(&t, OVF_PERMIT_TEXT_ENTRY, NULL);
    assert_int_equal(t.rest[0].line, 2);
    ovf_permit_text_deinit(&t);
}

static void what_is_not_plain_is_not_taken_and_kept(void **state)
{
    static const struct {
        const char *text;
        enum ovf_permit_text_key key;
    } unclear[] = {
        {"REG: XX-MAA OR SUB", OVF_PERMIT_TEXT_REGISTRATIONS},
        {"TYPE: BOEING 747", OVF_PERMIT_TEXT_TYPES},
        {"MTOW: 377800", OVF_PERMIT_TEXT_MTOW},       /* of what? */
        {"MTOW: 186.880 TONS", OVF_PERMIT_TEXT_MTOW}, /* of which kind? */
        {"MTOW: 18,68 T", OVF_PERMIT_TEXT_MTOW},
        {"VALID: 02/10/2012 TO 05/10/2012", OVF_PERMIT_TEXT_VALID_FROM},
        {"VALID: 30FEB12 TO 01MAR12", OVF_PERMIT_TEXT_VALID_FROM},
        {"VALID: 05OCT12 TO 02OCT12", OVF_PERMIT_TEXT_VALID_FROM},
        {"VALIDITY: +72 HRS", OVF_PERMIT_TEXT_VALID_FROM},
        {"PERMIT NO: PENDING", OVF_PERMIT_TEXT_NUMBER},
        {"PERMIT NO:", OVF_PERMIT_TEXT_NUMBER},
        {"ETO: 2460", OVF_PERMIT_TEXT_ETO},
        {"ENTRY: RAGET OR MODIK", OVF_PERMIT_TEXT_ENTRY},
    };
    (void)state;
    for (size_t i = 0; i < sizeof unclear / sizeof *unclear; i++) {
        struct ovf_permit_text t = read_text(unclear[i].text);
        expect(&t, unclear[i].key, NULL);
        assert_int_equal(t.n_fields, 1);
        assert_int_equal(t.fields[0].trust, OVF_PERMIT_TEXT_UNCLEAR);
        assert_non_null(strstr(unclear[i].text, t.fields[0].value));
        ovf_permit_text_deinit(&t);
    }
}

static void of_two_values_that_differ_neither_is_taken(void **state)
{
    struct ovf_permit_text t = read_text("REG: XX-MAA\nREG: XX-MAB\nREG: XX-MAA\n"
                                         "PERMIT NO: IQ-7\nPERMIT NO: IQ-7\n");
    (void)state;
    expect(&t, OVF_PERMIT_TEXT_REGISTRATIONS, NULL);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(t.fields[i].trust, OVF_PERMIT_TEXT_CONTRADICTED);
    expect(&t, OVF_PERMIT_TEXT_NUMBER, "IQ-7");
    ovf_permit_text_deinit(&t);
}

static void masses_are_in_kilograms(void **state)
{
    static const struct {
        const char *text;
        const char *kg;
    } masses[] = {
        {"242.0 T", "242000"},   {"66000KGS", "66000"},
        {"1,234,5 KG", NULL},    {"833,000 LBS", "377842"}, /* 833,000 * 0.45359237 = 377,842.4 */
        {"7 KG", NULL},          {"186,880 T", NULL},
        {"186.880 KG", NULL}, /* 187, or 186,880? */
        {"186.880 T", "186880"}, {"412.000 LBS", NULL},
        {"123,4.5 KG", NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof masses / sizeof *masses; i++) {
        char kg[OVF_PERMIT_TEXT_VALUE_SIZE];
        const bool good = ovf_permit_text_mass(ovf_bytes_from_text(masses[i].text), kg);
        assert_int_equal(good, masses[i].kg != NULL);
        if (good)
            assert_string_equal(kg, masses[i].kg);
    }
}

static void what_is_no_text_is_refused(void **state)
{
    struct ovf_permit_text t = {0};
    struct ovf_error err = {""};
    static char big[OVF_PERMIT_TEXT_MAX_BYTES + 1];
    (void)state;
    assert_int_equal(ovf_permit_text_read(ovf_bytes_from_text("REG: \x1b[2J"), &t, &err),
                     OVF_E_FORMAT);
    ovf_permit_text_deinit(&t);
    assert_int_equal(ovf_permit_text_read(ovf_bytes_from_text("a\nREG: \xff"), &t, &err),
                     OVF_E_FORMAT);
    assert_non_null(strstr(err.text, "line 2"));
    ovf_permit_text_deinit(&t);
    memset(big, 'x', sizeof big);
    assert_int_equal(
        ovf_permit_text_read((struct ovf_bytes){(unsigned char *)big, sizeof big}, &t, &err),
        OVF_E_LIMIT);
    t = read_text("");
    assert_int_equal(t.n_fields + t.n_rest, 0);
    ovf_permit_text_deinit(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_of_a_line_a_key_is_read),
        cmocka_unit_test(keys_without_marks_are_loose_and_words_are_no_keys),
        cmocka_unit_test(what_is_not_plain_is_not_taken_and_kept),
        cmocka_unit_test(of_two_values_that_differ_neither_is_taken),
        cmocka_unit_test(masses_are_in_kilograms),
        cmocka_unit_test(what_is_no_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
