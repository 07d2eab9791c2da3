/* SPDX-License-Identifier: Apache-2.0 */
/* Heap arrays. Those of megabytes lie in large pages, where the system has them: to give a program one of four
 * kilobytes takes it 0.3 us, or 10 where a virtual machine's host must, which is far more than filling it takes. */
#define _DEFAULT_SOURCE /* madvise */
#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    LARGE_PAGE_BYTES = 2 << 20,
    LARGE_FROM_BYTES = 1 << 20,
    /* The C library moves them without copying (mmap(2), its M_MMAP_THRESHOLD at the most). */
    MOVED_FROM_BYTES = 32 << 20,
};

/** \p n_bytes, rounded up to large pages where they are many. */
static size_t rounded(size_t n_bytes)
{
    return n_bytes < LARGE_FROM_BYTES
               ? n_bytes
               : (n_bytes + LARGE_PAGE_BYTES - 1) / LARGE_PAGE_BYTES * LARGE_PAGE_BYTES;
}

static void *new_in_large_pages(size_t n_bytes)
{
    void *const items = aligned_alloc(LARGE_PAGE_BYTES, n_bytes);
    if (items != NULL)
        (void)madvise(items, n_bytes, MADV_HUGEPAGE);
    return items;
}

void *ovf_array_new(size_t n, size_t item_bytes)
{
    if (n > SIZE_MAX / 2 / item_bytes)
        return NULL;
    const size_t n_bytes = rounded(n > 0 ? n * item_bytes : 1);
    return n_bytes < LARGE_FROM_BYTES ? malloc(n_bytes) : new_in_large_pages(n_bytes);
}

/** realloc would write to the pages before they are asked for as large ones. */
static void *move_to_large_pages(void *items, size_t n_bytes, size_t room_bytes)
{
    void *const moved = new_in_large_pages(room_bytes);
    if (moved == NULL)
        return NULL;
    if (items != NULL)
        memcpy(moved, items, n_bytes);
    free(items);
    return moved;
}

static void *resize(void *items, size_t n_bytes, size_t room_bytes)
{
    return room_bytes < LARGE_FROM_BYTES || (items != NULL && n_bytes >= MOVED_FROM_BYTES)
               ? realloc(items, room_bytes)
               : move_to_large_pages(items, n_bytes, room_bytes);
}

void *ovf_array_reserve(void *items, size_t *capacity, size_t wanted, size_t item_bytes)
{
    if (items != NULL && wanted <= *capacity)
        return items;
    size_t room = *capacity < 8 ? 8 : *capacity;
    while (room < wanted) {
        if (room > SIZE_MAX / 2)
            return NULL;
        room += room / 2;
    }
    if (room > SIZE_MAX / 2 / item_bytes)
        return NULL;
    const size_t room_bytes = rounded(room * item_bytes);
    void *const grown = resize(items, *capacity * item_bytes, room_bytes);
    if (grown != NULL)
        *capacity = room_bytes / item_bytes;
    return grown;
}
