/* SPDX-License-Identifier: Apache-2.0 */
/* Gaps are cut into stays, one a cell; stays are found from runs by cell, band and hour. */
#include "listen/reception.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { MAX_GAPS = 1 << 15, MAX_STAYS = 1 << 18 };

/* Others count within 15 min of when the aircraft was due in a cell. */
enum { NEAR_S = 900 };

/* No flight has a gap so long (track/legs.h): what has comes from elsewhere, and nothing is known of it. */
enum { GAP_MAX_S = 2 * OVF_DAY_S };

/** The time in one cell that the aircraft is due there, and what others were received there. */
struct due {
    uint32_t gap;
    uint32_t cell;
    int64_t from_s;
    int64_t to_s;
    uint64_t n_fixes; /* of others, in the hours that the time touches */
    uint64_t known_s; /* that others spent there in these hours, heard or not */
    uint64_t heard_s; /* of these */
};

/** A due time by the place and hour of runs that matter to it. */
struct entry {
    uint64_t key;
    uint32_t due;
    bool counts;                     /* an hour that the time itself touches */
    bool was_disturbed;              /* the last of the flights */
    uint32_t taken;                  /* its number among what was taken */
    struct ovf_cell_traffic traffic; /* of others */
};

/** Entries [begin, end) of one key; none: the slot is free. */
struct slot {
    uint64_t key;
    uint32_t begin;
    uint32_t end;
};

enum { HEARD = 1, HEARD_THEN = 2, SILENT_THEN = 4 };

struct other {
    uint32_t address;
    unsigned what;
};

/** In order of address. */
struct others {
    struct other *items;
    size_t n;
    size_t capacity;
};

struct ovf_reception {
    const struct ovf_detect_config *config;
    struct ovf_gap *gaps;
    size_t n_gaps;
    size_t gaps_capacity;
    struct others *others; /* by gap */
    struct due *dues;      /* in order of gaps */
    size_t n_dues;
    size_t dues_capacity;
    struct entry *entries;
    size_t n_entries;
    size_t entries_capacity;
    struct slot *slots;
    size_t n_slots; /* a power of two */
    int64_t from_s; /* that runs must lie in to matter; from > to: none */
    int64_t to_s;
    uint32_t n_taken;
    struct ovf_stays stays;
    struct ovf_count_rows rows;
};

enum ovf_status ovf_reception_new(const struct ovf_detect_config *config,
                                  struct ovf_reception **out)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return OVF_E_NOMEM;
    (*out)->config = config;
    ovf_reception_clear(*out);
    return OVF_OK;
}

void ovf_reception_clear(struct ovf_reception *r)
{
    for (size_t i = 0; r->others != NULL && i < r->n_gaps; i++)
        free(r->others[i].items);
    free(r->others);
    free(r->slots);
    r->others = NULL;
    r->slots = NULL;
    r->n_gaps = 0;
    r->n_dues = 0;
    r->n_entries = 0;
    r->n_slots = 0;
    r->from_s = INT64_MAX;
    r->to_s = INT64_MIN;
    r->n_taken = 0;
}

void ovf_reception_free(struct ovf_reception *r)
{
    if (r == NULL)
        return;
    ovf_reception_clear(r);
    free(r->gaps);
    free(r->dues);
    free(r->entries);
    ovf_stays_deinit(&r->stays);
    free(r);
}

bool ovf_reception_is_full(const struct ovf_reception *r)
{
    return r->n_gaps >= MAX_GAPS || r->n_dues >= MAX_STAYS;
}

/* ---- gaps ---- */

static int64_t floor_to(int64_t t_s, int64_t step_s)
{
    return t_s / step_s - (t_s % step_s < 0 ? 1 : 0);
}

static int64_t hour_of(int64_t t_s)
{
    return floor_to(t_s, OVF_HOUR_S);
}

/** Hours of all times that int64_t t_ns can hold are 23 bits. */
static uint64_t key_of(uint32_t cell, enum ovf_band band, int64_t hour)
{
    return ((uint64_t)cell << 2 | (uint64_t)band) << 23 | ((uint64_t)hour + (1U << 22));
}

static enum ovf_status push_entry(struct ovf_reception *r, const struct entry *entry)
{
    struct entry *grown =
        ovf_array_reserve(r->entries, &r->entries_capacity, r->n_entries + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    r->entries = grown;
    r->entries[r->n_entries++] = *entry;
    return OVF_OK;
}

static enum ovf_status push_due(struct ovf_reception *r, const struct due *due, enum ovf_band band)
{
    struct due *grown = ovf_array_reserve(r->dues, &r->dues_capacity, r->n_dues + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    r->dues = grown;
    r->dues[r->n_dues] = *due;
    const int64_t first = hour_of(due->from_s);
    const int64_t last = hour_of(due->to_s);
    enum ovf_status st = OVF_OK;
    for (int64_t h = hour_of(due->from_s - NEAR_S);
         h <= hour_of(due->to_s + NEAR_S) && st == OVF_OK; h++) {
        const struct entry entry = {.key = key_of(due->cell, band, h),
                                    .due = (uint32_t)r->n_dues,
                                    .counts = h >= first && h <= last};
        st = push_entry(r, &entry);
    }
    r->n_dues++;
    return st;
}

static enum ovf_status add_dues(struct ovf_reception *r, const struct ovf_gap *gap)
{
    enum ovf_status st =
        ovf_way_through_cells(&r->rows, gap->from, gap->from_s, gap->to, gap->to_s, &r->stays);
    for (size_t i = 0; i < r->stays.n && st == OVF_OK; i++) {
        const struct ovf_stay *stay = &r->stays.items[i];
        const struct due due = {
            .gap = (uint32_t)r->n_gaps, .cell = stay->cell, stay->from_s, stay->to_s};
        st = push_due(r, &due, gap->band);
    }
    return st;
}

/** To the hours that the gap, and who is near it in time, touch. */
static void widen_span(struct ovf_reception *r, const struct ovf_gap *gap)
{
    const int64_t from_s = hour_of(gap->from_s - NEAR_S) * OVF_HOUR_S;
    const int64_t to_s = (hour_of(gap->to_s + NEAR_S) + 1) * OVF_HOUR_S;
    r->from_s = from_s < r->from_s ? from_s : r->from_s;
    r->to_s = to_s > r->to_s ? to_s : r->to_s;
}

enum ovf_status ovf_reception_add(struct ovf_reception *r, const struct ovf_gap *gap)
{
    struct ovf_gap *grown =
        ovf_array_reserve(r->gaps, &r->gaps_capacity, r->n_gaps + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    r->gaps = grown;
    r->gaps[r->n_gaps] = *gap;
    const bool is_odd = gap->to_s < gap->from_s || gap->to_s - gap->from_s > GAP_MAX_S;
    const enum ovf_status st = is_odd ? OVF_OK : add_dues(r, gap);
    if (!is_odd)
        widen_span(r, gap);
    r->n_gaps++;
    return st;
}

/* ---- preparing ---- */

static int compare_entries(const void *x, const void *y)
{
    const struct entry *a = x;
    const struct entry *b = y;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->due > b->due) - (a->due < b->due);
}

/** The slot of a key, or the free one where it is due. */
static struct slot *slot_of(const struct ovf_reception *r, uint64_t key)
{
    size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (r->n_slots - 1);
    while (r->slots[at].end > 0 && r->slots[at].key != key)
        at = (at + 1) & (r->n_slots - 1);
    return &r->slots[at];
}

static enum ovf_status make_slots(struct ovf_reception *r)
{
    r->n_slots = 16;
    while (r->n_slots < 2 * r->n_entries)
        r->n_slots *= 2;
    r->slots = calloc(r->n_slots, sizeof *r->slots);
    if (r->slots == NULL)
        return OVF_E_NOMEM;
    if (r->n_entries > 1)
        qsort(r->entries, r->n_entries, sizeof *r->entries, compare_entries);
    for (size_t i = 0; i < r->n_entries; i++) {
        struct slot *slot = slot_of(r, r->entries[i].key);
        if (slot->end == 0)
            *slot = (struct slot){.key = r->entries[i].key, .begin = (uint32_t)i};
        slot->end = (uint32_t)i + 1;
    }
    return OVF_OK;
}

enum ovf_status ovf_reception_prepare(struct ovf_reception *r)
{
    r->others = calloc(r->n_gaps + 1, sizeof *r->others);
    if (r->others == NULL)
        return OVF_E_NOMEM;
    return make_slots(r);
}

void ovf_reception_span(const struct ovf_reception *r, int64_t *from_s, int64_t *to_s)
{
    *from_s = r->from_s;
    *to_s = r->to_s;
}

/* ---- what others show ---- */

static enum ovf_status note_other(struct others *others, uint32_t address, unsigned what)
{
    size_t low = 0;
    for (size_t high = others->n; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (others->items[middle].address < address)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < others->n && others->items[low].address == address) {
        others->items[low].what |= what;
        return OVF_OK;
    }
    if (low == OVF_OTHERS_COUNTED)
        return OVF_OK;
    struct other *grown =
        ovf_array_reserve(others->items, &others->capacity, others->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    others->items = grown;
    memmove(grown + low + 1, grown + low, (others->n - low) * sizeof *grown);
    grown[low] = (struct other){address, what};
    others->n = others->n < OVF_OTHERS_COUNTED ? others->n + 1 : OVF_OTHERS_COUNTED;
    return OVF_OK;
}

/** What a run in the cell of a due time makes of its aircraft. */
static unsigned what_of(const struct ovf_heard_run *run, const struct due *due)
{
    const bool is_then = run->from_s <= due->to_s && run->to_s >= due->from_s;
    if (run->is_silent)
        return is_then ? SILENT_THEN : 0;
    if (is_then)
        return HEARD | HEARD_THEN;
    return run->from_s <= due->to_s + NEAR_S && run->to_s >= due->from_s - NEAR_S ? HEARD : 0;
}

/** Count the flight at hand once, and once as disturbed. What was silent for another reason is none that
 * interference could have shown in. */
static void count_flight(const struct ovf_reception *r, struct entry *entry,
                         const struct ovf_heard_run *run)
{
    if (run->is_silent && !run->is_disturbed)
        return;
    if (entry->taken != r->n_taken) {
        entry->taken = r->n_taken;
        entry->was_disturbed = false;
        entry->traffic.n_all++;
    }
    if (run->is_disturbed && !entry->was_disturbed) {
        entry->was_disturbed = true;
        entry->traffic.n_disturbed++;
    }
}

static enum ovf_status take_run(struct ovf_reception *r, uint32_t address,
                                const struct ovf_heard_run *run)
{
    const struct slot *slot = slot_of(r, key_of(run->cell, run->band, hour_of(run->from_s)));
    enum ovf_status st = OVF_OK;
    for (size_t i = slot->begin; i < slot->end && st == OVF_OK; i++) {
        struct due *due = &r->dues[r->entries[i].due];
        if (r->gaps[due->gap].address == address)
            continue;
        if (r->entries[i].counts)
            count_flight(r, &r->entries[i], run);
        if (run->is_silent && run->is_disturbed)
            continue; /* nothing is said of reception */
        if (r->entries[i].counts) {
            due->n_fixes += run->n_fixes;
            due->known_s += (uint64_t)(run->to_s - run->from_s);
            due->heard_s += run->is_silent ? 0 : (uint64_t)(run->to_s - run->from_s);
        }
        const unsigned what = what_of(run, due);
        if (what != 0)
            st = note_other(&r->others[due->gap], address, what);
    }
    return st;
}

enum ovf_status ovf_reception_take(struct ovf_reception *r, uint32_t address, struct ovf_bytes runs)
{
    struct ovf_heard_reader reader = {.rest = runs};
    struct ovf_heard_run run;
    enum ovf_status st = OVF_OK;
    r->n_taken++;
    while (st == OVF_OK && ovf_heard_next(&reader, &run)) {
        if (run.from_s >= r->from_s && run.from_s < r->to_s)
            st = take_run(r, address, &run);
    }
    return st;
}

/* ---- asking ---- */

const struct ovf_gap *ovf_reception_gap(const struct ovf_reception *r, size_t i)
{
    return &r->gaps[i];
}

/** The first due time of gap \p i. */
static size_t first_due(const struct ovf_reception *r, size_t i)
{
    size_t low = 0;
    for (size_t high = r->n_dues; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (r->dues[middle].gap < i)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** Reports expected in each cell, and the share of time that others were received in, weighed by the time that
 * the aircraft was due there. Rounded here: what is told decides. */
static void add_up_dues(const struct ovf_reception *r, size_t i, struct ovf_gap_evidence *out)
{
    double heard_s = 0;
    for (size_t k = first_due(r, i); k < r->n_dues && r->dues[k].gap == i; k++) {
        const struct due *due = &r->dues[k];
        const double due_s = (double)(due->to_s - due->from_s);
        if (due->known_s == 0)
            continue;
        out->known_s += due->to_s - due->from_s;
        out->expected_reports += due_s * ((double)due->n_fixes / (double)due->known_s);
        heard_s += due_s * ((double)due->heard_s / (double)due->known_s);
    }
    if (out->known_s > 0)
        out->received_share = round(heard_s / (double)out->known_s * 100) / 100;
    out->expected_reports = round(out->expected_reports * 10) / 10;
}

/** How long the aircraft was due in disturbed cells; and the traffic of the one of these, cell and hour, that it
 * was due in for longest. */
static void add_up_disturbed(const struct ovf_reception *r, size_t i, struct ovf_gap_evidence *out)
{
    int64_t longest_s = 0;
    for (size_t k = first_due(r, i); k < r->n_dues && r->dues[k].gap == i; k++) {
        const struct due *due = &r->dues[k];
        for (int64_t h = hour_of(due->from_s); h <= hour_of(due->to_s); h++) {
            const struct entry wanted = {.key = key_of(due->cell, r->gaps[i].band, h),
                                         .due = (uint32_t)k};
            const struct entry *entry =
                bsearch(&wanted, r->entries, r->n_entries, sizeof wanted, compare_entries);
            const int64_t begin_s = h * OVF_HOUR_S > due->from_s ? h * OVF_HOUR_S : due->from_s;
            const int64_t end_s =
                (h + 1) * OVF_HOUR_S < due->to_s ? (h + 1) * OVF_HOUR_S : due->to_s;
            if (!ovf_cell_speaks(entry->traffic, r->config))
                continue;
            out->disturbed_s += end_s - begin_s;
            if (end_s - begin_s > longest_s) {
                longest_s = end_s - begin_s;
                out->disturbed = entry->traffic;
            }
        }
    }
}

void ovf_reception_ask(const struct ovf_reception *r, size_t i, struct ovf_gap_evidence *out)
{
    const struct others *others = &r->others[i];
    *out = (struct ovf_gap_evidence){0};
    add_up_dues(r, i, out);
    add_up_disturbed(r, i, out);
    for (size_t k = 0; k < others->n; k++) {
        const struct other *other = &others->items[k];
        out->n_heard_then += (other->what & HEARD_THEN) != 0 ? 1 : 0;
        out->n_silent_then += (other->what & SILENT_THEN) != 0 ? 1 : 0;
        if ((other->what & HEARD) == 0)
            continue;
        if (out->n_heard++ < OVF_WITNESSES_LISTED)
            out->witnesses[out->n_witnesses++] = other->address;
    }
}
