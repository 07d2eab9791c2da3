/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/address_bits.h"

#include <stdlib.h>

enum { FIRST_PLACES = 1 << 10 };

void ovf_address_bits_deinit(struct ovf_address_bits *set)
{
    free(set->places);
    *set = (struct ovf_address_bits){0};
}

/** Its place, or the free one where it belongs; there is one. */
static struct ovf_address_place *place_of(const struct ovf_address_bits *set, uint32_t address)
{
    const uint64_t hash = (uint64_t)address * UINT64_C(11400714819323198485) >> 32;
    size_t i = (size_t)hash & (set->n_places - 1); /* 2^64 / golden ratio */
    while (set->places[i].address != 0 && set->places[i].address != address + 1)
        i = (i + 1) & (set->n_places - 1);
    return &set->places[i];
}

static enum ovf_status grow(struct ovf_address_bits *set)
{
    struct ovf_address_bits grown = {
        .n_places = set->n_places == 0 ? FIRST_PLACES : 2 * set->n_places, .n = set->n};
    grown.places = calloc(grown.n_places, sizeof *grown.places);
    if (grown.places == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < set->n_places; i++) {
        if (set->places[i].address != 0)
            *place_of(&grown, set->places[i].address - 1) = set->places[i];
    }
    free(set->places);
    *set = grown;
    return OVF_OK;
}

enum ovf_status ovf_address_bits_add(struct ovf_address_bits *set, uint32_t address, uint64_t bits)
{
    if (set->n >= OVF_ADDRESS_BITS_MOST && place_of(set, address)->address == 0)
        return OVF_OK;
    if (2 * set->n >= set->n_places && set->n < OVF_ADDRESS_BITS_MOST) {
        const enum ovf_status st = grow(set);
        if (st != OVF_OK)
            return st;
    }
    struct ovf_address_place *const place = place_of(set, address);
    set->n += place->address == 0 ? 1 : 0;
    place->address = address + 1;
    place->bits |= bits;
    return OVF_OK;
}

uint64_t ovf_address_bits_of(const struct ovf_address_bits *set, uint32_t address)
{
    return set->n_places > 0 ? place_of(set, address)->bits : 0;
}
