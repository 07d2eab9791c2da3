/* SPDX-License-Identifier: Apache-2.0 */
/* A range is split at its farthest vertex until that is within the last tolerance. What a split counts is at most
 * what the one before it counted: so the vertices of a level are those that the algorithm would find for its
 * tolerance alone. */
#include "view/simplify.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/logs.h"
#include "geo/point.h"
#include "geo/trig.h"

/* Metres of ground that a unit of the map takes at the most, at the equator: the largest radius of curvature of
 * WGS84 (a^2 / b at the poles, 6,399,594 m), so that distances are never too short. */
#define GROUND_M 6.4e6

/* The map has no pole. */
enum { MAX_LAT_E7 = 899999000 };

#define RAD_PER_E7 1.7453292519943295e-9

struct ovf_simplify_place {
    double x; /* in radians of the equator */
    double y;
    double scale; /* cosine of the latitude */
    int side;     /* of the equator: -1, 1 */
};

struct ovf_simplify_range {
    size_t first;
    size_t last;
    double most_m; /* what its vertices count at the most */
};

void ovf_simplifier_deinit(struct ovf_simplifier *simplifier)
{
    free(simplifier->places);
    free(simplifier->ranges);
    *simplifier = (struct ovf_simplifier){0};
}

static struct ovf_simplify_place place_of(const struct ovf_drawn *vertex)
{
    int32_t lat_e7 = vertex->lat_e7;
    double sine;
    double cosine;
    if (lat_e7 > MAX_LAT_E7)
        lat_e7 = MAX_LAT_E7;
    if (lat_e7 < -MAX_LAT_E7)
        lat_e7 = -MAX_LAT_E7;
    ovf_sincos_e7(lat_e7, &sine, &cosine);
    /* artanh(sin lat), by the half that does not cancel near the pole */
    const double y = ovf_log((1.0 + (sine < 0 ? -sine : sine)) / cosine);
    return (struct ovf_simplify_place){(double)vertex->lon_e7 * RAD_PER_E7, sine < 0 ? -y : y,
                                       cosine, sine < 0 ? -1 : 1};
}

void ovf_drawn_on_map(const struct ovf_drawn *vertex, double *x, double *y)
{
    const struct ovf_simplify_place place = place_of(vertex);
    *x = place.x;
    *y = place.y;
}

/** From \p p to the straight line from \p a to \p b, on the map. */
static double map_distance(const struct ovf_simplify_place *p, const struct ovf_simplify_place *a,
                           const struct ovf_simplify_place *b)
{
    const double dx = b->x - a->x;
    const double dy = b->y - a->y;
    const double length2 = dx * dx + dy * dy;
    double t = 0;
    if (length2 > 0)
        t = ((p->x - a->x) * dx + (p->y - a->y) * dy) / length2;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const double ex = p->x - (a->x + t * dx);
    const double ey = p->y - (a->y + t * dy);
    return sqrt(ex * ex + ey * ey);
}

/** The largest scale between \p p and the line: of their ends, unless the equator lies between. */
static double scale_between(const struct ovf_simplify_place *p, const struct ovf_simplify_place *a,
                            const struct ovf_simplify_place *b)
{
    if (a->side != b->side || a->side != p->side)
        return 1;
    const double ends = a->scale > b->scale ? a->scale : b->scale;
    return p->scale > ends ? p->scale : ends;
}

static uint8_t level_of(double counts_m, const double *tolerances_m, size_t n_levels)
{
    uint8_t level = 0;
    while (level < n_levels && counts_m <= tolerances_m[level])
        level++;
    return level;
}

/** The farthest vertex of the range and how far it is. */
static size_t farthest(const struct ovf_simplify_place *places,
                       const struct ovf_simplify_range *range, double *distance_m)
{
    size_t at = range->first;
    *distance_m = 0;
    for (size_t i = range->first + 1; i < range->last; i++) {
        const double d_m = GROUND_M *
                           map_distance(&places[i], &places[range->first], &places[range->last]) *
                           scale_between(&places[i], &places[range->first], &places[range->last]);
        if (d_m > *distance_m) {
            *distance_m = d_m;
            at = i;
        }
    }
    return at;
}

static enum ovf_status push(struct ovf_simplifier *s, size_t *n, struct ovf_simplify_range range)
{
    if (range.last - range.first < 2)
        return OVF_OK;
    struct ovf_simplify_range *const grown =
        ovf_array_reserve(s->ranges, &s->ranges_capacity, *n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    s->ranges = grown;
    grown[(*n)++] = range;
    return OVF_OK;
}

static enum ovf_status split_all(struct ovf_simplifier *s, struct ovf_drawn *vertices, size_t n,
                                 const double *tolerances_m, size_t n_levels)
{
    size_t n_ranges = 0;
    enum ovf_status st = push(s, &n_ranges, (struct ovf_simplify_range){0, n - 1, INFINITY});
    while (n_ranges > 0 && st == OVF_OK) {
        const struct ovf_simplify_range range = s->ranges[--n_ranges];
        double counts_m;
        const size_t at = farthest(s->places, &range, &counts_m);
        if (counts_m <= tolerances_m[n_levels - 1])
            continue;
        if (counts_m > range.most_m)
            counts_m = range.most_m;
        vertices[at].level = level_of(counts_m, tolerances_m, n_levels);
        st = push(s, &n_ranges, (struct ovf_simplify_range){range.first, at, counts_m});
        if (st == OVF_OK)
            st = push(s, &n_ranges, (struct ovf_simplify_range){at, range.last, counts_m});
    }
    return st;
}

enum ovf_status ovf_simplify(struct ovf_simplifier *simplifier, struct ovf_drawn *vertices,
                             size_t n, const double *tolerances_m, size_t n_levels)
{
    struct ovf_simplify_place *const places =
        ovf_array_reserve(simplifier->places, &simplifier->places_capacity, n + 1, sizeof *places);
    if (places == NULL)
        return OVF_E_NOMEM;
    simplifier->places = places;
    for (size_t i = 0; i < n; i++) {
        places[i] = place_of(&vertices[i]);
        vertices[i].level = (uint8_t)n_levels;
    }
    if (n == 0)
        return OVF_OK;
    vertices[0].level = 0;
    vertices[n - 1].level = 0;
    return split_all(simplifier, vertices, n, tolerances_m, n_levels);
}
