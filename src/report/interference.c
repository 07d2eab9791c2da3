/* SPDX-License-Identifier: Apache-2.0 */
#include "report/interference.h"

#include <stdio.h>

#include "base/json_writer.h"
#include "base/time.h"
#include "track/address.h"

static void put_day(struct ovf_json_writer *json, int64_t day)
{
    char text[OVF_TIME_SIZE];
    ovf_time_format(day * OVF_NS_PER_DAY, 0, text);
    text[10] = '\0';
    ovf_json_text(json, "day", text);
}

enum ovf_status ovf_ndjson_cell(const struct ovf_cell_count *cell,
                                const struct ovf_detect_config *config, struct ovf_buffer *out)
{
    const struct ovf_point centre = ovf_count_cell_centre(cell->cell);
    const struct ovf_cell_traffic *traffic = &cell->traffic;
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "interference_cell");
    put_day(&json, cell->day);
    ovf_json_number(&json, "lat_deg", ovf_deg_from_e7(centre.lat_e7), 6);
    ovf_json_number(&json, "lon_deg", ovf_deg_from_e7(centre.lon_e7), 6);
    ovf_json_text(&json, "level", ovf_cell_level_name(ovf_cell_level(*traffic, config)));
    ovf_json_int(&json, "aircraft", traffic->n_all);
    ovf_json_int(&json, "aircraft_disturbed", traffic->n_disturbed);
    ovf_json_number(&json, "bad_share", (traffic->n_disturbed - 1.0) / traffic->n_all, 4);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}

enum ovf_status ovf_ndjson_nearby(const struct ovf_nearby *nearby, struct ovf_buffer *out)
{
    char text[160];
    const struct ovf_point centre = ovf_count_cell_centre(nearby->cell);
    const struct ovf_cell_traffic *others = &nearby->others;
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "interference_nearby");
    ovf_json_text(&json, "crossing_id", nearby->crossing_id);
    ovf_json_time(&json, "hour", nearby->hour_s * OVF_NS_PER_S);
    ovf_json_number(&json, "lat_deg", ovf_deg_from_e7(centre.lat_e7), 6);
    ovf_json_number(&json, "lon_deg", ovf_deg_from_e7(centre.lon_e7), 6);
    ovf_json_int(&json, "others", others->n_all);
    ovf_json_int(&json, "others_disturbed", others->n_disturbed);
    ovf_json_text(&json, "best_grade", "B");
    ovf_json_int(&json, "radius_factor", 2);
    if (nearby->is_observed)
        ovf_json_bool(&json, "holds_with_wider_radius", nearby->holds);
    (void)snprintf(
        text, sizeof text,
        "positions of %u of %u other aircraft here were disturbed in this hour: consistent "
        "with interference",
        (unsigned)others->n_disturbed, (unsigned)others->n_all);
    ovf_json_text(&json, "words", text);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}

static void put_addresses(struct ovf_json_writer *json, const char *key, const uint32_t *addresses,
                          size_t n)
{
    char icao24[OVF_ADDRESS_SIZE];
    ovf_json_open(json, key, '[');
    for (size_t i = 0; i < n && i < OVF_OTHERS_LISTED; i++) {
        ovf_address_format(addresses[i], icao24);
        ovf_json_text(json, NULL, icao24);
    }
    ovf_json_close(json, ']');
}

/** The nearest of those within sink_m; NULL: there is none. */
static const struct ovf_sink_airport *airport_at(struct ovf_point at,
                                                 const struct ovf_detect_config *config)
{
    const struct ovf_sink_airport *nearest = NULL;
    double nearest_m = config->sink_m;
    for (size_t i = 0; i < config->n_sink_airports; i++) {
        const double away_m = ovf_point_chord_m(at, config->sink_airports[i].at);
        if (away_m < nearest_m) {
            nearest = &config->sink_airports[i];
            nearest_m = away_m;
        }
    }
    return nearest;
}

enum ovf_status ovf_ndjson_sink(const struct ovf_jump_place *place,
                                const struct ovf_detect_config *config, struct ovf_buffer *out)
{
    char text[192];
    const struct ovf_sink_airport *const airport = airport_at(place->at, config);
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "sink");
    put_day(&json, ovf_time_floor(place->last_s, OVF_DAY_S) / OVF_DAY_S);
    ovf_json_number(&json, "lat_deg", ovf_deg_from_e7(place->at.lat_e7), 6);
    ovf_json_number(&json, "lon_deg", ovf_deg_from_e7(place->at.lon_e7), 6);
    ovf_json_number(&json, "within_m", config->sink_m, 0);
    if (airport != NULL)
        ovf_json_text(&json, "airport", airport->code);
    ovf_json_time(&json, "first", place->first_s * OVF_NS_PER_S);
    ovf_json_time(&json, "last", place->last_s * OVF_NS_PER_S);
    ovf_json_int(&json, "aircraft", (int64_t)place->n_aircraft);
    put_addresses(&json, "addresses", place->addresses, place->n_aircraft);
    (void)snprintf(text, sizeof text,
                   "positions of %zu aircraft jumped to within %g km of this place%s%s, of %u "
                   "within %g min: consistent with interference",
                   place->n_aircraft, config->sink_m / 1000, airport != NULL ? " near " : "",
                   airport != NULL ? airport->code : "", (unsigned)config->sink_aircraft,
                   config->sink_s / 60);
    ovf_json_text(&json, "words", text);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}

enum ovf_status ovf_ndjson_shared_altitude(const struct ovf_shared_altitude *shared,
                                           const struct ovf_detect_config *config,
                                           struct ovf_buffer *out)
{
    char text[160];
    char icao24[OVF_ADDRESS_SIZE];
    const struct ovf_altitude_change *change = &shared->change;
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_address_format(change->address, icao24);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "altitude_shared");
    ovf_json_text(&json, "icao24", icao24);
    ovf_json_time(&json, "from", change->from_ns);
    ovf_json_time(&json, "to", change->to_ns);
    ovf_json_number(&json, "lat_deg", ovf_deg_from_e7(change->at.lat_e7), 6);
    ovf_json_number(&json, "lon_deg", ovf_deg_from_e7(change->at.lon_e7), 6);
    ovf_json_number(&json, "change_ft", (double)change->change_ft, 0);
    ovf_json_int(&json, "others", (int64_t)shared->n_others);
    put_addresses(&json, "addresses", shared->addresses, shared->n_others);
    (void)snprintf(
        text, sizeof text,
        "geometric less barometric altitude of %zu other aircraft within %.0f km changed "
        "alike then: not this aircraft's alone",
        shared->n_others, config->altitude_near_m / 1000);
    ovf_json_text(&json, "words", text);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}
