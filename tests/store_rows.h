/* SPDX-License-Identifier: Apache-2.0 */
/* Rows for every table of the store, by its description: column for column through all values at which the way that
 * SQLite keeps them changes, and geometries of no point to thousands. */
#ifndef OVF_TESTS_STORE_ROWS_H
#define OVF_TESTS_STORE_ROWS_H

#include "test.h"

#include <float.h>
#include <string.h>

#include "base/time.h"
#include "store/tables.h"

enum {
    STORE_ROWS_POINTS = 3000,
    STORE_ROWS_TEXT_BYTES = 9000,
    STORE_ROWS_RING = 5, /* points of a square */
};

union store_rows_any {
    struct ovf_store_input input;
    struct ovf_store_flight flight;
    struct ovf_store_journey journey;
    struct ovf_store_crossing crossing;
    struct ovf_store_gap gap;
    struct ovf_store_finding finding;
    struct ovf_store_airspace airspace;
    struct ovf_store_completeness completeness;
    struct ovf_store_traffic traffic;
};

/** A row and what it points to. */
struct store_row {
    union store_rows_any any;
    char id[32];
    struct ovf_store_part parts[3];
    struct ovf_polygon_ring rings[4];
};

/** The places of all geometries, a third of a degree apart over the whole map, and their times. */
static inline const struct ovf_point *store_rows_points(const int64_t **times_ns)
{
    static struct ovf_point points[STORE_ROWS_POINTS];
    static int64_t times[STORE_ROWS_POINTS];
    for (int i = 0; i < STORE_ROWS_POINTS && times[STORE_ROWS_POINTS - 1] == 0; i++) {
        points[i] = (struct ovf_point){i * 7919 % 1700000000 - 850000000,
                                       (int32_t)(i * INT64_C(3333333) % 3600000000 - 1800000000)};
        times[i] = (i + 1) * INT64_C(1234567890);
    }
    *times_ns = times;
    return points;
}

/** A text of \p n bytes, no beginning of which another is. */
static inline const char *store_rows_text(size_t n)
{
    static char text[STORE_ROWS_TEXT_BYTES + 1];
    for (size_t i = 0; i < STORE_ROWS_TEXT_BYTES && text[STORE_ROWS_TEXT_BYTES - 1] == '\0'; i++)
        text[i] = (char)('!' + (i * 31 + i / 90) % 90);
    return text + STORE_ROWS_TEXT_BYTES - n;
}

/* Types of texts take two bytes from 58 bytes of text on, three from 8186 on; a row's page takes 8157. */
static inline const char *store_rows_any_text(size_t i)
{
    static const size_t lengths[] = {1,  2,  3,  7,  8,   23,  24,  25,  30,   31,   32,   33, 34,
                                     56, 57, 58, 59, 100, 127, 128, 255, 1000, 1002, 5000, 6};
    enum { N = sizeof lengths / sizeof *lengths };
    i %= N + 2;
    return i == 0 ? NULL : i == 1 ? "" : store_rows_text(lengths[i - 2]);
}

/* Integers are of 0, 1, 2, 3, 4, 6 or 8 bytes. */
static inline struct ovf_store_int store_rows_any_int(size_t i)
{
    static const int bits[] = {7, 8, 15, 16, 23, 24, 31, 32, 39, 40, 47, 48, 55, 56, 62};
    enum { N = sizeof bits / sizeof *bits };
    i %= 6 * N + 6;
    if (i < 6 * N) {
        const int64_t value = (INT64_C(1) << bits[i % N]) + (int64_t)(i / N % 3) - 1;
        return (struct ovf_store_int){true, i / N < 3 ? value : -value};
    }
    const int64_t values[] = {0, 1, -1, INT64_MAX, INT64_MIN};
    if (i == 6 * N + 5)
        return (struct ovf_store_int){.value = 7};
    return (struct ovf_store_int){true, values[i - 6 * N]};
}

/* Whole ones are kept as integers of up to six bytes. */
static inline struct ovf_store_real store_rows_any_real(size_t i)
{
    static const double values[] = {0,
                                    1,
                                    -1,
                                    2,
                                    0.5,
                                    -0.25,
                                    127,
                                    128,
                                    -128,
                                    -129,
                                    32767,
                                    32768,
                                    -32769,
                                    8388607,
                                    8388608,
                                    -8388609,
                                    2147483647,
                                    2147483648,
                                    -2147483649,
                                    140737488355327,
                                    140737488355328,
                                    140737488355329,
                                    -140737488355327,
                                    -140737488355328,
                                    -140737488355329,
                                    140737488355327.5,
                                    9007199254740992,
                                    9223372036854775807.0,
                                    -9223372036854775808.0,
                                    1e19,
                                    1e300,
                                    -1e300,
                                    DBL_MIN,
                                    DBL_MIN / 4,
                                    DBL_MAX};
    enum { N = sizeof values / sizeof *values };
    i %= N + 5;
    if (i < N)
        return (struct ovf_store_real){true, values[i]};
    const double others[] = {(double)NAN, (double)INFINITY, -(double)INFINITY, -0.0};
    if (i == N + 4)
        return (struct ovf_store_real){.value = 7};
    return (struct ovf_store_real){true, others[i - N]};
}

static inline struct ovf_store_time store_rows_any_time(size_t i)
{
    static const int64_t times_ns[] = {0,
                                       -1,
                                       1,
                                       -OVF_NS_PER_MS,
                                       -OVF_NS_PER_DAY,
                                       -OVF_NS_PER_DAY - 1,
                                       OVF_NS_PER_DAY - 1,
                                       OVF_NS_PER_DAY,
                                       499999,
                                       500000,
                                       INT64_C(1341137553412) * OVF_NS_PER_MS,
                                       INT64_C(951782400) * OVF_NS_PER_S,
                                       INT64_C(4102444799999999999),
                                       INT64_MAX,
                                       INT64_MIN};
    enum { N = sizeof times_ns / sizeof *times_ns };
    i %= N + 1;
    if (i == N)
        return (struct ovf_store_time){.t_ns = 7};
    return (struct ovf_store_time){true, times_ns[i]};
}

static inline struct ovf_store_line store_rows_line(struct store_row *row, size_t i, bool has_times)
{
    static const size_t n_points[] = {0, 2, 3, 10, STORE_ROWS_POINTS, 400};
    const int64_t *times_ns;
    const struct ovf_point *const points = store_rows_points(&times_ns);
    const size_t n = n_points[i % (sizeof n_points / sizeof *n_points)];
    const size_t n_parts = n == 0 ? 0 : i % 3 + 1;
    for (size_t k = 0; k < n_parts; k++) {
        const size_t first = (i * 13 + k * 40) % (STORE_ROWS_POINTS - n + 1);
        row->parts[k] =
            (struct ovf_store_part){points + first, n, has_times ? times_ns + first : NULL};
    }
    return (struct ovf_store_line){.parts = row->parts, .n_parts = n_parts, .has_times = has_times};
}

/** None, or one to four squares, of which the second is a hole of the first. */
static inline struct ovf_polygons store_rows_area(struct store_row *row, size_t i)
{
    static struct ovf_map_point points[4 * STORE_ROWS_RING];
    static const int32_t corners[][2] = {{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}};
    for (int k = 0; k < 4 * STORE_ROWS_RING; k++) {
        const int ring = k / STORE_ROWS_RING;
        const int32_t size_e7 = ring == 1 ? 1000000 : 10000000;
        points[k] = (struct ovf_map_point){ring * 20000000 * (ring != 1) + 2000000 * (ring == 1) +
                                               corners[k % STORE_ROWS_RING][0] * size_e7,
                                           2000000 + corners[k % STORE_ROWS_RING][1] * size_e7};
    }
    const size_t n_rings = i % 5;
    for (size_t k = 0; k < n_rings; k++)
        row->rings[k] = (struct ovf_polygon_ring){k * STORE_ROWS_RING, STORE_ROWS_RING, k == 1};
    return (struct ovf_polygons){.points = points,
                                 .n_points = n_rings * STORE_ROWS_RING,
                                 .rings = row->rings,
                                 .n_rings = n_rings};
}

/** Whether every row needs something in column \p c, and which: the keys of tables without revisions have no two rows
 * alike, and no revision is absent. */
static inline bool store_rows_must_be_known(const struct ovf_store_table *table, size_t c)
{
    return table->has_revisions ? c < 2 : strstr(table->key, table->columns[c].name) != NULL;
}

static inline void store_rows_set(struct store_row *row, const struct ovf_store_table *table,
                                  size_t c, size_t i)
{
    const struct ovf_column *const column = &table->columns[c];
    void *const member = (unsigned char *)&row->any + column->offset;
    const bool known = store_rows_must_be_known(table, c);
    const size_t pick = i + 5 * c;
    switch (column->type) {
    case OVF_COLUMN_TEXT:
        *(const char **)member = c == 0 ? row->id : known ? "r1" : store_rows_any_text(pick);
        break;
    case OVF_COLUMN_INT:
        *(struct ovf_store_int *)member =
            known ? (struct ovf_store_int){true, (int64_t)i * 300 - 4000}
                  : store_rows_any_int(pick);
        break;
    case OVF_COLUMN_REAL:
        *(struct ovf_store_real *)member = store_rows_any_real(pick);
        break;
    case OVF_COLUMN_BOOL:
        *(bool *)member = pick % 2 != 0;
        break;
    case OVF_COLUMN_TIME:
    case OVF_COLUMN_DATE:
        *(struct ovf_store_time *)member =
            known ? (struct ovf_store_time){true, OVF_NS_PER_DAY} : store_rows_any_time(pick);
        break;
    }
}

/** Row \p i of \p kind in \p row, whose id is made of it. */
static inline void store_rows_make(enum ovf_store_kind kind, size_t i, struct store_row *row)
{
    const struct ovf_store_table *const table = ovf_store_table(kind);
    void *const geometry = (unsigned char *)&row->any + table->geometry_offset;
    *row = (struct store_row){.id = ""};
    snprintf(row->id, sizeof row->id, "%08x%04x", (unsigned)i * 2654435761U, (unsigned)i);
    for (size_t c = 0; c < table->n_columns; c++)
        store_rows_set(row, table, c, i);
    if (table->geometry == OVF_GEOMETRY_LINES || table->geometry == OVF_GEOMETRY_WAYS)
        *(struct ovf_store_line *)geometry =
            store_rows_line(row, i, table->geometry == OVF_GEOMETRY_WAYS && i % 4 != 0);
    if (table->geometry == OVF_GEOMETRY_AREA)
        *(struct ovf_polygons *)geometry = store_rows_area(row, i);
}

static inline enum ovf_status store_rows_put(struct ovf_store *store, enum ovf_store_kind kind,
                                             const struct store_row *row, struct ovf_error *err)
{
    switch (kind) {
    case OVF_STORE_INPUT:
        return ovf_store_put_input(store, &row->any.input, err);
    case OVF_STORE_FLIGHT:
        return ovf_store_put_flight(store, &row->any.flight, err);
    case OVF_STORE_JOURNEY:
        return ovf_store_put_journey(store, &row->any.journey, err);
    case OVF_STORE_CROSSING:
        return ovf_store_put_crossing(store, &row->any.crossing, err);
    case OVF_STORE_GAP:
        return ovf_store_put_gap(store, &row->any.gap, err);
    case OVF_STORE_FINDING:
        return ovf_store_put_finding(store, &row->any.finding, err);
    case OVF_STORE_AIRSPACE:
        return ovf_store_put_airspace(store, &row->any.airspace, err);
    case OVF_STORE_COMPLETENESS:
        return ovf_store_put_completeness(store, &row->any.completeness, err);
    case OVF_STORE_TRAFFIC:
        return ovf_store_put_traffic(store, &row->any.traffic, err);
    default:
        return OVF_E_RANGE;
    }
}

#endif
