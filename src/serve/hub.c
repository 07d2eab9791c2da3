/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/hub.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/number.h"

enum { PING_MS = 15000, ID_SIZE = 96, BLOCK_BYTES = 8192 };

/* Who comes back too early would only be refused again. */
static const char greeting[] = "retry: 3000\n\n";
static const char missed[] = "retry: 3000\nevent: missed\ndata: {\"type\":\"missed\"}\n\n";
static const char ping[] = ":\n\n";

/** One alert, as it is sent. */
struct event {
    char id[ID_SIZE]; /* of the crossing */
    char *text;
    size_t len;
    int64_t due_ms;
};

struct client {
    struct ovf_hub *hub;
    struct client *previous;
    struct client *next;
    struct MHD_Connection *connection;
    struct ovf_client_address address;
    const char *aside; /* something to be sent before the next event; NULL: nothing */
    uint64_t at;       /* the event that is sent next */
    size_t offset;     /* what was sent of aside, else of the event */
    int64_t told_ms;
    bool is_waiting; /* suspended */
    bool is_dropped;
};

struct ovf_hub {
    struct ovf_hub_options options;
    pthread_mutex_t lock; /* of all below */
    struct event *events; /* event n stands at n % max_events */
    uint64_t first;       /* the oldest that is kept */
    uint64_t told;        /* those before were told */
    uint64_t end;         /* behind the newest */
    size_t n_bytes;
    struct client *clients;
    int64_t now_ms;
    bool is_stopping;
};

static struct event *event_at(const struct ovf_hub *hub, uint64_t n)
{
    return &hub->events[n % hub->options.max_events];
}

/* ---- life ---- */

enum ovf_status ovf_hub_new(const struct ovf_hub_options *options, struct ovf_hub **out)
{
    struct ovf_hub *const hub = calloc(1, sizeof *hub);
    if (hub == NULL)
        return OVF_E_NOMEM;
    hub->options = *options;
    hub->events = calloc(options->max_events, sizeof *hub->events);
    if (hub->events == NULL) {
        free(hub);
        return OVF_E_NOMEM;
    }
    (void)pthread_mutex_init(&hub->lock, NULL); /* which cannot fail on Linux */
    *out = hub;
    return OVF_OK;
}

void ovf_hub_free(struct ovf_hub *hub)
{
    if (hub == NULL)
        return;
    for (uint64_t n = hub->first; n < hub->end; n++)
        free(event_at(hub, n)->text);
    free(hub->events);
    (void)pthread_mutex_destroy(&hub->lock);
    free(hub);
}

/** With the lock held. */
static void wake(struct client *client)
{
    if (!client->is_waiting)
        return;
    client->is_waiting = false;
    MHD_resume_connection(client->connection);
}

void ovf_hub_stop(struct ovf_hub *hub)
{
    (void)pthread_mutex_lock(&hub->lock);
    hub->is_stopping = true;
    for (struct client *c = hub->clients; c != NULL; c = c->next)
        wake(c);
    (void)pthread_mutex_unlock(&hub->lock);
}

/* ---- telling ---- */

/** Ends a connection that takes nothing: libmicrohttpd waits for its socket, which is shut. */
static void drop(struct client *client)
{
    const union MHD_ConnectionInfo *const info =
        MHD_get_connection_info(client->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    client->is_dropped = true;
    if (info != NULL)
        (void)shutdown(info->connect_fd, SHUT_RDWR);
    wake(client);
}

/** Gives up the oldest event, and with it who was not told it whole yet. */
static void give_up_oldest(struct ovf_hub *hub)
{
    char line[128];
    size_t n_dropped = 0;
    struct event *const oldest = event_at(hub, hub->first);
    for (struct client *c = hub->clients; c != NULL; c = c->next) {
        if (c->at == hub->first && hub->first < hub->told && !c->is_dropped) {
            drop(c);
            n_dropped++;
        }
        if (c->at == hub->first)
            c->at++;
    }
    hub->n_bytes -= oldest->len;
    free(oldest->text);
    *oldest = (struct event){.text = NULL};
    hub->first++;
    hub->told = hub->told > hub->first ? hub->told : hub->first;
    if (n_dropped == 0)
        return;
    const int n =
        snprintf(line, sizeof line, "%zu listeners dropped: they are %" PRIu64 " alerts behind\n",
                 n_dropped, hub->end - hub->first);
    if (ovf_sink_write(hub->options.talk, line, (size_t)n) != OVF_OK)
        return; /* what cannot be said is lost */
}

static bool format(const char *id, struct ovf_bytes line, uint64_t number, struct event *out)
{
    struct ovf_buffer text = {0};
    enum ovf_status st =
        ovf_buffer_printf(&text, "id: %s:%" PRIu64 "\nevent: alert\ndata: ", id, number);
    if (st == OVF_OK)
        st = ovf_buffer_append(&text, line.data, line.len);
    if (st == OVF_OK)
        st = ovf_buffer_append(&text, "\n\n", 2);
    (void)snprintf(out->id, sizeof out->id, "%s", id);
    out->text = (char *)text.data;
    out->len = text.len;
    if (st != OVF_OK)
        ovf_buffer_deinit(&text);
    return st == OVF_OK;
}

/** Makes known what is due. */
static void tell_due(struct ovf_hub *hub)
{
    const uint64_t before = hub->told;
    while (hub->told < hub->end && event_at(hub, hub->told)->due_ms <= hub->now_ms)
        hub->told++;
    for (struct client *c = hub->clients; c != NULL && hub->told > before; c = c->next)
        wake(c);
}

enum ovf_status ovf_hub_publish(struct ovf_hub *hub, const char *id, struct ovf_bytes line,
                                int64_t now_ms)
{
    struct event event = {.due_ms = now_ms + hub->options.delay_ms};
    (void)pthread_mutex_lock(&hub->lock);
    const bool good = format(id, line, hub->end, &event);
    if (good) {
        while (hub->end > hub->first && (hub->end - hub->first == hub->options.max_events ||
                                         hub->n_bytes + event.len > hub->options.max_bytes))
            give_up_oldest(hub);
        hub->n_bytes += event.len;
        *event_at(hub, hub->end++) = event;
        hub->now_ms = now_ms;
        tell_due(hub);
    }
    (void)pthread_mutex_unlock(&hub->lock);
    return good ? OVF_OK : OVF_E_NOMEM;
}

void ovf_hub_tick(struct ovf_hub *hub, int64_t now_ms)
{
    (void)pthread_mutex_lock(&hub->lock);
    hub->now_ms = now_ms;
    tell_due(hub);
    for (struct client *c = hub->clients; c != NULL; c = c->next) {
        if (!c->is_waiting || now_ms - c->told_ms < PING_MS)
            continue;
        c->aside = ping;
        c->offset = 0;
        wake(c);
    }
    (void)pthread_mutex_unlock(&hub->lock);
}

/* ---- listening ---- */

/** Copies what there is for a client; 0: nothing. */
static size_t fill(struct client *client, char *out, size_t max)
{
    const struct ovf_hub *const hub = client->hub;
    size_t n = 0;
    while (n < max && (client->aside != NULL || client->at < hub->told)) {
        const struct event *const event = event_at(hub, client->at);
        const char *const text = client->aside != NULL ? client->aside : event->text;
        const size_t len = client->aside != NULL ? strlen(client->aside) : event->len;
        const size_t left = len - client->offset;
        const size_t take = left < max - n ? left : max - n;
        memcpy(out + n, text + client->offset, take);
        n += take;
        client->offset += take;
        if (client->offset < len)
            break;
        client->offset = 0;
        client->at += client->aside == NULL ? 1 : 0;
        client->aside = NULL;
    }
    return n;
}

/** Who has nothing to be told sleeps until there is something. */
static ssize_t read_client(void *context, uint64_t position, char *out, size_t max)
{
    struct client *const client = context;
    struct ovf_hub *const hub = client->hub;
    ssize_t n = MHD_CONTENT_READER_END_OF_STREAM;
    (void)position;
    (void)pthread_mutex_lock(&hub->lock);
    if (!client->is_dropped && !hub->is_stopping) {
        n = (ssize_t)fill(client, out, max);
        client->told_ms = hub->now_ms;
        if (n == 0) {
            client->is_waiting = true;
            MHD_suspend_connection(client->connection);
        }
    }
    (void)pthread_mutex_unlock(&hub->lock);
    return n;
}

static void leave(void *context)
{
    struct client *const client = context;
    struct ovf_hub *const hub = client->hub;
    (void)pthread_mutex_lock(&hub->lock);
    if (client->previous != NULL)
        client->previous->next = client->next;
    else
        hub->clients = client->next;
    if (client->next != NULL)
        client->next->previous = client->previous;
    (void)pthread_mutex_unlock(&hub->lock);
    free(client);
}

/** Where to go on behind "ID:NUMBER". An id that is none counts as none. */
static void resume(const struct ovf_hub *hub, const char *last_id, struct client *client)
{
    const char *const colon = last_id != NULL ? strrchr(last_id, ':') : NULL;
    const uint64_t kept = hub->told - hub->first;
    int64_t number;
    client->at = hub->told - (kept < OVF_HUB_RECENT ? kept : OVF_HUB_RECENT);
    if (colon == NULL || !ovf_number_parse_int(ovf_bytes_from_text(colon + 1), &number) ||
        number < 0)
        return;
    const uint64_t n = (uint64_t)number;
    const size_t len = (size_t)(colon - last_id);
    const bool is_kept = n >= hub->first && n < hub->told && strlen(event_at(hub, n)->id) == len &&
                         memcmp(event_at(hub, n)->id, last_id, len) == 0;
    client->at = is_kept ? n + 1 : hub->first;
    if (!is_kept) /* too long ago, or of a server that ran before: how much is missing nobody knows */
        client->aside = missed;
}

static bool has_room(const struct ovf_hub *hub, const struct ovf_client_address *address,
                     struct ovf_serve_error *error)
{
    size_t n = 0;
    size_t n_same = 0;
    for (const struct client *c = hub->clients; c != NULL; c = c->next) {
        n += c->is_dropped ? 0 : 1;
        n_same += !c->is_dropped && memcmp(&c->address, address, sizeof *address) == 0 ? 1 : 0;
    }
    if (hub->is_stopping || n >= hub->options.max_clients)
        return ovf_serve_fail(error, 503, "too_many_listeners",
                              "as many as are admitted listen already");
    return n_same < hub->options.max_per_address ||
           ovf_serve_fail(error, 429, "too_many_listeners",
                          "as many as are admitted from one address listen already");
}

/** Whether the other side has closed the connection, in order or not. */
static bool has_gone(const struct client *client)
{
    char byte;
    const union MHD_ConnectionInfo *const info =
        MHD_get_connection_info(client->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info == NULL)
        return false;
    const ssize_t n = recv(info->connect_fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
}

/** Who sleeps and has gone is noticed only when it is told something; where room is due, it is looked for. */
static void drop_gone(struct ovf_hub *hub)
{
    for (struct client *c = hub->clients; c != NULL; c = c->next) {
        if (c->is_waiting && has_gone(c))
            drop(c);
    }
}

static bool admit(struct ovf_hub *hub, struct client *client, const char *last_id,
                  struct ovf_serve_error *error)
{
    (void)pthread_mutex_lock(&hub->lock);
    bool good = has_room(hub, &client->address, error);
    if (!good) {
        drop_gone(hub);
        good = has_room(hub, &client->address, error);
    }
    if (good) {
        client->aside = greeting;
        resume(hub, last_id, client);
        client->told_ms = hub->now_ms;
        client->next = hub->clients;
        if (hub->clients != NULL)
            hub->clients->previous = client;
        hub->clients = client;
    }
    (void)pthread_mutex_unlock(&hub->lock);
    return good;
}

/** Without memory the connection is closed. */
static enum MHD_Result begin(struct ovf_hub *hub, struct client *client)
{
    enum MHD_Result queued = MHD_NO;
    struct MHD_Connection *const connection = client->connection;
    struct MHD_Response *const response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, BLOCK_BYTES, read_client, client, leave);
    if (response == NULL) {
        leave(client);
        return MHD_NO;
    }
    if (ovf_answer_secure(response, hub->options.policy) &&
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream") ==
            MHD_YES &&
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store") == MHD_YES &&
        MHD_add_response_header(response, "X-Accel-Buffering", "no") == MHD_YES)
        queued = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return queued;
}

bool ovf_hub_join(struct ovf_hub *hub, struct MHD_Connection *connection,
                  const struct ovf_client_address *address, const char *last_id,
                  enum MHD_Result *queued, struct ovf_serve_error *error)
{
    struct client *const client = calloc(1, sizeof *client);
    if (client == NULL)
        return ovf_serve_fail(error, 503, "no_memory", "the server is out of memory");
    *client = (struct client){.hub = hub, .connection = connection, .address = *address};
    if (!admit(hub, client, last_id, error)) {
        free(client);
        return false;
    }
    *queued = begin(hub, client);
    return true;
}
