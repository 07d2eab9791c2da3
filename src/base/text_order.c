/* SPDX-License-Identifier: Apache-2.0 */
/* The eight bytes behind what all texts begin with are their key; where keys are the same, all bytes decide. */
#include "base/text_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/radix.h"

static int compare_items(const void *a, const void *b)
{
    const struct ovf_text_item *const x = a;
    const struct ovf_text_item *const y = b;
    const int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->value > y->value) - (x->value < y->value);
}

/** How many bytes all of them begin with. */
static size_t common_length(const struct ovf_text_item *items, size_t n)
{
    const char *const first = items[0].text;
    size_t len = strlen(first);
    for (size_t i = 1; i < n && len > 0; i++) {
        if (strncmp(items[i].text, first, len) == 0)
            continue;
        len = 0;
        while (items[i].text[len] == first[len])
            len++;
    }
    return len;
}

/** As numbers compare what strcmp compares. */
static uint64_t key_of(const char *text)
{
    uint64_t key = 0;
    unsigned n = 0;
    for (; n < 8 && text[n] != '\0'; n++)
        key = key << 8 | (unsigned char)text[n];
    return n > 0 ? key << 8 * (8 - n) : 0;
}

static void sort_same_keys(const struct ovf_keyed *keys, struct ovf_text_item *items, size_t n)
{
    for (size_t i = 0, first = 0; i < n; i++) {
        if (i + 1 < n && keys[i + 1].key == keys[i].key)
            continue;
        if (i > first)
            qsort(&items[first], i + 1 - first, sizeof *items, compare_items);
        first = i + 1;
    }
}

enum ovf_status ovf_text_order(struct ovf_text_item *items, size_t n)
{
    if (n < 2)
        return OVF_OK;
    struct ovf_keyed *const keys = calloc(2 * n, sizeof *keys);
    struct ovf_text_item *const unsorted = malloc(n * sizeof *unsorted);
    const enum ovf_status st = keys != NULL && unsorted != NULL ? OVF_OK : OVF_E_NOMEM;
    if (st == OVF_OK) {
        const size_t len = common_length(items, n);
        memcpy(unsorted, items, n * sizeof *items);
        for (size_t i = 0; i < n; i++)
            keys[i] = (struct ovf_keyed){key_of(items[i].text + len), i};
        ovf_radix_sort(keys, keys + n, n);
        for (size_t i = 0; i < n; i++)
            items[i] = unsorted[keys[i].value];
        sort_same_keys(keys, items, n);
    }
    free(keys);
    free(unsorted);
    return st;
}
