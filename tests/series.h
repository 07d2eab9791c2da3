/* SPDX-License-Identifier: Apache-2.0 */
/* Invented series for tests: counts drawn from a seed, the same on every machine. */
#ifndef OVF_TESTS_SERIES_H
#define OVF_TESTS_SERIES_H

#include "test.h"

#include "base/logs.h"
#include "base/time.h"
#include "series/series.h"
#include "simulate/random.h"

/** Monday, 2024-01-01. */
#define SERIES_BEGIN_NS (INT64_C(1704067200) * OVF_NS_PER_S)

/** Poisson by inversion: for means up to some hundreds. */
static inline uint32_t draw_poisson(struct ovf_random *random, double mean)
{
    const double u = ovf_random_unit(random);
    double p = ovf_exp(-mean);
    double sum = p;
    uint32_t n = 0;
    for (; sum < u && n < 10000; sum += p)
        p *= mean / ++n;
    return n;
}

/** Negative binomial of dispersion 1 (size 1), which is geometric. */
static inline uint32_t draw_geometric(struct ovf_random *random, double mean)
{
    const double u = 1 - ovf_random_unit(random); /* in (0, 1] */
    return (uint32_t)(ovf_log(u) / -ovf_log1p(1 / mean));
}

/** \p n days with data, of exposure 1 and without a flight. */
static inline struct ovf_series series_of_days(size_t n)
{
    struct ovf_series series;
    assert_int_equal(ovf_series_init(&series, SERIES_BEGIN_NS, n, NULL), OVF_OK);
    for (size_t i = 0; i < n; i++) {
        series.days[i].has_data = true;
        series.days[i].exposure = 1;
    }
    return series;
}

/** Poisson counts at \p rate, of what the exposure lets be heard, on days [\p from, \p until). */
static inline void series_fly(struct ovf_series *series, struct ovf_random *random, double rate,
                              size_t from, size_t until)
{
    for (size_t i = from; i < until; i++)
        series->days[i].n = draw_poisson(random, rate * series->days[i].exposure);
}

#endif
