/* SPDX-License-Identifier: Apache-2.0 */
/* Regression of counts: closed forms where there are some, and equations that any best fit meets. */
#include "series.h"

#include "series/regression.h"

enum { TERMS = OVF_REGRESSION_MAX_TERMS, N_ROWS = 60 };

/** Level and a second term that is 1 in the second half; \p first and \p second flights a day. */
static void two_halves(struct ovf_regression_row rows[N_ROWS], double first, double second)
{
    for (size_t i = 0; i < N_ROWS; i++)
        rows[i] = (struct ovf_regression_row){.is_used = true,
                                              .n = i < N_ROWS / 2 ? first : second,
                                              .x = {1, i < N_ROWS / 2 ? 0 : 1}};
}

/* The prior draws by a hundredth of a count or two: some thousandth of the coefficient. */
static void a_step_is_the_ratio_of_the_means(void **state)
{
    (void)state;
    struct ovf_regression_row rows[N_ROWS];
    for (int dispersed = 0; dispersed < 2; dispersed++) {
        struct ovf_regression fit;
        two_halves(rows, 8, 2);
        assert_true(ovf_regression_fit(rows, N_ROWS, 2, dispersed, &fit));
        assert_near(fit.coefficients[0], log(8), 1e-3);
        assert_near(fit.coefficients[1], log(0.25), 2e-3);
        assert_near(ovf_regression_mean(&fit, &rows[N_ROWS - 1]), 2, 2e-3);
        assert_int_equal(fit.n_used, N_ROWS);
    }
}

static void the_offset_is_taken_out_and_rows_that_are_not_used_count_nothing(void **state)
{
    (void)state;
    struct ovf_regression_row rows[N_ROWS];
    struct ovf_regression fit;
    two_halves(rows, 8, 2);
    for (size_t i = N_ROWS / 2; i < N_ROWS; i++)
        rows[i].offset = log(0.5);
    rows[3].is_used = false;
    rows[3].n = 1e6;
    assert_true(ovf_regression_fit(rows, N_ROWS, 2, 0, &fit));
    assert_near(fit.coefficients[1], log(0.5), 1e-3);
    assert_int_equal(fit.n_used, N_ROWS - 1);
}

/* Without spread the model's own variance is the greater: 1/n + 1/n' of the counts, times n / (n - terms). */
static void the_error_of_a_step_has_its_closed_form(void **state)
{
    (void)state;
    static const double step[TERMS] = {0, 1};
    struct ovf_regression_row rows[N_ROWS];
    struct ovf_regression fit;
    two_halves(rows, 8, 2);
    assert_true(ovf_regression_fit(rows, N_ROWS, 2, 0, &fit));
    assert_near(ovf_regression_error(&fit, rows, N_ROWS, 7, step),
                sqrt((1.0 / 240 + 1.0 / 60) * 60 / 58), 1e-4);
    assert_true(
        ovf_regression_fit(rows, N_ROWS, 2, 0.5, &fit)); /* each mean m becomes m / (1 + m / 2) */
    assert_near(ovf_regression_error(&fit, rows, N_ROWS, 7, step),
                sqrt((1.0 / 48 + 1.0 / 30) * 60 / 58), 1e-4);
}

/* Only a level, weeks of 0 and of 4 in turn: Newey and West's variance of the mean, by its definition. */
static void neighbours_that_are_alike_make_the_error_greater(void **state)
{
    (void)state;
    enum { N = 56, LAG = 7 };
    static const double level[TERMS] = {1};
    struct ovf_regression_row rows[N] = {{0}};
    struct ovf_regression fit;
    double sum = 0;
    for (size_t i = 0; i < N; i++)
        rows[i] =
            (struct ovf_regression_row){.is_used = true, .n = i / 7 % 2 == 1 ? 4 : 0, .x = {1}};
    assert_true(ovf_regression_fit(rows, N, 1, 0, &fit));
    assert_near(fit.coefficients[0], log(2), 1e-6);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            const int lag = abs(i - j);
            sum += lag <= LAG ? (1 - lag / (LAG + 1.0)) * (rows[i].n - 2) * (rows[j].n - 2) : 0;
        }
    assert_near(ovf_regression_error(&fit, rows, N, LAG, level),
                sqrt(sum / (112.0 * 112.0) * N / (N - 1)), 1e-6);
    rows[20].is_used = false; /* it keeps its place: its neighbours come no closer */
    assert_true(ovf_regression_fit(rows, N, 1, 0, &fit));
    assert_true(ovf_regression_error(&fit, rows, N, LAG, level) > 0.2);
}

static void fill_any(struct ovf_regression_row rows[N_ROWS], struct ovf_random *random)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        rows[i] = (struct ovf_regression_row){.is_used = ovf_random_below(random, 9) != 0,
                                              .n = (double)draw_poisson(random, 1 + (double)i / 10),
                                              .offset = ovf_random_between(random, -1, 0.2),
                                              .x = {1, (double)i / 7, i % 7 == 0, i >= 40}};
        rows[i].x[4] = i >= 40 ? ((double)i - 40) / 7 : 0;
    }
}

/* At the top the scores, with the prior's, are nought. */
static void at_the_best_fit_no_term_wants_to_move(void **state)
{
    (void)state;
    struct ovf_random random = {9};
    for (int run = 0; run < 100; run++) {
        struct ovf_regression_row rows[N_ROWS];
        struct ovf_regression fit;
        const double dispersion = run % 3 * 0.5;
        fill_any(rows, &random);
        assert_true(ovf_regression_fit(rows, N_ROWS, 5, dispersion, &fit));
        for (size_t k = 0; k < 5; k++) {
            double score = k > 0 ? -0.01 * fit.coefficients[k] : 0;
            for (size_t i = 0; i < N_ROWS; i++) {
                double eta = rows[i].offset;
                for (size_t l = 0; l < 5; l++)
                    eta += fit.coefficients[l] * rows[i].x[l];
                if (rows[i].is_used)
                    score += (rows[i].n - exp(eta)) / (1 + dispersion * exp(eta)) * rows[i].x[k];
            }
            assert_near(score, 0, 1e-3);
        }
    }
}

static void a_term_whose_days_have_no_flight_stays_finite(void **state)
{
    (void)state;
    struct ovf_regression_row rows[N_ROWS];
    struct ovf_regression fit;
    two_halves(rows, 3, 0);
    assert_true(ovf_regression_fit(rows, N_ROWS, 2, 0, &fit));
    assert_true(fit.coefficients[1] < -5 && fit.coefficients[1] > -30);
    assert_near(fit.coefficients[0], log(3), 1e-2);
}

/* Poisson has none; a geometric distribution has 1. */
static void the_dispersion_is_that_of_the_draws(void **state)
{
    (void)state;
    enum { N = 4000 };
    static struct ovf_regression_row rows[N];
    struct ovf_random random = {10};
    for (int dispersed = 0; dispersed < 2; dispersed++) {
        struct ovf_regression fit;
        for (size_t i = 0; i < N; i++)
            rows[i] = (struct ovf_regression_row){.is_used = true,
                                                  .n = dispersed ? draw_geometric(&random, 3)
                                                                 : draw_poisson(&random, 3),
                                                  .x = {1}};
        assert_true(ovf_regression_fit(rows, N, 1, 0, &fit));
        assert_near(ovf_regression_dispersion(&fit, rows, N), dispersed, 0.1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_is_the_ratio_of_the_means),
        cmocka_unit_test(the_offset_is_taken_out_and_rows_that_are_not_used_count_nothing),
        cmocka_unit_test(the_error_of_a_step_has_its_closed_form),
        cmocka_unit_test(neighbours_that_are_alike_make_the_error_greater),
        cmocka_unit_test(at_the_best_fit_no_term_wants_to_move),
        cmocka_unit_test(a_term_whose_days_have_no_flight_stays_finite),
        cmocka_unit_test(the_dispersion_is_that_of_the_draws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
