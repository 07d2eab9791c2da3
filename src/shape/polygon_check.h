/* SPDX-License-Identifier: Apache-2.0 */
/* Is this an area? Rings that cross themselves or each other; holes outside their shells or in other
 * holes, which are left out and counted; polygons inside another of the same feature, which odd and
 * even make holes, and which are counted.
 *
 * The boundary that is looked at is the one that decides later: each line cut into straight pieces
 * (geo/densify.h), compared by exact integer orientation. Lines that touch, or that pass each other by
 * no more than OVF_TOUCH_E7 (a vertex on another line, rounded), are no crossing but are reported:
 * what is inside is what an odd number of rings holds, and a touch does not change that.
 */
#ifndef OVF_SHAPE_POLYGON_CHECK_H
#define OVF_SHAPE_POLYGON_CHECK_H

#include "base/error.h"
#include "shape/geojson.h"

/** Twice what rounding a point of a line to 1e-7 degree may move it, for either line: 4 cm. */
#define OVF_TOUCH_E7 4

/** Comparisons of two pieces before a polygon counts as too intricate to check: under a second. */
#define OVF_POLYGON_MAX_PAIRS 100000000U

struct ovf_polygon_report {
    bool touches;           /* two lines meet elsewhere than at a common end */
    size_t n_holes_dropped; /* outside their shell, or in another hole */
    size_t n_nested;        /* polygons inside another of the feature */
};

/**
 * Check all rings of \p shape and leave out those that hold nothing of their own.
 * \retval OVF_E_FORMAT  two lines cross; \p err says where
 * \retval OVF_E_LIMIT   too intricate
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_polygon_check(struct ovf_shape *shape,
                                                struct ovf_polygon_report *report,
                                                struct ovf_error *err);

#endif
