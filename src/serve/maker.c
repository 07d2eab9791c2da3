/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/maker.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/time.h"
#include "serve/kept.h"
#include "serve/origin.h"
#include "source/running_clock.h"

enum { MAX_WAITING = 256, LOOK_MS = 1000 };

struct ovf_maker {
    struct ovf_documents_source source;
    const char *const *ahead; /* NULL: none */

    /* of the thread */
    struct ovf_origin *origin;      /* NULL: it could not be opened, or was lost */
    struct ovf_origin_stamp seen;   /* its files when it was looked at */
    struct ovf_origin_stamp tried;  /* and when it could not be opened anew */
    struct ovf_origin_stamp before; /* and when there was nothing else to be done */
    size_t n_ahead;                 /* of those that are made ahead: made */
    bool lacks_file;                /* it could not be opened anew, since something is not there */
    char complaint[640];            /* what was said last of why it cannot be read; "": it can */

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t asked;
    pthread_t thread;
    bool is_running;
    bool is_stopping;
    bool is_making;
    bool wants_reload;
    struct ovf_kept kept;
    int64_t looked_ms; /* when the store was the one that kept is of */
    struct ovf_document_job *first;
    struct ovf_document_job **last;
    size_t n_waiting;
};

/* ---- what they are made of ---- */

static void say(const struct ovf_maker *maker, const char *what, const struct ovf_error *err)
{
    char line[640];
    const int n = snprintf(line, sizeof line, "%s%s\n", what, err->text);
    if (ovf_sink_write(maker->source.talk, line, (size_t)n) != OVF_OK)
        return; /* what cannot be said is lost */
}

/** Of what documents are made of: once until it is another matter or all is well, and by one of the two makers. */
static void complain(struct ovf_maker *maker, const char *what, const struct ovf_error *err)
{
    if (maker->ahead != NULL || strcmp(maker->complaint, err->text) == 0)
        return;
    (void)snprintf(maker->complaint, sizeof maker->complaint, "%s", err->text);
    say(maker, what, err);
}

static void forget_kept(struct ovf_maker *maker)
{
    maker->n_ahead = 0;
    (void)pthread_mutex_lock(&maker->lock);
    ovf_kept_clear(&maker->kept);
    (void)pthread_mutex_unlock(&maker->lock);
}

/** Takes the place of what documents were made of, where it can be opened anew. */
static bool open_anew(struct ovf_maker *maker)
{
    struct ovf_error err = {""};
    struct ovf_origin *origin = NULL;
    const enum ovf_status st = ovf_origin_open(&maker->source, &origin, &err);
    maker->lacks_file = st == OVF_E_NOTFOUND;
    if (st != OVF_OK) {
        complain(maker, "not read anew: ", &err);
        return false;
    }
    maker->complaint[0] = '\0';
    ovf_origin_close(maker->origin);
    maker->origin = origin;
    maker->seen = ovf_origin_opened(origin);
    forget_kept(maker);
    return true;
}

/** What was written to the store since is seen. \p now: its files before. */
static void refresh(struct ovf_maker *maker, const struct ovf_origin_stamp *now)
{
    struct ovf_error err = {""};
    bool changed = false;
    if (ovf_view_refresh(ovf_origin_view(maker->origin), &changed, &err) != OVF_OK) {
        complain(maker, "the store cannot be read: ", &err);
        ovf_origin_close(maker->origin);
        maker->origin = NULL;
        changed = true;
    }
    maker->seen = *now;
    if (changed)
        forget_kept(maker);
}

/** Sees the case and the store as they are now, at most once a second. A case that is no good hides no store. */
static void look(struct ovf_maker *maker, bool wants_reload)
{
    const int64_t now_ms = ovf_running_ns() / OVF_NS_PER_MS;
    if (now_ms - maker->looked_ms < LOOK_MS && !wants_reload && maker->origin != NULL)
        return;
    const struct ovf_origin_stamp now =
        maker->origin != NULL ? ovf_origin_stamp(maker->origin, maker->source.case_path)
                              : maker->tried;
    const bool is_past = wants_reload || maker->origin == NULL || maker->lacks_file ||
                         ovf_origin_is_past(maker->origin, &now, &maker->tried);
    if (is_past)
        maker->tried = now;
    if (wants_reload)
        maker->complaint[0] = '\0'; /* who asks is told, also once more */
    if (!(is_past && open_anew(maker)) && maker->origin != NULL)
        refresh(maker, &now);
    (void)pthread_mutex_lock(&maker->lock);
    maker->looked_ms = now_ms;
    (void)pthread_mutex_unlock(&maker->lock);
}

/* ---- making ---- */

static enum ovf_status write_document(struct ovf_view *view, const struct ovf_serve_target *target,
                                      struct ovf_buffer *out, struct ovf_error *err)
{
    if (target->what == OVF_SERVE_CROSSING)
        return ovf_view_crossing(view, target->id, out, err);
    if (!ovf_view_has(view, target->document))
        return OVF_E_NOTFOUND;
    return ovf_view_write(view, target->document, &target->query, out, err);
}

/** What went wrong is for who runs the server, not for who asks. */
static void tell_failure(const struct ovf_maker *maker, struct ovf_document_job *job,
                         enum ovf_status st, const struct ovf_error *err)
{
    if (st == OVF_E_NOTFOUND && job->target->what == OVF_SERVE_CROSSING)
        (void)ovf_serve_fail(&job->error, 404, "no_such_crossing", "no crossing has this id");
    else if (st == OVF_E_NOTFOUND)
        (void)ovf_serve_fail(&job->error, 404, "no_such_document",
                             "this server does not have this document");
    else {
        say(maker, "a document cannot be made: ", err);
        (void)ovf_serve_fail(&job->error, 500, "failed", "the document cannot be made");
    }
}

/** Who is slow keeps what it is sent in memory: of many there is no end but this. */
static bool has_room(const struct ovf_maker *maker)
{
    const struct ovf_documents_source *const source = &maker->source;
    return source->policy->in_use == NULL ||
           atomic_load(source->policy->in_use) <= source->max_bytes;
}

static void make_answer(const struct ovf_maker *maker, struct ovf_document_job *job)
{
    struct ovf_buffer bytes = {0};
    struct ovf_error err = {""};
    if (maker->origin == NULL) {
        (void)ovf_serve_fail(&job->error, 503, "no_store", "the store cannot be read now");
        return;
    }
    if (!has_room(maker)) {
        (void)ovf_serve_fail(&job->error, 503, "busy", "too much is being sent");
        return;
    }
    enum ovf_status st = write_document(ovf_origin_view(maker->origin), job->target, &bytes, &err);
    if (st == OVF_OK)
        st = ovf_answer_new(maker->source.policy, "application/json", true, &bytes, &job->answer);
    ovf_buffer_deinit(&bytes);
    if (st != OVF_OK)
        tell_failure(maker, job, st, &err);
}

static void make(struct ovf_maker *maker, struct ovf_document_job *job)
{
    (void)pthread_mutex_lock(&maker->lock);
    maker->is_making = true;
    (void)pthread_mutex_unlock(&maker->lock);
    make_answer(maker, job);
    (void)pthread_mutex_lock(&maker->lock);
    maker->is_making = false;
    if (job->answer != NULL)
        ovf_kept_put(&maker->kept, job->key, job->answer);
    (void)pthread_mutex_unlock(&maker->lock);
}

static struct ovf_document_job *next_job(struct ovf_maker *maker)
{
    struct ovf_document_job *const job = maker->first;
    if (job == NULL)
        return NULL;
    maker->first = job->next;
    if (maker->first == NULL)
        maker->last = &maker->first;
    maker->n_waiting--;
    return job;
}

/** With the lock held; without it while documents are made. */
static void work(struct ovf_maker *maker)
{
    const bool wants_reload = maker->wants_reload;
    struct ovf_document_job *const job = next_job(maker);
    maker->wants_reload = false;
    (void)pthread_mutex_unlock(&maker->lock);
    look(maker, wants_reload);
    if (job != NULL) {
        job->answer = ovf_maker_find(maker, job->key);
        if (job->answer == NULL)
            make(maker, job);
        job->answered(job->context);
    }
    (void)pthread_mutex_lock(&maker->lock);
}

/** Without the lock. \return false: all are made */
static bool make_ahead(struct ovf_maker *maker)
{
    struct ovf_serve_target target;
    struct ovf_document_job job = {.key = maker->ahead[maker->n_ahead], .target = &target};
    if (job.key == NULL)
        return false;
    maker->n_ahead++;
    if (maker->origin != NULL && ovf_serve_target_read(job.key, &target, &job.error))
        make(maker, &job);
    ovf_answer_release(job.answer);
    return true;
}

/** Files that were written to and are not any more are looked at. While they are being written to nothing is made of
 * them that nobody asks for. Without the lock. */
static void look_ahead(struct ovf_maker *maker)
{
    if (maker->origin == NULL)
        return;
    const struct ovf_origin_stamp now = ovf_origin_stamp(maker->origin, maker->source.case_path);
    if (!ovf_origin_stamp_is(&now, &maker->seen) && ovf_origin_stamp_is(&now, &maker->before))
        look(maker, false);
    maker->before = now;
}

/** With the lock held, as at the end; not meanwhile. */
static void idle(struct ovf_maker *maker)
{
    struct timespec until;
    if (maker->ahead == NULL) {
        (void)pthread_cond_wait(&maker->asked, &maker->lock);
        return;
    }
    (void)pthread_mutex_unlock(&maker->lock);
    const bool has_made = make_ahead(maker);
    (void)pthread_mutex_lock(&maker->lock);
    if (has_made || maker->first != NULL || maker->wants_reload || maker->is_stopping)
        return;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LOOK_MS / 1000;
    if (pthread_cond_timedwait(&maker->asked, &maker->lock, &until) == 0)
        return;
    (void)pthread_mutex_unlock(&maker->lock);
    look_ahead(maker);
    (void)pthread_mutex_lock(&maker->lock);
}

static void *run(void *context)
{
    struct ovf_maker *const maker = context;
    if (maker->origin == NULL)
        look(maker, false);
    (void)pthread_mutex_lock(&maker->lock);
    while (!maker->is_stopping) {
        if (maker->first != NULL || maker->wants_reload)
            work(maker);
        else
            idle(maker);
    }
    (void)pthread_mutex_unlock(&maker->lock);
    return NULL;
}

/* ---- asking ---- */

/** What was made of the same as that which is being made is as good. */
struct ovf_answer *ovf_maker_find(struct ovf_maker *maker, const char *key)
{
    struct ovf_answer *answer = NULL;
    (void)pthread_mutex_lock(&maker->lock);
    const bool is_fresh =
        maker->is_making || ovf_running_ns() / OVF_NS_PER_MS - maker->looked_ms < LOOK_MS;
    if (is_fresh && !maker->wants_reload)
        answer = ovf_kept_find(&maker->kept, key);
    (void)pthread_mutex_unlock(&maker->lock);
    return answer;
}

/** With the lock held. */
static bool is_admitted(const struct ovf_maker *maker, struct ovf_document_job *job)
{
    size_t n_same = 0;
    for (const struct ovf_document_job *j = maker->first; j != NULL; j = j->next)
        n_same += memcmp(&j->client, &job->client, sizeof j->client) == 0 ? 1 : 0;
    if (maker->is_stopping)
        return ovf_serve_fail(&job->error, 503, "stopping", "the server is being stopped");
    if (maker->n_waiting >= MAX_WAITING)
        return ovf_serve_fail(&job->error, 503, "busy", "too many documents are being made");
    return n_same < OVF_DOCUMENTS_PER_CLIENT ||
           ovf_serve_fail(&job->error, 429, "too_many_requests",
                          "too many documents are being made for this address");
}

bool ovf_maker_ask(struct ovf_maker *maker, struct ovf_document_job *job)
{
    (void)pthread_mutex_lock(&maker->lock);
    const bool is_taken = is_admitted(maker, job);
    if (is_taken) {
        job->next = NULL;
        *maker->last = job;
        maker->last = &job->next;
        maker->n_waiting++;
        (void)pthread_cond_signal(&maker->asked);
    }
    (void)pthread_mutex_unlock(&maker->lock);
    return is_taken;
}

void ovf_maker_reload(struct ovf_maker *maker)
{
    (void)pthread_mutex_lock(&maker->lock);
    maker->wants_reload = true;
    (void)pthread_cond_signal(&maker->asked);
    (void)pthread_mutex_unlock(&maker->lock);
}

/* ---- life ---- */

/** None of these fails on Linux. */
static void init_locks(struct ovf_maker *maker)
{
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&maker->asked, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    (void)pthread_mutex_init(&maker->lock, NULL);
}

enum ovf_status ovf_maker_new(const struct ovf_documents_source *source, const char *const *ahead,
                              struct ovf_maker **out, struct ovf_error *err)
{
    struct ovf_maker *const maker = calloc(1, sizeof *maker);
    enum ovf_status st = OVF_OK;
    if (maker == NULL)
        return OVF_E_NOMEM;
    maker->source = *source;
    maker->source.draws = ahead != NULL;
    maker->ahead = ahead;
    maker->last = &maker->first;
    maker->looked_ms = ovf_running_ns() / OVF_NS_PER_MS - LOOK_MS;
    init_locks(maker);
    if (ahead == NULL)
        st = ovf_origin_open(&maker->source, &maker->origin, err);
    if (maker->origin != NULL)
        maker->seen = ovf_origin_opened(maker->origin);
    if (st == OVF_OK && pthread_create(&maker->thread, NULL, run, maker) != 0)
        st = ovf_error_set(err, OVF_E_IO, "no thread can be started");
    maker->is_running = st == OVF_OK;
    if (st == OVF_OK)
        *out = maker;
    else
        ovf_maker_free(maker);
    return st;
}

void ovf_maker_stop(struct ovf_maker *maker)
{
    struct ovf_document_job *job;
    if (maker == NULL)
        return;
    (void)pthread_mutex_lock(&maker->lock);
    maker->is_stopping = true;
    (void)pthread_cond_signal(&maker->asked);
    (void)pthread_mutex_unlock(&maker->lock);
    if (maker->is_running)
        (void)pthread_join(maker->thread, NULL);
    maker->is_running = false;
    while ((job = next_job(maker)) != NULL) { /* alone now */
        (void)ovf_serve_fail(&job->error, 503, "stopping", "the server is being stopped");
        job->answered(job->context);
    }
}

void ovf_maker_free(struct ovf_maker *maker)
{
    if (maker == NULL)
        return;
    ovf_origin_close(maker->origin);
    ovf_kept_clear(&maker->kept);
    (void)pthread_cond_destroy(&maker->asked);
    (void)pthread_mutex_destroy(&maker->lock);
    free(maker);
}
