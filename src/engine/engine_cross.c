/* SPDX-License-Identifier: Apache-2.0 */
/* What a flight crosses: walks, passages, what must or may have been between, by what was heard there, stays and their
 * roles; then its gaps, and the countries beyond its ends. */
#include "engine/engine_parts.h"

#include <stdio.h>

#include "base/array.h"
#include "base/time.h"
#include "engine/flight_limits.h"
#include "engine/states.h"

/** Whether that end of the flight is known to be a landing or a take-off within the lateral limits of the
 * airspace: what climbs over one state from an airport of its neighbour departed from the neighbour. */
static bool is_known_end(const struct ovf_engine *e, size_t layer, uint32_t owner,
                         const struct ovf_endpoint *endpoint, bool on_ground)
{
    struct ovf_members members;
    if (on_ground || !endpoint->has_airport)
        return on_ground;
    ovf_index_locate(&e->config->layers[layer].edition->index,
                     ovf_airports_get(e->config->airports, endpoint->airport).at, &members);
    return ovf_members_has(&members, owner);
}

/** Of the stay from the entry of \p first to the exit of \p last. */
static enum ovf_role role_of(const struct ovf_engine *e, const struct ovf_flight *flight,
                             const struct ovf_crossing *first, const struct ovf_crossing *last)
{
    const size_t layer = first->layer;
    const uint32_t owner = first->passage.owner;
    if (first->passage.class == OVF_CLASS_IMPOSSIBLE)
        return OVF_ROLE_NONE;
    const bool begins_inside = first->passage.entry.kind == OVF_PASSAGE_TRACK;
    const bool ends_inside = last->passage.exit.kind == OVF_PASSAGE_TRACK;
    if ((begins_inside &&
         !is_known_end(e, layer, owner, &flight->from, flight->fixes.starts_on_ground)) ||
        (ends_inside && !is_known_end(e, layer, owner, &flight->to, flight->fixes.ends_on_ground)))
        return OVF_ROLE_INCOMPLETE;
    if (begins_inside)
        return ends_inside ? OVF_ROLE_DOMESTIC : OVF_ROLE_DEPARTURE;
    return ends_inside ? OVF_ROLE_ARRIVAL : OVF_ROLE_OVERFLIGHT;
}

/** The time that names a crossing: of the first believed fix inside, else of the last one before. */
static int64_t naming_time(const struct ovf_engine *e, const struct ovf_passage *passage)
{
    const bool has_inside = passage->n_fixes_inside > 0;
    const size_t fix = has_inside && passage->entry.kind != OVF_PASSAGE_TRACK
                           ? passage->entry.after
                           : passage->entry.before;
    return e->track.fixes.items[fix].t_ns;
}

/** The last fix that is a millisecond older than \p fix; 0 when there is none. */
static size_t earlier_fix(const struct ovf_engine *e, size_t fix)
{
    const struct ovf_fix *items = e->track.fixes.items;
    size_t i = fix;
    while (i > 0 && items[i].t_ns / OVF_NS_PER_MS == items[fix].t_ns / OVF_NS_PER_MS)
        i--;
    return i;
}

/** How many of the crossings so far have the same airspace and naming millisecond: two corners of one
 * airspace clipped between the same two fixes. Those of a flight and layer come in order of entry, and what
 * was entered a fix earlier has another name: that fix was outside, or the one behind it was inside. */
static unsigned count_same_name(const struct ovf_engine *e, const struct ovf_crossing *crossing)
{
    unsigned n = 0;
    const int64_t ms = naming_time(e, &crossing->passage) / OVF_NS_PER_MS;
    const size_t earlier = earlier_fix(e, crossing->passage.entry.before);
    for (size_t i = e->n_crossings; i > 0; i--) {
        const struct ovf_crossing *other = &e->crossings[i - 1];
        if (other->flight != crossing->flight || other->layer != crossing->layer ||
            other->passage.entry.before < earlier)
            break;
        n += other->passage.owner == crossing->passage.owner &&
                     naming_time(e, &other->passage) / OVF_NS_PER_MS == ms
                 ? 1
                 : 0;
    }
    return n;
}

/** Whether it stands without the weak fixes. What could be flown is told by the two fixes around it, unless it
 * takes those inside. */
static bool holds_without_weak(const struct ovf_engine *e, const struct ovf_judged *judged)
{
    const struct ovf_fix *fixes = e->track.fixes.items;
    const struct ovf_passage *p = &judged->passage;
    if (judged->certificate.is_set) /* without them it has gaps */
        return false;
    if (!judged->has_verdict)
        return ovf_strength_holds(&e->without_weak.passages, p);
    return !judged->needs_inside && fixes[p->entry.before].grade < OVF_GRADE_C &&
           fixes[p->exit.after].grade < OVF_GRADE_C;
}

static enum ovf_status name_crossing(const struct ovf_engine *e, struct ovf_crossing *crossing)
{
    const struct ovf_passage *passage = &crossing->passage;
    const struct ovf_edition *edition = e->config->layers[crossing->layer].edition;
    const struct ovf_airspace *airspace = &edition->airspaces[passage->owner];
    const bool is_zone = edition->kind == OVF_KIND_ZONE; /* the name of one is its definition */
    char what[300];
    if (e->config->is_nameless)
        return OVF_OK;
    (void)snprintf(what, sizeof what, "%s:%.80s%s%.200s", ovf_kind_name(edition->kind),
                   airspace->code, is_zone ? "=" : "", is_zone ? airspace->name : "");
    return ovf_engine_make_id(e, "crossing", what, naming_time(e, passage),
                              count_same_name(e, crossing), crossing->id);
}

static enum ovf_status add_crossing(struct ovf_engine *e, size_t flight, size_t layer,
                                    const struct ovf_judged *judged)
{
    const struct ovf_passage *passage = &judged->passage;
    struct ovf_crossing crossing = {.flight = flight,
                                    .layer = layer,
                                    .passage = *passage,
                                    .stay_first = e->n_crossings,
                                    .stay_last = e->n_crossings,
                                    .has_verdict = judged->has_verdict,
                                    .verdict = judged->verdict,
                                    .certificate = judged->certificate,
                                    .any_of = judged->any_of,
                                    .heard = judged->heard,
                                    .strength = ovf_strength_of(e->track.fixes.items, passage)};
    if (e->flights[flight].fixes.n_weak > 0)
        crossing.strength.holds_without_weak_fixes = holds_without_weak(e, judged);
    const enum ovf_status st = name_crossing(e, &crossing);
    if (st != OVF_OK)
        return st;
    struct ovf_crossing *grown =
        ovf_array_reserve(e->crossings, &e->crossings_capacity, e->n_crossings + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    e->crossings = grown;
    e->crossings[e->n_crossings++] = crossing;
    return OVF_OK;
}

/** Whether \p next goes on after the gap in which \p crossing perhaps did not end. */
static bool goes_on(const struct ovf_crossing *crossing, const struct ovf_crossing *next)
{
    return next->passage.owner == crossing->passage.owner && next->passage.entry.perhaps_stayed &&
           next->passage.entry.before == crossing->passage.exit.before;
}

/** Joins the crossings of a flight and layer, from \p begin on in order of entry, to stays, and gives these their
 * roles. */
static void join_stays(struct ovf_engine *e, size_t begin)
{
    struct ovf_crossing *const items = e->crossings;
    for (size_t i = e->n_crossings; i > begin; i--) {
        struct ovf_crossing *const c = &items[i - 1];
        for (size_t k = i; k < e->n_crossings && c->passage.exit.perhaps_stayed; k++) {
            if (goes_on(c, &items[k])) {
                c->stay_last = items[k].stay_last;
                items[k].stay_first = i - 1;
                break;
            }
        }
    }
    for (size_t i = begin; i < e->n_crossings; i++) {
        items[i].stay_first = items[items[i].stay_first].stay_first; /* of the one before: found */
        items[i].role = role_of(e, &e->flights[items[i].flight], &items[items[i].stay_first],
                                &items[items[i].stay_last]);
    }
}

/** Where two aircraft have the address, the fixes around a gap may be one's and the other's. */
static struct ovf_walk_options walk_of(const struct ovf_engine *e, const struct ovf_flight *flight)
{
    struct ovf_walk_options walk = e->config->walk;
    walk.never_stays = flight->is_duplicate;
    walk.hard_kt = e->config->speeds.hard_kt;
    return walk;
}

static enum ovf_status ask_without_weak(struct ovf_engine *e, const struct ovf_layer *geometry,
                                        const struct ovf_engine_layer *layer,
                                        const struct ovf_flight *flight)
{
    const struct ovf_walk_options walk = walk_of(e, flight);
    const struct ovf_strength_question question = {.layer = geometry,
                                                   .options = &walk,
                                                   .wanted = &layer->wanted,
                                                   .accuracy_m =
                                                       ovf_engine_accuracy_m(layer->edition),
                                                   .first = flight->fixes.first,
                                                   .last = flight->fixes.last};
    return ovf_strength_ask_again(&question, e->track.fixes.items, &e->without_weak);
}

/** The passages that were found, and those that the fixes do not show, in e->between. */
static enum ovf_status judge_between(struct ovf_engine *e, const struct ovf_layer *geometry,
                                     const struct ovf_engine_layer *layer,
                                     const struct ovf_leg *leg)
{
    const struct ovf_between_question question = {
        .layer = geometry,
        .wanted = &layer->wanted,
        .accuracy_m = ovf_engine_accuracy_m(layer->edition),
        .limits = &e->limits,
        .wants_possible = e->config->wants_possible,
        .fixes = e->track.fixes.items,
        .steps = &e->walk.steps,
        .passages = &e->passages,
        .walk = &e->config->walk,
        .hearings = &e->hearings,
        .first = leg->first,
        .last = leg->last,
        .heard_from_ns = e->heard_from_ns,
        .heard_to_ns = e->heard_to_ns,
        .wants_impossible = e->config->wants_impossible,
        .wants_unions = layer == e->config->layers,
    };
    return ovf_between_find(&question, &e->between);
}

static enum ovf_status walk_layer(struct ovf_engine *e, size_t flight, size_t layer)
{
    const struct ovf_engine_layer *l = &e->config->layers[layer];
    const struct ovf_layer geometry = {&l->edition->index, l->edition->limits, l->edition->n_limits,
                                       e->config->geoid};
    const struct ovf_leg *leg = &e->flights[flight].fixes;
    const struct ovf_walk_options walk = walk_of(e, &e->flights[flight]);
    enum ovf_status st =
        ovf_walk_leg(&geometry, e->track.fixes.items, leg->first, leg->last, &walk, &e->walk);
    if (st == OVF_OK)
        st = ovf_passages_find(&geometry, e->track.fixes.items, &e->walk.steps, &l->wanted,
                               ovf_engine_accuracy_m(l->edition), &e->passages);
    if (st == OVF_OK && e->passages.n > 0 && leg->n_weak > 0)
        st = ask_without_weak(e, &geometry, l, &e->flights[flight]);
    if (st == OVF_OK)
        st = judge_between(e, &geometry, l, leg);
    const size_t begin = e->n_crossings;
    for (size_t i = 0; i < e->between.n && st == OVF_OK; i++)
        st = add_crossing(e, flight, layer, &e->between.items[i]);
    if (st == OVF_OK)
        join_stays(e, begin);
    return st;
}

static enum ovf_status add_gap(struct ovf_engine *e, size_t flight, size_t before, size_t after)
{
    struct ovf_flight_gap *grown =
        ovf_array_reserve(e->gaps, &e->gaps_capacity, e->n_gaps + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    e->gaps = grown;
    struct ovf_flight_gap *gap = &e->gaps[e->n_gaps++];
    *gap = (struct ovf_flight_gap){.flight = flight, .before = before, .after = after};
    return ovf_engine_make_id(e, "gap", "", e->track.fixes.items[before].t_ns, 0, gap->id);
}

/** The walk's steps tell of every gap: those of any layer do. */
static enum ovf_status find_gaps(struct ovf_engine *e, size_t flight)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < e->walk.steps.n && st == OVF_OK; i++) {
        const struct ovf_step *step = &e->walk.steps.items[i];
        if (step->kind == OVF_STEP_GAP)
            st = add_gap(e, flight, step->before, step->after);
    }
    return st;
}

static enum ovf_status need_country_fields(struct ovf_engine *e)
{
    if (e->country_fields == NULL)
        e->country_fields = ovf_country_fields_new(e->config->airports);
    return e->country_fields != NULL ? OVF_OK : OVF_E_NOMEM;
}

/** Whether two flights of an address are surely one aircraft's. */
static bool is_of_one(const struct ovf_flight *a, const struct ovf_flight *b)
{
    return !a->is_duplicate && !b->is_duplicate;
}

/** The countries that the flight can have come from and gone to, if these are not known. */
static enum ovf_status find_countries(struct ovf_engine *e, size_t flight)
{
    const struct ovf_detect_config *const detect = ovf_engine_detectors(e);
    const struct ovf_countries_limits limits = {
        .hard_kt = e->limits.hard_kt > 0 ? e->limits.hard_kt : OVF_HARD_SPEED_KT,
        .clock_s = e->limits.clock_s,
        .horizon_s = detect->reach_s,
        .descent_fpm = detect->reach_descent_fpm,
        .stop_s = detect->reach_stop_s};
    struct ovf_flight *const f = &e->flights[flight];
    const bool has_before = flight > 0 && is_of_one(&f[-1], f);
    const bool has_after = flight + 1 < e->n_flights && is_of_one(f, &f[1]);
    const struct ovf_fix *const before = has_before ? &f[-1].last : NULL;
    const struct ovf_fix *const after = has_after ? &f[1].first : NULL;
    const struct ovf_airports *const airports = e->config->airports;
    if (airports == NULL || e->config->is_nameless)
        return OVF_OK;
    const enum ovf_status st = need_country_fields(e);
    if (st != OVF_OK)
        return st;
    ovf_countries_find(e->country_fields, &f->from, before, &limits, &f->came_from);
    ovf_countries_find(e->country_fields, &f->to, after, &limits, &f->went_to);
    return OVF_OK;
}

/** The last time before \p flight of which a position is known; INT64_MIN: none. */
static int64_t known_before(const struct ovf_engine *e, size_t flight)
{
    const struct ovf_fix *fixes = e->track.fixes.items;
    size_t i = e->flights[flight].fixes.first;
    while (i > 0 && !ovf_fix_is_believed(&fixes[i - 1]))
        i--;
    const int64_t fix_ns = i > 0 ? fixes[i - 1].t_ns : INT64_MIN;
    const int64_t flight_ns = flight > 0 ? e->flights[flight - 1].end_ns : INT64_MIN;
    return fix_ns > flight_ns ? fix_ns : flight_ns;
}

/** The first after it; INT64_MAX: none. */
static int64_t known_after(const struct ovf_engine *e, size_t flight)
{
    const struct ovf_fix *fixes = e->track.fixes.items;
    size_t i = e->flights[flight].fixes.last + 1;
    while (i < e->track.fixes.n && !ovf_fix_is_believed(&fixes[i]))
        i++;
    const int64_t fix_ns = i < e->track.fixes.n ? fixes[i].t_ns : INT64_MAX;
    const int64_t flight_ns =
        flight + 1 < e->n_flights ? e->flights[flight + 1].start_ns : INT64_MAX;
    return fix_ns < flight_ns ? fix_ns : flight_ns;
}

/** What was heard before and after the flight is of it while nothing else is known; what was on the ground there did
 * not go on. Between two flights it is told of the first. */
static void bound_hearings(struct ovf_engine *e, size_t flight)
{
    const struct ovf_flight *f = &e->flights[flight];
    const int64_t before_ns = known_before(e, flight);
    const bool is_alone = before_ns == INT64_MIN || before_ns < f->start_ns - OVF_HEARD_BEYOND_NS;
    e->heard_from_ns = f->fixes.starts_on_ground || !is_alone ? f->start_ns : INT64_MIN;
    e->heard_to_ns = f->fixes.ends_on_ground ? f->end_ns : known_after(e, flight);
}

/** Where receivers heard the aircraft, in the spells of the flight; of two with one address nobody knows which. */
static enum ovf_status find_hearings(struct ovf_engine *e, const struct ovf_flight *flight)
{
    const struct ovf_track *track = &e->track;
    const struct ovf_fix *fixes = track->fixes.items;
    size_t first = flight->fixes.first;
    size_t last = flight->fixes.last;
    e->hearings.n = 0;
    if (flight->is_duplicate || (track->hearings.n == 0 && track->n_unbelieved == 0))
        return OVF_OK;
    while (first > 0 && ovf_spells_is_one(&track->spells, fixes[first - 1].t_ns, flight->start_ns))
        first--;
    while (last + 1 < track->fixes.n &&
           ovf_spells_is_one(&track->spells, flight->end_ns, fixes[last + 1].t_ns))
        last++;
    return ovf_hearings_find(track, first, last, ovf_engine_detectors(e), &e->limits, &e->hearings);
}

enum ovf_status ovf_engine_cross(struct ovf_engine *e, size_t flight)
{
    const size_t begin = e->n_crossings;
    e->limits = ovf_flight_limits(e->config, e->speed, &e->track.fixes, &e->flights[flight]);
    enum ovf_status st = find_hearings(e, &e->flights[flight]);
    bound_hearings(e, flight);
    /* The layer of states is walked last, so that its steps are there for the crossings of all. */
    for (size_t layer = e->config->n_layers; layer > 0 && st == OVF_OK; layer--)
        st = walk_layer(e, flight, layer - 1);
    const size_t n = e->n_crossings - begin;
    if (st == OVF_OK)
        st = ovf_states_note(&e->walk.steps, &e->flights[flight],
                             n > 0 ? e->crossings + begin : NULL, n);
    for (size_t i = begin; i < e->n_crossings && st == OVF_OK; i++) {
        struct ovf_crossing *const c = &e->crossings[i];
        c->states_before = e->crossings[c->stay_first].states_before;
        c->states_after = e->crossings[c->stay_last].states_after;
    }
    if (st != OVF_OK || n == 0)
        return st;
    st = find_countries(e, flight);
    return st == OVF_OK ? find_gaps(e, flight) : st;
}
