/* SPDX-License-Identifier: Apache-2.0 */
/* Connections and until when each has to have got on. libmicrohttpd's own time-out begins anew with every byte: who
 * sends one now and then would never be done. */
#ifndef OVF_SERVE_PEERS_H
#define OVF_SERVE_PEERS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "serve/rates.h"

/** What a connection is doing. */
enum ovf_peer_phase {
    OVF_PEER_NEW,     /* its first headers are due */
    OVF_PEER_MAKING,  /* it waits for us */
    OVF_PEER_TAKING,  /* an answer */
    OVF_PEER_IDLE,    /* the headers of another request are due */
    OVF_PEER_STREAMS, /* events, for as long as it likes */
};

struct ovf_peer {
    struct ovf_client_address address;
    int fd;
    int64_t until_ms; /* INT64_MAX: for ever */
    bool is_shut;
    struct ovf_peer *previous;
    struct ovf_peer *next;
};

/** Any thread. Initialise with ovf_peers_init. */
struct ovf_peers {
    pthread_mutex_t lock;
    struct ovf_peer *first;
};

void ovf_peers_init(struct ovf_peers *peers);
/** When all have left. */
void ovf_peers_deinit(struct ovf_peers *peers);

/** A connection that was made. NULL: no memory. */
struct ovf_peer *ovf_peers_join(struct ovf_peers *peers, int fd, const struct sockaddr *address,
                                int64_t now_ms);
/** Before its socket is closed. NULL is fine. */
void ovf_peers_leave(struct ovf_peers *peers, struct ovf_peer *peer);

/** It does something else from now on. */
void ovf_peers_set(struct ovf_peers *peers, struct ovf_peer *peer, enum ovf_peer_phase phase,
                   int64_t now_ms);

/** Shut the sockets of those that are late. */
void ovf_peers_tick(struct ovf_peers *peers, int64_t now_ms);

#endif
