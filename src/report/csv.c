/* SPDX-License-Identifier: Apache-2.0 */
/* CSV (RFC 4180), one row a crossing, columns named as the NDJSON keys with '_' for nesting. A text
 * that a spreadsheet would take for a formula gets an apostrophe before it. */
#include "report/csv.h"

#include "base/number.h"
#include "base/time.h"
#include "track/address.h"

static const char header[] =
    "id,icao24,callsign,registration,type_code,registration_source,airspace,kind,edition,role,"
    "class,"
    "n_fixes_inside,grazing,n_gaps_inside,overlaps,"
    "entry_time,entry_time_min,entry_time_max,entry_lat_deg,entry_lon_deg,entered_from,"
    "exit_time,exit_time_min,exit_time_max,exit_lat_deg,exit_lon_deg,left_to,"
    "duration_s,distance_m,from_airport,from_country,from_kind,from_score,"
    "to_airport,to_country,to_kind,to_score,flight_id,flight_start,flight_end,journey_id,"
    "journey_leg,journey_legs,simulated\n";

enum ovf_status ovf_csv_header(struct ovf_buffer *out)
{
    return ovf_buffer_append_text(out, header);
}

/** A row being written; failures stick. */
struct row {
    struct ovf_buffer *out;
    enum ovf_status status;
    bool comma;
};

static void put(struct row *row, const void *data, size_t len)
{
    if (row->status == OVF_OK)
        row->status = ovf_buffer_append(row->out, data, len);
}

static void begin_cell(struct row *row)
{
    if (row->comma)
        put(row, ",", 1);
    row->comma = true;
}

static void put_cell(struct row *row, const char *text)
{
    const bool formula = strchr("=+-@\t\r", text[0]) != NULL && text[0] != '\0';
    const bool quote = strpbrk(text, ",\"\r\n") != NULL;
    begin_cell(row);
    if (quote)
        put(row, "\"", 1);
    if (formula)
        put(row, "'", 1);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"')
            put(row, "\"", 1);
        put(row, p, 1);
    }
    if (quote)
        put(row, "\"", 1);
}

static void put_number(struct row *row, bool known, double value, int n_decimals)
{
    char text[OVF_NUMBER_SIZE];
    begin_cell(row);
    if (!known)
        return;
    ovf_number_format(value, n_decimals, text);
    put(row, text, strlen(text));
}

static void put_time(struct row *row, bool known, int64_t t_ns)
{
    char text[OVF_TIME_SIZE];
    begin_cell(row);
    if (!known)
        return;
    ovf_time_format(t_ns, 3, text);
    put(row, text, strlen(text));
}

static void put_codes(struct row *row, const struct ovf_edition *edition,
                      const struct ovf_members *members)
{
    struct ovf_buffer codes = {0};
    enum ovf_status st = ovf_report_codes(edition, members, &codes);
    if (st == OVF_OK)
        st = ovf_buffer_append(&codes, "", 1);
    if (st == OVF_OK)
        put_cell(row, (const char *)codes.data);
    else
        row->status = st;
    ovf_buffer_deinit(&codes);
}

static void put_end(struct row *row, const struct ovf_edition *edition,
                    const struct ovf_passage_end *end)
{
    const bool crossed = end->kind == OVF_PASSAGE_CROSSED;
    const bool bracketed = end->kind != OVF_PASSAGE_TRACK;
    put_time(row, crossed, end->t_ns);
    put_time(row, bracketed, end->t_min_ns);
    put_time(row, bracketed, end->t_max_ns);
    put_number(row, crossed, end->lat_deg, 6);
    put_number(row, crossed, end->lon_deg, 6);
    put_codes(row, edition, &end->other_side);
}

static void put_endpoint(struct row *row, const struct ovf_airports *airports,
                         const struct ovf_endpoint *endpoint)
{
    struct ovf_airport airport = {.code = ""};
    if (endpoint->has_airport)
        airport = ovf_airports_get(airports, endpoint->airport);
    put_cell(row, airport.code);
    put_cell(row, endpoint->has_airport ? endpoint->country : "");
    put_cell(row, ovf_endpoint_kind_name(endpoint->kind));
    put_number(row, endpoint->has_airport, endpoint->score, 2);
}

static void put_who(struct row *row, const struct ovf_report_line *line,
                    const struct ovf_flight *flight)
{
    static const struct ovf_identity nobody = {.registration = ""};
    const struct ovf_identity *identity = line->who.identity != NULL ? line->who.identity : &nobody;
    char icao24[OVF_ADDRESS_SIZE];
    ovf_address_format(line->result->track->address, icao24);
    put_cell(row, line->crossing->id);
    put_cell(row, icao24);
    put_cell(row, flight->callsign);
    put_cell(row, identity->registration);
    put_cell(row, identity->type_code);
    put_cell(row, line->who.identity != NULL ? line->who.source : "");
}

static void put_what(struct row *row, const struct ovf_edition *edition,
                     const struct ovf_crossing *crossing)
{
    const struct ovf_passage *passage = &crossing->passage;
    put_cell(row, edition->airspaces[passage->owner].code);
    put_cell(row, ovf_kind_name(edition->kind));
    put_cell(row, edition->edition);
    put_cell(row, ovf_role_name(crossing->role));
    put_cell(row, ovf_class_name(passage->class));
    put_number(row, true, (double)passage->n_fixes_inside, 0);
    put_cell(row, passage->grazing ? "true" : "");
    put_number(row, passage->n_gaps_inside > 0, (double)passage->n_gaps_inside, 0);
    put_codes(row, edition, &passage->overlaps);
    put_end(row, edition, &passage->entry);
    put_end(row, edition, &passage->exit);
    put_number(row,
               passage->entry.kind == OVF_PASSAGE_CROSSED &&
                   passage->exit.kind == OVF_PASSAGE_CROSSED,
               ovf_time_seconds(passage->entry.t_ns, passage->exit.t_ns), 3);
    put_number(row, true, passage->distance_m, 0);
}

enum ovf_status ovf_csv_crossing(const struct ovf_report *report,
                                 const struct ovf_report_line *line, struct ovf_buffer *out)
{
    const struct ovf_flight *flight = &line->result->flights[line->crossing->flight];
    struct row row = {.out = out, .status = OVF_OK};
    put_who(&row, line, flight);
    put_what(&row, report->config->layers[line->crossing->layer].edition, line->crossing);
    put_endpoint(&row, report->config->airports, &flight->from);
    put_endpoint(&row, report->config->airports, &flight->to);
    put_cell(&row, flight->id);
    put_time(&row, true, flight->start_ns);
    put_time(&row, true, flight->end_ns);
    put_cell(&row, flight->journey_id);
    put_number(&row, true, flight->leg, 0);
    put_number(&row, true, flight->n_legs, 0);
    put_cell(&row,
             ovf_report_is_simulated(line->result->track->address, flight->callsign) ? "true" : "");
    put(&row, "\n", 1);
    return row.status;
}
