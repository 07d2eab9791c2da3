/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses to and from text. */
#include "track/address.h"

static int hex_value(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool ovf_address_parse(struct ovf_bytes text, uint32_t *address)
{
    uint32_t value = 0;
    if (text.len > 0 && text.data[0] == '~') {
        value = 1; /* shifted up by six digits: OVF_ADDRESS_NON_ICAO */
        text = (struct ovf_bytes){text.data + 1, text.len - 1};
    }
    if (text.len != 6)
        return false;
    for (size_t i = 0; i < 6; i++) {
        const int digit = hex_value(text.data[i]);
        if (digit < 0)
            return false;
        value = value << 4 | (uint32_t)digit;
    }
    *address = value;
    return true;
}

void ovf_address_format(uint32_t address, char text[OVF_ADDRESS_SIZE])
{
    static const char hex[] = "0123456789abcdef";
    if ((address & OVF_ADDRESS_NON_ICAO) != 0)
        *text++ = '~';
    for (int shift = 20; shift >= 0; shift -= 4)
        *text++ = hex[address >> shift & 0xF];
    *text = '\0';
}
