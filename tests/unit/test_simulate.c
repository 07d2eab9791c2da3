/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios played: what is written is read back, by the day; who is not heard is not written. */
#include "unit/test_simulate.h"

static void what_is_written_is_read_back_by_the_day(void **state)
{
    (void)state;
    struct heard heard = play(HEAD PLANE ROUTE FLIES "until: 2025-03-31}\n", 1);
    assert_int_equal(heard.n_days, 2); /* it is in the air at midnight */
    assert_non_null(strstr((const char *)heard.traces.data, "\"simulated\":true"));
    const struct ovf_fix *const first = &heard.fixes.items[0];
    const struct ovf_fix *const last = &heard.fixes.items[heard.fixes.n - 1];
    assert_true((first->flags & OVF_FIX_ON_GROUND) != 0);
    assert_true((last->flags & OVF_FIX_ON_GROUND) != 0);
    assert_memory_equal(first->callsign, "SIM151\0", 7);
    free_heard(&heard);
}

static void a_hole_hides_what_is_below_its_floor(void **state)
{
    (void)state;
    struct heard heard =
        play(HEAD "holes:\n  - {centre: ORBI, radius_nmi: 100, floor_ft: 40000}\n"
                  "  - {centre: OSDI, radius_nmi: 50, floor_ft: 10000}\n" PLANE ROUTE FLIES
                  "until: 2025-03-31}\n",
             1);
    uint32_t baghdad = 0;
    uint32_t damascus = 0;
    assert_true(ovf_airports_find(&airports, ovf_bytes_from_text("ORBI"), &baghdad));
    assert_true(ovf_airports_find(&airports, ovf_bytes_from_text("OSDI"), &damascus));
    const struct ovf_point hole = ovf_airports_get(&airports, baghdad).at;
    const struct ovf_point low = ovf_airports_get(&airports, damascus).at;
    unsigned n_near_damascus = 0;
    unsigned n_silences = 0;
    for (size_t i = 0; i < heard.fixes.n; i++) {
        const struct ovf_fix *const fix = &heard.fixes.items[i];
        assert_true(ovf_distance_m(fix->at, hole) > 99.9 * 1852); /* a chord is hardly shorter */
        if (ovf_distance_m(fix->at, low) < 49.9 * 1852) {
            n_near_damascus++;
            assert_true(fix->alt_baro_ft >= 10000);
        }
        n_silences += i > 0 && (fix->flags & OVF_FIX_AFTER_SILENCE) != 0 ? 1 : 0;
    }
    assert_true(n_near_damascus > 10);
    assert_int_equal(n_silences, 1);
    free_heard(&heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_is_written_is_read_back_by_the_day, need_pack),
        cmocka_unit_test_setup(a_hole_hides_what_is_below_its_floor, need_pack),
    };
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
