/* SPDX-License-Identifier: Apache-2.0 */
/* Pages are filled from their end downward with cells, and from their head upward with where these are. Leaves come
 * one after the other; how they hang together is laid out above them: of rows at the end, as they are few, of keys on
 * the way, since each page takes a key of its own out of the order. */
#include "store/image.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "store/gpkg.h"
#include "store/record.h"
#include "store/scratch.h"

enum {
    PAGE_BYTES = OVF_GPKG_PAGE_BYTES,
    N_PAGES_MIN = 2, /* the declaration, and the table's root */
    ROOT = 2,
    LEVELS_MAX = 8,
    HEAD_LEAF_BYTES = 8,
    HEAD_INTERIOR_BYTES = 12,
    AT_BYTES = 2, /* of where a cell is */
    CHILD_BYTES = 4,
    N_PAGES_AT = 28, /* in page 1 */
    SPARE_PAGES = 8, /* beside those of a batch: of its last row */
    /* Of a row what does not fit into a page stands in others, behind at least so much of it. */
    LOCAL_MAX = PAGE_BYTES - 35,
    LOCAL_MIN = (PAGE_BYTES - 12) * 32 / 255 - 23,
    CELL_HEAD_MAX = 2 * OVF_RECORD_VARINT_BYTES,
};

enum page_type { INTERIOR_KEYS = 2, INTERIOR_ROWS = 5, LEAF_KEYS = 10, LEAF_ROWS = 13 };

/** A page that is being filled; 0: none is. */
struct page {
    uint32_t number;
    enum page_type type;
    unsigned n_cells;
    unsigned top; /* where the cells begin */
};

/** A key waits until another follows it, so that none is the last of its page and goes up. */
struct level {
    struct page page;
    unsigned char cell[CHILD_BYTES + OVF_RECORD_VARINT_BYTES + OVF_IMAGE_KEY_BYTES_MAX];
    size_t n_cell; /* 0: none waits */
};

/** A leaf of rows. */
struct leaf {
    uint32_t number;
    int64_t last_rowid;
};

struct ovf_image {
    sqlite3 *db;
    char name[96];
    enum ovf_image_order order;
    unsigned char *pages;
    size_t n_pages;
    size_t capacity;      /* in pages */
    bool is_attached;     /* SQLite has them, all that there is room for, and insert is there */
    sqlite3_stmt *insert; /* of all rows */
    struct page leaf;
    int64_t last_rowid;
    struct leaf *leaves;
    size_t n_leaves;
    size_t leaves_capacity;
    struct level levels[LEVELS_MAX];
};

static void store_be(unsigned char *at, uint32_t value, int n_bytes)
{
    for (int i = n_bytes - 1; i >= 0; i--, value >>= 8)
        at[i] = (unsigned char)value;
}

/* ---- what SQLite has of it ---- */

/** SQLite lets go of the pages: the open transaction holds what it has read, until that is replaced. */
static enum ovf_status detach(struct ovf_image *image, struct ovf_error *err)
{
    char schema[sizeof image->name + 8];
    if (!image->is_attached)
        return OVF_OK;
    sqlite3_finalize(image->insert);
    image->insert = NULL;
    (void)snprintf(schema, sizeof schema, "image_%s", image->name);
    if (sqlite3_deserialize(image->db, schema, NULL, 0, 0, 0) != SQLITE_OK)
        return ovf_sql_failed(image->db, "rows laid out in memory", err);
    image->is_attached = false; /* though an empty schema may keep the name */
    return ovf_sql_execf(image->db, err, "DETACH \"%s\"", schema);
}

static enum ovf_status show_pages(struct ovf_image *image, const char *schema,
                                  struct ovf_error *err)
{
    const sqlite3_int64 size = (sqlite3_int64)image->capacity * PAGE_BYTES;
    store_be(image->pages + N_PAGES_AT, (uint32_t)image->capacity, 4);
    if (sqlite3_deserialize(image->db, schema, image->pages, size, size,
                            SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
        return ovf_sql_failed(image->db, "rows laid out in memory", err);
    const enum ovf_status st =
        ovf_sql_execf(image->db, err, "PRAGMA \"%s\".mmap_size=1000000000", schema);
    return st != OVF_OK ? st
                        : ovf_sql_preparef(image->db, &image->insert, err,
                                           "INSERT INTO main.\"%s\" SELECT * FROM \"%s\".\"%s\"",
                                           image->name, schema, image->name);
}

/** Schema "image_NAME" is the pages, where they lie: SQLite maps them as it would a file, and reads them anew for each
 * statement. What it does keep, the page with the declaration, is the same for all rows: so is the number of pages. */
static enum ovf_status attach(struct ovf_image *image, struct ovf_error *err)
{
    char schema[sizeof image->name + 8];
    (void)snprintf(schema, sizeof schema, "image_%s", image->name);
    enum ovf_status st = ovf_sql_execf(image->db, err, "ATTACH ':memory:' AS \"%s\"", schema);
    if (st != OVF_OK)
        return st;
    image->is_attached = true;
    st = show_pages(image, schema, err);
    if (st != OVF_OK)
        (void)detach(image, NULL);
    return st;
}

/* ---- pages ---- */

static unsigned char *page_at(const struct ovf_image *image, uint32_t number)
{
    return image->pages + (size_t)(number - 1) * PAGE_BYTES;
}

/** Pages may move: SQLite, which may read them at any time, gets them anew with the next rows that are given. */
static enum ovf_status make_room(struct ovf_image *image, size_t n_pages)
{
    const enum ovf_status st = n_pages > image->capacity ? detach(image, NULL) : OVF_OK;
    if (st != OVF_OK)
        return st;
    unsigned char *const grown =
        ovf_array_reserve(image->pages, &image->capacity, n_pages, PAGE_BYTES);
    if (grown == NULL)
        return OVF_E_NOMEM;
    image->pages = grown;
    return OVF_OK;
}

static enum ovf_status add_page(struct ovf_image *image, uint32_t *number)
{
    const enum ovf_status st = make_room(image, image->n_pages + 1);
    if (st == OVF_OK)
        *number = (uint32_t)++image->n_pages;
    return st;
}

static unsigned head_bytes(enum page_type type)
{
    return type == LEAF_KEYS || type == LEAF_ROWS ? HEAD_LEAF_BYTES : HEAD_INTERIOR_BYTES;
}

static enum ovf_status begin_page(struct ovf_image *image, struct page *page, enum page_type type)
{
    *page = (struct page){.type = type, .top = PAGE_BYTES};
    return add_page(image, &page->number);
}

static bool has_room(const struct page *page, size_t n_bytes)
{
    return head_bytes(page->type) + AT_BYTES * (page->n_cells + 1) + n_bytes <= page->top;
}

/** Room for a cell of \p n_bytes, which there is. */
static unsigned char *add_cell(const struct ovf_image *image, struct page *page, size_t n_bytes)
{
    unsigned char *const bytes = page_at(image, page->number);
    page->top -= (unsigned)n_bytes;
    store_be(bytes + head_bytes(page->type) + AT_BYTES * page->n_cells++, page->top, AT_BYTES);
    return bytes + page->top;
}

/** \p right_child of an interior page is what lies behind its last cell. */
static void end_page(const struct ovf_image *image, struct page *page, uint32_t right_child)
{
    unsigned char *const bytes = page_at(image, page->number);
    bytes[0] = (unsigned char)page->type;
    store_be(bytes + 1, 0, 2); /* no free block */
    store_be(bytes + 3, page->n_cells, 2);
    store_be(bytes + 5, page->top, 2);
    bytes[7] = 0; /* no fragments */
    if (head_bytes(page->type) == HEAD_INTERIOR_BYTES)
        store_be(bytes + HEAD_LEAF_BYTES, right_child, CHILD_BYTES);
    page->number = 0;
}

/* ---- rows ---- */

/** What of a record of \p n_bytes stands in its cell. */
static size_t local_bytes(size_t n_bytes)
{
    if (n_bytes <= LOCAL_MAX)
        return n_bytes;
    const size_t with_rest = LOCAL_MIN + (n_bytes - LOCAL_MIN) % (PAGE_BYTES - CHILD_BYTES);
    return with_rest <= LOCAL_MAX ? with_rest : LOCAL_MIN;
}

/** Pages that each begin with the number of the next one. \p number: of the first */
static enum ovf_status add_overflow(struct ovf_image *image, struct ovf_bytes rest,
                                    uint32_t *number)
{
    enum ovf_status st = add_page(image, number);
    uint32_t at = *number;
    while (st == OVF_OK) {
        const size_t n = rest.len < PAGE_BYTES - CHILD_BYTES ? rest.len : PAGE_BYTES - CHILD_BYTES;
        memcpy(page_at(image, at) + CHILD_BYTES, rest.data, n);
        rest = (struct ovf_bytes){rest.data + n, rest.len - n};
        uint32_t next = 0;
        if (rest.len > 0)
            st = add_page(image, &next);
        if (st == OVF_OK)
            store_be(page_at(image, at), next, CHILD_BYTES);
        if (next == 0)
            break;
        at = next;
    }
    return st;
}

static enum ovf_status end_leaf(struct ovf_image *image)
{
    if (image->leaf.number == 0)
        return OVF_OK;
    struct leaf *const grown = ovf_array_reserve(image->leaves, &image->leaves_capacity,
                                                 image->n_leaves + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    image->leaves = grown;
    grown[image->n_leaves++] = (struct leaf){image->leaf.number, image->last_rowid};
    end_page(image, &image->leaf, 0);
    return OVF_OK;
}

enum ovf_status ovf_image_add_row(struct ovf_image *image, int64_t rowid, struct ovf_bytes record)
{
    unsigned char head[CELL_HEAD_MAX];
    unsigned char *const behind =
        ovf_record_put_varint(ovf_record_put_varint(head, record.len), (uint64_t)rowid);
    const size_t n_head = (size_t)(behind - head);
    const size_t n_local = local_bytes(record.len);
    const size_t n_cell = n_head + n_local + (n_local < record.len ? CHILD_BYTES : 0);
    uint32_t overflow = 0;
    enum ovf_status st = OVF_OK;
    if (image->leaf.number != 0 && !has_room(&image->leaf, n_cell))
        st = end_leaf(image);
    if (st == OVF_OK && image->leaf.number == 0)
        st = begin_page(image, &image->leaf, LEAF_ROWS);
    if (st == OVF_OK && n_local < record.len)
        st = add_overflow(image, (struct ovf_bytes){record.data + n_local, record.len - n_local},
                          &overflow);
    if (st != OVF_OK)
        return st;
    unsigned char *const cell = add_cell(image, &image->leaf, n_cell);
    memcpy(cell, head, n_head);
    memcpy(cell + n_head, record.data, n_local);
    if (n_local < record.len)
        store_be(cell + n_head + n_local, overflow, CHILD_BYTES);
    image->last_rowid = rowid;
    return OVF_OK;
}

/** The root above the leaves. \retval OVF_E_LIMIT  there are more than one page names */
static enum ovf_status finish_rows(struct ovf_image *image)
{
    struct page root = {.number = ROOT, .type = INTERIOR_ROWS, .top = PAGE_BYTES};
    const enum ovf_status st = end_leaf(image);
    if (st != OVF_OK)
        return st;
    if (image->n_leaves == 0)
        return OVF_OK; /* the root is a leaf without rows */
    if (image->n_leaves == 1) {
        memcpy(page_at(image, ROOT), page_at(image, image->leaves[0].number), PAGE_BYTES);
        return OVF_OK;
    }
    for (size_t i = 0; i + 1 < image->n_leaves; i++) {
        const struct leaf *const leaf = &image->leaves[i];
        unsigned char cell[CHILD_BYTES + OVF_RECORD_VARINT_BYTES];
        store_be(cell, leaf->number, CHILD_BYTES);
        const size_t n =
            (size_t)(ovf_record_put_varint(cell + CHILD_BYTES, (uint64_t)leaf->last_rowid) - cell);
        if (!has_room(&root, n))
            return OVF_E_LIMIT;
        memcpy(add_cell(image, &root, n), cell, n);
    }
    end_page(image, &root, image->leaves[image->n_leaves - 1].number);
    return OVF_OK;
}

/* ---- keys ---- */

static enum ovf_status put_above(struct ovf_image *image, size_t height, uint32_t left_child,
                                 const unsigned char *key, size_t n_key);

static enum ovf_status begin_level(struct ovf_image *image, size_t height)
{
    struct page *const page = &image->levels[height].page;
    return page->number != 0 ? OVF_OK
                             : begin_page(image, page, height == 0 ? LEAF_KEYS : INTERIOR_KEYS);
}

static void place(const struct ovf_image *image, struct level *level)
{
    memcpy(add_cell(image, &level->page, level->n_cell), level->cell, level->n_cell);
    level->n_cell = 0;
}

/** The key that waits, which another follows: into its page, or, where that is full, between it and the next. Full is
 * a page that would not take the longest key behind it: which is the last of all is not known yet. */
static enum ovf_status place_waiting(struct ovf_image *image, size_t height)
{
    struct level *const level = &image->levels[height];
    const size_t n_child = height == 0 ? 0 : CHILD_BYTES;
    const enum ovf_status st = begin_level(image, height);
    if (st != OVF_OK)
        return st;
    if (has_room(&level->page, level->n_cell + AT_BYTES + sizeof level->cell)) {
        place(image, level);
        return OVF_OK;
    }
    const uint32_t number = level->page.number;
    uint32_t right_child = 0;
    for (size_t i = 0; i < n_child; i++)
        right_child = right_child << 8 | level->cell[i];
    end_page(image, &level->page, right_child);
    const size_t n_key = level->n_cell - n_child;
    level->n_cell = 0;
    return put_above(image, height + 1, number, level->cell + n_child, n_key);
}

/** Room for a key that waits, behind the one that did. */
static enum ovf_status make_waiting(struct ovf_image *image, size_t height)
{
    if (height == LEVELS_MAX)
        return OVF_E_LIMIT;
    return image->levels[height].n_cell > 0 ? place_waiting(image, height) : OVF_OK;
}

/** A key between two pages of the level below. */
static enum ovf_status put_above(struct ovf_image *image, size_t height, uint32_t left_child,
                                 const unsigned char *key, size_t n_key)
{
    const enum ovf_status st = make_waiting(image, height);
    if (st != OVF_OK)
        return st;
    struct level *const level = &image->levels[height];
    store_be(level->cell, left_child, CHILD_BYTES);
    memcpy(level->cell + CHILD_BYTES, key, n_key);
    level->n_cell = CHILD_BYTES + n_key;
    return OVF_OK;
}

enum ovf_status ovf_image_add_key(struct ovf_image *image, struct ovf_bytes record)
{
    struct level *const leaf = &image->levels[0];
    if (record.len > OVF_IMAGE_KEY_BYTES_MAX)
        return OVF_E_LIMIT;
    const enum ovf_status st = make_waiting(image, 0);
    if (st != OVF_OK)
        return st;
    unsigned char *const behind = ovf_record_put_varint(leaf->cell, record.len);
    memcpy(behind, record.data, record.len);
    leaf->n_cell = (size_t)(behind - leaf->cell) + record.len;
    return OVF_OK;
}

/** The last key of each level goes into its page, and the topmost page is the root. */
static enum ovf_status finish_keys(struct ovf_image *image)
{
    uint32_t below = 0;
    for (size_t height = 0; height < LEVELS_MAX && image->levels[height].n_cell > 0; height++) {
        struct level *const level = &image->levels[height];
        const enum ovf_status st = begin_level(image, height);
        if (st != OVF_OK)
            return st;
        place(image, level);
        const uint32_t number = level->page.number;
        end_page(image, &level->page, below);
        below = number;
    }
    if (below != 0)
        memcpy(page_at(image, ROOT), page_at(image, below), PAGE_BYTES);
    return OVF_OK;
}

/* ---- the whole ---- */

static void clear(struct ovf_image *image)
{
    struct page root = {.number = ROOT,
                        .type = image->order == OVF_IMAGE_ROWS ? LEAF_ROWS : LEAF_KEYS,
                        .top = PAGE_BYTES};
    end_page(image, &root, 0);
    image->n_pages = N_PAGES_MIN;
    image->n_leaves = 0;
    image->leaf.number = 0;
    for (size_t i = 0; i < LEVELS_MAX; i++)
        image->levels[i] = (struct level){0};
}

/** The pages of a database that \p create was run in. */
static enum ovf_status declare(const char *create, struct ovf_image *image, struct ovf_error *err)
{
    sqlite3 *db = NULL;
    sqlite3_int64 size = 0;
    unsigned char *pages = NULL;
    enum ovf_status st = OVF_OK;
    if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        st = OVF_E_NOMEM;
    if (st == OVF_OK)
        st = ovf_sql_execf(db, err, "PRAGMA page_size=%d", PAGE_BYTES);
    if (st == OVF_OK)
        st = ovf_sql_exec(db, create, err);
    if (st == OVF_OK)
        pages = sqlite3_serialize(db, "main", &size, 0);
    if (st == OVF_OK && pages == NULL)
        st = OVF_E_NOMEM;
    else if (st == OVF_OK && size != N_PAGES_MIN * PAGE_BYTES)
        st = ovf_error_set(err, OVF_E_LIMIT, "%.80s: declared at too great length", create);
    else if (st == OVF_OK)
        memcpy(image->pages, pages, N_PAGES_MIN * PAGE_BYTES);
    sqlite3_free(pages);
    sqlite3_close(db);
    return st;
}

static enum ovf_status make_like(const char *name, struct ovf_image *image, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool any = false;
    enum ovf_status st = ovf_sql_preparef(
        image->db, &stmt, err,
        "SELECT sql FROM main.sqlite_schema WHERE type='table' AND name='%s'", name);
    if (st == OVF_OK)
        st = ovf_sql_step(stmt, &any, err);
    if (st == OVF_OK && !any)
        st = ovf_error_set(err, OVF_E_FORMAT, "no table %s", name);
    if (st == OVF_OK)
        st = declare((const char *)sqlite3_column_text(stmt, 0), image, err);
    sqlite3_finalize(stmt);
    return st;
}

enum ovf_status ovf_image_new(sqlite3 *db, const char *name, enum ovf_image_order order,
                              struct ovf_image **out, struct ovf_error *err)
{
    struct ovf_image *const image = calloc(1, sizeof *image);
    if (image == NULL)
        return OVF_E_NOMEM;
    image->db = db;
    image->order = order;
    const int len = snprintf(image->name, sizeof image->name, "%s", name);
    enum ovf_status st = make_room(image, OVF_IMAGE_BATCH_BYTES / PAGE_BYTES + SPARE_PAGES);
    if (st == OVF_OK && (len < 0 || (size_t)len >= sizeof image->name))
        st = ovf_error_set(err, OVF_E_LIMIT, "%s: too long a name", name);
    if (st == OVF_OK)
        st = make_like(name, image, err);
    if (st != OVF_OK) {
        ovf_image_free(image);
        return st;
    }
    clear(image);
    *out = image;
    return OVF_OK;
}

enum ovf_status ovf_image_reserve(struct ovf_image *image, size_t n_bytes)
{
    /* A page is full that would not take the longest key. */
    const size_t capacity =
        image->n_pages + n_bytes / (PAGE_BYTES - sizeof image->levels->cell) + LEVELS_MAX;
    if (capacity <= image->capacity)
        return OVF_OK;
    assert(!image->is_attached);
    unsigned char *const pages = ovf_scratch_new(capacity, PAGE_BYTES);
    if (pages == NULL)
        return OVF_E_NOMEM;
    memcpy(pages, image->pages, image->n_pages * PAGE_BYTES);
    free(image->pages);
    image->pages = pages;
    image->capacity = capacity;
    return OVF_OK;
}

size_t ovf_image_size(const struct ovf_image *image)
{
    return image->n_pages * PAGE_BYTES;
}

enum ovf_status ovf_image_give(struct ovf_image *image, struct ovf_error *err)
{
    enum ovf_status st = image->order == OVF_IMAGE_ROWS ? finish_rows(image) : finish_keys(image);
    if (st == OVF_OK && !image->is_attached)
        st = attach(image, err);
    if (st == OVF_OK)
        st = ovf_sql_run(image->insert, err);
    clear(image);
    return st;
}

enum ovf_status ovf_image_end(struct ovf_image *image, struct ovf_error *err)
{
    return detach(image, err);
}

/** What SQLite could not let go of, out of memory, it may still read. */
void ovf_image_free(struct ovf_image *image)
{
    if (image == NULL)
        return;
    (void)detach(image, NULL);
    if (!image->is_attached)
        free(image->pages);
    free(image->leaves);
    free(image);
}
