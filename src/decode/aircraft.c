/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table of chains through one array, and a list through it from the least to the most recently heard. */
#include "decode/aircraft.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"

enum { NONE = -1, FIRST_BUCKETS = 256 };

/* Two altitudes of replies agree: a climb of 6,000 ft/min for as long. */
#define AGREE_NS (INT64_C(10) * OVF_NS_PER_S)
#define AGREE_FT 1000

/** In the order in which they were heard, a ring: link 0 stands between the newest and the oldest, that of item i is link
 * i + 1. */
struct link {
    uint32_t newer;
    uint32_t older;
};

struct ovf_aircraft_table {
    struct ovf_aircraft *items;
    struct link *links; /* apart, because each message changes those of three */
    size_t n;
    size_t capacity;
    size_t links_capacity;
    size_t max_aircraft;
    int32_t *buckets; /* n_buckets of them, a power of two */
    size_t n_buckets;
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
    table->links = ovf_array_reserve(NULL, &table->links_capacity, 1, sizeof *table->links);
    if (table->links == NULL || grow_buckets(table, FIRST_BUCKETS) != OVF_OK) {
        ovf_aircraft_table_free(table);
        return OVF_E_NOMEM;
    }
    table->links[0] = (struct link){0};
    *out = table;
    return OVF_OK;
}

void ovf_aircraft_table_free(struct ovf_aircraft_table *table)
{
    if (table == NULL)
        return;
    free(table->items);
    free(table->links);
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

void ovf_aircraft_expect(const struct ovf_aircraft_table *table, uint32_t key)
{
    enum { LINE_BYTES = 64, END = offsetof(struct ovf_aircraft, heading_deg) };
    _Static_assert(END <= 4 * LINE_BYTES, "what each position needs is in four lines");
    const int32_t i = table->buckets[bucket_of(table, key)];
    if (i == NONE)
        return;
    const char *const item = (const char *)&table->items[i];
    __builtin_prefetch(&table->links[i + 1]);
    __builtin_prefetch(item);
    __builtin_prefetch(item + LINE_BYTES);
    __builtin_prefetch(item + 2 * LINE_BYTES);
    __builtin_prefetch(item + 3 * LINE_BYTES);
}

static inline void unlink_item(struct ovf_aircraft_table *table, int32_t i)
{
    const struct link link = table->links[i + 1];
    table->links[link.older].newer = link.newer;
    table->links[link.newer].older = link.older;
}

static inline void link_newest(struct ovf_aircraft_table *table, int32_t i)
{
    const uint32_t number = (uint32_t)i + 1;
    const uint32_t newest = table->links[0].older;
    table->links[number] = (struct link){.newer = 0, .older = newest};
    table->links[newest].newer = number;
    table->links[0].older = number;
}

/** A place for one more, NONE when memory fails. */
static int32_t new_item(struct ovf_aircraft_table *table)
{
    if (table->n == table->max_aircraft) {
        const int32_t i = (int32_t)table->links[0].newer - 1;
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
    struct link *links =
        ovf_array_reserve(table->links, &table->links_capacity, table->n + 2, sizeof *links);
    if (links == NULL)
        return NONE;
    table->links = links;
    if (table->n == table->n_buckets && grow_buckets(table, table->n_buckets * 2) != OVF_OK)
        return NONE;
    return (int32_t)table->n++;
}

/** One of which nothing was heard. */
static struct ovf_aircraft blank(uint32_t key)
{
    static const struct ovf_heard_number never = {.t_ns = OVF_HEARD_NEVER};
    return (struct ovf_aircraft){.key = key,
                                 .gs_kt = never,
                                 .track_deg = never,
                                 .alt_baro_ft = never,
                                 .sure_alt_ft = never,
                                 .baro_rate_fpm = never,
                                 .geom_rate_fpm = never,
                                 .geom_minus_baro_ft = never,
                                 .heading_deg = never,
                                 .roll_deg = never,
                                 .version = never,
                                 .nac_p = never,
                                 .sil = never,
                                 .nic_a = never,
                                 .nic_c = never,
                                 .squawk = never,
                                 .callsign = {.t_ns = OVF_HEARD_NEVER},
                                 .told_ns = OVF_HEARD_NEVER};
}

/** One that is not there yet; seldom, and with more on the stack than what is done for each message. */
__attribute__((noinline)) static struct ovf_aircraft *add(struct ovf_aircraft_table *table,
                                                          uint32_t key)
{
    const int32_t i = new_item(table);
    if (i == NONE)
        return NULL;
    table->items[i] = blank(key);
    chain(table, i);
    link_newest(table, i);
    return &table->items[i];
}

struct ovf_aircraft *ovf_aircraft_hear(struct ovf_aircraft_table *table, uint32_t key)
{
    const int32_t i = find(table, key);
    if (i == NONE)
        return add(table, key);
    unlink_item(table, i);
    link_newest(table, i);
    return &table->items[i];
}

void ovf_aircraft_note_sure_alt(struct ovf_aircraft *aircraft,
                                const struct ovf_heard_number *before, int64_t t_ns, double alt_ft)
{
    const double higher_ft = before->value > alt_ft ? before->value : alt_ft;
    const double lower_ft = before->value > alt_ft ? alt_ft : before->value;
    if (ovf_heard_within(before->t_ns, t_ns, AGREE_NS) && higher_ft - lower_ft <= AGREE_FT)
        aircraft->sure_alt_ft = (struct ovf_heard_number){t_ns, higher_ft};
}

size_t ovf_aircraft_table_n(const struct ovf_aircraft_table *table)
{
    return table->n;
}

uint64_t ovf_aircraft_table_n_dropped(const struct ovf_aircraft_table *table)
{
    return table->n_dropped;
}
