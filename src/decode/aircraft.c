/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table of chains through one array. Each hearing has a number, so that a message changes nothing but its
 * aircraft; only where there is no room for one more are those numbers put in order, of all at once. */
#include "decode/aircraft.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"

/* So many buckets for each, that most find themselves first. */
enum { NONE = OVF_AIRCRAFT_NONE, FIRST_BUCKETS = 1024, BUCKETS_EACH = 2 };

/* Two altitudes of replies agree: a climb of 6,000 ft/min for as long. */
#define AGREE_NS (INT64_C(10) * OVF_NS_PER_S)
#define AGREE_FT 1000

static void chain(struct ovf_aircraft_table *table, int32_t i)
{
    int32_t *const head = &table->buckets[ovf_aircraft_bucket(table, table->items[i].key)];
    table->items[i].next = *head;
    *head = i;
}

static void unchain(struct ovf_aircraft_table *table, int32_t i)
{
    int32_t *at = &table->buckets[ovf_aircraft_bucket(table, table->items[i].key)];
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
    for (size_t i = 0; i < table->n; i++) /* none is free, or there would be room */
        chain(table, (int32_t)i);
    return OVF_OK;
}

/** Due wherever aircraft may have moved in memory. */
static void expect_nobody(struct ovf_aircraft_table *table)
{
    table->next = &table->nobody;
    table->now = &table->nobody;
}

enum ovf_status ovf_aircraft_table_new(size_t max_aircraft, struct ovf_aircraft_table **out)
{
    struct ovf_aircraft_table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return OVF_E_NOMEM;
    table->max_aircraft = max_aircraft < INT32_MAX ? max_aircraft : INT32_MAX;
    table->free = NONE;
    table->nobody.key = OVF_AIRCRAFT_NOBODY;
    expect_nobody(table);
    if (grow_buckets(table, FIRST_BUCKETS) != OVF_OK) {
        ovf_aircraft_table_free(table);
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
    free(table->turns);
    free(table->buckets);
    free(table);
}

static int32_t find(const struct ovf_aircraft_table *table, uint32_t key)
{
    int32_t i = table->buckets[ovf_aircraft_bucket(table, key)];
    while (i != NONE && table->items[i].key != key)
        i = table->items[i].next;
    return i;
}

struct ovf_aircraft *ovf_aircraft_find(struct ovf_aircraft_table *table, uint32_t key)
{
    const int32_t i = find(table, key);
    return i != NONE ? &table->items[i] : NULL;
}

static int compare_turns(const void *x, const void *y)
{
    const struct ovf_aircraft_turn *const a = x;
    const struct ovf_aircraft_turn *const b = y;
    return (a->heard > b->heard) - (a->heard < b->heard);
}

static bool order_turns(struct ovf_aircraft_table *table)
{
    struct ovf_aircraft_turn *turns =
        ovf_array_reserve(table->turns, &table->turns_capacity, table->n, sizeof *turns);
    if (turns == NULL)
        return false;
    table->turns = turns;
    table->n_turns = table->n;
    table->next_turn = 0;
    for (size_t i = 0; i < table->n; i++) /* none is free */
        turns[i] = (struct ovf_aircraft_turn){table->items[i].heard, (int32_t)i};
    qsort(turns, table->n, sizeof *turns, compare_turns);
    return true;
}

/** Who was heard longest ago, NONE when memory fails: whoever was heard, or came, after the turns were put in order was
 * so later than all who were not. */
static int32_t find_oldest(struct ovf_aircraft_table *table)
{
    for (;;) {
        while (table->next_turn < table->n_turns) {
            const struct ovf_aircraft_turn *const turn = &table->turns[table->next_turn++];
            if (table->items[turn->item].heard == turn->heard)
                return turn->item;
        }
        if (!order_turns(table))
            return NONE;
    }
}

/** A place for one more: of who was forgotten, at the end, or of who was heard longest ago; NONE when memory fails. */
static int32_t new_item(struct ovf_aircraft_table *table)
{
    if (table->free != NONE) {
        const int32_t i = table->free;
        table->free = table->items[i].next;
        table->n_free--;
        return i;
    }
    if (table->n == table->max_aircraft) {
        const int32_t i = find_oldest(table);
        if (i == NONE)
            return NONE;
        unchain(table, i);
        table->n_dropped++;
        return i;
    }
    struct ovf_aircraft *grown =
        ovf_array_reserve(table->items, &table->capacity, table->n + 1, sizeof *grown);
    if (grown == NULL)
        return NONE;
    table->items = grown;
    expect_nobody(table);
    if (table->n * BUCKETS_EACH == table->n_buckets &&
        grow_buckets(table, table->n_buckets * 2) != OVF_OK)
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
                                 .nac_v_ns = OVF_HEARD_NEVER,
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

/** One that is not there yet; seldom, and with more on the stack than what is done for the others. */
__attribute__((noinline)) static struct ovf_aircraft *add(struct ovf_aircraft_table *table,
                                                          uint32_t key)
{
    const int32_t i = new_item(table);
    if (i == NONE)
        return NULL;
    table->items[i] = blank(key);
    chain(table, i);
    return &table->items[i];
}

struct ovf_aircraft *ovf_aircraft_find_or_add(struct ovf_aircraft_table *table, uint32_t key)
{
    const int32_t i = find(table, key);
    return i != NONE ? &table->items[i] : add(table, key);
}

size_t ovf_aircraft_forget(struct ovf_aircraft_table *table, int64_t t_ns)
{
    const size_t n_free = table->n_free;
    for (size_t i = 0; i < table->n; i++) {
        struct ovf_aircraft *const aircraft = &table->items[i];
        if (aircraft->key == OVF_AIRCRAFT_NOBODY || aircraft->vouched_ns >= t_ns)
            continue;
        unchain(table, (int32_t)i);
        aircraft->key = OVF_AIRCRAFT_NOBODY;
        aircraft->heard = 0; /* of no turn */
        aircraft->next = table->free;
        table->free = (int32_t)i;
        table->n_free++;
    }
    return table->n_free - n_free;
}

void ovf_aircraft_note_sure_alt(struct ovf_aircraft *aircraft, struct ovf_heard_number before,
                                int64_t t_ns, double alt_ft)
{
    const double higher_ft = before.value > alt_ft ? before.value : alt_ft;
    const double lower_ft = before.value > alt_ft ? alt_ft : before.value;
    if (ovf_heard_within(before.t_ns, t_ns, AGREE_NS) && higher_ft - lower_ft <= AGREE_FT)
        aircraft->sure_alt_ft = (struct ovf_heard_number){t_ns, higher_ft};
}

size_t ovf_aircraft_table_n(const struct ovf_aircraft_table *table)
{
    return table->n - table->n_free;
}

uint64_t ovf_aircraft_table_n_dropped(const struct ovf_aircraft_table *table)
{
    return table->n_dropped;
}
