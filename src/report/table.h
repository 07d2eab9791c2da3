/* SPDX-License-Identifier: Apache-2.0 */
/* The table for people: whole seconds, each with its bracket. */
#ifndef OVF_REPORT_TABLE_H
#define OVF_REPORT_TABLE_H

#include "report/line.h"

OVF_NODISCARD enum ovf_status ovf_table_header(struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_table_crossing(const struct ovf_report *report,
                                                 const struct ovf_report_line *line,
                                                 struct ovf_buffer *out);

/** Whose boundaries these are. */
OVF_NODISCARD enum ovf_status ovf_table_footer(const struct ovf_report *report,
                                               struct ovf_buffer *out);

#endif
