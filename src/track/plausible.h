/* SPDX-License-Identifier: Apache-2.0 */
/* Grading a track's fixes. So far one test: could one aircraft have been at all these places? */
#ifndef OVF_TRACK_PLAUSIBLE_H
#define OVF_TRACK_PLAUSIBLE_H

#include "track/merge.h"

/**
 * Whether an aircraft at \p from could be at \p to, the later or equally late of the two, by a fast
 * but not absurd flight: the speed it reports and some acceleration, never above 2,000 kt.
 */
bool ovf_fix_reachable(const struct ovf_fix *from, const struct ovf_fix *to);

/**
 * Set radius_m and grade of every fix: what track/quality says, or OVF_GRADE_X where it cannot belong to
 * the rest. Believed are the fixes of the longest sequence in which each is reachable from the one
 * before: a single outlier falls out, of two chains that alternate the shorter does, and after a
 * jump the one that goes on for longer stays. Where two ways end with equally many fixes, neither is
 * believed from where they part. At most six ways are kept open at a time.
 *
 * \param[out] n_suspect  how many are OVF_GRADE_X
 * \retval OVF_E_NOMEM  nothing is graded
 */
OVF_NODISCARD enum ovf_status ovf_track_grade(struct ovf_track *track, size_t *n_suspect);

#endif
