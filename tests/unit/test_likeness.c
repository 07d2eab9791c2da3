/* SPDX-License-Identifier: Apache-2.0 */
/* Levenshtein's distance: the textbook's pairs, counted by hand. */
#include "test.h"

#include <string.h>

#include "base/likeness.h"

static void distances_are_those_of_the_textbook(void **state)
{
    (void)state;
    assert_int_equal(ovf_edits_between("kitten", "sitting"), 3);
    assert_int_equal(ovf_edits_between("saturday", "sunday"), 3);
    assert_int_equal(ovf_edits_between("", "abc"), 3);
    assert_int_equal(ovf_edits_between("abc", ""), 3);
    assert_int_equal(ovf_edits_between("same", "same"), 0);
}

static void long_names_are_like_nothing(void **state)
{
    (void)state;
    char name[OVF_LIKENESS_MAX_CHARS + 2];
    memset(name, 'a', sizeof name);
    name[OVF_LIKENESS_MAX_CHARS] = '\0';
    assert_int_equal(ovf_edits_between(name, name), 0);
    name[OVF_LIKENESS_MAX_CHARS] = 'a';
    name[OVF_LIKENESS_MAX_CHARS + 1] = '\0';
    assert_int_equal(ovf_edits_between(name, name), OVF_LIKENESS_MAX_CHARS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_are_those_of_the_textbook),
        cmocka_unit_test(long_names_are_like_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
