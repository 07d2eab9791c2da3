/* SPDX-License-Identifier: Apache-2.0 */
/* What is left of a scan that another could change. */
#include "engine/carry.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "flight/journey.h"

/* Of the splitter of legs (track/legs.c): the longest silence that it bridges, in the air or to or from the
 * ground; the longest on the ground; the longest taxis. A stay on the ground whose fixes may be shared out
 * between two legs is no longer than a taxi in, the silence on the ground and a taxi out. */
#define REACH_NS (16 * 60 * OVF_NS_PER_MIN)
#define GROUND_GAP_NS (25 * OVF_NS_PER_MIN)
#define TAXI_IN_NS (30 * OVF_NS_PER_MIN)
#define TAXI_OUT_NS (60 * OVF_NS_PER_MIN)
#define STAY_NS (120 * OVF_NS_PER_MIN)

void ovf_carry_deinit(struct ovf_carry *carry)
{
    for (size_t i = 0; i < carry->n_pieces; i++)
        ovf_fixes_deinit(&carry->pieces[i].fixes);
    free(carry->windows);
    free(carry->seen);
    free(carry->members);
    free(carry->pieces);
    free(carry->flights);
    ovf_buffer_deinit(&carry->names);
    *carry = (struct ovf_carry){0};
}

static uint64_t short_digest(const struct ovf_digest *digest)
{
    return ovf_load_u64le(digest->bytes);
}

static int compare_u64(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a;
    const uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

bool ovf_carry_has_seen(const struct ovf_carry *carry, const struct ovf_digest *member)
{
    const uint64_t wanted = short_digest(member);
    return carry->n_seen > 0 &&
           bsearch(&wanted, carry->seen, carry->n_seen, sizeof wanted, compare_u64) != NULL;
}

static enum ovf_status next_seen(const struct ovf_carry *carry,
                                 const struct ovf_track_member *members, size_t n_members,
                                 struct ovf_carry *out)
{
    out->seen = malloc((carry->n_seen + n_members + 1) * sizeof *out->seen);
    if (out->seen == NULL)
        return OVF_E_NOMEM;
    if (carry->n_seen > 0)
        memcpy(out->seen, carry->seen, carry->n_seen * sizeof *out->seen);
    out->n_seen = carry->n_seen;
    for (size_t i = 0; i < n_members; i++)
        out->seen[out->n_seen++] = short_digest(&members[i].digest);
    qsort(out->seen, out->n_seen, sizeof *out->seen, compare_u64);
    return OVF_OK;
}

/* ---- windows ---- */

static int compare_windows(const void *a, const void *b)
{
    const struct ovf_carry_window *x = a;
    const struct ovf_carry_window *y = b;
    return (x->from_ns > y->from_ns) - (x->from_ns < y->from_ns);
}

static enum ovf_status next_windows(const struct ovf_carry *carry,
                                    const struct ovf_track_member *members, size_t n_members,
                                    struct ovf_carry *out)
{
    size_t n = 0;
    struct ovf_carry_window *all = malloc((carry->n_windows + n_members + 1) * sizeof *all);
    if (all == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < carry->n_windows; i++)
        all[n++] = carry->windows[i];
    for (size_t i = 0; i < n_members; i++) {
        if (members[i].from_ns < members[i].to_ns)
            all[n++] = (struct ovf_carry_window){members[i].from_ns, members[i].to_ns};
    }
    qsort(all, n, sizeof *all, compare_windows);
    out->windows = all;
    for (size_t i = 0; i < n; i++) {
        struct ovf_carry_window *last = out->n_windows > 0 ? &all[out->n_windows - 1] : NULL;
        if (last == NULL || all[i].from_ns > last->to_ns)
            all[out->n_windows++] = all[i];
        else if (all[i].to_ns > last->to_ns)
            last->to_ns = all[i].to_ns;
    }
    return OVF_OK;
}

bool ovf_carry_overlaps(const struct ovf_carry *carry, const struct ovf_track_member *member)
{
    for (size_t i = 0; i < carry->n_windows; i++) {
        if (carry->windows[i].from_ns < member->to_ns && member->from_ns < carry->windows[i].to_ns)
            return true;
    }
    return false;
}

/** The window that holds \p t_ns; an empty one there when none does. */
static struct ovf_carry_window window_at(const struct ovf_carry *carry, int64_t t_ns)
{
    for (size_t i = 0; i < carry->n_windows; i++) {
        if (carry->windows[i].from_ns <= t_ns && t_ns < carry->windows[i].to_ns)
            return carry->windows[i];
    }
    return (struct ovf_carry_window){t_ns, t_ns};
}

/* ---- which flights are open ---- */

/** A flight on the list of all that are known. */
struct listed {
    const struct ovf_flight *flight;
    const struct ovf_stretch_flight *own; /* NULL: without fixes */
    size_t stretch;                       /* SIZE_MAX: without fixes */
    bool crosses;
    bool is_open;  /* another scan could change its journey, or itself */
    bool in_piece; /* carried with its fixes */
    struct ovf_journey_place place;
};

struct list {
    struct listed *items;
    size_t n;
};

static int compare_listed(const void *a, const void *b)
{
    const struct listed *x = a;
    const struct listed *y = b;
    return (x->flight->start_ns > y->flight->start_ns) -
           (x->flight->start_ns < y->flight->start_ns);
}

static enum ovf_status list_all(const struct ovf_carry *carry, const struct ovf_join *join,
                                struct list *list)
{
    size_t n = carry->n_flights;
    for (size_t i = 0; i < join->n_stretches; i++)
        n += join->stretches[i].n_flights;
    list->items = malloc((n + 1) * sizeof *list->items);
    if (list->items == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < carry->n_flights; i++)
        list->items[list->n++] = (struct listed){.flight = &carry->flights[i], .stretch = SIZE_MAX};
    for (size_t i = 0; i < join->n_stretches; i++) {
        const struct ovf_stretch *s = &join->stretches[i];
        for (size_t k = 0; k < s->n_flights; k++)
            list->items[list->n++] = (struct listed){.flight = &s->flights[k].flight,
                                                     .own = &s->flights[k],
                                                     .stretch = i,
                                                     .crosses = s->flights[k].crosses};
    }
    qsort(list->items, list->n, sizeof *list->items, compare_listed);
    return OVF_OK;
}

static struct ovf_journey_leg journey_leg(const struct ovf_flight *flight)
{
    return (struct ovf_journey_leg){.first = flight->first,
                                    .last = flight->last,
                                    .from = flight->from,
                                    .to = flight->to,
                                    .begins_journey = flight->begins_journey};
}

/** Numbers journeys anew: of a flight that was carried without fixes nobody has said yet where it stands. */
static enum ovf_status number_journeys(struct list *list, double journey_s)
{
    struct ovf_journey_leg *legs = malloc((list->n + 1) * sizeof *legs);
    struct ovf_journey_place *places = malloc((list->n + 1) * sizeof *places);
    const enum ovf_status st = legs == NULL || places == NULL ? OVF_E_NOMEM : OVF_OK;
    for (size_t i = 0; i < list->n && st == OVF_OK; i++)
        legs[i] = journey_leg(list->items[i].flight);
    if (st == OVF_OK)
        ovf_journeys_number(legs, list->n, journey_s, places);
    for (size_t i = 0; i < list->n && st == OVF_OK; i++)
        list->items[i].place = places[i];
    free(legs);
    free(places);
    return st;
}

static bool is_cut(const struct list *list, size_t next, double journey_s)
{
    const struct ovf_journey_leg a = journey_leg(list->items[next - 1].flight);
    const struct ovf_journey_leg b = journey_leg(list->items[next].flight);
    return ovf_journey_is_cut(&a, &b, journey_s);
}

/** How far from an edge a flight may be for another scan to change its journey: it may also be that its
 * last fix turns out to be where the next one left from. */
static int64_t journey_reach(int64_t journey_ns)
{
    return journey_ns > REACH_NS ? journey_ns : REACH_NS;
}

/** The first flights after an edge, up to the first that what was before cannot change. The edge may be
 * within a flight. */
static void open_after_edges(const struct ovf_carry *next, struct list *list, int64_t journey_ns)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct ovf_flight *flight = list->items[i].flight;
        const struct ovf_carry_window window = window_at(next, flight->start_ns);
        const bool is_far = (i > 0 && list->items[i - 1].flight->end_ns >= window.from_ns) ||
                            flight->start_ns - window.from_ns >= journey_reach(journey_ns);
        if (is_far && flight->end_ns < window.to_ns)
            continue;
        for (size_t k = i; k < list->n; k++) {
            if (k > i && is_cut(list, k, (double)journey_ns / (double)OVF_NS_PER_S))
                break;
            list->items[k].is_open = true;
        }
    }
}

/** The flights of the last journey before an edge, or with one in a flight. */
static void open_before_edges(const struct ovf_carry *next, struct list *list, int64_t journey_ns)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct ovf_flight *flight = list->items[i].flight;
        const struct ovf_carry_window window = window_at(next, flight->end_ns);
        const bool is_far =
            (i + 1 < list->n && list->items[i + 1].flight->start_ns < window.to_ns) ||
            window.to_ns - flight->end_ns >= journey_reach(journey_ns);
        if (is_far && flight->start_ns >= window.from_ns)
            continue;
        for (size_t k = i + 1; k > 0; k--) {
            if (list->items[k - 1].place.journey != list->items[i].place.journey)
                break;
            list->items[k - 1].is_open = true;
        }
    }
}

/* ---- which fixes are carried ---- */

/** A time of which all fixes are carried; inclusive. */
struct range {
    int64_t from_ns;
    int64_t to_ns;
};

struct ranges {
    struct range *items;
    size_t n;
    size_t capacity;
};

static enum ovf_status add_range(struct ranges *ranges, int64_t from_ns, int64_t to_ns)
{
    struct range *grown =
        ovf_array_reserve(ranges->items, &ranges->capacity, ranges->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    ranges->items = grown;
    ranges->items[ranges->n++] = (struct range){from_ns, to_ns};
    return OVF_OK;
}

/** What decides is made of. */
struct view {
    const struct ovf_carry *next; /* its windows are known */
    const struct ovf_join *join;
    const struct list *list;
    size_t own; /* the stretch at hand */
};

/** Whether something else is known of the aircraft within [from, to). */
static bool is_known_between(const struct view *v, int64_t from_ns, int64_t to_ns)
{
    for (size_t i = 0; i < v->join->n_stretches; i++) {
        const struct ovf_fixes *fixes = &v->join->stretches[i].fixes;
        if (i != v->own && fixes->n > 0 && fixes->items[fixes->n - 1].t_ns >= from_ns &&
            fixes->items[0].t_ns < to_ns)
            return true;
    }
    for (size_t i = 0; i < v->list->n; i++) {
        const struct ovf_flight *flight = v->list->items[i].flight;
        if (v->list->items[i].stretch == SIZE_MAX && flight->end_ns >= from_ns &&
            flight->start_ns < to_ns)
            return true;
    }
    return false;
}

static struct range whole(const struct ovf_stretch_flight *flight)
{
    return (struct range){flight->from_ns, flight->to_ns};
}

static const struct ovf_stretch_flight *in_the_air(const struct ovf_stretch *s, int64_t t_ns)
{
    for (size_t i = 0; i < s->n_flights; i++) {
        if (s->flights[i].take_off_ns <= t_ns && t_ns <= s->flights[i].landing_ns)
            return &s->flights[i];
    }
    return NULL;
}

/** Whether a flight of the journey of \p flight crosses: then rows tell of it. */
static bool is_told(const struct view *v, const struct ovf_stretch_flight *flight)
{
    const struct listed *own = NULL;
    for (size_t i = 0; i < v->list->n && own == NULL; i++) {
        if (v->list->items[i].own == flight)
            own = &v->list->items[i];
    }
    for (size_t i = 0; i < v->list->n && own != NULL; i++) {
        const struct listed *item = &v->list->items[i];
        if (item->crosses && item->place.journey == own->place.journey)
            return true;
    }
    return false;
}

/** On the ground right after an edge: the stay may be shared out anew. */
static struct range near_head(const struct ovf_stretch *s, int64_t t_ns)
{
    struct range range = {t_ns, t_ns + STAY_NS};
    for (size_t i = s->n_flights; i > 0; i--) {
        const struct ovf_stretch_flight *later = &s->flights[i - 1];
        if (later->take_off_ns >= t_ns && later->take_off_ns <= t_ns + STAY_NS)
            range.to_ns = later->to_ns;
        else if (later->take_off_ns > range.to_ns && later->flight.start_ns <= range.to_ns)
            range.to_ns = later->flight.start_ns - 1;
    }
    return range;
}

/** On the ground long after an edge: a flight that was last heard in the air before it may have landed
 * here, and then these fixes are its taxi in and no longer the taxi out of the next. */
static struct range far_head(const struct view *v, int64_t t_ns)
{
    const struct ovf_stretch *s = &v->join->stretches[v->own];
    const struct range range = {t_ns, t_ns + TAXI_IN_NS};
    for (size_t i = 0; i < s->n_flights; i++) {
        const struct ovf_stretch_flight *later = &s->flights[i];
        if (later->take_off_ns < t_ns)
            continue;
        if (later->flight.start_ns <= range.to_ns && is_told(v, later))
            return (struct range){t_ns, later->to_ns};
        if (later->take_off_ns <= range.to_ns)
            return (struct range){t_ns, later->take_off_ns - 1};
        break;
    }
    return range;
}

/** The first fix of a window: what an earlier scan could lengthen. */
static enum ovf_status add_head(const struct view *v, int64_t t_ns, int64_t edge_ns,
                                struct ranges *ranges)
{
    const struct ovf_stretch *s = &v->join->stretches[v->own];
    const struct ovf_stretch_flight *flight = in_the_air(s, t_ns);
    if (t_ns - edge_ns >= REACH_NS || is_known_between(v, edge_ns, t_ns))
        return OVF_OK;
    const struct range range = flight != NULL                   ? whole(flight)
                               : t_ns - edge_ns < GROUND_GAP_NS ? near_head(s, t_ns)
                                                                : far_head(v, t_ns);
    return add_range(ranges, range.from_ns, range.to_ns);
}

/** On the ground right before an edge. */
static struct range near_tail(const struct ovf_stretch *s, int64_t t_ns)
{
    struct range range = {t_ns - STAY_NS, t_ns};
    for (size_t i = 0; i < s->n_flights; i++) {
        const struct ovf_stretch_flight *earlier = &s->flights[i];
        if (earlier->landing_ns <= t_ns && earlier->landing_ns >= t_ns - STAY_NS)
            range.from_ns = earlier->from_ns;
        else if (earlier->landing_ns < range.from_ns && earlier->flight.end_ns >= range.from_ns)
            range.from_ns = earlier->flight.end_ns + 1;
    }
    return range;
}

/** On the ground long before an edge: what is heard in the air next may have left from here, and then
 * this fix no longer belongs to the flight that landed. */
static struct range far_tail(const struct view *v, int64_t t_ns)
{
    const struct ovf_stretch *s = &v->join->stretches[v->own];
    struct range range = {t_ns - TAXI_OUT_NS, t_ns};
    for (size_t i = 0; i < s->n_flights; i++) {
        const struct ovf_stretch_flight *earlier = &s->flights[i];
        if (earlier->landing_ns > t_ns)
            break;
        if (earlier->flight.end_ns >= t_ns && is_told(v, earlier))
            range.from_ns = earlier->from_ns;
        else if (earlier->flight.end_ns >= t_ns)
            range.from_ns = t_ns;
        else if (earlier->flight.end_ns >= range.from_ns)
            range.from_ns = earlier->flight.end_ns + 1;
    }
    return range;
}

/** The last fix of a window: what a later scan could lengthen. */
static enum ovf_status add_tail(const struct view *v, int64_t t_ns, int64_t edge_ns,
                                struct ranges *ranges)
{
    const struct ovf_stretch *s = &v->join->stretches[v->own];
    const struct ovf_stretch_flight *flight = in_the_air(s, t_ns);
    if (edge_ns - t_ns >= REACH_NS || is_known_between(v, t_ns + 1, edge_ns))
        return OVF_OK;
    const struct range range = flight != NULL                   ? whole(flight)
                               : edge_ns - t_ns < GROUND_GAP_NS ? near_tail(s, t_ns)
                                                                : far_tail(v, t_ns);
    return add_range(ranges, range.from_ns, range.to_ns);
}

/** Where the fixes of a stretch meet the edges of what was scanned: a run is what lies in one window. */
static enum ovf_status add_edges(const struct view *v, struct ranges *ranges)
{
    const struct ovf_stretch *s = &v->join->stretches[v->own];
    const struct ovf_fix *items = s->fixes.items;
    enum ovf_status st = OVF_OK;
    for (size_t begin = 0, end; begin < s->fixes.n && st == OVF_OK; begin = end) {
        const struct ovf_carry_window window = window_at(v->next, items[begin].t_ns);
        end = begin + 1;
        while (end < s->fixes.n && items[end].t_ns < window.to_ns)
            end++;
        if (begin > 0 || !s->known_before)
            st = add_head(v, items[begin].t_ns, window.from_ns, ranges);
        if (st == OVF_OK && (end < s->fixes.n || !s->known_after))
            st = add_tail(v, items[end - 1].t_ns, window.to_ns, ranges);
    }
    return st;
}

static int compare_ranges(const void *a, const void *b)
{
    const struct range *x = a;
    const struct range *y = b;
    return (x->from_ns > y->from_ns) - (x->from_ns < y->from_ns);
}

/** Whether a flight of the stretch lies between two ranges: it is not carried with its fixes. */
static bool is_flight_between(const struct ovf_stretch *s, int64_t from_ns, int64_t to_ns)
{
    for (size_t i = 0; i < s->n_flights; i++) {
        const struct ovf_flight *flight = &s->flights[i].flight;
        if (flight->start_ns > from_ns && flight->end_ns < to_ns)
            return true;
    }
    return false;
}

/** In order, and those made one that meet or have nothing but the ground between them. */
static void merge_ranges(const struct ovf_stretch *s, struct ranges *ranges)
{
    size_t n = 0;
    if (ranges->n > 1)
        qsort(ranges->items, ranges->n, sizeof *ranges->items, compare_ranges);
    for (size_t i = 0; i < ranges->n; i++) {
        const struct range range = ranges->items[i];
        struct range *last = n > 0 ? &ranges->items[n - 1] : NULL;
        if (last == NULL ||
            (range.from_ns > last->to_ns && is_flight_between(s, last->to_ns, range.from_ns)))
            ranges->items[n++] = range;
        else if (range.to_ns > last->to_ns)
            last->to_ns = range.to_ns;
    }
    ranges->n = n;
}

static enum ovf_status find_ranges(const struct view *v, struct ranges *ranges)
{
    ranges->n = 0;
    enum ovf_status st = add_edges(v, ranges);
    for (size_t i = 0; i < v->list->n && st == OVF_OK; i++) {
        const struct listed *item = &v->list->items[i];
        if (item->stretch == v->own && item->is_open && item->crosses)
            st = add_range(ranges, item->own->from_ns, item->own->to_ns);
    }
    merge_ranges(&v->join->stretches[v->own], ranges);
    return st;
}

/** Whether all between two fixes in a row was scanned. */
static bool is_covered(const struct ovf_carry *next, const struct ovf_fix *a,
                       const struct ovf_fix *b)
{
    return b->t_ns < window_at(next, a->t_ns).to_ns;
}

static enum ovf_status cut_piece(const struct view *v, const struct range *range,
                                 struct ovf_carry_piece *piece)
{
    const struct ovf_stretch *s = &v->join->stretches[v->own];
    const struct ovf_fix *items = s->fixes.items;
    size_t begin = 0;
    while (begin < s->fixes.n && items[begin].t_ns < range->from_ns)
        begin++;
    size_t end = begin;
    while (end < s->fixes.n && items[end].t_ns <= range->to_ns)
        end++;
    const enum ovf_status st = ovf_fixes_append(&piece->fixes, items + begin, end - begin);
    if (begin < end) {
        piece->known_before =
            begin == 0 ? s->known_before : is_covered(v->next, &items[begin - 1], &items[begin]);
        piece->known_after =
            end == s->fixes.n ? s->known_after : is_covered(v->next, &items[end - 1], &items[end]);
    }
    return st;
}

static enum ovf_status add_piece(const struct view *v, const struct range *range,
                                 struct ovf_carry *out, size_t *capacity)
{
    struct ovf_carry_piece piece = {.known_before = false};
    struct ovf_carry_piece *grown =
        ovf_array_reserve(out->pieces, capacity, out->n_pieces + 1, sizeof *grown);
    enum ovf_status st = grown == NULL ? OVF_E_NOMEM : cut_piece(v, range, &piece);
    if (grown != NULL)
        out->pieces = grown;
    if (st == OVF_OK && piece.fixes.n > 0)
        out->pieces[out->n_pieces++] = piece;
    else
        ovf_fixes_deinit(&piece.fixes);
    return st;
}

static enum ovf_status carry_pieces(const struct ovf_join *join, struct list *list,
                                    struct ovf_carry *out)
{
    struct view v = {out, join, list, 0};
    struct ranges ranges = {0};
    size_t capacity = 0;
    enum ovf_status st = OVF_OK;
    for (; v.own < join->n_stretches && st == OVF_OK; v.own++) {
        st = find_ranges(&v, &ranges);
        for (size_t i = 0; i < ranges.n && st == OVF_OK; i++)
            st = add_piece(&v, &ranges.items[i], out, &capacity);
        for (size_t i = 0; i < list->n; i++) {
            struct listed *item = &list->items[i];
            for (size_t k = 0; k < ranges.n && item->stretch == v.own; k++)
                item->in_piece =
                    item->in_piece || (item->flight->start_ns >= ranges.items[k].from_ns &&
                                       item->flight->end_ns <= ranges.items[k].to_ns);
        }
    }
    free(ranges.items);
    return st;
}

/* ---- the rest ---- */

static bool is_carried(const struct listed *item)
{
    return item->in_piece || item->is_open;
}

/** Whether flight \p i must be told, from now on, that it begins a journey: the one before is forgotten. */
static bool begins_journey(const struct list *list, size_t i)
{
    if (i > 0 && !is_carried(&list->items[i - 1]))
        return list->items[i].place.leg == 1;
    return list->items[i].flight->begins_journey;
}

static enum ovf_status carry_flights(const struct list *list, struct ovf_carry *out)
{
    out->flights = calloc(list->n + 1, sizeof *out->flights);
    if (out->flights == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < list->n; i++) {
        if (!list->items[i].is_open || list->items[i].in_piece)
            continue;
        struct ovf_flight *flight = &out->flights[out->n_flights++];
        *flight = *list->items[i].flight;
        flight->begins_journey = begins_journey(list, i);
    }
    for (size_t p = 0; p < out->n_pieces; p++) {
        struct ovf_carry_piece *piece = &out->pieces[p];
        size_t i = 0;
        while (i < list->n && list->items[i].flight->start_ns < piece->fixes.items[0].t_ns)
            i++;
        piece->begins_journey =
            i < list->n && list->items[i].in_piece &&
            list->items[i].flight->start_ns <= piece->fixes.items[piece->fixes.n - 1].t_ns &&
            begins_journey(list, i);
    }
    return OVF_OK;
}

/** Only the members that pieces name, numbered anew. */
static enum ovf_status carry_members(const struct ovf_join *join, struct ovf_carry *out)
{
    uint32_t *number = calloc(join->n_members + 1, sizeof *number); /* from 1 */
    out->members = calloc(join->n_members + 1, sizeof *out->members);
    if (number == NULL || out->members == NULL) {
        free(number);
        return OVF_E_NOMEM;
    }
    for (size_t p = 0; p < out->n_pieces; p++) {
        for (size_t i = 0; i < out->pieces[p].fixes.n; i++)
            number[out->pieces[p].fixes.items[i].record.item] = 1;
    }
    for (size_t m = 0; m < join->n_members; m++) {
        if (number[m] == 0)
            continue;
        out->members[out->n_members++] = join->members[m];
        number[m] = (uint32_t)out->n_members;
    }
    for (size_t p = 0; p < out->n_pieces; p++) {
        for (size_t i = 0; i < out->pieces[p].fixes.n; i++) {
            struct ovf_record *record = &out->pieces[p].fixes.items[i].record;
            record->item = number[record->item] - 1;
        }
    }
    free(number);
    return OVF_OK;
}

enum ovf_status ovf_carry_next(const struct ovf_carry *carry,
                               const struct ovf_track_member *members, size_t n_members,
                               const struct ovf_join *join, int64_t journey_ns,
                               struct ovf_carry *out)
{
    struct list list = {0};
    enum ovf_status st = next_seen(carry, members, n_members, out);
    if (st == OVF_OK)
        st = next_windows(carry, members, n_members, out);
    if (st == OVF_OK)
        st = list_all(carry, join, &list);
    if (st == OVF_OK)
        st = number_journeys(&list, (double)journey_ns / (double)OVF_NS_PER_S);
    if (st == OVF_OK) {
        open_after_edges(out, &list, journey_ns);
        open_before_edges(out, &list, journey_ns);
        st = carry_pieces(join, &list, out);
    }
    if (st == OVF_OK)
        st = carry_flights(&list, out);
    if (st == OVF_OK)
        st = carry_members(join, out);
    if (st != OVF_OK)
        ovf_carry_deinit(out);
    free(list.items);
    return st;
}
