/* SPDX-License-Identifier: Apache-2.0 */
/* The logarithm: after the power of two, ln m = 2 artanh s with s = (m - 1) / (m + 1). The exponential: Taylor's
 * series after the power of two. Log-gamma: Stirling's series from 8 on, the recurrence below. The first term left
 * out is below 2^-52 of the result in each case. frexp and ldexp are exact. */
#include "base/logs.h"

#include <math.h>

/* ln 2 in two parts; the first has 32 bits, so that its product with an exponent is exact. */
static const double ln2_high = 0x1.62e42feep-1;
static const double ln2_low = 0x1.a39ef35793c76p-33;

/** 2 artanh(s), |s| <= 0.172: the first term left out is s^23/23 < 1e-18 of the first. */
static double twice_artanh(double s)
{
    const double z = s * s;
    double sum = 0;
    for (int n = 21; n >= 3; n -= 2)
        sum = 1.0 / n + z * sum;
    return 2.0 * s + 2.0 * s * z * sum;
}

double ovf_log(double x)
{
    static const double sqrt_half = 0.70710678118654752;
    int exponent;
    if (!(x > 0))
        return -INFINITY;
    double m = frexp(x, &exponent); /* in [1/2, 1) */
    if (m < sqrt_half) {
        m *= 2.0;
        exponent--;
    }
    const double rest = twice_artanh((m - 1.0) / (m + 1.0));
    return exponent * ln2_high + (exponent * ln2_low + rest);
}

double ovf_log1p(double x)
{
    if (x > -0.29 && x < 0.41) /* so that |s| <= 0.172 */
        return twice_artanh(x / (2.0 + x));
    return ovf_log(1.0 + x);
}

double ovf_exp(double x)
{
    static const double per_ln2 = 1.4426950408889634;
    if (!(x >= -708.0))
        return 0;
    if (x > 709.0)
        return INFINITY;
    const int exponent = (int)(x * per_ln2 + (x < 0 ? -0.5 : 0.5));
    const double r = (x - exponent * ln2_high) - exponent * ln2_low;
    double sum = 1.0; /* |r| <= 0.347: the first term left out is r^14/14! < 5e-18 */
    for (int n = 13; n >= 2; n--)
        sum = 1.0 + r / n * sum;
    return ldexp(1.0 + r * sum, exponent);
}

/** Stirling's series without its first terms, x >= 8: the first term left out is 0.03/x^15 < 1e-15. */
static double stirling_rest(double x)
{
    const double z = 1.0 / (x * x);
    double sum = 1.0 / 156.0;
    sum = sum * z - 691.0 / 360360.0;
    sum = sum * z + 1.0 / 1188.0;
    sum = sum * z - 1.0 / 1680.0;
    sum = sum * z + 1.0 / 1260.0;
    sum = sum * z - 1.0 / 360.0;
    sum = sum * z + 1.0 / 12.0;
    return sum / x;
}

double ovf_log_gamma(double x)
{
    static const double half_ln_2pi = 0.91893853320467274;
    double product = 1.0;
    while (x < 8.0) {
        product *= x;
        x += 1.0;
    }
    return (x - 0.5) * ovf_log(x) - x + half_ln_2pi + stirling_rest(x) - ovf_log(product);
}
