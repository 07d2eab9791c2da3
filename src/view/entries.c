/* SPDX-License-Identifier: Apache-2.0 */
/* The story of the case as rows, for tables: what was in force, asked, ordered, found, said and noted, by day. */
#include <stdio.h>

#include "base/time.h"
#include "rules/phrases.h"
#include "view/view_parts.h"

struct entry {
    const char *kind;
    const char *name;
    const char *who;
    const char *words;
    const char *source;
    const char *whom;
    const char *place;
    const char *watch;
    const char *predicate;
    const char *contested_by;
    int64_t day_ns;
    int64_t until_ns; /* the day after the last; INT64_MAX: never; INT64_MIN: of a day alone */
    bool second_hand;
};

struct filling {
    struct ovf_view *view;
    sqlite3_stmt *stmt;
    struct ovf_error *err;
    enum ovf_status status; /* sticks */
};

static const char make_table[] =
    "DROP TABLE IF EXISTS temp.entry; CREATE TEMP TABLE entry(n INTEGER PRIMARY KEY,"
    " kind TEXT NOT NULL, name TEXT NOT NULL, day TEXT, until TEXT, goes_on INTEGER, who TEXT,"
    " words TEXT, said_in TEXT, second_hand INTEGER, whom TEXT, place TEXT, watch TEXT,"
    " predicate TEXT, contested_by TEXT, source TEXT AS"
    " (said_in||CASE WHEN second_hand THEN ' (second-hand)' ELSE '' END))";

static const char put_entry[] =
    "INSERT INTO temp.entry(kind,name,day,until,goes_on,who,words,said_in,second_hand,whom,place,"
    "watch,predicate,contested_by) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)";

static bool bind(sqlite3_stmt *stmt, int at, const char *text)
{
    return sqlite3_bind_text(stmt, at, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

static bool bind_entry(sqlite3_stmt *stmt, const struct entry *e)
{
    const bool goes_on = e->until_ns == INT64_MAX;
    char day[OVF_PHRASE_DAY_SIZE];
    char last[OVF_PHRASE_DAY_SIZE];
    ovf_phrase_day(e->day_ns, day);
    ovf_phrase_day(goes_on || e->until_ns == INT64_MIN ? 0 : e->until_ns - OVF_NS_PER_DAY, last);
    return bind(stmt, 1, e->kind) && bind(stmt, 2, e->name) && bind(stmt, 3, day) &&
           bind(stmt, 4, goes_on || e->until_ns == INT64_MIN ? NULL : last) &&
           sqlite3_bind_int(stmt, 5, goes_on ? 1 : 0) == SQLITE_OK && bind(stmt, 6, e->who) &&
           bind(stmt, 7, e->words) && bind(stmt, 8, e->source) &&
           sqlite3_bind_int(stmt, 9, e->second_hand ? 1 : 0) == SQLITE_OK &&
           bind(stmt, 10, e->whom) && bind(stmt, 11, e->place) && bind(stmt, 12, e->watch) &&
           bind(stmt, 13, e->predicate) && bind(stmt, 14, e->contested_by);
}

static void add(struct filling *f, const struct entry *entry)
{
    if (f->status == OVF_OK && !bind_entry(f->stmt, entry))
        f->status = ovf_sql_failed(f->view->db, "bind", f->err);
    if (f->status == OVF_OK)
        f->status = ovf_sql_run(f->stmt, f->err);
}

static void add_law(struct filling *f, const struct ovf_case *c)
{
    const struct ovf_case_embargo *const embargoes = c->embargoes.items;
    const struct ovf_case_order *const orders = c->orders.items;
    const struct ovf_case_closure *const closures = c->closures.items;
    for (size_t i = 0; i < c->embargoes.n; i++) {
        const struct ovf_case_embargo *const e = &embargoes[i];
        add(f, &(struct entry){.kind = "embargo",
                               .name = e->name.text,
                               .day_ns = e->valid_from_ns,
                               .until_ns = e->valid_to_ns,
                               .who = e->instrument,
                               .words = e->says,
                               .source = e->basis.source,
                               .second_hand = e->basis.second_hand,
                               .contested_by = e->basis.contested_by});
    }
    for (size_t i = 0; i < c->orders.n; i++) {
        const struct ovf_case_order *const e = &orders[i];
        add(f, &(struct entry){.kind = "order",
                               .name = e->name.text,
                               .day_ns = e->valid_from_ns,
                               .until_ns = e->valid_to_ns,
                               .who = e->by,
                               .words = e->land_at,
                               .watch = e->watch.text,
                               .source = e->basis.source,
                               .second_hand = e->basis.second_hand,
                               .contested_by = e->basis.contested_by});
    }
    for (size_t i = 0; i < c->closures.n; i++) {
        const struct ovf_case_closure *const e = &closures[i];
        add(f, &(struct entry){.kind = "closure",
                               .name = e->name.text,
                               .day_ns = e->valid_from_ns,
                               .until_ns = e->valid_to_ns,
                               .who = e->instrument,
                               .words = e->airspace,
                               .source = e->basis.source,
                               .second_hand = e->basis.second_hand,
                               .contested_by = e->basis.contested_by});
    }
}

static void add_claims(struct filling *f, const struct ovf_case *c)
{
    const struct ovf_case_claim *const claims = c->claims.items;
    for (size_t i = 0; i < c->claims.n; i++) {
        const struct ovf_case_claim *const e = &claims[i];
        const bool is_checked = e->predicate != NULL;
        add(f, &(struct entry){.kind = "claim",
                               .name = e->name.text,
                               .day_ns = e->date_ns,
                               .until_ns = INT64_MIN,
                               .who = e->party,
                               .words = e->says,
                               .watch = is_checked ? e->parsed.watch : NULL,
                               .predicate = e->predicate,
                               .source = e->source,
                               .second_hand = e->second_hand});
    }
}

static void add_story(struct filling *f, const struct ovf_case *c)
{
    const struct ovf_case_request *const requests = c->requests.items;
    const struct ovf_case_inspection *const inspections = c->inspections.items;
    for (size_t i = 0; i < c->requests.n; i++) {
        const struct ovf_case_request *const e = &requests[i];
        add(f, &(struct entry){.kind = "request",
                               .name = e->name.text,
                               .day_ns = e->date_ns,
                               .until_ns = INT64_MIN,
                               .who = e->by,
                               .whom = e->to,
                               .words = e->asks,
                               .watch = e->watch.text,
                               .source = e->source,
                               .second_hand = e->second_hand});
    }
    for (size_t i = 0; i < c->inspections.n; i++) {
        const struct ovf_case_inspection *const e = &inspections[i];
        add(f, &(struct entry){.kind = "inspection",
                               .name = e->name.text,
                               .day_ns = e->date_ns,
                               .until_ns = INT64_MIN,
                               .who = e->by,
                               .place = e->at,
                               .words = e->found,
                               .watch = e->watch.text,
                               .source = e->source,
                               .second_hand = e->second_hand});
    }
}

static void add_notes(struct filling *f, const struct ovf_case *c)
{
    const struct ovf_case_note *const notes = c->notes.items;
    for (size_t i = 0; i < c->notes.n; i++) {
        char name[24];
        (void)snprintf(name, sizeof name, "%lld", (long long)notes[i].number);
        if (!(f->view->source.is_public && notes[i].is_private))
            add(f, &(struct entry){.kind = "note",
                                   .name = name,
                                   .day_ns = notes[i].t_ns,
                                   .until_ns = INT64_MIN,
                                   .who = notes[i].author,
                                   .words = notes[i].text});
    }
}

enum ovf_status ovf_view_number_entries(struct ovf_view *view, struct ovf_error *err)
{
    struct filling f = {.view = view, .err = err};
    f.status = ovf_sql_exec(view->db, make_table, err);
    if (f.status == OVF_OK)
        f.status = ovf_sql_prepare(view->db, put_entry, &f.stmt, err);
    if (view->source.the_case != NULL) {
        add_law(&f, view->source.the_case);
        add_story(&f, view->source.the_case);
        add_claims(&f, view->source.the_case);
        add_notes(&f, view->source.the_case);
    }
    (void)sqlite3_finalize(f.stmt);
    return f.status;
}
