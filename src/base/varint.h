/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers in as few bytes as they need: seven bits a byte, low bits first, the eighth says that
 * more follow. */
#ifndef OVF_BASE_VARINT_H
#define OVF_BASE_VARINT_H

#include "base/buffer.h"

enum { OVF_VARINT_MAX_BYTES = 10 };

/** Write \p value at \p at, where there is room for OVF_VARINT_MAX_BYTES. \return behind its last byte */
static inline unsigned char *ovf_varint_put(unsigned char *at, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (unsigned char)(value | 0x80);
    *at++ = (unsigned char)value;
    return at;
}

OVF_NODISCARD enum ovf_status ovf_varint_append(struct ovf_buffer *out, uint64_t value);

/** Of ovf_varint_take: any number. */
bool ovf_varint_take_any(struct ovf_bytes *rest, uint64_t *value);

/** Take a number off the beginning of \p rest. \return false: none stands there, and \p rest is as it was. Many are
 * one byte. */
static inline bool ovf_varint_take(struct ovf_bytes *rest, uint64_t *value)
{
    if (rest->len == 0 || rest->data[0] >= 0x80)
        return ovf_varint_take_any(rest, value);
    *value = rest->data[0];
    *rest = (struct ovf_bytes){rest->data + 1, rest->len - 1};
    return true;
}

/** Signed numbers, and differences that wrap around, so that small ones of either sign are short. */
static inline uint64_t ovf_zigzag(uint64_t difference)
{
    return difference << 1 ^ (0 - (difference >> 63));
}

static inline uint64_t ovf_unzigzag(uint64_t value)
{
    return value >> 1 ^ (0 - (value & 1));
}

#endif
