/* SPDX-License-Identifier: Apache-2.0 */
/* Gaps of a scan that is printed: held until all aircraft were followed, then judged by what all of them show,
 * and printed in order of flight start, address, time. Memory is bounded: gaps and what judges them wait in
 * temporary files. */
#ifndef OVF_RUN_GAPS_H
#define OVF_RUN_GAPS_H

#include "base/sink.h"
#include "report/line.h"
#include "run/heard_spool.h"

struct ovf_gaps;

OVF_NODISCARD enum ovf_status ovf_gaps_new(struct ovf_gaps **out);
void ovf_gaps_free(struct ovf_gaps *gaps);

/** Where aircraft were heard. */
struct ovf_heard_spool *ovf_gaps_heard(struct ovf_gaps *gaps);

/** The gaps of the flight that \p line is a crossing of; each flight once. Any thread. \p text is scratch. */
OVF_NODISCARD enum ovf_status ovf_gaps_add(struct ovf_gaps *gaps,
                                           const struct ovf_walk_options *walk,
                                           const struct ovf_report_line *line,
                                           struct ovf_buffer *text, struct ovf_error *err);

/** Print a line of NDJSON for each; all threads have finished. */
OVF_NODISCARD enum ovf_status ovf_gaps_print(struct ovf_gaps *gaps,
                                             const struct ovf_detect_config *config,
                                             const struct ovf_sink *out, struct ovf_error *err);

#endif
