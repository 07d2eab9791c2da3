/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of text whose header says in which column what stands: names in any case and order, others passed over; of
 * two columns of one kind the first counts. */
#ifndef OVF_LISTS_COLUMNS_H
#define OVF_LISTS_COLUMNS_H

#include "base/fields.h"

enum { OVF_COLUMNS_MAX = 8 };

/** A name of a kind of column, in lower case; a kind may have several. */
struct ovf_column_name {
    const char *name;
    int column; /* below OVF_COLUMNS_MAX */
};

struct ovf_columns {
    char separator;
    int field_of[OVF_COLUMNS_MAX]; /* -1: there is none */
};

/** Take the header \p line; \p fields are overwritten. False: it is no record, or has too many fields. */
bool ovf_columns_read(struct ovf_bytes line, const struct ovf_column_name *names, size_t n_names,
                      struct ovf_fields *fields, struct ovf_columns *out);

static inline bool ovf_columns_have(const struct ovf_columns *columns, int column)
{
    return columns->field_of[column] >= 0;
}

/** What stands in that column of a row, trimmed; nothing where the row or the table does not have it. */
struct ovf_bytes ovf_columns_field(const struct ovf_columns *columns, const struct ovf_fields *row,
                                   int column);

#endif
