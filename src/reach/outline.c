/* SPDX-License-Identifier: Apache-2.0 */
/* Edges of a union. Most edges that are near are of others, so an edge's set is looked at before its ends. */
#include "reach/outline.h"

#include "geo/index_parts.h"

struct ovf_outline ovf_outline_of(const struct ovf_index *index, const struct ovf_members *owners)
{
    return (struct ovf_outline){.index = index,
                                .owners = owners,
                                .is_one = ovf_members_count(owners) == 1,
                                .last_set = UINT32_MAX};
}

/** Whether the owner set \p set has one of \p owners. */
static bool set_has_any(const struct ovf_index *index, uint32_t set,
                        const struct ovf_members *owners)
{
    if (set >= index->n_sets)
        return false;
    const uint32_t end = ovf_index_word(index->sets, (uint64_t)set + 1);
    for (uint32_t i = ovf_index_word(index->sets, set); i < end && i < index->n_owners; i++) {
        const uint32_t owner = ovf_index_word(index->owners, i);
        if (owner < OVF_MEMBERS_MAX && ovf_members_has(owners, owner))
            return true;
    }
    return false;
}

bool ovf_outline_may_have(struct ovf_outline *o, uint32_t number, struct ovf_edge *edge)
{
    if (number >= o->index->n_edges)
        return false;
    const uint32_t set = ovf_index_edge_set(o->index, number);
    if (set != o->last_set) {
        o->last_set = set;
        o->last_has = set_has_any(o->index, set, o->owners);
    }
    if (!o->last_has)
        return false;
    *edge = ovf_index_edge(o->index, number);
    return edge->set == set;
}

/* One side is what is found in its middle, the other that with its owners toggled. */
bool ovf_outline_has(const struct ovf_outline *o, const struct ovf_edge *edge)
{
    struct ovf_members set;
    struct ovf_members side;
    if (o->is_one)
        return true;
    const int64_t dlon_e7 = ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7);
    const struct ovf_point middle = {
        (int32_t)(((int64_t)edge->a.lat_e7 + edge->b.lat_e7) / 2),
        ovf_lon_wrap(edge->a.lon_e7 + dlon_e7 / 2),
    };
    ovf_index_set(o->index, edge->set, &set);
    ovf_index_locate(o->index, middle, &side);
    if (!ovf_members_meet(&side, o->owners))
        return true;
    ovf_members_toggle_all(&side, &set);
    return !ovf_members_meet(&side, o->owners);
}
