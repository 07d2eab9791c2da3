/* SPDX-License-Identifier: Apache-2.0 */
/* Where an aircraft can have been in a gap: all places from which the ways to both ends, one after the other, can
 * be flown in its time. On the globe that is nearly an ellipse; it is drawn by its edge in 72 directions from
 * between the ends. What decides is judged elsewhere (reach/prism.h), on the safe side; this is a drawing of it. */
#include <math.h>

#include "base/time.h"
#include "geo/geodesic.h"
#include "geo/trig.h"
#include "view/view_parts.h"

/* Used where no limit was judged by: a jet's (reach/prism.h). */
#define HARD_SPEED_KT 720.0
#define CLOCK_S 2.0
#define MPS_PER_KT (1852.0 / 3600.0)
/* Larger ones are no help on a map. */
#define MOST_M 12e6
enum { N_DIRECTIONS = 72, DIRECTION_E7 = 50000000 };

struct region {
    struct ovf_point from;
    struct ovf_point to;
    double reach_m; /* both ways together */
};

static struct ovf_vector unit(struct ovf_vector v)
{
    const double length = sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
    return (struct ovf_vector){v.x / length, v.y / length, v.z / length};
}

static struct ovf_vector cross(struct ovf_vector a, struct ovf_vector b)
{
    return (struct ovf_vector){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

/** From between the ends, \p r_e7 of arc in the direction of \p towards. */
static struct ovf_point at_arc(struct ovf_vector middle, struct ovf_vector towards, int32_t r_e7)
{
    double sine;
    double cosine;
    ovf_sincos_e7(r_e7, &sine, &cosine);
    return ovf_vector_to_point((struct ovf_vector){cosine * middle.x + sine * towards.x,
                                                   cosine * middle.y + sine * towards.y,
                                                   cosine * middle.z + sine * towards.z});
}

/** The edge in a direction, by halving: the sum of the ways grows with the arc. */
static struct ovf_point edge_towards(const struct region *region, struct ovf_vector middle,
                                     struct ovf_vector towards)
{
    int32_t near_e7 = 0;
    int32_t far_e7 = 900000000;
    while (far_e7 - near_e7 > 1) {
        const int32_t r_e7 = near_e7 + (far_e7 - near_e7) / 2;
        const struct ovf_point at = at_arc(middle, towards, r_e7);
        if (ovf_distance_m(region->from, at) + ovf_distance_m(at, region->to) <= region->reach_m)
            near_e7 = r_e7;
        else
            far_e7 = r_e7;
    }
    return at_arc(middle, towards, near_e7);
}

/** The ring of the region; \p turn_e7: how far its longitudes run round, 0 unless a pole lies in it. */
static void find_ring(const struct region *region, struct ovf_point ring[N_DIRECTIONS],
                      int64_t *turn_e7)
{
    const struct ovf_point between = ovf_point_midpoint(region->from, region->to);
    const struct ovf_vector middle = unit(ovf_vector_from_point(between));
    const struct ovf_vector pole = {0, fabs(middle.z) > 0.9, fabs(middle.z) <= 0.9};
    const struct ovf_vector east = unit(cross(pole, middle));
    const struct ovf_vector north = cross(middle, east);
    *turn_e7 = 0;
    for (int i = 0; i < N_DIRECTIONS; i++) {
        double sine;
        double cosine;
        ovf_sincos_e7((int32_t)((int64_t)i * DIRECTION_E7 - OVF_E7_TURN / 2), &sine, &cosine);
        ring[i] = edge_towards(region, middle,
                               (struct ovf_vector){cosine * east.x + sine * north.x,
                                                   cosine * east.y + sine * north.y,
                                                   cosine * east.z + sine * north.z});
        if (i > 0)
            *turn_e7 += ovf_lon_difference(ring[i - 1].lon_e7, ring[i].lon_e7);
    }
    *turn_e7 += ovf_lon_difference(ring[N_DIRECTIONS - 1].lon_e7, ring[0].lon_e7);
}

static void put_position(struct ovf_json_writer *json, int64_t lon_e7, int64_t lat_e7)
{
    ovf_json_open(json, NULL, '[');
    ovf_json_number(json, NULL, ovf_deg_from_e7(lon_e7), 3);
    ovf_json_number(json, NULL, ovf_deg_from_e7(lat_e7), 3);
    ovf_json_close(json, ']');
}

static void put_geometry(struct ovf_json_writer *json, const struct region *region)
{
    struct ovf_point ring[N_DIRECTIONS];
    int64_t turn_e7;
    find_ring(region, ring, &turn_e7);
    if (turn_e7 != 0)
        return; /* a pole lies in it: no ring on a flat map */
    int64_t lon_e7 = ring[0].lon_e7;
    ovf_json_open(json, "geometry", '{');
    ovf_json_text(json, "type", "Polygon");
    ovf_json_open(json, "coordinates", '[');
    ovf_json_open(json, NULL, '[');
    put_position(json, lon_e7, ring[0].lat_e7);
    for (int i = 1; i <= N_DIRECTIONS; i++) {
        const struct ovf_point at = ring[i % N_DIRECTIONS];
        lon_e7 += ovf_lon_difference(ovf_lon_wrap(lon_e7), at.lon_e7);
        put_position(json, lon_e7, at.lat_e7);
    }
    ovf_json_close(json, ']');
    ovf_json_close(json, ']');
    ovf_json_close(json, '}');
}

/* ---- rows ---- */

enum { CROSSING, N, CLASS, GAP, START, END, FROM_LAT, FROM_LON, TO_LAT, TO_LON, HARD };

static const char gaps_of[] =
    "SELECT s.id,s.n,c.class,g.id,g.gap_start,g.gap_end,g.start_lat_deg,g.start_lon_deg,"
    "g.end_lat_deg,g.end_lon_deg,c.hard_speed_kt FROM temp.shown s JOIN crossings c ON c.fid=s.fid,"
    " json_each(c.json,'$.gaps') e JOIN gaps g ON g.id=e.value AND g.flight_id=c.flight_id"
    " WHERE c.class IN ('bracketed','necessary','near_certain','possible')"
    " ORDER BY s.n,g.gap_start";

static enum ovf_status put_region(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    struct ovf_json_writer *const json = &w->json;
    struct region region;
    int64_t from_ns;
    int64_t to_ns;
    const double limit_kt = sqlite3_column_double(stmt, HARD);
    const double hard_kt = limit_kt > 0 && limit_kt < 1e4 ? limit_kt : HARD_SPEED_KT;
    if (!ovf_time_parse_iso(ovf_bytes_from_text(ovf_view_column(stmt, START)), &from_ns) ||
        !ovf_time_parse_iso(ovf_bytes_from_text(ovf_view_column(stmt, END)), &to_ns) ||
        !ovf_view_place(stmt, FROM_LAT, &region.from) || !ovf_view_place(stmt, TO_LAT, &region.to))
        return ovf_error_set(w->err, OVF_E_FORMAT, "gap %.40s of the store is damaged",
                             ovf_view_column(stmt, GAP));
    region.reach_m = hard_kt * MPS_PER_KT * (ovf_time_seconds(from_ns, to_ns) + CLOCK_S);
    if (region.reach_m > MOST_M || region.reach_m <= ovf_distance_m(region.from, region.to))
        return OVF_OK;
    ovf_json_open(json, NULL, '{');
    ovf_view_put_text(json, "crossing", stmt, CROSSING);
    ovf_json_int(json, "n", sqlite3_column_int64(stmt, N));
    ovf_view_put_text(json, "class", stmt, CLASS);
    ovf_view_put_text(json, "gap", stmt, GAP);
    ovf_json_number(json, "hard_speed_kt", hard_kt, 0);
    ovf_json_text(json, "words",
                  "could be reached in the gap at this speed, drawn roughly; where in it the "
                  "aircraft was is not known");
    put_geometry(json, &region);
    ovf_json_close(json, '}');
    return json->status;
}

static enum ovf_status put_corridor(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    ovf_json_open(&w->json, NULL, '{');
    ovf_view_put_text(&w->json, "crossing", stmt, 0);
    ovf_json_int(&w->json, "n", sqlite3_column_int64(stmt, 1));
    ovf_json_int(&w->json, "radius_m", sqlite3_column_int64(stmt, 2));
    ovf_json_close(&w->json, '}');
    return OVF_OK;
}

#define RADIUS(end) "coalesce(json_extract(c.json,'$." end ".radius_m'),0)"

enum ovf_status ovf_view_put_regions(struct ovf_view_writing *w)
{
    ovf_json_open(&w->json, "regions", '[');
    enum ovf_status st = ovf_view_each(w->view, gaps_of, NULL, put_region, w, w->err);
    ovf_json_close(&w->json, ']');
    ovf_json_open(&w->json, "corridors", '[');
    if (st == OVF_OK)
        st = ovf_view_each(w->view,
                           "SELECT id,n,radius FROM (SELECT s.id id,s.n n,max(" RADIUS(
                               "entry") "," RADIUS("exit") ") radius FROM temp.shown s"
                                                           " JOIN crossings c ON c.fid=s.fid)"
                                                           " WHERE radius>0 ORDER BY n",
                           NULL, put_corridor, w, w->err);
    ovf_json_close(&w->json, ']');
    return st;
}
