/* SPDX-License-Identifier: Apache-2.0 */
/* Flights of others by watch and day, as judging counted them: kept so that who shows the series later weighs its
 * days as the judge did. */
#ifndef OVF_STORE_CONTROL_H
#define OVF_STORE_CONTROL_H

#include "store/sql.h"
#include "store/store.h"

/** Forget what is there, before the days of all watches are put. The store has a transaction open. */
OVF_NODISCARD enum ovf_status ovf_store_control_clear(struct ovf_store *store,
                                                      struct ovf_error *err);

/** \p n consecutive days from \p first_day_ns on, of the watch \p watch. */
OVF_NODISCARD enum ovf_status ovf_store_control_put(struct ovf_store *store, const char *watch,
                                                    int64_t first_day_ns, const uint32_t *flights,
                                                    size_t n, struct ovf_error *err);

/** The same days of \p db, into \p flights; those that are not there stay as they are.
 * \param[out] n_found  how many are there */
OVF_NODISCARD enum ovf_status ovf_store_control_read(sqlite3 *db, const char *watch,
                                                     int64_t first_day_ns, uint32_t *flights,
                                                     size_t n, size_t *n_found,
                                                     struct ovf_error *err);

#endif
