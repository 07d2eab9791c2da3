/* SPDX-License-Identifier: Apache-2.0 */
/* Buffers that grow: what is appended stands there whole, whatever room there was. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

/* A text of n characters behind m bytes that are there: among others where it, or only its NUL, does not fit. */
static void printed_text_stands_there_whole_whatever_room_there_was(void **state)
{
    (void)state;
    for (int before = 0; before < 40; before++) {
        for (int n = 0; n < 80; n++) {
            struct ovf_buffer buffer = {0};
            char wanted[128];
            (void)snprintf(wanted, sizeof wanted, "%0*d", n > 0 ? n : 1, 7);
            for (int i = 0; i < before; i++)
                assert_int_equal(ovf_buffer_append(&buffer, "x", 1), OVF_OK);
            assert_int_equal(ovf_buffer_printf(&buffer, "%0*d", n > 0 ? n : 1, 7), OVF_OK);
            assert_int_equal(buffer.len, (size_t)before + strlen(wanted));
            assert_memory_equal(buffer.data + before, wanted, strlen(wanted));
            for (int i = 0; i < before; i++)
                assert_int_equal(buffer.data[i], 'x');
            ovf_buffer_deinit(&buffer);
        }
    }
}

static void nothing_appended_is_nothing_more(void **state)
{
    struct ovf_buffer buffer = {0};
    (void)state;
    assert_int_equal(ovf_buffer_append(&buffer, NULL, 0), OVF_OK);
    assert_int_equal(ovf_buffer_printf(&buffer, "%s", ""), OVF_OK);
    assert_int_equal(buffer.len, 0);
    assert_int_equal(ovf_buffer_append_text(&buffer, "ab"), OVF_OK);
    assert_int_equal(ovf_buffer_append_text(&buffer, ""), OVF_OK);
    assert_int_equal(buffer.len, 2);
    assert_memory_equal(buffer.data, "ab", 2);
    ovf_buffer_deinit(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed_text_stands_there_whole_whatever_room_there_was),
        cmocka_unit_test(nothing_appended_is_nothing_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
