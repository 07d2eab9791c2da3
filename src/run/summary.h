/* SPDX-License-Identifier: Apache-2.0 */
/* How a scan ends: what was read, used and rejected, and why; what was found and not printed. */
#ifndef OVF_RUN_SUMMARY_H
#define OVF_RUN_SUMMARY_H

#include "base/sink.h"
#include "question/question.h"
#include "run/account.h"
#include "run/counts.h"
#include "run/input_clocks.h"

/** What was found, whatever was printed of it. */
struct ovf_found {
    uint64_t n_aircraft;
    uint64_t n_flights;
    uint64_t n_fixes;
    uint64_t n_suspect; /* fixes that are not believed */
    uint64_t n_of_detection[OVF_DETECTION_N];
    uint64_t n_doubted;        /* flights with detections or strays that no crossing tells */
    uint64_t n_sinks;          /* places that positions of several aircraft jumped to */
    uint64_t n_duplicate;      /* addresses that two aircraft have */
    uint64_t n_repeated;       /* reports that stand in several inputs, or twice in one */
    uint64_t n_scanned_before; /* members that the store has already; of one aircraft each */
    uint64_t n_overlapping;    /* aircraft heard at a time that an earlier scan covers */
    uint64_t n_printed;
    uint64_t n_of_class[OVF_CLASS_N]; /* not printed for their class alone */
    uint64_t n_end_unknown;           /* fail only because an end is unknown */
};

void ovf_found_add(struct ovf_found *sum, const struct ovf_found *more);

/** The lines of the inputs and of their days for machines, to the results: NDJSON only. An input with the same bytes as
 * one before it has none of its own. */
OVF_NODISCARD enum ovf_status ovf_summary_inputs(enum ovf_format format,
                                                 const struct ovf_catalog *catalog,
                                                 const struct ovf_account *account,
                                                 const struct ovf_walk_options *walk,
                                                 const struct ovf_counts *counts,
                                                 const struct ovf_sink *out);

/** The same for people. */
OVF_NODISCARD enum ovf_status ovf_summary_talk(const struct ovf_question *question,
                                               const struct ovf_catalog *catalog,
                                               const struct ovf_account *account,
                                               const struct ovf_counts *counts,
                                               const struct ovf_found *found,
                                               const struct ovf_sink *talk);

/** Inputs whose times do not go together. */
OVF_NODISCARD enum ovf_status ovf_summary_clocks(const struct ovf_catalog *catalog,
                                                 struct ovf_input_clocks *clocks,
                                                 const struct ovf_sink *talk);

#endif
