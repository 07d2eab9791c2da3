/* SPDX-License-Identifier: Apache-2.0 */
/* The addresses of a host, looked up in a thread of its own: getaddrinfo(3) takes as long as the resolver wants, and
 * cannot be ended. */
#ifndef OVF_SOURCE_LOOKUP_H
#define OVF_SOURCE_LOOKUP_H

#include <stdbool.h>

#include "base/status.h"

struct addrinfo;
struct ovf_lookup;

/** Begins. \p host and \p port are copied.
 * \retval OVF_E_NOMEM  of memory, threads or descriptors */
OVF_NODISCARD enum ovf_status ovf_lookup_new(const char *host, const char *port,
                                             struct ovf_lookup **out);

/** Does not wait: one that is under way ends by itself some time, and nobody hears of it. */
void ovf_lookup_free(struct ovf_lookup *lookup);

/** What poll(2) finds readable, or hung up, when it is over. */
int ovf_lookup_fd(const struct ovf_lookup *lookup);

/** Whether it is over. \p addresses are then those for TCP, the caller's to freeaddrinfo; NULL: there are none, or they
 * were taken. */
bool ovf_lookup_take(struct ovf_lookup *lookup, struct addrinfo **addresses);

#endif
