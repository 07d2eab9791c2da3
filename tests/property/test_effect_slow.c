/* SPDX-License-Identifier: Apache-2.0 */
/* How often a change is told where there is none, and seen where there is one: that it coincided with the date, or
 * that it followed it, which is not said where one of the days that it may have been lies before. How often the
 * interval holds the truth. Figures of three hundred days around a date, with weekends; docs/validation.md has them. */
#include "series.h"

#include "series/effect.h"

enum { N_DAYS = 300, ASKED = 150, N_RUNS = 50 };

struct scenario {
    const char *name;
    double share; /* of the rate that is left from the date on */
    size_t delay; /* in days */
    bool is_dispersed;
    int most_told; /* percent: coincided or followed */
    int least_told;
    int least_followed;
    int least_covered;
};

static const struct scenario scenarios[] = {
    {"nothing", 1, 0, false, 2, 0, 0, 90},
    {"nothing, dispersed", 1, 0, true, 2, 0, 0, 88},
    {"a fall to 30 %", 0.3, 0, false, 100, 95, 30, 90},
    {"a fall to 30 %, dispersed", 0.3, 0, true, 100, 80, 5, 88},
    {"a halt", 0, 0, false, 100, 90, 90, 95},
    {"a halt three days later", 0, 3, false, 100, 95, 90, 0},
    {"twice as much", 2, 0, false, 100, 90, 10, 90},
};

static struct ovf_series draw(const struct scenario *scenario, uint64_t run, size_t number)
{
    struct ovf_random random = ovf_random_stream(run, number, 7);
    struct ovf_series series = series_of_days(N_DAYS);
    for (size_t i = 0; i < N_DAYS; i++) {
        const double share = i < ASKED + scenario->delay ? 1 : scenario->share;
        const double rate = (i % 7 < 5 ? 3.5 : 1.75) * share;
        if (scenario->is_dispersed)
            series.days[i].n = draw_geometric(&random, rate);
        else
            series_fly(&series, &random, rate, i, i + 1);
    }
    return series;
}

static void check_scenario(const struct scenario *scenario, size_t number)
{
    const struct ovf_effect_model model =
        ovf_effect_model_at(SERIES_BEGIN_NS + ASKED * OVF_NS_PER_DAY);
    int n_told = 0;
    int n_followed = 0;
    int n_covered = 0;
    int n_ranked = 0;
    for (uint64_t run = 0; run < N_RUNS; run++) {
        struct ovf_series series = draw(scenario, run, number);
        struct ovf_halts halts = {0};
        struct ovf_effect effect = {0};
        assert_int_equal(ovf_halts_find(&series, NULL, &halts, NULL), OVF_OK);
        assert_int_equal(ovf_effect_find(&series, &halts, &model, &effect, NULL), OVF_OK);
        n_told += effect.verdict >= OVF_EFFECT_COINCIDED ? 1 : 0;
        n_followed += effect.verdict == OVF_EFFECT_FOLLOWED ? 1 : 0;
        n_covered +=
            effect.ratio.low <= scenario->share && scenario->share <= effect.ratio.high ? 1 : 0;
        n_ranked += effect.rank_p <= OVF_EFFECT_RANK ? 1 : 0;
        ovf_effect_deinit(&effect);
        ovf_halts_deinit(&halts);
        ovf_series_deinit(&series);
    }
    print_message("%s: told %d, followed %d, ranked %d, truth in the interval %d of %d\n",
                  scenario->name, n_told, n_followed, n_ranked, n_covered, (int)N_RUNS);
    assert_true(n_told * 100 >= scenario->least_told * N_RUNS);
    assert_true(n_told * 100 <= scenario->most_told * N_RUNS);
    assert_true(n_followed * 100 >= scenario->least_followed * N_RUNS);
    assert_true(n_covered * 100 >= scenario->least_covered * N_RUNS);
}

static void an_effect_is_claimed_where_there_is_one(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        check_scenario(&scenarios[i], i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_effect_is_claimed_where_there_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
