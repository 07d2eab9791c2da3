/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/documents.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "run/case_open.h"
#include "serve/empty_store.h"
#include "serve/kept.h"
#include "source/running_clock.h"

enum { MAX_WAITING = 256, LOOK_MS = 1000 };

/* What a page asks for first and takes seconds to make, most of it of the pack: made as soon as there is time. */
static const char *const ahead[] = {"/api/v1/airspaces", "/api/v1/tracks"};
enum { N_AHEAD = sizeof ahead / sizeof *ahead };

/** What documents are made of. */
struct origin {
    struct ovf_open_case open;
    bool has_case;
    char digest[OVF_SHA256_HEX_SIZE + 8];
    struct ovf_view *view;
};

struct ovf_documents {
    struct ovf_documents_source source;
    struct ovf_empty_store empty; /* where there is no other */
    struct origin *origin;        /* of the thread that makes documents; NULL: the store was lost */

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t asked;
    pthread_t thread;
    bool is_running;
    bool is_stopping;
    bool wants_reload;
    struct ovf_kept kept;
    int64_t looked_ms; /* when the store was the one that kept is of */
    struct ovf_document_job *first;
    struct ovf_document_job **last;
    size_t n_waiting;
    size_t n_ahead; /* of those that are made ahead: made */
};

/* ---- what they are made of ---- */

static void close_origin(struct origin *origin)
{
    if (origin == NULL)
        return;
    ovf_view_close(origin->view);
    ovf_open_case_close(&origin->open);
    free(origin);
}

static enum ovf_status read_case(const char *path, struct origin *origin, struct ovf_error *err)
{
    const enum ovf_status st = ovf_open_case(path, &origin->open, err);
    if (st != OVF_OK)
        return st;
    origin->has_case = true;
    (void)snprintf(origin->digest, sizeof origin->digest, "sha256:");
    ovf_digest_format(&origin->open.digest, OVF_SHA256_BYTES,
                      origin->digest + strlen(origin->digest));
    return OVF_OK;
}

/** The store's path: as given, else as the case has it; NULL: there is none. */
static enum ovf_status find_store(const struct ovf_documents_source *source, struct origin *origin,
                                  const char **path)
{
    *path = source->store_path;
    if (*path != NULL || !origin->has_case || origin->open.the_case.store == NULL)
        return OVF_OK;
    *path = ovf_open_case_path(&origin->open, origin->open.the_case.store);
    return *path != NULL ? OVF_OK : OVF_E_NOMEM;
}

static enum ovf_status open_store(const struct ovf_documents_source *source, const char *path,
                                  const char *title, struct origin *origin, struct ovf_error *err)
{
    const struct ovf_view_source of = {
        .store_path = path,
        .the_case = origin->has_case ? &origin->open.the_case : NULL,
        .case_digest = origin->has_case ? origin->digest : NULL,
        .pack = source->pack,
        .title = title,
        .tiles = source->tiles,
        .mode = source->is_live ? OVF_VIEW_LIVE : OVF_VIEW_SERVE,
        .is_public = source->is_public,
    };
    return ovf_view_open(&of, &origin->view, err);
}

/** Live feeds are shown without results, too. */
static enum ovf_status open_view(struct ovf_documents *documents, struct origin *origin,
                                 struct ovf_error *err)
{
    const struct ovf_documents_source *const source = &documents->source;
    const char *path;
    enum ovf_status st = find_store(source, origin, &path);
    if (st != OVF_OK)
        return st;
    st = path != NULL ? open_store(source, path, source->title, origin, err)
                      : ovf_error_set(err, OVF_E_NOTFOUND,
                                      "the case names no store; name one with --store STORE");
    if (st != OVF_E_NOTFOUND || !source->is_live)
        return st;
    st = ovf_empty_store_make(&documents->empty, err);
    const bool is_nameless = source->title == NULL && !origin->has_case;
    return st == OVF_OK ? open_store(source, documents->empty.path,
                                     is_nameless ? "overflight" : source->title, origin, err)
                        : st;
}

static enum ovf_status open_origin(struct ovf_documents *documents, struct origin **out,
                                   struct ovf_error *err)
{
    const char *const path = documents->source.case_path;
    struct origin *const origin = calloc(1, sizeof *origin);
    if (origin == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = path != NULL ? read_case(path, origin, err) : OVF_OK;
    if (st == OVF_OK)
        st = open_view(documents, origin, err);
    if (st == OVF_OK)
        *out = origin;
    else
        close_origin(origin);
    return st;
}

/* ---- making ---- */

static void say(const struct ovf_documents *documents, const char *what,
                const struct ovf_error *err)
{
    char line[640];
    const int n = snprintf(line, sizeof line, "%s%s\n", what, err->text);
    if (ovf_sink_write(documents->source.talk, line, (size_t)n) != OVF_OK)
        return; /* what cannot be said is lost */
}

static void forget_kept(struct ovf_documents *documents)
{
    (void)pthread_mutex_lock(&documents->lock);
    ovf_kept_clear(&documents->kept);
    (void)pthread_mutex_unlock(&documents->lock);
}

/** Takes the place of what documents were made of, where \p anew can be opened. */
static void open_anew(struct ovf_documents *documents)
{
    struct ovf_error err = {""};
    struct origin *origin = NULL;
    if (open_origin(documents, &origin, &err) != OVF_OK) {
        say(documents, "not read anew: ", &err);
        return;
    }
    close_origin(documents->origin);
    documents->origin = origin;
    forget_kept(documents);
}

/** Sees the store as it is now, at most once a second. */
static void look(struct ovf_documents *documents, bool wants_reload)
{
    struct ovf_error err = {""};
    bool changed = false;
    const int64_t now_ms = ovf_running_ns() / OVF_NS_PER_MS;
    if (wants_reload || documents->origin == NULL)
        open_anew(documents);
    else if (now_ms - documents->looked_ms >= LOOK_MS &&
             ovf_view_refresh(documents->origin->view, &changed, &err) != OVF_OK) {
        say(documents, "the store cannot be read: ", &err);
        close_origin(documents->origin);
        documents->origin = NULL;
        changed = true;
    }
    (void)pthread_mutex_lock(&documents->lock);
    if (changed)
        ovf_kept_clear(&documents->kept);
    if (now_ms - documents->looked_ms >= LOOK_MS || wants_reload)
        documents->looked_ms = now_ms;
    (void)pthread_mutex_unlock(&documents->lock);
}

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
static void tell_failure(const struct ovf_documents *documents, struct ovf_document_job *job,
                         enum ovf_status st, const struct ovf_error *err)
{
    if (st == OVF_E_NOTFOUND && job->target->what == OVF_SERVE_CROSSING)
        (void)ovf_serve_fail(&job->error, 404, "no_such_crossing", "no crossing has this id");
    else if (st == OVF_E_NOTFOUND)
        (void)ovf_serve_fail(&job->error, 404, "no_such_document",
                             "this server does not have this document");
    else {
        say(documents, "a document cannot be made: ", err);
        (void)ovf_serve_fail(&job->error, 500, "failed", "the document cannot be made");
    }
}

/** Who is slow keeps what it is sent in memory: of many there is no end but this. */
static bool has_room(const struct ovf_documents *documents)
{
    const struct ovf_documents_source *const source = &documents->source;
    return source->policy->in_use == NULL ||
           atomic_load(source->policy->in_use) <= source->max_bytes;
}

static void make(struct ovf_documents *documents, struct ovf_document_job *job)
{
    struct ovf_buffer bytes = {0};
    struct ovf_error err = {""};
    if (documents->origin == NULL) {
        (void)ovf_serve_fail(&job->error, 503, "no_store", "the store cannot be read now");
        return;
    }
    if (!has_room(documents)) {
        (void)ovf_serve_fail(&job->error, 503, "busy", "too much is being sent");
        return;
    }
    enum ovf_status st = write_document(documents->origin->view, job->target, &bytes, &err);
    if (st == OVF_OK)
        st = ovf_answer_new(documents->source.policy, "application/json", true, &bytes,
                            &job->answer);
    ovf_buffer_deinit(&bytes);
    if (st != OVF_OK) {
        tell_failure(documents, job, st, &err);
        return;
    }
    (void)pthread_mutex_lock(&documents->lock);
    ovf_kept_put(&documents->kept, job->key, job->answer);
    (void)pthread_mutex_unlock(&documents->lock);
}

static struct ovf_document_job *next_job(struct ovf_documents *documents)
{
    struct ovf_document_job *const job = documents->first;
    if (job == NULL)
        return NULL;
    documents->first = job->next;
    if (documents->first == NULL)
        documents->last = &documents->first;
    documents->n_waiting--;
    return job;
}

/** With the lock held; without it while documents are made. */
static void work(struct ovf_documents *documents)
{
    const bool wants_reload = documents->wants_reload;
    struct ovf_document_job *const job = next_job(documents);
    documents->wants_reload = false;
    (void)pthread_mutex_unlock(&documents->lock);
    look(documents, wants_reload);
    if (job != NULL) {
        job->answer = ovf_documents_find(documents, job->key);
        if (job->answer == NULL)
            make(documents, job);
        job->answered(job->context);
    }
    (void)pthread_mutex_lock(&documents->lock);
}

/** The next that is made ahead, with the lock held; without it while it is made. */
static void make_ahead(struct ovf_documents *documents)
{
    struct ovf_serve_target target;
    struct ovf_document_job job = {.key = ahead[documents->n_ahead++], .target = &target};
    (void)pthread_mutex_unlock(&documents->lock);
    if (ovf_serve_target_read(job.key, &target, &job.error))
        make(documents, &job);
    ovf_answer_release(job.answer);
    (void)pthread_mutex_lock(&documents->lock);
}

static void *run(void *context)
{
    struct ovf_documents *const documents = context;
    (void)pthread_mutex_lock(&documents->lock);
    while (!documents->is_stopping) {
        if (documents->first != NULL || documents->wants_reload)
            work(documents);
        else if (documents->n_ahead < N_AHEAD)
            make_ahead(documents);
        else
            (void)pthread_cond_wait(&documents->asked, &documents->lock);
    }
    (void)pthread_mutex_unlock(&documents->lock);
    return NULL;
}

/* ---- asking ---- */

struct ovf_answer *ovf_documents_find(struct ovf_documents *documents, const char *key)
{
    struct ovf_answer *answer = NULL;
    (void)pthread_mutex_lock(&documents->lock);
    if (ovf_running_ns() / OVF_NS_PER_MS - documents->looked_ms < LOOK_MS &&
        !documents->wants_reload)
        answer = ovf_kept_find(&documents->kept, key);
    (void)pthread_mutex_unlock(&documents->lock);
    return answer;
}

/** With the lock held. */
static bool is_admitted(const struct ovf_documents *documents, struct ovf_document_job *job)
{
    size_t n_same = 0;
    for (const struct ovf_document_job *j = documents->first; j != NULL; j = j->next)
        n_same += memcmp(&j->client, &job->client, sizeof j->client) == 0 ? 1 : 0;
    if (documents->is_stopping)
        return ovf_serve_fail(&job->error, 503, "stopping", "the server is being stopped");
    if (documents->n_waiting >= MAX_WAITING)
        return ovf_serve_fail(&job->error, 503, "busy", "too many documents are being made");
    return n_same < OVF_DOCUMENTS_PER_CLIENT ||
           ovf_serve_fail(&job->error, 429, "too_many_requests",
                          "too many documents are being made for this address");
}

bool ovf_documents_ask(struct ovf_documents *documents, struct ovf_document_job *job)
{
    (void)pthread_mutex_lock(&documents->lock);
    const bool is_taken = is_admitted(documents, job);
    if (is_taken) {
        job->next = NULL;
        *documents->last = job;
        documents->last = &job->next;
        documents->n_waiting++;
        (void)pthread_cond_signal(&documents->asked);
    }
    (void)pthread_mutex_unlock(&documents->lock);
    return is_taken;
}

void ovf_documents_reload(struct ovf_documents *documents)
{
    (void)pthread_mutex_lock(&documents->lock);
    documents->wants_reload = true;
    (void)pthread_cond_signal(&documents->asked);
    (void)pthread_mutex_unlock(&documents->lock);
}

/* ---- life ---- */

enum ovf_status ovf_documents_open(const struct ovf_documents_source *source,
                                   struct ovf_documents **out, struct ovf_error *err)
{
    struct ovf_documents *const documents = calloc(1, sizeof *documents);
    if (documents == NULL)
        return OVF_E_NOMEM;
    documents->source = *source;
    documents->last = &documents->first;
    documents->looked_ms = ovf_running_ns() / OVF_NS_PER_MS - LOOK_MS;
    (void)pthread_mutex_init(&documents->lock, NULL); /* which cannot fail on Linux */
    (void)pthread_cond_init(&documents->asked, NULL);
    enum ovf_status st = open_origin(documents, &documents->origin, err);
    if (st == OVF_OK && pthread_create(&documents->thread, NULL, run, documents) != 0)
        st = ovf_error_set(err, OVF_E_IO, "no thread can be started");
    documents->is_running = st == OVF_OK;
    if (st == OVF_OK)
        *out = documents;
    else
        ovf_documents_close(documents);
    return st;
}

void ovf_documents_stop(struct ovf_documents *documents)
{
    struct ovf_document_job *job;
    (void)pthread_mutex_lock(&documents->lock);
    documents->is_stopping = true;
    (void)pthread_cond_signal(&documents->asked);
    (void)pthread_mutex_unlock(&documents->lock);
    if (documents->is_running)
        (void)pthread_join(documents->thread, NULL);
    documents->is_running = false;
    while ((job = next_job(documents)) != NULL) { /* alone now */
        (void)ovf_serve_fail(&job->error, 503, "stopping", "the server is being stopped");
        job->answered(job->context);
    }
}

void ovf_documents_close(struct ovf_documents *documents)
{
    if (documents == NULL)
        return;
    close_origin(documents->origin);
    ovf_empty_store_remove(&documents->empty);
    ovf_kept_clear(&documents->kept);
    (void)pthread_cond_destroy(&documents->asked);
    (void)pthread_mutex_destroy(&documents->lock);
    free(documents);
}
