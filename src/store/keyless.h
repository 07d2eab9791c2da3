/* SPDX-License-Identifier: Apache-2.0 */
/* A second name of a table's pages, declared without the key. To a table with one SQLite appends no row before it has
 * looked whether its number is taken, some 8 % of what loading costs. Made and dropped within one transaction. */
#ifndef OVF_STORE_KEYLESS_H
#define OVF_STORE_KEYLESS_H

#include "store/sql.h"

struct ovf_keyless {
    char name[96];
    int64_t root; /* the page that was made for it */
};

/** \p table has no index; \p columns: how it declares them, without the key. Rows appended under the new name are
 * numbered on from its last one; none is put or goes under the other meanwhile. After a failure: roll back. */
OVF_NODISCARD enum ovf_status ovf_keyless_make(sqlite3 *db, const char *table, const char *columns,
                                               struct ovf_keyless *out, struct ovf_error *err);

/** The table keeps its pages, and what was appended. */
OVF_NODISCARD enum ovf_status ovf_keyless_drop(sqlite3 *db, const struct ovf_keyless *keyless,
                                               struct ovf_error *err);

#endif
