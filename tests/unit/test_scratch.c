/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays of any size can be written to their end, large ones begin with a large page, and sizes that are none are
 * refused. */
#include "test.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/scratch.h"

static void all_of_it_can_be_written(void **state)
{
    static const size_t sizes[] = {0, 1, 1000, (1 << 20) - 1, 1 << 20, (5 << 20) + 3};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *const items = ovf_scratch_new(sizes[i], 1);
        assert_non_null(items);
        memset(items, 0xA5, sizes[i]);
        free(items);
    }
}

/** Only where all of such a page is the array's does the system give it. */
static void large_ones_begin_with_a_large_page(void **state)
{
    unsigned char *const items = ovf_scratch_new(3 << 20, 1);
    (void)state;
    assert_non_null(items);
    assert_int_equal((uintptr_t)items % (2 << 20), 0);
    free(items);
}

static void sizes_beyond_all_memory_are_refused(void **state)
{
    (void)state;
    assert_null(ovf_scratch_new(SIZE_MAX / 4, 8));
    assert_null(ovf_scratch_new(SIZE_MAX, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_can_be_written),
        cmocka_unit_test(large_ones_begin_with_a_large_page),
        cmocka_unit_test(sizes_beyond_all_memory_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
