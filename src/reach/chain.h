/* SPDX-License-Identifier: Apache-2.0 */
/* A gap in which something is known all the same: at a certain time the aircraft was within a disc. It may
 * be as wide as a receiver hears (a frame without a position), or as narrow as one uncertain fix. */
#ifndef OVF_REACH_CHAIN_H
#define OVF_REACH_CHAIN_H

#include "reach/prism.h"

/**
 * As ovf_reach_judge, with \p n_discs more places between, in order of time. Discs of one time hold together: it was
 * where all of them are.
 *
 * The avoidance speed is the least, over all places in a disc, of the greater of the averages before and
 * after it; of several discs, the greatest of what each says alone, what each says between its neighbours, and what
 * neighbours say of the time between them (a lower bound of what all say together).
 *
 * \retval OVF_E_RANGE  as ovf_reach_judge, the times are not in order, or discs of one time have no place in common
 */
OVF_NODISCARD enum ovf_status ovf_reach_judge_chain(
    struct ovf_reach *reach, const struct ovf_region *region, const struct ovf_anchor *from,
    const struct ovf_anchor *to, const struct ovf_anchor *discs, size_t n_discs,
    const struct ovf_speed_limits *limits, struct ovf_verdict *verdict, struct ovf_error *err);

/**
 * The cheap part of it: INCONSISTENT or IMPOSSIBLE where the straight ways from each place to the next tell so, else
 * POSSIBLE; with the times of the touch, and direct_kt. avoidance_kt is direct_kt.
 * \retval OVF_E_RANGE  as above
 */
OVF_NODISCARD enum ovf_status ovf_reach_judge_straight(
    const struct ovf_region *region, const struct ovf_anchor *from, const struct ovf_anchor *to,
    const struct ovf_anchor *discs, size_t n_discs, const struct ovf_speed_limits *limits,
    struct ovf_verdict *verdict, struct ovf_error *err);

/** By how much the disc cuts what could be reached at its time at \p hard_kt, metres; not above 0: by nothing. For a
 * choice among discs: good to a percent, no bound. */
double ovf_reach_disc_cut_m(const struct ovf_anchor *from, const struct ovf_anchor *to,
                            const struct ovf_anchor *disc, double hard_kt);

/** The place of the disc that is nearest to where the straight way is at its time. */
struct ovf_point ovf_reach_least_bend(const struct ovf_anchor *from, const struct ovf_anchor *to,
                                      const struct ovf_anchor *disc);

/** Which airspaces the straight way leads through that comes through the disc at its time with the least bend. */
struct ovf_members ovf_reach_on_way_by(const struct ovf_index *index, const struct ovf_anchor *from,
                                       const struct ovf_anchor *to, const struct ovf_anchor *disc);

#endif
