/* SPDX-License-Identifier: Apache-2.0 */
/* Splitting a mixed cell into parts.
 *
 * A block, in words: the parts, row by row from the south-west, each an owner set or OVF_CELL_MIXED | where
 * its record begins in the block; the number of edges of the whole cell, and these; the records: number of
 * edges, owner set of the part's middle, and the edges. The middles' sets are found by going from the
 * cell's centre, whose set is known, from middle to middle: the line to a neighbour's stays in the two
 * parts, so only their edges can cross it. */
#include "geo/index_split.h"

#include <stdlib.h>

#include "base/array.h"
#include "geo/index_format.h"
#include "geo/orient.h"

void ovf_set_table_deinit(struct ovf_set_table *table)
{
    free(table->sets.items);
    free(table->slots);
    *table = (struct ovf_set_table){0};
}

static uint64_t hash_members(const struct ovf_members *members)
{
    uint64_t hash = 0;
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++) {
        hash = (hash ^ members->words[i]) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return hash;
}

/** The slot of \p members, or the free one where it goes. */
static size_t find_slot(const struct ovf_set_table *table, const struct ovf_members *members)
{
    size_t i = (size_t)hash_members(members) & (table->n_slots - 1);
    while (table->slots[i] != 0 &&
           !ovf_members_equal(&table->sets.items[table->slots[i] - 1], members))
        i = (i + 1) & (table->n_slots - 1);
    return i;
}

static enum ovf_status grow_slots(struct ovf_set_table *table)
{
    if (2 * (table->sets.n + 1) <= table->n_slots)
        return OVF_OK;
    const size_t n_slots = table->n_slots > 0 ? 2 * table->n_slots : 1024;
    uint32_t *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return OVF_E_NOMEM;
    free(table->slots);
    table->slots = slots;
    table->n_slots = n_slots;
    for (size_t i = 0; i < table->sets.n; i++)
        slots[find_slot(table, &table->sets.items[i])] = (uint32_t)i + 1;
    return OVF_OK;
}

enum ovf_status ovf_set_table_intern(struct ovf_set_table *table, const struct ovf_members *members,
                                     uint32_t *set)
{
    if (grow_slots(table) != OVF_OK)
        return OVF_E_NOMEM;
    const size_t slot = find_slot(table, members);
    if (table->slots[slot] == 0) {
        struct ovf_members *grown = ovf_array_reserve(table->sets.items, &table->sets.capacity,
                                                      table->sets.n + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        table->sets.items = grown;
        grown[table->sets.n++] = *members;
        table->slots[slot] = (uint32_t)table->sets.n;
    }
    *set = table->slots[slot] - 1;
    return OVF_OK;
}

void ovf_splitter_deinit(struct ovf_splitter *splitter)
{
    free(splitter->begin);
    free(splitter->sets);
    free(splitter->list);
    *splitter = (struct ovf_splitter){0};
}

uint32_t ovf_split_of(uint32_t n_edges)
{
    /* Two parts an edge, so that a part that has any has few; no part is larger than 1/32 degree, as a
     * track 10 s further is in another. */
    uint32_t split = 3;
    while (split < OVF_CELL_SPLIT_MAX && (UINT32_C(1) << (2 * split)) < 2 * n_edges)
        split++;
    return split;
}

static uint32_t part_size_e7(uint32_t split)
{
    return (uint32_t)OVF_CELL_E7 >> split;
}

/** The first or last part that an offset from the cell's edge falls into. */
static uint32_t part_of(int64_t offset_e7, uint32_t split)
{
    const uint32_t n = UINT32_C(1) << split;
    if (offset_e7 < 0)
        return 0;
    const uint32_t part = (uint32_t)(offset_e7 / part_size_e7(split));
    return part < n ? part : n - 1;
}

/** Whether the part, widened by the margin, has corners on both sides of the edge's line. */
static bool line_meets_part(const struct ovf_edge *edge, uint32_t south, uint32_t west,
                            uint32_t split)
{
    const int64_t size = part_size_e7(split);
    const int64_t margin = size >> OVF_PART_MARGIN_SHIFT;
    bool left = false;
    bool right = false;
    for (int corner = 0; corner < 4; corner++) {
        const int64_t lat = south - margin + (corner & 1) * (size + 2 * margin);
        const int64_t lon = west - margin + (corner >> 1) * (size + 2 * margin);
        const struct ovf_point p = {(int32_t)(lat - 900000000),
                                    ovf_lon_wrap(lon - OVF_E7_TURN / 2)};
        const int64_t area = ovf_orient(edge->a, edge->b, p);
        left = left || area >= 0;
        right = right || area <= 0;
    }
    return left && right;
}

/** Parts [south, north] x [west, east] that the edge's box, widened by the margin, may meet. */
struct part_span {
    uint32_t south, north, west, east;
    bool none;
};

static struct part_span span_in_cell(const struct ovf_split_cell *cell, const struct ovf_edge *edge,
                                     uint32_t split)
{
    const int64_t margin = part_size_e7(split) >> OVF_PART_MARGIN_SHIFT;
    const int64_t south_e7 = (int64_t)cell->row * OVF_CELL_E7 - 900000000;
    const int32_t west_e7 = (int32_t)((int64_t)cell->col * OVF_CELL_E7 - OVF_E7_TURN / 2);
    const int64_t lat_a = edge->a.lat_e7 - south_e7;
    const int64_t lat_b = edge->b.lat_e7 - south_e7;
    const int64_t lon_a = ovf_lon_difference(west_e7, edge->a.lon_e7);
    const int64_t lon_b = lon_a + ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7);
    const int64_t low = (lat_a < lat_b ? lat_a : lat_b) - margin;
    const int64_t high = (lat_a < lat_b ? lat_b : lat_a) + margin;
    const int64_t left = (lon_a < lon_b ? lon_a : lon_b) - margin;
    const int64_t right = (lon_a < lon_b ? lon_b : lon_a) + margin;
    return (struct part_span){
        .south = part_of(low - 1, split), /* a part holds its northern and eastern side as well */
        .north = part_of(high, split),
        .west = part_of(left - 1, split),
        .east = part_of(right, split),
        .none = high < 0 || right < 0 || low > OVF_CELL_E7 || left > OVF_CELL_E7,
    };
}

/** Counts the cell's edges in each part (list NULL), or lists them where begin says and moves that. */
static void visit_parts(const struct ovf_split_cell *cell, uint32_t split, uint32_t *begin,
                        uint32_t *list)
{
    for (uint32_t i = 0; i < cell->n; i++) {
        const struct ovf_edge *edge = &cell->edges[cell->order[cell->list[i]]];
        const struct part_span span = span_in_cell(cell, edge, split);
        for (uint32_t r = span.south; r <= span.north && !span.none; r++) {
            for (uint32_t c = span.west; c <= span.east; c++) {
                if (!line_meets_part(edge, ovf_part_begin_e7(cell->row, r, split),
                                     ovf_part_begin_e7(cell->col, c, split), split))
                    continue;
                const uint32_t part = r << split | c;
                if (list != NULL)
                    list[begin[part]] = cell->list[i];
                begin[part]++;
            }
        }
    }
}

static enum ovf_status list_parts(struct ovf_splitter *s, const struct ovf_split_cell *cell,
                                  uint32_t split)
{
    const size_t n_parts = (size_t)1 << (2 * split);
    uint32_t *begin =
        ovf_array_reserve(s->begin, &s->begin_capacity, n_parts + 1, sizeof *s->begin);
    if (begin == NULL)
        return OVF_E_NOMEM;
    s->begin = begin;
    memset(begin, 0, (n_parts + 1) * sizeof *begin);
    visit_parts(cell, split, begin + 1, NULL);
    for (size_t i = 0; i < n_parts; i++)
        begin[i + 1] += begin[i];
    uint32_t *list =
        ovf_array_reserve(s->list, &s->list_capacity, begin[n_parts] + 1, sizeof *s->list);
    if (list == NULL)
        return OVF_E_NOMEM;
    s->list = list;
    visit_parts(cell, split, begin, list);
    for (size_t i = n_parts; i > 0; i--) /* each begin was moved to its end */
        begin[i] = begin[i - 1];
    begin[0] = 0;
    return OVF_OK;
}

static struct ovf_point middle_of(const struct ovf_split_cell *cell, uint32_t part, uint32_t split)
{
    return ovf_part_middle(ovf_part_begin_e7(cell->row, part >> split, split),
                           ovf_part_begin_e7(cell->col, part & ((1U << split) - 1), split), split);
}

/** Toggles the owners of the edges of \p part that the line crosses, but not those that \p but has. */
static bool toggle_crossed(const struct ovf_splitter *s, const struct ovf_split_cell *cell,
                           uint32_t part, uint32_t but, struct ovf_point from, struct ovf_point to,
                           struct ovf_members *members)
{
    bool any = false;
    uint32_t k = but != part ? s->begin[but] : 0;
    const uint32_t end = but != part ? s->begin[but + 1] : 0;
    for (uint32_t i = s->begin[part]; i < s->begin[part + 1]; i++) {
        while (k < end && s->list[k] < s->list[i])
            k++;
        if (k < end && s->list[k] == s->list[i])
            continue;
        const struct ovf_edge *edge = &cell->edges[cell->order[s->list[i]]];
        if (!ovf_piece_crosses_edge(from, to, edge->a, edge->b))
            continue;
        ovf_members_toggle_all(members, &s->table->sets.items[edge->set]);
        any = true;
    }
    return any;
}

/** The set of \p part's middle from that of its neighbour. */
static enum ovf_status own_part(struct ovf_splitter *s, const struct ovf_split_cell *cell,
                                uint32_t split, uint32_t neighbour, uint32_t part)
{
    const struct ovf_point from = middle_of(cell, neighbour, split);
    const struct ovf_point to = middle_of(cell, part, split);
    struct ovf_members members = s->table->sets.items[s->sets[neighbour]];
    s->sets[part] = s->sets[neighbour];
    const bool here = toggle_crossed(s, cell, part, part, from, to, &members);
    const bool there = toggle_crossed(s, cell, neighbour, part, from, to, &members);
    return here || there ? ovf_set_table_intern(s->table, &members, &s->sets[part]) : OVF_OK;
}

static enum ovf_status own_parts(struct ovf_splitter *s, const struct ovf_split_cell *cell,
                                 uint32_t split)
{
    const uint32_t n = UINT32_C(1) << split;
    const uint32_t first = (n / 2) << split | n / 2;
    uint32_t *sets = ovf_array_reserve(s->sets, &s->sets_capacity, (size_t)n * n, sizeof *s->sets);
    if (sets == NULL)
        return OVF_E_NOMEM;
    s->sets = sets;
    /* The cell's centre is a corner of the part north-east of it. */
    const struct ovf_point centre =
        ovf_part_middle(ovf_part_begin_e7(cell->row, 0, 0), ovf_part_begin_e7(cell->col, 0, 0), 0);
    struct ovf_members members = s->table->sets.items[cell->centre_set];
    (void)toggle_crossed(s, cell, first, first, centre, middle_of(cell, first, split), &members);
    enum ovf_status st = ovf_set_table_intern(s->table, &members, &sets[first]);
    for (uint32_t r = n / 2 + 1; r < n && st == OVF_OK; r++)
        st = own_part(s, cell, split, (r - 1) << split | n / 2, r << split | n / 2);
    for (uint32_t r = n / 2; r-- > 0 && st == OVF_OK;)
        st = own_part(s, cell, split, (r + 1) << split | n / 2, r << split | n / 2);
    for (uint32_t r = 0; r < n && st == OVF_OK; r++) {
        for (uint32_t c = n / 2 + 1; c < n && st == OVF_OK; c++)
            st = own_part(s, cell, split, r << split | (c - 1), r << split | c);
        for (uint32_t c = n / 2; c-- > 0 && st == OVF_OK;)
            st = own_part(s, cell, split, r << split | (c + 1), r << split | c);
    }
    return st;
}

static void put(struct ovf_buffer *out, uint32_t word)
{
    ovf_store_u32le(out->data + out->len, word);
    out->len += 4;
}

static enum ovf_status write_block(const struct ovf_splitter *s, const struct ovf_split_cell *cell,
                                   uint32_t split, struct ovf_buffer *out)
{
    const uint32_t n_parts = UINT32_C(1) << (2 * split);
    uint32_t record = n_parts + 1 + cell->n;
    const size_t n_words =
        record + (size_t)n_parts * OVF_INDEX_RECORD_WORDS + s->begin[n_parts]; /* at most */
    const enum ovf_status st = ovf_buffer_reserve(out, 4 * n_words);
    if (st != OVF_OK)
        return st;
    for (uint32_t i = 0; i < n_parts; i++) {
        const uint32_t n = s->begin[i + 1] - s->begin[i];
        put(out, n > 0 ? OVF_CELL_MIXED | record : s->sets[i]);
        record += n > 0 ? OVF_INDEX_RECORD_WORDS + n : 0;
    }
    put(out, cell->n);
    for (uint32_t i = 0; i < cell->n; i++)
        put(out, cell->list[i]);
    for (uint32_t i = 0; i < n_parts; i++) {
        if (s->begin[i + 1] == s->begin[i])
            continue;
        put(out, s->begin[i + 1] - s->begin[i]);
        put(out, s->sets[i]);
        for (uint32_t k = s->begin[i]; k < s->begin[i + 1]; k++)
            put(out, s->list[k]);
    }
    return OVF_OK;
}

enum ovf_status ovf_split_append(struct ovf_splitter *splitter, const struct ovf_split_cell *cell,
                                 struct ovf_buffer *out)
{
    const uint32_t split = ovf_split_of(cell->n);
    enum ovf_status st = list_parts(splitter, cell, split);
    if (st == OVF_OK)
        st = own_parts(splitter, cell, split);
    return st != OVF_OK ? st : write_block(splitter, cell, split, out);
}
