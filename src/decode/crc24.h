/* SPDX-License-Identifier: Apache-2.0 */
/* The parity of Mode S: the remainder of a message over x^24 + x^23 + ... (0x1FFF409), ICAO Annex 10
 * vol. IV, 3.1.2.3.3. */
#ifndef OVF_DECODE_CRC24_H
#define OVF_DECODE_CRC24_H

#include <stddef.h>
#include <stdint.h>

#include "decode/bits.h"

enum { OVF_CRC24_MAX_BYTES = 11 }; /* before the parity */

/** What each byte before the parity leaves: the first table is of the last of them. */
extern const uint32_t ovf_crc24_tables[OVF_CRC24_MAX_BYTES][256];

/** The remainder of the 14 bytes of a long message, as ovf_crc24. */
static inline uint32_t ovf_crc24_long(const unsigned char bytes[14])
{
    const uint32_t(*const of)[256] = ovf_crc24_tables;
    return (ovf_word(bytes + 10) & 0xFFFFFF) ^ of[10][bytes[0]] ^ of[9][bytes[1]] ^
           of[8][bytes[2]] ^ of[7][bytes[3]] ^ of[6][bytes[4]] ^ of[5][bytes[5]] ^ of[4][bytes[6]] ^
           of[3][bytes[7]] ^ of[2][bytes[8]] ^ of[1][bytes[9]] ^ of[0][bytes[10]];
}

/** The remainder of all \p n bytes (3 to 14), the last 24 bits being the parity sent: 0 for a whole
 * squitter, the address of who replied in a reply. */
uint32_t ovf_crc24(const unsigned char *bytes, size_t n);

/** Which bit of a message of \p n_bits, counted from 1, is wrong when it alone is and leaves \p remainder;
 * 0 when it is none. */
unsigned ovf_crc24_wrong_bit(uint32_t remainder, unsigned n_bits);

#endif
