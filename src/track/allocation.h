/* SPDX-License-Identifier: Apache-2.0 */
/* Which state an aircraft address is allocated to: the blocks of ICAO Annex 10, volume III, table 9-1 (appendix to
 * chapter 9), of 4, 6, 9, 11, 12 or 13 leading bits. Facts, written for this project; docs/sources.md says what they
 * were held against. Older editions give the smallest states half of what stands here (14 bits).
 *
 * A state's block is that of its territories, too (Bermuda GB, Aruba NL, Hong Kong CN). 899000 is not in the table:
 * aircraft of Taiwan's register have it. */
#ifndef OVF_TRACK_ALLOCATION_H
#define OVF_TRACK_ALLOCATION_H

#include <stdint.h>

/** ISO 3166-1 alpha-2. "": of no state, be it that nobody has the address (those that the simulator uses, too), that it
 * is of a block that ICAO keeps for itself, or that it is a label (track/address.h). */
const char *ovf_allocation_state(uint32_t address);

#endif
