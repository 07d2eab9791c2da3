/* SPDX-License-Identifier: Apache-2.0 */
/* Vector formats that are not read here, turned into GeoJSON by GDAL's ogr2ogr when it is installed. */
#ifndef OVF_QUESTION_OGR2OGR_H
#define OVF_QUESTION_OGR2OGR_H

#include "base/buffer.h"
#include "base/error.h"

/**
 * Append \p path as GeoJSON in WGS84 to \p out. No shell is involved; what ogr2ogr says goes to stderr.
 * \retval OVF_E_NOTFOUND  ogr2ogr is not installed; \p err names the package
 * \retval OVF_E_FORMAT    it could not read the file
 * \retval OVF_E_LIMIT     more than \p max_bytes
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_ogr2ogr(const char *path, size_t max_bytes,
                                          struct ovf_buffer *out, struct ovf_error *err);

#endif
