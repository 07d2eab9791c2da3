/* SPDX-License-Identifier: Apache-2.0 */
/* Halts, alerts and effects when memory runs out: each allocation in turn fails, once and for good. */
#include "series.h"

#include "oom.h"
#include "series/effect.h"
#include "series/live.h"

enum { N_DAYS = 160, ASKED = 80 };

struct judged {
    struct ovf_halts halts;
    struct ovf_live live;
    struct ovf_effect effect;
};

static void forget(struct judged *judged)
{
    ovf_halts_deinit(&judged->halts);
    ovf_live_deinit(&judged->live);
    ovf_effect_deinit(&judged->effect);
}

static enum ovf_status judge(const struct ovf_series *series, struct judged *judged)
{
    const struct ovf_effect_model model = ovf_effect_model_at(ovf_series_day_ns(series, ASKED));
    struct ovf_series copy;
    enum ovf_status st = ovf_series_init(&copy, series->first_day_ns, series->n, NULL);
    if (st != OVF_OK)
        return st;
    ovf_series_deinit(&copy);
    st = ovf_halts_find(series, NULL, &judged->halts, NULL);
    if (st == OVF_OK)
        st = ovf_live_judge(series, &judged->live, NULL);
    if (st == OVF_OK)
        st = ovf_effect_find(series, &judged->halts, &model, &judged->effect, NULL);
    return st;
}

static void without_memory_nothing_is_judged_and_it_says_so(void **state)
{
    (void)state;
    struct ovf_series series = series_of_days(N_DAYS);
    for (size_t i = 0; i < N_DAYS; i++)
        series.days[i].n = i >= ASKED && i < ASKED + 30 ? 0 : 2;
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            struct judged judged = {0};
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = judge(&series, &judged);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            if (!failed)
                assert_int_equal(judged.halts.n_segments, 3);
            forget(&judged);
            if (!failed)
                break;
        }
        assert_true(n > 20); /* it did allocate */
    }
    ovf_series_deinit(&series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_nothing_is_judged_and_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
