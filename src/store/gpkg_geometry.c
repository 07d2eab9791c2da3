/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of parts and points are known only when all are written, so their places are filled in
 * afterwards. Positions are 64-bit here: on the map's eastern edge 180 is a longitude, which struct
 * ovf_point does not have. */
#include "store/gpkg_geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "geo/geodesic.h"

enum {
    WKB_LINESTRING = 2,
    WKB_POLYGON = 3,
    WKB_MULTILINESTRING = 5,
    WKB_MULTIPOLYGON = 6,
    WKB_WITH_M = 2000, /* is added to the type */
    HEADER_BYTES = 40,
    POSITION_BYTES = 16, /* without M */
    M_BYTES = 8,
    FLAGS_XY_ENVELOPE_LE = 0x03, /* envelope minx maxx miny maxy; little-endian */
};

static const int64_t half_turn_e7 = OVF_E7_TURN / 2;

struct position {
    int64_t lat_e7;
    int64_t lon_e7; /* [-180, 180] */
    int64_t t_ns;   /* of a line with times */
};

/** South-west and north-east corner. */
struct extent {
    struct position min;
    struct position max;
};

struct writer {
    struct ovf_buffer *out;
    struct extent extent;
    enum ovf_status status; /* failures stick */
    size_t n_parts;
    size_t part_at; /* where the part being written begins */
    size_t n_points;
    struct position last;
    int64_t left_ns; /* until when that place was kept to */
    bool has_times;
};

static void put(struct writer *w, const void *data, size_t len)
{
    if (w->status == OVF_OK)
        w->status = ovf_buffer_append(w->out, data, len);
}

static void put_u32(struct writer *w, uint32_t value)
{
    unsigned char bytes[4];
    ovf_store_u32le(bytes, value);
    put(w, bytes, sizeof bytes);
}

static void put_double_at(unsigned char *p, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    ovf_store_u64le(p, bits);
}

/** Byte order, type, and a number to be filled in later. */
static void put_opening(struct writer *w, uint32_t type)
{
    put(w, "\001", 1);
    put_u32(w, type);
    put_u32(w, 0);
}

static void widen(struct extent *extent, int64_t lat_e7, int64_t lon_e7)
{
    if (lat_e7 < extent->min.lat_e7)
        extent->min.lat_e7 = lat_e7;
    if (lat_e7 > extent->max.lat_e7)
        extent->max.lat_e7 = lat_e7;
    if (lon_e7 < extent->min.lon_e7)
        extent->min.lon_e7 = lon_e7;
    if (lon_e7 > extent->max.lon_e7)
        extent->max.lon_e7 = lon_e7;
}

/** Straight into the buffer: most of a geometry is positions. Bytes that are written could be anything's for all that
 * the compiler knows, so what is read is read before. */
static inline void put_position(struct writer *w, const struct position *at)
{
    struct ovf_buffer *const out = w->out;
    const int64_t lat_e7 = at->lat_e7;
    const int64_t lon_e7 = at->lon_e7;
    const double m_s = (double)at->t_ns / (double)OVF_NS_PER_S;
    const bool has_times = w->has_times;
    if (w->status == OVF_OK && out->capacity - out->len < POSITION_BYTES + M_BYTES)
        w->status = ovf_buffer_reserve(out, POSITION_BYTES + M_BYTES);
    if (w->status != OVF_OK)
        return;
    unsigned char *const p = out->data + out->len;
    out->len += has_times ? POSITION_BYTES + M_BYTES : POSITION_BYTES;
    widen(&w->extent, lat_e7, lon_e7);
    put_double_at(p, ovf_deg_from_e7(lon_e7));
    put_double_at(p + 8, ovf_deg_from_e7(lat_e7));
    if (has_times)
        put_double_at(p + POSITION_BYTES, m_s);
}

static struct writer begin_geometry(struct ovf_buffer *out, uint32_t type)
{
    struct writer w = {.out = out,
                       .extent = {{INT64_MAX, INT64_MAX, 0}, {INT64_MIN, INT64_MIN, 0}}};
    static const unsigned char header[HEADER_BYTES] = {
        'G', 'P', 0, FLAGS_XY_ENVELOPE_LE, OVF_GPKG_SRS & 0xff, OVF_GPKG_SRS >> 8};
    out->len = 0;
    put(&w, header, sizeof header);
    put_opening(&w, type);
    return w;
}

static enum ovf_status end_geometry(struct writer *w, struct ovf_gpkg_bounds *bounds, bool *empty)
{
    if (w->status != OVF_OK)
        return w->status;
    *empty = w->n_parts == 0;
    if (*empty) {
        w->out->len = 0;
        return OVF_OK;
    }
    ovf_store_u32le(w->out->data + HEADER_BYTES + 5, (uint32_t)w->n_parts);
    *bounds = (struct ovf_gpkg_bounds){.min_x = ovf_deg_from_e7(w->extent.min.lon_e7),
                                       .min_y = ovf_deg_from_e7(w->extent.min.lat_e7),
                                       .max_x = ovf_deg_from_e7(w->extent.max.lon_e7),
                                       .max_y = ovf_deg_from_e7(w->extent.max.lat_e7)};
    put_double_at(w->out->data + 8, bounds->min_x);
    put_double_at(w->out->data + 16, bounds->max_x);
    put_double_at(w->out->data + 24, bounds->min_y);
    put_double_at(w->out->data + 32, bounds->max_y);
    return OVF_OK;
}

/* ---- lines ---- */

static void begin_part(struct writer *w)
{
    w->part_at = w->out->len;
    w->n_points = 0;
    put_opening(w, WKB_LINESTRING + (w->has_times ? WKB_WITH_M : 0));
}

/** The last place once more, where it was kept to for a while. */
static inline void leave(struct writer *w)
{
    if (!w->has_times || w->left_ns <= w->last.t_ns)
        return;
    w->last.t_ns = w->left_ns;
    put_position(w, &w->last);
    w->n_points++;
}

static inline void add_vertex(struct writer *w, struct position at)
{
    if (w->n_points > 0 && at.lat_e7 == w->last.lat_e7 && at.lon_e7 == w->last.lon_e7) {
        w->left_ns = at.t_ns;
        return;
    }
    /* The first point is held back until a second shows that there is a line. */
    if (w->n_points == 1)
        put_position(w, &w->last);
    if (w->n_points > 0) {
        leave(w);
        put_position(w, &at);
    }
    w->n_points++;
    w->last = at;
    w->left_ns = at.t_ns;
}

static void end_part(struct writer *w)
{
    if (w->status != OVF_OK)
        return;
    if (w->n_points < 2) {
        w->out->len = w->part_at;
        return;
    }
    leave(w);
    ovf_store_u32le(w->out->data + w->part_at + 5, (uint32_t)w->n_points);
    w->n_parts++;
}

/** To the other side of the antimeridian, where a new part begins. */
static void cross_over(struct writer *w, struct position to)
{
    if (to.lon_e7 > w->last.lon_e7 && w->last.lon_e7 == -half_turn_e7) {
        const bool has_begun = w->n_points > 1;
        if (has_begun)
            end_part(w);
        w->last.lon_e7 =
            half_turn_e7; /* a first point on the line itself, seen from the other side */
        if (has_begun) {
            const struct position begin = w->last;
            begin_part(w);
            add_vertex(w, begin);
        }
        return;
    }
    const int64_t side = to.lon_e7 < w->last.lon_e7 ? 1 : -1; /* of the part that ends */
    const struct position from = {w->last.lat_e7, w->last.lon_e7, w->left_ns};
    const int64_t before = llabs(side * half_turn_e7 - from.lon_e7);
    const int64_t whole = before + llabs(-side * half_turn_e7 - to.lon_e7);
    const double t = whole > 0 ? (double)before / (double)whole : 0;
    const int64_t lat = from.lat_e7 + llround(t * (double)(to.lat_e7 - from.lat_e7));
    const double flown_ns = t * (double)(to.t_ns - from.t_ns);
    const int64_t t_ns = from.t_ns + (int64_t)flown_ns;
    add_vertex(w, (struct position){lat, side * half_turn_e7, t_ns});
    end_part(w);
    begin_part(w);
    add_vertex(w, (struct position){lat, -side * half_turn_e7, t_ns});
}

static inline void go_to(struct writer *w, struct position to)
{
    if (w->n_points > 0 && llabs(to.lon_e7 - w->last.lon_e7) > half_turn_e7)
        cross_over(w, to);
    add_vertex(w, to);
}

static struct position position_of(struct ovf_point point)
{
    return (struct position){point.lat_e7, point.lon_e7, 0};
}

static void go_geodesic(struct writer *w, struct ovf_point a, struct ovf_point b)
{
    const struct ovf_geodesic line = ovf_geodesic_between(a, b);
    const int n = (int)ceil(line.length_m / OVF_GPKG_GEODESIC_STEP_M); /* at most 600 */
    for (int i = 1; i < n; i++) {
        double lat_deg;
        double lon_deg;
        ovf_geodesic_at(&line, (double)i / n, &lat_deg, &lon_deg);
        go_to(w, (struct position){llround(lat_deg * OVF_E7_PER_DEG),
                                   ovf_lon_wrap(llround(lon_deg * OVF_E7_PER_DEG)), 0});
    }
    go_to(w, position_of(b));
}

enum ovf_status ovf_gpkg_from_line(const struct ovf_store_line *line, struct ovf_buffer *out,
                                   struct ovf_gpkg_bounds *bounds, bool *empty)
{
    struct writer w = begin_geometry(out, WKB_MULTILINESTRING + (line->has_times ? WKB_WITH_M : 0));
    w.has_times = line->has_times;
    for (size_t p = 0; p < line->n_parts; p++) {
        const struct ovf_store_part *const part = &line->parts[p];
        begin_part(&w);
        for (size_t i = 0; i < part->n_points && w.status == OVF_OK; i++) {
            struct position at = position_of(part->points[i]);
            if (line->has_times)
                at.t_ns = part->times_ns[i];
            if (i > 0 && line->geodesic)
                go_geodesic(&w, part->points[i - 1], part->points[i]);
            else
                go_to(&w, at);
        }
        end_part(&w);
    }
    return end_geometry(&w, bounds, empty);
}

/* ---- polygons ---- */

enum ovf_status ovf_gpkg_from_polygons(const struct ovf_polygons *polygons, struct ovf_buffer *out,
                                       struct ovf_gpkg_bounds *bounds, bool *empty)
{
    struct writer w = begin_geometry(out, WKB_MULTIPOLYGON);
    for (size_t r = 0; r < polygons->n_rings && w.status == OVF_OK;) {
        const size_t polygon_at = out->len;
        uint32_t n_rings = 0;
        put_opening(&w, WKB_POLYGON);
        do {
            const struct ovf_polygon_ring *const ring = &polygons->rings[r];
            put_u32(&w, (uint32_t)ring->n_points);
            for (size_t i = 0; i < ring->n_points; i++) {
                const struct ovf_map_point at = polygons->points[ring->first + i];
                put_position(&w, &(struct position){at.lat_e7, at.lon_e7, 0});
            }
            n_rings++;
            r++;
        } while (r < polygons->n_rings && polygons->rings[r].is_hole && w.status == OVF_OK);
        if (w.status == OVF_OK)
            ovf_store_u32le(out->data + polygon_at + 5, n_rings);
        w.n_parts++;
    }
    return end_geometry(&w, bounds, empty);
}
