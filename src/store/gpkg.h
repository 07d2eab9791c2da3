/* SPDX-License-Identifier: Apache-2.0 */
/* A GeoPackage (OGC 12-128r17, version 1.3) on SQLite: the file, its standard tables, and the
 * registration of tables in them. What the tables of this program are, store/tables.h says.
 *
 * One writer at a time, any number of readers beside it (write-ahead log). A file that is being made is
 * its maker's alone, with a rollback journal: then new pages are written once, to their place, not to
 * a log first. The program may be killed at any instant: what a transaction has not committed is not
 * there. */
#ifndef OVF_STORE_GPKG_H
#define OVF_STORE_GPKG_H

#include "store/sql.h"

#define OVF_GPKG_SRS 4326
#define OVF_GPKG_GEOMETRY "geom" /* the geometry column of every table that has one */
#define OVF_GPKG_KEY "fid"

/** Of a new file. A crossing with its NDJSON takes 3 KB: of such a row a page of SQLite's 4 KB would hold one. With its
 * track it takes 11 KB: larger pages, from 16 KB on, would stay a third empty. */
#define OVF_GPKG_PAGE_BYTES 8192

enum ovf_gpkg_mode {
    OVF_GPKG_WRITE, /* made when it is not there or empty */
    OVF_GPKG_READ,  /* defensive and query_only */
};

/**
 * Open \p path as one of this program's files. Its last component must be no symbolic link.
 *
 * A file that is neither empty nor a GeoPackage written by this program is refused and not changed. A
 * file made new is locked until ovf_gpkg_share or ovf_gpkg_close.
 *
 * \param[out] is_new  the tables of this program are still to be made
 * \retval OVF_E_NOTFOUND  reading: there is no such file
 * \retval OVF_E_FORMAT    it is something else, or damaged; \p err says what
 * \retval OVF_E_IO        the system refused, or another program is writing
 */
OVF_NODISCARD enum ovf_status ovf_gpkg_open(const char *path, enum ovf_gpkg_mode mode,
                                            sqlite3 **out, bool *is_new, struct ovf_error *err);

/** Let others read and write a file that was made, between transactions. */
OVF_NODISCARD enum ovf_status ovf_gpkg_share(sqlite3 *db, struct ovf_error *err);

/** Close; what is open in it is rolled back. NULL is fine. */
void ovf_gpkg_close(sqlite3 *db);

/** The standard tables, in the open transaction. */
OVF_NODISCARD enum ovf_status ovf_gpkg_create_core(sqlite3 *db, struct ovf_error *err);

/** Register table \p name without geometry. */
OVF_NODISCARD enum ovf_status ovf_gpkg_add_attributes(sqlite3 *db, const char *name,
                                                      const char *description,
                                                      struct ovf_error *err);

/** Register table \p name with a geometry column of \p type ("MULTILINESTRING" ...), each with M or none, and give
 * it an R-tree with its triggers. */
OVF_NODISCARD enum ovf_status ovf_gpkg_add_features(sqlite3 *db, const char *name,
                                                    const char *description, const char *type,
                                                    bool has_m, struct ovf_error *err);

/** The triggers that keep the R-tree of table \p name in step, as the standard words them. They call
 * functions that only GeoPackage readers have, so this program's own writes go without. */
OVF_NODISCARD enum ovf_status ovf_gpkg_create_triggers(sqlite3 *db, const char *name,
                                                       struct ovf_error *err);
OVF_NODISCARD enum ovf_status ovf_gpkg_drop_triggers(sqlite3 *db, const char *name,
                                                     struct ovf_error *err);

/** West, south, east, north, in degrees. */
struct ovf_gpkg_bounds {
    double min_x;
    double min_y;
    double max_x;
    double max_y;
};

/** Table \p name changed at \p now_ns; its extent is widened by \p bounds unless that is NULL. */
OVF_NODISCARD enum ovf_status ovf_gpkg_touch(sqlite3 *db, const char *name, int64_t now_ns,
                                             const struct ovf_gpkg_bounds *bounds,
                                             struct ovf_error *err);

#endif
