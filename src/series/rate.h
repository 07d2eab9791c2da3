/* SPDX-License-Identifier: Apache-2.0 */
/* Counts at a rate: how likely they are, how two rates compare, how soon silence says something.
 *
 * A day with exposure E at rate r counts as negative binomial with mean r E and variance r E (1 + d r), where d is
 * the dispersion; d = 0 is Poisson. (Size E / d: exposure is a share of the day. With E = 1 this is NB2 of size
 * 1/d; a share of each day's flights, thinned, would vary less.) So sums over days are of the same kind, the rate
 * n / E is the maximum likelihood's for every d, and all below is in closed form. */
#ifndef OVF_SERIES_RATE_H
#define OVF_SERIES_RATE_H

#include "series/series.h"

/** Poisson is believed below this ratio of variance to mean. */
#define OVF_POISSON_MAX_INDEX 1.3

/** An alert's P(count | old rate) is less. */
#define OVF_RATE_UNLIKELY 1e-3

/** No day's count is wilder. */
#define OVF_MAX_DISPERSION 1000.0

struct ovf_dispersion {
    size_t n_pairs;    /* of days that it rests on */
    double index;      /* variance to mean; 1 when nothing was counted */
    double dispersion; /* 0: Poisson */
};

/**
 * By moments, from differences between days up to three apart, after each count was divided by its weekday's
 * factor: a step in the rate disturbs the few differences over it, and no more. Days in [\p from, \p until).
 */
struct ovf_dispersion ovf_dispersion_estimate(const struct ovf_series *series, size_t from,
                                              size_t until);

/** -2 ln L at the rate n / exposure, but for terms that depend on the days and not on the rate. 0 for nothing. */
double ovf_rate_cost(struct ovf_counted counted, double dispersion);

/** P(at most \p n in \p exposure), the old rate known from \p before only: its uncertainty (Jeffreys' prior) is
 * part of it. \p before.exposure > 0; 1 for no exposure. n = 0: the exact P(0). */
double ovf_rate_p_at_most(struct ovf_counted before, double dispersion, double exposure,
                          uint32_t n);

/** P(at least \p n). */
double ovf_rate_p_at_least(struct ovf_counted before, double dispersion, double exposure,
                           uint32_t n);

/** The exposure without a flight after which P(0) is OVF_RATE_UNLIKELY at \p rate > 0 (Poisson: 6.9 / rate). */
double ovf_rate_exposure_needed(double rate, double dispersion);

struct ovf_ratio {
    double ratio; /* INFINITY after nothing */
    double low;   /* 95 %: the profile likelihood falls by 1.92 */
    double high;  /* INFINITY when nothing was counted before */
};

/** The rate of \p after to that of \p before; both exposures > 0, not both counts 0. */
struct ovf_ratio ovf_rate_ratio(struct ovf_counted before, struct ovf_counted after,
                                double dispersion);

#endif
