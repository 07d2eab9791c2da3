/* SPDX-License-Identifier: Apache-2.0 */
/* Fields of messages by the numbers that the standards give their bits: 1 is the first bit sent. */
#ifndef OVF_DECODE_BITS_H
#define OVF_DECODE_BITS_H

#include <stdbool.h>
#include <stdint.h>

/** Bits \p first to \p last (at most 25 of them) of \p bytes, the first the most significant. */
static inline uint32_t ovf_bits(const unsigned char *bytes, unsigned first, unsigned last)
{
    uint32_t value = 0;
    for (unsigned i = (first - 1) / 8; i <= (last - 1) / 8; i++)
        value = value << 8 | bytes[i];
    return value >> (7 - (last - 1) % 8) & ((UINT32_C(1) << (last - first + 1)) - 1);
}

/** Four bytes as one number, the first the most significant. */
static inline uint32_t ovf_word(const unsigned char bytes[4])
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/** Eight of them. */
static inline uint64_t ovf_long_word(const unsigned char bytes[8])
{
    return (uint64_t)bytes[0] << 56 | (uint64_t)bytes[1] << 48 | (uint64_t)bytes[2] << 40 |
           (uint64_t)bytes[3] << 32 | (uint64_t)bytes[4] << 24 | (uint64_t)bytes[5] << 16 |
           (uint64_t)bytes[6] << 8 | (uint64_t)bytes[7];
}

static inline bool ovf_bit(const unsigned char *bytes, unsigned at)
{
    return (bytes[(at - 1) / 8] >> (7 - (at - 1) % 8) & 1) != 0;
}

/** The seven bytes of a register as one number, of which a field is taken without another load. */
static inline uint64_t ovf_register_word(const unsigned char bytes[7])
{
    return (uint64_t)ovf_word(bytes) << 24 | ovf_word(bytes + 3);
}

/** Bits \p first to \p last (at most 32 of them) of a register. */
static inline uint32_t ovf_field(uint64_t word, unsigned first, unsigned last)
{
    return (uint32_t)(word >> (56 - last) & ((UINT64_C(1) << (last - first + 1)) - 1));
}

static inline bool ovf_flag(uint64_t word, unsigned at)
{
    return (word >> (56 - at) & 1) != 0;
}

/** A two's complement number whose sign is bit \p first. */
static inline int32_t ovf_bits_signed(const unsigned char *bytes, unsigned first, unsigned last)
{
    const uint32_t value = ovf_bits(bytes, first, last);
    return ovf_bit(bytes, first) ? (int32_t)value - (INT32_C(1) << (last - first + 1))
                                 : (int32_t)value;
}

#endif
