/* SPDX-License-Identifier: Apache-2.0 */
/* The project's own logarithm, exponential and log-gamma against libm in long double. */
#include "test.h"

#include <float.h>

#include "base/logs.h"
#include "simulate/random.h"

enum { N_DRAWS = 200000 };

static void the_logarithm_agrees_with_libm_to_1e_15(void **state)
{
    (void)state;
    struct ovf_random random = {1};
    for (int i = 0; i < N_DRAWS; i++) {
        const double x =
            ldexp(ovf_random_between(&random, 0.5, 1), (int)ovf_random_below(&random, 2000) - 1000);
        const double near_one = ovf_random_between(&random, 0.5, 2);
        const double want = (double)logl(x);
        assert_near(ovf_log(x), want, 1e-15 * fabs(want));
        const double want_near = (double)logl(near_one);
        assert_near(ovf_log(near_one), want_near, 1e-15 * fabs(want_near));
    }
    assert_near(ovf_log(1), 0, 0);
    assert_true(isinf(ovf_log(0)) && ovf_log(0) < 0);
    assert_near(ovf_log(DBL_MAX), (double)logl(DBL_MAX), 1e-12);
    assert_near(ovf_log(DBL_MIN), (double)logl(DBL_MIN), 1e-12);
}

static void the_logarithm_of_one_and_little_keeps_its_digits(void **state)
{
    (void)state;
    struct ovf_random random = {2};
    for (int i = 0; i < N_DRAWS; i++) {
        const double size =
            ldexp(ovf_random_between(&random, 0.5, 1), -(int)ovf_random_below(&random, 300));
        const double x = i % 2 == 0 ? size : -0.999 * size;
        const double large = ovf_random_between(&random, 0, 1e6);
        const double want = (double)log1pl(x);
        assert_near(ovf_log1p(x), want, 1e-15 * fabs(want));
        assert_near(ovf_log1p(large), (double)log1pl(large), 1e-15 * (double)log1pl(large));
    }
    assert_near(ovf_log1p(0), 0, 0);
}

static void the_exponential_agrees_with_libm_to_1e_15(void **state)
{
    (void)state;
    struct ovf_random random = {3};
    for (int i = 0; i < N_DRAWS; i++) {
        const double x = ovf_random_between(&random, -708, 709);
        const double small = ovf_random_between(&random, -1, 1);
        const double want = (double)expl(x);
        const double want_small = (double)expl(small);
        assert_near(ovf_exp(x), want, 1e-15 * want);
        assert_near(ovf_exp(small), want_small, 1e-15 * want_small);
    }
    assert_near(ovf_exp(0), 1, 0);
    assert_near(ovf_exp(-709), 0, 0);
    assert_near(ovf_exp(-INFINITY), 0, 0);
    assert_true(isinf(ovf_exp(709.5)));
}

static void log_gamma_agrees_with_libm_to_1e_14(void **state)
{
    (void)state;
    struct ovf_random random = {4};
    for (int i = 0; i < N_DRAWS; i++) {
        const double x =
            ldexp(ovf_random_between(&random, 0.5, 1), (int)ovf_random_below(&random, 60) - 20);
        const double want = (double)lgammal(x);
        assert_near(ovf_log_gamma(x), want, 1e-14 * fmax(1, fabs(want)));
    }
}

static void log_gamma_of_whole_numbers_is_that_of_factorials(void **state)
{
    (void)state;
    long double factorial = 1;
    for (int n = 1; n < 60; n++) {
        const double want = (double)logl(factorial);
        assert_near(ovf_log_gamma(n), want, 1e-14 * fmax(1, want));
        factorial *= n;
    }
    assert_near(ovf_log_gamma(0.5), 0.57236494292470009, 1e-14); /* ln sqrt(pi) */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_logarithm_agrees_with_libm_to_1e_15),
        cmocka_unit_test(the_logarithm_of_one_and_little_keeps_its_digits),
        cmocka_unit_test(the_exponential_agrees_with_libm_to_1e_15),
        cmocka_unit_test(log_gamma_agrees_with_libm_to_1e_14),
        cmocka_unit_test(log_gamma_of_whole_numbers_is_that_of_factorials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
