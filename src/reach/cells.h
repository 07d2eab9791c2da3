/* SPDX-License-Identifier: Apache-2.0 */
/* The part of airspaces that counts as an obstacle: cells of a lattice of latitude and longitude that lie
 * wholly inside and farther than a margin from the boundary.
 *
 * The boundary is the index's own; that each cell is decided alone keeps the result monotonic (a larger
 * airspace, a smaller margin or a finer lattice never lose a place) and free of the odd cases of offset
 * polygons: narrow parts vanish, boundaries that cross or touch are no matter. Lattices of different steps
 * are nested. */
#ifndef OVF_REACH_CELLS_H
#define OVF_REACH_CELLS_H

#include "geo/index.h"

/** The finest step, 174 m; the others are twice, four times ... up to 0.8 degrees. They divide 180
 * degrees. */
#define OVF_CELLS_STEP_E7 15625
#define OVF_CELLS_LEVELS 10

/** Rows or columns at the most; half of that in windows of more than 30 degrees of latitude, where a thousandth of the
 * window is less than what else is uncertain and there are many cells. */
#define OVF_CELLS_MAX 2304

/** How far a wall between two of its points, made of a great circle, may run (1e-7 degree, each way), and
 * by how much it then leaves the straight line of the lattice: see ovf_cells_bulge_m. */
#define OVF_WALL_MAX_E7 2000000

/** Zero-initialise. */
struct ovf_cells {
    struct ovf_window window; /* aligned to the lattice */
    int32_t lat_step_e7;
    int32_t lon_step_e7;
    uint32_t n_rows;
    uint32_t n_cols;
    bool is_round;     /* the columns go all round the globe */
    uint32_t n_words;  /* of a row */
    uint64_t *bits;    /* a row after the other: the cells that are obstacles */
    size_t capacity;   /* of bits, in words */
    uint32_t n_inside; /* how many there are */
};

void ovf_cells_deinit(struct ovf_cells *cells);

/** Lay the lattice over \p window: the finest that has no more than OVF_CELLS_MAX rows and columns. */
OVF_NODISCARD enum ovf_status ovf_cells_lay(const struct ovf_window *window,
                                            struct ovf_cells *cells);

/**
 * Mark the cells of the union of \p owners, or, \p outside, of all that is not in it, all of whose places are farther
 * than \p margin_m from its boundary. The rows at the poles stay free.
 * \param[in] margin_m  >= 0
 */
void ovf_cells_fill(struct ovf_cells *cells, const struct ovf_index *index,
                    const struct ovf_members *owners, bool outside, double margin_m);

/** How far a wall may leave the lattice's straight lines: a part of the margin that the caller adds. */
double ovf_cells_bulge_m(const struct ovf_cells *cells);

/** Whether a cell that comes within \p radius_m of \p at is an obstacle. */
bool ovf_cells_touch(const struct ovf_cells *cells, struct ovf_point at, double radius_m);

/** Whether all cells that come within \p radius_m of \p at, which lies in the window, are obstacles. */
bool ovf_cells_hold(const struct ovf_cells *cells, struct ovf_point at, double radius_m);

/** Make all cells that hold a place within \p radius_m of \p at free ones. */
void ovf_cells_clear(struct ovf_cells *cells, struct ovf_point at, double radius_m);

static inline bool ovf_cells_has(const struct ovf_cells *cells, int64_t row, int64_t col)
{
    if (row < 0 || row >= (int64_t)cells->n_rows)
        return false;
    if (cells->is_round)
        col = (col + cells->n_cols) % cells->n_cols;
    else if (col < 0 || col >= (int64_t)cells->n_cols)
        return false;
    return (cells->bits[(size_t)row * cells->n_words + (size_t)col / 64] >> (col % 64) & 1) != 0;
}

#endif
