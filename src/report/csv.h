/* SPDX-License-Identifier: Apache-2.0 */
/* CSV (RFC 4180): one row a crossing, columns named as the NDJSON keys with '_' for nesting. */
#ifndef OVF_REPORT_CSV_H
#define OVF_REPORT_CSV_H

#include "report/line.h"

OVF_NODISCARD enum ovf_status ovf_csv_header(struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_csv_crossing(const struct ovf_report *report,
                                               const struct ovf_report_line *line,
                                               struct ovf_buffer *out);

#endif
