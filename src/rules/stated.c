/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/stated.h"

#include <stdio.h>
#include <string.h>

static void state(struct ovf_endpoint *end, const struct ovf_airports *airports, uint32_t airport,
                  const char *callsign)
{
    const struct ovf_airport stated = ovf_airports_get(airports, airport);
    end->kind = OVF_ENDPOINT_STATED;
    end->has_airport = true;
    end->airport = airport;
    memcpy(end->country, stated.country, sizeof end->country);
    (void)snprintf(end->reason, sizeof end->reason,
                   "the table of routes states it of %.8s; it was not heard there", callsign);
}

struct ovf_told_end ovf_told_end_of(const struct ovf_routes *routes,
                                    const struct ovf_airports *airports,
                                    const struct ovf_flight *flight, enum ovf_end end)
{
    const bool departs = end == OVF_END_DEPARTURE;
    struct ovf_told_end told = {.end = departs ? flight->from : flight->to};
    const struct ovf_stated_route *route =
        routes != NULL && airports != NULL
            ? ovf_routes_find(routes, flight->callsign, flight->start_ns)
            : NULL;
    if (route == NULL ||
        !ovf_airports_find(airports, ovf_bytes_from_text(departs ? route->from : route->to),
                           &told.stated))
        return told;
    if (told.end.has_airport)
        told.is_contradicted = told.end.airport != told.stated;
    else
        state(&told.end, airports, told.stated, route->callsign);
    return told;
}
