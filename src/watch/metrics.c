/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/metrics.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "run/scarce_files.h"
#include "source/loopback.h"
#include "source/running_clock.h"

enum { MAX_CONNECTIONS = 16, TIMEOUT_S = 10 };

struct ovf_metrics {
    struct MHD_Daemon *daemon;
    struct ovf_scarce_files scarce;
    pthread_mutex_t lock;
    struct ovf_buffer text; /* behind the lock */
    int64_t published_ms;
};

static enum MHD_Result answer(struct MHD_Connection *connection, unsigned status, const char *type,
                              const void *text, size_t len)
{
    const union {
        const void *given;
        void *taken; /* and copied, not written to */
    } body = {text};
    struct MHD_Response *response =
        MHD_create_response_from_buffer(len, body.taken, MHD_RESPMEM_MUST_COPY);
    if (response == NULL)
        return MHD_NO;
    (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    (void)MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    const enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result say(struct MHD_Connection *connection, unsigned status, const char *text)
{
    return answer(connection, status, "text/plain; charset=utf-8", text, strlen(text));
}

/** A page elsewhere whose name was made to lead here may not read on (DNS rebinding). */
static bool is_for_loopback(struct MHD_Connection *connection)
{
    static const char *const hosts[] = {"127.0.0.1", "localhost", "[::1]"};
    const char *host =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
    for (size_t i = 0; host != NULL && i < sizeof hosts / sizeof *hosts; i++) {
        const size_t n = strlen(hosts[i]);
        if (strncmp(host, hosts[i], n) == 0 && (host[n] == '\0' || host[n] == ':'))
            return true;
    }
    return false;
}

static enum MHD_Result answer_metrics(struct ovf_metrics *metrics,
                                      struct MHD_Connection *connection)
{
    (void)pthread_mutex_lock(&metrics->lock);
    const enum MHD_Result result =
        answer(connection, MHD_HTTP_OK, "text/plain; version=0.0.4; charset=utf-8",
               metrics->text.data, metrics->text.len);
    (void)pthread_mutex_unlock(&metrics->lock);
    return result;
}

static enum MHD_Result answer_health(struct ovf_metrics *metrics, struct MHD_Connection *connection)
{
    const int64_t now_ms = ovf_running_ns() / OVF_NS_PER_MS;
    (void)pthread_mutex_lock(&metrics->lock);
    const int64_t age_ms = now_ms - metrics->published_ms;
    (void)pthread_mutex_unlock(&metrics->lock);
    return age_ms <= OVF_METRICS_STALE_MS
               ? say(connection, MHD_HTTP_OK, "ok\n")
               : say(connection, MHD_HTTP_SERVICE_UNAVAILABLE, "stale\n");
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    struct ovf_metrics *metrics = context;
    (void)version;
    (void)upload;
    (void)upload_size;
    (void)state;
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0)
        return say(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "GET and HEAD only\n");
    if (!is_for_loopback(connection))
        return say(connection, MHD_HTTP_MISDIRECTED_REQUEST, "not for this host\n");
    if (strcmp(url, "/metrics") == 0)
        return answer_metrics(metrics, connection);
    if (strcmp(url, "/healthz") == 0)
        return answer_health(metrics, connection);
    return say(connection, MHD_HTTP_NOT_FOUND, "/metrics, /healthz\n");
}

enum ovf_status ovf_metrics_open(const char *place, const struct ovf_sink *talk, unsigned *port,
                                 struct ovf_metrics **out, struct ovf_error *err)
{
    union ovf_loopback address;
    if (!ovf_loopback_parse(place, &address))
        return ovf_error_set(err, OVF_E_RANGE, "'%.80s' is not HOST:PORT of this machine alone",
                             place);
    struct ovf_metrics *metrics = calloc(1, sizeof *metrics);
    if (metrics == NULL)
        return OVF_E_NOMEM;
    if (pthread_mutex_init(&metrics->lock, NULL) != 0) {
        free(metrics);
        return OVF_E_NOMEM;
    }
    metrics->scarce.talk = talk;
    const unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ERROR_LOG |
                           (address.any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0U);
    metrics->daemon =
        MHD_start_daemon(flags, 0, NULL, NULL, handle, metrics, MHD_OPTION_EXTERNAL_LOGGER,
                         ovf_scarce_files_note, &metrics->scarce, MHD_OPTION_SOCK_ADDR,
                         &address.any, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MAX_CONNECTIONS,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_S, MHD_OPTION_END);
    if (metrics->daemon == NULL) {
        ovf_metrics_close(metrics);
        return ovf_error_set(err, OVF_E_IO, "%.80s cannot be listened to", place);
    }
    *port = MHD_get_daemon_info(metrics->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    *out = metrics;
    return OVF_OK;
}

void ovf_metrics_close(struct ovf_metrics *metrics)
{
    if (metrics == NULL)
        return;
    if (metrics->daemon != NULL)
        MHD_stop_daemon(metrics->daemon);
    (void)pthread_mutex_destroy(&metrics->lock);
    ovf_buffer_deinit(&metrics->text);
    free(metrics);
}

uint64_t ovf_metrics_n_put_off(const struct ovf_metrics *metrics)
{
    return atomic_load(&metrics->scarce.n);
}

enum ovf_status ovf_metrics_publish(struct ovf_metrics *metrics, struct ovf_bytes text,
                                    int64_t now_ms)
{
    (void)pthread_mutex_lock(&metrics->lock);
    metrics->text.len = 0;
    metrics->published_ms = now_ms;
    const enum ovf_status st = ovf_buffer_append(&metrics->text, text.data, text.len);
    (void)pthread_mutex_unlock(&metrics->lock);
    return st;
}
