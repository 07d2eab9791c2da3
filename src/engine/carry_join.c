/* SPDX-License-Identifier: Apache-2.0 */
/* Carried and new fixes, put together into stretches that the engine can take as tracks. Where something
 * lies between that was scanned but is not carried, a stretch ends: the splitter of legs must not see the
 * two sides as neighbours. */
#include "engine/carry.h"

#include <stdlib.h>

#include "airspace/walk.h"
#include "base/array.h"

void ovf_join_deinit(struct ovf_join *join)
{
    for (size_t i = 0; i < join->n_stretches; i++) {
        ovf_fixes_deinit(&join->stretches[i].fixes);
        free(join->stretches[i].flights);
        free(join->stretches[i].spells);
    }
    free(join->stretches);
    free(join->members);
    *join = (struct ovf_join){0};
}

/* ---- members ---- */

/** A member and where it stood: carried ones first, then new ones. */
struct numbered {
    struct ovf_track_member member;
    size_t number;
};

static int compare_numbered(const void *a, const void *b)
{
    const struct numbered *x = a;
    const struct numbered *y = b;
    return ovf_track_member_compare(&x->member, &y->member);
}

/** All members in order; \p place tells where each of the carried and of the new ones is now. */
static enum ovf_status join_members(const struct ovf_carry *carry,
                                    const struct ovf_track_member *members, size_t n_members,
                                    struct ovf_join *out, uint32_t *place)
{
    const size_t n = carry->n_members + n_members;
    struct numbered *all = malloc((n + 1) * sizeof *all);
    out->members = malloc((n + 1) * sizeof *out->members);
    if (all == NULL || out->members == NULL) {
        free(all);
        return OVF_E_NOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        all[i].member = i < carry->n_members ? carry->members[i] : members[i - carry->n_members];
        all[i].number = i;
    }
    qsort(all, n, sizeof *all, compare_numbered);
    for (size_t i = 0; i < n; i++) {
        out->members[i] = all[i].member;
        place[all[i].number] = (uint32_t)i;
    }
    out->n_members = n;
    free(all);
    return OVF_OK;
}

/* ---- segments: what is in a row ---- */

/** A carried piece, a run of new fixes, or a carried flight without fixes. */
struct segment {
    int64_t from_ns;
    int64_t to_ns;
    const struct ovf_fix *fixes; /* NULL: a flight */
    size_t n_fixes;
    size_t first_member; /* what place[] is asked for its records: those of new fixes come second */
    bool known_before;
    bool known_after;
    bool begins_journey;
};

struct segments {
    struct segment *items;
    size_t n;
    size_t capacity;
};

static enum ovf_status add_segment(struct segments *segments, struct segment segment)
{
    struct segment *grown =
        ovf_array_reserve(segments->items, &segments->capacity, segments->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    segments->items = grown;
    segments->items[segments->n++] = segment;
    return OVF_OK;
}

static int compare_segments(const void *a, const void *b)
{
    const struct segment *x = a;
    const struct segment *y = b;
    return (x->from_ns > y->from_ns) - (x->from_ns < y->from_ns);
}

static enum ovf_status add_carried(const struct ovf_carry *carry, struct segments *segments)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < carry->n_pieces && st == OVF_OK; i++) {
        const struct ovf_carry_piece *p = &carry->pieces[i];
        st = add_segment(segments, (struct segment){.from_ns = p->fixes.items[0].t_ns,
                                                    .to_ns = p->fixes.items[p->fixes.n - 1].t_ns,
                                                    .fixes = p->fixes.items,
                                                    .n_fixes = p->fixes.n,
                                                    .known_before = p->known_before,
                                                    .known_after = p->known_after,
                                                    .begins_journey = p->begins_journey});
    }
    for (size_t i = 0; i < carry->n_flights && st == OVF_OK; i++)
        st = add_segment(segments, (struct segment){.from_ns = carry->flights[i].start_ns,
                                                    .to_ns = carry->flights[i].end_ns});
    return st;
}

/** Whether something carried lies between two new fixes that follow each other. */
static bool is_between(const struct segments *carried, size_t n_carried, int64_t from_ns,
                       int64_t to_ns)
{
    for (size_t i = 0; i < n_carried; i++) {
        if (carried->items[i].from_ns > from_ns && carried->items[i].to_ns < to_ns)
            return true;
    }
    return false;
}

/** New fixes, a segment between what is carried. */
static enum ovf_status add_new(const struct ovf_fixes *fixes, size_t first_member,
                               struct segments *segments)
{
    const size_t n_carried = segments->n;
    enum ovf_status st = OVF_OK;
    for (size_t begin = 0, end; begin < fixes->n && st == OVF_OK; begin = end) {
        for (end = begin + 1; end < fixes->n; end++) {
            if (n_carried > 0 &&
                is_between(segments, n_carried, fixes->items[end - 1].t_ns, fixes->items[end].t_ns))
                break;
        }
        st = add_segment(segments, (struct segment){.from_ns = fixes->items[begin].t_ns,
                                                    .to_ns = fixes->items[end - 1].t_ns,
                                                    .fixes = fixes->items + begin,
                                                    .n_fixes = end - begin,
                                                    .first_member = first_member});
    }
    return st;
}

static enum ovf_status gather_new(const struct ovf_fixes *parts, size_t n_parts,
                                  struct ovf_fixes *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n_parts && st == OVF_OK; i++)
        st = ovf_fixes_append(out, parts[i].items, parts[i].n);
    ovf_fixes_sort(out);
    return st;
}

/* ---- stretches ---- */

static enum ovf_status add_to_stretch(struct ovf_stretch *stretch, const struct segment *segment,
                                      const uint32_t *place)
{
    const size_t before = stretch->fixes.n;
    const enum ovf_status st = ovf_fixes_append(&stretch->fixes, segment->fixes, segment->n_fixes);
    for (size_t i = before; i < stretch->fixes.n; i++) {
        struct ovf_record *record = &stretch->fixes.items[i].record;
        record->item = place[segment->first_member + record->item];
    }
    return st;
}

/** Segments in order of time; each goes on with the stretch before it where nothing unknown is between. */
static enum ovf_status make_stretches(const struct segments *segments, const uint32_t *place,
                                      struct ovf_join *out)
{
    struct ovf_stretch *open = NULL;
    int64_t end_ns = INT64_MIN;
    enum ovf_status st = OVF_OK;
    out->stretches = calloc(segments->n + 1, sizeof *out->stretches);
    if (out->stretches == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < segments->n && st == OVF_OK; i++) {
        const struct segment *s = &segments->items[i];
        if (s->fixes == NULL) {
            open = NULL;
            continue;
        }
        const bool overlaps = open != NULL && s->from_ns <= end_ns;
        if (open == NULL || (!overlaps && (open->known_after || s->known_before))) {
            open = &out->stretches[out->n_stretches++];
            open->known_before = s->known_before;
            open->begins_journey = s->begins_journey;
            end_ns = INT64_MIN;
        }
        st = add_to_stretch(open, s, place);
        if (s->to_ns >= end_ns) {
            end_ns = s->to_ns;
            open->known_after = s->known_after;
        }
    }
    for (size_t i = 0; i < out->n_stretches; i++)
        ovf_fixes_sort(&out->stretches[i].fixes);
    return st;
}

enum ovf_status ovf_carry_join(const struct ovf_carry *carry,
                               const struct ovf_track_member *members, size_t n_members,
                               const struct ovf_fixes *parts, size_t n_parts, struct ovf_join *out)
{
    struct segments segments = {0};
    struct ovf_fixes fresh = {0};
    uint32_t *place = calloc(carry->n_members + n_members + 1, sizeof *place);
    enum ovf_status st = place == NULL ? OVF_E_NOMEM : OVF_OK;
    if (st == OVF_OK)
        st = join_members(carry, members, n_members, out, place);
    if (st == OVF_OK)
        st = gather_new(parts, n_parts, &fresh);
    if (st == OVF_OK)
        st = add_carried(carry, &segments);
    if (st == OVF_OK)
        st = add_new(&fresh, carry->n_members, &segments);
    if (st == OVF_OK) {
        if (segments.n > 1)
            qsort(segments.items, segments.n, sizeof *segments.items, compare_segments);
        st = make_stretches(&segments, place, out);
    }
    if (st != OVF_OK)
        ovf_join_deinit(out);
    free(segments.items);
    ovf_fixes_deinit(&fresh);
    free(place);
    return st;
}

/* ---- what the engine found ---- */

/** Whether fix \p next, beside \p i, is an unbelieved one of the same spell. */
static bool is_unbelieved_beside(const struct ovf_track *track, size_t i, size_t next)
{
    const struct ovf_fix *items = track->fixes.items;
    return !ovf_fix_is_believed(&items[next]) &&
           ovf_spells_is_one(&track->spells, items[i].t_ns, items[next].t_ns);
}

/** A flight and what it is carried with. */
static struct ovf_stretch_flight note_flight(const struct ovf_flight *flight,
                                             const struct ovf_track *track)
{
    const struct ovf_leg *leg = &flight->fixes;
    const struct ovf_fixes *fixes = &track->fixes;
    struct ovf_stretch_flight own = {.flight = *flight};
    size_t first = leg->first;
    size_t last = leg->last;
    while (first > 0 && is_unbelieved_beside(track, first, first - 1))
        first--;
    while (last + 1 < fixes->n && is_unbelieved_beside(track, last, last + 1))
        last++;
    own.from_ns = fixes->items[first].t_ns;
    own.to_ns = fixes->items[last].t_ns;
    own.take_off_ns = fixes->items[leg->starts_on_ground ? leg->first_airborne : first].t_ns;
    own.landing_ns = fixes->items[leg->ends_on_ground ? leg->last_airborne : last].t_ns;
    return own;
}

/** From the first to the last position of each, also of those that are another aircraft's. */
static void span_spells(struct ovf_stretch *stretch, const struct ovf_spells *spells)
{
    for (size_t k = 0; k < spells->n; k++) {
        stretch->spells[k].from_ns = stretch->spells[k].to_ns = spells->items[k].from_ns;
        stretch->spells[k].is_doubted = spells->items[k].has_twin;
    }
    for (size_t i = 0, k = 0; i < stretch->fixes.n && spells->n > 0; i++) {
        const struct ovf_fix *fix = &stretch->fixes.items[i];
        while (k + 1 < spells->n && fix->t_ns >= spells->items[k + 1].from_ns)
            k++;
        if (!ovf_fix_is_hearing(fix))
            stretch->spells[k].to_ns = fix->t_ns;
    }
}

static enum ovf_status note_spells(struct ovf_stretch *stretch, const struct ovf_track *track)
{
    const struct ovf_spells *spells = &track->spells;
    free(stretch->spells);
    stretch->n_spells = 0;
    stretch->spells = calloc(spells->n + 1, sizeof *stretch->spells);
    if (stretch->spells == NULL)
        return OVF_E_NOMEM;
    stretch->n_spells = spells->n;
    span_spells(stretch, spells);
    for (size_t i = 0, k = 0; i < track->fixes.n; i++) {
        while (k + 1 < spells->n && track->fixes.items[i].t_ns >= spells->items[k + 1].from_ns)
            k++;
        if (!ovf_fix_is_believed(&track->fixes.items[i]))
            stretch->spells[k].is_doubted = true;
    }
    for (size_t i = 0; i < track->detections.n; i++) {
        const struct ovf_fix *fix = &track->fixes.items[track->detections.items[i].first];
        stretch->spells[ovf_spells_at(spells, fix->t_ns)].is_doubted = true;
    }
    return OVF_OK;
}

/** In which spells there are flights. */
static void note_flown_spells(struct ovf_stretch *stretch)
{
    for (size_t i = 0, k = 0; i < stretch->n_flights; i++) {
        const struct ovf_flight *flight = &stretch->flights[i].flight;
        while (k < stretch->n_spells && stretch->spells[k].to_ns < flight->start_ns)
            k++;
        for (; k < stretch->n_spells && stretch->spells[k].from_ns <= flight->end_ns; k++)
            stretch->spells[k].has_flight = true;
        k -= k > 0 ? 1 : 0; /* the next may be in the same */
    }
}

enum ovf_status ovf_stretch_note(struct ovf_stretch *stretch, const struct ovf_result *result)
{
    free(stretch->flights);
    stretch->n_flights = 0;
    stretch->flights = calloc(result->n_flights + 1, sizeof *stretch->flights);
    if (stretch->flights == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = note_spells(stretch, result->track);
    if (st != OVF_OK)
        return st;
    size_t c = 0;
    for (size_t i = 0; i < result->n_flights; i++) {
        while (c < result->n_crossings && result->crossings[c].flight < i)
            c++;
        if (result->flights[i].is_elsewhere)
            continue;
        struct ovf_stretch_flight *own = &stretch->flights[stretch->n_flights++];
        *own = note_flight(&result->flights[i], result->track);
        own->crosses = c < result->n_crossings && result->crossings[c].flight == i;
    }
    note_flown_spells(stretch);
    return OVF_OK;
}

static int compare_flights(const void *a, const void *b)
{
    const struct ovf_flight *x = a;
    const struct ovf_flight *y = b;
    return (x->start_ns > y->start_ns) - (x->start_ns < y->start_ns);
}

enum ovf_status ovf_join_flights_around(const struct ovf_join *join, const struct ovf_carry *carry,
                                        size_t own, struct ovf_flight **out, size_t *n)
{
    size_t most = carry->n_flights;
    for (size_t i = 0; i < join->n_stretches; i++)
        most += join->stretches[i].n_flights;
    struct ovf_flight *flights = malloc((most + 1) * sizeof *flights);
    if (flights == NULL)
        return OVF_E_NOMEM;
    *n = 0;
    for (size_t i = 0; i < carry->n_flights; i++)
        flights[(*n)++] = carry->flights[i];
    for (size_t i = 0; i < join->n_stretches; i++) {
        for (size_t k = 0; k < join->stretches[i].n_flights && i != own; k++)
            flights[(*n)++] = join->stretches[i].flights[k].flight;
    }
    qsort(flights, *n, sizeof *flights, compare_flights);
    *out = flights;
    return OVF_OK;
}
