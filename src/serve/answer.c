/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <isa-l/igzip_lib.h>

#include "base/json_writer.h"

enum { WORTH_GZIP_BYTES = 1024, ETAG_SIZE = OVF_SHA256_HEX_SIZE + 8 };

struct ovf_answer {
    atomic_uint n_holders;
    char etag[ETAG_SIZE];
    size_t n_bytes;
    struct MHD_Response *plain;
    struct MHD_Response *gzip; /* NULL: not worth it */
    struct MHD_Response *unchanged;
};

/* ---- headers ---- */

/** Nothing but what a hash is made of may get into the policy. */
static bool is_hash(const char *text)
{
    static const char base64[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    return strncmp(text, "sha256-", 7) == 0 && strlen(text) == 7 + 44 &&
           strspn(text + 7, base64) == 44;
}

enum ovf_status ovf_answer_policy_init(struct ovf_answer_policy *policy, const char *style_hash,
                                       const struct ovf_view_tiles *tiles)
{
    const char *const asked = tiles != NULL ? tiles->origin : "";
    const char *const pictures = tiles != NULL && tiles->kind == OVF_TILES_XYZ ? asked : "";
    if (style_hash != NULL && !is_hash(style_hash))
        return OVF_E_FORMAT;
    const char *const quote = style_hash != NULL ? "'" : "";
    (void)snprintf(
        policy->csp, sizeof policy->csp,
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'%s%s%s%s; "
        "img-src 'self' data: blob:%s%s; connect-src 'self'%s%s; base-uri 'none'; "
        "form-action 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default",
        style_hash != NULL ? " " : "", quote, style_hash != NULL ? style_hash : "", quote,
        pictures[0] != '\0' ? " " : "", pictures, asked[0] != '\0' ? " " : "", asked);
    return OVF_OK;
}

static bool add(struct MHD_Response *response, const char *name, const char *value)
{
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

bool ovf_answer_secure(struct MHD_Response *response, const struct ovf_answer_policy *policy)
{
    return add(response, "Content-Security-Policy", policy->csp) &&
           add(response, "X-Content-Type-Options", "nosniff") &&
           add(response, "Referrer-Policy", "no-referrer") &&
           add(response, "Cross-Origin-Opener-Policy", "same-origin") &&
           add(response, "Cross-Origin-Resource-Policy", "same-origin") &&
           add(response, "Permissions-Policy", "geolocation=()");
}

/* ---- bytes ---- */

/** libmicrohttpd's reader takes what is only read as if it might be written to. */
static struct MHD_Response *copied(const void *data, size_t len)
{
    const union {
        const void *given;
        void *taken;
    } body = {data};
    return MHD_create_response_from_buffer(len, body.taken, MHD_RESPMEM_MUST_COPY);
}

/** What a response is made of. It lives until the last who is sent it has it, which may be long after the answer. */
struct body {
    unsigned char *data;
    size_t len;
    atomic_size_t *in_use;
};

static void free_body(void *context)
{
    struct body *const body = context;
    if (body->in_use != NULL)
        (void)atomic_fetch_sub(body->in_use, body->len);
    free(body->data);
    free(body);
}

/** A response that frees what \p bytes hold; they are empty then. */
static struct MHD_Response *taken(const struct ovf_answer_policy *policy, struct ovf_buffer *bytes)
{
    if (bytes->len == 0)
        return copied("", 0);
    struct body *const body = malloc(sizeof *body);
    if (body == NULL)
        return NULL;
    *body = (struct body){bytes->data, bytes->len, policy->in_use};
    struct MHD_Response *const response = MHD_create_response_from_buffer_with_free_callback_cls(
        bytes->len, bytes->data, free_body, body);
    if (response == NULL) {
        free(body);
        return NULL;
    }
    if (policy->in_use != NULL)
        (void)atomic_fetch_add(policy->in_use, bytes->len);
    *bytes = (struct ovf_buffer){0};
    return response;
}

/** Appends \p bytes as gzip; false: no memory, or it is not smaller. */
static bool pack(struct ovf_bytes bytes, struct ovf_buffer *out)
{
    struct isal_zstream stream;
    unsigned char *const level = malloc(ISAL_DEF_LVL1_DEFAULT);
    bool good =
        level != NULL && bytes.len < UINT32_MAX && ovf_buffer_reserve(out, bytes.len) == OVF_OK;
    if (good) {
        const union {
            const unsigned char *given;
            unsigned char *taken; /* and only read */
        } in = {bytes.data};
        isal_deflate_init(&stream);
        stream.level = 1;
        stream.level_buf = level;
        stream.level_buf_size = ISAL_DEF_LVL1_DEFAULT;
        stream.gzip_flag = IGZIP_GZIP;
        stream.end_of_stream = 1;
        stream.next_in = in.taken;
        stream.avail_in = (uint32_t)bytes.len;
        stream.next_out = out->data;
        stream.avail_out = (uint32_t)bytes.len;
        good = isal_deflate(&stream) == COMP_OK && stream.internal_state.state == ZSTATE_END;
        out->len = good ? bytes.len - stream.avail_out : 0;
    }
    free(level);
    return good;
}

static bool dress(struct MHD_Response *response, const struct ovf_answer_policy *policy,
                  const char *type, bool is_private, const char *etag)
{
    return response != NULL && ovf_answer_secure(response, policy) &&
           (type == NULL || add(response, MHD_HTTP_HEADER_CONTENT_TYPE, type)) &&
           add(response, MHD_HTTP_HEADER_CACHE_CONTROL, is_private ? "no-store" : "no-cache") &&
           add(response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_ENCODING) &&
           add(response, MHD_HTTP_HEADER_ETAG, etag);
}

static bool make_gzip(struct ovf_answer *answer, const struct ovf_answer_policy *policy,
                      const char *type, bool is_private, struct ovf_bytes bytes)
{
    struct ovf_buffer packed = {0};
    char etag[ETAG_SIZE];
    bool good = true;
    (void)snprintf(etag, sizeof etag, "%.*s-gzip\"", (int)strlen(answer->etag) - 1, answer->etag);
    if (bytes.len >= WORTH_GZIP_BYTES && pack(bytes, &packed)) {
        answer->n_bytes += packed.len;
        answer->gzip = taken(policy, &packed);
        good = dress(answer->gzip, policy, type, is_private, etag) &&
               add(answer->gzip, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    }
    ovf_buffer_deinit(&packed);
    return good;
}

enum ovf_status ovf_answer_new(const struct ovf_answer_policy *policy, const char *type,
                               bool is_private, struct ovf_buffer *bytes, struct ovf_answer **out)
{
    struct ovf_digest digest;
    struct ovf_answer *const answer = calloc(1, sizeof *answer);
    enum ovf_status st =
        answer != NULL ? ovf_sha256(ovf_buffer_bytes(bytes), &digest) : OVF_E_NOMEM;
    if (st == OVF_OK) {
        atomic_init(&answer->n_holders, 1);
        answer->n_bytes = bytes->len;
        answer->etag[0] = '"';
        ovf_digest_format(&digest, OVF_SHA256_BYTES, answer->etag + 1);
        memcpy(answer->etag + strlen(answer->etag), "\"", 2);
        const bool good = make_gzip(answer, policy, type, is_private, ovf_buffer_bytes(bytes));
        answer->plain = taken(policy, bytes);
        answer->unchanged = copied("", 0);
        if (!good || !dress(answer->plain, policy, type, is_private, answer->etag) ||
            !dress(answer->unchanged, policy, NULL, is_private, answer->etag))
            st = OVF_E_NOMEM;
    }
    ovf_buffer_deinit(bytes);
    if (st == OVF_OK)
        *out = answer;
    else
        ovf_answer_release(answer);
    return st;
}

struct ovf_answer *ovf_answer_hold(struct ovf_answer *answer)
{
    atomic_fetch_add(&answer->n_holders, 1);
    return answer;
}

static void destroy(struct MHD_Response *response)
{
    if (response != NULL)
        MHD_destroy_response(response);
}

void ovf_answer_release(struct ovf_answer *answer)
{
    if (answer == NULL || atomic_fetch_sub(&answer->n_holders, 1) > 1)
        return;
    destroy(answer->plain);
    destroy(answer->gzip);
    destroy(answer->unchanged);
    free(answer);
}

size_t ovf_answer_size(const struct ovf_answer *answer)
{
    return answer->n_bytes;
}

/* ---- sending ---- */

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

enum MHD_Result ovf_answer_send(struct ovf_answer *answer, struct MHD_Connection *connection)
{
    if (ovf_serve_is_known(header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH), answer->etag))
        return MHD_queue_response(connection, MHD_HTTP_NOT_MODIFIED, answer->unchanged);
    const bool packed = answer->gzip != NULL &&
                        ovf_serve_admits_gzip(header(connection, MHD_HTTP_HEADER_ACCEPT_ENCODING));
    return MHD_queue_response(connection, MHD_HTTP_OK, packed ? answer->gzip : answer->plain);
}

static enum ovf_status write_error(const struct ovf_serve_error *error, struct ovf_buffer *out)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_open(&json, "error", '{');
    ovf_json_int(&json, "status", error->status);
    ovf_json_text(&json, "code", error->code);
    ovf_json_text(&json, "message", error->message);
    ovf_json_close(&json, '}');
    ovf_json_close(&json, '}');
    return json.status;
}

/** What the status asks for beside. */
static bool add_hints(struct MHD_Response *response, unsigned status)
{
    if (status == MHD_HTTP_UNAUTHORIZED)
        return add(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        return add(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
    if (status == MHD_HTTP_TOO_MANY_REQUESTS || status == MHD_HTTP_SERVICE_UNAVAILABLE)
        return add(response, MHD_HTTP_HEADER_RETRY_AFTER, "2");
    return true;
}

enum MHD_Result ovf_answer_error(const struct ovf_answer_policy *policy,
                                 struct MHD_Connection *connection,
                                 const struct ovf_serve_error *error)
{
    struct ovf_buffer text = {0};
    struct MHD_Response *response = NULL;
    enum MHD_Result queued = MHD_NO;
    if (write_error(error, &text) == OVF_OK)
        response = taken(policy, &text);
    if (response != NULL && ovf_answer_secure(response, policy) &&
        add(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json") &&
        add(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store") &&
        add_hints(response, error->status))
        queued = MHD_queue_response(connection, error->status, response);
    destroy(response);
    ovf_buffer_deinit(&text);
    return queued;
}
