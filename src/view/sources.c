/* SPDX-License-Identifier: Apache-2.0 */
/* What all rests on, numbered: the case; inputs and boundaries as the store has them; registers, lists and permit
 * lists that findings cite or the case names; what its entries cite. A source that is cited twice has one number. */
#include <string.h>

#include "base/time.h"
#include "rules/phrases.h"
#include "view/view_parts.h"

static const char make_tables[] =
    "DROP TABLE IF EXISTS temp.source; DROP TABLE IF EXISTS temp.named;"
    "CREATE TEMP TABLE source(n INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT, edition TEXT,"
    " date TEXT, date_to TEXT, licence TEXT, digest TEXT, url TEXT, input TEXT);"
    "CREATE TEMP TABLE named(kind TEXT NOT NULL, name TEXT, file TEXT, date TEXT, date_to TEXT);";

#define FINDINGS " FROM temp.said s JOIN findings f ON f.fid=s.fid"

/* Of a path that is published, the last part: by cutting off what rtrim leaves of it without its last name. A folder
 * with nothing to read has no digest: its id is its path. */
static const char fill_inputs[] =
    "INSERT INTO temp.source(kind,name,date,date_to,licence,digest,input) SELECT 'input',"
    "CASE WHEN %d THEN replace(rtrim(path,'/'),rtrim(rtrim(path,'/'),replace(path,'/','')),'')"
    " ELSE path END,first,last,licence,"
    "coalesce(digest,CASE WHEN instr(id,'sha256:')>0 THEN id END),id FROM inputs ORDER BY "
    "first,path,id;";

/* What the case names and no finding cites was looked into, too: it stands there without a digest, as nothing in the
 * store tells what the file held. An edition that is a digest is one of a file. */
static const char fill_table[] =
    "INSERT INTO temp.source(kind,name,edition,licence,digest) SELECT DISTINCT 'boundaries',"
    "coalesce(source,name),CASE WHEN edition NOT LIKE 'sha256:%' THEN edition END,licence,"
    "CASE WHEN edition LIKE 'sha256:%' THEN edition END FROM airspaces ORDER BY 2,3,4,5;"

    "INSERT INTO temp.source(kind,name,date,digest) SELECT DISTINCT 'register',"
    "coalesce((SELECT file FROM temp.named WHERE kind='register'),'register'),"
    "(SELECT date FROM temp.named WHERE kind='register'),substr(registration_source,10)"
    " FROM flights WHERE registration_source LIKE 'register sha256:%' ORDER BY 4;"
    "INSERT INTO temp.source(kind,name,date) SELECT kind,file,date FROM temp.named WHERE"
    " kind='register' AND NOT EXISTS(SELECT 1 FROM temp.source WHERE kind='register');"

    "INSERT INTO temp.source(kind,name,date,digest) SELECT DISTINCT 'list',name,date,"
    "'sha256:'||digest FROM (SELECT json_extract(f.json,'$.list') name,"
    "json_extract(f.json,'$.'||e.value||'.edition') date,"
    "json_extract(f.json,'$.'||e.value||'.sha256') digest" FINDINGS
    ", json_each('[\"on_flight_date\",\"today\"]') e WHERE f.rule LIKE 'listing/%')"
    " WHERE digest IS NOT NULL ORDER BY 2,3,4;"
    "INSERT INTO temp.source(kind,name,date) SELECT kind,name||coalesce(': '||file,''),date"
    " FROM temp.named m WHERE kind='list' AND NOT EXISTS(SELECT 1 FROM temp.source s WHERE"
    " s.kind='list' AND s.name=m.name AND (m.date IS NULL OR s.date=m.date)) ORDER BY 2,3;"

    "INSERT INTO temp.source(kind,name,date,date_to,digest) SELECT 'permits',"
    "'permits of '||p.state,min(m.date),max(m.date_to),p.digest FROM (SELECT DISTINCT"
    " json_extract(f.json,'$.against') state,e.value digest" FINDINGS
    ", json_each(f.json,'$.sources') e WHERE f.rule LIKE 'permit/%' AND e.value LIKE 'sha256:%') p"
    " LEFT JOIN temp.named m ON m.kind='permits' AND m.name=p.state GROUP BY p.state,p.digest"
    " ORDER BY 2,5;"
    "INSERT INTO temp.source(kind,name,date,date_to) SELECT kind,'permits of '||name||"
    "coalesce(': '||file,''),date,date_to FROM temp.named m WHERE kind='permits' AND NOT EXISTS"
    "(SELECT 1 FROM temp.source s WHERE s.kind='permits' AND s.name='permits of '||m.name)"
    " ORDER BY 2,3;"

    "INSERT INTO temp.source(kind,name,date) SELECT 'statement',q.name,(SELECT min(day) FROM"
    " temp.entry e WHERE e.source=q.name) FROM (SELECT e.value name" FINDINGS
    ", json_each(f.json,'$.sources') e WHERE e.value NOT LIKE 'sha256:%' UNION"
    " SELECT source FROM temp.entry WHERE said_in<>'') q ORDER BY 2;"

    "UPDATE temp.source SET url=substr(name,min(instr(name||'https://','https://'),"
    "instr(name||'http://','http://')))"
    " WHERE kind='statement' AND instr(name,'https://')+instr(name,'http://')>0;"
    "UPDATE temp.source SET url=rtrim(substr(url,1,instr(url||' ',' ')-1),').,;>')"
    " WHERE url IS NOT NULL;";

static enum ovf_status put_case(struct ovf_view *view, struct ovf_error *err)
{
    const struct ovf_view_source *const source = &view->source;
    sqlite3_stmt *stmt = NULL;
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

/* ---- what the case names ---- */

struct named {
    const char *kind;
    const char *name;
    const char *file; /* NULL: the library's */
    int64_t from_ns;  /* INT64_MIN: not known */
    int64_t until_ns; /* the day after the last; INT64_MIN: it is of one day */
};

static bool bind_day(sqlite3_stmt *stmt, int at, int64_t t_ns)
{
    char day[OVF_PHRASE_DAY_SIZE];
    if (t_ns == INT64_MIN)
        return sqlite3_bind_null(stmt, at) == SQLITE_OK;
    ovf_phrase_day(t_ns, day);
    return sqlite3_bind_text(stmt, at, day, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

static enum ovf_status put_named(struct ovf_view *view, sqlite3_stmt *stmt,
                                 const struct named *named, struct ovf_error *err)
{
    const struct ovf_bytes file =
        named->file != NULL ? ovf_view_path(view, named->file) : (struct ovf_bytes){NULL, 0};
    const int64_t last_ns =
        named->until_ns == INT64_MIN ? INT64_MIN : named->until_ns - OVF_NS_PER_DAY;
    if (sqlite3_bind_text(stmt, 1, named->kind, -1, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_bind_text(stmt, 2, named->name, -1, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_bind_text(stmt, 3, (const char *)file.data, (int)file.len, SQLITE_STATIC) !=
            SQLITE_OK ||
        !bind_day(stmt, 4, named->from_ns) || !bind_day(stmt, 5, last_ns))
        return ovf_sql_failed(view->db, "bind", err);
    return ovf_sql_run(stmt, err);
}

/** \p t_ns, when the entry has the key. */
static int64_t if_given(const struct ovf_case_head *head, const struct ovf_table *table,
                        const char *key, int64_t t_ns)
{
    return ovf_case_has(head, table, key) ? t_ns : INT64_MIN;
}

static enum ovf_status name_lists(struct ovf_view *view, sqlite3_stmt *stmt, struct ovf_error *err)
{
    const struct ovf_case *const c = view->source.the_case;
    const struct ovf_case_list_file *const lists = c->lists.items;
    const struct ovf_case_permits *const permits = c->permits.items;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < c->lists.n && st == OVF_OK; i++) {
        const struct named named = {
            "list", lists[i].name, lists[i].file,
            if_given(&lists[i].head, &ovf_case_list_table, "date", lists[i].date_ns), INT64_MIN};
        st = put_named(view, stmt, &named, err);
    }
    for (size_t i = 0; !view->source.is_public && i < c->permits.n && st == OVF_OK; i++) {
        const struct ovf_case_permits *const p = &permits[i];
        const struct named named = {
            "permits", p->state, p->file,
            if_given(&p->head, &ovf_case_permits_table, "covers_from", p->covers_from_ns),
            if_given(&p->head, &ovf_case_permits_table, "covers_to", p->covers_until_ns)};
        st = put_named(view, stmt, &named, err);
    }
    return st;
}

static enum ovf_status name_files(struct ovf_view *view, struct ovf_error *err)
{
    const struct ovf_case *const c = view->source.the_case;
    const struct ovf_case_register *const r = &c->register_;
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st =
        ovf_sql_prepare(view->db, "INSERT INTO temp.named VALUES(?1,?2,?3,?4,?5)", &stmt, err);
    if (st == OVF_OK && ovf_case_has_register(c)) {
        const struct named named = {
            "register", NULL, r->file,
            if_given(&r->head, &ovf_case_register_table, "date", r->date_ns), INT64_MIN};
        st = put_named(view, stmt, &named, err);
    }
    if (st == OVF_OK)
        st = name_lists(view, stmt, err);
    (void)sqlite3_finalize(stmt);
    return st;
}

enum ovf_status ovf_view_number_sources(struct ovf_view *view, struct ovf_error *err)
{
    enum ovf_status st = ovf_sql_exec(view->db, make_tables, err);
    if (st == OVF_OK && view->source.the_case != NULL)
        st = put_case(view, err);
    if (st == OVF_OK && view->source.the_case != NULL)
        st = name_files(view, err);
    if (st == OVF_OK)
        st = ovf_sql_execf(view->db, err, fill_inputs, view->source.is_public ? 1 : 0);
    return st == OVF_OK ? ovf_sql_exec(view->db, fill_table, err) : st;
}

static enum ovf_status put_source(void *context, sqlite3_stmt *stmt)
{
    static const char *const keys[] = {"kind",    "name",    "edition", "date",
                                       "date_to", "licence", "digest",  "url"};
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
                      "SELECT n,kind,name,edition,date,date_to,licence,digest,url FROM"
                      " temp.source"
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
