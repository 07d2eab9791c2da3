/* SPDX-License-Identifier: Apache-2.0 */
/* Random segments to be walked: half of them anywhere, half within 1 km of a border, of 180 degrees or
 * of a pole, among these such as start or end on vertices, run along edges, through corners, along
 * meridians and parallels. */
#ifndef OVF_TESTS_GEO_SEGMENTS_H
#define OVF_TESTS_GEO_SEGMENTS_H

#include "geo_fixture.h"

struct segment {
    struct ovf_point a;
    struct ovf_point b;
};

static inline struct ovf_point random_on_edge(const struct ovf_edge *e, uint64_t *seed)
{
    const double t = random_in(seed, 0, 1);
    const double dlon = (double)ovf_lon_difference(e->a.lon_e7, e->b.lon_e7);
    return (struct ovf_point){
        (int32_t)lround(e->a.lat_e7 + t * ((double)e->b.lat_e7 - e->a.lat_e7)),
        ovf_lon_wrap(llround(e->a.lon_e7 + t * dlon))};
}

static inline struct ovf_point random_start(const struct ovf_index *index, uint64_t *seed, int kind)
{
    const struct ovf_edge e = ovf_index_edge(index, (uint32_t)random_below(seed, index->n_edges));
    switch (kind) {
    case 0: /* near a border */
    case 1:
        return point_beyond(random_on_edge(&e, seed), random_in(seed, 0, 360),
                            random_in(seed, 0, 1000));
    case 2:
        return e.a;
    case 3: { /* near 180, or on it */
        const double off = random_in(seed, -0.009, 0.009);
        return point_deg(random_in(seed, -80, 80), 180 + (random_below(seed, 4) == 0 ? 0 : off));
    }
    case 4: { /* near a pole, or at it */
        const double off = random_below(seed, 4) == 0 ? 0 : random_in(seed, 0, 0.009);
        return point_deg((random_below(seed, 2) == 0 ? 1 : -1) * (90 - off),
                         random_in(seed, -180, 180));
    }
    default: /* where the traffic is not: uniform on the globe */
        return point_deg(asin(random_in(seed, -1, 1)) * 57.29577951308232,
                         random_in(seed, -180, 180));
    }
}

static inline struct segment random_segment(const struct ovf_index *index, uint64_t *seed)
{
    const int near = (int)random_below(seed, 2);
    const int kind = near != 0 ? (int)random_below(seed, 5) : 9;
    const double length_m = pow(10, random_in(seed, 0, 4.7));
    struct segment s;
    s.a = random_start(index, seed, kind);
    if (kind == 2) {
        const struct ovf_edge e =
            ovf_index_edge(index, (uint32_t)random_below(seed, index->n_edges));
        switch (random_below(seed, 4)) {
        case 0: /* along an edge */
            return (struct segment){e.a, e.b};
        case 1: /* through a vertex: the middle of a straight line in latitude and longitude */
        {
            const int32_t dlat = (int32_t)random_below(seed, 20001) - 10000;
            const int32_t dlon = (int32_t)random_below(seed, 20001) - 10000;
            const int64_t lat_1 = (int64_t)e.a.lat_e7 - dlat;
            const int64_t lat_2 = (int64_t)e.a.lat_e7 + dlat;
            if (lat_1 >= -900000000 && lat_1 <= 900000000 && lat_2 >= -900000000 &&
                lat_2 <= 900000000)
                return (struct segment){{(int32_t)lat_1, ovf_lon_wrap((int64_t)e.a.lon_e7 - dlon)},
                                        {(int32_t)lat_2, ovf_lon_wrap((int64_t)e.a.lon_e7 + dlon)}};
            break;
        }
        case 2: /* along a parallel or a meridian from a vertex */
        {
            const int32_t d = (int32_t)random_below(seed, 400000) - 200000;
            s.b = s.a;
            if (random_below(seed, 2) == 0)
                s.b.lon_e7 = ovf_lon_wrap((int64_t)s.a.lon_e7 + d);
            else if (llabs((int64_t)s.a.lat_e7 + d) <= 900000000)
                s.b.lat_e7 += d;
            return s;
        }
        default:
            break;
        }
    }
    s.b = point_beyond(s.a, random_in(seed, 0, 360), length_m);
    if (random_below(seed, 2) == 0) {
        const struct ovf_point swap = s.a;
        s.a = s.b;
        s.b = swap;
    }
    return s;
}

#endif
