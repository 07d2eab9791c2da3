/* SPDX-License-Identifier: Apache-2.0 */
#include "run/watch_history.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/time.h"
#include "report/line.h"
#include "rules/watched.h"
#include "run/control.h"
#include "store/carried.h"

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

static enum ovf_status give_fliers(const struct ovf_question *q,
                                   const struct ovf_subjects *subjects,
                                   struct ovf_watch_series *series)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < subjects->n && st == OVF_OK; i++) {
        const struct ovf_subject *const s = &subjects->items[i];
        uint64_t watches = 0;
        for (size_t k = 0; k < q->watches.n; k++) {
            if (ovf_subject_meets(s, q->watches.names[k]))
                watches |= UINT64_C(1) << k;
        }
        if (watches != 0)
            st = ovf_watch_series_flew(series, s->aircraft.address, watches, s->simulated);
    }
    return st;
}

static enum ovf_status give_days(const struct ovf_question *q, const struct ovf_subjects *subjects,
                                 const struct ovf_control *control, struct ovf_watch_series *series)
{
    const size_t n = q->watches.n;
    struct ovf_watch_day *const days = calloc(control->n_days * n + 1, sizeof *days);
    enum ovf_status st = days != NULL ? OVF_OK : OVF_E_NOMEM;
    for (size_t k = 0; k < n && st == OVF_OK; k++) {
        for (size_t i = 0; i < control->n_days; i++)
            days[i * n + k].n_others = control->flights[k * control->n_days + i];
        st = count_journeys(subjects, control, q->watches.names[k], days + k, n);
    }
    if (st == OVF_OK)
        st = ovf_watch_series_seed(series, control->first_day_ns, control->n_days,
                                   control->has_data, days);
    free(days);
    return st == OVF_OK ? give_fliers(q, subjects, series) : st;
}

/** With a transaction open. */
static enum ovf_status read_store(struct ovf_store *store, const struct ovf_question *q,
                                  struct ovf_watch_series *series, struct ovf_error *err)
{
    struct ovf_carried *carried = NULL;
    struct ovf_subjects subjects = {0};
    struct ovf_control control = {0};
    enum ovf_status st =
        ovf_carried_open(store, q->digest, (const char *)q->words.data, &carried, err);
    ovf_carried_close(carried);
    if (st == OVF_OK)
        st = ovf_subjects_read(store, &subjects, err);
    if (st == OVF_OK)
        st = ovf_control_count(store, q, &subjects, &control, err);
    if (st == OVF_OK && control.n_days > 0)
        st = give_days(q, &subjects, &control, series);
    ovf_control_deinit(&control);
    ovf_subjects_deinit(&subjects);
    return st;
}

enum ovf_status ovf_watch_history_read(const char *path, const struct ovf_question *question,
                                       struct ovf_watch_series *series, struct ovf_error *err)
{
    struct ovf_store *store = NULL;
    if (access(path, F_OK) != 0)
        return OVF_E_NOTFOUND;
    enum ovf_status st = ovf_store_open(path, &store, err);
    if (st == OVF_OK)
        st = ovf_store_begin(store, 0, err);
    if (st == OVF_OK)
        st = read_store(store, question, series, err);
    ovf_store_abandon(store); /* nothing was written */
    return st;
}
