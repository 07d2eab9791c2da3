/* SPDX-License-Identifier: Apache-2.0 */
/* Exact orientation in the plane of latitude and longitude, never undecided.
 *
 * Every position of a track is read as lying a hair east, and a hair of a hair north, of where its
 * integers say: p' = p + (e east, e^2 north) with e > 0 smaller than any number. A position then never
 * lies on a boundary, a track never runs along one or through a corner, and "which side" has one
 * answer everywhere, so that counting crossings and testing points always agree. In words: a point on
 * a boundary belongs to what lies just east of it; on a boundary that runs along a parallel, to what
 * lies just north.
 *
 * All points handed in together lie within OVF_LOCAL_MAX_E7 of each other (edges and track pieces are
 * cut to that), so that products fit 64 bits; longitudes are compared the shorter way round.
 */
#ifndef OVF_GEO_ORIENT_H
#define OVF_GEO_ORIENT_H

#include <stdbool.h>

#include "geo/point.h"

/** 4 degrees either way: differences stay below 2^27, products below 2^55. */
#define OVF_LOCAL_MAX_E7 40000000

/** Twice the signed area of a, b, p: positive when p lies left of a -> b (east is right of north). */
static inline int64_t ovf_orient(struct ovf_point a, struct ovf_point b, struct ovf_point p)
{
    const int64_t bx = ovf_lon_difference(a.lon_e7, b.lon_e7);
    const int64_t by = (int64_t)b.lat_e7 - a.lat_e7;
    const int64_t px = ovf_lon_difference(a.lon_e7, p.lon_e7);
    const int64_t py = (int64_t)p.lat_e7 - a.lat_e7;
    return bx * py - by * px;
}

/** Whether the track position \p p, moved by its hair, lies left of the edge a -> b (a != b). */
static inline bool ovf_edge_has_left(struct ovf_point a, struct ovf_point b, struct ovf_point p)
{
    const int64_t area = ovf_orient(a, b, p);
    if (area != 0)
        return area > 0;
    /* Moving p east by e changes the area by -(b.lat - a.lat) e, north by e^2 by (b.lon - a.lon) e^2. */
    if (a.lat_e7 != b.lat_e7)
        return b.lat_e7 < a.lat_e7;
    return ovf_lon_difference(a.lon_e7, b.lon_e7) > 0;
}

/** Whether the boundary vertex \p v lies left of the track piece p -> q (p != q), both moved. */
static inline bool ovf_piece_has_left(struct ovf_point p, struct ovf_point q, struct ovf_point v)
{
    const int64_t area = ovf_orient(p, q, v);
    if (area != 0)
        return area > 0;
    /* Moving p and q by the hair is moving v the other way. */
    if (p.lat_e7 != q.lat_e7)
        return q.lat_e7 > p.lat_e7;
    return ovf_lon_difference(p.lon_e7, q.lon_e7) < 0;
}

/** Whether the track piece p -> q crosses the edge a -> b. */
static inline bool ovf_piece_crosses_edge(struct ovf_point p, struct ovf_point q,
                                          struct ovf_point a, struct ovf_point b)
{
    return ovf_edge_has_left(a, b, p) != ovf_edge_has_left(a, b, q) &&
           ovf_piece_has_left(p, q, a) != ovf_piece_has_left(p, q, b);
}

#endif
