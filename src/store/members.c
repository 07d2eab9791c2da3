/* SPDX-License-Identifier: Apache-2.0 */
/* A member is kept by 16 bytes of its digest in hex, as identifiers are: a JSON text can be joined to it. */
#include "store/members.h"

#include <stdlib.h>

#include "store/sql.h"

enum { KEY_BYTES = 16, KEY_SIZE = 2 * KEY_BYTES + 1 };

static int compare_members(const void *x, const void *y)
{
    const struct ovf_store_member *const a = x;
    const struct ovf_store_member *const b = y;
    return memcmp(a->digest.bytes, b->digest.bytes, sizeof a->digest.bytes);
}

enum ovf_status ovf_store_put_members(struct ovf_store *store, struct ovf_store_member *members,
                                      size_t n, const int64_t *input_fids, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    if (n > 0) /* in the order of the table's key */
        qsort(members, n, sizeof *members, compare_members);
    enum ovf_status st = ovf_sql_prepare(
        ovf_store_db(store),
        "INSERT INTO overflight_members(digest,input) VALUES(?1,?2) ON CONFLICT(digest) DO UPDATE "
        "SET input=?2 WHERE (SELECT id FROM inputs WHERE fid=?2)<"
        "(SELECT id FROM inputs WHERE fid=overflight_members.input)",
        &stmt, err);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        char key[KEY_SIZE];
        ovf_digest_format(&members[i].digest, KEY_BYTES, key);
        sqlite3_bind_text(stmt, 1, key, -1, SQLITE_STATIC);
        sqlite3_bind_int64(stmt, 2, input_fids[members[i].input]);
        st = ovf_sql_run(stmt, err);
    }
    sqlite3_finalize(stmt);
    return st;
}

static const char *text_at(sqlite3_stmt *stmt, int column)
{
    const char *const text = (const char *)sqlite3_column_text(stmt, column);
    return text != NULL ? text : "";
}

enum ovf_status ovf_store_each_input(struct ovf_store *store, ovf_store_input_fn *take,
                                     void *context, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum ovf_status st = ovf_sql_prepare(
        ovf_store_db(store), "SELECT fid,path FROM inputs ORDER BY path,id", &stmt, err);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        st = take(context, sqlite3_column_int64(stmt, 0), text_at(stmt, 1));
    }
    sqlite3_finalize(stmt);
    return st;
}

enum ovf_status ovf_store_each_rests_on(struct ovf_store *store, ovf_store_rests_on_fn *take,
                                        void *context, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum ovf_status st = ovf_store_show(store, err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(
            ovf_store_db(store),
            "SELECT c.id,m.input FROM crossings c,json_each(c.json,'$.inputs') j "
            "JOIN overflight_members m ON m.digest=substr(j.value,8,32)", /* behind "sha256:" */
            &stmt, err);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        st = take(context, text_at(stmt, 0), sqlite3_column_int64(stmt, 1));
    }
    sqlite3_finalize(stmt);
    return st;
}
