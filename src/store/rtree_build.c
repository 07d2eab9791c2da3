/* SPDX-License-Identifier: Apache-2.0 */
/* Leaves are written first, level by level what is above them, and at last where each row is, into SQLite's shadow
 * tables:
 *
 *   _node(nodeno, data)     data: u16 depth of the tree (in node 1, the root), u16 number of cells, then
 *                           cells of i64 (row, or child node) and four f32 minx maxx miny maxy; all
 *                           big-endian, filled up with zeros to the node's size
 *   _parent(nodeno, parentnode)   for every node but the root
 *   _rowid(rowid, nodeno)         for every row, the leaf that holds it
 *
 * A node's size is the page's less 64 bytes and at most 51 cells; SQLite takes it from the root that
 * CREATE VIRTUAL TABLE wrote, and so does this. */
#include "store/rtree_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/image.h"
#include "store/keyless.h"
#include "store/loading.h"
#include "store/record.h"
#include "store/scratch.h"

enum {
    CELL_BYTES = 24,
    NODE_HEADER_BYTES = 4,
    ROOT = 1,
    RADIX_BITS = 16,
};

/* ---- order ---- */

/** The place of (x, y), both below 2^16, on a Hilbert curve of order 16: from square to smaller square, in which the
 * curve runs with the axes exchanged, and from their other ends. Without branches, which nobody could foretell. */
static uint32_t hilbert(uint32_t x, uint32_t y)
{
    uint32_t d = 0;
    uint32_t exchanged = 0;
    uint32_t reversed = 0;
    for (int bit = 15; bit >= 0; bit--) {
        const uint32_t differ = ((x ^ y) >> bit & 1) & exchanged;
        const uint32_t right = (x >> bit & 1) ^ differ ^ reversed;
        const uint32_t upper = (y >> bit & 1) ^ differ ^ reversed;
        d = d << 2 | ((3 * right) ^ upper);
        exchanged ^= upper ^ 1;
        reversed ^= right & (upper ^ 1);
    }
    return d;
}

/** \p v of [-half, half] as [0, 2^16). */
static uint32_t grid(double v, double half)
{
    const double scaled = (v + half) / (2 * half) * 65536.0;
    if (!(scaled > 0))
        return 0;
    return scaled < 65535.0 ? (uint32_t)scaled : 65535;
}

static uint32_t key_of(const struct ovf_rtree_entry *e)
{
    return hilbert(grid(((double)e->min_x + (double)e->max_x) / 2, 180.0),
                   grid(((double)e->min_y + (double)e->max_y) / 2, 90.0));
}

/** Key in the upper half, place in the lower. */
struct ordering {
    uint64_t *items;
    uint64_t *spare;
};

static void radix_pass(const uint64_t *from, uint64_t *to, size_t n, unsigned shift,
                       size_t counts[1 << RADIX_BITS])
{
    memset(counts, 0, sizeof *counts << RADIX_BITS);
    for (size_t i = 0; i < n; i++)
        counts[from[i] >> shift & ((1 << RADIX_BITS) - 1)]++;
    size_t sum = 0;
    for (size_t d = 0; d < 1 << RADIX_BITS; d++) {
        const size_t count = counts[d];
        counts[d] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[counts[from[i] >> shift & ((1 << RADIX_BITS) - 1)]++] = from[i];
}

/** Fill \p order with the places of \p entries along the curve; equal keys by place. */
static enum ovf_status sort_along_curve(const struct ovf_rtree_entry *entries, size_t n,
                                        struct ordering *order)
{
    size_t *const counts = malloc(sizeof *counts << RADIX_BITS);
    if (counts == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        order->items[i] = (uint64_t)key_of(&entries[i]) << 32 | (uint64_t)i;
    radix_pass(order->items, order->spare, n, 32, counts);
    radix_pass(order->spare, order->items, n, 48, counts);
    free(counts);
    return OVF_OK;
}

int ovf_rtree_compare_rowids(const void *x, const void *y)
{
    const struct ovf_rtree_entry *const a = x;
    const struct ovf_rtree_entry *const b = y;
    return (a->rowid > b->rowid) - (a->rowid < b->rowid);
}

static void sort_by_rowid(struct ovf_rtree_entry *entries, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (entries[i].rowid < entries[i - 1].rowid) {
            qsort(entries, n, sizeof *entries, ovf_rtree_compare_rowids);
            return;
        }
    }
}

/* ---- writing nodes ---- */

struct building {
    sqlite3 *db;
    const char *name;
    struct ovf_error *err;
    const struct ovf_rtree_entry *entries; /* in order of row */
    size_t n;
    struct ordering order;
    uint32_t *leaf_of;             /* by place in entries */
    struct ovf_rtree_entry *level; /* nodes of the level below; rowid is the node's number */
    unsigned char *node;
    size_t node_bytes;
    size_t max_cells;
    int64_t next_node;
    sqlite3_stmt *put_node;
    sqlite3_stmt *put_parent;
};

static void store_u32be(unsigned char *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (unsigned char)(v >> (24 - 8 * i));
}

static void store_f32be(unsigned char *p, float v)
{
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    store_u32be(p, bits);
}

static void put_cell(unsigned char *p, const struct ovf_rtree_entry *e)
{
    store_u32be(p, (uint32_t)((uint64_t)e->rowid >> 32));
    store_u32be(p + 4, (uint32_t)e->rowid);
    store_f32be(p + 8, e->min_x);
    store_f32be(p + 12, e->max_x);
    store_f32be(p + 16, e->min_y);
    store_f32be(p + 20, e->max_y);
}

static void widen(struct ovf_rtree_entry *box, const struct ovf_rtree_entry *e)
{
    if (e->min_x < box->min_x)
        box->min_x = e->min_x;
    if (e->max_x > box->max_x)
        box->max_x = e->max_x;
    if (e->min_y < box->min_y)
        box->min_y = e->min_y;
    if (e->max_y > box->max_y)
        box->max_y = e->max_y;
}

static enum ovf_status put_pair(sqlite3_stmt *stmt, int64_t key, int64_t value,
                                struct ovf_error *err)
{
    sqlite3_bind_int64(stmt, 1, key);
    sqlite3_bind_int64(stmt, 2, value);
    return ovf_sql_run(stmt, err);
}

static enum ovf_status write_node(struct building *b, int64_t number, unsigned depth,
                                  size_t n_cells)
{
    unsigned char *const p = b->node;
    p[0] = (unsigned char)(depth >> 8);
    p[1] = (unsigned char)depth;
    p[2] = (unsigned char)(n_cells >> 8);
    p[3] = (unsigned char)n_cells;
    const size_t used = NODE_HEADER_BYTES + n_cells * CELL_BYTES;
    memset(p + used, 0, b->node_bytes - used);
    sqlite3_bind_int64(b->put_node, 1, number);
    sqlite3_bind_blob64(b->put_node, 2, p, b->node_bytes, SQLITE_STATIC);
    return ovf_sql_run(b->put_node, b->err);
}

/** Cell \p i of the level that is being parted into nodes. */
static const struct ovf_rtree_entry *level_entry(const struct building *b, bool leaves, size_t i)
{
    return leaves ? &b->entries[(uint32_t)b->order.items[i]] : &b->level[i];
}

/**
 * One level: \p n cells into nodes filled evenly, so that none is nearly empty. The nodes become b->level
 * (which has fewer of them than it had cells, so it can be overwritten on the way).
 */
static enum ovf_status build_level(struct building *b, bool leaves, size_t n, unsigned depth,
                                   size_t *n_nodes_out)
{
    const size_t n_nodes = n == 0 ? 1 : (n + b->max_cells - 1) / b->max_cells;
    enum ovf_status st = OVF_OK;
    for (size_t k = 0; k < n_nodes && st == OVF_OK; k++) {
        const size_t first = n / n_nodes * k + (k < n % n_nodes ? k : n % n_nodes);
        const size_t end = first + n / n_nodes + (k < n % n_nodes ? 1 : 0);
        const int64_t number = n_nodes == 1 ? ROOT : b->next_node++;
        struct ovf_rtree_entry box = {.rowid = number};
        for (size_t i = first; i < end && st == OVF_OK; i++) {
            const struct ovf_rtree_entry *const e = level_entry(b, leaves, i);
            put_cell(b->node + NODE_HEADER_BYTES + (i - first) * CELL_BYTES, e);
            if (i == first)
                box = (struct ovf_rtree_entry){.rowid = number,
                                               .min_x = e->min_x,
                                               .max_x = e->max_x,
                                               .min_y = e->min_y,
                                               .max_y = e->max_y};
            else
                widen(&box, e);
            if (leaves)
                b->leaf_of[(uint32_t)b->order.items[i]] = (uint32_t)number;
            else
                st = put_pair(b->put_parent, e->rowid, number, b->err);
        }
        if (st == OVF_OK)
            st = write_node(b, number, n_nodes == 1 ? depth : 0, end - first);
        b->level[k] = box;
    }
    *n_nodes_out = n_nodes;
    return st;
}

/* ---- rows ---- */

static enum ovf_status put_rows(const struct building *b, const char *table)
{
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st =
        ovf_sql_preparef(b->db, &stmt, b->err, "INSERT INTO \"%s\" VALUES(?1,?2)", table);
    for (size_t i = 0; i < b->n && st == OVF_OK; i++)
        st = put_pair(stmt, b->entries[i].rowid, b->leaf_of[i], b->err);
    sqlite3_finalize(stmt);
    return st;
}

static enum ovf_status fill(const struct building *b, struct ovf_image *image)
{
    struct ovf_record record = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < b->n && st == OVF_OK; i++) {
        struct ovf_bytes bytes;
        st = ovf_record_of_number(&record, b->leaf_of[i], &bytes);
        if (st == OVF_OK)
            st = ovf_image_add_row(image, b->entries[i].rowid, bytes);
        if (st == OVF_OK && ovf_image_size(image) >= OVF_IMAGE_BATCH_BYTES)
            st = ovf_image_give(image, b->err);
    }
    ovf_record_deinit(&record);
    if (st == OVF_OK)
        st = ovf_image_give(image, b->err);
    return st != OVF_OK ? st : ovf_image_end(image, b->err);
}

static enum ovf_status load_rows(const struct building *b, const char *table)
{
    struct ovf_image *image = NULL;
    enum ovf_status st = ovf_image_new(b->db, table, OVF_IMAGE_ROWS, &image, b->err);
    if (st == OVF_OK)
        st = fill(b, image);
    ovf_image_free(image);
    return st;
}

/** Rows 1 to n, as most trees have them, need no look-up of their numbers. */
static bool are_numbered_from_one(const struct building *b)
{
    return b->n > 0 && b->entries[0].rowid == 1 && b->entries[b->n - 1].rowid == (int64_t)b->n;
}

static enum ovf_status load_rows_from_one(const struct building *b, const char *table)
{
    struct ovf_keyless keyless = {.root = 0};
    enum ovf_status st = ovf_keyless_make(b->db, table, "rowid INTEGER,nodeno", &keyless, b->err);
    if (st == OVF_OK)
        st = load_rows(b, keyless.name);
    return st != OVF_OK ? st : ovf_keyless_drop(b->db, &keyless, b->err);
}

/** There is one for every entry, and one node for fifty: these alone are worth loading. */
static enum ovf_status write_rows(const struct building *b)
{
    char table[96];
    (void)snprintf(table, sizeof table, "%s_rowid", b->name);
    if (!ovf_loading_works())
        return put_rows(b, table);
    return are_numbered_from_one(b) ? load_rows_from_one(b, table) : load_rows(b, table);
}

static enum ovf_status write_tree(struct building *b)
{
    size_t n = b->n;
    unsigned depth = 0;
    enum ovf_status st = build_level(b, true, n, depth, &n);
    while (st == OVF_OK && n > 1)
        st = build_level(b, false, n, ++depth, &n);
    return st != OVF_OK ? st : write_rows(b);
}

static enum ovf_status allocate(struct building *b)
{
    const size_t n = b->n > 0 ? b->n : 1;
    const size_t n_leaves = n / b->max_cells + 1;
    b->order.items = ovf_scratch_new(n, sizeof *b->order.items);
    b->order.spare = ovf_scratch_new(n, sizeof *b->order.spare);
    b->leaf_of = ovf_scratch_new(n, sizeof *b->leaf_of);
    b->level = ovf_scratch_new(n_leaves, sizeof *b->level);
    b->node = malloc(b->node_bytes);
    return b->order.items != NULL && b->order.spare != NULL && b->leaf_of != NULL &&
                   b->level != NULL && b->node != NULL
               ? OVF_OK
               : OVF_E_NOMEM;
}

static enum ovf_status prepare(struct building *b)
{
    const char *const name = b->name;
    enum ovf_status st = ovf_sql_execf(
        b->db, b->err,
        "DELETE FROM \"%s_node\"; DELETE FROM \"%s_parent\"; DELETE FROM \"%s_rowid\"", name, name,
        name);
    if (st == OVF_OK)
        st = ovf_sql_preparef(b->db, &b->put_node, b->err, "INSERT INTO \"%s_node\" VALUES(?1,?2)",
                              name);
    if (st == OVF_OK)
        st = ovf_sql_preparef(b->db, &b->put_parent, b->err,
                              "INSERT INTO \"%s_parent\" VALUES(?1,?2)", name);
    return st;
}

static void building_deinit(struct building *b)
{
    sqlite3_finalize(b->put_node);
    sqlite3_finalize(b->put_parent);
    free(b->order.items);
    free(b->order.spare);
    free(b->leaf_of);
    free(b->level);
    free(b->node);
}

/** What CREATE VIRTUAL TABLE chose. */
static enum ovf_status read_node_size(struct building *b)
{
    char sql[160];
    int64_t bytes = 0;
    sqlite3_snprintf(sizeof sql, sql, "SELECT length(data) FROM \"%w_node\" WHERE nodeno=1",
                     b->name);
    const enum ovf_status st = ovf_sql_int(b->db, sql, 0, &bytes, b->err);
    if (st != OVF_OK)
        return st;
    if (bytes < NODE_HEADER_BYTES + 4 * CELL_BYTES || bytes > 65536) {
        ovf_error_set(b->err, OVF_E_FORMAT, "%s is no R-tree", b->name);
        return OVF_E_FORMAT;
    }
    b->node_bytes = (size_t)bytes;
    b->max_cells = (b->node_bytes - NODE_HEADER_BYTES) / CELL_BYTES;
    return OVF_OK;
}

enum ovf_status ovf_rtree_build(sqlite3 *db, const char *name, struct ovf_rtree_entry *entries,
                                size_t n, struct ovf_error *err)
{
    struct building b = {
        .db = db, .name = name, .err = err, .n = n, .entries = entries, .next_node = ROOT + 1};
    int was_defensive = 1;
    int ignored;
    if (n > UINT32_MAX / 2)
        return ovf_error_set(err, OVF_E_LIMIT, "%s: too many rows to build an R-tree of", name);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, -1, &was_defensive);
    enum ovf_status st = read_node_size(&b);
    if (st != OVF_OK)
        return st;
    st = allocate(&b);
    if (st == OVF_OK) {
        sort_by_rowid(entries, n);
        st = sort_along_curve(entries, n, &b.order);
    }
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, &ignored);
    if (st == OVF_OK)
        st = prepare(&b);
    if (st == OVF_OK)
        st = write_tree(&b);
    building_deinit(&b);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, was_defensive, &ignored);
    return st;
}
