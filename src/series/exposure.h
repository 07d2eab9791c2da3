/* SPDX-License-Identifier: Apache-2.0 */
/* Exposure from control traffic: flights of others that are heard in the same cells, set against what is usual
 * there on that weekday in the eight weeks around (at an end of the series, all on one side).
 *
 * Poor hearing that lasts would become usual itself. So what is usual is compared with the best eight weeks in a row
 * of half a year on either side: where it is clearly less, by more than the seasons make, the best are the
 * measure. A receiver more thus lowers the days before it, an airline less those behind it: then a halt takes
 * longer to tell, and poor hearing is none. */
#ifndef OVF_SERIES_EXPOSURE_H
#define OVF_SERIES_EXPOSURE_H

#include "series/series.h"

/** Below this part of the best weeks it is poor hearing, not a season. */
#define OVF_EXPOSURE_POOR 0.75

/** More control traffic than usual is a holiday, not better hearing: at most this is believed. */
#define OVF_EXPOSURE_CAP 1.25

enum {
    OVF_EXPOSURE_WEEKS = 8,       /* that have data: the nearest, and none is further away */
    OVF_EXPOSURE_MIN_WEEKS = 3,   /* fewer are no measure */
    OVF_EXPOSURE_BEST_WEEKS = 26, /* before and behind, in which the best are looked for */
};

struct ovf_control_day {
    bool has_data; /* the inputs have that day at all */
    uint32_t n;    /* control flights heard */
};

struct ovf_exposure {
    bool is_known; /* else there are too few weeks about, or usually nobody flies there */
    double
        usual; /* the median of the same weekday in these weeks, not its own; or of the best ones */
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
