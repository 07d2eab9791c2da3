/* SPDX-License-Identifier: Apache-2.0 */
/* One table, made with the first list; a program that does not know it passes it over. What permits are
 * made of is the file itself, so that a better reader reads old lists better. */
#include "store/library_permits.h"

#include <stdio.h>

#include "base/time.h"
#include "store/library_db.h"

static const char create_sql[] = "CREATE TABLE IF NOT EXISTS permit_list ("
                                 " id INTEGER PRIMARY KEY,"
                                 " state TEXT NOT NULL,"
                                 " firs TEXT NOT NULL,"
                                 " covers_from TEXT NOT NULL,"
                                 " covers_to TEXT NOT NULL,"
                                 " imported TEXT NOT NULL,"
                                 " file TEXT NOT NULL,"
                                 " sha256 TEXT NOT NULL,"
                                 " n_permits INTEGER NOT NULL,"
                                 " n_rejected INTEGER NOT NULL,"
                                 " content BLOB NOT NULL,"
                                 " UNIQUE (state, firs, covers_from, covers_to, sha256)) STRICT";

#define COLUMNS                                                                                    \
    "id, state, firs, covers_from, covers_to, imported, file, sha256, n_permits, n_rejected"

static bool bind_time(sqlite3_stmt *stmt, int at, int64_t t_ns)
{
    char text[OVF_TIME_SIZE];
    ovf_time_format(t_ns, 0, text);
    return ovf_library_bind(stmt, at, text);
}

static int64_t read_time(sqlite3_stmt *stmt, int column)
{
    char text[OVF_TIME_SIZE];
    int64_t t_ns = 0;
    ovf_library_column(stmt, column, text, sizeof text);
    return ovf_time_parse_iso(ovf_bytes_from_text(text), &t_ns) ? t_ns : 0;
}

static void read_row(sqlite3_stmt *stmt, struct ovf_library_permits *out)
{
    *out = (struct ovf_library_permits){.id = sqlite3_column_int64(stmt, 0)};
    ovf_library_column(stmt, 1, out->state, sizeof out->state);
    ovf_library_column(stmt, 2, out->firs, sizeof out->firs);
    out->covers_from_ns = read_time(stmt, 3);
    out->covers_to_ns = read_time(stmt, 4);
    out->imported_ns = read_time(stmt, 5);
    ovf_library_column(stmt, 6, out->file, sizeof out->file);
    ovf_library_column(stmt, 7, out->sha256, sizeof out->sha256);
    out->n_permits = sqlite3_column_int64(stmt, 8);
    out->n_rejected = sqlite3_column_int64(stmt, 9);
}

static bool bind_key(sqlite3_stmt *stmt, const struct ovf_library_permits *list)
{
    return ovf_library_bind(stmt, 1, list->state) && ovf_library_bind(stmt, 2, list->firs) &&
           bind_time(stmt, 3, list->covers_from_ns) && bind_time(stmt, 4, list->covers_to_ns) &&
           ovf_library_bind(stmt, 5, list->sha256);
}

static enum ovf_status insert(struct ovf_library *library, const struct ovf_library_permits *list,
                              struct ovf_bytes content, bool *is_new, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st = ovf_sql_prepare(
        library->db,
        "INSERT INTO permit_list (state, firs, covers_from, covers_to, sha256, imported, file,"
        " n_permits, n_rejected, content) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        &stmt, err);
    if (st == OVF_OK &&
        (!bind_key(stmt, list) || !bind_time(stmt, 6, list->imported_ns) ||
         !ovf_library_bind(stmt, 7, list->file) ||
         sqlite3_bind_int64(stmt, 8, list->n_permits) != SQLITE_OK ||
         sqlite3_bind_int64(stmt, 9, list->n_rejected) != SQLITE_OK ||
         sqlite3_bind_blob64(stmt, 10, content.data, content.len, SQLITE_STATIC) != SQLITE_OK))
        st = ovf_sql_failed(library->db, "binding a permit list", err);
    if (st == OVF_OK)
        st = ovf_sql_run(stmt, err);
    *is_new = st == OVF_OK && sqlite3_changes(library->db) > 0;
    (void)sqlite3_finalize(stmt);
    return st;
}

static enum ovf_status find(struct ovf_library *library, struct ovf_library_permits *list,
                            struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st = ovf_sql_prepare(library->db,
                                         "SELECT " COLUMNS " FROM permit_list WHERE state = ?"
                                         " AND firs = ? AND covers_from = ? AND covers_to = ?"
                                         " AND sha256 = ?",
                                         &stmt, err);
    if (st == OVF_OK && !bind_key(stmt, list))
        st = ovf_sql_failed(library->db, "binding a permit list", err);
    if (st == OVF_OK)
        st = ovf_sql_step(stmt, &row, err);
    if (st == OVF_OK && row)
        read_row(stmt, list);
    (void)sqlite3_finalize(stmt);
    return st;
}

static enum ovf_status hash(struct ovf_bytes content, char hex[OVF_SHA256_HEX_SIZE])
{
    struct ovf_digest digest;
    const enum ovf_status st = ovf_sha256(content, &digest);
    if (st == OVF_OK)
        ovf_digest_format(&digest, sizeof digest.bytes, hex);
    return st;
}

enum ovf_status ovf_library_permits_add(struct ovf_library *library,
                                        struct ovf_library_permits *list, struct ovf_bytes content,
                                        bool *is_new, struct ovf_error *err)
{
    struct ovf_library_permits kept = *list;
    bool added = false;
    enum ovf_status st = hash(content, kept.sha256);
    if (st == OVF_OK)
        st = ovf_sql_exec(library->db, create_sql, err);
    if (st == OVF_OK)
        st = insert(library, &kept, content, &added, err);
    if (st == OVF_OK)
        st = find(library, &kept, err);
    if (st != OVF_OK)
        return st;
    *list = kept;
    *is_new = added;
    return OVF_OK;
}

enum ovf_status ovf_library_permits_each(struct ovf_library *library, const char *state,
                                         ovf_library_permits_fn *take, void *context,
                                         struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int64_t there = 0;
    bool row = false;
    enum ovf_status st =
        ovf_sql_int(library->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'permit_list'", 0,
                    &there, err);
    if (st != OVF_OK || there == 0)
        return st;
    st = ovf_sql_prepare(library->db,
                         "SELECT " COLUMNS
                         " FROM permit_list WHERE ?1 IS NULL OR state = ?1 ORDER BY id",
                         &stmt, err);
    if (st == OVF_OK && state != NULL && !ovf_library_bind(stmt, 1, state))
        st = ovf_sql_failed(library->db, "binding a state", err);
    while (st == OVF_OK) {
        struct ovf_library_permits list;
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        read_row(stmt, &list);
        st = take(context, &list);
    }
    (void)sqlite3_finalize(stmt);
    return st;
}

/** The bytes, when they are those whose hash was kept. */
static enum ovf_status take_content(sqlite3_stmt *stmt, struct ovf_buffer *content,
                                    struct ovf_error *err)
{
    char hex[OVF_SHA256_HEX_SIZE];
    char kept[OVF_SHA256_HEX_SIZE];
    const void *const data = sqlite3_column_blob(stmt, 0);
    const struct ovf_bytes bytes = {data, (size_t)sqlite3_column_bytes(stmt, 0)};
    const enum ovf_status st = hash(bytes, hex);
    if (st != OVF_OK)
        return st;
    ovf_library_column(stmt, 1, kept, sizeof kept);
    if (strcmp(hex, kept) != 0)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "the library is damaged: a permit list is not what was kept");
    return ovf_buffer_append(content, bytes.data, bytes.len);
}

enum ovf_status ovf_library_permits_load(struct ovf_library *library, int64_t id,
                                         struct ovf_buffer *content, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st = ovf_sql_prepare(
        library->db, "SELECT content, sha256 FROM permit_list WHERE id = ?", &stmt, err);
    if (st == OVF_OK && sqlite3_bind_int64(stmt, 1, id) != SQLITE_OK)
        st = ovf_sql_failed(library->db, "binding a number", err);
    if (st == OVF_OK)
        st = ovf_sql_step(stmt, &row, err);
    if (st == OVF_OK)
        st = row ? take_content(stmt, content, err)
                 : ovf_error_set(err, OVF_E_NOTFOUND, "the library has no permit list %lld",
                                 (long long)id);
    (void)sqlite3_finalize(stmt);
    return st;
}
