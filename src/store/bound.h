/* SPDX-License-Identifier: Apache-2.0 */
/* A statement that is run for row after row, and what its parameters are bound to.
 *
 * What a parameter is bound to stays bound when the statement has run. Most columns of a row say what they
 * said in the row before, so that only what changed is bound anew. Short texts and times are kept here;
 * longer texts are borrowed until the statement was run, and bound each time. */
#ifndef OVF_STORE_BOUND_H
#define OVF_STORE_BOUND_H

#include "store/sql.h"

struct ovf_bound {
    sqlite3_stmt *stmt; /* nothing else may bind or clear its parameters */
    struct ovf_bound_value *values;
};

/** Take \p stmt; on failure it is still the caller's. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_bound_init(struct ovf_bound *bound, sqlite3_stmt *stmt);

/** Finalizes the statement. */
void ovf_bound_deinit(struct ovf_bound *bound);

/* Bind parameter \p at, from 1 on; SQLite's code. */
OVF_NODISCARD int ovf_bound_null(struct ovf_bound *bound, int at);
OVF_NODISCARD int ovf_bound_int(struct ovf_bound *bound, int at, int64_t value);
OVF_NODISCARD int ovf_bound_real(struct ovf_bound *bound, int at, double value);
/** NULL where \p text is NULL or "". */
OVF_NODISCARD int ovf_bound_text(struct ovf_bound *bound, int at, const char *text);
/** ISO 8601 with milliseconds, or the day alone. */
OVF_NODISCARD int ovf_bound_time(struct ovf_bound *bound, int at, int64_t t_ns);
OVF_NODISCARD int ovf_bound_day(struct ovf_bound *bound, int at, int64_t t_ns);
/** NULL where \p bytes are none; borrowed until the statement was run. */
OVF_NODISCARD int ovf_bound_blob(struct ovf_bound *bound, int at, struct ovf_bytes bytes);

#endif
