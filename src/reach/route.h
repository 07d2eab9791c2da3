/* SPDX-License-Identifier: Apache-2.0 */
/* Shortest ways among walls, on the unit sphere. Such a way is made of arcs of great circles and bends only
 * where an obstacle sticks out (Washburn and Brown 2016, "WetRoute"), so it is found in the graph of the
 * nodes that see each other, by A*, each line of sight looked at when it is wanted.
 *
 * Where rounding leaves a doubt a line of sight is taken to be free: lengths may be too short by
 * some 1e-11, never too long. */
#ifndef OVF_REACH_ROUTE_H
#define OVF_REACH_ROUTE_H

#include "reach/walls.h"

/** Scratch space; zero-initialise, reuse. */
struct ovf_route {
    struct ovf_route_place *places;
    size_t capacity;
};

void ovf_route_deinit(struct ovf_route *route);

/** Whether no wall is crossed between \p from and \p to, less than half the globe apart. */
bool ovf_walls_clear(const struct ovf_walls *walls, struct ovf_unit from, struct ovf_unit to);

/**
 * The length in radians of the shortest way from \p from to \p to that crosses no wall, or \p limit_rad
 * when there is none that is shorter.
 */
OVF_NODISCARD enum ovf_status ovf_route_find(struct ovf_route *route, const struct ovf_walls *walls,
                                             struct ovf_unit from, struct ovf_unit to,
                                             double limit_rad, double *length_rad);

/**
 * The same from \p from to each node: \p lengths_rad has room for all of them, and holds \p limit_rad for
 * those that no shorter way leads to.
 */
OVF_NODISCARD enum ovf_status ovf_route_find_all(struct ovf_route *route,
                                                 const struct ovf_walls *walls,
                                                 struct ovf_unit from, double limit_rad,
                                                 double *lengths_rad);

/** The length from \p to, given the lengths to each node, by the last arc. */
double ovf_route_end(const struct ovf_walls *walls, const double *lengths_rad, struct ovf_unit from,
                     struct ovf_unit to, double limit_rad);

#endif
