/* SPDX-License-Identifier: Apache-2.0 */
/* Judging a gap, by one airspace and by unions, when memory runs out: each allocation in turn fails. */
#include "geo_fixture.h"

#include "base/time.h"
#include "oom.h"
#include "reach/chain.h"
#include "reach/unions.h"

static const struct ovf_speed_limits limits = {OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S,
                                               false};

/** A wall of two halves, of which neither is certain. */
static void make_map(struct fixture *f)
{
    fixture_begin(f);
    RING(f, 0, 0, 20, 0, 24, 10, 24, 10, 20);
    RING(f, 1, -10, 20, -10, 24, 0, 24, 0, 20);
    fixture_finish(f);
}

static struct ovf_anchor anchor(int t_s, double lon_deg)
{
    return (struct ovf_anchor){t_s * OVF_NS_PER_S, point_deg(2, lon_deg), 1000};
}

static enum ovf_status judge(struct ovf_reach *reach, const struct fixture *f,
                             struct ovf_verdict *verdict, struct ovf_unions *unions)
{
    const struct ovf_region region = {&f->index, {{1}}, 500, false};
    const struct ovf_members candidates = {{3}};
    const struct ovf_anchor from = anchor(0, 19);
    const struct ovf_anchor to = anchor(3300, 25);
    const struct ovf_anchor between = anchor(1600, 22);
    const struct ovf_union_question question = {.index = &f->index,
                                                .accuracy_m = 500,
                                                .candidates = &candidates,
                                                .from = &from,
                                                .to = &to,
                                                .limits = &limits};
    enum ovf_status st = ovf_reach_judge(reach, &region, &from, &to, &limits, verdict, NULL);
    if (st == OVF_OK)
        st = ovf_reach_unions(reach, &question, unions, NULL);
    return st == OVF_OK ? ovf_reach_judge_chain(reach, &region, &from, &to, &between, 1, &limits,
                                                verdict, NULL)
                        : st;
}

static void without_memory_nothing_is_judged_and_it_is_said(void **state)
{
    (void)state;
    struct fixture f;
    make_map(&f);
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            struct ovf_reach reach = {0};
            struct ovf_unions unions = {0};
            struct ovf_verdict verdict = {.class = OVF_CLASS_N};
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = judge(&reach, &f, &verdict, &unions);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            assert_true(failed || (unions.n == 1 && verdict.class == OVF_CLASS_NECESSARY));
            ovf_unions_deinit(&unions);
            ovf_reach_deinit(&reach);
            if (!failed)
                break;
        }
        assert_true(n > 4);
    }
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_nothing_is_judged_and_it_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
