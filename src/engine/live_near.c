/* SPDX-License-Identifier: Apache-2.0 */
/* What one more fix changes, at the price of a few comparisons as long as no boundary is near. */
#include "engine/live_parts.h"

/** Mixes one more airspace into the name of a set (FNV-1a, 64 bits). */
static uint64_t mix(uint64_t name, uint64_t what)
{
    static const uint64_t offset = UINT64_C(0xcbf29ce484222325);
    static const uint64_t prime = UINT64_C(0x100000001b3);
    return ((name != 0 ? name : offset) ^ what) * prime;
}

/** WITHIN where the airspace has no limits. */
static enum ovf_vertical vertical_of(const struct ovf_edition *edition, uint32_t owner,
                                     const struct ovf_fix *fix, const struct ovf_heights *heights)
{
    for (size_t i = 0; i < edition->n_limits; i++) {
        if (edition->limits[i].owner == owner)
            return ovf_limits_judge_fix(&edition->limits[i], fix, heights);
    }
    return OVF_VERTICAL_WITHIN;
}

uint64_t ovf_live_inside(const struct ovf_live_engine *live, const struct ovf_fix *fix)
{
    const struct ovf_engine_config *config = live->config->engine;
    const struct ovf_heights heights = ovf_heights_of(fix, config->geoid);
    uint64_t name = 0;
    for (size_t l = 0; l < config->n_layers; l++) {
        const struct ovf_engine_layer *layer = &config->layers[l];
        struct ovf_members members;
        if (ovf_members_empty(&layer->wanted))
            continue;
        ovf_index_locate(&layer->edition->index, fix->at, &members);
        for (uint32_t i = ovf_members_next(&members, 0); i < OVF_MEMBERS_MAX;
             i = ovf_members_next(&members, i + 1)) {
            if (!ovf_members_has(&layer->wanted, i))
                continue;
            const enum ovf_vertical vertical = vertical_of(layer->edition, i, fix, &heights);
            if (vertical != OVF_VERTICAL_BEYOND)
                name = mix(name, (uint64_t)l << 32 | (uint64_t)vertical << 16 | (i + 1));
        }
    }
    return name;
}

bool ovf_live_is_clear(const struct ovf_live_engine *live, struct ovf_point a, struct ovf_point b)
{
    const struct ovf_engine_config *config = live->config->engine;
    for (size_t l = 0; l < config->n_layers; l++) {
        const struct ovf_engine_layer *layer = &config->layers[l];
        if (!ovf_members_empty(&layer->wanted) &&
            !ovf_index_line_is_clear(&layer->edition->index, a, b))
            return false;
    }
    return true;
}

static struct ovf_box overlap(struct ovf_box a, struct ovf_box b)
{
    return (struct ovf_box){
        .south_e7 = a.south_e7 > b.south_e7 ? a.south_e7 : b.south_e7,
        .north_e7 = a.north_e7 < b.north_e7 ? a.north_e7 : b.north_e7,
        .west_e7 = a.west_e7 > b.west_e7 ? a.west_e7 : b.west_e7,
        .east_e7 = a.east_e7 < b.east_e7 ? a.east_e7 : b.east_e7,
    };
}

struct ovf_box ovf_live_clear_box(const struct ovf_live_engine *live, struct ovf_point at)
{
    const struct ovf_engine_config *config = live->config->engine;
    struct ovf_box box = {INT32_MIN, INT32_MAX, INT32_MIN, INT32_MAX};
    for (size_t l = 0; l < config->n_layers; l++) {
        const struct ovf_engine_layer *layer = &config->layers[l];
        if (!ovf_members_empty(&layer->wanted))
            box = overlap(box, ovf_index_empty_box(&layer->edition->index, at));
    }
    return box;
}

/** Whether one of the hits is of an airspace in \p wanted. */
static bool hits_any(const struct ovf_hits *hits, const struct ovf_index *index,
                     const struct ovf_members *wanted)
{
    for (size_t i = 0; i < hits->n; i++) {
        struct ovf_members owners;
        ovf_index_set(index, hits->items[i].set, &owners);
        if (ovf_members_meet(&owners, wanted))
            return true;
    }
    return false;
}

enum ovf_status ovf_live_crosses(struct ovf_live_engine *live, struct ovf_point a,
                                 struct ovf_point b, bool *crosses)
{
    const struct ovf_engine_config *config = live->config->engine;
    live->pieces.n = 0;
    *crosses = false;
    enum ovf_status st = ovf_densify(a, b, OVF_LINE_GEODESIC, &live->pieces);
    for (size_t l = 0; l < config->n_layers && st == OVF_OK && !*crosses; l++) {
        const struct ovf_engine_layer *layer = &config->layers[l];
        struct ovf_point from = a;
        if (ovf_members_empty(&layer->wanted))
            continue;
        for (size_t i = 0; i < live->pieces.n && st == OVF_OK && !*crosses; i++) {
            st = ovf_index_cross(&layer->edition->index, from, live->pieces.items[i], &live->hits);
            *crosses =
                st == OVF_OK && hits_any(&live->hits, &layer->edition->index, &layer->wanted);
            from = live->pieces.items[i];
        }
    }
    return st;
}
