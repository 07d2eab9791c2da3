/* SPDX-License-Identifier: Apache-2.0 */
/* A world day to one tar, by as many threads as there are processors. */
#ifndef OVF_RUN_SIMULATE_WORLD_H
#define OVF_RUN_SIMULATE_WORLD_H

#include "base/error.h"
#include "simulate/world_day.h"

struct ovf_world_request {
    const struct ovf_airports *airports;
    uint64_t seed;
    uint32_t n_traces;
    bool without_newlines;
};

struct ovf_world_counts {
    uint64_t n_traces;
    uint64_t n_fixes;
    uint64_t text_bytes;
    uint64_t compressed_bytes;
};

/**
 * Write the traces to the tar \p path, in the order of their numbers, as
 * traces/<last two digits>/trace_full_<address>.json with gzip inside. The bytes do not depend on the
 * number of threads; memory is that of a few traces.
 * \retval OVF_E_NOMEM, OVF_E_IO, OVF_E_FORMAT  what stood at \p path is lost
 */
OVF_NODISCARD enum ovf_status ovf_simulate_world(const struct ovf_world_request *request,
                                                 const char *path, struct ovf_world_counts *counts,
                                                 struct ovf_error *err);

#endif
