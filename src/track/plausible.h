/* SPDX-License-Identifier: Apache-2.0 */
/* The speed test: could one aircraft have been at both these places? */
#ifndef OVF_TRACK_PLAUSIBLE_H
#define OVF_TRACK_PLAUSIBLE_H

#include "track/detection.h"
#include "track/fix.h"

/** How far two fixes lie apart. What decides is the chord; it costs sines, so its bound is asked first,
 * which is enough for all but a few. */
struct ovf_apart {
    double most_m;
    double exact_m; /* below 0: not needed yet */
};

double ovf_apart_exact_m(struct ovf_apart *apart, const struct ovf_fix *from,
                         const struct ovf_fix *to);

/**
 * Whether an aircraft at \p from could be at \p to, the later or equally late of the two, by a fast
 * but not absurd flight: the speed it reports and some acceleration, within the limits of \p config.
 *
 * \param[out] apart  how far that is
 */
bool ovf_fix_reaches(const struct ovf_fix *from, const struct ovf_fix *to,
                     const struct ovf_detect_config *config, struct ovf_apart *apart);

/** Whether a wrong fix could have made that step as well: a long silence, or farther than the reported
 * speed explains. \p apart is that of the two. */
bool ovf_fix_is_loose_step(const struct ovf_fix *from, const struct ovf_fix *to,
                           struct ovf_apart *apart);

/** The speed that the direct way between the two takes, and the highest that is allowed; knots. */
double ovf_fix_speed_kt(const struct ovf_fix *from, const struct ovf_fix *to);
double ovf_fix_limit_kt(const struct ovf_fix *from, const struct ovf_fix *to,
                        const struct ovf_detect_config *config);

#endif
