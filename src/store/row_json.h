/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the store as JSON: each column but `json` and the geometry is a member of its name and unit. */
#ifndef OVF_STORE_ROW_JSON_H
#define OVF_STORE_ROW_JSON_H

#include "base/json_writer.h"
#include "store/sql.h"
#include "store/store.h"

/** The name of the table of \p kind. */
const char *ovf_store_row_table(enum ovf_store_kind kind);

/** Append "t.name,..." of the columns that ovf_store_row_put writes, for a query that calls the table t. */
OVF_NODISCARD enum ovf_status ovf_store_row_columns(enum ovf_store_kind kind,
                                                    struct ovf_buffer *out);

/** The members of a row, whose columns \p stmt has from \p column on. What is absent is left out.
 * \param[in] hides_folders  of paths the last part alone: they tell of the computer that they are on */
void ovf_store_row_put(struct ovf_json_writer *json, enum ovf_store_kind kind, sqlite3_stmt *stmt,
                       int column, bool hides_folders);

#endif
