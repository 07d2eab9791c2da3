/* SPDX-License-Identifier: Apache-2.0 */
/* GEOS at its best for a point join: one prepared geometry a polygon (not one a country, which is twice
 * as slow), an STR tree of them, points that are geometries already, as shapely 2 keeps them. */
#include "peer.h"

#include <stdlib.h>

#include <geos_c.h>

enum { TREE_NODE = 10 };

struct polygon {
    GEOSGeometry *geometry;
    const GEOSPreparedGeometry *prepared;
    uint32_t owner;
};

struct peer {
    GEOSContextHandle_t geos;
    GEOSSTRtree *tree;
    struct polygon *polygons;
    size_t n_polygons;
    GEOSGeometry **points;
    size_t n_points;
    const GEOSGeometry *point; /* that is looked for */
    uint32_t owner;            /* of it */
};

const char *peer_geos_version(void)
{
    return GEOSversion();
}

static GEOSGeometry *ring_of(const struct peer *p, const struct peer_map *map,
                             const struct peer_ring *ring)
{
    GEOSCoordSequence *const seq = GEOSCoordSeq_create_r(p->geos, (unsigned)ring->n, 2);
    for (size_t i = 0; i < ring->n; i++) {
        const struct peer_place place = map->places[ring->first + i];
        (void)GEOSCoordSeq_setXY_r(p->geos, seq, (unsigned)i, place.lon_deg, place.lat_deg);
    }
    return GEOSGeom_createLinearRing_r(p->geos, seq);
}

/** The polygon that begins at ring \p *at, which is moved behind it. */
static void add_polygon(struct peer *p, const struct peer_map *map, size_t *at)
{
    const struct peer_ring *const outer = &map->rings[(*at)++];
    size_t n_holes = 0;
    while (*at + n_holes < map->n_rings && map->rings[*at + n_holes].is_hole)
        n_holes++;
    GEOSGeometry **const holes = calloc(n_holes + 1, sizeof(GEOSGeometry *));
    if (holes == NULL)
        abort();
    for (size_t i = 0; i < n_holes; i++)
        holes[i] = ring_of(p, map, &map->rings[*at + i]);
    *at += n_holes;
    struct polygon *const polygon = &p->polygons[p->n_polygons++];
    polygon->geometry =
        GEOSGeom_createPolygon_r(p->geos, ring_of(p, map, outer), holes, (unsigned)n_holes);
    polygon->prepared = GEOSPrepare_r(p->geos, polygon->geometry);
    polygon->owner = outer->owner;
    GEOSSTRtree_insert_r(p->geos, p->tree, polygon->geometry, polygon);
    free(holes);
}

void *peer_geos_new(const struct peer_map *map, const struct peer_place *points, size_t n)
{
    struct peer *p = calloc(1, sizeof *p);
    if (p == NULL)
        abort();
    p->geos = GEOS_init_r();
    p->tree = GEOSSTRtree_create_r(p->geos, TREE_NODE);
    p->polygons = calloc(map->n_rings + 1, sizeof *p->polygons);
    p->points = calloc(n + 1, sizeof(GEOSGeometry *));
    if (p->polygons == NULL || p->points == NULL)
        abort();
    for (size_t at = 0; at < map->n_rings;)
        add_polygon(p, map, &at);
    p->n_points = n;
    for (size_t i = 0; i < n; i++)
        p->points[i] = GEOSGeom_createPointFromXY_r(p->geos, points[i].lon_deg, points[i].lat_deg);
    return p;
}

static void take(void *item, void *context)
{
    const struct polygon *const polygon = item;
    struct peer *const p = context;
    if (GEOSPreparedIntersects_r(p->geos, polygon->prepared, p->point) == 1)
        p->owner = polygon->owner;
}

void peer_geos_locate(void *peer, uint32_t *owners)
{
    struct peer *const p = peer;
    for (size_t i = 0; i < p->n_points; i++) {
        p->point = p->points[i];
        p->owner = PEER_NOBODY;
        GEOSSTRtree_query_r(p->geos, p->tree, p->point, take, p);
        owners[i] = p->owner;
    }
}

void peer_geos_free(void *peer)
{
    struct peer *const p = peer;
    for (size_t i = 0; i < p->n_points; i++)
        GEOSGeom_destroy_r(p->geos, p->points[i]);
    GEOSSTRtree_destroy_r(p->geos, p->tree);
    for (size_t i = 0; i < p->n_polygons; i++) {
        GEOSPreparedGeom_destroy_r(p->geos, p->polygons[i].prepared);
        GEOSGeom_destroy_r(p->geos, p->polygons[i].geometry);
    }
    GEOS_finish_r(p->geos);
    free(p->points);
    free(p->polygons);
    free(p);
}
