/* SPDX-License-Identifier: Apache-2.0 */
/* Columns are named as the members of the structs in store/store.h. */
#include "store/tables.h"

#include <stddef.h>
#include <stdio.h>

#include "store/gpkg.h"

#define COLUMN(s, member, type)                                                                    \
    {                                                                                              \
#member, OVF_COLUMN_##type, offsetof(struct ovf_store_##s, member)                         \
    }

static const struct ovf_column input_columns[] = {
    COLUMN(input, id, TEXT),
    COLUMN(input, path, TEXT),
    COLUMN(input, digest, TEXT),
    COLUMN(input, bytes, INT),
    COLUMN(input, licence, TEXT),
    COLUMN(input, members_read, INT),
    COLUMN(input, members_used, INT),
    COLUMN(input, members_repeated, INT),
    COLUMN(input, members_rejected, INT),
    COLUMN(input, members_not_used, INT),
    COLUMN(input, rows_read, INT),
    COLUMN(input, rows_used, INT),
    COLUMN(input, rows_repeated, INT),
    COLUMN(input, rows_rejected, INT),
    COLUMN(input, decimation_s, INT),
    COLUMN(input, first, TIME),
    COLUMN(input, last, TIME),
    COLUMN(input, json, TEXT),
};

static const struct ovf_column flight_columns[] = {
    COLUMN(flight, id, TEXT),
    COLUMN(flight, rev, TEXT),
    COLUMN(flight, icao24, TEXT),
    COLUMN(flight, callsign, TEXT),
    COLUMN(flight, registration, TEXT),
    COLUMN(flight, type_code, TEXT),
    COLUMN(flight, owner_operator, TEXT),
    COLUMN(flight, registration_source, TEXT),
    COLUMN(flight, flight_start, TIME),
    COLUMN(flight, flight_end, TIME),
    COLUMN(flight, from_airport, TEXT),
    COLUMN(flight, from_country, TEXT),
    COLUMN(flight, from_kind, TEXT),
    COLUMN(flight, from_score, REAL),
    COLUMN(flight, to_airport, TEXT),
    COLUMN(flight, to_country, TEXT),
    COLUMN(flight, to_kind, TEXT),
    COLUMN(flight, to_score, REAL),
    COLUMN(flight, n_fixes, INT),
    COLUMN(flight, n_gaps, INT),
    COLUMN(flight, distance_m, REAL),
    COLUMN(flight, altitudes, TEXT),
    COLUMN(flight, journey_id, TEXT),
    COLUMN(flight, journey_leg, INT),
    COLUMN(flight, journey_legs, INT),
    COLUMN(flight, simulated, BOOL),
    COLUMN(flight, json, TEXT),
};

static const struct ovf_column journey_columns[] = {
    COLUMN(journey, id, TEXT),           COLUMN(journey, rev, TEXT),
    COLUMN(journey, icao24, TEXT),       COLUMN(journey, callsign, TEXT),
    COLUMN(journey, registration, TEXT), COLUMN(journey, journey_start, TIME),
    COLUMN(journey, journey_end, TIME),  COLUMN(journey, journey_legs, INT),
    COLUMN(journey, from_airport, TEXT), COLUMN(journey, from_country, TEXT),
    COLUMN(journey, to_airport, TEXT),   COLUMN(journey, to_country, TEXT),
    COLUMN(journey, airports, TEXT),     COLUMN(journey, simulated, BOOL),
    COLUMN(journey, json, TEXT),
};

static const struct ovf_column crossing_columns[] = {
    COLUMN(crossing, id, TEXT),
    COLUMN(crossing, rev, TEXT),
    COLUMN(crossing, icao24, TEXT),
    COLUMN(crossing, duplicate_address, BOOL),
    COLUMN(crossing, chain, INT),
    COLUMN(crossing, callsign, TEXT),
    COLUMN(crossing, registration, TEXT),
    COLUMN(crossing, type_code, TEXT),
    COLUMN(crossing, owner_operator, TEXT),
    COLUMN(crossing, registration_source, TEXT),
    COLUMN(crossing, airspace, TEXT),
    COLUMN(crossing, kind, TEXT),
    COLUMN(crossing, edition, TEXT),
    COLUMN(crossing, role, TEXT),
    COLUMN(crossing, class, TEXT),
    COLUMN(crossing, n_fixes_inside, INT),
    COLUMN(crossing, interpolated, BOOL),
    COLUMN(crossing, grazing, BOOL),
    COLUMN(crossing, n_gaps_inside, INT),
    COLUMN(crossing, gap_inside_s, REAL),
    COLUMN(crossing, vertical, TEXT),
    COLUMN(crossing, overlaps, TEXT),
    COLUMN(crossing, weakest_grade, TEXT),
    COLUMN(crossing, holds_without_weak_fixes, BOOL),
    COLUMN(crossing, detections, TEXT),
    COLUMN(crossing, entry_time, TIME),
    COLUMN(crossing, entry_time_min, TIME),
    COLUMN(crossing, entry_time_max, TIME),
    COLUMN(crossing, entry_earliest, TIME),
    COLUMN(crossing, entry_latest, TIME),
    COLUMN(crossing, entry_perhaps_stayed, BOOL),
    COLUMN(crossing, entry_lat_deg, REAL),
    COLUMN(crossing, entry_lon_deg, REAL),
    COLUMN(crossing, entry_alt_baro_ft, REAL),
    COLUMN(crossing, entry_alt_geom_ft, REAL),
    COLUMN(crossing, entered_from, TEXT),
    COLUMN(crossing, exit_time, TIME),
    COLUMN(crossing, exit_time_min, TIME),
    COLUMN(crossing, exit_time_max, TIME),
    COLUMN(crossing, exit_earliest, TIME),
    COLUMN(crossing, exit_latest, TIME),
    COLUMN(crossing, exit_perhaps_stayed, BOOL),
    COLUMN(crossing, exit_lat_deg, REAL),
    COLUMN(crossing, exit_lon_deg, REAL),
    COLUMN(crossing, exit_alt_baro_ft, REAL),
    COLUMN(crossing, exit_alt_geom_ft, REAL),
    COLUMN(crossing, left_to, TEXT),
    COLUMN(crossing, alt_baro_min_ft, REAL),
    COLUMN(crossing, alt_baro_max_ft, REAL),
    COLUMN(crossing, alt_baro_throughout, BOOL),
    COLUMN(crossing, duration_s, REAL),
    COLUMN(crossing, distance_m, REAL),
    COLUMN(crossing, avoidance_speed_kt, REAL),
    COLUMN(crossing, direct_speed_kt, REAL),
    COLUMN(crossing, hard_speed_kt, REAL),
    COLUMN(crossing, usual_speed_kt, REAL),
    COLUMN(crossing, any_of, TEXT),
    COLUMN(crossing, boundary_accuracy_m, REAL),
    COLUMN(crossing, from_airport, TEXT),
    COLUMN(crossing, from_country, TEXT),
    COLUMN(crossing, from_kind, TEXT),
    COLUMN(crossing, from_score, REAL),
    COLUMN(crossing, to_airport, TEXT),
    COLUMN(crossing, to_country, TEXT),
    COLUMN(crossing, to_kind, TEXT),
    COLUMN(crossing, to_score, REAL),
    COLUMN(crossing, flight_id, TEXT),
    COLUMN(crossing, flight_start, TIME),
    COLUMN(crossing, flight_end, TIME),
    COLUMN(crossing, journey_id, TEXT),
    COLUMN(crossing, journey_leg, INT),
    COLUMN(crossing, journey_legs, INT),
    COLUMN(crossing, watches, TEXT),
    COLUMN(crossing, watches_by_states, TEXT),
    COLUMN(crossing, simulated, BOOL),
    COLUMN(crossing, json, TEXT),
};

static const struct ovf_column gap_columns[] = {
    COLUMN(gap, id, TEXT),
    COLUMN(gap, rev, TEXT),
    COLUMN(gap, icao24, TEXT),
    COLUMN(gap, callsign, TEXT),
    COLUMN(gap, flight_id, TEXT),
    COLUMN(gap, gap_start, TIME),
    COLUMN(gap, gap_end, TIME),
    COLUMN(gap, duration_s, REAL),
    COLUMN(gap, distance_m, REAL),
    COLUMN(gap, average_speed_mps, REAL),
    COLUMN(gap, start_lat_deg, REAL),
    COLUMN(gap, start_lon_deg, REAL),
    COLUMN(gap, start_alt_baro_ft, REAL),
    COLUMN(gap, end_lat_deg, REAL),
    COLUMN(gap, end_lon_deg, REAL),
    COLUMN(gap, end_alt_baro_ft, REAL),
    COLUMN(gap, alt_band, TEXT),
    COLUMN(gap, kind, TEXT),
    COLUMN(gap, cause, TEXT),
    COLUMN(gap, outage_against, TEXT),
    COLUMN(gap, expected_reports, REAL),
    COLUMN(gap, received_share, REAL),
    COLUMN(gap, known_s, INT),
    COLUMN(gap, others_heard, INT),
    COLUMN(gap, others_heard_meanwhile, INT),
    COLUMN(gap, others_silent_meanwhile, INT),
    COLUMN(gap, witnesses, TEXT),
    COLUMN(gap, simulated, BOOL),
    COLUMN(gap, json, TEXT),
};

static const struct ovf_column finding_columns[] = {
    COLUMN(finding, id, TEXT),
    COLUMN(finding, rev, TEXT),
    COLUMN(finding, rule, TEXT),
    COLUMN(finding, verdict, TEXT),
    COLUMN(finding, about_kind, TEXT),
    COLUMN(finding, about_id, TEXT),
    COLUMN(finding, in_force_on_flight_date, INT),
    COLUMN(finding, in_force_today, INT),
    COLUMN(finding, as_of, TIME),
    COLUMN(finding, simulated, BOOL),
    COLUMN(finding, json, TEXT),
};

static const struct ovf_column airspace_columns[] = {
    COLUMN(airspace, id, TEXT),
    COLUMN(airspace, rev, TEXT),
    COLUMN(airspace, airspace, TEXT),
    COLUMN(airspace, code3, TEXT),
    COLUMN(airspace, name, TEXT),
    COLUMN(airspace, kind, TEXT),
    COLUMN(airspace, edition, TEXT),
    COLUMN(airspace, source, TEXT),
    COLUMN(airspace, licence, TEXT),
    COLUMN(airspace, attribution, TEXT),
    COLUMN(airspace, boundary_accuracy_m, REAL),
    COLUMN(airspace, floor, TEXT),
    COLUMN(airspace, ceiling, TEXT),
    COLUMN(airspace, valid_from, TIME),
    COLUMN(airspace, valid_to, TIME),
};

static const struct ovf_column completeness_columns[] = {
    COLUMN(completeness, id, TEXT),
    COLUMN(completeness, input, TEXT),
    COLUMN(completeness, day, DATE),
    COLUMN(completeness, kind, TEXT),
    COLUMN(completeness, members, INT),
    COLUMN(completeness, members_not_used, INT),
    COLUMN(completeness, fixes, INT),
    COLUMN(completeness, aircraft, INT),
    COLUMN(completeness, hours_with_data, INT),
    COLUMN(completeness, hours_without_data, TEXT),
    COLUMN(completeness, folders, INT),
    COLUMN(completeness, folders_missing, TEXT),
    COLUMN(completeness, neighbours, INT),
    COLUMN(completeness, fixes_to_neighbours, REAL),
    COLUMN(completeness, aircraft_to_neighbours, REAL),
    COLUMN(completeness, verdict, TEXT),
};

#define HOUR(name, member, hour)                                                                   \
    {                                                                                              \
        name "_" #hour, OVF_COLUMN_INT,                                                            \
            offsetof(struct ovf_store_traffic, member) +                                           \
                (1##hour - 100) * sizeof(struct ovf_store_int)                                     \
    }
#define SIX_HOURS(name, member, a, b, c, d, e, f)                                                  \
    HOUR(name, member, a), HOUR(name, member, b), HOUR(name, member, c), HOUR(name, member, d),    \
        HOUR(name, member, e), HOUR(name, member, f)
#define HOURS(name, member)                                                                        \
    SIX_HOURS(name, member, 00, 01, 02, 03, 04, 05),                                               \
        SIX_HOURS(name, member, 06, 07, 08, 09, 10, 11),                                           \
        SIX_HOURS(name, member, 12, 13, 14, 15, 16, 17),                                           \
        SIX_HOURS(name, member, 18, 19, 20, 21, 22, 23)

static const struct ovf_column traffic_columns[] = {
    COLUMN(traffic, input_fid, INT), COLUMN(traffic, day, DATE),
    COLUMN(traffic, cell, INT),      COLUMN(traffic, alt_band, TEXT),
    COLUMN(traffic, lat_deg, REAL),  COLUMN(traffic, lon_deg, REAL),
    COLUMN(traffic, fixes, INT),     COLUMN(traffic, aircraft, INT),
    HOURS("fixes", fixes_of_hour),   HOURS("aircraft", aircraft_of_hour),
};

static const struct ovf_table_index flight_indexes[] = {
    {.name = "flights_by_id", .columns = "id", .is_unique = true},
    {.name = "flights_by_aircraft", .columns = "icao24,flight_start"},
};

static const struct ovf_table_index journey_indexes[] = {
    {.name = "journeys_by_id", .columns = "id", .is_unique = true},
};

static const struct ovf_table_index crossing_indexes[] = {
    {.name = "crossings_by_id", .columns = "id", .is_unique = true},
    {.name = "crossings_by_aircraft", .columns = "icao24,airspace"},
};

static const struct ovf_table_index gap_indexes[] = {
    {.name = "gaps_by_id", .columns = "id", .is_unique = true},
    {.name = "gaps_by_flight", .columns = "flight_id"},
    {.name = "gaps_by_time", .columns = "gap_start"},
    {.name = "gaps_not_judged", .columns = "gap_start", .where = "cause IS NULL"},
};

static const struct ovf_table_index finding_indexes[] = {
    {.name = "findings_by_id", .columns = "id", .is_unique = true},
};

static const struct ovf_table_index airspace_indexes[] = {
    {.name = "airspaces_by_id", .columns = "id", .is_unique = true},
};

#define INDEXES(s) .indexes = s##_indexes, .n_indexes = sizeof s##_indexes / sizeof *s##_indexes
#define COLUMNS(s) .columns = s##_columns, .n_columns = sizeof s##_columns / sizeof *s##_columns

static const struct ovf_store_table tables[OVF_STORE_KINDS] = {
    [OVF_STORE_INPUT] = {.name = "inputs",
                         .description = "Files, archives and feeds that were read",
                         .key = "id",
                         .has_first_seen = true,
                         COLUMNS(input)},
    [OVF_STORE_FLIGHT] = {.name = "flights",
                          .description = "Flights, take-off to landing, cut at gaps",
                          .geometry = OVF_GEOMETRY_WAYS,
                          .geometry_offset = offsetof(struct ovf_store_flight, geom),
                          .key = "id",
                          .has_revisions = true,
                          .has_first_seen = true,
                          INDEXES(flight),
                          COLUMNS(flight)},
    [OVF_STORE_JOURNEY] = {.name = "journeys",
                           .description = "Flights of one aircraft in a row",
                           .key = "id",
                           .has_revisions = true,
                           .has_first_seen = true,
                           INDEXES(journey),
                           COLUMNS(journey)},
    [OVF_STORE_CROSSING] = {.name = "crossings",
                            .description = "Passages of flights through airspaces",
                            .geometry = OVF_GEOMETRY_WAYS,
                            .geometry_offset = offsetof(struct ovf_store_crossing, geom),
                            .key = "id",
                            .has_revisions = true,
                            .has_first_seen = true,
                            INDEXES(crossing),
                            COLUMNS(crossing)},
    [OVF_STORE_GAP] = {.name = "gaps",
                       .description = "Intervals of a flight without a believed fix, drawn as "
                                      "geodesics: not where the aircraft flew",
                       .geometry = OVF_GEOMETRY_LINES,
                       .geometry_offset = offsetof(struct ovf_store_gap, geom),
                       .key = "id",
                       .has_revisions = true,
                       .has_first_seen = true,
                       INDEXES(gap),
                       COLUMNS(gap)},
    [OVF_STORE_FINDING] = {.name = "findings",
                           .description = "Verdicts, with their rules and reasons",
                           .key = "id",
                           .has_revisions = true,
                           .has_first_seen = true,
                           INDEXES(finding),
                           COLUMNS(finding)},
    [OVF_STORE_AIRSPACE] = {.name = "airspaces",
                            .description = "Airspaces that were asked about, as their edition has "
                                           "them",
                            .geometry = OVF_GEOMETRY_AREA,
                            .geometry_offset = offsetof(struct ovf_store_airspace, geom),
                            .key = "id",
                            .has_revisions = true,
                            .has_first_seen = true,
                            INDEXES(airspace),
                            COLUMNS(airspace)},
    [OVF_STORE_COMPLETENESS] = {.name = "completeness",
                                .description = "What of each input and day was there",
                                .key = "id",
                                .has_first_seen = true,
                                COLUMNS(completeness)},
    [OVF_STORE_TRAFFIC] = {.name = "traffic",
                           .description = "Counts of all traffic by cell, altitude band and hour",
                           .key = "input_fid,day,cell,alt_band",
                           COLUMNS(traffic)},
};

const struct ovf_store_table *ovf_store_table(enum ovf_store_kind kind)
{
    return &tables[kind];
}

void ovf_store_rtree_name(const struct ovf_store_table *table, char name[64])
{
    snprintf(name, 64, "rtree_%s_" OVF_GPKG_GEOMETRY, table->name);
}
