/* SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE /* madvise */
#include "store/scratch.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { LARGE_PAGE_BYTES = 2 << 20 };

void *ovf_scratch_new(size_t n, size_t item_bytes)
{
    if (n > SIZE_MAX / 2 / item_bytes)
        return NULL;
    const size_t n_bytes = n > 0 ? n * item_bytes : 1;
    const size_t n_pages = (n_bytes + LARGE_PAGE_BYTES - 1) / LARGE_PAGE_BYTES;
    if (n_bytes < LARGE_PAGE_BYTES / 2)
        return malloc(n_bytes);
    void *const items = aligned_alloc(LARGE_PAGE_BYTES, n_pages * LARGE_PAGE_BYTES);
    if (items != NULL)
        (void)madvise(items, n_pages * LARGE_PAGE_BYTES, MADV_HUGEPAGE);
    return items;
}
