/* SPDX-License-Identifier: Apache-2.0 */
/* The R-tree of a table, brought up to date at the end of a transaction from a list of what changed: entry by entry
 * when that is little beside what is there, else built anew. */
#ifndef OVF_STORE_RTREE_CHANGES_H
#define OVF_STORE_RTREE_CHANGES_H

#include "store/gpkg.h"
#include "store/rtree_build.h"

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
 * Bring the R-tree \p name up to date, in the open transaction, and empty \p changes; the rest as ovf_rtree_build.
 * Its table's triggers must be gone, or have nothing to do.
 * Building takes about 60 bytes of memory for every entry, old and new, and is not done beyond
 * OVF_RTREE_BUILD_MAX entries.
 */
OVF_NODISCARD enum ovf_status ovf_rtree_apply(sqlite3 *db, const char *name,
                                              struct ovf_rtree_changes *changes,
                                              struct ovf_error *err);

#define OVF_RTREE_BUILD_MAX 30000000

#endif
