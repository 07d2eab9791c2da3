/* SPDX-License-Identifier: Apache-2.0 */
/* Many texts, each kept where it does not move. */
#ifndef OVF_BASE_TEXTS_H
#define OVF_BASE_TEXTS_H

#include <stddef.h>

#include "base/bytes.h"

/** Zero-initialise. */
struct ovf_texts {
    struct ovf_texts_block *blocks; /* private, like all below */
    size_t used;                    /* of the first block */
    struct ovf_bytes last;
};

void ovf_texts_deinit(struct ovf_texts *texts);

/** What \p from keeps stands as long as \p texts; \p from is empty then. */
void ovf_texts_take(struct ovf_texts *texts, struct ovf_texts *from);

/** A copy of \p text, NUL-terminated, that stands until deinit; NULL: no memory. The text kept last is not
 * kept twice. */
const char *ovf_texts_keep(struct ovf_texts *texts, struct ovf_bytes text);

#endif
