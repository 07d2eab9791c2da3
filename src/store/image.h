/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of one table, laid out in memory page by page as a database (https://www.sqlite.org/fileformat2.html, "B-tree
 * Pages"), so that SQLite need not take it apart: INSERT ... SELECT from such a table into one declared alike copies
 * what stands in its pages. SQLite alone writes the file. */
#ifndef OVF_STORE_IMAGE_H
#define OVF_STORE_IMAGE_H

#include "store/sql.h"

/** By what the table is in order. */
enum ovf_image_order {
    OVF_IMAGE_ROWS, /* rowid */
    OVF_IMAGE_KEYS, /* WITHOUT ROWID: the record itself, all of which is the primary key; what an index is, too */
};

struct ovf_image;

/** Rows for table \p name of \p db, which is declared as its schema says. */
OVF_NODISCARD enum ovf_status ovf_image_new(sqlite3 *db, const char *name,
                                            enum ovf_image_order order, struct ovf_image **out,
                                            struct ovf_error *err);

/** Before the connection is closed; where SQLite lets go of no image within a transaction (3.53), behind that. */
void ovf_image_free(struct ovf_image *image);

/** Room for about \p n_bytes of keys, soon to be given, as the first. */
OVF_NODISCARD enum ovf_status ovf_image_reserve(struct ovf_image *image, size_t n_bytes);

/** Bytes of all pages. Of so many, rows are best handed over: SQLite finds them in the processor's cache. */
#define OVF_IMAGE_BATCH_BYTES ((size_t)256 << 10)
size_t ovf_image_size(const struct ovf_image *image);

/** The next row; \p rowid rises from row to row. Records may be of any length. */
OVF_NODISCARD enum ovf_status ovf_image_add_row(struct ovf_image *image, int64_t rowid,
                                                struct ovf_bytes record);

/** The next key, behind the one before; of OVF_IMAGE_KEY_BYTES_MAX at the most. */
OVF_NODISCARD enum ovf_status ovf_image_add_key(struct ovf_image *image, struct ovf_bytes record);

#define OVF_IMAGE_KEY_BYTES_MAX 200

/** Hand all rows to the table; the image is empty then. A transaction of the connection may be open, where
 * ovf_loading_works() says so. From then on the image is a schema of the connection, image_NAME, until it ends or
 * grows: statements on all schemas, as PRAGMA integrity_check without a name, see it, and pages in it that nothing
 * leads to. */
OVF_NODISCARD enum ovf_status ovf_image_give(struct ovf_image *image, struct ovf_error *err);

/** The schema is gone. */
OVF_NODISCARD enum ovf_status ovf_image_end(struct ovf_image *image, struct ovf_error *err);

#endif
