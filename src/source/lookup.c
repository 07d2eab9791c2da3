/* SPDX-License-Identifier: Apache-2.0 */
#include "source/lookup.h"

#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { UNDER_WAY, OVER, GIVEN_UP };

/* The thread's and its maker's; who comes second to OVER or GIVEN_UP frees it. */
struct ovf_lookup {
    char *host;
    char *port;
    int fd;           /* hung up when it is over */
    int other_fd;     /* the thread's end */
    atomic_int state; /* what is below is read when it is OVER */
    struct addrinfo *addresses;
};

static void destroy(struct ovf_lookup *lookup)
{
    if (lookup->addresses != NULL)
        freeaddrinfo(lookup->addresses);
    if (lookup->fd >= 0)
        (void)close(lookup->fd);
    free(lookup->host);
    free(lookup->port);
    free(lookup);
}

static void *look_up(void *context)
{
    static const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct ovf_lookup *const lookup = context;
    const int fd = lookup->other_fd; /* the rest may be gone when it is closed */
    if (getaddrinfo(lookup->host, lookup->port, &hints, &lookup->addresses) != 0)
        lookup->addresses = NULL;
    if (atomic_exchange(&lookup->state, OVER) == GIVEN_UP)
        destroy(lookup);
    (void)close(fd);
    return NULL;
}

/** A thread that no signal goes to. \return 0, or an error as of pthread_create */
static int start(struct ovf_lookup *lookup)
{
    pthread_t thread;
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    const int failure = pthread_create(&thread, NULL, look_up, lookup);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failure == 0)
        (void)pthread_detach(thread);
    return failure;
}

enum ovf_status ovf_lookup_new(const char *host, const char *port, struct ovf_lookup **out)
{
    int fds[2] = {-1, -1};
    struct ovf_lookup *const lookup = calloc(1, sizeof *lookup);
    if (lookup == NULL)
        return OVF_E_NOMEM;
    lookup->host = strdup(host);
    lookup->port = strdup(port);
    lookup->fd = -1;
    if (lookup->host == NULL || lookup->port == NULL || pipe(fds) != 0) {
        destroy(lookup);
        return OVF_E_NOMEM;
    }
    lookup->fd = fds[0];
    lookup->other_fd = fds[1];
    if (fcntl(fds[0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(fds[1], F_SETFD, FD_CLOEXEC) != 0 ||
        start(lookup) != 0) {
        (void)close(fds[1]);
        destroy(lookup);
        return OVF_E_NOMEM;
    }
    *out = lookup;
    return OVF_OK;
}

void ovf_lookup_free(struct ovf_lookup *lookup)
{
    if (lookup != NULL && atomic_exchange(&lookup->state, GIVEN_UP) == OVER)
        destroy(lookup);
}

int ovf_lookup_fd(const struct ovf_lookup *lookup)
{
    return lookup->fd;
}

bool ovf_lookup_take(struct ovf_lookup *lookup, struct addrinfo **addresses)
{
    if (atomic_load(&lookup->state) != OVER)
        return false;
    *addresses = lookup->addresses;
    lookup->addresses = NULL;
    return true;
}
