/* SPDX-License-Identifier: Apache-2.0 */
/* MQTT 3.1.1 by libmosquitto. A thread keeps the connection (libmosquitto's own ends for good when a name
 * does not resolve), and makes it again when it is lost. An alert goes to TOPIC/<watch> with
 * quality of service 1 and counts as delivered when the broker has acknowledged it. TOPIC/status is "online",
 * retained, and by the broker "offline" when the connection ends.
 *
 * With Home Assistant an alert's watch is an `event` entity there (its documentation, "MQTT Event" and "MQTT
 * discovery"): the message is the alert with `event_type` in front, which that platform asks for. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <mosquitto.h>

#include "base/array.h"
#include "base/time.h"
#include "notify/channel.h"
#include "notify/discovery.h"
#include "source/running_clock.h"

enum {
    TOPIC_SIZE = 512,
    KEEP_ALIVE_S = 30,
    MAX_WATCHES = 1000,
    N_ACKED = 8,
    LOOK_MS = 50,
    LONGEST_WAIT_MS = 60000
};

struct mqtt {
    struct mosquitto *client;
    const struct ovf_case_channel *settings;
    const atomic_bool *is_stopping;
    char status_topic[TOPIC_SIZE];
    struct ovf_buffer message;
    char **known; /* slugs of watches that Home Assistant has been told of */
    size_t n_known;
    size_t known_capacity;
    int port;
    pthread_t thread; /* keeps the connection */
    bool is_started;
    atomic_bool is_closing;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* Under the lock, written by that thread. */
    bool is_connected;
    bool has_no_tls;    /* that is why there is no connection */
    int refusal;        /* what the broker says of the connection; 0: nothing */
    int acked[N_ACKED]; /* the messages acknowledged last */
    unsigned n_acked;
};

static void on_connect(struct mosquitto *client, void *context, int code)
{
    struct mqtt *const mqtt = context;
    if (code == 0)
        (void)mosquitto_publish(client, NULL, mqtt->status_topic, 6, "online", 1, true);
    (void)pthread_mutex_lock(&mqtt->lock);
    mqtt->is_connected = code == 0;
    mqtt->has_no_tls = false;
    mqtt->refusal = code;
    (void)pthread_cond_broadcast(&mqtt->changed);
    (void)pthread_mutex_unlock(&mqtt->lock);
}

static void on_disconnect(struct mosquitto *client, void *context, int code)
{
    struct mqtt *const mqtt = context;
    (void)client;
    (void)pthread_mutex_lock(&mqtt->lock);
    mqtt->is_connected = false;
    /* Until there is a connection: of the tries in between not all say why. */
    mqtt->has_no_tls = mqtt->has_no_tls || code == MOSQ_ERR_TLS || code == MOSQ_ERR_TLS_HANDSHAKE;
    (void)pthread_cond_broadcast(&mqtt->changed);
    (void)pthread_mutex_unlock(&mqtt->lock);
}

static void on_publish(struct mosquitto *client, void *context, int mid)
{
    struct mqtt *const mqtt = context;
    (void)client;
    (void)pthread_mutex_lock(&mqtt->lock);
    mqtt->acked[mqtt->n_acked++ % N_ACKED] = mid;
    (void)pthread_cond_broadcast(&mqtt->changed);
    (void)pthread_mutex_unlock(&mqtt->lock);
}

static void mqtt_close(void *channel)
{
    struct mqtt *const mqtt = channel;
    atomic_store(&mqtt->is_closing, true);
    if (mqtt->is_started)
        (void)pthread_join(mqtt->thread, NULL);
    mosquitto_destroy(mqtt->client);
    for (size_t i = 0; i < mqtt->n_known; i++)
        free(mqtt->known[i]);
    free((void *)mqtt->known);
    ovf_buffer_deinit(&mqtt->message);
    (void)pthread_cond_destroy(&mqtt->changed);
    (void)pthread_mutex_destroy(&mqtt->lock);
    free(mqtt);
    (void)mosquitto_lib_cleanup();
}

static enum ovf_status set_login(struct mqtt *mqtt, struct ovf_error *err)
{
    const struct ovf_case_channel *const settings = mqtt->settings;
    char *password = NULL;
    enum ovf_status st = ovf_secret_read(settings->password_file, &password, err);
    if (st == OVF_OK && settings->username != NULL &&
        mosquitto_username_pw_set(mqtt->client, settings->username, password) != MOSQ_ERR_SUCCESS)
        st = ovf_error_set(err, OVF_E_NOMEM, "no memory");
    free(password);
    return st;
}

static enum ovf_status set_tls(struct mqtt *mqtt, struct ovf_error *err)
{
    const char *const ca_file = mqtt->settings->ca_file;
    const int code = ca_file != NULL
                         ? mosquitto_tls_set(mqtt->client, ca_file, NULL, NULL, NULL, NULL)
                         : mosquitto_int_option(mqtt->client, MOSQ_OPT_TLS_USE_OS_CERTS, 1);
    if (code == MOSQ_ERR_INVAL && ca_file != NULL)
        return ovf_error_set(err, OVF_E_NOTFOUND, "ca_file: %.80s cannot be read", ca_file);
    return code == MOSQ_ERR_SUCCESS ? OVF_OK
                                    : ovf_error_set(err, OVF_E_IO, "libmosquitto has no TLS");
}

static const char *topic_of(const struct ovf_case_channel *settings)
{
    return settings->topic != NULL ? settings->topic : "overflight";
}

/** Everything but the connection, which may come later. */
static enum ovf_status set_up(struct mqtt *mqtt, struct ovf_error *err)
{
    const struct ovf_case_channel *const settings = mqtt->settings;
    const int len =
        snprintf(mqtt->status_topic, sizeof mqtt->status_topic, "%s/status", topic_of(settings));
    if (len < 0 || (size_t)len >= sizeof mqtt->status_topic)
        return ovf_error_set(err, OVF_E_RANGE, "topic: too long");
    mqtt->client = mosquitto_new(NULL, true, mqtt);
    if (mqtt->client == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    mosquitto_connect_callback_set(mqtt->client, on_connect);
    mosquitto_disconnect_callback_set(mqtt->client, on_disconnect);
    mosquitto_publish_callback_set(mqtt->client, on_publish);
    (void)mosquitto_threaded_set(mqtt->client, true);
    if (mosquitto_will_set(mqtt->client, mqtt->status_topic, 7, "offline", 1, true) !=
        MOSQ_ERR_SUCCESS)
        return ovf_error_set(err, OVF_E_RANGE, "topic: \"%.60s\" is none", topic_of(settings));
    const enum ovf_status st = settings->is_tls ? set_tls(mqtt, err) : OVF_OK;
    return st == OVF_OK ? set_login(mqtt, err) : st;
}

static void pause_ms(long ms)
{
    const struct timespec pause = {ms / 1000, ms % 1000 * 1000000L};
    (void)nanosleep(&pause, NULL);
}

/** Say that the program goes, as far as that is possible at once. */
static void say_goodbye(struct mqtt *mqtt)
{
    (void)mosquitto_publish(mqtt->client, NULL, mqtt->status_topic, 7, "offline", 0, true);
    (void)mosquitto_disconnect(mqtt->client);
    for (int i = 0; i < 10 && mosquitto_want_write(mqtt->client); i++)
        (void)mosquitto_loop(mqtt->client, LOOK_MS, 1);
}

/** The thread: serve the connection; make it anew, a second later each time up to a minute. */
static void *keep_connection(void *context)
{
    struct mqtt *const mqtt = context;
    int64_t wait_ms = 0;
    int code =
        mosquitto_connect_async(mqtt->client, mqtt->settings->host, mqtt->port, KEEP_ALIVE_S);
    on_disconnect(mqtt->client, mqtt, code);
    while (!atomic_load(&mqtt->is_closing)) {
        code = mosquitto_loop(mqtt->client, LOOK_MS, 1);
        if (code == MOSQ_ERR_SUCCESS) {
            wait_ms = 0;
            continue;
        }
        on_disconnect(mqtt->client, mqtt, code);
        wait_ms = wait_ms < LONGEST_WAIT_MS ? wait_ms + 1000 : LONGEST_WAIT_MS;
        for (int64_t waited_ms = 0; waited_ms < wait_ms && !atomic_load(&mqtt->is_closing);
             waited_ms += LOOK_MS)
            pause_ms(LOOK_MS);
        if (!atomic_load(&mqtt->is_closing))
            on_disconnect(mqtt->client, mqtt, mosquitto_reconnect_async(mqtt->client));
    }
    say_goodbye(mqtt);
    return NULL;
}

static enum ovf_status mqtt_open(const struct ovf_channel_setup *setup, void **channel,
                                 struct ovf_error *err)
{
    struct mqtt *const mqtt = calloc(1, sizeof *mqtt);
    if (mqtt == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    const struct ovf_case_channel *const settings = setup->settings;
    pthread_condattr_t monotonic;
    mqtt->settings = settings;
    mqtt->is_stopping = setup->is_stopping;
    (void)pthread_mutex_init(&mqtt->lock, NULL);
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&mqtt->changed, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    (void)mosquitto_lib_init();
    mqtt->port = settings->port != 0 ? (int)settings->port : settings->is_tls ? 8883 : 1883;
    enum ovf_status st = set_up(mqtt, err);
    if (st == OVF_OK) {
        mqtt->is_started = ovf_notify_thread(&mqtt->thread, keep_connection, mqtt) == 0;
        if (!mqtt->is_started)
            st = ovf_error_set(err, OVF_E_NOMEM, "no thread");
    }
    if (st != OVF_OK) {
        mqtt_close(mqtt);
        return st;
    }
    *channel = mqtt;
    return OVF_OK;
}

static struct timespec time_of(int64_t t_ns)
{
    return (struct timespec){(time_t)(t_ns / OVF_NS_PER_S), (long)(t_ns % OVF_NS_PER_S)};
}

/** Wait under the lock until there is a connection; false: there is none in time, or it is known why not. */
static bool wait_for_connection(struct mqtt *mqtt, int64_t until_ns)
{
    while (!mqtt->is_connected && mqtt->refusal == 0 && !mqtt->has_no_tls &&
           !atomic_load(mqtt->is_stopping)) {
        const int64_t now_ns = ovf_running_ns();
        const int64_t look_ns = now_ns + OVF_NS_PER_S / 10;
        const struct timespec look = time_of(look_ns < until_ns ? look_ns : until_ns);
        if (now_ns >= until_ns)
            break;
        (void)pthread_cond_timedwait(&mqtt->changed, &mqtt->lock, &look);
    }
    return mqtt->is_connected;
}

static bool is_acked(const struct mqtt *mqtt, int mid)
{
    for (size_t i = 0; i < N_ACKED; i++) {
        if (mqtt->acked[i] == mid)
            return true;
    }
    return false;
}

static bool wait_for_ack(struct mqtt *mqtt, int mid, int64_t until_ns)
{
    while (!is_acked(mqtt, mid) && !atomic_load(mqtt->is_stopping)) {
        const int64_t now_ns = ovf_running_ns();
        const int64_t look_ns = now_ns + OVF_NS_PER_S / 10;
        const struct timespec look = time_of(look_ns < until_ns ? look_ns : until_ns);
        if (now_ns >= until_ns)
            break;
        (void)pthread_cond_timedwait(&mqtt->changed, &mqtt->lock, &look);
    }
    return is_acked(mqtt, mid);
}

/** Under the lock. */
static const char *why_no_connection(const struct mqtt *mqtt)
{
    if (mqtt->refusal != 0)
        return mosquitto_connack_string(mqtt->refusal);
    return mqtt->has_no_tls ? "no TLS with the broker: is its certificate trusted?"
                            : "there is no connection to the broker";
}

static enum ovf_delivery publish(struct mqtt *mqtt, const char *topic, struct ovf_bytes payload,
                                 bool is_retained, struct ovf_delivery_note *note)
{
    const int64_t until_ns =
        ovf_running_ns() + (int64_t)(mqtt->settings->timeout_s * (double)OVF_NS_PER_S);
    int mid = 0;
    (void)pthread_mutex_lock(&mqtt->lock);
    const bool is_connected = wait_for_connection(mqtt, until_ns);
    if (!is_connected)
        (void)snprintf(note->why, sizeof note->why, "%s", why_no_connection(mqtt));
    (void)pthread_mutex_unlock(&mqtt->lock);
    if (!is_connected)
        return OVF_DELIVER_AGAIN;
    const int code = mosquitto_publish(mqtt->client, &mid, topic, (int)payload.len, payload.data, 1,
                                       is_retained);
    if (code != MOSQ_ERR_SUCCESS) {
        (void)snprintf(note->why, sizeof note->why, "%s", mosquitto_strerror(code));
        return code == MOSQ_ERR_NO_CONN || code == MOSQ_ERR_CONN_LOST ? OVF_DELIVER_AGAIN
                                                                      : OVF_DELIVER_NEVER;
    }
    (void)pthread_mutex_lock(&mqtt->lock);
    const bool has_come = wait_for_ack(mqtt, mid, until_ns);
    (void)pthread_mutex_unlock(&mqtt->lock);
    if (!has_come)
        (void)snprintf(note->why, sizeof note->why, "the broker does not acknowledge it");
    return has_come ? OVF_DELIVERED : OVF_DELIVER_AGAIN;
}

static bool is_known(const struct mqtt *mqtt, const char *slug)
{
    for (size_t i = 0; i < mqtt->n_known; i++) {
        if (strcmp(mqtt->known[i], slug) == 0)
            return true;
    }
    return false;
}

/** Remember what has been told; forgetting it costs a message. */
static void know(struct mqtt *mqtt, const char *slug)
{
    char **const grown = mqtt->n_known < MAX_WATCHES
                             ? ovf_array_reserve((void *)mqtt->known, &mqtt->known_capacity,
                                                 mqtt->n_known + 1, sizeof *grown)
                             : NULL;
    if (grown == NULL)
        return;
    mqtt->known = grown;
    mqtt->known[mqtt->n_known] = strdup(slug);
    if (mqtt->known[mqtt->n_known] != NULL)
        mqtt->n_known++;
}

/** Tell Home Assistant of the watch, once. */
static enum ovf_delivery introduce(struct mqtt *mqtt, const char *watch, const char *slug,
                                   const char *state_topic, struct ovf_delivery_note *note)
{
    char topic[TOPIC_SIZE];
    if (!mqtt->settings->home_assistant || is_known(mqtt, slug))
        return OVF_DELIVERED;
    (void)snprintf(topic, sizeof topic, "%.200s/event/overflight/%s/config",
                   mqtt->settings->discovery_prefix, slug);
    mqtt->message.len = 0;
    if (ovf_discovery_put(watch, slug, state_topic, mqtt->status_topic, &mqtt->message) != OVF_OK) {
        (void)snprintf(note->why, sizeof note->why, "no memory");
        return OVF_DELIVER_NEVER;
    }
    const enum ovf_delivery told =
        publish(mqtt, topic, ovf_buffer_bytes(&mqtt->message), true, note);
    if (told == OVF_DELIVERED)
        know(mqtt, slug);
    return told;
}

static enum ovf_delivery mqtt_deliver(void *channel, const struct ovf_alert *alert,
                                      struct ovf_delivery_note *note)
{
    struct mqtt *const mqtt = channel;
    const char *const watch = alert->watch[0] != '\0' ? alert->watch : "alerts";
    char slug[OVF_DISCOVERY_SLUG_SIZE];
    char topic[TOPIC_SIZE];
    ovf_discovery_slug(watch, slug);
    const int len = snprintf(topic, sizeof topic, "%s/%s", topic_of(mqtt->settings), slug);
    if (len < 0 || (size_t)len >= sizeof topic) {
        (void)snprintf(note->why, sizeof note->why, "the topic is too long");
        return OVF_DELIVER_NEVER;
    }
    const enum ovf_delivery told = introduce(mqtt, watch, slug, topic, note);
    if (told != OVF_DELIVERED)
        return told;
    mqtt->message.len = 0;
    if (ovf_discovery_event_put(alert, &mqtt->message) != OVF_OK) {
        (void)snprintf(note->why, sizeof note->why, "the alert is no JSON object");
        return OVF_DELIVER_NEVER;
    }
    return publish(mqtt, topic, ovf_buffer_bytes(&mqtt->message), false, note);
}

const struct ovf_channel_kind_ops ovf_channel_mqtt = {mqtt_open, mqtt_deliver, mqtt_close};
