/* SPDX-License-Identifier: Apache-2.0 */
/* A file as memory, for reading. It must not be shortened while it is mapped. */
#ifndef OVF_SOURCE_MAPPED_H
#define OVF_SOURCE_MAPPED_H

#include "base/bytes.h"
#include "base/error.h"

/** Zero-initialise. bytes stay good until closing; page-aligned, empty for an empty file. */
struct ovf_mapped {
    struct ovf_bytes bytes;
    void *address; /* NULL: nothing is mapped */
};

/**
 * Map \p path.
 * \retval OVF_E_NOTFOUND  it does not exist
 * \retval OVF_E_IO        it is no regular file, or the system refused; \p err says why
 */
OVF_NODISCARD enum ovf_status ovf_mapped_open(const char *path, struct ovf_mapped *mapped,
                                              struct ovf_error *err);
void ovf_mapped_close(struct ovf_mapped *mapped);

#endif
