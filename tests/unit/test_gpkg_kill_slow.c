/* SPDX-License-Identifier: Apache-2.0 */
/* Killed at random instants, 1000 times. */
#include "gpkg_kill.h"

static void test_what_was_committed_is_there_after_a_kill(void **state)
{
    (void)state;
    kill_rounds(1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_committed_is_there_after_a_kill)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
