/* SPDX-License-Identifier: Apache-2.0 */
/* The loop of a watch: wait, take what has come, let the engine work off what is due. */
#include "watch/watch.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/time.h"
#include "engine/live.h"
#include "question/words.h"
#include "report/alert.h"
#include "run/signals.h"
#include "source/running_clock.h"
#include "watch/alerts.h"
#include "watch/asked.h"
#include "watch/feed_clocks.h"
#include "watch/figures.h"
#include "watch/history.h"
#include "watch/live.h"
#include "watch/metrics.h"
#include "watch/source.h"
#include "watch/wall_clock.h"

static const double default_memory_mb = 24;
static const double default_max_aircraft = 200000;
static const double default_stall_s = 120;
static const double default_poll_s = 1;
static const int64_t reorder_ns = 5 * OVF_NS_PER_S;
static const int64_t reach_ns = 6 * 3600 * OVF_NS_PER_S;
static const int64_t notify_wait_ms = 10000; /* for what channels still have to tell at the end */

/* Live, the stream's time is at least the clock's less this: a feed may be that much behind. */
static const int64_t behind_ns = 10 * OVF_NS_PER_S;
/* A stream that is further behind is no feed of now, or its clock is wrong: the clock here says nothing of it. */
static const int64_t far_behind_ns = 300 * OVF_NS_PER_S;
/* What is dated later than this, live, has a wrong date. */
static const int64_t ahead_ns = 60 * OVF_NS_PER_S;

struct watch {
    const struct ovf_watch_request *request;
    struct ovf_watch_asked *asked;
    struct ovf_watch_alerts alerts;
    struct ovf_live_config config;
    struct ovf_live_engine *live;
    struct ovf_web *web;
    struct ovf_inlet_options inlets;
    struct ovf_watch_sources shared;
    struct ovf_watch_source *sources;
    size_t n_sources;
    struct ovf_track_member *members;
    struct ovf_identities identities;
    struct ovf_feed_clocks *clocks; /* NULL: there is one source */
    double delay_s;
    struct pollfd *waits;
    struct ovf_metrics *metrics; /* NULL: none were asked for */
    struct ovf_buffer metrics_text;
    int64_t published_ms;
    struct ovf_buffer live_text;
    int64_t shown_ms; /* when the listener was told last */
    const struct ovf_sink *talk;
    struct ovf_wall_clock clock;
    int64_t fixed_ns; /* --now */
    int64_t now_ns;
    bool is_live; /* some source is of now */
    uint64_t n_ahead;
};

static void say(const struct watch *w, const char *what)
{
    if (w->talk->write(w->talk->context, what, strlen(what)) != OVF_OK)
        return; /* what cannot be said is lost */
}

/* ---- what was asked ---- */

static const char *event_name(unsigned number)
{
    return number == OVF_WATCH_SERIES ? "series"
                                      : ovf_live_event_name((enum ovf_live_event_kind)number);
}

static enum ovf_status take_events(const char *text, unsigned *events, struct ovf_error *err)
{
    *events = 1U << OVF_LIVE_ENTERED | 1U << OVF_LIVE_LEFT | 1U << OVF_LIVE_CORRECTED |
              1U << OVF_LIVE_RETRACTED | 1U << OVF_WATCH_SERIES;
    return ovf_question_take_names("--events", text, event_name, OVF_WATCH_SERIES + 1, events, err);
}

static enum ovf_status take_limits(struct watch *w, struct ovf_error *err)
{
    const struct ovf_watch_request *r = w->request;
    double memory_mb = default_memory_mb;
    double max_aircraft = default_max_aircraft;
    double stall_s = default_stall_s;
    double poll_s = default_poll_s;
    enum ovf_status st =
        ovf_question_take_number("--memory", r->memory_mb, 1, 1 << 20, &memory_mb, err);
    if (st == OVF_OK)
        st =
            ovf_question_take_number("--max-aircraft", r->max_aircraft, 1, 1e7, &max_aircraft, err);
    if (st == OVF_OK)
        st = ovf_question_take_number("--stall", r->stall_s, 0.1, 86400, &stall_s, err);
    if (st == OVF_OK)
        st = ovf_question_take_number("--poll", r->poll_s, 0.1, 86400, &poll_s, err);
    if (st == OVF_OK)
        st = ovf_question_take_number("--delay", r->delay_s, 0, 86400, &w->delay_s, err);
    if (st == OVF_OK && r->delay_s != NULL && r->notify != NULL)
        st = ovf_error_set(err, OVF_E_RANGE,
                           "--delay is of what is printed; channels have delay_s of their own");
    w->config.max_bytes = (size_t)(memory_mb * (1 << 20));
    w->config.max_aircraft = (size_t)max_aircraft;
    w->inlets.stall_ms = (int64_t)(stall_s * 1000);
    w->inlets.poll_ms = (int64_t)(poll_s * 1000);
    w->inlets.pipes_are_live = r->is_live;
    if (st == OVF_OK)
        st = ovf_question_take_time("--now", r->now, &w->fixed_ns, err);
    return st;
}

/* ---- sources ---- */

/** Two feeds whose times do not go together are told of. */
static void compare_clocks(struct watch *w, uint32_t address, const struct ovf_fix *fix)
{
    uint32_t other;
    int64_t by_ns;
    const uint32_t feed = fix->record.item;
    if (!ovf_feed_clocks_note(w->clocks, feed, address, fix, &other, &by_ns))
        return;
    w->sources[feed].ahead_of_other_ns = by_ns;
    w->sources[other].ahead_of_other_ns = -by_ns;
    char line[720];
    (void)snprintf(line, sizeof line, "%.300s: its times are %.1f s %s those of %.300s\n",
                   w->sources[feed].name, fabs((double)by_ns / (double)OVF_NS_PER_S),
                   by_ns < 0 ? "behind" : "ahead of", w->sources[other].name);
    say(w, line);
}

static enum ovf_status take_fix(void *context, uint32_t address, const struct ovf_fix *fix,
                                const struct ovf_identity *identity)
{
    struct watch *w = context;
    const bool is_hearing = ovf_fix_is_hearing(fix);
    if (w->clocks != NULL && !is_hearing)
        compare_clocks(w, address, fix);
    if (w->is_live && fix->t_ns > w->now_ns + ahead_ns) {
        w->n_ahead++;
        return OVF_OK;
    }
    if (identity != NULL) {
        const enum ovf_status st = ovf_identities_note(&w->identities, address, identity);
        if (st != OVF_OK)
            return st;
    }
    enum ovf_status st = ovf_live_push(w->live, address, fix);
    const int64_t stream_ns = ovf_live_time(w->live);
    if (st == OVF_OK && w->alerts.series != NULL && !is_hearing)
        st = ovf_watch_series_hear(w->alerts.series, address, fix->at, fix->t_ns, stream_ns);
    return st == OVF_OK && w->alerts.series != NULL
               ? ovf_watch_series_advance(w->alerts.series, stream_ns, false)
               : st;
}

static enum ovf_status open_sources(struct watch *w, struct ovf_error *err)
{
    const struct ovf_watch_listener *const listener = w->request->listener;
    const bool is_public = listener != NULL && listener->is_public;
    const size_t n = w->request->scan.n_paths;
    if (n > OVF_LIVE_MAX_SOURCES - 1)
        return ovf_error_set(err, OVF_E_RANGE, "more than %d sources", OVF_LIVE_MAX_SOURCES - 1);
    w->sources = calloc(n, sizeof *w->sources);
    w->members = calloc(n, sizeof *w->members);
    w->waits = calloc(n + 1, sizeof *w->waits); /* and signals */
    if (w->sources == NULL || w->members == NULL || w->waits == NULL)
        return OVF_E_NOMEM;
    w->shared =
        (struct ovf_watch_sources){&w->inlets, &w->asked->question.read, take_fix, w, w->talk};
    enum ovf_status st = ovf_web_new(&w->web);
    if (st == OVF_OK && n > 1)
        st = ovf_feed_clocks_new(n, &w->clocks);
    w->inlets.web = w->web;
    w->inlets.frames_are_dated = w->asked->question.read.clock.kind != OVF_CLOCK_NONE;
    for (uint32_t i = 0; i < n && st == OVF_OK; i++) {
        st = ovf_watch_source_open(w->request->scan.paths[i], i, &w->shared, &w->sources[i], err);
        if (st != OVF_OK)
            break;
        w->n_sources++;
        w->members[i] = (struct ovf_track_member){
            .name = is_public ? w->sources[i].public_name : w->sources[i].name, .is_feed = true};
        w->is_live = w->is_live || ovf_inlet_is_live(w->sources[i].inlet);
    }
    return st;
}

/** The days that the case's store knows, if it has one that answers the same. */
static enum ovf_status take_history(struct watch *w)
{
    struct ovf_error trouble = {""};
    char line[640];
    if (w->asked->store_path == NULL)
        return OVF_OK;
    const enum ovf_status st = ovf_watch_history_read(w->asked->store_path, &w->asked->question,
                                                      w->alerts.series, &trouble);
    if (st == OVF_OK || st == OVF_E_NOTFOUND || st == OVF_E_NOMEM)
        return st == OVF_E_NOTFOUND ? OVF_OK : st;
    (void)snprintf(line, sizeof line, "the days before are not known: %.600s\n", trouble.text);
    say(w, line);
    return OVF_OK;
}

/** The days that were counted are of the question that they were counted for. */
static enum ovf_status count_days(struct watch *w, const struct ovf_watch_asked *before)
{
    const struct ovf_question *const question = &w->asked->question;
    if (before != NULL && w->alerts.series != NULL &&
        strcmp(before->question.digest, question->digest) == 0) {
        ovf_watch_series_ask(w->alerts.series, question);
        return OVF_OK;
    }
    ovf_watch_series_free(w->alerts.series);
    w->alerts.series = NULL;
    if (question->watches.n == 0)
        return OVF_OK;
    const enum ovf_status st =
        ovf_watch_series_new(question, ovf_watch_alerts_series, &w->alerts, &w->alerts.series);
    return st == OVF_OK ? take_history(w) : st;
}

static void ask(struct watch *w, struct ovf_watch_asked *asked)
{
    w->asked = asked;
    w->alerts.question = &asked->question;
    w->config.engine = &asked->question.config;
    w->shared.read = &asked->question.read;
}

/** Has the case, lists and files read anew; where they are not good any more the question stays. */
static enum ovf_status reload(struct watch *w)
{
    struct ovf_watch_asked *const before = w->asked;
    struct ovf_watch_asked *asked = NULL;
    struct ovf_error trouble = {""};
    char line[640];
    const struct ovf_watch_listener *const listener = w->request->listener;
    if (listener != NULL && listener->reload != NULL)
        listener->reload(listener->context);
    if (ovf_watch_asked_make(&w->request->scan, &asked, &trouble) != OVF_OK) {
        (void)snprintf(line, sizeof line, "not read anew: %s\n", trouble.text);
        say(w, line);
        return OVF_OK;
    }
    ovf_question_inherit_receivers(&asked->question, &before->question);
    ask(w, asked);
    enum ovf_status st = ovf_live_ask_anew(w->live);
    if (st == OVF_OK)
        st = count_days(w, before);
    ovf_watch_asked_free(before);
    say(w, "read anew\n");
    return st;
}

static enum ovf_status make_live(struct watch *w)
{
    ask(w, w->asked);
    w->alerts.members = w->members;
    w->alerts.n_members = w->n_sources;
    w->alerts.identities = &w->identities;
    w->alerts.listener = w->request->listener;
    w->alerts.base = w->request->tar1090 != NULL ? w->request->tar1090 : OVF_ALERT_NO_BASE;
    w->config.reorder_ns = reorder_ns;
    w->config.reach_ns = reach_ns;
    w->config.sources = w->request->scan.paths;
    w->config.n_sources = w->n_sources;
    w->config.teller = ovf_watch_alerts_teller(&w->alerts);
    w->config.speed = ovf_watch_alerts_speed;
    const enum ovf_status st = count_days(w, NULL);
    return st == OVF_OK ? ovf_live_new(&w->config, &w->live) : st;
}

/* ---- channels ---- */

static enum ovf_status open_notify(struct watch *w, struct ovf_error *err)
{
    if (w->request->delay_s != NULL) {
        w->alerts.is_later = true;
        return ovf_notify_open_later(w->delay_s, w->alerts.out, w->talk, &w->alerts.notify, err);
    }
    if (w->request->notify == NULL)
        return OVF_OK;
    return ovf_notify_open(w->request->notify, w->alerts.out, w->talk, &w->alerts.notify, err);
}

/** What waits has a while; how much was not told is told. */
static void close_notify(struct watch *w)
{
    struct ovf_notify_counts counts;
    char line[160];
    if (w->alerts.notify == NULL)
        return;
    (void)ovf_notify_flush(w->alerts.notify, notify_wait_ms);
    ovf_notify_count(w->alerts.notify, &counts);
    (void)snprintf(line, sizeof line,
                   "%s: %" PRIu64 " sent, %" PRIu64 " failed, %" PRIu64 " dropped\n",
                   w->alerts.is_later ? "delayed alerts" : "channels", counts.n_sent,
                   counts.n_failed, counts.n_dropped + counts.n_waiting);
    say(w, line);
    ovf_notify_free(w->alerts.notify);
}

enum ovf_scan_outcome ovf_watch_test_notify(const char *path, const struct ovf_sink *out,
                                            const struct ovf_sink *talk, struct ovf_error *err)
{
    struct ovf_notify *notify = NULL;
    if (ovf_notify_open(path, out, talk, &notify, err) != OVF_OK)
        return OVF_SCAN_FAILED;
    const bool told = ovf_notify_test(notify, notify_wait_ms);
    ovf_notify_free(notify);
    if (!told)
        (void)ovf_error_set(err, OVF_E_IO, "not every channel delivered the test");
    return told ? OVF_SCAN_DONE : OVF_SCAN_FAILED;
}

/* ---- metrics ---- */

static enum ovf_status open_metrics(struct watch *w, struct ovf_error *err)
{
    unsigned port;
    char line[80];
    if (w->request->metrics == NULL)
        return OVF_OK;
    const enum ovf_status st =
        ovf_metrics_open(w->request->metrics, w->talk, &port, &w->metrics, err);
    if (st != OVF_OK) {
        ovf_error_prefix(err, "--metrics");
        return st;
    }
    (void)snprintf(line, sizeof line, "metrics at port %u\n", port);
    say(w, line);
    return OVF_OK;
}

/** Once a second. */
static enum ovf_status publish_metrics(struct watch *w, int64_t now_ms)
{
    if (w->metrics == NULL || now_ms - w->published_ms < 1000)
        return OVF_OK;
    w->published_ms = now_ms;
    w->metrics_text.len = 0;
    const enum ovf_status st =
        ovf_watch_metrics(w->live, w->sources, w->n_sources, w->n_ahead,
                          ovf_metrics_n_put_off(w->metrics), &w->metrics_text);
    return st == OVF_OK
               ? ovf_metrics_publish(w->metrics, ovf_buffer_bytes(&w->metrics_text), now_ms)
               : st;
}

/* ---- the listener ---- */

/** Once a second. */
static enum ovf_status show_live(struct watch *w, int64_t now_ms)
{
    const struct ovf_watch_listener *const listener = w->request->listener;
    if (listener == NULL || now_ms - w->shown_ms < 1000)
        return OVF_OK;
    const struct ovf_watch_live live = {.live = w->live,
                                        .config = &w->asked->question.config,
                                        .identities = &w->identities,
                                        .sources = w->sources,
                                        .n_sources = w->n_sources,
                                        .now_ns = w->now_ns,
                                        .is_live = w->is_live,
                                        .is_public = listener->is_public,
                                        .n_ladd = w->alerts.n_ladd,
                                        .n_pia = w->alerts.n_pia};
    w->shown_ms = now_ms;
    w->live_text.len = 0;
    const enum ovf_status st = ovf_watch_live_write(&live, &w->live_text);
    return st == OVF_OK ? listener->live(listener->context, ovf_buffer_bytes(&w->live_text)) : st;
}

/* ---- the loop ---- */

/** Looks at the clock. Where it was set, what came before does not go with what comes. */
static enum ovf_status tell_time(struct watch *w)
{
    struct timespec t;
    int64_t step_ns;
    char line[160];
    if (w->request->now != NULL) {
        w->now_ns = w->fixed_ns;
        return OVF_OK;
    }
    (void)clock_gettime(CLOCK_REALTIME, &t);
    w->now_ns = ovf_wall_clock_read(&w->clock, (int64_t)t.tv_sec * OVF_NS_PER_S + t.tv_nsec,
                                    ovf_running_ns(), &step_ns);
    if (step_ns == 0 || !w->is_live)
        return OVF_OK;
    (void)snprintf(line, sizeof line,
                   "the clock was set by %" PRId64
                   " s: what was followed is settled, and begins anew\n",
                   step_ns / OVF_NS_PER_S);
    say(w, line);
    return ovf_live_finish(w->live);
}

/** Files are read one after the other, so that the first comes first; all else as it comes. */
static bool is_waited_for(const struct watch *w, size_t i)
{
    if (w->sources[i].is_ended)
        return false;
    for (size_t k = 0; k < i && ovf_inlet_is_file(w->sources[i].inlet); k++) {
        if (!w->sources[k].is_ended && ovf_inlet_is_file(w->sources[k].inlet))
            return false;
    }
    return true;
}

static enum ovf_status await(struct watch *w, int signals, struct ovf_error *err)
{
    const int64_t now_ms = ovf_running_ns() / OVF_NS_PER_MS;
    int64_t until_ms = now_ms + 1000; /* a silent feed has its time told, too */
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < w->n_sources && st == OVF_OK; i++) {
        int64_t source_ms = INT64_MAX;
        w->waits[i] = (struct pollfd){.fd = -1};
        if (is_waited_for(w, i))
            st = ovf_inlet_prepare(w->sources[i].inlet, now_ms, &w->waits[i], &source_ms);
        until_ms = source_ms < until_ms ? source_ms : until_ms;
    }
    w->waits[w->n_sources] = (struct pollfd){.fd = signals, .events = POLLIN};
    if (st != OVF_OK)
        return st;
    return ovf_web_wait(w->web, w->waits, w->n_sources + 1,
                        until_ms > now_ms ? (int)(until_ms - now_ms) : 0, err);
}

static enum ovf_status step_sources(struct watch *w, bool *any, struct ovf_error *err)
{
    enum ovf_status st = tell_time(w);
    *any = false;
    for (size_t i = 0; i < w->n_sources && st == OVF_OK; i++) {
        if (is_waited_for(w, i))
            st = ovf_watch_source_step(&w->sources[i], w->waits[i].revents,
                                       ovf_running_ns() / OVF_NS_PER_MS, w->now_ns, err);
        *any = *any || !w->sources[i].is_ended;
    }
    const int64_t least_ns = w->now_ns - behind_ns;
    if (st == OVF_OK && w->is_live && ovf_live_time(w->live) > least_ns - far_behind_ns)
        st = ovf_live_advance(w->live, least_ns);
    if (st == OVF_OK && w->alerts.series != NULL)
        st = ovf_watch_series_advance(w->alerts.series, ovf_live_time(w->live), false);
    return st;
}

/** Nothing comes any more. */
static enum ovf_status settle(struct watch *w)
{
    const int64_t last_ns = ovf_live_time(w->live);
    const enum ovf_status st = ovf_live_finish(w->live);
    return st == OVF_OK && w->alerts.series != NULL
               ? ovf_watch_series_advance(w->alerts.series, last_ns, true)
               : st;
}

/** Takes what has come, and settles all when nothing comes any more. */
static enum ovf_status step(struct watch *w, bool *any, struct ovf_error *err)
{
    const bool was_any = *any;
    enum ovf_status st = step_sources(w, any, err);
    if (st == OVF_OK && was_any && !*any)
        st = settle(w);
    if (st == OVF_OK)
        st = publish_metrics(w, ovf_running_ns() / OVF_NS_PER_MS);
    return st == OVF_OK ? show_live(w, ovf_running_ns() / OVF_NS_PER_MS) : st;
}

static enum ovf_status run(struct watch *w, struct ovf_error *err)
{
    int signals;
    bool any = true;
    enum ovf_status st = ovf_signals_catch(&signals, err);
    while (st == OVF_OK && (any || w->request->stays)) {
        st = await(w, signals, err);
        const unsigned caught = ovf_signals_take();
        if (st != OVF_OK || (caught & OVF_SIGNAL_STOP) != 0)
            break;
        if ((caught & OVF_SIGNAL_RELOAD) != 0)
            st = reload(w);
        if (st == OVF_OK)
            st = step(w, &any, err);
    }
    if (st == OVF_OK && any)
        st = settle(w);
    ovf_signals_release();
    return st;
}

/* ---- the account ---- */

static void tell_source(const struct watch *w, const struct ovf_watch_source *source)
{
    const struct ovf_feed_counts counts = ovf_watch_source_counts(source);
    char line[640];
    (void)snprintf(line, sizeof line,
                   "%.300s: %" PRIu64 " bytes, %" PRIu64 " reports used, %" PRIu64
                   " rejected, %" PRIu64 " bytes of noise\n",
                   source->name, counts.n_bytes, counts.n_used, counts.n_rejected,
                   counts.n_noise_bytes);
    say(w, line);
}

static void tell_account(const struct watch *w)
{
    const struct ovf_live_counts *c = ovf_live_counts(w->live);
    char line[512];
    for (size_t i = 0; i < w->n_sources; i++)
        tell_source(w, &w->sources[i]);
    (void)snprintf(line, sizeof line,
                   "%" PRIu64 " fixes: %" PRIu64 " came late, %" PRIu64 " too late, %" PRIu64
                   " from the future; %" PRIu64 " thinned out and %" PRIu64
                   " aircraft given up for want of room\n",
                   c->n_fixes, c->n_late, c->n_too_late, w->n_ahead, c->n_thinned, c->n_evicted);
    say(w, line);
    (void)snprintf(line, sizeof line,
                   "%" PRIu64 " entered, %" PRIu64 " left, %" PRIu64 " corrected, %" PRIu64
                   " retracted\n",
                   c->n_events[OVF_LIVE_ENTERED], c->n_events[OVF_LIVE_LEFT],
                   c->n_events[OVF_LIVE_CORRECTED], c->n_events[OVF_LIVE_RETRACTED]);
    say(w, line);
}

static enum ovf_scan_outcome outcome_of(enum ovf_status st, bool is_running)
{
    if (st == OVF_OK)
        return OVF_SCAN_DONE;
    if (!is_running && st == OVF_E_RANGE)
        return OVF_SCAN_BAD_REQUEST;
    return !is_running && (st == OVF_E_NOTFOUND || st == OVF_E_FORMAT) ? OVF_SCAN_NO_INPUT
                                                                       : OVF_SCAN_FAILED;
}

enum ovf_scan_outcome ovf_watch(const struct ovf_watch_request *request, const struct ovf_sink *out,
                                const struct ovf_sink *talk, struct ovf_error *err)
{
    struct watch w = {.request = request, .talk = talk};
    bool is_running = false;
    enum ovf_status st = take_limits(&w, err);
    w.alerts.out = out;
    if (st == OVF_OK)
        st = take_events(request->events, &w.alerts.events, err);
    if (st == OVF_OK)
        st = ovf_watch_asked_make(&request->scan, &w.asked, err);
    if (st == OVF_OK)
        st = open_sources(&w, err);
    if (st == OVF_OK)
        st = make_live(&w);
    if (st == OVF_OK)
        st = open_notify(&w, err);
    if (st == OVF_OK)
        st = open_metrics(&w, err);
    if (st == OVF_OK) {
        is_running = true;
        st = run(&w, err);
        tell_account(&w);
    }
    close_notify(&w);
    ovf_metrics_close(w.metrics);
    ovf_buffer_deinit(&w.metrics_text);
    ovf_buffer_deinit(&w.live_text);
    for (size_t i = 0; i < w.n_sources; i++)
        ovf_watch_source_close(&w.sources[i]);
    ovf_live_free(w.live);
    ovf_web_free(w.web);
    ovf_watch_asked_free(w.asked);
    ovf_watch_alerts_deinit(&w.alerts);
    ovf_watch_series_free(w.alerts.series);
    ovf_identities_deinit(&w.identities);
    ovf_feed_clocks_free(w.clocks);
    free(w.sources);
    free(w.members);
    free(w.waits);
    return outcome_of(st, is_running);
}
