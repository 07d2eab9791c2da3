/* SPDX-License-Identifier: Apache-2.0 */
/* KML 2.2 (OGC 07-147r2) for Google Earth: one document, a folder a crossing with the way inside, the gaps in it,
 * dotted, entry and exit. What stands where: docs/formats/kml.md. */
#ifndef OVF_REPORT_KML_H
#define OVF_REPORT_KML_H

#include "report/line.h"

/** Styles, and whose data it is. */
OVF_NODISCARD enum ovf_status ovf_kml_header(const struct ovf_report *report,
                                             struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_kml_crossing(const struct ovf_report *report,
                                               const struct ovf_report_line *line,
                                               struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_kml_footer(const struct ovf_report *report,
                                             struct ovf_buffer *out);

#endif
