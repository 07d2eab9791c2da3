/* SPDX-License-Identifier: Apache-2.0 */
/* The file and the standard's own tables. Names and words of tables, columns and triggers are those of
 * OGC 12-128r17, annexes C and F.3. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "store/gpkg.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.h"
#include "store/gathered_writes.h"

enum {
    APPLICATION_ID = 0x47504B47, /* "GPKG" */
    USER_VERSION = 10300,        /* 1.3.0, what QGIS 3.22 and GDAL 3.6 of Debian 12 know */
    BUSY_MS = 2000,              /* an editor's short lock is waited for, another scan's is not */
    /* Of a file that is being made nearly all pages are written once, in order, and stay in the processor's
     * cache until then, and nothing is deleted that could be erased; in one that has rows, ids lead to pages
     * everywhere. */
    CACHE_MAKING_KIB = 2048,
    CACHE_KIB = 65536,
};

/* ---- opening ---- */

/** \p path with its directory resolved: SQLite's NOFOLLOW refuses links anywhere in a path, but only
 * the file itself is what a stranger could have put there. */
static enum ovf_status resolve(const char *path, char out[PATH_MAX], struct ovf_error *err)
{
    char folder[PATH_MAX];
    char real[PATH_MAX];
    const char *const slash = strrchr(path, '/');
    const char *const name = slash != NULL ? slash + 1 : path;
    const size_t len = slash != NULL ? (size_t)(slash - path) : 0;
    if (len >= sizeof folder || name[0] == '\0')
        return ovf_error_set(err, OVF_E_RANGE, "%.200s: no file name", path);
    memcpy(folder, path, len);
    folder[len] = '\0';
    const char *const given = slash == NULL ? "." : len == 0 ? "/" : folder;
    if (realpath(given, real) == NULL)
        return ovf_error_set(err, errno == ENOENT ? OVF_E_NOTFOUND : OVF_E_IO, "%.200s: %s", path,
                             strerror(errno));
    const int n = snprintf(out, PATH_MAX, "%s/%s", strcmp(real, "/") == 0 ? "" : real, name);
    if (n < 0 || n >= PATH_MAX)
        return ovf_error_set(err, OVF_E_RANGE, "%.200s: the path is too long", path);
    return OVF_OK;
}

static enum ovf_status check_place(const char *path, enum ovf_gpkg_mode mode, struct ovf_error *err)
{
    struct stat info;
    if (lstat(path, &info) != 0) {
        if (errno == ENOENT && mode == OVF_GPKG_WRITE)
            return OVF_OK;
        return ovf_error_set(err, errno == ENOENT ? OVF_E_NOTFOUND : OVF_E_IO, "%.200s: %s", path,
                             strerror(errno));
    }
    if (S_ISLNK(info.st_mode))
        return ovf_error_set(err, OVF_E_IO, "%.200s is a symbolic link; name the file itself",
                             path);
    if (!S_ISREG(info.st_mode))
        return ovf_error_set(err, OVF_E_IO, "%.200s is no regular file", path);
    return OVF_OK;
}

/** SQLite would open what cannot be written for reading, and say so only at the first row. \p real is
 * absolute. */
static enum ovf_status check_rights(const char *path, const char *real, struct ovf_error *err)
{
    char folder[PATH_MAX];
    const size_t len = (size_t)(strrchr(real, '/') - real);
    memcpy(folder, real, len);
    folder[len] = '\0';
    if (access(len > 0 ? folder : "/", W_OK | X_OK) != 0)
        return ovf_error_set(err, OVF_E_IO,
                             "%.200s: cannot be written: no file can be made in its folder: %s",
                             path, strerror(errno));
    if (access(real, W_OK) != 0 && errno != ENOENT)
        return ovf_error_set(err, OVF_E_IO, "%.200s: cannot be written: %s", path, strerror(errno));
    return OVF_OK;
}

static enum ovf_status configure(sqlite3 *db, enum ovf_gpkg_mode mode, struct ovf_error *err)
{
    int ignored;
    sqlite3_busy_timeout(db, BUSY_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, &ignored);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, &ignored);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, &ignored);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, &ignored);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, &ignored);
    enum ovf_status st = ovf_sql_exec(db, "PRAGMA cell_size_check=ON", err);
    if (st == OVF_OK && mode == OVF_GPKG_READ)
        st = ovf_sql_exec(db, "PRAGMA query_only=ON", err);
    if (st == OVF_OK && mode == OVF_GPKG_WRITE)
        st = ovf_sql_exec(db, "PRAGMA foreign_keys=ON", err);
    return st;
}

/** Whose file it is: new (nothing in it), ours, or somebody's. */
static enum ovf_status identify(sqlite3 *db, const char *path, bool *is_new, struct ovf_error *err)
{
    int64_t application = 0;
    int64_t n_objects = 0;
    int64_t n_ours = 0;
    enum ovf_status st = ovf_sql_int(db, "PRAGMA application_id", 0, &application, err);
    if (st == OVF_OK)
        st = ovf_sql_int(db, "SELECT count(*) FROM sqlite_schema", 0, &n_objects, err);
    if (st == OVF_OK)
        st = ovf_sql_int(db,
                         "SELECT count(*) FROM sqlite_schema WHERE type='table' AND "
                         "name='overflight_schema'",
                         0, &n_ours, err);
    if (st != OVF_OK)
        return st;
    *is_new = n_objects == 0 && application == 0;
    if (*is_new || (application == APPLICATION_ID && n_ours == 1))
        return OVF_OK;
    return ovf_error_set(err, OVF_E_FORMAT,
                         "%.200s is a %s that overflight did not write; it is left as it is", path,
                         application == APPLICATION_ID ? "GeoPackage" : "database");
}

/** Says for people what SQLite refused; that another program is writing was said. */
static enum ovf_status explain(sqlite3 *db, const char *path, enum ovf_gpkg_mode mode,
                               enum ovf_status st, struct ovf_error *err)
{
    const int code = db != NULL ? sqlite3_errcode(db) & 0xff : SQLITE_OK;
    if (st == OVF_E_FORMAT && code != SQLITE_OK)
        return ovf_error_set(err, st, "%.200s: no GeoPackage, or a damaged one: %s", path,
                             sqlite3_errmsg(db));
    if (st == OVF_E_IO && code != SQLITE_OK && code != SQLITE_BUSY) {
        const int cause = sqlite3_system_errno(db);
        return ovf_error_set(err, st, "%.200s: cannot be %s: %s%s%s", path,
                             mode == OVF_GPKG_WRITE ? "written" : "read", sqlite3_errmsg(db),
                             cause != 0 ? ", " : "", cause != 0 ? strerror(cause) : "");
    }
    return st;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

/** Nobody asks how much memory SQLite has: to count it takes a lock for each piece. Refused once SQLite is in use. */
static void leave_memory_uncounted(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum ovf_status ovf_gpkg_open(const char *path, enum ovf_gpkg_mode mode, sqlite3 **out,
                              bool *is_new, struct ovf_error *err)
{
    char real[PATH_MAX];
    sqlite3 *db = NULL;
    bool fresh = false;
    enum ovf_status st = resolve(path, real, err);
    if (st == OVF_OK)
        st = check_place(real, mode, err);
    if (st == OVF_OK && mode == OVF_GPKG_WRITE)
        st = check_rights(path, real, err);
    if (st != OVF_OK)
        return st;
    (void)pthread_once(&once, leave_memory_uncounted);
    const int flags = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (mode == OVF_GPKG_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                              : SQLITE_OPEN_READONLY);
    if (sqlite3_open_v2(real, &db, flags, ovf_gathered_writes_vfs()) != SQLITE_OK)
        st = ovf_sql_failed(db, "open", err);
    if (st == OVF_OK)
        st = configure(db, mode, err);
    if (st == OVF_OK)
        st = identify(db, path, &fresh, err);
    if (st == OVF_OK && fresh && mode == OVF_GPKG_READ)
        st = ovf_error_set(err, OVF_E_FORMAT, "%.200s is empty", path);
    if (st == OVF_OK && mode == OVF_GPKG_WRITE)
        st = fresh ? ovf_sql_execf(db, err,
                                   "PRAGMA locking_mode=EXCLUSIVE; PRAGMA page_size=%d; "
                                   "PRAGMA cache_size=-%d; PRAGMA secure_delete=OFF",
                                   OVF_GPKG_PAGE_BYTES, CACHE_MAKING_KIB)
                   : ovf_gpkg_share(db, err);
    st = explain(db, path, mode, st, err);
    if (st == OVF_OK) {
        *out = db;
        *is_new = fresh;
        db = NULL;
    }
    ovf_gpkg_close(db);
    return st;
}

enum ovf_status ovf_gpkg_share(sqlite3 *db, struct ovf_error *err)
{
    /* A file in this mode already is not written to. */
    return ovf_sql_execf(
        db, err,
        "PRAGMA locking_mode=NORMAL; PRAGMA journal_mode=WAL; "
        "PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA cache_size=-%d",
        CACHE_KIB);
}

void ovf_gpkg_close(sqlite3 *db)
{
    sqlite3_close_v2(db); /* NULL is fine */
}

/* ---- the standard's tables ---- */

static const char core_tables[] =
    "CREATE TABLE gpkg_spatial_ref_sys(srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,"
    " organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,"
    " definition TEXT NOT NULL, description TEXT);"
    "CREATE TABLE gpkg_contents(table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,"
    " identifier TEXT UNIQUE, description TEXT DEFAULT '',"
    " last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),"
    " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,"
    " CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns(table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,"
    " m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
    " CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),"
    " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_extensions(table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,"
    " definition TEXT NOT NULL, scope TEXT NOT NULL,"
    " CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));";

/* Requirement 11. */
static const char core_rows[] =
    "INSERT INTO gpkg_spatial_ref_sys VALUES"
    "('Undefined Cartesian SRS',-1,'NONE',-1,'undefined','undefined Cartesian coordinates'),"
    "('Undefined geographic SRS',0,'NONE',0,'undefined','undefined geographic coordinates'),"
    "('WGS 84 geodetic',4326,'EPSG',4326,"
    "'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,"
    "AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],"
    "PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],"
    "UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],"
    "AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]',"
    "'longitude and latitude in decimal degrees on WGS 84');";

enum ovf_status ovf_gpkg_create_core(sqlite3 *db, struct ovf_error *err)
{
    enum ovf_status st = ovf_sql_execf(db, err, "PRAGMA application_id=%d; PRAGMA user_version=%d",
                                       APPLICATION_ID, USER_VERSION);
    if (st == OVF_OK)
        st = ovf_sql_exec(db, core_tables, err);
    return st != OVF_OK ? st : ovf_sql_exec(db, core_rows, err);
}

static enum ovf_status add_contents(sqlite3 *db, const char *name, const char *data_type,
                                    const char *description, bool has_srs, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    const enum ovf_status st =
        ovf_sql_prepare(db,
                        "INSERT INTO gpkg_contents(table_name,data_type,identifier,description,"
                        "srs_id) VALUES(?1,?2,?1,?3,?4)",
                        &stmt, err);
    if (st != OVF_OK)
        return st;
    sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, data_type, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, description, -1, SQLITE_STATIC);
    if (has_srs)
        sqlite3_bind_int(stmt, 4, OVF_GPKG_SRS);
    const enum ovf_status run = ovf_sql_run(stmt, err);
    sqlite3_finalize(stmt);
    return run;
}

enum ovf_status ovf_gpkg_add_attributes(sqlite3 *db, const char *name, const char *description,
                                        struct ovf_error *err)
{
    return add_contents(db, name, "attributes", description, false, err);
}

static enum ovf_status add_geometry_column(sqlite3 *db, const char *name, const char *type,
                                           bool has_m, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st = ovf_sql_prepare(
        db, "INSERT INTO gpkg_geometry_columns VALUES(?1,'" OVF_GPKG_GEOMETRY "',?2,?3,0,?4)",
        &stmt, err);
    if (st != OVF_OK)
        return st;
    sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, type, -1, SQLITE_STATIC);
    sqlite3_bind_int(stmt, 3, OVF_GPKG_SRS);
    sqlite3_bind_int(stmt, 4, has_m ? 2 : 0); /* optional: others may add rows without */
    st = ovf_sql_run(stmt, err);
    sqlite3_finalize(stmt);
    return st;
}

static enum ovf_status add_rtree(sqlite3 *db, const char *name, struct ovf_error *err)
{
    enum ovf_status st = ovf_sql_execf(db, err,
                                       "CREATE VIRTUAL TABLE \"rtree_%s_" OVF_GPKG_GEOMETRY
                                       "\" USING rtree(id, minx, maxx, miny, maxy)",
                                       name);
    if (st == OVF_OK)
        st = ovf_sql_execf(db, err,
                           "INSERT INTO gpkg_extensions VALUES('%s','" OVF_GPKG_GEOMETRY
                           "','gpkg_rtree_index',"
                           "'http://www.geopackage.org/spec120/#extension_rtree','write-only')",
                           name);
    return st != OVF_OK ? st : ovf_gpkg_create_triggers(db, name, err);
}

enum ovf_status ovf_gpkg_add_features(sqlite3 *db, const char *name, const char *description,
                                      const char *type, bool has_m, struct ovf_error *err)
{
    enum ovf_status st = add_contents(db, name, "features", description, true, err);
    if (st == OVF_OK)
        st = add_geometry_column(db, name, type, has_m, err);
    return st != OVF_OK ? st : add_rtree(db, name, err);
}

/* ---- triggers: annex F.3, with @ for the table ---- */

#define IS_FULL "(NEW.\"geom\" NOTNULL AND NOT ST_IsEmpty(NEW.\"geom\"))"
#define IS_VOID "(NEW.\"geom\" ISNULL OR ST_IsEmpty(NEW.\"geom\"))"
#define PUT_NEW                                                                                    \
    "INSERT OR REPLACE INTO \"rtree_@_geom\" VALUES(NEW.\"fid\",ST_MinX(NEW.\"geom\"),"            \
    "ST_MaxX(NEW.\"geom\"),ST_MinY(NEW.\"geom\"),ST_MaxY(NEW.\"geom\")); "
#define REMOVE_OLD "DELETE FROM \"rtree_@_geom\" WHERE id=OLD.\"fid\"; "

static const struct {
    const char *suffix;
    const char *body;
} triggers[] = {
    {"insert", "AFTER INSERT ON \"@\" WHEN " IS_FULL " BEGIN " PUT_NEW "END"},
    {"update1", "AFTER UPDATE OF \"geom\" ON \"@\" WHEN OLD.\"fid\"=NEW.\"fid\" AND " IS_FULL
                " BEGIN " PUT_NEW "END"},
    {"update2", "AFTER UPDATE OF \"geom\" ON \"@\" WHEN OLD.\"fid\"=NEW.\"fid\" AND " IS_VOID
                " BEGIN " REMOVE_OLD "END"},
    {"update3", "AFTER UPDATE ON \"@\" WHEN OLD.\"fid\"!=NEW.\"fid\" AND " IS_FULL
                " BEGIN " REMOVE_OLD PUT_NEW "END"},
    {"update4", "AFTER UPDATE ON \"@\" WHEN OLD.\"fid\"!=NEW.\"fid\" AND " IS_VOID
                " BEGIN DELETE FROM \"rtree_@_geom\" WHERE id IN (OLD.\"fid\",NEW.\"fid\"); END"},
    {"delete", "AFTER DELETE ON \"@\" WHEN OLD.\"geom\" NOT NULL BEGIN " REMOVE_OLD "END"},
};

enum { N_TRIGGERS = sizeof triggers / sizeof *triggers };

/** Append \p text with \p name for each '@'. */
static enum ovf_status expand(struct ovf_buffer *out, const char *text, const char *name)
{
    enum ovf_status st = OVF_OK;
    for (; *text != '\0' && st == OVF_OK; text++)
        st = *text == '@' ? ovf_buffer_append_text(out, name) : ovf_buffer_append(out, text, 1);
    return st;
}

enum ovf_status ovf_gpkg_create_triggers(sqlite3 *db, const char *name, struct ovf_error *err)
{
    struct ovf_buffer sql = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < N_TRIGGERS && st == OVF_OK; i++) {
        st = ovf_buffer_printf(&sql, "CREATE TRIGGER \"rtree_%s_geom_%s\" ", name,
                               triggers[i].suffix);
        if (st == OVF_OK)
            st = expand(&sql, triggers[i].body, name);
        if (st == OVF_OK)
            st = ovf_buffer_append_text(&sql, ";");
    }
    if (st == OVF_OK)
        st = ovf_buffer_append(&sql, "", 1);
    if (st == OVF_OK)
        st = ovf_sql_exec(db, (const char *)sql.data, err);
    ovf_buffer_deinit(&sql);
    return st;
}

enum ovf_status ovf_gpkg_drop_triggers(sqlite3 *db, const char *name, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < N_TRIGGERS && st == OVF_OK; i++)
        st = ovf_sql_execf(db, err, "DROP TRIGGER IF EXISTS \"rtree_%s_geom_%s\"", name,
                           triggers[i].suffix);
    /* What GeoPackage 1.4 has in place of update1 and update3, if an editor brought it in. */
    for (int i = 5; i <= 7 && st == OVF_OK; i++)
        st = ovf_sql_execf(db, err, "DROP TRIGGER IF EXISTS \"rtree_%s_geom_update%d\"", name, i);
    return st;
}

/* ---- contents ---- */

enum ovf_status ovf_gpkg_touch(sqlite3 *db, const char *name, int64_t now_ns,
                               const struct ovf_gpkg_bounds *bounds, struct ovf_error *err)
{
    char now[OVF_TIME_SIZE];
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st =
        ovf_sql_prepare(db,
                        "UPDATE gpkg_contents SET last_change=?2,"
                        " min_x=min(coalesce(min_x,?3),coalesce(?3,min_x)),"
                        " min_y=min(coalesce(min_y,?4),coalesce(?4,min_y)),"
                        " max_x=max(coalesce(max_x,?5),coalesce(?5,max_x)),"
                        " max_y=max(coalesce(max_y,?6),coalesce(?6,max_y)) WHERE table_name=?1",
                        &stmt, err);
    if (st != OVF_OK)
        return st;
    ovf_time_format(now_ns, 3, now);
    sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, now, -1, SQLITE_STATIC);
    if (bounds != NULL) {
        sqlite3_bind_double(stmt, 3, bounds->min_x);
        sqlite3_bind_double(stmt, 4, bounds->min_y);
        sqlite3_bind_double(stmt, 5, bounds->max_x);
        sqlite3_bind_double(stmt, 6, bounds->max_y);
    }
    st = ovf_sql_run(stmt, err);
    sqlite3_finalize(stmt);
    return st;
}
