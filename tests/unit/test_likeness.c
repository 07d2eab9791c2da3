/* SPDX-License-Identifier: Apache-2.0 */
/* Levenshtein's distance: the textbook's pairs, counted by hand. */
#include "test.h"

#include <string.h>

#include "base/likeness.h"

static size_t edits(const char *a, const char *b)
{
    return ovf_edits_between(ovf_bytes_from_text(a), ovf_bytes_from_text(b));
}

static void distances_are_those_of_the_textbook(void **state)
{
    (void)state;
    assert_int_equal(edits("kitten", "sitting"), 3);
    assert_int_equal(edits("saturday", "sunday"), 3);
    assert_int_equal(edits("", "abc"), 3);
    assert_int_equal(edits("abc", ""), 3);
    assert_int_equal(edits("same", "same"), 0);
}

static void capitals_are_the_same_letters(void **state)
{
    (void)state;
    assert_int_equal(edits("KITTEN", "sitting"), 3);
    assert_int_equal(edits("Iraq", "IRAQ"), 0);
    assert_int_equal(edits("[", "{"), 1); /* differ by the same bit as capitals do */
    assert_true(ovf_names_equal(ovf_bytes_from_text("Iraq"), ovf_bytes_from_text("iRAQ")));
    assert_false(ovf_names_equal(ovf_bytes_from_text("Iraq"), ovf_bytes_from_text("Iran")));
    assert_false(ovf_names_equal(ovf_bytes_from_text("Iraq"), ovf_bytes_from_text("Ira")));
}

static void long_names_are_like_nothing(void **state)
{
    (void)state;
    char name[OVF_LIKENESS_MAX_CHARS + 2];
    memset(name, 'a', sizeof name);
    name[OVF_LIKENESS_MAX_CHARS] = '\0';
    assert_int_equal(edits(name, name), 0);
    name[OVF_LIKENESS_MAX_CHARS] = 'a';
    name[OVF_LIKENESS_MAX_CHARS + 1] = '\0';
    assert_true(edits(name, name) == SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_are_those_of_the_textbook),
        cmocka_unit_test(capitals_are_the_same_letters),
        cmocka_unit_test(long_names_are_like_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
