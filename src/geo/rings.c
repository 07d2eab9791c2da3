/* SPDX-License-Identifier: Apache-2.0 */
/* Chaining edges into rings, and rings into polygons.
 *
 * On the flat map the owner's area is bounded by its edges and, where it reaches the map's frame
 * (longitudes +-180, latitudes +-90), by that frame. Edges that cross 180 are cut there. Edges on the
 * frame itself are left out: going round the frame, inside turns to outside exactly where an odd number
 * of other edges ends on it, so the stretches of frame that bound the area follow from that and from one
 * corner.
 *
 * Edges have no direction. At a vertex with more than two of them a ring goes on along the unused edge next
 * in angle, so that rings touch there and do not cross; a ring that comes back to a vertex it has passed
 * is parted in two. Whether a ring is a hole is counted: it lies in an odd number of others. */
#include "geo/rings.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/radix.h"

enum { NONE = -1 };

static const int32_t east_e7 = (int32_t)(OVF_E7_TURN / 2);
static const int32_t north_e7 = 90 * OVF_E7_PER_DEG;

/** One of an edge's two ends; edge i has ends 2i and 2i + 1 of the work's ends before sorting. */
struct half {
    struct ovf_map_point at;
    struct ovf_map_point to;
    uint32_t edge;
    uint32_t vertex; /* number of the place, in sorted order */
    uint32_t twin;   /* the other end's index */
    bool used;
};

struct ring_box {
    int32_t south_e7;
    int32_t west_e7;
    int32_t north_e7;
    int32_t east_e7;
};

struct ring {
    size_t first; /* in the work's ring points; not closed */
    size_t n;
    struct ring_box box;
    double area2; /* twice the area on the map, positive when counterclockwise */
    uint32_t depth;
    int64_t parent; /* NONE for an outer ring */
};

struct work {
    const struct ovf_index *index;
    struct half *halves;
    size_t n_halves;
    size_t halves_capacity;
    uint32_t n_vertices;
    size_t *vertex_first; /* in halves, and the end */
    struct ovf_map_point *points;
    size_t n_points;
    size_t points_capacity;
    struct ring *rings;
    size_t n_rings;
    size_t rings_capacity;
};

static void work_deinit(struct work *w)
{
    free(w->halves);
    free(w->vertex_first);
    free(w->points);
    free(w->rings);
}

void ovf_polygons_deinit(struct ovf_polygons *polygons)
{
    free(polygons->points);
    free(polygons->rings);
    *polygons = (struct ovf_polygons){0};
}

static bool same(struct ovf_map_point a, struct ovf_map_point b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

/* ---- edges on the flat map ---- */

static bool on_frame_line(struct ovf_map_point a, struct ovf_map_point b)
{
    return (a.lon_e7 == b.lon_e7 && abs(a.lon_e7) == east_e7) ||
           (a.lat_e7 == b.lat_e7 && abs(a.lat_e7) == north_e7);
}

static enum ovf_status push_edge(struct work *w, struct ovf_map_point a, struct ovf_map_point b)
{
    if (same(a, b))
        return OVF_OK;
    struct half *grown =
        ovf_array_reserve(w->halves, &w->halves_capacity, w->n_halves + 2, sizeof *grown);
    if (grown == NULL || w->n_halves > UINT32_MAX - 2)
        return OVF_E_NOMEM;
    w->halves = grown;
    const uint32_t edge = (uint32_t)(w->n_halves / 2);
    w->halves[w->n_halves++] = (struct half){.at = a, .to = b, .edge = edge};
    w->halves[w->n_halves++] = (struct half){.at = b, .to = a, .edge = edge};
    return OVF_OK;
}

/** The latitude at which the chord a-b, \p a west of 180 and \p b east of it, passes 180. The same
 * for all owners of the edge. */
static int32_t lat_at_180(struct ovf_point a, struct ovf_point b)
{
    const int64_t before = (int64_t)east_e7 - a.lon_e7;
    const int64_t whole = ovf_lon_difference(a.lon_e7, b.lon_e7);
    const int64_t rise = (int64_t)b.lat_e7 - a.lat_e7; /* products below 2^48 */
    return a.lat_e7 + (int32_t)(whole > 0 ? rise * before / whole : 0);
}

static enum ovf_status add_edge(struct work *w, struct ovf_point a, struct ovf_point b)
{
    struct ovf_map_point p = {a.lat_e7, a.lon_e7};
    struct ovf_map_point q = {b.lat_e7, b.lon_e7};
    if (p.lon_e7 == -east_e7 && q.lon_e7 > 0)
        p.lon_e7 = east_e7; /* the end on 180 belongs to the side that the edge lies on */
    if (q.lon_e7 == -east_e7 && p.lon_e7 > 0)
        q.lon_e7 = east_e7;
    if (on_frame_line(p, q))
        return OVF_OK;
    if (llabs((int64_t)q.lon_e7 - p.lon_e7) <= east_e7)
        return push_edge(w, p, q);
    if (a.lon_e7 < b.lon_e7)
        return add_edge(w, b, a); /* no deeper: the order is right then */
    const int32_t lat = lat_at_180(a, b);
    const enum ovf_status st = push_edge(w, p, (struct ovf_map_point){lat, east_e7});
    return st != OVF_OK ? st : push_edge(w, (struct ovf_map_point){lat, -east_e7}, q);
}

static enum ovf_status gather(struct work *w, const struct ovf_edges_by_set *edges, uint32_t owner)
{
    uint32_t *numbers = NULL;
    size_t n = 0;
    enum ovf_status st = ovf_edges_of_owner(edges, w->index, owner, &numbers, &n);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const struct ovf_edge edge = ovf_index_edge(w->index, numbers[i]);
        st = add_edge(w, edge.a, edge.b);
    }
    free(numbers);
    return st;
}

/* ---- the frame ---- */

/** How far round the frame \p at lies, counterclockwise from the south-west corner, in e7; -1: not on it. */
static int64_t frame_place(struct ovf_map_point at)
{
    const int64_t width = 2 * (int64_t)east_e7;
    const int64_t height = 2 * (int64_t)north_e7;
    if (at.lat_e7 == -north_e7)
        return (int64_t)at.lon_e7 + east_e7;
    if (at.lon_e7 == east_e7)
        return width + at.lat_e7 + north_e7;
    if (at.lat_e7 == north_e7)
        return width + height + east_e7 - at.lon_e7;
    if (at.lon_e7 == -east_e7)
        return 2 * width + height + north_e7 - at.lat_e7;
    return NONE;
}

static struct ovf_map_point frame_point(int64_t place)
{
    const int64_t width = 2 * (int64_t)east_e7;
    const int64_t height = 2 * (int64_t)north_e7;
    if (place <= width)
        return (struct ovf_map_point){-north_e7, (int32_t)(place - east_e7)};
    if (place <= width + height)
        return (struct ovf_map_point){(int32_t)(place - width - north_e7), east_e7};
    if (place <= 2 * width + height)
        return (struct ovf_map_point){north_e7, (int32_t)(width + height - place + east_e7)};
    return (struct ovf_map_point){(int32_t)(2 * width + height - place + north_e7), -east_e7};
}

static int compare_places(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x;
    const int64_t b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/** Edges along the frame from \p from to \p to, with a vertex at each corner between. */
static enum ovf_status add_stretch(struct work *w, int64_t from, int64_t to)
{
    const int64_t width = 2 * (int64_t)east_e7;
    const int64_t height = 2 * (int64_t)north_e7;
    const int64_t corners[] = {width, width + height, 2 * width + height};
    enum ovf_status st = OVF_OK;
    for (int i = 0; i < 3 && st == OVF_OK; i++) {
        if (corners[i] > from && corners[i] < to) {
            st = push_edge(w, frame_point(from), frame_point(corners[i]));
            from = corners[i];
        }
    }
    return st != OVF_OK ? st : push_edge(w, frame_point(from), frame_point(to));
}

static enum ovf_status add_frame(struct work *w, uint32_t owner)
{
    const int64_t whole = 4 * ((int64_t)east_e7 + north_e7);
    struct ovf_members members;
    ovf_index_locate(w->index, (struct ovf_point){-north_e7, -east_e7}, &members);
    bool inside = ovf_members_has(&members, owner);
    int64_t *const places = malloc((w->n_halves + 1) * sizeof *places);
    size_t n = 0;
    if (places == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < w->n_halves; i++) {
        const int64_t place = frame_place(w->halves[i].at);
        if (place != NONE)
            places[n++] = place;
    }
    if (n > 1)
        qsort(places, n, sizeof *places, compare_places);
    int64_t from = 0;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        if (inside && places[i] > from)
            st = add_stretch(w, from, places[i]);
        inside = !inside;
        from = places[i];
    }
    if (st == OVF_OK && inside)
        st = add_stretch(w, from, whole);
    free(places);
    return st;
}

/* ---- chaining ---- */

/** Sort the ends by place, those at one place by edge. */
static enum ovf_status sort_halves(struct work *w)
{
    const size_t n = w->n_halves;
    struct half *const sorted = malloc((n + 1) * sizeof *sorted);
    struct ovf_keyed *const keys = malloc((2 * n + 1) * sizeof *keys); /* and as many to spare */
    if (sorted == NULL || keys == NULL) {
        free(sorted);
        free(keys);
        return OVF_E_NOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        const struct ovf_map_point at = w->halves[i].at;
        keys[i].key = (uint64_t)((int64_t)at.lon_e7 + east_e7) << 32 |
                      (uint64_t)((int64_t)at.lat_e7 + north_e7);
        keys[i].value = i;
    }
    ovf_radix_sort(keys, keys + n, n);
    for (size_t i = 0; i < n; i++)
        sorted[i] = w->halves[keys[i].value];
    free(keys);
    free(w->halves);
    w->halves = sorted;
    w->halves_capacity = n + 1;
    return OVF_OK;
}

/** Sort the ends, number the places, and tell each end where its other one is. */
static enum ovf_status link_halves(struct work *w)
{
    const enum ovf_status st = sort_halves(w);
    uint32_t *const first_of_edge = malloc((w->n_halves / 2 + 1) * sizeof *first_of_edge);
    w->vertex_first = malloc((w->n_halves + 1) * sizeof *w->vertex_first);
    if (st != OVF_OK || first_of_edge == NULL || w->vertex_first == NULL) {
        free(first_of_edge);
        return OVF_E_NOMEM;
    }
    for (size_t e = 0; e < w->n_halves / 2; e++)
        first_of_edge[e] = UINT32_MAX;
    for (size_t i = 0; i < w->n_halves; i++) {
        struct half *const h = &w->halves[i];
        if (i == 0 || !same(h->at, h[-1].at))
            w->vertex_first[w->n_vertices++] = i;
        h->vertex = w->n_vertices - 1;
        uint32_t *const other = &first_of_edge[h->edge];
        if (*other == UINT32_MAX) {
            *other = (uint32_t)i;
        } else {
            h->twin = *other;
            w->halves[*other].twin = (uint32_t)i;
        }
    }
    w->vertex_first[w->n_vertices] = w->n_halves;
    free(first_of_edge);
    return OVF_OK;
}

/** Which half-plane the direction lies in: 0 from east to just before west, counterclockwise. */
static int half_plane(int64_t dx, int64_t dy)
{
    return dy > 0 || (dy == 0 && dx > 0) ? 0 : 1;
}

/** Whether direction a comes before b, counterclockwise from east. */
static bool angle_before(int64_t ax, int64_t ay, int64_t bx, int64_t by)
{
    const int ha = half_plane(ax, ay);
    const int hb = half_plane(bx, by);
    return ha != hb ? ha < hb : ax * by - ay * bx > 0; /* frame edges: products below 2^63 */
}

/** The unused end at the place of \p back next after it, counterclockwise; NULL when there is none. */
static struct half *next_half(struct work *w, const struct half *back)
{
    const int64_t rx = (int64_t)back->to.lon_e7 - back->at.lon_e7;
    const int64_t ry = (int64_t)back->to.lat_e7 - back->at.lat_e7;
    struct half *best = NULL; /* the first after back, else the first of all */
    bool best_after = false;
    for (size_t i = w->vertex_first[back->vertex]; i < w->vertex_first[back->vertex + 1]; i++) {
        struct half *const h = &w->halves[i];
        if (h->used)
            continue;
        const int64_t dx = (int64_t)h->to.lon_e7 - h->at.lon_e7;
        const int64_t dy = (int64_t)h->to.lat_e7 - h->at.lat_e7;
        const bool after = angle_before(rx, ry, dx, dy);
        if (best != NULL && best_after && !after)
            continue;
        const int64_t bx = best != NULL ? (int64_t)best->to.lon_e7 - best->at.lon_e7 : 0;
        const int64_t by = best != NULL ? (int64_t)best->to.lat_e7 - best->at.lat_e7 : 0;
        if (best == NULL || (after && !best_after) || angle_before(dx, dy, bx, by)) {
            best = h;
            best_after = after;
        }
    }
    return best;
}

/** The path being walked: a stack of places, and where on it each place stands. */
struct path {
    struct ovf_map_point *points;
    uint32_t *vertices;
    size_t n;
    size_t *place; /* by vertex: 1 + index on the path; 0: not on it */
};

static enum ovf_status close_ring(struct work *w, struct path *path, size_t from)
{
    const size_t n = path->n - from;
    if (n >= 3) { /* two edges there and back hold nothing */
        struct ovf_map_point *points =
            ovf_array_reserve(w->points, &w->points_capacity, w->n_points + n, sizeof *points);
        if (points == NULL)
            return OVF_E_NOMEM;
        w->points = points;
        struct ring *rings =
            ovf_array_reserve(w->rings, &w->rings_capacity, w->n_rings + 1, sizeof *rings);
        if (rings == NULL)
            return OVF_E_NOMEM;
        w->rings = rings;
        rings[w->n_rings++] = (struct ring){.first = w->n_points, .n = n, .parent = NONE};
        memcpy(points + w->n_points, path->points + from, n * sizeof *points);
        w->n_points += n;
    }
    for (size_t i = from; i < path->n; i++)
        path->place[path->vertices[i]] = 0;
    path->n = from;
    return OVF_OK;
}

/** Walk from \p start until no edge leads on: back at its place. */
static enum ovf_status walk(struct work *w, struct half *start, struct path *path)
{
    enum ovf_status st = OVF_OK;
    struct half *h = start;
    while (h != NULL && st == OVF_OK) {
        struct half *const arrived = &w->halves[h->twin];
        path->points[path->n] = h->at;
        path->vertices[path->n] = h->vertex;
        path->place[h->vertex] = ++path->n;
        h->used = true;
        arrived->used = true;
        if (path->place[arrived->vertex] > 0)
            st = close_ring(w, path, path->place[arrived->vertex] - 1);
        if (path->n == 0 && st == OVF_OK)
            return OVF_OK;
        h = next_half(w, arrived);
    }
    return st != OVF_OK ? st : OVF_E_FORMAT;
}

static enum ovf_status chain(struct work *w)
{
    const size_t n_edges = w->n_halves / 2;
    struct path path = {
        .points = malloc((n_edges + 1) * sizeof *path.points),
        .vertices = malloc((n_edges + 1) * sizeof *path.vertices),
        .place = calloc((size_t)w->n_vertices + 1, sizeof *path.place),
    };
    enum ovf_status st =
        path.points != NULL && path.vertices != NULL && path.place != NULL ? OVF_OK : OVF_E_NOMEM;
    for (size_t i = 0; i < w->n_halves && st == OVF_OK; i++) {
        if (!w->halves[i].used)
            st = walk(w, &w->halves[i], &path);
    }
    free(path.points);
    free(path.vertices);
    free(path.place);
    return st;
}

/* ---- outer rings and holes ---- */

static void measure(const struct work *w, struct ring *ring)
{
    const struct ovf_map_point *const p = w->points + ring->first;
    ring->box = (struct ring_box){p->lat_e7, p->lon_e7, p->lat_e7, p->lon_e7};
    for (size_t i = 0; i < ring->n; i++) {
        const struct ovf_map_point a = p[i];
        const struct ovf_map_point b = p[i + 1 < ring->n ? i + 1 : 0];
        /* relative to the first point, for small rings' sake */
        ring->area2 += ((double)a.lon_e7 - p->lon_e7) * ((double)b.lat_e7 - p->lat_e7) -
                       ((double)b.lon_e7 - p->lon_e7) * ((double)a.lat_e7 - p->lat_e7);
        if (a.lat_e7 < ring->box.south_e7)
            ring->box.south_e7 = a.lat_e7;
        if (a.lat_e7 > ring->box.north_e7)
            ring->box.north_e7 = a.lat_e7;
        if (a.lon_e7 < ring->box.west_e7)
            ring->box.west_e7 = a.lon_e7;
        if (a.lon_e7 > ring->box.east_e7)
            ring->box.east_e7 = a.lon_e7;
    }
}

static bool box_in(const struct ring_box *inner, const struct ring_box *outer)
{
    return inner->south_e7 >= outer->south_e7 && inner->north_e7 <= outer->north_e7 &&
           inner->west_e7 >= outer->west_e7 && inner->east_e7 <= outer->east_e7;
}

/**
 * Whether \p ring holds the point (x, y), in units of 5e-8 degree so that middles of edges are whole
 * numbers. A ray to the east is counted against edges that are half-open in latitude.
 */
static bool ring_holds(const struct work *w, const struct ring *ring, int64_t x, int64_t y)
{
    const struct ovf_map_point *const p = w->points + ring->first;
    bool inside = false;
    for (size_t i = 0; i < ring->n; i++) {
        const struct ovf_map_point a = p[i];
        const struct ovf_map_point b = p[i + 1 < ring->n ? i + 1 : 0];
        const int64_t ay = 2 * (int64_t)a.lat_e7;
        const int64_t by = 2 * (int64_t)b.lat_e7;
        if ((ay > y) == (by > y))
            continue;
        const int64_t ax = 2 * (int64_t)a.lon_e7;
        const int64_t bx = 2 * (int64_t)b.lon_e7;
        /* east of the point? Either end far off is so outright; near ones fit the product. */
        if (ax > x && bx > x) {
            inside = !inside;
        } else if (ax > x || bx > x) {
            const int64_t side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
            inside = inside != (by > ay ? side > 0 : side < 0);
        }
    }
    return inside;
}

/** Whether \p inner lies in \p outer, by the middle of an edge of it: no other ring passes there. */
static bool ring_in(const struct work *w, const struct ring *inner, const struct ring *outer)
{
    const struct ovf_map_point *const p = w->points + inner->first;
    return box_in(&inner->box, &outer->box) &&
           ring_holds(w, outer, (int64_t)p[0].lon_e7 + p[1].lon_e7,
                      (int64_t)p[0].lat_e7 + p[1].lat_e7);
}

static double size_of(const struct ring *ring)
{
    return ring->area2 < 0 ? -ring->area2 : ring->area2;
}

/** How many rings hold each, and of those that do, the smallest. */
static void nest(struct work *w)
{
    for (size_t i = 0; i < w->n_rings; i++) {
        struct ring *const ring = &w->rings[i];
        for (size_t j = 0; j < w->n_rings; j++) {
            const struct ring *const other = &w->rings[j];
            if (j == i || size_of(other) < size_of(ring) || !ring_in(w, ring, other))
                continue;
            ring->depth++;
            if (ring->parent == NONE || size_of(other) < size_of(&w->rings[ring->parent]))
                ring->parent = (int64_t)j;
        }
        if (ring->depth % 2 == 0)
            ring->parent = NONE;
    }
}

static enum ovf_status push_ring(const struct work *w, const struct ring *ring,
                                 struct ovf_polygons *out)
{
    struct ovf_map_point *points = ovf_array_reserve(out->points, &out->points_capacity,
                                                     out->n_points + ring->n + 1, sizeof *points);
    if (points == NULL)
        return OVF_E_NOMEM;
    out->points = points;
    struct ovf_polygon_ring *rings =
        ovf_array_reserve(out->rings, &out->rings_capacity, out->n_rings + 1, sizeof *rings);
    if (rings == NULL)
        return OVF_E_NOMEM;
    out->rings = rings;
    const bool is_hole = ring->depth % 2 == 1;
    const bool reverse = (ring->area2 < 0) != is_hole;
    struct ovf_map_point *const to = points + out->n_points;
    const struct ovf_map_point *const from = w->points + ring->first;
    for (size_t i = 0; i < ring->n; i++)
        to[i] = from[reverse ? ring->n - 1 - i : i];
    to[ring->n] = to[0];
    rings[out->n_rings++] = (struct ovf_polygon_ring){out->n_points, ring->n + 1, is_hole};
    out->n_points += ring->n + 1;
    return OVF_OK;
}

/** The largest first, so that the mainland comes before its islands. */
static int compare_rings(const void *x, const void *y)
{
    const struct ring *const a = x;
    const struct ring *const b = y;
    const double sa = size_of(a);
    const double sb = size_of(b);
    if (sa > sb || sa < sb)
        return sa > sb ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

static enum ovf_status output(struct work *w, struct ovf_polygons *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < w->n_rings; i++)
        measure(w, &w->rings[i]);
    if (w->n_rings > 1)
        qsort(w->rings, w->n_rings, sizeof *w->rings, compare_rings);
    nest(w);
    for (size_t i = 0; i < w->n_rings && st == OVF_OK; i++) {
        if (w->rings[i].depth % 2 == 1)
            continue;
        st = push_ring(w, &w->rings[i], out);
        for (size_t j = i + 1; j < w->n_rings && st == OVF_OK; j++) {
            if (w->rings[j].parent == (int64_t)i)
                st = push_ring(w, &w->rings[j], out);
        }
    }
    return st;
}

enum ovf_status ovf_polygons_of_one(const struct ovf_index *index,
                                    const struct ovf_edges_by_set *edges, uint32_t owner,
                                    struct ovf_polygons *out)
{
    struct work w = {.index = index};
    out->n_points = 0;
    out->n_rings = 0;
    enum ovf_status st = gather(&w, edges, owner);
    if (st == OVF_OK)
        st = add_frame(&w, owner);
    if (st == OVF_OK)
        st = link_halves(&w);
    if (st == OVF_OK)
        st = chain(&w);
    if (st == OVF_OK)
        st = output(&w, out);
    work_deinit(&w);
    return st;
}
