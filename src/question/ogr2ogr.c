/* SPDX-License-Identifier: Apache-2.0 */
/* Running ogr2ogr: its output comes through a pipe, so that nothing is left behind whatever happens. */
#include "question/ogr2ogr.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a shell says for a command that is not there; the child says it too. */
enum { EXIT_NOT_THERE = 127 };

/** In the child: becomes ogr2ogr, writing to \p fd. A name that begins like an option gets "./". */
static void become(const char *path, int fd)
{
    char safe[4096];
    if (dup2(fd, STDOUT_FILENO) < 0 ||
        snprintf(safe, sizeof safe, "%s%s", path[0] == '-' ? "./" : "", path) >= (int)sizeof safe)
        _exit(1);
    (void)execlp("ogr2ogr", "ogr2ogr", "-f", "GeoJSON", "-lco", "RFC7946=YES", "/vsistdout/", safe,
                 (char *)NULL);
    _exit(errno == ENOENT ? EXIT_NOT_THERE : 1);
}

static enum ovf_status read_all(int fd, size_t max_bytes, struct ovf_buffer *out)
{
    for (;;) {
        const enum ovf_status st = ovf_buffer_reserve(out, 1 << 16);
        if (st != OVF_OK)
            return st;
        const ssize_t n = read(fd, out->data + out->len, 1 << 16);
        if (n == 0)
            return OVF_OK;
        if (n < 0 && errno != EINTR)
            return OVF_E_IO;
        out->len += n > 0 ? (size_t)n : 0;
        if (out->len > max_bytes)
            return OVF_E_LIMIT;
    }
}

/** The child's exit status; -1 when it ended otherwise. */
static int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

enum ovf_status ovf_ogr2ogr(const char *path, size_t max_bytes, struct ovf_buffer *out,
                            struct ovf_error *err)
{
    int ends[2];
    if (pipe(ends) != 0)
        return ovf_error_set(err, OVF_E_IO, "a pipe to ogr2ogr: %s", strerror(errno));
    const pid_t child = fork();
    if (child == 0) {
        (void)close(ends[0]);
        become(path, ends[1]);
    }
    (void)close(ends[1]);
    enum ovf_status st = child > 0 ? read_all(ends[0], max_bytes, out) : OVF_E_IO;
    (void)close(ends[0]); /* an ogr2ogr that writes on ends by the broken pipe */
    if (child < 0)
        return ovf_error_set(err, OVF_E_IO, "ogr2ogr cannot be started: %s", strerror(errno));
    const int exit_status = wait_for(child);
    if (st == OVF_E_LIMIT)
        return ovf_error_set(err, st, "%s: more than %zu bytes as GeoJSON", path, max_bytes);
    if (st != OVF_OK)
        return st;
    if (exit_status == EXIT_NOT_THERE)
        return ovf_error_set(err, OVF_E_NOTFOUND,
                             "%s: neither GeoJSON nor OpenAir; other formats are read through "
                             "ogr2ogr, which is not installed (package gdal-bin)",
                             path);
    if (exit_status != 0)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "%s: neither GeoJSON nor OpenAir, and ogr2ogr cannot read it", path);
    return OVF_OK;
}
