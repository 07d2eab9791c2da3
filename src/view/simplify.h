/* SPDX-License-Identifier: Apache-2.0 */
/* Ways for maps, simplified for all zooms at once (Douglas and Peucker 1973): each vertex says from which level on
 * it is needed.
 *
 * A map (Web Mercator) draws a straight line from vertex to vertex, so that is what distances are taken from: the
 * line that is drawn at a level lies within its tolerance, on the ground, of every vertex that it leaves out.
 * Arithmetic is + - * / sqrt alone (geo/trig.h, base/logs.h): the same vertices everywhere. */
#ifndef OVF_VIEW_SIMPLIFY_H
#define OVF_VIEW_SIMPLIFY_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/** A vertex; its longitude runs on beyond half a turn. */
struct ovf_drawn {
    int32_t lat_e7;
    int64_t lon_e7;
    uint8_t level; /* from which it is needed; the number of levels: from none */
};

/** Where the map has a vertex, in radians of the equator; what lies too near a pole for it, at its edge. */
void ovf_drawn_on_map(const struct ovf_drawn *vertex, double *x, double *y);

/** Scratch space; zero-initialise, reuse. */
struct ovf_simplifier {
    struct ovf_simplify_place *places; /* private, like all below */
    size_t places_capacity;
    struct ovf_simplify_range *ranges;
    size_t ranges_capacity;
};

void ovf_simplifier_deinit(struct ovf_simplifier *simplifier);

/**
 * Set the levels of \p n vertices; those of the first and the last are 0.
 * \param[in] tolerances_m  of \p n_levels (1 to 255) levels, each smaller than the one before, > 0
 * Takes n log n for ways as they are flown, n^2 at the worst.
 */
OVF_NODISCARD enum ovf_status ovf_simplify(struct ovf_simplifier *simplifier,
                                           struct ovf_drawn *vertices, size_t n,
                                           const double *tolerances_m, size_t n_levels);

#endif
