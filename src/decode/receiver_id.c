/* SPDX-License-Identifier: Apache-2.0 */
#include "decode/receiver_id.h"

#include "base/ascii.h"

void ovf_receiver_id_format(uint64_t id, char text[OVF_RECEIVER_ID_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) {
        if (i == 8 || i == 12)
            *text++ = '-';
        *text++ = digits[id >> (60 - 4 * i) & 15];
    }
    *text = '\0';
}

static int digit_of(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const unsigned char lower = ovf_ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool ovf_receiver_id_parse(struct ovf_bytes text, uint64_t *id)
{
    enum { HALF = 16 };
    uint64_t value = 0;
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        const int digit = digit_of(text.data[i]);
        if (digit < 0 && (text.data[i] != '-' || n == 0))
            return false;
        if (digit >= 0 && n++ < HALF)
            value = value << 4 | (unsigned)digit;
    }
    *id = value;
    return value != 0 && (n == HALF || n == 2 * HALF) && text.data[text.len - 1] != '-';
}
