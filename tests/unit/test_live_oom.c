/* SPDX-License-Identifier: Apache-2.0 */
/* The live engine when memory runs out: each allocation in turn fails, once and for good. */
#include "live_world.h"
#include "oom.h"

enum { SIM = 0xF10001 };

static enum ovf_status fly_through(struct live_world *w)
{
    enum ovf_status st = OVF_OK;
    for (int64_t t_s = 900; t_s <= 2100 && st == OVF_OK; t_s += 10) {
        const struct ovf_fix fix = world_fix(t_s, 0, -3 + 0.002 * (double)t_s, 35000);
        st = ovf_live_push(w->live, SIM, &fix);
    }
    return st == OVF_OK ? ovf_live_finish(w->live) : st;
}

static void run_out(bool persistent)
{
    struct live_world *w = make_live_world(NULL);
    bool failed = true;
    for (unsigned long n = 1; failed; n++) {
        ovf_live_free(w->live);
        w->live = NULL;
        w->n = 0;
        ovf_oom_fail_from(n, persistent);
        enum ovf_status st = ovf_live_new(&w->config, &w->live);
        if (st == OVF_OK)
            st = fly_through(w);
        failed = ovf_oom_stop();
        assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
    }
    assert_int_equal(w->n, 3); /* entered, left, settled */
    free_live_world(w);
}

static void an_allocation_that_fails_once_is_told(void **state)
{
    (void)state;
    run_out(false);
}

static void allocations_that_fail_for_good_are_told(void **state)
{
    (void)state;
    run_out(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_allocation_that_fails_once_is_told),
        cmocka_unit_test(allocations_that_fail_for_good_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
