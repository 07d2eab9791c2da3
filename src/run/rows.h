/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of texts and numbers as a table for people, NDJSON or CSV. */
#ifndef OVF_RUN_ROWS_H
#define OVF_RUN_ROWS_H

#include "base/buffer.h"
#include "base/sink.h"
#include "run/airspaces.h"

struct ovf_rows_column {
    const char *key;
    const char *title; /* in the table; NULL: it is not there */
    int width;         /* in the table; numbers stand at the right */
    bool is_number;    /* true and false are written as numbers are */
};

struct ovf_rows {
    const char *type; /* of the JSON object */
    const struct ovf_rows_column *columns;
    size_t n_columns; /* at most OVF_ROWS_MAX */
    enum ovf_listing_format format;
};

enum { OVF_ROWS_MAX = 48 };

/** The line above all rows; none in NDJSON. */
OVF_NODISCARD enum ovf_status ovf_rows_head(const struct ovf_rows *rows, struct ovf_buffer *out);

/** A row; a value that is "" is absent. */
OVF_NODISCARD enum ovf_status ovf_rows_put(const struct ovf_rows *rows, const char *const *values,
                                           struct ovf_buffer *out);

/** Write out what was put, when \p st is good, and free it. Returns the first failure. */
OVF_NODISCARD enum ovf_status ovf_rows_flush(struct ovf_buffer *out, enum ovf_status st,
                                             const struct ovf_sink *sink);

#endif
