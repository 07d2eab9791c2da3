/* SPDX-License-Identifier: Apache-2.0 */
/* NDJSON: one object a line, the keys of docs/formats/ndjson.md. What is absent is absent, never 0. */
#include "report/ndjson.h"

#include <math.h>

#include "base/time.h"
#include "flight/countries.h"
#include "report/ndjson_parts.h"
#include "rules/operated.h"
#include "rules/stated.h"
#include "track/address.h"

void ovf_ndjson_digest(const struct ovf_digest *digest, char text[OVF_NDJSON_DIGEST_SIZE])
{
    static const char scheme[] = "sha256:";
    memcpy(text, scheme, sizeof scheme);
    ovf_digest_format(digest, OVF_SHA256_BYTES, text + sizeof scheme - 1);
}

static void put_codes(struct ovf_json_writer *json, const char *key,
                      const struct ovf_edition *edition, const struct ovf_members *members)
{
    ovf_json_open(json, key, '[');
    for (uint32_t i = ovf_members_next(members, 0); i < edition->n_airspaces;
         i = ovf_members_next(members, i + 1))
        ovf_json_text(json, NULL, edition->airspaces[i].code);
    ovf_json_close(json, ']');
}

static void put_record(struct ovf_json_writer *json, const struct ovf_report_line *line,
                       struct ovf_record record, uint16_t receiver)
{
    const struct ovf_track_member *member = &line->members[record.item];
    char digest[OVF_NDJSON_DIGEST_SIZE];
    char id[OVF_RECEIVER_ID_SIZE];
    ovf_ndjson_digest(&member->digest, digest);
    ovf_json_open(json, NULL, '{');
    if (!member->is_feed)
        ovf_json_text(json, "input", digest);
    ovf_json_text(json, member->is_feed ? "feed" : "member", member->name);
    ovf_json_int(json, "index", record.row);
    if (receiver != 0 && line->receivers != NULL) {
        ovf_receiver_id_format(ovf_receivers_id(line->receivers, receiver), id);
        ovf_json_text(json, "receiver", id);
    }
    ovf_json_close(json, '}');
}

void ovf_ndjson_records(struct ovf_json_writer *json, const struct ovf_report_line *line,
                        size_t fix)
{
    const struct ovf_track *const track = line->result->track;
    const struct ovf_fix *const item = &track->fixes.items[fix];
    put_record(json, line, item->record, item->receiver);
    size_t n;
    const struct ovf_track_alias *aliases = ovf_track_aliases_of(track, fix, &n);
    for (size_t i = 0; i < n; i++)
        put_record(json, line, aliases[i].record, aliases[i].receiver);
}

static void put_end(struct ovf_json_writer *json, const char *key,
                    const struct ovf_report_line *line, const struct ovf_passage_end *end)
{
    const struct ovf_track *track = line->result->track;
    const struct ovf_fix *before = &track->fixes.items[end->before];
    const struct ovf_fix *after = &track->fixes.items[end->after];
    if (end->kind == OVF_PASSAGE_TRACK)
        return;
    ovf_json_open(json, key, '{');
    if (end->kind == OVF_PASSAGE_CROSSED)
        ovf_json_time(json, "time", end->t_ns);
    ovf_json_time(json, "time_min", end->t_min_ns);
    ovf_json_time(json, "time_max", end->t_max_ns);
    if (end->kind == OVF_PASSAGE_GAP) {
        ovf_json_time(json, "earliest", end->earliest_ns);
        ovf_json_time(json, "latest", end->latest_ns);
        if (end->perhaps_stayed)
            ovf_json_bool(json, "perhaps_stayed", true);
    }
    if (end->kind == OVF_PASSAGE_CROSSED) {
        double alt_ft;
        ovf_json_number(json, "lat_deg", end->lat_deg, 6);
        ovf_json_number(json, "lon_deg", end->lon_deg, 6);
        if (ovf_report_altitude_between(before, after, end->t_ns, OVF_FIX_ALT_BARO, &alt_ft))
            ovf_json_number(json, "alt_baro_ft", alt_ft, 0);
        if (ovf_report_altitude_between(before, after, end->t_ns, OVF_FIX_ALT_GEOM, &alt_ft))
            ovf_json_number(json, "alt_geom_ft", alt_ft, 0);
    }
    ovf_json_number(json, "radius_m", ovf_report_radius_m(track, end), 0);
    ovf_json_open(json, "records", '[');
    ovf_ndjson_records(json, line, end->before);
    if (end->after != end->before) /* else no fix is known on the other side */
        ovf_ndjson_records(json, line, end->after);
    ovf_json_close(json, ']');
    ovf_json_close(json, '}');
}

/* Of an end that is not known. */
static void put_countries(struct ovf_json_writer *json, const struct ovf_countries *countries)
{
    ovf_json_open(json, "reachable", '{');
    ovf_json_open(json, "countries", '[');
    for (unsigned i = 0; i < countries->n && i < OVF_COUNTRIES_MAX; i++)
        ovf_json_text(json, NULL, countries->codes[i]);
    ovf_json_close(json, ']');
    ovf_json_int(json, "n_countries", countries->n);
    ovf_json_text(json, "bound", ovf_countries_bound_name(countries->bound));
    if (countries->bound == OVF_BOUND_HEARD)
        ovf_json_time(json, "heard", countries->heard_ns);
    if (countries->bound != OVF_BOUND_GROUND) {
        ovf_json_number(json, "within_s", countries->within_s, 0);
        ovf_json_number(json, "hard_speed_kt", countries->hard_kt, 1);
    }
    ovf_json_close(json, '}');
}

static void put_endpoint(struct ovf_json_writer *json, const char *key,
                         const struct ovf_report *report, const struct ovf_flight *flight,
                         enum ovf_end end)
{
    const struct ovf_airports *const airports = report->config->airports;
    const struct ovf_told_end told = ovf_told_end_of(report->routes, airports, flight, end);
    const struct ovf_endpoint *const endpoint = &told.end;
    ovf_json_open(json, key, '{');
    if (endpoint->has_airport) {
        ovf_json_text(json, "airport", ovf_airports_get(airports, endpoint->airport).code);
        ovf_json_text(json, "country", endpoint->country);
    }
    ovf_json_text(json, "kind", ovf_endpoint_kind_name(endpoint->kind));
    if (endpoint->has_airport && endpoint->kind != OVF_ENDPOINT_STATED)
        ovf_json_number(json, "score", endpoint->score, 2);
    if (endpoint->has_runner_up)
        ovf_json_text(json, "runner_up", ovf_airports_get(airports, endpoint->runner_up).code);
    if (endpoint->reason[0] != '\0')
        ovf_json_text(json, "reason", endpoint->reason);
    if (told.is_contradicted)
        ovf_json_text(json, "stated", ovf_airports_get(airports, told.stated).code);
    if (told.is_contradicted || endpoint->kind == OVF_ENDPOINT_STATED)
        ovf_json_text(json, "stated_source", ovf_routes_source(report->routes));
    const struct ovf_countries *const countries =
        end == OVF_END_DEPARTURE ? &flight->came_from : &flight->went_to;
    if (countries->is_set)
        put_countries(json, countries);
    ovf_json_close(json, '}');
}

void ovf_ndjson_text_if_any(struct ovf_json_writer *json, const char *key, const char *text)
{
    if (text[0] != '\0')
        ovf_json_text(json, key, text);
}

static void put_db_flags(struct ovf_json_writer *json, uint32_t flags)
{
    const char *name;
    ovf_json_open(json, "db_flags", '[');
    for (unsigned bit = 0; (name = ovf_report_db_flag_name(bit)) != NULL; bit++) {
        if ((flags >> bit & 1) != 0)
            ovf_json_text(json, NULL, name);
    }
    ovf_json_close(json, ']');
}

static void put_identity(struct ovf_json_writer *json, const struct ovf_report_identity *who)
{
    const struct ovf_identity *identity = who->identity;
    if (identity != NULL) {
        ovf_ndjson_text_if_any(json, "registration", identity->registration);
        ovf_ndjson_text_if_any(json, "type_code", identity->type_code);
        ovf_ndjson_text_if_any(json, "owner_operator", identity->owner_operator);
    }
    if (who->has_db_flags) {
        ovf_json_bool(json, "military", (who->db_flags & 1) != 0);
        put_db_flags(json, who->db_flags);
    }
    if (identity == NULL)
        return;
    ovf_json_text(json, "registration_source", who->source);
    if (who->has_date) {
        char day[OVF_TIME_SIZE];
        ovf_time_format(who->date_ns, 0, day);
        day[10] = '\0';
        ovf_json_text(json, "registration_source_date", day);
    }
}

void ovf_ndjson_aircraft(struct ovf_json_writer *json, const struct ovf_report_line *line,
                         const struct ovf_flight *flight)
{
    char icao24[OVF_ADDRESS_SIZE];
    ovf_address_format(line->result->track->address, icao24);
    if (ovf_report_is_simulated(line->result->track->address, flight->callsign))
        ovf_json_bool(json, "simulated", true);
    ovf_json_text(json, "icao24", icao24);
    if (flight->is_duplicate) {
        ovf_json_bool(json, "duplicate_address", true);
        ovf_json_int(json, "chain", line->result->chain);
    }
    ovf_ndjson_text_if_any(json, "callsign", flight->callsign);
    put_identity(json, &line->who);
}

static void put_operator(struct ovf_json_writer *json, const struct ovf_operated_by *by)
{
    ovf_ndjson_text_if_any(json, "operator_icao", by->designator);
    ovf_ndjson_text_if_any(json, "operator_state", by->state);
}

/** Whose address it has, and whose operators its callsigns name. */
static void put_operated(struct ovf_json_writer *json, const struct ovf_report *report,
                         const struct ovf_report_line *line, const struct ovf_flight *flight)
{
    const struct ovf_operated operated =
        ovf_operated_of(report->operators, line->result->track, flight);
    ovf_ndjson_text_if_any(json, "address_state", operated.address_state);
    put_operator(json, &operated.by);
    if (operated.n_elsewhere == 0)
        return;
    ovf_json_open(json, "operators_elsewhere", '[');
    for (size_t i = 0; i < operated.n_elsewhere; i++) {
        ovf_json_open(json, NULL, '{');
        put_operator(json, &operated.elsewhere[i]);
        ovf_json_close(json, '}');
    }
    ovf_json_close(json, ']');
}

static void put_airspace(struct ovf_json_writer *json, const struct ovf_edition *edition,
                         uint32_t airspace)
{
    ovf_json_text(json, "airspace", edition->airspaces[airspace].code);
    ovf_json_text(json, "kind", ovf_kind_name(edition->kind));
    ovf_json_text(json, "edition", edition->edition);
    ovf_json_number(json, "boundary_accuracy_m", ovf_engine_accuracy_m(edition), 0);
}

/** The gaps that it begins or ends in, or has inside. */
static void put_gaps(struct ovf_json_writer *json, const struct ovf_result *result,
                     const struct ovf_crossing *crossing)
{
    const struct ovf_passage *passage = &crossing->passage;
    bool any = false;
    for (size_t i = 0; i < result->n_gaps; i++) {
        const struct ovf_flight_gap *gap = &result->gaps[i];
        if (gap->flight != crossing->flight || gap->before < passage->entry.before ||
            gap->after > passage->exit.after)
            continue;
        if (!any)
            ovf_json_open(json, "gaps", '[');
        any = true;
        ovf_json_text(json, NULL, gap->id);
    }
    if (any)
        ovf_json_close(json, ']');
}

static void put_class(struct ovf_json_writer *json, const struct ovf_edition *edition,
                      const struct ovf_result *result, const struct ovf_crossing *crossing)
{
    const struct ovf_passage *passage = &crossing->passage;
    ovf_json_text(json, "role", ovf_role_name(crossing->role));
    ovf_json_text(json, "class", ovf_class_name(passage->class));
    ovf_json_int(json, "n_fixes_inside", (int64_t)passage->n_fixes_inside);
    if (passage->n_fixes_inside < 2 && !crossing->certificate.is_set)
        ovf_json_bool(json, "interpolated", true);
    if (passage->grazing)
        ovf_json_bool(json, "grazing", true);
    if (passage->n_gaps_inside > 0) {
        ovf_json_int(json, "n_gaps_inside", (int64_t)passage->n_gaps_inside);
        ovf_json_number(json, "gap_inside_s", passage->gap_inside_s, 1);
    }
    put_gaps(json, result, crossing);
    if (ovf_passage_vertical(passage) != NULL)
        ovf_json_text(json, "vertical", ovf_passage_vertical(passage));
    if (!ovf_members_empty(&passage->overlaps))
        put_codes(json, "overlaps", edition, &passage->overlaps);
}

void ovf_ndjson_detection_keys(struct ovf_json_writer *json, const struct ovf_report_line *line,
                               const struct ovf_detection *detection)
{
    const struct ovf_track *track = line->result->track;
    ovf_json_text(json, "kind", ovf_detection_name(detection->kind));
    ovf_json_time(json, "from", track->fixes.items[detection->first].t_ns);
    ovf_json_time(json, "to", track->fixes.items[detection->last].t_ns);
    ovf_json_number(json, "value", (double)detection->value, 1);
    ovf_json_number(json, "limit", (double)detection->limit, 1);
    ovf_json_open(json, "records", '[');
    ovf_ndjson_records(json, line, detection->first);
    ovf_ndjson_records(json, line, detection->last);
    ovf_json_close(json, ']');
}

static void put_strength(struct ovf_json_writer *json, const struct ovf_report_line *line)
{
    const struct ovf_strength *strength = &line->crossing->strength;
    const struct ovf_detection *const detections = line->result->track->detections.items;
    size_t i = ovf_report_next_detection(line, 0);
    ovf_json_open(json, "grades", '{');
    for (enum ovf_grade grade = OVF_GRADE_A; grade < OVF_GRADE_N; grade++) {
        if (strength->n_of_grade[grade] > 0)
            ovf_json_int(json, ovf_grade_name(grade), strength->n_of_grade[grade]);
    }
    ovf_json_close(json, '}');
    ovf_json_text(json, "weakest_grade", ovf_grade_name(strength->weakest));
    ovf_json_bool(json, "holds_without_weak_fixes", strength->holds_without_weak_fixes);
    if (i == SIZE_MAX)
        return;
    ovf_json_open(json, "detections", '[');
    for (; i != SIZE_MAX; i = ovf_report_next_detection(line, i + 1)) {
        ovf_json_open(json, NULL, '{');
        ovf_ndjson_detection_keys(json, line, &detections[i]);
        ovf_json_close(json, '}');
    }
    ovf_json_close(json, ']');
}

/** The speeds that a verdict on what could be flown rests on; what was needed at the least is rounded down. */
static void put_speeds(struct ovf_json_writer *json, const struct ovf_crossing *crossing)
{
    const struct ovf_verdict *v = &crossing->verdict;
    if (!crossing->has_verdict)
        return;
    if (isfinite(v->avoidance_kt))
        ovf_json_number(json, "avoidance_speed_kt", floor(v->avoidance_kt * 10) / 10, 1);
    ovf_json_number(json, "direct_speed_kt", floor(v->direct_kt * 10) / 10, 1);
    ovf_json_number(json, "hard_speed_kt", v->hard_kt, 1);
    ovf_json_number(json, "usual_speed_kt", v->usual_kt, 1);
}

/** Of which airspaces one must have been crossed. */
static void put_any_of(struct ovf_json_writer *json, const struct ovf_edition *edition,
                       const struct ovf_any_of *any_of)
{
    if (any_of->n == 0)
        return;
    ovf_json_open(json, "any_of", '[');
    for (size_t i = 0; i < any_of->n; i++) {
        ovf_json_open(json, NULL, '[');
        for (size_t k = 0; k < any_of->sets[i].n; k++)
            ovf_json_text(json, NULL, edition->airspaces[any_of->sets[i].owners[k]].code);
        ovf_json_close(json, ']');
    }
    ovf_json_close(json, ']');
}

/** Where a receiver heard it in the gap. */
static void put_heard(struct ovf_json_writer *json, const struct ovf_discs_used *heard)
{
    if (heard->n == 0)
        return;
    ovf_json_open(json, "heard", '[');
    for (size_t i = 0; i < heard->n; i++) {
        const struct ovf_anchor *const disc = &heard->items[i];
        ovf_json_open(json, NULL, '{');
        ovf_json_time(json, "time", disc->t_ns);
        ovf_json_number(json, "lat_deg", ovf_deg_from_e7(disc->at.lat_e7), 6);
        ovf_json_number(json, "lon_deg", ovf_deg_from_e7(disc->at.lon_e7), 6);
        ovf_json_number(json, "within_km", ceil(disc->radius_m / 1000), 0);
        ovf_json_close(json, '}');
    }
    ovf_json_close(json, ']');
}

/** How near a flight that did not enter came. */
static void put_certificate(struct ovf_json_writer *json, const struct ovf_report_line *line)
{
    const struct ovf_certificate *c = &line->crossing->certificate;
    const struct ovf_track *track = line->result->track;
    if (!c->is_set)
        return;
    ovf_json_number(json, "least_distance_m", floor(c->distance_m), 0);
    ovf_json_open(json, "nearest", '{');
    if (!c->in_gap)
        ovf_json_time(json, "time", c->t_ns);
    ovf_json_time(json, "time_min", track->fixes.items[c->before].t_ns);
    ovf_json_time(json, "time_max", track->fixes.items[c->after].t_ns);
    if (!c->in_gap) {
        ovf_json_number(json, "lat_deg", ovf_deg_from_e7(c->at.lat_e7), 6);
        ovf_json_number(json, "lon_deg", ovf_deg_from_e7(c->at.lon_e7), 6);
    }
    ovf_json_open(json, "records", '[');
    ovf_ndjson_records(json, line, c->before);
    ovf_ndjson_records(json, line, c->after);
    ovf_json_close(json, ']');
    ovf_json_close(json, '}');
    ovf_json_int(json, "n_fixes", (int64_t)c->n_fixes);
    if (c->n_hearings > 0)
        ovf_json_int(json, "n_hearings", (int64_t)c->n_hearings);
}

static void put_passage(struct ovf_json_writer *json, const struct ovf_report_line *line,
                        const struct ovf_edition *edition)
{
    const struct ovf_passage *passage = &line->crossing->passage;
    put_end(json, "entry", line, &passage->entry);
    put_end(json, "exit", line, &passage->exit);
    if (passage->entry.kind == OVF_PASSAGE_CROSSED)
        put_codes(json, "entered_from", edition, &passage->entry.other_side);
    if (passage->exit.kind == OVF_PASSAGE_CROSSED)
        put_codes(json, "left_to", edition, &passage->exit.other_side);
    if (passage->entry.kind == OVF_PASSAGE_CROSSED && passage->exit.kind == OVF_PASSAGE_CROSSED)
        ovf_json_number(json, "duration_s",
                        ovf_time_seconds(passage->entry.t_ns, passage->exit.t_ns), 3);
    if (isfinite(line->distance_m))
        ovf_json_number(json, "distance_m", line->distance_m, 0);
    put_certificate(json, line);
    put_speeds(json, line->crossing);
    put_heard(json, &line->crossing->heard);
    put_any_of(json, edition, &line->crossing->any_of);
}

static void put_flight(struct ovf_json_writer *json, const struct ovf_report *report,
                       const struct ovf_report_line *line, const struct ovf_flight *flight)
{
    put_endpoint(json, "from", report, flight, OVF_END_DEPARTURE);
    put_endpoint(json, "to", report, flight, OVF_END_ARRIVAL);
    ovf_json_open(json, "flight", '{');
    ovf_json_text(json, "id", flight->id);
    ovf_json_time(json, "start", flight->start_ns);
    ovf_json_time(json, "end", flight->end_ns);
    ovf_json_close(json, '}');
    ovf_json_open(json, "journey", '{');
    ovf_json_text(json, "id", flight->journey_id);
    ovf_json_int(json, "leg", flight->leg);
    ovf_json_int(json, "legs", flight->n_legs);
    ovf_json_close(json, '}');
    ovf_json_open(json, "inputs", '[');
    for (size_t i = 0; i < line->n_items; i++) {
        char digest[OVF_NDJSON_DIGEST_SIZE];
        ovf_ndjson_digest(&line->members[line->items[i]].digest, digest);
        ovf_json_text(json, NULL, digest);
    }
    ovf_json_close(json, ']');
}

static void put_match(struct ovf_json_writer *json, const struct ovf_match *match)
{
    const bool from = match->from != OVF_MATCHED_UNASKED;
    const bool to = match->to != OVF_MATCHED_UNASKED;
    if (!from && !to)
        return;
    ovf_json_open(json, "matched_by", '{');
    if (from)
        ovf_json_text(json, "from", ovf_matched_by_name(match->from));
    if (to)
        ovf_json_text(json, "to", ovf_matched_by_name(match->to));
    ovf_json_close(json, '}');
}

/** The hash of what is \p said. */
static enum ovf_status make_rev(struct ovf_sha256 *hash, struct ovf_bytes said,
                                char rev[OVF_ID_SIZE])
{
    struct ovf_digest digest;
    enum ovf_status st = hash != NULL ? ovf_sha256_update(hash, said) : ovf_sha256(said, &digest);
    if (st == OVF_OK && hash != NULL)
        st = ovf_sha256_finish(hash, &digest);
    if (st == OVF_OK)
        ovf_digest_format(&digest, 16, rev);
    return st;
}

size_t ovf_ndjson_open(struct ovf_json_writer *json, const char *type, const char *id)
{
    static const char no_rev[OVF_ID_SIZE] = "00000000000000000000000000000000";
    ovf_json_open(json, NULL, '{');
    ovf_json_text(json, "type", type);
    ovf_json_text(json, "id", id);
    ovf_json_text(json, "rev", no_rev);
    return json->out->len;
}

void ovf_ndjson_set_rev(struct ovf_json_writer *json, size_t said_at, struct ovf_sha256 *hash)
{
    char rev[OVF_ID_SIZE];
    if (json->status != OVF_OK)
        return;
    unsigned char *const at = json->out->data + said_at;
    json->status = make_rev(hash, (struct ovf_bytes){at, json->out->len - said_at}, rev);
    if (json->status == OVF_OK)
        memcpy(at - OVF_ID_SIZE, rev, OVF_ID_SIZE - 1); /* its quote stays */
}

enum ovf_status ovf_ndjson_close(struct ovf_json_writer *json)
{
    ovf_json_close(json, '}');
    return json->status == OVF_OK ? ovf_buffer_append_text(json->out, "\n") : json->status;
}

static void put_names(struct ovf_json_writer *json, const char *key,
                      const struct ovf_watches *watches, uint64_t bits)
{
    ovf_json_open(json, key, '[');
    for (size_t i = 0; i < watches->n; i++) {
        if ((bits >> i & 1) != 0)
            ovf_json_text(json, NULL, watches->names[i]);
    }
    ovf_json_close(json, ']');
}

/** Which of the case's watches it meets. */
static void put_watches(struct ovf_json_writer *json, const struct ovf_watches *watches,
                        struct ovf_watches_met met)
{
    if (watches == NULL)
        return;
    put_names(json, "watches", watches, met.all);
    if (met.by_states != 0)
        put_names(json, "watches_by_states", watches, met.by_states);
}

/* Lines of crossings nearly all are shorter. */
enum { LINE_BYTES = 4096 };

/** What the line of a crossing says. */
static void say_crossing(struct ovf_json_writer *json, const struct ovf_report *report,
                         const struct ovf_report_line *line)
{
    const struct ovf_crossing *crossing = line->crossing;
    const struct ovf_flight *flight = &line->result->flights[crossing->flight];
    const struct ovf_edition *edition = report->config->layers[crossing->layer].edition;
    ovf_ndjson_aircraft(json, line, flight);
    put_operated(json, report, line, flight);
    put_airspace(json, edition, crossing->passage.owner);
    put_class(json, edition, line->result, crossing);
    put_strength(json, line);
    put_passage(json, line, edition);
    put_flight(json, report, line, flight);
    put_watches(json, report->watches, line->watches);
}

enum ovf_status ovf_ndjson_crossing(const struct ovf_report *report,
                                    const struct ovf_report_line *line, struct ovf_buffer *out)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    json.status = ovf_buffer_reserve(out, LINE_BYTES);
    const size_t said_at = ovf_ndjson_open(&json, "crossing", line->crossing->id);
    say_crossing(&json, report, line);
    ovf_ndjson_set_rev(&json, said_at, report->hash);
    put_match(&json, &line->match);
    return ovf_ndjson_close(&json);
}

enum ovf_status ovf_ndjson_crossing_rev(const struct ovf_report *report,
                                        const struct ovf_report_line *line, char rev[OVF_ID_SIZE])
{
    struct ovf_buffer said = {0};
    struct ovf_json_writer json = ovf_json_begin(&said);
    json.comma = true;
    json.status = ovf_buffer_reserve(&said, LINE_BYTES);
    say_crossing(&json, report, line);
    const enum ovf_status st =
        json.status == OVF_OK ? make_rev(report->hash, ovf_buffer_bytes(&said), rev) : json.status;
    ovf_buffer_deinit(&said);
    return st;
}

enum ovf_status ovf_ndjson_flight(const struct ovf_report *report,
                                  const struct ovf_report_line *line,
                                  const struct ovf_flight *flight, struct ovf_buffer *out)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    const size_t said_at = ovf_ndjson_open(&json, "flight", flight->id);
    ovf_ndjson_aircraft(&json, line, flight);
    put_operated(&json, report, line, flight);
    put_flight(&json, report, line, flight);
    ovf_ndjson_set_rev(&json, said_at, report->hash);
    return ovf_ndjson_close(&json);
}
