/* SPDX-License-Identifier: Apache-2.0 */
/* Special-purpose addresses, RFC 6890 as updated. */
#include "notify/private_address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static bool is_private_v4(uint32_t address)
{
    static const struct {
        uint32_t first;
        int n_bits;
    } ranges[] = {
        {0x00000000, 8},  /* this network */
        {0x0A000000, 8},  /* private */
        {0x64400000, 10}, /* shared, of carriers */
        {0x7F000000, 8},  /* loopback */
        {0xA9FE0000, 16}, /* link-local, and clouds' metadata */
        {0xAC100000, 12}, /* private */
        {0xC0000000, 24}, /* protocol assignments */
        {0xC0000200, 24}, /* documentation */
        {0xC0A80000, 16}, /* private */
        {0xC6120000, 15}, /* benchmarks */
        {0xC6336400, 24}, /* documentation */
        {0xCB007100, 24}, /* documentation */
        {0xE0000000, 3},  /* multicast, reserved, broadcast */
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if ((address ^ ranges[i].first) >> (32 - ranges[i].n_bits) == 0)
            return true;
    }
    return false;
}

static uint32_t v4_of(const unsigned char bytes[4])
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_private_v6(const unsigned char a[16])
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    static const unsigned char nat64[12] = {0, 0x64, 0xFF, 0x9B};
    if (memcmp(a, mapped, sizeof mapped) == 0 || memcmp(a, nat64, sizeof nat64) == 0)
        return is_private_v4(v4_of(a + 12));
    if (a[0] == 0x20 && a[1] == 0x02) /* 6to4 */
        return is_private_v4(v4_of(a + 2));
    if ((a[0] & 0xE0) != 0x20) /* only 2000::/3 is given out */
        return true;
    return a[0] == 0x20 && a[1] == 0x01 &&
           (a[2] < 2 || (a[2] == 0x0D && a[3] == 0xB8)); /* protocols, documentation */
}

bool ovf_address_is_private(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return is_private_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof v6);
        return is_private_v6(v6.sin6_addr.s6_addr);
    }
    return true;
}
