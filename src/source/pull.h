/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes taken from front to back, block by block: a space or a descriptor (a pipe), hashed as they
 * pass where that is wanted; and the same inflated. */
#ifndef OVF_SOURCE_PULL_H
#define OVF_SOURCE_PULL_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/tally.h"
#include "source/inflate.h"
#include "source/space.h"

#define OVF_PULL_BLOCK_BYTES ((size_t)256 << 10)

/** Where an archive comes from. next gives the next bytes, none at the end; they are borrowed until
 * the next call. skip passes over as many of those behind them as it can, of those that are asked for, and says how
 * many; NULL: none. */
struct ovf_pull {
    enum ovf_status (*next)(void *context, struct ovf_bytes *bytes, struct ovf_error *err);
    void *context;
    uint64_t (*skip)(void *context, uint64_t n_bytes);
};

struct ovf_raw {
    const struct ovf_space *space; /* borrowed; NULL: fd is read */
    struct ovf_space_reader reader;
    int fd;                  /* borrowed */
    const char *name;        /* for errors; borrowed */
    struct ovf_sha256 *hash; /* NULL: they are not hashed */
    unsigned char *block;
    size_t n_block;   /* bytes in block */
    size_t n_wanted;  /* in the next one, of a space */
    bool is_peeked;   /* block is to be given again */
    uint64_t n_bytes; /* read or skipped so far */
};

OVF_NODISCARD enum ovf_status ovf_raw_init(struct ovf_raw *raw, const struct ovf_space *space,
                                           int fd, const char *name);
void ovf_raw_deinit(struct ovf_raw *raw);

/** The first block, which is given once more by the first next. */
OVF_NODISCARD enum ovf_status ovf_raw_peek(struct ovf_raw *raw, struct ovf_bytes *bytes,
                                           struct ovf_error *err);

/** Hash all from the beginning; after nothing, or a peek. */
OVF_NODISCARD enum ovf_status ovf_raw_hash(struct ovf_raw *raw);

OVF_NODISCARD enum ovf_status ovf_raw_next(void *raw, struct ovf_bytes *bytes,
                                           struct ovf_error *err);

/** What is hashed or no space is not skipped. */
uint64_t ovf_raw_skip(void *raw, uint64_t n_bytes);

/** Read to the end; the digest and number of all bytes. They are hashed. */
OVF_NODISCARD enum ovf_status ovf_raw_finish(struct ovf_raw *raw, struct ovf_digest *digest,
                                             uint64_t *n_bytes, struct ovf_error *err);

struct ovf_gunzip {
    struct ovf_pull from;
    struct ovf_inflate *inflate;
    unsigned char *block;
    struct ovf_bytes in;    /* not yet inflated */
    enum ovf_reject reject; /* why it ended early, else OVF_REJECT_N */
    struct ovf_error error; /* the same in words */
};

OVF_NODISCARD enum ovf_status ovf_gunzip_init(struct ovf_gunzip *gunzip, struct ovf_pull from);
void ovf_gunzip_deinit(struct ovf_gunzip *gunzip);

/** What is rejected ends; the caller looks at reject then. */
OVF_NODISCARD enum ovf_status ovf_gunzip_next(void *gunzip, struct ovf_bytes *bytes,
                                              struct ovf_error *err);

#endif
