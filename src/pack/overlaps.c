/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at both sides of each edge. Only places that were located count: the other side is not
 * concluded from the edge's owners, for another edge may pass between. */
#include "pack/overlaps.h"

#include <stdlib.h>

#include "base/array.h"
#include "geo/orient.h"
#include "geo/trig.h"

void ovf_overlaps_deinit(struct ovf_overlaps *overlaps)
{
    free(overlaps->items);
    *overlaps = (struct ovf_overlaps){0};
}

/** Overlap \p members, added when it is new. */
static enum ovf_status find_or_add(struct ovf_overlaps *overlaps, const struct ovf_members *members,
                                   struct ovf_point at, struct ovf_overlap **out)
{
    /* Some dozens, newest first: neighbouring edges meet the same. */
    for (size_t i = overlaps->n; i > 0; i--) {
        *out = &overlaps->items[i - 1];
        if (ovf_members_equal(&(*out)->members, members))
            return OVF_OK;
    }
    struct ovf_overlap *grown =
        ovf_array_reserve(overlaps->items, &overlaps->capacity, overlaps->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    overlaps->items = grown;
    *out = &overlaps->items[overlaps->n++];
    **out = (struct ovf_overlap){.members = *members, .at = at};
    return OVF_OK;
}

/** What \p edge adds to the area of the region on its left (Green's theorem: minus the integral of
 * sin(latitude) over longitude). Counted from the latitude of \p origin, so that an edge that is missed
 * in a sliver takes little with it. */
static double area_left_km2(const struct ovf_edge *edge, struct ovf_point origin)
{
    static const double e7_per_rad = 572957795.13082321; /* 180e7 / pi */
    static const double radius_km = 6371.0072;           /* sphere of the area of WGS84 */
    const int32_t middle_e7 = (int32_t)(((int64_t)edge->a.lat_e7 + edge->b.lat_e7) / 2);
    const double dlon = (double)ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7) / e7_per_rad;
    double sine;
    double origin_sine;
    double cosine;
    ovf_sincos_e7(middle_e7, &sine, &cosine);
    ovf_sincos_e7(origin.lat_e7, &origin_sine, &cosine);
    return -(sine - origin_sine) * dlon * radius_km * radius_km;
}

static enum ovf_status note(struct ovf_overlaps *overlaps, const struct ovf_members *members,
                            const struct ovf_edge *edge, struct ovf_point at)
{
    struct ovf_overlap *overlap;
    const enum ovf_status st = find_or_add(overlaps, members, at, &overlap);
    if (st != OVF_OK)
        return st;
    const double left_km2 = area_left_km2(edge, overlap->at);
    overlap->area_km2 += ovf_edge_has_left(edge->a, edge->b, at) ? left_km2 : -left_km2;
    overlap->n_edges++;
    return OVF_OK;
}

/** A place beside the middle of \p edge, two units away so that rounding does not put it across. */
static struct ovf_point beside(const struct ovf_edge *edge, int side)
{
    const int64_t dlon = ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7);
    const int64_t dlat = (int64_t)edge->b.lat_e7 - edge->a.lat_e7;
    const bool steep = llabs(dlat) > llabs(dlon);
    int64_t lat_e7 = edge->a.lat_e7 + dlat / 2 + (steep ? 0 : 2 * side);
    if (lat_e7 > OVF_E7_TURN / 4)
        lat_e7 = OVF_E7_TURN / 4;
    if (lat_e7 < -OVF_E7_TURN / 4)
        lat_e7 = -OVF_E7_TURN / 4;
    return (struct ovf_point){(int32_t)lat_e7,
                              ovf_lon_wrap(edge->a.lon_e7 + dlon / 2 + (steep ? 2 * side : 0))};
}

static enum ovf_status look(const struct ovf_boundary *boundary, const struct ovf_index *index,
                            const struct ovf_edge *edge, struct ovf_overlaps *overlaps)
{
    const struct ovf_point west = beside(edge, -1);
    const struct ovf_point east = beside(edge, 1);
    struct ovf_members members;
    struct ovf_members other;
    enum ovf_status st = OVF_OK;
    ovf_index_locate(index, west, &members);
    if (ovf_members_count(&members) > 1)
        st = note(overlaps, &members, edge, west);
    /* The edge's owners say what is across, unless another edge passes between as well; they decide
     * only whether it is worth looking. */
    other = members;
    ovf_members_toggle_all(&other, &boundary->sets.items[edge->set]);
    if (st != OVF_OK || ovf_members_count(&other) < 2)
        return st;
    ovf_index_locate(index, east, &members);
    return ovf_members_count(&members) > 1 ? note(overlaps, &members, edge, east) : OVF_OK;
}

static int compare_overlaps(const void *x, const void *y)
{
    const struct ovf_overlap *const a = x;
    const struct ovf_overlap *const b = y;
    uint32_t i = 0;
    uint32_t j = 0;
    do {
        i = ovf_members_next(&a->members, i);
        j = ovf_members_next(&b->members, j);
        if (i != j)
            return i == OVF_MEMBERS_MAX || (j != OVF_MEMBERS_MAX && i < j) ? -1 : 1;
        i++;
        j++;
    } while (i <= OVF_MEMBERS_MAX);
    return 0;
}

enum ovf_status ovf_overlaps_find(const struct ovf_boundary *boundary,
                                  const struct ovf_index *index, struct ovf_overlaps *out)
{
    struct ovf_overlaps overlaps = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < boundary->n_edges && st == OVF_OK; i++) {
        st = look(boundary, index, &boundary->edges[i], &overlaps);
    }
    if (st != OVF_OK) {
        ovf_overlaps_deinit(&overlaps);
        return st;
    }
    if (overlaps.n > 1)
        qsort(overlaps.items, overlaps.n, sizeof *overlaps.items, compare_overlaps);
    *out = overlaps;
    return OVF_OK;
}
