/* SPDX-License-Identifier: Apache-2.0 */
/* Seven days of a stream in minutes: 20 aircraft at a time, each to and fro through a zone for six hours and then
 * another in its place, a fix each 5 s. What is held does not grow, and each passage is told once. */
#include "live_world.h"

#include <sys/resource.h>

enum {
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
    assert_true(peak_kb() <= first_kb + first_kb / 50);
    assert_true(ovf_live_counts(w->live)->n_thinned > 0);
    assert_int_equal(told.n_of_kind[OVF_LIVE_RETRACTED], 0);
    /* one passage each 3,000 s and aircraft, but for those that begin or end in one */
    const double n_passages = (double)DAYS * 86400 / 3000 * N_AT_A_TIME;
    assert_near((double)told.n_of_kind[OVF_LIVE_ENTERED], n_passages, n_passages / 10);
    assert_near((double)told.n_of_kind[OVF_LIVE_LEFT], n_passages, n_passages / 10);
    free_live_world(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_of_days_takes_no_more_memory_than_its_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
