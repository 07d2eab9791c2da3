/* SPDX-License-Identifier: Apache-2.0 */
/* The parity of Mode S: the remainder of a message over x^24 + x^23 + ... (0x1FFF409), ICAO Annex 10
 * vol. IV, 3.1.2.3.3. */
#ifndef OVF_DECODE_CRC24_H
#define OVF_DECODE_CRC24_H

#include <stddef.h>
#include <stdint.h>

/** The remainder of all \p n bytes (3 to 14), the last 24 bits being the parity sent: 0 for a whole
 * squitter, the address of who replied in a reply. */
uint32_t ovf_crc24(const unsigned char *bytes, size_t n);

/** Which bit of a message of \p n_bits, counted from 1, is wrong when it alone is and leaves \p remainder;
 * 0 when it is none. */
unsigned ovf_crc24_wrong_bit(uint32_t remainder, unsigned n_bits);

#endif
