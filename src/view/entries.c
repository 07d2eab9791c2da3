/* SPDX-License-Identifier: Apache-2.0 */
/* The story of the case as rows, for tables: what was in force, asked, ordered, found, said and noted, by day. */
#include <stdio.h>

#include "rules/phrases.h"
#include "view/view_parts.h"

struct entry {
    const char *kind;
    const char *name;
    int64_t day_ns;
    const char *who;
    const char *words;
    const char *source;
    bool second_hand;
};

struct filling {
    struct ovf_view *view;
    sqlite3_stmt *stmt;
    struct ovf_error *err;
    enum ovf_status status; /* sticks */
};

static bool bind(sqlite3_stmt *stmt, int at, const char *text)
{
    return sqlite3_bind_text(stmt, at, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

static void add(struct filling *f, const struct entry *entry)
{
    char day[OVF_PHRASE_DAY_SIZE];
    struct ovf_buffer source = {0};
    if (f->status != OVF_OK)
        return;
    ovf_phrase_day(entry->day_ns, day);
    if (entry->source != NULL)
        f->status = ovf_buffer_printf(&source, "%s%s", entry->source,
                                      entry->second_hand ? " (second-hand)" : "");
    if (f->status == OVF_OK)
        f->status = ovf_buffer_append(&source, "", 1);
    if (f->status == OVF_OK &&
        !(bind(f->stmt, 1, entry->kind) && bind(f->stmt, 2, entry->name) && bind(f->stmt, 3, day) &&
          bind(f->stmt, 4, entry->who) && bind(f->stmt, 5, entry->words) &&
          bind(f->stmt, 6, (const char *)source.data)))
        f->status = ovf_sql_failed(f->view->db, "bind", f->err);
    if (f->status == OVF_OK)
        f->status = ovf_sql_run(f->stmt, f->err);
    ovf_buffer_deinit(&source);
}

#define EACH(type, item, list)                                                                     \
    for (const struct type *item = (list).items;                                                   \
         item < (const struct type *)(list).items + (list).n; item++)

static void add_law(struct filling *f, const struct ovf_case *c)
{
    EACH(ovf_case_embargo, e, c->embargoes)
    {
        add(f, &(struct entry){"embargo", e->name.text, e->valid_from_ns, e->instrument, e->says,
                               e->basis.source, e->basis.second_hand});
    }
    EACH(ovf_case_order, e, c->orders)
    {
        add(f, &(struct entry){"order", e->name.text, e->valid_from_ns, e->by, e->land_at,
                               e->basis.source, e->basis.second_hand});
    }
    EACH(ovf_case_closure, e, c->closures)
    {
        add(f, &(struct entry){"closure", e->name.text, e->valid_from_ns, e->instrument,
                               e->airspace, e->basis.source, e->basis.second_hand});
    }
}

static void add_story(struct filling *f, const struct ovf_case *c)
{
    EACH(ovf_case_request, e, c->requests)
    {
        add(f, &(struct entry){"request", e->name.text, e->date_ns, e->by, e->asks, e->source,
                               e->second_hand});
    }
    EACH(ovf_case_inspection, e, c->inspections)
    {
        add(f, &(struct entry){"inspection", e->name.text, e->date_ns, e->by, e->found, e->source,
                               e->second_hand});
    }
    EACH(ovf_case_claim, e, c->claims)
    {
        add(f, &(struct entry){"claim", e->name.text, e->date_ns, e->party, e->says, e->source,
                               e->second_hand});
    }
    EACH(ovf_case_note, e, c->notes)
    {
        char name[24];
        (void)snprintf(name, sizeof name, "%lld", (long long)e->number);
        if (!(f->view->source.is_public && e->is_private))
            add(f, &(struct entry){"note", name, e->t_ns, e->author, e->text, NULL, false});
    }
}

enum ovf_status ovf_view_number_entries(struct ovf_view *view, struct ovf_error *err)
{
    struct filling f = {.view = view, .err = err};
    f.status = ovf_sql_exec(view->db,
                            "DROP TABLE IF EXISTS temp.entry; CREATE TEMP TABLE entry("
                            "n INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,"
                            " day TEXT, who TEXT, words TEXT, source TEXT)",
                            err);
    if (f.status == OVF_OK)
        f.status = ovf_sql_prepare(view->db,
                                   "INSERT INTO temp.entry(kind,name,day,who,words,source)"
                                   " VALUES(?1,?2,?3,?4,?5,nullif(?6,''))",
                                   &f.stmt, err);
    if (view->source.the_case != NULL) {
        add_law(&f, view->source.the_case);
        add_story(&f, view->source.the_case);
    }
    (void)sqlite3_finalize(f.stmt);
    return f.status;
}
