/* SPDX-License-Identifier: Apache-2.0 */
/* A request, from its first line to what is answered. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/server_parts.h"

struct request {
    struct ovf_server *server;
    struct MHD_Connection *connection;
    char *key; /* the target as it was sent; NULL: it is too long */
    struct ovf_serve_target target;
    struct ovf_document_job job;
    struct ovf_client_address client; /* who asks, when it was admitted */
    bool is_begun;                    /* its headers were looked at */
    bool is_asked;                    /* the job is done when it is looked at again */
};

static struct ovf_peer *peer_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void set_phase(struct ovf_server *server, struct MHD_Connection *connection,
                      enum ovf_peer_phase phase)
{
    ovf_peers_set(&server->peers, peer_of(connection), phase, ovf_server_clock_ms());
}

/* ---- answers ---- */

static enum MHD_Result refuse(const struct request *r, const struct ovf_serve_error *error)
{
    set_phase(r->server, r->connection, OVF_PEER_TAKING);
    return ovf_answer_error(&r->server->policy, r->connection, error);
}

static enum MHD_Result send_answer(const struct request *r, struct ovf_answer *answer)
{
    set_phase(r->server, r->connection, OVF_PEER_TAKING);
    return ovf_answer_send(answer, r->connection);
}

static enum MHD_Result refuse_with(const struct request *r, unsigned status, const char *code,
                                   const char *message)
{
    struct ovf_serve_error error;
    (void)ovf_serve_fail(&error, status, code, message);
    return refuse(r, &error);
}

/** The token becomes a cookie, and the address one without it. */
static enum MHD_Result log_in(const struct request *r)
{
    char cookie[OVF_SHA256_HEX_SIZE + 80];
    const struct ovf_gate *const gate = &r->server->gate;
    const char *const scheme =
        gate->behind_proxy
            ? MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, "X-Forwarded-Proto")
            : NULL;
    const bool is_secure = scheme != NULL && strcmp(scheme, "https") == 0;
    if (!ovf_gate_is_token(gate, r->target.token))
        return refuse_with(r, 401, "unauthorized", "this is not the token");
    (void)snprintf(cookie, sizeof cookie,
                   "overflight=%s; HttpOnly; SameSite=Lax; Max-Age=2592000%s", gate->cookie,
                   is_secure ? "; Secure" : "");
    struct MHD_Response *const response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result queued = MHD_NO;
    if (response == NULL)
        return MHD_NO;
    if (ovf_answer_secure(response, &r->server->policy) &&
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store") == MHD_YES &&
        MHD_add_response_header(response, MHD_HTTP_HEADER_SET_COOKIE, cookie) == MHD_YES &&
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, "./") == MHD_YES)
        queued = MHD_queue_response(r->connection, MHD_HTTP_SEE_OTHER, response);
    MHD_destroy_response(response);
    set_phase(r->server, r->connection, OVF_PEER_TAKING);
    return queued;
}

static enum MHD_Result send_file(const struct request *r)
{
    struct ovf_answer *const file = r->server->files[r->target.file];
    if (file == NULL)
        return refuse_with(r, 404, "no_page",
                           "the page was not built: there are documents alone, see /api/v1/index");
    return send_answer(r, file);
}

static enum MHD_Result send_tiles(const struct request *r, const char *method)
{
    const struct ovf_server *const server = r->server;
    if (server->tiles.fd < 0)
        return refuse_with(r, 404, "no_tiles", "there are no tiles here: overflight serve --tiles");
    set_phase(r->server, r->connection, OVF_PEER_TAKING);
    return ovf_tile_file_send(&server->tiles, &server->policy, r->connection, method);
}

static enum MHD_Result send_live(const struct request *r)
{
    struct ovf_server *const server = r->server;
    (void)pthread_mutex_lock(&server->lock);
    struct ovf_answer *const live = server->live != NULL ? ovf_answer_hold(server->live) : NULL;
    (void)pthread_mutex_unlock(&server->lock);
    if (live == NULL)
        return refuse_with(r, 404, "not_live", "no live feeds are followed, or none yet");
    const enum MHD_Result queued = send_answer(r, live);
    ovf_answer_release(live);
    return queued;
}

static enum MHD_Result send_events(const struct request *r)
{
    struct ovf_serve_error error;
    enum MHD_Result queued = MHD_NO;
    if (!r->server->options.is_live)
        return refuse_with(r, 404, "not_live", "no live feeds are followed");
    const char *const last =
        MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, "Last-Event-ID");
    if (!ovf_hub_join(r->server->hub, r->connection, &r->client, last, &queued, &error))
        return refuse(r, &error);
    set_phase(r->server, r->connection, OVF_PEER_STREAMS);
    return queued;
}

/** The thread that makes documents has done so; the handler is called again. */
static void go_on(void *context)
{
    MHD_resume_connection(((const struct request *)context)->connection);
}

/** The connection sleeps until the document is made. */
static enum MHD_Result ask_document(struct request *r)
{
    struct ovf_server *const server = r->server;
    r->job = (struct ovf_document_job){
        .key = r->key, .client = r->client, .target = &r->target, .answered = go_on, .context = r};
    r->is_asked = true;
    set_phase(server, r->connection, OVF_PEER_MAKING);
    MHD_suspend_connection(r->connection);
    if (!ovf_documents_ask(server->documents, &r->job))
        MHD_resume_connection(r->connection);
    return MHD_YES;
}

static enum MHD_Result send_document(struct request *r)
{
    struct ovf_server *const server = r->server;
    if (server->documents == NULL)
        return refuse_with(r, 404, "no_such_document", "this server has no documents");
    struct ovf_answer *const answer = ovf_documents_find(server->documents, &r->target, r->key);
    if (answer == NULL)
        return ask_document(r);
    const enum MHD_Result queued = send_answer(r, answer);
    ovf_answer_release(answer);
    return queued;
}

/* ---- a request ---- */

/** As so many requests each counts: a view of the map takes some fifty tiles, of which each is a part of the one
 * file. */
static double weight_of(const struct request *r)
{
    const bool is_tile =
        r->server->tiles.fd >= 0 && r->key != NULL && strcmp(r->key, OVF_SERVE_TILES_PATH) == 0;
    return is_tile ? 0.1 : 1;
}

static bool is_admitted(struct request *r, const char *method, struct ovf_serve_error *error)
{
    struct ovf_gate *const gate = &r->server->gate;
    r->client = ovf_gate_client(gate, r->connection, &peer_of(r->connection)->address);
    return ovf_gate_admits(gate, r->connection, method, &r->client, weight_of(r),
                           ovf_server_clock_ms(), error);
}

/** A body is not read, whatever it is: the connection ends with the answer. */
static enum MHD_Result refuse_body(struct request *r, const char *method)
{
    struct ovf_serve_error error;
    if (!is_admitted(r, method, &error))
        return refuse(r, &error);
    return refuse_with(r, 413, "no_body", "a request has no body here");
}

static bool has_body(struct MHD_Connection *connection)
{
    const char *const length =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return (length != NULL && strcmp(length, "0") != 0) ||
           MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                       MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL;
}

static enum MHD_Result answer(struct request *r, const char *method)
{
    struct ovf_gate *const gate = &r->server->gate;
    struct ovf_serve_error error;
    if (!is_admitted(r, method, &error))
        return refuse(r, &error);
    if (r->key == NULL)
        return refuse_with(r, 414, "address_too_long", "the address is too long");
    const bool is_good = ovf_serve_target_read(r->key, &r->target, &error);
    if (is_good && gate->has_token && r->target.token[0] != '\0')
        return log_in(r);
    if (!ovf_gate_knows(gate, r->connection))
        return refuse_with(r, 401, "unauthorized", "a token is due: Authorization: Bearer TOKEN");
    if (!is_good)
        return refuse(r, &error);
    switch (r->target.what) {
    case OVF_SERVE_FILE:
        return send_file(r);
    case OVF_SERVE_LIVE:
        return send_live(r);
    case OVF_SERVE_EVENTS:
        return send_events(r);
    case OVF_SERVE_TILES:
        return send_tiles(r, method);
    default:
        return send_document(r);
    }
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    struct request *const r = *state;
    (void)context;
    (void)url; /* what libmicrohttpd makes of the target */
    (void)version;
    (void)upload;
    (void)upload_size;
    if (r == NULL || peer_of(connection) == NULL)
        return MHD_NO;
    if (!r->is_begun) {
        r->is_begun = true;
        return has_body(connection) ? refuse_body(r, method) : MHD_YES;
    }
    if (!r->is_asked)
        return answer(r, method);
    return r->job.answer != NULL ? send_answer(r, r->job.answer) : refuse(r, &r->job.error);
}

MHD_AccessHandlerCallback ovf_server_handler(void)
{
    return handle;
}

void *ovf_server_begin_request(void *context, const char *target, struct MHD_Connection *connection)
{
    struct request *const r = calloc(1, sizeof *r);
    if (r == NULL)
        return NULL;
    r->server = context;
    r->connection = connection;
    if (strlen(target) <= OVF_SERVE_MAX_TARGET)
        r->key = strdup(target);
    return r;
}

void ovf_server_end_request(void *context, struct MHD_Connection *connection, void **state,
                            enum MHD_RequestTerminationCode how)
{
    struct request *const r = *state;
    (void)how;
    if (r == NULL)
        return;
    if (peer_of(connection) != NULL)
        set_phase(context, connection, OVF_PEER_IDLE);
    ovf_answer_release(r->job.answer);
    free(r->key);
    free(r);
    *state = NULL;
}

void ovf_server_note_connection(void *context, struct MHD_Connection *connection, void **peer,
                                enum MHD_ConnectionNotificationCode what)
{
    struct ovf_server *const server = context;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        ovf_peers_leave(&server->peers, *peer);
        *peer = NULL;
        return;
    }
    *peer = ovf_peers_join(
        &server->peers,
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd,
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr,
        ovf_server_clock_ms());
}
