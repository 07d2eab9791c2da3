/* SPDX-License-Identifier: Apache-2.0 */
/* Checking polygons: pieces into a grid of cells about as wide as a piece is long, then pairs within
 * each cell. Memory is a few entries a piece, and the number of pairs is bounded. */
#include "shape/polygon_check.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/number.h"
#include "geo/orient.h"

enum { MAX_PIECES = 4000000 };

struct piece {
    struct ovf_point a;
    struct ovf_point b;
    uint32_t line; /* of the ring as given: its first point in shape->points */
    uint32_t ring;
};

/** A piece in a cell. */
struct entry {
    uint64_t cell;
    uint32_t piece;
};

struct checking {
    struct ovf_shape *shape;
    struct ovf_polygon_report *report;
    struct ovf_error *err;
    struct piece *pieces;
    size_t n_pieces;
    size_t pieces_capacity;
    size_t *ring_begin; /* of each ring, in pieces; one more at the end */
    struct entry *entries;
    size_t n_entries;
    size_t entries_capacity;
    int64_t cell_e7;
    uint64_t n_pairs;
};

static enum ovf_status push_piece(struct checking *c, struct piece piece)
{
    if (ovf_point_equal(piece.a, piece.b))
        return OVF_OK;
    if (c->n_pieces == MAX_PIECES)
        return ovf_error_set(c->err, OVF_E_LIMIT, "lines too long and too many to check");
    struct piece *grown =
        ovf_array_reserve(c->pieces, &c->pieces_capacity, c->n_pieces + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    c->pieces = grown;
    c->pieces[c->n_pieces++] = piece;
    return OVF_OK;
}

static enum ovf_status cut_ring(struct checking *c, uint32_t number, struct ovf_points *line)
{
    const struct ovf_shape_ring *const ring = &c->shape->rings[number];
    const struct ovf_point *const points = c->shape->points.items + ring->begin;
    for (size_t i = 0; i < ring->n; i++) {
        const struct ovf_point to = points[i + 1 < ring->n ? i + 1 : 0];
        struct ovf_point from = points[i];
        line->n = 0;
        enum ovf_status st = ovf_densify(from, to, OVF_LINE_BOUNDARY, line);
        for (size_t k = 0; k < line->n && st == OVF_OK; k++) {
            st = push_piece(
                c, (struct piece){from, line->items[k], (uint32_t)(ring->begin + i), number});
            from = line->items[k];
        }
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

static enum ovf_status cut_rings(struct checking *c)
{
    struct ovf_points line = {0};
    enum ovf_status st = OVF_OK;
    for (size_t r = 0; r < c->shape->n_rings && st == OVF_OK; r++) {
        c->ring_begin[r] = c->n_pieces;
        st = cut_ring(c, (uint32_t)r, &line);
    }
    c->ring_begin[c->shape->n_rings] = c->n_pieces;
    ovf_points_deinit(&line);
    return st;
}

/* ---- the grid ---- */

static int64_t absolute(int64_t value)
{
    return value < 0 ? -value : value;
}

static int64_t width_e7(const struct piece *p)
{
    return absolute(ovf_lon_difference(p->a.lon_e7, p->b.lon_e7));
}

static int64_t height_e7(const struct piece *p)
{
    return absolute((int64_t)p->b.lat_e7 - p->a.lat_e7);
}

/** The mean size of a piece: with it a piece has about three entries, whatever their number. */
static int64_t choose_cell_e7(const struct checking *c)
{
    const int64_t least_e7 = 100;
    int64_t sum_e7 = 0;
    for (size_t i = 0; i < c->n_pieces; i++)
        sum_e7 += width_e7(&c->pieces[i]) + height_e7(&c->pieces[i]);
    const int64_t mean_e7 = c->n_pieces > 0 ? sum_e7 / (int64_t)c->n_pieces : 0;
    return mean_e7 > least_e7 ? mean_e7 : least_e7;
}

static enum ovf_status push_entry(struct checking *c, int64_t row, int64_t column, uint32_t piece)
{
    const int64_t n_columns = OVF_E7_TURN / c->cell_e7 + 1;
    struct entry *grown =
        ovf_array_reserve(c->entries, &c->entries_capacity, c->n_entries + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    c->entries = grown;
    c->entries[c->n_entries++] =
        (struct entry){(uint64_t)(row * n_columns + column % n_columns), piece};
    return OVF_OK;
}

/**
 * Enters a piece in all cells that it touches, row by row: within a row it takes the columns between
 * where it enters and leaves it, one more on either side for rounding.
 */
static enum ovf_status enter_piece(struct checking *c, uint32_t number)
{
    const struct piece *const p = &c->pieces[number];
    const bool up = p->a.lat_e7 <= p->b.lat_e7;
    const struct ovf_point low = up ? p->a : p->b;
    const struct ovf_point high = up ? p->b : p->a;
    const int64_t south = (int64_t)low.lat_e7 + OVF_E7_TURN / 4;
    const int64_t north = (int64_t)high.lat_e7 + OVF_E7_TURN / 4;
    const int64_t west = (int64_t)low.lon_e7 + OVF_E7_TURN / 2;
    const int64_t run = ovf_lon_difference(low.lon_e7, high.lon_e7);
    for (int64_t row = south / c->cell_e7; row <= north / c->cell_e7; row++) {
        const int64_t from = row * c->cell_e7 > south ? row * c->cell_e7 : south;
        const int64_t to = (row + 1) * c->cell_e7 < north ? (row + 1) * c->cell_e7 : north;
        const int64_t rise = north - south;
        /* run and rise are below 1e7 and a bit: a product fits. */
        const int64_t x0 = rise > 0 ? west + run * (from - south) / rise : west;
        const int64_t x1 = rise > 0 ? west + run * (to - south) / rise : west + run;
        const int64_t first = (x0 < x1 ? x0 : x1) - OVF_TOUCH_E7;
        const int64_t last = (x0 < x1 ? x1 : x0) + OVF_TOUCH_E7;
        const int64_t base = OVF_E7_TURN; /* keeps the columns of what lies over 180 positive */
        for (int64_t x = (first + base) / c->cell_e7; x <= (last + base) / c->cell_e7; x++) {
            /* The columns of a turn are a whole number only by chance: count from the antimeridian. */
            int64_t lon = x * c->cell_e7 - base;
            while (lon < 0)
                lon += OVF_E7_TURN;
            while (lon >= OVF_E7_TURN)
                lon -= OVF_E7_TURN;
            const enum ovf_status st = push_entry(c, row, lon / c->cell_e7, number);
            if (st != OVF_OK)
                return st;
        }
    }
    return OVF_OK;
}

static int compare_entries(const void *x, const void *y)
{
    const struct entry *a = x;
    const struct entry *b = y;
    if (a->cell != b->cell)
        return a->cell < b->cell ? -1 : 1;
    return (a->piece > b->piece) - (a->piece < b->piece);
}

/* ---- pairs ---- */

static int sign(int64_t value)
{
    return (value > 0) - (value < 0);
}

/** Whether the point lies within OVF_TOUCH_E7 of the line of the piece: twice the area of a triangle is
 * at most the longer side of its box times the distance, times the square root of two. */
static bool is_near(int64_t area, const struct piece *p)
{
    const int64_t w = width_e7(p);
    const int64_t h = height_e7(p);
    return absolute(area) <= OVF_TOUCH_E7 * (w > h ? w : h);
}

/** Whether differences from end to end fit ovf_orient and go the shorter way round. */
static bool are_local(const struct piece *p, const struct piece *q)
{
    return absolute(ovf_lon_difference(p->a.lon_e7, q->a.lon_e7)) < OVF_E7_TURN / 8 &&
           width_e7(p) < OVF_E7_TURN / 8 && width_e7(q) < OVF_E7_TURN / 8;
}

static bool share_end(const struct piece *p, const struct piece *q)
{
    return ovf_point_equal(p->a, q->a) || ovf_point_equal(p->a, q->b) ||
           ovf_point_equal(p->b, q->a) || ovf_point_equal(p->b, q->b);
}

enum meeting { APART, TOUCH, CROSS };

/** How two straight lines meet; differences below 45 degrees and a bit make products below 2^60. */
static enum meeting meet_straight(const struct piece *p, const struct piece *q)
{
    if (!are_local(p, q))
        return APART;
    const int64_t pa = ovf_orient(q->a, q->b, p->a);
    const int64_t pb = ovf_orient(q->a, q->b, p->b);
    const int64_t qa = ovf_orient(p->a, p->b, q->a);
    const int64_t qb = ovf_orient(p->a, p->b, q->b);
    if (sign(pa) * sign(pb) > 0 || sign(qa) * sign(qb) > 0)
        return APART;
    if (pa == 0 && pb == 0)
        return share_end(p, q) ? TOUCH : APART; /* on one line: they cross nowhere */
    if (is_near(pa, q) || is_near(pb, q) || is_near(qa, p) || is_near(qb, p))
        return TOUCH;
    return CROSS;
}

/** The line as given that a piece was cut from. */
static struct piece whole_line(const struct checking *c, const struct piece *p)
{
    const struct ovf_shape_ring *const ring = &c->shape->rings[p->ring];
    const size_t next = p->line + 1 < ring->begin + ring->n ? p->line + 1 : ring->begin;
    return (struct piece){c->shape->points.items[p->line], c->shape->points.items[next], p->line,
                          p->ring};
}

/**
 * How the lines of two pieces meet there. Lines that share an end as given meet in it. Where a piece
 * ends at the meeting it may end there by chance, cut in its middle: then the whole lines tell.
 */
static enum meeting meet(const struct checking *c, const struct piece *p, const struct piece *q)
{
    if (p->line == q->line)
        return APART;
    const enum meeting pieces = meet_straight(p, q);
    if (pieces == APART)
        return APART;
    const struct piece p_line = whole_line(c, p);
    const struct piece q_line = whole_line(c, q);
    if (share_end(&p_line, &q_line))
        return pieces == CROSS ? CROSS : APART;
    return pieces == CROSS || meet_straight(&p_line, &q_line) == CROSS ? CROSS : TOUCH;
}

static enum ovf_status say_crossing(const struct checking *c, const struct piece *p,
                                    const struct piece *q)
{
    char lat[OVF_NUMBER_SIZE];
    char lon[OVF_NUMBER_SIZE];
    const bool same = p->ring == q->ring;
    ovf_number_format_scaled(p->a.lat_e7, 7, lat);
    ovf_number_format_scaled(p->a.lon_e7, 7, lon);
    return ovf_error_set(c->err, OVF_E_FORMAT, "%s near %s %s (latitude, longitude)",
                         same ? "a ring crosses itself" : "two rings cross", lat, lon);
}

static enum ovf_status check_pairs(struct checking *c)
{
    for (size_t i = 0; i < c->n_entries; i++) {
        const struct piece *const p = &c->pieces[c->entries[i].piece];
        for (size_t k = i + 1; k < c->n_entries && c->entries[k].cell == c->entries[i].cell; k++) {
            const struct piece *const q = &c->pieces[c->entries[k].piece];
            if (++c->n_pairs > OVF_POLYGON_MAX_PAIRS)
                return ovf_error_set(c->err, OVF_E_LIMIT, "too intricate to check");
            const enum meeting meeting = meet(c, p, q);
            if (meeting == CROSS)
                return say_crossing(c, p, q);
            c->report->touches = c->report->touches || meeting == TOUCH;
        }
    }
    return OVF_OK;
}

/* ---- holes ---- */

/** How often the meridian from \p at to the north pole meets the ring, and whether the ring runs round
 * the globe (then in \p turn_e7). */
static bool is_cut_off_from_north(const struct checking *c, size_t ring, struct ovf_point at,
                                  int64_t *turn_e7)
{
    bool odd = false;
    *turn_e7 = 0;
    for (size_t i = c->ring_begin[ring]; i < c->ring_begin[ring + 1]; i++) {
        const struct piece *const p = &c->pieces[i];
        const int64_t a = ovf_lon_difference(at.lon_e7, p->a.lon_e7);
        const int64_t b = a + ovf_lon_difference(p->a.lon_e7, p->b.lon_e7);
        *turn_e7 += b - a;
        if ((a > 0) == (b > 0) || absolute(a) > OVF_E7_TURN / 4)
            continue;
        /* The place lies south of the line where the triangle turns with its direction. */
        const int64_t lat_a = (int64_t)p->a.lat_e7 - at.lat_e7;
        const int64_t lat_b = (int64_t)p->b.lat_e7 - at.lat_e7;
        const int64_t area = a * lat_b - b * lat_a; /* a and b below 2e7 here, the rest below 2e9 */
        if (area != 0 && (area > 0) == (b < a))
            odd = !odd;
    }
    return odd;
}

enum { MAX_TRIED = 64 };

/** Whether ring \p r lies in the ring \p outer. One vertex inside is enough, for they do not cross; a
 * vertex on the outer ring says nothing, so more than one is tried. A ring that runs round the globe
 * holds one side or the other, which its latitudes tell later: \p round_globe is the answer then. */
static bool lies_in(const struct checking *c, size_t r, size_t outer, bool round_globe)
{
    const struct ovf_shape_ring *const ring = &c->shape->rings[r];
    for (size_t i = 0; i < ring->n && i < MAX_TRIED; i++) {
        int64_t turn_e7;
        const struct ovf_point at = c->shape->points.items[ring->begin + i];
        const bool cut_off = is_cut_off_from_north(c, outer, at, &turn_e7);
        if (turn_e7 != 0)
            return round_globe;
        if (cut_off)
            return true;
    }
    return false;
}

/** Whether all of ring \p r but what it shares with \p outer lies in there: for rings side by side a
 * vertex on the common border may look so. */
static bool lies_wholly_in(const struct checking *c, size_t r, size_t outer)
{
    const struct ovf_shape_ring *const ring = &c->shape->rings[r];
    for (size_t i = 0; i < ring->n && i < MAX_TRIED; i++) {
        int64_t turn_e7;
        const struct ovf_point at = c->shape->points.items[ring->begin + i];
        if (!is_cut_off_from_north(c, outer, at, &turn_e7) || turn_e7 != 0)
            return false;
    }
    return true;
}

/** A hole that holds nothing of its shell, or only what another hole takes already. */
static bool is_idle_hole(const struct checking *c, size_t r, size_t shell)
{
    if (!lies_in(c, r, shell, true))
        return true;
    const size_t polygon = c->shape->rings[r].polygon;
    for (size_t k = shell + 1; k < c->shape->n_rings && c->shape->rings[k].polygon == polygon;
         k++) {
        if (k != r && lies_wholly_in(c, r, k))
            return true;
    }
    return false;
}

/** Whether the polygon of the shell \p r lies in another polygon's shell and in none of its holes. Some
 * maps write their holes so, others mean nothing by it; odd and even make it a hole. */
static bool is_nested(const struct checking *c, size_t r)
{
    bool held = false;
    for (size_t k = 0; k < c->shape->n_rings; k++) {
        if (c->shape->rings[k].polygon == c->shape->rings[r].polygon)
            continue;
        if (!c->shape->rings[k].is_hole && held)
            return true;
        if (!c->shape->rings[k].is_hole)
            held = lies_wholly_in(c, r, k);
        else if (held && lies_in(c, r, k, false))
            held = false;
    }
    return held;
}

/** Takes out the rings that would turn inside and outside round: what is inside is counted by odd and
 * even, and a hole outside its shell would add what it means to take. */
static enum ovf_status drop_idle_rings(const struct checking *c)
{
    bool *idle = calloc(c->shape->n_rings + 1, sizeof *idle);
    size_t shell = 0;
    size_t kept = 0;
    if (idle == NULL)
        return OVF_E_NOMEM;
    for (size_t r = 0; r < c->shape->n_rings; r++) {
        const bool is_hole = c->shape->rings[r].is_hole;
        if (!is_hole)
            shell = r;
        idle[r] = is_hole && is_idle_hole(c, r, shell);
        c->report->n_holes_dropped += idle[r];
        c->report->n_nested += !is_hole && is_nested(c, r);
    }
    for (size_t r = 0; r < c->shape->n_rings; r++) {
        if (!idle[r])
            c->shape->rings[kept++] = c->shape->rings[r];
    }
    c->shape->n_rings = kept;
    free(idle);
    return OVF_OK;
}

enum ovf_status ovf_polygon_check(struct ovf_shape *shape, struct ovf_polygon_report *report,
                                  struct ovf_error *err)
{
    struct checking c = {.shape = shape, .report = report, .err = err};
    *report = (struct ovf_polygon_report){0};
    c.ring_begin = calloc(shape->n_rings + 1, sizeof *c.ring_begin);
    enum ovf_status st = c.ring_begin == NULL ? OVF_E_NOMEM : cut_rings(&c);
    c.cell_e7 = choose_cell_e7(&c);
    for (size_t i = 0; i < c.n_pieces && st == OVF_OK; i++)
        st = enter_piece(&c, (uint32_t)i);
    if (st == OVF_OK && c.n_entries > 0) {
        qsort(c.entries, c.n_entries, sizeof *c.entries, compare_entries);
        st = check_pairs(&c);
    }
    if (st == OVF_OK)
        st = drop_idle_rings(&c);
    free(c.ring_begin);
    free(c.pieces);
    free(c.entries);
    return st;
}
