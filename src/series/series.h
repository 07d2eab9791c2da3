/* SPDX-License-Identifier: Apache-2.0 */
/* A daily series: what was counted of a declared population on each UTC day, and what share of it would have
 * been heard (the exposure). A day without data is no zero, and neither is one on which nobody listened: they
 * say nothing, and whatever is computed here leaves them out. */
#ifndef OVF_SERIES_SERIES_H
#define OVF_SERIES_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/** 27 years. What is found in a series takes time with the square of its length. */
enum { OVF_SERIES_MAX_DAYS = 10000, OVF_SERIES_MAX_COUNT = 1000000 };

#define OVF_SERIES_MAX_EXPOSURE 1000.0

/** Who hears less than a thousandth does not listen. */
#define OVF_SERIES_MIN_EXPOSURE 1e-3

struct ovf_series_day {
    bool has_data;   /* else the day says nothing, whatever stands below */
    uint32_t n;      /* crossings of the population */
    double exposure; /* expected share of the population that is heard; 0: nobody listened */
    double exposure_variance;
};

/** Consecutive UTC days. */
struct ovf_series {
    int64_t first_day_ns; /* a midnight */
    struct ovf_series_day *days;
    size_t n;
};

/**
 * \p n_days days without data, from the one that \p t_ns lies in; all of them zeros.
 * \retval OVF_E_LIMIT  more than OVF_SERIES_MAX_DAYS, or they end after the last that a time can name
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_series_init(struct ovf_series *series, int64_t t_ns,
                                              size_t n_days, struct ovf_error *err);
void ovf_series_deinit(struct ovf_series *series);

/** The day that \p t_ns lies in; NULL: not in the series. */
struct ovf_series_day *ovf_series_day_at(const struct ovf_series *series, int64_t t_ns);

/** The midnight that day \p i begins with; \p i may be \p n, the end. */
int64_t ovf_series_day_ns(const struct ovf_series *series, size_t i);

/** \retval OVF_E_RANGE  a day that has data counts more than OVF_SERIES_MAX_COUNT, or its exposure or variance is
 * negative, above OVF_SERIES_MAX_EXPOSURE or no number */
OVF_NODISCARD enum ovf_status ovf_series_check(const struct ovf_series *series,
                                               struct ovf_error *err);

/** 0 for Monday to 6 for Sunday. */
unsigned ovf_series_weekday(const struct ovf_series *series, size_t i);

/** Whether the day says anything. */
static inline bool ovf_series_day_tells(const struct ovf_series_day *day)
{
    return day->has_data && day->exposure >= OVF_SERIES_MIN_EXPOSURE;
}

/** Sums over days that say something. */
struct ovf_counted {
    double n; /* whole */
    double exposure;
};

#endif
