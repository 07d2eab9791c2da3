/* SPDX-License-Identifier: Apache-2.0 */
/* A server in this process, and clients of it that write and read bytes as they stand. */
#ifndef OVF_TESTS_SERVE_CLIENT_H
#define OVF_TESTS_SERVE_CLIENT_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/server.h"

/** What a server says, the port that it listens at among it. */
struct serve_talk {
    struct ovf_sink sink;
    char text[8192];
    size_t len;
};

static enum ovf_status serve_take_talk(void *context, const void *data, size_t len)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* its threads say things, too */
    struct serve_talk *const talk = context;
    (void)pthread_mutex_lock(&lock);
    if (talk->len + len < sizeof talk->text) {
        memcpy(talk->text + talk->len, data, len);
        talk->len += len;
        talk->text[talk->len] = '\0';
    }
    (void)pthread_mutex_unlock(&lock);
    return OVF_OK;
}

static inline unsigned serve_port(const struct serve_talk *talk)
{
    const char *const at = strstr(talk->text, "http://127.0.0.1:");
    return at != NULL ? (unsigned)strtoul(at + strlen("http://127.0.0.1:"), NULL, 10) : 0;
}

/** A live server with the default limits, that listens at a free port; \p options may be changed before. */
static inline struct ovf_server *serve_open(struct ovf_server_options *options,
                                            struct serve_talk *talk)
{
    static const char *const place[] = {"127.0.0.1:0"};
    struct ovf_error err = {""};
    struct ovf_server *server = NULL;
    *talk = (struct serve_talk){.sink = {serve_take_talk, talk}};
    options->listen = place;
    options->n_listen = 1;
    options->is_live = true;
    options->talk = &talk->sink;
    if (ovf_server_open(options, NULL, &server, &err) != OVF_OK)
        (void)fprintf(stderr, "%s\n", err.text);
    return server;
}

static inline struct ovf_server_options serve_defaults(void)
{
    return (struct ovf_server_options){.max_sse = OVF_SERVER_SSE,
                                       .max_sse_per_address = OVF_SERVER_SSE_PER_ADDRESS,
                                       .rate_per_s = OVF_SERVER_RATE};
}

static inline struct ovf_server *serve_open_default(struct serve_talk *talk)
{
    struct ovf_server_options options = serve_defaults();
    return serve_open(&options, talk);
}

/** A connection from 127.0.0.\p host; -1: it was not made. */
static inline int serve_connect(unsigned port, unsigned host)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct sockaddr_in from = {.sin_family = AF_INET};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    from.sin_addr.s_addr = htonl(0x7f000000U | host);
    const union {
        const struct sockaddr_in *in;
        const struct sockaddr *any;
    } of_to = {&to}, of_from = {&from};
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd >= 0 && bind(fd, of_from.any, sizeof from) == 0 &&
        connect(fd, of_to.any, sizeof to) == 0)
        return fd;
    if (fd >= 0)
        (void)close(fd);
    return -1;
}

static inline bool serve_send(int fd, const char *text)
{
    return send(fd, text, strlen(text), MSG_NOSIGNAL) == (ssize_t)strlen(text);
}

/** Read until \p end was read, the connection ends, or nothing comes for \p wait_ms; as a text. */
static inline size_t serve_read(int fd, const char *end, int wait_ms, char *out, size_t size)
{
    size_t len = 0;
    out[0] = '\0';
    while (len + 1 < size && (end == NULL || strstr(out, end) == NULL)) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (poll(&wait, 1, wait_ms) <= 0)
            break;
        const ssize_t n = recv(fd, out + len, size - len - 1, 0);
        if (n <= 0)
            break;
        len += (size_t)n;
        out[len] = '\0';
    }
    return len;
}

#define SERVE_EVENTS "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"

/** The status of what a client is answered that asks for alerts and goes on to listen; \p fd: its connection. */
static inline unsigned serve_listen(unsigned port, unsigned host, int *fd)
{
    char text[2048];
    *fd = serve_connect(port, host);
    if (*fd < 0 || !serve_send(*fd, SERVE_EVENTS))
        return 0;
    (void)serve_read(*fd, "\r\n\r\n", 10000, text, sizeof text);
    return strncmp(text, "HTTP/1.1 ", 9) == 0 ? (unsigned)strtoul(text + 9, NULL, 10) : 0;
}

#endif
