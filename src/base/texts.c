/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks in a list, the one being filled first. */
#include "base/texts.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 16 };

struct ovf_texts_block {
    struct ovf_texts_block *next;
    size_t size;
    char text[];
};

void ovf_texts_deinit(struct ovf_texts *texts)
{
    while (texts->blocks != NULL) {
        struct ovf_texts_block *const next = texts->blocks->next;
        free(texts->blocks);
        texts->blocks = next;
    }
    *texts = (struct ovf_texts){0};
}

void ovf_texts_take(struct ovf_texts *texts, struct ovf_texts *from)
{
    struct ovf_texts_block **last = &texts->blocks;
    while (*last != NULL)
        last = &(*last)->next;
    if (texts->blocks == NULL)
        *texts = *from;
    else
        *last = from->blocks;
    *from = (struct ovf_texts){0};
}

/** Room for \p size bytes in the first block. */
static bool make_room(struct ovf_texts *texts, size_t size)
{
    if (texts->blocks != NULL && texts->blocks->size - texts->used >= size)
        return true;
    const size_t block_size = size > BLOCK_BYTES ? size : BLOCK_BYTES;
    if (block_size > SIZE_MAX - sizeof(struct ovf_texts_block))
        return false;
    struct ovf_texts_block *const block = malloc(sizeof *block + block_size);
    if (block == NULL)
        return false;
    block->next = texts->blocks;
    block->size = block_size;
    texts->blocks = block;
    texts->used = 0;
    return true;
}

const char *ovf_texts_keep(struct ovf_texts *texts, struct ovf_bytes text)
{
    if (texts->last.data != NULL && ovf_bytes_equal(text, texts->last))
        return (const char *)texts->last.data;
    if (text.len == SIZE_MAX || !make_room(texts, text.len + 1))
        return NULL;
    char *const kept = texts->blocks->text + texts->used;
    if (text.len > 0)
        memcpy(kept, text.data, text.len);
    kept[text.len] = '\0';
    texts->used += text.len + 1;
    texts->last = (struct ovf_bytes){(const unsigned char *)kept, text.len};
    return kept;
}
