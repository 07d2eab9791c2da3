/* SPDX-License-Identifier: Apache-2.0 */
#include "store/keyless.h"

#include <inttypes.h>
#include <stdio.h>

static enum ovf_status find_root(sqlite3 *db, const char *name, int64_t *root,
                                 struct ovf_error *err)
{
    char sql[200];
    (void)snprintf(sql, sizeof sql,
                   "SELECT rootpage FROM main.sqlite_schema WHERE type='table' AND name='%s'",
                   name);
    const enum ovf_status st = ovf_sql_int(db, sql, 0, root, err);
    return st != OVF_OK || *root != 0 ? st : ovf_error_set(err, OVF_E_FORMAT, "no table %s", name);
}

static enum ovf_status set_root(sqlite3 *db, const char *name, int64_t root, struct ovf_error *err)
{
    return ovf_sql_exec_on_schema(
        db, err, "UPDATE main.sqlite_schema SET rootpage=%" PRId64 " WHERE name='%s'", root, name);
}

enum ovf_status ovf_keyless_make(sqlite3 *db, const char *table, const char *columns,
                                 struct ovf_keyless *out, struct ovf_error *err)
{
    int64_t shared = 0;
    const int len = snprintf(out->name, sizeof out->name, "overflight_loading_%s", table);
    if (len < 0 || (size_t)len >= sizeof out->name)
        return ovf_error_set(err, OVF_E_LIMIT, "%s: too long a name", table);
    enum ovf_status st = ovf_sql_execf(db, err, "CREATE TABLE \"%s\"(%s)", out->name, columns);
    if (st == OVF_OK)
        st = find_root(db, out->name, &out->root, err);
    if (st == OVF_OK)
        st = find_root(db, table, &shared, err);
    return st != OVF_OK ? st : set_root(db, out->name, shared, err);
}

/* With its own page again: that one goes with it. */
enum ovf_status ovf_keyless_drop(sqlite3 *db, const struct ovf_keyless *keyless,
                                 struct ovf_error *err)
{
    const enum ovf_status st = set_root(db, keyless->name, keyless->root, err);
    return st != OVF_OK ? st : ovf_sql_execf(db, err, "DROP TABLE \"%s\"", keyless->name);
}
