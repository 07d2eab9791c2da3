/* SPDX-License-Identifier: Apache-2.0 */
/* A server's life: what it listens to, what it sends, the thread that looks at the clock. */
#include "serve/server.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/time.h"
#include "run/signals.h"
#include "serve/server_parts.h"
#include "source/running_clock.h"

/* An address and the page's dozen of documents, beside its streams. */
enum { CONNECTIONS = 256, CONNECTIONS_PER_ADDRESS = 56, CONNECTION_BYTES = 65536, IDLE_S = 60 };
enum { TICK_MS = 200 };

/* 15 minutes at 20 alerts a second, and an hour at what is usual. */
enum { MAX_EVENTS = 32768, MAX_EVENT_BYTES = 64 << 20 };

/* Answers that are kept take at most OVF_KEPT_MAX_BYTES of it; the rest are being sent. */
enum { MAX_ANSWER_BYTES = 512 << 20 };

static const char *const local_names[] = {"127.0.0.1", "localhost", "[::1]"};
static const char *const local_places[] = {"127.0.0.1:8790", "[::1]:8790"};

int64_t ovf_server_clock_ms(void)
{
    return ovf_running_ns() / OVF_NS_PER_MS;
}

static void say(const struct ovf_server *server, const char *what)
{
    if (ovf_sink_write(server->options.talk, what, strlen(what)) != OVF_OK)
        return; /* what cannot be said is lost */
}

/* ---- what is sent ---- */

/** \p bytes stay the caller's. */
static enum ovf_status make_file(struct ovf_server *server, enum ovf_serve_file file,
                                 const char *type, struct ovf_bytes bytes)
{
    struct ovf_buffer copy = {0};
    const enum ovf_status st = ovf_buffer_append(&copy, bytes.data, bytes.len);
    if (st == OVF_OK)
        return ovf_answer_new(&server->policy, type, false, &copy, &server->files[file]);
    ovf_buffer_deinit(&copy);
    return st;
}

static enum ovf_status make_files(struct ovf_server *server, struct ovf_error *err)
{
    const struct ovf_page_files *const page = server->options.page;
    static const char script[] = "text/javascript; charset=utf-8";
    const char *const hash = page != NULL && page->style_hash[0] != '\0' ? page->style_hash : NULL;
    enum ovf_status st = ovf_answer_policy_init(&server->policy, hash, server->options.tiles);
    if (st != OVF_OK)
        return ovf_error_set(err, st, "page.json: style_hash is none");
    if (server->options.tiles_path != NULL)
        st = ovf_tile_file_open(server->options.tiles_path, &server->tiles, err);
    if (st != OVF_OK)
        return st;
    if (page == NULL)
        return OVF_OK;
    st = make_file(server, OVF_SERVE_HTML, "text/html; charset=utf-8",
                   ovf_buffer_bytes(&page->html));
    if (st == OVF_OK)
        st = make_file(server, OVF_SERVE_CSS, "text/css; charset=utf-8",
                       ovf_buffer_bytes(&page->css));
    if (st == OVF_OK)
        st = make_file(server, OVF_SERVE_JS, script, ovf_buffer_bytes(&page->js));
    if (st == OVF_OK)
        st = make_file(server, OVF_SERVE_WORKER, script, ovf_buffer_bytes(&page->worker));
    return st;
}

static enum ovf_status make_documents(struct ovf_server *server,
                                      const struct ovf_documents_source *source,
                                      struct ovf_error *err)
{
    const struct ovf_server_options *const o = &server->options;
    if (source == NULL)
        return OVF_OK;
    struct ovf_documents_source of = *source;
    of.policy = &server->policy;
    of.title = o->title;
    of.tiles = o->tiles;
    of.is_live = o->is_live;
    of.is_public = o->is_public;
    of.max_bytes = MAX_ANSWER_BYTES;
    of.talk = o->talk;
    return ovf_documents_open(&of, &server->documents, err);
}

/* ---- where it listens ---- */

static enum ovf_status add_place(struct ovf_server *server, const char *text, struct ovf_error *err)
{
    const struct ovf_server_options *const o = &server->options;
    if (server->n_places == OVF_SERVER_MAX_LISTENS)
        return ovf_error_set(err, OVF_E_RANGE, "more than %d --listen", OVF_SERVER_MAX_LISTENS);
    struct ovf_listen_place *const place = &server->places[server->n_places];
    const enum ovf_status st = ovf_listen_parse(text, place, err);
    if (st != OVF_OK)
        return st;
    if (!place->is_loopback && o->auth_path == NULL && !o->behind_proxy)
        return ovf_error_set(err, OVF_E_RANGE,
                             "--listen %.80s is open to other machines: that needs --auth FILE, or "
                             "--behind-proxy where a proxy asks who is there",
                             text);
    server->n_places++;
    return ovf_gate_add_host(&server->gate, place->host, err);
}

static enum ovf_status add_places(struct ovf_server *server, struct ovf_error *err)
{
    const struct ovf_server_options *const o = &server->options;
    const bool is_default = o->n_listen == 0;
    const char *const *const texts = is_default ? local_places : o->listen;
    const size_t n = is_default ? sizeof local_places / sizeof *local_places : o->n_listen;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof local_names / sizeof *local_names && st == OVF_OK; i++)
        st = ovf_gate_add_host(&server->gate, local_names[i], err);
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = add_place(server, texts[i], err);
    for (size_t i = 0; i < o->n_hosts && st == OVF_OK; i++)
        st = ovf_gate_add_host(&server->gate, o->hosts[i], err);
    return st;
}

/** As many files as connections may be open, and as many again where each may be sent a file. Where they may not,
 * fewer are. */
static void raise_files(rlim_t wanted)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

static struct MHD_Daemon *start(struct ovf_server *server, const struct ovf_listen_place *place)
{
    const struct ovf_server_options *const o = &server->options;
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                           MHD_USE_ERROR_LOG |
                           (place->address.any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0U);
    const unsigned connections = (unsigned)o->max_sse + CONNECTIONS;
    const unsigned per_address =
        o->behind_proxy ? 0 : (unsigned)o->max_sse_per_address + CONNECTIONS_PER_ADDRESS;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, ovf_server_handler(), server, MHD_OPTION_EXTERNAL_LOGGER,
        ovf_scarce_files_note, &server->scarce, MHD_OPTION_SOCK_ADDR, &place->address.any,
        MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK,
        ovf_server_begin_request, server, MHD_OPTION_NOTIFY_COMPLETED, ovf_server_end_request,
        server, MHD_OPTION_NOTIFY_CONNECTION, ovf_server_note_connection, server, MHD_OPTION_END);
}

static enum ovf_status start_all(struct ovf_server *server, struct ovf_error *err)
{
    char line[200];
    const size_t sent = server->tiles.fd >= 0 ? CONNECTIONS : 0;
    raise_files((rlim_t)(server->n_places * (server->options.max_sse + CONNECTIONS + sent) + 64));
    for (size_t i = 0; i < server->n_places; i++) {
        const struct ovf_listen_place *const place = &server->places[i];
        struct MHD_Daemon *const daemon = start(server, place);
        /* a machine may have no IPv6; that nobody asked for */
        if (daemon == NULL && server->options.n_listen == 0 && i > 0)
            continue;
        if (daemon == NULL)
            return ovf_error_set(err, OVF_E_IO, "%s port %u cannot be listened to", place->host,
                                 ntohs(place->address.in.sin_port));
        server->daemons[server->n_daemons++] = daemon;
        (void)snprintf(line, sizeof line, "listening at http://%s:%u/%s\n", place->host,
                       MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port,
                       server->gate.has_token ? "?token=TOKEN with that of the file" : "");
        say(server, line);
    }
    return OVF_OK;
}

/* ---- the clock ---- */

static void *tick(void *context)
{
    struct ovf_server *const server = context;
    (void)pthread_mutex_lock(&server->lock);
    while (!server->is_stopping) {
        struct timespec until;
        (void)clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += TICK_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        (void)pthread_cond_timedwait(&server->wakes, &server->lock, &until);
        (void)pthread_mutex_unlock(&server->lock);
        ovf_peers_tick(&server->peers, ovf_server_clock_ms());
        ovf_hub_tick(server->hub, ovf_server_clock_ms());
        (void)pthread_mutex_lock(&server->lock);
    }
    (void)pthread_mutex_unlock(&server->lock);
    return NULL;
}

static enum ovf_status start_ticking(struct ovf_server *server, struct ovf_error *err)
{
    if (pthread_create(&server->ticker, NULL, tick, server) != 0)
        return ovf_error_set(err, OVF_E_IO, "no thread can be started");
    server->has_ticker = true;
    return OVF_OK;
}

static void stop_ticking(struct ovf_server *server)
{
    (void)pthread_mutex_lock(&server->lock);
    server->is_stopping = true;
    (void)pthread_cond_signal(&server->wakes);
    (void)pthread_mutex_unlock(&server->lock);
    if (server->has_ticker)
        (void)pthread_join(server->ticker, NULL);
}

/* ---- life ---- */

/** None of these fails on Linux. */
static void init_locks(struct ovf_server *server)
{
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&server->wakes, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    (void)pthread_mutex_init(&server->lock, NULL);
    ovf_peers_init(&server->peers);
}

static enum ovf_status make_gate(struct ovf_server *server, struct ovf_error *err)
{
    const struct ovf_server_options *const o = &server->options;
    server->gate.behind_proxy = o->behind_proxy;
    enum ovf_status st = add_places(server, err);
    if (st == OVF_OK && o->auth_path != NULL)
        st = ovf_gate_read_token(&server->gate, o->auth_path, err);
    return st == OVF_OK ? ovf_rates_new(o->rate_per_s, 2 * o->rate_per_s, &server->gate.rates) : st;
}

static int64_t delay_of(const struct ovf_server_options *options)
{
    if (!options->is_public)
        return 0;
    return options->public_delay_ms != NULL ? *options->public_delay_ms
                                            : OVF_SERVER_PUBLIC_DELAY_MS;
}

enum ovf_status ovf_server_open(const struct ovf_server_options *options,
                                const struct ovf_documents_source *documents,
                                struct ovf_server **out, struct ovf_error *err)
{
    struct ovf_server *const server = calloc(1, sizeof *server);
    if (server == NULL)
        return OVF_E_NOMEM;
    server->options = *options;
    server->tiles.fd = -1;
    server->policy.in_use = &server->answer_bytes;
    server->scarce.talk = options->talk;
    init_locks(server);
    const struct ovf_hub_options hub = {.policy = &server->policy,
                                        .max_clients = options->max_sse,
                                        .max_per_address = options->max_sse_per_address,
                                        .max_events = MAX_EVENTS,
                                        .max_bytes = MAX_EVENT_BYTES,
                                        .delay_ms = delay_of(options),
                                        .talk = options->talk};
    enum ovf_status st = make_gate(server, err);
    if (st == OVF_OK)
        st = make_files(server, err);
    if (st == OVF_OK)
        st = ovf_hub_new(&hub, &server->hub);
    if (st == OVF_OK)
        st = make_documents(server, documents, err);
    if (st == OVF_OK)
        st = start_all(server, err);
    if (st == OVF_OK)
        st = start_ticking(server, err);
    if (st == OVF_OK)
        *out = server;
    else
        ovf_server_close(server);
    return st;
}

/** Before libmicrohttpd is stopped every connection must be awake, and none may fall asleep. */
static void stop_answering(struct ovf_server *server)
{
    if (server->hub != NULL)
        ovf_hub_stop(server->hub);
    if (server->documents != NULL)
        ovf_documents_stop(server->documents);
    for (size_t i = 0; i < server->n_daemons; i++)
        MHD_stop_daemon(server->daemons[i]);
}

void ovf_server_close(struct ovf_server *server)
{
    if (server == NULL)
        return;
    stop_ticking(server);
    stop_answering(server);
    ovf_documents_close(server->documents);
    ovf_hub_free(server->hub);
    for (size_t i = 0; i < OVF_SERVE_N_FILES; i++)
        ovf_answer_release(server->files[i]);
    ovf_answer_release(server->live);
    ovf_tile_file_close(&server->tiles);
    ovf_rates_free(server->gate.rates);
    ovf_peers_deinit(&server->peers);
    (void)pthread_cond_destroy(&server->wakes);
    (void)pthread_mutex_destroy(&server->lock);
    free(server);
}

/* ---- what comes ---- */

enum ovf_status ovf_server_wait(struct ovf_server *server, struct ovf_error *err)
{
    struct pollfd signals = {.events = POLLIN};
    const enum ovf_status st = ovf_signals_catch(&signals.fd, err);
    for (unsigned caught = 0; st == OVF_OK && (caught & OVF_SIGNAL_STOP) == 0;) {
        (void)poll(&signals, 1, -1);
        caught = ovf_signals_take();
        if ((caught & OVF_SIGNAL_RELOAD) != 0)
            ovf_server_reload(server);
    }
    if (st == OVF_OK)
        ovf_signals_release();
    return st;
}

void ovf_server_reload(struct ovf_server *server)
{
    if (server->documents != NULL)
        ovf_documents_reload(server->documents);
}

enum ovf_status ovf_server_alert(struct ovf_server *server, const char *id,
                                 enum ovf_watch_stand stand, struct ovf_bytes line)
{
    return ovf_hub_publish(server->hub, id, stand, line, ovf_server_clock_ms());
}

enum ovf_status ovf_server_live(struct ovf_server *server, struct ovf_bytes text)
{
    struct ovf_buffer copy = {0};
    struct ovf_answer *live = NULL;
    enum ovf_status st = ovf_buffer_append(&copy, text.data, text.len);
    if (st == OVF_OK)
        st = ovf_answer_new(&server->policy, "application/json", true, &copy, &live);
    ovf_buffer_deinit(&copy);
    if (st != OVF_OK)
        return st;
    (void)pthread_mutex_lock(&server->lock);
    struct ovf_answer *const before = server->live;
    server->live = live;
    (void)pthread_mutex_unlock(&server->lock);
    ovf_answer_release(before);
    return OVF_OK;
}
