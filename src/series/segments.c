/* SPDX-License-Identifier: Apache-2.0 */
/* PELT with segments of a least length: a start is given up once a later one is better by more than what is to
 * come can make good, and only for ends that the later one may have (it is far enough before them). */
#include "series/segments.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "series/rate.h"

enum ovf_status ovf_telling_init(struct ovf_telling *telling, const struct ovf_series *series)
{
    struct ovf_telling t = {0};
    t.days = malloc((series->n + 1) * sizeof *t.days);
    t.before = malloc((series->n + 1) * sizeof *t.before);
    if (t.days == NULL || t.before == NULL) {
        ovf_telling_deinit(&t);
        return OVF_E_NOMEM;
    }
    t.before[0] = (struct ovf_counted){0, 0};
    for (size_t i = 0; i < series->n; i++) {
        const struct ovf_series_day *day = &series->days[i];
        if (!ovf_series_day_tells(day))
            continue;
        const struct ovf_counted sum = t.before[t.n];
        t.days[t.n++] = i;
        t.before[t.n] = (struct ovf_counted){sum.n + day->n, sum.exposure + day->exposure};
    }
    *telling = t;
    return OVF_OK;
}

void ovf_telling_deinit(struct ovf_telling *telling)
{
    free(telling->days);
    free(telling->before);
    *telling = (struct ovf_telling){0};
}

struct ovf_counted ovf_telling_sum(const struct ovf_telling *telling, size_t from, size_t until)
{
    return (struct ovf_counted){telling->before[until].n - telling->before[from].n,
                                telling->before[until].exposure - telling->before[from].exposure};
}

bool ovf_telling_suffice(const struct ovf_telling *telling, size_t from, size_t until)
{
    return until - from >= OVF_SEGMENT_MIN_DAYS &&
           ovf_telling_sum(telling, from, until).exposure >= OVF_SEGMENT_MIN_EXPOSURE;
}

void ovf_segments_deinit(struct ovf_segments *segments)
{
    free(segments->starts);
    *segments = (struct ovf_segments){0};
}

/** What the search knows. */
struct search {
    const struct ovf_telling *telling;
    double dispersion;
    double penalty;
    double *
        best; /* of the days before i, each segment with a penalty but the first; INFINITY: impossible */
    size_t *previous; /* where the last segment of that begins */
    size_t *starts;   /* that are still worth a look, in order */
    size_t n_starts;
    size_t next; /* all before it were among them */
};

static double cost_of(const struct search *search, size_t from, size_t until)
{
    return ovf_rate_cost(ovf_telling_sum(search->telling, from, until), search->dispersion);
}

/** Forget the starts that beginning anew at \p at beats, whatever comes. Rounding must not decide: only by more. */
static void forget(struct search *search, size_t at)
{
    const double best = search->best[at];
    const double rounding = 1e-9 * (1 + fabs(best));
    size_t kept = 0;
    for (size_t i = 0; i < search->n_starts; i++) {
        const size_t start = search->starts[i];
        if (start >= at || search->best[start] + cost_of(search, start, at) <= best + rounding)
            search->starts[kept++] = start;
    }
    search->n_starts = kept;
}

/** The best for the days before \p end. */
static void advance(struct search *search, size_t end)
{
    double best = INFINITY;
    while (search->next < end && ovf_telling_suffice(search->telling, search->next, end)) {
        const size_t start = search->next++;
        if (isfinite(search->best[start])) {
            search->starts[search->n_starts++] = start;
            forget(search, start);
        }
    }
    for (size_t i = 0; i < search->n_starts; i++) {
        const size_t start = search->starts[i];
        const double cost = search->best[start] + cost_of(search, start, end) + search->penalty;
        if (cost < best) { /* of equals, the earliest start */
            best = cost;
            search->previous[end] = start;
        }
    }
    search->best[end] = best;
}

/** From the last segment to the first. */
static enum ovf_status collect(const struct search *search, struct ovf_segments *out)
{
    struct ovf_segments found = {0};
    const size_t n = search->telling->n;
    if (isfinite(search->best[n])) {
        size_t start = n;
        do {
            start = search->previous[start];
            found.n++;
        } while (start > 0);
        found.starts = malloc(found.n * sizeof *found.starts);
        if (found.starts == NULL)
            return OVF_E_NOMEM;
        size_t i = found.n;
        for (size_t end = n; end > 0; end = search->previous[end]) {
            found.starts[--i] = search->previous[end];
            found.cost += cost_of(search, search->previous[end], end);
        }
    }
    ovf_segments_deinit(out);
    *out = found;
    return OVF_OK;
}

enum ovf_status ovf_segments_find(const struct ovf_telling *telling, double dispersion,
                                  double penalty, struct ovf_segments *out)
{
    enum ovf_status st = OVF_E_NOMEM;
    struct search search = {telling, dispersion, penalty, NULL, NULL, NULL, 0, 0};
    search.best = malloc((telling->n + 1) * sizeof *search.best);
    search.previous = calloc(telling->n + 1, sizeof *search.previous);
    search.starts = malloc((telling->n + 1) * sizeof *search.starts);
    if (search.best == NULL || search.previous == NULL || search.starts == NULL)
        goto out;
    search.best[0] = telling->n > 0 ? -penalty : (double)INFINITY;
    for (size_t end = 1; end <= telling->n; end++)
        advance(&search, end);
    st = collect(&search, out);
out:
    free(search.best);
    free(search.previous);
    free(search.starts);
    return st;
}

/* ---- all penalties of a range ---- */

void ovf_segments_path_deinit(struct ovf_segments_path *path)
{
    for (size_t i = 0; i < path->n; i++)
        ovf_segments_deinit(&path->steps[i].segments);
    free(path->steps);
    *path = (struct ovf_segments_path){0};
}

/** Find the best for \p penalty and put it at \p at, unless it has as many segments as the step before or there. */
static enum ovf_status insert(struct ovf_segments_path *path, const struct ovf_telling *telling,
                              double dispersion, double penalty, size_t at)
{
    struct ovf_segments found = {0};
    struct ovf_segments_path_step *steps =
        ovf_array_reserve(path->steps, &path->capacity, path->n + 1, sizeof *steps);
    if (steps == NULL)
        return OVF_E_NOMEM;
    path->steps = steps;
    const enum ovf_status st = ovf_segments_find(telling, dispersion, penalty, &found);
    if (st != OVF_OK)
        return st;
    if (found.n == 0 || (at > 0 && steps[at - 1].segments.n == found.n) ||
        (at < path->n && steps[at].segments.n == found.n)) {
        ovf_segments_deinit(&found);
        return OVF_OK;
    }
    for (size_t i = path->n++; i > at; i--)
        steps[i] = steps[i - 1];
    steps[at] = (struct ovf_segments_path_step){penalty, found};
    return OVF_OK;
}

/** The penalty at which two segmentations cost the same. */
static double break_even(const struct ovf_segments *many, const struct ovf_segments *few)
{
    return (few->cost - many->cost) / (double)(many->n - few->n);
}

enum ovf_status ovf_segments_path_find(const struct ovf_telling *telling, double dispersion,
                                       double low, double high, struct ovf_segments_path *path)
{
    enum ovf_status st = insert(path, telling, dispersion, low, 0);
    if (st == OVF_OK)
        st = insert(path, telling, dispersion, high, path->n);
    for (size_t i = 0; st == OVF_OK && i + 1 < path->n;) {
        const struct ovf_segments *many = &path->steps[i].segments;
        const struct ovf_segments *few = &path->steps[i + 1].segments;
        const double penalty = break_even(many, few);
        const size_t n_before = path->n;
        if (many->n - few->n > 1)
            st = insert(path, telling, dispersion, penalty, i + 1);
        if (path->n == n_before) { /* none between */
            path->steps[i + 1].penalty = penalty;
            i++;
        }
    }
    if (st != OVF_OK)
        ovf_segments_path_deinit(path);
    return st;
}
