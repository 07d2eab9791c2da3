/* SPDX-License-Identifier: Apache-2.0 */
#include "series/regression.h"

#include <math.h>

#include "base/logs.h"

/* Of the coefficients: 1 / 10^2. */
static const double prior_weight = 0.01;

/* A step that changes the likelihood by less is the last one. */
static const double at_rest = 1e-9;

enum { TERMS = OVF_REGRESSION_MAX_TERMS, MAX_STEPS = 100, MAX_HALVINGS = 30 };

struct matrix {
    double at[TERMS][TERMS];
};

static double log_mean(const struct ovf_regression *fit, const struct ovf_regression_row *row)
{
    double sum = row->offset;
    for (size_t k = 0; k < fit->n_terms; k++)
        sum += fit->coefficients[k] * row->x[k];
    return sum;
}

double ovf_regression_mean(const struct ovf_regression *fit, const struct ovf_regression_row *row)
{
    return ovf_exp(log_mean(fit, row));
}

static double log_likelihood(const struct ovf_regression *fit,
                             const struct ovf_regression_row *rows, size_t n)
{
    const double d = fit->dispersion;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].is_used)
            continue;
        const double eta = log_mean(fit, &rows[i]);
        const double mean = ovf_exp(eta);
        sum += rows[i].n * eta;
        sum -= d > 0 ? (rows[i].n + 1 / d) * ovf_log1p(d * mean) : mean;
    }
    return sum;
}

/** What is made greatest: with the prior. */
static double objective(const struct ovf_regression *fit)
{
    double sum = fit->log_likelihood;
    for (size_t k = 1; k < fit->n_terms; k++)
        sum -= prior_weight / 2 * fit->coefficients[k] * fit->coefficients[k];
    return sum;
}

/** Scores (of the objective) and information (expected; the lower triangle). */
static void sum_up(const struct ovf_regression *fit, const struct ovf_regression_row *rows,
                   size_t n, double score[TERMS], struct matrix *information)
{
    for (size_t k = 0; k < fit->n_terms; k++) {
        const double weight = k > 0 ? prior_weight : 0;
        score[k] = -weight * fit->coefficients[k];
        for (size_t l = 0; l <= k; l++)
            information->at[k][l] = k == l ? weight : 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].is_used)
            continue;
        const double mean = ovf_regression_mean(fit, &rows[i]);
        const double over = 1 + fit->dispersion * mean;
        for (size_t k = 0; k < fit->n_terms; k++) {
            score[k] += (rows[i].n - mean) / over * rows[i].x[k];
            for (size_t l = 0; l <= k; l++)
                information->at[k][l] += mean / over * rows[i].x[k] * rows[i].x[l];
        }
    }
}

/** Cholesky's factor in place of the lower triangle; false: not positive definite. */
static bool factorise(struct matrix *m, size_t n_terms)
{
    for (size_t k = 0; k < n_terms; k++) {
        for (size_t l = 0; l <= k; l++) {
            double sum = m->at[k][l];
            for (size_t j = 0; j < l; j++)
                sum -= m->at[k][j] * m->at[l][j];
            if (l < k)
                m->at[k][l] = sum / m->at[l][l];
            else if (sum > 0)
                m->at[k][k] = sqrt(sum);
            else
                return false;
        }
    }
    return true;
}

/** From the factor, the solution in place of \p b. */
static void solve(const struct matrix *factor, size_t n_terms, double b[TERMS])
{
    for (size_t k = 0; k < n_terms; k++) {
        for (size_t l = 0; l < k; l++)
            b[k] -= factor->at[k][l] * b[l];
        b[k] /= factor->at[k][k];
    }
    for (size_t k = n_terms; k-- > 0;) {
        for (size_t l = k + 1; l < n_terms; l++)
            b[k] -= factor->at[l][k] * b[l];
        b[k] /= factor->at[k][k];
    }
}

/** Go along \p step, less far while that is worse; the gain. */
static double go(struct ovf_regression *fit, const struct ovf_regression_row *rows, size_t n,
                 const double step[TERMS])
{
    const double before = objective(fit);
    double share = 1;
    for (int i = 0; i < MAX_HALVINGS; i++, share /= 2) {
        struct ovf_regression there = *fit;
        for (size_t k = 0; k < fit->n_terms; k++)
            there.coefficients[k] += share * step[k];
        there.log_likelihood = log_likelihood(&there, rows, n);
        const double gain = objective(&there) - before;
        if (gain >= 0) { /* false for NAN */
            *fit = there;
            return gain;
        }
    }
    return 0;
}

/** The mean rate and nothing else. */
static void begin(struct ovf_regression *fit, const struct ovf_regression_row *rows, size_t n)
{
    double counted = 0;
    double exposure = 0;
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].is_used)
            continue;
        fit->n_used++;
        counted += rows[i].n;
        exposure += ovf_exp(rows[i].offset);
    }
    fit->coefficients[0] = ovf_log(counted / exposure);
    fit->log_likelihood = log_likelihood(fit, rows, n);
}

bool ovf_regression_fit(const struct ovf_regression_row *rows, size_t n, size_t n_terms,
                        double dispersion, struct ovf_regression *fit)
{
    *fit = (struct ovf_regression){.n_terms = n_terms, .dispersion = dispersion};
    begin(fit, rows, n);
    for (int i = 0; i < MAX_STEPS; i++) {
        double step[TERMS];
        struct matrix information;
        sum_up(fit, rows, n, step, &information);
        if (!factorise(&information, n_terms))
            return false;
        solve(&information, n_terms, step);
        if (go(fit, rows, n, step) < at_rest)
            return true;
    }
    return false;
}

static double freedom(const struct ovf_regression *fit)
{
    return fit->n_used > fit->n_terms ? (double)fit->n_used / (double)(fit->n_used - fit->n_terms)
                                      : 1;
}

double ovf_regression_dispersion(const struct ovf_regression *fit,
                                 const struct ovf_regression_row *rows, size_t n)
{
    double excess = 0;
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].is_used)
            continue;
        const double mean = ovf_regression_mean(fit, &rows[i]);
        const double off = rows[i].n - mean;
        excess += off * off * freedom(fit) - mean;
        squares += mean * mean;
    }
    return excess > 0 ? excess / squares : 0;
}

/* ---- errors ---- */

/** The part of the score of \p row along \p direction. */
static double score_along(const struct ovf_regression *fit, const struct ovf_regression_row *row,
                          const double direction[TERMS])
{
    if (!row->is_used)
        return 0;
    const double mean = ovf_regression_mean(fit, row);
    double along = 0;
    for (size_t k = 0; k < fit->n_terms; k++)
        along += direction[k] * row->x[k];
    return along * (row->n - mean) / (1 + fit->dispersion * mean);
}

/** The variance of the sum of those, with Bartlett's weights. */
static double long_run_variance(const struct ovf_regression *fit,
                                const struct ovf_regression_row *rows, size_t n, size_t lag,
                                const double direction[TERMS])
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        const double own = score_along(fit, &rows[i], direction);
        sum += own * own;
        for (size_t back = 1; back <= lag && back <= i; back++)
            sum += 2 * (1 - (double)back / (double)(lag + 1)) * own *
                   score_along(fit, &rows[i - back], direction);
    }
    return sum;
}

double ovf_regression_error(const struct ovf_regression *fit, const struct ovf_regression_row *rows,
                            size_t n, size_t lag, const double weights[TERMS])
{
    double score[TERMS];
    double column[TERMS] = {0}; /* the inverse information times the weights */
    double own = 0;
    struct matrix information;
    sum_up(fit, rows, n, score, &information);
    if (!factorise(&information, fit->n_terms))
        return INFINITY;
    for (size_t k = 0; k < fit->n_terms; k++)
        column[k] = weights[k];
    solve(&information, fit->n_terms, column);
    for (size_t k = 0; k < fit->n_terms; k++)
        own += weights[k] * column[k];
    const double robust = long_run_variance(fit, rows, n, lag, column);
    return sqrt((robust > own ? robust : own) * freedom(fit));
}
