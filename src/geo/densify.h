/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting a line into pieces that are straight in latitude and longitude.
 *
 * Between two positions a track and a boundary follow the WGS84 geodesic, except that a boundary edge
 * whose ends have the same latitude is that parallel. Pieces are halved until the straight chord lies
 * within OVF_CHORD_M of the line and no piece is longer than OVF_PIECE_MAX_E7 either way. The same ends
 * give the same pieces in either direction.
 */
#ifndef OVF_GEO_DENSIFY_H
#define OVF_GEO_DENSIFY_H

#include <stddef.h>

#include "base/status.h"
#include "geo/point.h"

/** Bounds the distance between chord and line. A tenth of a metre is a hundredth of the map's own
 * accuracy (10 m), and 0.4 ms of flight. */
#define OVF_CHORD_M 0.1

#define OVF_PIECE_MAX_E7 OVF_E7_PER_DEG

enum ovf_line_kind {
    OVF_LINE_GEODESIC,
    OVF_LINE_BOUNDARY, /* a geodesic, or the parallel when both latitudes are the same */
};

struct ovf_points {
    struct ovf_point *items;
    size_t n;
    size_t capacity;
};

void ovf_points_deinit(struct ovf_points *points);
OVF_NODISCARD enum ovf_status ovf_points_push(struct ovf_points *points, struct ovf_point point);

/**
 * Append to \p out the vertices after \p a up to and including \p b.
 * Ends exactly half the globe apart have no one geodesic; one of them is taken.
 */
OVF_NODISCARD enum ovf_status ovf_densify(struct ovf_point a, struct ovf_point b,
                                          enum ovf_line_kind kind, struct ovf_points *out);

#endif
