/* SPDX-License-Identifier: Apache-2.0 */
/* Rates: closed forms; integrals over the rate with mpmath 1.3 to 30 digits (posterior of Jeffreys' prior times the
 * distribution function of the counts); dispersion of drawn counts. */
#include "series.h"

#include "series/rate.h"

static void the_cost_is_that_of_the_likeliest_rate(void **state)
{
    (void)state;
    const struct ovf_counted counted = {12, 4}; /* a rate of 3 */
    assert_near(ovf_rate_cost(counted, 0), -2 * (12 * log(3) - 12), 1e-13);
    /* Negative binomial of size E/d: n ln(p) + (E/d) ln(1 - p) with p = d r / (1 + d r), less n ln d. */
    assert_near(ovf_rate_cost(counted, 0.5),
                -2 * (12 * log(1.5 / 2.5) + 8 * log(1 / 2.5) - 12 * log(0.5)), 1e-13);
    assert_near(ovf_rate_cost(counted, 1e-9), ovf_rate_cost(counted, 0), 1e-6);
    assert_near(ovf_rate_cost((struct ovf_counted){0, 7}, 0.5), 0, 0);
    assert_near(ovf_rate_cost((struct ovf_counted){0, 0}, 0), 0, 0);
}

static void a_cut_never_costs_more(void **state)
{
    (void)state;
    struct ovf_random random = {5};
    for (int i = 0; i < 20000; i++) {
        const double dispersion = i % 3 == 0 ? 0 : ovf_random_between(&random, 0, 4);
        const struct ovf_counted a = {(double)ovf_random_below(&random, 50),
                                      ovf_random_between(&random, 0.01, 30)};
        const struct ovf_counted b = {(double)ovf_random_below(&random, 50),
                                      ovf_random_between(&random, 0.01, 30)};
        const struct ovf_counted both = {a.n + b.n, a.exposure + b.exposure};
        assert_true(ovf_rate_cost(a, dispersion) + ovf_rate_cost(b, dispersion) <=
                    ovf_rate_cost(both, dispersion) + 1e-9);
    }
}

static void how_likely_a_count_is_agrees_with_the_integral(void **state)
{
    (void)state;
    static const struct {
        struct ovf_counted before;
        double dispersion;
        double exposure;
        uint32_t n;
        double p;
    } cases[] = {
        {{20, 10}, 0, 4, 0, 0.001010125346145449},   {{20, 10}, 0, 4, 8, 0.5702592681889862},
        {{20, 10}, 0, 4, 20, 0.998484770081834},     {{112, 56}, 1, 7, 0, 0.0005682946106549362},
        {{112, 56}, 1, 7, 3, 0.02237129362834008},   {{112, 56}, 0.5, 10, 25, 0.788679829456194},
        {{0, 5}, 0, 3, 1, 0.9388011803624876},       {{3, 12.5}, 2, 2.5, 0, 0.5784244233869967},
        {{300, 56}, 0.25, 2.5, 40, 0.9996607855791},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double p =
            ovf_rate_p_at_most(cases[i].before, cases[i].dispersion, cases[i].exposure, cases[i].n);
        assert_near(p, cases[i].p, 1e-11);
        assert_near(ovf_rate_p_at_least(cases[i].before, cases[i].dispersion, cases[i].exposure,
                                        cases[i].n + 1),
                    1 - cases[i].p, 1e-11);
    }
}

/* At a rate known from very long: e^-(rate E), and (1 + d rate)^-(E/d). Known from little: (E0 / (E0 + E))^(n0 +
 * 1/2). */
static void p_of_nothing_has_its_closed_form(void **state)
{
    (void)state;
    const struct ovf_counted long_known = {2e7, 1e7};
    assert_near(ovf_rate_p_at_most(long_known, 0, 3.5, 0), exp(-7), 1e-8);
    assert_near(ovf_rate_p_at_most(long_known, 1, 5, 0), pow(3, -5), 1e-8);
    assert_near(ovf_rate_p_at_most((struct ovf_counted){28, 14}, 0, 5, 0), pow(14.0 / 19.0, 28.5),
                1e-14);
    assert_near(ovf_rate_p_at_most(long_known, 1, 0, 0), 1, 0);
    assert_near(ovf_rate_p_at_least(long_known, 1, 2, 0), 1, 0);
}

/* Near a million a day: P(0) is nothing, the middle is a half, as of a normal distribution. */
static void counts_too_many_for_p_of_nothing_keep_their_middle(void **state)
{
    (void)state;
    const struct ovf_counted before = {56e5, 56};
    assert_near(ovf_rate_p_at_most(before, 0, 10, 0), 0, 0);
    assert_near(ovf_rate_p_at_most(before, 0, 10, 1000000), 0.5, 1e-3);
    assert_near(ovf_rate_p_at_most(before, 0, 10, 1000000000), 1, 1e-6);
    assert_near(ovf_rate_p_at_least(before, 0.01, 10, 10000), 1, 1e-9);
}

/* The rule of thumb: ln 1000 = 6.9 flights. At two a day 3.5 days, at half of the coverage 7. */
static void the_exposure_needed_is_where_p_of_nothing_is_a_thousandth(void **state)
{
    (void)state;
    assert_near(ovf_rate_exposure_needed(2, 0), 3.45, 0.01);
    assert_near(ovf_rate_exposure_needed(1, 0), 6.9, 0.01);
    assert_near(pow(1 + 0.5 * 2, -ovf_rate_exposure_needed(2, 0.5) / 0.5), 1e-3, 1e-12);
}

/* With nothing after: n ln(1 + ratio E'/E) = 1.92. */
static void the_ratio_to_nothing_has_its_closed_form(void **state)
{
    (void)state;
    const struct ovf_counted before = {60, 30};
    const struct ovf_counted nothing = {0, 10};
    const struct ovf_ratio fall = ovf_rate_ratio(before, nothing, 0);
    assert_near(fall.ratio, 0, 0);
    assert_near(fall.low, 0, 0);
    assert_near(fall.high, 3 * (exp(1.9207294103470618 / 60) - 1), 1e-12);
    const struct ovf_ratio rise = ovf_rate_ratio(nothing, before, 0);
    assert_true(isinf(rise.ratio) && isinf(rise.high));
    assert_near(rise.low, 1 / fall.high, 1e-9);
}

/** The greatest ln L where the second rate is \p ratio times the first, by looking at many first rates. */
static double plain_profile(struct ovf_counted a, struct ovf_counted b, double dispersion,
                            double ratio)
{
    double best = -INFINITY;
    for (double rate = 0.01; rate < 20; rate *= 1.0005) {
        const double l = a.n * log(rate) + b.n * log(ratio * rate) -
                         (a.n + a.exposure / dispersion) * log1p(dispersion * rate) -
                         (b.n + b.exposure / dispersion) * log1p(dispersion * ratio * rate);
        best = fmax(best, l);
    }
    return best;
}

static void at_the_ends_of_the_interval_the_profile_likelihood_has_fallen(void **state)
{
    (void)state;
    static const struct {
        struct ovf_counted a;
        struct ovf_counted b;
        double dispersion;
    } cases[] = {{{40, 20}, {12, 15}, 0.5},
                 {{3, 10}, {30, 8}, 2},
                 {{50, 25}, {50, 25}, 0.01},
                 {{7, 3.5}, {1, 40}, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ovf_ratio ratio = ovf_rate_ratio(cases[i].a, cases[i].b, cases[i].dispersion);
        const double top = plain_profile(cases[i].a, cases[i].b, cases[i].dispersion, ratio.ratio);
        assert_near(top - plain_profile(cases[i].a, cases[i].b, cases[i].dispersion, ratio.low),
                    1.9207, 1e-3);
        assert_near(top - plain_profile(cases[i].a, cases[i].b, cases[i].dispersion, ratio.high),
                    1.9207, 1e-3);
        assert_true(ratio.low < ratio.ratio && ratio.ratio < ratio.high);
        const struct ovf_ratio back = ovf_rate_ratio(cases[i].b, cases[i].a, cases[i].dispersion);
        assert_near(back.ratio * ratio.ratio, 1, 1e-12);
        assert_near(back.low * ratio.high, 1, 1e-9);
    }
}

enum { N_LONG = 4000 };

static struct ovf_series drawn(double dispersion, bool weekly, bool halts)
{
    struct ovf_series series = series_of_days(N_LONG);
    struct ovf_random random = {6};
    for (size_t i = 0; i < N_LONG; i++) {
        double rate = weekly && i % 7 >= 5 ? 1 : 2;
        if (halts && i / 100 % 2 == 1)
            rate = 0;
        if (rate > 0)
            series.days[i].n =
                dispersion > 0 ? draw_geometric(&random, rate) : draw_poisson(&random, rate);
    }
    return series;
}

static void the_dispersion_is_found_whatever_weeks_and_halts_do(void **state)
{
    (void)state;
    for (int weekly = 0; weekly < 2; weekly++) {
        for (int halts = 0; halts < 2; halts++) {
            struct ovf_series poisson = drawn(0, weekly != 0, halts != 0);
            struct ovf_series geometric = drawn(1, weekly != 0, halts != 0);
            const struct ovf_dispersion none = ovf_dispersion_estimate(&poisson, 0, N_LONG);
            const struct ovf_dispersion one = ovf_dispersion_estimate(&geometric, 0, N_LONG);
            assert_near(none.index, 1, 0.1);
            assert_near(none.dispersion, 0, 0);
            assert_near(one.dispersion, 1, 0.15);
            ovf_series_deinit(&poisson);
            ovf_series_deinit(&geometric);
        }
    }
}

static void of_nothing_counted_there_is_no_dispersion(void **state)
{
    (void)state;
    struct ovf_series series = series_of_days(40);
    const struct ovf_dispersion quiet = ovf_dispersion_estimate(&series, 0, 40);
    assert_near(quiet.index, 1, 0);
    assert_near(quiet.dispersion, 0, 0);
    assert_int_equal(quiet.n_pairs, 39 + 38 + 37);
    series.days[20].has_data = false;
    assert_int_equal(ovf_dispersion_estimate(&series, 0, 40).n_pairs, 39 + 38 + 37 - 6);
    assert_int_equal(ovf_dispersion_estimate(&series, 7, 7).n_pairs, 0);
    ovf_series_deinit(&series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cost_is_that_of_the_likeliest_rate),
        cmocka_unit_test(a_cut_never_costs_more),
        cmocka_unit_test(how_likely_a_count_is_agrees_with_the_integral),
        cmocka_unit_test(p_of_nothing_has_its_closed_form),
        cmocka_unit_test(counts_too_many_for_p_of_nothing_keep_their_middle),
        cmocka_unit_test(the_exposure_needed_is_where_p_of_nothing_is_a_thousandth),
        cmocka_unit_test(the_ratio_to_nothing_has_its_closed_form),
        cmocka_unit_test(at_the_ends_of_the_interval_the_profile_likelihood_has_fallen),
        cmocka_unit_test(the_dispersion_is_found_whatever_weeks_and_halts_do),
        cmocka_unit_test(of_nothing_counted_there_is_no_dispersion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
