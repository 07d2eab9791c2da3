/* SPDX-License-Identifier: Apache-2.0 */
/* A bounded ring of alerts before one channel. */
#include "notify/queue.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/time.h"
#include "source/running_clock.h"

enum { LONGEST_WAIT_S = 300, FIRST_WAIT_S = 1 };

/** An alert of its own: watch and line stand behind it. */
struct waiting {
    struct ovf_alert alert;
    size_t n_bytes;
    int64_t due_ns; /* of a clock that is never set */
};

struct ovf_queue {
    const struct ovf_channel_kind_ops *ops;
    void *channel;
    struct ovf_channel_setup setup;
    const char *name;
    struct ovf_delivery_log *log;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* Under the lock: */
    struct waiting **ring;
    size_t capacity;
    size_t first;
    size_t n;
    size_t n_bytes;
    bool is_busy;
    struct ovf_notify_counts counts;
};

static const struct ovf_channel_kind_ops *const kinds[OVF_CHANNEL_KIND_N] = {
    [OVF_CHANNEL_STDOUT] = &ovf_channel_stdout,   [OVF_CHANNEL_EXEC] = &ovf_channel_exec,
    [OVF_CHANNEL_WEBHOOK] = &ovf_channel_webhook, [OVF_CHANNEL_NTFY] = &ovf_channel_ntfy,
    [OVF_CHANNEL_MQTT] = &ovf_channel_mqtt,
};

/** A test is of how a channel is reached, not of how late. */
static int64_t due_of(const struct ovf_queue *queue, const struct ovf_alert *alert)
{
    const double delay_s = alert->event != OVF_ALERT_TEST ? queue->setup.settings->delay_s : 0;
    return ovf_running_ns() + (int64_t)(delay_s * (double)OVF_NS_PER_S);
}

static struct waiting *copy(const struct ovf_alert *alert, int64_t due_ns)
{
    const size_t n_watch = strlen(alert->watch) + 1;
    const size_t n_bytes = sizeof(struct waiting) + n_watch + alert->line.len;
    struct waiting *const waiting = malloc(n_bytes);
    if (waiting == NULL)
        return NULL;
    char *const watch = (char *)(waiting + 1);
    unsigned char *const line = (unsigned char *)watch + n_watch;
    memcpy(watch, alert->watch, n_watch);
    if (alert->line.len > 0)
        memcpy(line, alert->line.data, alert->line.len);
    *waiting = (struct waiting){.alert = *alert, .n_bytes = n_bytes, .due_ns = due_ns};
    waiting->alert.watch = watch;
    waiting->alert.line.data = line;
    return waiting;
}

static void log_entry(struct ovf_queue *queue, const struct ovf_alert *alert, const char *reason,
                      const char *why, int n_tries)
{
    const struct ovf_delivery_entry entry = {queue->name, alert, reason, why, n_tries};
    ovf_delivery_log_put(queue->log, &entry);
}

void ovf_queue_put(struct ovf_queue *queue, const struct ovf_alert *alert)
{
    struct waiting *const waiting = copy(alert, due_of(queue, alert));
    (void)pthread_mutex_lock(&queue->lock);
    const bool has_room = waiting != NULL && queue->n < queue->capacity &&
                          waiting->n_bytes <= OVF_QUEUE_MAX_BYTES - queue->n_bytes;
    if (has_room) {
        queue->ring[(queue->first + queue->n++) % queue->capacity] = waiting;
        queue->n_bytes += waiting->n_bytes;
        (void)pthread_cond_broadcast(&queue->changed);
    } else {
        queue->counts.n_dropped++;
    }
    (void)pthread_mutex_unlock(&queue->lock);
    if (!has_room) {
        log_entry(queue, alert, "queue_full", "", 0);
        free(waiting);
    }
}

/** Under the lock: the next that waits. */
static struct waiting *take(struct ovf_queue *queue)
{
    struct waiting *const waiting = queue->ring[queue->first];
    queue->first = (queue->first + 1) % queue->capacity;
    queue->n--;
    queue->n_bytes -= waiting->n_bytes;
    return waiting;
}

static struct timespec time_of(int64_t t_ns)
{
    return (struct timespec){(time_t)(t_ns / OVF_NS_PER_S), (long)(t_ns % OVF_NS_PER_S)};
}

/** Wait before another try; false: the end has come. */
static bool pause_for(struct ovf_queue *queue, int64_t seconds)
{
    const int64_t until_ns = ovf_running_ns() + seconds * OVF_NS_PER_S;
    const struct timespec until = time_of(until_ns);
    (void)pthread_mutex_lock(&queue->lock);
    while (!atomic_load(queue->setup.is_stopping) && ovf_running_ns() < until_ns)
        (void)pthread_cond_timedwait(&queue->changed, &queue->lock, &until);
    (void)pthread_mutex_unlock(&queue->lock);
    return !atomic_load(queue->setup.is_stopping);
}

/** Try until it is delivered or there is no point; true: it is. */
static bool deliver(struct ovf_queue *queue, const struct ovf_alert *alert)
{
    const int64_t n_retries = queue->setup.settings->n_retries;
    int64_t back_off_s = FIRST_WAIT_S;
    for (int n = 1;; n++) {
        struct ovf_delivery_note note = {.why = ""};
        const enum ovf_delivery delivery = queue->ops->deliver(queue->channel, alert, &note);
        if (delivery == OVF_DELIVERED) {
            log_entry(queue, alert, NULL, "", n);
            return true;
        }
        const int64_t wait_s = note.wait_s > back_off_s ? note.wait_s : back_off_s;
        const bool is_over = delivery == OVF_DELIVER_NEVER || n > n_retries;
        if (is_over || wait_s > LONGEST_WAIT_S || !pause_for(queue, wait_s)) {
            const bool is_stopping = atomic_load(queue->setup.is_stopping);
            log_entry(queue, alert, is_stopping ? "shut_down" : "failed", note.why, n);
            return false;
        }
        back_off_s = back_off_s * 2 < LONGEST_WAIT_S ? back_off_s * 2 : LONGEST_WAIT_S;
    }
}

/** Under the lock: wait until the first is due. The end may have come instead. */
static void await_due(struct ovf_queue *queue)
{
    while (!atomic_load(queue->setup.is_stopping)) {
        if (queue->n == 0) {
            (void)pthread_cond_wait(&queue->changed, &queue->lock);
            continue;
        }
        const int64_t due_ns = queue->ring[queue->first]->due_ns;
        const struct timespec due = time_of(due_ns);
        if (due_ns <= ovf_running_ns())
            return;
        (void)pthread_cond_timedwait(&queue->changed, &queue->lock, &due);
    }
}

static void *work(void *context)
{
    struct ovf_queue *const queue = context;
    (void)pthread_mutex_lock(&queue->lock);
    for (;;) {
        await_due(queue);
        if (atomic_load(queue->setup.is_stopping))
            break;
        struct waiting *const waiting = take(queue);
        queue->is_busy = true;
        (void)pthread_mutex_unlock(&queue->lock);
        const bool is_sent = deliver(queue, &waiting->alert);
        free(waiting);
        (void)pthread_mutex_lock(&queue->lock);
        queue->is_busy = false;
        if (is_sent)
            queue->counts.n_sent++;
        else
            queue->counts.n_failed++;
        (void)pthread_cond_broadcast(&queue->changed);
    }
    (void)pthread_mutex_unlock(&queue->lock);
    return NULL;
}

static void init_lock(struct ovf_queue *queue)
{
    pthread_condattr_t monotonic;
    (void)pthread_mutex_init(&queue->lock, NULL);
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&queue->changed, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
}

static void free_queue(struct ovf_queue *queue)
{
    if (queue->channel != NULL)
        queue->ops->close(queue->channel);
    (void)pthread_cond_destroy(&queue->changed);
    (void)pthread_mutex_destroy(&queue->lock);
    free((void *)queue->ring);
    free(queue);
}

enum ovf_status ovf_queue_open(const struct ovf_channel_setup *setup, struct ovf_delivery_log *log,
                               struct ovf_queue **out, struct ovf_error *err)
{
    struct ovf_queue *const queue = calloc(1, sizeof *queue);
    if (queue == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    queue->ops = kinds[setup->settings->kind];
    queue->setup = *setup;
    queue->name = ovf_case_channel_name(setup->settings);
    queue->log = log;
    queue->capacity = (size_t)setup->notify->queue;
    queue->ring = calloc(queue->capacity, sizeof(struct waiting *));
    init_lock(queue);
    enum ovf_status st =
        queue->ring != NULL ? OVF_OK : ovf_error_set(err, OVF_E_NOMEM, "no memory");
    if (st == OVF_OK)
        st = queue->ops->open(&queue->setup, &queue->channel, err);
    if (st == OVF_OK && ovf_notify_thread(&queue->thread, work, queue) != 0)
        st = ovf_error_set(err, OVF_E_NOMEM, "no thread");
    if (st != OVF_OK) {
        ovf_error_prefix(err, queue->name);
        free_queue(queue);
        return st;
    }
    *out = queue;
    return OVF_OK;
}

bool ovf_queue_drain(struct ovf_queue *queue, int64_t until_ns)
{
    const struct timespec until = time_of(until_ns);
    (void)pthread_mutex_lock(&queue->lock);
    while ((queue->is_busy || (queue->n > 0 && queue->ring[queue->first]->due_ns < until_ns)) &&
           ovf_running_ns() < until_ns)
        (void)pthread_cond_timedwait(&queue->changed, &queue->lock, &until);
    const bool is_empty = queue->n == 0 && !queue->is_busy;
    (void)pthread_mutex_unlock(&queue->lock);
    return is_empty;
}

void ovf_queue_count(struct ovf_queue *queue, struct ovf_notify_counts *counts)
{
    (void)pthread_mutex_lock(&queue->lock);
    *counts = queue->counts;
    counts->n_waiting = queue->n;
    (void)pthread_mutex_unlock(&queue->lock);
}

void ovf_queue_close(struct ovf_queue *queue)
{
    if (queue == NULL)
        return;
    (void)pthread_mutex_lock(&queue->lock);
    (void)pthread_cond_broadcast(&queue->changed);
    (void)pthread_mutex_unlock(&queue->lock);
    (void)pthread_join(queue->thread, NULL);
    while (queue->n > 0) {
        struct waiting *const waiting = take(queue);
        log_entry(queue, &waiting->alert, "shut_down", "", 0);
        free(waiting);
    }
    free_queue(queue);
}
