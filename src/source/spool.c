/* SPDX-License-Identifier: Apache-2.0 */
/* The temporary file. */
#include "source/spool.h"

#include <unistd.h>

#include "source/temp_file.h"

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

enum ovf_status ovf_spool_flush(struct ovf_spool *spool, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (spool->pending.len == 0)
        return OVF_OK;
    if (spool->fd < 0)
        st = ovf_temp_file_open(&spool->fd, err);
    if (st == OVF_OK)
        st = ovf_temp_file_write(spool->fd, spool->pending.data, spool->pending.len,
                                 spool->n_written, err);
    if (st != OVF_OK)
        return st;
    spool->n_written += spool->pending.len;
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
