/* SPDX-License-Identifier: Apache-2.0 */
/* Two ways to say who owns a place: ray casting in doubles over the bare edges, by which crossings are
 * judged, and the edge index with exact orientation. They share no code but the edges. */
#include "test.h"

#include "question/pack_file.h"
#include "simulate/random.h"
#include "simulate/territory.h"

#define SEED 20120927u

static void ray_casting_and_the_index_agree(void **state)
{
    (void)state;
    struct ovf_pack_file pack = {0};
    struct ovf_territory *territory = NULL;
    assert_int_equal(ovf_pack_file_open(ovf_test_pack(), &pack, NULL), OVF_OK);
    assert_int_equal(ovf_territory_new(&pack.pack.index, &territory), OVF_OK);
    struct ovf_random random = {SEED};
    const int n = OVF_SANITIZED ? 5000 : 100000;
    size_t n_owned = 0;
    print_message("seed %u, %d places\n", SEED, n);
    for (int i = 0; i < n; i++) {
        /* Half anywhere between 85 S and the north pole, half within 100 m of a vertex. */
        struct ovf_point at = {(int32_t)ovf_random_between(&random, -85e7, 90e7),
                               (int32_t)ovf_random_between(&random, -180e7, 180e7)};
        if (i % 2 == 1) {
            const uint32_t edge = (uint32_t)ovf_random_below(&random, pack.pack.index.n_edges);
            at = ovf_index_edge(&pack.pack.index, edge).a;
            at.lat_e7 += (int32_t)ovf_random_between(&random, -9000, 9000);
            at.lon_e7 = ovf_lon_wrap(at.lon_e7 + (int64_t)ovf_random_between(&random, -9e3, 9e3));
        }
        if (at.lat_e7 > 899999999 || at.lat_e7 < -850000000)
            continue;
        struct ovf_members want;
        struct ovf_members got;
        const struct ovf_place place = {at.lat_e7 / 1e7, at.lon_e7 / 1e7};
        ovf_index_locate(&pack.pack.index, at, &want);
        ovf_territory_locate(territory, place, &got);
        if (!ovf_members_equal(&want, &got))
            fail_msg("%d, %d: the two do not agree", at.lat_e7, at.lon_e7);
        n_owned += ovf_members_empty(&want) ? 0 : 1;
        for (uint32_t k = ovf_members_next(&want, 0); k < OVF_MEMBERS_MAX;
             k = ovf_members_next(&want, k + 1))
            assert_true(ovf_territory_owns(territory, k, place));
    }
    assert_true(n_owned > (size_t)n / 3);
    ovf_territory_free(territory);
    ovf_pack_file_close(&pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ray_casting_and_the_index_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
