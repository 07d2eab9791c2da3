/* SPDX-License-Identifier: Apache-2.0 */
/* A store without results, in a folder of its own: what live feeds are shown over when nothing was scanned yet. */
#ifndef OVF_SERVE_EMPTY_STORE_H
#define OVF_SERVE_EMPTY_STORE_H

#include "base/error.h"

enum { OVF_EMPTY_STORE_SIZE = 512 };

/** Zero-initialise. */
struct ovf_empty_store {
    char folder[OVF_EMPTY_STORE_SIZE]; /* "": there is none */
    char path[OVF_EMPTY_STORE_SIZE + 16];
};

/** Make it in $TMPDIR, else /tmp; nothing when it is there. \retval OVF_E_IO, OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_empty_store_make(struct ovf_empty_store *store,
                                                   struct ovf_error *err);

/** Twice is fine. */
void ovf_empty_store_remove(struct ovf_empty_store *store);

#endif
