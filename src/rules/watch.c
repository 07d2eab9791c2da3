/* SPDX-License-Identifier: Apache-2.0 */
/* Asking a crossing what a watch asks. */
#include "rules/watch.h"

#include <assert.h>
#include <stdlib.h>

#include "rules/aircraft_group.h"

const char *ovf_matched_by_name(enum ovf_matched_by by)
{
    static const char *const names[] = {
        [OVF_MATCHED_NOT] = "",
        [OVF_MATCHED_UNASKED] = "",
        [OVF_MATCHED_AIRPORT] = "airport",
        [OVF_MATCHED_JOURNEY_AIRPORT] = "journey_airport",
        [OVF_MATCHED_STATES] = "states_before_or_after",
        [OVF_MATCHED_UNKNOWN] = "unknown",
    };
    return names[by];
}

int ovf_watch_compare_addresses(const void *x, const void *y)
{
    const uint32_t a = *(const uint32_t *)x;
    const uint32_t b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

int ovf_watch_compare_registrations(const void *x, const void *y)
{
    return ovf_registration_compare(*(const char *const *)x, *(const char *const *)y);
}

const uint32_t *ovf_watch_find_address(const struct ovf_watch *watch, uint32_t address)
{
    return watch->n_addresses > 0 ? bsearch(&address, watch->addresses, watch->n_addresses,
                                            sizeof address, ovf_watch_compare_addresses)
                                  : NULL;
}

const char *const *ovf_watch_find_registration(const struct ovf_watch *watch,
                                               const char *registration)
{
    return watch->n_registrations > 0 && registration[0] != '\0'
               ? bsearch(&registration, watch->registrations, watch->n_registrations,
                         sizeof *watch->registrations, ovf_watch_compare_registrations)
               : NULL;
}

bool ovf_watch_wants_aircraft(const struct ovf_watch *watch, uint32_t address,
                              const char *registration)
{
    return (watch->n_addresses == 0 && watch->n_registrations == 0) ||
           ovf_watch_find_address(watch, address) != NULL ||
           ovf_watch_find_registration(watch, registration) != NULL;
}

static bool is_place(const struct ovf_place *place, const struct ovf_airports *airports,
                     const struct ovf_endpoint *endpoint)
{
    if (!endpoint->has_airport)
        return false;
    if (!place->is_airport)
        return strcmp(place->country, endpoint->country) == 0;
    const struct ovf_airport airport = ovf_airports_get(airports, endpoint->airport);
    return strcmp(place->airport, airport.code) == 0 ||
           strcmp(place->airport, airport.identifier) == 0;
}

/** The first and the last flight of the journey that \p flight is a leg of. */
static void journey_of(const struct ovf_result *result, size_t flight, size_t *first, size_t *last)
{
    *first = flight;
    *last = flight;
    while (*first > 0 &&
           strcmp(result->flights[*first - 1].journey_id, result->flights[flight].journey_id) == 0)
        --*first;
    while (*last + 1 < result->n_flights &&
           strcmp(result->flights[*last + 1].journey_id, result->flights[flight].journey_id) == 0)
        ++*last;
}

/** One side of a crossing: the legs of its journey on that side, \p end the farthest of them (before
 * or after \p own, or the same), and the states that the crossing's own flight was seen in there. */
struct side {
    const struct ovf_result *result;
    size_t own;
    size_t end;
    bool departures; /* the ends that count are departures, else arrivals */
    const struct ovf_members *seen;
};

static const struct ovf_endpoint *endpoint_of(const struct side *side, size_t flight)
{
    const struct ovf_flight *f = &side->result->flights[flight];
    return side->departures ? &f->from : &f->to;
}

static bool was_seen_in(const struct side *side, uint32_t state)
{
    bool seen = ovf_members_has(side->seen, state);
    for (size_t k = side->end; k < side->own; k++)
        seen = seen || ovf_members_has(&side->result->flights[k].states, state);
    for (size_t k = side->end; k > side->own; k--)
        seen = seen || ovf_members_has(&side->result->flights[k].states, state);
    return seen;
}

static enum ovf_matched_by match_side(const struct ovf_place *place,
                                      const struct ovf_airports *airports, const struct side *side)
{
    bool all_known = true;
    if (!place->is_set)
        return OVF_MATCHED_UNASKED;
    if (is_place(place, airports, endpoint_of(side, side->own)))
        return OVF_MATCHED_AIRPORT;
    const size_t low = side->end < side->own ? side->end : side->own;
    const size_t high = side->end < side->own ? side->own : side->end;
    for (size_t k = low; k <= high; k++) {
        if (is_place(place, airports, endpoint_of(side, k)))
            return OVF_MATCHED_JOURNEY_AIRPORT;
        all_known = all_known && endpoint_of(side, k)->has_airport;
    }
    if (all_known)
        return OVF_MATCHED_NOT;
    return !place->is_airport && was_seen_in(side, place->state) ? OVF_MATCHED_STATES
                                                                 : OVF_MATCHED_UNKNOWN;
}

static bool is_met(enum ovf_matched_by by)
{
    return by != OVF_MATCHED_NOT && by != OVF_MATCHED_UNKNOWN;
}

static bool is_any(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(text, words[i]) == 0)
            return true;
    }
    return n == 0;
}

/** Whether an entry of the watch's lists names the aircraft, whatever its dates. */
static bool is_listed(const struct ovf_watch *watch, uint32_t address,
                      const struct ovf_identity *who)
{
    struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS];
    const struct ovf_listing_query query = {
        .address = address,
        .has_address = true,
        .registration = who != NULL ? who->registration : "",
        .msn = watch->register_ != NULL ? ovf_register_msn(watch->register_, address) : NULL,
        .model = who != NULL ? who->type_code : ""};
    if (watch->n_lists == 0)
        return true;
    const size_t n = ovf_listings_match(watch->listings, &query, hits);
    for (size_t i = 0; i < n; i++) {
        if (hits[i].match != OVF_LISTING_OPERATOR_ONLY &&
            is_any(hits[i].listed->list, watch->lists, watch->n_lists))
            return true;
    }
    return false;
}

/** Whether it is an aircraft and a crossing such as the watch asks for, whatever its ends and class. */
static bool is_asked_for(const struct ovf_watch *watch, const struct ovf_result *result,
                         const struct ovf_crossing *crossing, const struct ovf_identity *who)
{
    const struct ovf_passage *passage = &crossing->passage;
    const struct ovf_flight *flight = &result->flights[crossing->flight];
    return (watch->roles == 0 || (watch->roles & 1U << crossing->role) != 0) &&
           passage->exit.latest_ns >= watch->since_ns &&
           passage->entry.earliest_ns < watch->until_ns &&
           (watch->over == NULL ||
            ovf_members_has(&watch->over[crossing->layer], passage->owner)) &&
           ovf_watch_wants_aircraft(watch, result->track->address,
                                    who != NULL ? who->registration : "") &&
           (watch->n_operators == 0 ||
            ovf_names_have_operator((struct ovf_names){watch->operators, watch->n_operators},
                                    flight->callsign)) &&
           is_any(who != NULL ? who->type_code : "", watch->types, watch->n_types) &&
           is_listed(watch, result->track->address, who);
}

/** Whether the states of the chain were seen about the crossing of one of them: before and after, or, in order,
 * each on its side. A state may stand in a chain twice. */
static bool meets_chain(const struct ovf_watch *watch, uint32_t owner, const struct side *before,
                        const struct side *after)
{
    bool all = true;
    for (size_t i = 0; i < watch->n_chain && !watch->in_order; i++)
        all = all && (watch->chain[i] == owner || was_seen_in(before, watch->chain[i]) ||
                      was_seen_in(after, watch->chain[i]));
    if (!watch->in_order)
        return all;
    for (size_t own = 0; own < watch->n_chain; own++) {
        all = watch->chain[own] == owner;
        for (size_t i = 0; i < watch->n_chain; i++)
            all = all && (i == own || was_seen_in(i < own ? before : after, watch->chain[i]));
        if (all)
            return true;
    }
    return false;
}

/** Whether it is one of several of which one must have been crossed, all of them asked for: what is necessary is told
 * of them together. */
static bool is_sure_of_several(const struct ovf_watch *watch, const struct ovf_crossing *crossing)
{
    const struct ovf_any_of *const any_of = &crossing->any_of;
    bool is_any_asked = false;
    for (size_t i = 0; i < any_of->n; i++) {
        bool all = any_of->sets[i].all_wanted;
        for (size_t k = 0; k < any_of->sets[i].n && watch->over != NULL; k++)
            all = all && ovf_members_has(&watch->over[crossing->layer], any_of->sets[i].owners[k]);
        is_any_asked = is_any_asked || all;
    }
    return is_any_asked;
}

/** Whether its class is asked for; a union of airspaces that it must have been in one of is necessary. */
static bool meets_class(const struct ovf_watch *watch, const struct ovf_crossing *crossing)
{
    return (watch->classes & 1U << crossing->passage.class) != 0 ||
           ((watch->classes & 1U << OVF_CLASS_NECESSARY) != 0 &&
            is_sure_of_several(watch, crossing));
}

struct ovf_match ovf_watch_match(const struct ovf_watch *watch, const struct ovf_airports *airports,
                                 const struct ovf_result *result,
                                 const struct ovf_crossing *crossing,
                                 const struct ovf_identity *who)
{
    struct ovf_match match = {0};
    if (!is_asked_for(watch, result, crossing, who))
        return match;
    size_t first;
    size_t last;
    journey_of(result, crossing->flight, &first, &last);
    const struct side before = {result, crossing->flight, first, true, &crossing->states_before};
    const struct side after = {result, crossing->flight, last, false, &crossing->states_after};
    if (!meets_chain(watch, crossing->passage.owner, &before, &after))
        return match;
    match.from = match_side(&watch->from, airports, &before);
    match.to = match_side(&watch->to, airports, &after);
    const bool impossible = match.from == OVF_MATCHED_NOT || match.to == OVF_MATCHED_NOT;
    const bool ends_met = is_met(match.from) && is_met(match.to);
    const bool class_met = meets_class(watch, crossing);
    match.matches = ends_met && class_met;
    match.only_class = ends_met && !class_met;
    match.only_end_unknown = class_met && !ends_met && !impossible;
    return match;
}

bool ovf_watch_asks_all(const struct ovf_watch *watch)
{
    const unsigned entered = ((1U << OVF_ROLE_N) - 1) & ~(1U << OVF_ROLE_NONE);
    return !watch->from.is_set && !watch->to.is_set && watch->n_chain == 0 &&
           (watch->roles == 0 || (watch->roles & entered) == entered) &&
           (watch->classes & OVF_WATCH_CLASSES) == OVF_WATCH_CLASSES &&
           watch->since_ns == INT64_MIN && watch->until_ns == INT64_MAX &&
           watch->n_addresses + watch->n_registrations == 0 && watch->n_operators == 0 &&
           watch->n_types == 0 && watch->n_lists == 0;
}
