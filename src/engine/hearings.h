/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of an aircraft where it gives no position that is believed: a receiver of known place heard it, so
 * it was in sight of that. Satellite navigation has no part in it.
 *
 * Heard it was by messages without a position (OVF_FIX_HEARING), and by those with one that is not believed, when the
 * receiver had them from the aircraft itself (OVF_FIX_DIRECT): one a minute of these. */
#ifndef OVF_ENGINE_HEARINGS_H
#define OVF_ENGINE_HEARINGS_H

#include "base/time.h"
#include "reach/prism.h"
#include "track/merge.h"

/** Discs around receivers, by time; of one instant only one. Zero-initialise, reuse. */
struct ovf_hearings {
    struct ovf_anchor *items;
    size_t n;
    size_t capacity;
};

void ovf_hearings_deinit(struct ovf_hearings *hearings);

/** So long before the first fix and after the last is looked for what was heard: as long as a flight may be silent
 * (track/legs.h), and is carried on to other scans (engine/carry.h). */
#define OVF_HEARD_BEYOND_NS (16 * 60 * OVF_NS_PER_MIN)

/** Those within fixes \p first to \p last of \p track, which is graded, and beyond these up to the next fix or
 * OVF_HEARD_BEYOND_NS, take the place of what was there. None of
 * an aircraft that may be faster than the hard limit; nor when any contradicts a believed fix of these, before,
 * after or at that time: then another has the address, or a clock or an altitude is wrong, and nobody knows which
 * hearings are right. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_hearings_find(const struct ovf_track *track, size_t first,
                                                size_t last, const struct ovf_detect_config *config,
                                                const struct ovf_speed_limits *limits,
                                                struct ovf_hearings *hearings);

/** Of a gap: as many as tell what could be touched, and few that are searched through (reach/chain.h). */
enum { OVF_GAP_HEARINGS_MAX = 48, OVF_GAP_DISCS_MAX = 3 };

struct ovf_gap_hearings {
    struct ovf_anchor items[OVF_GAP_HEARINGS_MAX]; /* by time, spread over the gap */
    size_t n;
    struct ovf_anchor
        discs[OVF_GAP_DISCS_MAX]; /* by time: of these, what cuts most off what could be reached */
    size_t n_discs;
};

/** What of \p hearings lies between the two places and cuts off something at \p hard_kt. */
struct ovf_gap_hearings ovf_hearings_of_gap(const struct ovf_hearings *hearings,
                                            const struct ovf_anchor *from,
                                            const struct ovf_anchor *to, double hard_kt);

/**
 * Of what was heard between the place \p at, and the time \p until_ns after it or before it, the disc that the fastest
 * way leads to; NULL: none takes half of the hard speed: who had time for twice the way may have landed in between.
 */
const struct ovf_anchor *ovf_hearings_beyond(const struct ovf_hearings *hearings,
                                             const struct ovf_anchor *at, int64_t until_ns,
                                             const struct ovf_speed_limits *limits);

#endif
