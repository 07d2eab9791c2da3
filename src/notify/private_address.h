/* SPDX-License-Identifier: Apache-2.0 */
/* Whether an address of the network is one of the open Internet. */
#ifndef OVF_NOTIFY_PRIVATE_ADDRESS_H
#define OVF_NOTIFY_PRIVATE_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/** True for anything but a public IPv4 or IPv6 unicast address: this machine, local networks, multicast,
 * reserved ranges (RFC 6890 and the registries of special-purpose addresses), IPv4 inside IPv6 that is
 * one of these, and any other family. */
bool ovf_address_is_private(const struct sockaddr *address);

#endif
