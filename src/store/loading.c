/* SPDX-License-Identifier: Apache-2.0 */
#include "store/loading.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "store/index_keys.h"
#include "store/keyless.h"
#include "store/record.h"
#include "store/schema.h"

/* Of one index; more is sorted by SQLite, which uses files. */
enum { KEYS_BYTES_MAX = 32 << 20 };

struct index {
    const struct ovf_table_index *about;
    const struct ovf_column *columns[OVF_INDEX_TEXTS_MAX];
    struct ovf_index_keys keys;
    bool is_given_up; /* SQLite makes it */
};

struct ovf_loading {
    sqlite3 *db;
    const struct ovf_store_table *table;
    struct ovf_keyless keyless;
    struct ovf_record record;
    struct ovf_image *rows;
    int64_t n_rows;
    bool is_shown;
    enum ovf_status status; /* of the first failure: rows may be lost then */
    struct index indexes[OVF_TABLE_INDEXES_MAX];
};

/* ---- indexes ---- */

static const struct ovf_column *find_column(const struct ovf_store_table *table,
                                            struct ovf_bytes name)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        if (ovf_bytes_equal_text(name, table->columns[i].name))
            return &table->columns[i];
    }
    return NULL;
}

/** Given up where it is not of all rows and few columns that are texts. */
static void find_columns(const struct ovf_store_table *table, struct index *index)
{
    const char *at = index->about->columns;
    index->is_given_up = index->about->where != NULL;
    while (!index->is_given_up) {
        const size_t len = strcspn(at, ",");
        const struct ovf_column *const column =
            find_column(table, (struct ovf_bytes){(const unsigned char *)at, len});
        if (column == NULL || index->keys.n_texts == OVF_INDEX_TEXTS_MAX ||
            (column->type != OVF_COLUMN_TEXT && column->type != OVF_COLUMN_TIME)) {
            index->is_given_up = true;
            return;
        }
        index->columns[index->keys.n_texts++] = column;
        if (at[len] == '\0')
            return;
        at += len + 1;
    }
}

static struct ovf_bytes with_nul(const char *text)
{
    return (struct ovf_bytes){(const unsigned char *)text, strlen(text) + 1};
}

/** What the column is in the index, with its NUL; a time in \p text. NULL: empty */
static struct ovf_bytes text_of(const struct ovf_column *column, const void *row,
                                char text[OVF_TIME_SIZE])
{
    static const struct ovf_bytes null = {NULL, 0};
    const void *const member = (const unsigned char *)row + column->offset;
    if (column->type == OVF_COLUMN_TEXT) {
        const char *const value = *(const char *const *)member;
        return value != NULL && value[0] != '\0' ? with_nul(value) : null;
    }
    const struct ovf_store_time *const time = member;
    if (!time->known)
        return null;
    ovf_time_format(time->t_ns, 3, text);
    return with_nul(text);
}

static void give_up(struct index *index)
{
    index->is_given_up = true;
    ovf_index_keys_deinit(&index->keys);
}

static enum ovf_status add_key(struct index *index, const void *row)
{
    char times[OVF_INDEX_TEXTS_MAX][OVF_TIME_SIZE];
    struct ovf_bytes texts[OVF_INDEX_TEXTS_MAX];
    size_t n_bytes = 0;
    for (size_t i = 0; i < index->keys.n_texts; i++) {
        texts[i] = text_of(index->columns[i], row, times[i]);
        n_bytes += texts[i].len > 0 ? texts[i].len : OVF_IMAGE_KEY_BYTES_MAX;
    }
    /* No entry of an image is absent or long. */
    if (n_bytes > OVF_IMAGE_KEY_BYTES_MAX / 2 ||
        ovf_index_keys_size(&index->keys) > KEYS_BYTES_MAX) {
        give_up(index);
        return OVF_OK;
    }
    return ovf_index_keys_add(&index->keys, texts);
}

/** A table WITHOUT ROWID whose primary key is all of it, with the name of the index. */
static enum ovf_status create_table(const struct ovf_loading *loading, const struct index *index,
                                    struct ovf_error *err)
{
    struct ovf_buffer sql = {0};
    enum ovf_status st = ovf_buffer_printf(&sql, "CREATE TABLE \"%s\"(", index->about->name);
    for (size_t i = 0; i < index->keys.n_texts && st == OVF_OK; i++)
        st = ovf_buffer_printf(&sql, "t%zu TEXT,", i);
    if (st == OVF_OK)
        st = ovf_buffer_append_text(&sql, "fid INTEGER,PRIMARY KEY(");
    for (size_t i = 0; i < index->keys.n_texts && st == OVF_OK; i++)
        st = ovf_buffer_printf(&sql, "t%zu,", i);
    if (st == OVF_OK)
        st = ovf_buffer_append_text(&sql, "fid)) WITHOUT ROWID");
    if (st == OVF_OK)
        st = ovf_buffer_append(&sql, "", 1);
    if (st == OVF_OK)
        st = ovf_sql_exec(loading->db, (const char *)sql.data, err);
    ovf_buffer_deinit(&sql);
    return st;
}

/** The pages of an index are those of such a table: it becomes one by what the schema says of it. */
static enum ovf_status make_of_keys(const struct ovf_loading *loading, const struct index *index,
                                    const char *index_sql, struct ovf_error *err)
{
    struct ovf_image *image = NULL;
    enum ovf_status st = create_table(loading, index, err);
    if (st == OVF_OK)
        st = ovf_image_new(loading->db, index->about->name, OVF_IMAGE_KEYS, &image, err);
    if (st == OVF_OK)
        st = ovf_index_keys_sorted(&index->keys, image);
    if (st == OVF_OK)
        st = ovf_image_give(image, err);
    if (st == OVF_OK)
        st = ovf_image_end(image, err);
    ovf_image_free(image);
    return st != OVF_OK ? st
                        : ovf_sql_exec_on_schema(
                              loading->db, err,
                              "UPDATE main.sqlite_schema SET type='index',tbl_name='%s',sql='%s'"
                              " WHERE name='%s'",
                              loading->table->name, index_sql, index->about->name);
}

static enum ovf_status make_index(const struct ovf_loading *loading, struct index *index,
                                  struct ovf_error *err)
{
    struct ovf_buffer sql = {0};
    enum ovf_status st = ovf_store_index_sql(loading->table, index->about, &sql);
    if (st == OVF_OK)
        st = index->is_given_up ? ovf_sql_exec(loading->db, (const char *)sql.data, err)
                                : make_of_keys(loading, index, (const char *)sql.data, err);
    ovf_buffer_deinit(&sql);
    return st;
}

/* ---- rows ---- */

static enum ovf_status name_without_key(struct ovf_loading *loading, struct ovf_error *err)
{
    struct ovf_buffer columns = {0};
    enum ovf_status st = ovf_store_columns_sql(loading->table, false, &columns);
    if (st == OVF_OK)
        st = ovf_keyless_make(loading->db, loading->table->name, (const char *)columns.data,
                              &loading->keyless, err);
    ovf_buffer_deinit(&columns);
    return st;
}

enum ovf_status ovf_loading_begin(sqlite3 *db, const struct ovf_store_table *table,
                                  struct ovf_loading **out, struct ovf_error *err)
{
    struct ovf_loading *const loading = calloc(1, sizeof *loading);
    if (loading == NULL)
        return OVF_E_NOMEM;
    loading->db = db;
    loading->table = table;
    loading->is_shown = true;
    assert(table->n_indexes <= OVF_TABLE_INDEXES_MAX);
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < table->n_indexes && st == OVF_OK; i++) {
        loading->indexes[i].about = &table->indexes[i];
        find_columns(table, &loading->indexes[i]);
        st = ovf_sql_execf(db, err, "DROP INDEX IF EXISTS \"%s\"", table->indexes[i].name);
    }
    if (st == OVF_OK)
        st = name_without_key(loading, err);
    if (st == OVF_OK)
        st = ovf_image_new(db, loading->keyless.name, OVF_IMAGE_ROWS, &loading->rows, err);
    if (st != OVF_OK) {
        ovf_loading_free(loading);
        return st;
    }
    *out = loading;
    return OVF_OK;
}

static enum ovf_status add(struct ovf_loading *loading, const void *row, const char *first_seen,
                           struct ovf_bytes geometry)
{
    struct ovf_bytes record;
    enum ovf_status st =
        ovf_record_of_row(&loading->record, loading->table, row, first_seen, geometry, &record);
    for (size_t i = 0; i < loading->table->n_indexes && st == OVF_OK; i++) {
        if (!loading->indexes[i].is_given_up)
            st = add_key(&loading->indexes[i], row);
    }
    return st != OVF_OK ? st : ovf_image_add_row(loading->rows, loading->n_rows + 1, record);
}

enum ovf_status ovf_loading_add(struct ovf_loading *loading, const void *row,
                                const char *first_seen, struct ovf_bytes geometry, int64_t *fid,
                                struct ovf_error *err)
{
    if (loading->status == OVF_OK)
        loading->status = add(loading, row, first_seen, geometry);
    if (loading->status != OVF_OK)
        return loading->status;
    *fid = ++loading->n_rows;
    loading->is_shown = false;
    return ovf_image_size(loading->rows) >= OVF_IMAGE_BATCH_BYTES ? ovf_loading_show(loading, err)
                                                                  : OVF_OK;
}

enum ovf_status ovf_loading_show(struct ovf_loading *loading, struct ovf_error *err)
{
    if (loading->status == OVF_OK && !loading->is_shown)
        loading->status = ovf_image_give(loading->rows, err);
    loading->is_shown = loading->status == OVF_OK;
    return loading->status;
}

/** R-trees and indexes go by our numbers, rows by SQLite's. */
static enum ovf_status check_numbers(const struct ovf_loading *loading, struct ovf_error *err)
{
    char sql[96];
    int64_t last = 0;
    (void)snprintf(sql, sizeof sql, "SELECT max(fid) FROM \"%s\"", loading->table->name);
    const enum ovf_status st = ovf_sql_int(loading->db, sql, 0, &last, err);
    return st != OVF_OK || last == loading->n_rows
               ? st
               : ovf_error_set(err, OVF_E_FORMAT, "%s: rows were put otherwise while it was loaded",
                               loading->table->name);
}

enum ovf_status ovf_loading_finish(struct ovf_loading *loading, struct ovf_error *err)
{
    enum ovf_status st = ovf_loading_show(loading, err);
    if (st == OVF_OK)
        st = ovf_image_end(loading->rows, err);
    if (st == OVF_OK)
        st = check_numbers(loading, err);
    if (st == OVF_OK)
        st = ovf_keyless_drop(loading->db, &loading->keyless, err);
    for (size_t i = 0; i < loading->table->n_indexes && st == OVF_OK; i++)
        st = make_index(loading, &loading->indexes[i], err);
    return st;
}

void ovf_loading_free(struct ovf_loading *loading)
{
    if (loading == NULL)
        return;
    for (size_t i = 0; i < loading->table->n_indexes; i++)
        ovf_index_keys_deinit(&loading->indexes[i].keys);
    ovf_image_free(loading->rows);
    ovf_record_deinit(&loading->record);
    free(loading);
}
