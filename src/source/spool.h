/* SPDX-License-Identifier: Apache-2.0 */
/* A temporary file without a name, in $TMPDIR or /tmp, for what cannot be read twice. Appended to by
 * one thread; afterwards read by offset through its descriptor by any number. */
#ifndef OVF_SOURCE_SPOOL_H
#define OVF_SOURCE_SPOOL_H

#include "base/buffer.h"
#include "base/error.h"

struct ovf_spool {
    int fd; /* -1: none yet */
    uint64_t n_written;
    struct ovf_buffer pending; /* behind what is written */
};

#define OVF_SPOOL_INIT ((struct ovf_spool){.fd = -1})

void ovf_spool_deinit(struct ovf_spool *spool);

/** Where the next byte will lie. */
uint64_t ovf_spool_end(const struct ovf_spool *spool);

/** OVF_E_IO: no such file can be made, or the disk is full; \p err says where. */
OVF_NODISCARD enum ovf_status ovf_spool_append(struct ovf_spool *spool, struct ovf_bytes bytes,
                                               struct ovf_error *err);

/** Forget everything from \p offset on. */
void ovf_spool_cut(struct ovf_spool *spool, uint64_t offset);

/** Write what is pending; needed before reading. */
OVF_NODISCARD enum ovf_status ovf_spool_flush(struct ovf_spool *spool, struct ovf_error *err);

#endif
