/* SPDX-License-Identifier: Apache-2.0 */
/* Operators and their states. Those that are named here are what everybody calls the airline of that state; of the
 * whole table docs/sources.md says what it was held against. */
#include "test.h"

#include <string.h>

#include "lists/operators.h"
#include "lists/operators_parts.h"

static struct ovf_operators *make(const char *text, struct ovf_tally *rows)
{
    struct ovf_operators *operators = NULL;
    struct ovf_error err = {0};
    assert_int_equal(ovf_operators_new(ovf_bytes_from_text(text), rows, &operators, &err), OVF_OK);
    return operators;
}

static void operators_that_are_met_most_are_known(void **state)
{
    (void)state;
    assert_string_equal(ovf_operators_state(NULL, "THY"), "TR");
    assert_string_equal(ovf_operators_state(NULL, "IRA"), "IR");
    assert_string_equal(ovf_operators_state(NULL, "SYR"), "SY");
    assert_string_equal(ovf_operators_state(NULL, "IAW"), "IQ");
    assert_string_equal(ovf_operators_state(NULL, "ELY"), "IL");
    assert_string_equal(ovf_operators_state(NULL, "AAB"), "BE"); /* the first row */
    assert_string_equal(ovf_operators_state(NULL, "CPA"), "CN"); /* Hong Kong */
}

static void what_is_not_known_is_said_to_be_nothing(void **state)
{
    static const char *const unknown[] = {"", "T", "TH", "THYA", "thy", "AAA", "ZZZ", "SAS", "SIM"};
    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_string_equal(ovf_operators_state(NULL, unknown[i]), "");
}

static void a_users_rows_go_before_the_programs(void **state)
{
    struct ovf_tally rows;
    struct ovf_operators *operators = make("name;Country;DESIGNATOR\n"
                                           "somebody;xk;zzz\n"
                                           "somebody else;AT;EZY\n"
                                           "two of them;;THY\n",
                                           &rows);
    (void)state;
    assert_int_equal(rows.n_used, 3);
    assert_string_equal(ovf_operators_state(operators, "ZZZ"), "XK");
    assert_string_equal(ovf_operators_state(operators, "EZY"), "AT");
    assert_string_equal(ovf_operators_state(operators, "THY"), ""); /* said to be unknown */
    assert_string_equal(ovf_operators_state(operators, "IRA"), "IR");
    ovf_operators_free(operators);
}

static void of_two_rows_the_last_counts(void **state)
{
    struct ovf_tally rows;
    struct ovf_operators *operators = make("icao,state\nZZZ,DE\nYYY,FR\nZZZ,AT\nZZZ,CH\n", &rows);
    (void)state;
    assert_int_equal(rows.n_read, 4);
    assert_int_equal(rows.n_used, 2);
    assert_int_equal(rows.n_repeated, 2);
    assert_string_equal(ovf_operators_state(operators, "ZZZ"), "CH");
    ovf_operators_free(operators);
}

static void bad_rows_are_counted(void **state)
{
    struct ovf_tally rows;
    struct ovf_operators *operators = make("operator_icao\tcountry\n"
                                           "ZZ\tDE\n"
                                           "ZZZZ\tDE\n"
                                           "Z1Z\tDE\n"
                                           "ZZZ\tGermany\n"
                                           "ZZZ\tD1\n"
                                           "\tDE\n"
                                           "ZZY\n"
                                           "\"ZZZ\tDE\n",
                                           &rows);
    (void)state;
    assert_int_equal(rows.n_used, 1); /* ZZY, of no country */
    assert_int_equal(rows.n_rejected[OVF_REJECT_BAD_TEXT], 7);
    assert_string_equal(ovf_operators_state(operators, "ZZZ"), "");
    ovf_operators_free(operators);
}

static void a_table_without_its_columns_is_refused(void **state)
{
    static const char *const texts[] = {"", "designator,name\nZZZ,DE\n", "ZZZ,DE\n"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct ovf_operators *operators = NULL;
        struct ovf_tally rows;
        struct ovf_error err = {0};
        assert_int_equal(ovf_operators_new(ovf_bytes_from_text(texts[i]), &rows, &operators, &err),
                         OVF_E_FORMAT);
        assert_null(operators);
    }
}

/** All 17,576 texts of three letters: how many are known shows that each row is found, so that they are in order. */
static void every_row_of_the_table_is_found(void **state)
{
    size_t n = 0;
    (void)state;
    for (int i = 0; i < 26 * 26 * 26; i++) {
        const char text[4] = {(char)('A' + i / 676), (char)('A' + i / 26 % 26),
                              (char)('A' + i % 26), '\0'};
        const char *const found = ovf_operators_known(text);
        assert_true(found[0] == '\0' || strlen(found) == 2);
        n += found[0] != '\0';
    }
    assert_int_equal(n, 804);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_that_are_met_most_are_known),
        cmocka_unit_test(what_is_not_known_is_said_to_be_nothing),
        cmocka_unit_test(a_users_rows_go_before_the_programs),
        cmocka_unit_test(of_two_rows_the_last_counts),
        cmocka_unit_test(bad_rows_are_counted),
        cmocka_unit_test(a_table_without_its_columns_is_refused),
        cmocka_unit_test(every_row_of_the_table_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
