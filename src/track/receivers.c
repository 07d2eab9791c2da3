/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers stand in an open table at the hash of their ids. Ids come from outside: one that would have to be looked for
 * at length, which chance does not bring about in a table that is half empty, gets no number. Those whose place a user
 * tells get theirs before, so that whoever names made-up ones takes none from them. */
#include "track/receivers.h"

#include <stdlib.h>

#include "base/array.h"

enum { SLOT_BITS = 17, N_SLOTS = 1 << SLOT_BITS, MAX_PROBES = 64 };
_Static_assert(N_SLOTS >= 2 * OVF_RECEIVERS_MAX, "half of it stays empty");

void ovf_receivers_deinit(struct ovf_receivers *receivers)
{
    while (receivers->told != NULL) {
        struct ovf_receiver_told *const next = receivers->told->next;
        free(receivers->told);
        receivers->told = next;
    }
    free(receivers->items);
    free(receivers->slots);
    *receivers = (struct ovf_receivers){0};
}

void ovf_receivers_tell_own(struct ovf_receivers *receivers, const struct ovf_receiver_place *place)
{
    receivers->has_own = true;
    receivers->own = *place;
}

enum ovf_status ovf_receivers_tell(struct ovf_receivers *receivers, uint64_t id,
                                   const struct ovf_receiver_place *place)
{
    uint16_t number;
    struct ovf_receiver_told **at = &receivers->told;
    while (*at != NULL && (*at)->id < id)
        at = &(*at)->next;
    if (*at != NULL && (*at)->id == id) {
        (*at)->place = *place;
        return OVF_OK;
    }
    struct ovf_receiver_told *const told = malloc(sizeof *told);
    if (told == NULL)
        return OVF_E_NOMEM;
    *told = (struct ovf_receiver_told){id, *place, *at};
    *at = told;
    return ovf_receivers_number(receivers, id, &number);
}

const struct ovf_receiver_place *ovf_receivers_place_of(const struct ovf_receivers *receivers,
                                                        uint64_t id)
{
    for (const struct ovf_receiver_told *told = receivers->told; told != NULL; told = told->next) {
        if (told->id == id)
            return &told->place;
    }
    return NULL;
}

/** Where the number of \p id stands or is to stand; NULL: too far from where it belongs. */
static uint16_t *find_slot(const struct ovf_receivers *receivers, uint64_t id)
{
    const size_t first =
        (size_t)(id * UINT64_C(0x9E3779B97F4A7C15) >> (64 - SLOT_BITS)); /* 2^64 / golden ratio */
    for (size_t i = 0; i < MAX_PROBES; i++) {
        uint16_t *const slot = &receivers->slots[(first + i) % N_SLOTS];
        if (*slot == 0 || receivers->items[*slot - 1].id == id)
            return slot;
    }
    return NULL;
}

enum ovf_status ovf_receivers_number(struct ovf_receivers *receivers, uint64_t id, uint16_t *number)
{
    if (receivers->slots == NULL)
        receivers->slots = calloc(N_SLOTS, sizeof *receivers->slots);
    if (receivers->slots == NULL)
        return OVF_E_NOMEM;
    uint16_t *const slot = find_slot(receivers, id);
    *number = slot != NULL ? *slot : 0;
    if (slot == NULL || *slot != 0 || receivers->n == OVF_RECEIVERS_MAX)
        return OVF_OK;
    struct ovf_receiver_known *const grown =
        ovf_array_reserve(receivers->items, &receivers->capacity, receivers->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    receivers->items = grown;
    receivers->items[receivers->n++] =
        (struct ovf_receiver_known){id, ovf_receivers_place_of(receivers, id)};
    *number = *slot = (uint16_t)receivers->n;
    return OVF_OK;
}

uint64_t ovf_receivers_id(const struct ovf_receivers *receivers, uint16_t number)
{
    return receivers->items[number - 1].id;
}

const struct ovf_receiver_place *ovf_receivers_place(const struct ovf_receivers *receivers,
                                                     uint16_t number)
{
    if (receivers == NULL || number > receivers->n)
        return NULL;
    if (number == 0)
        return receivers->has_own ? &receivers->own : NULL;
    return receivers->items[number - 1].place;
}
