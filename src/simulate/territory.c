/* SPDX-License-Identifier: Apache-2.0 */
/* Ray casting in doubles. Two structures keep it fast: bands of longitude that list the edges a
 * meridian may meet, by owner, and a grid of bits that says where no edge is near. */
#include "simulate/territory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RAD_PER_DEG 0.017453292519943295
#define E7 1e7
#define SAME_DEG 1e-9      /* vertices are integers of 1e-7 degree */
#define M_PER_DEG 111319.5 /* of the equator */

enum {
    BANDS_PER_DEG = 20,
    N_BANDS = 360 * BANDS_PER_DEG,
    CELLS_PER_DEG = 50,
    N_CELL_COLS = 360 * CELLS_PER_DEG,
    N_CELL_ROWS = 180 * CELLS_PER_DEG,
    WORD_BITS = 64,
    WORDS_PER_ROW = (N_CELL_COLS + WORD_BITS - 1) / WORD_BITS,
};

/** An edge of one owner. Longitudes are not wrapped: lon_b is lon_a plus the shorter way. */
struct entry {
    double lat_a; /* degrees */
    double lon_a;
    double lat_b;
    double lon_b;
    double north; /* the larger of the latitudes */
    uint32_t owner;
};

struct ovf_territory {
    struct entry *entries; /* while building, by owner */
    size_t n_entries;
    uint32_t *band_begin;     /* N_BANDS + 1 */
    struct entry *band_items; /* copies of entries: by band, owner, from north to south */
    uint64_t *near;           /* a bit a cell */
};

static double wrap_deg(double lon)
{
    while (lon >= 180.0)
        lon -= 360.0;
    while (lon < -180.0)
        lon += 360.0;
    return lon;
}

static int column_of(double lon, int per_deg)
{
    const int n = 360 * per_deg;
    const int column = (int)floor((lon + 180.0) * per_deg);
    return ((column % n) + n) % n;
}

static int clamp_row(double lat)
{
    const int row = (int)floor((lat + 90.0) * CELLS_PER_DEG);
    return row < 0 ? 0 : row >= N_CELL_ROWS ? N_CELL_ROWS - 1 : row;
}

/* ---- building ---- */

/** The owners of all sets, one run after the other: that of set i is [begin[i], begin[i + 1]). */
struct owners {
    uint32_t *items;
    uint32_t *begin;
};

static enum ovf_status list_owners(const struct ovf_index *index, struct owners *out)
{
    struct ovf_members members;
    uint32_t n = 0;
    out->items = malloc(((size_t)index->n_owners + 1) * sizeof *out->items);
    out->begin = malloc(((size_t)index->n_sets + 1) * sizeof *out->begin);
    if (out->items == NULL || out->begin == NULL)
        return OVF_E_NOMEM;
    for (uint32_t set = 0; set < index->n_sets; set++) {
        out->begin[set] = n;
        ovf_index_set(index, set, &members);
        for (uint32_t k = ovf_members_next(&members, 0); k < OVF_MEMBERS_MAX && n < index->n_owners;
             k = ovf_members_next(&members, k + 1))
            out->items[n++] = k;
    }
    out->begin[index->n_sets] = n;
    return OVF_OK;
}

static struct entry entry_of(const struct ovf_edge *edge)
{
    struct entry entry = {
        .lat_a = edge->a.lat_e7 / E7, .lon_a = edge->a.lon_e7 / E7, .lat_b = edge->b.lat_e7 / E7};
    entry.lon_b =
        (edge->a.lon_e7 + (double)ovf_lon_difference(edge->a.lon_e7, edge->b.lon_e7)) / E7;
    entry.north = entry.lat_a > entry.lat_b ? entry.lat_a : entry.lat_b;
    return entry;
}

static enum ovf_status fill_entries(struct ovf_territory *t, const struct ovf_index *index)
{
    struct owners owners = {0};
    size_t n = 0;
    enum ovf_status st = list_owners(index, &owners);
    for (uint32_t i = 0; i < index->n_edges && st == OVF_OK; i++) {
        const uint32_t set = ovf_index_edge(index, i).set;
        n += owners.begin[set + 1] - owners.begin[set];
    }
    t->entries = malloc((n + 1) * sizeof *t->entries);
    if (t->entries == NULL)
        st = OVF_E_NOMEM;
    for (uint32_t i = 0; i < index->n_edges && st == OVF_OK; i++) {
        const struct ovf_edge edge = ovf_index_edge(index, i);
        struct entry entry = entry_of(&edge);
        for (uint32_t k = owners.begin[edge.set]; k < owners.begin[edge.set + 1]; k++) {
            entry.owner = owners.items[k];
            t->entries[t->n_entries++] = entry;
        }
    }
    free(owners.items);
    free(owners.begin);
    return st;
}

/** First and number of the bands that \p entry touches. */
static void bands_of(const struct entry *entry, int *first, int *n)
{
    const double west = entry->lon_a < entry->lon_b ? entry->lon_a : entry->lon_b;
    const double east = entry->lon_a < entry->lon_b ? entry->lon_b : entry->lon_a;
    const int from = (int)floor((west + 180.0) * BANDS_PER_DEG);
    const int to = (int)floor((east + 180.0) * BANDS_PER_DEG);
    *first = from + N_BANDS; /* west may lie just west of -180 */
    *n = to - from + 1;
}

static enum ovf_status fill_bands(struct ovf_territory *t)
{
    int first = 0;
    int n = 0;
    for (size_t i = 0; i < t->n_entries; i++) {
        bands_of(&t->entries[i], &first, &n);
        for (int k = 0; k < n; k++)
            t->band_begin[(first + k) % N_BANDS + 1]++;
    }
    for (int i = 0; i < N_BANDS; i++)
        t->band_begin[i + 1] += t->band_begin[i];
    t->band_items = malloc(((size_t)t->band_begin[N_BANDS] + 1) * sizeof *t->band_items);
    uint32_t *next = malloc(N_BANDS * sizeof *next);
    if (t->band_items == NULL || next == NULL) {
        free(next);
        return OVF_E_NOMEM;
    }
    memcpy(next, t->band_begin, N_BANDS * sizeof *next);
    /* Entries are sorted, so each band is. */
    for (size_t i = 0; i < t->n_entries; i++) {
        bands_of(&t->entries[i], &first, &n);
        for (int k = 0; k < n; k++)
            t->band_items[next[(first + k) % N_BANDS]++] = t->entries[i];
    }
    free(next);
    return OVF_OK;
}

static void mark_near(struct ovf_territory *t)
{
    for (size_t i = 0; i < t->n_entries; i++) {
        const struct entry *const e = &t->entries[i];
        const int south = clamp_row(e->lat_a < e->lat_b ? e->lat_a : e->lat_b);
        const int north = clamp_row(e->lat_a < e->lat_b ? e->lat_b : e->lat_a);
        const double west = e->lon_a < e->lon_b ? e->lon_a : e->lon_b;
        const double east = e->lon_a < e->lon_b ? e->lon_b : e->lon_a;
        const int from = (int)floor((west + 180.0) * CELLS_PER_DEG) + N_CELL_COLS;
        const int n = (int)floor((east + 180.0) * CELLS_PER_DEG) + N_CELL_COLS - from;
        for (int row = south; row <= north; row++) {
            for (int k = 0; k <= n; k++) {
                const int column = (from + k) % N_CELL_COLS;
                t->near[(size_t)row * WORDS_PER_ROW + (size_t)column / WORD_BITS] |=
                    UINT64_C(1) << (column % WORD_BITS);
            }
        }
    }
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *const x = a;
    const struct entry *const y = b;
    if (x->owner != y->owner)
        return x->owner < y->owner ? -1 : 1;
    return x->north > y->north ? -1 : x->north < y->north;
}

enum ovf_status ovf_territory_new(const struct ovf_index *index, struct ovf_territory **out)
{
    enum ovf_status st = OVF_E_NOMEM;
    struct ovf_territory *t = calloc(1, sizeof *t);
    if (t == NULL)
        return OVF_E_NOMEM;
    t->band_begin = calloc(N_BANDS + 1, sizeof *t->band_begin);
    t->near = calloc((size_t)N_CELL_ROWS * WORDS_PER_ROW, sizeof *t->near);
    if (t->band_begin != NULL && t->near != NULL)
        st = fill_entries(t, index);
    if (st == OVF_OK) {
        qsort(t->entries, t->n_entries, sizeof *t->entries, compare_entries);
        mark_near(t);
        st = fill_bands(t);
    }
    free(t->entries);
    t->entries = NULL;
    if (st != OVF_OK) {
        ovf_territory_free(t);
        return st;
    }
    *out = t;
    return OVF_OK;
}

void ovf_territory_free(struct ovf_territory *territory)
{
    if (territory == NULL)
        return;
    free(territory->entries);
    free(territory->band_begin);
    free(territory->band_items);
    free(territory->near);
    free(territory);
}

/* ---- asking ---- */

/** Whether \p entry crosses the meridian of \p at to the north of it. */
static bool is_north(const struct entry *entry, struct ovf_place at)
{
    if (entry->north <= at.lat_deg)
        return false;
    /* The entry's longitudes may stand a turn away. */
    double lon = at.lon_deg;
    if (lon - entry->lon_a > 180.0)
        lon -= 360.0;
    else if (lon - entry->lon_a < -180.0)
        lon += 360.0;
    if ((entry->lon_a <= lon) == (entry->lon_b <= lon))
        return false;
    const double part = (lon - entry->lon_a) / (entry->lon_b - entry->lon_a);
    return entry->lat_a + part * (entry->lat_b - entry->lat_a) > at.lat_deg;
}

void ovf_territory_locate(const struct ovf_territory *territory, struct ovf_place at,
                          struct ovf_members *out)
{
    const int band = column_of(at.lon_deg, BANDS_PER_DEG);
    *out = (struct ovf_members){0};
    for (uint32_t i = territory->band_begin[band]; i < territory->band_begin[band + 1]; i++) {
        const struct entry *const entry = &territory->band_items[i];
        if (is_north(entry, at))
            ovf_members_toggle(out, entry->owner);
    }
}

/** The first item of \p band that is not of an owner before \p owner. */
static uint32_t find_owner(const struct ovf_territory *t, int band, uint32_t owner)
{
    uint32_t low = t->band_begin[band];
    uint32_t high = t->band_begin[band + 1];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (t->band_items[middle].owner < owner)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool ovf_territory_owns(const struct ovf_territory *territory, uint32_t owner, struct ovf_place at)
{
    const int band = column_of(at.lon_deg, BANDS_PER_DEG);
    bool inside = false;
    for (uint32_t i = find_owner(territory, band, owner); i < territory->band_begin[band + 1];
         i++) {
        const struct entry *const entry = &territory->band_items[i];
        if (entry->owner != owner || entry->north <= at.lat_deg)
            break; /* the northernmost stand first */
        inside ^= is_north(entry, at);
    }
    return inside;
}

/** A box that holds both places and the margin; west to east is the shorter way, not wrapped. */
struct box {
    double south;
    double north;
    double west;
    double east;
};

static struct box box_around(struct ovf_place a, struct ovf_place b, double margin_deg)
{
    const double lon_b = a.lon_deg + wrap_deg(b.lon_deg - a.lon_deg);
    const double highest = fmax(fabs(a.lat_deg), fabs(b.lat_deg)) + margin_deg;
    /* Degrees of longitude shrink towards the poles; beyond 89 all of them are near. */
    const double wide = highest < 89.0 ? margin_deg / cos(highest * RAD_PER_DEG) : 180.0;
    return (struct box){
        .south = fmin(a.lat_deg, b.lat_deg) - margin_deg,
        .north = fmax(a.lat_deg, b.lat_deg) + margin_deg,
        .west = fmin(a.lon_deg, lon_b) - wide,
        .east = fmax(a.lon_deg, lon_b) + wide,
    };
}

bool ovf_territory_is_near(const struct ovf_territory *territory, struct ovf_place a,
                           struct ovf_place b, double margin_deg)
{
    const struct box box = box_around(a, b, margin_deg);
    const int south = clamp_row(box.south);
    const int north = clamp_row(box.north);
    const int from = (int)floor((box.west + 180.0) * CELLS_PER_DEG) + 2 * N_CELL_COLS;
    const int to = (int)floor((box.east + 180.0) * CELLS_PER_DEG) + 2 * N_CELL_COLS;
    for (int row = south; row <= north; row++) {
        for (int k = from; k <= to; k++) {
            const int column = k % N_CELL_COLS;
            const uint64_t word =
                territory->near[(size_t)row * WORDS_PER_ROW + (size_t)column / WORD_BITS];
            if ((word >> (column % WORD_BITS) & 1) != 0)
                return true;
        }
    }
    return false;
}

static size_t add_owner(uint32_t owners[OVF_TERRITORY_NEIGHBOURS_MAX], size_t n, uint32_t owner)
{
    for (size_t i = 0; i < n; i++) {
        if (owners[i] == owner)
            return n;
    }
    if (n < OVF_TERRITORY_NEIGHBOURS_MAX)
        owners[n++] = owner;
    return n;
}

size_t ovf_territory_neighbours(const struct ovf_territory *territory, struct ovf_place a,
                                struct ovf_place b, double margin_deg,
                                uint32_t owners[OVF_TERRITORY_NEIGHBOURS_MAX])
{
    size_t n = 0;
    const struct box box = box_around(a, b, margin_deg);
    const int from = (int)floor((box.west + 180.0) * BANDS_PER_DEG) + 2 * N_BANDS;
    const int to = (int)floor((box.east + 180.0) * BANDS_PER_DEG) + 2 * N_BANDS;
    for (int k = from; k <= to; k++) {
        const int band = k % N_BANDS;
        for (uint32_t i = territory->band_begin[band]; i < territory->band_begin[band + 1]; i++) {
            const struct entry *const e = &territory->band_items[i];
            const bool all_south = e->lat_a < box.south && e->lat_b < box.south;
            const bool all_north = e->lat_a > box.north && e->lat_b > box.north;
            if (!all_south && !all_north && (n == 0 || owners[n - 1] != e->owner))
                n = add_owner(owners, n, e->owner);
        }
    }
    return n;
}

/** Two edges and two owners have each vertex; once is enough. */
static size_t add_vertex(struct ovf_place *vertices, size_t n, struct ovf_place vertex)
{
    for (size_t i = 0; i < n; i++) {
        if (fabs(vertices[i].lat_deg - vertex.lat_deg) < SAME_DEG &&
            fabs(vertices[i].lon_deg - vertex.lon_deg) < SAME_DEG)
            return n;
    }
    vertices[n] = vertex;
    return n + 1;
}

size_t ovf_territory_vertices(const struct ovf_territory *territory, struct ovf_place a,
                              struct ovf_place b, double margin_deg, struct ovf_place *vertices,
                              size_t capacity)
{
    const struct box box = box_around(a, b, margin_deg);
    const int from = (int)floor((box.west + 180.0) * BANDS_PER_DEG) + 2 * N_BANDS;
    const int to = (int)floor((box.east + 180.0) * BANDS_PER_DEG) + 2 * N_BANDS;
    const double middle = (box.west + box.east) / 2.0;
    const double half = (box.east - box.west) / 2.0;
    size_t n = 0;
    for (int k = from; k <= to; k++) {
        const int band = k % N_BANDS;
        for (uint32_t i = territory->band_begin[band]; i < territory->band_begin[band + 1]; i++) {
            const struct entry *const e = &territory->band_items[i];
            const struct ovf_place ends[2] = {{e->lat_a, wrap_deg(e->lon_a)},
                                              {e->lat_b, wrap_deg(e->lon_b)}};
            for (int j = 0; j < 2 && n < capacity; j++) {
                if (ends[j].lat_deg >= box.south && ends[j].lat_deg <= box.north &&
                    fabs(wrap_deg(ends[j].lon_deg - middle)) <= half)
                    n = add_vertex(vertices, n, ends[j]);
            }
        }
    }
    return n;
}

/** Squared distance, in degrees of latitude, from \p at to \p entry; \p east, \p north: its way. */
static double distance2(const struct entry *entry, struct ovf_place at, double *east, double *north)
{
    const double shrink = cos(at.lat_deg * RAD_PER_DEG);
    const double ax = wrap_deg(entry->lon_a - at.lon_deg) * shrink;
    const double ay = entry->lat_a - at.lat_deg;
    *east = (entry->lon_b - entry->lon_a) * shrink;
    *north = entry->lat_b - entry->lat_a;
    const double length2 = *east * *east + *north * *north;
    double part = length2 > 0.0 ? -(ax * *east + ay * *north) / length2 : 0.0;
    part = fmin(1.0, fmax(0.0, part));
    const double x = ax + part * *east;
    const double y = ay + part * *north;
    return x * x + y * y;
}

/** Squared distance, in degrees of latitude, to \p owner's edge nearest to \p at and the way along it; 1
 * when none is in the bands around. */
static double nearest_edge(const struct ovf_territory *territory, uint32_t owner,
                           struct ovf_place at, double *east, double *north)
{
    const int middle = column_of(at.lon_deg, BANDS_PER_DEG);
    double least = 1.0;
    for (int step = -1; step <= 1; step++) {
        const int band = (middle + step + N_BANDS) % N_BANDS;
        for (uint32_t i = find_owner(territory, band, owner); i < territory->band_begin[band + 1];
             i++) {
            const struct entry *const entry = &territory->band_items[i];
            double x = 0.0;
            double y = 0.0;
            if (entry->owner != owner)
                break;
            const double d2 = distance2(entry, at, &x, &y);
            if (d2 < least) {
                least = d2;
                *east = x;
                *north = y;
            }
        }
    }
    return least;
}

bool ovf_territory_edge_direction(const struct ovf_territory *territory, uint32_t owner,
                                  struct ovf_place at, double *direction_deg)
{
    double east = 0.0;
    double north = 0.0;
    if (!(nearest_edge(territory, owner, at, &east, &north) < 1.0))
        return false;
    const double angle = atan2(east, north) / RAD_PER_DEG;
    *direction_deg = angle < 0.0 ? angle + 180.0 : angle >= 180.0 ? 0.0 : angle;
    return true;
}

double ovf_territory_distance_m(const struct ovf_territory *territory, uint32_t owner,
                                struct ovf_place at)
{
    double east = 0.0;
    double north = 0.0;
    return sqrt(nearest_edge(territory, owner, at, &east, &north)) * M_PER_DEG;
}
