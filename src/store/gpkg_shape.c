/* SPDX-License-Identifier: Apache-2.0 */
/* OGC 12-128r17, clause 2.1.3, and WKB (OGC 06-103r4, clause 8). Numbers of points are held against the bytes that
 * are left before anything is reserved. */
#include "store/gpkg_shape.h"

#include <math.h>

#include "base/array.h"

enum {
    WKB_LINESTRING = 2,
    WKB_POLYGON = 3,
    WKB_MULTILINESTRING = 5,
    WKB_MULTIPOLYGON = 6,
    WKB_WITH_M = 2000, /* is added to the type */
    FIXED_BYTES = 8,   /* before the envelope */
    POSITION_BYTES = 16,
    M_BYTES = 8,
};

struct reading {
    struct ovf_bytes rest;
    struct ovf_polygons *out;
    struct ovf_gpkg_times *times; /* NULL: nobody asks */
    bool has_m;
};

static bool take(struct reading *r, size_t n, const unsigned char **at)
{
    if (n > r->rest.len)
        return false;
    *at = r->rest.data;
    r->rest.data += n;
    r->rest.len -= n;
    return true;
}

static bool take_u32(struct reading *r, uint32_t *value)
{
    const unsigned char *at;
    if (!take(r, 4, &at))
        return false;
    *value = ovf_load_u32le(at);
    return true;
}

static double load_double(const unsigned char *at)
{
    const uint64_t bits = ovf_load_u64le(at);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static bool degrees_to_e7(const unsigned char *at, double limit_deg, int32_t *e7)
{
    const double degrees = load_double(at);
    if (!(degrees >= -limit_deg && degrees <= limit_deg))
        return false;
    *e7 = (int32_t)llround(degrees * OVF_E7_PER_DEG);
    return true;
}

/** A double has microseconds of the years that a time of nanoseconds has. */
static bool seconds_to_ns(const unsigned char *at, int64_t *t_ns)
{
    const double seconds = load_double(at);
    if (!(seconds >= -9e9 && seconds <= 9e9))
        return false;
    *t_ns = llround(seconds * 1e6) * 1000;
    return true;
}

static enum ovf_status read_m(struct reading *r)
{
    const unsigned char *at;
    int64_t t_ns;
    if (!take(r, M_BYTES, &at) || !seconds_to_ns(at, &t_ns))
        return OVF_E_FORMAT;
    if (r->times == NULL)
        return OVF_OK;
    int64_t *const grown =
        ovf_array_reserve(r->times->items_ns, &r->times->capacity, r->times->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    r->times->items_ns = grown;
    grown[r->times->n++] = t_ns;
    return OVF_OK;
}

/** A run of positions: a line, or a ring. */
static enum ovf_status read_points(struct reading *r, bool is_hole)
{
    struct ovf_polygons *const out = r->out;
    const unsigned char *at;
    uint32_t n;
    if (!take_u32(r, &n) || n > r->rest.len / (POSITION_BYTES + (r->has_m ? M_BYTES : 0)))
        return OVF_E_FORMAT;
    struct ovf_polygon_ring *const rings =
        ovf_array_reserve(out->rings, &out->rings_capacity, out->n_rings + 1, sizeof *rings);
    if (rings == NULL)
        return OVF_E_NOMEM;
    out->rings = rings;
    struct ovf_map_point *const points = ovf_array_reserve(out->points, &out->points_capacity,
                                                           out->n_points + n + 1, sizeof *points);
    if (points == NULL)
        return OVF_E_NOMEM;
    out->points = points;
    rings[out->n_rings++] = (struct ovf_polygon_ring){out->n_points, n, is_hole};
    for (uint32_t i = 0; i < n; i++) {
        struct ovf_map_point *const point = &points[out->n_points++];
        if (!take(r, POSITION_BYTES, &at) || !degrees_to_e7(at, 180, &point->lon_e7) ||
            !degrees_to_e7(at + 8, 90, &point->lat_e7))
            return OVF_E_FORMAT;
        const enum ovf_status st = r->has_m ? read_m(r) : OVF_OK;
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

/** Byte order, type and number that a geometry opens with. */
static bool read_opening(struct reading *r, uint32_t *type)
{
    const unsigned char *at;
    return take(r, 1, &at) && *at == 1 && take_u32(r, type);
}

static enum ovf_status read_polygon(struct reading *r)
{
    uint32_t n = 0;
    enum ovf_status st = take_u32(r, &n) ? OVF_OK : OVF_E_FORMAT;
    for (uint32_t i = 0; i < n && st == OVF_OK; i++)
        st = read_points(r, i > 0);
    return st;
}

static enum ovf_status read_parts(struct reading *r)
{
    uint32_t type;
    uint32_t n;
    if (!read_opening(r, &type) || !take_u32(r, &n))
        return OVF_E_FORMAT;
    r->has_m = type == WKB_MULTILINESTRING + WKB_WITH_M;
    if (type != WKB_MULTILINESTRING && type != WKB_MULTIPOLYGON && !r->has_m)
        return OVF_E_FORMAT;
    const uint32_t due = r->has_m                      ? WKB_LINESTRING + WKB_WITH_M
                         : type == WKB_MULTILINESTRING ? WKB_LINESTRING
                                                       : WKB_POLYGON;
    enum ovf_status st = OVF_OK;
    for (uint32_t i = 0; i < n && st == OVF_OK; i++) {
        if (!read_opening(r, &type) || type != due)
            return OVF_E_FORMAT;
        st = due == WKB_POLYGON ? read_polygon(r) : read_points(r, false);
    }
    return st;
}

enum ovf_status ovf_gpkg_read_shape(struct ovf_bytes blob, struct ovf_polygons *out)
{
    return ovf_gpkg_read_way(blob, out, NULL);
}

enum ovf_status ovf_gpkg_read_way(struct ovf_bytes blob, struct ovf_polygons *out,
                                  struct ovf_gpkg_times *times)
{
    static const size_t envelope_bytes[8] = {0, 32, 48, 48, 64};
    struct reading r = {.rest = blob, .out = out, .times = times};
    const unsigned char *at;
    out->n_points = 0;
    out->n_rings = 0;
    if (times != NULL)
        times->n = 0;
    if (!take(&r, FIXED_BYTES, &at) || at[0] != 'G' || at[1] != 'P' || (at[3] & 1) == 0)
        return OVF_E_FORMAT;
    const unsigned envelope = at[3] >> 1 & 7;
    if (envelope > 4 || !take(&r, envelope_bytes[envelope], &at))
        return OVF_E_FORMAT;
    return read_parts(&r);
}
