/* SPDX-License-Identifier: Apache-2.0 */
#include "series/series.h"

#include <stdlib.h>

#include "base/time.h"

enum ovf_status ovf_series_init(struct ovf_series *series, int64_t t_ns, size_t n_days,
                                struct ovf_error *err)
{
    if (n_days > OVF_SERIES_MAX_DAYS)
        return ovf_error_set(err, OVF_E_LIMIT, "a series of %zu days is longer than %d", n_days,
                             (int)OVF_SERIES_MAX_DAYS);
    const int64_t first_day_ns = ovf_time_day(t_ns);
    if (first_day_ns > INT64_MAX - (int64_t)n_days * OVF_NS_PER_DAY)
        return ovf_error_set(err, OVF_E_LIMIT, "a series that ends after the year 2261");
    const struct ovf_series made = {first_day_ns,
                                    calloc(n_days > 0 ? n_days : 1, sizeof *made.days), n_days};
    if (made.days == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory");
    *series = made;
    return OVF_OK;
}

void ovf_series_deinit(struct ovf_series *series)
{
    free(series->days);
    *series = (struct ovf_series){0};
}

struct ovf_series_day *ovf_series_day_at(const struct ovf_series *series, int64_t t_ns)
{
    if (t_ns < series->first_day_ns)
        return NULL;
    const uint64_t i = ((uint64_t)t_ns - (uint64_t)series->first_day_ns) / OVF_NS_PER_DAY;
    return i < series->n ? &series->days[i] : NULL;
}

int64_t ovf_series_day_ns(const struct ovf_series *series, size_t i)
{
    return series->first_day_ns + (int64_t)i * OVF_NS_PER_DAY;
}

unsigned ovf_series_weekday(const struct ovf_series *series, size_t i)
{
    return ovf_time_weekday(ovf_series_day_ns(series, i));
}

static bool is_share(double x)
{
    return x >= 0 && x <= OVF_SERIES_MAX_EXPOSURE; /* false for NAN */
}

enum ovf_status ovf_series_check(const struct ovf_series *series, struct ovf_error *err)
{
    for (size_t i = 0; i < series->n; i++) {
        const struct ovf_series_day *day = &series->days[i];
        if (!day->has_data)
            continue;
        if (!is_share(day->exposure) || !is_share(day->exposure_variance))
            return ovf_error_set(err, OVF_E_RANGE,
                                 "day %zu of the series: exposure %g, variance %g", i,
                                 day->exposure, day->exposure_variance);
        if (day->n > OVF_SERIES_MAX_COUNT)
            return ovf_error_set(err, OVF_E_RANGE, "day %zu of the series: a count of %u", i,
                                 (unsigned)day->n);
    }
    return OVF_OK;
}
