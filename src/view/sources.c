/* SPDX-License-Identifier: Apache-2.0 */
/* What all rests on, numbered: the case, inputs and boundaries as the store has them, lists and statements that
 * findings cite. A source that is cited twice has one number. */
#include <string.h>

#include "view/view_parts.h"

static const char make_table[] =
    "DROP TABLE IF EXISTS temp.source;"
    "CREATE TEMP TABLE source(n INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT, edition TEXT,"
    " date TEXT, date_to TEXT, licence TEXT, digest TEXT);";

#define CITED                                                                                      \
    " FROM temp.said s JOIN findings f ON f.fid=s.fid, json_each(f.json,'$.sources') e WHERE"

/* Of a path that is published, the last part: by cutting off what rtrim leaves of it without its last name. A folder
 * with nothing to read has no digest: its id is its path. */
static const char fill_table[] =
    "INSERT INTO temp.source(kind,name,date,date_to,licence,digest) SELECT 'input',"
    "CASE WHEN %d THEN replace(rtrim(path,'/'),rtrim(rtrim(path,'/'),replace(path,'/','')),'')"
    " ELSE path END,first,last,licence,"
    "coalesce(digest,CASE WHEN instr(id,'sha256:')>0 THEN id END) FROM inputs ORDER BY "
    "first,path,id;"
    "INSERT INTO temp.source(kind,name,edition,licence) SELECT DISTINCT 'boundaries',"
    "coalesce(source,name),edition,licence FROM airspaces ORDER BY 2,3,4;"
    "INSERT INTO temp.source(kind,digest) SELECT DISTINCT 'list',e.value" CITED
    " e.value LIKE 'sha256:%%' AND (f.rule LIKE 'listing/%%' OR f.rule LIKE 'permit/%%')"
    " ORDER BY 2;"
    "INSERT INTO temp.source(kind,name) SELECT DISTINCT 'statement',e.value" CITED
    " e.value NOT LIKE 'sha256:%%' ORDER BY 2;";

static enum ovf_status put_case(struct ovf_view *view, struct ovf_error *err)
{
    const struct ovf_view_source *const source = &view->source;
    sqlite3_stmt *stmt = NULL;
    if (source->the_case == NULL)
        return OVF_OK;
    enum ovf_status st = ovf_sql_prepare(
        view->db, "INSERT INTO temp.source(kind,name,digest) VALUES('case',?1,?2)", &stmt, err);
    if (st == OVF_OK &&
        (sqlite3_bind_text(stmt, 1, source->the_case->name, -1, SQLITE_STATIC) != SQLITE_OK ||
         sqlite3_bind_text(stmt, 2, source->case_digest, -1, SQLITE_STATIC) != SQLITE_OK))
        st = ovf_sql_failed(view->db, "bind", err);
    if (st == OVF_OK)
        st = ovf_sql_run(stmt, err);
    (void)sqlite3_finalize(stmt);
    return st;
}

enum ovf_status ovf_view_number_sources(struct ovf_view *view, struct ovf_error *err)
{
    enum ovf_status st = ovf_sql_exec(view->db, make_table, err);
    if (st == OVF_OK)
        st = put_case(view, err);
    return st == OVF_OK ? ovf_sql_execf(view->db, err, fill_table, view->source.is_public ? 1 : 0)
                        : st;
}

static enum ovf_status put_source(void *context, sqlite3_stmt *stmt)
{
    static const char *const keys[] = {"kind",    "name",    "edition", "date",
                                       "date_to", "licence", "digest"};
    struct ovf_view_writing *const w = context;
    ovf_json_open(&w->json, NULL, '{');
    ovf_json_int(&w->json, "n", sqlite3_column_int64(stmt, 0));
    for (int i = 0; i < (int)(sizeof keys / sizeof *keys); i++)
        ovf_view_put_text(&w->json, keys[i], stmt, i + 1);
    ovf_json_close(&w->json, '}');
    return OVF_OK;
}

enum ovf_status ovf_view_put_sources(struct ovf_view_writing *w)
{
    ovf_json_open(&w->json, "sources", '[');
    const enum ovf_status st =
        ovf_view_each(w->view,
                      "SELECT n,kind,name,edition,date,date_to,licence,digest FROM temp.source"
                      " ORDER BY n",
                      NULL, put_source, w, w->err);
    ovf_json_close(&w->json, ']');
    return st;
}

/* ---- inputs of the case ---- */

static enum ovf_status note_input(void *context, sqlite3_stmt *stmt)
{
    *(bool *)context = sqlite3_column_int(stmt, 0) != 0;
    return OVF_OK;
}

enum ovf_status ovf_view_missing(struct ovf_view *view, ovf_view_missing_fn *visit, void *context,
                                 struct ovf_error *err)
{
    const struct ovf_case *const c = view->source.the_case;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; c != NULL && i < c->inputs.n && st == OVF_OK; i++) {
        const char *const path = ((const struct ovf_case_input *)c->inputs.items)[i].path;
        bool is_there = false;
        st = ovf_view_each(view,
                           "SELECT EXISTS(SELECT 1 FROM inputs WHERE rtrim(path,'/')=rtrim(?1,'/')"
                           " OR substr(rtrim(path,'/'),-length(rtrim(?1,'/'))-1)="
                           "'/'||rtrim(?1,'/'))",
                           path, note_input, &is_there, err);
        if (st == OVF_OK && !is_there)
            visit(context, path);
    }
    return st;
}
