/* SPDX-License-Identifier: Apache-2.0 */
/* GeoPackageBinary (OGC 12-128r17, clause 2.1.3): header with envelope, then little-endian WKB, longitude first,
 * without Z; of ways that were flown M says when, in seconds since 1970. Lines that pass the antimeridian are cut
 * there; their latitude at 180 is that of the straight line in latitude and longitude between the two points. */
#ifndef OVF_STORE_GPKG_GEOMETRY_H
#define OVF_STORE_GPKG_GEOMETRY_H

#include "base/buffer.h"
#include "geo/point.h"
#include "geo/rings.h"
#include "store/gpkg.h"

/** Between two vertices of a line that is bent into a geodesic: its chord on the map stays within 50 m of
 * it below 60 degrees of latitude, which is drawing accuracy. */
#define OVF_GPKG_GEODESIC_STEP_M 35e3

/** A run of points without a gap. Borrowed. */
struct ovf_store_part {
    const struct ovf_point *points;
    size_t n_points;
    const int64_t *
        times_ns; /* of each point, none before the one before it; NULL unless the line has times */
};

/** A line of parts; a part of fewer than two different points is left out. */
struct ovf_store_line {
    const struct ovf_store_part *parts;
    size_t n_parts;
    bool geodesic;  /* its points are far apart: draw geodesics between them */
    bool has_times; /* not of one that is geodesic */
};

/**
 * \p out (emptied first) becomes a MULTILINESTRING, with times one with M, and \p bounds its extent. A place that
 * was kept to for a while is one vertex; with times two: since when and until when.
 * \param[out] empty  there is no line: \p out is empty, store NULL
 * \retval OVF_OK, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_gpkg_from_line(const struct ovf_store_line *line,
                                                 struct ovf_buffer *out,
                                                 struct ovf_gpkg_bounds *bounds, bool *empty);

/** The same for a MULTIPOLYGON. Its rings are written as they are (geo/rings.h has cut them). */
OVF_NODISCARD enum ovf_status ovf_gpkg_from_polygons(const struct ovf_polygons *polygons,
                                                     struct ovf_buffer *out,
                                                     struct ovf_gpkg_bounds *bounds, bool *empty);

#endif
