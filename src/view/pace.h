/* SPDX-License-Identifier: Apache-2.0 */
/* Which vertices a simplified way still needs for its times and altitudes, though not for its shape (private to
 * src/view): between two that are kept an aircraft goes evenly, along the straight line in latitude and longitude,
 * and its altitude changes evenly. */
#ifndef OVF_VIEW_PACE_H
#define OVF_VIEW_PACE_H

#include "view/flown.h"

/** Within these it is told where and how high it was: two seconds at 250 m/s, and a flight level. */
#define OVF_PACE_TOLERANCE_M 500
#define OVF_PACE_TOLERANCE_FT 100

/** Scratch space; zero-initialise, reuse. */
struct ovf_pace {
    struct ovf_pace_range *ranges; /* private, like all below */
    size_t ranges_capacity;
};

void ovf_pace_deinit(struct ovf_pace *pace);

/**
 * Give vertices of \p piece, which was flown, that are of no level (view/simplify.h: \p n_levels) and are needed the
 * level \p n_levels + 1. One of unknown altitude is never told as one of a known one, nor the other way round.
 */
OVF_NODISCARD enum ovf_status ovf_pace_keep(struct ovf_pace *pace, struct ovf_flown *flown,
                                            const struct ovf_piece *piece, uint8_t n_levels);

#endif
