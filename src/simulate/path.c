/* SPDX-License-Identifier: Apache-2.0 */
/* Paths as flown. Speed and altitude are written as functions of the distance from either end, so that
 * short flights need no cases of their own: what is lower counts. */
#include "simulate/path.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "geo/geodesic.h"

#define MPS_PER_KT (1852.0 / 3600.0)
#define RAD_PER_DEG 0.017453292519943295
#define TAXI_M 600.0 /* before take-off and after landing */
#define TAXI_KT 15.0
#define LIFT_OFF_KT 150.0
#define TOUCH_DOWN_KT 135.0
#define SPEED_UP_M                                                                                 \
    140e3 /* the way on which an aircraft reaches its cruising speed, and leaves it */
#define MIN_GROUND_SPEED_KT 40.0
#define NODE_M 20e3
#define NODE_NEAR_ENDS_M 2e3

struct building {
    const struct ovf_path_plan *plan;
    struct ovf_path *path;
    double total_m; /* in the air */
    double done_m;
    double t_s;
};

static struct geod_geodesic wgs84(void)
{
    struct geod_geodesic g;
    geod_init(&g, OVF_WGS84_A_M, OVF_WGS84_F);
    return g;
}

void ovf_path_deinit(struct ovf_path *path)
{
    free(path->lines);
    free(path->nodes);
    *path = (struct ovf_path){0};
}

double ovf_path_length_m(const struct ovf_point *points, size_t n_points)
{
    double sum_m = 0.0;
    for (size_t i = 1; i < n_points; i++)
        sum_m += ovf_geodesic_length_m(
            ovf_deg_from_e7(points[i - 1].lat_e7), ovf_deg_from_e7(points[i - 1].lon_e7),
            ovf_deg_from_e7(points[i].lat_e7), ovf_deg_from_e7(points[i].lon_e7));
    return sum_m;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

/** Feet a metre of way: what the climb rate gives at three quarters of the cruising speed. */
static double gradient(double rate_fpm, double speed_kt)
{
    return rate_fpm / 60.0 / (0.75 * speed_kt * MPS_PER_KT);
}

/** Height above the field \p left_m before it, on the way down. */
static double descent_ft(const struct ovf_path_plan *plan, double left_m)
{
    const double slope = gradient(plan->performance->descent_fpm, plan->performance->speed_kt);
    const double height_ft = left_m * slope;
    if (!(plan->level_ft > 0.0) || height_ft < plan->level_ft)
        return height_ft;
    const double later_ft = (left_m - plan->level_m) * slope;
    return later_ft > plan->level_ft ? later_ft : plan->level_ft;
}

static double altitude_ft(const struct building *b, double at_m)
{
    const struct ovf_scenario_performance *const p = b->plan->performance;
    const double up = b->plan->from_elevation_ft + at_m * gradient(p->climb_fpm, p->speed_kt);
    const double down = b->plan->to_elevation_ft + descent_ft(b->plan, b->total_m - at_m);
    return least(p->cruise_fl * 100.0, least(up, down));
}

static double air_speed_kt(const struct building *b, double at_m)
{
    const double cruise = b->plan->performance->speed_kt;
    const double slow = least(cruise, LIFT_OFF_KT);
    const double slower = least(cruise, TOUCH_DOWN_KT);
    const double out = slow + (cruise - slow) * least(1.0, at_m / SPEED_UP_M);
    const double in = slower + (cruise - slower) * least(1.0, (b->total_m - at_m) / SPEED_UP_M);
    return least(out, in);
}

static enum ovf_status push_line(struct ovf_path *path, const struct geod_geodesicline *line)
{
    struct geod_geodesicline *grown =
        ovf_array_reserve(path->lines, &path->lines_capacity, path->n_lines + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    path->lines = grown;
    path->lines[path->n_lines++] = *line;
    return OVF_OK;
}

static enum ovf_status push_node(struct building *b, double at_m, double alt_ft, bool on_ground)
{
    struct ovf_path *const path = b->path;
    struct ovf_path_node *grown =
        ovf_array_reserve(path->nodes, &path->nodes_capacity, path->n_nodes + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    path->nodes = grown;
    path->nodes[path->n_nodes++] =
        (struct ovf_path_node){b->t_s, at_m, alt_ft, (uint32_t)path->n_lines - 1, on_ground};
    return OVF_OK;
}

/** TAXI_M along \p azimuth_deg, to (\p at_end false: ending in) \p point. */
static enum ovf_status add_taxi(struct building *b, struct ovf_point point, double azimuth_deg,
                                bool arrives, double alt_ft)
{
    const struct geod_geodesic g = wgs84();
    struct geod_geodesicline line;
    double lat = ovf_deg_from_e7(point.lat_e7);
    double lon = ovf_deg_from_e7(point.lon_e7);
    if (!arrives)
        geod_direct(&g, lat, lon, azimuth_deg, -TAXI_M, &lat, &lon, &azimuth_deg);
    geod_lineinit(&line, &g, lat, lon, azimuth_deg,
                  GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    geod_setdistance(&line, TAXI_M);
    enum ovf_status st = push_line(b->path, &line);
    if (st == OVF_OK)
        st = push_node(b, 0.0, alt_ft, true);
    b->t_s += TAXI_M / (TAXI_KT * MPS_PER_KT);
    return st;
}

/** What blows along the course at \p at_m of \p line. */
static double tail_wind_kt(const struct ovf_path_plan *plan, const struct geod_geodesicline *line,
                           double at_m)
{
    double lat = 0.0;
    double lon = 0.0;
    double azimuth = 0.0;
    geod_position(line, at_m, &lat, &lon, &azimuth);
    return plan->wind_east_kt * sin(azimuth * RAD_PER_DEG) +
           plan->wind_north_kt * cos(azimuth * RAD_PER_DEG);
}

/** One line in the air, cut into pieces of uniform speed. */
static enum ovf_status fly_line(struct building *b, const struct geod_geodesicline *line)
{
    const double length_m = line->s13;
    enum ovf_status st = push_line(b->path, line);
    for (double at_m = 0.0; at_m < length_m && st == OVF_OK;) {
        const double way_m = b->done_m + at_m;
        const bool near_ends = way_m < SPEED_UP_M || b->total_m - way_m < SPEED_UP_M + NODE_M;
        const double step_m = least(near_ends ? NODE_NEAR_ENDS_M : NODE_M, length_m - at_m);
        st = push_node(b, at_m, altitude_ft(b, way_m), false);
        double speed_kt = air_speed_kt(b, way_m + step_m / 2.0) +
                          tail_wind_kt(b->plan, line, at_m + step_m / 2.0);
        if (speed_kt < MIN_GROUND_SPEED_KT)
            speed_kt = MIN_GROUND_SPEED_KT;
        b->t_s += step_m / (speed_kt * MPS_PER_KT);
        at_m += step_m;
    }
    b->done_m += length_m;
    return st;
}

static struct geod_geodesicline line_between(struct ovf_point a, struct ovf_point b)
{
    const struct geod_geodesic g = wgs84();
    struct geod_geodesicline line;
    geod_inverseline(&line, &g, ovf_deg_from_e7(a.lat_e7), ovf_deg_from_e7(a.lon_e7),
                     ovf_deg_from_e7(b.lat_e7), ovf_deg_from_e7(b.lon_e7),
                     GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    return line;
}

static enum ovf_status fly(struct building *b)
{
    const struct ovf_point *const points = b->plan->points;
    const size_t n = b->plan->n_points;
    double azimuth = 0.0;
    struct geod_geodesicline line = line_between(points[0], points[1]);
    enum ovf_status st = add_taxi(b, points[0], line.azi1, false, b->plan->from_elevation_ft);
    b->path->take_off_s = b->t_s;
    for (size_t i = 1; i < n && st == OVF_OK; i++) {
        line = line_between(points[i - 1], points[i]);
        st = fly_line(b, &line);
    }
    b->path->landing_s = b->t_s;
    geod_position(&line, line.s13, NULL, NULL, &azimuth);
    if (st == OVF_OK)
        st = add_taxi(b, points[n - 1], azimuth, true, b->plan->to_elevation_ft);
    if (st == OVF_OK)
        st = push_node(b, TAXI_M, b->plan->to_elevation_ft, true);
    return st;
}

enum ovf_status ovf_path_build(const struct ovf_path_plan *plan, struct ovf_path *path)
{
    struct building b = {plan, path, ovf_path_length_m(plan->points, plan->n_points), 0.0, 0.0};
    path->n_lines = 0;
    path->n_nodes = 0;
    const enum ovf_status st = fly(&b);
    path->duration_s = b.t_s;
    return st;
}

/** The node that begins the piece of \p t_s. */
static size_t find_node(const struct ovf_path *path, double t_s)
{
    size_t low = 0;
    size_t high = path->n_nodes - 1;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (path->nodes[middle].t_s <= t_s)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/** Where the piece that begins at node \p i ends on its line. */
static double piece_end_m(const struct ovf_path *path, size_t i)
{
    const struct ovf_path_node *const node = &path->nodes[i];
    return node[1].line == node->line ? node[1].at_m : path->lines[node->line].s13;
}

void ovf_path_at(const struct ovf_path *path, double t_s, struct ovf_path_state *out)
{
    if (t_s < 0.0)
        t_s = 0.0;
    if (t_s > path->duration_s)
        t_s = path->duration_s;
    const size_t i = find_node(path, t_s);
    const struct ovf_path_node *const node = &path->nodes[i];
    const double dt_s = node[1].t_s - node->t_s;
    const double length_m = piece_end_m(path, i) - node->at_m;
    const double part = dt_s > 0.0 ? (t_s - node->t_s) / dt_s : 0.0;
    double azimuth = 0.0;
    geod_position(&path->lines[node->line], node->at_m + part * length_m, &out->lat_deg,
                  &out->lon_deg, &azimuth);
    if (out->lon_deg >= 180.0)
        out->lon_deg -= 360.0;
    out->track_deg = azimuth < 0.0 ? azimuth + 360.0 : azimuth;
    out->on_ground = node->on_ground;
    out->alt_ft = node->alt_ft + part * (node[1].alt_ft - node->alt_ft);
    out->gs_kt = dt_s > 0.0 ? length_m / dt_s / MPS_PER_KT : 0.0;
    out->vert_rate_fpm =
        dt_s > 0.0 && !node->on_ground ? (node[1].alt_ft - node->alt_ft) / dt_s * 60.0 : 0.0;
}
