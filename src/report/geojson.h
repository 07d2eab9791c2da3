/* SPDX-License-Identifier: Apache-2.0 */
/* GeoJSON (RFC 7946): one FeatureCollection, of which a crossing is some features: the way inside, the gaps in it,
 * entry and exit. Members of a feature: docs/formats/geojson.md. */
#ifndef OVF_REPORT_GEOJSON_H
#define OVF_REPORT_GEOJSON_H

#include "report/line.h"

OVF_NODISCARD enum ovf_status ovf_geojson_header(const struct ovf_report *report,
                                                 struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_geojson_crossing(const struct ovf_report *report,
                                                   const struct ovf_report_line *line,
                                                   struct ovf_buffer *out);
/** Whose data it is, as foreign members (RFC 7946, 6.1), and the end. */
OVF_NODISCARD enum ovf_status ovf_geojson_footer(const struct ovf_report *report,
                                                 struct ovf_buffer *out);

#endif
