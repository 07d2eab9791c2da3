/* SPDX-License-Identifier: Apache-2.0 */
#include "track/spell.h"

#include <stdlib.h>

#include "base/array.h"
#include "track/plausible.h"

void ovf_spells_deinit(struct ovf_spells *spells)
{
    free(spells->items);
    *spells = (struct ovf_spells){0};
}

static enum ovf_status push(struct ovf_spells *spells, struct ovf_spell spell)
{
    struct ovf_spell *grown =
        ovf_array_reserve(spells->items, &spells->capacity, spells->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    spells->items = grown;
    spells->items[spells->n++] = spell;
    return OVF_OK;
}

static bool is_reached(const struct ovf_fix *before, const struct ovf_fix *after,
                       const struct ovf_detect_config *config)
{
    struct ovf_apart apart;
    return ovf_fix_reaches(before, after, config, &apart);
}

enum ovf_status ovf_spells_find(const struct ovf_fixes *fixes,
                                const struct ovf_detect_config *config, struct ovf_spells *spells)
{
    const struct ovf_fix *const items = fixes->items;
    const uint64_t stretch_ns = ovf_detect_stretch_ns(config);
    spells->n = 0;
    if (fixes->n == 0)
        return OVF_OK;
    enum ovf_status st = push(spells, (struct ovf_spell){.from_ns = items[0].t_ns});
    for (size_t i = 1; i < fixes->n && st == OVF_OK; i++) {
        if ((uint64_t)items[i].t_ns - (uint64_t)items[i - 1].t_ns > stretch_ns &&
            is_reached(&items[i - 1], &items[i], config))
            st = push(spells, (struct ovf_spell){.from_ns = items[i].t_ns});
    }
    return st;
}

enum ovf_status ovf_spells_copy(const struct ovf_spells *spells, struct ovf_spells *out)
{
    enum ovf_status st = OVF_OK;
    out->n = 0;
    for (size_t i = 0; i < spells->n && st == OVF_OK; i++)
        st = push(out, spells->items[i]);
    return st;
}

size_t ovf_spells_at(const struct ovf_spells *spells, int64_t t_ns)
{
    size_t low = 0;
    size_t high = spells->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (spells->items[middle].from_ns <= t_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : 0;
}

bool ovf_spells_has_twin(const struct ovf_spells *spells, int64_t from_ns, int64_t to_ns)
{
    bool has = false;
    for (size_t k = ovf_spells_at(spells, from_ns);
         k < spells->n && spells->items[k].from_ns <= to_ns && !has; k++) {
        const struct ovf_spell *spell = &spells->items[k];
        has = spell->has_twin && spell->twin_from_ns <= to_ns && from_ns <= spell->twin_to_ns;
    }
    return has;
}

bool ovf_spells_are_shared(const struct ovf_spells *spells, size_t first, size_t last)
{
    bool are = false;
    for (size_t k = first; k <= last && k < spells->n; k++)
        are = are || spells->items[k].has_twin;
    return are;
}

bool ovf_spells_is_one(const struct ovf_spells *spells, int64_t a_ns, int64_t b_ns)
{
    return ovf_spells_at(spells, a_ns) == ovf_spells_at(spells, b_ns);
}
