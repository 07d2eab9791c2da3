/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the store: columns, keys, and the version of all that. */
#ifndef OVF_STORE_SCHEMA_H
#define OVF_STORE_SCHEMA_H

#include "store/store.h"

/* 2: altitudes inside of crossings, overflight_control. 3: findings without what their json has,
 * overflight_jumps, sinks, interference. 4: earliest and latest of ends in gaps. 5: times and altitudes
 * along flights. 6: overflight_past, overflight_minutes, overflight_altitudes, altitude_shared. 7: decimation of
 * inputs. 8: detections. 9: receivers of records. 10: perhaps_stayed of ends in gaps. */
#define OVF_STORE_VERSION 10

enum ovf_column_type {
    OVF_COLUMN_TEXT, /* const char * */
    OVF_COLUMN_INT,  /* struct ovf_store_int */
    OVF_COLUMN_REAL, /* struct ovf_store_real */
    OVF_COLUMN_BOOL, /* bool */
    OVF_COLUMN_TIME, /* struct ovf_store_time, stored as ISO 8601 text with milliseconds */
    OVF_COLUMN_DATE, /* the same, stored as its day */
};

struct ovf_column {
    const char *name;
    enum ovf_column_type type;
    size_t offset; /* in the row's struct */
};

enum ovf_table_geometry {
    OVF_GEOMETRY_NONE,
    OVF_GEOMETRY_LINES,
    OVF_GEOMETRY_WAYS, /* lines with times */
    OVF_GEOMETRY_AREA
};

/** An index of a table with revisions. They stand apart from it, so that rows can be put into it first and its indexes
 * be built of all of them. */
struct ovf_table_index {
    const char *name;
    const char *columns; /* comma-separated */
    const char *where;   /* of which rows; NULL: of all */
    bool is_unique;
};

enum { OVF_TABLE_INDEXES_MAX = 4 };

struct ovf_store_table {
    const char *name;
    const char *description;
    enum ovf_table_geometry geometry;
    size_t geometry_offset; /* struct ovf_store_line or ovf_polygons in the row's struct */
    const char *key;        /* columns, comma-separated; with revisions, id */
    bool has_revisions;     /* then the first columns are id and rev */
    bool has_first_seen;
    const struct ovf_table_index *indexes; /* with revisions: the first is of ids */
    size_t n_indexes;
    const struct ovf_column *columns;
    size_t n_columns;
};

const struct ovf_store_table *ovf_store_table(enum ovf_store_kind kind);

/** The R-tree of \p table, in \p name. */
void ovf_store_rtree_name(const struct ovf_store_table *table, char name[64]);

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
