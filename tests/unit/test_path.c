/* SPDX-License-Identifier: Apache-2.0 */
/* The last part of a path. */
#include "test.h"

#include "base/path.h"

static void the_last_part_is_what_stands_behind_the_last_slash(void **state)
{
    static const char *const cases[][2] = {{"/a/b/c.csv", "c.csv"},
                                           {"c.csv", "c.csv"},
                                           {"a/b", "b"},
                                           {"a/b//", "b"},
                                           {"/a", "a"},
                                           {"..", ".."},
                                           {"", ""},
                                           {"/", ""},
                                           {"///", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(
            ovf_bytes_equal_text(ovf_path_last(ovf_bytes_from_text(cases[i][0])), cases[i][1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_part_is_what_stands_behind_the_last_slash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
