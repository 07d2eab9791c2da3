/* SPDX-License-Identifier: Apache-2.0 */
/* A row as SQLite keeps it: the types of its values, then the values (https://www.sqlite.org/fileformat2.html,
 * "Record Format"). */
#ifndef OVF_STORE_RECORD_H
#define OVF_STORE_RECORD_H

#include "base/buffer.h"
#include "base/time.h"
#include "store/tables.h"

/** Zero-initialise; used for one row after the other. */
struct ovf_record {
    struct ovf_buffer types;
    struct ovf_buffer bytes; /* the values, behind room for their types */
    struct ovf_time_printer times;
};

void ovf_record_deinit(struct ovf_record *record);

/**
 * A new row of \p table: what INSERT would make of the columns of \p row, \p first_seen (where the table has that)
 * and \p geometry (empty: NULL).
 * \param[out] bytes  stay until the next call
 */
OVF_NODISCARD enum ovf_status ovf_record_of_row(struct ovf_record *record,
                                                const struct ovf_store_table *table,
                                                const void *row, const char *first_seen,
                                                struct ovf_bytes geometry, struct ovf_bytes *bytes);

/** An entry of an index: \p n_texts texts, each with its NUL, and the row that they are of. */
OVF_NODISCARD enum ovf_status ovf_record_of_key(struct ovf_record *record, struct ovf_bytes texts,
                                                size_t n_texts, int64_t rowid,
                                                struct ovf_bytes *bytes);

/** A row of two columns, the first of which is its number, the second \p value. */
OVF_NODISCARD enum ovf_status ovf_record_of_number(struct ovf_record *record, int64_t value,
                                                   struct ovf_bytes *bytes);

enum { OVF_RECORD_VARINT_BYTES = 9 };

/** Of ovf_record_put_varint: of two bytes and more. */
unsigned char *ovf_record_put_long_varint(unsigned char *at, uint64_t value);

/** SQLite's integers of one to nine bytes: seven bits in each, but eight in a ninth. \return behind it */
static inline unsigned char *ovf_record_put_varint(unsigned char *at, uint64_t value)
{
    if (value >= 0x80)
        return ovf_record_put_long_varint(at, value);
    *at = (unsigned char)value;
    return at + 1;
}

#endif
