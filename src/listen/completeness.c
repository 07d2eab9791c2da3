/* SPDX-License-Identifier: Apache-2.0 */
/* Counting days in a hash table. A table counts as a member on each day once, whichever aircraft its rows
 * are of and whichever thread meets them: it has records of its own in the same table, by item and day. */
#include "listen/completeness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"

enum { MIN_SLOTS = 16 };

enum what { FREE, DAY_OF_INPUT, DAY_OF_TABLE };

struct ovf_completeness_slot {
    enum what what;
    uint32_t number; /* of the input, or the item */
    int64_t day;     /* since 1970 */
    uint64_t last_aircraft;
    struct ovf_completeness_day count; /* of a table: the input alone */
};

#define HOUR_NS (OVF_NS_PER_DAY / 24)

const char *ovf_members_kind_name(unsigned kinds)
{
    switch (kinds) {
    case OVF_MEMBERS_TRACES:
        return "trace";
    case OVF_MEMBERS_TABLES:
        return "table";
    case OVF_MEMBERS_STATES:
        return "states";
    default:
        return "mixed";
    }
}

unsigned ovf_members_kind_parse(const char *name)
{
    for (unsigned kind = 1; kind < OVF_MEMBERS_MIXED; kind <<= 1) {
        if (strcmp(name, ovf_members_kind_name(kind)) == 0)
            return kind;
    }
    return OVF_MEMBERS_MIXED;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int ovf_globe_history_folder(const char *name)
{
    static const char above[] = "traces/";
    static const char file[] = "trace_full_";
    const char *last = strrchr(name, '/');
    if (last == NULL || strncmp(last + 1, file, sizeof file - 1) != 0)
        return -1;
    const size_t len = (size_t)(last - name); /* of ".../traces/3c" */
    if (len < sizeof above + 1)
        return -1;
    const char *begin = last - 2 - (sizeof above - 1);
    if (memcmp(begin, above, sizeof above - 1) != 0 || (begin > name && begin[-1] != '/'))
        return -1;
    const int high = hex_digit(last[-2]);
    const int low = hex_digit(last[-1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* ---- the table ---- */

void ovf_completeness_deinit(struct ovf_completeness *c)
{
    free(c->slots);
    *c = (struct ovf_completeness){0};
}

/** The slot of that record, or the free one where it would go. There is always a free one. Multiplicative
 * hashing (Knuth, The Art of Computer Programming 3, 6.4). */
static struct ovf_completeness_slot *slot_of(const struct ovf_completeness *c, enum what what,
                                             uint32_t number, int64_t day)
{
    uint64_t hash = ((uint64_t)number << 20 ^ (uint64_t)day) * 4 + (uint64_t)what;
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    size_t i = (size_t)(hash ^ hash >> 32) & (c->n_slots - 1);
    while (c->slots[i].what != FREE &&
           (c->slots[i].what != what || c->slots[i].number != number || c->slots[i].day != day))
        i = (i + 1) & (c->n_slots - 1);
    return &c->slots[i];
}

static enum ovf_status make_room(struct ovf_completeness *c)
{
    if (c->n_slots > 0 && c->n_used < c->n_slots / 2)
        return OVF_OK;
    struct ovf_completeness wider = *c;
    wider.n_slots = c->n_slots > 0 ? 2 * c->n_slots : MIN_SLOTS;
    wider.slots = calloc(wider.n_slots, sizeof *wider.slots);
    if (wider.slots == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < c->n_slots; i++) {
        const struct ovf_completeness_slot *s = &c->slots[i];
        if (s->what != FREE)
            *slot_of(&wider, s->what, s->number, s->day) = *s;
    }
    free(c->slots);
    *c = wider;
    return OVF_OK;
}

/** The record, made when it is not there; NULL: no memory. Good until the next is made. */
static struct ovf_completeness_slot *record(struct ovf_completeness *c, enum what what,
                                            uint32_t number, uint32_t input, int64_t day)
{
    if (make_room(c) != OVF_OK)
        return NULL;
    struct ovf_completeness_slot *slot = slot_of(c, what, number, day);
    if (slot->what == FREE) {
        *slot = (struct ovf_completeness_slot){.what = what, .number = number, .day = day};
        slot->count.input = input;
        slot->count.day_ns = day * OVF_NS_PER_DAY;
        c->n_used++;
    }
    return slot;
}

/* ---- counting ---- */

void ovf_completeness_next_aircraft(struct ovf_completeness *c)
{
    c->n_aircraft_begun++;
}

static int64_t day_number(int64_t t_ns)
{
    return t_ns / OVF_NS_PER_DAY - (t_ns % OVF_NS_PER_DAY < 0 ? 1 : 0);
}

static enum ovf_status add_trace(struct ovf_completeness *c,
                                 const struct ovf_completeness_member *member)
{
    struct ovf_completeness_slot *slot =
        record(c, DAY_OF_INPUT, member->input, member->input, day_number(member->day_ns));
    if (slot == NULL)
        return OVF_E_NOMEM;
    slot->count.kinds |= member->kind;
    slot->count.n_members++;
    if (member->folder >= 0)
        slot->count.folders[member->folder / 8] |= (unsigned char)(1U << member->folder % 8);
    return OVF_OK;
}

/** Fixes of one day. */
static enum ovf_status add_day(struct ovf_completeness *c,
                               const struct ovf_completeness_member *member, int64_t day,
                               uint32_t hours, size_t n_fixes)
{
    struct ovf_completeness_slot *slot = record(c, DAY_OF_INPUT, member->input, member->input, day);
    if (slot == NULL)
        return OVF_E_NOMEM;
    slot->count.kinds |= member->kind;
    slot->count.hours |= hours;
    slot->count.n_fixes += n_fixes;
    if (slot->last_aircraft != c->n_aircraft_begun || slot->count.n_aircraft == 0)
        slot->count.n_aircraft++;
    slot->last_aircraft = c->n_aircraft_begun;
    if (member->kind == OVF_MEMBERS_TRACES)
        return OVF_OK;
    return record(c, DAY_OF_TABLE, member->item, member->input, day) == NULL ? OVF_E_NOMEM : OVF_OK;
}

enum ovf_status ovf_completeness_add(struct ovf_completeness *c,
                                     const struct ovf_completeness_member *member,
                                     const struct ovf_fix *fixes, size_t n)
{
    enum ovf_status st = member->kind == OVF_MEMBERS_TRACES ? add_trace(c, member) : OVF_OK;
    for (size_t begin = 0, end; begin < n && st == OVF_OK; begin = end) {
        const int64_t day = day_number(fixes[begin].t_ns);
        const int64_t day_ns = day * OVF_NS_PER_DAY;
        uint32_t hours = 0;
        int64_t hour_ns = day_ns - HOUR_NS; /* of the fix before */
        for (end = begin; end < n; end++) {
            const int64_t t_ns = fixes[end].t_ns;
            if (t_ns >= hour_ns && t_ns - hour_ns < HOUR_NS)
                continue;
            if (day_number(t_ns) != day)
                break;
            const int64_t hour = (t_ns - day_ns) / HOUR_NS;
            hours |= UINT32_C(1) << hour;
            hour_ns = day_ns + hour * HOUR_NS;
        }
        st = add_day(c, member, day, hours, end - begin);
    }
    return st;
}

enum ovf_status ovf_completeness_join(struct ovf_completeness *sum,
                                      const struct ovf_completeness *more)
{
    for (size_t i = 0; i < more->n_slots; i++) {
        const struct ovf_completeness_slot *s = &more->slots[i];
        if (s->what == FREE)
            continue;
        struct ovf_completeness_slot *slot =
            record(sum, s->what, s->number, s->count.input, s->day);
        if (slot == NULL)
            return OVF_E_NOMEM;
        slot->count.kinds |= s->count.kinds;
        slot->count.hours |= s->count.hours;
        slot->count.n_members += s->count.n_members;
        slot->count.n_fixes += s->count.n_fixes;
        slot->count.n_aircraft += s->count.n_aircraft;
        for (size_t k = 0; k < sizeof s->count.folders; k++)
            slot->count.folders[k] |= s->count.folders[k];
    }
    return OVF_OK;
}

/* ---- days ---- */

static int compare_days(const void *x, const void *y)
{
    const struct ovf_completeness_day *a = x;
    const struct ovf_completeness_day *b = y;
    if (a->input != b->input)
        return a->input < b->input ? -1 : 1;
    return (a->day_ns > b->day_ns) - (a->day_ns < b->day_ns);
}

static void count_folders(struct ovf_completeness_day *day)
{
    for (unsigned i = 0; i < OVF_GLOBE_HISTORY_FOLDERS; i++)
        day->n_folders += ovf_completeness_has_folder(day, i) ? 1 : 0;
}

/** Days of one input in a row: which hours lie between the first with a fix and the last. */
static void find_hours_between(struct ovf_completeness_day *days, size_t n)
{
    enum { ALL_HOURS = (1 << 24) - 1 };
    size_t first = n;
    size_t last = 0;
    for (size_t i = 0; i < n; i++) {
        if (days[i].hours == 0)
            continue;
        first = first == n ? i : first;
        last = i;
    }
    for (size_t i = first; first < n && i <= last; i++) {
        uint32_t between = ALL_HOURS;
        for (unsigned h = 0; i == first && (days[i].hours >> h & 1U) == 0; h++)
            between &= ~(UINT32_C(1) << h);
        for (unsigned h = 23; i == last && (days[i].hours >> h & 1U) == 0; h--)
            between &= ~(UINT32_C(1) << h);
        days[i].hours_between = between;
    }
}

static bool is_next_day(const struct ovf_completeness_day *day,
                        const struct ovf_completeness_day *next)
{
    return day->input == next->input && next->day_ns - day->day_ns == OVF_NS_PER_DAY;
}

enum ovf_status ovf_completeness_days(const struct ovf_completeness *c,
                                      struct ovf_completeness_day **out, size_t *n)
{
    struct ovf_completeness_day *days = malloc((c->n_used + 1) * sizeof *days);
    if (days == NULL)
        return OVF_E_NOMEM;
    *n = 0;
    for (size_t i = 0; i < c->n_slots; i++) {
        if (c->slots[i].what != DAY_OF_INPUT)
            continue;
        days[*n] = c->slots[i].count;
        days[*n].fixes_to_neighbours = (double)NAN;
        days[*n].aircraft_to_neighbours = (double)NAN;
        count_folders(&days[(*n)++]);
    }
    if (*n > 1)
        qsort(days, *n, sizeof *days, compare_days);
    for (size_t i = 0; i < c->n_slots; i++) {
        if (c->slots[i].what != DAY_OF_TABLE)
            continue;
        struct ovf_completeness_day *day =
            bsearch(&c->slots[i].count, days, *n, sizeof *days, compare_days);
        if (day != NULL)
            day->n_members++;
    }
    for (size_t begin = 0, end; begin < *n; begin = end) {
        for (end = begin + 1; end < *n && is_next_day(&days[end - 1], &days[end]);)
            end++;
        find_hours_between(days + begin, end - begin);
    }
    *out = days;
    return OVF_OK;
}

/* ---- comparing ---- */

/** All inputs of one kind on one day. */
struct total {
    unsigned kinds;
    int64_t day_ns;
    double n_fixes;
    double n_aircraft;
};

/** Inputs of several kinds of members are one kind, whichever these are. */
static unsigned kind_of(const struct ovf_completeness_day *day)
{
    return (day->kinds & (day->kinds - 1)) == 0 ? day->kinds : OVF_MEMBERS_MIXED;
}

static int compare_totals(const void *x, const void *y)
{
    const struct total *a = x;
    const struct total *b = y;
    if (a->kinds != b->kinds)
        return a->kinds < b->kinds ? -1 : 1;
    return (a->day_ns > b->day_ns) - (a->day_ns < b->day_ns);
}

static bool takes_part(const struct ovf_completeness_day *day)
{
    return day->n_members > 0 && day->n_fixes > 0;
}

/** Sums of whole numbers below 2^53: exact, so the order does not matter. */
static size_t add_up(const struct ovf_completeness_day *days, size_t n, struct total *totals)
{
    size_t n_parts = 0;
    size_t n_totals = 0;
    for (size_t i = 0; i < n; i++) {
        if (takes_part(&days[i]))
            totals[n_parts++] = (struct total){kind_of(&days[i]), days[i].day_ns,
                                               (double)days[i].n_fixes, (double)days[i].n_aircraft};
    }
    if (n_parts > 1)
        qsort(totals, n_parts, sizeof *totals, compare_totals);
    for (size_t i = 0; i < n_parts; i++) {
        if (n_totals > 0 && compare_totals(&totals[n_totals - 1], &totals[i]) == 0) {
            totals[n_totals - 1].n_fixes += totals[i].n_fixes;
            totals[n_totals - 1].n_aircraft += totals[i].n_aircraft;
        } else {
            totals[n_totals++] = totals[i];
        }
    }
    return n_totals;
}

static void compare_day(struct ovf_completeness_day *day, const struct total *totals, size_t n)
{
    const struct total key = {.kinds = kind_of(day), .day_ns = day->day_ns};
    const struct total *own = bsearch(&key, totals, n, sizeof *totals, compare_totals);
    double n_fixes = 0;
    double n_aircraft = 0;
    day->n_neighbours = 0;
    day->fixes_to_neighbours = (double)NAN;
    day->aircraft_to_neighbours = (double)NAN;
    if (own == NULL || !takes_part(day))
        return;
    for (int64_t step = -1; step <= 1; step += 2) {
        struct total beside = key;
        beside.day_ns += step * OVF_NS_PER_DAY;
        const struct total *found = bsearch(&beside, totals, n, sizeof *totals, compare_totals);
        if (found == NULL)
            continue;
        n_fixes += found->n_fixes;
        n_aircraft += found->n_aircraft;
        day->n_neighbours++;
    }
    if (day->n_neighbours == 0)
        return;
    day->neighbours_fixes = n_fixes / day->n_neighbours;
    day->neighbours_aircraft = n_aircraft / day->n_neighbours;
    day->fixes_to_neighbours = own->n_fixes / day->neighbours_fixes;
    day->aircraft_to_neighbours = own->n_aircraft / day->neighbours_aircraft;
}

enum ovf_status ovf_completeness_compare(struct ovf_completeness_day *days, size_t n)
{
    struct total *totals = malloc((n + 1) * sizeof *totals);
    if (totals == NULL)
        return OVF_E_NOMEM;
    const size_t n_totals = add_up(days, n, totals);
    for (size_t i = 0; i < n; i++)
        compare_day(&days[i], totals, n_totals);
    free(totals);
    return OVF_OK;
}

/* ---- judging ---- */

/* globe_history has a folder for each value of an address's last byte. Of n addresses at random, 256
 * exp(-n / 256) folders stay empty on average: 0.012 of 2560. */
#define ENOUGH_FOR_FOLDERS 2560

/* Below this, an hour without a fix or a day with half the aircraft is ordinary. */
#define ENOUGH_AIRCRAFT 100

#define MUCH_LESS 0.5

unsigned ovf_completeness_lacks(const struct ovf_completeness_day *day)
{
    unsigned lacks = 0;
    if (day->n_folders > 0 && day->n_folders < OVF_GLOBE_HISTORY_FOLDERS &&
        day->n_members >= ENOUGH_FOR_FOLDERS)
        lacks |= OVF_LACKS_FOLDERS;
    if (day->n_aircraft >= ENOUGH_AIRCRAFT && ovf_completeness_silent_hours(day) != 0)
        lacks |= OVF_LACKS_HOURS;
    if (day->n_neighbours == 0 || day->neighbours_aircraft < ENOUGH_AIRCRAFT)
        return lacks;
    if (day->aircraft_to_neighbours < MUCH_LESS)
        lacks |= OVF_LACKS_AIRCRAFT;
    if (day->fixes_to_neighbours < MUCH_LESS)
        lacks |= OVF_LACKS_FIXES;
    return lacks;
}

void ovf_completeness_verdict(const struct ovf_completeness_day *day, char text[OVF_LACKS_SIZE])
{
    static const char *const words[] = {"folders", "hours", "aircraft", "fixes"};
    const unsigned lacks = ovf_completeness_lacks(day);
    size_t len = 0;
    if (lacks == 0) {
        const bool is_small = day->n_aircraft < ENOUGH_AIRCRAFT;
        (void)snprintf(text, OVF_LACKS_SIZE, is_small ? "too_few_to_judge" : "nothing_remarkable");
        return;
    }
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if ((lacks >> i & 1U) == 0)
            continue;
        if (len > 0)
            text[len++] = ',';
        memcpy(text + len, words[i], strlen(words[i]));
        len += strlen(words[i]);
    }
    text[len] = '\0';
}

double ovf_completeness_rounded(double ratio)
{
    return round(ratio * 1e4) / 1e4;
}
