/* SPDX-License-Identifier: Apache-2.0 */
/* The statements of one table, made from its description, and binding a row to them. */
#ifndef OVF_STORE_STATEMENTS_H
#define OVF_STORE_STATEMENTS_H

#include "store/bound.h"
#include "store/tables.h"

/** Values: ?1 ... ?n the columns, then geometry, first_seen or supersedes, and the row's fid. */
struct ovf_statements {
    struct ovf_bound insert; /* does nothing where the key is there already */
    struct ovf_bound update; /* by fid; of tables without revisions, the insertion overwrites */
    sqlite3_stmt *find;      /* fid, rev by id */
    sqlite3_stmt *remove;
};

/** Prepare what is not; the table has its indexes. */
OVF_NODISCARD enum ovf_status ovf_statements_for_putting(struct ovf_statements *statements,
                                                         sqlite3 *db,
                                                         const struct ovf_store_table *table,
                                                         struct ovf_error *err);

void ovf_statements_deinit(struct ovf_statements *statements);

/** \p text, or NULL where it is NULL or "". */
int ovf_bind_text(sqlite3_stmt *stmt, int at, const char *text);

/** First seen of an inserted row, supersedes of an updated one. */
int ovf_statement_extra_at(const struct ovf_store_table *table);
int ovf_statement_fid_at(const struct ovf_store_table *table);

/** Bind columns and \p geometry (empty: NULL) of \p row, a struct of the table's. */
OVF_NODISCARD enum ovf_status ovf_statement_bind(struct ovf_bound *statement,
                                                 const struct ovf_store_table *table,
                                                 const void *row, struct ovf_bytes geometry,
                                                 struct ovf_error *err);

#endif
