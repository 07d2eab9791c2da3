/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/history.h"

#include <stdlib.h>

#include "base/time.h"
#include "report/line.h"
#include "rules/watched.h"
#include "run/control.h"
#include "store/carried.h"
#include "store/gpkg.h"
#include "store/heard.h"

/** Journeys by day of one watch, as rules/changes counts them. */
static enum ovf_status count_journeys(const struct ovf_subjects *subjects,
                                      const struct ovf_control *control, const char *watch,
                                      struct ovf_watch_day *days, size_t stride)
{
    struct ovf_watched watched = {0};
    const enum ovf_status st = ovf_watched_find(subjects->items, subjects->n, watch, &watched);
    for (size_t i = 0; i < watched.n && st == OVF_OK; i++) {
        const int64_t day =
            (ovf_time_day(watched.items[i].entry.min_ns) - control->first_day_ns) / OVF_NS_PER_DAY;
        if (watched.items[i].is_sure && day >= 0 && (size_t)day < control->n_days)
            days[(size_t)day * stride].n_journeys++;
    }
    ovf_watched_deinit(&watched);
    return st;
}

/** Who flew journeys of which watches, ever, and by which crossings those that may go on after \p last_day_ns. */
static enum ovf_status give_crossings(const struct ovf_question *q,
                                      const struct ovf_subjects *subjects, int64_t last_day_ns,
                                      struct ovf_watch_series *series)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < subjects->n && st == OVF_OK; i++) {
        const struct ovf_subject *const s = &subjects->items[i];
        uint64_t watches = 0;
        uint64_t sure = 0;
        for (size_t k = 0; k < q->watches.n; k++) {
            watches |= ovf_subject_meets(s, q->watches.names[k]) ? UINT64_C(1) << k : 0;
            sure |= ovf_subject_meets_for_sure(s, q->watches.names[k]) ? UINT64_C(1) << k : 0;
        }
        if (watches != 0)
            st = ovf_watch_series_flew(series, s->aircraft.address, watches, s->simulated);
        const int64_t entry_ns = s->entry.is_known ? s->entry.min_ns : s->flight_start_ns;
        if (sure != 0 && st == OVF_OK && entry_ns >= last_day_ns - OVF_WATCH_JOURNEY_NS)
            st = ovf_watch_series_crossed(series, s->id, s->journey_id, entry_ns, sure);
    }
    return st;
}

struct giving {
    struct ovf_watch_series *series;
    int64_t day_ns;
};

static enum ovf_status give_heard(void *context, int64_t day_ns, uint32_t address,
                                  struct ovf_heard_reader *reader)
{
    const struct giving *const g = context;
    enum ovf_status st = OVF_OK;
    struct ovf_heard_run run;
    while (day_ns == g->day_ns && st == OVF_OK && ovf_heard_next(reader, &run)) {
        if (!run.is_silent && run.cell < OVF_CONTROL_N_CELLS)
            st = ovf_watch_series_heard(g->series, address, run.cell, day_ns);
    }
    return st;
}

/** All days but the last are over. Of that one the store may have the beginning only: the watch goes on with it. */
static enum ovf_status give_days(sqlite3 *db, const struct ovf_question *q,
                                 const struct ovf_subjects *subjects,
                                 const struct ovf_control *control, struct ovf_watch_series *series,
                                 struct ovf_error *err)
{
    const size_t n = q->watches.n;
    const size_t n_over = control->n_days - 1;
    struct giving last = {series, control->first_day_ns + (int64_t)n_over * OVF_NS_PER_DAY};
    struct ovf_watch_day *const days = calloc(control->n_days * n + 1, sizeof *days);
    enum ovf_status st = days != NULL ? OVF_OK : OVF_E_NOMEM;
    for (size_t k = 0; k < n && st == OVF_OK; k++) {
        for (size_t i = 0; i < control->n_days; i++)
            days[i * n + k].n_others = control->flights[k * control->n_days + i];
        st = count_journeys(subjects, control, q->watches.names[k], days + k, n);
    }
    if (st == OVF_OK)
        st = ovf_watch_series_seed(series, control->first_day_ns, n_over, control->has_data, days);
    free(days);
    if (st == OVF_OK)
        st = give_crossings(q, subjects, last.day_ns, series);
    return st == OVF_OK ? ovf_store_heard_visit(db, give_heard, &last, err) : st;
}

/** In one transaction, so that all of it is of one state. */
static enum ovf_status read_store(sqlite3 *db, const struct ovf_question *q,
                                  struct ovf_watch_series *series, struct ovf_error *err)
{
    struct ovf_subjects subjects = {0};
    struct ovf_control control = {0};
    enum ovf_status st = ovf_sql_exec(db, "BEGIN", err);
    if (st == OVF_OK)
        st = ovf_store_check_question(db, q->digest, err);
    if (st == OVF_OK)
        st = ovf_subjects_read_db(db, &subjects, err);
    if (st == OVF_OK)
        st = ovf_control_count(db, q, &subjects, &control, err);
    if (st == OVF_OK && control.n_days > 0)
        st = give_days(db, q, &subjects, &control, series, err);
    ovf_control_deinit(&control);
    ovf_subjects_deinit(&subjects);
    return st;
}

enum ovf_status ovf_watch_history_read(const char *path, const struct ovf_question *question,
                                       struct ovf_watch_series *series, struct ovf_error *err)
{
    sqlite3 *db = NULL;
    enum ovf_status st = ovf_store_open_to_read(path, &db, err);
    if (st == OVF_OK)
        st = read_store(db, question, series, err);
    ovf_gpkg_close(db);
    return st;
}
