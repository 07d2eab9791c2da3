/* SPDX-License-Identifier: Apache-2.0 */
/* Growing a heap array geometrically, with the sizes checked. */
#ifndef OVF_BASE_ARRAY_H
#define OVF_BASE_ARRAY_H

#include <stddef.h>

#include "base/status.h"

/**
 * The array \p items (NULL or malloc'd, room for \p *capacity items of \p item_bytes) with room for
 * at least \p wanted items. Use it so:
 *
 *     struct x *grown = ovf_array_reserve(a->items, &a->capacity, a->n + 1, sizeof *grown);
 *     if (grown == NULL)
 *         return OVF_E_NOMEM;
 *     a->items = grown;
 *
 * \return the array, moved or not; NULL when memory or size_t does not suffice, and then \p items and
 *         \p *capacity are as they were.
 */
void *ovf_array_reserve(void *items, size_t *capacity, size_t wanted, size_t item_bytes);

#endif
