/* SPDX-License-Identifier: Apache-2.0 */
/* Daily counts of each watch, as the rules count them (rules/changes): the days and segments computed again from
 * the store, the changes taken from the findings. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "rules/phrases.h"
#include "rules/watched.h"
#include "series/exposure.h"
#include "series/halts.h"
#include "store/control.h"
#include "store/subjects.h"
#include "view/view_parts.h"

/** What is known of a day beside its series. */
struct day {
    uint32_t n_perhaps;
    bool has_data;
};

/** One watch. */
struct timeline {
    struct ovf_view_writing *w;
    const char *watch;
    const struct ovf_subjects *subjects;
    struct ovf_series series;
    struct day *days;                /* borrowed, as are the next: all zeros at first */
    struct ovf_control_day *control; /* by day */
    bool has_control;
    struct ovf_halts halts;
};

static void put_day(struct ovf_json_writer *json, const char *key, int64_t t_ns)
{
    char text[OVF_PHRASE_DAY_SIZE];
    ovf_phrase_day(t_ns, text);
    ovf_json_text(json, key, text);
}

/* ---- counts ---- */

static enum ovf_status count_days(struct timeline *t)
{
    struct ovf_watched watched = {0};
    const enum ovf_status st =
        ovf_watched_find(t->subjects->items, t->subjects->n, t->watch, &watched);
    for (size_t i = 0; i < watched.n && st == OVF_OK; i++) {
        struct ovf_series_day *const day =
            ovf_series_day_at(&t->series, watched.items[i].entry.min_ns);
        if (day != NULL && watched.items[i].is_sure)
            day->n++;
        else if (day != NULL)
            t->days[day - t->series.days].n_perhaps++;
    }
    ovf_watched_deinit(&watched);
    return st;
}

static enum ovf_status read_control(struct timeline *t)
{
    size_t n_found = 0;
    uint32_t *const flights = calloc(t->series.n + 1, sizeof *flights);
    if (flights == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st =
        ovf_store_control_read(t->w->view->db, t->watch, t->series.first_day_ns, flights,
                               t->series.n, &n_found, t->w->err);
    t->has_control = n_found == t->series.n && t->series.n > 0;
    for (size_t i = 0; i < t->series.n; i++)
        t->control[i].n = flights[i];
    free(flights);
    return st;
}

/** From the first to the last day that any input has; 0: none has any. */
static size_t span_of(const struct ovf_subjects *subjects)
{
    const size_t n = subjects->n_days_with_data;
    const int64_t *const days = subjects->days_with_data;
    return n > 0 ? (size_t)((days[n - 1] - days[0]) / OVF_NS_PER_DAY + 1) : 0;
}

static enum ovf_status count(struct timeline *t)
{
    const int64_t *const days = t->subjects->days_with_data;
    const size_t n_known = t->subjects->n_days_with_data;
    enum ovf_status st =
        ovf_series_init(&t->series, n_known > 0 ? days[0] : 0, span_of(t->subjects), t->w->err);
    if (st != OVF_OK)
        return st;
    for (size_t i = 0; i < n_known; i++) {
        const size_t day = (size_t)((days[i] - days[0]) / OVF_NS_PER_DAY);
        t->days[day].has_data = true;
        t->control[day].has_data = true;
        t->series.days[day].has_data = true;
    }
    st = count_days(t);
    if (st == OVF_OK)
        st = read_control(t);
    if (st == OVF_OK && t->has_control) {
        ovf_series_expose(&t->series, t->control);
        st = ovf_halts_find(&t->series, NULL, &t->halts, t->w->err);
    }
    return st;
}

/* ---- days and segments ---- */

static void put_days(struct timeline *t)
{
    struct ovf_json_writer *const json = &t->w->json;
    ovf_json_open(json, "days", '[');
    for (size_t i = 0; i < t->series.n; i++) {
        const struct ovf_series_day *const day = &t->series.days[i];
        ovf_json_open(json, NULL, '{');
        put_day(json, "day", ovf_series_day_ns(&t->series, i));
        if (t->days[i].has_data)
            ovf_json_int(json, "count", day->n);
        else
            ovf_json_members(json, "\"count\":null");
        if (t->days[i].n_perhaps > 0)
            ovf_json_int(json, "perhaps", t->days[i].n_perhaps);
        if (t->has_control && t->days[i].has_data)
            ovf_json_int(json, "control", t->control[i].n);
        if (t->has_control && ovf_series_day_tells(day))
            ovf_json_number(json, "exposure", day->exposure, 3);
        ovf_json_close(json, '}');
    }
    ovf_json_close(json, ']');
}

static void put_segments(struct timeline *t)
{
    struct ovf_json_writer *const json = &t->w->json;
    ovf_json_open(json, "segments", '[');
    for (size_t i = 0; i < t->halts.n_segments; i++) {
        const struct ovf_segment *const segment = &t->halts.segments[i];
        ovf_json_open(json, NULL, '{');
        put_day(json, "from", segment->from_ns);
        put_day(json, "to", segment->until_ns - OVF_NS_PER_DAY);
        ovf_json_number(json, "mean", segment->counted.n / segment->counted.exposure, 3);
        ovf_json_close(json, '}');
    }
    ovf_json_close(json, ']');
}

/* ---- changes ---- */

static enum ovf_status put_change(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    ovf_json_open(&w->json, NULL, '{');
    ovf_view_put_text(&w->json, "kind", stmt, 1);
    ovf_view_put_text(&w->json, "day", stmt, 2);
    ovf_view_put_text(&w->json, "from_min", stmt, 3);
    ovf_view_put_text(&w->json, "from_max", stmt, 4);
    ovf_view_put_text(&w->json, "finding", stmt, 0);
    ovf_json_close(&w->json, '}');
    return OVF_OK;
}

static enum ovf_status put_halt(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    ovf_json_open(&w->json, NULL, '{');
    ovf_view_put_text(&w->json, "from", stmt, 1);
    ovf_view_put_text(&w->json, "from_min", stmt, 2);
    ovf_view_put_text(&w->json, "from_max", stmt, 3);
    ovf_view_put_text(&w->json, "to", stmt, 4);
    ovf_view_put_text(&w->json, "finding", stmt, 0);
    ovf_view_put_text(&w->json, "resumption", stmt, 5);
    ovf_json_close(&w->json, '}');
    return OVF_OK;
}

static enum ovf_status put_missing(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    ovf_json_open(&w->json, NULL, '{');
    ovf_view_put_text(&w->json, "from", stmt, 1);
    ovf_view_put_text(&w->json, "to", stmt, 2);
    ovf_view_put_text(&w->json, "finding", stmt, 0);
    ovf_json_close(&w->json, '}');
    return OVF_OK;
}

#define OF_SERIES(verdicts)                                                                        \
    " FROM temp.said s JOIN findings f ON f.fid=s.fid WHERE f.rule LIKE 'series/%'"                \
    " AND s.about_id=?1 AND f.verdict IN (" verdicts ")"
#define DAY "json_extract(f.json,'$.day')"
#define CHANGES                                                                                    \
    "SELECT f.id,f.verdict," DAY ",json_extract(f.json,'$.earliest_day'),"                         \
    "json_extract(f.json,'$.latest_day')"
/* The resumption that a halt ends with is the next one. */
#define HALTS                                                                                      \
    "WITH r(id,day) AS (SELECT f.id," DAY OF_SERIES(                                               \
        "'resumption'") ")"                                                                        \
                        " SELECT f.id," DAY ",json_extract(f.json,'$.earliest_day'),"              \
                        "json_extract(f.json,'$.latest_day'),"                                     \
                        "(SELECT date(min(r.day),'-1 day') FROM r WHERE r.day>" DAY "),"           \
                        "(SELECT r.id FROM r WHERE r.day>" DAY                                     \
                        " ORDER BY r.day LIMIT 1)" OF_SERIES("'halt'") " ORDER BY 2,1"

static enum ovf_status put_changes(struct ovf_view_writing *w, const char *watch)
{
    static const struct {
        const char *key;
        const char *sql;
        ovf_view_row_fn *put;
    } parts[] = {
        {"changes", CHANGES OF_SERIES("'halt','resumption','rise','fall'") " ORDER BY 3,1",
         put_change},
        {"halts", HALTS, put_halt},
        {"resumptions", CHANGES OF_SERIES("'resumption'") " ORDER BY 3,1", put_change},
        {"no_data",
         "SELECT f.id,json_extract(f.json,'$.from_day'),json_extract(f.json,'$.to_day')" OF_SERIES(
             "'no_data'") " ORDER BY 2,1",
         put_missing},
    };
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && st == OVF_OK; i++) {
        ovf_json_open(&w->json, parts[i].key, '[');
        st = ovf_view_each(w->view, parts[i].sql, watch, parts[i].put, w, w->err);
        ovf_json_close(&w->json, ']');
    }
    return st;
}

/* ---- marks ---- */

static enum ovf_status put_finding_id(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    ovf_view_put_text(&w->json, "id", stmt, 0);
    return OVF_OK;
}

/** An entry of the case at a day, or over days until before \p until_ns. */
struct mark {
    const char *kind;
    const char *name;
    int64_t day_ns;
    int64_t until_ns; /* INT64_MAX: no end, INT64_MIN: a day alone */
    const char *who;
    const char *words;
};

static enum ovf_status put_mark(struct ovf_view_writing *w, const struct mark *mark)
{
    char about[OVF_VIEW_TEXT_SIZE * 2];
    struct ovf_buffer words = {0};
    enum ovf_status st = ovf_buffer_printf(&words, "%s: %s", mark->who, mark->words);
    ovf_json_open(&w->json, NULL, '{');
    put_day(&w->json, "day", mark->day_ns);
    if (mark->until_ns != INT64_MAX && mark->until_ns != INT64_MIN)
        put_day(&w->json, "to", mark->until_ns - OVF_NS_PER_DAY);
    if (mark->until_ns == INT64_MAX)
        ovf_json_bool(&w->json, "goes_on", true);
    ovf_json_text(&w->json, "kind", mark->kind);
    ovf_json_text(&w->json, "name", mark->name);
    ovf_json_bytes(&w->json, "words", ovf_buffer_bytes(&words));
    (void)snprintf(about, sizeof about, "%s/%s", mark->kind, mark->name);
    if (st == OVF_OK)
        st = ovf_view_each(w->view,
                           "SELECT f.id FROM temp.said s JOIN findings f ON f.fid=s.fid"
                           " WHERE f.about_kind||'/'||f.about_id=?1 ORDER BY s.n LIMIT 1",
                           about, put_finding_id, w, w->err);
    ovf_json_close(&w->json, '}');
    ovf_buffer_deinit(&words);
    return st;
}

static enum ovf_status put_asked(struct ovf_view_writing *w, const struct ovf_case *c,
                                 const char *watch)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < c->requests.n && st == OVF_OK; i++) {
        const struct ovf_case_request *const e =
            &((const struct ovf_case_request *)c->requests.items)[i];
        const struct mark mark = {"request", e->name.text, e->date_ns, INT64_MIN, e->by, e->asks};
        if (strcmp(e->watch.text, watch) == 0)
            st = put_mark(w, &mark);
    }
    for (size_t i = 0; i < c->orders.n && st == OVF_OK; i++) {
        const struct ovf_case_order *const e = &((const struct ovf_case_order *)c->orders.items)[i];
        const struct mark mark = {"order",        e->name.text, e->valid_from_ns,
                                  e->valid_to_ns, e->by,        e->land_at};
        if (strcmp(e->watch.text, watch) == 0)
            st = put_mark(w, &mark);
    }
    for (size_t i = 0; i < c->inspections.n && st == OVF_OK; i++) {
        const struct ovf_case_inspection *const e =
            &((const struct ovf_case_inspection *)c->inspections.items)[i];
        const struct mark mark = {"inspection", e->name.text, e->date_ns,
                                  INT64_MIN,    e->by,        e->found};
        if (strcmp(e->watch.text, watch) == 0)
            st = put_mark(w, &mark);
    }
    return st;
}

/** A claim without a predicate is of no watch: it stands beside all. */
static bool claim_is_about(const struct ovf_case_claim *claim, const char *watch)
{
    return claim->predicate == NULL || strcmp(claim->parsed.watch, watch) == 0;
}

static bool embargo_is_about(const struct ovf_case_embargo *embargo, const char *watch)
{
    bool is_about = embargo->watches.n == 0;
    for (size_t i = 0; i < embargo->watches.n; i++)
        is_about |=
            strcmp(((const struct ovf_case_name *)embargo->watches.items)[i].text, watch) == 0;
    return is_about;
}

static enum ovf_status put_said(struct ovf_view_writing *w, const struct ovf_case *c,
                                const char *watch)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < c->claims.n && st == OVF_OK; i++) {
        const struct ovf_case_claim *const e = &((const struct ovf_case_claim *)c->claims.items)[i];
        const struct mark mark = {"claim", e->name.text, e->date_ns, INT64_MIN, e->party, e->says};
        if (claim_is_about(e, watch))
            st = put_mark(w, &mark);
    }
    for (size_t i = 0; i < c->embargoes.n && st == OVF_OK; i++) {
        const struct ovf_case_embargo *const e =
            &((const struct ovf_case_embargo *)c->embargoes.items)[i];
        const struct mark mark = {"embargo",      e->name.text,  e->valid_from_ns,
                                  e->valid_to_ns, e->instrument, e->says};
        if (embargo_is_about(e, watch))
            st = put_mark(w, &mark);
    }
    return st;
}

/* ---- all ---- */

static enum ovf_status put_watch(struct timeline *t)
{
    struct ovf_view_writing *const w = t->w;
    const struct ovf_case *const c = w->view->source.the_case;
    enum ovf_status st = count(t);
    ovf_json_open(&w->json, NULL, '{');
    ovf_json_text(&w->json, "watch", t->watch);
    if (st == OVF_OK) {
        put_days(t);
        put_segments(t);
        st = put_changes(w, t->watch);
    }
    ovf_json_open(&w->json, "marks", '[');
    if (st == OVF_OK)
        st = put_asked(w, c, t->watch);
    if (st == OVF_OK)
        st = put_said(w, c, t->watch);
    ovf_json_close(&w->json, ']');
    ovf_json_close(&w->json, '}');
    ovf_series_deinit(&t->series);
    ovf_halts_deinit(&t->halts);
    return st;
}

static enum ovf_status put_watches(struct ovf_view_writing *w, const struct ovf_subjects *subjects)
{
    const struct ovf_case *const c = w->view->source.the_case;
    const size_t n = span_of(subjects);
    struct day *const days = calloc(n + 1, sizeof *days);
    struct ovf_control_day *const control = calloc(n + 1, sizeof *control);
    enum ovf_status st = days != NULL && control != NULL ? OVF_OK : OVF_E_NOMEM;
    for (size_t i = 0; c != NULL && i < c->watches.n && st == OVF_OK; i++) {
        struct timeline t = {.w = w,
                             .watch =
                                 ((const struct ovf_case_watch *)c->watches.items)[i].name.text,
                             .subjects = subjects,
                             .days = days,
                             .control = control};
        memset(days, 0, n * sizeof *days);
        memset(control, 0, n * sizeof *control);
        st = put_watch(&t);
    }
    free(days);
    free(control);
    return st;
}

enum ovf_status ovf_view_put_series(struct ovf_view_writing *w)
{
    struct ovf_subjects subjects = {0};
    enum ovf_status st = ovf_subjects_read_db(w->view->db, &subjects, w->err);
    ovf_json_open(&w->json, "series", '[');
    if (st == OVF_OK)
        st = put_watches(w, &subjects);
    ovf_json_close(&w->json, ']');
    ovf_subjects_deinit(&subjects);
    return st;
}
