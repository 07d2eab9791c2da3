/* SPDX-License-Identifier: Apache-2.0 */
/* Frames from hexadecimal digits, for tests of the decoder. */
#ifndef OVF_TESTS_UNIT_TEST_FRAMES_H
#define OVF_TESTS_UNIT_TEST_FRAMES_H

#include <stdlib.h>
#include <string.h>

#include "decode/frame.h"

static inline unsigned char hex_byte(const char *digits)
{
    const char text[3] = {digits[0], digits[1], '\0'};
    return (unsigned char)strtoul(text, NULL, 16);
}

/** The frame that stands in \p hex: 14 or 28 digits. */
static inline struct ovf_radio_frame frame_of(const char *hex)
{
    struct ovf_radio_frame frame = {.n_bytes = (uint8_t)(strlen(hex) / 2),
                                    .stamp_kind = OVF_STAMP_NONE};
    for (size_t i = 0; i < frame.n_bytes; i++)
        frame.bytes[i] = hex_byte(hex + 2 * i);
    return frame;
}

/** The same, its parity made right: for messages that are put together here. Bit by bit, as the standard divides. */
static inline struct ovf_radio_frame frame_with_parity(const char *hex)
{
    struct ovf_radio_frame frame = frame_of(hex);
    uint32_t crc = 0;
    for (size_t bit = 0; bit < (size_t)(frame.n_bytes - 3) * 8; bit++) {
        const uint32_t in = frame.bytes[bit / 8] >> (7 - bit % 8) & 1U;
        const uint32_t out = crc >> 23 & 1U;
        crc = (crc << 1 & 0xFFFFFF) ^ ((in ^ out) != 0 ? 0xFFF409 : 0);
    }
    for (size_t i = 0; i < 3; i++)
        frame.bytes[frame.n_bytes - 3 + i] = (unsigned char)(crc >> (16 - 8 * i));
    return frame;
}

#endif
