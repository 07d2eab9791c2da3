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
#include "serve/standing.h"

enum { PING_MS = 15000, BLOCK_BYTES = 8192, GREETING_SIZE = 160 };

static const char missed[] = "event: missed\ndata: {\"type\":\"missed\"}\n\n";
static const char ping[] = ":\n\n";

/** One alert, as it is sent. */
struct event {
    char id[OVF_STANDING_ID_SIZE]; /* of the crossing */
    enum ovf_watch_stand stand;
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
    char greeting[GREETING_SIZE];
    const char *aside;      /* something to be sent before all else; NULL: nothing */
    uint64_t standing;      /* of what stands, what was told by this event or later ones ... */
    uint64_t standing_end;  /* ... and before this one is sent next */
    struct ovf_buffer line; /* one of these while it is sent: it may be forgotten meanwhile */
    uint64_t at;            /* the event that is sent then */
    size_t offset;          /* what was sent of what is being sent */
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
    struct ovf_standing standing; /* of what was told */
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
    ovf_standing_deinit(&hub->standing);
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
    for (; hub->told < hub->end && event_at(hub, hub->told)->due_ms <= hub->now_ms; hub->told++) {
        const struct event *const event = event_at(hub, hub->told);
        const struct ovf_bytes text = {(const unsigned char *)event->text, event->len};
        ovf_standing_note(&hub->standing, hub->told, event->id, event->stand, text, hub->now_ms);
    }
    for (struct client *c = hub->clients; c != NULL && hub->told > before; c = c->next)
        wake(c);
}

enum ovf_status ovf_hub_publish(struct ovf_hub *hub, const char *id, enum ovf_watch_stand stand,
                                struct ovf_bytes line, int64_t now_ms)
{
    struct event event = {.stand = stand, .due_ms = now_ms + hub->options.delay_ms};
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

/** Takes the next line of what stands, where one is due. */
static void take_standing(struct client *client)
{
    if (client->aside != NULL || client->line.len > 0 || client->standing == client->standing_end)
        return;
    const struct ovf_standing_line *const line =
        ovf_standing_from(&client->hub->standing, client->standing);
    const bool is_due = line != NULL && line->number < client->standing_end;
    client->standing = is_due ? line->number + 1 : client->standing_end;
    if (!is_due)
        ovf_buffer_deinit(&client->line); /* a stream lasts for days */
    if (is_due && ovf_buffer_append(&client->line, line->text, line->len) != OVF_OK)
        drop(client); /* rather than tell it a part */
}

/** What is sent next; empty: nothing. */
static struct ovf_bytes next_text(struct client *client)
{
    const struct ovf_hub *const hub = client->hub;
    take_standing(client);
    if (client->aside != NULL)
        return ovf_bytes_from_text(client->aside);
    if (client->line.len > 0)
        return ovf_buffer_bytes(&client->line);
    if (client->is_dropped || client->at == hub->told)
        return (struct ovf_bytes){NULL, 0};
    const struct event *const event = event_at(hub, client->at);
    return (struct ovf_bytes){(const unsigned char *)event->text, event->len};
}

/** Behind what was sent whole. */
static void go_on(struct client *client)
{
    client->offset = 0;
    if (client->aside != NULL)
        client->aside = NULL;
    else if (client->line.len > 0)
        client->line.len = 0;
    else
        client->at++;
}

/** Copies what there is for a client; 0: nothing. */
static size_t fill(struct client *client, char *out, size_t max)
{
    size_t n = 0;
    while (n < max) {
        const struct ovf_bytes text = next_text(client);
        const size_t left = text.len - client->offset;
        const size_t take = left < max - n ? left : max - n;
        if (text.len == 0)
            break;
        memcpy(out + n, text.data + client->offset, take);
        n += take;
        client->offset += take;
        if (client->offset == text.len)
            go_on(client);
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
        if (n == 0 && client->is_dropped)
            n = MHD_CONTENT_READER_END_OF_STREAM;
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
    ovf_buffer_deinit(&client->line);
    free(client);
}

/** Whether \p last_id is "ID:NUMBER". */
static bool read_number(const char *last_id, uint64_t *number)
{
    const char *const colon = last_id != NULL ? strrchr(last_id, ':') : NULL;
    int64_t value;
    if (colon == NULL || !ovf_number_parse_int(ovf_bytes_from_text(colon + 1), &value) || value < 0)
        return false;
    *number = (uint64_t)value;
    return true;
}

static bool is_kept(const struct ovf_hub *hub, const char *last_id, uint64_t number)
{
    const size_t len = (size_t)(strrchr(last_id, ':') - last_id);
    return number >= hub->first && number < hub->told && strlen(event_at(hub, number)->id) == len &&
           memcmp(event_at(hub, number)->id, last_id, len) == 0;
}

/** Who comes back too early would only be refused again. */
static void greet(const struct ovf_hub *hub, bool knows_all, const char *also,
                  struct client *client)
{
    const uint64_t n_left_off = knows_all ? 0 : hub->standing.n_left_off;
    const int n = snprintf(client->greeting, sizeof client->greeting, "retry: 3000\n\n%s", also);
    if (n_left_off > 0)
        (void)snprintf(client->greeting + n, sizeof client->greeting - (size_t)n,
                       "event: left_off\ndata: {\"type\":\"left_off\",\"n_crossings\":%" PRIu64
                       "}\n\n",
                       n_left_off);
    client->aside = client->greeting;
}

/** Where to go on behind "ID:NUMBER", else with what stands. An id that is none counts as none. */
static void resume(const struct ovf_hub *hub, const char *last_id, struct client *client)
{
    const uint64_t n_kept = hub->told - hub->first;
    uint64_t number;
    const bool has_number = read_number(last_id, &number);
    const bool knows_all = has_number && is_kept(hub, last_id, number);
    if (knows_all)
        client->at = number + 1;
    else if (
        has_number) /* too long ago, or of a server that ran before: how much is missing nobody knows */
        client->at = hub->first;
    else
        client->at = hub->told - (n_kept < OVF_HUB_RECENT ? n_kept : OVF_HUB_RECENT);
    client->standing_end = knows_all ? 0 : client->at;
    greet(hub, knows_all, has_number && !knows_all ? missed : "", client);
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
