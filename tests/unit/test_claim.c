/* SPDX-License-Identifier: Apache-2.0 */
/* Predicates of claims. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "case/claim.h"

static struct ovf_predicate read_predicate(const char *text)
{
    struct ovf_predicate predicate;
    struct ovf_error err = {""};
    if (ovf_predicate_read(text, &predicate, &err) != OVF_OK)
        fail_msg("%s: %s", text, err.text);
    return predicate;
}

static int64_t day(const char *text)
{
    int64_t t_ns;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(text), &t_ns));
    return t_ns;
}

static void a_count_is_compared_between_days_both_included(void **state)
{
    (void)state;
    const struct ovf_predicate p =
        read_predicate("count(iran-syria) == 0 between 2012-03-21 and 2012-07-25");
    assert_int_equal(p.kind, OVF_PREDICATE_COUNT);
    assert_string_equal(p.watch, "iran-syria");
    assert_int_equal(p.compare, OVF_COMPARE_EQUAL);
    assert_int_equal(p.n, 0);
    assert_true(p.from_ns == day("2012-03-21") && p.until_ns == day("2012-07-26"));
}

static void every_comparison_is_told_from_its_like(void **state)
{
    static const struct {
        const char *text;
        bool below, equal, above;
    } cases[] = {
        {"count(w)<3", true, false, false},  {"count(w)<=3", true, true, false},
        {"count(w)>3", false, false, true},  {"count(w)>=3", false, true, true},
        {"count(w)==3", false, true, false}, {"count ( w ) != 3", true, false, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ovf_predicate p = read_predicate(cases[i].text);
        assert_int_equal(p.n, 3);
        assert_int_equal(ovf_compare_holds(p.compare, 2, p.n), cases[i].below);
        assert_int_equal(ovf_compare_holds(p.compare, 3, p.n), cases[i].equal);
        assert_int_equal(ovf_compare_holds(p.compare, 4, p.n), cases[i].above);
        assert_true(p.from_ns == INT64_MIN && p.until_ns == INT64_MAX);
    }
}

static void a_landing_has_an_airport_and_may_be_denied(void **state)
{
    (void)state;
    struct ovf_predicate p = read_predicate("lands(w, ORBI) on 2012-10-02");
    assert_int_equal(p.kind, OVF_PREDICATE_LANDS);
    assert_string_equal(p.airport, "ORBI");
    assert_false(p.is_negated);
    assert_true(p.from_ns == day("2012-10-02") && p.until_ns == day("2012-10-03"));
    p = read_predicate("not lands(w,ORBI)");
    assert_true(p.is_negated);
}

static void what_is_none_says_what_was_due(void **state)
{
    static const struct {
        const char *text;
        const char *says;
    } cases[] = {
        {"", "count, lands or not lands is due at its end"},
        {"counts(w) == 0", "where \"counts\" stands"},
        {"count w", "( is due where \"w\" stands"},
        {"count()", "a watch is due where \")\" stands"},
        {"count(w) = 0", "one of == != < <= > >= is due where \"=\" stands"},
        {"count(w) == -1", "a number of flights is due where \"-1\" stands"},
        {"count(w) == 0 on 2012-02-30", "a date such as 2012-10-02 is due where \"2012-02-30\""},
        {"count(w) == 0 between 2012-10-02", "and is due at its end"},
        {"count(w) == 0 between 2012-10-02 and 2012-10-01", "its first day is after its last"},
        {"count(w) == 0 on 2012-10-02 or", "its end is due where \"or\" stands"},
        {"lands(w)", ", is due where \")\" stands"},
        {"not count(w) == 0", "where \"count\" stands"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_predicate p;
        struct ovf_error err = {""};
        assert_int_equal(ovf_predicate_read(cases[i].text, &p, &err), OVF_E_FORMAT);
        if (strstr(err.text, cases[i].says) == NULL)
            fail_msg("%s: \"%s\" does not say \"%s\"", cases[i].text, err.text, cases[i].says);
    }
}

static void a_word_of_any_length_is_read_to_its_end(void **state)
{
    (void)state;
    char text[300];
    struct ovf_predicate p;
    struct ovf_error err = {""};
    memset(text, 'w', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_int_equal(ovf_predicate_read(text, &p, &err), OVF_E_FORMAT);
    memcpy(text, "count(", 6);
    memcpy(text + sizeof text - 8, ") == 00", 8);
    p = read_predicate(text);
    assert_int_equal(strlen(p.watch), OVF_PREDICATE_WORD_SIZE - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_is_compared_between_days_both_included),
        cmocka_unit_test(every_comparison_is_told_from_its_like),
        cmocka_unit_test(a_landing_has_an_airport_and_may_be_denied),
        cmocka_unit_test(what_is_none_says_what_was_due),
        cmocka_unit_test(a_word_of_any_length_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
