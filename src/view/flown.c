/* SPDX-License-Identifier: Apache-2.0 */
/* Lines and gaps in turn: a line that was cut at 180 degrees alone is joined again; it begins where the gap before
 * it ends. */
#include "view/flown.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/geodesic.h"
#include "geo/trig.h"

struct ovf_flown_gap {
    enum ovf_piece_kind kind;
    int64_t from_ns;
    int64_t to_ns;
    struct ovf_point from;
    struct ovf_point to;
    size_t first_ring; /* of its line, in `lines` */
    size_t n_rings;
};

void ovf_flown_deinit(struct ovf_flown *flown)
{
    free(flown->vertices);
    free(flown->whens);
    free(flown->pieces);
    free(flown->passages);
    free(flown->gaps);
    ovf_polygons_deinit(&flown->shape);
    ovf_polygons_deinit(&flown->lines);
    ovf_profile_deinit(&flown->profile);
    free(flown->times.items_ns);
    *flown = (struct ovf_flown){0};
}

/* ---- vertices ---- */

static struct ovf_point point_of(struct ovf_map_point at)
{
    return (struct ovf_point){at.lat_e7, ovf_lon_wrap(at.lon_e7)};
}

/** Room for one vertex more. */
static enum ovf_status reserve_vertex(struct ovf_flown *f)
{
    struct ovf_drawn *const vertices =
        ovf_array_reserve(f->vertices, &f->vertices_capacity, f->n_vertices + 1, sizeof *vertices);
    if (vertices == NULL)
        return OVF_E_NOMEM;
    f->vertices = vertices;
    struct ovf_flown_when *const whens =
        ovf_array_reserve(f->whens, &f->whens_capacity, f->n_vertices + 1, sizeof *whens);
    if (whens == NULL)
        return OVF_E_NOMEM;
    f->whens = whens;
    return OVF_OK;
}

/** The last vertex is met again. \return whether it says all */
static bool is_told(struct ovf_flown_when *last, struct ovf_flown_when when)
{
    if (when.is_timed && !last->is_timed)
        *last = when;
    return !when.is_timed || when.t_ns <= last->t_ns;
}

/** One vertex of a place, two of one that was kept to for a while. */
static enum ovf_status push_vertex(struct ovf_flown *f, struct ovf_point at,
                                   struct ovf_flown_when when)
{
    const enum ovf_status st = reserve_vertex(f);
    if (st != OVF_OK)
        return st;
    int64_t lon_e7 = at.lon_e7;
    if (f->n_vertices > 0) {
        const struct ovf_drawn *const last = &f->vertices[f->n_vertices - 1];
        lon_e7 = last->lon_e7 + ovf_lon_difference(ovf_lon_wrap(last->lon_e7), at.lon_e7);
        if (lon_e7 == last->lon_e7 && at.lat_e7 == last->lat_e7 &&
            is_told(&f->whens[f->n_vertices - 1], when))
            return OVF_OK;
    }
    f->whens[f->n_vertices] = when;
    f->vertices[f->n_vertices++] = (struct ovf_drawn){at.lat_e7, lon_e7, 0};
    return OVF_OK;
}

/** A map's straight line leaves the geodesic by 24 m over this length at 45 degrees of latitude, less than is
 * drawn; an archive that was thinned has longer ones. */
#define LONGEST_M 35e3

static struct ovf_flown_when half_way(struct ovf_flown_when a, struct ovf_flown_when b)
{
    if (!a.is_timed || !b.is_timed)
        return (struct ovf_flown_when){0};
    /* Not by their difference, which may not fit: a store says any times. */
    return (struct ovf_flown_when){.is_timed = true, .t_ns = a.t_ns / 2 + b.t_ns / 2};
}

struct due {
    struct ovf_point at;
    struct ovf_flown_when when;
};

/** Go on to \p to along the geodesic, evenly. */
static enum ovf_status go_to(struct ovf_flown *f, struct due to)
{
    enum { MOST = 16 };
    struct due due[MOST]; /* halves of what is left, the nearest last */
    size_t n = 0;
    enum ovf_status st = OVF_OK;
    due[n++] = to;
    while (n > 0 && st == OVF_OK) {
        const struct ovf_drawn *const last = &f->vertices[f->n_vertices - 1];
        const struct ovf_point from = {last->lat_e7, ovf_lon_wrap(last->lon_e7)};
        const struct due next = due[n - 1];
        if (n < MOST && ovf_distance_m(from, next.at) > LONGEST_M) {
            due[n++] = (struct due){ovf_point_midpoint(from, next.at),
                                    half_way(f->whens[f->n_vertices - 1], next.when)};
        } else {
            st = push_vertex(f, next.at, next.when);
            n--;
        }
    }
    return st;
}

/** The rings [first, first + n) of \p shape, parts of one line; \p times are NULL or of all its points. */
static enum ovf_status push_rings(struct ovf_flown *f, const struct ovf_polygons *shape,
                                  const int64_t *times_ns, size_t first, size_t n)
{
    enum ovf_status st = OVF_OK;
    for (size_t r = first; r < first + n && st == OVF_OK; r++) {
        const struct ovf_polygon_ring *const ring = &shape->rings[r];
        for (size_t i = ring->first; i < ring->first + ring->n_points && st == OVF_OK; i++) {
            struct due to = {point_of(shape->points[i]), {.is_timed = times_ns != NULL}};
            if (times_ns != NULL)
                to.when.t_ns = times_ns[i];
            st = f->n_vertices == 0 ? push_vertex(f, to.at, to.when) : go_to(f, to);
        }
    }
    return st;
}

/* ---- rows ---- */

static bool read_time(sqlite3_stmt *stmt, int column, int64_t *t_ns)
{
    return ovf_time_parse_iso(ovf_bytes_from_text(ovf_view_column(stmt, column)), t_ns);
}

static struct ovf_bytes read_blob(sqlite3_stmt *stmt, int column)
{
    const void *const data = sqlite3_column_blob(stmt, column);
    return (struct ovf_bytes){data, data != NULL ? (size_t)sqlite3_column_bytes(stmt, column) : 0};
}

/** Keep the line just read of a gap behind those before it. */
static enum ovf_status keep_line(struct ovf_flown *f, struct ovf_flown_gap *gap)
{
    struct ovf_polygons *const lines = &f->lines;
    const size_t n_points = lines->n_points + f->shape.n_points;
    const size_t n_rings = lines->n_rings + f->shape.n_rings;
    struct ovf_map_point *const points =
        ovf_array_reserve(lines->points, &lines->points_capacity, n_points + 1, sizeof *points);
    if (points == NULL)
        return OVF_E_NOMEM;
    lines->points = points;
    struct ovf_polygon_ring *const rings =
        ovf_array_reserve(lines->rings, &lines->rings_capacity, n_rings + 1, sizeof *rings);
    if (rings == NULL)
        return OVF_E_NOMEM;
    lines->rings = rings;
    for (size_t i = 0; i < f->shape.n_points; i++)
        points[lines->n_points + i] = f->shape.points[i];
    for (size_t r = 0; r < f->shape.n_rings; r++) {
        rings[lines->n_rings + r] = f->shape.rings[r];
        rings[lines->n_rings + r].first += lines->n_points;
    }
    gap->first_ring = lines->n_rings;
    gap->n_rings = f->shape.n_rings;
    lines->n_points = n_points;
    lines->n_rings = n_rings;
    return OVF_OK;
}

static enum ovf_status take_gap(void *context, sqlite3_stmt *stmt)
{
    struct ovf_flown *const f = context;
    struct ovf_flown_gap *const grown =
        ovf_array_reserve(f->gaps, &f->gaps_capacity, f->n_gaps + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    f->gaps = grown;
    struct ovf_flown_gap *const gap = &grown[f->n_gaps];
    gap->kind = strcmp(ovf_view_column(stmt, 0), "ground") == 0 ? OVF_PIECE_GROUND : OVF_PIECE_GAP;
    if (!read_time(stmt, 1, &gap->from_ns) || !read_time(stmt, 2, &gap->to_ns) ||
        !ovf_view_place(stmt, 3, &gap->from) || !ovf_view_place(stmt, 5, &gap->to))
        return OVF_E_FORMAT;
    f->n_gaps++;
    f->shape.n_points = 0;
    f->shape.n_rings = 0;
    const struct ovf_bytes geom = read_blob(stmt, 7);
    enum ovf_status st = OVF_OK;
    if (geom.len > 0)
        st = ovf_gpkg_read_shape(geom, &f->shape);
    return st == OVF_OK ? keep_line(f, gap) : st;
}

static enum ovf_status take_passage(void *context, sqlite3_stmt *stmt)
{
    struct ovf_flown *const f = context;
    struct ovf_flown_passage *const grown =
        ovf_array_reserve(f->passages, &f->passages_capacity, f->n_passages + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    f->passages = grown;
    struct ovf_flown_passage *const p = &grown[f->n_passages++];
    *p = (struct ovf_flown_passage){.n = sqlite3_column_int64(stmt, 0)};
    (void)snprintf(p->airspace, sizeof p->airspace, "%s", ovf_view_column(stmt, 1));
    if (!read_time(stmt, 2, &p->inside_from_ns) || !read_time(stmt, 3, &p->inside_to_ns))
        return OVF_E_FORMAT;
    p->has_entry = sqlite3_column_int(stmt, 4) != 0 && ovf_view_place(stmt, 5, &p->entry);
    p->has_exit = sqlite3_column_int(stmt, 7) != 0 && ovf_view_place(stmt, 8, &p->exit);
    return OVF_OK;
}

static const char gaps_of[] = "SELECT kind,gap_start,gap_end,start_lat_deg,start_lon_deg,"
                              "end_lat_deg,end_lon_deg,geom FROM gaps WHERE flight_id=?1"
                              " ORDER BY gap_start";

/* Of an end in a gap, the fix inside; of one that is not known, the flight's own. */
static const char passages_of[] =
    "SELECT s.n,c.airspace,coalesce(c.entry_time,c.entry_time_max,c.flight_start),"
    "coalesce(c.exit_time,c.exit_time_min,c.flight_end),c.entry_time IS NOT NULL,c.entry_lat_deg,"
    "c.entry_lon_deg,c.exit_time IS NOT NULL,c.exit_lat_deg,c.exit_lon_deg FROM temp.shown s"
    " JOIN crossings c ON c.fid=s.fid WHERE s.flight=?1 AND c.role<>'none' ORDER BY s.n";

/* ---- pieces ---- */

static enum ovf_status push_piece(struct ovf_flown *f, struct ovf_piece piece)
{
    struct ovf_piece *const grown =
        ovf_array_reserve(f->pieces, &f->pieces_capacity, f->n_pieces + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    f->pieces = grown;
    grown[f->n_pieces++] = piece;
    return OVF_OK;
}

static bool is_cut_at_180(const struct ovf_polygons *shape, size_t ring)
{
    const struct ovf_polygon_ring *const a = &shape->rings[ring];
    const struct ovf_polygon_ring *const b = &shape->rings[ring + 1];
    if (a->n_points == 0 || b->n_points == 0)
        return false;
    const struct ovf_map_point end = shape->points[a->first + a->n_points - 1];
    const struct ovf_map_point begin = shape->points[b->first];
    return end.lat_e7 == begin.lat_e7 && llabs((int64_t)end.lon_e7 - begin.lon_e7) == OVF_E7_TURN;
}

static bool begins_at(const struct ovf_polygons *shape, size_t ring, struct ovf_point at)
{
    return ring < shape->n_rings && shape->rings[ring].n_points > 0 &&
           ovf_point_equal(point_of(shape->points[shape->rings[ring].first]), at);
}

/** A line of the flight, with what was cut off it at 180 degrees. */
static enum ovf_status push_line(struct ovf_flown *f, const struct ovf_polygons *shape,
                                 size_t *ring, int64_t from_ns, int64_t to_ns)
{
    const size_t first = f->n_vertices > 0 ? f->n_vertices - 1 : 0;
    size_t n = 1;
    while (*ring + n < shape->n_rings && is_cut_at_180(shape, *ring + n - 1))
        n++;
    const int64_t *const times_ns = f->times.n > 0 ? f->times.items_ns : NULL;
    const enum ovf_status st = push_rings(f, shape, times_ns, *ring, n);
    *ring += n;
    return st == OVF_OK
               ? push_piece(f, (struct ovf_piece){OVF_PIECE_FLOWN, first, f->n_vertices - first,
                                                  from_ns, to_ns, SIZE_MAX})
               : st;
}

static enum ovf_status push_gap(struct ovf_flown *f, const struct ovf_flown_gap *gap)
{
    enum ovf_status st =
        f->n_vertices == 0 ? push_vertex(f, gap->from, (struct ovf_flown_when){0}) : OVF_OK;
    const size_t first = f->n_vertices > 0 ? f->n_vertices - 1 : 0;
    if (st == OVF_OK)
        st = push_rings(f, &f->lines, NULL, gap->first_ring, gap->n_rings);
    return st == OVF_OK ? push_piece(f, (struct ovf_piece){gap->kind, first, f->n_vertices - first,
                                                           gap->from_ns, gap->to_ns, SIZE_MAX})
                        : st;
}

/** Lines and gaps in turn. A line comes next where it begins at the end of the gap before (or at the flight's
 * start), else one fix alone lay between two gaps. */
static enum ovf_status join(struct ovf_flown *f, const struct ovf_polygons *shape,
                            const struct ovf_flown_flight *flight)
{
    size_t ring = 0;
    int64_t now_ns = flight->start_ns;
    enum ovf_status st = OVF_OK;
    for (size_t g = 0; g < f->n_gaps && st == OVF_OK; g++) {
        const struct ovf_flown_gap *const gap = &f->gaps[g];
        const bool is_due =
            g > 0 ? begins_at(shape, ring, f->gaps[g - 1].to) : now_ns < gap->from_ns;
        if (ring < shape->n_rings && is_due)
            st = push_line(f, shape, &ring, now_ns, gap->from_ns);
        if (st == OVF_OK)
            st = push_gap(f, gap);
        now_ns = gap->to_ns;
    }
    while (ring < shape->n_rings && st == OVF_OK)
        st = push_line(f, shape, &ring, now_ns, flight->end_ns);
    return st;
}

/* ---- cuts ---- */

/** Squared distance on the map near \p at, in (1e-7 degree)^2, from \p at to the edge behind vertex \p i. */
static double off(const struct ovf_drawn *v, struct ovf_point at, double cos_lat)
{
    const double ax = (double)ovf_lon_difference(at.lon_e7, ovf_lon_wrap(v[0].lon_e7)) * cos_lat;
    const double ay = (double)((int64_t)v[0].lat_e7 - at.lat_e7);
    const double dx = (double)(v[1].lon_e7 - v[0].lon_e7) * cos_lat;
    const double dy = (double)((int64_t)v[1].lat_e7 - v[0].lat_e7);
    const double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? -(ax * dx + ay * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const double x = ax + t * dx;
    const double y = ay + t * dy;
    return x * x + y * y;
}

/** The vertex behind which \p piece was at \p t_ns; where the store lacks times, that of the edge nearest to \p at. */
static size_t edge_of(const struct ovf_flown *f, const struct ovf_piece *piece, struct ovf_point at,
                      int64_t t_ns)
{
    double sin_lat;
    double cos_lat;
    ovf_sincos_e7(at.lat_e7, &sin_lat, &cos_lat);
    const size_t end = piece->first + piece->n - 1;
    size_t edge = piece->first;
    double least = INFINITY;
    for (size_t k = piece->first; k < end; k++) {
        if (f->whens[k + 1].is_timed && f->whens[k + 1].t_ns >= t_ns)
            return k;
        const double d = off(&f->vertices[k], at, cos_lat);
        if (d < least) {
            least = d;
            edge = k;
        }
    }
    return f->whens[end].is_timed ? end - 1 : edge;
}

static enum ovf_status insert_vertex(struct ovf_flown *f, size_t behind, struct ovf_point at,
                                     int64_t t_ns)
{
    const enum ovf_status st = reserve_vertex(f);
    if (st != OVF_OK)
        return st;
    struct ovf_drawn *const v = &f->vertices[behind];
    struct ovf_flown_when *const w = &f->whens[behind];
    const size_t n_moved = f->n_vertices++ - behind - 1;
    const int64_t lon_e7 = v->lon_e7 + ovf_lon_difference(ovf_lon_wrap(v->lon_e7), at.lon_e7);
    memmove(v + 2, v + 1, n_moved * sizeof *v);
    memmove(w + 2, w + 1, n_moved * sizeof *w);
    v[1] = (struct ovf_drawn){at.lat_e7, lon_e7, 0};
    w[1] = (struct ovf_flown_when){.is_timed = true, .t_ns = t_ns};
    return OVF_OK;
}

/** Cut piece \p i at \p at, which it passes at \p t_ns. */
static enum ovf_status cut(struct ovf_flown *f, size_t i, struct ovf_point at, int64_t t_ns)
{
    const size_t first = f->pieces[i].first;
    const size_t edge = edge_of(f, &f->pieces[i], at, t_ns);
    enum ovf_status st = push_piece(f, f->pieces[i]);
    if (st == OVF_OK)
        st = insert_vertex(f, edge, at, t_ns);
    if (st != OVF_OK)
        return st;
    memmove(&f->pieces[i + 1], &f->pieces[i], (f->n_pieces - i - 1) * sizeof *f->pieces);
    f->pieces[i].n = edge + 2 - first;
    f->pieces[i].to_ns = t_ns;
    f->pieces[i + 1].first = edge + 1;
    f->pieces[i + 1].n = f->pieces[i + 1].n - (edge - first);
    f->pieces[i + 1].from_ns = t_ns;
    for (size_t k = i + 2; k < f->n_pieces; k++)
        f->pieces[k].first++;
    return OVF_OK;
}

static enum ovf_status cut_at(struct ovf_flown *f, struct ovf_point at, int64_t t_ns)
{
    for (size_t i = 0; i < f->n_pieces; i++) {
        const struct ovf_piece *const piece = &f->pieces[i];
        if (piece->kind == OVF_PIECE_FLOWN && piece->n > 1 && piece->from_ns < t_ns &&
            t_ns < piece->to_ns)
            return cut(f, i, at, t_ns);
    }
    return OVF_OK;
}

/** Which crossing holds each piece: of several, the first. */
static void hold(struct ovf_flown *f)
{
    for (size_t i = 0; i < f->n_pieces; i++) {
        struct ovf_piece *const piece = &f->pieces[i];
        for (size_t k = f->n_passages; k-- > 0;) {
            if (f->passages[k].inside_from_ns <= piece->from_ns &&
                piece->to_ns <= f->passages[k].inside_to_ns)
                piece->passage = k;
        }
    }
}

/* ---- altitudes ---- */

static void set_altitudes(struct ovf_flown *f)
{
    for (size_t i = 0; i < f->n_vertices; i++) {
        struct ovf_flown_when *const when = &f->whens[i];
        when->has_alt = when->is_timed && ovf_profile_at(&f->profile, when->t_ns, &when->alt_ft);
    }
}

/* ---- all ---- */

static enum ovf_status read_rows(struct ovf_view *view, const struct ovf_flown_flight *flight,
                                 struct ovf_flown *out, struct ovf_error *err)
{
    enum ovf_status st = ovf_view_each(view, gaps_of, flight->id, take_gap, out, err);
    if (st == OVF_OK)
        st = ovf_view_each(view, passages_of, flight->id, take_passage, out, err);
    out->shape.n_points = 0;
    out->shape.n_rings = 0;
    out->times.n = 0;
    if (st == OVF_OK && flight->geom.len > 0)
        st = ovf_gpkg_read_way(flight->geom, &out->shape, &out->times);
    if (st == OVF_OK)
        st = ovf_profile_read(flight->altitudes, flight->start_ns, &out->profile);
    return st;
}

enum ovf_status ovf_flown_read(struct ovf_view *view, const struct ovf_flown_flight *flight,
                               struct ovf_flown *out, struct ovf_error *err)
{
    out->n_vertices = 0;
    out->n_pieces = 0;
    out->n_passages = 0;
    out->n_gaps = 0;
    out->lines.n_points = 0;
    out->lines.n_rings = 0;
    enum ovf_status st = read_rows(view, flight, out, err);
    if (st == OVF_OK)
        st = join(out, &out->shape, flight);
    for (size_t i = 0; i < out->n_passages && st == OVF_OK; i++) {
        const struct ovf_flown_passage *const p = &out->passages[i];
        if (p->has_entry)
            st = cut_at(out, p->entry, p->inside_from_ns);
        if (st == OVF_OK && p->has_exit)
            st = cut_at(out, p->exit, p->inside_to_ns);
    }
    if (st == OVF_OK) {
        hold(out);
        set_altitudes(out);
    }
    return st == OVF_E_FORMAT
               ? ovf_error_set(err, st, "flight %.40s of the store is damaged", flight->id)
               : st;
}
