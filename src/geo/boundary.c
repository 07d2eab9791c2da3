/* SPDX-License-Identifier: Apache-2.0 */
/* Merging rings into distinct edges.
 *
 * Each ring edge becomes a record (a, b, owner) with a < b; sorting brings equal edges together, and
 * the owners that have one an odd number of times are its owners. Edges on the antimeridian are kept
 * apart as intervals of latitude per owner and summed modulo two, because the two sides of a cut are
 * not cut at the same vertices. */
#include "geo/boundary.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "geo/geodesic.h"

/* Vertices of a cut lie on the antimeridian within this (the map writes -179.99998): 3 m. */
enum { CUT_TOLERANCE_E7 = 300 };

enum { LONG_EDGE_M = 50000 };

struct ring_edge {
    struct ovf_point a;
    struct ovf_point b;
    uint32_t owner;
};

/** One end of a stretch of the antimeridian that bounds an owner on one side. */
struct cut_end {
    int32_t lat_e7;
    uint32_t owner;
};

struct ovf_boundary_builder {
    int32_t cut_south_e7;
    int32_t cut_north_e7;
    int32_t cut_tolerance_e7; /* at the antimeridian; 0 for rings that nobody cut */
    struct ring_edge *edges;
    size_t n_edges;
    size_t edges_capacity;
    struct cut_end *cut_ends;
    size_t n_cut_ends;
    size_t cut_ends_capacity;
    struct ovf_members north_pole;
    struct ovf_boundary_counts counts;
};

enum ovf_status ovf_boundary_builder_new(double cut_south_deg, double cut_north_deg,
                                         struct ovf_boundary_builder **out)
{
    struct ovf_boundary_builder *builder = calloc(1, sizeof *builder);
    if (builder == NULL)
        return OVF_E_NOMEM;
    builder->cut_south_e7 = (int32_t)lround(cut_south_deg * OVF_E7_PER_DEG);
    builder->cut_north_e7 = (int32_t)lround(cut_north_deg * OVF_E7_PER_DEG);
    if (cut_south_deg > -90 || cut_north_deg < 90)
        builder->cut_tolerance_e7 = CUT_TOLERANCE_E7;
    *out = builder;
    return OVF_OK;
}

void ovf_boundary_builder_free(struct ovf_boundary_builder *builder)
{
    if (builder == NULL)
        return;
    free(builder->edges);
    free(builder->cut_ends);
    free(builder);
}

void ovf_boundary_deinit(struct ovf_boundary *boundary)
{
    free(boundary->edges);
    free(boundary->sets.items);
    *boundary = (struct ovf_boundary){0};
}

static bool on_antimeridian(struct ovf_point p)
{
    return p.lon_e7 == -OVF_E7_TURN / 2;
}

/** A vertex at a cut brought onto the antimeridian, or borders that end there from both sides would
 * leave a hole of some metres between them. */
static struct ovf_point snapped(const struct ovf_boundary_builder *builder, struct ovf_point p)
{
    if (p.lon_e7 <= -OVF_E7_TURN / 2 + builder->cut_tolerance_e7 ||
        p.lon_e7 >= OVF_E7_TURN / 2 - builder->cut_tolerance_e7)
        p.lon_e7 = (int32_t)(-OVF_E7_TURN / 2);
    return p;
}

static enum ovf_status push_edge(struct ovf_boundary_builder *builder, struct ovf_point a,
                                 struct ovf_point b, uint32_t owner)
{
    struct ring_edge *grown = ovf_array_reserve(builder->edges, &builder->edges_capacity,
                                                builder->n_edges + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    builder->edges = grown;
    const bool swap = a.lon_e7 != b.lon_e7 ? a.lon_e7 > b.lon_e7 : a.lat_e7 > b.lat_e7;
    builder->edges[builder->n_edges++] = (struct ring_edge){swap ? b : a, swap ? a : b, owner};
    return OVF_OK;
}

static enum ovf_status push_cut(struct ovf_boundary_builder *builder, int32_t lat_e7,
                                uint32_t owner)
{
    struct cut_end *grown = ovf_array_reserve(builder->cut_ends, &builder->cut_ends_capacity,
                                              builder->n_cut_ends + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    builder->cut_ends = grown;
    builder->cut_ends[builder->n_cut_ends++] = (struct cut_end){lat_e7, owner};
    return OVF_OK;
}

/** A latitude brought within the polar cuts: what lies beyond is no boundary. */
static int32_t within_cuts(const struct ovf_boundary_builder *builder, int32_t lat_e7)
{
    if (lat_e7 < builder->cut_south_e7)
        return builder->cut_south_e7;
    return lat_e7 > builder->cut_north_e7 ? builder->cut_north_e7 : lat_e7;
}

/** What the edges of a ring on the polar cuts and all of them add up to, in longitude. */
struct turns {
    int64_t all_e7;
    int64_t north_e7;
    int64_t south_e7;
    double sum_lat_e7;
    bool reaches_north;
    bool reaches_south;
};
static bool is_north(const struct ovf_boundary_builder *builder, struct ovf_point a)
{
    return a.lat_e7 >= builder->cut_north_e7;
}

static bool is_south(const struct ovf_boundary_builder *builder, struct ovf_point a)
{
    return a.lat_e7 <= builder->cut_south_e7;
}

static bool is_all_round(int64_t turn_e7)
{
    return llabs(turn_e7) > OVF_E7_TURN / 2;
}

/** Edges at a pole itself close a ring that has the pole for a corner; they are left out only when
 * they go all round it. */
static bool is_polar_cut(const struct ovf_boundary_builder *builder, const struct turns *turns,
                         struct ovf_point a, struct ovf_point b)
{
    static const int32_t pole_e7 = 900000000;
    if (is_south(builder, a) && is_south(builder, b))
        return builder->cut_south_e7 > -pole_e7 || is_all_round(turns->south_e7);
    if (is_north(builder, a) && is_north(builder, b))
        return builder->cut_north_e7 < pole_e7 || is_all_round(turns->north_e7);
    return false;
}

static enum ovf_status add_edge(struct ovf_boundary_builder *builder, const struct turns *turns,
                                struct ovf_point a, struct ovf_point b, uint32_t owner)
{
    builder->counts.n_ring_edges++;
    if (is_polar_cut(builder, turns, a, b)) {
        builder->counts.n_cut_edges++;
        return OVF_OK;
    }
    if (!on_antimeridian(a) || !on_antimeridian(b))
        return push_edge(builder, a, b, owner);
    builder->counts.n_cut_edges++;
    const enum ovf_status st = push_cut(builder, within_cuts(builder, a.lat_e7), owner);
    return st != OVF_OK ? st : push_cut(builder, within_cuts(builder, b.lat_e7), owner);
}

static void count_turn(const struct ovf_boundary_builder *builder, struct ovf_point a,
                       struct ovf_point b, struct turns *turns)
{
    const int64_t dlon = ovf_lon_difference(a.lon_e7, b.lon_e7);
    turns->all_e7 += dlon;
    turns->sum_lat_e7 += a.lat_e7;
    turns->reaches_north = turns->reaches_north || is_north(builder, a);
    turns->reaches_south = turns->reaches_south || is_south(builder, a);
    if (is_north(builder, a) && is_north(builder, b))
        turns->north_e7 += dlon;
    if (is_south(builder, a) && is_south(builder, b))
        turns->south_e7 += dlon;
}

/**
 * A ring with edges on a polar cut all round the globe holds that pole; with them left out it winds
 * round the globe. So does one whose edge on the cut runs from 180 to -180 and is no edge here: it
 * holds the pole whose cut it reaches. One that was never cut holds the pole it is nearer to.
 */
static bool holds_north_pole(const struct turns *turns)
{
    if (is_all_round(turns->north_e7))
        return true;
    if (!is_all_round(turns->all_e7))
        return false;
    return turns->reaches_north != turns->reaches_south ? turns->reaches_north
                                                        : turns->sum_lat_e7 > 0;
}

/** Edge \p i of the ring. */
static void ring_edge_at(const struct ovf_boundary_builder *builder, const struct ovf_point *points,
                         size_t n, size_t i, struct ovf_point *a, struct ovf_point *b)
{
    *a = snapped(builder, points[i]);
    *b = snapped(builder, points[i + 1 < n ? i + 1 : 0]);
}

enum ovf_status ovf_boundary_builder_add(struct ovf_boundary_builder *builder, uint32_t owner,
                                         const struct ovf_point *points, size_t n_points,
                                         struct ovf_error *err)
{
    if (owner >= OVF_MEMBERS_MAX)
        return ovf_error_set(err, OVF_E_RANGE, "more than %d airspaces in one layer",
                             OVF_MEMBERS_MAX);
    size_t n = n_points;
    while (n > 1 && ovf_point_equal(points[n - 1], points[0]))
        n--;
    if (n < 3)
        return ovf_error_set(err, OVF_E_RANGE,
                             "a ring needs three distinct points, this one has %zu", n);
    struct turns turns = {0};
    struct ovf_point a;
    struct ovf_point b;
    for (size_t i = 0; i < n; i++) {
        ring_edge_at(builder, points, n, i, &a, &b);
        count_turn(builder, a, b, &turns);
    }
    for (size_t i = 0; i < n; i++) {
        ring_edge_at(builder, points, n, i, &a, &b);
        if (ovf_point_equal(a, b))
            continue;
        const enum ovf_status st = add_edge(builder, &turns, a, b, owner);
        if (st != OVF_OK)
            return st;
    }
    if (holds_north_pole(&turns))
        ovf_members_toggle(&builder->north_pole, owner);
    return OVF_OK;
}

static int compare_cut_ends(const void *x, const void *y)
{
    const struct cut_end *a = x;
    const struct cut_end *b = y;
    if (a->owner != b->owner)
        return a->owner < b->owner ? -1 : 1;
    return (a->lat_e7 > b->lat_e7) - (a->lat_e7 < b->lat_e7);
}

/**
 * Going north along the antimeridian, each end of a stretch flips whether an odd number of stretches
 * of that owner lies there; what is odd is boundary. (Sorted ends pair up by themselves: the first
 * with the second, the third with the fourth.)
 */
static enum ovf_status resolve_antimeridian(struct ovf_boundary_builder *builder)
{
    if (builder->n_cut_ends == 0)
        return OVF_OK;
    qsort(builder->cut_ends, builder->n_cut_ends, sizeof *builder->cut_ends, compare_cut_ends);
    for (size_t i = 0; i + 1 < builder->n_cut_ends; i += 2) {
        const struct cut_end *south = &builder->cut_ends[i];
        const struct cut_end *north = &builder->cut_ends[i + 1];
        if (south->lat_e7 == north->lat_e7)
            continue;
        const int32_t lon_e7 = (int32_t)(-OVF_E7_TURN / 2);
        const enum ovf_status st =
            push_edge(builder, (struct ovf_point){south->lat_e7, lon_e7},
                      (struct ovf_point){north->lat_e7, lon_e7}, south->owner);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

static int compare_points(struct ovf_point a, struct ovf_point b)
{
    if (a.lon_e7 != b.lon_e7)
        return a.lon_e7 < b.lon_e7 ? -1 : 1;
    return (a.lat_e7 > b.lat_e7) - (a.lat_e7 < b.lat_e7);
}

static int compare_ring_edges(const void *x, const void *y)
{
    const struct ring_edge *a = x;
    const struct ring_edge *b = y;
    const int by_a = compare_points(a->a, b->a);
    if (by_a != 0)
        return by_a;
    const int by_b = compare_points(a->b, b->b);
    if (by_b != 0)
        return by_b;
    return (a->owner > b->owner) - (a->owner < b->owner);
}

enum ovf_status ovf_sets_intern(struct ovf_sets *sets, const struct ovf_members *members,
                                uint32_t *index)
{
    /* A few hundred sets, found newest first: neighbours in a map share theirs. */
    for (size_t i = sets->n; i > 0; i--) {
        if (ovf_members_equal(&sets->items[i - 1], members)) {
            *index = (uint32_t)(i - 1);
            return OVF_OK;
        }
    }
    struct ovf_members *grown =
        ovf_array_reserve(sets->items, &sets->capacity, sets->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    sets->items = grown;
    sets->items[sets->n] = *members;
    *index = (uint32_t)sets->n++;
    return OVF_OK;
}

static enum ovf_status push_pieces(const struct ring_edge *edge, uint32_t set,
                                   struct ovf_points *pieces, struct ovf_boundary *out,
                                   size_t *capacity)
{
    pieces->n = 0;
    enum ovf_status st = ovf_densify(edge->a, edge->b, OVF_LINE_BOUNDARY, pieces);
    if (st != OVF_OK)
        return st;
    struct ovf_edge *grown =
        ovf_array_reserve(out->edges, capacity, out->n_edges + pieces->n, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->edges = grown;
    struct ovf_point from = edge->a;
    for (size_t i = 0; i < pieces->n; i++) {
        if (!ovf_point_equal(from, pieces->items[i]))
            out->edges[out->n_edges++] = (struct ovf_edge){from, pieces->items[i], set};
        from = pieces->items[i];
    }
    return OVF_OK;
}

/** The owners that have one of the equal edges [begin, end) an odd number of times. */
static struct ovf_members odd_owners(const struct ring_edge *begin, const struct ring_edge *end)
{
    struct ovf_members owners = {{0}};
    for (const struct ring_edge *e = begin; e < end; e++)
        ovf_members_toggle(&owners, e->owner);
    return owners;
}

static enum ovf_status merge_edges(struct ovf_boundary_builder *builder, struct ovf_boundary *out)
{
    struct ovf_points pieces = {0};
    size_t capacity = 0;
    enum ovf_status st = OVF_OK;
    const struct ring_edge *const end = builder->edges + builder->n_edges;
    for (const struct ring_edge *e = builder->edges; e < end && st == OVF_OK;) {
        const struct ring_edge *next = e + 1;
        while (next < end && compare_points(e->a, next->a) == 0 &&
               compare_points(e->b, next->b) == 0)
            next++;
        const struct ovf_members owners = odd_owners(e, next);
        const uint32_t n_owners = ovf_members_count(&owners);
        if (n_owners > 0) {
            uint32_t set = 0;
            out->counts.n_distinct_edges++;
            out->counts.n_shared_edges += n_owners > 1 ? 1 : 0;
            out->counts.n_long_edges += ovf_distance_m(e->a, e->b) > LONG_EDGE_M ? 1 : 0;
            st = ovf_sets_intern(&out->sets, &owners, &set);
            if (st == OVF_OK)
                st = push_pieces(e, set, &pieces, out, &capacity);
        }
        e = next;
    }
    ovf_points_deinit(&pieces);
    return st;
}

enum ovf_status ovf_boundary_builder_finish(struct ovf_boundary_builder *builder,
                                            struct ovf_boundary *out)
{
    struct ovf_boundary boundary = {.north_pole = builder->north_pole};
    uint32_t empty_set;
    enum ovf_status st = ovf_sets_intern(&boundary.sets, &(struct ovf_members){{0}}, &empty_set);
    if (st == OVF_OK)
        st = resolve_antimeridian(builder);
    boundary.counts = builder->counts;
    if (st == OVF_OK && builder->n_edges > 0) {
        qsort(builder->edges, builder->n_edges, sizeof *builder->edges, compare_ring_edges);
        st = merge_edges(builder, &boundary);
    }
    if (st != OVF_OK) {
        ovf_boundary_deinit(&boundary);
        return st;
    }
    boundary.counts.n_edges = boundary.n_edges;
    *out = boundary;
    return OVF_OK;
}
