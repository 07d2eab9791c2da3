/* SPDX-License-Identifier: Apache-2.0 */
#include "source/loopback.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/number.h"

bool ovf_loopback_parse(const char *place, union ovf_loopback *address)
{
    static const char *const hosts[] = {"127.0.0.1:", "localhost:", "[::1]:"};
    int64_t port;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        const size_t n = strlen(hosts[i]);
        if (strncmp(place, hosts[i], n) != 0)
            continue;
        if (!ovf_number_parse_int(ovf_bytes_from_text(place + n), &port) || port < 0 ||
            port > 65535)
            return false;
        *address = (union ovf_loopback){.in = {.sin_family = AF_INET}};
        address->in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address->in.sin_port = htons((uint16_t)port);
        if (hosts[i][0] == '[')
            address->in6 = (struct sockaddr_in6){.sin6_family = AF_INET6,
                                                 .sin6_addr = in6addr_loopback,
                                                 .sin6_port = htons((uint16_t)port)};
        return true;
    }
    return false;
}
