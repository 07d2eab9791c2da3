/* SPDX-License-Identifier: Apache-2.0 */
#include "source/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/time.h"
#include "source/loopback.h"
#include "source/running_clock.h"

enum { MAX_CLIENTS = 64, BACKLOG = 16 };

/* How long nobody is taken when no more files can be opened. */
enum { REST_MS = 100 };

struct client {
    int fd;
    size_t at;     /* in the stream */
    bool is_ended; /* it was told that nothing more comes */
};

struct ovf_outlet {
    int fd;                 /* -1: nobody else is taken */
    int64_t rests_until_ms; /* of a clock that is never set */
    struct client clients[MAX_CLIENTS];
    size_t n_clients;
    size_t n_taken;
    size_t n_served;
    size_t n_put_off;
};

static int64_t clock_ms(void)
{
    return ovf_running_ns() / OVF_NS_PER_MS;
}

static bool prepare(int fd)
{
    return fcntl(fd, F_SETFL, O_NONBLOCK) == 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

static bool listen_at(int fd, const union ovf_loopback *address)
{
    static const int on = 1;
    const socklen_t size =
        address->any.sa_family == AF_INET6 ? sizeof address->in6 : sizeof address->in;
    return prepare(fd) && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
           bind(fd, &address->any, size) == 0 && listen(fd, BACKLOG) == 0;
}

static unsigned port_of(int fd)
{
    union ovf_loopback address = {.in = {.sin_family = AF_INET}};
    socklen_t size = sizeof address;
    if (getsockname(fd, &address.any, &size) != 0)
        return 0;
    return ntohs(address.any.sa_family == AF_INET6 ? address.in6.sin6_port : address.in.sin_port);
}

enum ovf_status ovf_outlet_open(const char *place, unsigned *port, struct ovf_outlet **out,
                                struct ovf_error *err)
{
    union ovf_loopback address;
    if (!ovf_loopback_parse(place, &address))
        return ovf_error_set(err, OVF_E_RANGE, "'%.80s' is not HOST:PORT of this machine alone",
                             place);
    struct ovf_outlet *outlet = calloc(1, sizeof *outlet);
    if (outlet == NULL)
        return OVF_E_NOMEM;
    outlet->fd = socket(address.any.sa_family, SOCK_STREAM, 0);
    if (outlet->fd < 0 || !listen_at(outlet->fd, &address)) {
        const int error = errno;
        ovf_outlet_close(outlet);
        return ovf_error_set(err, OVF_E_IO, "%.80s: %s", place, strerror(error));
    }
    *port = port_of(outlet->fd);
    *out = outlet;
    return OVF_OK;
}

void ovf_outlet_close(struct ovf_outlet *outlet)
{
    if (outlet == NULL)
        return;
    for (size_t i = 0; i < outlet->n_clients; i++)
        (void)close(outlet->clients[i].fd);
    ovf_outlet_shut(outlet);
    free(outlet);
}

/** Whoever is there goes on to be there: to ask again at once would be to ask without end. */
static bool is_scarce(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

static void take_clients(struct ovf_outlet *outlet, size_t first)
{
    while (outlet->n_clients < MAX_CLIENTS) {
        const int fd = accept(outlet->fd, NULL, NULL);
        if (fd < 0 && is_scarce(errno)) {
            outlet->n_put_off++;
            outlet->rests_until_ms = clock_ms() + REST_MS;
        }
        if (fd < 0)
            return;
        if (!prepare(fd)) {
            (void)close(fd);
            continue;
        }
        outlet->clients[outlet->n_clients++] = (struct client){.fd = fd, .at = first};
        outlet->n_taken++;
    }
}

/** Reads what it sends. \return false: it has closed, or the connection broke */
static bool drain(const struct client *client)
{
    char ignored[4096];
    ssize_t n;
    do
        n = recv(client->fd, ignored, sizeof ignored, 0);
    while (n > 0);
    return n < 0 && (errno == EAGAIN || errno == EINTR);
}

/** \return false: the connection broke */
static bool send_due(struct client *client, const struct ovf_outlet_stream *stream)
{
    while (client->at < stream->n_due) {
        const ssize_t n = send(client->fd, stream->bytes.data + client->at,
                               stream->n_due - client->at, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        client->at += (size_t)n;
    }
    return true;
}

/** \return false: it is done with */
static bool step_client(struct ovf_outlet *outlet, struct client *client,
                        const struct ovf_outlet_stream *stream)
{
    if (!drain(client) || !send_due(client, stream))
        return false;
    if (client->at == stream->bytes.len && !client->is_ended) {
        client->is_ended = true;
        outlet->n_served++;
        return shutdown(client->fd, SHUT_WR) == 0;
    }
    return true;
}

/** What is waited for; returns how many. \p takes: who connects, too */
static nfds_t fill_waits(const struct ovf_outlet *outlet, const struct ovf_outlet_stream *stream,
                         bool takes, int stop_fd, struct pollfd waits[MAX_CLIENTS + 2])
{
    nfds_t n = 0;
    for (; n < outlet->n_clients; n++) {
        const bool has_more = outlet->clients[n].at < stream->n_due;
        waits[n] = (struct pollfd){.fd = outlet->clients[n].fd,
                                   .events = (short)(POLLIN | (has_more ? POLLOUT : 0))};
    }
    waits[n++] = (struct pollfd){.fd = takes ? outlet->fd : -1, .events = POLLIN};
    waits[n++] = (struct pollfd){.fd = stop_fd, .events = POLLIN};
    return n;
}

enum ovf_status ovf_outlet_step(struct ovf_outlet *outlet, const struct ovf_outlet_stream *stream,
                                int stop_fd, int timeout_ms, struct ovf_error *err)
{
    struct pollfd waits[MAX_CLIENTS + 2];
    size_t n_left = 0;
    const int64_t rest_ms = outlet->rests_until_ms - clock_ms();
    const bool takes = rest_ms <= 0 && outlet->n_clients < MAX_CLIENTS && outlet->fd >= 0;
    const nfds_t n_waits = fill_waits(outlet, stream, takes, stop_fd, waits);
    if (poll(waits, n_waits, rest_ms > 0 && rest_ms < timeout_ms ? (int)rest_ms : timeout_ms) < 0 &&
        errno != EINTR)
        return ovf_error_set(err, OVF_E_IO, "poll: %s", strerror(errno));
    if (takes)
        take_clients(outlet, stream->first);
    for (size_t i = 0; i < outlet->n_clients; i++) {
        if (step_client(outlet, &outlet->clients[i], stream))
            outlet->clients[n_left++] = outlet->clients[i];
        else
            (void)close(outlet->clients[i].fd);
    }
    outlet->n_clients = n_left;
    return OVF_OK;
}

void ovf_outlet_shut(struct ovf_outlet *outlet)
{
    if (outlet->fd >= 0)
        (void)close(outlet->fd);
    outlet->fd = -1;
}

size_t ovf_outlet_n_clients(const struct ovf_outlet *outlet)
{
    return outlet->n_clients;
}

size_t ovf_outlet_n_taken(const struct ovf_outlet *outlet)
{
    return outlet->n_taken;
}

size_t ovf_outlet_n_served(const struct ovf_outlet *outlet)
{
    return outlet->n_served;
}

size_t ovf_outlet_n_put_off(const struct ovf_outlet *outlet)
{
    return outlet->n_put_off;
}
