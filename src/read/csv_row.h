/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of generic CSV: finding them in a header, and one record of values to one fix. */
#ifndef OVF_READ_CSV_ROW_H
#define OVF_READ_CSV_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/fields.h"
#include "base/tally.h"
#include "track/fix.h"
#include "track/identity.h"

enum { OVF_CSV_N_COLUMNS = 33, OVF_CSV_UNUSED_SIZE = 512 };

/** Which field of a record holds which column. */
struct ovf_csv_columns {
    int field_of[OVF_CSV_N_COLUMNS]; /* by our order of columns; -1: not there */
    size_t n_fields;
    bool has_identity;
    bool is_opensky; /* OpenSky's own names, see read/opensky_csv.h */
    char unused[OVF_CSV_UNUSED_SIZE];
};

struct ovf_csv_row {
    uint32_t address;
    struct ovf_fix fix;
    struct ovf_identity identity;
    const char *
        absent_column; /* the first in which a mark such as "nan" stands for no value; NULL: none */
    struct ovf_bytes absent_mark; /* the mark; borrowed from the fields */
    unsigned n_absent;            /* such marks */
};

/** What a row is rejected for. */
struct ovf_csv_fault {
    const char *columns;        /* NULL: the row as a whole */
    struct ovf_bytes values[2]; /* borrowed from the fields */
    size_t n_values;
};

/**
 * \retval OVF_E_FORMAT  a required column is missing or one stands twice: \p err names it and what
 *                       comes near; \p columns is as it was
 */
OVF_NODISCARD enum ovf_status ovf_csv_columns_find(const struct ovf_fields *header,
                                                   struct ovf_csv_columns *columns,
                                                   struct ovf_error *err);

/** Whether \p fields are names of columns, not values. */
bool ovf_csv_is_header(const struct ovf_fields *fields);

/** \return OVF_REJECT_N with \p row written (but for the fix's record), or why it is rejected, with \p fault
 * written */
enum ovf_reject ovf_csv_row_read(const struct ovf_csv_columns *columns,
                                 const struct ovf_fields *fields, struct ovf_csv_row *row,
                                 struct ovf_csv_fault *fault);

#endif
