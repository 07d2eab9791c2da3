/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that runs out while polygons are made. */
#include "oom.h"
#include "test.h"

#include "polygons.h"

static void test_a_failing_allocation_is_said_and_nothing_leaks(void **state)
{
    struct ovf_boundary_builder *builder = NULL;
    struct ovf_boundary boundary = {0};
    struct ovf_buffer bytes = {0};
    struct ovf_index index;
    const struct ovf_point outer[] = {
        {0, 1750000000}, {0, -1750000000}, {100000000, -1750000000}, {100000000, 1750000000}};
    const struct ovf_point inner[] = {
        {20000000, 1760000000}, {20000000, 1780000000}, {80000000, 1780000000}};
    (void)state;
    assert_int_equal(ovf_boundary_builder_new(-90, 90, &builder), OVF_OK);
    assert_int_equal(ovf_boundary_builder_add(builder, 0, outer, 4, NULL), OVF_OK);
    assert_int_equal(ovf_boundary_builder_add(builder, 0, inner, 3, NULL), OVF_OK);
    assert_int_equal(ovf_boundary_builder_finish(builder, &boundary), OVF_OK);
    assert_int_equal(ovf_index_build(&boundary, &bytes), OVF_OK);
    assert_int_equal(ovf_index_view(ovf_buffer_bytes(&bytes), &index, NULL), OVF_OK);
    for (int persistent = 0; persistent <= 1; persistent++) {
        for (unsigned long n = 1;; n++) {
            struct ovf_polygons polygons = {0};
            ovf_oom_fail_from(n, persistent == 1);
            const enum ovf_status st = polygons_of_owner(&index, 0, &polygons);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            assert_true(failed || polygons.n_rings == 3);
            ovf_polygons_deinit(&polygons);
            if (!failed)
                break;
        }
    }
    ovf_buffer_deinit(&bytes);
    ovf_boundary_deinit(&boundary);
    ovf_boundary_builder_free(builder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_failing_allocation_is_said_and_nothing_leaks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
