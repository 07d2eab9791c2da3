/* SPDX-License-Identifier: Apache-2.0 */
/* The last position time of each aircraft: a table of open addressing, at most half full. */
#include "read/opensky_seen.h"

#include <stdlib.h>

struct ovf_opensky_position {
    int64_t t_ns;
    uint32_t address;
    bool is_used;
};

enum { FIRST_SLOTS = 1024 };

void ovf_opensky_seen_deinit(struct ovf_opensky_seen *seen)
{
    free(seen->positions);
    *seen = (struct ovf_opensky_seen){0};
}

/** The slot of \p address, or the free one where it would be. Addresses of one state are neighbours:
 * the multiplication (2^32 / golden ratio) spreads them. */
static struct ovf_opensky_position *find(struct ovf_opensky_position *positions, size_t n_slots,
                                         uint32_t address)
{
    size_t i = (uint32_t)(address * UINT32_C(2654435769)) & (n_slots - 1);
    while (positions[i].is_used && positions[i].address != address)
        i = (i + 1) & (n_slots - 1);
    return &positions[i];
}

static enum ovf_status grow(struct ovf_opensky_seen *seen)
{
    const size_t n_slots = seen->n_slots > 0 ? seen->n_slots * 2 : FIRST_SLOTS;
    struct ovf_opensky_position *positions = calloc(n_slots, sizeof *positions);
    if (positions == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < seen->n_slots; i++) {
        if (seen->positions[i].is_used)
            *find(positions, n_slots, seen->positions[i].address) = seen->positions[i];
    }
    free(seen->positions);
    seen->positions = positions;
    seen->n_slots = n_slots;
    return OVF_OK;
}

enum ovf_status ovf_opensky_seen_note(struct ovf_opensky_seen *seen, uint32_t address, int64_t t_ns,
                                      bool *repeated)
{
    if (seen->n * 2 >= seen->n_slots) {
        const enum ovf_status st = grow(seen);
        if (st != OVF_OK)
            return st;
    }
    struct ovf_opensky_position *position = find(seen->positions, seen->n_slots, address);
    *repeated = position->is_used && position->t_ns == t_ns;
    seen->n += position->is_used ? 0 : 1;
    *position = (struct ovf_opensky_position){t_ns, address, true};
    return OVF_OK;
}
