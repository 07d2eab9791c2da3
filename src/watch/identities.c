/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/identities.h"

#include <stdlib.h>
#include <string.h>

/* 15 MB; three quarters of the places are used at the most. */
enum { N_PLACES = 1 << 16, MAX_USED = N_PLACES / 4 * 3 };

struct ovf_known_identity {
    bool is_used;
    uint32_t address;
    struct ovf_identity identity;
};

void ovf_identities_deinit(struct ovf_identities *identities)
{
    free(identities->items);
    *identities = (struct ovf_identities){0};
}

/** Its place, or the free one where it belongs. */
static struct ovf_known_identity *place_of(const struct ovf_identities *identities,
                                           uint32_t address)
{
    size_t i = address * UINT32_C(2654435769) >> 16; /* 2^32 / golden ratio */
    while (identities->items[i].is_used && identities->items[i].address != address)
        i = (i + 1) % N_PLACES;
    return &identities->items[i];
}

enum ovf_status ovf_identities_note(struct ovf_identities *identities, uint32_t address,
                                    const struct ovf_identity *identity)
{
    if (identities->items == NULL)
        identities->items = calloc(N_PLACES, sizeof *identities->items);
    if (identities->items == NULL)
        return OVF_E_NOMEM;
    if (identities->n == MAX_USED) {
        memset(identities->items, 0, N_PLACES * sizeof *identities->items);
        identities->n = 0;
    }
    struct ovf_known_identity *place = place_of(identities, address);
    identities->n += place->is_used ? 0 : 1;
    *place = (struct ovf_known_identity){true, address, *identity};
    return OVF_OK;
}

const struct ovf_identity *ovf_identities_find(const struct ovf_identities *identities,
                                               uint32_t address)
{
    if (identities->items == NULL)
        return NULL;
    const struct ovf_known_identity *place = place_of(identities, address);
    return place->is_used ? &place->identity : NULL;
}
