/* SPDX-License-Identifier: Apache-2.0 */
/* Using the edge index where it lies: viewing it, and who owns a place. */
#include "geo/index_parts.h"

/** Takes \p n_words from the front of \p rest. */
static bool take_words(struct ovf_bytes *rest, uint64_t n_words, const unsigned char **out)
{
    if (n_words > rest->len / 4)
        return false;
    *out = rest->data;
    *rest = (struct ovf_bytes){rest->data + 4 * n_words, rest->len - 4 * (size_t)n_words};
    return true;
}

static bool take_parts(struct ovf_bytes rest, struct ovf_index *out)
{
    const unsigned char *header;
    if (!take_words(&rest, OVF_INDEX_HEADER_WORDS, &header) ||
        ovf_index_word(header, 0) != OVF_INDEX_MAGIC ||
        ovf_index_word(header, 1) != OVF_INDEX_VERSION)
        return false;
    out->n_edges = ovf_index_word(header, 2);
    out->n_sets = ovf_index_word(header, 3);
    out->n_owners = ovf_index_word(header, 4);
    out->n_block_words = ovf_index_word(header, 5);
    return out->n_sets > 0 &&
           take_words(&rest, (uint64_t)out->n_edges * OVF_INDEX_EDGE_WORDS, &out->edges) &&
           take_words(&rest, (uint64_t)out->n_sets + 1, &out->sets) &&
           take_words(&rest, out->n_owners, &out->owners) &&
           take_words(&rest, (uint64_t)OVF_SQUARE_ROWS * OVF_SQUARE_COLS, &out->squares) &&
           take_words(&rest, (uint64_t)OVF_CELL_ROWS * OVF_CELL_COLS, &out->cells) &&
           take_words(&rest, out->n_block_words, &out->blocks);
}

enum ovf_status ovf_index_view(struct ovf_bytes bytes, struct ovf_index *out, struct ovf_error *err)
{
    struct ovf_index index = {0};
    if (!take_parts(bytes, &index))
        return ovf_error_set(err, OVF_E_FORMAT, "not an edge index of version %d, or cut short",
                             OVF_INDEX_VERSION);
    /* The rest of the numbers are checked where they are used: reading a hundred megabytes at start
     * to check them all would cost more than the work itself. */
    *out = index;
    return OVF_OK;
}

void ovf_index_set(const struct ovf_index *index, uint32_t set, struct ovf_members *out)
{
    ovf_members_clear(out);
    if (set >= index->n_sets)
        return;
    const uint32_t begin = ovf_index_word(index->sets, set);
    const uint32_t end = ovf_index_word(index->sets, (uint64_t)set + 1);
    for (uint32_t i = begin; i < end && i < index->n_owners; i++) {
        const uint32_t owner = ovf_index_word(index->owners, i);
        if (owner < OVF_MEMBERS_MAX)
            ovf_members_toggle(out, owner);
    }
}

static bool is_on_globe(struct ovf_point p)
{
    return p.lat_e7 >= -900000000 && p.lat_e7 <= 900000000 && p.lon_e7 >= -1800000000 &&
           p.lon_e7 < 1800000000;
}

struct ovf_edge ovf_index_edge(const struct ovf_index *index, uint32_t i)
{
    if (i >= index->n_edges)
        return (struct ovf_edge){{0, 0}, {0, 0}, 0};
    const unsigned char *p = index->edges + (size_t)i * OVF_INDEX_EDGE_WORDS * 4;
    const struct ovf_edge edge = {{(int32_t)ovf_index_word(p, 0), (int32_t)ovf_index_word(p, 1)},
                                  {(int32_t)ovf_index_word(p, 2), (int32_t)ovf_index_word(p, 3)},
                                  ovf_index_word(p, 4)};
    /* Out of range, products of differences would not fit 64 bits. */
    return is_on_globe(edge.a) && is_on_globe(edge.b) ? edge : (struct ovf_edge){{0, 0}, {0, 0}, 0};
}

static void toggle_set(const struct ovf_index *index, uint32_t set, struct ovf_members *members)
{
    struct ovf_members owners;
    ovf_index_set(index, set, &owners);
    ovf_members_toggle_all(members, &owners);
}

/** The part of a mixed cell that a place lies in. */
struct part {
    uint32_t word;
    uint32_t south; /* from 90 south and 180 west, as offsets */
    uint32_t west;
};

static inline struct part part_at(const struct ovf_block *block, uint32_t north_e7,
                                  uint32_t east_e7, uint32_t row, uint32_t col)
{
    const uint32_t split = block->split;
    const uint32_t r = ovf_part_at(north_e7 - row * OVF_CELL_E7, split);
    const uint32_t c = ovf_part_at(east_e7 - col * OVF_CELL_E7, split);
    return (struct part){block->n > 0 ? ovf_index_word(block->words, r << split | c) : 0,
                         ovf_part_begin_e7(row, r, split), ovf_part_begin_e7(col, c, split)};
}

/** From the part's middle, whose owners are known, to the place: flips those of every edge between. On its
 * own, so that the places without edges near, nearly all, do not pay for its registers and canary. */
__attribute__((noinline)) static void locate_in_part(const struct ovf_index *index,
                                                     const struct ovf_block *block,
                                                     const struct part *part, struct ovf_point at,
                                                     struct ovf_members *out)
{
    const struct ovf_point middle = ovf_part_middle(part->south, part->west, block->split);
    const struct ovf_window way = {
        at.lat_e7 < middle.lat_e7 ? at.lat_e7 : middle.lat_e7,
        at.lat_e7 < middle.lat_e7 ? middle.lat_e7 : at.lat_e7,
        at.lon_e7 < middle.lon_e7 ? at.lon_e7 : middle.lon_e7,
        llabs((int64_t)at.lon_e7 - middle.lon_e7),
    };
    uint32_t set;
    const struct ovf_edge_list edges = ovf_part_edges(block, part->word, &set);
    ovf_index_set(index, set, out);
    if (ovf_point_equal(at, middle))
        return;
    for (uint32_t i = 0; i < edges.n; i++) {
        const uint32_t number = ovf_index_word(edges.words, i);
        if (!ovf_edge_may_meet(index, number, &way))
            continue;
        const struct ovf_edge edge = ovf_index_edge(index, number);
        if (ovf_piece_crosses_edge(at, middle, edge.a, edge.b))
            toggle_set(index, edge.set, out);
    }
}

void ovf_index_locate(const struct ovf_index *index, struct ovf_point at, struct ovf_members *out)
{
    const uint32_t north_e7 = ovf_north_of_pole_e7(at.lat_e7);
    const uint32_t east_e7 = ovf_east_of_180_e7(at.lon_e7);
    const uint32_t row = ovf_row_at(north_e7);
    const uint32_t col = east_e7 / OVF_CELL_E7;
    const uint32_t cell = ovf_cell_or_square_word(index, row, col);
    if (!ovf_cell_is_mixed(cell)) {
        ovf_index_set(index, cell, out);
        return;
    }
    const struct ovf_block block = ovf_block_of(index, cell);
    const struct part part = part_at(&block, north_e7, east_e7, row, col);
    if (ovf_cell_is_mixed(part.word))
        locate_in_part(index, &block, &part, at, out);
    else
        ovf_index_set(index, part.word, out);
}

enum { SQUARE_E7 = OVF_SQUARE_CELLS * OVF_CELL_E7 };

static struct ovf_box box_of(uint32_t south, uint32_t west, uint32_t size)
{
    return (struct ovf_box){(int32_t)((int64_t)south - 900000000),
                            (int32_t)((int64_t)south + size - 900000000),
                            (int32_t)((int64_t)west - OVF_E7_TURN / 2),
                            (int32_t)((int64_t)west + size - OVF_E7_TURN / 2)};
}

struct ovf_box ovf_index_empty_box(const struct ovf_index *index, struct ovf_point at)
{
    static const int32_t lat_max_e7 = 800000000; /* see OVF_CELL_MARGIN_E7 */
    static const struct ovf_box none = {0, 0, 0, 0};
    const uint32_t north_e7 = ovf_north_of_pole_e7(at.lat_e7);
    const uint32_t east_e7 = ovf_east_of_180_e7(at.lon_e7);
    const uint32_t row = ovf_row_at(north_e7);
    const uint32_t col = east_e7 / OVF_CELL_E7;
    if (at.lat_e7 < -lat_max_e7 || at.lat_e7 >= lat_max_e7)
        return none;
    if (!ovf_cell_is_mixed(ovf_square_word(index, row, col)))
        return box_of(row / OVF_SQUARE_CELLS * SQUARE_E7, col / OVF_SQUARE_CELLS * SQUARE_E7,
                      SQUARE_E7);
    const uint32_t cell = ovf_cell_word(index, row, col);
    if (!ovf_cell_is_mixed(cell))
        return box_of(row * OVF_CELL_E7, col * OVF_CELL_E7, OVF_CELL_E7);
    const struct ovf_block block = ovf_block_of(index, cell);
    const struct part part = part_at(&block, north_e7, east_e7, row, col);
    return ovf_cell_is_mixed(part.word) ? none
                                        : box_of(part.south, part.west, OVF_CELL_E7 >> block.split);
}
