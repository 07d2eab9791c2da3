/* SPDX-License-Identifier: Apache-2.0 */
/* Back from GeoPackageBinary to points: what store/gpkg_geometry.h has written. Any bytes are read; what is
 * something else is refused. */
#ifndef OVF_STORE_GPKG_SHAPE_H
#define OVF_STORE_GPKG_SHAPE_H

#include "base/bytes.h"
#include "geo/rings.h"

/** Of each point when it was passed; none of a shape without M. Zero-initialise. */
struct ovf_gpkg_times {
    int64_t *items_ns;
    size_t n;
    size_t capacity;
};

/**
 * Read a MULTILINESTRING, with M or without, or a MULTIPOLYGON, little-endian.
 *
 * \param[out] out  emptied first. Of lines, each is a ring that is no hole and need not close
 * \retval OVF_E_FORMAT  it is none of these, or cut short, or a position is none
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_gpkg_read_shape(struct ovf_bytes blob, struct ovf_polygons *out);

/** The same with what M says, in \p times, emptied first. Free its items. \retval OVF_E_FORMAT  also of no time */
OVF_NODISCARD enum ovf_status ovf_gpkg_read_way(struct ovf_bytes blob, struct ovf_polygons *out,
                                                struct ovf_gpkg_times *times);

#endif
