/* SPDX-License-Identifier: Apache-2.0 */
#include "track/twin.h"

#include <stdlib.h>

static bool is_twins(const struct ovf_fix *fix)
{
    return (fix->flags & OVF_FIX_TWIN) != 0;
}

static size_t count_twins(const struct ovf_track *track, size_t *n_aliases)
{
    size_t n = 0;
    *n_aliases = 0;
    for (size_t i = 0; i < track->fixes.n; i++)
        n += is_twins(&track->fixes.items[i]) ? 1 : 0;
    for (size_t i = 0; i < track->n_aliases; i++)
        *n_aliases += is_twins(&track->fixes.items[track->aliases[i].fix]) ? 1 : 0;
    return n;
}

/** The aliases before \p *a belong to fixes before \p fix: hand those of \p fix on to place \p to. */
static void move_aliases(const struct ovf_track *track, size_t *a, size_t fix,
                         struct ovf_track_alias *out, size_t *n, size_t to)
{
    for (; *a < track->n_aliases && track->aliases[*a].fix == fix; ++*a) {
        out[*n] = track->aliases[*a];
        out[(*n)++].fix = (uint32_t)to;
    }
}

enum ovf_status ovf_track_split_twin(struct ovf_track *track, struct ovf_track *twin)
{
    struct ovf_track moved = {.address = track->address};
    size_t n_aliases;
    size_t n_own = 0;
    size_t n_own_aliases = 0;
    size_t a = 0;
    moved.fixes.capacity = count_twins(track, &n_aliases) + 1;
    moved.fixes.items = malloc(moved.fixes.capacity * sizeof *moved.fixes.items);
    moved.aliases_capacity = n_aliases + 1;
    moved.aliases = malloc(moved.aliases_capacity * sizeof *moved.aliases);
    if (moved.fixes.items == NULL || moved.aliases == NULL ||
        ovf_spells_copy(&track->spells, &moved.spells) != OVF_OK) {
        ovf_track_deinit(&moved);
        return OVF_E_NOMEM;
    }
    for (size_t i = 0; i < track->fixes.n; i++) {
        const struct ovf_fix fix = track->fixes.items[i];
        if (is_twins(&fix)) {
            move_aliases(track, &a, i, moved.aliases, &moved.n_aliases, moved.fixes.n);
            moved.fixes.items[moved.fixes.n] = fix;
            moved.fixes.items[moved.fixes.n++].flags &= (uint16_t)~OVF_FIX_TWIN;
        } else {
            move_aliases(track, &a, i, track->aliases, &n_own_aliases, n_own);
            track->fixes.items[n_own++] = fix;
        }
    }
    track->fixes.n = n_own;
    track->n_aliases = n_own_aliases;
    ovf_track_deinit(twin);
    *twin = moved;
    return OVF_OK;
}
