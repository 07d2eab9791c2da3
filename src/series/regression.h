/* SPDX-License-Identifier: Apache-2.0 */
/* Log-linear regression of counts: ln E[n] = offset + x . coefficients, variance = mean + dispersion mean^2 (NB2; 0 is
 * Poisson), by iteratively reweighted least squares.
 *
 * Each coefficient but the first is drawn to 0 as one count in a hundred would (a normal prior of standard deviation
 * 10): nothing next to data, and finite where they know no bound (a weekday, or all days after a date, without a
 * flight). */
#ifndef OVF_SERIES_REGRESSION_H
#define OVF_SERIES_REGRESSION_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

enum { OVF_REGRESSION_MAX_TERMS = 10 };

struct ovf_regression_row {
    bool is_used;                       /* the others only keep their place in time */
    double n;                           /* >= 0, whole */
    double offset;                      /* the logarithm of the exposure */
    double x[OVF_REGRESSION_MAX_TERMS]; /* the first is 1 */
};

struct ovf_regression {
    size_t n_terms;
    double dispersion;
    double coefficients[OVF_REGRESSION_MAX_TERMS];
    double log_likelihood; /* without what does not depend on the coefficients */
    size_t n_used;
};

/**
 * Fit the first \p n_terms (1 to OVF_REGRESSION_MAX_TERMS) of \p rows, of which at least one that is used counts more
 * than nothing.
 * \return whether it came to rest
 */
bool ovf_regression_fit(const struct ovf_regression_row *rows, size_t n, size_t n_terms,
                        double dispersion, struct ovf_regression *fit);

/** The dispersion by moments about the means of \p fit, >= 0, its degrees of freedom counted. */
double ovf_regression_dispersion(const struct ovf_regression *fit,
                                 const struct ovf_regression_row *rows, size_t n);

/** The mean of \p row, also of one that is not used. */
double ovf_regression_mean(const struct ovf_regression *fit, const struct ovf_regression_row *row);

/** The standard error of the sum of the coefficients, each times its \p weights: the greater of the model's own and
 * Newey and West's (1987, doi:10.2307/1913610) with \p lag, rows being consecutive days; both times
 * n / (n - terms) in variance. */
double ovf_regression_error(const struct ovf_regression *fit, const struct ovf_regression_row *rows,
                            size_t n, size_t lag, const double weights[OVF_REGRESSION_MAX_TERMS]);

#endif
