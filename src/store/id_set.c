/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing; at most three quarters of the slots are taken. */
#include "store/id_set.h"

#include <stdlib.h>
#include <string.h>

enum { N_SLOTS_MIN = 1024 };

void ovf_id_set_deinit(struct ovf_id_set *set)
{
    free(set->slots);
    *set = (struct ovf_id_set){0};
}

/** Eight bytes of an id: the multiplication carries what differs upward, the shift brings it down again, so that the
 * low bits, too, depend on all of the text. */
static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 32;
}

uint64_t ovf_id_hash(const char *id)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    uint64_t word;
    size_t left = strlen(id);
    for (; left >= sizeof word; left -= sizeof word, id += sizeof word) {
        memcpy(&word, id, sizeof word);
        h = mix(h, word);
    }
    if (left > 0) {
        word = 0;
        memcpy(&word, id, left);
        h = mix(h, word);
    }
    return h != 0 ? h : 1;
}

/** Where \p h is, or the empty slot where it belongs. */
static uint64_t *slot_of(uint64_t *slots, size_t n_slots, uint64_t h)
{
    size_t i = (size_t)h & (n_slots - 1);
    while (slots[i] != 0 && slots[i] != h)
        i = (i + 1) & (n_slots - 1);
    return &slots[i];
}

static enum ovf_status grow(struct ovf_id_set *set)
{
    const size_t n_slots = set->n_slots > 0 ? 4 * set->n_slots : N_SLOTS_MIN;
    uint64_t *const slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < set->n_slots; i++) {
        if (set->slots[i] != 0)
            *slot_of(slots, n_slots, set->slots[i]) = set->slots[i];
    }
    free(set->slots);
    set->slots = slots;
    set->n_slots = n_slots;
    return OVF_OK;
}

void ovf_id_set_expect(const struct ovf_id_set *set, uint64_t hash)
{
    if (set->n_slots > 0)
        __builtin_prefetch(&set->slots[(size_t)hash & (set->n_slots - 1)], 1);
}

enum ovf_status ovf_id_set_add(struct ovf_id_set *set, uint64_t hash, bool *maybe)
{
    if (set->n >= set->n_slots / 4 * 3) {
        const enum ovf_status st = grow(set);
        if (st != OVF_OK)
            return st;
    }
    uint64_t *const slot = slot_of(set->slots, set->n_slots, hash);
    *maybe = *slot == hash;
    if (!*maybe) {
        *slot = hash;
        set->n++;
    }
    return OVF_OK;
}
