/* SPDX-License-Identifier: Apache-2.0 */
/* The delivery log: one write a line, so that lines of several programs do not mix. */
#include "notify/delivery_log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "base/json_writer.h"
#include "base/time.h"

struct ovf_delivery_log {
    pthread_mutex_t lock;
    int fd; /* -1: nothing is written */
    bool has_failed;
    struct ovf_sink talk;
    struct ovf_buffer line;
};

enum ovf_status ovf_delivery_log_open(const char *path, const struct ovf_sink *talk,
                                      struct ovf_delivery_log **out, struct ovf_error *err)
{
    struct ovf_delivery_log *const log = calloc(1, sizeof *log);
    if (log == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    log->talk = *talk;
    log->fd = path != NULL ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
    if (path != NULL && log->fd < 0) {
        free(log);
        return ovf_error_set(err, OVF_E_IO, "%s: %s", path, strerror(errno));
    }
    (void)pthread_mutex_init(&log->lock, NULL);
    *out = log;
    return OVF_OK;
}

void ovf_delivery_log_close(struct ovf_delivery_log *log)
{
    if (log == NULL)
        return;
    if (log->fd >= 0)
        (void)close(log->fd);
    (void)pthread_mutex_destroy(&log->lock);
    ovf_buffer_deinit(&log->line);
    free(log);
}

static int64_t now_ns(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * OVF_NS_PER_S + now.tv_nsec;
}

/** The identifier of the crossing that the alert is about, where its line has one. */
static void put_id(struct ovf_json_writer *json, struct ovf_bytes line)
{
    json_t *const root = json_loadb((const char *)line.data, line.len, 0, NULL);
    const char *const id = json_string_value(json_object_get(root, "id"));
    if (id != NULL)
        ovf_json_text(json, "id", id);
    json_decref(root);
}

static enum ovf_status format(const struct ovf_delivery_entry *entry, struct ovf_buffer *out)
{
    char icao24[8];
    struct ovf_json_writer json = ovf_json_begin(out);
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 6; i++)
        icao24[i] = digits[entry->alert->icao24 >> (20 - 4 * i) & 15];
    icao24[6] = '\0';
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "delivery");
    ovf_json_time(&json, "time", now_ns());
    if (entry->channel != NULL)
        ovf_json_text(&json, "channel", entry->channel);
    ovf_json_text(&json, "status", entry->reason == NULL ? "sent" : "not_sent");
    if (entry->reason != NULL)
        ovf_json_text(&json, "reason", entry->reason);
    if (entry->reason != NULL && entry->why[0] != '\0')
        ovf_json_text(&json, "why", entry->why);
    if (entry->n_tries > 0)
        ovf_json_int(&json, "tries", entry->n_tries);
    ovf_json_text(&json, "event", ovf_alert_event_name(entry->alert->event));
    if (entry->alert->event != OVF_ALERT_SERIES)
        ovf_json_text(&json, "icao24", icao24);
    if (entry->alert->watch[0] != '\0')
        ovf_json_text(&json, "watch", entry->alert->watch);
    put_id(&json, entry->alert->line);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append(out, "\n", 1) : json.status;
}

static void complain(struct ovf_delivery_log *log, const char *why)
{
    struct ovf_error line;
    if (log->has_failed)
        return;
    log->has_failed = true;
    (void)ovf_error_set(&line, OVF_E_IO, "the delivery log cannot be written: %s\n", why);
    if (ovf_sink_write(&log->talk, line.text, strlen(line.text)) != OVF_OK)
        return; /* nobody listens */
}

/** Of a test, who asked for it wants to know at once. */
static void say(const struct ovf_delivery_log *log, const struct ovf_delivery_entry *entry)
{
    struct ovf_error line;
    if (entry->reason == NULL)
        (void)ovf_error_set(&line, OVF_OK, "%.60s: sent\n", entry->channel);
    else
        (void)ovf_error_set(&line, OVF_OK, "%.60s: not sent: %s\n", entry->channel,
                            entry->why[0] != '\0' ? entry->why : entry->reason);
    if (ovf_sink_write(&log->talk, line.text, strlen(line.text)) != OVF_OK)
        return; /* nobody listens */
}

void ovf_delivery_log_put(struct ovf_delivery_log *log, const struct ovf_delivery_entry *entry)
{
    (void)pthread_mutex_lock(&log->lock);
    if (entry->alert->event == OVF_ALERT_TEST)
        say(log, entry);
    log->line.len = 0;
    const enum ovf_status st = log->fd >= 0 ? format(entry, &log->line) : OVF_OK;
    const ssize_t n = log->line.len > 0 ? write(log->fd, log->line.data, log->line.len) : 0;
    if (st != OVF_OK)
        complain(log, "no memory");
    else if (n < 0 || (size_t)n != log->line.len)
        complain(log, n < 0 ? strerror(errno) : "no room");
    (void)pthread_mutex_unlock(&log->lock);
}
