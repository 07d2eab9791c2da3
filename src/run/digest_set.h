/* SPDX-License-Identifier: Apache-2.0 */
/* A set of digests, each added in constant time whatever their number: which members were seen before. */
#ifndef OVF_RUN_DIGEST_SET_H
#define OVF_RUN_DIGEST_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sha256.h"

/** Zero-initialise. */
struct ovf_digest_set {
    struct ovf_digest *items;
    size_t n;
    size_t capacity;
    size_t *slots; /* private: 1 + where in items, 0: free; a power of two of them */
    size_t n_slots;
};

void ovf_digest_set_deinit(struct ovf_digest_set *set);

/** Keeps its room. */
void ovf_digest_set_clear(struct ovf_digest_set *set);

bool ovf_digest_set_has(const struct ovf_digest_set *set, const struct ovf_digest *digest);

/** \retval OVF_OK  also when it is in already; \retval OVF_E_NOMEM  the set is as it was */
OVF_NODISCARD enum ovf_status ovf_digest_set_add(struct ovf_digest_set *set,
                                                 const struct ovf_digest *digest);

#endif
