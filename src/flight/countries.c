/* SPDX-License-Identifier: Apache-2.0 */
/* The space-time prism of one fix is open to the side on which nothing was heard: its base, as far as an
 * airliner flies in a quarter of an hour, is asked which fields lie in it. */
#include "flight/countries.h"

#include <string.h>

enum { MAX_FOUND = 64 }; /* countries about a place; no disc of 200 km has a third of that */

struct found {
    char code[3];
    double distance_m; /* to the nearest of its fields */
};

struct search {
    const struct ovf_airports *airports;
    const struct ovf_endpoint_reach *reach;
    struct found found[MAX_FOUND];
    size_t n;
};

static bool can_use(const struct search *search, const struct ovf_airport *airport)
{
    const double needed_ft = search->reach->runway_ft;
    double longest_ft = 0;
    if (airport->type == OVF_AIRPORT_CLOSED || (needed_ft > 0 && airport->type > OVF_AIRPORT_SMALL))
        return false;
    for (uint32_t i = 0; i < airport->n_runways; i++) {
        const struct ovf_runway runway =
            ovf_airports_runway(search->airports, airport->first_runway + i);
        if (!runway.closed && runway.length_ft > longest_ft)
            longest_ft = runway.length_ft;
    }
    return longest_ft > 0 ? longest_ft >= 0.7 * needed_ft : airport->scheduled || !(needed_ft > 0);
}

static void consider(void *context, uint32_t index, double distance_m)
{
    struct search *const search = context;
    const struct ovf_airport airport = ovf_airports_get(search->airports, index);
    size_t i = 0;
    while (i < search->n && strcmp(search->found[i].code, airport.country) != 0)
        i++;
    if (i < search->n && search->found[i].distance_m <= distance_m)
        return;
    if (i == MAX_FOUND || !can_use(search, &airport))
        return;
    search->n += i == search->n;
    memcpy(search->found[i].code, airport.country, sizeof airport.country);
    search->found[i].distance_m = distance_m;
}

static void take_nearest(struct search *search, struct ovf_countries *out)
{
    for (size_t k = 0; k < OVF_COUNTRIES_MAX && k < out->n; k++) {
        size_t nearest = k;
        for (size_t i = k + 1; i < search->n; i++)
            if (search->found[i].distance_m < search->found[nearest].distance_m)
                nearest = i;
        const struct found first = search->found[nearest];
        search->found[nearest] = search->found[k];
        search->found[k] = first;
        memcpy(out->codes[k], first.code, sizeof first.code);
    }
}

void ovf_countries_find(const struct ovf_airports *airports, const struct ovf_endpoint *endpoint,
                        struct ovf_countries *out)
{
    struct search search = {.airports = airports, .reach = &endpoint->reach};
    *out = (struct ovf_countries){0};
    if (!endpoint->reach.is_set)
        return;
    ovf_airports_each_near(airports, endpoint->reach.at, OVF_COUNTRIES_SEARCH_M, consider, &search);
    out->n = (unsigned)search.n;
    take_nearest(&search, out);
}
