/* SPDX-License-Identifier: Apache-2.0 */
/* How many aircraft were received in each minute (listen/minutes.h), kept by day: outages are told by a week, whose
 * runs would take long to count with each scan. */
#ifndef OVF_STORE_MINUTES_H
#define OVF_STORE_MINUTES_H

#include <sqlite3.h>

#include "base/error.h"
#include "listen/minutes.h"

/** Count the runs of \p days (since 1970) anew. */
OVF_NODISCARD enum ovf_status ovf_store_minutes_renew(sqlite3 *db, const int64_t *days,
                                                      size_t n_days, struct ovf_error *err);

/** All days take the place of \p out. \retval OVF_E_FORMAT  a row is none that this program writes */
OVF_NODISCARD enum ovf_status ovf_store_minutes_load(sqlite3 *db, struct ovf_minutes *out,
                                                     struct ovf_error *err);

#endif
