/* SPDX-License-Identifier: Apache-2.0 */
/* NDJSON: one object a line, the keys of docs/formats/ndjson.md. What is absent is absent, never 0. */
#ifndef OVF_REPORT_NDJSON_H
#define OVF_REPORT_NDJSON_H

#include "report/line.h"

OVF_NODISCARD enum ovf_status ovf_ndjson_crossing(const struct ovf_report *report,
                                                  const struct ovf_report_line *line,
                                                  struct ovf_buffer *out);

/** The rev of that line alone. */
OVF_NODISCARD enum ovf_status ovf_ndjson_crossing_rev(const struct ovf_report *report,
                                                      const struct ovf_report_line *line,
                                                      char rev[OVF_ID_SIZE]);

/** A flight of \p line's aircraft, by itself: what stores keep beside its crossings. */
OVF_NODISCARD enum ovf_status ovf_ndjson_flight(const struct ovf_report *report,
                                                const struct ovf_report_line *line,
                                                const struct ovf_flight *flight,
                                                struct ovf_buffer *out);
OVF_NODISCARD enum ovf_status ovf_ndjson_input(const struct ovf_report_input *input,
                                               struct ovf_buffer *out);

/** The editions that crossings were asked of, one line each: what a reader owes to whom. */
OVF_NODISCARD enum ovf_status ovf_ndjson_footer(const struct ovf_report *report,
                                                struct ovf_buffer *out);

#endif
