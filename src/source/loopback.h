/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses of this machine alone, for what is offered to programs on it. */
#ifndef OVF_SOURCE_LOOPBACK_H
#define OVF_SOURCE_LOOPBACK_H

#include <netinet/in.h>
#include <stdbool.h>

union ovf_loopback {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
};

/** \param[in] place  HOST:PORT with 127.0.0.1, localhost or [::1]; \return false: it is not that */
bool ovf_loopback_parse(const char *place, union ovf_loopback *address);

#endif
