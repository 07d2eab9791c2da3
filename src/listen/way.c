/* SPDX-License-Identifier: Apache-2.0 */
/* Halving the way until both ends of a piece lie in one cell, or it is as short as the answer is exact. Halves
 * of a great circle are found from unit vectors without a sine, and take half the time each. */
#include "listen/way.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "geo/local.h"
#include "geo/trig.h"

/* A piece within one cell is not looked into any more when it is as short as this. */
static const double piece_max_m = 20e3;

/* A piece between two cells is not cut any more. */
static const double piece_min_m = 2e3;

/* 20,000 km halved so often are less than piece_min_m. */
enum { MAX_DEPTH = 16 };

void ovf_stays_deinit(struct ovf_stays *stays)
{
    free(stays->items);
    *stays = (struct ovf_stays){0};
}

/** A place on the way. */
struct place {
    struct ovf_unit unit;
    uint32_t cell;
    int64_t t_s;
};

static enum ovf_status add_stay(struct ovf_stays *stays, uint32_t cell, int64_t from_s,
                                int64_t to_s)
{
    if (stays->n > 0 && stays->items[stays->n - 1].cell == cell) {
        stays->items[stays->n - 1].to_s = to_s;
        return OVF_OK;
    }
    struct ovf_stay *grown =
        ovf_array_reserve(stays->items, &stays->capacity, stays->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    stays->items = grown;
    stays->items[stays->n++] = (struct ovf_stay){cell, from_s, to_s};
    return OVF_OK;
}

static struct place place_of(struct ovf_count_rows *rows, struct ovf_point at, int64_t t_s)
{
    return (struct place){ovf_unit_from_point(at), ovf_count_rows_cell(rows, at), t_s};
}

/** Half-way; false for places half the globe apart, of which no way is the shortest. */
static bool middle_of(struct ovf_count_rows *rows, const struct place *a, const struct place *b,
                      struct place *middle)
{
    const double x = a->unit.x + b->unit.x;
    const double y = a->unit.y + b->unit.y;
    const double z = a->unit.z + b->unit.z;
    const double length = sqrt(x * x + y * y + z * z);
    if (!(length > 1e-9))
        return false;
    const struct ovf_point at = {(int32_t)ovf_atan2_e7(z, sqrt(x * x + y * y)),
                                 ovf_lon_wrap(ovf_atan2_e7(y, x))};
    *middle = (struct place){.unit = {x / length, y / length, z / length},
                             .cell = ovf_count_rows_cell(rows, at),
                             .t_s = a->t_s + (b->t_s - a->t_s) / 2};
    return true;
}

static bool is_whole(const struct place *a, const struct place *b, int depth)
{
    const double length_m = ovf_chord_m(a->unit, b->unit);
    return depth == MAX_DEPTH || length_m <= piece_min_m ||
           (a->cell == b->cell && length_m <= piece_max_m);
}

enum ovf_status ovf_way_through_cells(struct ovf_count_rows *rows, struct ovf_point from,
                                      int64_t from_s, struct ovf_point to, int64_t to_s,
                                      struct ovf_stays *stays)
{
    /* ends[n] is the nearest end that is still ahead; they were cut at depths[n]. */
    struct place ends[MAX_DEPTH + 1];
    int depths[MAX_DEPTH + 1];
    size_t n = 1;
    struct place at = place_of(rows, from, from_s);
    enum ovf_status st = OVF_OK;
    ends[0] = place_of(rows, to, to_s);
    depths[0] = 0;
    stays->n = 0;
    while (n > 0 && st == OVF_OK) {
        const struct place *end = &ends[n - 1];
        const int depth = depths[n - 1];
        if (!is_whole(&at, end, depth) && middle_of(rows, &at, end, &ends[n])) {
            depths[n - 1] = depth + 1;
            depths[n++] = depth + 1;
            continue;
        }
        st = add_stay(stays, at.cell, at.t_s, end->t_s);
        at = *end;
        n--;
    }
    /* The place reached is in its own cell, if only for no time. */
    return st == OVF_OK ? add_stay(stays, at.cell, at.t_s, at.t_s) : st;
}
