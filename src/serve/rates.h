/* SPDX-License-Identifier: Apache-2.0 */
/* How much a client may ask: a bucket of tokens for each address. The table is bounded; when it is full the address
 * that asked longest ago is forgotten, which then has a full bucket. */
#ifndef OVF_SERVE_RATES_H
#define OVF_SERVE_RATES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/status.h"

/** Who asks: IPv4 as ::ffff:a.b.c.d; of IPv6 the network of 64 bits, for a host has all of it. */
struct ovf_client_address {
    unsigned char bytes[16];
};

/** All zero for another family. */
struct ovf_client_address ovf_client_address_of(const struct sockaddr *address);

/** As a proxy writes it; false: it is no address. */
bool ovf_client_address_parse(const char *text, struct ovf_client_address *out);

/** The last of an X-Forwarded-For: the one that the proxy itself saw. False: there is none. */
bool ovf_client_address_forwarded(const char *header, struct ovf_client_address *out);

struct ovf_rates;

/** \p rate_per_s tokens come in, at most \p burst lie in a bucket; a rate of 0 admits all. Any thread may ask. */
OVF_NODISCARD enum ovf_status ovf_rates_new(double rate_per_s, double burst,
                                            struct ovf_rates **out);
void ovf_rates_free(struct ovf_rates *rates);

/** Take \p n tokens, at most 1. False: there are not so many. \p now_ms: of a clock that is never set. */
bool ovf_rates_take(struct ovf_rates *rates, const struct ovf_client_address *client, double n,
                    int64_t now_ms);

#endif
