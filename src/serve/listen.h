/* SPDX-License-Identifier: Apache-2.0 */
/* Where to listen: HOST:PORT with an address or "localhost". */
#ifndef OVF_SERVE_LISTEN_H
#define OVF_SERVE_LISTEN_H

#include <netinet/in.h>
#include <stdbool.h>

#include "base/error.h"

struct ovf_listen_place {
    union {
        struct sockaddr any;
        struct sockaddr_in in;
        struct sockaddr_in6 in6;
    } address;
    char host[72];    /* as a request names it: IPv6 in brackets */
    bool is_loopback; /* of this machine alone */
};

/** \retval OVF_E_RANGE  it is none */
OVF_NODISCARD enum ovf_status ovf_listen_parse(const char *text, struct ovf_listen_place *out,
                                               struct ovf_error *err);

#endif
