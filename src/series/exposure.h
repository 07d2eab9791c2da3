/* SPDX-License-Identifier: Apache-2.0 */
/* Exposure from control traffic: flights of others that are heard in the same cells, set against what is usual
 * there on that weekday in the eight weeks around (at an end of the series, all on one side).
 *
 * It tells outages and bad weeks. What changes over months (a receiver more, an airline less) changes what is
 * usual with it: then the exposure stays near 1 and the change is in the series, to be judged by eye. */
#ifndef OVF_SERIES_EXPOSURE_H
#define OVF_SERIES_EXPOSURE_H

#include "series/series.h"

/** More control traffic than usual is a holiday, not better hearing: at most this is believed. */
#define OVF_EXPOSURE_CAP 1.25

enum {
    OVF_EXPOSURE_WEEKS = 8,     /* that have data: the nearest, and none is further away */
    OVF_EXPOSURE_MIN_WEEKS = 3, /* fewer are no measure */
};

struct ovf_control_day {
    bool has_data; /* the inputs have that day at all */
    uint32_t n;    /* control flights heard */
};

struct ovf_exposure {
    bool is_known;   /* else there are too few weeks about, or usually nobody flies there */
    double usual;    /* the median of the same weekday in these weeks, not its own */
    double share;    /* n / usual, at most OVF_EXPOSURE_CAP */
    double variance; /* of the share: counts as Poisson, the median as pi/2 times a mean */
};

/** Of day \p i of \p n consecutive days. */
struct ovf_exposure ovf_exposure_of(const struct ovf_control_day *days, size_t n, size_t i);

/** Set exposure and variance of each day of \p series from as many \p control days. A day of which the exposure is
 * not known loses its data; one whose control has no data, too. */
void ovf_series_expose(struct ovf_series *series, const struct ovf_control_day *control);

/** The same as it was known on each day: from the weeks before it only. */
void ovf_series_expose_live(struct ovf_series *series, const struct ovf_control_day *control);

#endif
