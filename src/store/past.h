/* SPDX-License-Identifier: Apache-2.0 */
/* Which airspaces each flight with two known ends crossed (rules/past.h), kept so that days may come in any order:
 * historical shares are counted of it when they are shown. */
#ifndef OVF_STORE_PAST_H
#define OVF_STORE_PAST_H

#include "rules/past.h"
#include "store/store.h"

struct ovf_store_past;

/** \p store is borrowed, with a transaction open. */
OVF_NODISCARD enum ovf_status ovf_store_past_open(struct ovf_store *store,
                                                  struct ovf_store_past **out,
                                                  struct ovf_error *err);
void ovf_store_past_close(struct ovf_store_past *past);

/** Put the flight of \p address that starts at \p start_ns; put again, it is overwritten. */
OVF_NODISCARD enum ovf_status ovf_store_past_put(struct ovf_store_past *past,
                                                 const struct ovf_airports *airports,
                                                 uint32_t address, int64_t start_ns,
                                                 const struct ovf_past_flight *flight,
                                                 struct ovf_error *err);

/** Flights of \p address that start within [from, to] are about to be told anew: they go. */
OVF_NODISCARD enum ovf_status ovf_store_past_forget(struct ovf_store_past *past, uint32_t address,
                                                    int64_t from_ns, int64_t to_ns,
                                                    struct ovf_error *err);

#endif
