/* SPDX-License-Identifier: Apache-2.0 */
/* The entries of an index over texts, gathered row by row and put in order at the end. */
#ifndef OVF_STORE_INDEX_KEYS_H
#define OVF_STORE_INDEX_KEYS_H

#include "store/image.h"

#define OVF_INDEX_TEXTS_MAX 4

/** Zero-initialise with the number of texts. */
struct ovf_index_keys {
    size_t n_texts;
    struct ovf_buffer bytes; /* of all entries */
    size_t *offsets;         /* in bytes, of the row with number i + 1 */
    size_t n;
    size_t offsets_capacity;
};

void ovf_index_keys_deinit(struct ovf_index_keys *keys);

/** Bytes that are held. */
size_t ovf_index_keys_size(const struct ovf_index_keys *keys);

/** The entry of the next row, the first of which is 1; each text has its NUL, and something before it. */
OVF_NODISCARD enum ovf_status ovf_index_keys_add(struct ovf_index_keys *keys,
                                                 const struct ovf_bytes *texts);

/** Add all to \p image in SQLite's order. \retval OVF_E_LIMIT  one is longer than an image takes */
OVF_NODISCARD enum ovf_status ovf_index_keys_sorted(const struct ovf_index_keys *keys,
                                                    struct ovf_image *image);

#endif
