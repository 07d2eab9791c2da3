/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays of fixes and their order. */
#include "track/fix.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

const char *ovf_grade_name(enum ovf_grade grade)
{
    static const char *const names[OVF_GRADE_N] = {"", "A", "B", "C", "D", "X"};
    return names[grade];
}

const char *ovf_fix_source_name(enum ovf_fix_source source)
{
    static const char *const names[] = {
        [OVF_SOURCE_UNKNOWN] = "",      [OVF_SOURCE_ADSB] = "adsb",   [OVF_SOURCE_ADSR] = "adsr",
        [OVF_SOURCE_TISB] = "tisb",     [OVF_SOURCE_MLAT] = "mlat",   [OVF_SOURCE_ADSC] = "adsc",
        [OVF_SOURCE_MODE_S] = "mode_s", [OVF_SOURCE_OTHER] = "other",
    };
    return names[source];
}

const char *ovf_fix_decoding_name(enum ovf_fix_decoding decoding)
{
    static const char *const names[] = {"given", "cpr_global", "cpr_local"};
    return names[decoding];
}

const char *ovf_sil_type_name(enum ovf_sil_type type)
{
    static const char *const names[] = {"unknown", "perhour", "persample"};
    return names[type];
}

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

enum ovf_status ovf_fixes_append(struct ovf_fixes *fixes, const struct ovf_fix *more, size_t n)
{
    if (n == 0)
        return OVF_OK;
    struct ovf_fix *grown =
        ovf_array_reserve(fixes->items, &fixes->capacity, fixes->n + n, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    fixes->items = grown;
    memcpy(fixes->items + fixes->n, more, n * sizeof *more);
    fixes->n += n;
    return OVF_OK;
}

static bool in_order(const struct ovf_fixes *fixes)
{
    for (size_t i = 1; i < fixes->n; i++) {
        if (fixes->items[i - 1].t_ns >= fixes->items[i].t_ns &&
            ovf_fix_compare(&fixes->items[i - 1], &fixes->items[i]) > 0)
            return false;
    }
    return true;
}

void ovf_fixes_sort(struct ovf_fixes *fixes)
{
    if (!in_order(fixes))
        qsort(fixes->items, fixes->n, sizeof *fixes->items, ovf_fix_compare);
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
