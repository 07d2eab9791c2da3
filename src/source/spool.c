/* SPDX-License-Identifier: Apache-2.0 */
/* The temporary file. */
#include "source/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FLUSH_BYTES ((size_t)1 << 20)

void ovf_spool_deinit(struct ovf_spool *spool)
{
    if (spool->fd >= 0)
        (void)close(spool->fd);
    ovf_buffer_deinit(&spool->pending);
    *spool = OVF_SPOOL_INIT;
}

uint64_t ovf_spool_end(const struct ovf_spool *spool)
{
    return spool->n_written + spool->pending.len;
}

static const char *folder(void)
{
    const char *dir = getenv("TMPDIR");
    return dir != NULL && dir[0] != '\0' ? dir : "/tmp";
}

static enum ovf_status fail(struct ovf_error *err)
{
    return ovf_error_set(err, OVF_E_IO, "temporary file in %s: %s (set TMPDIR to another folder)",
                         folder(), strerror(errno));
}

static enum ovf_status open_once(struct ovf_spool *spool, struct ovf_error *err)
{
    if (spool->fd >= 0)
        return OVF_OK;
    char path[4096];
    const int n = snprintf(path, sizeof path, "%s/overflight-XXXXXX", folder());
    if (n < 0 || (size_t)n >= sizeof path) {
        errno = ENAMETOOLONG;
        return fail(err);
    }
    spool->fd = mkstemp(path); /* mode 0600 */
    if (spool->fd < 0)
        return fail(err);
    (void)unlink(path);
    (void)fcntl(spool->fd, F_SETFD, FD_CLOEXEC);
    return OVF_OK;
}

enum ovf_status ovf_spool_flush(struct ovf_spool *spool, struct ovf_error *err)
{
    size_t done = 0;
    if (spool->pending.len == 0)
        return OVF_OK;
    const enum ovf_status st = open_once(spool, err);
    if (st != OVF_OK)
        return st;
    while (done < spool->pending.len) {
        const ssize_t n = pwrite(spool->fd, spool->pending.data + done, spool->pending.len - done,
                                 (off_t)(spool->n_written + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(err);
        done += (size_t)n;
    }
    spool->n_written += done;
    spool->pending.len = 0;
    return OVF_OK;
}

enum ovf_status ovf_spool_append(struct ovf_spool *spool, struct ovf_bytes bytes,
                                 struct ovf_error *err)
{
    const enum ovf_status st = ovf_buffer_append(&spool->pending, bytes.data, bytes.len);
    if (st != OVF_OK)
        return ovf_error_set(err, st, "no memory");
    return spool->pending.len < FLUSH_BYTES ? OVF_OK : ovf_spool_flush(spool, err);
}

void ovf_spool_cut(struct ovf_spool *spool, uint64_t offset)
{
    if (offset >= spool->n_written) {
        spool->pending.len = (size_t)(offset - spool->n_written);
    } else {
        spool->pending.len = 0;
        spool->n_written = offset;
    }
}
