/* SPDX-License-Identifier: Apache-2.0 */
/* Where all aircraft were heard (listen/heard.h), kept in the store so that days may come in any order: a row
 * for each flight and UTC day. And the causes of gaps, which rest on them: judged anew when a scan brought what
 * bears on them, so that they are those that one scan of all days comes to. */
#ifndef OVF_STORE_HEARD_H
#define OVF_STORE_HEARD_H

#include "listen/heard.h"
#include "store/store.h"

struct ovf_store_heard;

/** \p store is borrowed, with a transaction open; and \p config, by which gaps are judged. */
OVF_NODISCARD enum ovf_status ovf_store_heard_open(struct ovf_store *store,
                                                   const struct ovf_detect_config *config,
                                                   struct ovf_store_heard **out,
                                                   struct ovf_error *err);
void ovf_store_heard_close(struct ovf_store_heard *heard);

/** Put the runs of the flight of \p address that starts at \p start_ns; put again, they are overwritten. */
OVF_NODISCARD enum ovf_status ovf_store_heard_put(struct ovf_store_heard *heard, uint32_t address,
                                                  int64_t start_ns, const struct ovf_heard *runs,
                                                  struct ovf_error *err);

/** Flights of \p address that start within [from, to] are about to be told anew: their rows go. */
OVF_NODISCARD enum ovf_status ovf_store_heard_forget(struct ovf_store_heard *heard,
                                                     uint32_t address, int64_t from_ns,
                                                     int64_t to_ns, struct ovf_error *err);

/** The days of which rows were put or went, since 1970, in order; borrowed until the next. */
const int64_t *ovf_store_heard_days(const struct ovf_store_heard *heard, size_t *n);

/** Judge the gaps that have no cause yet and those near days of which rows were put or went. */
OVF_NODISCARD enum ovf_status ovf_store_heard_judge(struct ovf_store_heard *heard,
                                                    struct ovf_error *err);

/** Where a flight of \p address was heard on a UTC day, which \p reader reads. */
typedef enum ovf_status ovf_heard_visit_fn(void *context, int64_t day_ns, uint32_t address,
                                           struct ovf_heard_reader *reader);

/** Visit all flights and days of the store \p db, in order of days. What \p visit returns ends it unless it is OVF_OK.
 * \retval OVF_E_FORMAT  a row is none that this program writes */
OVF_NODISCARD enum ovf_status ovf_store_heard_visit(sqlite3 *db, ovf_heard_visit_fn *visit,
                                                    void *context, struct ovf_error *err);

#endif
