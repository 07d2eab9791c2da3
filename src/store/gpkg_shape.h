/* SPDX-License-Identifier: Apache-2.0 */
/* Back from GeoPackageBinary to points: what store/gpkg_geometry.h has written. Any bytes are read; what is
 * something else is refused. */
#ifndef OVF_STORE_GPKG_SHAPE_H
#define OVF_STORE_GPKG_SHAPE_H

#include "base/bytes.h"
#include "geo/rings.h"

/**
 * Read a MULTILINESTRING or a MULTIPOLYGON of two dimensions, little-endian.
 *
 * \param[out] out  emptied first. Of lines, each is a ring that is no hole and need not close
 * \retval OVF_E_FORMAT  it is none of these, or cut short, or a position is none
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_gpkg_read_shape(struct ovf_bytes blob, struct ovf_polygons *out);

#endif
