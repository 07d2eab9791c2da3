/* SPDX-License-Identifier: Apache-2.0 */
/* The scan: list, plan, then one track after the other, in as many threads as asked for; at the end
 * the lines in order and the account of what was read. */
#include "run/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"
#include "question/of_case.h"
#include "question/words.h"
#include "report/finding_table.h"
#include "run/compare.h"
#include "run/disturbed_cells.h"
#include "run/judge.h"
#include "run/plan.h"
#include "run/scan_state.h"

/* Lines held before a sorted run is written. */
enum { SORTER_BYTES = 8 << 20, DOUBTS_BYTES = 4 << 20 };

void ovf_scan_await_turn(struct ovf_scan_worker *w)
{
    struct ovf_scan_run *scan = w->scan;
    (void)pthread_mutex_lock(&scan->lock);
    while (scan->turn != w->group)
        (void)pthread_cond_wait(&scan->turned, &scan->lock);
    (void)pthread_mutex_unlock(&scan->lock);
}

static void end_turn(struct ovf_scan_worker *w)
{
    if (w->scan->store == NULL)
        return; /* printed lines are sorted anyway */
    ovf_scan_await_turn(w);
    (void)pthread_mutex_lock(&w->scan->lock);
    w->scan->turn++;
    (void)pthread_cond_broadcast(&w->scan->turned);
    (void)pthread_mutex_unlock(&w->scan->lock);
}

/** The next of \p n pieces of work, or false: all are taken, or a thread failed. */
static bool take(struct ovf_scan_run *scan, size_t *next, size_t n, size_t *taken)
{
    (void)pthread_mutex_lock(&scan->lock);
    const bool more = scan->status == OVF_OK && *next < n;
    if (more)
        *taken = (*next)++;
    (void)pthread_mutex_unlock(&scan->lock);
    return more;
}

static void note_failure(struct ovf_scan_run *scan, enum ovf_status status,
                         const struct ovf_error *error)
{
    (void)pthread_mutex_lock(&scan->lock);
    if (scan->status == OVF_OK) {
        scan->status = status;
        scan->error = *error;
    }
    (void)pthread_mutex_unlock(&scan->lock);
}

/** Inputs are read through beside the first tracks: it takes one thread as long as a tenth of these. */
static void hash_inputs(struct ovf_scan_worker *w)
{
    struct ovf_scan_run *scan = w->scan;
    const size_t n = scan->account->wants_digests ? scan->account->n_inputs : 0;
    size_t input;
    while (take(scan, &scan->next_input, n, &input)) {
        const enum ovf_status st = ovf_catalog_hash(scan->catalog, input, &w->error);
        if (st != OVF_OK)
            note_failure(scan, st, &w->error);
    }
}

static void *work(void *context)
{
    struct ovf_scan_worker *w = context;
    const size_t n = w->scan->plan->n_groups;
    hash_inputs(w);
    while (take(w->scan, &w->scan->next_group, n, &w->group)) {
        const enum ovf_status st = ovf_scan_group(w, &w->scan->plan->groups[w->group]);
        if (st != OVF_OK)
            note_failure(w->scan, st, &w->error);
        end_turn(w);
        ovf_progress_show(w->scan->progress, w->group + 1, n);
    }
    enum ovf_status st = ovf_counter_finish(w->gather.counter, &w->error);
    if (st == OVF_OK && w->scan->gaps != NULL)
        st = ovf_heard_spool_finish(ovf_gaps_heard(w->scan->gaps), &w->heard_records, &w->error);
    (void)pthread_mutex_lock(&w->scan->lock);
    if (st == OVF_OK)
        st = ovf_input_clocks_add(&w->scan->clocks, &w->clocks);
    (void)pthread_mutex_unlock(&w->scan->lock);
    if (st != OVF_OK)
        note_failure(w->scan, st, &w->error);
    return NULL;
}

static enum ovf_status worker_init(struct ovf_scan_worker *w, struct ovf_scan_run *scan)
{
    *w = (struct ovf_scan_worker){.scan = scan, .report = scan->report};
    enum ovf_status st =
        ovf_gather_init(&w->gather, scan->catalog, scan->plan, scan->account, scan->counts);
    if (st == OVF_OK)
        st = ovf_sha256_new(&w->report.hash);
    return st == OVF_OK ? ovf_engine_new(&scan->question->config, &w->engine) : st;
}

static void worker_deinit(struct ovf_scan_worker *w)
{
    ovf_gather_deinit(&w->gather, w->scan->account);
    ovf_found_add(&w->scan->found, &w->found);
    ovf_engine_free(w->engine);
    ovf_sha256_free(w->report.hash);
    ovf_lines_deinit(&w->lines);
    ovf_buffer_deinit(&w->text);
    for (size_t i = 0; i < w->heard_capacity; i++)
        ovf_heard_deinit(&w->heard[i]);
    free(w->heard);
    ovf_buffer_deinit(&w->heard_records);
    ovf_jumps_deinit(&w->jumps);
    ovf_altitude_changes_deinit(&w->altitude_changes);
    ovf_past_flight_deinit(&w->past);
    ovf_input_clocks_deinit(&w->clocks);
}

static enum ovf_status run_workers(struct ovf_scan_run *scan)
{
    const size_t n = scan->question->n_jobs;
    struct ovf_scan_worker *workers = calloc(n, sizeof *workers);
    size_t n_started = 0;
    if (workers == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = worker_init(&workers[i], scan);
    scan->progress = ovf_progress_new("scanning");
    for (size_t i = 1; i < n && st == OVF_OK; i++) {
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            break; /* fewer threads do the same work */
        n_started = i;
    }
    if (st == OVF_OK)
        (void)work(&workers[0]);
    for (size_t i = 1; i <= n_started; i++)
        (void)pthread_join(workers[i].thread, NULL);
    ovf_progress_free(scan->progress);
    for (size_t i = 0; i < n; i++) {
        if (workers[i].scan != NULL)
            worker_deinit(&workers[i]);
    }
    free(workers);
    return st != OVF_OK ? st : scan->status;
}

/** Crossings on their way out. */
struct printing {
    const struct ovf_sink *out;
    struct ovf_bytes separator;
    bool is_first;
};

static enum ovf_status write_line(void *context, struct ovf_bytes line)
{
    struct printing *printing = context;
    enum ovf_status st = OVF_OK;
    if (!printing->is_first)
        st = ovf_sink_write(printing->out, printing->separator.data, printing->separator.len);
    printing->is_first = false;
    return st == OVF_OK ? ovf_sink_write(printing->out, line.data, line.len) : st;
}

static enum ovf_status print_all(struct ovf_scan_run *scan, const struct ovf_sink *out,
                                 struct ovf_error *err)
{
    const enum ovf_format format = scan->question->format;
    struct printing printing = {
        .out = out,
        .separator = ovf_bytes_from_text(ovf_report_separator(format)),
        .is_first = true,
    };
    struct ovf_buffer text = {0};
    enum ovf_status st = scan->question->compares ? ovf_compare_header(scan->question, &text)
                                                  : ovf_report_header(format, &scan->report, &text);
    if (st == OVF_OK)
        st = ovf_sink_write(out, text.data, text.len);
    if (st == OVF_OK)
        st = ovf_sorter_finish(scan->sorter, write_line, &printing, err);
    if (st == OVF_OK && scan->gaps != NULL)
        st = ovf_gaps_print(scan->gaps, ovf_scan_detectors(scan), out, err);
    if (st == OVF_OK && scan->nearby != NULL)
        st = ovf_nearby_print(scan->nearby, ovf_gaps_heard(scan->gaps), ovf_scan_detectors(scan),
                              out, err);
    if (st == OVF_OK && scan->doubts != NULL)
        st = ovf_sorter_finish(scan->doubts, write_line, &printing, err);
    if (st == OVF_OK && scan->sinks != NULL)
        st = ovf_sinks_print(scan->sinks, ovf_scan_detectors(scan), scan->gaps != NULL ? out : NULL,
                             &scan->found.n_sinks, err);
    if (st == OVF_OK && scan->altitudes != NULL)
        st = ovf_altitudes_print(scan->altitudes, ovf_scan_detectors(scan), out, err);
    if (st == OVF_OK && scan->shares != NULL)
        st = ovf_shares_print(scan->shares, scan->question->config.airports, out, err);
    if (st == OVF_OK && scan->gaps != NULL)
        st = ovf_disturbed_print(ovf_gaps_heard(scan->gaps), ovf_scan_detectors(scan), out, err);
    if (st == OVF_OK)
        st = ovf_summary_inputs(format, scan->catalog, scan->account, &scan->question->config.walk,
                                scan->counts, out);
    text.len = 0;
    if (st == OVF_OK)
        st = ovf_report_footer(format, &scan->report, &text);
    if (st == OVF_OK)
        st = ovf_sink_write(out, text.data, text.len);
    ovf_buffer_deinit(&text);
    return st;
}

static enum ovf_status prepare(struct ovf_scan_run *scan, struct ovf_error *err)
{
    const bool is_stored = scan->question->store_path != NULL;
    enum ovf_status st = ovf_counts_new(scan->catalog, scan->account, is_stored, &scan->counts);
    if (st == OVF_OK && !is_stored && !scan->question->compares &&
        scan->question->format == OVF_FORMAT_NDJSON)
        st = ovf_gaps_new(&scan->gaps);
    if (st == OVF_OK && scan->gaps != NULL)
        st = ovf_nearby_new(&scan->nearby);
    if (st == OVF_OK && scan->gaps != NULL)
        st = ovf_sorter_new(DOUBTS_BYTES, &scan->doubts);
    if (st == OVF_OK && scan->gaps != NULL)
        st = ovf_altitudes_new(&scan->altitudes);
    if (st == OVF_OK && scan->gaps != NULL && scan->question->config.wants_possible)
        st = ovf_shares_new(&scan->shares);
    if (st == OVF_OK && !is_stored && !scan->question->compares)
        st = ovf_sinks_new(&scan->sinks);
    if (st != OVF_OK)
        return st;
    scan->report = (struct ovf_report){
        .config = &scan->question->config,
        .routes = scan->question->routes,
        .operators = scan->question->operators,
        .thresholds = ovf_buffer_bytes(&scan->question->detect_words),
        .watches = scan->question->watches.n > 0 ? &scan->question->watches : NULL};
    if (is_stored)
        return ovf_store_writer_open(scan->question, &scan->report, &scan->store, err);
    return ovf_sorter_new(SORTER_BYTES, &scan->sorter);
}

static bool is_usable(const struct ovf_account *account)
{
    uint64_t n_used = 0;
    for (size_t i = 0; i < account->n_inputs; i++)
        n_used += account->inputs[i].rows.n_used;
    return n_used > 0;
}

/** What the store holds, against what the case says. */
static enum ovf_status judge(struct ovf_scan_run *scan, const struct ovf_sink *sink,
                             struct ovf_error *err)
{
    struct ovf_judgement judgement = {.now_ns = scan->now_ns};
    enum ovf_status st =
        ovf_judge(scan->open, scan->question, scan->library_path, scan->now_ns, &judgement, err);
    if (st == OVF_OK)
        st = ovf_judgement_print(&judgement, scan->question->format, sink);
    for (size_t i = 0; i < judgement.findings.n; i++)
        scan->asks_for_look |= ovf_report_asks_for_look(&judgement.findings.items[i]);
    ovf_judgement_deinit(&judgement);
    return st;
}

/** All that was found goes into the store; a case is judged by what is in it then. */
static enum ovf_status finish_store(struct ovf_scan_run *scan, const struct ovf_sink *sink,
                                    struct ovf_error *err)
{
    if (!is_usable(scan->account))
        return OVF_OK;
    const enum ovf_status st =
        ovf_store_writer_finish(scan->store, scan->catalog, scan->account, scan->counts, err);
    if (st != OVF_OK || scan->open == NULL)
        return st;
    ovf_store_writer_free(scan->store);
    scan->store = NULL;
    return judge(scan, sink, err);
}

/** With inputs, question and plan made: the work itself. */
static enum ovf_status scan_plan(struct ovf_scan_run *scan, const struct ovf_scan_output *out,
                                 const struct ovf_sink *sink, const struct ovf_sink *talk,
                                 struct ovf_error *err)
{
    if (pthread_mutex_init(&scan->lock, NULL) != 0)
        return OVF_E_NOMEM;
    if (pthread_cond_init(&scan->turned, NULL) != 0) {
        (void)pthread_mutex_destroy(&scan->lock);
        return OVF_E_NOMEM;
    }
    enum ovf_status st = prepare(scan, err);
    if (st == OVF_OK) {
        st = run_workers(scan);
        if (st != OVF_OK)
            *err = scan->error;
    }
    if (st == OVF_OK)
        st = ovf_account_settle(scan->catalog, scan->account);
    if (st == OVF_OK)
        st = ovf_counts_settle(scan->counts, scan->account);
    if (st == OVF_OK && scan->store == NULL)
        st = print_all(scan, sink, err);
    else if (st == OVF_OK)
        st = finish_store(scan, sink, err);
    if (st == OVF_OK)
        st = out->finish(out->context, is_usable(scan->account), err);
    if (st == OVF_OK)
        st = ovf_summary_talk(scan->question, scan->catalog, scan->account, scan->counts,
                              &scan->found, talk);
    if (st == OVF_OK)
        st = ovf_summary_clocks(scan->catalog, &scan->clocks, talk);
    ovf_counts_free(scan->counts);
    ovf_sorter_free(scan->sorter);
    ovf_gaps_free(scan->gaps);
    ovf_nearby_free(scan->nearby);
    ovf_sorter_free(scan->doubts);
    ovf_sinks_free(scan->sinks);
    ovf_shares_free(scan->shares);
    ovf_altitudes_free(scan->altitudes);
    ovf_input_clocks_deinit(&scan->clocks);
    ovf_store_writer_free(scan->store);
    (void)pthread_cond_destroy(&scan->turned);
    (void)pthread_mutex_destroy(&scan->lock);
    return st;
}

/** OVF_E_RANGE when the results would take the place of what they are made from. */
static enum ovf_status check_output(const struct ovf_scan_output *out, const char *path,
                                    struct ovf_error *err)
{
    if (path == NULL || out->is_file == NULL || !out->is_file(out->context, path))
        return OVF_OK;
    return ovf_error_set(err, OVF_E_RANGE, "the output would replace what is read: %s", path);
}

static enum ovf_status check_named(const struct ovf_question_request *request,
                                   const struct ovf_scan_output *out, struct ovf_error *err)
{
    const char *const others[] = {request->pack_path, request->aircraft_list,
                                  request->register_path, request->geoid_path, request->case_path};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < request->n_paths && st == OVF_OK; i++)
        st = check_output(out, request->paths[i], err);
    for (size_t i = 0; i < sizeof others / sizeof *others && st == OVF_OK; i++)
        st = check_output(out, others[i], err);
    return st;
}

/** The same of files in folders. */
static enum ovf_status check_members(const struct ovf_catalog *catalog,
                                     const struct ovf_scan_output *out, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < ovf_catalog_n_items(catalog) && st == OVF_OK; i++) {
        const struct ovf_item *item = ovf_catalog_item(catalog, i);
        if (!ovf_catalog_input(catalog, item->input)->is_archive)
            st = check_output(out, item->name, err);
    }
    return st;
}

/** Inputs are named by their digests, or there may be copies of one among them. */
static bool wants_digests(const struct ovf_question *question, const struct ovf_catalog *catalog)
{
    return question->store_path != NULL || ovf_report_tells_inputs(question->format) ||
           ovf_catalog_n_inputs(catalog) > 1;
}

/** A question, and where its answers go. */
struct scanning {
    const struct ovf_question_request *request;
    const struct ovf_question *question;
    struct ovf_open_case *open; /* NULL: none was named */
    int64_t now_ns;
    const struct ovf_scan_output *out;
    const struct ovf_sink *sink;
    const struct ovf_sink *talk;
};

static enum ovf_scan_outcome done(const struct ovf_scan_run *scan)
{
    return scan->asks_for_look ? OVF_SCAN_FOUND : OVF_SCAN_DONE;
}

static enum ovf_scan_outcome scan_inputs(const struct scanning *s, struct ovf_error *err)
{
    const struct ovf_question_request *const request = s->request;
    struct ovf_catalog *catalog = NULL;
    struct ovf_account account = {0};
    struct ovf_plan plan = {0};
    enum ovf_scan_outcome outcome = OVF_SCAN_FAILED;
    enum ovf_status st = ovf_catalog_new(request->paths, request->n_paths, &catalog, err);
    if (st == OVF_E_NOTFOUND || st == OVF_E_FORMAT)
        return OVF_SCAN_NO_INPUT;
    if (st == OVF_OK) {
        st = check_members(catalog, s->out, err);
        outcome = st == OVF_OK ? OVF_SCAN_FAILED : OVF_SCAN_BAD_REQUEST;
    }
    if (st == OVF_OK)
        st = ovf_account_new(catalog, wants_digests(s->question, catalog), &account);
    if (st == OVF_OK)
        st = ovf_plan_make(catalog, &s->question->read, &account, &plan, err);
    if (st == OVF_OK) {
        *err = (struct ovf_error){""}; /* of a member that was rejected and counted */
        struct ovf_scan_run scan = {.question = s->question,
                                    .open = s->question->store_path != NULL ? s->open : NULL,
                                    .library_path = request->library_path,
                                    .now_ns = s->now_ns,
                                    .catalog = catalog,
                                    .plan = &plan,
                                    .account = &account};
        st = scan_plan(&scan, s->out, s->sink, s->talk, err);
        if (st == OVF_OK)
            outcome = is_usable(&account) ? done(&scan) : OVF_SCAN_NO_INPUT;
        if (outcome == OVF_SCAN_NO_INPUT)
            (void)ovf_error_set(err, OVF_E_NOTFOUND, "nothing usable in the inputs");
    }
    if (st == OVF_E_NOMEM)
        (void)ovf_error_set(err, st, "out of memory");
    ovf_plan_deinit(&plan);
    ovf_account_deinit(&account);
    ovf_catalog_free(catalog);
    return outcome;
}

/** A case without inputs: what its store holds is judged again. */
static enum ovf_scan_outcome judge_store(const struct scanning *s, struct ovf_error *err)
{
    if (s->open == NULL || s->question->store_path == NULL) {
        (void)ovf_error_set(err, OVF_E_RANGE, "an INPUT is due, or a case with a store");
        return OVF_SCAN_BAD_REQUEST;
    }
    if (access(s->question->store_path, F_OK) != 0) {
        (void)ovf_error_set(err, OVF_E_NOTFOUND, "%s: no such store, and the case names no inputs",
                            s->question->store_path);
        return OVF_SCAN_NO_INPUT;
    }
    struct ovf_scan_run scan = {.question = s->question,
                                .open = s->open,
                                .library_path = s->request->library_path,
                                .now_ns = s->now_ns};
    enum ovf_status st = judge(&scan, s->sink, err);
    if (st == OVF_OK)
        st = s->out->finish(s->out->context, true, err);
    return st == OVF_OK ? done(&scan) : OVF_SCAN_FAILED;
}

/** The time that \p text says; the clock's without one. */
static enum ovf_status take_now(const char *text, int64_t *now_ns, struct ovf_error *err)
{
    struct timespec now = {0};
    if (clock_gettime(CLOCK_REALTIME, &now) == 0)
        *now_ns = (int64_t)now.tv_sec * OVF_NS_PER_S + now.tv_nsec;
    return ovf_question_take_time("--now", text, now_ns, err);
}

/** With the case opened, or without one. */
static enum ovf_scan_outcome scan_request(const struct ovf_question_request *request,
                                          struct ovf_open_case *open,
                                          const struct ovf_scan_output *out,
                                          const struct ovf_sink *talk, struct ovf_error *err)
{
    struct ovf_question question = {0};
    struct ovf_sink sink;
    enum ovf_scan_outcome outcome = OVF_SCAN_FAILED;
    struct scanning s = {request, &question, open, 0, out, &sink, talk};
    enum ovf_status st = take_now(request->now, &s.now_ns, err);
    if (st == OVF_OK)
        st = ovf_question_make(request, open, &question, err);
    question.config.is_nameless = !ovf_question_tells_all(&question);
    if (st == OVF_OK)
        st = out->open(out->context, &sink, err);
    if (st == OVF_OK)
        st = check_named(request, out, err);
    if (st == OVF_OK)
        outcome = request->n_paths > 0 ? scan_inputs(&s, err) : judge_store(&s, err);
    else if (st == OVF_E_RANGE)
        outcome = OVF_SCAN_BAD_REQUEST;
    ovf_question_deinit(&question);
    return outcome;
}

enum ovf_scan_outcome ovf_scan(const struct ovf_question_request *request,
                               const struct ovf_scan_output *out, const struct ovf_sink *talk,
                               struct ovf_error *err)
{
    struct ovf_open_case open = {.path = NULL};
    struct ovf_question_request asked;
    enum ovf_scan_outcome outcome = OVF_SCAN_FAILED;
    if (request->case_path == NULL)
        return scan_request(request, NULL, out, talk, err);
    enum ovf_status st = ovf_open_case(request->case_path, &open, err);
    if (st == OVF_E_FORMAT || st == OVF_E_NOTFOUND || st == OVF_E_LIMIT)
        outcome = OVF_SCAN_NO_INPUT;
    if (st == OVF_OK) {
        st = ovf_case_request(&open, request, &asked, err);
        outcome = st == OVF_OK        ? scan_request(&asked, &open, out, talk, err)
                  : st == OVF_E_RANGE ? OVF_SCAN_BAD_REQUEST
                                      : OVF_SCAN_FAILED;
    }
    ovf_open_case_close(&open);
    return outcome;
}
