/* SPDX-License-Identifier: Apache-2.0 */
/* Exchanges, and when they are tried again. What curl and the server say of one try is told apart into
 * good, worth another try, and final; the waits double, unless the server names one (Retry-After, or
 * GitHub's X-RateLimit-Reset). */
#include "source/http.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>

#include "base/number.h"
#include "source/http_parts.h"

enum {
    MAX_REDIRECTS = 5,
    SLOWEST_BYTES_PER_S = 100, /* less, on the average of silence_s, is silence */
    LONGEST_BACK_OFF_MS = 5 * 60 * 1000,
    BLOCK_BYTES = 256 << 10, /* taken at once, at the most */
};

const struct ovf_http_policy ovf_http_policy_default = {
    .silence_s = 30,
    .n_retries = 5,
    .retry_ms = 1000,
    .longest_wait_s = INT64_C(65) * 60,
};

struct ovf_http {
    CURL *curl;
    struct ovf_http_policy policy;
    struct ovf_sink talk;
    bool has_asked; /* there was an exchange before */
};

enum verdict { GOOD, AGAIN, FINAL };

/** One try of an exchange. */
struct attempt {
    CURL *curl;
    const char *url;
    const struct ovf_http_target *target;
    struct ovf_error *err;
    bool has_head;
    long status;
    enum ovf_status taken; /* what the target said */
    int64_t wait_s;        /* that the server asks for; 0: it does not */
};

enum ovf_status ovf_http_new(const struct ovf_http_policy *policy, const struct ovf_sink *talk,
                             struct ovf_http **out, struct ovf_error *err)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return ovf_error_set(err, OVF_E_IO, "libcurl does not start");
    struct ovf_http *const http = calloc(1, sizeof *http);
    CURL *const curl = curl_easy_init();
    if (http == NULL || curl == NULL) {
        curl_easy_cleanup(curl);
        free(http);
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    }
    *http = (struct ovf_http){.curl = curl, .policy = *policy, .talk = *talk};
    *out = http;
    return OVF_OK;
}

void ovf_http_free(struct ovf_http *http)
{
    if (http == NULL)
        return;
    curl_easy_cleanup(http->curl);
    free(http);
}

static const char *header(CURL *curl, const char *name)
{
    struct curl_header *found = NULL;
    return curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value
                                                                                  : NULL;
}

static bool header_number(CURL *curl, const char *name, int64_t *value)
{
    const char *const text = header(curl, name);
    return text != NULL && ovf_number_parse_int(ovf_bytes_from_text(text), value);
}

/** What the server wants to be waited. */
static int64_t wait_asked(CURL *curl)
{
    curl_off_t wait_s = 0;
    int64_t n_left = 0;
    int64_t reset_s = 0;
    (void)curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait_s);
    if (wait_s == 0 && header_number(curl, "x-ratelimit-remaining", &n_left) && n_left == 0 &&
        header_number(curl, "x-ratelimit-reset", &reset_s))
        wait_s = reset_s > (int64_t)time(NULL) ? (curl_off_t)(reset_s - (int64_t)time(NULL)) : 1;
    return (int64_t)wait_s;
}

static bool has_body(long status)
{
    return status == 200 || status == 206 || status == 416;
}

/** The head is there: once a try. */
static void take_head(struct attempt *attempt)
{
    CURL *const curl = attempt->curl;
    struct ovf_http_reply reply = {.content_range = header(curl, "content-range")};
    const char *const etag = header(curl, "etag");
    curl_off_t length = -1;
    attempt->has_head = true;
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &attempt->status);
    attempt->wait_s = wait_asked(curl);
    if (!has_body(attempt->status))
        return;
    (void)curl_easy_getinfo(curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    reply.status = attempt->status;
    reply.has_length = length >= 0;
    reply.length_bytes = length >= 0 ? (uint64_t)length : 0;
    if (etag != NULL && etag[0] == '"' && strlen(etag) < sizeof reply.etag)
        memcpy(reply.etag, etag, strlen(etag) + 1);
    attempt->taken = attempt->target->reply(attempt->target->context, &reply, attempt->err);
}

/** For curl. The body of an error is not read: the connection is given up. */
static size_t take_bytes(char *data, size_t size, size_t n, void *context)
{
    struct attempt *const attempt = context;
    if (!attempt->has_head)
        take_head(attempt);
    if (attempt->taken == OVF_OK && (attempt->status == 200 || attempt->status == 206))
        attempt->taken = attempt->target->bytes(
            attempt->target->context, (struct ovf_bytes){(const unsigned char *)data, size * n},
            attempt->err);
    else
        return CURL_WRITEFUNC_ERROR;
    return attempt->taken == OVF_OK ? size * n : CURL_WRITEFUNC_ERROR;
}

static enum verdict judge_status(struct attempt *attempt, enum ovf_status *st)
{
    const long status = attempt->status;
    *st = ovf_error_set(attempt->err, status == 404 || status == 410 ? OVF_E_NOTFOUND : OVF_E_IO,
                        "%s: the server answers %ld", attempt->url, status);
    switch (status) {
    case 408:
    case 425:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
        return AGAIN;
    case 403: /* GitHub's answer to too many requests */
        return attempt->wait_s > 0 ? AGAIN : FINAL;
    default:
        return FINAL;
    }
}

/** Without a reply, or with half of one. */
static enum verdict judge_failure(struct attempt *attempt, CURLcode code, enum ovf_status *st)
{
    *st = ovf_error_set(attempt->err, OVF_E_IO, "%s: %s", attempt->url, curl_easy_strerror(code));
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return AGAIN;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
        *st = OVF_E_FORMAT;
        return FINAL;
    case CURLE_OUT_OF_MEMORY:
        *st = OVF_E_NOMEM;
        return FINAL;
    default:
        return FINAL;
    }
}

static enum verdict judge(struct attempt *attempt, CURLcode code, enum ovf_status *st)
{
    if (!attempt->has_head && code == CURLE_OK)
        take_head(attempt);
    if (attempt->has_head && !has_body(attempt->status))
        return judge_status(attempt, st);
    if (attempt->taken == OVF_OK && code == CURLE_OK)
        attempt->taken = attempt->target->end(attempt->target->context, attempt->err);
    if (attempt->taken != OVF_OK) {
        ovf_error_prefix(attempt->err, attempt->url);
        *st = attempt->taken == OVF_E_STOPPED ? OVF_E_IO : attempt->taken;
        return attempt->taken == OVF_E_STOPPED ? AGAIN : FINAL;
    }
    if (code != CURLE_OK)
        return judge_failure(attempt, code, st);
    *st = OVF_OK;
    return GOOD;
}

static void set_options(const struct ovf_http *http, struct attempt *attempt,
                        const struct ovf_http_range *range, struct curl_slist *headers)
{
    CURL *const curl = http->curl;
    const bool is_https = strncmp(attempt->url, "https:", 6) == 0;
    const char *const authorities = getenv("CURL_CA_BUNDLE");
    char from[32];
    (void)snprintf(from, sizeof from, "%" PRIu64 "-", range->from);
    curl_easy_reset(curl); /* keeps the connections */
    (void)curl_easy_setopt(curl, CURLOPT_URL, attempt->url);
    (void)curl_easy_setopt(curl, CURLOPT_USERAGENT, "overflight/" OVF_VERSION);
    (void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    (void)curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)MAX_REDIRECTS);
    (void)curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, is_https ? "https" : "http,https");
    (void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(curl, CURLOPT_BUFFERSIZE, (long)BLOCK_BYTES);
    if (authorities != NULL)
        (void)curl_easy_setopt(curl, CURLOPT_CAINFO, authorities);
    (void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)http->policy.silence_s);
    (void)curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)http->policy.silence_s);
    (void)curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOWEST_BYTES_PER_S);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, attempt);
    (void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    (void)curl_easy_setopt(curl, CURLOPT_RANGE, range->from > 0 ? from : NULL);
}

static enum verdict try_once(struct ovf_http *http, struct attempt *attempt,
                             const struct ovf_http_range *range, enum ovf_status *st)
{
    char if_range[OVF_HTTP_ETAG_SIZE + 16];
    struct curl_slist *headers = NULL;
    if (range->from > 0) {
        (void)snprintf(if_range, sizeof if_range, "If-Range: %s", range->etag);
        headers = curl_slist_append(NULL, if_range);
        if (headers == NULL) {
            *st = OVF_E_NOMEM;
            return FINAL;
        }
    }
    set_options(http, attempt, range, headers);
    const enum verdict verdict = judge(attempt, curl_easy_perform(http->curl), st);
    (void)curl_easy_setopt(http->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    return verdict;
}

static void sleep_ms(int64_t ms)
{
    struct timespec left = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000L};
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
}

/** Wait before the try \p n after one that failed, or say why not. */
static enum ovf_status wait_for_next(const struct ovf_http *http, int n, int64_t asked_s,
                                     enum ovf_status st, struct ovf_error *err)
{
    const struct ovf_error why = *err;
    struct ovf_error line;
    char seconds[OVF_NUMBER_SIZE];
    int64_t wait_ms = http->policy.retry_ms;
    if (n >= http->policy.n_retries)
        return ovf_error_set(err, st, "%.460s (tried %d times)", why.text, n + 1);
    if (asked_s > http->policy.longest_wait_s)
        return ovf_error_set(err, st, "%.420s, and asks to wait %" PRId64 " s", why.text, asked_s);
    for (int i = 0; i < n && wait_ms < LONGEST_BACK_OFF_MS; i++)
        wait_ms *= 2;
    if (wait_ms < asked_s * 1000)
        wait_ms = asked_s * 1000;
    ovf_number_format_scaled(wait_ms, 3, seconds);
    (void)ovf_error_set(&line, st, "%.440s; again in %s s\n", why.text, seconds);
    const enum ovf_status said = ovf_sink_write(&http->talk, line.text, strlen(line.text));
    if (said == OVF_OK)
        sleep_ms(wait_ms);
    return said;
}

enum ovf_status ovf_http_exchange(struct ovf_http *http, const char *url,
                                  const struct ovf_http_target *target, struct ovf_error *err)
{
    struct ovf_error own = {""};
    struct ovf_error *const said = err != NULL ? err : &own;
    uint64_t furthest = 0;
    int n = 0;
    if (http->has_asked)
        sleep_ms(http->policy.pause_ms);
    http->has_asked = true;
    for (;;) {
        struct ovf_http_range range = {0, ""};
        struct attempt attempt = {.curl = http->curl, .url = url, .target = target, .err = said};
        enum ovf_status st = target->start(target->context, &range, said);
        if (st != OVF_OK)
            return st;
        if (range.from > furthest) {
            furthest = range.from;
            n = 0;
        }
        const enum verdict verdict = try_once(http, &attempt, &range, &st);
        if (verdict != AGAIN)
            return st;
        const enum ovf_status waited = wait_for_next(http, n++, attempt.wait_s, st, said);
        if (waited != OVF_OK)
            return waited;
    }
}

/** A body in memory. */
struct memory {
    struct ovf_buffer body;
    uint64_t max_bytes;
};

static enum ovf_status memory_start(void *context, struct ovf_http_range *range,
                                    struct ovf_error *err)
{
    struct memory *const memory = context;
    (void)err;
    (void)range;
    memory->body.len = 0;
    return OVF_OK;
}

static enum ovf_status memory_reply(void *context, const struct ovf_http_reply *reply,
                                    struct ovf_error *err)
{
    const struct memory *const memory = context;
    if (reply->status != 200)
        return ovf_error_set(err, OVF_E_FORMAT, "the server answers %ld to no range",
                             reply->status);
    if (reply->length_bytes > memory->max_bytes)
        return ovf_error_set(err, OVF_E_LIMIT, "%" PRIu64 " bytes, and %" PRIu64 " are allowed",
                             reply->length_bytes, memory->max_bytes);
    return OVF_OK;
}

static enum ovf_status memory_bytes(void *context, struct ovf_bytes bytes, struct ovf_error *err)
{
    struct memory *const memory = context;
    if (bytes.len > memory->max_bytes - memory->body.len)
        return ovf_error_set(err, OVF_E_LIMIT, "longer than %" PRIu64 " bytes", memory->max_bytes);
    if (ovf_buffer_append(&memory->body, bytes.data, bytes.len) != OVF_OK)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    return OVF_OK;
}

static enum ovf_status memory_end(void *context, struct ovf_error *err)
{
    (void)context;
    (void)err;
    return OVF_OK;
}

enum ovf_status ovf_http_get(struct ovf_http *http, const char *url, uint64_t max_bytes,
                             struct ovf_buffer *out, struct ovf_error *err)
{
    struct memory memory = {.max_bytes = max_bytes};
    const struct ovf_http_target target = {&memory, memory_start, memory_reply, memory_bytes,
                                           memory_end};
    const enum ovf_status st = ovf_http_exchange(http, url, &target, err);
    if (st == OVF_OK) {
        const struct ovf_buffer old = *out;
        *out = memory.body;
        memory.body = old;
    }
    ovf_buffer_deinit(&memory.body);
    return st;
}
