/* SPDX-License-Identifier: Apache-2.0 */
/* Paths against verdicts, few of them; the rest is in test_reach_paths_slow.c. */
#include "reach_paths.h"

static void no_path_contradicts_the_verdict(void **state)
{
    (void)state;
    struct path_counts counts;
    check_paths(71, OVF_SANITIZED ? 6 : 20, OVF_SANITIZED ? 1000 : 10000, &counts);
    assert_true(counts.n_necessary > 0);
    assert_true(counts.n_full > 0);
    assert_true(counts.n_avoided > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_path_contradicts_the_verdict)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
