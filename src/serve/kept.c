/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/kept.h"

#include <stdlib.h>
#include <string.h>

/** FNV-1a: a first look at what is compared whole afterwards. */
static uint64_t hash_of(const char *key)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(0x100000001b3);
    return hash;
}

static struct ovf_kept_item *find(struct ovf_kept *kept, const char *key)
{
    const uint64_t hash = hash_of(key);
    for (size_t i = 0; i < kept->n; i++) {
        if (kept->items[i].hash == hash && strcmp(kept->items[i].key, key) == 0)
            return &kept->items[i];
    }
    return NULL;
}

struct ovf_answer *ovf_kept_find(struct ovf_kept *kept, const char *key)
{
    struct ovf_kept_item *const item = find(kept, key);
    if (item == NULL)
        return NULL;
    item->used = ++kept->clock;
    return ovf_answer_hold(item->answer);
}

static void drop(struct ovf_kept *kept, struct ovf_kept_item *item)
{
    kept->n_bytes -= ovf_answer_size(item->answer);
    ovf_answer_release(item->answer);
    free(item->key);
    *item = kept->items[--kept->n];
    kept->items[kept->n] = (struct ovf_kept_item){.key = NULL};
}

static void drop_oldest(struct ovf_kept *kept)
{
    struct ovf_kept_item *oldest = kept->items;
    for (size_t i = 1; i < kept->n; i++) {
        if (kept->items[i].used < oldest->used)
            oldest = &kept->items[i];
    }
    drop(kept, oldest);
}

void ovf_kept_put(struct ovf_kept *kept, const char *key, struct ovf_answer *answer)
{
    const size_t size = ovf_answer_size(answer);
    struct ovf_kept_item *const before = find(kept, key);
    if (before != NULL)
        drop(kept, before);
    char *const copy = size <= OVF_KEPT_MAX_BYTES ? strdup(key) : NULL;
    if (copy == NULL)
        return;
    while (kept->n == OVF_KEPT_MAX || kept->n_bytes + size > OVF_KEPT_MAX_BYTES)
        drop_oldest(kept);
    kept->items[kept->n++] =
        (struct ovf_kept_item){copy, hash_of(key), ovf_answer_hold(answer), ++kept->clock};
    kept->n_bytes += size;
}

void ovf_kept_clear(struct ovf_kept *kept)
{
    while (kept->n > 0)
        drop(kept, &kept->items[kept->n - 1]);
}
