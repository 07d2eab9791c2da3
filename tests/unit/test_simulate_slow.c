/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios played: chance is the seed's alone; stops. */
#include "unit/test_simulate.h"

static void the_same_seed_says_the_same_and_another_does_not(void **state)
{
    (void)state;
    static const char yaml[] =
        HEAD "jitter_s: 1\ntraffic:\n  - {callsign: SIMA, icao24: f20000, n_aircraft: 2, airports: "
             "[OIIE, ORBI, OSDI, OJAI], distance_nmi: [20, 900], performance: {speed_kt: 430}}\n";
    struct heard a = play(yaml, 7);
    struct heard b = play(yaml, 7);
    struct heard c = play(yaml, 8);
    assert_int_equal(a.traces.len, b.traces.len);
    assert_memory_equal(a.traces.data, b.traces.data, a.traces.len);
    assert_int_equal(a.truth.len, b.truth.len);
    assert_memory_equal(a.truth.data, b.truth.data, a.truth.len);
    assert_true(a.traces.len != c.traces.len ||
                memcmp(a.traces.data, c.traces.data, a.traces.len) != 0);
    free_heard(&a);
    free_heard(&b);
    free_heard(&c);
}

static void a_stop_lands_and_takes_off_again(void **state)
{
    (void)state;
    struct heard heard = play(
        HEAD PLANE "routes:\n  - {name: r, points: [OIIE, ORBI, OSDI], stops: [{at: ORBI, "
                   "minutes: 120}], performance: {cruise_fl: 350}}\n" FLIES "until: 2025-03-31}\n",
        1);
    unsigned n_landings = 0;
    for (size_t i = 1; i < heard.fixes.n; i++) {
        const struct ovf_fix *const before = &heard.fixes.items[i - 1];
        const struct ovf_fix *const fix = &heard.fixes.items[i];
        n_landings +=
            (before->flags & OVF_FIX_ON_GROUND) == 0 && (fix->flags & OVF_FIX_ON_GROUND) != 0 ? 1
                                                                                              : 0;
        if ((fix->flags & OVF_FIX_LEG_HINT) != 0 && i > 0) /* 120 min between landing and taxi */
            assert_near(ovf_time_seconds(before->t_ns, fix->t_ns), 7200, 20);
    }
    assert_int_equal(n_landings, 2);
    free_heard(&heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_same_seed_says_the_same_and_another_does_not, need_pack),
        cmocka_unit_test_setup(a_stop_lands_and_takes_off_again, need_pack),
    };
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
