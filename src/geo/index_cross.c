/* SPDX-License-Identifier: Apache-2.0 */
/* Using the edge index where it lies: what a line crosses. */
#include <stdlib.h>

#include "base/array.h"
#include "geo/index_parts.h"

void ovf_hits_deinit(struct ovf_hits *hits)
{
    free(hits->items);
    *hits = (struct ovf_hits){0};
}

/** The rows or columns of a cell's parts that offsets from its own edge, cut to it, fall into. */
struct part_range {
    uint32_t begin;
    uint32_t end;
};

static struct part_range range_in_cell(int64_t from_e7, int64_t to_e7, uint32_t split)
{
    return (struct part_range){
        ovf_part_at(from_e7 > 0 ? (uint32_t)from_e7 : 0, split),
        ovf_part_at(to_e7 < OVF_CELL_E7 ? (uint32_t)to_e7 : OVF_CELL_E7, split) + 1};
}

static bool visit_cell(const struct ovf_block *block, struct part_range rows,
                       struct part_range cols, ovf_edges_fn *visit, void *context)
{
    const uint32_t n = UINT32_C(1) << block->split;
    if (block->n == 0)
        return true;
    if (rows.end - rows.begin == n && cols.end - cols.begin == n)
        return visit(context, ovf_block_edges(block));
    for (uint32_t r = rows.begin; r < rows.end; r++) {
        for (uint32_t c = cols.begin; c < cols.end; c++) {
            const uint32_t part = ovf_index_word(block->words, r << block->split | c);
            if (ovf_cell_is_mixed(part) && !visit(context, ovf_part_edges(block, part, NULL)))
                return false;
        }
    }
    return true;
}

bool ovf_index_visit(const struct ovf_index *index, const struct ovf_window *window,
                     ovf_edges_fn *visit, void *context)
{
    static const int32_t pole_e7 = 900000000;
    const uint32_t south =
        ovf_north_of_pole_e7(window->south_e7 > -pole_e7 ? window->south_e7 : -pole_e7);
    const uint32_t north =
        ovf_north_of_pole_e7(window->north_e7 < pole_e7 ? window->north_e7 : pole_e7);
    const uint32_t west = ovf_east_of_180_e7(window->west_e7);
    const int64_t east = (int64_t)west + window->width_e7;
    const uint32_t first_col = west / OVF_CELL_E7;
    const uint32_t n_cols = (uint32_t)(east / OVF_CELL_E7) - first_col + 1;
    for (uint32_t row = ovf_row_at(south); row <= ovf_row_at(north); row++) {
        const int64_t row_e7 = (int64_t)row * OVF_CELL_E7;
        for (uint32_t i = 0; i < n_cols; i++) {
            const int64_t col_e7 = (int64_t)(first_col + i) * OVF_CELL_E7;
            const uint32_t cell = ovf_cell_word(index, row, (first_col + i) % OVF_CELL_COLS);
            if (!ovf_cell_is_mixed(cell))
                continue;
            const struct ovf_block block = ovf_block_of(index, cell);
            if (!visit_cell(&block, range_in_cell(south - row_e7, north - row_e7, block.split),
                            range_in_cell(west - col_e7, east - col_e7, block.split), visit,
                            context))
                return false;
        }
    }
    return true;
}

static int compare_hits(const void *x, const void *y)
{
    const struct ovf_hit *a = x;
    const struct ovf_hit *b = y;
    if (a->t < b->t || a->t > b->t)
        return a->t < b->t ? -1 : 1;
    return (a->edge > b->edge) - (a->edge < b->edge);
}

static enum ovf_status push_hit(struct ovf_hits *hits, const struct ovf_edge *edge, uint32_t number,
                                struct ovf_point p, struct ovf_point q)
{
    struct ovf_hit *grown =
        ovf_array_reserve(hits->items, &hits->capacity, hits->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    hits->items = grown;
    const double from = (double)ovf_orient(edge->a, edge->b, p);
    const double to = (double)ovf_orient(edge->a, edge->b, q);
    /* The ends lie on different sides, so the areas differ unless both are 0: a piece along the edge
     * crosses it nowhere in particular. */
    const double t = from - to != 0 ? from / (from - to) : 0;
    hits->items[hits->n++] = (struct ovf_hit){t < 0 ? 0 : t > 1 ? 1 : t, number, edge->set};
    return OVF_OK;
}

/** The box of two points, widened. */
static struct ovf_window window_of(struct ovf_point p, struct ovf_point q, int32_t widen_e7)
{
    const int64_t dlon = ovf_lon_difference(p.lon_e7, q.lon_e7);
    return (struct ovf_window){
        .south_e7 = (p.lat_e7 < q.lat_e7 ? p.lat_e7 : q.lat_e7) - widen_e7,
        .north_e7 = (p.lat_e7 < q.lat_e7 ? q.lat_e7 : p.lat_e7) + widen_e7,
        .west_e7 = ovf_lon_wrap((int64_t)(dlon < 0 ? q.lon_e7 : p.lon_e7) - widen_e7),
        .width_e7 = llabs(dlon) + 2 * (int64_t)widen_e7,
    };
}

struct crossing {
    const struct ovf_index *index;
    struct ovf_window window;
    struct ovf_point p;
    struct ovf_point q;
    struct ovf_hits *hits;
    enum ovf_status st;
};

static bool cross_edges(void *context, struct ovf_edge_list edges)
{
    struct crossing *c = context;
    for (uint32_t i = 0; i < edges.n && c->st == OVF_OK; i++) {
        const uint32_t number = ovf_index_word(edges.words, i);
        if (!ovf_edge_may_meet(c->index, number, &c->window))
            continue;
        const struct ovf_edge edge = ovf_index_edge(c->index, number);
        if (ovf_piece_crosses_edge(c->p, c->q, edge.a, edge.b))
            c->st = push_hit(c->hits, &edge, number, c->p, c->q);
    }
    return c->st == OVF_OK;
}

/** In order, and each edge once: it was found in every part that lists it. */
static void sort_hits(struct ovf_hits *hits)
{
    size_t n = 1;
    if (hits->n < 2)
        return;
    qsort(hits->items, hits->n, sizeof *hits->items, compare_hits);
    for (size_t i = 1; i < hits->n; i++) {
        if (hits->items[i].edge != hits->items[n - 1].edge)
            hits->items[n++] = hits->items[i];
    }
    hits->n = n;
}

enum ovf_status ovf_index_cross(const struct ovf_index *index, struct ovf_point p,
                                struct ovf_point q, struct ovf_hits *hits)
{
    struct crossing c = {index, window_of(p, q, 0), p, q, hits, OVF_OK};
    hits->n = 0;
    if (ovf_point_equal(p, q))
        return OVF_OK;
    (void)ovf_index_visit(index, &c.window, cross_edges, &c);
    sort_hits(hits);
    return c.st;
}

/* For longer lines, nearer to a pole, or where they go towards it by more than a sixth of what is left,
 * ovf_index_line_is_clear does not answer. */
static const int64_t clear_span_max_e7 = 20000000;
static const int32_t clear_lat_max_e7 = 880000000;
static const int64_t clear_share = 6;
/* Beyond this it does not look at the line, only at its box. */
static const int32_t band_lat_max_e7 = 800000000;

/** A line, the box that holds all its pieces, and how far an area of the chord with one of their points
 * can be from 0. */
struct clear_line {
    const struct ovf_index *index;
    struct ovf_window window;
    struct ovf_point a;
    struct ovf_point b;
    int64_t band_e14;
};

/**
 * How far in latitude the pieces of a geodesic may lie from its ends' box, 1e-7 degree. On the sphere a
 * geodesic of length L and azimuth alpha bulges from its chord by L^2 / 8R tan(lat) (2 - sin^2 alpha)
 * sin(alpha), and L sin(alpha) tan(lat) is at most 1.2 N dlon (1.2: the cosines of two latitudes, one at
 * 7/6 of the other's distance from the pole). So it is at most 2.4 L N dlon / 8R, which is 5.4e-10 dlon (dlat + dlon)
 * in these units; 2^-30 is 1.7 times that, and leaves room for higher terms. 16 is for the rounding of the vertices,
 * a few millimetres.
 */
static int32_t bulge_e7(int64_t dlat_e7, int64_t dlon_e7)
{
    return (int32_t)((dlon_e7 * (dlat_e7 + dlon_e7)) >> 30) + 16;
}

static bool edges_are_clear(void *context, struct ovf_edge_list edges)
{
    const struct clear_line *line = context;
    for (uint32_t i = 0; i < edges.n; i++) {
        const uint32_t number = ovf_index_word(edges.words, i);
        if (!ovf_edge_may_meet(line->index, number, &line->window))
            continue;
        const struct ovf_edge edge = ovf_index_edge(line->index, number);
        const int64_t area_a = ovf_orient(line->a, line->b, edge.a);
        const int64_t area_b = ovf_orient(line->a, line->b, edge.b);
        if (!(area_a > line->band_e14 && area_b > line->band_e14) &&
            !(area_a < -line->band_e14 && area_b < -line->band_e14))
            return false;
    }
    return true;
}

/** False: it cannot be told of this line. */
static bool lay_line(const struct ovf_index *index, struct ovf_point a, struct ovf_point b,
                     struct clear_line *line)
{
    const int64_t dlat_e7 = llabs((int64_t)b.lat_e7 - a.lat_e7);
    const int64_t dlon_e7 = llabs(ovf_lon_difference(a.lon_e7, b.lon_e7));
    const int32_t lat_e7 = abs(a.lat_e7) > abs(b.lat_e7) ? abs(a.lat_e7) : abs(b.lat_e7);
    if (dlat_e7 > clear_span_max_e7 || dlon_e7 > clear_span_max_e7 || lat_e7 > clear_lat_max_e7 ||
        clear_share * dlat_e7 > 900000000 - lat_e7)
        return false;
    const int32_t bulge = bulge_e7(dlat_e7, dlon_e7);
    *line = (struct clear_line){
        .index = index,
        .window = window_of(a, b, bulge),
        .a = a,
        .b = b,
        /* As far in longitude as a length across is at 80 degrees: 1 / cos(80) < 6. */
        .band_e14 =
            lat_e7 <= band_lat_max_e7 ? 6 * (int64_t)bulge * (dlat_e7 + dlon_e7) : INT64_MAX,
    };
    return true;
}

bool ovf_index_line_is_clear(const struct ovf_index *index, struct ovf_point a, struct ovf_point b)
{
    struct clear_line line;
    return lay_line(index, a, b, &line) &&
           ovf_index_visit(index, &line.window, edges_are_clear, &line);
}

static int32_t lower(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t higher(int32_t a, int32_t b)
{
    return a < b ? b : a;
}

/** Whether the window lies within two boxes, one beside the other. */
static bool is_within(const struct ovf_window *window, const struct ovf_box *p,
                      const struct ovf_box *q)
{
    /* What both have, made longer where they touch. */
    struct ovf_box both = {higher(p->south_e7, q->south_e7), lower(p->north_e7, q->north_e7),
                           higher(p->west_e7, q->west_e7), lower(p->east_e7, q->east_e7)};
    if (both.west_e7 == both.east_e7) {
        both.west_e7 = lower(p->west_e7, q->west_e7);
        both.east_e7 = higher(p->east_e7, q->east_e7);
    } else if (both.south_e7 == both.north_e7) {
        both.south_e7 = lower(p->south_e7, q->south_e7);
        both.north_e7 = higher(p->north_e7, q->north_e7);
    }
    return window->south_e7 >= both.south_e7 && window->north_e7 < both.north_e7 &&
           window->west_e7 >= both.west_e7 && window->west_e7 + window->width_e7 < both.east_e7;
}

bool ovf_index_step_is_clear(const struct ovf_index *index, struct ovf_point a,
                             const struct ovf_box *at_a, struct ovf_point b,
                             const struct ovf_box *at_b)
{
    struct clear_line line;
    return lay_line(index, a, b, &line) &&
           (is_within(&line.window, at_a, at_b) ||
            ovf_index_visit(index, &line.window, edges_are_clear, &line));
}
