/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts to channels: who wants what, and how soon again. */
#include "notify/notify.h"

#include <stdlib.h>

#include <curl/curl.h>

#include "base/time.h"
#include "notify/queue.h"
#include "source/file.h"
#include "source/running_clock.h"

/* Alerts told last, for the cool-down: with more than these within one, some are told too soon. */
enum { N_TOLD = 4096 };

/* Lines that may wait to be told later; what they take is bounded sooner (notify/queue.h). */
enum { MAX_LATER = 65536 };

struct told {
    int64_t t_ns;
    enum ovf_alert_event event;
    uint32_t icao24;
    uint64_t watch; /* its hash; two of one hash share a cool-down */
};

struct ovf_notify {
    const struct ovf_case_notify *settings;
    struct ovf_sink out;
    struct ovf_sink talk;
    atomic_bool is_stopping;
    struct ovf_delivery_log *log;
    struct ovf_queue **queues; /* one a channel */
    size_t n_queues;
    struct ovf_case_store store; /* of settings that were read here */
    struct ovf_case_notify own;
    struct ovf_case_channel later; /* the only one, of settings that were not read */
    struct told told[N_TOLD];      /* a ring */
    size_t n_told;                 /* of all times */
};

/** Open all channels of settings. */
static enum ovf_status start(struct ovf_notify *notify, struct ovf_error *err)
{
    const struct ovf_case_notify *const settings = notify->settings;
    const struct ovf_case_channel *const channels = settings->channels.items;
    notify->queues = calloc(settings->channels.n + 1, sizeof(struct ovf_queue *));
    enum ovf_status st = notify->queues != NULL && curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK
                             ? OVF_OK
                             : ovf_error_set(err, OVF_E_NOMEM, "no memory");
    if (st == OVF_OK)
        st = ovf_delivery_log_open(settings->delivery_log, &notify->talk, &notify->log, err);
    for (size_t i = 0; st == OVF_OK && i < settings->channels.n; i++) {
        const struct ovf_channel_setup setup = {&channels[i], settings, &notify->out,
                                                &notify->is_stopping};
        st = ovf_queue_open(&setup, notify->log, &notify->queues[notify->n_queues], err);
        if (st == OVF_OK)
            notify->n_queues++;
    }
    return st;
}

enum ovf_status ovf_notify_new(const struct ovf_notify_config *config, struct ovf_notify **out,
                               struct ovf_error *err)
{
    struct ovf_notify *const notify = calloc(1, sizeof *notify);
    if (notify == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    notify->settings = config->settings;
    notify->out = config->out;
    notify->talk = config->talk;
    const enum ovf_status st = start(notify, err);
    if (st == OVF_OK)
        *out = notify;
    else
        ovf_notify_free(notify);
    return st;
}

enum ovf_status ovf_notify_open(const char *path, const struct ovf_sink *lines,
                                const struct ovf_sink *talk, struct ovf_notify **out,
                                struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    struct ovf_notify *const notify = calloc(1, sizeof *notify);
    if (notify == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    notify->settings = &notify->own;
    notify->out = *lines;
    notify->talk = *talk;
    enum ovf_status st = ovf_file_read(path, OVF_YAML_MAX_BYTES, &text, err);
    if (st == OVF_OK) {
        st = ovf_case_notify_read(ovf_buffer_bytes(&text), &notify->store, &notify->own, err);
        if (st == OVF_OK)
            st = start(notify, err);
        if (st != OVF_OK)
            ovf_error_prefix(err, path);
    }
    ovf_buffer_deinit(&text);
    if (st == OVF_OK)
        *out = notify;
    else
        ovf_notify_free(notify);
    return st;
}

enum ovf_status ovf_notify_open_later(double delay_s, const struct ovf_sink *lines,
                                      const struct ovf_sink *talk, struct ovf_notify **out,
                                      struct ovf_error *err)
{
    struct ovf_notify *const notify = calloc(1, sizeof *notify);
    if (notify == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    notify->later = (struct ovf_case_channel){.kind = OVF_CHANNEL_STDOUT, .delay_s = delay_s};
    notify->own = (struct ovf_case_notify){.channels = {&notify->later, 1}, .queue = MAX_LATER};
    notify->settings = &notify->own;
    notify->out = *lines;
    notify->talk = *talk;
    const enum ovf_status st = start(notify, err);
    if (st == OVF_OK)
        *out = notify;
    else
        ovf_notify_free(notify);
    return st;
}

void ovf_notify_free(struct ovf_notify *notify)
{
    if (notify == NULL)
        return;
    atomic_store(&notify->is_stopping, true);
    for (size_t i = 0; i < notify->n_queues; i++)
        ovf_queue_close(notify->queues[i]);
    free((void *)notify->queues);
    ovf_delivery_log_close(notify->log);
    ovf_case_store_deinit(&notify->store);
    free(notify);
}

static bool wants(const struct ovf_case_channel *channel, const struct ovf_alert *alert)
{
    const int64_t *const events = channel->events.items;
    const char *const *const watches = channel->watches.items;
    bool is_wanted = channel->events.n == 0;
    for (size_t i = 0; i < channel->events.n && !is_wanted; i++)
        is_wanted = events[i] == (int64_t)alert->event;
    if (!is_wanted || channel->watches.n == 0)
        return is_wanted;
    for (size_t i = 0; i < channel->watches.n; i++) {
        if (strcmp(watches[i], alert->watch) == 0)
            return true;
    }
    return false;
}

/** FNV-1a of 64 bits. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
    return hash;
}

/** Why it is too soon, NULL when it is not. */
static const char *too_soon(const struct ovf_notify *notify, const struct told *now)
{
    const struct ovf_case_notify *const settings = notify->settings;
    const size_t n = notify->n_told < N_TOLD ? notify->n_told : N_TOLD;
    for (size_t i = 0; i < n; i++) {
        const struct told *const old = &notify->told[i];
        const double age_s = ovf_time_seconds(old->t_ns, now->t_ns);
        if (old->event != now->event)
            continue;
        if (old->icao24 == now->icao24 && age_s < settings->cooldown_aircraft_s)
            return "cooldown_aircraft";
        if (old->watch == now->watch && age_s < settings->cooldown_watch_s)
            return "cooldown_watch";
    }
    return NULL;
}

static bool has_cooldown(enum ovf_alert_event event)
{
    return event == OVF_ALERT_ENTERED || event == OVF_ALERT_LEFT;
}

void ovf_notify_alert(struct ovf_notify *notify, const struct ovf_alert *alert)
{
    const struct ovf_case_channel *const channels = notify->settings->channels.items;
    if (has_cooldown(alert->event)) {
        const struct told now = {ovf_running_ns(), alert->event, alert->icao24,
                                 hash_of(alert->watch)};
        const char *const reason = too_soon(notify, &now);
        if (reason != NULL) {
            const struct ovf_delivery_entry entry = {NULL, alert, reason, "", 0};
            ovf_delivery_log_put(notify->log, &entry);
            return;
        }
        notify->told[notify->n_told++ % N_TOLD] = now;
    }
    for (size_t i = 0; i < notify->n_queues; i++) {
        if (wants(&channels[i], alert))
            ovf_queue_put(notify->queues[i], alert);
    }
}

bool ovf_notify_flush(struct ovf_notify *notify, int64_t timeout_ms)
{
    const int64_t until_ns = ovf_running_ns() + timeout_ms * OVF_NS_PER_MS;
    bool is_empty = true;
    for (size_t i = 0; i < notify->n_queues; i++)
        is_empty = ovf_queue_drain(notify->queues[i], until_ns) && is_empty;
    return is_empty;
}

void ovf_notify_count(struct ovf_notify *notify, struct ovf_notify_counts *counts)
{
    *counts = (struct ovf_notify_counts){0};
    for (size_t i = 0; i < notify->n_queues; i++) {
        struct ovf_notify_counts one;
        ovf_queue_count(notify->queues[i], &one);
        counts->n_sent += one.n_sent;
        counts->n_failed += one.n_failed;
        counts->n_dropped += one.n_dropped;
        counts->n_waiting += one.n_waiting;
    }
}

bool ovf_notify_test(struct ovf_notify *notify, int64_t timeout_ms)
{
    static const char line[] =
        "{\"type\":\"alert\",\"event\":\"test\",\"simulated\":true,\"icao24\":\"f10000\","
        "\"callsign\":\"SIM100\",\"registration\":\"XX-TST\",\"type_code\":\"A306\","
        "\"airspace\":\"test\"}";
    const struct ovf_alert alert = {OVF_ALERT_TEST, 0xF10000, "test", ovf_bytes_from_text(line)};
    struct ovf_notify_counts before;
    struct ovf_notify_counts after;
    ovf_notify_count(notify, &before);
    for (size_t i = 0; i < notify->n_queues; i++)
        ovf_queue_put(notify->queues[i], &alert);
    const bool is_told = ovf_notify_flush(notify, timeout_ms);
    ovf_notify_count(notify, &after);
    return is_told && after.n_sent - before.n_sent == notify->n_queues;
}
