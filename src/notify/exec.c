/* SPDX-License-Identifier: Apache-2.0 */
/* A program for each alert, which comes on its standard input. No shell reads its arguments, and nothing of
 * an alert is among them. What it prints goes to standard error. It is killed, with those that it started,
 * when it takes too long. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"
#include "notify/channel.h"
#include "source/running_clock.h"

extern char **environ;

enum { LONGEST_LOOK_MS = 50 }; /* between two looks at a program that runs */

struct runner {
    char **argv;
    int64_t timeout_ns;
    const atomic_bool *is_stopping;
};

/* A pipe's end that is not closed on exec yet must not get into another thread's program. */
static pthread_mutex_t spawning = PTHREAD_MUTEX_INITIALIZER;

static void exec_close(void *channel)
{
    struct runner *const runner = channel;
    for (size_t i = 0; runner->argv != NULL && runner->argv[i] != NULL; i++)
        free(runner->argv[i]);
    free((void *)runner->argv);
    free(runner);
}

static enum ovf_status exec_open(const struct ovf_channel_setup *setup, void **channel,
                                 struct ovf_error *err)
{
    const struct ovf_case_list *const command = &setup->settings->command;
    const char *const *const words = command->items;
    struct runner *const runner = calloc(1, sizeof *runner);
    bool is_good = runner != NULL;
    if (is_good) {
        runner->argv = calloc(command->n + 1, sizeof *runner->argv);
        runner->timeout_ns = (int64_t)(setup->settings->timeout_s * 1e9);
        runner->is_stopping = setup->is_stopping;
        is_good = runner->argv != NULL;
    }
    for (size_t i = 0; is_good && i < command->n; i++) {
        runner->argv[i] = strdup(words[i]);
        is_good = runner->argv[i] != NULL;
    }
    if (!is_good) {
        if (runner != NULL)
            exec_close(runner);
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    }
    *channel = runner;
    return OVF_OK;
}

/** Start it with \p in as its standard input. Returns an errno. */
static int spawn(const struct runner *runner, int in, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigset_t pipe_signal;
    int status = posix_spawn_file_actions_init(&actions);
    if (status != 0)
        return status;
    status = posix_spawnattr_init(&attributes);
    if (status != 0) {
        (void)posix_spawn_file_actions_destroy(&actions);
        return status;
    }
    (void)sigemptyset(&none);
    (void)sigemptyset(&pipe_signal);
    (void)sigaddset(&pipe_signal, SIGPIPE);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setsigdefault(&attributes, &pipe_signal);
    (void)posix_spawnattr_setpgroup(&attributes, 0);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                    POSIX_SPAWN_SETPGROUP);
    status = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    if (status == 0)
        status = posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    if (status == 0)
        status = posix_spawnp(pid, runner->argv[0], &actions, &attributes, runner->argv, environ);
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&actions);
    return status;
}

/** Start it; \p to is where its standard input is written to. Returns an errno. */
static int start(const struct runner *runner, pid_t *pid, int *to)
{
    int ends[2];
    (void)pthread_mutex_lock(&spawning);
    int status = pipe(ends) == 0 ? 0 : errno;
    if (status == 0) {
        (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
        (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
        (void)fcntl(ends[1], F_SETFL, O_NONBLOCK);
        status = spawn(runner, ends[0], pid);
        (void)close(ends[0]);
        if (status != 0)
            (void)close(ends[1]);
    }
    (void)pthread_mutex_unlock(&spawning);
    *to = ends[1];
    return status;
}

static bool is_over(const struct runner *runner, int64_t until_ns)
{
    return atomic_load(runner->is_stopping) || ovf_running_ns() >= until_ns;
}

/** As much as it reads: a program may end without reading all. */
static void write_line(const struct runner *runner, int to, struct ovf_bytes bytes,
                       int64_t until_ns)
{
    while (bytes.len > 0 && !is_over(runner, until_ns)) {
        struct pollfd writable = {.fd = to, .events = POLLOUT};
        const ssize_t n = write(to, bytes.data, bytes.len);
        if (n > 0)
            bytes = (struct ovf_bytes){bytes.data + n, bytes.len - (size_t)n};
        else if (n < 0 && errno == EAGAIN)
            (void)poll(&writable, 1, LONGEST_LOOK_MS);
        else if (n < 0 && errno != EINTR)
            return;
    }
}

/** Wait for its end; false: it was killed. */
static bool wait_for(const struct runner *runner, pid_t pid, int64_t until_ns, int *status)
{
    long look_ms = 1;
    for (;;) {
        const pid_t ended = waitpid(pid, status, WNOHANG);
        if (ended == pid)
            return true;
        if ((ended < 0 && errno != EINTR) || is_over(runner, until_ns))
            break;
        const struct timespec pause = {0, look_ms * 1000000L};
        (void)nanosleep(&pause, NULL);
        look_ms = look_ms * 2 < LONGEST_LOOK_MS ? look_ms * 2 : LONGEST_LOOK_MS;
    }
    (void)kill(-pid, SIGKILL);
    while (waitpid(pid, status, 0) < 0 && errno == EINTR)
        ;
    return false;
}

static enum ovf_delivery exec_deliver(void *channel, const struct ovf_alert *alert,
                                      struct ovf_delivery_note *note)
{
    const struct runner *const runner = channel;
    const int64_t until_ns = ovf_running_ns() + runner->timeout_ns;
    pid_t pid = 0;
    int to = -1;
    int status = 0;
    const int error = start(runner, &pid, &to);
    if (error != 0) {
        (void)snprintf(note->why, sizeof note->why, "cannot be started: %s", strerror(error));
        return OVF_DELIVER_NEVER;
    }
    write_line(runner, to, alert->line, until_ns);
    write_line(runner, to, ovf_bytes_from_text("\n"), until_ns);
    (void)close(to);
    if (!wait_for(runner, pid, until_ns, &status))
        (void)snprintf(note->why, sizeof note->why, "killed, for it took too long");
    else if (WIFSIGNALED(status))
        (void)snprintf(note->why, sizeof note->why, "ended by signal %d", WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        (void)snprintf(note->why, sizeof note->why, "exit status %d", WEXITSTATUS(status));
    else
        return OVF_DELIVERED;
    return OVF_DELIVER_NEVER;
}

const struct ovf_channel_kind_ops ovf_channel_exec = {exec_open, exec_deliver, exec_close};
