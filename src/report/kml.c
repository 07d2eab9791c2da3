/* SPDX-License-Identifier: Apache-2.0 */
/* KML 2.2. Longitude, latitude, altitude in metres, in this order; the elements of a feature in the order of the
 * schema. KML knows no dotted lines: a gap is drawn as every other piece of its geodesic. What was flown is a track
 * with times, of Google's extension, which Earth plays. */
#include "report/kml.h"

#include <math.h>

#include "base/number.h"
#include "base/time.h"
#include "report/drawing.h"
#include "report/flat.h"
#include "report/xml.h"
#include "track/address.h"

#define M_PER_FT 0.3048

/** What is being written, and of what. Failures stick. */
struct writer {
    struct ovf_buffer *out;
    enum ovf_status status;
    const struct ovf_report *report;
    const struct ovf_report_line *line;
    const struct ovf_edition *edition;
    const char *airspace;
    char who[16]; /* callsign, else address */
    const struct ovf_drawing *drawing;
};

static void put_raw(struct writer *w, const char *text)
{
    if (w->status == OVF_OK)
        w->status = ovf_buffer_append_text(w->out, text);
}

static void put_text(struct writer *w, const char *text)
{
    if (w->status == OVF_OK)
        w->status = ovf_xml_text(w->out, ovf_bytes_from_text(text));
}

static void put_number(struct writer *w, double value, int n_decimals)
{
    char text[OVF_NUMBER_SIZE];
    ovf_number_format(value, n_decimals, text);
    put_raw(w, text);
}

static void put_time(struct writer *w, int64_t t_ns, int n_decimals)
{
    char text[OVF_TIME_SIZE];
    ovf_time_format(t_ns, n_decimals, text);
    put_raw(w, text);
}

/* ---- the document ---- */

/* Colours are aabbggrr: blue tracks, orange gaps, green entries, red exits. */
static const char styles[] =
    "<Style id=\"track\"><LineStyle><color>fff06020</color><width>3</width></LineStyle></Style>\n"
    "<Style id=\"gap\"><LineStyle><color>ff00a0ff</color><width>2</width></LineStyle></Style>\n"
    "<Style id=\"entry\"><IconStyle><color>ff40c040</color><scale>0.8</scale></IconStyle>"
    "<LabelStyle><scale>0.7</scale></LabelStyle></Style>\n"
    "<Style id=\"exit\"><IconStyle><color>ff4040e0</color><scale>0.8</scale></IconStyle>"
    "<LabelStyle><scale>0.7</scale></LabelStyle></Style>\n";

enum ovf_status ovf_kml_header(const struct ovf_report *report, struct ovf_buffer *out)
{
    struct writer w = {.out = out, .status = OVF_OK, .report = report};
    put_raw(&w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<kml xmlns=\"http://www.opengis.net/kml/2.2\" "
                "xmlns:gx=\"http://www.google.com/kml/ext/2.2\">\n<Document>\n"
                "<name>Crossings of airspace</name>\n<description>");
    for (size_t i = 0; i < report->config->n_layers; i++) {
        const struct ovf_edition *edition = report->config->layers[i].edition;
        put_raw(&w, i == 0 ? "Boundaries: " : "; ");
        put_text(&w, edition->name);
        put_raw(&w, " ");
        put_text(&w, edition->edition);
        if (edition->attribution[0] != '\0') {
            put_raw(&w, ", ");
            put_text(&w, edition->attribution);
        }
    }
    put_raw(&w, ". Dotted: no position is known between the two ends; the line is the shortest "
                "one, the aircraft may "
                "have been elsewhere. All times are UTC.</description>\n");
    put_raw(&w, styles);
    return w.status;
}

enum ovf_status ovf_kml_footer(const struct ovf_report *report, struct ovf_buffer *out)
{
    (void)report;
    return ovf_buffer_append_text(out, "</Document>\n</kml>\n");
}

/* ---- geometry ---- */

static void put_coordinates(struct writer *w, double lat_deg, double lon_deg, double alt_ft)
{
    put_number(w, lon_deg, 6);
    put_raw(w, ",");
    put_number(w, lat_deg, 6);
    if (!isnan(alt_ft)) {
        put_raw(w, ",");
        put_number(w, alt_ft * M_PER_FT, 1);
    }
}

static void put_path_point(struct writer *w, const struct ovf_drawing_point *point)
{
    put_coordinates(w, ovf_deg_from_e7(point->lat_e7), ovf_deg_from_e7(point->lon_e7),
                    point->alt_ft);
}

static void put_altitude_mode(struct writer *w, bool has_altitude)
{
    put_raw(w, has_altitude ? "<altitudeMode>absolute</altitudeMode>"
                            : "<altitudeMode>clampToGround</altitudeMode>");
}

static void put_point(struct writer *w, double lat_deg, double lon_deg, double alt_ft)
{
    put_raw(w, "<Point>");
    put_altitude_mode(w, !isnan(alt_ft));
    put_raw(w, "<coordinates>");
    put_coordinates(w, lat_deg, lon_deg, alt_ft);
    put_raw(w, "</coordinates></Point>\n");
}

static void put_line(struct writer *w, const struct ovf_drawing_line *line)
{
    const struct ovf_drawing_point *points = w->drawing->points;
    if (line->end - line->begin < 2) {
        const struct ovf_drawing_point *point = &points[line->begin];
        put_point(w, ovf_deg_from_e7(point->lat_e7), ovf_deg_from_e7(point->lon_e7), point->alt_ft);
        return;
    }
    put_raw(w, "<LineString>");
    if (w->drawing->datum == 0)
        put_raw(w, "<tessellate>1</tessellate>");
    put_altitude_mode(w, w->drawing->datum != 0);
    put_raw(w, "<coordinates>");
    for (size_t i = line->begin; i < line->end; i++) {
        if (i > line->begin)
            put_raw(w, " ");
        put_path_point(w, &points[i]);
    }
    put_raw(w, "</coordinates></LineString>\n");
}

static void put_lines(struct writer *w, const struct ovf_drawing_part *part)
{
    for (size_t i = part->begin; i < part->end; i++)
        put_line(w, &w->drawing->lines[i]);
}

/** Of a point or more, with its times. */
static void put_timed(struct writer *w, const struct ovf_drawing_line *line)
{
    const struct ovf_drawing_point *const points = w->drawing->points;
    put_raw(w, "<gx:Track>");
    put_altitude_mode(w, w->drawing->datum != 0);
    for (size_t i = line->begin; i < line->end; i++) {
        put_raw(w, "<when>");
        put_time(w, points[i].t_ns, 3);
        put_raw(w, "</when>");
    }
    for (size_t i = line->begin; i < line->end; i++) {
        put_raw(w, "<gx:coord>");
        put_number(w, ovf_deg_from_e7(points[i].lon_e7), 6);
        put_raw(w, " ");
        put_number(w, ovf_deg_from_e7(points[i].lat_e7), 6);
        put_raw(w, " ");
        put_number(w, isnan(points[i].alt_ft) ? 0 : points[i].alt_ft * M_PER_FT, 1);
        put_raw(w, "</gx:coord>");
    }
    put_raw(w, "</gx:Track>\n");
}

/* ---- features ---- */

static void put_span(struct writer *w, int64_t from_ns, int64_t to_ns)
{
    put_raw(w, "<TimeSpan><begin>");
    put_time(w, from_ns, 3);
    put_raw(w, "</begin><end>");
    put_time(w, to_ns, 3);
    put_raw(w, "</end></TimeSpan>\n");
}

static const char *datum_text(unsigned datum)
{
    switch (datum) {
    case OVF_FIX_ALT_GEOM:
        return "Altitudes are geometric, above the WGS84 ellipsoid, and drawn as if above the sea.";
    case OVF_FIX_ALT_BARO:
        return "Altitudes are barometric (pressure altitude) and drawn as if above the sea.";
    default:
        return "No altitude is known; the line lies on the ground.";
    }
}

static void put_data(struct writer *w, const struct ovf_flat *flat)
{
    put_raw(w, "<ExtendedData>\n");
    for (size_t i = 0; i < OVF_FLAT_N; i++) {
        if (!flat->values[i].is_known)
            continue;
        put_raw(w, "<Data name=\"");
        put_text(w, ovf_flat_key(i));
        put_raw(w, "\"><value>");
        put_text(w, ovf_flat_text(flat, i));
        put_raw(w, "</value></Data>\n");
    }
    put_raw(w, "</ExtendedData>\n");
}

static void begin_placemark(struct writer *w, const char *what)
{
    put_raw(w, "<Placemark>\n<name>");
    put_text(w, w->who);
    put_raw(w, " ");
    put_raw(w, what);
    put_raw(w, " ");
    put_text(w, w->airspace);
    put_raw(w, "</name>\n<description>");
}

static void put_style(struct writer *w, const char *style)
{
    put_raw(w, "<styleUrl>#");
    put_raw(w, style);
    put_raw(w, "</styleUrl>\n");
}

/** All stretches of track as one, with all that is known of the crossing. */
static void put_track(struct writer *w, const struct ovf_flat *flat)
{
    int64_t from_ns = INT64_MAX;
    int64_t to_ns = INT64_MIN;
    for (size_t i = 0; i < w->drawing->n_parts; i++) {
        const struct ovf_drawing_part *part = &w->drawing->parts[i];
        from_ns = part->is_gap || part->t_min_ns > from_ns ? from_ns : part->t_min_ns;
        to_ns = part->is_gap || part->t_max_ns < to_ns ? to_ns : part->t_max_ns;
    }
    begin_placemark(w, "in");
    put_text(w, datum_text(w->drawing->datum));
    put_raw(w, "</description>\n");
    if (from_ns <= to_ns)
        put_span(w, from_ns, to_ns);
    put_style(w, "track");
    put_data(w, flat);
    put_raw(w, "<gx:MultiTrack>\n");
    for (size_t i = 0; i < w->drawing->n_parts; i++) {
        const struct ovf_drawing_part *part = &w->drawing->parts[i];
        for (size_t k = part->begin; k < part->end && !part->is_gap; k++)
            put_timed(w, &w->drawing->lines[k]);
    }
    put_raw(w, "</gx:MultiTrack>\n</Placemark>\n");
}

static void put_gap(struct writer *w, const struct ovf_drawing_part *part)
{
    begin_placemark(w, "no believed position near");
    put_raw(w, "No believed position between ");
    put_time(w, part->t_min_ns, 0);
    put_raw(w, " and ");
    put_time(w, part->t_max_ns, 0);
    put_raw(w, " (");
    put_number(w, ovf_time_seconds(part->t_min_ns, part->t_max_ns), 0);
    put_raw(w, " s). The dotted line is the shortest one; where the aircraft was is not "
               "known.</description>\n");
    put_span(w, part->t_min_ns, part->t_max_ns);
    put_style(w, "gap");
    put_raw(w, "<MultiGeometry>\n");
    put_lines(w, part);
    put_raw(w, "</MultiGeometry>\n</Placemark>\n");
}

static void put_other_side(struct writer *w, const char *what, const struct ovf_members *members)
{
    struct ovf_buffer codes = {0};
    enum ovf_status st = ovf_report_codes(w->edition, members, &codes);
    if (st == OVF_OK && codes.len > 0) {
        put_raw(w, what);
        st = ovf_xml_text(w->out, ovf_buffer_bytes(&codes));
        put_raw(w, ".");
    }
    if (w->status == OVF_OK)
        w->status = st;
    ovf_buffer_deinit(&codes);
}

/** Entry or exit, where it is solved. */
static void put_end(struct writer *w, bool is_entry)
{
    const struct ovf_passage *passage = &w->line->crossing->passage;
    const struct ovf_passage_end *end = is_entry ? &passage->entry : &passage->exit;
    const struct ovf_fix *fixes = w->line->result->track->fixes.items;
    double alt_ft = NAN;
    if (end->kind != OVF_PASSAGE_CROSSED)
        return;
    if (!ovf_report_altitude_between(&fixes[end->before], &fixes[end->after], end->t_ns,
                                     w->drawing->datum, &alt_ft))
        alt_ft = NAN;
    begin_placemark(w, is_entry ? "enters" : "leaves");
    put_time(w, end->t_ns, 0);
    put_raw(w, ", between the positions of ");
    put_time(w, end->t_min_ns, 0);
    put_raw(w, " and ");
    put_time(w, end->t_max_ns, 0);
    put_raw(w, ".");
    put_other_side(w, is_entry ? " From " : " To ", &end->other_side);
    put_raw(w, "</description>\n<TimeStamp><when>");
    put_time(w, end->t_ns, 3);
    put_raw(w, "</when></TimeStamp>\n");
    put_style(w, is_entry ? "entry" : "exit");
    put_point(w, end->lat_deg, end->lon_deg, alt_ft);
    put_raw(w, "</Placemark>\n");
}

/** The folder's own: who, over what, when. */
static void begin_folder(struct writer *w, const struct ovf_flight *flight)
{
    const bool is_simulated =
        ovf_report_is_simulated(w->line->result->track->address, flight->callsign);
    char day[OVF_TIME_SIZE];
    ovf_time_format(w->line->crossing->passage.entry.earliest_ns, 0, day);
    put_raw(w, "<Folder>\n<name>");
    put_text(w, w->who);
    put_raw(w, w->line->crossing->certificate.is_set ? " past " : " over ");
    put_text(w, w->airspace);
    put_raw(w, " ");
    day[10] = '\0';
    put_raw(w, day);
    put_raw(w, is_simulated ? " (simulated)" : "");
    put_raw(w, "</name>\n");
    if (is_simulated)
        put_raw(w, "<description>A simulated aircraft: this flight never took place."
                   "</description>\n");
}

static void put_folder(struct writer *w, const struct ovf_flight *flight,
                       const struct ovf_flat *flat)
{
    begin_folder(w, flight);
    put_track(w, flat);
    for (size_t i = 0; i < w->drawing->n_parts; i++) {
        if (w->drawing->parts[i].is_gap)
            put_gap(w, &w->drawing->parts[i]);
    }
    put_end(w, true);
    put_end(w, false);
    put_raw(w, "</Folder>\n");
}

enum ovf_status ovf_kml_crossing(const struct ovf_report *report,
                                 const struct ovf_report_line *line, struct ovf_buffer *out)
{
    const struct ovf_flight *flight = &line->result->flights[line->crossing->flight];
    struct ovf_drawing drawing = {0};
    struct ovf_flat flat = {0};
    struct writer w = {.out = out,
                       .status = OVF_OK,
                       .report = report,
                       .line = line,
                       .edition = report->config->layers[line->crossing->layer].edition,
                       .drawing = &drawing};
    w.airspace = w.edition->airspaces[line->crossing->passage.owner].code;
    if (flight->callsign[0] != '\0')
        memcpy(w.who, flight->callsign, sizeof flight->callsign);
    else
        ovf_address_format(line->result->track->address, w.who);
    enum ovf_status st = ovf_drawing_of_crossing(report, line, true, &drawing);
    if (st == OVF_OK)
        st = ovf_flat_crossing(report, line, &flat);
    if (st == OVF_OK) {
        put_folder(&w, flight, &flat);
        st = w.status;
    }
    ovf_flat_deinit(&flat);
    ovf_drawing_deinit(&drawing);
    return st;
}
