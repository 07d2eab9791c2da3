/* SPDX-License-Identifier: Apache-2.0 */
/* The R-tree of a table, brought up to date at the end of a transaction from a list of what changed:
 * entry by entry when that is little beside what is there, else built anew from its leaves upward.
 *
 * A built tree is packed: entries in the order of a Hilbert curve through their middles, nodes full. It
 * is written straight into the tables in which SQLite keeps an R-tree (its documentation, "The SQLite
 * R*Tree Module", section 5); those are closed to SQL unless the connection is not defensive, which it
 * is here while they are written and at no other time. */
#ifndef OVF_STORE_RTREE_BULK_H
#define OVF_STORE_RTREE_BULK_H

#include "store/gpkg.h"

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

/** Zero-initialise. Later changes of a row replace earlier ones. */
struct ovf_rtree_changes {
    struct ovf_rtree_entry *items;
    size_t n;
    size_t capacity;
};

void ovf_rtree_changes_deinit(struct ovf_rtree_changes *changes);

/** Note the new \p bounds of row \p rowid; NULL: it has none. */
OVF_NODISCARD enum ovf_status ovf_rtree_changes_add(struct ovf_rtree_changes *changes,
                                                    int64_t rowid,
                                                    const struct ovf_gpkg_bounds *bounds);

/**
 * Bring the R-tree \p name up to date, in the open transaction, and empty \p changes. Its table's
 * triggers must be gone, or have nothing to do, and no statement of the connection is being stepped.
 * Building takes about 60 bytes of memory for every entry, old and new, and is not done beyond
 * OVF_RTREE_BUILD_MAX entries.
 */
OVF_NODISCARD enum ovf_status ovf_rtree_apply(sqlite3 *db, const char *name,
                                              struct ovf_rtree_changes *changes,
                                              struct ovf_error *err);

#define OVF_RTREE_BUILD_MAX 30000000

/** Build the R-tree \p name from \p entries alone (no two of one row; they are reordered), in the open
 * transaction. */
OVF_NODISCARD enum ovf_status ovf_rtree_build(sqlite3 *db, const char *name,
                                              struct ovf_rtree_entry *entries, size_t n,
                                              struct ovf_error *err);

#endif
