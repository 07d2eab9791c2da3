/* SPDX-License-Identifier: Apache-2.0 */
/* A TCP client that keeps at it: connects, reads, and when the connection is lost, stalls or is dropped by the
 * caller comes back, after a wait that doubles up to a bound. It never blocks: the name of the host is looked up in a
 * thread of its own. Time comes in as an argument, in milliseconds of a clock that is never set. */
#ifndef OVF_SOURCE_TCP_H
#define OVF_SOURCE_TCP_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct addrinfo;
struct ovf_lookup;

enum { OVF_TCP_HOST_SIZE = 256, OVF_TCP_PORT_SIZE = 6 };

struct ovf_tcp_options {
    int64_t stall_ms; /* silence after which a connection is given up; also the time to connect */
    int64_t wait_ms;  /* before the second try */
    int64_t wait_most_ms;
};

struct ovf_tcp {
    char host[OVF_TCP_HOST_SIZE];
    char port[OVF_TCP_PORT_SIZE];
    struct ovf_tcp_options options;
    uint64_t n_connected; /* times */

    /* private */
    int fd;                    /* -1: none */
    bool is_trying;            /* or connected; else it waits for retry_ms */
    struct ovf_lookup *lookup; /* NULL: none is under way */
    bool is_connected;
    struct addrinfo *addresses;
    struct addrinfo *next; /* to be tried when this one fails */
    int64_t heard_ms;      /* when bytes came last, or a try began */
    int64_t retry_ms;      /* when to connect again, without a connection */
    int64_t wait_ms;
};

/**
 * \param[in] place  HOST:PORT, or [HOST]:PORT where the host has colons
 * \retval OVF_E_RANGE  it is not that; \p err says so
 */
OVF_NODISCARD enum ovf_status ovf_tcp_init(struct ovf_tcp *tcp, const char *place,
                                           const struct ovf_tcp_options *options,
                                           struct ovf_error *err);
void ovf_tcp_deinit(struct ovf_tcp *tcp);

/** What to wait for: \p wanted for poll(2) (fd -1: nothing), at the longest until \p until_ms. Begins to connect
 * when it is time to; a failure is told by the step that follows. */
void ovf_tcp_prepare(struct ovf_tcp *tcp, int64_t now_ms, struct pollfd *wanted, int64_t *until_ms);

enum ovf_tcp_got {
    OVF_TCP_NOTHING,
    OVF_TCP_CONNECTED,
    OVF_TCP_BYTES,
    OVF_TCP_LOST, /* err says why, and when it is tried again */
};

/** What has happened, given poll's \p revents. \p n bytes, at most \p room of them, for OVF_TCP_BYTES. */
enum ovf_tcp_got ovf_tcp_step(struct ovf_tcp *tcp, short revents, int64_t now_ms,
                              unsigned char *bytes, size_t room, size_t *n, struct ovf_error *err);

/** Give the connection up; the wait before the next is the longest. */
void ovf_tcp_drop(struct ovf_tcp *tcp, int64_t now_ms);

#endif
