/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the library share. */
#ifndef OVF_STORE_LIBRARY_DB_H
#define OVF_STORE_LIBRARY_DB_H

#include "store/sql.h"

struct ovf_library {
    sqlite3 *db;
};

/** The text of a column, cut; "" for NULL. */
void ovf_library_column(sqlite3_stmt *stmt, int column, char *out, size_t out_bytes);

bool ovf_library_bind(sqlite3_stmt *stmt, int at, const char *text);

#endif
