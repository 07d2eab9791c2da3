/* SPDX-License-Identifier: Apache-2.0 */
/* A record is its aircraft, its length, whether it was disturbed, and its runs; records stand in blocks, which begin
 * with the first of an aircraft. */
#include "run/heard_spool.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/array.h"
#include "source/temp_file.h"

enum { BLOCK_BYTES = 1 << 17 };

struct record {
    uint32_t address;
    uint32_t len;
    uint32_t is_disturbed; /* a run of it */
};

struct block {
    uint64_t begin;
    size_t len;
};

struct ovf_heard_spool {
    pthread_mutex_t lock;
    int fd;
    uint64_t file_len;
    struct block *blocks;
    size_t n_blocks;
    size_t blocks_capacity;
};

enum ovf_status ovf_heard_spool_new(struct ovf_heard_spool **out)
{
    struct ovf_heard_spool *spool = calloc(1, sizeof *spool);
    if (spool == NULL)
        return OVF_E_NOMEM;
    if (pthread_mutex_init(&spool->lock, NULL) != 0) {
        free(spool);
        return OVF_E_NOMEM;
    }
    spool->fd = -1;
    *out = spool;
    return OVF_OK;
}

void ovf_heard_spool_free(struct ovf_heard_spool *spool)
{
    if (spool == NULL)
        return;
    (void)pthread_mutex_destroy(&spool->lock);
    if (spool->fd >= 0)
        (void)close(spool->fd);
    free(spool->blocks);
    free(spool);
}

/** A place for a block in the file. */
static enum ovf_status reserve(struct ovf_heard_spool *spool, size_t len, uint64_t *begin,
                               struct ovf_error *err)
{
    struct block *grown = ovf_array_reserve(spool->blocks, &spool->blocks_capacity,
                                            spool->n_blocks + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    spool->blocks = grown;
    if (spool->fd < 0) {
        const enum ovf_status st = ovf_temp_file_open(&spool->fd, err);
        if (st != OVF_OK)
            return st;
    }
    *begin = spool->file_len;
    spool->blocks[spool->n_blocks++] = (struct block){*begin, len};
    spool->file_len += len;
    return OVF_OK;
}

enum ovf_status ovf_heard_spool_finish(struct ovf_heard_spool *spool, struct ovf_buffer *records,
                                       struct ovf_error *err)
{
    uint64_t begin = 0;
    if (records->len == 0)
        return OVF_OK;
    (void)pthread_mutex_lock(&spool->lock);
    enum ovf_status st = reserve(spool, records->len, &begin, err);
    (void)pthread_mutex_unlock(&spool->lock);
    if (st == OVF_OK)
        st = ovf_temp_file_write(spool->fd, records->data, records->len, begin, err);
    records->len = 0;
    return st;
}

enum ovf_status ovf_heard_spool_end_aircraft(struct ovf_heard_spool *spool,
                                             struct ovf_buffer *records, struct ovf_error *err)
{
    return records->len >= BLOCK_BYTES ? ovf_heard_spool_finish(spool, records, err) : OVF_OK;
}

enum ovf_status ovf_heard_spool_add(uint32_t address, const struct ovf_heard *heard,
                                    struct ovf_buffer *records)
{
    struct record record = {.address = address};
    const size_t at = records->len;
    for (size_t i = 0; i < heard->n; i++)
        record.is_disturbed |= heard->runs[i].is_disturbed ? 1 : 0;
    enum ovf_status st = ovf_buffer_append(records, &record, sizeof record);
    if (st == OVF_OK)
        st = ovf_heard_pack(heard->runs, heard->n, records);
    if (st != OVF_OK)
        return st;
    const size_t len = records->len - at - sizeof record;
    if (len > UINT32_MAX)
        return OVF_E_LIMIT;
    record.len = (uint32_t)len;
    memcpy(records->data + at, &record, sizeof record);
    return OVF_OK;
}

/** What is shown to whom. */
struct viewing {
    ovf_heard_fn *show;
    void *context;
    bool wants_all; /* or what was disturbed */
};

static enum ovf_status show_block(struct ovf_bytes block, const struct viewing *viewing)
{
    enum ovf_status st = OVF_OK;
    while (block.len > 0 && st == OVF_OK) {
        struct record record;
        memcpy(&record, block.data, sizeof record);
        if (viewing->wants_all || record.is_disturbed != 0)
            st = viewing->show(viewing->context, record.address,
                               (struct ovf_bytes){block.data + sizeof record, record.len});
        block.data += sizeof record + record.len;
        block.len -= sizeof record + record.len;
    }
    return st;
}

static enum ovf_status show_blocks(const struct ovf_heard_spool *spool,
                                   const struct viewing *viewing, struct ovf_error *err)
{
    struct ovf_buffer block = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < spool->n_blocks && st == OVF_OK; i++) {
        block.len = 0;
        st = ovf_buffer_reserve(&block, spool->blocks[i].len);
        if (st == OVF_OK)
            st = ovf_temp_file_read(spool->fd, block.data, spool->blocks[i].len,
                                    spool->blocks[i].begin, err);
        block.len = spool->blocks[i].len;
        if (st == OVF_OK)
            st = show_block(ovf_buffer_bytes(&block), viewing);
    }
    ovf_buffer_deinit(&block);
    return st;
}

enum ovf_status ovf_heard_spool_show(const struct ovf_heard_spool *spool, ovf_heard_fn *show,
                                     void *context, struct ovf_error *err)
{
    const struct viewing viewing = {show, context, true};
    return show_blocks(spool, &viewing, err);
}

enum ovf_status ovf_heard_spool_show_disturbed(const struct ovf_heard_spool *spool,
                                               ovf_heard_fn *show, void *context,
                                               struct ovf_error *err)
{
    const struct viewing viewing = {show, context, false};
    return show_blocks(spool, &viewing, err);
}
