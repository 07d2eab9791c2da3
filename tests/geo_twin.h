/* SPDX-License-Identifier: Apache-2.0 */
/* A twin of the walk over one segment that shares no code with it but the straightening of lines: it
 * looks at every edge of the map (a box check over flat arrays, then exact orientation written as a
 * polynomial in the hair e of geo/orient.h), finds who owns the start by the edges north of it, and
 * orders crossings as exact fractions. */
#ifndef OVF_TESTS_GEO_TWIN_H
#define OVF_TESTS_GEO_TWIN_H

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "geo_fixture.h"

#include "geo/densify.h"
#include "pack/layout.h"

__extension__ typedef __int128 int128;

enum { TWIN_BLOCK = 64 };

struct test_pack {
    void *data;
    size_t len;
    struct ovf_pack pack;
};

static inline void test_pack_open(struct test_pack *p)
{
    struct stat st;
    const int fd = open(ovf_test_pack(), O_RDONLY);
    assert_true(fd >= 0 && fstat(fd, &st) == 0);
    p->len = (size_t)st.st_size;
    p->data = mmap(NULL, p->len, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    assert_true(p->data != MAP_FAILED);
    assert_int_equal(ovf_pack_view((struct ovf_bytes){p->data, p->len}, &p->pack, NULL), OVF_OK);
}

static inline void test_pack_close(struct test_pack *p)
{
    munmap(p->data, p->len);
}

/** Boxes in steps of 360 / 65536 degree, so that longitudes wrap by themselves. */
struct twin {
    const struct ovf_index *index;
    size_t n_blocks;
    uint16_t *south, *north, *west, *width;
    struct ovf_edge *edges;
    size_t n_edges;
};

static inline int64_t twin_dlon(int32_t from_e7, int32_t to_e7)
{
    const int64_t turn = INT64_C(3600000000);
    return (((int64_t)to_e7 - from_e7) % turn + turn + turn / 2) % turn - turn / 2;
}

static inline uint16_t twin_lat16(int64_t lat_e7)
{
    const int64_t step = (lat_e7 + 900000000) * 32767 / 1800000000;
    return (uint16_t)(step < 0 ? 0 : step);
}

static inline uint16_t twin_lon16(int64_t lon_e7)
{
    return (uint16_t)(((lon_e7 + 1800000000) << 16) / INT64_C(3600000000));
}

struct twin_box {
    uint16_t south, north, west, width;
};

/** The box of two points, a step wider all round. */
static inline struct twin_box twin_box_of(struct ovf_point a, struct ovf_point b)
{
    const int64_t dlon = twin_dlon(a.lon_e7, b.lon_e7);
    const int32_t west = dlon < 0 ? b.lon_e7 : a.lon_e7;
    const int32_t low = a.lat_e7 < b.lat_e7 ? a.lat_e7 : b.lat_e7;
    const int32_t high = a.lat_e7 < b.lat_e7 ? b.lat_e7 : a.lat_e7;
    const uint16_t south = twin_lat16(low);
    return (struct twin_box){(uint16_t)(south > 0 ? south - 1 : 0),
                             (uint16_t)(twin_lat16(high) + 1), (uint16_t)(twin_lon16(west) - 1),
                             (uint16_t)((llabs(dlon) << 16) / INT64_C(3600000000) + 3)};
}

static inline void twin_init(struct twin *t, const struct ovf_index *index)
{
    t->index = index;
    t->n_edges = index->n_edges;
    t->n_blocks = (t->n_edges + TWIN_BLOCK - 1) / TWIN_BLOCK;
    const size_t n = t->n_blocks * TWIN_BLOCK;
    t->south = calloc(n, sizeof *t->south);
    t->north = calloc(n, sizeof *t->north);
    t->west = calloc(n, sizeof *t->west);
    t->width = calloc(n, sizeof *t->width);
    t->edges = calloc(n, sizeof *t->edges);
    assert_true(t->south != NULL && t->north != NULL && t->west != NULL && t->width != NULL &&
                t->edges != NULL);
    for (size_t i = 0; i < n; i++) {
        if (i >= t->n_edges) { /* the rest of the last block: boxes that meet nothing */
            t->south[i] = UINT16_MAX;
            continue;
        }
        t->edges[i] = ovf_index_edge(index, (uint32_t)i);
        const struct twin_box box = twin_box_of(t->edges[i].a, t->edges[i].b);
        t->south[i] = box.south;
        t->north[i] = box.north;
        t->west[i] = box.west;
        t->width[i] = box.width;
    }
}

static inline void twin_deinit(struct twin *t)
{
    free(t->south);
    free(t->north);
    free(t->west);
    free(t->width);
    free(t->edges);
}

static inline bool twin_meets(const struct twin *t, size_t i, struct twin_box box)
{
    return (t->south[i] <= box.north) & (t->north[i] >= box.south) &
           (((uint16_t)(t->west[i] - box.west) <= box.width) |
            ((uint16_t)(box.west - t->west[i]) <= t->width[i]));
}

struct twin_candidates {
    uint32_t items[65536];
    size_t n;
};

/** All edges whose box meets \p box, out of all edges. */
static inline void twin_scan(const struct twin *t, struct twin_box box, struct twin_candidates *out)
{
    out->n = 0;
    for (size_t b = 0; b < t->n_blocks; b++) {
        unsigned any = 0;
        const size_t begin = b * TWIN_BLOCK;
        for (size_t i = 0; i < TWIN_BLOCK; i++)
            any |= twin_meets(t, begin + i, box) ? 1U : 0U;
        if (any == 0)
            continue;
        for (size_t i = begin; i < begin + TWIN_BLOCK; i++) {
            if (!twin_meets(t, i, box))
                continue;
            assert_true(out->n < sizeof out->items / sizeof *out->items);
            out->items[out->n++] = (uint32_t)i;
        }
    }
}

/** The sign of the area of a, b, p, of which those named by a 1 lie (e, e^2) north-east of their place:
 * the first coefficient of its polynomial in e that is not 0. */
static inline int twin_side(struct ovf_point a, struct ovf_point b, struct ovf_point p, int moved_a,
                            int moved_b, int moved_p)
{
    const int128 bx = twin_dlon(a.lon_e7, b.lon_e7);
    const int128 by = (int64_t)b.lat_e7 - a.lat_e7;
    const int128 px = twin_dlon(a.lon_e7, p.lon_e7);
    const int128 py = (int64_t)p.lat_e7 - a.lat_e7;
    const int128 tb = moved_b - moved_a;
    const int128 tp = moved_p - moved_a;
    const int128 terms[3] = {bx * py - by * px, tb * py - by * tp, bx * tp - tb * px};
    for (int i = 0; i < 3; i++) {
        if (terms[i] != 0)
            return terms[i] > 0 ? 1 : -1;
    }
    return 0;
}

static inline int128 twin_area(struct ovf_point a, struct ovf_point b, struct ovf_point p)
{
    return (int128)twin_dlon(a.lon_e7, b.lon_e7) * ((int64_t)p.lat_e7 - a.lat_e7) -
           (int128)((int64_t)b.lat_e7 - a.lat_e7) * twin_dlon(a.lon_e7, p.lon_e7);
}

/** Piece number and place on it: piece + numerator / denominator, in [piece, piece + 1). */
struct twin_hit {
    size_t piece;
    int128 numerator;
    int128 denominator;
    uint32_t edge;
};

static inline int twin_compare(const void *x, const void *y)
{
    const struct twin_hit *a = x;
    const struct twin_hit *b = y;
    if (a->piece != b->piece)
        return a->piece < b->piece ? -1 : 1;
    const int128 left = a->numerator * b->denominator;
    const int128 right = b->numerator * a->denominator;
    return (left > right) - (left < right);
}

/** Who owns \p at: the owners of an odd number of edges north of it, for none holds the north pole. */
static inline struct ovf_members twin_locate(const struct twin *t, struct ovf_point at,
                                             struct twin_candidates *scratch)
{
    struct ovf_members members = {{0}};
    struct twin_box box = twin_box_of(at, at);
    box.north = UINT16_MAX - 1;
    twin_scan(t, box, scratch);
    for (size_t i = 0; i < scratch->n; i++) {
        const struct ovf_edge *e = &t->edges[scratch->items[i]];
        /* A hair east: a vertex on the meridian lies west of it. */
        const bool a_west = twin_dlon(at.lon_e7, e->a.lon_e7) <= 0;
        const bool b_west = twin_dlon(at.lon_e7, e->b.lon_e7) <= 0;
        if (a_west == b_west)
            continue;
        if (twin_side(a_west ? e->a : e->b, a_west ? e->b : e->a, at, 0, 0, 1) < 0) {
            struct ovf_members owners;
            ovf_index_set(t->index, e->set, &owners);
            ovf_members_toggle_all(&members, &owners);
        }
    }
    return members;
}

/** The crossings of all pieces, in order. */
static inline size_t twin_cross(const struct twin *t, struct ovf_point a,
                                const struct ovf_points *pieces,
                                const struct twin_candidates *candidates, struct twin_hit *hits,
                                size_t capacity)
{
    size_t n = 0;
    struct ovf_point p = a;
    for (size_t k = 0; k < pieces->n; k++) {
        const struct ovf_point q = pieces->items[k];
        const struct twin_box box = twin_box_of(p, q);
        for (size_t i = 0; i < candidates->n; i++) {
            const uint32_t number = candidates->items[i];
            const struct ovf_edge *e = &t->edges[number];
            if (!twin_meets(t, number, box) || (p.lat_e7 == q.lat_e7 && p.lon_e7 == q.lon_e7) ||
                twin_side(e->a, e->b, p, 0, 0, 1) == twin_side(e->a, e->b, q, 0, 0, 1) ||
                twin_side(p, q, e->a, 1, 1, 0) == twin_side(p, q, e->b, 1, 1, 0))
                continue;
            const int128 from = twin_area(e->a, e->b, p);
            const int128 change = from - twin_area(e->a, e->b, q);
            assert_true(n < capacity && change != 0);
            struct twin_hit hit = {k, change > 0 ? from : -from, change > 0 ? change : -change,
                                   number};
            if (hit.numerator ==
                hit.denominator) /* at the end of one piece is at the start of the next */
                hit = (struct twin_hit){k + 1, 0, 1, number};
            hits[n++] = hit;
        }
        p = q;
    }
    if (n > 1)
        qsort(hits, n, sizeof *hits, twin_compare);
    return n;
}

#endif
