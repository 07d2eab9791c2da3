/* SPDX-License-Identifier: Apache-2.0 */
/* Counting traffic in a hash table of places, bands and hours. */
#include "listen/traffic.h"

#include <stdlib.h>

#include "base/time.h"
#include "geo/cell.h"

enum { MIN_SLOTS = 1024, LOW_FT = 10000, HIGH_FT = 25000 };

#define HOUR_NS (INT64_C(3600) * OVF_NS_PER_S)

void ovf_traffic_deinit(struct ovf_traffic *traffic)
{
    free(traffic->slots);
    *traffic = (struct ovf_traffic){0};
}

static enum ovf_band band_of(const struct ovf_fix *fix)
{
    if ((fix->flags & OVF_FIX_ON_GROUND) != 0)
        return OVF_BAND_LOW;
    if ((fix->has & (OVF_FIX_ALT_BARO | OVF_FIX_ALT_GEOM)) == 0)
        return OVF_BAND_UNKNOWN;
    const int32_t alt_ft = (fix->has & OVF_FIX_ALT_BARO) != 0 ? fix->alt_baro_ft : fix->alt_geom_ft;
    if (alt_ft < LOW_FT)
        return OVF_BAND_LOW;
    return alt_ft <= HIGH_FT ? OVF_BAND_MIDDLE : OVF_BAND_HIGH;
}

static int64_t hour_of(int64_t t_ns)
{
    return (t_ns - (t_ns % HOUR_NS < 0 ? HOUR_NS : 0)) / HOUR_NS * HOUR_NS;
}

static bool is_same_place(const struct ovf_traffic_count *a, const struct ovf_traffic_count *b)
{
    return a->hour_ns == b->hour_ns && a->cell == b->cell && a->band == b->band;
}

/** Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4). */
static size_t hash_of(const struct ovf_traffic_count *count)
{
    uint64_t key =
        (uint64_t)(count->hour_ns / HOUR_NS) << 22 ^ (uint64_t)count->cell << 2 ^ count->band;
    key *= UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(key ^ key >> 32);
}

/** The slot of the same place, or the free one where it would go. There is always a free one. */
static struct ovf_traffic_count *slot_of(const struct ovf_traffic *traffic,
                                         const struct ovf_traffic_count *place)
{
    size_t i = hash_of(place) & (traffic->n_slots - 1);
    while (traffic->slots[i].n_fixes > 0 && !is_same_place(&traffic->slots[i], place))
        i = (i + 1) & (traffic->n_slots - 1);
    return &traffic->slots[i];
}

static enum ovf_status make_room(struct ovf_traffic *traffic)
{
    if (traffic->n_slots > 0 && traffic->n_used < traffic->n_slots / 2)
        return OVF_OK;
    struct ovf_traffic wider = {.n_slots = traffic->n_slots > 0 ? 2 * traffic->n_slots : MIN_SLOTS,
                                .n_used = traffic->n_used};
    wider.slots = calloc(wider.n_slots, sizeof *wider.slots);
    if (wider.slots == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < traffic->n_slots; i++) {
        if (traffic->slots[i].n_fixes > 0)
            *slot_of(&wider, &traffic->slots[i]) = traffic->slots[i];
    }
    free(traffic->slots);
    *traffic = wider;
    return OVF_OK;
}

static enum ovf_status add_count(struct ovf_traffic *traffic, const struct ovf_traffic_count *count)
{
    const enum ovf_status st = make_room(traffic);
    if (st != OVF_OK)
        return st;
    struct ovf_traffic_count *slot = slot_of(traffic, count);
    if (slot->n_fixes == 0) {
        *slot = *count;
        traffic->n_used++;
        return OVF_OK;
    }
    slot->n_fixes += count->n_fixes;
    slot->n_aircraft += count->n_aircraft;
    return OVF_OK;
}

enum ovf_status ovf_traffic_add(struct ovf_traffic *sum, const struct ovf_traffic *more)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < more->n_slots && st == OVF_OK; i++) {
        if (more->slots[i].n_fixes > 0)
            st = add_count(sum, &more->slots[i]);
    }
    return st;
}

enum ovf_status ovf_traffic_count_track(struct ovf_traffic *traffic, const struct ovf_track *track)
{
    struct ovf_traffic own = {0}; /* this aircraft's alone, so that it counts once a place */
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < track->fixes.n && st == OVF_OK; i++) {
        const struct ovf_fix *fix = &track->fixes.items[i];
        if (fix->grade == OVF_GRADE_X)
            continue;
        const struct ovf_traffic_count count = {.hour_ns = hour_of(fix->t_ns),
                                                .cell = ovf_count_cell(fix->at),
                                                .band = band_of(fix),
                                                .n_fixes = 1};
        st = add_count(&own, &count);
    }
    for (size_t i = 0; i < own.n_slots; i++)
        own.slots[i].n_aircraft = own.slots[i].n_fixes > 0 ? 1 : 0;
    if (st == OVF_OK)
        st = ovf_traffic_add(traffic, &own);
    ovf_traffic_deinit(&own);
    return st;
}

static int compare_counts(const void *x, const void *y)
{
    const struct ovf_traffic_count *a = x;
    const struct ovf_traffic_count *b = y;
    if (a->hour_ns != b->hour_ns)
        return a->hour_ns < b->hour_ns ? -1 : 1;
    if (a->cell != b->cell)
        return a->cell < b->cell ? -1 : 1;
    return (a->band > b->band) - (a->band < b->band);
}

enum ovf_status ovf_traffic_sorted(const struct ovf_traffic *traffic,
                                   struct ovf_traffic_count **out, size_t *n)
{
    struct ovf_traffic_count *sorted = malloc((traffic->n_used + 1) * sizeof *sorted);
    if (sorted == NULL)
        return OVF_E_NOMEM;
    size_t n_sorted = 0;
    for (size_t i = 0; i < traffic->n_slots; i++) {
        if (traffic->slots[i].n_fixes > 0)
            sorted[n_sorted++] = traffic->slots[i];
    }
    if (n_sorted > 0)
        qsort(sorted, n_sorted, sizeof *sorted, compare_counts);
    *out = sorted;
    *n = n_sorted;
    return OVF_OK;
}
