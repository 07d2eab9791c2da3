/* SPDX-License-Identifier: Apache-2.0 */
/* The path of one flight as flown: geodesics from point to point, a speed and an altitude at every
 * distance, and so a place at every time. Pieces of the path are flown at uniform speed.
 *
 * It taxis to where it takes off, the airport's reference point or a runway, is in the air from there
 * on, and the same the other way round; turns are instant. Wind is a drift: the ground speed is that through the air
 * plus what blows along the course.
 */
#ifndef OVF_SIMULATE_PATH_H
#define OVF_SIMULATE_PATH_H

#include <geodesic.h>

#include "base/status.h"
#include "geo/point.h"
#include "simulate/scenario.h"

/** What a path is made from. */
struct ovf_path_plan {
    const struct ovf_point *points; /* two or more; at the ends it is on the ground */
    size_t n_points;
    double from_elevation_ft;
    double to_elevation_ft;
    double
        level_ft; /* above the airport at the end: it flies level there for level_m; 0: it does not */
    double level_m;
    const struct ovf_scenario_performance *performance;
    double wind_east_kt;
    double wind_north_kt;
};

/** Uniform speed from here to the next node, along line \p line. */
struct ovf_path_node {
    double t_s;  /* since the path's start */
    double at_m; /* on its line */
    double alt_ft;
    uint32_t line;
    bool on_ground;
};

struct ovf_path {
    struct geod_geodesicline *lines;
    size_t n_lines;
    size_t lines_capacity;
    struct ovf_path_node *nodes; /* the last ends the path */
    size_t n_nodes;
    size_t nodes_capacity;
    double duration_s;
    double take_off_s;
    double landing_s;
};

/** A moment on a path. */
struct ovf_path_state {
    double lat_deg;
    double lon_deg; /* [-180, 180) */
    double alt_ft;
    double gs_kt;
    double track_deg; /* [0, 360) */
    double vert_rate_fpm;
    bool on_ground;
};

void ovf_path_deinit(struct ovf_path *path);

/** \p path must be zero or used; its room is used again. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_path_build(const struct ovf_path_plan *plan,
                                             struct ovf_path *path);

/** Where the aircraft is \p t_s after the path's start; the ends hold before and after. */
void ovf_path_at(const struct ovf_path *path, double t_s, struct ovf_path_state *out);

/** The length in metres of the geodesics through the points. */
double ovf_path_length_m(const struct ovf_point *points, size_t n_points);

#endif
