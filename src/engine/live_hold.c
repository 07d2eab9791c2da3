/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/live_hold.h"

#include <stdlib.h>

#include "base/array.h"
#include "track/fix_pack.h"

enum { FIRST_BUCKETS = 64 };

static uint32_t *bucket_of(const struct ovf_live_hold *hold, uint32_t address, uint32_t source)
{
    /* Fibonacci hashing: addresses of one state lie side by side. */
    const uint64_t mixed =
        ((uint64_t)source << 25 | address) * UINT64_C(0x9E3779B97F4A7C15); /* 2^64 / golden ratio */
    return &hold->buckets[(mixed >> 32) & (hold->n_buckets - 1)];
}

/** So many buckets, with all aircraft in them. */
static enum ovf_status make_buckets(struct ovf_live_hold *hold, size_t n_buckets)
{
    uint32_t *const buckets = malloc(n_buckets * sizeof *buckets);
    if (buckets == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n_buckets; i++)
        buckets[i] = OVF_LIVE_NONE;
    free(hold->buckets);
    hold->buckets = buckets;
    hold->n_buckets = n_buckets;
    for (uint32_t i = hold->oldest; i != OVF_LIVE_NONE; i = hold->links[i].newer) {
        uint32_t *const bucket = bucket_of(hold, hold->crafts[i].address, hold->crafts[i].source);
        hold->crafts[i].next_in_bucket = *bucket;
        *bucket = i;
    }
    return OVF_OK;
}

enum ovf_status ovf_live_hold_init(struct ovf_live_hold *hold, size_t max_crafts, size_t max_bytes)
{
    const size_t craft_bytes = sizeof *hold->crafts + sizeof *hold->links;
    const size_t by_bytes = max_bytes / 2 / (craft_bytes + 2 * sizeof *hold->buckets);
    size_t max_buckets = FIRST_BUCKETS;
    *hold = (struct ovf_live_hold){.oldest = OVF_LIVE_NONE,
                                   .newest = OVF_LIVE_NONE,
                                   .free_craft = OVF_LIVE_NONE,
                                   .free_block = OVF_LIVE_NONE};
    hold->max_crafts = max_crafts < by_bytes ? max_crafts : by_bytes;
    if (hold->max_crafts == 0 || hold->max_crafts >= OVF_LIVE_NONE)
        return OVF_E_RANGE;
    while (max_buckets < hold->max_crafts)
        max_buckets *= 2;
    hold->max_blocks =
        (max_bytes - hold->max_crafts * craft_bytes - max_buckets * sizeof *hold->buckets) /
        sizeof *hold->blocks;
    if (hold->max_blocks >= OVF_LIVE_NONE)
        hold->max_blocks = OVF_LIVE_NONE - 1;
    return make_buckets(hold, FIRST_BUCKETS);
}

static void free_craft_parts(struct ovf_live_craft *craft)
{
    ovf_live_tolds_deinit(&craft->tolds);
    free(craft->flights);
    craft->flights = NULL;
    craft->n_flights = 0;
}

void ovf_live_hold_deinit(struct ovf_live_hold *hold)
{
    for (size_t i = 0; i < hold->n_crafts; i++)
        free_craft_parts(&hold->crafts[i]);
    free(hold->crafts);
    free(hold->links);
    free(hold->buckets);
    free(hold->blocks);
    ovf_buffer_deinit(&hold->packing);
    *hold = (struct ovf_live_hold){.oldest = OVF_LIVE_NONE};
}

/* ---- the table ---- */

uint32_t ovf_live_hold_find(const struct ovf_live_hold *hold, uint32_t address, uint32_t source)
{
    uint32_t i = *bucket_of(hold, address, source);
    while (i != OVF_LIVE_NONE &&
           (hold->crafts[i].address != address || hold->crafts[i].source != source))
        i = hold->crafts[i].next_in_bucket;
    return i;
}

static void unlink_heard(struct ovf_live_hold *hold, uint32_t number)
{
    const struct ovf_live_link link = hold->links[number];
    *(link.older != OVF_LIVE_NONE ? &hold->links[link.older].newer : &hold->oldest) = link.newer;
    *(link.newer != OVF_LIVE_NONE ? &hold->links[link.newer].older : &hold->newest) = link.older;
}

static void link_heard(struct ovf_live_hold *hold, uint32_t number)
{
    hold->links[number] = (struct ovf_live_link){.newer = OVF_LIVE_NONE, .older = hold->newest};
    *(hold->newest != OVF_LIVE_NONE ? &hold->links[hold->newest].newer : &hold->oldest) = number;
    hold->newest = number;
}

static enum ovf_status take_craft(struct ovf_live_hold *hold, uint32_t *number)
{
    if (hold->free_craft != OVF_LIVE_NONE) {
        *number = hold->free_craft;
        hold->free_craft = hold->crafts[*number].next_in_bucket;
        return OVF_OK;
    }
    if (hold->n_crafts >= hold->max_crafts)
        return OVF_E_LIMIT;
    struct ovf_live_craft *grown =
        ovf_array_reserve(hold->crafts, &hold->crafts_capacity, hold->n_crafts + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    hold->crafts = grown;
    struct ovf_live_link *links =
        ovf_array_reserve(hold->links, &hold->links_capacity, hold->n_crafts + 1, sizeof *links);
    if (links == NULL)
        return OVF_E_NOMEM;
    hold->links = links;
    *number = (uint32_t)hold->n_crafts++;
    return OVF_OK;
}

enum ovf_status ovf_live_hold_add(struct ovf_live_hold *hold, uint32_t address, uint32_t source,
                                  uint32_t *number)
{
    enum ovf_status st = OVF_OK;
    if (hold->n_used == hold->n_buckets && hold->n_used < hold->max_crafts)
        st = make_buckets(hold, 2 * hold->n_buckets); /* as few as do, for the cache */
    if (st == OVF_OK)
        st = take_craft(hold, number);
    if (st != OVF_OK)
        return st;
    uint32_t *bucket = bucket_of(hold, address, source);
    hold->crafts[*number] = (struct ovf_live_craft){.address = address,
                                                    .source = source,
                                                    .due_at = OVF_LIVE_NONE,
                                                    .next_in_bucket = *bucket,
                                                    .first_block = OVF_LIVE_NONE,
                                                    .last_block = OVF_LIVE_NONE};
    *bucket = *number;
    link_heard(hold, *number);
    hold->n_used++;
    return OVF_OK;
}

/* ---- blocks ---- */

static enum ovf_status take_block(struct ovf_live_hold *hold, uint32_t *number)
{
    if (hold->free_block != OVF_LIVE_NONE) {
        *number = hold->free_block;
        hold->free_block = hold->blocks[*number].next;
        hold->n_free_blocks--;
    } else {
        if (hold->n_blocks >= hold->max_blocks)
            return OVF_E_LIMIT;
        struct ovf_live_block *grown = ovf_array_reserve(hold->blocks, &hold->blocks_capacity,
                                                         hold->n_blocks + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        hold->blocks = grown;
        *number = (uint32_t)hold->n_blocks++;
    }
    hold->blocks[*number].next = OVF_LIVE_NONE;
    return OVF_OK;
}

static void give_back(struct ovf_live_hold *hold, struct ovf_live_craft *craft)
{
    for (uint32_t b = craft->first_block; b != OVF_LIVE_NONE;) {
        const uint32_t next = hold->blocks[b].next;
        hold->blocks[b].next = hold->free_block;
        hold->free_block = b;
        hold->n_free_blocks++;
        b = next;
    }
    craft->first_block = OVF_LIVE_NONE;
    craft->last_block = OVF_LIVE_NONE;
    craft->n_in_last = 0;
    craft->n_fixes = 0;
    craft->has_last = false;
}

void ovf_live_hold_remove(struct ovf_live_hold *hold, uint32_t number)
{
    struct ovf_live_craft *craft = &hold->crafts[number];
    uint32_t *link = bucket_of(hold, craft->address, craft->source);
    while (*link != number)
        link = &hold->crafts[*link].next_in_bucket;
    *link = craft->next_in_bucket;
    unlink_heard(hold, number);
    give_back(hold, craft);
    free_craft_parts(craft);
    craft->next_in_bucket = hold->free_craft;
    hold->free_craft = number;
    hold->n_used--;
}

/** A block behind the aircraft's last one; all or nothing. A fix packs into less than two blocks. */
static enum ovf_status append_block(struct ovf_live_hold *hold, struct ovf_live_craft *craft)
{
    uint32_t block;
    const enum ovf_status st = take_block(hold, &block);
    if (st != OVF_OK)
        return st;
    if (craft->last_block == OVF_LIVE_NONE)
        craft->first_block = block;
    else
        hold->blocks[craft->last_block].next = block;
    craft->last_block = block;
    craft->n_in_last = 0;
    return OVF_OK;
}

/** Whether blocks for \p n more bytes can be taken, where \p in_last are left in the last one. */
static bool has_room(const struct ovf_live_hold *hold, size_t in_last, size_t n)
{
    const size_t needed = (n - in_last + OVF_LIVE_BLOCK_BYTES - 1) / OVF_LIVE_BLOCK_BYTES;
    return hold->n_free_blocks + (hold->max_blocks - hold->n_blocks) >= needed;
}

/** Bytes that may not fit into the last block; all or nothing. */
__attribute__((noinline)) static enum ovf_status append_over(struct ovf_live_hold *hold,
                                                             struct ovf_live_craft *craft,
                                                             struct ovf_bytes bytes)
{
    const size_t in_last =
        craft->last_block != OVF_LIVE_NONE ? OVF_LIVE_BLOCK_BYTES - craft->n_in_last : 0;
    if (!has_room(hold, in_last, bytes.len))
        return OVF_E_LIMIT;
    while (bytes.len > 0) {
        if (craft->last_block == OVF_LIVE_NONE || craft->n_in_last == OVF_LIVE_BLOCK_BYTES) {
            const enum ovf_status st = append_block(hold, craft);
            if (st != OVF_OK)
                return st;
        }
        const size_t room = OVF_LIVE_BLOCK_BYTES - craft->n_in_last;
        const size_t n = bytes.len < room ? bytes.len : room;
        memcpy(hold->blocks[craft->last_block].bytes + craft->n_in_last, bytes.data, n);
        craft->n_in_last += (uint32_t)n;
        bytes = (struct ovf_bytes){bytes.data + n, bytes.len - n};
    }
    return OVF_OK;
}

static inline enum ovf_status append(struct ovf_live_hold *hold, struct ovf_live_craft *craft,
                                     struct ovf_bytes packed)
{
    enum { USUAL_BYTES = 32 }; /* copied at once, though what is behind the bytes means nothing */
    const uint32_t at = craft->n_in_last;
    if (craft->last_block == OVF_LIVE_NONE || packed.len > USUAL_BYTES ||
        at > OVF_LIVE_BLOCK_BYTES - USUAL_BYTES)
        return append_over(hold, craft, packed);
    memcpy(hold->blocks[craft->last_block].bytes + at, packed.data, USUAL_BYTES);
    craft->n_in_last = at + (uint32_t)packed.len;
    return OVF_OK;
}

static enum ovf_status push(struct ovf_live_hold *hold, struct ovf_live_craft *craft,
                            const struct ovf_fix *fix)
{
    unsigned char room[OVF_FIX_PACKED_MAX_BYTES];
    if (craft->last_block != OVF_LIVE_NONE) /* it comes while the fix is packed */
        __builtin_prefetch(hold->blocks[craft->last_block].bytes + craft->n_in_last, 1);
    const struct ovf_bytes packed =
        ovf_fix_pack_next(craft->has_last ? &craft->last : NULL, fix, room);
    const enum ovf_status st = append(hold, craft, packed);
    if (st != OVF_OK)
        return st;
    craft->n_fixes++;
    if (ovf_fix_is_hearing(fix))
        return OVF_OK;
    craft->last = *fix;
    craft->has_last = true;
    return OVF_OK;
}

enum ovf_status ovf_live_hold_push(struct ovf_live_hold *hold, uint32_t number,
                                   const struct ovf_fix *fix)
{
    const enum ovf_status st = push(hold, &hold->crafts[number], fix);
    if (st == OVF_OK && hold->newest != number) {
        unlink_heard(hold, number);
        link_heard(hold, number);
    }
    return st;
}

enum ovf_status ovf_live_hold_fixes(struct ovf_live_hold *hold, uint32_t number,
                                    struct ovf_fixes *out)
{
    const struct ovf_live_craft *craft = &hold->crafts[number];
    enum ovf_status st = OVF_OK;
    hold->packing.len = 0;
    out->n = 0;
    for (uint32_t b = craft->first_block; b != OVF_LIVE_NONE && st == OVF_OK;
         b = hold->blocks[b].next)
        st = ovf_buffer_append(&hold->packing, hold->blocks[b].bytes,
                               b == craft->last_block ? craft->n_in_last : OVF_LIVE_BLOCK_BYTES);
    return st == OVF_OK ? ovf_fixes_unpack_chain(ovf_buffer_bytes(&hold->packing), out) : st;
}

enum ovf_status ovf_live_hold_replace(struct ovf_live_hold *hold, uint32_t number,
                                      const struct ovf_fixes *fixes)
{
    struct ovf_live_craft *craft = &hold->crafts[number];
    enum ovf_status st = OVF_OK;
    give_back(hold, craft);
    for (size_t i = 0; i < fixes->n && st == OVF_OK; i++)
        st = push(hold, craft, &fixes->items[i]);
    return st == OVF_E_LIMIT ? OVF_OK : st;
}

size_t ovf_live_hold_bytes(const struct ovf_live_hold *hold)
{
    return hold->n_used * (sizeof *hold->crafts + sizeof *hold->links) +
           hold->n_buckets * sizeof *hold->buckets +
           (hold->n_blocks - hold->n_free_blocks) * sizeof *hold->blocks;
}
