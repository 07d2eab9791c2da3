/* SPDX-License-Identifier: Apache-2.0 */
/* Against qsort with strcmp, and by hand. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "base/text_order.h"
#include "simulate/random.h"

static void a_text_stands_before_what_it_begins(void **state)
{
    (void)state;
    struct ovf_text_item items[] = {{"", 5},         {"abcdefghij", 4}, {"abcdefghi", 3}, {"a", 2},
                                    {"\xc3\xa9", 1}, {"abcdefgh", 0},   {"abcdefg", 6}};
    static const char *const want[] = {"",          "a",          "abcdefg", "abcdefgh",
                                       "abcdefghi", "abcdefghij", "\xc3\xa9"};
    assert_int_equal(ovf_text_order(items, 7), OVF_OK);
    for (size_t i = 0; i < 7; i++)
        assert_string_equal(items[i].text, want[i]);
}

static void equal_texts_stand_in_order_of_value(void **state)
{
    (void)state;
    struct ovf_text_item items[] = {{"same", 2}, {"same", 0}, {"other", 9}, {"same", 1}};
    static const size_t want[] = {9, 0, 1, 2};
    assert_int_equal(ovf_text_order(items, 4), OVF_OK);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(items[i].value, want[i]);
    assert_int_equal(ovf_text_order(items, 0), OVF_OK);
    assert_int_equal(ovf_text_order(NULL, 0), OVF_OK);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(((const struct ovf_text_item *)a)->text, ((const struct ovf_text_item *)b)->text);
}

/** Texts of a few letters, high ones among them, of up to 12 bytes behind \p prefix. */
static void check_as_qsort(const char *prefix)
{
    enum { N = 500 };
    static const char letters[] = "ab\x7f\x80\xff";
    static char texts[N][48];
    struct ovf_random random = ovf_random_stream(7, 0, strlen(prefix));
    struct ovf_text_item got[N];
    struct ovf_text_item want[N];
    for (size_t i = 0; i < N; i++) {
        size_t len = (size_t)snprintf(texts[i], sizeof texts[i], "%s", prefix);
        for (uint64_t n = ovf_random_next(&random) % 13; n > 0; n--)
            texts[i][len++] = letters[ovf_random_next(&random) % 5];
        texts[i][len] = '\0';
        got[i] = want[i] = (struct ovf_text_item){texts[i], i};
    }
    assert_int_equal(ovf_text_order(got, N), OVF_OK);
    qsort(want, N, sizeof *want, compare_texts);
    for (size_t i = 0; i < N; i++) {
        assert_string_equal(got[i].text, want[i].text);
        assert_true(i == 0 || strcmp(got[i - 1].text, got[i].text) != 0 ||
                    got[i - 1].value < got[i].value);
    }
}

static void the_order_is_that_of_strcmp(void **state)
{
    (void)state;
    check_as_qsort("");
    check_as_qsort("0000000000000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_stands_before_what_it_begins),
        cmocka_unit_test(equal_texts_stand_in_order_of_value),
        cmocka_unit_test(the_order_is_that_of_strcmp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
