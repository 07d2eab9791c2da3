/* SPDX-License-Identifier: Apache-2.0 */
/* CSV (RFC 4180): one row a crossing, columns named as the NDJSON keys with '_' for nesting. */
#ifndef OVF_REPORT_CSV_H
#define OVF_REPORT_CSV_H

#include "report/line.h"

/** Append a text as a field, quoted when it must be; one that a spreadsheet would take for a formula gets
 * an apostrophe before it. */
OVF_NODISCARD enum ovf_status ovf_csv_field(struct ovf_buffer *out, const char *text);

OVF_NODISCARD enum ovf_status ovf_csv_header(struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_csv_crossing(const struct ovf_report *report,
                                               const struct ovf_report_line *line,
                                               struct ovf_buffer *out);

#endif
