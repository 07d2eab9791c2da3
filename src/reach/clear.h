/* SPDX-License-Identifier: Apache-2.0 */
/* How far from the boundary of an airspace a way stayed. Arcs of the conformal sphere; all bounds are too low
 * rather than too high, by at most 150 m and what reach/arc.h says of lengths. */
#ifndef OVF_REACH_CLEAR_H
#define OVF_REACH_CLEAR_H

#include "reach/nearest.h"
#include "reach/prism.h"

/** A way that is followed; owner, index, least_rad and most_rad are set first, these two to what is far enough. */
struct ovf_clear {
    const struct ovf_index *index;
    struct ovf_members owner;
    double least_rad;        /* from the boundary, so far */
    double most_rad;         /* of what the least will be, by the places that were looked at */
    struct ovf_unit nearest; /* where that is; of a gap that is unknown */
    struct ovf_about about;  /* private */
};

/** Add to \p owners those whose boundary comes within \p range_rad of a way of \p way_rad from \p from to \p to. */
void ovf_clear_owners(const struct ovf_index *index, struct ovf_unit from, struct ovf_unit to,
                      double way_rad, double range_rad, struct ovf_members *owners);

/** How far a place is from the boundary. */
struct ovf_clear_place {
    double least_rad;
    double most_rad; /* INFINITY: not known */
};

/** Look, where \p most_rad is known of the place already (INFINITY: nothing). When it is so far that the way has at
 * least OVF_CLEAR_STRIDE_RAD to go before it can lower the least, no more than that is found. */
#define OVF_CLEAR_STRIDE_RAD 0.002
struct ovf_clear_place ovf_clear_look(struct ovf_clear *clear, struct ovf_unit at, double most_rad);

/** A place of the way, and how far it is. */
struct ovf_clear_stop {
    struct ovf_unit at;
    struct ovf_clear_place from;
};

/** Whether a way of \p way_rad between two places, perhaps a bent one, surely does not lower the least. */
bool ovf_clear_passes(const struct ovf_clear *clear, const struct ovf_clear_stop *a,
                      const struct ovf_clear_stop *b, double way_rad);

/** Follow the straight way between two places. \return whether the least was lowered */
bool ovf_clear_follow(struct ovf_clear *clear, const struct ovf_clear_stop *a,
                      const struct ovf_clear_stop *b);

/**
 * Bridge a gap in which the airspace cannot have been touched, by what could be flown. Who passed a place at the
 * distance d from the boundary could have gone there and back with 2 d more: half of what the shortest way
 * by the boundary is longer than what could be flown is kept at the least.
 *
 * \return whether the least was lowered
 */
bool ovf_clear_gap(struct ovf_clear *clear, const struct ovf_anchor *from,
                   const struct ovf_anchor *to, const struct ovf_speed_limits *limits);

#endif
