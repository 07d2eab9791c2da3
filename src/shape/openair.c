/* SPDX-License-Identifier: Apache-2.0 */
/* Reading OpenAir, line by line. See openair.h. */
#include "shape/openair.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fields.h"
#include "base/number.h"
#include "base/utf8.h"
#include "geo/circle.h"

static const double m_per_nmi = 1852;
static const double max_radius_nmi =
    5000; /* a quarter of the way round: an arc is no mistake yet */

void ovf_openair_area_deinit(struct ovf_openair_area *area)
{
    ovf_shape_deinit(&area->shape);
    *area = (struct ovf_openair_area){0};
}

void ovf_openair_deinit(struct ovf_openair_reader *reader)
{
    ovf_buffer_deinit(&reader->notes);
}

/* ---- records ---- */

/** A line: its code ("DP", "V") and what follows it. */
struct record {
    struct ovf_bytes code;
    struct ovf_bytes rest;
};

static bool next_line(struct ovf_bytes *text, struct ovf_bytes *line)
{
    if (text->len == 0)
        return false;
    const unsigned char *const end = memchr(text->data, '\n', text->len);
    const size_t len = end != NULL ? (size_t)(end - text->data) : text->len;
    *line = (struct ovf_bytes){text->data, len};
    const size_t taken = end != NULL ? len + 1 : len;
    *text = (struct ovf_bytes){text->data + taken, text->len - taken};
    if (line->len > 0 && line->data[line->len - 1] == '\r')
        line->len--;
    return true;
}

/** False for an empty line or a comment. */
static bool split_record(struct ovf_bytes line, struct record *out)
{
    line = ovf_bytes_trim(line);
    if (line.len == 0 || *line.data == '*' || *line.data == '#')
        return false;
    size_t n = 0;
    while (n < line.len && line.data[n] != ' ' && line.data[n] != '\t')
        n++;
    out->code = (struct ovf_bytes){line.data, n};
    out->rest = ovf_bytes_trim((struct ovf_bytes){line.data + n, line.len - n});
    return true;
}

static bool is_code(const struct record *record, const char *code)
{
    return ovf_bytes_equal_nocase(record->code, code);
}

static struct ovf_bytes without_mark(struct ovf_bytes document)
{
    static const unsigned char mark[3] = {0xef, 0xbb, 0xbf};
    if (document.len >= sizeof mark && memcmp(document.data, mark, sizeof mark) == 0)
        return (struct ovf_bytes){document.data + sizeof mark, document.len - sizeof mark};
    return document;
}

bool ovf_openair_is(struct ovf_bytes document)
{
    static const char *const codes[] = {"ac", "an", "ai", "ay", "al", "ah", "sp", "sb", "to", "tc"};
    struct ovf_bytes text = without_mark(document);
    struct ovf_bytes line;
    struct record record;
    while (next_line(&text, &line)) {
        if (!split_record(line, &record))
            continue;
        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
            if (is_code(&record, codes[i]))
                return true;
        }
        return false;
    }
    return false;
}

void ovf_openair_open(struct ovf_bytes document, const struct ovf_geojson_limits *limits,
                      struct ovf_openair_reader *out)
{
    *out = (struct ovf_openair_reader){
        .limits = limits != NULL
                      ? *limits
                      : (struct ovf_geojson_limits){OVF_GEOJSON_MAX_POINTS, OVF_GEOJSON_MAX_RINGS},
        .rest = without_mark(document),
        .line = 1,
    };
}

/* ---- one airspace ---- */

struct drawing {
    struct ovf_openair_reader *reader;
    struct ovf_openair_area *area;
    struct ovf_error *err;
    size_t line;
    struct ovf_point centre;
    bool has_centre;
    bool counterclockwise;
    bool has_circle;
    bool is_skipped; /* terrain: nothing of it is an airspace */
};

static enum ovf_status wrong(const struct drawing *d, const char *what)
{
    return ovf_error_set(d->err, OVF_E_FORMAT, "line %zu%s%.100s%s: %s", d->line,
                         d->area->name[0] != '\0' ? " (" : "", d->area->name,
                         d->area->name[0] != '\0' ? ")" : "", what);
}

static enum ovf_status note(const struct drawing *d, struct ovf_bytes text, const char *what)
{
    char shown[64];
    size_t n = 0;
    for (size_t i = 0; i < text.len && n + 1 < sizeof shown; i++)
        shown[n++] = text.data[i] >= ' ' && text.data[i] < 0x7f ? (char)text.data[i] : '?';
    shown[n] = '\0';
    if (d->reader->n_notes++ >= OVF_OPENAIR_MAX_NOTES)
        return OVF_OK;
    return ovf_buffer_printf(&d->reader->notes, "line %zu: \"%s\" %s\n", d->line, shown, what);
}

/** Text into \p out as UTF-8: as it is when it is that, else read as Latin-1, which older files are in. */
static void copy_text(struct ovf_bytes text, char *out, size_t out_bytes)
{
    size_t n = 0;
    if (ovf_utf8_valid(text)) {
        const struct ovf_bytes fitting = ovf_utf8_cut(text, out_bytes - 1);
        memcpy(out, fitting.data, fitting.len);
        n = fitting.len;
    } else {
        for (size_t i = 0; i < text.len && n + 3 < out_bytes; i++) {
            unsigned char utf8[4];
            const size_t len = ovf_utf8_encode(text.data[i], utf8);
            memcpy(out + n, utf8, len);
            n += len;
        }
    }
    for (size_t i = 0; i < n; i++)
        out[i] = (unsigned char)out[i] < ' ' ? ' ' : out[i];
    out[n] = '\0';
}

static enum ovf_status push_point(struct drawing *d, struct ovf_point point)
{
    struct ovf_points *const points = &d->area->shape.points;
    if (points->n > d->reader->limits.n_points)
        return ovf_error_set(d->err, OVF_E_LIMIT, "line %zu: the airspace has too many vertices",
                             d->line);
    if (points->n > 0 && ovf_point_equal(points->items[points->n - 1], point)) {
        d->area->shape.n_repeated++;
        return OVF_OK;
    }
    return ovf_points_push(points, point);
}

static enum ovf_status take_point(struct drawing *d, struct ovf_bytes rest)
{
    struct ovf_point point;
    if (!ovf_openair_place(rest, &point))
        return wrong(d, "no place such as 33:15:45 N 44:14:05 E");
    return push_point(d, point);
}

/** Splits at the n - 1 commas; false when there are more or fewer. */
static bool split_commas(struct ovf_bytes text, struct ovf_bytes *parts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const unsigned char *const comma = memchr(text.data, ',', text.len);
        if ((comma != NULL) != (i + 1 < n))
            return false;
        const size_t len = comma != NULL ? (size_t)(comma - text.data) : text.len;
        parts[i] = ovf_bytes_trim((struct ovf_bytes){text.data, len});
        if (comma != NULL)
            text = (struct ovf_bytes){text.data + len + 1, text.len - len - 1};
    }
    return true;
}

static bool read_radius(struct ovf_bytes text, double *radius_m)
{
    double radius_nmi;
    if (!ovf_number_parse_double(text, &radius_nmi) || !(radius_nmi > 0) ||
        radius_nmi > max_radius_nmi)
        return false;
    *radius_m = radius_nmi * m_per_nmi;
    return true;
}

static enum ovf_status take_circle(struct drawing *d, struct ovf_bytes rest)
{
    double radius_m;
    if (!d->has_centre)
        return wrong(d, "a circle without a centre (V X=) before it");
    if (!read_radius(rest, &radius_m))
        return wrong(d, "the radius is no number of nautical miles above 0");
    if (d->area->shape.points.n > 0)
        return wrong(d, "a circle (DC) beside other pieces of the boundary");
    d->has_circle = true;
    return ovf_circle_points(d->centre, radius_m, &d->area->shape.points);
}

/** The arc between two places seen from the centre, ends included. */
static enum ovf_status take_arc(struct drawing *d, struct ovf_point from,
                                struct ovf_polar from_polar, struct ovf_point to,
                                struct ovf_polar to_polar)
{
    enum ovf_status st = push_point(d, from);
    if (st == OVF_OK)
        st = ovf_arc_points(d->centre, from_polar, to_polar, !d->counterclockwise,
                            &d->area->shape.points);
    return st == OVF_OK ? push_point(d, to) : st;
}

/** DA radius, from, to: degrees clockwise from north. */
static enum ovf_status take_arc_by_angles(struct drawing *d, struct ovf_bytes rest)
{
    struct ovf_bytes parts[3];
    int64_t from_e7;
    int64_t to_e7;
    double radius_m;
    if (!d->has_centre)
        return wrong(d, "an arc without a centre (V X=) before it");
    if (!split_commas(rest, parts, 3) || !read_radius(parts[0], &radius_m) ||
        !ovf_number_parse_scaled(parts[1], 7, &from_e7) ||
        !ovf_number_parse_scaled(parts[2], 7, &to_e7) || llabs(from_e7) > OVF_E7_TURN ||
        llabs(to_e7) > OVF_E7_TURN)
        return wrong(d, "no radius and two angles, with commas between");
    const struct ovf_polar from = {radius_m, from_e7};
    const struct ovf_polar to = {radius_m, to_e7};
    return take_arc(d, ovf_polar_to_point(d->centre, from), from, ovf_polar_to_point(d->centre, to),
                    to);
}

/** DB place, place. */
static enum ovf_status take_arc_by_places(struct drawing *d, struct ovf_bytes rest)
{
    struct ovf_bytes parts[2];
    struct ovf_point from;
    struct ovf_point to;
    struct ovf_polar from_polar;
    struct ovf_polar to_polar;
    if (!d->has_centre)
        return wrong(d, "an arc without a centre (V X=) before it");
    if (!split_commas(rest, parts, 2) || !ovf_openair_place(parts[0], &from) ||
        !ovf_openair_place(parts[1], &to))
        return wrong(d, "no two places with a comma between");
    if (!ovf_polar_from_point(d->centre, from, &from_polar) ||
        !ovf_polar_from_point(d->centre, to, &to_polar))
        return wrong(d, "an end of the arc lies at its centre or opposite");
    const double off_m = fabs(from_polar.distance_m - to_polar.distance_m);
    enum ovf_status st = OVF_OK;
    /* Files write whole seconds, 31 m; more than that and a hundredth is no rounding. */
    if (off_m > 100 && off_m > from_polar.distance_m / 100)
        st = note(d, rest, "the ends of the arc lie at different distances from its centre");
    return st == OVF_OK ? take_arc(d, from, from_polar, to, to_polar) : st;
}

/** V X=place, V D=+ and V D=-; others are of the display. */
static enum ovf_status take_variable(struct drawing *d, struct ovf_bytes rest)
{
    const unsigned char *const sign = memchr(rest.data, '=', rest.len);
    if (sign == NULL)
        return wrong(d, "V without =");
    const struct ovf_bytes name =
        ovf_bytes_trim((struct ovf_bytes){rest.data, (size_t)(sign - rest.data)});
    const struct ovf_bytes value =
        ovf_bytes_trim((struct ovf_bytes){sign + 1, (size_t)(rest.data + rest.len - sign - 1)});
    if (ovf_bytes_equal_nocase(name, "x")) {
        d->has_centre = ovf_openair_place(value, &d->centre);
        return d->has_centre ? OVF_OK : wrong(d, "V X= has no place such as 33:15:45 N 44:14:05 E");
    }
    if (ovf_bytes_equal_nocase(name, "d")) {
        d->counterclockwise = ovf_bytes_equal_text(value, "-");
        return d->counterclockwise || ovf_bytes_equal_text(value, "+")
                   ? OVF_OK
                   : wrong(d, "V D= is neither + nor -");
    }
    if (ovf_bytes_equal_nocase(name, "z") || ovf_bytes_equal_nocase(name, "w") ||
        ovf_bytes_equal_nocase(name, "t"))
        return OVF_OK; /* zoom, width of an airway, terrain */
    return note(d, rest, "is no variable that is known");
}

static enum ovf_status take_limit(struct drawing *d, struct ovf_bytes rest, bool is_floor)
{
    struct ovf_limit *const limit = is_floor ? &d->area->floor : &d->area->ceiling;
    if (!ovf_openair_limit(rest, limit))
        return wrong(d, "no limit such as FL195, 2500 ft, 1000 AGL, SFC or UNL");
    *(is_floor ? &d->area->has_floor : &d->area->has_ceiling) = true;
    return OVF_OK;
}

/** Records that say nothing of where an airspace is. */
static bool is_idle(const struct record *record)
{
    static const char *const codes[] = {"at", "ay", "af", "ag", "ai", "aa", "ax", "sp", "sb"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (is_code(record, codes[i]))
            return true;
    }
    return false;
}

static enum ovf_status take_record(struct drawing *d, const struct record *record)
{
    if (is_code(record, "an")) {
        copy_text(record->rest, d->area->name, sizeof d->area->name);
        return OVF_OK;
    }
    if (is_code(record, "al") || is_code(record, "ah"))
        return take_limit(d, record->rest, is_code(record, "al"));
    if (is_code(record, "v"))
        return take_variable(d, record->rest);
    const bool draws = record->code.len == 2 && (*record->code.data | 0x20) == 'd';
    if (draws && d->has_circle)
        return wrong(d, "a circle (DC) beside other pieces of the boundary");
    if (is_code(record, "dp"))
        return take_point(d, record->rest);
    if (is_code(record, "da"))
        return take_arc_by_angles(d, record->rest);
    if (is_code(record, "db"))
        return take_arc_by_places(d, record->rest);
    if (is_code(record, "dc"))
        return take_circle(d, record->rest);
    if (draws)
        return wrong(d, is_code(record, "dy") ? "an airway (DY) is no area"
                                              : "a piece of boundary of no known kind");
    return is_idle(record) ? OVF_OK : note(d, record->code, "is no record that is known");
}

/** Passes over lines up to the next AC, which is taken; false at the end. */
static enum ovf_status find_airspace(struct drawing *d, bool *found)
{
    struct ovf_openair_reader *const reader = d->reader;
    struct ovf_bytes line;
    struct record record;
    *found = false;
    while (next_line(&reader->rest, &line)) {
        d->line = reader->line++;
        if (!split_record(line, &record))
            continue;
        if (is_code(&record, "ac")) {
            copy_text(record.rest, d->area->class, sizeof d->area->class);
            *found = true;
            return OVF_OK;
        }
        enum ovf_status st = OVF_OK;
        if (is_code(&record, "to") || is_code(&record, "tc")) {
            d->is_skipped = true;
            st = note(d, record.rest, "is terrain, not airspace, and left out");
        } else if (!d->is_skipped && !is_idle(&record)) {
            st = note(d, record.code, "stands before any airspace");
        }
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

/** Takes the airspace's lines, up to what begins something else. */
static enum ovf_status read_airspace(struct drawing *d)
{
    struct ovf_openair_reader *const reader = d->reader;
    struct ovf_bytes ahead = reader->rest;
    struct ovf_bytes line;
    struct record record;
    while (next_line(&ahead, &line)) {
        const bool is_record = split_record(line, &record);
        if (is_record &&
            (is_code(&record, "ac") || is_code(&record, "to") || is_code(&record, "tc")))
            break;
        d->line = reader->line++;
        reader->rest = ahead;
        const enum ovf_status st = is_record ? take_record(d, &record) : OVF_OK;
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

static enum ovf_status check_airspace(struct drawing *d)
{
    struct ovf_openair_area *const area = d->area;
    const char *why = NULL;
    d->line = area->line;
    if (area->shape.points.n == 0)
        return wrong(d, "an airspace without a boundary");
    const enum ovf_status st =
        ovf_shape_end_ring(&area->shape, 0, 0, false, &d->reader->limits, &why);
    if (why != NULL) {
        const enum ovf_status as_format = wrong(d, why);
        return st == OVF_E_LIMIT ? st : as_format;
    }
    if (st == OVF_OK && area->floor.datum == area->ceiling.datum &&
        area->floor.ft >= area->ceiling.ft)
        return wrong(d, "the floor is not below the ceiling");
    return st;
}

enum ovf_status ovf_openair_next(struct ovf_openair_reader *reader, struct ovf_openair_area *area,
                                 bool *more, struct ovf_error *err)
{
    struct drawing d = {.reader = reader, .area = area, .err = err};
    area->shape.points.n = 0;
    area->shape.n_rings = 0;
    area->shape.n_repeated = 0;
    area->shape.n_closed = 0;
    area->name[0] = '\0';
    area->floor = (struct ovf_limit){OVF_DATUM_SURFACE, 0};
    area->ceiling = (struct ovf_limit){OVF_DATUM_UNLIMITED, 0};
    area->has_floor = false;
    area->has_ceiling = false;
    enum ovf_status st = find_airspace(&d, more);
    if (st != OVF_OK || !*more)
        return st;
    area->line = d.line;
    area->shape.number = ++reader->n_areas;
    st = read_airspace(&d);
    return st == OVF_OK ? check_airspace(&d) : st;
}
