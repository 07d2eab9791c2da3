/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table of chains through one array, and a list through it from the least to the most recently heard. */
#include "decode/aircraft.h"

#include <stdlib.h>

#include "base/array.h"

enum { NONE = -1, FIRST_BUCKETS = 256 };

struct ovf_aircraft_table {
    struct ovf_aircraft *items;
    size_t n;
    size_t capacity;
    size_t max_aircraft;
    int32_t *buckets; /* n_buckets of them, a power of two */
    size_t n_buckets;
    int32_t oldest;
    int32_t newest;
    uint64_t n_dropped;
};

static size_t bucket_of(const struct ovf_aircraft_table *table, uint32_t key)
{
    /* addresses of one state are neighbours: the product (2^32 / golden ratio) spreads them */
    return (key * UINT32_C(2654435769) >> 7) & (table->n_buckets - 1);
}

static void chain(struct ovf_aircraft_table *table, int32_t i)
{
    int32_t *const head = &table->buckets[bucket_of(table, table->items[i].key)];
    table->items[i].next = *head;
    *head = i;
}

static void unchain(struct ovf_aircraft_table *table, int32_t i)
{
    int32_t *at = &table->buckets[bucket_of(table, table->items[i].key)];
    while (*at != i)
        at = &table->items[*at].next;
    *at = table->items[i].next;
}

static enum ovf_status grow_buckets(struct ovf_aircraft_table *table, size_t n_buckets)
{
    int32_t *const buckets = malloc(n_buckets * sizeof *buckets);
    if (buckets == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n_buckets; i++)
        buckets[i] = NONE;
    free(table->buckets);
    table->buckets = buckets;
    table->n_buckets = n_buckets;
    for (size_t i = 0; i < table->n; i++)
        chain(table, (int32_t)i);
    return OVF_OK;
}

enum ovf_status ovf_aircraft_table_new(size_t max_aircraft, struct ovf_aircraft_table **out)
{
    struct ovf_aircraft_table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return OVF_E_NOMEM;
    table->max_aircraft = max_aircraft < INT32_MAX ? max_aircraft : INT32_MAX;
    table->oldest = NONE;
    table->newest = NONE;
    if (grow_buckets(table, FIRST_BUCKETS) != OVF_OK) {
        free(table);
        return OVF_E_NOMEM;
    }
    *out = table;
    return OVF_OK;
}

void ovf_aircraft_table_free(struct ovf_aircraft_table *table)
{
    if (table == NULL)
        return;
    free(table->items);
    free(table->buckets);
    free(table);
}

static int32_t find(const struct ovf_aircraft_table *table, uint32_t key)
{
    int32_t i = table->buckets[bucket_of(table, key)];
    while (i != NONE && table->items[i].key != key)
        i = table->items[i].next;
    return i;
}

struct ovf_aircraft *ovf_aircraft_find(struct ovf_aircraft_table *table, uint32_t key)
{
    const int32_t i = find(table, key);
    return i != NONE ? &table->items[i] : NULL;
}

static void unlink_item(struct ovf_aircraft_table *table, int32_t i)
{
    const struct ovf_aircraft *const item = &table->items[i];
    *(item->older != NONE ? &table->items[item->older].newer : &table->oldest) = item->newer;
    *(item->newer != NONE ? &table->items[item->newer].older : &table->newest) = item->older;
}

static void link_newest(struct ovf_aircraft_table *table, int32_t i)
{
    table->items[i].older = table->newest;
    table->items[i].newer = NONE;
    *(table->newest != NONE ? &table->items[table->newest].newer : &table->oldest) = i;
    table->newest = i;
}

/** A place for one more, NONE when memory fails. */
static int32_t new_item(struct ovf_aircraft_table *table)
{
    if (table->n == table->max_aircraft) {
        const int32_t i = table->oldest;
        unchain(table, i);
        unlink_item(table, i);
        table->n_dropped++;
        return i;
    }
    struct ovf_aircraft *grown =
        ovf_array_reserve(table->items, &table->capacity, table->n + 1, sizeof *grown);
    if (grown == NULL)
        return NONE;
    table->items = grown;
    if (table->n == table->n_buckets && grow_buckets(table, table->n_buckets * 2) != OVF_OK)
        return NONE;
    return (int32_t)table->n++;
}

struct ovf_aircraft *ovf_aircraft_hear(struct ovf_aircraft_table *table, uint32_t key)
{
    int32_t i = find(table, key);
    if (i != NONE) {
        unlink_item(table, i);
    } else {
        i = new_item(table);
        if (i == NONE)
            return NULL;
        table->items[i] = (struct ovf_aircraft){.key = key};
        chain(table, i);
    }
    link_newest(table, i);
    return &table->items[i];
}

size_t ovf_aircraft_table_n(const struct ovf_aircraft_table *table)
{
    return table->n;
}

uint64_t ovf_aircraft_table_n_dropped(const struct ovf_aircraft_table *table)
{
    return table->n_dropped;
}
