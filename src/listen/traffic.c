/* SPDX-License-Identifier: Apache-2.0 */
/* Counting traffic in an array that is sorted and summed: in place, and in pieces where it grows too
 * long.
 *
 *   bits of a key   63-44 input   43-26 day   25-7 cell   6-5 band   4-0 hour
 *
 * The day is counted from 1677-09-21, the first that a t_ns can lie in: 213,504 days are fewer than 2^18.
 * A cell is at most 449,002. */
#include "listen/traffic.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"

enum {
    HOUR_BITS = OVF_TRAFFIC_HOUR_BITS,
    BAND_BITS = 2,
    CELL_BITS = 19,
    DAY_BITS = 18,
    FIRST_DAY = -106752
};

static const char *const band_names[OVF_BANDS] = {"low", "middle", "high", "unknown"};

const char *ovf_band_name(enum ovf_band band)
{
    return band_names[band];
}

enum ovf_band ovf_band_parse(const char *name)
{
    enum ovf_band band = OVF_BAND_LOW;
    while (band < OVF_BAND_UNKNOWN && strcmp(band_names[band], name) != 0)
        band++;
    return band;
}

void ovf_traffic_deinit(struct ovf_traffic *traffic)
{
    free(traffic->items);
    *traffic = (struct ovf_traffic){0};
}

/* ---- keys ---- */

static uint64_t key_of(uint32_t input, int64_t t_ns, uint32_t cell, enum ovf_band band)
{
    const int64_t hour = t_ns / (OVF_NS_PER_DAY / 24) - (t_ns % (OVF_NS_PER_DAY / 24) < 0 ? 1 : 0);
    const uint64_t from_first = (uint64_t)(hour - (int64_t)FIRST_DAY * 24);
    uint64_t key = input;
    key = key << DAY_BITS | from_first / 24;
    key = key << CELL_BITS | cell;
    key = key << BAND_BITS | (uint64_t)band;
    return key << HOUR_BITS | from_first % 24;
}

static uint64_t take_bits(uint64_t *key, int n_bits)
{
    const uint64_t low = *key & ((UINT64_C(1) << n_bits) - 1);
    *key >>= n_bits;
    return low;
}

struct ovf_traffic_place ovf_traffic_place_of(uint64_t key)
{
    struct ovf_traffic_place place;
    place.hour = (uint32_t)take_bits(&key, HOUR_BITS);
    place.band = (enum ovf_band)take_bits(&key, BAND_BITS);
    place.cell = (uint32_t)take_bits(&key, CELL_BITS);
    place.day_ns = ((int64_t)take_bits(&key, DAY_BITS) + FIRST_DAY) * OVF_NS_PER_DAY;
    place.input = (uint32_t)key;
    return place;
}

static uint64_t day_key(uint64_t key)
{
    return key >> HOUR_BITS << HOUR_BITS | OVF_TRAFFIC_DAY;
}

/* ---- counting ---- */

static enum ovf_status push(struct ovf_traffic *traffic, uint64_t key, uint32_t n_fixes)
{
    struct ovf_traffic_count *grown =
        ovf_array_reserve(traffic->items, &traffic->capacity, traffic->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    traffic->items = grown;
    traffic->items[traffic->n++] = (struct ovf_traffic_count){.key = key, .n_fixes = n_fixes};
    return OVF_OK;
}

enum ovf_status ovf_traffic_add(struct ovf_traffic *traffic, uint32_t input,
                                const struct ovf_fix *fixes, size_t n)
{
    enum ovf_status st = input < OVF_TRAFFIC_MAX_INPUTS ? OVF_OK : OVF_E_LIMIT;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const uint32_t cell = ovf_count_rows_cell(&traffic->rows, fixes[i].at);
        const uint64_t key = key_of(input, fixes[i].t_ns, cell, ovf_band_of(&fixes[i]));
        struct ovf_traffic_count *last =
            traffic->n > traffic->n_done ? &traffic->items[traffic->n - 1] : NULL;
        if (last != NULL && last->key == key && last->n_fixes < UINT32_MAX)
            last->n_fixes++; /* most fixes lie where the one before does */
        else
            st = push(traffic, key, 1);
    }
    return st;
}

static int compare_counts(const void *x, const void *y)
{
    const struct ovf_traffic_count *a = x;
    const struct ovf_traffic_count *b = y;
    return (a->key > b->key) - (a->key < b->key);
}

/** What would not fit into one count stays in two, which whoever reads them adds up. */
static bool fits(const struct ovf_traffic_count *a, const struct ovf_traffic_count *b)
{
    return a->key == b->key && b->n_fixes <= UINT32_MAX - a->n_fixes &&
           b->n_aircraft <= UINT32_MAX - a->n_aircraft;
}

/** The counts from \p first on. */
static void sort_and_add_up(struct ovf_traffic *traffic, size_t first)
{
    struct ovf_traffic_count *items = traffic->items;
    if (traffic->n - first < 2)
        return;
    qsort(items + first, traffic->n - first, sizeof *items, compare_counts);
    size_t n = first + 1;
    for (size_t i = n; i < traffic->n; i++) {
        if (fits(&items[n - 1], &items[i])) {
            items[n - 1].n_fixes += items[i].n_fixes;
            items[n - 1].n_aircraft += items[i].n_aircraft;
        } else {
            items[n++] = items[i];
        }
    }
    traffic->n = n;
}

enum ovf_status ovf_traffic_end_aircraft(struct ovf_traffic *traffic)
{
    const size_t first = traffic->n_done;
    enum ovf_status st = OVF_OK;
    sort_and_add_up(traffic, first);
    const size_t n_hours = traffic->n;
    for (size_t i = first; i < n_hours && st == OVF_OK; i++) {
        const uint64_t day = day_key(traffic->items[i].key);
        const bool same_hour = i > first && traffic->items[i - 1].key == traffic->items[i].key;
        const bool same_day = i > first && day_key(traffic->items[i - 1].key) == day;
        traffic->items[i].n_aircraft = same_hour ? 0 : 1;
        st = push(traffic, day, traffic->items[i].n_fixes);
        if (st == OVF_OK)
            traffic->items[traffic->n - 1].n_aircraft = same_day ? 0 : 1;
    }
    if (st != OVF_OK) { /* as if the aircraft had not been */
        traffic->n = first;
        return st;
    }
    sort_and_add_up(traffic, n_hours);
    traffic->n_done = traffic->n;
    return OVF_OK;
}

void ovf_traffic_settle(struct ovf_traffic *traffic)
{
    sort_and_add_up(traffic, 0);
    traffic->n_done = traffic->n;
}
