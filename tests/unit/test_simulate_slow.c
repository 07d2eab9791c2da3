/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios played: chance is the seed's alone; stops; what is true of those disturbed. */
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

static const char *find(struct ovf_buffer *truth, const char *text)
{
    assert_int_equal(ovf_buffer_append(truth, "", 1), OVF_OK);
    truth->len--;
    return strstr((const char *)truth->data, text);
}

/* The path as flown is the truth; the way through what was written is none where that is false. */
static void the_truth_of_the_path_stays_where_positions_are_false(void **state)
{
    (void)state;
    struct heard before = play(HEAD PLANE ROUTE FLIES "until: 2025-03-31}\n", 1);
    struct heard after = play(HEAD "disturbances:\n  - {kind: sink, centre: ORBI, radius_nmi: 80, "
                                   "target: OLBA}\n" PLANE ROUTE FLIES "until: 2025-03-31}\n",
                              1);
    const char *const path =
        find(&before.truth, "{\"type\":\"truth\",\"simulated\":true,\"truth\":\"path\"");
    assert_non_null(path);
    assert_non_null(find(&after.truth, path)); /* all that follows, to the end */
    assert_null(find(&after.truth, "\"truth\":\"fixes\""));
    assert_non_null(find(&after.truth, "\"truth\":\"stretch\",\"icao24\":\"f10001\",\"callsign\":"
                                       "\"SIM151\",\"kind\":\"sink\""));
    free_heard(&before);
    free_heard(&after);
}

static void two_aircraft_that_send_one_address_are_heard_in_turn(void **state)
{
    (void)state;
    struct heard heard = play(
        HEAD "aircraft:\n  - {icao24: f10001, registration: XX-AAA, type_code: A320}\n"
             "  - {icao24: f10002, registration: XX-AAB, type_code: B738, transmits: f10001}\n"
             "routes:\n  - {name: r, points: [OIIE, ORBI, OSDI], performance: {}}\n"
             "  - {name: far, points: [LFPG, EDDF, EPWA], performance: {}}\n"
             "schedules:\n  - {route: r, callsign: SIM1, aircraft: [f10001], at: [\"12:00\"]}\n"
             "  - {route: far, callsign: SIM2, aircraft: [f10002], at: [\"12:10\"]}\n",
        1);
    size_t n_turns = 0;
    for (size_t i = 1; i < heard.fixes.n; i++) {
        const struct ovf_fix *const fix = &heard.fixes.items[i];
        assert_true(fix->t_ns >= fix[-1].t_ns);
        n_turns +=
            ovf_distance_m(fix[-1].at, fix->at) > 1e6; /* Iraq and Germany are 3,000 km apart */
    }
    assert_true(n_turns > 500);
    assert_non_null(
        find(&heard.truth, "\"icao24\":\"f10001\",\"callsign\":\"SIM1\",\"airspace\":\"IQ\""));
    assert_non_null(
        find(&heard.truth, "\"icao24\":\"f10001\",\"callsign\":\"SIM2\",\"airspace\":\"DE\""));
    assert_null(find(&heard.truth, "f10002"));
    free_heard(&heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_same_seed_says_the_same_and_another_does_not, need_pack),
        cmocka_unit_test_setup(the_truth_of_the_path_stays_where_positions_are_false, need_pack),
        cmocka_unit_test_setup(two_aircraft_that_send_one_address_are_heard_in_turn, need_pack),
        cmocka_unit_test_setup(a_stop_lands_and_takes_off_again, need_pack),
    };
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
