/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of an obstacle. First those near the boundary are marked, row by row in integers; what is left
 * between them in a row is all inside or all outside, and one look at the index tells which. */
#include "reach/cells.h"

#include <string.h>

#include "base/array.h"
#include "geo/geodesic.h"
#include "geo/index_parts.h"
#include "geo/trig.h"
#include "reach/arc.h"
#include "reach/outline.h"

void ovf_cells_deinit(struct ovf_cells *cells)
{
    free(cells->bits);
    *cells = (struct ovf_cells){0};
}

static const int32_t pole_e7 = 900000000;

/** The part of a window along one axis on the lattice of that step: [begin, begin + n * step). */
struct span {
    int64_t begin_e7;
    int32_t step_e7;
    uint32_t n;
};

static int64_t floor_to(int64_t value, int64_t step)
{
    const int64_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

/** The finest step with which [from, to] takes no more than \p most. */
static struct span lay_span(int64_t from_e7, int64_t to_e7, uint32_t most)
{
    struct span span = {.step_e7 = OVF_CELLS_STEP_E7};
    for (int level = 0;; level++) {
        span.begin_e7 = floor_to(from_e7, span.step_e7);
        const int64_t end_e7 = floor_to(to_e7 + span.step_e7 - 1, span.step_e7);
        span.n = (uint32_t)((end_e7 - span.begin_e7) / span.step_e7);
        if (span.n <= most || level == OVF_CELLS_LEVELS - 1)
            return span;
        span.step_e7 *= 2;
    }
}

static const int64_t long_e7 = 300000000; /* see OVF_CELLS_MAX */

enum ovf_status ovf_cells_lay(const struct ovf_window *window, struct ovf_cells *cells)
{
    const int32_t south_e7 = window->south_e7 > -pole_e7 ? window->south_e7 : -pole_e7;
    const int32_t north_e7 = window->north_e7 < pole_e7 ? window->north_e7 : pole_e7;
    const uint32_t most =
        (int64_t)north_e7 - south_e7 > long_e7 ? OVF_CELLS_MAX / 2 : OVF_CELLS_MAX;
    const struct span rows = lay_span(south_e7, north_e7, most);
    struct span cols = lay_span(window->west_e7, window->west_e7 + window->width_e7, most);
    const int64_t all = OVF_E7_TURN / cols.step_e7;
    const bool is_round = cols.n >= all;
    if (is_round)
        cols.n = (uint32_t)all;
    const uint32_t n_words = (cols.n + 63) / 64;
    uint64_t *grown = ovf_array_reserve(cells->bits, &cells->capacity, (size_t)rows.n * n_words + 1,
                                        sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    *cells = (struct ovf_cells){
        .window = {.south_e7 = (int32_t)rows.begin_e7,
                   .north_e7 = (int32_t)(rows.begin_e7 + (int64_t)rows.n * rows.step_e7),
                   .west_e7 = ovf_lon_wrap(cols.begin_e7),
                   .width_e7 = (int64_t)cols.n * cols.step_e7},
        .lat_step_e7 = rows.step_e7,
        .lon_step_e7 = cols.step_e7,
        .n_rows = rows.n,
        .n_cols = cols.n,
        .is_round = is_round,
        .n_words = n_words,
        .bits = grown,
        .capacity = cells->capacity,
    };
    return OVF_OK;
}

double ovf_cells_bulge_m(const struct ovf_cells *cells)
{
    /* A great circle leaves the straight line of latitude and longitude between two of its points by at
     * most dlon (dlat + dlon) 2^-30 of 1e-7 degree of latitude (derived at bulge_e7 of
     * geo/index_cross.c); walls go no farther than their limit, or one step, either way. */
    const double dlat_e7 = fmax(OVF_WALL_MAX_E7, (double)cells->lat_step_e7);
    const double dlon_e7 = fmax(OVF_WALL_MAX_E7, (double)cells->lon_step_e7);
    return dlon_e7 * (dlat_e7 + dlon_e7) * 0x1p-30 * OVF_RAD_PER_E7 * OVF_WGS84_A_M * 1.01;
}

/* ---- the margin around edges ---- */

/** A distance in latitude, and on the equator. */
struct margin {
    int64_t lat_e7;
    double equator_e7;
};

/** A degree of latitude is nowhere shorter than at the equator, where the radius of curvature is a (1 - e2); a
 * percent more covers that the margin is laid off straight in latitude and longitude. */
static struct margin margin_from_m(double length_m)
{
    const double e7 = 1.01 * length_m / (OVF_WGS84_A_M * (1.0 - OVF_WGS84_E2) * OVF_RAD_PER_E7);
    return (struct margin){(int64_t)e7 + 1, e7};
}

/** The margin in longitude of a row: as wide as it is at its end nearest to a pole. */
static int64_t lon_margin_e7(const struct ovf_cells *cells, struct margin margin, int64_t row)
{
    double sine;
    double cosine;
    const int64_t south = cells->window.south_e7 + row * cells->lat_step_e7;
    const int64_t north = south + cells->lat_step_e7;
    const int64_t far = (llabs(south) > llabs(north) ? llabs(south) : llabs(north)) + margin.lat_e7;
    if (far >= pole_e7)
        return OVF_E7_TURN;
    ovf_sincos_e7((int32_t)far, &sine, &cosine);
    const double wide = margin.equator_e7 / cosine;
    return wide < (double)OVF_E7_TURN - 2 ? (int64_t)wide + 2 : OVF_E7_TURN;
}

struct filling {
    struct ovf_cells *cells;
    struct ovf_outline outline;
    bool outside;
    struct margin margin;
    int64_t wide_e7[OVF_CELLS_MAX]; /* the margin in longitude of each row */
};

/** Sets the bits [begin, end) of a row's words. */
static void set_bits(uint64_t *words, uint32_t begin, uint32_t end)
{
    while (begin < end) {
        const uint32_t first = begin % 64;
        const uint32_t n = end - begin < 64 - first ? end - begin : 64 - first;
        words[begin / 64] |= (n < 64 ? (UINT64_C(1) << n) - 1 : UINT64_MAX) << first;
        begin += n;
    }
}

/** Marks the columns that meet [from, to], offsets from the window's west. */
static void mark_columns(struct ovf_cells *cells, uint32_t row, int64_t from_e7, int64_t to_e7)
{
    uint64_t *words = cells->bits + (size_t)row * cells->n_words;
    const int64_t step = cells->lon_step_e7;
    int64_t first = floor_to(from_e7, step) / step;
    int64_t last = floor_to(to_e7, step) / step;
    const int64_t n = cells->n_cols;
    if (cells->is_round && last - first + 1 < n) {
        const int64_t turn = floor_to(first, n);
        first -= turn;
        last -= turn;
        if (last >= n)
            set_bits(words, 0, (uint32_t)(last - n + 1));
    }
    first = first > 0 ? first : 0;
    last = last < n - 1 ? last : n - 1;
    if (first <= last)
        set_bits(words, (uint32_t)first, (uint32_t)last + 1);
}

/** An edge as offsets from the south-west of the window, the lower end first. */
struct offset_edge {
    int64_t ax;
    int64_t ay;
    int64_t bx;
    int64_t by;
};

static struct offset_edge offset_of(const struct ovf_cells *cells, const struct ovf_edge *edge)
{
    const struct ovf_window *w = &cells->window;
    const bool up = edge->a.lat_e7 <= edge->b.lat_e7;
    const struct ovf_point low = up ? edge->a : edge->b;
    const struct ovf_point high = up ? edge->b : edge->a;
    int64_t ax = (int64_t)low.lon_e7 - w->west_e7;
    ax += ax < 0 ? OVF_E7_TURN : 0;
    /* What is nearer to the window's west side than to its east side lies west of it. */
    if (!cells->is_round && ax > w->width_e7 + (OVF_E7_TURN - w->width_e7) / 2)
        ax -= OVF_E7_TURN;
    return (struct offset_edge){
        .ax = ax,
        .ay = (int64_t)low.lat_e7 - w->south_e7,
        .bx = ax + ovf_lon_difference(low.lon_e7, high.lon_e7),
        .by = (int64_t)high.lat_e7 - w->south_e7,
    };
}

/** Longitude where the edge passes latitude y, within one unit; y is first brought between its ends. */
static int64_t x_at(const struct offset_edge *e, int64_t y)
{
    if (y <= e->ay)
        return e->ax;
    if (y >= e->by)
        return e->bx;
    return e->ax + (e->bx - e->ax) * (y - e->ay) / (e->by - e->ay);
}

/** Marks all cells that come within the margin of the edge: in each row, the part of the edge that is no
 * farther in latitude, widened by the margin in longitude. */
static void mark_edge(const struct filling *f, const struct ovf_edge *edge)
{
    struct ovf_cells *cells = f->cells;
    const struct offset_edge e = offset_of(cells, edge);
    const int64_t step = cells->lat_step_e7;
    const int64_t first = floor_to(e.ay - f->margin.lat_e7, step) / step;
    const int64_t last = floor_to(e.by + f->margin.lat_e7, step) / step;
    for (int64_t row = first > 0 ? first : 0; row <= last && row < (int64_t)cells->n_rows; row++) {
        const int64_t x1 = x_at(&e, row * step - f->margin.lat_e7);
        const int64_t x2 = x_at(&e, (row + 1) * step + f->margin.lat_e7);
        const int64_t wide = f->wide_e7[row];
        mark_columns(cells, (uint32_t)row, (x1 < x2 ? x1 : x2) - wide, (x1 < x2 ? x2 : x1) + wide);
    }
}

static bool mark_edges(void *context, struct ovf_edge_list edges)
{
    struct filling *f = context;
    for (uint32_t i = 0; i < edges.n; i++) {
        struct ovf_edge edge;
        if (ovf_outline_may_have(&f->outline, ovf_index_word(edges.words, i), &edge) &&
            ovf_outline_has(&f->outline, &edge))
            mark_edge(f, &edge);
    }
    return true;
}

/* ---- what is left ---- */

/** The first column from \p col on whose bit is \p marked, or \p n. */
static uint32_t next_column(const uint64_t *words, uint32_t col, uint32_t n, bool marked)
{
    while (col < n) {
        const uint64_t word = (marked ? words[col / 64] : ~words[col / 64]) >> (col % 64);
        if (word != 0) {
            const uint32_t found = col + (uint32_t)__builtin_ctzll(word);
            return found < n ? found : n;
        }
        col = (col / 64 + 1) * 64;
    }
    return n;
}

/** Turns a row's marks of what is near the boundary into marks of what is inside, or outside. */
static void invert_row(const struct filling *f, uint32_t row)
{
    struct ovf_cells *cells = f->cells;
    uint64_t near[(OVF_CELLS_MAX + 63) / 64];
    uint64_t *words = cells->bits + (size_t)row * cells->n_words;
    const int32_t lat_e7 =
        cells->window.south_e7 + (int32_t)((2 * (int64_t)row + 1) * cells->lat_step_e7 / 2);
    memcpy(near, words, cells->n_words * sizeof *words);
    memset(words, 0, cells->n_words * sizeof *words);
    for (uint32_t col = next_column(near, 0, cells->n_cols, false); col < cells->n_cols;) {
        const uint32_t end = next_column(near, col, cells->n_cols, true);
        const int64_t east_e7 = (2 * (int64_t)col + 1) * cells->lon_step_e7 / 2;
        struct ovf_members members;
        ovf_index_locate(f->outline.index,
                         (struct ovf_point){lat_e7, ovf_lon_wrap(cells->window.west_e7 + east_e7)},
                         &members);
        if (ovf_members_meet(&members, f->outline.owners) != f->outside) {
            set_bits(words, col, end);
            cells->n_inside += end - col;
        }
        col = next_column(near, end, cells->n_cols, false);
    }
}

/** The window with the margin all round. */
static struct ovf_window widened(const struct ovf_cells *cells, struct margin margin)
{
    const struct ovf_window *w = &cells->window;
    const int64_t low = lon_margin_e7(cells, margin, 0);
    const int64_t high = lon_margin_e7(cells, margin, (int64_t)cells->n_rows - 1);
    const int64_t wide = low > high ? low : high;
    const bool all = cells->is_round || w->width_e7 + 2 * wide >= OVF_E7_TURN;
    return (struct ovf_window){
        .south_e7 = (int32_t)(w->south_e7 - margin.lat_e7),
        .north_e7 = (int32_t)(w->north_e7 + margin.lat_e7),
        .west_e7 = all ? (int32_t)(-OVF_E7_TURN / 2) : ovf_lon_wrap(w->west_e7 - wide),
        .width_e7 = all ? OVF_E7_TURN - 1 : w->width_e7 + 2 * wide,
    };
}

void ovf_cells_fill(struct ovf_cells *cells, const struct ovf_index *index,
                    const struct ovf_members *owners, bool outside, double margin_m)
{
    struct filling f;
    f.cells = cells;
    f.outside = outside;
    f.outline = ovf_outline_of(index, owners);
    f.margin = margin_from_m(margin_m);
    for (uint32_t row = 0; row < cells->n_rows; row++)
        f.wide_e7[row] = lon_margin_e7(cells, f.margin, row);
    const struct ovf_window reach = widened(cells, f.margin);
    memset(cells->bits, 0, (size_t)cells->n_rows * cells->n_words * sizeof *cells->bits);
    cells->n_inside = 0;
    if (cells->window.south_e7 == -pole_e7)
        set_bits(cells->bits, 0, cells->n_cols);
    if (cells->window.north_e7 == pole_e7)
        set_bits(cells->bits + (size_t)(cells->n_rows - 1) * cells->n_words, 0, cells->n_cols);
    (void)ovf_index_visit(index, &reach, mark_edges, &f);
    for (uint32_t row = 0; row < cells->n_rows; row++)
        invert_row(&f, row);
}

/** The rows and columns of the disc, row by row: what is visited is handed columns [first, last] until it
 * returns false. */
typedef bool columns_fn(struct ovf_cells *cells, int64_t row, int64_t first, int64_t last);

static bool visit_disc(struct ovf_cells *cells, struct ovf_point at, double radius_m,
                       columns_fn *visit)
{
    const struct margin margin = margin_from_m(radius_m);
    const struct offset_edge e = offset_of(cells, &(struct ovf_edge){.a = at, .b = at});
    const int64_t step = cells->lat_step_e7;
    const int64_t n = cells->n_cols;
    const int64_t first = floor_to(e.ay - margin.lat_e7, step) / step;
    const int64_t last = floor_to(e.ay + margin.lat_e7, step) / step;
    for (int64_t row = first > 0 ? first : 0; row <= last && row < (int64_t)cells->n_rows; row++) {
        /* What is left of the radius beside the way to the row's nearest latitude. */
        const int64_t up = row * step - e.ay;
        const int64_t down = e.ay - (row + 1) * step;
        const double off = (double)(up > 0 ? up : down > 0 ? down : 0);
        const double left = sqrt(fmax(0, margin.equator_e7 * margin.equator_e7 - off * off));
        const int64_t wide = lon_margin_e7(cells, (struct margin){margin.lat_e7, left}, row);
        const bool all = 2 * wide >= n * cells->lon_step_e7;
        if (!visit(cells, row,
                   all ? 0 : floor_to(e.ax - wide, cells->lon_step_e7) / cells->lon_step_e7,
                   all ? n - 1 : floor_to(e.ax + wide, cells->lon_step_e7) / cells->lon_step_e7))
            return false;
    }
    return true;
}

static bool columns_are_free(struct ovf_cells *cells, int64_t row, int64_t first, int64_t last)
{
    for (int64_t col = first; col <= last; col++) {
        if (ovf_cells_has(cells, row, col))
            return false;
    }
    return true;
}

static bool columns_are_inside(struct ovf_cells *cells, int64_t row, int64_t first, int64_t last)
{
    for (int64_t col = first; col <= last; col++) {
        if (!ovf_cells_has(cells, row, col))
            return false;
    }
    return true;
}

static bool clear_columns(struct ovf_cells *cells, int64_t row, int64_t first, int64_t last)
{
    const int64_t n = cells->n_cols;
    for (int64_t col = first; col <= last; col++) {
        if (!ovf_cells_has(cells, row, col))
            continue;
        const int64_t at = (col + n) % n;
        cells->bits[(size_t)row * cells->n_words + (size_t)at / 64] &= ~(UINT64_C(1) << (at % 64));
        cells->n_inside--;
    }
    return true;
}

bool ovf_cells_touch(const struct ovf_cells *cells, struct ovf_point at, double radius_m)
{
    struct ovf_cells view = *cells; /* what visits it only looks */
    return !visit_disc(&view, at, radius_m, columns_are_free);
}

bool ovf_cells_hold(const struct ovf_cells *cells, struct ovf_point at, double radius_m)
{
    struct ovf_cells view = *cells;
    return cells->n_inside > 0 && visit_disc(&view, at, radius_m, columns_are_inside);
}

void ovf_cells_clear(struct ovf_cells *cells, struct ovf_point at, double radius_m)
{
    (void)visit_disc(cells, at, radius_m, clear_columns);
}
