/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/landing.h"

#include <stdlib.h>
#include <string.h>

static int compare_flights(const void *x, const void *y)
{
    const struct ovf_subject_flight *const a = ((const struct ovf_landing_flight *)x)->flight;
    const struct ovf_subject_flight *const b = ((const struct ovf_landing_flight *)y)->flight;
    const int order = strcmp(a->journey_id, b->journey_id);
    return order != 0 ? order : (a->leg > b->leg) - (a->leg < b->leg);
}

enum ovf_status ovf_landings_init(struct ovf_landings *landings, const struct ovf_matter *matter)
{
    landings->items = malloc((matter->n_flights + 1) * sizeof *landings->items);
    if (landings->items == NULL)
        return OVF_E_NOMEM;
    landings->n = matter->n_flights;
    for (size_t i = 0; i < matter->n_flights; i++)
        landings->items[i].flight = &matter->flights[i];
    qsort(landings->items, landings->n, sizeof *landings->items, compare_flights);
    return OVF_OK;
}

void ovf_landings_deinit(struct ovf_landings *landings)
{
    free(landings->items);
    *landings = (struct ovf_landings){0};
}

/** The first flight whose journey is not before \p journey_id. */
static size_t first_of(const struct ovf_landings *landings, const char *journey_id)
{
    size_t low = 0;
    size_t high = landings->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(landings->items[middle].flight->journey_id, journey_id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum ovf_holds landed_at(const struct ovf_subject_flight *flight, const char *airport,
                                int64_t from_ns, int64_t until_ns)
{
    const bool known = ovf_subject_end_is_known(&flight->to);
    const int64_t latest_ns = flight->end_ns + (known ? 0 : OVF_LANDING_LATER_NS);
    if (latest_ns < from_ns || flight->end_ns >= until_ns)
        return OVF_HOLDS_NOT;
    if (!known)
        return OVF_HOLDS_PERHAPS;
    return strcmp(flight->to.airport, airport) == 0 ? OVF_HOLDS : OVF_HOLDS_NOT;
}

struct ovf_landing ovf_landing_of(const struct ovf_landings *landings, const char *journey_id,
                                  const char *airport, int64_t from_ns, int64_t until_ns)
{
    struct ovf_landing found = {OVF_HOLDS_NOT, NULL};
    const size_t first = first_of(landings, journey_id);
    size_t i = first;
    for (; i < landings->n && strcmp(landings->items[i].flight->journey_id, journey_id) == 0; i++) {
        const struct ovf_subject_flight *const flight = landings->items[i].flight;
        const enum ovf_holds landed = landed_at(flight, airport, from_ns, until_ns);
        if (landed == OVF_HOLDS)
            return (struct ovf_landing){OVF_HOLDS, flight};
        if (landed == OVF_HOLDS_PERHAPS &&
            (found.flight == NULL || strcmp(flight->to.airport, airport) == 0))
            found = (struct ovf_landing){OVF_HOLDS_PERHAPS, flight};
    }
    if (i == first)
        found.landed = OVF_HOLDS_PERHAPS;
    return found;
}

void ovf_landing_put(struct ovf_findings *findings, const struct ovf_landing *landing)
{
    const struct ovf_subject_flight *const flight = landing->flight;
    if (flight == NULL || flight->to.airport[0] == '\0')
        return;
    struct ovf_json_writer json = ovf_finding_details(findings);
    ovf_json_text(&json, "flight", flight->id);
    ovf_json_text(&json, "landed_at", flight->to.airport);
    ovf_json_text(&json, "landing_kind", flight->to.kind);
    ovf_json_time(&json, "landed_time", flight->end_ns);
    ovf_finding_details_end(findings, &json);
}

void ovf_landing_reason(struct ovf_findings *findings, const struct ovf_landing *landing)
{
    const struct ovf_subject_flight *const flight = landing->flight;
    if (landing->landed == OVF_HOLDS)
        ovf_finding_reason(findings, "%s landed at %s", ovf_subject_called(&flight->aircraft),
                           flight->to.airport);
    else if (flight == NULL || flight->to.airport[0] == '\0')
        ovf_finding_reason(findings, "where one of its flights landed is not known");
    else
        ovf_finding_reason(findings, "where %s landed is inferred only: at %s, or elsewhere",
                           ovf_subject_called(&flight->aircraft), flight->to.airport);
}
