/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/listen.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

static bool parse_port(const char *text, in_port_t *port)
{
    int64_t number;
    if (!ovf_number_parse_int(ovf_bytes_from_text(text), &number) || number < 0 || number > 65535)
        return false;
    *port = htons((uint16_t)number);
    return true;
}

static bool is_loopback_ipv4(struct in_addr address)
{
    return ntohl(address.s_addr) >> 24 == 127;
}

/** \p host without brackets. */
static bool parse_host(const char *host, bool in_brackets, in_port_t port,
                       struct ovf_listen_place *out)
{
    struct in_addr in;
    struct in6_addr in6;
    if (!in_brackets && strcmp(host, "localhost") == 0)
        host = "127.0.0.1";
    if (!in_brackets && inet_pton(AF_INET, host, &in) == 1) {
        out->address.in =
            (struct sockaddr_in){.sin_family = AF_INET, .sin_port = port, .sin_addr = in};
        out->is_loopback = is_loopback_ipv4(in);
        (void)snprintf(out->host, sizeof out->host, "%s", host);
        return true;
    }
    if (!in_brackets || inet_pton(AF_INET6, host, &in6) != 1)
        return false;
    out->address.in6 =
        (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = port, .sin6_addr = in6};
    out->is_loopback = IN6_IS_ADDR_LOOPBACK(&in6);
    (void)snprintf(out->host, sizeof out->host, "[%s]", host);
    return true;
}

enum ovf_status ovf_listen_parse(const char *text, struct ovf_listen_place *out,
                                 struct ovf_error *err)
{
    char host[INET6_ADDRSTRLEN + 1];
    in_port_t port;
    const bool in_brackets = text[0] == '[';
    const char *const from = in_brackets ? text + 1 : text;
    const size_t n = strcspn(from, in_brackets ? "]" : ":");
    const char *const behind = from + n + (in_brackets && from[n] == ']' ? 1 : 0);
    struct ovf_listen_place place = {.is_loopback = false};
    if (n < sizeof host && behind[0] == ':' && parse_port(behind + 1, &port)) {
        memcpy(host, from, n);
        host[n] = '\0';
        if (parse_host(host, in_brackets, port, &place)) {
            *out = place;
            return OVF_OK;
        }
    }
    return ovf_error_set(
        err, OVF_E_RANGE,
        "--listen \"%.80s\" is not HOST:PORT, such as 127.0.0.1:8790 or [::1]:8790", text);
}
