/* SPDX-License-Identifier: Apache-2.0 */
/* 64 bits for each of many aircraft, found by their address. */
#ifndef OVF_WATCH_ADDRESS_BITS_H
#define OVF_WATCH_ADDRESS_BITS_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct ovf_address_place {
    uint32_t address; /* and one: 0 is a free place */
    uint64_t bits;
};

/* No day has so many aircraft, but who makes addresses up has: 16 MB. */
enum { OVF_ADDRESS_BITS_MOST = 1 << 19 };

/** Zero-initialised is empty. */
struct ovf_address_bits {
    struct ovf_address_place *places; /* by a hash of the address, the next free one behind it */
    size_t n_places;                  /* 0, or a power of two */
    size_t n;
};

void ovf_address_bits_deinit(struct ovf_address_bits *set);

/** Add \p bits to those of \p address (track/address.h). Of more than OVF_ADDRESS_BITS_MOST those that come first are
 * known.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_address_bits_add(struct ovf_address_bits *set, uint32_t address,
                                                   uint64_t bits);

/** 0 of who was never added. */
uint64_t ovf_address_bits_of(const struct ovf_address_bits *set, uint32_t address);

#endif
