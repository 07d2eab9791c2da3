/* SPDX-License-Identifier: Apache-2.0 */
/* Three tables: editions, texts of entries by their hash, and which edition has which. They are made with
 * the first list; a program that does not know them passes them over. */
#include "store/library_lists.h"

#include <stdio.h>

#include "base/time.h"
#include "store/library_db.h"

static const char create_sql[] = "CREATE TABLE IF NOT EXISTS list_edition ("
                                 " id INTEGER PRIMARY KEY,"
                                 " name TEXT NOT NULL,"
                                 " date TEXT NOT NULL,"
                                 " dated_by TEXT NOT NULL,"
                                 " format TEXT NOT NULL,"
                                 " imported TEXT NOT NULL,"
                                 " file TEXT NOT NULL,"
                                 " file_sha256 TEXT NOT NULL,"
                                 " sha256 TEXT NOT NULL,"
                                 " n_aircraft INTEGER NOT NULL,"
                                 " n_entities INTEGER NOT NULL,"
                                 " UNIQUE (name, date, sha256)) STRICT;"
                                 "CREATE TABLE IF NOT EXISTS listing ("
                                 " id INTEGER PRIMARY KEY,"
                                 " list TEXT NOT NULL,"
                                 " sha256 TEXT NOT NULL,"
                                 " text TEXT NOT NULL,"
                                 " UNIQUE (list, sha256)) STRICT;"
                                 "CREATE TABLE IF NOT EXISTS list_entry ("
                                 " edition INTEGER NOT NULL REFERENCES list_edition (id),"
                                 " listing INTEGER NOT NULL REFERENCES listing (id),"
                                 " PRIMARY KEY (edition, listing)) STRICT, WITHOUT ROWID";

#define COLUMNS                                                                                    \
    "id, name, date, dated_by, format, imported, file, file_sha256, sha256, n_aircraft, "          \
    "n_entities"

static bool bind_bytes(sqlite3_stmt *stmt, int at, struct ovf_bytes text)
{
    return sqlite3_bind_text64(stmt, at, (const char *)text.data, text.len, SQLITE_STATIC,
                               SQLITE_UTF8) == SQLITE_OK;
}

static void hex_of(const struct ovf_digest *digest, char hex[OVF_SHA256_HEX_SIZE])
{
    ovf_digest_format(digest, sizeof digest->bytes, hex);
}

/* ---- adding ---- */

static enum ovf_status hash_texts(const struct ovf_bytes *texts, size_t n,
                                  char sha256[OVF_SHA256_HEX_SIZE])
{
    struct ovf_sha256 *hash = NULL;
    struct ovf_digest digest;
    enum ovf_status st = ovf_sha256_new(&hash);
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = ovf_sha256_update(hash, texts[i]);
    if (st == OVF_OK)
        st = ovf_sha256_finish(hash, &digest);
    if (st == OVF_OK)
        hex_of(&digest, sha256);
    ovf_sha256_free(hash);
    return st;
}

static bool bind_edition(sqlite3_stmt *stmt, const struct ovf_library_list *e)
{
    char imported[OVF_TIME_SIZE];
    char date[OVF_TIME_SIZE];
    ovf_time_format(e->imported_ns, 0, imported);
    ovf_time_format(e->date_ns, 0, date);
    date[10] = '\0'; /* the day */
    return ovf_library_bind(stmt, 1, e->name) && ovf_library_bind(stmt, 2, date) &&
           ovf_library_bind(stmt, 3, e->dated_by) && ovf_library_bind(stmt, 4, e->format) &&
           ovf_library_bind(stmt, 5, imported) && ovf_library_bind(stmt, 6, e->file) &&
           ovf_library_bind(stmt, 7, e->file_sha256) && ovf_library_bind(stmt, 8, e->sha256) &&
           sqlite3_bind_int64(stmt, 9, e->n_aircraft) == SQLITE_OK &&
           sqlite3_bind_int64(stmt, 10, e->n_entities) == SQLITE_OK;
}

static void read_edition(sqlite3_stmt *stmt, struct ovf_library_list *out)
{
    char text[OVF_TIME_SIZE];
    *out = (struct ovf_library_list){.id = sqlite3_column_int64(stmt, 0)};
    ovf_library_column(stmt, 1, out->name, sizeof out->name);
    ovf_library_column(stmt, 2, text, sizeof text);
    if (!ovf_time_parse_iso(ovf_bytes_from_text(text), &out->date_ns))
        out->date_ns = 0;
    ovf_library_column(stmt, 3, out->dated_by, sizeof out->dated_by);
    ovf_library_column(stmt, 4, out->format, sizeof out->format);
    ovf_library_column(stmt, 5, text, sizeof text);
    if (!ovf_time_parse_iso(ovf_bytes_from_text(text), &out->imported_ns))
        out->imported_ns = 0;
    ovf_library_column(stmt, 6, out->file, sizeof out->file);
    ovf_library_column(stmt, 7, out->file_sha256, sizeof out->file_sha256);
    ovf_library_column(stmt, 8, out->sha256, sizeof out->sha256);
    out->n_aircraft = sqlite3_column_int64(stmt, 9);
    out->n_entities = sqlite3_column_int64(stmt, 10);
}

/** Adds the edition's row, or finds it; it is told as it stands there. */
static enum ovf_status add_edition(struct ovf_library *library, struct ovf_library_list *edition,
                                   bool *is_new, struct ovf_error *err)
{
    sqlite3_stmt *insert = NULL;
    sqlite3_stmt *find = NULL;
    char date[OVF_TIME_SIZE];
    bool row = false;
    ovf_time_format(edition->date_ns, 0, date);
    date[10] = '\0';
    enum ovf_status st = ovf_sql_prepare(
        library->db,
        "INSERT INTO list_edition (name, date, dated_by, format, imported, file, file_sha256,"
        " sha256, n_aircraft, n_entities) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        &insert, err);
    if (st == OVF_OK && !bind_edition(insert, edition))
        st = ovf_sql_failed(library->db, "binding an edition", err);
    if (st == OVF_OK)
        st = ovf_sql_run(insert, err);
    *is_new = st == OVF_OK && sqlite3_changes(library->db) > 0;
    if (st == OVF_OK)
        st = ovf_sql_prepare(library->db,
                             "SELECT " COLUMNS " FROM list_edition"
                             " WHERE name = ? AND date = ? AND sha256 = ?",
                             &find, err);
    if (st == OVF_OK &&
        (!ovf_library_bind(find, 1, edition->name) || !ovf_library_bind(find, 2, date) ||
         !ovf_library_bind(find, 3, edition->sha256)))
        st = ovf_sql_failed(library->db, "binding an edition", err);
    if (st == OVF_OK)
        st = ovf_sql_step(find, &row, err);
    if (st == OVF_OK && row)
        read_edition(find, edition);
    (void)sqlite3_finalize(insert);
    (void)sqlite3_finalize(find);
    return st;
}

static enum ovf_status add_entry(struct ovf_library *library, const struct ovf_library_list *e,
                                 struct ovf_bytes text, sqlite3_stmt *keep, sqlite3_stmt *link,
                                 struct ovf_error *err)
{
    struct ovf_digest digest;
    char hex[OVF_SHA256_HEX_SIZE];
    enum ovf_status st = ovf_sha256(text, &digest);
    if (st != OVF_OK)
        return st;
    hex_of(&digest, hex);
    if (!ovf_library_bind(keep, 1, e->name) || !ovf_library_bind(keep, 2, hex) ||
        !bind_bytes(keep, 3, text) || sqlite3_bind_int64(link, 1, e->id) != SQLITE_OK ||
        !ovf_library_bind(link, 2, e->name) || !ovf_library_bind(link, 3, hex))
        return ovf_sql_failed(library->db, "binding an entry", err);
    st = ovf_sql_run(keep, err);
    return st == OVF_OK ? ovf_sql_run(link, err) : st;
}

static enum ovf_status add_entries(struct ovf_library *library, const struct ovf_library_list *e,
                                   const struct ovf_bytes *texts, size_t n, struct ovf_error *err)
{
    sqlite3_stmt *keep = NULL;
    sqlite3_stmt *link = NULL;
    enum ovf_status st = ovf_sql_prepare(library->db,
                                         "INSERT INTO listing (list, sha256, text) VALUES (?,?,?)"
                                         " ON CONFLICT DO NOTHING",
                                         &keep, err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(library->db,
                             "INSERT INTO list_entry (edition, listing)"
                             " SELECT ?, id FROM listing WHERE list = ? AND sha256 = ?",
                             &link, err);
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = add_entry(library, e, texts[i], keep, link, err);
    (void)sqlite3_finalize(keep);
    (void)sqlite3_finalize(link);
    return st;
}

enum ovf_status ovf_library_lists_add(struct ovf_library *library, struct ovf_library_list *edition,
                                      const struct ovf_bytes *texts, size_t n_texts, bool *is_new,
                                      struct ovf_error *err)
{
    struct ovf_library_list kept = *edition;
    bool added = false;
    enum ovf_status st = hash_texts(texts, n_texts, kept.sha256);
    if (st == OVF_OK)
        st = ovf_sql_exec(library->db, "BEGIN IMMEDIATE", err);
    if (st != OVF_OK)
        return st;
    st = ovf_sql_exec(library->db, create_sql, err);
    if (st == OVF_OK)
        st = add_edition(library, &kept, &added, err);
    if (st == OVF_OK && added)
        st = add_entries(library, &kept, texts, n_texts, err);
    if (st == OVF_OK)
        st = ovf_sql_exec(library->db, "COMMIT", err);
    if (st != OVF_OK) {
        (void)sqlite3_exec(library->db, "ROLLBACK", NULL, NULL, NULL);
        return st;
    }
    *edition = kept;
    *is_new = added;
    return OVF_OK;
}

/* ---- reading ---- */

/** Prepares \p sql, which has the list's name as its only value; *stmt stays NULL when no list was ever
 * imported. */
static enum ovf_status prepare(struct ovf_library *library, const char *name, const char *sql,
                               sqlite3_stmt **stmt, struct ovf_error *err)
{
    int64_t there = 0;
    enum ovf_status st =
        ovf_sql_int(library->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'list_edition'",
                    0, &there, err);
    if (st != OVF_OK || there == 0)
        return st;
    st = ovf_sql_prepare(library->db, sql, stmt, err);
    if (st == OVF_OK && name != NULL && !ovf_library_bind(*stmt, 1, name))
        st = ovf_sql_failed(library->db, "binding a name", err);
    return st;
}

enum ovf_status ovf_library_lists_each(struct ovf_library *library, const char *name,
                                       ovf_library_lists_fn *take, void *context,
                                       struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st = prepare(library, name,
                                 "SELECT " COLUMNS " FROM list_edition"
                                 " WHERE ?1 IS NULL OR name = ?1 ORDER BY name, date, id",
                                 &stmt, err);
    while (st == OVF_OK && stmt != NULL) {
        struct ovf_library_list edition;
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        read_edition(stmt, &edition);
        st = take(context, &edition);
    }
    (void)sqlite3_finalize(stmt);
    return st;
}

/** Whether \p text is what \p kept is the hash of. */
static enum ovf_status check_text(struct ovf_bytes text, const char *kept, struct ovf_error *err)
{
    struct ovf_digest digest;
    char hex[OVF_SHA256_HEX_SIZE];
    const enum ovf_status st = ovf_sha256(text, &digest);
    if (st != OVF_OK)
        return st;
    hex_of(&digest, hex);
    return strcmp(hex, kept) == 0
               ? OVF_OK
               : ovf_error_set(err, OVF_E_FORMAT,
                               "the library is damaged: an entry of a list is not what was kept");
}

enum ovf_status ovf_library_lists_entries(struct ovf_library *library, const char *name,
                                          ovf_library_entry_fn *take, void *context,
                                          struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st =
        prepare(library, name,
                "SELECT id, list, sha256, text FROM listing WHERE ?1 IS NULL OR list = ?1"
                " ORDER BY list, id",
                &stmt, err);
    while (st == OVF_OK && stmt != NULL) {
        char list[128];
        char kept[OVF_SHA256_HEX_SIZE];
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        ovf_library_column(stmt, 1, list, sizeof list);
        ovf_library_column(stmt, 2, kept, sizeof kept);
        const struct ovf_bytes text = {sqlite3_column_text(stmt, 3),
                                       (size_t)sqlite3_column_bytes(stmt, 3)};
        st = check_text(text, kept, err);
        if (st == OVF_OK)
            st = take(context, sqlite3_column_int64(stmt, 0), list, text);
    }
    (void)sqlite3_finalize(stmt);
    return st;
}

enum ovf_status ovf_library_lists_presences(struct ovf_library *library, const char *name,
                                            ovf_library_presence_fn *take, void *context,
                                            struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st =
        prepare(library, name,
                "SELECT edition, listing FROM list_entry JOIN list_edition ON id = edition"
                " WHERE ?1 IS NULL OR name = ?1 ORDER BY edition, listing",
                &stmt, err);
    while (st == OVF_OK && stmt != NULL) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        st = take(context, sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1));
    }
    (void)sqlite3_finalize(stmt);
    return st;
}
