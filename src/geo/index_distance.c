/* SPDX-License-Identifier: Apache-2.0 */
/* Using the edge index where it lies: how far the boundary is. */
#include <math.h>
#include <stdlib.h>

#include "geo/geodesic.h"
#include "geo/index_parts.h"
#include "geo/trig.h"

/** Square of the distance from \p at to the edge, in the plane that touches the globe at \p at, where
 * a degree of longitude is \p lon_scale times as long as one of latitude; in e7 degrees of latitude. */
static double distance2_e14(const struct ovf_edge *edge, struct ovf_point at, double lon_scale)
{
    const double ax = (double)ovf_lon_difference(at.lon_e7, edge->a.lon_e7) * lon_scale;
    const double ay = (double)((int64_t)edge->a.lat_e7 - at.lat_e7);
    const double bx = (double)ovf_lon_difference(at.lon_e7, edge->b.lon_e7) * lon_scale;
    const double by = (double)((int64_t)edge->b.lat_e7 - at.lat_e7);
    const double ex = bx - ax;
    const double ey = by - ay;
    const double length2 = ex * ex + ey * ey;
    double t = length2 > 0 ? -(ax * ex + ay * ey) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const double x = ax + t * ex;
    const double y = ay + t * ey;
    return x * x + y * y;
}

static bool set_has(const struct ovf_index *index, uint32_t set, uint32_t owner)
{
    if (owner >= OVF_MEMBERS_MAX)
        return true;
    if (set >= index->n_sets)
        return false;
    const uint32_t begin = ovf_index_word(index->sets, set);
    const uint32_t end = ovf_index_word(index->sets, (uint64_t)set + 1);
    for (uint32_t i = begin; i < end && i < index->n_owners; i++) {
        if (ovf_index_word(index->owners, i) == owner)
            return true;
    }
    return false;
}

struct nearest {
    const struct ovf_index *index;
    struct ovf_point at;
    uint32_t owner;
    double lon_scale;
    double best2_e14;
};

static bool find_nearest(void *context, struct ovf_edge_list edges)
{
    struct nearest *n = context;
    for (uint32_t i = 0; i < edges.n; i++) {
        const struct ovf_edge edge = ovf_index_edge(n->index, ovf_index_word(edges.words, i));
        const double d2 = distance2_e14(&edge, n->at, n->lon_scale);
        if (d2 < n->best2_e14 && set_has(n->index, edge.set, n->owner))
            n->best2_e14 = d2;
    }
    return true;
}

/** The box of a disc whose radius is \p high_e7 of latitude. */
static struct ovf_window window_round(struct ovf_point at, double high_e7, double lon_scale)
{
    /* So near a pole that it is no disc on the map: all longitudes. */
    const double wide_e7 = lon_scale > 1e-3 ? high_e7 / lon_scale : (double)OVF_E7_TURN;
    const int64_t half =
        wide_e7 < (double)(OVF_E7_TURN / 2 - 1) ? (int64_t)wide_e7 + 1 : OVF_E7_TURN / 2;
    return (struct ovf_window){
        .south_e7 = at.lat_e7 - (int32_t)high_e7 - 1,
        .north_e7 = at.lat_e7 + (int32_t)high_e7 + 1,
        .west_e7 = ovf_lon_wrap(at.lon_e7 - half),
        .width_e7 = 2 * half,
    };
}

double ovf_index_distance_m(const struct ovf_index *index, struct ovf_point at, uint32_t owner,
                            double limit_m)
{
    static const double m_per_e7 =
        0.0111132; /* of latitude, at 45 degrees; within 0.6 % anywhere */
    limit_m = limit_m < OVF_DISTANCE_MAX_M ? limit_m : OVF_DISTANCE_MAX_M;
    double sine;
    double cosine;
    ovf_sincos_e7(at.lat_e7, &sine, &cosine);
    const double flattening = sqrt(1.0 - OVF_WGS84_E2 * sine * sine);
    const double limit_e7 = limit_m / m_per_e7;
    struct nearest nearest = {
        .index = index,
        .at = at,
        .owner = owner,
        /* radius of the parallel over radius of curvature of the meridian: N cos(lat) / M */
        .lon_scale = cosine * flattening * flattening / (1.0 - OVF_WGS84_E2),
        .best2_e14 = limit_e7 * limit_e7,
    };
    const struct ovf_window window = window_round(at, limit_e7, nearest.lon_scale);
    (void)ovf_index_visit(index, &window, find_nearest, &nearest);
    /* Exactly the limit when nothing is nearer: callers compare with it. */
    return nearest.best2_e14 < limit_e7 * limit_e7 ? sqrt(nearest.best2_e14) * m_per_e7 : limit_m;
}

static bool cell_has_owner(const struct ovf_index *index, uint32_t cell, uint32_t owner)
{
    if (!ovf_cell_is_mixed(cell))
        return false;
    const struct ovf_block block = ovf_block_of(index, cell);
    const struct ovf_edge_list edges = ovf_block_edges(&block);
    for (uint32_t i = 0; i < edges.n; i++) {
        const struct ovf_edge edge = ovf_index_edge(index, ovf_index_word(edges.words, i));
        if (set_has(index, edge.set, owner))
            return true;
    }
    return false;
}

static int row_of(int64_t lat_e7)
{
    const int64_t row = (lat_e7 + 900000000) / OVF_CELL_E7;
    return row < 0 ? 0 : row < OVF_CELL_ROWS ? (int)row : OVF_CELL_ROWS - 1;
}

bool ovf_index_is_clear(const struct ovf_index *index, struct ovf_point at, uint32_t owner,
                        double radius_m)
{
    static const double clear_max_m = 1e6;
    static const int32_t clear_lat_max_e7 = 800000000;
    static const double least_m_per_e7 = 0.01105; /* of latitude; the least is 110.57 km a degree */
    double sine;
    double cosine;
    if (!(radius_m <= clear_max_m))
        return false;
    /* A box that holds the disc: as wide as the disc is at its latitude nearest to a pole. */
    const int64_t high_e7 = (int64_t)(radius_m / least_m_per_e7) + 1;
    const int64_t farthest_e7 = llabs(at.lat_e7) + high_e7;
    if (farthest_e7 > clear_lat_max_e7)
        return false;
    ovf_sincos_e7((int32_t)farthest_e7, &sine, &cosine);
    const int64_t wide_e7 = (int64_t)((double)high_e7 / cosine) + 1;
    const int32_t west_e7 = ovf_lon_wrap(at.lon_e7 - wide_e7);
    const uint32_t first_col = ovf_east_of_180_e7(west_e7) / OVF_CELL_E7;
    const uint32_t n_cols =
        (uint32_t)(((west_e7 + OVF_E7_TURN / 2) % OVF_CELL_E7 + 2 * wide_e7) / OVF_CELL_E7) + 1;
    for (int row = row_of(at.lat_e7 - high_e7); row <= row_of(at.lat_e7 + high_e7); row++) {
        for (uint32_t col = first_col; col < first_col + n_cols; col++) {
            if (cell_has_owner(index, ovf_cell_word(index, (uint32_t)row, col % OVF_CELL_COLS),
                               owner))
                return false;
        }
    }
    return true;
}
