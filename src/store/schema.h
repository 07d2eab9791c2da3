/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the store in SQL, and their version. */
#ifndef OVF_STORE_SCHEMA_H
#define OVF_STORE_SCHEMA_H

#include "base/buffer.h"
#include "store/sql.h"
#include "store/tables.h"

/* 2: altitudes inside of crossings, overflight_control. 3: findings without what their json has,
 * overflight_jumps, sinks, interference. 4: earliest and latest of ends in gaps. 5: times and altitudes
 * along flights. 6: overflight_past, overflight_minutes, overflight_altitudes, altitude_shared. 7: decimation of
 * inputs. 8: detections. 9: receivers of records. 10: perhaps_stayed of ends in gaps. */
#define OVF_STORE_VERSION 10

/** How SQL declares the columns of \p table; appended with a NUL. Without key rows have numbers all the same, and
 * nothing where the key would stand. */
OVF_NODISCARD enum ovf_status ovf_store_columns_sql(const struct ovf_store_table *table,
                                                    bool has_key, struct ovf_buffer *sql);

/** The SQL of an index, as SQLite keeps it; appended with a NUL. */
OVF_NODISCARD enum ovf_status ovf_store_index_sql(const struct ovf_store_table *table,
                                                  const struct ovf_table_index *index,
                                                  struct ovf_buffer *sql);

/**
 * Make all tables in a new file, in one transaction of its own; one that has them must be of this version.
 * \retval OVF_E_FORMAT  the file is of a later version, or of an earlier one
 */
OVF_NODISCARD enum ovf_status ovf_store_make_tables(sqlite3 *db, bool is_new,
                                                    struct ovf_error *err);

/** Of a file that has tables. \retval OVF_E_FORMAT  they are of another version; \p err says what to do */
OVF_NODISCARD enum ovf_status ovf_store_check_version(sqlite3 *db, struct ovf_error *err);

#endif
