/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that do not move. */
#include "test.h"

#include <string.h>

#include "base/texts.h"

static void texts_stand_where_they_were_put(void **state)
{
    enum { N = 5000 };
    static const char *kept[N];
    struct ovf_texts texts = {0};
    char text[32];
    (void)state;
    for (int i = 0; i < N; i++) {
        (void)snprintf(text, sizeof text, "the text number %d", i);
        kept[i] = ovf_texts_keep(&texts, ovf_bytes_from_text(text));
    }
    for (int i = 0; i < N; i++) {
        (void)snprintf(text, sizeof text, "the text number %d", i);
        assert_string_equal(kept[i], text);
    }
    ovf_texts_deinit(&texts);
}

static void a_text_longer_than_a_block_and_an_empty_one_are_kept(void **state)
{
    enum { LONG = 200000 };
    struct ovf_texts texts = {0};
    (void)state;
    unsigned char *const text = malloc(LONG);
    assert_non_null(text);
    memset(text, 'x', LONG);
    const char *const before = ovf_texts_keep(&texts, ovf_bytes_from_text("before"));
    const char *const kept = ovf_texts_keep(&texts, (struct ovf_bytes){text, LONG});
    free(text);
    assert_int_equal(strlen(kept), LONG);
    assert_string_equal(ovf_texts_keep(&texts, (struct ovf_bytes){NULL, 0}), "");
    assert_string_equal(before, "before");
    ovf_texts_deinit(&texts);
}

static void the_same_twice_in_a_row_stands_once(void **state)
{
    struct ovf_texts texts = {0};
    (void)state;
    const char *const one = ovf_texts_keep(&texts, ovf_bytes_from_text("IQ"));
    assert_ptr_equal(ovf_texts_keep(&texts, ovf_bytes_from_text("IQ")), one);
    assert_true(ovf_texts_keep(&texts, ovf_bytes_from_text("I")) != one);
    ovf_texts_deinit(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_stand_where_they_were_put),
        cmocka_unit_test(a_text_longer_than_a_block_and_an_empty_one_are_kept),
        cmocka_unit_test(the_same_twice_in_a_row_stands_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
