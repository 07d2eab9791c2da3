/* SPDX-License-Identifier: Apache-2.0 */
/* Many rows into a table that is empty: laid out in memory in the pages that SQLite would make of them (store/image.h)
 * and handed to it some hundred at a time, within the transaction that is open. Indexes go first and are made in
 * the same way of all rows at the end.
 *
 * A row by INSERT and an entry by CREATE INDEX each cost SQLite some ten times what the copying does. */
#ifndef OVF_STORE_LOADING_H
#define OVF_STORE_LOADING_H

#include "store/sql.h"
#include "store/tables.h"

/** Whether this SQLite takes rows and indexes so; where not, rows are put one by one. Version 3.40 to 3.51 do. 3.53
 * does not, as it lets go of no image within the transaction that took it over; nor does one that was built to map no
 * files. Tried once. */
bool ovf_loading_works(void);

/** After a failure every call fails: what is left is to roll back. */
struct ovf_loading;

/** \p table, which has revisions, is empty, and a transaction is open: drop its indexes, and give its pages the name
 * that rows are put under. No statement of the connection is being stepped, here and in ovf_loading_finish. */
OVF_NODISCARD enum ovf_status ovf_loading_begin(sqlite3 *db, const struct ovf_store_table *table,
                                                struct ovf_loading **out, struct ovf_error *err);

/** Add a row whose id no other has. \param[out] fid  its number */
OVF_NODISCARD enum ovf_status ovf_loading_add(struct ovf_loading *loading, const void *row,
                                              const char *first_seen, struct ovf_bytes geometry,
                                              int64_t *fid, struct ovf_error *err);

/** All rows are where SQL sees them; more can be added. */
OVF_NODISCARD enum ovf_status ovf_loading_show(struct ovf_loading *loading, struct ovf_error *err);

/** The same, and the indexes are there: no more is added. */
OVF_NODISCARD enum ovf_status ovf_loading_finish(struct ovf_loading *loading,
                                                 struct ovf_error *err);

void ovf_loading_free(struct ovf_loading *loading);

#endif
