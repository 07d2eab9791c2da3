/* SPDX-License-Identifier: Apache-2.0 */
#include "series/exposure.h"

#include <stdlib.h>

static const double half_pi = 1.5707963267948966;

static int compare_counts(const void *x, const void *y)
{
    const uint32_t a = *(const uint32_t *)x;
    const uint32_t b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

/** The counts of the same weekday in the weeks around day \p i, in order; how many. */
static size_t weeks_around(const struct ovf_control_day *days, size_t n, size_t i,
                           uint32_t counts[OVF_EXPOSURE_WEEKS])
{
    size_t n_weeks = 0;
    for (size_t away = 7; away <= 7 * OVF_EXPOSURE_WEEKS; away += 7) {
        if (n_weeks < OVF_EXPOSURE_WEEKS && away <= i && days[i - away].has_data)
            counts[n_weeks++] = days[i - away].n;
        if (n_weeks < OVF_EXPOSURE_WEEKS && away < n - i && days[i + away].has_data)
            counts[n_weeks++] = days[i + away].n;
    }
    qsort(counts, n_weeks, sizeof *counts, compare_counts);
    return n_weeks;
}

static double median(const uint32_t *counts, size_t n)
{
    const size_t lower = (n - 1) / 2;
    const size_t upper = n / 2;
    return ((double)counts[lower] + (double)counts[upper]) / 2;
}

/** The highest median of eight weeks in a row that have data, by the weekday of day \p i, all of them within half a
 * year. */
static double best_weeks(const struct ovf_control_day *days, size_t n, size_t i)
{
    const size_t reach = (size_t)7 * OVF_EXPOSURE_BEST_WEEKS;
    const size_t first = i > reach ? i - reach : i % 7;
    double best = 0;
    for (size_t last = first; last < n && last <= i + reach; last += 7) {
        uint32_t counts[OVF_EXPOSURE_WEEKS];
        size_t n_weeks = 0;
        for (size_t back = 0; back <= last - first && n_weeks < OVF_EXPOSURE_WEEKS; back += 7) {
            if (days[last - back].has_data)
                counts[n_weeks++] = days[last - back].n;
        }
        qsort(counts, n_weeks, sizeof *counts, compare_counts);
        if (n_weeks == OVF_EXPOSURE_WEEKS && median(counts, n_weeks) > best)
            best = median(counts, n_weeks);
    }
    return best;
}

/** Whether \p usual, the median of \p n_weeks, is less than \p best by more than a season and by more than
 * chance: four standard errors of the difference of two medians of Poisson counts. */
static bool is_poor(double usual, double best, size_t n_weeks)
{
    const double variance = half_pi * (usual / (double)n_weeks + best / (double)OVF_EXPOSURE_WEEKS);
    return usual < OVF_EXPOSURE_POOR * best && (best - usual) * (best - usual) > 16 * variance;
}

struct ovf_exposure ovf_exposure_of(const struct ovf_control_day *days, size_t n, size_t i)
{
    uint32_t counts[OVF_EXPOSURE_WEEKS];
    const size_t n_weeks = weeks_around(days, n, i, counts);
    if (n_weeks < OVF_EXPOSURE_MIN_WEEKS)
        return (struct ovf_exposure){0};
    const double nearest = median(counts, n_weeks);
    const double best = best_weeks(days, n, i);
    const bool poor = is_poor(nearest, best, n_weeks);
    const double usual = poor ? best : nearest;
    const double n_usual = (double)(poor ? OVF_EXPOSURE_WEEKS : n_weeks);
    if (!(usual > 0))
        return (struct ovf_exposure){0};
    const double heard = (double)days[i].n;
    const double share = heard / usual;
    /* One heard instead of none: nought is known no better than one. */
    const double own = (heard > 1 ? heard : 1) / (usual * usual);
    return (struct ovf_exposure){
        .is_known = days[i].has_data,
        .usual = usual,
        .share = share < OVF_EXPOSURE_CAP ? share : OVF_EXPOSURE_CAP,
        .variance = own + share * share * half_pi / (usual * n_usual),
    };
}

/** Day \p i, with \p n days of control. */
static void expose_day(struct ovf_series *series, const struct ovf_control_day *control, size_t n,
                       size_t i)
{
    const struct ovf_exposure exposure = ovf_exposure_of(control, n, i);
    struct ovf_series_day *day = &series->days[i];
    day->has_data = day->has_data && exposure.is_known;
    day->exposure = exposure.share;
    day->exposure_variance = exposure.variance;
}

void ovf_series_expose(struct ovf_series *series, const struct ovf_control_day *control)
{
    for (size_t i = 0; i < series->n; i++)
        expose_day(series, control, series->n, i);
}

void ovf_series_expose_live(struct ovf_series *series, const struct ovf_control_day *control)
{
    for (size_t i = 0; i < series->n; i++)
        expose_day(series, control, i + 1, i);
}
