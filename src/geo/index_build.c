/* SPDX-License-Identifier: Apache-2.0 */
/* Building the edge index.
 *
 * Words, little-endian: header (magic, version, n_edges, n_sets, n_owners, n_block_words, 0, 0), then
 * edges, sets, owners, squares, cells and blocks as geo/index.h names them.
 *
 * The owner set of each cell's centre is found by going south along the centres' meridian from the
 * north pole, flipping the owners of every edge passed. */
#include "geo/index.h"

#include <stdlib.h>

#include "base/array.h"
#include "geo/index_format.h"
#include "geo/index_split.h"

enum {
    N_CELLS = OVF_CELL_ROWS * OVF_CELL_COLS,
    N_SQUARES = OVF_SQUARE_ROWS * OVF_SQUARE_COLS,
};

struct build {
    const struct ovf_boundary *boundary;
    struct ovf_set_table table; /* the boundary's sets, and those of places */
    uint32_t *order;            /* edges in the order of the cells they begin in */
    uint32_t *n_in_cell;
    uint32_t *centre_set;
    uint32_t *list;
    size_t n_list;
    uint32_t *words; /* of the cells */
    struct ovf_buffer blocks;
};

static int cell_row(int32_t lat_e7)
{
    const int row = (int)((lat_e7 + INT64_C(900000000)) / OVF_CELL_E7);
    return row < OVF_CELL_ROWS ? row : OVF_CELL_ROWS - 1;
}

static uint32_t cell_of(struct ovf_point p)
{
    const int col = (int)((p.lon_e7 + OVF_E7_TURN / 2) / OVF_CELL_E7);
    return (uint32_t)(cell_row(p.lat_e7) * OVF_CELL_COLS + col);
}

/** Rows and columns of cells that an edge's box, widened by the margin, meets; columns may run past
 * the last one and wrap. */
struct span {
    int row_begin, row_end, col_begin, col_end;
};

static struct span span_of(const struct ovf_edge *edge)
{
    const int64_t dlon = ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7);
    const int64_t west =
        edge->a.lon_e7 + (dlon < 0 ? dlon : 0) - OVF_CELL_MARGIN_E7 + OVF_E7_TURN / 2;
    const int64_t width = llabs(dlon) + 2 * OVF_CELL_MARGIN_E7;
    const int64_t start = west < 0 ? west + OVF_E7_TURN : west;
    const int32_t lat_a = edge->a.lat_e7;
    const int32_t lat_b = edge->b.lat_e7;
    const int64_t south = (lat_a < lat_b ? lat_a : lat_b) - (int64_t)OVF_CELL_MARGIN_E7;
    const int64_t north = (lat_a < lat_b ? lat_b : lat_a) + (int64_t)OVF_CELL_MARGIN_E7;
    return (struct span){
        .row_begin = south < -900000000 ? 0 : cell_row((int32_t)south),
        .row_end = north > 900000000 ? OVF_CELL_ROWS : cell_row((int32_t)north) + 1,
        .col_begin = (int)(start / OVF_CELL_E7),
        .col_end = (int)((start + width) / OVF_CELL_E7) + 1,
    };
}

/** Whether the cell, widened by the margin, has corners on both sides of the edge's line (the boxes
 * are known to meet, so this is the separating-axis test). */
static bool line_meets_cell(const struct ovf_edge *edge, int row, int col)
{
    const int64_t south = (int64_t)row * OVF_CELL_E7 - 900000000 - OVF_CELL_MARGIN_E7;
    const int64_t west = (int64_t)col * OVF_CELL_E7 - OVF_E7_TURN / 2 - OVF_CELL_MARGIN_E7;
    const int64_t size = OVF_CELL_E7 + 2 * OVF_CELL_MARGIN_E7;
    bool left = false;
    bool right = false;
    for (int corner = 0; corner < 4; corner++) {
        const struct ovf_point p = {(int32_t)(south + (corner & 1) * size),
                                    ovf_lon_wrap(west + (corner >> 1) * size)};
        const int64_t area = ovf_orient(edge->a, edge->b, p);
        left = left || area >= 0;
        right = right || area <= 0;
    }
    return left && right;
}

typedef void cell_fn(struct build *build, uint32_t cell, uint32_t edge);

static void for_each_cell(struct build *build, uint32_t edge, cell_fn *visit)
{
    const struct ovf_edge *e = &build->boundary->edges[build->order[edge]];
    const struct span span = span_of(e);
    for (int row = span.row_begin; row < span.row_end; row++) {
        for (int col = span.col_begin; col < span.col_end; col++) {
            const int wrapped = col % OVF_CELL_COLS;
            if (line_meets_cell(e, row, wrapped))
                visit(build, (uint32_t)(row * OVF_CELL_COLS + wrapped), edge);
        }
    }
}

static void count_in_cell(struct build *build, uint32_t cell, uint32_t edge)
{
    (void)edge;
    build->n_in_cell[cell]++;
    build->n_list++;
}

/** n_in_cell holds where the cell's next entry goes. */
static void list_in_cell(struct build *build, uint32_t cell, uint32_t edge)
{
    build->list[build->n_in_cell[cell]++] = edge;
}

/** Edges in the order of the cell they begin in, else as they were: a counting sort. */
static enum ovf_status order_edges(struct build *build)
{
    const struct ovf_boundary *boundary = build->boundary;
    uint32_t *next = calloc(N_CELLS + 1, sizeof *next);
    build->order = malloc((boundary->n_edges + 1) * sizeof *build->order);
    if (next == NULL || build->order == NULL) {
        free(next);
        return OVF_E_NOMEM;
    }
    for (size_t i = 0; i < boundary->n_edges; i++)
        next[cell_of(boundary->edges[i].a) + 1]++;
    for (int c = 0; c < N_CELLS; c++)
        next[c + 1] += next[c];
    for (size_t i = 0; i < boundary->n_edges; i++)
        build->order[next[cell_of(boundary->edges[i].a)]++] = (uint32_t)i;
    free(next);
    return OVF_OK;
}

static enum ovf_status list_edges(struct build *build)
{
    build->n_in_cell = calloc(N_CELLS, sizeof *build->n_in_cell);
    if (build->n_in_cell == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < build->boundary->n_edges; i++)
        for_each_cell(build, (uint32_t)i, count_in_cell);
    build->list = malloc((build->n_list + 1) * sizeof *build->list);
    if (build->list == NULL)
        return OVF_E_NOMEM;
    uint32_t begin = 0;
    for (int c = 0; c < N_CELLS; c++) {
        const uint32_t n = build->n_in_cell[c];
        build->n_in_cell[c] = begin;
        begin += n;
    }
    for (size_t i = 0; i < build->boundary->n_edges; i++)
        for_each_cell(build, (uint32_t)i, list_in_cell);
    return OVF_OK; /* n_in_cell now holds where each cell's list ends */
}

/** An edge that the meridian of a column's centres passes: the centres north of it begin at row. */
struct passing {
    uint32_t col;
    uint32_t row; /* the first row whose centre lies north of the edge there */
    uint32_t set;
};

struct passings {
    struct passing *items;
    size_t n;
    size_t capacity;
};

static struct ovf_point cell_centre(int row, int col)
{
    return (struct ovf_point){
        (int32_t)((int64_t)row * OVF_CELL_E7 + OVF_CELL_E7 / 2 - 900000000),
        (int32_t)((int64_t)col * OVF_CELL_E7 + OVF_CELL_E7 / 2 - OVF_E7_TURN / 2),
    };
}

static enum ovf_status push_passing(const struct ovf_edge *edge, int col, struct passings *passings)
{
    /* West to east, so that left of the edge is north of it. */
    const bool eastward = ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7) > 0;
    const struct ovf_point west = eastward ? edge->a : edge->b;
    const struct ovf_point east = eastward ? edge->b : edge->a;
    int row = cell_row(west.lat_e7 < east.lat_e7 ? west.lat_e7 : east.lat_e7);
    while (row < OVF_CELL_ROWS && !ovf_edge_has_left(west, east, cell_centre(row, col)))
        row++;
    struct passing *grown =
        ovf_array_reserve(passings->items, &passings->capacity, passings->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    passings->items = grown;
    passings->items[passings->n++] = (struct passing){(uint32_t)col, (uint32_t)row, edge->set};
    return OVF_OK;
}

/** Whether the meridian at \p lon_e7, moved east by its hair, lies east of \p p. */
static bool meridian_is_east(struct ovf_point p, int32_t lon_e7)
{
    return ovf_lon_difference(p.lon_e7, lon_e7) >= 0;
}

static enum ovf_status find_passings(const struct build *build, struct passings *passings)
{
    for (size_t i = 0; i < build->boundary->n_edges; i++) {
        const struct ovf_edge *edge = &build->boundary->edges[i];
        const struct span span = span_of(edge);
        for (int col = span.col_begin; col < span.col_end; col++) {
            const int wrapped = col % OVF_CELL_COLS;
            const int32_t lon_e7 = cell_centre(0, wrapped).lon_e7;
            if (meridian_is_east(edge->a, lon_e7) == meridian_is_east(edge->b, lon_e7))
                continue;
            const enum ovf_status st = push_passing(edge, wrapped, passings);
            if (st != OVF_OK)
                return st;
        }
    }
    return OVF_OK;
}

/** By column, and in it from north to south. */
static int compare_passings(const void *x, const void *y)
{
    const struct passing *a = x;
    const struct passing *b = y;
    if (a->col != b->col)
        return a->col < b->col ? -1 : 1;
    return (a->row < b->row) - (a->row > b->row);
}

static enum ovf_status own_column(struct build *build, int col, const struct passing *passing,
                                  size_t n_passings)
{
    struct ovf_members here = build->boundary->north_pole;
    uint32_t set = 0;
    bool changed = true;
    for (int row = OVF_CELL_ROWS - 1; row >= 0; row--) {
        for (; n_passings > 0 && passing->row > (uint32_t)row; passing++, n_passings--) {
            ovf_members_toggle_all(&here, &build->boundary->sets.items[passing->set]);
            changed = true;
        }
        if (changed) {
            const enum ovf_status st = ovf_set_table_intern(&build->table, &here, &set);
            if (st != OVF_OK)
                return st;
            changed = false;
        }
        build->centre_set[row * OVF_CELL_COLS + col] = set;
    }
    return OVF_OK;
}

static enum ovf_status own_centres(struct build *build)
{
    struct passings passings = {0};
    enum ovf_status st = OVF_E_NOMEM;
    build->centre_set = malloc(N_CELLS * sizeof *build->centre_set);
    if (build->centre_set == NULL)
        goto out;
    st = find_passings(build, &passings);
    if (st != OVF_OK)
        goto out;
    if (passings.n > 0)
        qsort(passings.items, passings.n, sizeof *passings.items, compare_passings);
    size_t begin = 0;
    for (int col = 0; col < OVF_CELL_COLS && st == OVF_OK; col++) {
        size_t end = begin;
        while (end < passings.n && passings.items[end].col == (uint32_t)col)
            end++;
        st = own_column(build, col, begin < end ? &passings.items[begin] : NULL, end - begin);
        begin = end;
    }
out:
    free(passings.items);
    return st;
}

static void put(struct ovf_buffer *out, uint32_t word)
{
    ovf_store_u32le(out->data + out->len, word);
    out->len += 4;
}

static uint32_t cell_begin(const struct build *build, int cell)
{
    return cell == 0 ? 0 : build->n_in_cell[cell - 1];
}

static bool is_mixed(const struct build *build, int cell)
{
    return build->n_in_cell[cell] > cell_begin(build, cell);
}

static void put_edges(const struct build *build, struct ovf_buffer *out)
{
    for (size_t i = 0; i < build->boundary->n_edges; i++) {
        const struct ovf_edge *edge = &build->boundary->edges[build->order[i]];
        put(out, (uint32_t)edge->a.lat_e7);
        put(out, (uint32_t)edge->a.lon_e7);
        put(out, (uint32_t)edge->b.lat_e7);
        put(out, (uint32_t)edge->b.lon_e7);
        put(out, edge->set);
    }
}

static void put_sets(const struct build *build, struct ovf_buffer *out)
{
    uint32_t at = 0;
    for (size_t i = 0; i < build->table.sets.n; i++) {
        put(out, at);
        at += ovf_members_count(&build->table.sets.items[i]);
    }
    put(out, at);
    for (size_t i = 0; i < build->table.sets.n; i++) {
        const struct ovf_members *set = &build->table.sets.items[i];
        for (uint32_t owner = ovf_members_next(set, 0); owner < OVF_MEMBERS_MAX;
             owner = ovf_members_next(set, owner + 1))
            put(out, owner);
    }
}

static enum ovf_status split_cell(struct build *build, struct ovf_splitter *splitter, int c)
{
    const struct ovf_split_cell cell = {
        .row = (uint32_t)c / OVF_CELL_COLS,
        .col = (uint32_t)c % OVF_CELL_COLS,
        .edges = build->boundary->edges,
        .order = build->order,
        .list = build->list + cell_begin(build, c),
        .n = build->n_in_cell[c] - cell_begin(build, c),
        .centre_set = build->centre_set[c],
    };
    const size_t begin = build->blocks.len / 4;
    if (begin > OVF_CELL_BLOCK_MASK)
        return OVF_E_LIMIT;
    build->words[c] =
        OVF_CELL_MIXED | ovf_split_of(cell.n) << OVF_CELL_SPLIT_SHIFT | (uint32_t)begin;
    return ovf_split_append(splitter, &cell, &build->blocks);
}

static enum ovf_status split_cells(struct build *build)
{
    struct ovf_splitter splitter = {.table = &build->table};
    enum ovf_status st = OVF_OK;
    build->words = malloc(N_CELLS * sizeof *build->words);
    if (build->words == NULL)
        return OVF_E_NOMEM;
    for (int c = 0; c < N_CELLS && st == OVF_OK; c++) {
        build->words[c] = build->centre_set[c];
        if (is_mixed(build, c))
            st = split_cell(build, &splitter, c);
    }
    ovf_splitter_deinit(&splitter);
    return st;
}

/** The set of all cells of a square, or OVF_CELL_MIXED when they differ. */
static uint32_t square_word(const struct build *build, int row, int col)
{
    const uint32_t first =
        build->words[row * OVF_SQUARE_CELLS * OVF_CELL_COLS + col * OVF_SQUARE_CELLS];
    for (int r = 0; r < OVF_SQUARE_CELLS; r++) {
        for (int c = 0; c < OVF_SQUARE_CELLS; c++) {
            if (build->words[(row * OVF_SQUARE_CELLS + r) * OVF_CELL_COLS + col * OVF_SQUARE_CELLS +
                             c] != first)
                return OVF_CELL_MIXED;
        }
    }
    return (first & OVF_CELL_MIXED) != 0 ? OVF_CELL_MIXED : first;
}

static void put_cells(const struct build *build, struct ovf_buffer *out)
{
    for (int row = 0; row < OVF_SQUARE_ROWS; row++) {
        for (int col = 0; col < OVF_SQUARE_COLS; col++)
            put(out, square_word(build, row, col));
    }
    for (int c = 0; c < N_CELLS; c++)
        put(out, build->words[c]);
}

static enum ovf_status write_index(const struct build *build, struct ovf_buffer *out)
{
    const size_t n_edges = build->boundary->n_edges;
    size_t n_owners = 0;
    for (size_t i = 0; i < build->table.sets.n; i++)
        n_owners += ovf_members_count(&build->table.sets.items[i]);
    const size_t n_words = OVF_INDEX_HEADER_WORDS + n_edges * OVF_INDEX_EDGE_WORDS +
                           build->table.sets.n + 1 + n_owners + N_SQUARES + N_CELLS +
                           build->blocks.len / 4;
    const enum ovf_status st = ovf_buffer_reserve(out, 4 * n_words);
    if (st != OVF_OK)
        return st;
    const size_t header[OVF_INDEX_HEADER_WORDS] = {
        OVF_INDEX_MAGIC, OVF_INDEX_VERSION,     n_edges, build->table.sets.n,
        n_owners,        build->blocks.len / 4, 0,       0};
    for (int i = 0; i < OVF_INDEX_HEADER_WORDS; i++)
        put(out, (uint32_t)header[i]);
    put_edges(build, out);
    put_sets(build, out);
    put_cells(build, out);
    return ovf_buffer_append(out, build->blocks.data, build->blocks.len);
}

enum ovf_status ovf_index_build(const struct ovf_boundary *boundary, struct ovf_buffer *out)
{
    struct build build = {.boundary = boundary};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < boundary->sets.n && st == OVF_OK; i++) {
        uint32_t same_number;
        st = ovf_set_table_intern(&build.table, &boundary->sets.items[i], &same_number);
    }
    if (st == OVF_OK)
        st = order_edges(&build);
    if (st == OVF_OK)
        st = list_edges(&build);
    if (st == OVF_OK)
        st = own_centres(&build);
    if (st == OVF_OK)
        st = split_cells(&build);
    if (st == OVF_OK)
        st = write_index(&build, out);
    ovf_set_table_deinit(&build.table);
    free(build.order);
    free(build.n_in_cell);
    free(build.centre_set);
    free(build.list);
    free(build.words);
    ovf_buffer_deinit(&build.blocks);
    return st;
}
