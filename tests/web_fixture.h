/* SPDX-License-Identifier: Apache-2.0 */
/* A server on loopback, in a process of its own, for tests that count allocations: it serves pages that do not change,
 * one request a connection, until it is ended. */
#ifndef OVF_TESTS_WEB_FIXTURE_H
#define OVF_TESTS_WEB_FIXTURE_H

#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WEB_LIFE_S = 120 }; /* of a server whose test did not end it */

struct web_page {
    const char *path;
    const char *body;
};

struct web_server {
    pid_t child;
    unsigned port;
};

static inline const struct web_page *web_find(const struct web_page *pages, size_t n,
                                              const char *request)
{
    const char *const path = strchr(request, ' ');
    for (size_t i = 0; i < n && path != NULL; i++) {
        const size_t len = strlen(pages[i].path);
        if (strncmp(path + 1, pages[i].path, len) == 0 && path[1 + len] == ' ')
            return &pages[i];
    }
    return NULL;
}

static inline void web_answer(int peer, const struct web_page *pages, size_t n)
{
    char request[4096];
    char head[256];
    const ssize_t got = recv(peer, request, sizeof request - 1, 0);
    request[got > 0 ? got : 0] = '\0';
    const struct web_page *const page = web_find(pages, n, request);
    const size_t len = page != NULL ? strlen(page->body) : 0;
    (void)snprintf(head, sizeof head,
                   "HTTP/1.1 %s\r\nContent-Length: %zu\r\nETag: \"1\"\r\nConnection: close\r\n\r\n",
                   page != NULL ? "200 OK" : "404 Not Found", len);
    (void)send(peer, head, strlen(head), MSG_NOSIGNAL);
    if (page != NULL)
        (void)send(peer, page->body, len, MSG_NOSIGNAL);
    (void)close(peer);
}

static inline struct web_server web_serve(const struct web_page *pages, size_t n)
{
    struct web_server server = {.child = -1};
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t size = sizeof at;
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(listener, 16), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &size), 0);
    server.port = ntohs(at.sin_port);
    server.child = fork();
    assert_true(server.child >= 0);
    if (server.child == 0)
        (void)alarm(WEB_LIFE_S);
    while (server.child == 0)
        web_answer(accept(listener, NULL, NULL), pages, n);
    (void)close(listener);
    return server;
}

static inline void web_end(const struct web_server *server)
{
    assert_int_equal(kill(server->child, SIGKILL), 0);
    (void)waitpid(server->child, NULL, 0);
}

#endif
