/* SPDX-License-Identifier: Apache-2.0 */
/* Paths against verdicts, at the size that inference asks for. */
#include "reach_paths.h"

enum { N_CASES = OVF_SANITIZED ? 20 : 200 };

static void no_path_of_many_contradicts_the_verdict(void **state)
{
    (void)state;
    struct path_counts counts;
    check_paths(72, N_CASES, OVF_SANITIZED ? 10000 : 100000, &counts);
    assert_true(counts.n_full >= N_CASES * 9 / 10);
    assert_true(counts.n_necessary >= N_CASES / 20);
    assert_true(counts.n_impossible >= N_CASES / 20);
    assert_true(counts.n_avoided > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_path_of_many_contradicts_the_verdict)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
