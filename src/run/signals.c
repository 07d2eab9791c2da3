/* SPDX-License-Identifier: Apache-2.0 */
#include "run/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int caught[] = {SIGTERM, SIGINT, SIGHUP, SIGPIPE};
enum { N_CAUGHT = sizeof caught / sizeof *caught };

static struct sigaction before[N_CAUGHT];
static int pipe_fds[2] = {-1, -1};
static volatile sig_atomic_t has_stop;
static volatile sig_atomic_t has_reload;

static void on_signal(int number)
{
    const int error = errno;
    if (number == SIGHUP)
        has_reload = 1;
    else
        has_stop = 1;
    const ssize_t n = write(pipe_fds[1], "", 1);
    (void)n; /* a full pipe is readable, too */
    errno = error;
}

enum ovf_status ovf_signals_catch(int *fd, struct ovf_error *err)
{
    if (pipe(pipe_fds) != 0)
        return ovf_error_set(err, OVF_E_IO, "no pipe: %s", strerror(errno));
    for (int i = 0; i < 2; i++) {
        (void)fcntl(pipe_fds[i], F_SETFL, O_NONBLOCK);
        (void)fcntl(pipe_fds[i], F_SETFD, FD_CLOEXEC);
    }
    has_stop = 0;
    has_reload = 0;
    for (int i = 0; i < N_CAUGHT; i++) {
        struct sigaction action = {.sa_flags = SA_RESTART};
        action.sa_handler = caught[i] == SIGPIPE ? SIG_IGN : on_signal;
        (void)sigemptyset(&action.sa_mask);
        (void)sigaction(caught[i], &action, &before[i]);
    }
    *fd = pipe_fds[0];
    return OVF_OK;
}

void ovf_signals_release(void)
{
    if (pipe_fds[0] < 0)
        return;
    for (int i = 0; i < N_CAUGHT; i++)
        (void)sigaction(caught[i], &before[i], NULL);
    for (int i = 0; i < 2; i++) {
        (void)close(pipe_fds[i]);
        pipe_fds[i] = -1;
    }
}

unsigned ovf_signals_take(void)
{
    char bytes[64];
    while (read(pipe_fds[0], bytes, sizeof bytes) > 0)
        continue;
    const unsigned taken =
        (has_stop != 0 ? OVF_SIGNAL_STOP : 0U) | (has_reload != 0 ? OVF_SIGNAL_RELOAD : 0U);
    has_stop = 0;
    has_reload = 0;
    return taken;
}
