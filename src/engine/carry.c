/* SPDX-License-Identifier: Apache-2.0 */
/* What is left of a scan that another could change. */
#include "engine/carry_list.h"

#include <stdlib.h>

#include "engine/journey_leg.h"

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

struct ovf_carry_window ovf_carry_window_at(const struct ovf_carry *carry, int64_t t_ns)
{
    for (size_t i = 0; i < carry->n_windows; i++) {
        if (carry->windows[i].from_ns <= t_ns && t_ns < carry->windows[i].to_ns)
            return carry->windows[i];
    }
    return (struct ovf_carry_window){t_ns, t_ns};
}

/* ---- which flights are open ---- */

static int compare_listed(const void *a, const void *b)
{
    const struct ovf_carry_listed *x = a;
    const struct ovf_carry_listed *y = b;
    return (x->flight->start_ns > y->flight->start_ns) -
           (x->flight->start_ns < y->flight->start_ns);
}

static enum ovf_status list_all(const struct ovf_carry *carry, const struct ovf_join *join,
                                struct ovf_carry_list *list)
{
    size_t n = carry->n_flights;
    for (size_t i = 0; i < join->n_stretches; i++)
        n += join->stretches[i].n_flights;
    list->items = malloc((n + 1) * sizeof *list->items);
    if (list->items == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < carry->n_flights; i++)
        list->items[list->n++] =
            (struct ovf_carry_listed){.flight = &carry->flights[i], .stretch = SIZE_MAX};
    for (size_t i = 0; i < join->n_stretches; i++) {
        const struct ovf_stretch *s = &join->stretches[i];
        for (size_t k = 0; k < s->n_flights; k++)
            list->items[list->n++] = (struct ovf_carry_listed){.flight = &s->flights[k].flight,
                                                               .own = &s->flights[k],
                                                               .stretch = i,
                                                               .crosses = s->flights[k].crosses};
    }
    qsort(list->items, list->n, sizeof *list->items, compare_listed);
    return OVF_OK;
}

/** Numbers journeys anew: of a flight that was carried without fixes nobody has said yet where it stands. */
static enum ovf_status number_journeys(struct ovf_carry_list *list, double journey_s)
{
    struct ovf_journey_leg *legs = malloc((list->n + 1) * sizeof *legs);
    struct ovf_journey_place *places = malloc((list->n + 1) * sizeof *places);
    const enum ovf_status st = legs == NULL || places == NULL ? OVF_E_NOMEM : OVF_OK;
    for (size_t i = 0; i < list->n && st == OVF_OK; i++)
        legs[i] = ovf_journey_leg_of(list->items[i].flight);
    if (st == OVF_OK)
        ovf_journeys_number(legs, list->n, journey_s, places);
    for (size_t i = 0; i < list->n && st == OVF_OK; i++)
        list->items[i].place = places[i];
    free(legs);
    free(places);
    return st;
}

static bool is_cut(const struct ovf_carry_list *list, size_t next, double journey_s)
{
    const struct ovf_journey_leg a = ovf_journey_leg_of(list->items[next - 1].flight);
    const struct ovf_journey_leg b = ovf_journey_leg_of(list->items[next].flight);
    return ovf_journey_is_cut(&a, &b, journey_s);
}

/** How far from an edge a flight may be for another scan to change its journey: it may also be that its
 * last fix turns out to be where the next one left from. */
static int64_t journey_reach(int64_t journey_ns)
{
    return journey_ns > OVF_CARRY_REACH_NS ? journey_ns : OVF_CARRY_REACH_NS;
}

/** Flight \p i and those after it, up to the first that what was before cannot change. */
static void open_to_cut(struct ovf_carry_list *list, size_t i, int64_t journey_ns)
{
    for (size_t k = i; k < list->n; k++) {
        if (k > i && is_cut(list, k, (double)journey_ns / (double)OVF_NS_PER_S))
            break;
        list->items[k].is_open = true;
    }
}

/** The journey of flight \p i, up to that. */
static void open_journey_before(struct ovf_carry_list *list, size_t i)
{
    for (size_t k = i + 1; k > 0; k--) {
        if (list->items[k - 1].place.journey != list->items[i].place.journey)
            break;
        list->items[k - 1].is_open = true;
    }
}

/** The first flight that is not, with flight \p i, in one spell: that may come to nothing when more of it is heard.
 * list->n: none within \p reach_ns of it. */
static size_t after_spell(const struct ovf_join *join, const struct ovf_carry_list *list, size_t i,
                          int64_t reach_ns)
{
    const struct ovf_carry_listed *first = &list->items[i];
    if (first->own == NULL)
        return list->n;
    const struct ovf_stretch_spell spell =
        ovf_stretch_spell_at(&join->stretches[first->stretch], first->flight->start_ns);
    while (i < list->n && list->items[i].flight->end_ns <= spell.to_ns)
        i++;
    return i < list->n && list->items[i].flight->start_ns - spell.to_ns < reach_ns ? i : list->n;
}

/** The last one, likewise. */
static size_t before_spell(const struct ovf_join *join, const struct ovf_carry_list *list, size_t i,
                           int64_t reach_ns)
{
    const struct ovf_carry_listed *last = &list->items[i];
    if (last->own == NULL)
        return list->n;
    const struct ovf_stretch_spell spell =
        ovf_stretch_spell_at(&join->stretches[last->stretch], last->flight->end_ns);
    while (i > 0 && list->items[i].flight->start_ns >= spell.from_ns)
        i--;
    const struct ovf_flight *flight = list->items[i].flight;
    return flight->start_ns < spell.from_ns && spell.from_ns - flight->end_ns < reach_ns ? i
                                                                                         : list->n;
}

/** The first flights after an edge, and after the spell there, up to the first that what was before cannot change. The
 * edge may be within a flight. */
static void open_after_edges(const struct ovf_carry *next, const struct ovf_join *join,
                             struct ovf_carry_list *list, int64_t journey_ns)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct ovf_flight *flight = list->items[i].flight;
        const struct ovf_carry_window window = ovf_carry_window_at(next, flight->start_ns);
        const bool is_far = (i > 0 && list->items[i - 1].flight->end_ns >= window.from_ns) ||
                            flight->start_ns - window.from_ns >= journey_reach(journey_ns);
        if (is_far && flight->end_ns < window.to_ns)
            continue;
        open_to_cut(list, i, journey_ns);
        open_to_cut(list, after_spell(join, list, i, journey_reach(journey_ns)), journey_ns);
    }
}

/** The flights of the last journey before an edge, and before the spell there, or with one in a flight. */
static void open_before_edges(const struct ovf_carry *next, const struct ovf_join *join,
                              struct ovf_carry_list *list, int64_t journey_ns)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct ovf_flight *flight = list->items[i].flight;
        const struct ovf_carry_window window = ovf_carry_window_at(next, flight->end_ns);
        const bool is_far =
            (i + 1 < list->n && list->items[i + 1].flight->start_ns < window.to_ns) ||
            window.to_ns - flight->end_ns >= journey_reach(journey_ns);
        if (is_far && flight->start_ns >= window.from_ns)
            continue;
        const size_t before = before_spell(join, list, i, journey_reach(journey_ns));
        open_journey_before(list, i);
        if (before < list->n)
            open_journey_before(list, before);
    }
}

/* ---- which flights are beside ---- */

static bool is_near(const struct ovf_flight *a, const struct ovf_flight *b)
{
    return ovf_time_seconds(a->end_ns, b->start_ns) <= OVF_COUNTRIES_HORIZON_MAX_S;
}

/** The flights before and after those that are told anew. */
static void mark_beside(struct ovf_carry_list *list)
{
    for (size_t i = 1; i < list->n; i++) {
        struct ovf_carry_listed *const a = &list->items[i - 1];
        struct ovf_carry_listed *const b = &list->items[i];
        if (!is_near(a->flight, b->flight))
            continue;
        a->is_beside = a->is_beside || b->in_piece;
        b->is_beside = b->is_beside || a->in_piece;
    }
}

/* ---- the rest ---- */

static bool is_carried(const struct ovf_carry_listed *item)
{
    return item->in_piece || item->is_open;
}

/** Whether flight \p i must be told, from now on, that it begins a journey: the one before is forgotten, or will not be
 * known to be in one. One that is only beside others then begins one, whatever it was: else it went on with a flight
 * long before that is carried. */
static bool begins_journey(const struct ovf_carry_list *list, size_t i)
{
    if (i > 0 && !is_carried(&list->items[i - 1]))
        return list->items[i].place.leg == 1 || !is_carried(&list->items[i]);
    return list->items[i].flight->begins_journey;
}

static enum ovf_status carry_flights(const struct ovf_carry_list *list, struct ovf_carry *out)
{
    out->flights = calloc(list->n + 1, sizeof *out->flights);
    if (out->flights == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < list->n; i++) {
        if (!(list->items[i].is_open || list->items[i].is_beside) || list->items[i].in_piece)
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
    struct ovf_carry_list list = {0};
    enum ovf_status st = next_seen(carry, members, n_members, out);
    if (st == OVF_OK)
        st = next_windows(carry, members, n_members, out);
    if (st == OVF_OK)
        st = list_all(carry, join, &list);
    if (st == OVF_OK)
        st = number_journeys(&list, (double)journey_ns / (double)OVF_NS_PER_S);
    if (st == OVF_OK) {
        open_after_edges(out, join, &list, journey_ns);
        open_before_edges(out, join, &list, journey_ns);
        st = ovf_carry_pieces(join, &list, journey_reach(journey_ns), out);
        mark_beside(&list);
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
