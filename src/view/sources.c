/* SPDX-License-Identifier: Apache-2.0 */
/* What all rests on, numbered: inputs and boundaries as the store has them, the case and what it cites. A source
 * that is cited twice has one number. */
#include <string.h>

#include "view/view_parts.h"

struct listing {
    struct ovf_view_writing *w;
    int64_t n;
};

static void open_source(struct listing *l, const char *kind)
{
    ovf_json_open(&l->w->json, NULL, '{');
    ovf_json_int(&l->w->json, "n", ++l->n);
    ovf_json_text(&l->w->json, "kind", kind);
}

static const char *last_part(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

static enum ovf_status put_input(void *context, sqlite3_stmt *stmt)
{
    struct listing *const l = context;
    const char *const path = ovf_view_column(stmt, 0);
    open_source(l, "input");
    ovf_json_text(&l->w->json, "name", l->w->view->source.is_public ? last_part(path) : path);
    ovf_view_put_text(&l->w->json, "date", stmt, 1);
    ovf_view_put_text(&l->w->json, "date_to", stmt, 2);
    ovf_view_put_text(&l->w->json, "digest", stmt, 3);
    ovf_view_put_text(&l->w->json, "licence", stmt, 4);
    ovf_json_close(&l->w->json, '}');
    return OVF_OK;
}

static enum ovf_status put_edition(void *context, sqlite3_stmt *stmt)
{
    struct listing *const l = context;
    open_source(l, "boundaries");
    ovf_view_put_text(&l->w->json, "name", stmt, 0);
    ovf_view_put_text(&l->w->json, "edition", stmt, 1);
    ovf_view_put_text(&l->w->json, "licence", stmt, 2);
    ovf_json_close(&l->w->json, '}');
    return OVF_OK;
}

/** What a finding names by its digest and no input has: a list, or an edition of one. */
static enum ovf_status put_list(void *context, sqlite3_stmt *stmt)
{
    struct listing *const l = context;
    open_source(l, "list");
    ovf_view_put_text(&l->w->json, "digest", stmt, 0);
    ovf_json_close(&l->w->json, '}');
    return OVF_OK;
}

static enum ovf_status put_cited(void *context, sqlite3_stmt *stmt)
{
    struct listing *const l = context;
    open_source(l, "statement");
    ovf_view_put_text(&l->w->json, "name", stmt, 0);
    ovf_json_close(&l->w->json, '}');
    return OVF_OK;
}

static void put_case(struct listing *l)
{
    const struct ovf_view_source *const source = &l->w->view->source;
    if (source->the_case == NULL)
        return;
    open_source(l, "case");
    ovf_json_text(&l->w->json, "name", source->the_case->name);
    if (source->case_digest != NULL)
        ovf_json_text(&l->w->json, "digest", source->case_digest);
    ovf_json_close(&l->w->json, '}');
}

#define CITED                                                                                      \
    " FROM temp.said s JOIN findings f ON f.fid=s.fid, json_each(f.json,'$.sources') e WHERE"

enum ovf_status ovf_view_put_sources(struct ovf_view_writing *w)
{
    static const struct {
        const char *sql;
        ovf_view_row_fn *put;
    } parts[] = {
        {"SELECT path,first,last,coalesce(digest,id),licence FROM inputs ORDER BY first,path,id",
         put_input},
        {"SELECT DISTINCT coalesce(source,name),edition,licence FROM airspaces ORDER BY 1,2,3",
         put_edition},
        {"SELECT DISTINCT e.value" CITED " e.value LIKE 'sha256:%'"
         " AND (f.rule LIKE 'listing/%' OR f.rule LIKE 'permit/%') ORDER BY 1",
         put_list},
        {"SELECT DISTINCT e.value" CITED " e.value NOT LIKE 'sha256:%' ORDER BY 1", put_cited},
    };
    struct listing l = {.w = w};
    enum ovf_status st = OVF_OK;
    ovf_json_open(&w->json, "sources", '[');
    put_case(&l);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && st == OVF_OK; i++)
        st = ovf_view_each(w->view, parts[i].sql, NULL, parts[i].put, &l, w->err);
    ovf_json_close(&w->json, ']');
    return st;
}
