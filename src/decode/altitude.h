/* SPDX-License-Identifier: Apache-2.0 */
/* The 13 bits in which Mode C and Mode A are sent within Mode S. */
#ifndef OVF_DECODE_ALTITUDE_H
#define OVF_DECODE_ALTITUDE_H

#include <stdbool.h>
#include <stdint.h>

/** The altitude code AC (13 bits). False: none is available, or it is no altitude. */
bool ovf_altitude_from_ac13(uint32_t code, int32_t *alt_ft);

/** Of twelve bits, that they count 25 ft, as nearly all do. */
enum { OVF_ALTITUDE_Q = 0x10 };

/** Those of which that bit is set. */
static inline int32_t ovf_altitude_from_q(uint32_t code)
{
    return (int32_t)((code >> 1 & 0x7F0) | (code & 0xF)) * 25 - 1000;
}

/** The same without its bit M, as in an airborne position (12 bits). */
static inline bool ovf_altitude_from_ac12(uint32_t code, int32_t *alt_ft)
{
    if ((code & OVF_ALTITUDE_Q) == 0)
        return ovf_altitude_from_ac13((code & 0xFC0) << 1 | (code & 0x3F), alt_ft);
    *alt_ft = ovf_altitude_from_q(code);
    return true;
}

/** The identity code ID (13 bits): four octal digits in decimal notation. */
uint16_t ovf_squawk_from_id13(uint32_t code);

#endif
