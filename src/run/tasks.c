/* SPDX-License-Identifier: Apache-2.0 */
#include "run/tasks.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct running {
    const struct ovf_task *tasks;
    size_t n;
    pthread_mutex_t lock; /* of all below */
    size_t next;
    size_t failed; /* the first in order that did; n: none */
    enum ovf_status status;
    struct ovf_error error;
};

static bool take(struct running *running, size_t *task)
{
    (void)pthread_mutex_lock(&running->lock);
    *task = running->next;
    const bool more = running->failed == running->n && running->next < running->n;
    if (more)
        running->next++;
    (void)pthread_mutex_unlock(&running->lock);
    return more;
}

static void note_failure(struct running *running, size_t task, enum ovf_status status,
                         const struct ovf_error *error)
{
    (void)pthread_mutex_lock(&running->lock);
    if (task < running->failed) {
        running->failed = task;
        running->status = status;
        running->error = *error;
    }
    (void)pthread_mutex_unlock(&running->lock);
}

static void *work(void *context)
{
    struct running *const running = context;
    size_t task;
    while (take(running, &task)) {
        struct ovf_error error = {""};
        const enum ovf_status st = running->tasks[task].run(running->tasks[task].context, &error);
        if (st != OVF_OK)
            note_failure(running, task, st, &error);
    }
    return NULL;
}

enum ovf_status ovf_tasks_run(const struct ovf_task *tasks, size_t n, size_t n_jobs,
                              struct ovf_error *err)
{
    const size_t n_threads = n < n_jobs ? n : n_jobs;
    struct running running = {.tasks = tasks, .n = n, .failed = n};
    size_t n_started = 0;
    pthread_t *const threads = calloc(n_threads + 1, sizeof *threads);
    if (threads == NULL)
        return OVF_E_NOMEM;
    if (pthread_mutex_init(&running.lock, NULL) != 0) {
        free(threads);
        return OVF_E_NOMEM;
    }
    /* Fewer threads do the same work. */
    while (n_started + 1 < n_threads &&
           pthread_create(&threads[n_started], NULL, work, &running) == 0)
        n_started++;
    (void)work(&running);
    for (size_t i = 0; i < n_started; i++)
        (void)pthread_join(threads[i], NULL);
    (void)pthread_mutex_destroy(&running.lock);
    free(threads);
    if (running.status != OVF_OK && err != NULL)
        *err = running.error;
    return running.status;
}
