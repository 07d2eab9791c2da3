/* SPDX-License-Identifier: Apache-2.0 */
/* Which ids were put, by 64 bits of each: enough to say "certainly not yet". */
#ifndef OVF_STORE_ID_SET_H
#define OVF_STORE_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/** Zero-initialise. */
struct ovf_id_set {
    uint64_t *slots; /* 0: empty */
    size_t n;
    size_t n_slots; /* a power of two */
};

void ovf_id_set_deinit(struct ovf_id_set *set);

/** What \p id is in a set; never 0. */
uint64_t ovf_id_hash(const char *id);

/** \p hash, of ovf_id_hash, is added soon: its place is fetched meanwhile. */
void ovf_id_set_expect(const struct ovf_id_set *set, uint64_t hash);

/** \param[out] maybe  the id was added before, or, once in 2^64 / n, another that looks like it */
OVF_NODISCARD enum ovf_status ovf_id_set_add(struct ovf_id_set *set, uint64_t hash, bool *maybe);

#endif
