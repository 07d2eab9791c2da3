/* SPDX-License-Identifier: Apache-2.0 */
/* Results to standard output or to a file. */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fields.h"

enum { MAX_LINKS = 40, MAX_PARTS = 100, PART_SUFFIX_SIZE = 40, WRITTEN_AT_ONCE_BYTES = 1 << 16 };

/* Of standard output: as much as a pipe takes. Without room of ours glibc would keep to its own 4 KB, whatever it is
 * asked for. */
static char unwritten[WRITTEN_AT_ONCE_BYTES];

static enum ovf_status write_file(void *context, const void *data, size_t len)
{
    struct ovf_output *output = context;
    errno = 0;
    if (fwrite(data, 1, len, output->file) == len)
        return OVF_OK;
    if (output->error == 0)
        output->error = errno != 0 ? errno : EIO;
    return OVF_E_IO;
}

bool ovf_output_is_store(const char *path)
{
    static const char ending[] = ".gpkg";
    const size_t n = sizeof ending - 1;
    const size_t len = path != NULL ? strlen(path) : 0;
    return len > n && ovf_bytes_equal_nocase(ovf_bytes_from_text(path + len - n), ending);
}

static enum ovf_status write_talk(void *context, const void *data, size_t len)
{
    (void)context;
    (void)fwrite(data, 1, len, stderr);
    return OVF_OK;
}

struct ovf_sink ovf_output_talk(void)
{
    return (struct ovf_sink){write_talk, NULL};
}

static enum ovf_status cannot(const char *path, int error, struct ovf_error *err)
{
    return ovf_error_set(err, OVF_E_IO, "cannot write to %s: %s", path, strerror(error));
}

/** What the link \p path points to, relative to its own folder; NULL with errno set. */
static char *follow_link(const char *path)
{
    char name[4096];
    const ssize_t n = readlink(path, name, sizeof name - 1);
    if (n < 0)
        return NULL;
    name[n] = '\0';
    const char *const slash = name[0] == '/' ? NULL : strrchr(path, '/');
    const size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    char *const next = malloc(folder + (size_t)n + 1);
    if (next == NULL)
        return NULL;
    memcpy(next, path, folder);
    memcpy(next + folder, name, (size_t)n + 1);
    return next;
}

/** The name behind all links, which need not exist; NULL with errno set. */
static char *resolve(const char *path)
{
    struct stat what;
    char *at = strdup(path);
    for (int i = 0; at != NULL && lstat(at, &what) == 0 && S_ISLNK(what.st_mode); i++) {
        char *const next = i < MAX_LINKS ? follow_link(at) : NULL;
        const int error = i < MAX_LINKS ? errno : ELOOP;
        free(at);
        at = next;
        errno = error;
    }
    return at;
}

/** A new file beside the target, under a name that nobody uses. */
static bool open_part(struct ovf_output *out)
{
    const size_t size = strlen(out->target) + PART_SUFFIX_SIZE;
    out->part_path = malloc(size);
    if (out->part_path == NULL)
        return false;
    int fd = -1;
    errno = EEXIST;
    for (int i = 0; i < MAX_PARTS && fd < 0 && errno == EEXIST; i++) {
        (void)snprintf(out->part_path, size, "%s.%ld-%d.part", out->target, (long)getpid(), i);
        fd = open(out->part_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    if (fd < 0)
        return false;
    if (out->has_old)
        (void)fchmod(fd, out->old.st_mode & 0777); /* who could read it before still can */
    out->file = fdopen(fd, "wb");
    if (out->file != NULL)
        return true;
    const int error = errno;
    (void)close(fd);
    (void)unlink(out->part_path);
    errno = error;
    return false;
}

static bool open_target(struct ovf_output *out)
{
    struct stat what;
    const bool exists = stat(out->path, &what) == 0;
    if (exists && !S_ISREG(what.st_mode)) {
        out->file = fopen(out->path, "wb");
        return out->file != NULL;
    }
    out->has_old = exists;
    if (exists)
        out->old = what;
    if (exists && access(out->path, W_OK) != 0)
        return false;
    out->target = resolve(out->path);
    return out->target != NULL && open_part(out);
}

static void forget(struct ovf_output *output)
{
    free(output->target);
    free(output->part_path);
    *output = (struct ovf_output){.path = output->path};
}

enum ovf_status ovf_output_open(const char *path, struct ovf_output *out, struct ovf_error *err)
{
    *out = (struct ovf_output){.path = path, .sink = {write_file, out}};
    if (path == NULL || strcmp(path, "-") == 0) {
        out->path = "standard output";
        out->file = stdout;
        if (isatty(STDOUT_FILENO) == 0)
            (void)setvbuf(stdout, unwritten, _IOFBF, sizeof unwritten);
        out->has_old = fstat(STDOUT_FILENO, &out->old) == 0 && S_ISREG(out->old.st_mode);
        return OVF_OK;
    }
    errno = 0;
    if (open_target(out))
        return OVF_OK;
    const enum ovf_status st =
        errno == ENOMEM ? OVF_E_NOMEM : cannot(path, errno != 0 ? errno : EIO, err);
    forget(out);
    return st;
}

bool ovf_output_is(const struct ovf_output *output, const char *path)
{
    struct stat what;
    return output->has_old && stat(path, &what) == 0 && what.st_dev == output->old.st_dev &&
           what.st_ino == output->old.st_ino;
}

enum ovf_status ovf_output_close(struct ovf_output *output, bool keep, struct ovf_error *err)
{
    if (output->file == NULL)
        return OVF_OK;
    int error = output->error;
    errno = 0;
    if ((output->file == stdout ? fflush(stdout) : fclose(output->file)) != 0 && error == 0)
        error = errno != 0 ? errno : EIO;
    if (output->target != NULL && keep && error == 0 &&
        rename(output->part_path, output->target) != 0)
        error = errno;
    if (output->target != NULL && (!keep || error != 0))
        (void)unlink(output->part_path);
    const enum ovf_status st = error != 0 ? cannot(output->path, error, err) : OVF_OK;
    forget(output);
    return st;
}
