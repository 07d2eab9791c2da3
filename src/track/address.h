/* SPDX-License-Identifier: Apache-2.0 */
/* Aircraft addresses: the 24 bits of ICAO Annex 10 III 9, or a label that a source made up for what
 * has none ("~" in readsb's files). Labels mean something within one input only. */
#ifndef OVF_TRACK_ADDRESS_H
#define OVF_TRACK_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

#define OVF_ADDRESS_NON_ICAO (UINT32_C(1) << 24)
#define OVF_ADDRESS_SIZE 8 /* "~a1b2c3" and NUL */

/** Addresses that the simulator uses; no state has them. */
#define OVF_ADDRESS_SIMULATED_FIRST UINT32_C(0xF10000)

/** Six hexadecimal digits of either case, with '~' before them or not. */
bool ovf_address_parse(struct ovf_bytes text, uint32_t *address);

void ovf_address_format(uint32_t address, char text[OVF_ADDRESS_SIZE]);

#endif
