/* SPDX-License-Identifier: Apache-2.0 */
/* A tar of a million empty members (T08) is gone through in seconds, and none of them is kept. */
#include "test_catalog.h"

#include <time.h>

#define N_MEMBERS 1000000

static void a_million_empty_members_are_counted(void **state)
{
    (void)state;
    struct ovf_buffer tar = {0};
    struct timespec begin, end;
    assert_int_equal(ovf_buffer_reserve(&tar, (size_t)N_MEMBERS * 512 + 1024), OVF_OK);
    for (int i = 0; i < N_MEMBERS; i++) {
        char name[64];
        snprintf(name, sizeof name, "traces/%02x/trace_full_%06x.json", i & 0xFF, i);
        test_tar_member(&tar, name, "");
    }
    test_tar_end(&tar);
    const char *path = test_write_buffer("many.tar", &tar);
    ovf_buffer_deinit(&tar);
    clock_gettime(CLOCK_MONOTONIC, &begin);
    struct ovf_catalog *catalog = test_catalog(path);
    clock_gettime(CLOCK_MONOTONIC, &end);
    print_message("%.1f s\n", (double)(end.tv_sec - begin.tv_sec) +
                                  1e-9 * (double)(end.tv_nsec - begin.tv_nsec));
    assert_true(end.tv_sec - begin.tv_sec < 60);
    assert_int_equal(ovf_catalog_n_items(catalog), 0);
    const struct ovf_tally *members = &ovf_catalog_input(catalog, 0)->members;
    assert_int_equal(members->n_rejected[OVF_REJECT_EMPTY], N_MEMBERS);
    ovf_catalog_free(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_million_empty_members_are_counted, test_folder_empty),
    };
    return cmocka_run_group_tests(tests, test_folder_make, test_folder_remove);
}
