/* SPDX-License-Identifier: Apache-2.0 */
/* A statement that is run for row after row, and what its parameters are bound to.
 *
 * What a parameter is bound to stays bound when the statement has run. Most columns of a row say what they
 * said in the row before, so that only what changed is bound anew. Short texts and times are kept here;
 * longer texts are borrowed until the statement was run, and bound each time. */
#ifndef OVF_STORE_BOUND_H
#define OVF_STORE_BOUND_H

#include <string.h>

#include "store/sql.h"

/* Ids, times, codes and names fit; owners and detections may not. */
enum { OVF_BOUND_BYTES = 40 };

enum ovf_bound_kind {
    OVF_BOUND_UNKNOWN,
    OVF_BOUND_NULL,
    OVF_BOUND_INT,
    OVF_BOUND_REAL,
    OVF_BOUND_TEXT,
    OVF_BOUND_TIME,
    OVF_BOUND_DAY
};

struct ovf_bound_value {
    enum ovf_bound_kind kind;
    uint64_t bits;              /* of a number or time */
    char text[OVF_BOUND_BYTES]; /* what SQLite looks at of a text, time or day */
};

struct ovf_bound {
    sqlite3_stmt *stmt; /* nothing else may bind or clear its parameters */
    struct ovf_bound_value *values;
};

/** Take \p stmt; on failure it is still the caller's. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_bound_init(struct ovf_bound *bound, sqlite3_stmt *stmt);

/** Finalizes the statement. */
void ovf_bound_deinit(struct ovf_bound *bound);

/* Bind parameter \p at, from 1 on; SQLite's code. Those named _anew do so without a look at what stands. */
OVF_NODISCARD int ovf_bound_null_anew(struct ovf_bound *bound, int at);
OVF_NODISCARD int ovf_bound_int_anew(struct ovf_bound *bound, int at, int64_t value);
OVF_NODISCARD int ovf_bound_real_anew(struct ovf_bound *bound, int at, double value);
OVF_NODISCARD int ovf_bound_text_anew(struct ovf_bound *bound, int at, const char *text);

/** Whether parameter \p at says just this. */
static inline bool ovf_bound_stands(const struct ovf_bound *bound, int at, enum ovf_bound_kind kind,
                                    uint64_t bits)
{
    const struct ovf_bound_value *const value = &bound->values[at];
    return value->kind == kind && value->bits == bits;
}

OVF_NODISCARD static inline int ovf_bound_null(struct ovf_bound *bound, int at)
{
    return ovf_bound_stands(bound, at, OVF_BOUND_NULL, 0) ? SQLITE_OK
                                                          : ovf_bound_null_anew(bound, at);
}

OVF_NODISCARD static inline int ovf_bound_int(struct ovf_bound *bound, int at, int64_t value)
{
    return ovf_bound_stands(bound, at, OVF_BOUND_INT, (uint64_t)value)
               ? SQLITE_OK
               : ovf_bound_int_anew(bound, at, value);
}

OVF_NODISCARD static inline int ovf_bound_real(struct ovf_bound *bound, int at, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return ovf_bound_stands(bound, at, OVF_BOUND_REAL, bits)
               ? SQLITE_OK
               : ovf_bound_real_anew(bound, at, value);
}

/** NULL where \p text is NULL or "". */
OVF_NODISCARD static inline int ovf_bound_text(struct ovf_bound *bound, int at, const char *text)
{
    const struct ovf_bound_value *const value = &bound->values[at];
    if (text == NULL || text[0] == '\0')
        return ovf_bound_null(bound, at);
    return value->kind == OVF_BOUND_TEXT && strcmp(value->text, text) == 0
               ? SQLITE_OK
               : ovf_bound_text_anew(bound, at, text);
}

/** ISO 8601 with milliseconds, or the day alone. */
OVF_NODISCARD int ovf_bound_time(struct ovf_bound *bound, int at, int64_t t_ns);
OVF_NODISCARD int ovf_bound_day(struct ovf_bound *bound, int at, int64_t t_ns);
/** NULL where \p bytes are none; borrowed until the statement was run. */
OVF_NODISCARD int ovf_bound_blob(struct ovf_bound *bound, int at, struct ovf_bytes bytes);

#endif
