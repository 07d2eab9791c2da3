/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of gaps that were judged: what was kept, and only for the very same question. */
#include "test.h"

#include "base/time.h"
#include "engine/verdict_memo.h"

static const struct ovf_index map = {.n_edges = 1};
static const struct ovf_index other_map = {.n_edges = 1};

static struct ovf_verdict_question make_question(void)
{
    return (struct ovf_verdict_question){
        .index = &map,
        .owner = 7,
        .accuracy_m = 500,
        .from = {.t_ns = OVF_NS_PER_S, .at = {450000000, 50000000}, .radius_m = 100},
        .to = {.t_ns = OVF_NS_PER_MIN, .at = {460000000, 60000000}, .radius_m = 200},
        .limits = {.hard_kt = 720, .usual_kt = 600, .clock_s = 2},
    };
}

static void what_was_kept_is_known_and_nothing_else_is(void **state)
{
    (void)state;
    struct ovf_verdict_memo memo = {0};
    const struct ovf_verdict_question question = make_question();
    const struct ovf_verdict kept = {.class = OVF_CLASS_NECESSARY, .direct_kt = 431};
    struct ovf_verdict got = {.class = OVF_CLASS_POSSIBLE};
    assert_false(ovf_verdict_recall(&memo, &question, &got));
    ovf_verdict_keep(&memo, &question, &kept);
    assert_true(ovf_verdict_recall(&memo, &question, &got));
    assert_int_equal(got.class, OVF_CLASS_NECESSARY);
    assert_near(got.direct_kt, 431, 0);
    ovf_verdict_memo_deinit(&memo);
    assert_false(ovf_verdict_recall(&memo, &question, &got));
}

static void a_question_that_differs_in_anything_is_another(void **state)
{
    (void)state;
    struct ovf_verdict_memo memo = {0};
    const struct ovf_verdict_question question = make_question();
    const struct ovf_verdict kept = {.class = OVF_CLASS_NECESSARY};
    struct ovf_verdict_question others[13];
    for (size_t i = 0; i < 13; i++)
        others[i] = question;
    others[0].index = &other_map;
    others[1].owner = 8;
    others[2].accuracy_m = 501;
    others[3].from.t_ns++;
    others[4].from.at.lat_e7++;
    others[5].from.radius_m = 101;
    others[6].to.t_ns++;
    others[7].to.at.lon_e7++;
    others[8].to.radius_m = 201;
    others[9].limits.hard_kt = 721;
    others[10].limits.usual_kt = 601;
    others[11].limits.clock_s = 3;
    others[12].limits.never_necessary = true;
    ovf_verdict_keep(&memo, &question, &kept);
    for (size_t i = 0; i < 13; i++) {
        struct ovf_verdict got;
        assert_false(ovf_verdict_recall(&memo, &others[i], &got));
    }
    ovf_verdict_memo_deinit(&memo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_kept_is_known_and_nothing_else_is),
        cmocka_unit_test(a_question_that_differs_in_anything_is_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
