/* SPDX-License-Identifier: Apache-2.0 */
/* Heap arrays: what is in them stays while they grow from bytes to megabytes, and sizes that are none are refused. */
#include "test.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* Of eight bytes: 40 MB, which are moved more than once when they are many already. */
enum { N_MANY = 5 << 20 };

static void items_stay_while_their_array_grows(void **state)
{
    uint64_t *items = NULL;
    size_t capacity = 0;
    (void)state;
    for (size_t n = 0; n < N_MANY; n++) {
        uint64_t *const grown = ovf_array_reserve(items, &capacity, n + 1, sizeof *grown);
        assert_non_null(grown);
        assert_in_range(n, 0, capacity - 1);
        items = grown;
        items[n] = n;
    }
    for (size_t n = 0; n < N_MANY; n++)
        assert_int_equal(items[n], n);
    free(items);
}

/** Items of a size that no page is a multiple of: all of what is said to be room is. */
static void all_of_the_room_can_be_written(void **state)
{
    (void)state;
    for (size_t wanted = 1; wanted < N_MANY; wanted = wanted * 5 / 2 + 1) {
        struct {
            unsigned char bytes[7];
        } *items = NULL;
        size_t capacity = 0;
        items = ovf_array_reserve(items, &capacity, wanted, sizeof *items);
        assert_non_null(items);
        assert_true(capacity >= wanted);
        memset(items, 0xA5, capacity * sizeof *items);
        free(items);
    }
}

static void an_array_is_made_at_once(void **state)
{
    static const size_t sizes[] = {0, 1, 1000, (1 << 20) - 1, 1 << 20, (5 << 20) + 3};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *const items = ovf_array_new(sizes[i], 1);
        assert_non_null(items);
        memset(items, 0xA5, sizes[i]);
        free(items);
    }
}

/** Only where all of such a page is the array's does the system give it. */
static void large_arrays_begin_with_a_large_page(void **state)
{
    unsigned char *const items = ovf_array_new(3 << 20, 1);
    (void)state;
    assert_non_null(items);
    assert_int_equal((uintptr_t)items % (2 << 20), 0);
    free(items);
}

static void sizes_beyond_all_memory_are_refused(void **state)
{
    size_t capacity = 0;
    (void)state;
    assert_null(ovf_array_new(SIZE_MAX / 4, 8));
    assert_null(ovf_array_new(SIZE_MAX, 1));
    char *items = ovf_array_reserve(NULL, &capacity, 10, 8);
    const size_t before = capacity;
    assert_non_null(items);
    assert_null(ovf_array_reserve(items, &capacity, SIZE_MAX / 8, 8));
    assert_null(ovf_array_reserve(items, &capacity, SIZE_MAX, 8));
    assert_int_equal(capacity, before);
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_stay_while_their_array_grows),
        cmocka_unit_test(all_of_the_room_can_be_written),
        cmocka_unit_test(an_array_is_made_at_once),
        cmocka_unit_test(large_arrays_begin_with_a_large_page),
        cmocka_unit_test(sizes_beyond_all_memory_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
