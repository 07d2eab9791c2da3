/* SPDX-License-Identifier: Apache-2.0 */
/* The incomplete beta function as its continued fraction (DLMF 8.17.22), by Lentz' method; quantiles by halving. */
#include "series/share.h"

#include <math.h>

#include "base/logs.h"

enum { MAX_TERMS = 100000, N_HALVINGS = 60 };

/** What is almost 0 must not be divided by. */
static double not_zero(double value)
{
    static const double tiny = 1e-300;
    return fabs(value) < tiny ? tiny : value;
}

/** Converges fast for x < (a + 1) / (a + b + 2). */
static double fraction(double x, double a, double b)
{
    static const double small = 1e-15;
    double c = 1.0;
    double d = 1.0 / not_zero(1.0 - (a + b) * x / (a + 1.0));
    double product = d;
    for (int m = 1; m < MAX_TERMS; m++) {
        const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / not_zero(1.0 + even * d);
        c = not_zero(1.0 + even / c);
        product *= d * c;
        d = 1.0 / not_zero(1.0 + odd * d);
        c = not_zero(1.0 + odd / c);
        product *= d * c;
        if (fabs(d * c - 1.0) < small)
            break;
    }
    return product;
}

double ovf_beta_at_most(double x, double a, double b)
{
    if (x <= 0)
        return 0;
    if (x >= 1)
        return 1;
    const double front = ovf_exp(ovf_log_gamma(a + b) - ovf_log_gamma(a) - ovf_log_gamma(b) +
                                 a * ovf_log(x) + b * ovf_log1p(-x));
    return x < (a + 1.0) / (a + b + 2.0) ? front * fraction(x, a, b) / a
                                         : 1.0 - front * fraction(1.0 - x, b, a) / b;
}

static double quantile(double p, double a, double b)
{
    double low = 0;
    double high = 1;
    for (int i = 0; i < N_HALVINGS; i++) {
        const double middle = low + (high - low) / 2;
        if (ovf_beta_at_most(middle, a, b) < p)
            low = middle;
        else
            high = middle;
    }
    return high;
}

struct ovf_share ovf_share_interval(uint32_t k, uint32_t n)
{
    const double a = k + 0.5;
    const double b = (n - k) + 0.5;
    return (struct ovf_share){quantile(0.025, a, b), quantile(0.975, a, b)};
}

double ovf_share_mean(uint32_t k, uint32_t n)
{
    return (k + 0.5) / (n + 1.0);
}
