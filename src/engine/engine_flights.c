/* SPDX-License-Identifier: Apache-2.0 */
/* Legs become flights with their endpoints, and flights journeys. */
#include "engine/engine_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "engine/journey_leg.h"

static void copy_callsign(const char padded[8], char out[9])
{
    memcpy(out, padded, 8);
    out[8] = '\0';
}

/** Whether two aircraft have the address within the leg. */
static bool is_duplicate(const struct ovf_engine *e, const struct ovf_leg *leg)
{
    const struct ovf_fix *fixes = e->track.fixes.items;
    return ovf_spells_has_twin(&e->track.spells, fixes[leg->first].t_ns, fixes[leg->last].t_ns);
}

static enum ovf_status add_flight(struct ovf_engine *e, const struct ovf_leg *leg)
{
    struct ovf_flight *grown =
        ovf_array_reserve(e->flights, &e->flights_capacity, e->n_flights + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    e->flights = grown;
    struct ovf_flight flight = {.fixes = *leg,
                                .first = e->track.fixes.items[leg->first],
                                .last = e->track.fixes.items[leg->last],
                                .start_ns = e->track.fixes.items[leg->first].t_ns,
                                .end_ns = e->track.fixes.items[leg->last].t_ns,
                                .is_duplicate = is_duplicate(e, leg)};
    copy_callsign(leg->callsign, flight.callsign);
    if (e->config->airports != NULL) {
        ovf_endpoint_find(e->config->airports, &e->track, leg, OVF_END_DEPARTURE, &flight.from);
        ovf_endpoint_find(e->config->airports, &e->track, leg, OVF_END_ARRIVAL, &flight.to);
    }
    const enum ovf_status st = ovf_engine_make_id(e, "flight", "", flight.start_ns, 0, flight.id);
    if (st == OVF_OK)
        e->flights[e->n_flights++] = flight;
    return st;
}

/** Puts the flights that are known beside those found where they belong. */
static enum ovf_status add_around(struct ovf_engine *e, const struct ovf_around *around)
{
    struct ovf_flight *grown = ovf_array_reserve(e->flights, &e->flights_capacity,
                                                 e->n_flights + around->n_flights, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    e->flights = grown;
    if (e->n_flights > 0)
        e->flights[0].begins_journey = around->begins_journey;
    for (size_t i = 0; i < around->n_flights; i++) {
        size_t at = e->n_flights++;
        for (; at > 0 && e->flights[at - 1].start_ns > around->flights[i].start_ns; at--)
            e->flights[at] = e->flights[at - 1];
        e->flights[at] = around->flights[i];
        e->flights[at].is_elsewhere = true;
    }
    return OVF_OK;
}

static enum ovf_status name_journeys(struct ovf_engine *e, const struct ovf_journey_place *places)
{
    size_t first = 0;
    for (size_t i = 0; i < e->n_flights; i++) {
        if (i > 0 && places[i].journey != places[i - 1].journey)
            first = i;
        e->flights[i].leg = places[i].leg;
        e->flights[i].n_legs = places[i].n_legs;
        const enum ovf_status st = ovf_engine_make_id(e, "journey", "", e->flights[first].start_ns,
                                                      0, e->flights[i].journey_id);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

static enum ovf_status join_journeys(struct ovf_engine *e)
{
    struct ovf_journey_leg *legs = malloc((e->n_flights + 1) * sizeof *legs);
    struct ovf_journey_place *places = malloc((e->n_flights + 1) * sizeof *places);
    enum ovf_status st = legs == NULL || places == NULL ? OVF_E_NOMEM : OVF_OK;
    for (size_t i = 0; i < e->n_flights && st == OVF_OK; i++)
        legs[i] = ovf_journey_leg_of(&e->flights[i]);
    if (st == OVF_OK) {
        ovf_journeys_number(legs, e->n_flights,
                            (double)e->config->journey_ns / (double)OVF_NS_PER_S, places);
        st = name_journeys(e, places);
    }
    free(legs);
    free(places);
    return st;
}

enum ovf_status ovf_engine_find_flights(struct ovf_engine *e, const struct ovf_around *around)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < e->legs.n && st == OVF_OK; i++)
        st = add_flight(e, &e->legs.items[i]);
    if (st == OVF_OK && around != NULL)
        st = add_around(e, around);
    return st == OVF_OK ? join_journeys(e) : st;
}
