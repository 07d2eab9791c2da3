/* SPDX-License-Identifier: Apache-2.0 */
/* A gap in NDJSON: in two halves, as what is known of it is known while its aircraft is at hand, and its
 * cause when all aircraft were. */
#ifndef OVF_REPORT_GAP_H
#define OVF_REPORT_GAP_H

#include "listen/gap.h"
#include "report/line.h"

/** Append what is known of \p gap, a gap of the flight of \p line, as the middle of an object. */
OVF_NODISCARD enum ovf_status ovf_ndjson_gap_known(const struct ovf_report_line *line,
                                                   const struct ovf_flight_gap *gap,
                                                   struct ovf_buffer *out);

/** Append the object: what is known, and what others show. */
OVF_NODISCARD enum ovf_status ovf_ndjson_gap(const char *id, struct ovf_bytes known,
                                             const struct ovf_gap *gap,
                                             const struct ovf_gap_evidence *evidence,
                                             const struct ovf_detect_config *config,
                                             struct ovf_buffer *out);

#endif
