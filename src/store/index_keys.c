/* SPDX-License-Identifier: Apache-2.0 */
/* An entry is its texts, each with its NUL, so that a text comes before those that begin with it. They are compared by
 * their bytes, as SQLite's BINARY does: eight of them at a time. */
#include "store/index_keys.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/radix.h"
#include "store/record.h"
#include "store/scratch.h"

enum { WORD_BYTES = 8, FEW = 32, AHEAD = 8 };

/* What an entry takes in an image beside its texts: where it is, how long, of which types, and its row. */
enum { ENTRY_BYTES = 12 };

void ovf_index_keys_deinit(struct ovf_index_keys *keys)
{
    ovf_buffer_deinit(&keys->bytes);
    free(keys->offsets);
    *keys = (struct ovf_index_keys){.n_texts = keys->n_texts};
}

size_t ovf_index_keys_size(const struct ovf_index_keys *keys)
{
    return keys->bytes.len + keys->n * sizeof *keys->offsets;
}

enum ovf_status ovf_index_keys_add(struct ovf_index_keys *keys, const struct ovf_bytes *texts)
{
    size_t *const grown =
        ovf_array_reserve(keys->offsets, &keys->offsets_capacity, keys->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    keys->offsets = grown;
    const size_t begin = keys->bytes.len;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < keys->n_texts && st == OVF_OK; i++)
        st = ovf_buffer_append(&keys->bytes, texts[i].data, texts[i].len);
    if (st != OVF_OK)
        return st;
    keys->offsets[keys->n++] = begin;
    return OVF_OK;
}

static struct ovf_bytes entry_of(const struct ovf_index_keys *keys, size_t i)
{
    const size_t begin = keys->offsets[i];
    const size_t end = i + 1 < keys->n ? keys->offsets[i + 1] : keys->bytes.len;
    return (struct ovf_bytes){keys->bytes.data + begin, end - begin};
}

/** Eight bytes of an entry from \p at on as a number; behind its end are NULs. */
static uint64_t word_of(struct ovf_bytes entry, size_t at)
{
    const size_t n = entry.len - at < WORD_BYTES ? entry.len - at : WORD_BYTES;
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++)
        word = word << 8 | entry.data[at + i];
    return n > 0 ? word << 8 * (WORD_BYTES - n) : 0;
}

/** Equal entries stay in order, which is that of their rows. */
static void sort_few(const struct ovf_index_keys *keys, struct ovf_keyed *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct ovf_keyed item = items[i];
        const struct ovf_bytes entry = entry_of(keys, item.value);
        size_t k = i;
        for (; k > 0 && ovf_bytes_compare(entry_of(keys, items[k - 1].value), entry) > 0; k--)
            items[k] = items[k - 1];
        items[k] = item;
    }
}

/** By the bytes from \p at on; those before are equal. */
static void sort_from(const struct ovf_index_keys *keys, struct ovf_keyed *items,
                      struct ovf_keyed *spare, size_t n, size_t at)
{
    if (n <= FEW) {
        sort_few(keys, items, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        items[i].key = word_of(entry_of(keys, items[i].value), at);
    ovf_radix_sort(items, spare, n);
    for (size_t begin = 0, end; begin < n; begin = end) {
        for (end = begin + 1; end < n && items[end].key == items[begin].key;)
            end++;
        if (end - begin > 1 && entry_of(keys, items[begin].value).len > at + WORD_BYTES)
            sort_from(keys, items + begin, spare, end - begin, at + WORD_BYTES);
    }
}

enum ovf_status ovf_index_keys_sorted(const struct ovf_index_keys *keys, struct ovf_image *image)
{
    struct ovf_record record = {0};
    enum ovf_status st = ovf_image_reserve(image, keys->bytes.len + keys->n * ENTRY_BYTES);
    if (st != OVF_OK)
        return st;
    struct ovf_keyed *const items = ovf_scratch_new(2 * keys->n, sizeof *items);
    if (items == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < keys->n; i++)
        items[i].value = i;
    sort_from(keys, items, items + keys->n, keys->n, 0);
    for (size_t i = 0; i < keys->n && st == OVF_OK; i++) {
        struct ovf_bytes bytes;
        const size_t row = items[i].value;
        if (i + 2 * AHEAD < keys->n) {
            __builtin_prefetch(&keys->offsets[items[i + 2 * AHEAD].value]);
            __builtin_prefetch(entry_of(keys, items[i + AHEAD].value).data);
        }
        st = ovf_record_of_key(&record, entry_of(keys, row), keys->n_texts, (int64_t)row + 1,
                               &bytes);
        if (st == OVF_OK)
            st = ovf_image_add_key(image, bytes);
    }
    ovf_record_deinit(&record);
    free(items);
    return st;
}
