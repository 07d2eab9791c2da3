/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/peers.h"

#include <stdlib.h>

/* How long each phase may take. Taking: a report of 20 MB at 64 kB/s. */
static const int64_t limits_ms[] = {
    [OVF_PEER_NEW] = 10000,  [OVF_PEER_MAKING] = INT64_MAX,  [OVF_PEER_TAKING] = 300000,
    [OVF_PEER_IDLE] = 60000, [OVF_PEER_STREAMS] = INT64_MAX,
};

void ovf_peers_init(struct ovf_peers *peers)
{
    *peers = (struct ovf_peers){.first = NULL};
    (void)pthread_mutex_init(&peers->lock, NULL); /* which cannot fail on Linux */
}

void ovf_peers_deinit(struct ovf_peers *peers)
{
    (void)pthread_mutex_destroy(&peers->lock);
}

static int64_t until(enum ovf_peer_phase phase, int64_t now_ms)
{
    return limits_ms[phase] == INT64_MAX ? INT64_MAX : now_ms + limits_ms[phase];
}

struct ovf_peer *ovf_peers_join(struct ovf_peers *peers, int fd, const struct sockaddr *address,
                                int64_t now_ms)
{
    struct ovf_peer *const peer = calloc(1, sizeof *peer);
    if (peer == NULL)
        return NULL;
    peer->address = ovf_client_address_of(address);
    peer->fd = fd;
    peer->until_ms = until(OVF_PEER_NEW, now_ms);
    (void)pthread_mutex_lock(&peers->lock);
    peer->next = peers->first;
    if (peers->first != NULL)
        peers->first->previous = peer;
    peers->first = peer;
    (void)pthread_mutex_unlock(&peers->lock);
    return peer;
}

void ovf_peers_leave(struct ovf_peers *peers, struct ovf_peer *peer)
{
    if (peer == NULL)
        return;
    (void)pthread_mutex_lock(&peers->lock);
    if (peer->previous != NULL)
        peer->previous->next = peer->next;
    else
        peers->first = peer->next;
    if (peer->next != NULL)
        peer->next->previous = peer->previous;
    (void)pthread_mutex_unlock(&peers->lock);
    free(peer);
}

void ovf_peers_set(struct ovf_peers *peers, struct ovf_peer *peer, enum ovf_peer_phase phase,
                   int64_t now_ms)
{
    (void)pthread_mutex_lock(&peers->lock);
    peer->until_ms = until(phase, now_ms);
    (void)pthread_mutex_unlock(&peers->lock);
}

void ovf_peers_tick(struct ovf_peers *peers, int64_t now_ms)
{
    (void)pthread_mutex_lock(&peers->lock);
    for (struct ovf_peer *p = peers->first; p != NULL; p = p->next) {
        if (p->is_shut || p->until_ms > now_ms)
            continue;
        p->is_shut = true;
        (void)shutdown(p->fd, SHUT_RDWR);
    }
    (void)pthread_mutex_unlock(&peers->lock);
}
