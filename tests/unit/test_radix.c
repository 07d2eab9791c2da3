/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "base/radix.h"

enum { N = 5000 };

static int compare(const void *x, const void *y)
{
    const struct ovf_keyed *const a = x;
    const struct ovf_keyed *const b = y;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->value > b->value) - (a->value < b->value);
}

/** Sorts \p n numbers, masked with \p mask so that some are equal, and compares with qsort. */
static void check(size_t n, uint64_t mask)
{
    static struct ovf_keyed items[N];
    static struct ovf_keyed want[N];
    static struct ovf_keyed spare[N];
    uint64_t random = 1; /* Knuth's MMIX generator */
    for (size_t i = 0; i < n; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        items[i] = (struct ovf_keyed){(random ^ random >> 29) & mask, i};
        want[i] = items[i];
    }
    qsort(want, n, sizeof *want, compare);
    ovf_radix_sort(items, spare, n);
    assert_memory_equal(items, want, n * sizeof *items);
}

static void test_keys_are_sorted_and_equal_ones_stay_in_order(void **state)
{
    static const uint64_t masks[] = {
        UINT64_MAX, 0, 1, 0xff, UINT64_C(0x7fffffff0000000f), UINT64_C(0xffc0000000000000)};
    (void)state;
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        check(N, masks[i]);
        check(2, masks[i]);
        check(1, masks[i]);
    }
    ovf_radix_sort(NULL, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_are_sorted_and_equal_ones_stay_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
