/* SPDX-License-Identifier: Apache-2.0 */
/* Hearing and asking when memory runs out: each allocation in turn fails, once and for good. */
#include "test.h"

#include "base/time.h"
#include "listen/reception.h"
#include "oom.h"

enum { N_FIXES = 200 };

/** A flight along the equator with a gap, and what it shows of the same gap of another. */
static enum ovf_status listen(const struct ovf_fix *fixes, const struct ovf_walk_options *walk,
                              struct ovf_gap_evidence *evidence)
{
    const struct ovf_detections detections = {0};
    struct ovf_heard heard = {0};
    struct ovf_buffer bytes = {0};
    struct ovf_reception *reception = NULL;
    const struct ovf_gap gap = ovf_gap_between(1, walk, fixes, N_FIXES / 2 - 1, N_FIXES / 2);
    enum ovf_status st = ovf_heard_flight(&heard, fixes, &detections, 0, N_FIXES - 1, walk);
    if (st == OVF_OK)
        st = ovf_heard_pack(heard.runs, heard.n, &bytes);
    if (st == OVF_OK)
        st = ovf_reception_new(&reception);
    if (st == OVF_OK)
        st = ovf_reception_add(reception, &gap);
    if (st == OVF_OK)
        st = ovf_reception_prepare(reception);
    if (st == OVF_OK)
        st = ovf_reception_take(reception, 2, ovf_buffer_bytes(&bytes));
    if (st == OVF_OK)
        ovf_reception_ask(reception, 0, evidence);
    ovf_reception_free(reception);
    ovf_buffer_deinit(&bytes);
    ovf_heard_deinit(&heard);
    return st;
}

static void without_memory_nobody_listens_and_says_so(void **state)
{
    (void)state;
    static const struct ovf_walk_options walk = {60 * OVF_NS_PER_S, 0};
    struct ovf_fix fixes[N_FIXES] = {{.t_ns = 0}};
    for (int i = 0; i < N_FIXES; i++) {
        const int64_t t_s = i * 20 + (i < N_FIXES / 2 ? 0 : 1800);
        fixes[i].t_ns = t_s * OVF_NS_PER_S;
        fixes[i].at = (struct ovf_point){1000000, (int32_t)(t_s * 20000)};
    }
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            struct ovf_gap_evidence evidence;
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = listen(fixes, &walk, &evidence);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            if (!failed) {
                assert_int_equal(evidence.n_silent_then, 1);
                break;
            }
        }
        assert_true(n > 8); /* runs, stays, bytes, gaps, dues, entries, hours, others */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_nobody_listens_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
