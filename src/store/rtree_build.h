/* SPDX-License-Identifier: Apache-2.0 */
/* An R-tree built anew from its leaves upward: packed, entries in the order of a Hilbert curve through their middles,
 * nodes full. It is written straight into the tables in which SQLite keeps an R-tree (its documentation, "The SQLite
 * R*Tree Module", section 5); those are closed to SQL unless the connection is not defensive, which it is here while
 * they are written and at no other time. */
#ifndef OVF_STORE_RTREE_BUILD_H
#define OVF_STORE_RTREE_BUILD_H

#include "store/sql.h"

/** An entry: bounds rounded outward to what an R-tree holds. One that changes (store/rtree_changes.h) has the same
 * shape, so that a list of millions is not copied to be built. */
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

/** Build the R-tree \p name from \p entries alone (no two of one row; they are reordered), in the open transaction,
 * which is rolled back after a failure. No statement is being stepped, but for what SQLite itself keeps open of another
 * R-tree. */
OVF_NODISCARD enum ovf_status ovf_rtree_build(sqlite3 *db, const char *name,
                                              struct ovf_rtree_entry *entries, size_t n,
                                              struct ovf_error *err);

#endif
