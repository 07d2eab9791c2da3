/* SPDX-License-Identifier: Apache-2.0 */
/* Walls around the cells of an obstacle: rings of arcs of great circles, and the points at which a
 * shortest way round them can bend.
 *
 * All walls lie in the obstacle (but for ovf_cells_bulge_m), so who avoids it crosses none of them: the
 * shortest way among the walls is never longer than the shortest that avoids the obstacle, whatever
 * simplification has done to the rings. */
#ifndef OVF_REACH_WALLS_H
#define OVF_REACH_WALLS_H

#include "geo/local.h"
#include "reach/cells.h"

/** A point where the obstacle sticks out. Indexes of points. */
struct ovf_wall_node {
    uint32_t at;
    uint32_t before;
    uint32_t after;
};

/** Walls that follow each other: those that lead to points [begin, end), the first of them from \p before.
 * All lie within a radius of the middle, so a plane farther from it meets none. */
struct ovf_wall_run {
    uint32_t before;
    uint32_t begin;
    uint32_t end;
    struct ovf_unit middle;
    double radius; /* as a chord */
};

/** Runs [begin, end) that follow each other. All lie within a radius of the middle. */
struct ovf_wall_group {
    uint32_t begin;
    uint32_t end;
    struct ovf_unit middle;
    double radius;
};

/** Zero-initialise. */
struct ovf_walls {
    struct ovf_unit *points; /* a ring after the other, the obstacle on the left */
    size_t n_points;
    size_t points_capacity;
    struct ovf_wall_run *runs;
    size_t n_runs;
    size_t runs_capacity;
    struct ovf_wall_group *groups; /* of all runs */
    size_t n_groups;
    size_t groups_capacity;
    struct ovf_wall_node *nodes;
    size_t n_nodes;
    size_t nodes_capacity;
};

void ovf_walls_deinit(struct ovf_walls *walls);

/** Add a ring of \p n >= 2 points, the obstacle on the left, shorter than a quarter of the globe from each
 * to the next. */
OVF_NODISCARD enum ovf_status ovf_walls_add_ring(struct ovf_walls *walls,
                                                 const struct ovf_unit *points, size_t n);

/**
 * The walls of \p cells, in \p walls (emptied first). Cells that touch in a corner only have a way between
 * them.
 * \param[in] simplify  cut corners that stick out by less than a cell; else walls follow all cells
 */
OVF_NODISCARD enum ovf_status ovf_walls_build(const struct ovf_cells *cells, bool simplify,
                                              struct ovf_walls *walls);

#endif
