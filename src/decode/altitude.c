/* SPDX-License-Identifier: Apache-2.0 */
/* Altitude and identity codes.
 * Source: ICAO Annex 10 vol. IV, 3.1.2.6.5.4 (AC), 3.1.2.6.7.1 (ID), appendix to chapter 3 (Mode C).
 *
 *   bit    1  2  3  4  5  6  7  8  9  10 11 12 13     (bits 20 to 32 of a reply)
 *   ID     C1 A1 C2 A2 C4 A4 0  B1 D1 B2 D2 B4 D4
 *   AC     C1 A1 C2 A2 C4 A4 M  B1 Q  B2 D2 B4 D4
 *
 * M = 1: the other twelve are metres. Else Q = 1: the other eleven count 25 ft from -1,000. Else Mode C: A, B,
 * D are a reflected code of 500 ft, C of 100 ft, from -1,200. All zeros is "not available", not sea level.
 */
#include "decode/altitude.h"

enum { M = 0x40, Q = 0x10 };

static uint32_t digit(uint32_t code, int bit4, int bit2, int bit1)
{
    return (code >> (13 - bit4) & 1) << 2 | (code >> (13 - bit2) & 1) << 1 |
           (code >> (13 - bit1) & 1);
}

uint16_t ovf_squawk_from_id13(uint32_t code)
{
    return (uint16_t)(digit(code, 6, 4, 2) * 1000 + digit(code, 12, 10, 8) * 100 +
                      digit(code, 5, 3, 1) * 10 + digit(code, 13, 11, 9));
}

static uint32_t from_reflected(uint32_t gray)
{
    for (uint32_t shift = 1; shift < 16; shift *= 2)
        gray ^= gray >> shift;
    return gray;
}

/** Mode C, with the bit Q a zero: D1 is not used below 62,000 ft. */
static bool from_mode_c(uint32_t code, int32_t *alt_ft)
{
    const uint32_t a = digit(code, 2, 4, 6); /* A1 A2 A4 and so on: the most significant first */
    const uint32_t b = digit(code, 8, 10, 12);
    const uint32_t c = digit(code, 1, 3, 5);
    const uint32_t d = digit(code, 9, 11, 13);
    const int32_t n_500 = (int32_t)from_reflected(d << 6 | a << 3 | b);
    int32_t n_100 = (int32_t)from_reflected(c);
    if (n_100 == 7)
        n_100 = 5;
    else if (n_100 == 5 || n_100 == 6 || n_100 == 0)
        return false;
    if (n_500 % 2 != 0)
        n_100 = 6 - n_100;
    *alt_ft = n_500 * 500 + n_100 * 100 - 1300;
    return true;
}

bool ovf_altitude_from_ac13(uint32_t code, int32_t *alt_ft)
{
    if (code == 0)
        return false;
    if ((code & M) != 0) {
        const double m = (double)((code >> 1 & 0xFC0) | (code & 0x3F));
        *alt_ft = (int32_t)(m / 0.3048 + 0.5);
        return true;
    }
    if ((code & Q) == 0)
        return from_mode_c(code, alt_ft);
    *alt_ft = (int32_t)((code >> 2 & 0x7E0) | (code >> 1 & 0x10) | (code & 0xF)) * 25 - 1000;
    return true;
}
