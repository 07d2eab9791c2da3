/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing, at most half full. A SHA-256 is as good a hash of itself as any. */
#include "run/digest_set.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { MIN_SLOTS = 16 };

void ovf_digest_set_deinit(struct ovf_digest_set *set)
{
    free(set->items);
    free(set->slots);
    *set = (struct ovf_digest_set){0};
}

/** The slot of \p digest, or the free one that it would take. There is a free one. */
static size_t find_slot(const struct ovf_digest_set *set, const struct ovf_digest *digest)
{
    uint64_t hash;
    memcpy(&hash, digest->bytes, sizeof hash);
    size_t at = (size_t)hash & (set->n_slots - 1);
    while (set->slots[at] != 0 && !ovf_digest_equal(&set->items[set->slots[at] - 1], digest))
        at = (at + 1) & (set->n_slots - 1);
    return at;
}

void ovf_digest_set_clear(struct ovf_digest_set *set)
{
    /* One by one, and from the last: each is found while those that it may have moved past are still there. */
    while (set->n > 0) {
        const size_t at = find_slot(set, &set->items[set->n - 1]);
        set->slots[at] = 0;
        set->n--;
    }
}

bool ovf_digest_set_has(const struct ovf_digest_set *set, const struct ovf_digest *digest)
{
    return set->n > 0 && set->slots[find_slot(set, digest)] != 0;
}

static enum ovf_status make_room(struct ovf_digest_set *set)
{
    struct ovf_digest *grown =
        ovf_array_reserve(set->items, &set->capacity, set->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    set->items = grown;
    if (2 * (set->n + 1) <= set->n_slots)
        return OVF_OK;
    const size_t n_slots = set->n_slots > 0 ? 2 * set->n_slots : MIN_SLOTS;
    size_t *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return OVF_E_NOMEM;
    free(set->slots);
    set->slots = slots;
    set->n_slots = n_slots;
    for (size_t i = 0; i < set->n; i++)
        set->slots[find_slot(set, &set->items[i])] = i + 1;
    return OVF_OK;
}

enum ovf_status ovf_digest_set_add(struct ovf_digest_set *set, const struct ovf_digest *digest)
{
    if (ovf_digest_set_has(set, digest))
        return OVF_OK;
    const enum ovf_status st = make_room(set);
    if (st != OVF_OK)
        return st;
    const size_t slot = find_slot(set, digest);
    set->items[set->n++] = *digest;
    set->slots[slot] = set->n;
    return OVF_OK;
}
