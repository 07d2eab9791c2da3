/* SPDX-License-Identifier: Apache-2.0 */
/* Printing what a scan found in the format that was asked for. What is printed is, in this order: the header; the
 * crossings, each but the first with the separator before it; the inputs; the footer. Any of them may be nothing. */
#ifndef OVF_REPORT_REPORT_H
#define OVF_REPORT_REPORT_H

#include "report/line.h"

enum ovf_format {
    OVF_FORMAT_TABLE,
    OVF_FORMAT_NDJSON,
    OVF_FORMAT_CSV,
    OVF_FORMAT_GEOJSON,
    OVF_FORMAT_KML,
    OVF_FORMAT_N
};

/** As it is asked for: table, ndjson, csv, geojson, kml. */
const char *ovf_format_name(enum ovf_format format);

/** Append what goes before all crossings. */
OVF_NODISCARD enum ovf_status ovf_report_header(enum ovf_format format,
                                                const struct ovf_report *report,
                                                struct ovf_buffer *out);

/** Append one crossing. */
OVF_NODISCARD enum ovf_status ovf_report_crossing(enum ovf_format format,
                                                  const struct ovf_report *report,
                                                  const struct ovf_report_line *line,
                                                  struct ovf_buffer *out);

/** What stands between two crossings. */
const char *ovf_report_separator(enum ovf_format format);

/** Whether inputs are appended at all. */
bool ovf_report_tells_inputs(enum ovf_format format);

/** Whether all that is known of a crossing is told, be it in its hash: the members that it rests on by their
 * digests, the way flown. A table is an extract. */
bool ovf_report_tells_all(enum ovf_format format);

/** Append one input. */
OVF_NODISCARD enum ovf_status ovf_report_input(enum ovf_format format,
                                               const struct ovf_report_input *input,
                                               struct ovf_buffer *out);

/** Append what goes behind everything. */
OVF_NODISCARD enum ovf_status ovf_report_footer(enum ovf_format format,
                                                const struct ovf_report *report,
                                                struct ovf_buffer *out);

#endif
