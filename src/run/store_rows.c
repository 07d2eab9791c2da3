/* SPDX-License-Identifier: Apache-2.0 */
/* From results to rows. */
#include "run/store_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "geo/geodesic.h"
#include "listen/gap.h"
#include "report/ndjson.h"
#include "rules/stated.h"
#include "run/store_areas.h"
#include "run/store_ends.h"
#include "run/store_lines.h"
#include "run/store_values.h"
#include "track/address.h"

struct ovf_store_rows {
    struct ovf_store *store;
    struct ovf_carried *carried;
    const struct ovf_report *report;
    struct ovf_members *crossed; /* by layer */
    struct ovf_store_lines line; /* the geometry at hand */
    struct ovf_buffer json;
    struct ovf_buffer overlaps; /* or the airports of a journey */
    struct ovf_buffer altitudes;
    struct ovf_buffer any_of;
    struct ovf_buffer entered_from;
    struct ovf_buffer left_to;
    struct ovf_buffer watches;
    struct ovf_buffer watches_by_states;
};

enum ovf_status ovf_store_rows_new(struct ovf_store *store, struct ovf_carried *carried,
                                   const struct ovf_report *report, struct ovf_store_rows **out)
{
    struct ovf_store_rows *rows = calloc(1, sizeof *rows);
    if (rows == NULL)
        return OVF_E_NOMEM;
    rows->store = store;
    rows->carried = carried;
    rows->report = report;
    rows->line.walk = &report->config->walk;
    rows->crossed = calloc(report->config->n_layers, sizeof *rows->crossed);
    if (rows->crossed == NULL) {
        free(rows);
        return OVF_E_NOMEM;
    }
    *out = rows;
    return OVF_OK;
}

void ovf_store_rows_free(struct ovf_store_rows *rows)
{
    if (rows == NULL)
        return;
    free(rows->crossed);
    ovf_store_lines_deinit(&rows->line);
    ovf_buffer_deinit(&rows->json);
    ovf_buffer_deinit(&rows->overlaps);
    ovf_buffer_deinit(&rows->altitudes);
    ovf_buffer_deinit(&rows->any_of);
    ovf_buffer_deinit(&rows->entered_from);
    ovf_buffer_deinit(&rows->left_to);
    ovf_buffer_deinit(&rows->watches);
    ovf_buffer_deinit(&rows->watches_by_states);
    free(rows);
}

/** Notes that a row that was put before stands again. */
static enum ovf_status said(struct ovf_store_rows *w, enum ovf_store_kind kind, const char *id,
                            enum ovf_status st)
{
    if (st == OVF_OK)
        ovf_carried_said(w->carried, kind, id);
    return st;
}

/** Codes as text, NULL when there are none. */
static enum ovf_status codes(const struct ovf_edition *edition, const struct ovf_members *members,
                             struct ovf_buffer *buffer, const char **text)
{
    buffer->len = 0;
    *text = NULL;
    enum ovf_status st = ovf_report_codes(edition, members, buffer);
    if (st == OVF_OK)
        st = ovf_buffer_append(buffer, "", 1);
    if (st == OVF_OK && buffer->len > 1)
        *text = (const char *)buffer->data;
    return st;
}

/** An airport's code lives in a struct of its own. */
struct end_texts {
    struct ovf_airport airport;
};

static struct ovf_endpoint told_end(const struct ovf_store_rows *w, const struct ovf_flight *flight,
                                    enum ovf_end end)
{
    return ovf_told_end_of(w->report->routes, w->report->config->airports, flight, end).end;
}

static struct ovf_store_real score_of(const struct ovf_endpoint *end)
{
    return real_if(end->has_airport && end->kind != OVF_ENDPOINT_STATED, end->score);
}

static const char *airport_of(const struct ovf_report *report, const struct ovf_endpoint *endpoint,
                              struct end_texts *texts)
{
    if (!endpoint->has_airport)
        return NULL;
    texts->airport = ovf_airports_get(report->config->airports, endpoint->airport);
    return texts->airport.code;
}

/** The JSON line without its newline, as text, and the "rev" in it. */
static enum ovf_status finish_json(struct ovf_store_rows *w, char rev[OVF_ID_SIZE])
{
    static const char key[] = "\"rev\":\"";
    if (w->json.len > 0)
        w->json.data[w->json.len - 1] = '\0';
    const char *found = w->json.len > 0 ? strstr((const char *)w->json.data, key) : NULL;
    if (found == NULL)
        return OVF_E_FORMAT;
    memcpy(rev, found + sizeof key - 1, OVF_ID_SIZE - 1);
    rev[OVF_ID_SIZE - 1] = '\0';
    return OVF_OK;
}

/** What crossing, flight and gap rows say of the aircraft. */
struct who {
    char icao24[OVF_ADDRESS_SIZE];
    const struct ovf_identity *identity;
    const char *source;
    const char *callsign;
    bool simulated;
};

static struct who who_flies(const struct ovf_report_line *line, const struct ovf_flight *flight)
{
    static const struct ovf_identity nobody = {.registration = ""};
    struct who who = {.identity = line->who.identity != NULL ? line->who.identity : &nobody,
                      .source = line->who.identity != NULL ? line->who.source : NULL,
                      .callsign = flight->callsign};
    const uint32_t address = line->result->track->address;
    ovf_address_format(address, who.icao24);
    who.simulated = ovf_report_is_simulated(address, flight->callsign);
    return who;
}

/** Names of watches, NULL when there are none. */
static enum ovf_status names_of(const struct ovf_watches *watches, uint64_t bits,
                                struct ovf_buffer *buffer, const char **names)
{
    buffer->len = 0;
    *names = NULL;
    if (watches == NULL || bits == 0)
        return OVF_OK;
    enum ovf_status st = ovf_watches_names(watches, bits, buffer);
    if (st == OVF_OK)
        st = ovf_buffer_append(buffer, "", 1);
    if (st == OVF_OK)
        *names = (const char *)buffer->data;
    return st;
}

static enum ovf_status set_watches(struct ovf_store_rows *w, const struct ovf_report_line *line,
                                   struct ovf_store_crossing *row)
{
    const struct ovf_watches *const watches = w->report->watches;
    const enum ovf_status st = names_of(watches, line->watches.all, &w->watches, &row->watches);
    return st != OVF_OK ? st
                        : names_of(watches, line->watches.by_states, &w->watches_by_states,
                                   &row->watches_by_states);
}

/** What is made in buffers: the JSON and its revision, lists of codes, the line. */
static enum ovf_status set_texts(struct ovf_store_rows *w, const struct ovf_report_line *line,
                                 struct ovf_store_crossing *row, char rev[OVF_ID_SIZE])
{
    const struct ovf_passage *p = &line->crossing->passage;
    const struct ovf_edition *edition = w->report->config->layers[line->crossing->layer].edition;
    struct ovf_report_line unasked = *line; /* a store keeps what is so, not what was asked */
    unasked.match = (struct ovf_match){.from = OVF_MATCHED_UNASKED, .to = OVF_MATCHED_UNASKED};
    w->json.len = 0;
    enum ovf_status st = ovf_ndjson_crossing(w->report, &unasked, &w->json);
    if (st == OVF_OK)
        st = finish_json(w, rev);
    row->rev = rev;
    row->json = (const char *)w->json.data;
    if (st == OVF_OK)
        st = set_watches(w, line, row);
    if (st == OVF_OK)
        st = codes(edition, &p->overlaps, &w->overlaps, &row->overlaps);
    if (st == OVF_OK && p->entry.kind == OVF_PASSAGE_CROSSED)
        st = codes(edition, &p->entry.other_side, &w->entered_from, &row->entered_from);
    if (st == OVF_OK && p->exit.kind == OVF_PASSAGE_CROSSED)
        st = codes(edition, &p->exit.other_side, &w->left_to, &row->left_to);
    w->any_of.len = 0;
    if (st == OVF_OK && line->crossing->any_of.n > 0) {
        st = ovf_report_any_of(edition, &line->crossing->any_of, &w->any_of);
        if (st == OVF_OK)
            st = ovf_buffer_append(&w->any_of, "", 1);
        row->any_of = (const char *)w->any_of.data;
    }
    return st == OVF_OK ? ovf_store_line_of_crossing(&w->line, line->result->track, p, &row->geom)
                        : st;
}

/** How it was inside, and what could be flown instead. */
static void set_passage(struct ovf_store_crossing *row, const struct ovf_report_line *line)
{
    const struct ovf_crossing *const c = line->crossing;
    const struct ovf_passage *const p = &c->passage;
    const bool both = p->entry.kind == OVF_PASSAGE_CROSSED && p->exit.kind == OVF_PASSAGE_CROSSED;
    row->class = ovf_class_name(p->class);
    row->n_fixes_inside = known_int(p->n_fixes_inside);
    row->interpolated = p->n_fixes_inside < 2;
    row->grazing = p->grazing;
    row->n_gaps_inside = known_int(p->n_gaps_inside);
    row->gap_inside_s = real_if(p->n_gaps_inside > 0, p->gap_inside_s);
    row->vertical = ovf_passage_vertical(p);
    row->duration_s = real_if(both, ovf_time_seconds(p->entry.t_ns, p->exit.t_ns));
    row->distance_m = real_if(isfinite(line->distance_m), round(line->distance_m));
    row->avoidance_speed_kt = real_if(c->has_verdict && isfinite(c->verdict.avoidance_kt),
                                      floor(c->verdict.avoidance_kt * 10) / 10);
    row->direct_speed_kt = real_if(c->has_verdict, floor(c->verdict.direct_kt * 10) / 10);
    row->hard_speed_kt = real_if(c->has_verdict, c->verdict.hard_kt);
    row->usual_speed_kt = real_if(c->has_verdict, c->verdict.usual_kt);
}

static enum ovf_status put_crossing(struct ovf_store_rows *w, const struct ovf_report_line *line,
                                    struct ovf_error *err)
{
    const struct ovf_crossing *c = line->crossing;
    const struct ovf_passage *p = &c->passage;
    const struct ovf_flight *flight = &line->result->flights[c->flight];
    const struct ovf_edition *edition = w->report->config->layers[c->layer].edition;
    const struct who who = who_flies(line, flight);
    const struct ovf_endpoint from_end = told_end(w, flight, OVF_END_DEPARTURE);
    const struct ovf_endpoint to_end = told_end(w, flight, OVF_END_ARRIVAL);
    struct end_texts from;
    struct end_texts to;
    char rev[OVF_ID_SIZE];
    char detections[OVF_REPORT_DETECTIONS_SIZE];
    ovf_report_detections(line, detections);
    struct ovf_store_crossing row = {
        .id = c->id,
        .icao24 = who.icao24,
        .duplicate_address = flight->is_duplicate,
        .chain = known_int(line->result->chain),
        .weakest_grade = ovf_grade_name(c->strength.weakest),
        .holds_without_weak_fixes = c->strength.holds_without_weak_fixes,
        .detections = detections,
        .callsign = who.callsign,
        .registration = who.identity->registration,
        .type_code = who.identity->type_code,
        .owner_operator = who.identity->owner_operator,
        .registration_source = who.source,
        .airspace = edition->airspaces[p->owner].code,
        .kind = ovf_kind_name(edition->kind),
        .edition = edition->edition,
        .role = ovf_role_name(c->role),
        .boundary_accuracy_m = real_if(true, ovf_engine_accuracy_m(edition)),
        .from_airport = airport_of(w->report, &from_end, &from),
        .from_country = from_end.country,
        .from_kind = ovf_endpoint_kind_name(from_end.kind),
        .from_score = score_of(&from_end),
        .to_airport = airport_of(w->report, &to_end, &to),
        .to_country = to_end.country,
        .to_kind = ovf_endpoint_kind_name(to_end.kind),
        .to_score = score_of(&to_end),
        .flight_id = flight->id,
        .flight_start = known_time(flight->start_ns),
        .flight_end = known_time(flight->end_ns),
        .journey_id = flight->journey_id,
        .journey_leg = known_int(flight->leg),
        .journey_legs = known_int(flight->n_legs),
        .simulated = who.simulated,
    };
    set_passage(&row, line);
    ovf_store_set_ends(&row, line->result->track, p);
    const enum ovf_status st = set_texts(w, line, &row, rev);
    if (!ovf_members_has(&w->crossed[c->layer], p->owner))
        ovf_members_toggle(&w->crossed[c->layer], p->owner);
    return st == OVF_OK
               ? said(w, OVF_STORE_CROSSING, row.id, ovf_store_put_crossing(w->store, &row, err))
               : st;
}

/** An identifier of something that has none of its own in the engine: SHA-256 over the parts. */
/** Its cause is judged when all aircraft were followed, anew with each scan that has something to say, and is
 * no part of what is revised. */
static enum ovf_status put_gap(struct ovf_store_rows *w, const struct ovf_report_line *line,
                               const struct ovf_flight_gap *gap, struct ovf_error *err)
{
    const struct ovf_track *track = line->result->track;
    const struct ovf_flight *flight = &line->result->flights[gap->flight];
    const struct ovf_fix *a = &track->fixes.items[gap->before];
    const struct ovf_fix *b = &track->fixes.items[gap->after];
    const struct ovf_gap known =
        ovf_gap_between(&w->report->config->walk, track, gap->before, gap->after);
    const struct who who = who_flies(line, flight);
    const double duration_s = ovf_time_seconds(a->t_ns, b->t_ns);
    const double distance_m = ovf_geodesic_between(a->at, b->at).length_m;
    char end[OVF_TIME_SIZE];
    char text[200];
    char rev[OVF_ID_SIZE];
    ovf_time_format(b->t_ns, 3, end);
    (void)snprintf(text, sizeof text, "gap|%s|%s|%s|%s|%s|%s", gap->id, end, flight->id,
                   who.callsign, ovf_band_name(known.band), ovf_gap_kind_name(known.kind));
    enum ovf_status st = hash_id(text, rev);
    struct ovf_store_gap row = {
        .id = gap->id,
        .rev = rev,
        .icao24 = who.icao24,
        .callsign = who.callsign,
        .flight_id = flight->id,
        .gap_start = known_time(a->t_ns),
        .gap_end = known_time(b->t_ns),
        .duration_s = real_if(true, duration_s),
        .distance_m = real_if(true, round(distance_m)),
        .average_speed_mps = real_if(duration_s > 0, distance_m / duration_s),
        .start_lat_deg = real_if(true, ovf_deg_from_e7(a->at.lat_e7)),
        .start_lon_deg = real_if(true, ovf_deg_from_e7(a->at.lon_e7)),
        .start_alt_baro_ft = real_if((a->has & OVF_FIX_ALT_BARO) != 0, a->alt_baro_ft),
        .end_lat_deg = real_if(true, ovf_deg_from_e7(b->at.lat_e7)),
        .end_lon_deg = real_if(true, ovf_deg_from_e7(b->at.lon_e7)),
        .end_alt_baro_ft = real_if((b->has & OVF_FIX_ALT_BARO) != 0, b->alt_baro_ft),
        .alt_band = ovf_band_name(known.band),
        .kind = ovf_gap_kind_name(known.kind),
        .simulated = who.simulated,
    };
    if (st == OVF_OK)
        st = ovf_store_line_of_gap(&w->line, a, b, &row.geom);
    return st == OVF_OK ? said(w, OVF_STORE_GAP, row.id, ovf_store_put_gap(w->store, &row, err))
                        : st;
}

/** The gaps of a flight, in order; counts them. */
static enum ovf_status put_gaps(struct ovf_store_rows *w, const struct ovf_report_line *line,
                                size_t *n_gaps, struct ovf_error *err)
{
    const struct ovf_result *result = line->result;
    enum ovf_status st = OVF_OK;
    *n_gaps = 0;
    for (size_t i = 0; i < result->n_gaps && st == OVF_OK; i++) {
        if (result->gaps[i].flight != line->crossing->flight)
            continue;
        st = put_gap(w, line, &result->gaps[i], err);
        ++*n_gaps;
    }
    return st;
}

static double flown_m(const struct ovf_track *track, size_t first, size_t last)
{
    double sum_m = 0;
    for (size_t i = first, j = first + 1; j <= last; j++) {
        if (!ovf_fix_is_believed(&track->fixes.items[j]))
            continue;
        sum_m += ovf_distance_m(track->fixes.items[i].at, track->fixes.items[j].at);
        i = j;
    }
    return sum_m;
}

/** As text, empty where none is known. */
static enum ovf_status write_altitudes(struct ovf_store_rows *w, const struct ovf_track *track,
                                       const struct ovf_flight *flight)
{
    w->altitudes.len = 0;
    const enum ovf_status st = ovf_store_altitudes_of_fixes(
        &w->line, track, flight->fixes.first, flight->fixes.last, flight->start_ns, &w->altitudes);
    return st == OVF_OK ? ovf_buffer_append(&w->altitudes, "", 1) : st;
}

static enum ovf_status put_flight(struct ovf_store_rows *w, const struct ovf_report_line *line,
                                  const struct ovf_flight *flight, struct ovf_error *err)
{
    const struct who who = who_flies(line, flight);
    const struct ovf_endpoint from_end = told_end(w, flight, OVF_END_DEPARTURE);
    const struct ovf_endpoint to_end = told_end(w, flight, OVF_END_ARRIVAL);
    struct end_texts from;
    struct end_texts to;
    char rev[OVF_ID_SIZE];
    size_t n_gaps;
    enum ovf_status st = put_gaps(w, line, &n_gaps, err);
    w->json.len = 0;
    if (st == OVF_OK)
        st = ovf_ndjson_flight(w->report, line, flight, &w->json);
    if (st == OVF_OK)
        st = finish_json(w, rev);
    if (st != OVF_OK)
        return st;
    struct ovf_store_flight row = {
        .id = flight->id,
        .rev = rev,
        .icao24 = who.icao24,
        .callsign = who.callsign,
        .registration = who.identity->registration,
        .type_code = who.identity->type_code,
        .owner_operator = who.identity->owner_operator,
        .registration_source = who.source,
        .flight_start = known_time(flight->start_ns),
        .flight_end = known_time(flight->end_ns),
        .from_airport = airport_of(w->report, &from_end, &from),
        .from_country = from_end.country,
        .from_kind = ovf_endpoint_kind_name(from_end.kind),
        .from_score = score_of(&from_end),
        .to_airport = airport_of(w->report, &to_end, &to),
        .to_country = to_end.country,
        .to_kind = ovf_endpoint_kind_name(to_end.kind),
        .to_score = score_of(&to_end),
        .n_fixes = known_int(flight->fixes.n_believed),
        .n_gaps = known_int(n_gaps),
        .distance_m = real_if(
            true, round(flown_m(line->result->track, flight->fixes.first, flight->fixes.last))),
        .journey_id = flight->journey_id,
        .journey_leg = known_int(flight->leg),
        .journey_legs = known_int(flight->n_legs),
        .simulated = who.simulated,
        .json = (const char *)w->json.data,
    };
    st = ovf_store_line_of_fixes(&w->line, line->result->track, flight->fixes.first,
                                 flight->fixes.last, &row.geom);
    if (st == OVF_OK)
        st = write_altitudes(w, line->result->track, flight);
    row.altitudes = (const char *)w->altitudes.data;
    return st == OVF_OK
               ? said(w, OVF_STORE_FLIGHT, row.id, ovf_store_put_flight(w->store, &row, err))
               : st;
}

/** The flights [first, last] of the journey that \p flight is a leg of. */
static void legs_of(const struct ovf_result *result, size_t flight, size_t *first, size_t *last)
{
    *first = flight + 1 - result->flights[flight].leg;
    *last = *first + result->flights[flight].n_legs - 1;
}

/** The airports of a journey in order, "?" where one is not known: OIIE,ORBI,OSDI. */
static enum ovf_status write_airports(struct ovf_store_rows *w, const struct ovf_result *result,
                                      size_t first, size_t last)
{
    struct end_texts texts;
    w->overlaps.len = 0;
    const char *code = airport_of(w->report, &result->flights[first].from, &texts);
    enum ovf_status st = ovf_buffer_append_text(&w->overlaps, code != NULL ? code : "?");
    for (size_t i = first; i <= last && st == OVF_OK; i++) {
        code = airport_of(w->report, &result->flights[i].to, &texts);
        st = ovf_buffer_printf(&w->overlaps, ",%s", code != NULL ? code : "?");
    }
    return st == OVF_OK ? ovf_buffer_append(&w->overlaps, "", 1) : st;
}

static enum ovf_status put_journey(struct ovf_store_rows *w, const struct ovf_report_line *line,
                                   struct ovf_error *err)
{
    const struct ovf_result *result = line->result;
    size_t first;
    size_t last;
    legs_of(result, line->crossing->flight, &first, &last);
    const struct ovf_flight *begin = &result->flights[first];
    const struct ovf_flight *end = &result->flights[last];
    const struct who who = who_flies(line, begin);
    struct end_texts from;
    struct end_texts to;
    char text[600];
    char end_time[OVF_TIME_SIZE];
    char rev[OVF_ID_SIZE];
    enum ovf_status st = write_airports(w, result, first, last);
    if (st != OVF_OK)
        return st;
    const char *airports = (const char *)w->overlaps.data;
    ovf_time_format(end->end_ns, 3, end_time);
    (void)snprintf(text, sizeof text, "journey|%s|%s|%s|%s|%s|%.400s", begin->id, end->id, end_time,
                   who.callsign, who.identity->registration, airports);
    st = hash_id(text, rev);
    const struct ovf_store_journey row = {
        .id = begin->journey_id,
        .rev = rev,
        .icao24 = who.icao24,
        .callsign = who.callsign,
        .registration = who.identity->registration,
        .journey_start = known_time(begin->start_ns),
        .journey_end = known_time(end->end_ns),
        .journey_legs = known_int(begin->n_legs),
        .from_airport = airport_of(w->report, &begin->from, &from),
        .from_country = begin->from.country,
        .to_airport = airport_of(w->report, &end->to, &to),
        .to_country = end->to.country,
        .airports = airports,
        .simulated = who.simulated,
    };
    return st == OVF_OK
               ? said(w, OVF_STORE_JOURNEY, row.id, ovf_store_put_journey(w->store, &row, err))
               : st;
}

/** The flight of a line whose flight is another than that of the line before, and its journey unless it
 * has been put for an earlier leg. */
static enum ovf_status put_flight_and_journey(struct ovf_store_rows *w,
                                              const struct ovf_report_line *line,
                                              const struct ovf_report_line *before,
                                              struct ovf_error *err)
{
    const struct ovf_flight *flights = line->result->flights;
    const struct ovf_flight *flight = &flights[line->crossing->flight];
    const enum ovf_status st = put_flight(w, line, flight, err);
    const bool put_before = before != NULL && strcmp(flights[before->crossing->flight].journey_id,
                                                     flight->journey_id) == 0;
    return st == OVF_OK && !put_before ? put_journey(w, line, err) : st;
}

enum ovf_status ovf_store_rows_put(struct ovf_store_rows *w, const struct ovf_report_line *lines,
                                   size_t n, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const size_t flight = lines[i].crossing->flight;
        if (i == 0 || lines[i - 1].crossing->flight != flight)
            st = put_flight_and_journey(w, &lines[i], i == 0 ? NULL : &lines[i - 1], err);
        if (st == OVF_OK)
            st = put_crossing(w, &lines[i], err);
    }
    return st;
}

enum ovf_status ovf_store_rows_put_airspaces(struct ovf_store_rows *w, struct ovf_error *err)
{
    const struct ovf_engine_config *const config = w->report->config;
    enum ovf_status st = OVF_OK;
    for (size_t layer = 0; layer < config->n_layers && st == OVF_OK; layer++)
        st = ovf_store_areas_put(w->store, config->layers[layer].edition, &w->crossed[layer], err);
    return st;
}
