/* SPDX-License-Identifier: Apache-2.0 */
/* The library's one table. Times are ISO 8601 texts, so that the file can be read by people. */
#include "store/library.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/time.h"
#include "store/library_db.h"

/* "OVFL" as SQLite's application_id. */
enum { APPLICATION_ID = 0x4F56464C, VERSION = 1, MIN_PREFIX = 8 };

static const char create_sql[] = "CREATE TABLE edition ("
                                 " id INTEGER PRIMARY KEY,"
                                 " kind TEXT NOT NULL,"
                                 " name TEXT NOT NULL,"
                                 " imported TEXT NOT NULL,"
                                 " file TEXT NOT NULL,"
                                 " file_sha256 TEXT NOT NULL,"
                                 " sha256 TEXT NOT NULL,"
                                 " licence TEXT NOT NULL,"
                                 " attribution TEXT NOT NULL,"
                                 " boundary_accuracy_m REAL,"
                                 " n_airspaces INTEGER NOT NULL,"
                                 " notes TEXT NOT NULL,"
                                 " areas BLOB NOT NULL,"
                                 " UNIQUE (kind, name, sha256)) STRICT";

#define COLUMNS                                                                                    \
    "id, kind, name, imported, file, file_sha256, sha256, licence, attribution, "                  \
    "boundary_accuracy_m, n_airspaces"

/* ---- opening ---- */

/** A new file gets its table; one that is there must be a library. */
static enum ovf_status check_schema(struct ovf_library *library, enum ovf_library_mode mode,
                                    const char *path, struct ovf_error *err)
{
    int64_t application = 0;
    int64_t version = 0;
    int64_t n_tables = 0;
    enum ovf_status st = ovf_sql_int(library->db, "PRAGMA application_id", 0, &application, err);
    if (st == OVF_OK)
        st = ovf_sql_int(library->db, "PRAGMA user_version", 0, &version, err);
    if (st == OVF_OK)
        st = ovf_sql_int(library->db, "SELECT count(*) FROM sqlite_schema", 0, &n_tables, err);
    if (st != OVF_OK)
        return st;
    if (application == 0 && n_tables == 0 && mode == OVF_LIBRARY_WRITE) {
        st = ovf_sql_exec(library->db, create_sql, err);
        if (st == OVF_OK)
            st = ovf_sql_execf(library->db, err, "PRAGMA application_id = %d", APPLICATION_ID);
        return st == OVF_OK ? ovf_sql_execf(library->db, err, "PRAGMA user_version = %d", VERSION)
                            : st;
    }
    if (application != APPLICATION_ID || version < 1)
        return ovf_error_set(err, OVF_E_FORMAT, "%s: no library of this program", path);
    if (version > VERSION)
        return ovf_error_set(err, OVF_E_FORMAT, "%s: a library of a later program (version %d)",
                             path, (int)version);
    return OVF_OK;
}

enum ovf_status ovf_library_open(const char *path, enum ovf_library_mode mode,
                                 struct ovf_library **out, struct ovf_error *err)
{
    const bool write = mode == OVF_LIBRARY_WRITE;
    if (!write && access(path, F_OK) != 0)
        return ovf_error_set(err, errno == ENOENT ? OVF_E_NOTFOUND : OVF_E_IO,
                             "%s: there is no library yet (overflight airspace import and "
                             "overflight lists import make it)",
                             path);
    struct ovf_library *library = calloc(1, sizeof *library);
    if (library == NULL)
        return OVF_E_NOMEM;
    const int flags = write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    enum ovf_status st = OVF_OK;
    if (sqlite3_open_v2(path, &library->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        st = library->db != NULL ? ovf_sql_failed(library->db, "opening", err) : OVF_E_NOMEM;
    if (st == OVF_OK &&
        (sqlite3_busy_timeout(library->db, 10000) != SQLITE_OK ||
         sqlite3_db_config(library->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK))
        st = ovf_sql_failed(library->db, "opening", err);
    if (st == OVF_OK && write)
        st = ovf_sql_exec(library->db, "BEGIN IMMEDIATE", err);
    if (st == OVF_OK)
        st = check_schema(library, mode, path, err);
    if (st == OVF_OK && write)
        st = ovf_sql_exec(library->db, "COMMIT", err);
    if (st != OVF_OK) {
        ovf_library_close(library);
        return st;
    }
    *out = library;
    return OVF_OK;
}

void ovf_library_close(struct ovf_library *library)
{
    if (library == NULL)
        return;
    (void)sqlite3_close(library->db);
    free(library);
}

/* ---- rows ---- */

void ovf_library_column(sqlite3_stmt *stmt, int column, char *out, size_t out_bytes)
{
    const unsigned char *const text = sqlite3_column_text(stmt, column);
    (void)snprintf(out, out_bytes, "%s", text != NULL ? (const char *)text : "");
}

static void read_row(sqlite3_stmt *stmt, struct ovf_library_edition *out)
{
    char imported[OVF_TIME_SIZE + 8];
    *out = (struct ovf_library_edition){.id = sqlite3_column_int64(stmt, 0)};
    ovf_library_column(stmt, 1, out->kind, sizeof out->kind);
    ovf_library_column(stmt, 2, out->name, sizeof out->name);
    ovf_library_column(stmt, 3, imported, sizeof imported);
    ovf_library_column(stmt, 4, out->file, sizeof out->file);
    ovf_library_column(stmt, 5, out->file_sha256, sizeof out->file_sha256);
    ovf_library_column(stmt, 6, out->sha256, sizeof out->sha256);
    ovf_library_column(stmt, 7, out->licence, sizeof out->licence);
    ovf_library_column(stmt, 8, out->attribution, sizeof out->attribution);
    out->boundary_accuracy_m =
        sqlite3_column_type(stmt, 9) == SQLITE_NULL ? (double)NAN : sqlite3_column_double(stmt, 9);
    out->n_airspaces = sqlite3_column_int64(stmt, 10);
    if (!ovf_time_parse_iso(ovf_bytes_from_text(imported), &out->imported_ns))
        out->imported_ns = 0;
}

bool ovf_library_bind(sqlite3_stmt *stmt, int at, const char *text)
{
    return sqlite3_bind_text(stmt, at, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

static bool bind_edition(sqlite3_stmt *stmt, const struct ovf_library_edition *e,
                         struct ovf_bytes areas, const char *notes)
{
    char imported[OVF_TIME_SIZE];
    ovf_time_format(e->imported_ns, 0, imported);
    return ovf_library_bind(stmt, 1, e->kind) && ovf_library_bind(stmt, 2, e->name) &&
           ovf_library_bind(stmt, 3, imported) && ovf_library_bind(stmt, 4, e->file) &&
           ovf_library_bind(stmt, 5, e->file_sha256) && ovf_library_bind(stmt, 6, e->sha256) &&
           ovf_library_bind(stmt, 7, e->licence) && ovf_library_bind(stmt, 8, e->attribution) &&
           (isnan(e->boundary_accuracy_m)
                ? sqlite3_bind_null(stmt, 9)
                : sqlite3_bind_double(stmt, 9, e->boundary_accuracy_m)) == SQLITE_OK &&
           sqlite3_bind_int64(stmt, 10, e->n_airspaces) == SQLITE_OK &&
           ovf_library_bind(stmt, 11, notes) &&
           sqlite3_bind_blob64(stmt, 12, areas.data, areas.len, SQLITE_STATIC) == SQLITE_OK;
}

enum ovf_status ovf_library_add(struct ovf_library *library, struct ovf_library_edition *edition,
                                struct ovf_bytes areas, const char *notes, bool *is_new,
                                struct ovf_error *err)
{
    struct ovf_digest digest;
    sqlite3_stmt *stmt = NULL;
    sqlite3_stmt *find = NULL;
    bool row = false;
    enum ovf_status st = ovf_sha256(areas, &digest);
    if (st != OVF_OK)
        return st;
    ovf_digest_format(&digest, sizeof digest.bytes, edition->sha256);
    st = ovf_sql_prepare(library->db,
                         "INSERT INTO edition (kind, name, imported, file, file_sha256, sha256,"
                         " licence, attribution, boundary_accuracy_m, n_airspaces, notes, areas)"
                         " VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                         &stmt, err);
    if (st == OVF_OK && !bind_edition(stmt, edition, areas, notes))
        st = ovf_sql_failed(library->db, "binding an edition", err);
    if (st == OVF_OK)
        st = ovf_sql_run(stmt, err);
    const bool added = st == OVF_OK && sqlite3_changes(library->db) > 0;
    if (st == OVF_OK)
        st = ovf_sql_prepare(library->db,
                             "SELECT " COLUMNS " FROM edition"
                             " WHERE kind = ? AND name = ? AND sha256 = ?",
                             &find, err);
    if (st == OVF_OK &&
        (!ovf_library_bind(find, 1, edition->kind) || !ovf_library_bind(find, 2, edition->name) ||
         !ovf_library_bind(find, 3, edition->sha256)))
        st = ovf_sql_failed(library->db, "binding a name", err);
    if (st == OVF_OK)
        st = ovf_sql_step(find, &row, err);
    if (st == OVF_OK && row) {
        read_row(find, edition);
        *is_new = added;
    }
    (void)sqlite3_finalize(stmt);
    (void)sqlite3_finalize(find);
    return st;
}

enum ovf_status ovf_library_list(struct ovf_library *library, const char *kind,
                                 ovf_library_fn *take, void *context, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st = ovf_sql_prepare(
        library->db,
        "SELECT " COLUMNS " FROM edition WHERE ?1 IS NULL OR kind = ?1 ORDER BY id DESC", &stmt,
        err);
    if (st == OVF_OK && kind != NULL && !ovf_library_bind(stmt, 1, kind))
        st = ovf_sql_failed(library->db, "binding a kind", err);
    while (st == OVF_OK) {
        struct ovf_library_edition edition;
        bool row = false;
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        read_row(stmt, &edition);
        st = take(context, &edition);
    }
    (void)sqlite3_finalize(stmt);
    return st;
}

/* ---- by name ---- */

struct wanted {
    const char *text;
    bool found;
    struct ovf_library_edition *out;
    char names[256]; /* of those that are there, for the error */
};

/** Whether \p hash begins with \p prefix, which is long enough to be one. */
static bool is_hash_prefix(const char *hash, const char *prefix)
{
    if (strncmp(prefix, "sha256:", 7) == 0)
        prefix += 7;
    const size_t len = strlen(prefix);
    return len >= MIN_PREFIX && strncmp(hash, prefix, len) == 0;
}

static bool is_called(const struct ovf_library_edition *e, const char *text)
{
    if (strcmp(e->name, text) == 0 || is_hash_prefix(e->sha256, text))
        return true;
    const size_t len = strlen(e->name);
    return strncmp(e->name, text, len) == 0 && text[len] == '@' &&
           is_hash_prefix(e->sha256, text + len + 1);
}

static enum ovf_status consider(void *context, const struct ovf_library_edition *edition)
{
    struct wanted *const w = context;
    const size_t used = strlen(w->names);
    if (!w->found && is_called(edition, w->text)) {
        w->found = true;
        *w->out = *edition;
    }
    if (used + strlen(edition->name) + 3 < sizeof w->names) {
        (void)snprintf(w->names + used, sizeof w->names - used, "%s%.200s", used > 0 ? ", " : "",
                       edition->name);
    }
    return OVF_OK;
}

enum ovf_status ovf_library_find(struct ovf_library *library, const char *name,
                                 struct ovf_library_edition *out, struct ovf_error *err)
{
    struct wanted w = {.text = name, .out = out};
    const enum ovf_status st = ovf_library_list(library, NULL, consider, &w, err);
    if (st != OVF_OK || w.found)
        return st;
    return ovf_error_set(err, OVF_E_NOTFOUND, "the library has no edition \"%.100s\"; it has %s",
                         name, w.names[0] != '\0' ? w.names : "none");
}

/** Appends the areas when they are those whose hash was kept. */
static enum ovf_status take_areas(sqlite3_stmt *stmt, struct ovf_buffer *areas,
                                  struct ovf_error *err)
{
    struct ovf_digest digest;
    char hex[OVF_SHA256_HEX_SIZE];
    char kept[OVF_SHA256_HEX_SIZE];
    const int len = sqlite3_column_bytes(stmt, 0);
    const struct ovf_bytes bytes = {sqlite3_column_blob(stmt, 0), (size_t)len};
    const enum ovf_status st = ovf_sha256(bytes, &digest);
    if (st != OVF_OK)
        return st;
    ovf_digest_format(&digest, sizeof digest.bytes, hex);
    ovf_library_column(stmt, 2, kept, sizeof kept);
    if (strcmp(hex, kept) != 0)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "the library is damaged: an edition is not what was kept");
    return ovf_buffer_append(areas, bytes.data, bytes.len);
}

enum ovf_status ovf_library_load(struct ovf_library *library, int64_t id, struct ovf_buffer *areas,
                                 struct ovf_buffer *notes, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum ovf_status st = ovf_sql_prepare(
        library->db, "SELECT areas, notes, sha256 FROM edition WHERE id = ?", &stmt, err);
    if (st == OVF_OK && sqlite3_bind_int64(stmt, 1, id) != SQLITE_OK)
        st = ovf_sql_failed(library->db, "binding a number", err);
    if (st == OVF_OK)
        st = ovf_sql_step(stmt, &row, err);
    if (st == OVF_OK && !row)
        st = ovf_error_set(err, OVF_E_NOTFOUND, "the library has no edition %d", (int)id);
    if (st == OVF_OK && areas != NULL)
        st = take_areas(stmt, areas, err);
    if (st == OVF_OK && notes != NULL) {
        const unsigned char *const text = sqlite3_column_text(stmt, 1);
        st = ovf_buffer_append_text(notes, text != NULL ? (const char *)text : "");
    }
    (void)sqlite3_finalize(stmt);
    return st;
}
