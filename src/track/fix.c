/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays of fixes and their order. */
#include "track/fix.h"

#include <stdlib.h>

#include "base/array.h"

void ovf_fixes_deinit(struct ovf_fixes *fixes)
{
    free(fixes->items);
    *fixes = (struct ovf_fixes){0};
}

enum ovf_status ovf_fixes_push(struct ovf_fixes *fixes, const struct ovf_fix *fix)
{
    struct ovf_fix *grown =
        ovf_array_reserve(fixes->items, &fixes->capacity, fixes->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    fixes->items = grown;
    fixes->items[fixes->n++] = *fix;
    return OVF_OK;
}

int ovf_fix_compare(const void *a, const void *b)
{
    const struct ovf_fix *x = a;
    const struct ovf_fix *y = b;
    if (x->t_ns != y->t_ns)
        return x->t_ns < y->t_ns ? -1 : 1;
    if (x->record.item != y->record.item)
        return x->record.item < y->record.item ? -1 : 1;
    return (x->record.row > y->record.row) - (x->record.row < y->record.row);
}
