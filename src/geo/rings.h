/* SPDX-License-Identifier: Apache-2.0 */
/* From the edges of an index back to polygons, for maps and files: rings that are closed, cut at the
 * antimeridian and led along it and round the poles, as RFC 7946 (3.1.9) and flat maps want them.
 *
 * Nothing here decides who owns a place; that is the index's. */
#ifndef OVF_GEO_RINGS_H
#define OVF_GEO_RINGS_H

#include "geo/edges_by_set.h"

/** A vertex of a flat map: as struct ovf_point, but longitude 180 is another place than -180. */
struct ovf_map_point {
    int32_t lat_e7;
    int32_t lon_e7; /* [-180e7, 180e7] */
};

/** The last point repeats the first. Outer rings run counterclockwise, holes clockwise. */
struct ovf_polygon_ring {
    size_t first; /* in points */
    size_t n_points;
    bool is_hole; /* of the last ring before it that is none */
};

/** Zero-initialise. */
struct ovf_polygons {
    struct ovf_map_point *points;
    size_t n_points;
    size_t points_capacity;
    struct ovf_polygon_ring *rings; /* each outer ring, then its holes */
    size_t n_rings;
    size_t rings_capacity;
};

void ovf_polygons_deinit(struct ovf_polygons *polygons);

/**
 * The polygons of \p owner in \p index.
 *
 * Each ring passes each of its vertices once; where rings touch, they touch in a point. An airspace that
 * holds a pole gets an edge along 90 degrees of latitude; one without edges that holds all of the globe is
 * the whole map; one that is nowhere has no ring. Takes n log n for the owner's edges.
 *
 * \param[in]  edges  those of \p index, made once for any number of owners
 * \param[out] out    emptied first
 * \retval OVF_E_FORMAT  the owner's edges do not close (never from ovf_index_build)
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_polygons_of_one(const struct ovf_index *index,
                                                  const struct ovf_edges_by_set *edges,
                                                  uint32_t owner, struct ovf_polygons *out);

#endif
