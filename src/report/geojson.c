/* SPDX-License-Identifier: Apache-2.0 */
/* GeoJSON (RFC 7946): longitude before latitude, six decimals, lines cut at 180 degrees (3.1.9). */
#include "report/geojson.h"

#include "base/json_writer.h"
#include "base/number.h"
#include "base/time.h"
#include "report/drawing.h"
#include "report/flat.h"
#include "track/address.h"

enum ovf_status ovf_geojson_header(const struct ovf_report *report, struct ovf_buffer *out)
{
    (void)report;
    return ovf_buffer_append_text(out, "{\"type\":\"FeatureCollection\",\"features\":[\n");
}

static void put_raw(struct ovf_json_writer *json, const char *text)
{
    if (json->status == OVF_OK)
        json->status = ovf_buffer_append_text(json->out, text);
}

/* ---- geometry ---- */

static void put_position(struct ovf_json_writer *json, const char *key, double lat_deg,
                         double lon_deg)
{
    ovf_json_open(json, key, '[');
    ovf_json_number(json, NULL, lon_deg, 6);
    ovf_json_number(json, NULL, lat_deg, 6);
    ovf_json_close(json, ']');
}

/** Something of each point of a line, as an array. */
typedef void put_line_fn(struct ovf_json_writer *json, const char *key,
                         const struct ovf_drawing *drawing, const struct ovf_drawing_line *line);

static void put_positions(struct ovf_json_writer *json, const char *key,
                          const struct ovf_drawing *drawing, const struct ovf_drawing_line *line)
{
    ovf_json_open(json, key, '[');
    for (size_t i = line->begin; i < line->end; i++)
        put_position(json, NULL, ovf_deg_from_e7(drawing->points[i].lat_e7),
                     ovf_deg_from_e7(drawing->points[i].lon_e7));
    ovf_json_close(json, ']');
}

static void put_times(struct ovf_json_writer *json, const char *key,
                      const struct ovf_drawing *drawing, const struct ovf_drawing_line *line)
{
    ovf_json_open(json, key, '[');
    for (size_t i = line->begin; i < line->end; i++)
        ovf_json_time(json, NULL, drawing->points[i].t_ns);
    ovf_json_close(json, ']');
}

static void put_point_geometry(struct ovf_json_writer *json, double lat_deg, double lon_deg)
{
    ovf_json_open(json, "geometry", '{');
    ovf_json_text(json, "type", "Point");
    put_position(json, "coordinates", lat_deg, lon_deg);
    ovf_json_close(json, '}');
}

/** Whether a line of two positions or more is one of those drawn: of one part, or of all tracks. */
static bool is_drawn(const struct ovf_drawing *drawing, const struct ovf_drawing_part *only,
                     const struct ovf_drawing_part *part, size_t line)
{
    return (only != NULL ? part == only : !part->is_gap) &&
           drawing->lines[line].end - drawing->lines[line].begin >= 2;
}

/** Put each line that is drawn; with \p put NULL only count them. \return how many there are */
static size_t each_line(struct ovf_json_writer *json, const char *key,
                        const struct ovf_drawing *drawing, const struct ovf_drawing_part *only,
                        put_line_fn *put)
{
    size_t n = 0;
    for (const struct ovf_drawing_part *part = drawing->parts;
         part < drawing->parts + drawing->n_parts; part++) {
        for (size_t i = part->begin; i < part->end; i++) {
            if (!is_drawn(drawing, only, part, i))
                continue;
            n++;
            if (put != NULL)
                put(json, key, drawing, &drawing->lines[i]);
        }
    }
    return n;
}

/** An array of the only line, or one of several such arrays. */
static void put_lines(struct ovf_json_writer *json, const char *key,
                      const struct ovf_drawing *drawing, const struct ovf_drawing_part *only,
                      put_line_fn *put)
{
    if (each_line(json, NULL, drawing, only, NULL) == 1) {
        (void)each_line(json, key, drawing, only, put);
        return;
    }
    ovf_json_open(json, key, '[');
    (void)each_line(json, NULL, drawing, only, put);
    ovf_json_close(json, ']');
}

/** The first position of a track, where all of it is one; false when there is none. */
static bool single_position(const struct ovf_drawing *drawing, struct ovf_drawing_point *point)
{
    for (size_t i = 0; i < drawing->n_parts; i++) {
        if (!drawing->parts[i].is_gap) {
            *point = drawing->points[drawing->lines[drawing->parts[i].begin].begin];
            return true;
        }
    }
    return false;
}

/** All tracks, or the one part \p only. */
static void put_geometry(struct ovf_json_writer *json, const struct ovf_drawing *drawing,
                         const struct ovf_drawing_part *only)
{
    const size_t n = each_line(json, NULL, drawing, only, NULL);
    struct ovf_drawing_point point;
    if (n == 0 && only == NULL && single_position(drawing, &point)) {
        put_point_geometry(json, ovf_deg_from_e7(point.lat_e7), ovf_deg_from_e7(point.lon_e7));
        return;
    }
    if (n == 0) {
        put_raw(json, ",\"geometry\":null");
        return;
    }
    ovf_json_open(json, "geometry", '{');
    ovf_json_text(json, "type", n > 1 ? "MultiLineString" : "LineString");
    put_lines(json, "coordinates", drawing, only, put_positions);
    ovf_json_close(json, '}');
}

/* ---- features ---- */

/** What all features of a crossing say. */
struct feature {
    const struct ovf_report *report;
    const struct ovf_report_line *line;
    const struct ovf_edition *edition;
    char icao24[OVF_ADDRESS_SIZE];
    const char *callsign;
    bool is_simulated;
};

static void begin_feature(struct ovf_json_writer *json)
{
    ovf_json_open(json, NULL, '{');
    ovf_json_text(json, "type", "Feature");
}

static void end_feature(struct ovf_json_writer *json)
{
    ovf_json_close(json, '}'); /* properties */
    ovf_json_close(json, '}');
}

static void begin_properties(struct ovf_json_writer *json, const struct feature *f,
                             const char *kind)
{
    ovf_json_open(json, "properties", '{');
    ovf_json_text(json, "feature", kind);
    ovf_json_text(json, "crossing", f->line->crossing->id);
    if (f->is_simulated)
        ovf_json_bool(json, "simulated", true);
    ovf_json_text(json, "icao24", f->icao24);
    if (f->callsign[0] != '\0')
        ovf_json_text(json, "callsign", f->callsign);
    ovf_json_text(json, "airspace", f->edition->airspaces[f->line->crossing->passage.owner].code);
}

static void put_crossing(struct ovf_json_writer *json, const struct feature *f,
                         const struct ovf_drawing *drawing, const struct ovf_flat *flat)
{
    begin_feature(json);
    ovf_json_text(json, "id", f->line->crossing->id);
    put_geometry(json, drawing, NULL);
    ovf_json_open(json, "properties", '{');
    ovf_json_text(json, "feature", "crossing");
    for (size_t i = 0; i < OVF_FLAT_N; i++) {
        if (!flat->values[i].is_known)
            continue;
        const char *text = ovf_flat_text(flat, i);
        if (flat->values[i].kind == OVF_FLAT_TEXT) {
            ovf_json_text(json, ovf_flat_key(i), text);
        } else {
            put_raw(json, ",\"");
            put_raw(json, ovf_flat_key(i));
            put_raw(json, "\":");
            put_raw(json, text);
        }
    }
    if (each_line(json, NULL, drawing, NULL, NULL) > 0)
        put_lines(json, "coordTimes", drawing, NULL, put_times);
    end_feature(json);
}

static void put_other_side(struct ovf_json_writer *json, const char *key, const struct feature *f,
                           const struct ovf_members *members)
{
    struct ovf_buffer codes = {0};
    enum ovf_status st = ovf_report_codes(f->edition, members, &codes);
    if (st == OVF_OK && codes.len > 0)
        ovf_json_bytes(json, key, ovf_buffer_bytes(&codes));
    else if (json->status == OVF_OK)
        json->status = st;
    ovf_buffer_deinit(&codes);
}

/** Entry or exit, where it is solved. */
static void put_end(struct ovf_json_writer *json, const struct feature *f, bool is_entry)
{
    const struct ovf_passage *passage = &f->line->crossing->passage;
    const struct ovf_passage_end *end = is_entry ? &passage->entry : &passage->exit;
    const struct ovf_fix *fixes = f->line->result->track->fixes.items;
    double alt_ft;
    if (end->kind != OVF_PASSAGE_CROSSED)
        return;
    put_raw(json, ",\n");
    json->comma = false;
    begin_feature(json);
    put_point_geometry(json, end->lat_deg, end->lon_deg);
    begin_properties(json, f, is_entry ? "entry" : "exit");
    ovf_json_time(json, "time", end->t_ns);
    ovf_json_time(json, "time_min", end->t_min_ns);
    ovf_json_time(json, "time_max", end->t_max_ns);
    if (ovf_report_altitude_between(&fixes[end->before], &fixes[end->after], end->t_ns,
                                    OVF_FIX_ALT_BARO, &alt_ft))
        ovf_json_number(json, "alt_baro_ft", alt_ft, 0);
    if (ovf_report_altitude_between(&fixes[end->before], &fixes[end->after], end->t_ns,
                                    OVF_FIX_ALT_GEOM, &alt_ft))
        ovf_json_number(json, "alt_geom_ft", alt_ft, 0);
    put_other_side(json, is_entry ? "entered_from" : "left_to", f, &end->other_side);
    end_feature(json);
}

static void put_gaps(struct ovf_json_writer *json, const struct feature *f,
                     const struct ovf_drawing *drawing)
{
    for (size_t i = 0; i < drawing->n_parts; i++) {
        const struct ovf_drawing_part *part = &drawing->parts[i];
        if (!part->is_gap)
            continue;
        put_raw(json, ",\n");
        json->comma = false;
        begin_feature(json);
        put_geometry(json, drawing, part);
        begin_properties(json, f, "gap");
        ovf_json_time(json, "time_min", part->t_min_ns);
        ovf_json_time(json, "time_max", part->t_max_ns);
        ovf_json_number(json, "duration_s", ovf_time_seconds(part->t_min_ns, part->t_max_ns), 3);
        end_feature(json);
    }
}

enum ovf_status ovf_geojson_crossing(const struct ovf_report *report,
                                     const struct ovf_report_line *line, struct ovf_buffer *out)
{
    const struct ovf_flight *flight = &line->result->flights[line->crossing->flight];
    struct feature f = {.report = report,
                        .line = line,
                        .edition = report->config->layers[line->crossing->layer].edition,
                        .callsign = flight->callsign};
    struct ovf_json_writer json = ovf_json_begin(out);
    struct ovf_drawing drawing = {0};
    struct ovf_flat flat = {0};
    ovf_address_format(line->result->track->address, f.icao24);
    f.is_simulated = ovf_report_is_simulated(line->result->track->address, flight->callsign);
    enum ovf_status st = ovf_drawing_of_crossing(report, line, false, &drawing);
    if (st == OVF_OK)
        st = ovf_flat_crossing(report, line, &flat);
    if (st == OVF_OK) {
        put_crossing(&json, &f, &drawing, &flat);
        put_gaps(&json, &f, &drawing);
        put_end(&json, &f, true);
        put_end(&json, &f, false);
        st = json.status;
    }
    ovf_flat_deinit(&flat);
    ovf_drawing_deinit(&drawing);
    return st;
}

enum ovf_status ovf_geojson_footer(const struct ovf_report *report, struct ovf_buffer *out)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    put_raw(&json, "\n]");
    json.comma = true;
    ovf_json_text(&json, "attribution", report->config->layers[0].edition->attribution);
    ovf_json_open(&json, "editions", '[');
    for (size_t i = 0; i < report->config->n_layers; i++) {
        const struct ovf_edition *edition = report->config->layers[i].edition;
        ovf_json_open(&json, NULL, '{');
        ovf_json_text(&json, "kind", ovf_kind_name(edition->kind));
        ovf_json_text(&json, "name", edition->name);
        ovf_json_text(&json, "edition", edition->edition);
        ovf_json_text(&json, "licence", edition->licence);
        ovf_json_text(&json, "attribution", edition->attribution);
        ovf_json_close(&json, '}');
    }
    ovf_json_close(&json, ']');
    ovf_json_close(&json, '}');
    put_raw(&json, "\n");
    return json.status;
}
