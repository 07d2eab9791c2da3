/* SPDX-License-Identifier: Apache-2.0 */
/* Jumps of all aircraft of a scan, in order of time; the places that several aircraft's led to, printed. Memory
 * is bounded: jumps wait in a temporary file. Any number of threads may add; then one prints. */
#ifndef OVF_RUN_SINKS_H
#define OVF_RUN_SINKS_H

#include "base/error.h"
#include "base/sink.h"
#include "listen/jumps.h"

struct ovf_sinks;

OVF_NODISCARD enum ovf_status ovf_sinks_new(struct ovf_sinks **out);
void ovf_sinks_free(struct ovf_sinks *sinks);

OVF_NODISCARD enum ovf_status ovf_sinks_add(struct ovf_sinks *sinks, const struct ovf_jumps *jumps,
                                            struct ovf_error *err);

/** Print a line of NDJSON for each place, and how many there are; \p out may be NULL: only count. */
OVF_NODISCARD enum ovf_status ovf_sinks_print(struct ovf_sinks *sinks,
                                              const struct ovf_detect_config *config,
                                              const struct ovf_sink *out, uint64_t *n,
                                              struct ovf_error *err);

#endif
