/* SPDX-License-Identifier: Apache-2.0 */
/* The gates of halts, 400 runs of each. */
#include "series_gates.h"

static void changes_are_found_where_there_are_some_and_nowhere_else(void **state)
{
    (void)state;
    check_gates(400, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_found_where_there_are_some_and_nowhere_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
