/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that runs out, in the project's own code, at any step of filling a store. */
#include "oom.h"

#include "gpkg_fixture.h"

#include "store/loading.h"

/** Opens, puts two revisions and an area, retracts, commits: whatever fails first. */
static enum ovf_status fill(struct gpkg_fixture *f)
{
    struct ovf_map_point points[] = {{0, 0}, {0, 9}, {9, 9}, {0, 0}};
    struct ovf_polygon_ring ring = {0, 4, false};
    const struct ovf_point line[] = {{0, 0}, {10000000, 10000000}};
    const struct ovf_store_part part = {.points = line, .n_points = 2};
    struct ovf_store_crossing crossing = {
        .id = "c", .rev = "1", .entry_time = {true, 0}, .geom = {.parts = &part, .n_parts = 1}};
    const struct ovf_store_airspace area = {
        .id = "a",
        .rev = "1",
        .geom = {.points = points, .n_points = 4, .rings = &ring, .n_rings = 1}};
    enum ovf_status st = ovf_store_open(f->path, &f->store, &f->err);
    if (st == OVF_OK)
        st = ovf_store_begin(f->store, 0, &f->err);
    if (st == OVF_OK)
        st = ovf_store_put_crossing(f->store, &crossing, &f->err);
    crossing.rev = "2";
    if (st == OVF_OK)
        st = ovf_store_put_crossing(f->store, &crossing, &f->err);
    if (st == OVF_OK)
        st = ovf_store_put_airspace(f->store, &area, &f->err);
    if (st == OVF_OK)
        st = ovf_store_retract(f->store, OVF_STORE_AIRSPACE, "a", NULL, &f->err);
    return st != OVF_OK ? st : ovf_store_commit(f->store, &f->err);
}

static void test_a_failing_allocation_leaves_the_store_as_it_was(void **state)
{
    (void)state;
    (void)ovf_loading_works(); /* tried once; without memory the answer is no */
    for (int persistent = 0; persistent <= 1; persistent++) {
        for (unsigned long n = 1;; n++) {
            struct gpkg_fixture f = gpkg_fixture_new();
            ovf_oom_fail_from(n, persistent == 1);
            const enum ovf_status st = fill(&f);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            gpkg_reopen(&f);
            gpkg_assert_sound(&f);
            assert_int_equal(gpkg_int(&f, "SELECT count(*) FROM crossings"), failed ? 0 : 1);
            gpkg_fixture_close(&f);
            if (!failed)
                break;
        }
    }
}

/** By one that does not heed what failed. */
static void test_what_is_committed_after_a_failing_allocation_is_sound(void **state)
{
    bool failed = true;
    (void)state;
    (void)ovf_loading_works();
    for (unsigned long n = 1; failed; n++) {
        struct gpkg_fixture f = gpkg_fixture_new();
        ovf_oom_fail_from(n, false);
        (void)fill(&f);
        failed = ovf_oom_stop();
        if (f.store != NULL && ovf_store_commit(f.store, &f.err) != OVF_OK)
            ovf_store_rollback(f.store);
        gpkg_reopen(&f);
        gpkg_assert_sound(&f);
        gpkg_fixture_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_committed_after_a_failing_allocation_is_sound),
        cmocka_unit_test(test_a_failing_allocation_leaves_the_store_as_it_was)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
