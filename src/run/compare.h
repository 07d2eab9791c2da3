/* SPDX-License-Identifier: Apache-2.0 */
/* Crossings under two editions of the same airspaces, side by side. */
#ifndef OVF_RUN_COMPARE_H
#define OVF_RUN_COMPARE_H

#include "question/question.h"

/** One passage under both editions, or under one of them; the other is NULL. */
struct ovf_compared {
    const struct ovf_crossing *of[2];
};

/**
 * Pair the crossings of one aircraft: those of one flight and one airspace whose times overlap, the
 * longest overlap first come. An airspace is the same when its codes are, or, of regions, the four letters
 * of its location indicator (ORBB is ORBBFIR).
 *
 * \param[in]  is_met  of each crossing: it answers the question
 * \param[out] pairs   room for result->n_crossings; pairs of which neither is met are left out
 * \return how many there are
 */
size_t ovf_compare_pairs(const struct ovf_question *question, const struct ovf_result *result,
                         const bool *is_met, struct ovf_compared *pairs);

/** The line before all others of a table; nothing for NDJSON. */
OVF_NODISCARD enum ovf_status ovf_compare_header(const struct ovf_question *question,
                                                 struct ovf_buffer *out);

/** Append the line of a pair. Seconds are those of B less those of A, of ends that were crossed between
 * two fixes under both. */
OVF_NODISCARD enum ovf_status ovf_compare_line(const struct ovf_question *question,
                                               const struct ovf_result *result,
                                               const struct ovf_compared *pair,
                                               struct ovf_buffer *out);

#endif
