/* SPDX-License-Identifier: Apache-2.0 */
/* Walls: the sides of cells are followed with the obstacle on the left, then corners that stick out are
 * cut, never filled. */
#include "reach/walls.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "reach/arc.h"

void ovf_walls_deinit(struct ovf_walls *walls)
{
    free(walls->points);
    free(walls->runs);
    free(walls->groups);
    free(walls->nodes);
    *walls = (struct ovf_walls){0};
}

/* What turns right by more than rounding makes of straight on is no place to bend round. */
static const double straight = -1e-15;

static enum ovf_status add_nodes(struct ovf_walls *walls, uint32_t begin, uint32_t n)
{
    struct ovf_wall_node *grown =
        ovf_array_reserve(walls->nodes, &walls->nodes_capacity, walls->n_nodes + n, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    walls->nodes = grown;
    for (uint32_t i = 0; i < n; i++) {
        const struct ovf_wall_node node = {begin + i, begin + (i + n - 1) % n, begin + (i + 1) % n};
        const struct ovf_unit *p = walls->points;
        if (ovf_unit_dot(ovf_unit_cross(p[node.before], p[node.at]), p[node.after]) >= straight)
            grown[walls->n_nodes++] = node;
    }
    return OVF_OK;
}

enum { RUN_WALLS = 16, GROUP_RUNS = 16 };

static struct ovf_wall_run run_of(const struct ovf_unit *points, uint32_t before, uint32_t begin,
                                  uint32_t end)
{
    struct ovf_wall_run run = {before, begin, end, points[begin + (end - begin) / 2], 0};
    run.radius = ovf_arc_chord(run.middle, points[before]);
    for (uint32_t i = begin; i < end; i++)
        run.radius = fmax(run.radius, ovf_arc_chord(run.middle, points[i]));
    return run;
}

static enum ovf_status add_runs(struct ovf_walls *walls, uint32_t begin, uint32_t n)
{
    struct ovf_wall_run *grown = ovf_array_reserve(
        walls->runs, &walls->runs_capacity, walls->n_runs + n / RUN_WALLS + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    walls->runs = grown;
    uint32_t before = begin + n - 1;
    for (uint32_t i = begin; i < begin + n; i += RUN_WALLS) {
        const uint32_t end = begin + n - i < RUN_WALLS ? begin + n : i + RUN_WALLS;
        grown[walls->n_runs++] = run_of(walls->points, before, i, end);
        before = end - 1;
    }
    return OVF_OK;
}

/** Puts the runs from \p begin on into groups; the last one is filled first: many rings are one run. */
static enum ovf_status group_runs(struct ovf_walls *walls, size_t begin)
{
    const size_t most = walls->n_groups + walls->n_runs - begin;
    struct ovf_wall_group *grown =
        ovf_array_reserve(walls->groups, &walls->groups_capacity, most, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    walls->groups = grown;
    for (size_t i = begin; i < walls->n_runs; i++) {
        const struct ovf_wall_run *run = &walls->runs[i];
        if (i % GROUP_RUNS == 0)
            grown[walls->n_groups++] =
                (struct ovf_wall_group){.begin = (uint32_t)i, .middle = run->middle};
        struct ovf_wall_group *group = &grown[walls->n_groups - 1];
        group->end = (uint32_t)i + 1;
        group->radius =
            fmax(group->radius, ovf_arc_chord(group->middle, run->middle) + run->radius);
    }
    return OVF_OK;
}

enum ovf_status ovf_walls_add_ring(struct ovf_walls *walls, const struct ovf_unit *points, size_t n)
{
    const size_t begin = walls->n_points;
    const size_t n_runs = walls->n_runs;
    struct ovf_unit *grown =
        ovf_array_reserve(walls->points, &walls->points_capacity, begin + n, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    walls->points = grown;
    walls->n_points += n;
    memcpy(grown + begin, points, n * sizeof *points);
    enum ovf_status st = add_nodes(walls, (uint32_t)begin, (uint32_t)n);
    if (st == OVF_OK)
        st = add_runs(walls, (uint32_t)begin, (uint32_t)n);
    return st == OVF_OK ? group_runs(walls, n_runs) : st;
}

/* ---- following the cells ---- */

/** A corner of the lattice; row and column of the cell north-east of it, the column not wrapped. */
struct corner {
    int32_t row;
    int32_t col;
};

enum direction { EAST, NORTH, WEST, SOUTH };

struct tracer {
    const struct ovf_cells *cells;
    bool simplify;
    struct ovf_walls *walls;
    uint64_t *seen[2]; /* southern and northern sides that have been followed */
    struct corner *ring;
    size_t n;
    size_t ring_capacity;
    int32_t turn; /* columns that the ring went round the globe */
    struct ovf_unit *kept;
    size_t n_kept;
    size_t kept_capacity;
};

/** The cells ahead of a corner, left and right of a direction. */
static bool has_left(const struct tracer *t, struct corner at, enum direction d)
{
    return ovf_cells_has(t->cells, at.row - (d == WEST || d == SOUTH ? 1 : 0),
                         at.col - (d == NORTH || d == WEST ? 1 : 0));
}

static bool has_right(const struct tracer *t, struct corner at, enum direction d)
{
    return ovf_cells_has(t->cells, at.row - (d == EAST || d == SOUTH ? 1 : 0),
                         at.col - (d == WEST || d == SOUTH ? 1 : 0));
}

static uint64_t *seen_word(const struct tracer *t, struct corner at, enum direction d,
                           uint64_t *bit)
{
    const int64_t n = t->cells->n_cols;
    const int64_t row = d == EAST ? at.row : at.row - 1;
    const int64_t col = ((d == EAST ? at.col : at.col - 1) % n + n) % n;
    *bit = UINT64_C(1) << (col % 64);
    return &t->seen[d == EAST ? 0 : 1][(size_t)row * t->cells->n_words + (size_t)col / 64];
}

/** One side further; it is marked as followed. */
static void advance(const struct tracer *t, struct corner *at, enum direction d)
{
    if (d == EAST || d == WEST) {
        uint64_t bit;
        uint64_t *word = seen_word(t, *at, d, &bit);
        *word |= bit;
    }
    at->row += d == NORTH ? 1 : d == SOUTH ? -1 : 0;
    at->col += d == EAST ? 1 : d == WEST ? -1 : 0;
}

static enum ovf_status push_corner(struct tracer *t, struct corner at)
{
    struct corner *grown = ovf_array_reserve(t->ring, &t->ring_capacity, t->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    t->ring = grown;
    t->ring[t->n++] = at;
    return OVF_OK;
}

/** Sides that one wall may take together, by rows and by columns. */
static int32_t wall_rows(const struct ovf_cells *cells)
{
    const int32_t n = OVF_WALL_MAX_E7 / cells->lat_step_e7;
    return n > 0 ? n : 1;
}

static int32_t wall_cols(const struct ovf_cells *cells)
{
    const int32_t n = OVF_WALL_MAX_E7 / cells->lon_step_e7;
    return n > 0 ? n : 1;
}

static bool is_milestone(const struct tracer *t, struct corner at, enum direction d)
{
    return d == EAST || d == WEST ? at.col % wall_cols(t->cells) == 0
                                  : at.row % wall_rows(t->cells) == 0;
}

/** Follows the ring that begins at \p start in direction \p first: corners where it turns, and milestones
 * where it does not for long. */
static enum ovf_status follow(struct tracer *t, struct corner start, enum direction first)
{
    struct corner at = start;
    enum direction d = first;
    enum ovf_status st = OVF_OK;
    t->n = 0;
    do {
        const enum direction was = d;
        advance(t, &at, d);
        if (!has_left(t, at, d))
            d = (enum direction)((d + 1) % 4);
        else if (has_right(t, at, d))
            d = (enum direction)((d + 3) % 4);
        if (d != was || is_milestone(t, at, d))
            st = push_corner(t, at);
    } while (st == OVF_OK && (d != first || at.row != start.row ||
                              (at.col - start.col) % (int32_t)t->cells->n_cols != 0));
    t->turn = at.col - start.col;
    return st;
}

/* ---- cutting corners ---- */

struct step {
    int64_t rows;
    int64_t cols;
};

/** From corner i to corner j of the ring, which goes on with corner n for corner 0. */
static struct step step_between(const struct tracer *t, size_t i, size_t j)
{
    const struct corner a = t->ring[i % t->n];
    const struct corner b = t->ring[j % t->n];
    const int64_t turns = (int64_t)(j / t->n) - (int64_t)(i / t->n);
    return (struct step){b.row - a.row, b.col - a.col + turns * t->turn};
}

static int64_t step_cross(struct step a, struct step b)
{
    return a.cols * b.rows - a.rows * b.cols;
}

/* How far from a cut the corners that it cuts off may lie, in cells. A strip of the lattice that is narrower
 * than the diagonal's spacing, 1 / sqrt(2), has no more than one corner in each column or row, which is one
 * of the ring's: no foreign wall reaches into what is cut off, so the cut runs inside the obstacle. On the
 * diagonal itself corners lie just at that distance. */
static const double cut_cells = 0.7072;

/** The direction of \p s turned left by the angle at which a corner cut_cells away is seen. */
static void turned_left(struct step s, double *rows, double *cols)
{
    const double length2 = (double)(s.rows * s.rows + s.cols * s.cols);
    const double sine = cut_cells / sqrt(length2);
    const double cosine = sqrt(1.0 - sine * sine);
    *cols = cosine * (double)s.cols - sine * (double)s.rows;
    *rows = sine * (double)s.cols + cosine * (double)s.rows;
}

/** The farthest corner that a wall from corner \p i may lead to: all between lie right of it, no farther
 * than cut_cells. Its direction must not be right of that to any of them, nor left of what is turned left. */
static size_t cut_from(const struct tracer *t, size_t i, size_t end)
{
    struct step leftmost = step_between(t, i, i + 1);
    double most_rows;
    double most_cols;
    size_t best = i + 1;
    turned_left(leftmost, &most_rows, &most_cols);
    for (size_t j = i + 2; j <= end; j++) {
        const struct step s = step_between(t, i, j);
        if (llabs(s.rows) > wall_rows(t->cells) || llabs(s.cols) > wall_cols(t->cells) ||
            leftmost.rows * s.rows + leftmost.cols * s.cols <= 0)
            break;
        const bool within = most_cols * (double)s.rows - most_rows * (double)s.cols <= 0;
        if (step_cross(leftmost, s) >= 0) {
            leftmost = s;
            best = within ? j : best;
        }
        double rows;
        double cols;
        turned_left(s, &rows, &cols);
        if (most_cols * rows - most_rows * cols < 0) {
            most_rows = rows;
            most_cols = cols;
        }
        if (most_cols * (double)leftmost.rows - most_rows * (double)leftmost.cols > 0)
            break;
    }
    return best;
}

static struct ovf_unit unit_of(const struct ovf_cells *cells, struct corner at)
{
    return ovf_arc_unit((struct ovf_point){
        cells->window.south_e7 + at.row * cells->lat_step_e7,
        ovf_lon_wrap((int64_t)cells->window.west_e7 + (int64_t)at.col * cells->lon_step_e7)});
}

static enum ovf_status keep(struct tracer *t, size_t i)
{
    struct ovf_unit *grown =
        ovf_array_reserve(t->kept, &t->kept_capacity, t->n_kept + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    t->kept = grown;
    t->kept[t->n_kept++] = unit_of(t->cells, t->ring[i % t->n]);
    return OVF_OK;
}

/** A corner where the ring turns right: cuts that begin at one that sticks out would be short. */
static size_t first_corner(const struct tracer *t)
{
    for (size_t i = 1; i <= t->n; i++) {
        if (step_cross(step_between(t, i - 1, i), step_between(t, i, i + 1)) < 0)
            return i;
    }
    return 0;
}

static enum ovf_status add_traced(struct tracer *t)
{
    const size_t first = first_corner(t);
    size_t i = first;
    enum ovf_status st;
    t->n_kept = 0;
    do {
        st = keep(t, i);
        i = t->simplify ? cut_from(t, i, first + t->n) : i + 1;
    } while (st == OVF_OK && i < first + t->n);
    return st == OVF_OK ? ovf_walls_add_ring(t->walls, t->kept, t->n_kept) : st;
}

/** The rings that begin with a southern (\p north false) or northern side in one row. */
static enum ovf_status trace_row(struct tracer *t, uint32_t row, bool north)
{
    const struct ovf_cells *c = t->cells;
    const uint64_t *here = c->bits + (size_t)row * c->n_words;
    const uint64_t *seen = t->seen[north ? 1 : 0] + (size_t)row * c->n_words;
    const bool at_end = north ? row + 1 == c->n_rows : row == 0;
    for (uint32_t k = 0; k < c->n_words; k++) {
        const uint64_t beyond = at_end  ? 0
                                : north ? here[c->n_words + k]
                                        : here[(ptrdiff_t)k - c->n_words];
        uint64_t starts;
        while ((starts = here[k] & ~beyond & ~seen[k]) != 0) {
            const int32_t col = (int32_t)(64 * k) + __builtin_ctzll(starts);
            const struct corner start = {(int32_t)row + (north ? 1 : 0), col + (north ? 1 : 0)};
            enum ovf_status st = follow(t, start, north ? WEST : EAST);
            if (st == OVF_OK)
                st = add_traced(t);
            if (st != OVF_OK)
                return st;
        }
    }
    return OVF_OK;
}

enum ovf_status ovf_walls_build(const struct ovf_cells *cells, bool simplify,
                                struct ovf_walls *walls)
{
    struct tracer t = {.cells = cells, .simplify = simplify, .walls = walls};
    const size_t n = (size_t)cells->n_rows * cells->n_words;
    enum ovf_status st = OVF_OK;
    walls->n_points = 0;
    walls->n_runs = 0;
    walls->n_groups = 0;
    walls->n_nodes = 0;
    if (cells->n_inside == 0)
        return OVF_OK;
    t.seen[0] = calloc(2 * n, sizeof *t.seen[0]);
    if (t.seen[0] == NULL)
        return OVF_E_NOMEM;
    t.seen[1] = t.seen[0] + n;
    for (uint32_t row = 0; row < cells->n_rows && st == OVF_OK; row++) {
        st = trace_row(&t, row, false);
        if (st == OVF_OK)
            st = trace_row(&t, row, true);
    }
    free(t.seen[0]);
    free(t.ring);
    free(t.kept);
    return st;
}
