/* SPDX-License-Identifier: Apache-2.0 */
/* A set of digests against a plain list of what was added. */
#include "test.h"

#include <string.h>

#include "run/digest_set.h"

enum { N = 3000 };

/* The first eight bytes decide the slot: few values of them, so that digests crowd. */
static struct ovf_digest digest_of(unsigned i)
{
    struct ovf_digest digest = {{0}};
    digest.bytes[0] = (unsigned char)(i % 7);
    memcpy(digest.bytes + 16, &i, sizeof i);
    return digest;
}

static void what_was_added_is_in_and_nothing_else_also_after_clearing(void **state)
{
    (void)state;
    struct ovf_digest_set set = {0};
    for (unsigned round = 0; round < 3; round++) {
        const unsigned n = N >> (4 * round);
        for (unsigned i = 0; i < n; i++) {
            const struct ovf_digest digest = digest_of(2 * i + round);
            assert_false(ovf_digest_set_has(&set, &digest));
            assert_int_equal(ovf_digest_set_add(&set, &digest), OVF_OK);
            assert_int_equal(ovf_digest_set_add(&set, &digest), OVF_OK);
            assert_true(ovf_digest_set_has(&set, &digest));
        }
        assert_int_equal(set.n, n);
        for (unsigned i = 0; i < 2 * n; i++) {
            const struct ovf_digest digest = digest_of(i + round);
            assert_int_equal(ovf_digest_set_has(&set, &digest), i % 2 == 0);
        }
        ovf_digest_set_clear(&set);
        assert_int_equal(set.n, 0);
    }
    for (size_t i = 0; i < set.n_slots; i++)
        assert_int_equal(set.slots[i], 0);
    ovf_digest_set_deinit(&set);
    ovf_digest_set_deinit(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_in_and_nothing_else_also_after_clearing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
