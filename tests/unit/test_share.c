/* SPDX-License-Identifier: Apache-2.0 */
/* Shares' intervals: against closed forms, and quantiles of the beta distribution by mpmath 1.2 with 40 digits. */
#include "test.h"

#include <math.h>

#include "series/share.h"

static const double pi = 3.14159265358979323846;

/** Beta(1/2, 1/2): the arcsine law. */
static void test_without_counts_the_interval_is_the_arcsine_laws(void **state)
{
    (void)state;
    const struct ovf_share share = ovf_share_interval(0, 0);
    assert_near(share.low, pow(sin(pi / 2 * 0.025), 2), 1e-9);
    assert_near(share.high, pow(sin(pi / 2 * 0.975), 2), 1e-9);
    for (double x = 0; x <= 1; x += 0.0625)
        assert_near(ovf_beta_at_most(x, 0.5, 0.5), 2 / pi * asin(sqrt(x)), 1e-11);
}

/** Beta(a, 1) is x^a, Beta(1, b) is 1 - (1 - x)^b, Beta(2, 2) is 3 x^2 - 2 x^3. */
static void test_the_incomplete_beta_function_is_the_polynomial_where_it_is_one(void **state)
{
    (void)state;
    for (double x = 0; x <= 1; x += 0.03125) {
        assert_near(ovf_beta_at_most(x, 7, 1), pow(x, 7), 1e-11);
        assert_near(ovf_beta_at_most(x, 1, 2.5), 1 - pow(1 - x, 2.5), 1e-11);
        assert_near(ovf_beta_at_most(x, 2, 2), 3 * x * x - 2 * x * x * x, 1e-11);
    }
}

static void test_intervals_are_those_of_another_program(void **state)
{
    (void)state;
    static const struct {
        uint32_t k;
        uint32_t n;
        double low;
        double high;
    } cases[] = {
        {0, 1, 0.0003855809807559, 0.8532536836904},
        {0, 10, 4.789043315758e-5, 0.2171962675092},
        {3, 10, 0.09269459393815, 0.6058183181487},
        {12, 14, 0.6151056803926, 0.9690778724652},
        {10, 10, 0.7828037324908, 0.9999521095668},
        {1, 1000, 0.000107918804681, 0.004664458808791},
        {700, 1000, 0.6710503460753, 0.7277938420638},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ovf_share share = ovf_share_interval(cases[i].k, cases[i].n);
        assert_near(share.low, cases[i].low, 1e-9);
        assert_near(share.high, cases[i].high, 1e-9);
    }
}

/** Of a million: normal, 1.96 standard deviations of 1/2000 to each side. */
static void test_of_many_the_interval_is_the_normal_laws(void **state)
{
    (void)state;
    const struct ovf_share share = ovf_share_interval(500000, 1000000);
    assert_near(share.low, 0.5 - 1.959964 / 2000, 1e-7);
    assert_near(share.high, 0.5 + 1.959964 / 2000, 1e-7);
}

static void test_ranks_are_by_what_is_known(void **state)
{
    (void)state;
    assert_true(ovf_share_mean(10, 10) > ovf_share_mean(1, 1));
    assert_true(ovf_share_mean(0, 1) > ovf_share_mean(0, 10));
    assert_near(ovf_share_mean(0, 0), 0.5, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_counts_the_interval_is_the_arcsine_laws),
        cmocka_unit_test(test_the_incomplete_beta_function_is_the_polynomial_where_it_is_one),
        cmocka_unit_test(test_intervals_are_those_of_another_program),
        cmocka_unit_test(test_of_many_the_interval_is_the_normal_laws),
        cmocka_unit_test(test_ranks_are_by_what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
