/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers in as few bytes as they need: seven bits a byte, low bits first, the eighth says that
 * more follow. */
#ifndef OVF_BASE_VARINT_H
#define OVF_BASE_VARINT_H

#include "base/buffer.h"

OVF_NODISCARD enum ovf_status ovf_varint_append(struct ovf_buffer *out, uint64_t value);

/** Take a number off the beginning of \p rest. \return false: none stands there, and \p rest is as it was */
bool ovf_varint_take(struct ovf_bytes *rest, uint64_t *value);

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
