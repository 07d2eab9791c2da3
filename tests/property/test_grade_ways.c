/* SPDX-License-Identifier: Apache-2.0 */
/* The short way through the search against the long one: a step that is taken without looking closer is one
 * that looking closer takes as well. Random steps of all lengths around what is allowed, all over the globe. */
#include "test.h"

#include "base/time.h"
#include "simulate/random.h"
#include "track/plausible.h"
#include "track/ways.h"

enum { SEED = 7, N_STEPS = OVF_SANITIZED ? 50000 : 1000000 };

static struct ovf_fix draw_step(struct ovf_random *random, const struct ovf_fix *from)
{
    struct ovf_fix to = *from;
    const double dt_s = pow(10, ovf_random_between(random, -2, 2.2));
    const double direction = ovf_random_between(random, 0, 6.283185307);
    const double way_deg =
        ovf_random_between(random, 0.2, 1.6) * (double)from->gs_kt * (dt_s + 0.5) / 3600 / 60;
    const double cosine = cos(from->at.lat_e7 * 1e-7 * 0.017453292519943295);
    to.t_ns += (int64_t)(dt_s * (double)OVF_NS_PER_S);
    to.gs_kt *= (float)ovf_random_between(random, 0.9, 1.1);
    to.at.lat_e7 += (int32_t)(way_deg * cos(direction) * 1e7);
    if (to.at.lat_e7 > 900000000 || to.at.lat_e7 < -900000000)
        to.at.lat_e7 = from->at.lat_e7;
    to.at.lon_e7 =
        ovf_lon_wrap(from->at.lon_e7 + (int64_t)(way_deg * sin(direction) / cosine * 1e7));
    return to;
}

static void what_is_taken_easily_is_within_reach_and_not_loose(void **state)
{
    (void)state;
    struct ovf_random random = ovf_random_stream(SEED, 0, 0);
    size_t n_easy = 0;
    size_t n_near = 0;
    struct ovf_ways ways = {0};
    for (int i = 0; i < N_STEPS; i++) {
        struct ovf_fix fixes[2] = {
            {.at = {(int32_t)(ovf_random_between(&random, -89.9, 89.9) * 1e7),
                    (int32_t)(ovf_random_between(&random, -180, 179.9) * 1e7)},
             .gs_kt = (float)pow(10, ovf_random_between(&random, 0, 3.1)),
             .has = OVF_FIX_GS | OVF_FIX_ALT_BARO,
             .alt_baro_ft = 35000,
             .flags = ovf_random_below(&random, 2) == 0 ? OVF_FIX_ON_GROUND : 0,
             .source = OVF_SOURCE_ADSB}};
        fixes[1] = draw_step(&random, &fixes[0]);
        struct ovf_fixes both = {.items = fixes, .n = 2};
        struct ovf_way_link links[2];
        struct ovf_apart apart;
        assert_int_equal(ovf_ways_find(&both, &ovf_detect_defaults, links, &ways), OVF_OK);
        const bool reaches = ovf_fix_reaches(&fixes[0], &fixes[1], &ovf_detect_defaults, &apart);
        const bool is_tight = reaches && !ovf_fix_is_loose_step(&fixes[0], &fixes[1], &apart);
        n_near += is_tight ? 1 : 0;
        if (links[1].step_m < 0)
            continue;
        n_easy++;
        assert_true(is_tight);
        assert_near((double)links[1].step_m, ovf_apart_exact_m(&apart, &fixes[0], &fixes[1]),
                    5e-3 * (double)links[1].step_m + 0.02);
    }
    ovf_ways_deinit(&ways);
    assert_true(2 * n_easy > n_near); /* it is worth having */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_taken_easily_is_within_reach_and_not_loose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
