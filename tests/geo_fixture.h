/* SPDX-License-Identifier: Apache-2.0 */
/* For the tests of geometry: small layers from rings in degrees, fixes, walks, and numbers drawn
 * from a printed seed. Owners are small numbers; a set of members is compared as a bit mask of the
 * first 64 of them. */
#ifndef OVF_TESTS_GEO_FIXTURE_H
#define OVF_TESTS_GEO_FIXTURE_H

#include "test.h"

#include "airspace/walk.h"
#include "geo/geodesic.h"
#include "geo/index.h"

struct fixture {
    struct ovf_boundary_builder *builder;
    struct ovf_boundary boundary;
    struct ovf_buffer bytes;
    struct ovf_index index;
    struct ovf_layer layer;
};

static inline struct ovf_point point_deg(double lat_deg, double lon_deg)
{
    return (struct ovf_point){(int32_t)lround(lat_deg * OVF_E7_PER_DEG),
                              ovf_lon_wrap(llround(lon_deg * OVF_E7_PER_DEG))};
}

static inline void fixture_begin(struct fixture *f)
{
    *f = (struct fixture){0};
    assert_int_equal(ovf_boundary_builder_new(-90, 90, &f->builder), OVF_OK);
}

static inline void fixture_ring_points(struct fixture *f, uint32_t owner,
                                       const struct ovf_point *points, size_t n)
{
    assert_int_equal(ovf_boundary_builder_add(f->builder, owner, points, n, NULL), OVF_OK);
}

/** latlon_deg: lat, lon, lat, lon, ... */
static inline void fixture_ring(struct fixture *f, uint32_t owner, const double *latlon_deg,
                                size_t n)
{
    struct ovf_point points[512];
    assert_true(n <= 512);
    for (size_t i = 0; i < n; i++)
        points[i] = point_deg(latlon_deg[2 * i], latlon_deg[2 * i + 1]);
    fixture_ring_points(f, owner, points, n);
}

#define RING(f, owner, ...)                                                                        \
    fixture_ring((f), (owner), (const double[]){__VA_ARGS__},                                      \
                 sizeof((const double[]){__VA_ARGS__}) / sizeof(double) / 2)

/** A box of parallels and meridians, less than 180 degrees wide. */
static inline void fixture_box(struct fixture *f, uint32_t owner, double south, double west,
                               double north, double east)
{
    RING(f, owner, south, west, south, east, north, east, north, west);
}

static inline void fixture_finish(struct fixture *f)
{
    assert_int_equal(ovf_boundary_builder_finish(f->builder, &f->boundary), OVF_OK);
    assert_int_equal(ovf_index_build(&f->boundary, &f->bytes), OVF_OK);
    assert_int_equal(ovf_index_view(ovf_buffer_bytes(&f->bytes), &f->index, NULL), OVF_OK);
    f->layer = (struct ovf_layer){.index = &f->index};
}

static inline void fixture_end(struct fixture *f)
{
    ovf_boundary_builder_free(f->builder);
    ovf_boundary_deinit(&f->boundary);
    ovf_buffer_deinit(&f->bytes);
}

static inline uint64_t mask_at_point(const struct ovf_index *index, struct ovf_point at)
{
    struct ovf_members members;
    ovf_index_locate(index, at, &members);
    return members.words[0];
}

static inline uint64_t mask_at(const struct fixture *f, double lat_deg, double lon_deg)
{
    return mask_at_point(&f->index, point_deg(lat_deg, lon_deg));
}

#define S_NS INT64_C(1000000000)

static inline struct ovf_fix fix_at(double t_s, struct ovf_point at)
{
    return (struct ovf_fix){
        .t_ns = llround(t_s * 1e9), .at = at, .radius_m = 926, .grade = OVF_GRADE_B};
}

static inline struct ovf_fix fix_deg(double t_s, double lat_deg, double lon_deg)
{
    return fix_at(t_s, point_deg(lat_deg, lon_deg));
}

static inline struct ovf_fix fix_alt(double t_s, double lat_deg, double lon_deg,
                                     int32_t alt_baro_ft)
{
    struct ovf_fix fix = fix_deg(t_s, lat_deg, lon_deg);
    fix.alt_baro_ft = alt_baro_ft;
    fix.has = OVF_FIX_ALT_BARO;
    return fix;
}

static inline void walk_fixes(const struct ovf_layer *layer, const struct ovf_fix *fixes, size_t n,
                              double max_gap_s, struct ovf_walk *walk)
{
    const struct ovf_walk_options options = {.max_gap_ns = llround(max_gap_s * 1e9)};
    assert_int_equal(ovf_walk_leg(layer, fixes, 0, n - 1, &options, walk), OVF_OK);
}

/** splitmix64 (Steele, Lea, Flood 2014, doi:10.1145/2714064.2660195). */
static inline uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/** Uniform in [lo, hi). */
static inline double random_in(uint64_t *state, double lo, double hi)
{
    return lo + (hi - lo) * ((double)(next_random(state) >> 11) * 0x1p-53);
}

static inline uint64_t random_below(uint64_t *state, uint64_t n)
{
    return next_random(state) % n;
}

/** The place \p distance_m away in the direction \p azimuth_deg, by PROJ. */
static inline struct ovf_point point_beyond(struct ovf_point from, double azimuth_deg,
                                            double distance_m)
{
    struct geod_geodesic g;
    double lat_deg;
    double lon_deg;
    double azimuth_there_deg;
    geod_init(&g, OVF_WGS84_A_M, OVF_WGS84_F);
    geod_direct(&g, ovf_deg_from_e7(from.lat_e7), ovf_deg_from_e7(from.lon_e7), azimuth_deg,
                distance_m, &lat_deg, &lon_deg, &azimuth_there_deg);
    return point_deg(lat_deg, lon_deg);
}

static inline double geodesic_m(double lat1, double lon1, double lat2, double lon2)
{
    struct geod_geodesic g;
    double length_m;
    double azimuth1;
    double azimuth2;
    geod_init(&g, OVF_WGS84_A_M, OVF_WGS84_F);
    geod_inverse(&g, lat1, lon1, lat2, lon2, &length_m, &azimuth1, &azimuth2);
    return length_m;
}

#endif
