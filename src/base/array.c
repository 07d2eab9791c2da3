/* SPDX-License-Identifier: Apache-2.0 */
/* Growing heap arrays. */
#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>

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
    if (room > SIZE_MAX / item_bytes)
        return NULL;
    void *grown = realloc(items, room * item_bytes);
    if (grown != NULL)
        *capacity = room;
    return grown;
}
