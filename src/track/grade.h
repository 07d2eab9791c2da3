/* SPDX-License-Identifier: Apache-2.0 */
/* Grading a track: how far each of its fixes is believed. */
#ifndef OVF_TRACK_GRADE_H
#define OVF_TRACK_GRADE_H

#include "track/merge.h"

/**
 * Set radius_m and grade of every fix, and the track's detections.
 *
 * Believed are the fixes of the longest sequence in which each is reachable from the one before; single
 * outliers fall out. What contradicts it for longer, and what does not fit the speed, track and altitude that
 * it reports itself, makes OVF_GRADE_X of the time around it, too; what follows that for less than the time
 * of confirmation stays OVF_GRADE_X. Where two ways are about as good, neither is believed where they meet.
 * What is believed has the grade and radius of track/quality; the radius doubled where integrity falls, and no
 * better grade than D where the reported speeds or tracks fit nowhere.
 *
 * Fixes of another aircraft that takes turns with this one under the same address have OVF_GRADE_X and
 * OVF_FIX_TWIN; ovf_track_split_twin (track/twin.h) makes them a track of their own.
 *
 * \param[out] n_suspect  how many are OVF_GRADE_X and not the other aircraft's
 * \retval OVF_E_NOMEM  and then grades mean nothing
 */
OVF_NODISCARD enum ovf_status ovf_track_grade(struct ovf_track *track,
                                              const struct ovf_detect_config *config,
                                              size_t *n_suspect);

#endif
