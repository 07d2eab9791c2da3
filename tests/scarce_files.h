/* SPDX-License-Identifier: Apache-2.0 */
/* A process that may open no more files, and what it makes of that. */
#ifndef OVF_TESTS_SCARCE_FILES_H
#define OVF_TESTS_SCARCE_FILES_H

#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/** No file can be opened from now on. Returns what was allowed before. */
static inline struct rlimit files_run_out(void)
{
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    const int next = dup(STDERR_FILENO);
    assert_true(next >= 0);
    (void)close(next);
    const struct rlimit none = {.rlim_cur = (rlim_t)next, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    assert_int_equal(dup(STDERR_FILENO), -1);
    return before;
}

static inline void files_are_back(const struct rlimit *before)
{
    assert_int_equal(setrlimit(RLIMIT_NOFILE, before), 0);
}

/** Whether the socket \p fd, made before, is connected to that port. */
static inline bool connect_to(int fd, unsigned port)
{
    const struct sockaddr_in to = {.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)port),
                                   .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    const union {
        const struct sockaddr_in *in;
        const struct sockaddr *any;
    } address = {&to};
    return connect(fd, address.any, sizeof to) == 0;
}

/** How much of a processor all threads have used, in ms. */
static inline double used_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

#endif
