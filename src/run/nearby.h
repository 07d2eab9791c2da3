/* SPDX-License-Identifier: Apache-2.0 */
/* Crossings that were flown among others whose positions were disturbed: what others show is known only when all
 * aircraft were followed, so that it is said behind the crossings. Memory is bounded: what is asked waits in a
 * temporary file, and of all cells and hours only those with a disturbed aircraft are remembered. */
#ifndef OVF_RUN_NEARBY_H
#define OVF_RUN_NEARBY_H

#include "base/sink.h"
#include "report/line.h"
#include "run/heard_spool.h"

struct ovf_nearby_crossings;

OVF_NODISCARD enum ovf_status ovf_nearby_new(struct ovf_nearby_crossings **out);
void ovf_nearby_free(struct ovf_nearby_crossings *nearby);

/** A crossing that is printed, and where its flight was heard (listen/heard.h). Any thread. \p text is scratch. */
OVF_NODISCARD enum ovf_status ovf_nearby_add(struct ovf_nearby_crossings *nearby,
                                             const struct ovf_report *report,
                                             const struct ovf_report_line *line,
                                             const struct ovf_heard *heard, struct ovf_buffer *text,
                                             struct ovf_error *err);

/** Print a line of NDJSON for each that was; all threads have finished, \p heard holds all aircraft. */
OVF_NODISCARD enum ovf_status ovf_nearby_print(struct ovf_nearby_crossings *nearby,
                                               const struct ovf_heard_spool *heard,
                                               const struct ovf_detect_config *config,
                                               const struct ovf_sink *out, struct ovf_error *err);

#endif
