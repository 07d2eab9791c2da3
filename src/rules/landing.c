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

struct ovf_landing ovf_landing_of(const struct ovf_landings *landings, const char *journey_id,
                                  const char *airport)
{
    bool all_known = true;
    for (size_t i = first_of(landings, journey_id);
         i < landings->n && strcmp(landings->items[i].flight->journey_id, journey_id) == 0; i++) {
        const struct ovf_subject_flight *const flight = landings->items[i].flight;
        if (strcmp(flight->to.airport, airport) == 0)
            return (struct ovf_landing){OVF_HOLDS, flight};
        all_known = all_known && flight->to.airport[0] != '\0';
    }
    return (struct ovf_landing){all_known ? OVF_HOLDS_NOT : OVF_HOLDS_PERHAPS, NULL};
}

void ovf_landing_put(struct ovf_findings *findings, const struct ovf_subject_flight *flight)
{
    struct ovf_json_writer json = ovf_finding_details(findings);
    ovf_json_text(&json, "flight", flight->id);
    ovf_json_text(&json, "landed_at", flight->to.airport);
    ovf_json_text(&json, "landing_kind", flight->to.kind);
    ovf_json_time(&json, "landed_time", flight->end_ns);
    ovf_finding_details_end(findings, &json);
}
