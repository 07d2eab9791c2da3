/* SPDX-License-Identifier: Apache-2.0 */
#include "series/halts.h"

#include <stdlib.h>

#include "base/logs.h"

/* Of -2 ln L, where the likelihood falls by 1.92: the 95 % point of chi-squared with one degree of freedom. */
static const double interval_drop = 3.8414588206941236;

const char *ovf_change_kind_name(enum ovf_change_kind kind)
{
    static const char *const names[] = {[OVF_CHANGE_RISE] = "rise",
                                        [OVF_CHANGE_FALL] = "fall",
                                        [OVF_CHANGE_HALT] = "halt",
                                        [OVF_CHANGE_RESUMPTION] = "resumption"};
    return names[kind];
}

void ovf_halts_deinit(struct ovf_halts *halts)
{
    free(halts->segments);
    free(halts->changes);
    free(halts->quiet);
    ovf_segments_path_deinit(&halts->path);
    *halts = (struct ovf_halts){0};
}

/** What all steps look at. */
struct view {
    const struct ovf_series *series;
    const struct ovf_telling *telling;
    double dispersion;
};

/** Where segment \p i ends, in telling days. */
static size_t end_of(const struct view *view, const struct ovf_segments *cuts, size_t i)
{
    return i + 1 < cuts->n ? cuts->starts[i + 1] : view->telling->n;
}

static int64_t day_ns_of(const struct view *view, size_t telling_day)
{
    return ovf_series_day_ns(view->series, telling_day < view->telling->n
                                               ? view->telling->days[telling_day]
                                               : view->series->n);
}

static double rate_of(struct ovf_counted counted)
{
    return counted.n / counted.exposure;
}

/** \p flying: the rate of the last segment that was no halt. */
static struct ovf_segment segment_of(const struct view *view, const struct ovf_segments *cuts,
                                     size_t i, double *flying)
{
    const size_t from = cuts->starts[i];
    const size_t until = end_of(view, cuts, i);
    struct ovf_segment segment = {
        .from_ns = i == 0 ? view->series->first_day_ns : day_ns_of(view, from),
        .until_ns = day_ns_of(view, until),
        .n_days = until - from,
        .counted = ovf_telling_sum(view->telling, from, until),
    };
    const double rate = rate_of(segment.counted);
    segment.is_halt = *flying > 0 && rate <= OVF_HALT_MAX_RATIO * *flying;
    if (!segment.is_halt)
        *flying = rate;
    return segment;
}

/* ---- changes ---- */

static enum ovf_change_kind kind_of(const struct ovf_segment *before,
                                    const struct ovf_segment *after)
{
    if (after->is_halt && !before->is_halt)
        return OVF_CHANGE_HALT;
    if (before->is_halt && !after->is_halt)
        return OVF_CHANGE_RESUMPTION;
    return rate_of(after->counted) < rate_of(before->counted) ? OVF_CHANGE_FALL : OVF_CHANGE_RISE;
}

/** The cost of telling days [\p from, \p until) cut at \p at. */
static double cost_cut_at(const struct view *view, size_t from, size_t at, size_t until)
{
    return ovf_rate_cost(ovf_telling_sum(view->telling, from, at), view->dispersion) +
           ovf_rate_cost(ovf_telling_sum(view->telling, at, until), view->dispersion);
}

/** The days that the cut between segments \p i and i + 1 may lie at, when the other cuts stay. Between the last
 * telling day before it and the first after it nothing is known: it may lie anywhere there. */
static void find_interval(const struct view *view, const struct ovf_segments *cuts, size_t i,
                          struct ovf_change *change)
{
    const size_t from = cuts->starts[i];
    const size_t at = cuts->starts[i + 1];
    const size_t until = end_of(view, cuts, i + 1);
    const double most = cost_cut_at(view, from, at, until) + interval_drop;
    size_t first = at;
    size_t last = at;
    for (size_t k = from + 1; k < until; k++) {
        if (!ovf_telling_suffice(view->telling, from, k) ||
            !ovf_telling_suffice(view->telling, k, until) ||
            cost_cut_at(view, from, k, until) > most)
            continue;
        first = k < first ? k : first;
        last = k > last ? k : last;
    }
    change->earliest_ns = ovf_series_day_ns(view->series, view->telling->days[first - 1] + 1);
    change->latest_ns = day_ns_of(view, last);
}

static struct ovf_change change_of(const struct view *view, const struct ovf_segments *cuts,
                                   const struct ovf_segment *segments, size_t i)
{
    const struct ovf_counted before = segments[i].counted;
    const struct ovf_counted after = segments[i + 1].counted;
    const uint32_t n = (uint32_t)after.n;
    struct ovf_change change = {
        .kind = kind_of(&segments[i], &segments[i + 1]),
        .day_ns = segments[i + 1].from_ns,
        .ratio = ovf_rate_ratio(before, after, view->dispersion),
    };
    if (rate_of(after) < rate_of(before))
        change.p = ovf_rate_p_at_most(before, view->dispersion, after.exposure, n);
    else
        change.p = ovf_rate_p_at_least(before, view->dispersion, after.exposure, n);
    find_interval(view, cuts, i, &change);
    return change;
}

/* ---- quiet days ---- */

/** Telling days [\p from, \p until) without a flight, in a segment that counted \p all. */
static void judge_quiet(const struct view *view, struct ovf_counted all, size_t from, size_t until,
                        struct ovf_halts *out)
{
    const double exposure = ovf_telling_sum(view->telling, from, until).exposure;
    const struct ovf_counted rest = {all.n, all.exposure - exposure};
    const double p = ovf_rate_p_at_most(rest, view->dispersion, exposure, 0);
    if (p < OVF_RATE_UNLIKELY)
        out->quiet[out->n_quiet++] = (struct ovf_quiet){
            day_ns_of(view, from), day_ns_of(view, until), until - from, exposure, p};
}

/** out->quiet has room for one of every two telling days. */
static void find_quiet(const struct view *view, const struct ovf_segments *cuts, size_t i,
                       struct ovf_halts *out)
{
    const struct ovf_counted all = out->segments[i].counted;
    const size_t end = end_of(view, cuts, i);
    if (out->segments[i].is_halt || !(all.n > 0))
        return;
    for (size_t from = cuts->starts[i]; from < end;) {
        size_t until = from;
        while (until < end && !(ovf_telling_sum(view->telling, until, until + 1).n > 0))
            until++;
        if (until > from)
            judge_quiet(view, all, from, until, out);
        from = until + 1;
    }
}

/* ---- all of it ---- */

static struct ovf_dispersion dispersion_of(const struct ovf_series *series,
                                           const struct ovf_halts_options *options)
{
    struct ovf_dispersion estimate = ovf_dispersion_estimate(series, 0, series->n);
    if (options != NULL && options->knows_dispersion)
        estimate.dispersion = options->dispersion;
    return estimate;
}

static enum ovf_status describe(const struct view *view, const struct ovf_segments *cuts,
                                struct ovf_halts *out)
{
    double flying = 0;
    out->segments = malloc(cuts->n * sizeof *out->segments);
    out->changes = malloc(cuts->n * sizeof *out->changes);
    out->quiet = malloc((view->telling->n / 2 + 1) * sizeof *out->quiet);
    if (out->segments == NULL || out->changes == NULL || out->quiet == NULL)
        return OVF_E_NOMEM;
    out->n_segments = cuts->n;
    for (size_t i = 0; i < cuts->n; i++)
        out->segments[i] = segment_of(view, cuts, i, &flying);
    for (size_t i = 0; i + 1 < cuts->n; i++)
        out->changes[i] = change_of(view, cuts, out->segments, i);
    for (size_t i = 0; i < cuts->n; i++)
        find_quiet(view, cuts, i, out);
    return OVF_OK;
}

/** Whether two segments fit at all. */
static bool is_too_little(const struct ovf_telling *telling)
{
    return telling->n < 2 * (size_t)OVF_SEGMENT_MIN_DAYS ||
           telling->before[telling->n].exposure < 2 * OVF_SEGMENT_MIN_EXPOSURE;
}

static enum ovf_status find(const struct view *view, struct ovf_halts *out)
{
    struct ovf_segments cuts = {0};
    const double log_n = ovf_log((double)view->telling->n);
    out->penalty = OVF_PENALTY_LOG_N * log_n;
    enum ovf_status st = ovf_segments_find(view->telling, view->dispersion, out->penalty, &cuts);
    if (st == OVF_OK)
        st = describe(view, &cuts, out);
    if (st == OVF_OK)
        st = ovf_segments_path_find(view->telling, view->dispersion, OVF_PENALTY_LOG_N_LOW * log_n,
                                    OVF_PENALTY_LOG_N_HIGH * log_n, &out->path);
    ovf_segments_deinit(&cuts);
    return st;
}

enum ovf_status ovf_halts_find(const struct ovf_series *series,
                               const struct ovf_halts_options *options, struct ovf_halts *out,
                               struct ovf_error *err)
{
    struct ovf_telling telling = {0};
    struct ovf_halts found = {0};
    enum ovf_status st = ovf_series_check(series, err);
    if (st != OVF_OK)
        return st;
    if (options != NULL && options->knows_dispersion &&
        !(options->dispersion >= 0 && options->dispersion <= OVF_MAX_DISPERSION))
        return ovf_error_set(err, OVF_E_RANGE, "a dispersion of %g", options->dispersion);
    st = ovf_telling_init(&telling, series);
    if (st != OVF_OK)
        goto out;
    found.n_days = telling.n;
    found.dispersion = dispersion_of(series, options);
    found.is_too_little = is_too_little(&telling);
    const struct view view = {series, &telling, found.dispersion.dispersion};
    if (!found.is_too_little)
        st = find(&view, &found);
    if (st != OVF_OK)
        goto out;
    ovf_halts_deinit(out);
    *out = found;
    found = (struct ovf_halts){0}; /* now out's */
out:
    if (st != OVF_OK)
        ovf_error_set(err, st, "out of memory");
    ovf_telling_deinit(&telling);
    ovf_halts_deinit(&found);
    return st;
}
