/* SPDX-License-Identifier: Apache-2.0 */
/* Building the edge index: the block of one mixed cell. */
#ifndef OVF_GEO_INDEX_SPLIT_H
#define OVF_GEO_INDEX_SPLIT_H

#include "base/buffer.h"
#include "geo/boundary.h"

/** Sets with a hash table over them: parts may have as many sets as there are faces of the map. */
struct ovf_set_table {
    struct ovf_sets sets;
    uint32_t *slots; /* number of the set + 1; 0 is free */
    size_t n_slots;  /* a power of two, or 0 */
};

void ovf_set_table_deinit(struct ovf_set_table *table);

/** The number of \p members, added when it is new. */
OVF_NODISCARD enum ovf_status ovf_set_table_intern(struct ovf_set_table *table,
                                                   const struct ovf_members *members,
                                                   uint32_t *set);

/** A mixed cell. Edges are numbered in the order of the index. */
struct ovf_split_cell {
    uint32_t row;
    uint32_t col;
    const struct ovf_edge *edges; /* the boundary's */
    const uint32_t *order;        /* place among these of each edge of the index */
    const uint32_t *list;         /* the cell's edges, ascending */
    uint32_t n;
    uint32_t centre_set;
};

/** Scratch space; zero-initialise, reuse. */
struct ovf_splitter {
    struct ovf_set_table *table;
    uint32_t *begin; /* of each part's edges in list, and the end */
    uint32_t *sets;  /* of each part's middle */
    uint32_t *list;
    size_t begin_capacity;
    size_t sets_capacity;
    size_t list_capacity;
};

void ovf_splitter_deinit(struct ovf_splitter *splitter);

/** How often a cell with \p n_edges is halved. */
uint32_t ovf_split_of(uint32_t n_edges);

/** Append the block of \p cell to \p out. */
OVF_NODISCARD enum ovf_status ovf_split_append(struct ovf_splitter *splitter,
                                               const struct ovf_split_cell *cell,
                                               struct ovf_buffer *out);

#endif
