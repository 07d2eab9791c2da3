/* SPDX-License-Identifier: Apache-2.0 */
/* A tar of a million empty members (T08) is listed in seconds and in memory of its names. */
#include "test_catalog.h"

#include <time.h>

#define N_MEMBERS 1000000

static void a_million_empty_members_are_listed(void **state)
{
    (void)state;
    struct ovf_buffer tar = {0};
    struct ovf_loader loader = {0};
    struct ovf_bytes bytes;
    struct ovf_digest digest;
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
    assert_int_equal(ovf_catalog_n_items(catalog), N_MEMBERS);
    assert_int_equal(ovf_catalog_input(catalog, 0)->members.n_read, 0);
    assert_int_equal(ovf_catalog_item(catalog, 0xABCD)->address_hint, 0xABCD);
    assert_int_equal(test_load(catalog, N_MEMBERS - 1, &loader, &bytes, &digest), OVF_REJECT_EMPTY);
    ovf_loader_deinit(&loader);
    ovf_catalog_free(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_million_empty_members_are_listed, test_folder_empty),
    };
    return cmocka_run_group_tests(tests, test_folder_make, test_folder_remove);
}
