/* SPDX-License-Identifier: Apache-2.0 */
/* An R-tree built anew from its leaves upward: packed, entries in the order of a Hilbert curve through their middles,
 * nodes full. It is written straight into the tables in which SQLite keeps an R-tree (its documentation, "The SQLite
 * R*Tree Module", section 5); those are closed to SQL unless the connection is not defensive, which it is here while
 * they are written and at no other time. */
#ifndef OVF_STORE_RTREE_BUILD_H
#define OVF_STORE_RTREE_BUILD_H

#include "store/sql.h"

/** An entry: bounds rounded outward to what an R-tree holds. */
struct ovf_rtree_entry {
    int64_t rowid;
    float min_x;
    float max_x;
    float min_y;
    float max_y;
    uint32_t order; /* in a list of changes: its place */
    bool removed;   /* in a list of changes: the row has no geometry (any more) */
};

/** By row. */
int ovf_rtree_compare_rowids(const void *x, const void *y);

/** Build the R-tree \p name from \p entries alone (no two of one row; they are reordered), in the open transaction. No
 * statement of the connection is being stepped. */
OVF_NODISCARD enum ovf_status ovf_rtree_build(sqlite3 *db, const char *name,
                                              struct ovf_rtree_entry *entries, size_t n,
                                              struct ovf_error *err);

#endif
