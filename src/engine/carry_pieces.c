/* SPDX-License-Identifier: Apache-2.0 */
/* Which fixes are carried. */
#include "engine/carry_list.h"

#include <stdlib.h>

#include "base/array.h"

/* Of the splitter of legs (track/legs.c): the longest silence that it bridges on the ground, the longest
 * taxis. A stay on the ground whose fixes may be shared out between two legs is no longer than a taxi in, the
 * silence on the ground and a taxi out. */
#define GROUND_GAP_NS (25 * OVF_NS_PER_MIN)
#define TAXI_IN_NS (30 * OVF_NS_PER_MIN)
#define TAXI_OUT_NS (60 * OVF_NS_PER_MIN)
#define STAY_NS (120 * OVF_NS_PER_MIN)

/* An address that is never silent, of a beacon that is left on, or one that many send, would be carried with ever more
 * days; of what is longer a part is carried. */
#define SPELL_MAX_NS (7 * OVF_NS_PER_DAY)

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
    const struct ovf_carry_list *list;
    int64_t reach_ns; /* so far from a change a flight may be changed, or its journey */
    size_t own;       /* the stretch at hand */
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
 * here, and then these fixes are its taxi in and no longer the taxi out of the next; of which all is carried, whether
 * it crosses or not: where it was heard is told of each flight, by its start. */
static struct range far_head(const struct ovf_stretch *s, int64_t t_ns)
{
    const struct range range = {t_ns, t_ns + TAXI_IN_NS};
    for (size_t i = 0; i < s->n_flights; i++) {
        const struct ovf_stretch_flight *later = &s->flights[i];
        if (later->take_off_ns < t_ns)
            continue;
        if (later->flight.start_ns <= range.to_ns)
            return (struct range){t_ns, later->to_ns};
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
    if (t_ns - edge_ns >= OVF_CARRY_REACH_NS || is_known_between(v, edge_ns, t_ns))
        return OVF_OK;
    const struct range range = flight != NULL                   ? whole(flight)
                               : t_ns - edge_ns < GROUND_GAP_NS ? near_head(s, t_ns)
                                                                : far_head(s, t_ns);
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
static struct range far_tail(const struct ovf_stretch *s, int64_t t_ns)
{
    struct range range = {t_ns - TAXI_OUT_NS, t_ns};
    for (size_t i = 0; i < s->n_flights; i++) {
        const struct ovf_stretch_flight *earlier = &s->flights[i];
        if (earlier->landing_ns > t_ns)
            break;
        if (earlier->flight.end_ns >= t_ns)
            range.from_ns = earlier->from_ns;
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
    if (edge_ns - t_ns >= OVF_CARRY_REACH_NS || is_known_between(v, t_ns + 1, edge_ns))
        return OVF_OK;
    const struct range range = flight != NULL                   ? whole(flight)
                               : edge_ns - t_ns < GROUND_GAP_NS ? near_tail(s, t_ns)
                                                                : far_tail(s, t_ns);
    return add_range(ranges, range.from_ns, range.to_ns);
}

struct ovf_stretch_spell ovf_stretch_spell_at(const struct ovf_stretch *stretch, int64_t t_ns)
{
    for (size_t k = 0; k < stretch->n_spells; k++) {
        if (stretch->spells[k].from_ns <= t_ns && t_ns <= stretch->spells[k].to_ns)
            return stretch->spells[k];
    }
    return (struct ovf_stretch_spell){.from_ns = t_ns, .to_ns = t_ns};
}

static bool is_short(const struct ovf_stretch_spell *spell)
{
    return spell->to_ns - spell->from_ns <= SPELL_MAX_NS;
}

/** Whether the spell is carried whole or not at all: with more or fewer fixes something else may be said of its
 * flights. What only stands has none. */
static bool is_whole(const struct ovf_stretch_spell *spell)
{
    return (spell->is_doubted || spell->has_flight) && is_short(spell);
}

/** What is before the last spell of a window, which may come to nothing when more of it is heard; and before those in
 * which there is no flight, as the flight before these is then the last one; but not out of reach of the first. Where
 * nothing speaks against the spell yet, only what was lost in the air: it may go on behind it. */
static enum ovf_status add_before_spell(const struct view *v, size_t begin, size_t last,
                                        struct ranges *ranges)
{
    const struct ovf_stretch *s = &v->join->stretches[v->own];
    const struct ovf_fix *items = s->fixes.items;
    struct ovf_stretch_spell spell = ovf_stretch_spell_at(s, items[last].t_ns);
    const struct ovf_stretch_spell at_edge = spell;
    size_t i = last;
    enum ovf_status st = OVF_OK;
    for (bool goes_on = is_short(&spell); goes_on && st == OVF_OK;) {
        while (i > begin && (items[i].t_ns >= spell.from_ns || ovf_fix_is_hearing(&items[i])))
            i--;
        goes_on = items[i].t_ns < spell.from_ns && at_edge.from_ns - items[i].t_ns < v->reach_ns;
        if (goes_on && (at_edge.is_doubted || in_the_air(s, items[i].t_ns) != NULL))
            st = add_tail(v, items[i].t_ns, spell.from_ns, ranges);
        spell = ovf_stretch_spell_at(s, items[i].t_ns);
        goes_on = goes_on && !spell.has_flight;
    }
    return st;
}

/** What comes after the first spell of a window, likewise. */
static enum ovf_status add_after_spell(const struct view *v, size_t first, size_t end,
                                       struct ranges *ranges)
{
    const struct ovf_stretch *s = &v->join->stretches[v->own];
    const struct ovf_fix *items = s->fixes.items;
    struct ovf_stretch_spell spell = ovf_stretch_spell_at(s, items[first].t_ns);
    const struct ovf_stretch_spell at_edge = spell;
    size_t i = first;
    enum ovf_status st = OVF_OK;
    for (bool goes_on = is_short(&spell); goes_on && st == OVF_OK;) {
        while (i + 1 < end && (items[i].t_ns <= spell.to_ns || ovf_fix_is_hearing(&items[i])))
            i++;
        goes_on = items[i].t_ns > spell.to_ns && items[i].t_ns - at_edge.to_ns < v->reach_ns;
        if (goes_on && (at_edge.is_doubted || in_the_air(s, items[i].t_ns) != NULL))
            st = add_head(v, items[i].t_ns, spell.to_ns, ranges);
        spell = ovf_stretch_spell_at(s, items[i].t_ns);
        goes_on = goes_on && !spell.has_flight;
    }
    return st;
}

/** Of a window in which [begin, end) is heard without any position: what a flight beyond one of its edges may reach. */
static enum ovf_status add_heard(const struct ovf_fix *items, size_t begin, size_t end,
                                 const struct ovf_carry_window *window, struct ranges *ranges)
{
    size_t head = begin;
    size_t tail = end;
    enum ovf_status st = OVF_OK;
    while (head < end && items[head].t_ns - window->from_ns < OVF_CARRY_REACH_NS)
        head++;
    while (tail > begin && window->to_ns - items[tail - 1].t_ns < OVF_CARRY_REACH_NS)
        tail--;
    if (head > begin)
        st = add_range(ranges, items[begin].t_ns, items[head - 1].t_ns);
    if (st == OVF_OK && tail < end)
        st = add_range(ranges, items[tail].t_ns, items[end - 1].t_ns);
    return st;
}

/** The fixes [begin, end) lie in one window. What is heard beyond its first and last position goes with these. */
static enum ovf_status add_run(const struct view *v, size_t begin, size_t end,
                               struct ranges *ranges)
{
    const struct ovf_stretch *s = &v->join->stretches[v->own];
    const struct ovf_fix *items = s->fixes.items;
    const struct ovf_carry_window window = ovf_carry_window_at(v->next, items[begin].t_ns);
    enum ovf_status st = OVF_OK;
    size_t first = begin;
    size_t last = end - 1;
    while (first < end && ovf_fix_is_hearing(&items[first]))
        first++;
    if (first == end)
        return add_heard(items, begin, end, &window, ranges);
    while (ovf_fix_is_hearing(&items[last]))
        last--;
    size_t n = ranges->n;
    if (begin > 0 || !s->known_before)
        st = add_head(v, items[first].t_ns, window.from_ns, ranges);
    if (st == OVF_OK && ranges->n > n)
        st = add_after_spell(v, first, end, ranges);
    if (st == OVF_OK && ranges->n > n && first > begin)
        st = add_range(ranges, items[begin].t_ns, items[first].t_ns);
    n = ranges->n;
    if (st == OVF_OK && (end < s->fixes.n || !s->known_after))
        st = add_tail(v, items[last].t_ns, window.to_ns, ranges);
    if (st == OVF_OK && ranges->n > n)
        st = add_before_spell(v, begin, last, ranges);
    if (st == OVF_OK && ranges->n > n && last + 1 < end)
        st = add_range(ranges, items[last].t_ns, items[end - 1].t_ns);
    return st;
}

/** Where the fixes of a stretch meet the edges of what was scanned: a run is what lies in one window. */
static enum ovf_status add_edges(const struct view *v, struct ranges *ranges)
{
    const struct ovf_stretch *s = &v->join->stretches[v->own];
    const struct ovf_fix *items = s->fixes.items;
    enum ovf_status st = OVF_OK;
    for (size_t begin = 0, end; begin < s->fixes.n && st == OVF_OK; begin = end) {
        const struct ovf_carry_window window = ovf_carry_window_at(v->next, items[begin].t_ns);
        end = begin + 1;
        while (end < s->fixes.n && items[end].t_ns < window.to_ns)
            end++;
        st = add_run(v, begin, end, ranges);
    }
    return st;
}

/** Lengthens the range by a time that it has a part of; false: it has none, or all. */
static bool take_in(struct range *range, int64_t from_ns, int64_t to_ns, struct range all)
{
    const bool has_part = from_ns <= range->to_ns && to_ns >= range->from_ns;
    const bool grows = has_part && (all.from_ns < range->from_ns || all.to_ns > range->to_ns);
    if (grows && all.from_ns < range->from_ns)
        range->from_ns = all.from_ns;
    if (grows && all.to_ns > range->to_ns)
        range->to_ns = all.to_ns;
    return grows;
}

/** No flight is carried in part, nor a spell that is carried whole: it would be told, or graded, as another. */
static void complete(const struct ovf_stretch *s, struct range *range)
{
    bool grows = true;
    while (grows) {
        grows = false;
        for (size_t k = 0; k < s->n_spells; k++) {
            const struct range spell = {s->spells[k].from_ns, s->spells[k].to_ns};
            if (is_whole(&s->spells[k]))
                grows = take_in(range, spell.from_ns, spell.to_ns, spell) || grows;
        }
        for (size_t i = 0; i < s->n_flights; i++) {
            const struct ovf_stretch_flight *own = &s->flights[i];
            grows = take_in(range, own->flight.start_ns, own->flight.end_ns, whole(own)) || grows;
        }
    }
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

/** Whether two ranges stay apart: a flight, or a time that was scanned and nothing reaches over, lies between them. */
static bool are_parted(const struct view *v, const struct range *a, const struct range *b)
{
    const bool is_far = b->from_ns - a->to_ns >= v->reach_ns &&
                        b->from_ns < ovf_carry_window_at(v->next, a->to_ns).to_ns;
    return is_far || (b->from_ns > a->to_ns &&
                      is_flight_between(&v->join->stretches[v->own], a->to_ns, b->from_ns));
}

/** In order, and those made one that meet or have nothing but a stay on the ground between them. */
static void merge_ranges(const struct view *v, struct ranges *ranges)
{
    size_t n = 0;
    if (ranges->n > 1)
        qsort(ranges->items, ranges->n, sizeof *ranges->items, compare_ranges);
    for (size_t i = 0; i < ranges->n; i++) {
        const struct range range = ranges->items[i];
        struct range *last = n > 0 ? &ranges->items[n - 1] : NULL;
        if (last == NULL || are_parted(v, last, &range))
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
        const struct ovf_carry_listed *item = &v->list->items[i];
        if (item->stretch == v->own && item->is_open && item->crosses)
            st = add_range(ranges, item->own->from_ns, item->own->to_ns);
    }
    for (size_t i = 0; i < ranges->n; i++)
        complete(&v->join->stretches[v->own], &ranges->items[i]);
    merge_ranges(v, ranges);
    return st;
}

/** Whether all between two fixes in a row was scanned. */
static bool is_covered(const struct ovf_carry *next, const struct ovf_fix *a,
                       const struct ovf_fix *b)
{
    return b->t_ns < ovf_carry_window_at(next, a->t_ns).to_ns;
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

/** The flights that lie in what is carried of a stretch. */
static void mark_flights(struct ovf_carry_list *list, size_t stretch, const struct ranges *ranges)
{
    for (size_t i = 0; i < list->n; i++) {
        struct ovf_carry_listed *item = &list->items[i];
        for (size_t k = 0; k < ranges->n && item->stretch == stretch; k++)
            item->in_piece =
                item->in_piece || (item->flight->start_ns >= ranges->items[k].from_ns &&
                                   item->flight->end_ns <= ranges->items[k].to_ns);
    }
}

/** A flight that is told anew is told with its journey: opens those that have a flight in a piece. False: they all were
 * open. */
static bool open_journeys(struct ovf_carry_list *list)
{
    bool grows = false;
    for (size_t i = 0; i < list->n; i++) {
        bool is_told = false;
        size_t end = i;
        for (; end < list->n && list->items[end].place.journey == list->items[i].place.journey;
             end++)
            is_told = is_told || list->items[end].in_piece;
        for (size_t k = i; k < end; k++) {
            grows = grows || (is_told && !list->items[k].is_open);
            list->items[k].is_open = list->items[k].is_open || is_told;
        }
        i = end - 1;
    }
    return grows;
}

enum ovf_status ovf_carry_pieces(const struct ovf_join *join, struct ovf_carry_list *list,
                                 int64_t reach_ns, struct ovf_carry *out)
{
    struct view v = {out, join, list, reach_ns, 0};
    struct ranges ranges = {0};
    size_t capacity = 0;
    bool grows = true;
    enum ovf_status st = OVF_OK;
    while (grows && st == OVF_OK) {
        for (v.own = 0; v.own < join->n_stretches && st == OVF_OK; v.own++) {
            st = find_ranges(&v, &ranges);
            mark_flights(list, v.own, &ranges);
        }
        grows = open_journeys(list);
    }
    for (v.own = 0; v.own < join->n_stretches && st == OVF_OK; v.own++) {
        st = find_ranges(&v, &ranges);
        for (size_t i = 0; i < ranges.n && st == OVF_OK; i++)
            st = add_piece(&v, &ranges.items[i], out, &capacity);
    }
    free(ranges.items);
    return st;
}
