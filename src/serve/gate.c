/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/gate.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <openssl/crypto.h>

#include "source/file.h"

/* 128 bits as hex digits; in base64 they are more. */
enum { MIN_TOKEN = 32 };

#define COOKIE "overflight"

/* ---- what is admitted ---- */

enum ovf_status ovf_gate_add_host(struct ovf_gate *gate, const char *host, struct ovf_error *err)
{
    static const char admitted[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_[]:";
    if (gate->n_hosts == OVF_GATE_MAX_HOSTS)
        return ovf_error_set(err, OVF_E_RANGE, "more than %d hosts", OVF_GATE_MAX_HOSTS);
    if (host[0] == '\0' || strspn(host, admitted) != strlen(host))
        return ovf_error_set(err, OVF_E_RANGE, "--host \"%.80s\" is no name of a host", host);
    gate->hosts[gate->n_hosts++] = host;
    return OVF_OK;
}

/** What is a browser's cookie for \p token: to be told from it, for who sees a cookie has not the token. */
static enum ovf_status make_cookie(const char *token, char cookie[OVF_SHA256_HEX_SIZE])
{
    char text[OVF_SERVE_TOKEN_SIZE + 16];
    struct ovf_digest digest;
    (void)snprintf(text, sizeof text, COOKIE "\n%s", token);
    const enum ovf_status st = ovf_sha256(ovf_bytes_from_text(text), &digest);
    if (st == OVF_OK)
        ovf_digest_format(&digest, OVF_SHA256_BYTES, cookie);
    OPENSSL_cleanse(text, sizeof text);
    return st;
}

static enum ovf_status take_token(struct ovf_gate *gate, struct ovf_bytes text, const char *path,
                                  struct ovf_error *err)
{
    char token[OVF_SERVE_TOKEN_SIZE];
    while (text.len > 0 && isspace(text.data[text.len - 1]))
        text.len--;
    bool good = text.len >= MIN_TOKEN && text.len < sizeof token;
    for (size_t i = 0; i < text.len; i++)
        good = good && text.data[i] > ' ' && text.data[i] < 127 &&
               strchr("&#%+;,\"\\", text.data[i]) == NULL;
    if (!good)
        return ovf_error_set(err, OVF_E_RANGE,
                             "%.200s: a token of %d to %d letters and digits is due, such as "
                             "`openssl rand -hex 32` makes",
                             path, MIN_TOKEN, OVF_SERVE_TOKEN_SIZE - 1);
    memcpy(token, text.data, text.len);
    token[text.len] = '\0';
    enum ovf_status st = ovf_sha256(text, &gate->token);
    if (st == OVF_OK)
        st = make_cookie(token, gate->cookie);
    OPENSSL_cleanse(token, sizeof token);
    gate->has_token = st == OVF_OK;
    return st;
}

enum ovf_status ovf_gate_read_token(struct ovf_gate *gate, const char *path, struct ovf_error *err)
{
    struct stat info;
    struct ovf_buffer text = {0};
    if (stat(path, &info) != 0)
        return ovf_error_set(err, OVF_E_NOTFOUND, "%.200s: there is no such file", path);
    if ((info.st_mode & 077) != 0)
        return ovf_error_set(err, OVF_E_RANGE,
                             "%.200s: others may read it: chmod 600 it, and use another token",
                             path);
    enum ovf_status st = ovf_file_read(path, 4096, &text, err);
    if (st == OVF_OK)
        st = take_token(gate, ovf_buffer_bytes(&text), path, err);
    if (text.len > 0)
        OPENSSL_cleanse(text.data, text.len);
    ovf_buffer_deinit(&text);
    return st;
}

/* ---- who asks ---- */

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/** Takes the newest value, which is NULL for a header without one. */
static enum MHD_Result take_forwarded(void *context, enum MHD_ValueKind kind, const char *name,
                                      const char *value)
{
    const char **const last = context;
    (void)kind;
    if (strcasecmp(name, "X-Forwarded-For") == 0)
        *last = value;
    return MHD_YES;
}

/** The last line of that name: a proxy may add one of its own behind what the client made up, for which
 * libmicrohttpd's look-up gives the first. */
static const char *find_forwarded(struct MHD_Connection *connection)
{
    const char *last = NULL;
    (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, take_forwarded, &last);
    return last;
}

struct ovf_client_address ovf_gate_client(const struct ovf_gate *gate,
                                          struct MHD_Connection *connection,
                                          const struct ovf_client_address *peer)
{
    struct ovf_client_address client;
    const char *const forwarded = gate->behind_proxy ? find_forwarded(connection) : NULL;
    return forwarded != NULL && ovf_client_address_forwarded(forwarded, &client) ? client : *peer;
}

struct counting {
    size_t n;
    size_t n_bytes;
    size_t n_hosts;
};

static enum MHD_Result count_header(void *context, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
{
    struct counting *const c = context;
    (void)kind;
    c->n++;
    c->n_hosts += strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0 ? 1 : 0;
    c->n_bytes +=
        strlen(name) + (value != NULL ? strlen(value) : 0) + 4; /* ": " and the line's end */
    return MHD_YES;
}

/** Without its scheme an origin is the host that it is of. */
static bool is_own_origin(const struct ovf_gate *gate, const char *origin)
{
    const char *const behind = strstr(origin, "://");
    return behind != NULL && ovf_serve_host_is(behind + 3, gate->hosts, gate->n_hosts);
}

/** Nothing here changes anything; who tries to from elsewhere is told so in other words. */
static bool admits_method(const struct ovf_gate *gate, struct MHD_Connection *connection,
                          const char *method, struct ovf_serve_error *error)
{
    const char *const origin = header(connection, MHD_HTTP_HEADER_ORIGIN);
    if (strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0)
        return true;
    if (origin != NULL && !is_own_origin(gate, origin))
        return ovf_serve_fail(error, 403, "foreign_origin", "a page of elsewhere may not ask this");
    return ovf_serve_fail(error, 405, "method_not_allowed", "there is only to be read: GET, HEAD");
}

bool ovf_gate_admits(struct ovf_gate *gate, struct MHD_Connection *connection, const char *method,
                     const struct ovf_client_address *client, double weight, int64_t now_ms,
                     struct ovf_serve_error *error)
{
    struct counting count = {0};
    const char *const host = header(connection, MHD_HTTP_HEADER_HOST);
    (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, count_header, &count);
    if (count.n > OVF_GATE_MAX_HEADERS || count.n_bytes > OVF_GATE_MAX_HEADER_BYTES)
        return ovf_serve_fail(error, 431, "headers_too_large",
                              "too many headers, or too long ones");
    if (host == NULL || count.n_hosts != 1 || !ovf_serve_host_is(host, gate->hosts, gate->n_hosts))
        return ovf_serve_fail(error, 421, "misdirected",
                              "not for this host: overflight serve --host admits others");
    if (!ovf_rates_take(gate->rates, client, weight, now_ms))
        return ovf_serve_fail(error, 429, "too_many_requests",
                              "too many requests from this address: wait a few seconds");
    return admits_method(gate, connection, method, error);
}

/* ---- with which token ---- */

bool ovf_gate_is_token(const struct ovf_gate *gate, const char *token)
{
    struct ovf_digest digest;
    return ovf_sha256(ovf_bytes_from_text(token), &digest) == OVF_OK &&
           CRYPTO_memcmp(digest.bytes, gate->token.bytes, sizeof digest.bytes) == 0;
}

bool ovf_gate_knows(const struct ovf_gate *gate, struct MHD_Connection *connection)
{
    static const char bearer[] = "Bearer ";
    if (!gate->has_token)
        return true;
    const char *const said = header(connection, MHD_HTTP_HEADER_AUTHORIZATION);
    if (said != NULL && strncasecmp(said, bearer, sizeof bearer - 1) == 0)
        return ovf_gate_is_token(gate, said + sizeof bearer - 1);
    const char *const cookie = MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, COOKIE);
    return cookie != NULL && strlen(cookie) == sizeof gate->cookie - 1 &&
           CRYPTO_memcmp(cookie, gate->cookie, sizeof gate->cookie - 1) == 0;
}
