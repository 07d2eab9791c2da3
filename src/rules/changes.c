/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/changes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "rules/phrases.h"
#include "rules/watched.h"
#include "series/effect.h"
#include "series/exposure.h"
#include "series/live.h"

/** One watch. */
struct judging {
    const struct ovf_matter *matter;
    const char *watch;
    size_t watch_index;
    struct ovf_series series;
    struct ovf_halts halts;
    struct ovf_findings *findings;
};

/* ---- the series ---- */

/** Journeys by day. Those that may not have been flown (near_certain, possible) are not counted. */
static enum ovf_status count_days(struct judging *j)
{
    struct ovf_watched watched = {0};
    const enum ovf_status st =
        ovf_watched_find(j->matter->subjects, j->matter->n_subjects, j->watch, &watched);
    for (size_t i = 0; i < watched.n && st == OVF_OK; i++) {
        struct ovf_series_day *const day =
            ovf_series_day_at(&j->series, watched.items[i].entry.min_ns);
        if (day != NULL && watched.items[i].is_sure)
            day->n++;
    }
    ovf_watched_deinit(&watched);
    return st;
}

typedef void expose_fn(struct ovf_series *series, const struct ovf_control_day *control);

/** Without control traffic nothing says whether anybody listened: no day says anything. */
static enum ovf_status expose(struct judging *j, expose_fn *set)
{
    const size_t n = j->series.n;
    struct ovf_control_day *const control = calloc(n + 1, sizeof *control);
    if (control == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        j->series.days[i].has_data = j->matter->has_data[i];
        control[i].has_data = j->matter->has_data[i];
        if (j->matter->control != NULL)
            control[i].n = j->matter->control[j->watch_index * n + i];
    }
    set(&j->series, control);
    free(control);
    return OVF_OK;
}

/* ---- findings ---- */

enum { KEY_SIZE = 64 };

/** The last day with a journey before that of \p t_ns; \p t_ns if there is none. */
static int64_t last_before(const struct ovf_series *series, int64_t t_ns)
{
    for (size_t i = series->n; i-- > 0;) {
        if (series->days[i].n > 0 && ovf_series_day_ns(series, i) < t_ns)
            return ovf_series_day_ns(series, i);
    }
    return t_ns;
}

/** The first day with a journey, \p t_ns or later; \p t_ns if there is none. */
static int64_t first_from(const struct ovf_series *series, int64_t t_ns)
{
    for (size_t i = 0; i < series->n; i++) {
        if (series->days[i].n > 0 && ovf_series_day_ns(series, i) >= t_ns)
            return ovf_series_day_ns(series, i);
    }
    return t_ns;
}

/** Two findings of one day are two, by their kind. What stands around days without a flight does not move when more
 * days are known, as the day that a model puts a change on does: that day names rises and falls only. */
static const char *key_of(struct judging *j, const char *kind, const char *what, int64_t day_ns)
{
    char day[OVF_PHRASE_DAY_SIZE];
    char key[KEY_SIZE];
    ovf_phrase_day(day_ns, day);
    (void)snprintf(key, sizeof key, "%s%s %s", kind, what, day);
    return ovf_findings_keep(j->findings, key);
}

static const char *change_key(struct judging *j, const struct ovf_change *change)
{
    const char *const kind = ovf_change_kind_name(change->kind);
    switch (change->kind) {
    case OVF_CHANGE_HALT:
        return key_of(j, kind, ", last flight", last_before(&j->series, change->day_ns));
    case OVF_CHANGE_RESUMPTION:
        return key_of(j, kind, ", first flight", first_from(&j->series, change->day_ns));
    default:
        return key_of(j, kind, "", change->day_ns);
    }
}

/** All days of the series. */
static struct ovf_finding_days all_days(const struct judging *j)
{
    return (struct ovf_finding_days){ovf_series_day_ns(&j->series, 0),
                                     ovf_series_day_ns(&j->series, j->series.n)};
}

/** \p days are those whose flights carry it. */
static void add(struct judging *j, const char *key, const char *verdict,
                struct ovf_finding_days days)
{
    const struct ovf_finding_head head = {.rule = OVF_RULE_SERIES,
                                          .key = key,
                                          .about = OVF_ABOUT_WATCH,
                                          .about_id = j->watch,
                                          .verdict = verdict,
                                          .days = days,
                                          .simulated = ovf_matter_is_simulated(j->matter)};
    ovf_findings_add(j->findings, &head);
}

static void put_number(struct ovf_json_writer *json, const char *key, double value, int n_decimals)
{
    if (isfinite(value))
        ovf_json_number(json, key, value, n_decimals);
}

static void put_ratio(struct ovf_json_writer *json, const char *key, struct ovf_ratio ratio)
{
    ovf_json_open(json, key, '{');
    put_number(json, "ratio", ratio.ratio, 3);
    put_number(json, "low", ratio.low, 3);
    put_number(json, "high", ratio.high, 3); /* absent: there is no upper bound */
    ovf_json_close(json, '}');
}

static void put_day(struct ovf_json_writer *json, const char *key, int64_t day_ns)
{
    char day[OVF_PHRASE_DAY_SIZE];
    ovf_phrase_day(day_ns, day);
    ovf_json_text(json, key, day);
}

/** Rates of the segments before and after. */
static double rate_of(const struct ovf_segment *segment)
{
    return segment->counted.n / segment->counted.exposure;
}

static void put_change(struct judging *j, size_t i)
{
    const struct ovf_change *const change = &j->halts.changes[i];
    const char *const kind = ovf_change_kind_name(change->kind);
    const double before = rate_of(&j->halts.segments[i]);
    const double after = rate_of(&j->halts.segments[i + 1]);
    char day[OVF_PHRASE_DAY_SIZE];
    char from[OVF_PHRASE_DAY_SIZE];
    char to[OVF_PHRASE_DAY_SIZE];
    char rates[2][OVF_NUMBER_SIZE];
    ovf_phrase_day(change->day_ns, day);
    ovf_phrase_day(change->earliest_ns, from);
    ovf_phrase_day(change->latest_ns, to);
    ovf_number_format(before, 2, rates[0]);
    ovf_number_format(after, 2, rates[1]);
    add(j, change_key(j, change), kind,
        (struct ovf_finding_days){j->halts.segments[i].from_ns, j->halts.segments[i + 1].until_ns});
    struct ovf_json_writer json = ovf_finding_details(j->findings);
    put_day(&json, "day", change->day_ns);
    put_day(&json, "earliest_day", change->earliest_ns);
    put_day(&json, "latest_day", change->latest_ns);
    put_number(&json, "rate_before", before, 3);
    put_number(&json, "rate_after", after, 3);
    put_ratio(&json, "rate_ratio", change->ratio);
    put_number(&json, "p", change->p, 6);
    ovf_finding_details_end(j->findings, &json);
    ovf_finding_reason(j->findings,
                       "%s on %s (between %s and %s): from %s to %s journeys a day of full hearing",
                       kind, day, from, to, rates[0], rates[1]);
}

/** The days of the segment that has \p t_ns: its rate is what is unlikely to give none. */
static struct ovf_finding_days segment_days(const struct judging *j, int64_t t_ns)
{
    for (size_t i = 0; i < j->halts.n_segments; i++) {
        const struct ovf_segment *const segment = &j->halts.segments[i];
        if (t_ns >= segment->from_ns && t_ns < segment->until_ns)
            return (struct ovf_finding_days){segment->from_ns, segment->until_ns};
    }
    return all_days(j);
}

static void put_quiet(struct judging *j, const struct ovf_quiet *quiet)
{
    char span[OVF_PHRASE_SPAN_SIZE];
    char p_zero[OVF_NUMBER_SIZE];
    ovf_phrase_span(quiet->from_ns, quiet->until_ns, span);
    ovf_number_format(quiet->p_zero, 6, p_zero);
    add(j, key_of(j, "quiet_days", ", last flight", last_before(&j->series, quiet->from_ns)),
        "quiet_days", segment_days(j, quiet->from_ns));
    struct ovf_json_writer json = ovf_finding_details(j->findings);
    put_day(&json, "from_day", quiet->from_ns);
    put_day(&json, "to_day", quiet->until_ns - OVF_NS_PER_DAY);
    ovf_json_int(&json, "n_days", (int64_t)quiet->n_days);
    put_number(&json, "p_zero", quiet->p_zero, 6);
    ovf_finding_details_end(j->findings, &json);
    ovf_finding_reason(j->findings, "%s: quiet days, not a detected halt (P(0) = %s)", span,
                       p_zero);
}

/** Stretches of days without data: not known, and no zeros. */
static void put_missing(struct judging *j)
{
    const struct ovf_matter *const m = j->matter;
    for (size_t begin = 0, end; begin < m->n_days; begin = end) {
        end = begin + 1;
        if (m->has_data[begin])
            continue;
        while (end < m->n_days && !m->has_data[end])
            end++;
        const int64_t from_ns = ovf_series_day_ns(&j->series, begin);
        const int64_t until_ns = ovf_series_day_ns(&j->series, end);
        char span[OVF_PHRASE_SPAN_SIZE];
        ovf_phrase_span(from_ns, until_ns, span);
        add(j, key_of(j, "no_data", "", from_ns), "no_data",
            (struct ovf_finding_days){from_ns, until_ns});
        struct ovf_json_writer json = ovf_finding_details(j->findings);
        put_day(&json, "from_day", from_ns);
        put_day(&json, "to_day", until_ns - OVF_NS_PER_DAY);
        ovf_json_int(&json, "n_days", (int64_t)(end - begin));
        ovf_finding_details_end(j->findings, &json);
        ovf_finding_reason(j->findings, "%s: the inputs have no data: not known, and no zero",
                           span);
    }
}

static void put_counted(struct judging *j)
{
    uint64_t n = 0;
    int64_t n_tell = 0;
    int64_t n_data = 0;
    for (size_t i = 0; i < j->series.n; i++) {
        n += j->series.days[i].n;
        n_tell += ovf_series_day_tells(&j->series.days[i]) ? 1 : 0;
        n_data += j->matter->has_data[i] ? 1 : 0;
    }
    add(j, "", j->halts.is_too_little ? "too_little_data" : "counted", all_days(j));
    struct ovf_json_writer json = ovf_finding_details(j->findings);
    ovf_json_int(&json, "n_journeys", (int64_t)n);
    ovf_json_int(&json, "n_days", (int64_t)j->series.n);
    ovf_json_int(&json, "n_days_with_data", n_data);
    ovf_json_int(&json, "n_days_that_tell", n_tell);
    put_number(&json, "dispersion", j->halts.dispersion.dispersion, 3);
    put_number(&json, "penalty", j->halts.penalty, 2);
    ovf_json_open(&json, "n_segments_by_penalty", '[');
    for (size_t i = 0; i < j->halts.path.n; i++) {
        ovf_json_open(&json, NULL, '{');
        put_number(&json, "penalty", j->halts.path.steps[i].penalty, 2);
        ovf_json_int(&json, "n_segments", (int64_t)j->halts.path.steps[i].segments.n);
        ovf_json_close(&json, '}');
    }
    ovf_json_close(&json, ']');
    ovf_finding_details_end(j->findings, &json);
    ovf_finding_reason(
        j->findings,
        "journeys: %d; days: %zu, with data: %d, of these to be weighed by how many others were "
        "heard there: %d",
        (int)n, j->series.n, (int)n_data, (int)n_tell);
}

/* ---- the last day ---- */

static const char *alert_words(enum ovf_live_alert_kind kind)
{
    static const char *const words[] = {
        [OVF_LIVE_ALERT_HALT] = "a halt was told",
        [OVF_LIVE_ALERT_FIRST_FLIGHT] = "the first flight after a halt was told",
        [OVF_LIVE_ALERT_RESUMED] = "that flights are back was told",
        [OVF_LIVE_ALERT_STILL_HALTED] = "that the halt goes on was told"};
    return words[kind];
}

static void put_alerts(struct ovf_json_writer *json, const struct ovf_live *live)
{
    ovf_json_open(json, "alerts", '[');
    for (size_t i = 0; i < live->n; i++) {
        const struct ovf_live_alert *const alert = &live->alerts[i];
        ovf_json_open(json, NULL, '{');
        ovf_json_text(json, "alert", ovf_live_alert_kind_name(alert->kind));
        put_day(json, "day", alert->day_ns);
        put_day(json, "since", alert->since_ns);
        put_number(json, "p", alert->p, 6);
        ovf_json_close(json, '}');
    }
    ovf_json_close(json, ']');
}

/** "flying as of 2012-05-14: no flight on 3 days that say something (P(0) = 0.018316)" */
static void say_state(struct judging *j, const struct ovf_live *live, const char *day)
{
    const char *const state = ovf_live_state_name(live->state);
    const size_t n_days = live->now.n_days;
    const char *const days = n_days == 1 ? "day that says something" : "days that say something";
    char since[OVF_PHRASE_DAY_SIZE];
    char p[OVF_NUMBER_SIZE];
    ovf_phrase_day(live->now.since_ns, since);
    ovf_number_format(live->now.p, 6, p);
    if (live->state == OVF_LIVE_TOO_LITTLE)
        ovf_finding_reason(j->findings, "as of %s too little data to say whether it flies", day);
    else if (live->state == OVF_LIVE_RETURNING)
        ovf_finding_reason(j->findings,
                           "returning as of %s: since the first flight after a halt, on %s, "
                           "counted %d on %zu %s",
                           day, since, (int)live->now.since.n, n_days, days);
    else if (n_days > 0)
        ovf_finding_reason(j->findings, "%s as of %s: no flight on %zu %s (P(0) = %s)", state, day,
                           n_days, days, p);
    else
        ovf_finding_reason(j->findings, "%s as of %s: no quiet days since the last flight", state,
                           day);
    if (live->n > 0) {
        const struct ovf_live_alert *const last = &live->alerts[live->n - 1];
        ovf_phrase_day(last->day_ns, since);
        ovf_finding_reason(j->findings, "last alert: %s with the data of %s",
                           alert_words(last->kind), since);
    }
}

/** As it could be said on the last day with data, from what was known until then. */
static void put_state(struct judging *j, const struct ovf_live *live)
{
    char day[OVF_PHRASE_DAY_SIZE];
    size_t last = j->matter->n_days;
    while (last > 0 && !j->matter->has_data[last - 1])
        last--;
    if (last == 0)
        return;
    ovf_phrase_day(ovf_series_day_ns(&j->series, last - 1), day);
    struct ovf_finding_days days = all_days(j);
    if (live->state != OVF_LIVE_TOO_LITTLE)
        days.from_ns = live->now.before_ns;
    add(j, "state", ovf_live_state_name(live->state), days);
    struct ovf_json_writer json = ovf_finding_details(j->findings);
    ovf_json_text(&json, "day", day);
    if (live->state != OVF_LIVE_TOO_LITTLE) {
        if (live->now.n_days > 0)
            put_day(&json, "since", live->now.since_ns);
        ovf_json_int(&json, "n_days", (int64_t)live->now.n_days);
        ovf_json_int(&json, "n_journeys", (int64_t)live->now.since.n);
        put_number(&json, "p", live->now.p, 6);
    }
    put_alerts(&json, live);
    ovf_finding_details_end(j->findings, &json);
    say_state(j, live, day);
}

/** Leaves the series exposed as it was known day by day. */
static enum ovf_status judge_state(struct judging *j)
{
    struct ovf_live live = {0};
    enum ovf_status st = expose(j, ovf_series_expose_live);
    if (st == OVF_OK)
        st = ovf_live_judge(&j->series, &live, NULL);
    if (st == OVF_OK)
        put_state(j, &live);
    ovf_live_deinit(&live);
    return st;
}

/* ---- requests ---- */

/** The change near a request, and what the model says. */
static void put_effect(struct ovf_json_writer *json, const struct ovf_effect *effect)
{
    if (effect->has_change) {
        ovf_json_text(json, "change", ovf_change_kind_name(effect->change.kind));
        put_day(json, "change_day", effect->change.day_ns);
        put_day(json, "change_earliest_day", effect->change.earliest_ns);
        put_day(json, "change_latest_day", effect->change.latest_ns);
    }
    ovf_json_int(json, "n_other_changes", (int64_t)effect->n_other_changes);
    put_number(json, "observed_after", effect->observed_after, 0);
    if (effect->n_other_changes > 0)
        return; /* a line through another change is no expectation */
    put_number(json, "expected_after", effect->expected_after, 1);
    put_ratio(json, "ratio", effect->ratio);
    put_number(json, "ratio_min", effect->ratio_min, 3);
    put_number(json, "ratio_max", effect->ratio_max, 3);
    put_ratio(json, "step_ratio", effect->step);
    put_ratio(json, "trend_ratio_per_week", effect->trend);
    ovf_json_int(json, "n_placebos", (int64_t)effect->n_placebos);
    put_number(json, "rank_p", effect->rank_p, 3);
}

/** "journeys in the days after it: 4 counted, 56.3 expected by the days before it; rate ratio 0.07 (0.03 to 0.18)" */
static void say_effect(struct judging *j, const struct ovf_effect *effect)
{
    char numbers[4][OVF_NUMBER_SIZE];
    if (effect->verdict == OVF_EFFECT_TOO_LITTLE)
        return;
    if (effect->n_other_changes > 0) {
        ovf_finding_reason(j->findings,
                           "the days about it hold another change of the series: what would have "
                           "been counted without the request is not known");
        return;
    }
    ovf_number_format(effect->expected_after, 1, numbers[0]);
    ovf_number_format(effect->ratio.ratio, 2, numbers[1]);
    ovf_number_format(effect->ratio.low, 2, numbers[2]);
    ovf_number_format(effect->ratio.high, 2, numbers[3]);
    ovf_finding_reason(j->findings,
                       "journeys in the days after it: %d counted, %s expected by the days before "
                       "it; rate ratio %s (%s to %s)",
                       (int)effect->observed_after, numbers[0], numbers[1], numbers[2], numbers[3]);
}

static void put_request(struct judging *j, const struct ovf_case_request *request,
                        const struct ovf_effect *effect)
{
    char day[OVF_PHRASE_DAY_SIZE];
    char phrase[OVF_EFFECT_PHRASE_SIZE];
    const struct ovf_finding_head head = {
        .rule = OVF_RULE_REQUEST,
        .key = j->watch,
        .about = OVF_ABOUT_REQUEST,
        .about_id = request->name.text,
        .watch = j->watch,
        .days = {request->date_ns - request->days_before * OVF_NS_PER_DAY,
                 request->date_ns + request->days_after * OVF_NS_PER_DAY},
        .verdict = ovf_effect_verdict_name(effect->verdict),
        .simulated = ovf_matter_is_simulated(j->matter)};
    ovf_findings_add(j->findings, &head);
    struct ovf_json_writer json = ovf_finding_details(j->findings);
    put_day(&json, "date", request->date_ns);
    ovf_json_int(&json, "n_days_before", (int64_t)effect->n_days_before);
    ovf_json_int(&json, "n_days_after", (int64_t)effect->n_days_after);
    if (effect->verdict != OVF_EFFECT_TOO_LITTLE)
        put_effect(&json, effect);
    ovf_finding_details_end(j->findings, &json);
    ovf_phrase_day(request->date_ns, day);
    ovf_effect_phrase(effect, phrase);
    ovf_finding_reason(j->findings, "on %s %s asked %s: %s", day, request->by, request->to,
                       request->asks);
    ovf_finding_reason(j->findings, "%s", phrase);
    say_effect(j, effect);
    ovf_phrase_source(j->findings, request->source, request->second_hand);
}

static enum ovf_status judge_requests(struct judging *j)
{
    const struct ovf_case_request *const requests = j->matter->the_case->requests.items;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < j->matter->the_case->requests.n && st == OVF_OK; i++) {
        const struct ovf_case_request *const request = &requests[i];
        struct ovf_effect effect = {0};
        if (strcmp(request->watch.text, j->watch) != 0)
            continue;
        struct ovf_effect_model model = ovf_effect_model_at(request->date_ns);
        model.n_days_before = (unsigned)request->days_before;
        model.n_days_after = (unsigned)request->days_after;
        model.n_days_near = (unsigned)request->days_near;
        st = ovf_effect_find(&j->series, &j->halts, &model, &effect, NULL);
        if (st == OVF_OK)
            put_request(j, request, &effect);
        ovf_effect_deinit(&effect);
    }
    return st;
}

/* ---- all of a watch ---- */

static enum ovf_status judge_watch(struct judging *j)
{
    enum ovf_status st =
        ovf_series_init(&j->series, j->matter->first_day_ns, j->matter->n_days, NULL);
    if (st == OVF_OK)
        st = count_days(j);
    if (st == OVF_OK)
        st = judge_state(j);
    if (st == OVF_OK)
        st = expose(j, ovf_series_expose);
    if (st == OVF_OK)
        st = ovf_halts_find(&j->series, NULL, &j->halts, NULL);
    if (st != OVF_OK)
        return st;
    put_counted(j);
    for (size_t i = 0; i + 1 < j->halts.n_segments; i++)
        put_change(j, i);
    for (size_t i = 0; i < j->halts.n_quiet; i++)
        put_quiet(j, &j->halts.quiet[i]);
    put_missing(j);
    return judge_requests(j);
}

enum ovf_status ovf_changes_judge(const struct ovf_matter *matter, struct ovf_findings *findings)
{
    const struct ovf_case_watch *const watches = matter->the_case->watches.items;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < matter->the_case->watches.n && st == OVF_OK; i++) {
        struct judging j = {.matter = matter,
                            .watch = watches[i].name.text,
                            .watch_index = i,
                            .findings = findings};
        st = judge_watch(&j);
        ovf_halts_deinit(&j.halts);
        ovf_series_deinit(&j.series);
    }
    return st == OVF_OK ? findings->status : st;
}
