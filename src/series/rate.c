/* SPDX-License-Identifier: Apache-2.0 */
#include "series/rate.h"

#include <math.h>

#include "base/logs.h"

/* Half of the 95 % point of chi-squared with one degree of freedom: 3.8415 / 2. */
static const double profile_drop = 1.9207294103470618;

/** ln L at \p rate, but for terms that do not depend on it. */
static double log_likelihood(struct ovf_counted counted, double rate, double dispersion)
{
    double l = counted.n > 0 ? counted.n * ovf_log(rate) : 0;
    if (dispersion > 0)
        l -= (counted.n + counted.exposure / dispersion) * ovf_log1p(dispersion * rate);
    else
        l -= counted.exposure * rate;
    return l;
}

double ovf_rate_cost(struct ovf_counted counted, double dispersion)
{
    if (!(counted.n > 0))
        return 0;
    return -2 * log_likelihood(counted, counted.n / counted.exposure, dispersion);
}

/* ---- how likely a count is ---- */

/** A count whose rate is known from earlier days: negative binomial over a beta distribution (beta negative
 * binomial), or Poisson over a gamma distribution. */
struct predictive {
    bool is_poisson;
    double size;  /* of the new days: exposure / dispersion; Poisson: the exposure */
    double alpha; /* of the days before, likewise */
    double beta;  /* their count and the half of Jeffreys' prior */
};

static struct predictive predictive_of(struct ovf_counted before, double dispersion,
                                       double exposure)
{
    const double unit = dispersion > 0 ? dispersion : 1;
    return (struct predictive){!(dispersion > 0), exposure / unit, before.exposure / unit,
                               before.n + 0.5};
}

static double log_probability(const struct predictive *p, double n)
{
    if (p->is_poisson) {
        const double share = n > 0 ? n * ovf_log(p->size / (p->alpha + p->size)) : 0;
        return ovf_log_gamma(p->beta + n) - ovf_log_gamma(p->beta) - ovf_log_gamma(n + 1) -
               p->beta * ovf_log1p(p->size / p->alpha) + share;
    }
    return ovf_log_gamma(p->size + n) - ovf_log_gamma(p->size) - ovf_log_gamma(n + 1) +
           ovf_log_gamma(p->alpha + p->size) - ovf_log_gamma(p->alpha) +
           ovf_log_gamma(p->beta + n) - ovf_log_gamma(p->beta) + ovf_log_gamma(p->alpha + p->beta) -
           ovf_log_gamma(p->alpha + p->beta + p->size + n);
}

/** P(n + 1) / P(n). */
static double step_up(const struct predictive *p, double n)
{
    if (p->is_poisson)
        return (p->beta + n) / (n + 1) * (p->size / (p->alpha + p->size));
    return (p->size + n) / (n + 1) * ((p->beta + n) / (p->alpha + p->beta + p->size + n));
}

/** Summed from the middle of the distribution, where nothing is too small for a double, to both sides. */
double ovf_rate_p_at_most(struct ovf_counted before, double dispersion, double exposure, uint32_t n)
{
    static const double negligible = 1e-18;
    if (!(exposure > 0))
        return 1;
    const struct predictive p = predictive_of(before, dispersion, exposure);
    const double mean = floor(before.n / before.exposure * exposure);
    const double middle = mean < n ? mean : n;
    const double first = ovf_exp(log_probability(&p, middle));
    double sum = first;
    double term = first;
    for (double j = middle; j > 0 && term * j > negligible; j--) {
        term /= step_up(&p, j - 1);
        sum += term;
    }
    term = first;
    for (double j = middle; j < n && term * (n - j) > negligible; j++) {
        term *= step_up(&p, j);
        sum += term;
    }
    return sum < 1 ? sum : 1;
}

double ovf_rate_p_at_least(struct ovf_counted before, double dispersion, double exposure,
                           uint32_t n)
{
    return n == 0 ? 1 : 1 - ovf_rate_p_at_most(before, dispersion, exposure, n - 1);
}

double ovf_rate_exposure_needed(double rate, double dispersion)
{
    const double wanted = -ovf_log(OVF_RATE_UNLIKELY);
    if (!(dispersion > 0))
        return wanted / rate;
    return wanted * dispersion / ovf_log1p(dispersion * rate);
}

/* ---- how two rates compare ---- */

/** The greatest ln L of both where the second rate is \p ratio times the first. The first is then the root of a
 * quadratic: a x^2 - b x - n = 0. */
static double log_likelihood_at(struct ovf_counted before, struct ovf_counted after,
                                double dispersion, double ratio)
{
    const double n = before.n + after.n;
    const double a = dispersion * ratio * (before.exposure + after.exposure);
    const double b =
        dispersion * (after.n + ratio * before.n) - before.exposure - ratio * after.exposure;
    const double root = sqrt(b * b + 4 * a * n);
    const double rate = b < 0 ? 2 * n / (root - b) : (b + root) / (2 * a);
    return log_likelihood(before, rate, dispersion) +
           log_likelihood(after, ratio * rate, dispersion);
}

/** Where the profile likelihood has fallen, above the likeliest ratio. */
static double upper_ratio(struct ovf_counted before, struct ovf_counted after, double dispersion)
{
    enum { N_STEPS = 60 };
    if (!(before.n > 0))
        return INFINITY;
    const double least =
        -0.5 * (ovf_rate_cost(before, dispersion) + ovf_rate_cost(after, dispersion)) -
        profile_drop;
    const double one_more = before.exposure / (before.n * after.exposure);
    double low = after.n * one_more; /* the likeliest */
    double high = low + one_more;
    while (log_likelihood_at(before, after, dispersion, high) > least && high < 1e300) {
        low = high;
        high *= 2;
    }
    for (int i = 0; i < N_STEPS; i++) {
        const double middle = low + (high - low) / 2;
        if (log_likelihood_at(before, after, dispersion, middle) > least)
            low = middle;
        else
            high = middle;
    }
    return high;
}

struct ovf_ratio ovf_rate_ratio(struct ovf_counted before, struct ovf_counted after,
                                double dispersion)
{
    struct ovf_ratio ratio = {
        .ratio = INFINITY,
        .low = 1 / upper_ratio(after, before, dispersion),
        .high = upper_ratio(before, after, dispersion),
    };
    if (before.n > 0)
        ratio.ratio = (after.n / after.exposure) / (before.n / before.exposure);
    return ratio;
}
