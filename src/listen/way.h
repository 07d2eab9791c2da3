/* SPDX-License-Identifier: Apache-2.0 */
/* The cells that the straight way between two places leads through, and when.
 *
 * The way is the great circle of the geodetic coordinates, flown at uniform speed: + - * / sqrt only, as it
 * decides. The geodesic lies within 5 km of it up to 4,900 km, within half a cell up to 12,000 km. */
#ifndef OVF_LISTEN_WAY_H
#define OVF_LISTEN_WAY_H

#include <stddef.h>

#include "base/status.h"
#include "geo/cell.h"

/** A time in one cell. */
struct ovf_stay {
    uint32_t cell;
    int64_t from_s; /* since 1970 */
    int64_t to_s;
};

/** Zero-initialised is empty; reuse. */
struct ovf_stays {
    struct ovf_stay *items;
    size_t n;
    size_t capacity;
};

void ovf_stays_deinit(struct ovf_stays *stays);

/**
 * Put the cells between two places into \p stays, in order; each begins when the one before ends, the first
 * at \p from_s, the last ends at \p to_s (not before \p from_s). Where a cell is left, is known to within 2 km,
 * and to the second; a corner that both ends of a piece of 20 km miss may be missed. Of places half the globe
 * apart, which have no one way, only the two cells.
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_way_through_cells(struct ovf_count_rows *rows,
                                                    struct ovf_point from, int64_t from_s,
                                                    struct ovf_point to, int64_t to_s,
                                                    struct ovf_stays *stays);

#endif
