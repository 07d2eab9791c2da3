/* SPDX-License-Identifier: Apache-2.0 */
/* How much is held, told by the process's peak: so what takes more comes last. Seven days of a stream in minutes: 20
 * aircraft at a time, each to and fro through a zone for six hours and then another in its place, a fix each 5 s; what
 * is held does not grow, and each passage is told once. And 200,000 aircraft at a time, in 512 MB. */
#include "live_world.h"

#include <sys/resource.h>

enum {
    SIM_ANOTHER = 0xF10001,
    N_AT_A_TIME = 20,
    DAYS = OVF_SANITIZED ? 2 : 7,
    LIFE_S = 6 * 3600,
    STEP_S = 5,
};

static struct {
    uint64_t n_of_kind[OVF_LIVE_N];
} told;

static enum ovf_status count(void *context, const struct ovf_live_event *event)
{
    (void)context;
    told.n_of_kind[event->kind]++;
    return OVF_OK;
}

/* From 3 W to 3 E in 3,000 s and back. */
static double lon_at(int64_t t_s)
{
    const int64_t turn_s = t_s % 6000;
    return -3 + 0.002 * (double)(turn_s < 3000 ? turn_s : 6000 - turn_s);
}

static long peak_kb(void)
{
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static void a_stream_of_days_takes_no_more_memory_than_its_first(void **state)
{
    (void)state;
    struct live_world *w = make_live_world(NULL);
    long first_kb = 0;
    ovf_live_free(w->live);
    w->config.max_bytes = 1 << 20;
    w->config.teller.take = count;
    assert_int_equal(ovf_live_new(&w->config, &w->live), OVF_OK);
    for (int64_t t_s = 0; t_s < (int64_t)DAYS * 86400; t_s += STEP_S) {
        for (uint32_t i = 0; i < N_AT_A_TIME; i++) {
            const int64_t own_s = t_s + (int64_t)i * 137;
            const uint32_t address = 0xF10000 + i + (uint32_t)(own_s / LIFE_S) % 100 * N_AT_A_TIME;
            const struct ovf_fix fix = world_fix(t_s, 0.01 * i, lon_at(own_s), 35000);
            hear(w, address, &fix);
        }
        assert_true(ovf_live_bytes(w->live) <= w->config.max_bytes);
        if (t_s < 86400)
            first_kb = peak_kb();
    }
    /* what is freed under a sanitizer is kept for a while: its peak is not the program's */
    assert_true(OVF_SANITIZED || peak_kb() <= first_kb + first_kb / 50);
    assert_true(ovf_live_counts(w->live)->n_thinned > 0);
    assert_int_equal(told.n_of_kind[OVF_LIVE_RETRACTED], 0);
    /* one passage each 3,000 s and aircraft, but for those that begin or end in one */
    const double n_passages = (double)DAYS * 86400 / 3000 * N_AT_A_TIME;
    assert_near((double)told.n_of_kind[OVF_LIVE_ENTERED], n_passages, n_passages / 10);
    assert_near((double)told.n_of_kind[OVF_LIVE_LEFT], n_passages, n_passages / 10);
    free_live_world(w);
}

static void two_hundred_thousand_aircraft_fit_and_then_the_oldest_goes(void **state)
{
    enum { N_AIRCRAFT = 200000, N_FIXES = OVF_SANITIZED ? 3 : 30 };
    (void)state;
    struct live_world *w = make_live_world(NULL);
    ovf_live_free(w->live);
    w->config.max_aircraft = N_AIRCRAFT;
    w->config.max_bytes = (size_t)400 << 20;
    assert_int_equal(ovf_live_new(&w->config, &w->live), OVF_OK);
    for (int64_t t_s = 0; t_s < 10 * N_FIXES; t_s += 10) {
        for (uint32_t i = 0; i < N_AIRCRAFT; i++) { /* all over the south, far from the zone */
            const struct ovf_fix fix =
                world_fix(t_s, -20 - i % 60, (double)(i % 300) - 150 + 0.002 * (double)t_s, 35000);
            hear(w, 0x100000 + i, &fix);
        }
    }
    assert_int_equal(ovf_live_n_aircraft(w->live), N_AIRCRAFT);
    assert_int_equal(ovf_live_counts(w->live)->n_evicted, 0);
    assert_int_equal(ovf_live_counts(w->live)->n_thinned, 0);
    const struct ovf_fix another = world_fix(10 * N_FIXES, -20, 0, 35000);
    hear(w, SIM_ANOTHER, &another);
    assert_int_equal(ovf_live_n_aircraft(w->live), N_AIRCRAFT);
    assert_int_equal(ovf_live_counts(w->live)->n_evicted, 1);
    assert_true(ovf_live_bytes(w->live) <= w->config.max_bytes);
    assert_true(OVF_SANITIZED || peak_kb() < 512 << 10);
    free_live_world(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_of_days_takes_no_more_memory_than_its_first),
        cmocka_unit_test(two_hundred_thousand_aircraft_fit_and_then_the_oldest_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
