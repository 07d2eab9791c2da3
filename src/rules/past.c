/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/past.h"

#include <string.h>

#include "rules/aircraft_group.h"

void ovf_past_flight_deinit(struct ovf_past_flight *past)
{
    ovf_buffer_deinit(&past->crossed);
    ovf_buffer_deinit(&past->unclear);
}

static bool is_known(const struct ovf_endpoint *end)
{
    return end->has_airport &&
           (end->kind == OVF_ENDPOINT_OBSERVED || end->kind == OVF_ENDPOINT_INFERRED);
}

bool ovf_past_has_ends(const struct ovf_flight *flight)
{
    return is_known(&flight->from) && is_known(&flight->to);
}

enum ovf_status ovf_past_put_airspace(const struct ovf_engine_config *config,
                                      const struct ovf_crossing *crossing, struct ovf_buffer *out)
{
    const struct ovf_edition *const edition = config->layers[crossing->layer].edition;
    return ovf_buffer_printf(out, "%s%s:%s\n", out->len == 0 ? "\n" : "",
                             ovf_kind_name(edition->kind),
                             edition->airspaces[crossing->passage.owner].code);
}

static enum ovf_status put_crossing(const struct ovf_engine_config *config,
                                    const struct ovf_crossing *crossing,
                                    struct ovf_past_flight *past)
{
    switch (crossing->passage.class) {
    case OVF_CLASS_OBSERVED:
    case OVF_CLASS_BRACKETED:
        return ovf_past_put_airspace(config, crossing, &past->crossed);
    case OVF_CLASS_IMPOSSIBLE:
        return OVF_OK;
    default:
        return ovf_past_put_airspace(config, crossing, &past->unclear);
    }
}

enum ovf_status ovf_past_flight_make(const struct ovf_engine_config *config,
                                     const struct ovf_result *result, size_t index,
                                     struct ovf_past_flight *past)
{
    const struct ovf_flight *const flight = &result->flights[index];
    enum ovf_status st = OVF_OK;
    past->from = flight->from.airport;
    past->to = flight->to.airport;
    (void)ovf_callsign_operator(flight->callsign, past->operator_icao);
    past->crossed.len = 0;
    past->unclear.len = 0;
    for (size_t i = 0; i < result->n_crossings && st == OVF_OK; i++) {
        if (result->crossings[i].flight == index)
            st = put_crossing(config, &result->crossings[i], past);
    }
    if (st == OVF_OK)
        st = ovf_buffer_append(&past->crossed, "", 1);
    return st == OVF_OK ? ovf_buffer_append(&past->unclear, "", 1) : st;
}

void ovf_past_note(const char *crossed, const char *unclear, const char *airspace,
                   struct ovf_past_count *count)
{
    const bool has_crossed = strstr(crossed, airspace) != NULL;
    if (!has_crossed && strstr(unclear, airspace) != NULL)
        return;
    count->n++;
    count->n_crossed += has_crossed ? 1 : 0;
}
