/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of bytes over files. */
#include "source/space.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"

void ovf_space_deinit(struct ovf_space *space)
{
    for (size_t i = 0; i < space->n_parts; i++)
        free(space->parts[i].path);
    free(space->parts);
    *space = (struct ovf_space){0};
}

static enum ovf_status add_part(struct ovf_space *space, struct ovf_space_part part)
{
    if (part.n_bytes > UINT64_MAX - space->n_bytes)
        return OVF_E_RANGE;
    struct ovf_space_part *grown =
        ovf_array_reserve(space->parts, &space->capacity, space->n_parts + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    space->parts = grown;
    part.start = space->n_bytes;
    space->parts[space->n_parts++] = part;
    space->n_bytes += part.n_bytes;
    return OVF_OK;
}

enum ovf_status ovf_space_add_file(struct ovf_space *space, const char *path, struct ovf_error *err)
{
    struct ovf_space_part part = {.fd = -1};
    if (stat(path, &part.seen) != 0)
        return ovf_error_set(err, errno == ENOENT ? OVF_E_NOTFOUND : OVF_E_IO, "%s: %s", path,
                             strerror(errno));
    if (!S_ISREG(part.seen.st_mode))
        return ovf_error_set(err, OVF_E_IO, "%s: not a regular file", path);
    part.n_bytes = (uint64_t)part.seen.st_size;
    part.path = strdup(path);
    const enum ovf_status st = part.path == NULL ? OVF_E_NOMEM : add_part(space, part);
    if (st != OVF_OK)
        free(part.path);
    return st;
}

enum ovf_status ovf_space_add_fd(struct ovf_space *space, int fd, uint64_t offset, uint64_t n_bytes)
{
    return add_part(space,
                    (struct ovf_space_part){.fd = fd, .fd_offset = offset, .n_bytes = n_bytes});
}

enum ovf_status ovf_fd_open(const char *path, int *fd, struct ovf_error *err)
{
    do
        *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (*fd < 0 && errno == EINTR);
    if (*fd >= 0)
        return OVF_OK;
    return ovf_error_set(err, errno == ENOENT ? OVF_E_NOTFOUND : OVF_E_IO, "%s: %s", path,
                         strerror(errno));
}

enum ovf_status ovf_fd_read_at(int fd, const char *name, uint64_t offset, void *data, size_t len,
                               size_t *n_read, struct ovf_error *err)
{
    unsigned char *at = data;
    *n_read = 0;
    while (*n_read < len) {
        const ssize_t n = pread(fd, at + *n_read, len - *n_read, (off_t)(offset + *n_read));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ovf_error_set(err, OVF_E_IO, "%s: %s", name, strerror(errno));
        if (n == 0)
            break;
        *n_read += (size_t)n;
    }
    return OVF_OK;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

void ovf_space_reader_deinit(struct ovf_space_reader *reader)
{
    if (reader->part != NULL)
        (void)close(reader->fd);
    *reader = (struct ovf_space_reader){0};
}

/** The file of \p part is the one that is open. */
static enum ovf_status open_part(struct ovf_space_reader *reader, const struct ovf_space_part *part,
                                 struct ovf_error *err)
{
    int fd = -1;
    if (reader->part == part)
        return OVF_OK;
    ovf_space_reader_deinit(reader);
    const enum ovf_status st = ovf_fd_open(part->path, &fd, err);
    if (st != OVF_OK)
        return st == OVF_E_NOTFOUND ? OVF_E_IO : st;
    *reader = (struct ovf_space_reader){part, fd};
    return OVF_OK;
}

static enum ovf_status read_file(struct ovf_space_reader *reader, const struct ovf_space_part *part,
                                 uint64_t offset, void *data, size_t len, struct ovf_error *err)
{
    struct stat now;
    size_t n = 0;
    enum ovf_status st = open_part(reader, part, err);
    if (st != OVF_OK)
        return st;
    if (fstat(reader->fd, &now) != 0)
        return ovf_error_set(err, OVF_E_IO, "%s: %s", part->path, strerror(errno));
    st = ovf_fd_read_at(reader->fd, part->path, offset, data, len, &n, err);
    if (st == OVF_OK && (n < len || !is_same(&now, &part->seen)))
        return ovf_error_set(err, OVF_E_IO, "%s: changed while it was being read", part->path);
    return st;
}

/* All of [offset, offset + len) of one part. */
static enum ovf_status read_part(struct ovf_space_reader *reader, const struct ovf_space_part *part,
                                 uint64_t offset, void *data, size_t len, struct ovf_error *err)
{
    size_t n = 0;
    if (part->path != NULL)
        return read_file(reader, part, offset, data, len, err);
    const enum ovf_status st =
        ovf_fd_read_at(part->fd, "temporary file", part->fd_offset + offset, data, len, &n, err);
    if (st == OVF_OK && n < len)
        return ovf_error_set(err, OVF_E_IO, "temporary file: ends early");
    return st;
}

enum ovf_status ovf_space_read(struct ovf_space_reader *reader, struct ovf_space_at from,
                               void *data, size_t len, size_t *n_read, struct ovf_error *err)
{
    const struct ovf_space *space = from.space;
    unsigned char *at = data;
    *n_read = 0;
    size_t i = 0;
    while (i < space->n_parts && from.offset - space->parts[i].start >= space->parts[i].n_bytes)
        i++;
    for (; i < space->n_parts && *n_read < len; i++) {
        const struct ovf_space_part *part = &space->parts[i];
        const uint64_t begin = from.offset + *n_read - part->start;
        const uint64_t there = part->n_bytes - begin;
        const size_t want = len - *n_read < there ? len - *n_read : (size_t)there;
        if (want == 0)
            continue;
        const enum ovf_status st = read_part(reader, part, begin, at + *n_read, want, err);
        if (st != OVF_OK)
            return st;
        *n_read += want;
    }
    return OVF_OK;
}
