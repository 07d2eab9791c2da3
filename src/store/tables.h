/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the store as data: columns with where their value stands in a row's struct, keys, indexes. */
#ifndef OVF_STORE_TABLES_H
#define OVF_STORE_TABLES_H

#include "store/store.h"

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

#endif
