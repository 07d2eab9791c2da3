/* SPDX-License-Identifier: Apache-2.0 */
/* The receivers that carried fixes name (track/receivers.h). A store has numbers of its own for them, which last; a
 * scan gives others, in the order in which it meets them. A store that has as many as there are numbers takes no more:
 * what others heard is carried as heard by nobody knows whom. */
#ifndef OVF_STORE_RECEIVERS_H
#define OVF_STORE_RECEIVERS_H

#include "engine/carry.h"
#include "store/store.h"

/** Zero-initialise. Once it is open any number of threads may use it. */
struct ovf_store_receivers {
    uint16_t *of_scan; /* by the store's number; 0: unknown */
    size_t n_of_scan;
    uint16_t *of_store; /* by the scan's */
    size_t n_of_store;
};

/** With a transaction open: all of the store get a number among \p receivers, and all of these one in the store.
 * \retval OVF_E_FORMAT  a row is none that this program writes */
OVF_NODISCARD enum ovf_status ovf_store_receivers_open(struct ovf_store *store,
                                                       struct ovf_receivers *receivers,
                                                       struct ovf_store_receivers *out,
                                                       struct ovf_error *err);

void ovf_store_receivers_deinit(struct ovf_store_receivers *receivers);

/** Fixes of \p carry, which was unpacked, name receivers by the scan's numbers from here on; of one that is to be
 * packed by the store's. */
void ovf_store_receivers_loaded(const struct ovf_store_receivers *receivers,
                                struct ovf_carry *carry);
void ovf_store_receivers_saving(const struct ovf_store_receivers *receivers,
                                struct ovf_carry *carry);

#endif
