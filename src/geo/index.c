/* SPDX-License-Identifier: Apache-2.0 */
/* Using the edge index where it lies. */
#include "geo/index.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "geo/geodesic.h"
#include "geo/index_format.h"
#include "geo/trig.h"

static uint32_t word(const unsigned char *words, uint64_t i)
{
    return ovf_load_u32le(words + 4 * i);
}

/** Takes \p n_words from the front of \p rest. */
static bool take_words(struct ovf_bytes *rest, uint64_t n_words, const unsigned char **out)
{
    if (n_words > rest->len / 4)
        return false;
    *out = rest->data;
    *rest = (struct ovf_bytes){rest->data + 4 * n_words, rest->len - 4 * (size_t)n_words};
    return true;
}

static bool take_parts(struct ovf_bytes rest, struct ovf_index *out)
{
    const unsigned char *header;
    if (!take_words(&rest, OVF_INDEX_HEADER_WORDS, &header) || word(header, 0) != OVF_INDEX_MAGIC ||
        word(header, 1) != OVF_INDEX_VERSION)
        return false;
    out->n_edges = word(header, 2);
    out->n_sets = word(header, 3);
    out->n_owners = word(header, 4);
    out->n_records = word(header, 5);
    out->n_list = word(header, 6);
    return out->n_sets > 0 &&
           take_words(&rest, (uint64_t)out->n_edges * OVF_INDEX_EDGE_WORDS, &out->edges) &&
           take_words(&rest, (uint64_t)out->n_sets + 1, &out->sets) &&
           take_words(&rest, out->n_owners, &out->owners) &&
           take_words(&rest, (uint64_t)OVF_CELL_ROWS * OVF_CELL_COLS, &out->cells) &&
           take_words(&rest, (uint64_t)out->n_records * OVF_INDEX_RECORD_WORDS, &out->records) &&
           take_words(&rest, out->n_list, &out->list);
}

enum ovf_status ovf_index_view(struct ovf_bytes bytes, struct ovf_index *out, struct ovf_error *err)
{
    struct ovf_index index = {0};
    if (!take_parts(bytes, &index))
        return ovf_error_set(err, OVF_E_FORMAT, "not an edge index of version %d, or cut short",
                             OVF_INDEX_VERSION);
    /* The rest of the numbers are checked where they are used: reading a hundred megabytes at start
     * to check them all would cost more than the work itself. */
    *out = index;
    return OVF_OK;
}

void ovf_index_set(const struct ovf_index *index, uint32_t set, struct ovf_members *out)
{
    *out = (struct ovf_members){{0}};
    if (set >= index->n_sets)
        return;
    const uint32_t begin = word(index->sets, set);
    const uint32_t end = word(index->sets, (uint64_t)set + 1);
    for (uint32_t i = begin; i < end && i < index->n_owners; i++) {
        const uint32_t owner = word(index->owners, i);
        if (owner < OVF_MEMBERS_MAX)
            ovf_members_toggle(out, owner);
    }
}

static bool is_on_globe(struct ovf_point p)
{
    return p.lat_e7 >= -900000000 && p.lat_e7 <= 900000000 && p.lon_e7 >= -1800000000 &&
           p.lon_e7 < 1800000000;
}

struct ovf_edge ovf_index_edge(const struct ovf_index *index, uint32_t i)
{
    if (i >= index->n_edges)
        return (struct ovf_edge){{0, 0}, {0, 0}, 0};
    const unsigned char *p = index->edges + (size_t)i * OVF_INDEX_EDGE_WORDS * 4;
    const struct ovf_edge edge = {{(int32_t)word(p, 0), (int32_t)word(p, 1)},
                                  {(int32_t)word(p, 2), (int32_t)word(p, 3)},
                                  word(p, 4)};
    /* Out of range, products of differences would not fit 64 bits. */
    return is_on_globe(edge.a) && is_on_globe(edge.b) ? edge : (struct ovf_edge){{0, 0}, {0, 0}, 0};
}

static int row_of(int64_t lat_e7)
{
    const int64_t row = (lat_e7 + 900000000) / OVF_CELL_E7;
    return row < 0 ? 0 : row < OVF_CELL_ROWS ? (int)row : OVF_CELL_ROWS - 1;
}

static int col_of(int32_t lon_e7)
{
    return (int)((lon_e7 + OVF_E7_TURN / 2) / OVF_CELL_E7);
}

static uint32_t cell_at(const struct ovf_index *index, int row, int col)
{
    return word(index->cells, (uint64_t)row * OVF_CELL_COLS + (uint64_t)col);
}

/** A mixed cell's edges and the owner set of its centre. */
struct record {
    uint32_t begin;
    uint32_t end;
    uint32_t centre_set;
};

static struct record record_of(const struct ovf_index *index, uint32_t cell)
{
    const uint32_t i = cell & ~OVF_CELL_MIXED;
    if (i >= index->n_records)
        return (struct record){0, 0, 0};
    const unsigned char *p = index->records + (size_t)i * OVF_INDEX_RECORD_WORDS * 4;
    const uint32_t end = word(p, 1);
    return (struct record){word(p, 0), end < index->n_list ? end : index->n_list, word(p, 2)};
}

static void toggle_set(const struct ovf_index *index, uint32_t set, struct ovf_members *members)
{
    struct ovf_members owners;
    ovf_index_set(index, set, &owners);
    ovf_members_toggle_all(members, &owners);
}

void ovf_index_locate(const struct ovf_index *index, struct ovf_point at, struct ovf_members *out)
{
    const int row = row_of(at.lat_e7);
    const int col = col_of(at.lon_e7);
    const uint32_t cell = cell_at(index, row, col);
    if ((cell & OVF_CELL_MIXED) == 0) {
        ovf_index_set(index, cell, out);
        return;
    }
    const struct record record = record_of(index, cell);
    const struct ovf_point centre = {
        (int32_t)((int64_t)row * OVF_CELL_E7 + OVF_CELL_E7 / 2 - 900000000),
        (int32_t)((int64_t)col * OVF_CELL_E7 + OVF_CELL_E7 / 2 - OVF_E7_TURN / 2),
    };
    ovf_index_set(index, record.centre_set, out);
    if (ovf_point_equal(at, centre))
        return;
    for (uint32_t i = record.begin; i < record.end; i++) {
        const struct ovf_edge edge = ovf_index_edge(index, word(index->list, i));
        if (ovf_piece_crosses_edge(at, centre, edge.a, edge.b))
            toggle_set(index, edge.set, out);
    }
}

bool ovf_index_same_empty_cell(const struct ovf_index *index, struct ovf_point a,
                               struct ovf_point b)
{
    static const int32_t lat_max_e7 = 800000000; /* see OVF_CELL_MARGIN_E7 */
    const int row = row_of(a.lat_e7);
    const int col = col_of(a.lon_e7);
    return row == row_of(b.lat_e7) && col == col_of(b.lon_e7) && abs(a.lat_e7) < lat_max_e7 &&
           abs(b.lat_e7) < lat_max_e7 && (cell_at(index, row, col) & OVF_CELL_MIXED) == 0;
}

void ovf_hits_deinit(struct ovf_hits *hits)
{
    free(hits->items);
    free(hits->candidates);
    *hits = (struct ovf_hits){0};
}

static int compare_numbers(const void *x, const void *y)
{
    const uint32_t a = *(const uint32_t *)x;
    const uint32_t b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

static enum ovf_status add_candidates(const struct ovf_index *index, uint32_t cell,
                                      struct ovf_hits *hits)
{
    if ((cell & OVF_CELL_MIXED) == 0)
        return OVF_OK;
    const struct record record = record_of(index, cell);
    if (record.end <= record.begin)
        return OVF_OK;
    uint32_t *grown =
        ovf_array_reserve(hits->candidates, &hits->candidates_capacity,
                          hits->n_candidates + (record.end - record.begin), sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    hits->candidates = grown;
    for (uint32_t i = record.begin; i < record.end; i++)
        hits->candidates[hits->n_candidates++] = word(index->list, i);
    return OVF_OK;
}

/** The edges of all cells that the box of p-q meets, each once. */
static enum ovf_status find_candidates(const struct ovf_index *index, struct ovf_point p,
                                       struct ovf_point q, struct ovf_hits *hits)
{
    const int64_t dlon = ovf_lon_difference(p.lon_e7, q.lon_e7);
    const int32_t west_e7 = dlon < 0 ? q.lon_e7 : p.lon_e7;
    const int n_cols =
        (int)(((west_e7 + OVF_E7_TURN / 2) % OVF_CELL_E7 + llabs(dlon)) / OVF_CELL_E7) + 1;
    const int row_p = row_of(p.lat_e7);
    const int row_q = row_of(q.lat_e7);
    const int row_begin = row_p < row_q ? row_p : row_q;
    const int row_end = (row_p < row_q ? row_q : row_p) + 1;
    hits->n_candidates = 0;
    for (int row = row_begin; row < row_end; row++) {
        for (int i = 0; i < n_cols; i++) {
            const uint32_t cell = cell_at(index, row, (col_of(west_e7) + i) % OVF_CELL_COLS);
            const enum ovf_status st = add_candidates(index, cell, hits);
            if (st != OVF_OK)
                return st;
        }
    }
    if (hits->n_candidates == 0 || (n_cols == 1 && row_end - row_begin == 1))
        return OVF_OK;
    qsort(hits->candidates, hits->n_candidates, sizeof *hits->candidates, compare_numbers);
    size_t n = 1;
    for (size_t i = 1; i < hits->n_candidates; i++) {
        if (hits->candidates[i] != hits->candidates[n - 1])
            hits->candidates[n++] = hits->candidates[i];
    }
    hits->n_candidates = n;
    return OVF_OK;
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

enum ovf_status ovf_index_cross(const struct ovf_index *index, struct ovf_point p,
                                struct ovf_point q, struct ovf_hits *hits)
{
    hits->n = 0;
    if (ovf_point_equal(p, q))
        return OVF_OK;
    enum ovf_status st = find_candidates(index, p, q, hits);
    for (size_t i = 0; i < hits->n_candidates && st == OVF_OK; i++) {
        const struct ovf_edge edge = ovf_index_edge(index, hits->candidates[i]);
        if (ovf_piece_crosses_edge(p, q, edge.a, edge.b))
            st = push_hit(hits, &edge, hits->candidates[i], p, q);
    }
    if (st == OVF_OK && hits->n > 1)
        qsort(hits->items, hits->n, sizeof *hits->items, compare_hits);
    return st;
}

/** Square of the distance from \p at to the edge, in the plane that touches the globe at \p at, where
 * a degree of longitude is \p lon_scale times as long as one of latitude; in e7 degrees of latitude. */
static double distance2_e14(const struct ovf_edge *edge, struct ovf_point at, double lon_scale)
{
    const double ax = (double)ovf_lon_difference(at.lon_e7, edge->a.lon_e7) * lon_scale;
    const double ay = (double)((int64_t)edge->a.lat_e7 - at.lat_e7);
    const double bx = (double)ovf_lon_difference(at.lon_e7, edge->b.lon_e7) * lon_scale;
    const double by = (double)((int64_t)edge->b.lat_e7 - at.lat_e7);
    const double ex = bx - ax;
    const double ey = by - ay;
    const double length2 = ex * ex + ey * ey;
    double t = length2 > 0 ? -(ax * ex + ay * ey) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const double x = ax + t * ex;
    const double y = ay + t * ey;
    return x * x + y * y;
}

static bool set_has(const struct ovf_index *index, uint32_t set, uint32_t owner)
{
    struct ovf_members owners;
    if (owner >= OVF_MEMBERS_MAX)
        return true;
    ovf_index_set(index, set, &owners);
    return ovf_members_has(&owners, owner);
}

static void nearest_in_cell(const struct ovf_index *index, uint32_t cell, struct ovf_point at,
                            uint32_t owner, double lon_scale, double *best2_e14)
{
    if ((cell & OVF_CELL_MIXED) == 0)
        return;
    const struct record record = record_of(index, cell);
    for (uint32_t i = record.begin; i < record.end; i++) {
        const struct ovf_edge edge = ovf_index_edge(index, word(index->list, i));
        const double d2 = distance2_e14(&edge, at, lon_scale);
        if (d2 < *best2_e14 && set_has(index, edge.set, owner))
            *best2_e14 = d2;
    }
}

double ovf_index_distance_m(const struct ovf_index *index, struct ovf_point at, uint32_t owner,
                            double limit_m)
{
    static const double m_per_e7 =
        0.0111132; /* of latitude, at 45 degrees; within 0.6 % anywhere */
    limit_m = limit_m < OVF_DISTANCE_MAX_M ? limit_m : OVF_DISTANCE_MAX_M;
    double sine;
    double cosine;
    ovf_sincos_e7(at.lat_e7, &sine, &cosine);
    const double flattening = sqrt(1.0 - OVF_WGS84_E2 * sine * sine);
    /* radius of the parallel over radius of curvature of the meridian: N cos(lat) / M */
    const double lon_scale = cosine * flattening * flattening / (1.0 - OVF_WGS84_E2);
    const double limit_e7 = limit_m / m_per_e7;
    double best2_e14 = limit_e7 * limit_e7;
    const int row_begin = row_of((int64_t)at.lat_e7 - (int64_t)limit_e7);
    const int row_end = row_of((int64_t)at.lat_e7 + (int64_t)limit_e7) + 1;
    const double widest_e7 = lon_scale > 1e-3 ? limit_e7 / lon_scale : limit_e7 * 1e3;
    const int reach = (int)(widest_e7 / OVF_CELL_E7) + 1;
    const int n_cols = 2 * reach + 1 < OVF_CELL_COLS ? 2 * reach + 1 : OVF_CELL_COLS;
    const int first_col = col_of(at.lon_e7) - reach + OVF_CELL_COLS;
    for (int row = row_begin; row < row_end; row++) {
        for (int i = 0; i < n_cols; i++)
            nearest_in_cell(index, cell_at(index, row, (first_col + i) % OVF_CELL_COLS), at, owner,
                            lon_scale, &best2_e14);
    }
    /* Exactly the limit when nothing is nearer: callers compare with it. */
    return best2_e14 < limit_e7 * limit_e7 ? sqrt(best2_e14) * m_per_e7 : limit_m;
}

static bool cell_has_owner(const struct ovf_index *index, uint32_t cell, uint32_t owner)
{
    if ((cell & OVF_CELL_MIXED) == 0)
        return false;
    const struct record record = record_of(index, cell);
    for (uint32_t i = record.begin; i < record.end; i++) {
        const struct ovf_edge edge = ovf_index_edge(index, word(index->list, i));
        if (set_has(index, edge.set, owner))
            return true;
    }
    return false;
}

bool ovf_index_is_clear(const struct ovf_index *index, struct ovf_point at, uint32_t owner,
                        double radius_m)
{
    static const double clear_max_m = 1e6;
    static const int32_t clear_lat_max_e7 = 800000000;
    static const double least_m_per_e7 = 0.01105; /* of latitude; the least is 110.57 km a degree */
    double sine;
    double cosine;
    if (!(radius_m <= clear_max_m))
        return false;
    /* A box that holds the disc: as wide as the disc is at its latitude nearest to a pole. */
    const int64_t high_e7 = (int64_t)(radius_m / least_m_per_e7) + 1;
    const int64_t farthest_e7 = llabs(at.lat_e7) + high_e7;
    if (farthest_e7 > clear_lat_max_e7)
        return false;
    ovf_sincos_e7((int32_t)farthest_e7, &sine, &cosine);
    const int64_t wide_e7 = (int64_t)((double)high_e7 / cosine) + 1;
    const int32_t west_e7 = ovf_lon_wrap(at.lon_e7 - wide_e7);
    const int first_col = col_of(west_e7);
    const int n_cols =
        (int)(((west_e7 + OVF_E7_TURN / 2) % OVF_CELL_E7 + 2 * wide_e7) / OVF_CELL_E7) + 1;
    for (int row = row_of(at.lat_e7 - high_e7); row <= row_of(at.lat_e7 + high_e7); row++) {
        for (int col = first_col; col < first_col + n_cols; col++) {
            if (cell_has_owner(index, cell_at(index, row, col % OVF_CELL_COLS), owner))
                return false;
        }
    }
    return true;
}
