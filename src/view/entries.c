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

static void add_law(struct filling *f, const struct ovf_case *c)
{
    const struct ovf_case_embargo *const embargoes = c->embargoes.items;
    const struct ovf_case_order *const orders = c->orders.items;
    const struct ovf_case_closure *const closures = c->closures.items;
    for (size_t i = 0; i < c->embargoes.n; i++) {
        const struct ovf_case_embargo *const e = &embargoes[i];
        add(f, &(struct entry){"embargo", e->name.text, e->valid_from_ns, e->instrument, e->says,
                               e->basis.source, e->basis.second_hand});
    }
    for (size_t i = 0; i < c->orders.n; i++) {
        const struct ovf_case_order *const e = &orders[i];
        add(f, &(struct entry){"order", e->name.text, e->valid_from_ns, e->by, e->land_at,
                               e->basis.source, e->basis.second_hand});
    }
    for (size_t i = 0; i < c->closures.n; i++) {
        const struct ovf_case_closure *const e = &closures[i];
        add(f, &(struct entry){"closure", e->name.text, e->valid_from_ns, e->instrument,
                               e->airspace, e->basis.source, e->basis.second_hand});
    }
}

static void add_story(struct filling *f, const struct ovf_case *c)
{
    const struct ovf_case_request *const requests = c->requests.items;
    const struct ovf_case_inspection *const inspections = c->inspections.items;
    const struct ovf_case_claim *const claims = c->claims.items;
    for (size_t i = 0; i < c->requests.n; i++) {
        const struct ovf_case_request *const e = &requests[i];
        add(f, &(struct entry){"request", e->name.text, e->date_ns, e->by, e->asks, e->source,
                               e->second_hand});
    }
    for (size_t i = 0; i < c->inspections.n; i++) {
        const struct ovf_case_inspection *const e = &inspections[i];
        add(f, &(struct entry){"inspection", e->name.text, e->date_ns, e->by, e->found, e->source,
                               e->second_hand});
    }
    for (size_t i = 0; i < c->claims.n; i++) {
        const struct ovf_case_claim *const e = &claims[i];
        add(f, &(struct entry){"claim", e->name.text, e->date_ns, e->party, e->says, e->source,
                               e->second_hand});
    }
}

static void add_notes(struct filling *f, const struct ovf_case *c)
{
    const struct ovf_case_note *const notes = c->notes.items;
    for (size_t i = 0; i < c->notes.n; i++) {
        char name[24];
        (void)snprintf(name, sizeof name, "%lld", (long long)notes[i].number);
        if (!(f->view->source.is_public && notes[i].is_private))
            add(f, &(struct entry){"note", name, notes[i].t_ns, notes[i].author, notes[i].text,
                                   NULL, false});
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
        add_notes(&f, view->source.the_case);
    }
    (void)sqlite3_finalize(f.stmt);
    return f.status;
}
