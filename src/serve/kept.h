/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that were made, by the targets that asked for them: so many and so large that they stay within a budget;
 * the one that was asked for longest ago goes first. */
#ifndef OVF_SERVE_KEPT_H
#define OVF_SERVE_KEPT_H

#include "serve/answer.h"

enum { OVF_KEPT_MAX = 512, OVF_KEPT_MAX_BYTES = 128 << 20 };

struct ovf_kept_item {
    char *key;
    uint64_t hash; /* of the key */
    struct ovf_answer *answer;
    uint64_t used; /* the higher, the later */
};

/** Zero-initialised is empty. The caller locks. */
struct ovf_kept {
    struct ovf_kept_item items[OVF_KEPT_MAX];
    size_t n;
    size_t n_bytes;
    uint64_t clock;
};

/** Held for the caller; NULL: it is not kept. */
struct ovf_answer *ovf_kept_find(struct ovf_kept *kept, const char *key);

/** Keep it, where it has room at all and there is memory. */
void ovf_kept_put(struct ovf_kept *kept, const char *key, struct ovf_answer *answer);

void ovf_kept_clear(struct ovf_kept *kept);

#endif
