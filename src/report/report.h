/* SPDX-License-Identifier: Apache-2.0 */
/* Printing what a scan found, one line a crossing, in the format that was asked for. */
#ifndef OVF_REPORT_REPORT_H
#define OVF_REPORT_REPORT_H

#include "report/line.h"

enum ovf_format { OVF_FORMAT_TABLE, OVF_FORMAT_NDJSON, OVF_FORMAT_CSV };

/** The line that goes before all others; nothing for NDJSON. */
OVF_NODISCARD enum ovf_status ovf_report_header(enum ovf_format format, struct ovf_buffer *out);

/** Append the line of a crossing, with its newline. */
OVF_NODISCARD enum ovf_status ovf_report_crossing(enum ovf_format format,
                                                  const struct ovf_report *report,
                                                  const struct ovf_report_line *line,
                                                  struct ovf_buffer *out);

/** Append the line of an input: NDJSON only, nothing for the others. */
OVF_NODISCARD enum ovf_status ovf_report_input(enum ovf_format format,
                                               const struct ovf_report_input *input,
                                               struct ovf_buffer *out);

#endif
