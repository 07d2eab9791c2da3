/* SPDX-License-Identifier: Apache-2.0 */
/* A crossing as a row. */
#include "report/flat.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/time.h"
#include "report/ndjson.h"
#include "rules/operated.h"
#include "rules/stated.h"
#include "track/address.h"

/* In the order in which the functions below put their values. */
static const char *const keys[OVF_FLAT_N] = {
    "id",
    "rev",
    "icao24",
    "callsign",
    "registration",
    "type_code",
    "owner_operator",
    "military",
    "db_flags",
    "registration_source",
    "registration_source_date",
    "address_state",
    "operator_icao",
    "operator_state",
    "operators_elsewhere",
    "airspace",
    "kind",
    "edition",
    "boundary_accuracy_m",
    "role",
    "class",
    "n_fixes_inside",
    "interpolated",
    "grazing",
    "n_gaps_inside",
    "gap_inside_s",
    "vertical",
    "overlaps",
    "grades",
    "weakest_grade",
    "holds_without_weak_fixes",
    "detections",
    "duplicate_address",
    "chain",
    "entry_time",
    "entry_time_min",
    "entry_time_max",
    "entry_earliest",
    "entry_latest",
    "entry_perhaps_stayed",
    "entry_lat_deg",
    "entry_lon_deg",
    "entry_alt_baro_ft",
    "entry_alt_geom_ft",
    "entry_radius_m",
    "entered_from",
    "exit_time",
    "exit_time_min",
    "exit_time_max",
    "exit_earliest",
    "exit_latest",
    "exit_perhaps_stayed",
    "exit_lat_deg",
    "exit_lon_deg",
    "exit_alt_baro_ft",
    "exit_alt_geom_ft",
    "exit_radius_m",
    "left_to",
    "duration_s",
    "distance_m",
    "least_distance_m",
    "avoidance_speed_kt",
    "direct_speed_kt",
    "hard_speed_kt",
    "usual_speed_kt",
    "heard",
    "any_of",
    "from_airport",
    "from_country",
    "from_kind",
    "from_score",
    "from_runner_up",
    "to_airport",
    "to_country",
    "to_kind",
    "to_score",
    "to_runner_up",
    "flight_id",
    "flight_start",
    "flight_end",
    "journey_id",
    "journey_leg",
    "journey_legs",
    "simulated",
    "watches",
    "watches_by_states",
    "matched_by_from",
    "matched_by_to",
    "from_reason", /* sentences last: they may hold the separator */
    "to_reason",
};

const char *ovf_flat_key(size_t i)
{
    return keys[i];
}

void ovf_flat_deinit(struct ovf_flat *flat)
{
    ovf_buffer_deinit(&flat->text);
}

/** A row being made; failures stick. */
struct row {
    struct ovf_flat *flat;
    enum ovf_status status;
};

static void put(struct row *row, enum ovf_flat_kind kind, const char *text)
{
    struct ovf_flat *flat = row->flat;
    assert(flat->n < OVF_FLAT_N);
    flat->values[flat->n++] = (struct ovf_flat_value){kind, text[0] != '\0', flat->text.len};
    if (row->status == OVF_OK)
        row->status = ovf_buffer_append(&flat->text, text, strlen(text) + 1);
}

static void put_text(struct row *row, const char *text)
{
    put(row, OVF_FLAT_TEXT, text);
}

static void put_true(struct row *row, bool value)
{
    put(row, OVF_FLAT_BOOL, value ? "true" : "");
}

static void put_bool(struct row *row, bool known, bool value)
{
    put(row, OVF_FLAT_BOOL, !known ? "" : value ? "true" : "false");
}

static void put_number(struct row *row, bool known, double value, int n_decimals)
{
    char text[OVF_NUMBER_SIZE] = "";
    if (known)
        ovf_number_format(value, n_decimals, text);
    put(row, OVF_FLAT_NUMBER, text);
}

static void put_time(struct row *row, bool known, int64_t t_ns)
{
    char text[OVF_TIME_SIZE] = "";
    if (known)
        ovf_time_format(t_ns, 3, text);
    put(row, OVF_FLAT_TEXT, text);
}

/** What was written to \p text, which it frees, or why it could not be. */
static void put_written(struct row *row, enum ovf_status st, struct ovf_buffer *text)
{
    if (st == OVF_OK)
        st = ovf_buffer_append(text, "", 1);
    if (st == OVF_OK)
        put_text(row, (const char *)text->data);
    else
        row->status = st;
    ovf_buffer_deinit(text);
}

static void put_codes(struct row *row, const struct ovf_edition *edition,
                      const struct ovf_members *members)
{
    struct ovf_buffer codes = {0};
    const enum ovf_status st = ovf_report_codes(edition, members, &codes);
    put_written(row, st, &codes);
}

static void put_heard(struct row *row, const struct ovf_discs_used *heard)
{
    struct ovf_buffer words = {0};
    const enum ovf_status st = ovf_report_heard(heard, &words);
    put_written(row, st, &words);
}

static void put_any_of(struct row *row, const struct ovf_edition *edition,
                       const struct ovf_any_of *any_of)
{
    struct ovf_buffer words = {0};
    const enum ovf_status st = ovf_report_any_of(edition, any_of, &words);
    put_written(row, st, &words);
}

/** Names of watches of the case, if there is one. */
static void put_watches(struct row *row, const struct ovf_watches *watches, uint64_t bits)
{
    struct ovf_buffer names = {0};
    const enum ovf_status st = watches != NULL ? ovf_watches_names(watches, bits, &names) : OVF_OK;
    put_written(row, st, &names);
}

static void put_altitude(struct row *row, const struct ovf_track *track,
                         const struct ovf_passage_end *end, unsigned datum)
{
    const struct ovf_fix *fixes = track->fixes.items;
    double alt_ft = 0;
    const bool known = end->kind == OVF_PASSAGE_CROSSED &&
                       ovf_report_altitude_between(&fixes[end->before], &fixes[end->after],
                                                   end->t_ns, datum, &alt_ft);
    put_number(row, known, alt_ft, 0);
}

static void put_end(struct row *row, const struct ovf_edition *edition,
                    const struct ovf_track *track, const struct ovf_passage_end *end)
{
    const bool crossed = end->kind == OVF_PASSAGE_CROSSED;
    const bool in_gap = end->kind == OVF_PASSAGE_GAP;
    const bool bracketed = end->kind != OVF_PASSAGE_TRACK;
    put_time(row, crossed, end->t_ns);
    put_time(row, bracketed, end->t_min_ns);
    put_time(row, bracketed, end->t_max_ns);
    put_time(row, in_gap, end->earliest_ns);
    put_time(row, in_gap, end->latest_ns);
    put_true(row, end->perhaps_stayed);
    put_number(row, crossed, end->lat_deg, 6);
    put_number(row, crossed, end->lon_deg, 6);
    put_altitude(row, track, end, OVF_FIX_ALT_BARO);
    put_altitude(row, track, end, OVF_FIX_ALT_GEOM);
    put_number(row, bracketed, ovf_report_radius_m(track, end), 0);
    put_codes(row, edition, &end->other_side);
}

static void put_endpoint(struct row *row, const struct ovf_airports *airports,
                         const struct ovf_endpoint *endpoint)
{
    const bool has_score = endpoint->has_airport && endpoint->kind != OVF_ENDPOINT_STATED;
    struct ovf_airport airport = {.code = ""};
    struct ovf_airport runner_up = {.code = ""};
    if (endpoint->has_airport)
        airport = ovf_airports_get(airports, endpoint->airport);
    put_text(row, airport.code);
    put_text(row, endpoint->has_airport ? endpoint->country : "");
    put_text(row, ovf_endpoint_kind_name(endpoint->kind));
    put_number(row, has_score, endpoint->score, 2);
    if (endpoint->has_runner_up)
        runner_up = ovf_airports_get(airports, endpoint->runner_up);
    put_text(row, runner_up.code);
}

static void put_db_flags(struct row *row, const struct ovf_report_identity *who)
{
    char text[64] = "";
    const char *name;
    for (unsigned bit = 0; (name = ovf_report_db_flag_name(bit)) != NULL; bit++) {
        if ((who->db_flags >> bit & 1) != 0)
            (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s",
                           text[0] != '\0' ? "," : "", name);
    }
    put_bool(row, who->has_db_flags, (who->db_flags & 1) != 0);
    put_text(row, text);
}

static void put_source(struct row *row, const struct ovf_report_identity *who)
{
    char day[OVF_TIME_SIZE] = "";
    if (who->identity != NULL && who->has_date) {
        ovf_time_format(who->date_ns, 0, day);
        day[10] = '\0';
    }
    put_text(row, who->identity != NULL ? who->source : "");
    put_text(row, day);
}

static void put_who(struct row *row, const struct ovf_report *report,
                    const struct ovf_report_line *line, const struct ovf_flight *flight)
{
    static const struct ovf_identity nobody = {.registration = ""};
    const struct ovf_identity *identity = line->who.identity != NULL ? line->who.identity : &nobody;
    char icao24[OVF_ADDRESS_SIZE];
    ovf_address_format(line->result->track->address, icao24);
    char rev[OVF_ID_SIZE] = "";
    const enum ovf_status st = ovf_ndjson_crossing_rev(report, line, rev);
    if (st != OVF_OK)
        row->status = st;
    put_text(row, line->crossing->id);
    put_text(row, rev);
    put_text(row, icao24);
    put_text(row, flight->callsign);
    put_text(row, identity->registration);
    put_text(row, identity->type_code);
    put_text(row, identity->owner_operator);
    put_db_flags(row, &line->who);
    put_source(row, &line->who);
}

static void put_operated(struct row *row, const struct ovf_report *report,
                         const struct ovf_report_line *line, const struct ovf_flight *flight)
{
    const struct ovf_operated operated =
        ovf_operated_of(report->operators, line->result->track, flight);
    char elsewhere[OVF_REPORT_ELSEWHERE_SIZE];
    ovf_report_elsewhere(&operated, elsewhere);
    put_text(row, operated.address_state);
    put_text(row, operated.by.designator);
    put_text(row, operated.by.state);
    put_text(row, elsewhere);
}

/** "A=120 B=3": how many fixes have which grade. */
static void put_grades(struct row *row, const struct ovf_strength *strength)
{
    char text[96] = "";
    size_t len = 0;
    for (enum ovf_grade grade = OVF_GRADE_A; grade < OVF_GRADE_N; grade++) {
        if (strength->n_of_grade[grade] > 0)
            len +=
                (size_t)snprintf(text + len, sizeof text - len, "%s%s=%" PRIu32, len > 0 ? " " : "",
                                 ovf_grade_name(grade), strength->n_of_grade[grade]);
    }
    put_text(row, text);
    put_text(row, ovf_grade_name(strength->weakest));
    put_bool(row, true, strength->holds_without_weak_fixes);
}

static void put_detections(struct row *row, const struct ovf_report_line *line)
{
    char kinds[OVF_REPORT_DETECTIONS_SIZE];
    const bool is_duplicate = line->result->flights[line->crossing->flight].is_duplicate;
    ovf_report_detections(line, kinds);
    put_text(row, kinds);
    put_true(row, is_duplicate);
    put_number(row, is_duplicate, line->result->chain, 0);
}

/** As in NDJSON. */
static void put_speeds(struct row *row, const struct ovf_crossing *crossing)
{
    const struct ovf_verdict *v = &crossing->verdict;
    const bool is_judged = crossing->has_verdict;
    put_number(row, is_judged && isfinite(v->avoidance_kt), floor(v->avoidance_kt * 10) / 10, 1);
    put_number(row, is_judged, floor(v->direct_kt * 10) / 10, 1);
    put_number(row, is_judged, v->hard_kt, 1);
    put_number(row, is_judged, v->usual_kt, 1);
}

static void put_what(struct row *row, const struct ovf_edition *edition,
                     const struct ovf_report_line *line)
{
    const struct ovf_track *track = line->result->track;
    const struct ovf_crossing *crossing = line->crossing;
    const struct ovf_passage *passage = &crossing->passage;
    put_text(row, edition->airspaces[passage->owner].code);
    put_text(row, ovf_kind_name(edition->kind));
    put_text(row, edition->edition);
    put_number(row, true, ovf_engine_accuracy_m(edition), 0);
    put_text(row, ovf_role_name(crossing->role));
    put_text(row, ovf_class_name(passage->class));
    put_number(row, true, (double)passage->n_fixes_inside, 0);
    put_true(row, passage->n_fixes_inside < 2 && !crossing->certificate.is_set);
    put_true(row, passage->grazing);
    put_number(row, passage->n_gaps_inside > 0, (double)passage->n_gaps_inside, 0);
    put_number(row, passage->n_gaps_inside > 0, passage->gap_inside_s, 1);
    const char *const vertical = ovf_passage_vertical(passage);
    put_text(row, vertical != NULL ? vertical : "");
    put_codes(row, edition, &passage->overlaps);
    put_grades(row, &crossing->strength);
    put_detections(row, line);
    put_end(row, edition, track, &passage->entry);
    put_end(row, edition, track, &passage->exit);
    put_number(row,
               passage->entry.kind == OVF_PASSAGE_CROSSED &&
                   passage->exit.kind == OVF_PASSAGE_CROSSED,
               ovf_time_seconds(passage->entry.t_ns, passage->exit.t_ns), 3);
    put_number(row, isfinite(line->distance_m), line->distance_m, 0);
    put_number(row, crossing->certificate.is_set, floor(crossing->certificate.distance_m), 0);
    put_speeds(row, crossing);
    put_heard(row, &crossing->heard);
    put_any_of(row, edition, &crossing->any_of);
}

enum ovf_status ovf_flat_crossing(const struct ovf_report *report,
                                  const struct ovf_report_line *line, struct ovf_flat *flat)
{
    const struct ovf_flight *flight = &line->result->flights[line->crossing->flight];
    const struct ovf_airports *const airports = report->config->airports;
    const struct ovf_told_end from =
        ovf_told_end_of(report->routes, airports, flight, OVF_END_DEPARTURE);
    const struct ovf_told_end to =
        ovf_told_end_of(report->routes, airports, flight, OVF_END_ARRIVAL);
    struct row row = {.flat = flat, .status = OVF_OK};
    flat->n = 0;
    flat->text.len = 0;
    put_who(&row, report, line, flight);
    put_operated(&row, report, line, flight);
    put_what(&row, report->config->layers[line->crossing->layer].edition, line);
    put_endpoint(&row, airports, &from.end);
    put_endpoint(&row, airports, &to.end);
    put_text(&row, flight->id);
    put_time(&row, true, flight->start_ns);
    put_time(&row, true, flight->end_ns);
    put_text(&row, flight->journey_id);
    put_number(&row, true, flight->leg, 0);
    put_number(&row, true, flight->n_legs, 0);
    put_true(&row, ovf_report_is_simulated(line->result->track->address, flight->callsign));
    put_watches(&row, report->watches, line->watches.all);
    put_watches(&row, report->watches, line->watches.by_states);
    put_text(&row, ovf_matched_by_name(line->match.from));
    put_text(&row, ovf_matched_by_name(line->match.to));
    put_text(&row, from.end.reason);
    put_text(&row, to.end.reason);
    assert(row.status != OVF_OK || flat->n == OVF_FLAT_N);
    return row.status;
}
