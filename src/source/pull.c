/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes from front to back. */
#include "source/pull.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Read behind what was skipped: a member's header, and what may stand before it. */
#define BLOCK_MIN_BYTES ((size_t)4 << 10)

enum ovf_status ovf_raw_init(struct ovf_raw *raw, const struct ovf_space *space, int fd,
                             const char *name)
{
    *raw =
        (struct ovf_raw){.space = space, .fd = fd, .name = name, .n_wanted = OVF_PULL_BLOCK_BYTES};
    raw->block = malloc(OVF_PULL_BLOCK_BYTES);
    return raw->block == NULL ? OVF_E_NOMEM : OVF_OK;
}

void ovf_raw_deinit(struct ovf_raw *raw)
{
    ovf_sha256_free(raw->hash);
    ovf_space_reader_deinit(&raw->reader);
    free(raw->block);
    *raw = (struct ovf_raw){.fd = -1};
}

/* A pipe gives what it has; blocks are filled all the same, so that the first is enough to sniff. */
static enum ovf_status fill_from_fd(struct ovf_raw *raw, struct ovf_error *err)
{
    raw->n_block = 0;
    while (raw->n_block < OVF_PULL_BLOCK_BYTES) {
        const ssize_t n =
            read(raw->fd, raw->block + raw->n_block, OVF_PULL_BLOCK_BYTES - raw->n_block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ovf_error_set(err, OVF_E_IO, "%s: %s", raw->name, strerror(errno));
        if (n == 0)
            break;
        raw->n_block += (size_t)n;
    }
    return OVF_OK;
}

static enum ovf_status hash_block(struct ovf_raw *raw)
{
    return ovf_sha256_update(raw->hash, (struct ovf_bytes){raw->block, raw->n_block});
}

enum ovf_status ovf_raw_hash(struct ovf_raw *raw)
{
    const enum ovf_status st = ovf_sha256_new(&raw->hash);
    return st == OVF_OK && raw->is_peeked ? hash_block(raw) : st;
}

/** Blocks grow again while nothing is skipped. */
static enum ovf_status fill_from_space(struct ovf_raw *raw, struct ovf_error *err)
{
    const size_t n = raw->n_wanted;
    raw->n_wanted = n * 2 < OVF_PULL_BLOCK_BYTES ? n * 2 : OVF_PULL_BLOCK_BYTES;
    return ovf_space_read(&raw->reader, (struct ovf_space_at){raw->space, raw->n_bytes}, raw->block,
                          n, &raw->n_block, err);
}

static enum ovf_status fill(struct ovf_raw *raw, struct ovf_error *err)
{
    const enum ovf_status st =
        raw->space != NULL ? fill_from_space(raw, err) : fill_from_fd(raw, err);
    if (st != OVF_OK)
        return st;
    raw->n_bytes += raw->n_block;
    return raw->hash != NULL ? hash_block(raw) : OVF_OK;
}

enum ovf_status ovf_raw_peek(struct ovf_raw *raw, struct ovf_bytes *bytes, struct ovf_error *err)
{
    const enum ovf_status st = fill(raw, err);
    raw->is_peeked = st == OVF_OK;
    *bytes = (struct ovf_bytes){raw->block, raw->n_block};
    return st;
}

enum ovf_status ovf_raw_next(void *context, struct ovf_bytes *bytes, struct ovf_error *err)
{
    struct ovf_raw *raw = context;
    enum ovf_status st = OVF_OK;
    if (!raw->is_peeked)
        st = fill(raw, err);
    raw->is_peeked = false;
    *bytes = (struct ovf_bytes){raw->block, raw->n_block};
    return st;
}

uint64_t ovf_raw_skip(void *context, uint64_t n_bytes)
{
    struct ovf_raw *raw = context;
    if (raw->space == NULL || raw->hash != NULL || raw->is_peeked)
        return 0;
    const uint64_t left = raw->space->n_bytes - raw->n_bytes;
    const uint64_t n = n_bytes < left ? n_bytes : left;
    raw->n_bytes += n;
    raw->n_wanted = BLOCK_MIN_BYTES;
    return n;
}

enum ovf_status ovf_raw_finish(struct ovf_raw *raw, struct ovf_digest *digest, uint64_t *n_bytes,
                               struct ovf_error *err)
{
    struct ovf_bytes bytes = {NULL, 1};
    while (bytes.len > 0) {
        const enum ovf_status st = ovf_raw_next(raw, &bytes, err);
        if (st != OVF_OK)
            return st;
    }
    *n_bytes = raw->n_bytes;
    return ovf_sha256_finish(raw->hash, digest);
}

enum ovf_status ovf_gunzip_init(struct ovf_gunzip *gunzip, struct ovf_pull from)
{
    *gunzip = (struct ovf_gunzip){.from = from, .reject = OVF_REJECT_N};
    gunzip->block = malloc(OVF_PULL_BLOCK_BYTES);
    if (gunzip->block == NULL || ovf_inflate_new(&gunzip->inflate) != OVF_OK) {
        ovf_gunzip_deinit(gunzip);
        return OVF_E_NOMEM;
    }
    return OVF_OK;
}

void ovf_gunzip_deinit(struct ovf_gunzip *gunzip)
{
    ovf_inflate_free(gunzip->inflate);
    free(gunzip->block);
    gunzip->inflate = NULL;
    gunzip->block = NULL;
}

enum ovf_status ovf_gunzip_next(void *context, struct ovf_bytes *bytes, struct ovf_error *err)
{
    struct ovf_gunzip *gunzip = context;
    size_t n = 0;
    /* Step first: igzip may hold back what did not fit the block before. */
    while (gunzip->reject == OVF_REJECT_N) {
        gunzip->reject = ovf_inflate_step(gunzip->inflate, &gunzip->in, gunzip->block,
                                          OVF_PULL_BLOCK_BYTES, &n, &gunzip->error);
        if (n > 0 || gunzip->reject != OVF_REJECT_N)
            break;
        const enum ovf_status st = gunzip->from.next(gunzip->from.context, &gunzip->in, err);
        if (st != OVF_OK)
            return st;
        if (gunzip->in.len == 0) {
            gunzip->reject = ovf_inflate_end(gunzip->inflate, &gunzip->error);
            break;
        }
    }
    *bytes = (struct ovf_bytes){gunzip->block, n};
    return OVF_OK;
}
