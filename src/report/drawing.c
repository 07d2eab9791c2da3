/* SPDX-License-Identifier: Apache-2.0 */
/* The path of a crossing: vertices (entry, fixes, exit, and the fixes beyond a gap at either end), then
 * their altitudes, then the links between them as lines. */
#include "report/drawing.h"

#include <math.h>
#include <stdlib.h>

#include "airspace/walk.h"
#include "base/array.h"
#include "base/time.h"
#include "geo/geodesic.h"

/* A chord in latitude and longitude of this length lies within 14 m of its geodesic at 60 degrees of
 * latitude (length^2 / 8 R * tan(latitude)). */
#define PIECE_M 20e3

/* The dots of a gap: few enough for a long one, enough to see that a short one is dotted. */
enum { DOTTED_MIN_PIECES = 5, DOTTED_MAX_PIECES = 201 };

#define HALF_TURN_E7 INT32_C(1800000000)

struct vertex {
    struct ovf_point at;
    int64_t t_ns;
    double alt_ft;
    bool after_gap; /* between the vertex before and this one nothing is known */
};

struct vertices {
    struct vertex *items;
    size_t n;
    size_t capacity;
};

void ovf_drawing_deinit(struct ovf_drawing *drawing)
{
    free(drawing->points);
    free(drawing->lines);
    free(drawing->parts);
    *drawing = (struct ovf_drawing){0};
}

/* ---- vertices ---- */

static enum ovf_status push_vertex(struct vertices *vertices, struct vertex vertex)
{
    struct vertex *grown =
        ovf_array_reserve(vertices->items, &vertices->capacity, vertices->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    vertices->items = grown;
    vertices->items[vertices->n++] = vertex;
    return OVF_OK;
}

static double fix_alt_ft(const struct ovf_fix *fix, unsigned datum)
{
    if ((fix->has & datum) == 0)
        return NAN;
    return datum == OVF_FIX_ALT_GEOM ? fix->alt_geom_ft : fix->alt_baro_ft;
}

static struct vertex vertex_of_fix(const struct ovf_fix *fix, unsigned datum, bool after_gap)
{
    return (struct vertex){fix->at, fix->t_ns, fix_alt_ft(fix, datum), after_gap};
}

/** Where the boundary was crossed; its altitude follows from the fixes around. */
static struct vertex vertex_of_end(const struct ovf_passage_end *end, const struct ovf_fix *fixes,
                                   unsigned datum)
{
    struct vertex vertex = {.t_ns = end->t_ns, .alt_ft = NAN};
    vertex.at.lat_e7 = (int32_t)lround(end->lat_deg * OVF_E7_PER_DEG);
    vertex.at.lon_e7 = ovf_lon_wrap(lround(end->lon_deg * OVF_E7_PER_DEG));
    if (!ovf_report_altitude_between(&fixes[end->before], &fixes[end->after], end->t_ns, datum,
                                     &vertex.alt_ft))
        vertex.alt_ft = NAN;
    return vertex;
}

static unsigned choose_datum(const struct ovf_fix *fixes, size_t first, size_t last)
{
    size_t n_any = 0;
    size_t n_geom = 0;
    for (size_t i = first; i <= last; i++) {
        n_any += (fixes[i].has & (OVF_FIX_ALT_GEOM | OVF_FIX_ALT_BARO)) != 0 ? 1 : 0;
        n_geom += (fixes[i].has & OVF_FIX_ALT_GEOM) != 0 ? 1 : 0;
    }
    if (n_any == 0)
        return 0;
    return n_geom * 2 >= n_any ? OVF_FIX_ALT_GEOM : OVF_FIX_ALT_BARO;
}

static enum ovf_status push_fixes(struct vertices *vertices, const struct ovf_report *report,
                                  const struct ovf_fix *fixes, const struct ovf_passage *p,
                                  unsigned datum)
{
    size_t first;
    size_t last;
    size_t before = SIZE_MAX;
    enum ovf_status st = OVF_OK;
    ovf_passage_fixes(p, &first, &last);
    for (size_t i = first; i <= last && st == OVF_OK; i++) {
        if (!ovf_fix_is_believed(&fixes[i]))
            continue;
        const bool gap = before == SIZE_MAX
                             ? p->entry.kind == OVF_PASSAGE_GAP
                             : !ovf_walk_bridges(&report->config->walk, fixes, before, i);
        st = push_vertex(vertices, vertex_of_fix(&fixes[i], datum, gap));
        before = i;
    }
    return st;
}

static enum ovf_status collect(const struct ovf_report *report, const struct ovf_report_line *line,
                               struct vertices *vertices, unsigned *datum)
{
    const struct ovf_passage *p = &line->crossing->passage;
    const struct ovf_fix *fixes = line->result->track->fixes.items;
    enum ovf_status st = OVF_OK;
    *datum = choose_datum(fixes, p->entry.before, p->exit.after);
    if (p->entry.kind == OVF_PASSAGE_GAP)
        st = push_vertex(vertices, vertex_of_fix(&fixes[p->entry.before], *datum, false));
    else if (p->entry.kind == OVF_PASSAGE_CROSSED)
        st = push_vertex(vertices, vertex_of_end(&p->entry, fixes, *datum));
    if (st == OVF_OK)
        st = push_fixes(vertices, report, fixes, p, *datum);
    if (st == OVF_OK && p->exit.kind == OVF_PASSAGE_GAP)
        st = push_vertex(vertices, vertex_of_fix(&fixes[p->exit.after], *datum, true));
    else if (st == OVF_OK && p->exit.kind == OVF_PASSAGE_CROSSED)
        st = push_vertex(vertices, vertex_of_end(&p->exit, fixes, *datum));
    return st;
}

static double between(double a, double b, double fraction)
{
    return a + (b - a) * fraction;
}

/** What is unknown in [begin, end), between two vertices that know. */
static void fill_between(struct vertex *v, size_t begin, size_t end)
{
    const double whole_s = ovf_time_seconds(v[begin - 1].t_ns, v[end].t_ns);
    for (size_t i = begin; i < end; i++) {
        const double part_s = ovf_time_seconds(v[begin - 1].t_ns, v[i].t_ns);
        v[i].alt_ft =
            between(v[begin - 1].alt_ft, v[end].alt_ft, whole_s > 0 ? part_s / whole_s : 0);
    }
}

static void fill_altitudes(struct vertices *vertices)
{
    struct vertex *v = vertices->items;
    size_t known = SIZE_MAX; /* the last one that knows */
    for (size_t i = 0; i < vertices->n; i++) {
        if (isnan(v[i].alt_ft))
            continue;
        if (known == SIZE_MAX) {
            for (size_t k = 0; k < i; k++)
                v[k].alt_ft = v[i].alt_ft;
        } else {
            fill_between(v, known + 1, i);
        }
        known = i;
    }
    for (size_t k = known + 1; known != SIZE_MAX && k < vertices->n; k++)
        v[k].alt_ft = v[known].alt_ft;
}

/* ---- lines ---- */

static enum ovf_status open_part(struct ovf_drawing *drawing, bool is_gap, int64_t t_ns)
{
    struct ovf_drawing_part *grown = ovf_array_reserve(drawing->parts, &drawing->parts_capacity,
                                                       drawing->n_parts + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    drawing->parts = grown;
    drawing->parts[drawing->n_parts++] =
        (struct ovf_drawing_part){is_gap, t_ns, t_ns, drawing->n_lines, drawing->n_lines};
    return OVF_OK;
}

/** The next line of the last part. */
static enum ovf_status open_line(struct ovf_drawing *drawing)
{
    struct ovf_drawing_line *grown = ovf_array_reserve(drawing->lines, &drawing->lines_capacity,
                                                       drawing->n_lines + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    drawing->lines = grown;
    drawing->lines[drawing->n_lines++] =
        (struct ovf_drawing_line){drawing->n_points, drawing->n_points};
    drawing->parts[drawing->n_parts - 1].end = drawing->n_lines;
    return OVF_OK;
}

static enum ovf_status push_point(struct ovf_drawing *drawing, struct ovf_drawing_point point)
{
    struct ovf_drawing_line *line = &drawing->lines[drawing->n_lines - 1];
    if (line->end > line->begin && drawing->points[line->end - 1].lat_e7 == point.lat_e7 &&
        drawing->points[line->end - 1].lon_e7 == point.lon_e7)
        return OVF_OK; /* an aircraft that stands, or a cut at the very place of a vertex */
    struct ovf_drawing_point *grown = ovf_array_reserve(drawing->points, &drawing->points_capacity,
                                                        drawing->n_points + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    drawing->points = grown;
    drawing->points[drawing->n_points++] = point;
    line->end = drawing->n_points;
    return OVF_OK;
}

/** Where the straight line from \p a to \p b meets the 180th meridian, on \p a's side of it. */
static struct ovf_drawing_point meet_meridian(struct ovf_drawing_point a,
                                              struct ovf_drawing_point b)
{
    const int64_t whole_e7 = ovf_lon_difference(a.lon_e7, b.lon_e7);
    const int32_t edge_e7 = whole_e7 > 0 ? HALF_TURN_E7 : -HALF_TURN_E7;
    const double fraction = (double)((int64_t)edge_e7 - a.lon_e7) / (double)whole_e7;
    const double step_ns = (double)(b.t_ns - a.t_ns) * fraction;
    return (struct ovf_drawing_point){(int32_t)lround(between(a.lat_e7, b.lat_e7, fraction)),
                                      edge_e7, between(a.alt_ft, b.alt_ft, fraction),
                                      a.t_ns + (int64_t)step_ns};
}

/** Draw on to \p point, over the 180th meridian or not. */
static enum ovf_status draw_to(struct ovf_drawing *drawing, struct ovf_drawing_point point)
{
    const struct ovf_drawing_line *line = &drawing->lines[drawing->n_lines - 1];
    if (line->end == line->begin)
        return push_point(drawing, point);
    const struct ovf_drawing_point last = drawing->points[line->end - 1];
    if (llabs((long long)point.lon_e7 - last.lon_e7) <= HALF_TURN_E7)
        return push_point(drawing, point);
    struct ovf_drawing_point edge = meet_meridian(last, point);
    enum ovf_status st = push_point(drawing, edge);
    edge.lon_e7 = -edge.lon_e7;
    if (st == OVF_OK)
        st = open_line(drawing);
    if (st == OVF_OK)
        st = push_point(drawing, edge);
    return st == OVF_OK ? push_point(drawing, point) : st;
}

static struct ovf_drawing_point point_of(const struct vertex *vertex)
{
    return (struct ovf_drawing_point){vertex->at.lat_e7, vertex->at.lon_e7, vertex->alt_ft,
                                      vertex->t_ns};
}

/** The geodesic from \p a, which is drawn or to be, to \p b in \p n pieces; with \p dotted every other
 * one is a line. */
static enum ovf_status draw_link(struct ovf_drawing *drawing, const struct vertex *a,
                                 const struct vertex *b, const struct ovf_geodesic *geodesic,
                                 size_t n, bool dotted)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i <= n && st == OVF_OK; i++) {
        const double fraction = (double)i / (double)n;
        const double step_ns = (double)(b->t_ns - a->t_ns) * fraction;
        struct ovf_drawing_point point = i < n ? point_of(a) : point_of(b);
        if (i > 0 && i < n) {
            double lat_deg;
            double lon_deg;
            ovf_geodesic_at(geodesic, fraction, &lat_deg, &lon_deg);
            point.lat_e7 = (int32_t)lround(lat_deg * OVF_E7_PER_DEG);
            point.lon_e7 = ovf_lon_wrap(lround(lon_deg * OVF_E7_PER_DEG));
            point.alt_ft = between(a->alt_ft, b->alt_ft, fraction);
            point.t_ns = a->t_ns + (int64_t)step_ns;
        }
        if (dotted && i % 2 == 0 && i < n)
            st = open_line(drawing);
        if (st == OVF_OK)
            st = draw_to(drawing, point);
    }
    return st;
}

static enum ovf_status draw_vertex_link(struct ovf_drawing *drawing, const struct vertex *a,
                                        const struct vertex *b, bool dotted)
{
    const struct ovf_geodesic geodesic = ovf_geodesic_between(a->at, b->at);
    double n = ceil(geodesic.length_m / PIECE_M);
    if (dotted) {
        n = fmin(fmax(n, DOTTED_MIN_PIECES), DOTTED_MAX_PIECES);
        n = 2 * floor(n / 2) + 1;
    }
    return draw_link(drawing, a, b, &geodesic, n < 1 ? 1 : (size_t)n, dotted);
}

/** A part that is a stretch of track, beginning at \p vertex. */
static enum ovf_status begin_track(struct ovf_drawing *drawing, const struct vertex *vertex)
{
    enum ovf_status st = open_part(drawing, false, vertex->t_ns);
    if (st == OVF_OK)
        st = open_line(drawing);
    return st == OVF_OK ? push_point(drawing, point_of(vertex)) : st;
}

static enum ovf_status draw_gap(struct ovf_drawing *drawing, const struct vertex *a,
                                const struct vertex *b, bool dotted)
{
    enum ovf_status st = open_part(drawing, true, a->t_ns);
    if (st == OVF_OK && !dotted)
        st = open_line(drawing);
    if (st == OVF_OK)
        st = draw_vertex_link(drawing, a, b, dotted);
    if (st == OVF_OK)
        drawing->parts[drawing->n_parts - 1].t_max_ns = b->t_ns;
    return st;
}

/** The vertices in order. A vertex outside, beyond a gap at either end, begins no track. */
static enum ovf_status draw(struct ovf_drawing *drawing, const struct vertices *vertices,
                            const struct ovf_passage *p, bool dotted)
{
    const struct vertex *v = vertices->items;
    const size_t n_inside = vertices->n - (p->exit.kind == OVF_PASSAGE_GAP ? 1 : 0);
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < vertices->n && st == OVF_OK; i++) {
        if (i > 0 && v[i].after_gap)
            st = draw_gap(drawing, &v[i - 1], &v[i], dotted);
        if (st != OVF_OK)
            break;
        if (i == 0 ? p->entry.kind != OVF_PASSAGE_GAP : i < n_inside && v[i].after_gap) {
            st = begin_track(drawing, &v[i]);
        } else if (i > 0 && !v[i].after_gap) {
            st = draw_vertex_link(drawing, &v[i - 1], &v[i], false);
            drawing->parts[drawing->n_parts - 1].t_max_ns = v[i].t_ns;
        }
    }
    return st;
}

enum ovf_status ovf_drawing_of_crossing(const struct ovf_report *report,
                                        const struct ovf_report_line *line, bool dotted,
                                        struct ovf_drawing *drawing)
{
    struct vertices vertices = {0};
    drawing->n_points = 0;
    drawing->n_lines = 0;
    drawing->n_parts = 0;
    enum ovf_status st = collect(report, line, &vertices, &drawing->datum);
    if (st == OVF_OK) {
        fill_altitudes(&vertices);
        st = draw(drawing, &vertices, &line->crossing->passage, dotted);
    }
    free(vertices.items);
    return st;
}
