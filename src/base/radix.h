/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting many integers with what belongs to them, in time that grows as their number does. */
#ifndef OVF_BASE_RADIX_H
#define OVF_BASE_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct ovf_keyed {
    uint64_t key;
    uint64_t value;
};

/**
 * Sort by key; equal keys stay in order.
 * \param[in,out] spare  room for \p n more; what is in it is lost
 */
void ovf_radix_sort(struct ovf_keyed *items, struct ovf_keyed *spare, size_t n);

#endif
