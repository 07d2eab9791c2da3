/* SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE /* TCP_KEEPIDLE: NOLINT(bugprone-reserved-identifier) */

#include "source/tcp.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "source/lookup.h"

enum ovf_status ovf_tcp_init(struct ovf_tcp *tcp, const char *place,
                             const struct ovf_tcp_options *options, struct ovf_error *err)
{
    const char *const colon = strrchr(place, ':');
    const char *host = place;
    size_t n_host = colon != NULL ? (size_t)(colon - place) : 0;
    const size_t n_port = colon != NULL ? strlen(colon + 1) : 0;
    const bool has_brackets = n_host >= 2 && host[0] == '[' && host[n_host - 1] == ']';
    host += has_brackets ? 1 : 0;
    n_host -= has_brackets ? 2 : 0;
    *tcp = (struct ovf_tcp){.options = *options, .fd = -1, .wait_ms = options->wait_ms};
    if (n_host == 0 || n_host >= sizeof tcp->host || n_port == 0 || n_port >= sizeof tcp->port ||
        strspn(colon + 1, "0123456789") != n_port ||
        (!has_brackets && memchr(host, ':', n_host) != NULL))
        return ovf_error_set(err, OVF_E_RANGE, "'%.80s' is not HOST:PORT", place);
    memcpy(tcp->host, host, n_host);
    memcpy(tcp->port, colon + 1, n_port);
    return OVF_OK;
}

static void close_connection(struct ovf_tcp *tcp)
{
    if (tcp->fd >= 0)
        (void)close(tcp->fd);
    if (tcp->addresses != NULL)
        freeaddrinfo(tcp->addresses);
    tcp->fd = -1;
    tcp->is_connected = false;
    tcp->addresses = NULL;
    tcp->next = NULL;
}

void ovf_tcp_deinit(struct ovf_tcp *tcp)
{
    close_connection(tcp);
    ovf_lookup_free(tcp->lookup);
    tcp->lookup = NULL;
}

/** Gives up until the wait is over; the next one will be twice as long. A look-up goes on, and is what the next try
 * begins with: so no more than one is under way. */
static enum ovf_tcp_got lose(struct ovf_tcp *tcp, int64_t now_ms, const char *why,
                             struct ovf_error *err)
{
    (void)ovf_error_set(err, OVF_E_IO, "%s; again in %" PRId64 " s", why,
                        (tcp->wait_ms + 999) / 1000);
    close_connection(tcp);
    tcp->is_trying = false;
    tcp->retry_ms = now_ms + tcp->wait_ms;
    tcp->wait_ms *= 2;
    if (tcp->wait_ms > tcp->options.wait_most_ms)
        tcp->wait_ms = tcp->options.wait_most_ms;
    return OVF_TCP_LOST;
}

/** A peer that is gone without a word is noticed even where no bytes are due. What the system does not know of
 * these is done without. */
static void keep_alive(int fd)
{
    static const int on = 1;
    static const int idle_s = 30;
    static const int interval_s = 10;
    static const int n_probes = 3;
    (void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval_s, sizeof interval_s);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &n_probes, sizeof n_probes);
}

/** Has what was received acknowledged now. A sender that gathers small pieces (Nagle) keeps the next one back until
 * then, and the system would wait for up to 40 ms whether there is something to send along. It forgets, so it is told
 * each time. */
static void acknowledge(int fd)
{
    static const int on = 1;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

/** Begins to connect to the next address that takes it. \return false: none is left; errno says why */
static bool connect_next(struct ovf_tcp *tcp, int64_t now_ms)
{
    while (tcp->next != NULL) {
        const struct addrinfo *a = tcp->next;
        tcp->next = a->ai_next;
        if (tcp->fd >= 0)
            (void)close(tcp->fd);
        tcp->fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (tcp->fd < 0)
            continue;
        if (fcntl(tcp->fd, F_SETFL, O_NONBLOCK) != 0 || fcntl(tcp->fd, F_SETFD, FD_CLOEXEC) != 0)
            continue;
        keep_alive(tcp->fd);
        tcp->heard_ms = now_ms;
        if (connect(tcp->fd, a->ai_addr, a->ai_addrlen) == 0 || errno == EINPROGRESS)
            return true;
    }
    return false;
}

void ovf_tcp_prepare(struct ovf_tcp *tcp, int64_t now_ms, struct pollfd *wanted, int64_t *until_ms)
{
    *wanted = (struct pollfd){.fd = -1};
    *until_ms = tcp->retry_ms;
    if (!tcp->is_trying && now_ms < tcp->retry_ms)
        return;
    if (!tcp->is_trying) {
        tcp->is_trying = true;
        tcp->heard_ms = now_ms;
        if (tcp->lookup == NULL && ovf_lookup_new(tcp->host, tcp->port, &tcp->lookup) != OVF_OK) {
            *until_ms = now_ms; /* the step tells */
            return;
        }
    }
    *until_ms = tcp->heard_ms + tcp->options.stall_ms;
    if (tcp->fd < 0)
        *wanted = (struct pollfd){.fd = ovf_lookup_fd(tcp->lookup), .events = POLLIN};
    else
        *wanted = (struct pollfd){.fd = tcp->fd, .events = tcp->is_connected ? POLLIN : POLLOUT};
}

/** Takes the addresses when they are there, and begins to connect. */
static enum ovf_tcp_got finish_looking_up(struct ovf_tcp *tcp, int64_t now_ms,
                                          struct ovf_error *err)
{
    if (tcp->lookup == NULL)
        return lose(tcp, now_ms, "no memory to look up the host", err);
    if (!ovf_lookup_take(tcp->lookup, &tcp->addresses))
        return now_ms - tcp->heard_ms < tcp->options.stall_ms
                   ? OVF_TCP_NOTHING
                   : lose(tcp, now_ms, "looking up the host takes long", err);
    ovf_lookup_free(tcp->lookup);
    tcp->lookup = NULL;
    tcp->next = tcp->addresses;
    if (tcp->addresses == NULL)
        return lose(tcp, now_ms, "no such host", err);
    return connect_next(tcp, now_ms) ? OVF_TCP_NOTHING : lose(tcp, now_ms, "no connection", err);
}

static enum ovf_tcp_got finish_connecting(struct ovf_tcp *tcp, int64_t now_ms,
                                          struct ovf_error *err)
{
    int failure = 0;
    socklen_t size = sizeof failure;
    if (getsockopt(tcp->fd, SOL_SOCKET, SO_ERROR, &failure, &size) != 0)
        failure = errno;
    if (failure != 0)
        return connect_next(tcp, now_ms) ? OVF_TCP_NOTHING
                                         : lose(tcp, now_ms, strerror(failure), err);
    freeaddrinfo(tcp->addresses);
    tcp->addresses = NULL;
    tcp->next = NULL;
    tcp->is_connected = true;
    tcp->heard_ms = now_ms;
    tcp->n_connected++;
    return OVF_TCP_CONNECTED;
}

enum ovf_tcp_got ovf_tcp_step(struct ovf_tcp *tcp, short revents, int64_t now_ms,
                              unsigned char *bytes, size_t room, size_t *n, struct ovf_error *err)
{
    *n = 0;
    if (!tcp->is_trying)
        return OVF_TCP_NOTHING; /* it is not time yet */
    if (tcp->fd < 0)
        return finish_looking_up(tcp, now_ms, err);
    if (revents == 0 && now_ms - tcp->heard_ms >= tcp->options.stall_ms)
        return lose(tcp, now_ms, tcp->is_connected ? "nothing came for long" : "no answer", err);
    if (revents == 0)
        return OVF_TCP_NOTHING;
    if (!tcp->is_connected)
        return finish_connecting(tcp, now_ms, err);
    const ssize_t got = recv(tcp->fd, bytes, room, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return OVF_TCP_NOTHING;
    if (got <= 0)
        return lose(tcp, now_ms, got < 0 ? strerror(errno) : "closed by the other side", err);
    if ((size_t)got < room) /* else more is there already */
        acknowledge(tcp->fd);
    *n = (size_t)got;
    tcp->heard_ms = now_ms;
    tcp->wait_ms = tcp->options.wait_ms;
    return OVF_TCP_BYTES;
}

void ovf_tcp_drop(struct ovf_tcp *tcp, int64_t now_ms)
{
    close_connection(tcp);
    tcp->is_trying = false;
    tcp->retry_ms = now_ms + tcp->options.wait_most_ms;
}
