/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the edge index: cells, their parts, and the edges listed in these. Nothing in the words is
 * believed: what points outside is taken for nothing. */
#ifndef OVF_GEO_INDEX_PARTS_H
#define OVF_GEO_INDEX_PARTS_H

#include <stdlib.h>

#include "geo/index.h"
#include "geo/index_format.h"

static inline uint32_t ovf_index_word(const unsigned char *words, uint64_t i)
{
    return ovf_load_u32le(words + 4 * i);
}

static inline bool ovf_cell_is_mixed(uint32_t word)
{
    return (word & OVF_CELL_MIXED) != 0;
}

/** Offset from 90 degrees south and 180 degrees west. */
static inline uint32_t ovf_north_of_pole_e7(int32_t lat_e7)
{
    return (uint32_t)lat_e7 + UINT32_C(900000000);
}

static inline uint32_t ovf_east_of_180_e7(int32_t lon_e7)
{
    return (uint32_t)lon_e7 + UINT32_C(1800000000);
}

static inline uint32_t ovf_row_at(uint32_t north_e7)
{
    const uint32_t row = north_e7 / OVF_CELL_E7;
    return row < OVF_CELL_ROWS ? row : OVF_CELL_ROWS - 1;
}

static inline uint32_t ovf_cell_word(const struct ovf_index *index, uint32_t row, uint32_t col)
{
    return ovf_index_word(index->cells, row * OVF_CELL_COLS + col);
}

/** That of the square that holds the cell. */
static inline uint32_t ovf_square_word(const struct ovf_index *index, uint32_t row, uint32_t col)
{
    return ovf_index_word(index->squares,
                          row / OVF_SQUARE_CELLS * OVF_SQUARE_COLS + col / OVF_SQUARE_CELLS);
}

/** The same, without a look at the cell where its square says enough. */
static inline uint32_t ovf_cell_or_square_word(const struct ovf_index *index, uint32_t row,
                                               uint32_t col)
{
    const uint32_t square = ovf_square_word(index, row, col);
    return ovf_cell_is_mixed(square) ? ovf_cell_word(index, row, col) : square;
}

/** A mixed cell's block, to the end of all blocks; n is 0 when it is none. */
struct ovf_block {
    const unsigned char *words;
    uint32_t n;
    uint32_t split;
};

static inline struct ovf_block ovf_block_of(const struct ovf_index *index, uint32_t cell)
{
    const uint32_t begin = cell & OVF_CELL_BLOCK_MASK;
    const uint32_t split = (cell & ~OVF_CELL_MIXED) >> OVF_CELL_SPLIT_SHIFT;
    const uint32_t n_parts = UINT32_C(1) << (2 * split);
    if (split > OVF_CELL_SPLIT_MAX || begin >= index->n_block_words ||
        n_parts >= index->n_block_words - begin)
        return (struct ovf_block){index->blocks, 0, 0};
    return (struct ovf_block){index->blocks + 4 * (size_t)begin, index->n_block_words - begin,
                              split};
}

/** Which row or column of parts an offset from the cell's own edge falls into. */
static inline uint32_t ovf_part_at(uint32_t offset_e7, uint32_t split)
{
    const uint32_t part = (offset_e7 << split) / OVF_CELL_E7;
    return part < UINT32_C(1) << split ? part : (UINT32_C(1) << split) - 1;
}

/** Numbers of edges. */
struct ovf_edge_list {
    const unsigned char *words;
    uint32_t n;
};

/** The edges of a part that has some; the set of its middle goes to \p set unless that is NULL. */
static inline struct ovf_edge_list ovf_part_edges(const struct ovf_block *block, uint32_t part_word,
                                                  uint32_t *set)
{
    const uint32_t at = part_word & ~OVF_CELL_MIXED;
    if (at >= block->n || block->n - at < OVF_INDEX_RECORD_WORDS) {
        if (set != NULL)
            *set = 0;
        return (struct ovf_edge_list){block->words, 0};
    }
    const uint32_t n = ovf_index_word(block->words, at);
    const uint32_t most = block->n - at - OVF_INDEX_RECORD_WORDS;
    if (set != NULL)
        *set = ovf_index_word(block->words, (uint64_t)at + 1);
    return (struct ovf_edge_list){block->words + 4 * ((size_t)at + OVF_INDEX_RECORD_WORDS),
                                  n < most ? n : most};
}

/** All edges of a mixed cell. */
static inline struct ovf_edge_list ovf_block_edges(const struct ovf_block *block)
{
    if (block->n == 0)
        return (struct ovf_edge_list){block->words, 0};
    const uint32_t at = UINT32_C(1) << (2 * block->split); /* below n: see ovf_block_of */
    const uint32_t n = ovf_index_word(block->words, at);
    const uint32_t most = block->n - at - 1;
    return (struct ovf_edge_list){block->words + 4 * ((size_t)at + 1), n < most ? n : most};
}

/** The longitude difference, as ovf_lon_difference, for longitudes of which nothing is known. */
static inline int64_t ovf_east_of_e7(int32_t from_e7, int32_t to_e7)
{
    const int64_t d = (int64_t)to_e7 - from_e7;
    return d >= OVF_E7_TURN / 2 ? d - OVF_E7_TURN : d < -OVF_E7_TURN / 2 ? d + OVF_E7_TURN : d;
}

/** The owners' set of edge \p i, which there is. */
static inline uint32_t ovf_index_edge_set(const struct ovf_index *index, uint32_t i)
{
    return ovf_index_word(index->edges,
                          (uint64_t)i * OVF_INDEX_EDGE_WORDS + (OVF_INDEX_EDGE_WORDS - 1));
}

/** Whether the box of edge \p i may meet a window that is no wider than a few degrees. */
static inline bool ovf_edge_may_meet(const struct ovf_index *index, uint32_t i,
                                     const struct ovf_window *window)
{
    if (i >= index->n_edges)
        return false;
    const unsigned char *p = index->edges + (size_t)i * OVF_INDEX_EDGE_WORDS * 4;
    const int32_t lat_a = (int32_t)ovf_index_word(p, 0);
    const int32_t lat_b = (int32_t)ovf_index_word(p, 2);
    if ((lat_a < window->south_e7 && lat_b < window->south_e7) ||
        (lat_a > window->north_e7 && lat_b > window->north_e7))
        return false;
    const int64_t lon_a = ovf_east_of_e7(window->west_e7, (int32_t)ovf_index_word(p, 1));
    const int64_t lon_b = ovf_east_of_e7(window->west_e7, (int32_t)ovf_index_word(p, 3));
    return !((lon_a < 0 && lon_b < 0) || (lon_a > window->width_e7 && lon_b > window->width_e7));
}

/** Handed each list of edges; returns whether to go on. */
typedef bool ovf_edges_fn(void *context, struct ovf_edge_list edges);

/** Hands out the edges of all parts that \p window meets; an edge may come several times.
 * \return false when \p visit did */
bool ovf_index_visit(const struct ovf_index *index, const struct ovf_window *window,
                     ovf_edges_fn *visit, void *context);

#endif
