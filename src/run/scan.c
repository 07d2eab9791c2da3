/* SPDX-License-Identifier: Apache-2.0 */
/* The scan: list, plan, then one track after the other, in as many threads as asked for; at the end
 * the lines in order and the account of what was read. */
#include "run/scan.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "read/trace.h"
#include "run/compare.h"
#include "run/digest_set.h"
#include "run/plan.h"
#include "run/question.h"
#include "run/sorter.h"
#include "run/store_writer.h"
#include "run/summary.h"
#include "track/address.h"

/* Lines held before a sorted run is written. */
enum { SORTER_BYTES = 32 << 20 };

/** What all threads share. What changes is behind the lock, or belongs to one member. */
struct scan {
    const struct ovf_question *question;
    const struct ovf_catalog *catalog;
    const struct ovf_plan *plan;
    struct ovf_account *account;
    struct ovf_report_member *members;
    struct ovf_report report;
    struct ovf_sorter *sorter;
    struct ovf_progress *progress;
    pthread_mutex_t lock;
    size_t next_group;
    struct ovf_store_writer *store; /* NULL: results are printed */
    pthread_cond_t turned;
    size_t turn; /* the group that may put its rows: one after the other, whoever is ready first */
    enum ovf_status status; /* the first failure of any thread */
    struct ovf_error error;
    struct ovf_found found;
};

/** One thread's own. */
struct worker {
    struct scan *scan;
    pthread_t thread;
    struct ovf_account account;
    struct ovf_engine *engine;
    struct ovf_loader loader;
    struct ovf_trace trace;
    struct ovf_fixes *parts;
    size_t n_parts;
    size_t parts_capacity; /* those beyond n_parts keep their room for the next track */
    uint32_t *items;
    size_t n_items;
    size_t items_capacity;
    struct ovf_digest_set seen; /* of these members */
    size_t *noted_in;           /* by item: n_groups when it was noted last */
    size_t n_groups;            /* taken so far */
    struct ovf_identity identity;
    bool has_identity;
    const char *identity_source;
    int64_t identity_day_ns;
    bool has_identity_day;
    struct ovf_buffer line;
    struct ovf_report_line *rows; /* of the track at hand, for the store */
    size_t n_rows;
    size_t rows_capacity;
    size_t group;
    struct ovf_found found;
    struct ovf_error error;
};

/** An empty array of fixes for the track's next part. */
static struct ovf_fixes *next_part(struct worker *w)
{
    if (w->n_parts == w->parts_capacity) {
        const size_t before = w->parts_capacity;
        struct ovf_fixes *grown =
            ovf_array_reserve(w->parts, &w->parts_capacity, w->n_parts + 1, sizeof *grown);
        if (grown == NULL)
            return NULL;
        w->parts = grown;
        memset(w->parts + before, 0, (w->parts_capacity - before) * sizeof *w->parts);
    }
    w->parts[w->n_parts].n = 0;
    return &w->parts[w->n_parts++];
}

static enum ovf_status note_item(struct worker *w, uint32_t item)
{
    if (w->noted_in[item] == w->n_groups)
        return OVF_OK;
    uint32_t *grown =
        ovf_array_reserve(w->items, &w->items_capacity, w->n_items + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    w->items = grown;
    w->items[w->n_items++] = item;
    w->noted_in[item] = w->n_groups;
    return ovf_digest_set_add(&w->seen, &w->scan->members[item].digest);
}

/** Takes the trace that was read as a part of the track: its array of fixes changes hands. */
static enum ovf_status use_trace(struct worker *w, const struct ovf_item *item, uint32_t number)
{
    struct ovf_fixes *part = next_part(w);
    if (part == NULL)
        return OVF_E_NOMEM;
    const struct ovf_fixes emptied = *part;
    *part = w->trace.fixes;
    w->trace.fixes = emptied;
    ovf_account_rows(&w->account, item, number, &w->trace.rows, w->trace.first_rejected);
    ovf_account_use_trace(&w->account, item, number, w->trace.base_t_ns);
    for (size_t i = 0; i < part->n; i++)
        ovf_account_span(&w->account, item->input, part->items[i].t_ns);
    if (!w->has_identity || w->trace.base_t_ns >= w->identity_day_ns) {
        w->identity = w->trace.identity;
        w->identity_day_ns = w->trace.base_t_ns;
        w->identity_source = "trace_header";
        w->has_identity_day = true;
        w->has_identity = true;
    }
    return note_item(w, number);
}

static enum ovf_status read_trace_part(struct worker *w, const struct ovf_plan_part *part)
{
    const struct ovf_item *item = ovf_catalog_item(w->scan->catalog, part->number);
    struct ovf_digest *digest = &w->scan->members[part->number].digest;
    struct ovf_bytes bytes;
    enum ovf_reject reject;
    enum ovf_status st = ovf_catalog_load(w->scan->catalog, part->number, &w->loader, &bytes,
                                          digest, &reject, &w->error);
    if (st != OVF_OK)
        return st;
    if (reject == OVF_REJECT_N && ovf_digest_set_has(&w->seen, digest)) {
        w->account.inputs[item->input].members.n_read++;
        w->account.inputs[item->input].members.n_repeated++;
        return OVF_OK;
    }
    if (reject == OVF_REJECT_N)
        st = ovf_trace_read(bytes, part->number, &w->trace, &reject, &w->error);
    if (st != OVF_OK)
        return st;
    if (reject == OVF_REJECT_N && w->trace.address != part->key.address) {
        reject = OVF_REJECT_BAD_ADDRESS;
        (void)ovf_error_set(&w->error, OVF_E_FORMAT,
                            "the address inside is another than in its name");
    }
    if (reject != OVF_REJECT_N) {
        ovf_account_reject(&w->account, item, part->number, reject, w->error.text);
        return OVF_OK;
    }
    return use_trace(w, item, part->number);
}

static enum ovf_status read_spooled_part(struct worker *w, const struct ovf_plan_part *part)
{
    struct ovf_fixes *fixes = next_part(w);
    if (fixes == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = ovf_fix_spool_read(w->scan->plan->spool, part->number, fixes, &w->error);
    for (size_t i = 0; i < fixes->n && st == OVF_OK; i++) {
        if (i == 0 || fixes->items[i].record.item != fixes->items[i - 1].record.item)
            st = note_item(w, fixes->items[i].record.item);
    }
    const struct ovf_identity *identity =
        ovf_fix_spool_identity(w->scan->plan->spool, part->number);
    if (st == OVF_OK && !w->has_identity && identity != NULL) {
        w->identity = *identity;
        w->identity_source = "table";
        w->has_identity_day = false;
        w->has_identity = true;
    }
    return st;
}

static struct ovf_report_identity who_is(const struct worker *w, uint32_t address)
{
    const struct ovf_question *q = w->scan->question;
    const struct ovf_identity *registered =
        q->register_ != NULL ? ovf_register_find(q->register_, address) : NULL;
    if (registered != NULL)
        return (struct ovf_report_identity){registered, q->register_source, q->register_day_ns,
                                            q->has_register_day};
    if (!w->has_identity ||
        (w->identity.registration[0] == '\0' && w->identity.type_code[0] == '\0' &&
         w->identity.owner_operator[0] == '\0'))
        return (struct ovf_report_identity){.source = ""};
    return (struct ovf_report_identity){&w->identity, w->identity_source, w->identity_day_ns,
                                        w->has_identity_day};
}

static enum ovf_status print_crossing(struct worker *w, const struct ovf_report_line *line)
{
    const struct ovf_flight *flight = &line->result->flights[line->crossing->flight];
    const struct ovf_sort_key key = {.start_ns = flight->start_ns,
                                     .entry_ns = line->crossing->passage.entry.t_ns,
                                     .address = line->result->track->address};
    w->line.len = 0;
    enum ovf_status st =
        ovf_report_crossing(w->scan->question->format, &w->scan->report, line, &w->line);
    if (st == OVF_OK)
        st = ovf_sorter_add(w->scan->sorter, key, ovf_buffer_bytes(&w->line), &w->error);
    return st;
}

static enum ovf_status keep_row(struct worker *w, const struct ovf_report_line *line)
{
    struct ovf_report_line *grown =
        ovf_array_reserve(w->rows, &w->rows_capacity, w->n_rows + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    w->rows = grown;
    w->rows[w->n_rows++] = *line;
    return OVF_OK;
}

/** Waits until all groups before this one have put their rows, so that the order of rows is the same for
 * any number of threads. */
static void await_turn(struct worker *w)
{
    struct scan *scan = w->scan;
    (void)pthread_mutex_lock(&scan->lock);
    while (scan->turn != w->group)
        (void)pthread_cond_wait(&scan->turned, &scan->lock);
    (void)pthread_mutex_unlock(&scan->lock);
}

static void end_turn(struct worker *w)
{
    await_turn(w);
    (void)pthread_mutex_lock(&w->scan->lock);
    w->scan->turn++;
    (void)pthread_cond_broadcast(&w->scan->turned);
    (void)pthread_mutex_unlock(&w->scan->lock);
}

static enum ovf_status store_rows(struct worker *w)
{
    if (w->n_rows == 0)
        return OVF_OK;
    await_turn(w);
    const enum ovf_status st = ovf_store_writer_put(w->scan->store, w->rows, w->n_rows, &w->error);
    w->n_rows = 0;
    return st;
}

/** Prints pairs of crossings under two editions instead of crossings. */
static enum ovf_status compare_result(struct worker *w, const struct ovf_result *result,
                                      const char *registration)
{
    const struct ovf_question *q = w->scan->question;
    bool *met = calloc(result->n_crossings + 1, sizeof *met);
    struct ovf_compared *pairs = calloc(result->n_crossings + 1, sizeof *pairs);
    enum ovf_status st = met == NULL || pairs == NULL ? OVF_E_NOMEM : OVF_OK;
    for (size_t i = 0; i < result->n_crossings && st == OVF_OK; i++)
        met[i] = ovf_watch_match(&q->watch, q->config.airports, result, &result->crossings[i],
                                 registration)
                     .matches;
    const size_t n = st == OVF_OK ? ovf_compare_pairs(q, result, met, pairs) : 0;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const struct ovf_crossing *any = pairs[i].of[pairs[i].of[0] != NULL ? 0 : 1];
        const struct ovf_sort_key key = {.start_ns = result->flights[any->flight].start_ns,
                                         .entry_ns = any->passage.entry.t_ns,
                                         .address = result->track->address};
        w->line.len = 0;
        w->found.n_printed++;
        st = ovf_compare_line(q, result, &pairs[i], &w->line);
        if (st == OVF_OK)
            st = ovf_sorter_add(w->scan->sorter, key, ovf_buffer_bytes(&w->line), &w->error);
    }
    free(met);
    free(pairs);
    return st;
}

static enum ovf_status report_result(struct worker *w, const struct ovf_result *result,
                                     size_t first_item)
{
    const struct ovf_question *q = w->scan->question;
    struct ovf_report_line line = {.result = result,
                                   .who = who_is(w, result->track->address),
                                   .items = w->items + first_item,
                                   .n_items = w->n_items - first_item};
    const char *registration = line.who.identity != NULL ? line.who.identity->registration : "";
    ovf_question_note_aircraft(q, result->track->address, registration);
    w->found.n_aircraft += result->track->fixes.n > 0 ? 1 : 0;
    w->found.n_flights += result->n_flights;
    w->found.n_suspect += result->n_suspect;
    w->found.n_fixes += result->track->fixes.n;
    w->found.n_repeated += result->track->n_aliases + result->track->n_repeated;
    if (q->compares)
        return compare_result(w, result, registration);
    for (size_t i = 0; i < result->n_crossings; i++) {
        line.crossing = &result->crossings[i];
        line.match =
            ovf_watch_match(&q->watch, q->config.airports, result, line.crossing, registration);
        if (line.match.only_class)
            w->found.n_of_class[line.crossing->passage.class]++;
        if (line.match.only_end_unknown)
            w->found.n_end_unknown++;
        if (!line.match.matches && !(line.match.only_end_unknown && q->include_unknown))
            continue;
        w->found.n_printed++;
        const enum ovf_status st =
            w->scan->store != NULL ? keep_row(w, &line) : print_crossing(w, &line);
        if (st != OVF_OK)
            return st;
    }
    return store_rows(w);
}

/** One track: the parts [begin, end) of one key. Members that were read before for this address are not
 * read again, so w->items grows through the group; those of this track are the last. */
static enum ovf_status scan_track(struct worker *w, const struct ovf_plan_part *begin,
                                  const struct ovf_plan_part *end)
{
    const bool is_label = (begin->key.address & OVF_ADDRESS_NON_ICAO) != 0;
    const size_t first_item = w->n_items;
    char scope[17] = "";
    struct ovf_result result;
    enum ovf_status st = OVF_OK;
    w->n_parts = 0;
    w->has_identity = false;
    for (const struct ovf_plan_part *part = begin; part < end && st == OVF_OK; part++)
        st = part->is_spooled ? read_spooled_part(w, part) : read_trace_part(w, part);
    if (st != OVF_OK || w->n_parts == 0)
        return st;
    if (is_label && w->n_items > first_item)
        ovf_digest_format(&w->scan->members[w->items[first_item]].digest, 8, scope);
    st = ovf_engine_aircraft(w->engine, begin->key.address, scope, w->parts, w->n_parts, &result);
    return st == OVF_OK ? report_result(w, &result, first_item) : st;
}

static enum ovf_status scan_group(struct worker *w, const struct ovf_plan_group *group)
{
    const struct ovf_plan_part *const end = &w->scan->plan->parts[group->end];
    const struct ovf_plan_part *begin = &w->scan->plan->parts[group->begin];
    enum ovf_status st = OVF_OK;
    w->n_items = 0;
    w->n_groups++;
    ovf_digest_set_clear(&w->seen);
    while (begin < end && st == OVF_OK) {
        const struct ovf_plan_part *next = begin + 1;
        while (next < end && ovf_track_key_compare(begin->key, next->key) == 0)
            next++;
        st = scan_track(w, begin, next);
        begin = next;
    }
    return st;
}

/** The next track to scan, or false: all are taken, or a thread failed. */
static bool take_group(struct scan *scan, size_t *group)
{
    (void)pthread_mutex_lock(&scan->lock);
    const bool more = scan->status == OVF_OK && scan->next_group < scan->plan->n_groups;
    if (more)
        *group = scan->next_group++;
    (void)pthread_mutex_unlock(&scan->lock);
    return more;
}

static void note_failure(struct scan *scan, enum ovf_status status, const struct ovf_error *error)
{
    (void)pthread_mutex_lock(&scan->lock);
    if (scan->status == OVF_OK) {
        scan->status = status;
        scan->error = *error;
    }
    (void)pthread_mutex_unlock(&scan->lock);
}

static void *work(void *context)
{
    struct worker *w = context;
    size_t group;
    while (take_group(w->scan, &group)) {
        w->group = group;
        w->n_rows = 0;
        const enum ovf_status st = scan_group(w, &w->scan->plan->groups[group]);
        if (st != OVF_OK)
            note_failure(w->scan, st, &w->error);
        end_turn(w);
        ovf_progress_show(w->scan->progress, group + 1, w->scan->plan->n_groups);
    }
    return NULL;
}

static enum ovf_status worker_init(struct worker *w, struct scan *scan)
{
    *w = (struct worker){.scan = scan};
    w->noted_in = calloc(ovf_catalog_n_items(scan->catalog) + 1, sizeof *w->noted_in);
    if (w->noted_in == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = ovf_account_fork(scan->account, &w->account);
    return st == OVF_OK ? ovf_engine_new(&scan->question->config, &w->engine) : st;
}

static void worker_deinit(struct worker *w)
{
    if (w->account.inputs != NULL)
        ovf_account_join(w->scan->account, &w->account);
    ovf_found_add(&w->scan->found, &w->found);
    ovf_engine_free(w->engine);
    ovf_loader_deinit(&w->loader);
    ovf_trace_deinit(&w->trace);
    for (size_t i = 0; i < w->parts_capacity; i++)
        ovf_fixes_deinit(&w->parts[i]);
    free(w->parts);
    free(w->items);
    free(w->noted_in);
    ovf_digest_set_deinit(&w->seen);
    ovf_buffer_deinit(&w->line);
    free(w->rows);
}

static enum ovf_status run_workers(struct scan *scan)
{
    const size_t n = scan->question->n_jobs;
    struct worker *workers = calloc(n, sizeof *workers);
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

static enum ovf_status print_all(struct scan *scan, const struct ovf_sink *out,
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
    if (st == OVF_OK)
        st = ovf_summary_inputs(format, scan->catalog, scan->account, out);
    text.len = 0;
    if (st == OVF_OK)
        st = ovf_report_footer(format, &scan->report, &text);
    if (st == OVF_OK)
        st = ovf_sink_write(out, text.data, text.len);
    ovf_buffer_deinit(&text);
    return st;
}

static enum ovf_status prepare(struct scan *scan, struct ovf_error *err)
{
    const size_t n = ovf_catalog_n_items(scan->catalog);
    scan->members = calloc(n + 1, sizeof *scan->members);
    if (scan->members == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        scan->members[i].name = ovf_catalog_item(scan->catalog, i)->name;
        scan->members[i].digest = scan->account->members[i].digest;
    }
    scan->report = (struct ovf_report){.config = &scan->question->config, .members = scan->members};
    if (scan->question->store_path != NULL)
        return ovf_store_writer_open(scan->question->store_path, &scan->report, &scan->store, err);
    return ovf_sorter_new(SORTER_BYTES, &scan->sorter);
}

static bool is_usable(const struct ovf_account *account)
{
    uint64_t n_used = 0;
    for (size_t i = 0; i < account->n_inputs; i++)
        n_used += account->inputs[i].rows.n_used;
    return n_used > 0;
}

/** With inputs, question and plan made: the work itself. */
static enum ovf_status scan_plan(struct scan *scan, const struct ovf_scan_output *out,
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
    if (st == OVF_OK && scan->store == NULL)
        st = print_all(scan, sink, err);
    else if (st == OVF_OK && is_usable(scan->account))
        st = ovf_store_writer_finish(scan->store, scan->catalog, scan->account, err);
    if (st == OVF_OK)
        st = out->finish(out->context, is_usable(scan->account), err);
    if (st == OVF_OK)
        st = ovf_summary_talk(scan->question, scan->catalog, scan->account, &scan->found, talk);
    ovf_sorter_free(scan->sorter);
    ovf_store_writer_free(scan->store);
    free(scan->members);
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

static enum ovf_status check_named(const struct ovf_scan_request *request,
                                   const struct ovf_scan_output *out, struct ovf_error *err)
{
    const char *const others[] = {request->pack_path, request->aircraft_list,
                                  request->register_path};
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

static enum ovf_scan_outcome scan_inputs(const struct ovf_scan_request *request,
                                         const struct ovf_question *question,
                                         const struct ovf_scan_output *out,
                                         const struct ovf_sink *sink, const struct ovf_sink *talk,
                                         struct ovf_error *err)
{
    struct ovf_catalog *catalog = NULL;
    struct ovf_account account = {0};
    struct ovf_plan plan = {0};
    enum ovf_scan_outcome outcome = OVF_SCAN_FAILED;
    enum ovf_status st = ovf_catalog_new(request->paths, request->n_paths, &catalog, err);
    if (st == OVF_E_NOTFOUND || st == OVF_E_FORMAT)
        return OVF_SCAN_NO_INPUT;
    if (st == OVF_OK) {
        st = check_members(catalog, out, err);
        outcome = st == OVF_OK ? OVF_SCAN_FAILED : OVF_SCAN_BAD_REQUEST;
    }
    if (st == OVF_OK)
        st = ovf_account_new(catalog, &account);
    if (st == OVF_OK)
        st = ovf_plan_make(catalog, &account, &plan, err);
    if (st == OVF_OK) {
        *err = (struct ovf_error){""}; /* of a member that was rejected and counted */
        struct scan scan = {
            .question = question, .catalog = catalog, .plan = &plan, .account = &account};
        st = scan_plan(&scan, out, sink, talk, err);
        if (st == OVF_OK)
            outcome = is_usable(&account) ? OVF_SCAN_DONE : OVF_SCAN_NO_INPUT;
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

enum ovf_scan_outcome ovf_scan(const struct ovf_scan_request *request,
                               const struct ovf_scan_output *out, const struct ovf_sink *talk,
                               struct ovf_error *err)
{
    struct ovf_question question = {0};
    struct ovf_sink sink;
    enum ovf_scan_outcome outcome = OVF_SCAN_FAILED;
    enum ovf_status st = ovf_question_make(request, &question, err);
    if (st == OVF_OK)
        st = out->open(out->context, &sink, err);
    if (st == OVF_OK)
        st = check_named(request, out, err);
    if (st == OVF_OK)
        outcome = scan_inputs(request, &question, out, &sink, talk, err);
    else if (st == OVF_E_RANGE)
        outcome = OVF_SCAN_BAD_REQUEST;
    ovf_question_deinit(&question);
    return outcome;
}
