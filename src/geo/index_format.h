/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that the writer and the reader of the edge index share. */
#ifndef OVF_GEO_INDEX_FORMAT_H
#define OVF_GEO_INDEX_FORMAT_H

#include "geo/index.h"

#define OVF_INDEX_MAGIC UINT32_C(0x5849564f) /* "OVIX" */
#define OVF_INDEX_VERSION 3
#define OVF_CELL_MIXED UINT32_C(0x80000000) /* the rest of the word says where, it is not a set */

/* A mixed cell: three bits say into how many rows and columns of parts it is split (1 << k), the rest
 * where its block begins. A part's size divides the cell's for k up to 5. */
#define OVF_CELL_SPLIT_SHIFT 28
#define OVF_CELL_SPLIT_MAX 5
#define OVF_CELL_BLOCK_MASK UINT32_C(0x0fffffff)

/* An edge is listed in the parts that come within a part's size over 256 of it. */
#define OVF_PART_MARGIN_SHIFT 8

/* Squares of a degree, so few that the table of them stays in a processor's own cache. */
#define OVF_SQUARE_CELLS 4
#define OVF_SQUARE_ROWS (OVF_CELL_ROWS / OVF_SQUARE_CELLS)
#define OVF_SQUARE_COLS (OVF_CELL_COLS / OVF_SQUARE_CELLS)

enum {
    OVF_INDEX_HEADER_WORDS = 8,
    OVF_INDEX_EDGE_WORDS = 5,
    OVF_INDEX_RECORD_WORDS = 2, /* number of edges, owner set of the middle; then the edges */
};

/** The south-western corner of a cell, and of a part of one: counted from 90 degrees south, 180 west. */
static inline uint32_t ovf_part_begin_e7(uint32_t cell, uint32_t part, uint32_t split)
{
    return cell * OVF_CELL_E7 + part * (OVF_CELL_E7 >> split);
}

/** The place of a part whose owners are known. */
static inline struct ovf_point ovf_part_middle(uint32_t south, uint32_t west, uint32_t split)
{
    const uint32_t half = ((uint32_t)OVF_CELL_E7 >> split) / 2;
    return (struct ovf_point){(int32_t)((int64_t)south + half - 900000000),
                              (int32_t)((int64_t)west + half - OVF_E7_TURN / 2)};
}

#endif
