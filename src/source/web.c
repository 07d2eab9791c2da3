/* SPDX-License-Identifier: Apache-2.0 */
#include "source/web.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WAITING = 64, TAG_SIZE = 256 };

struct ovf_web {
    CURLM *multi;
    size_t n_pages;
};

struct ovf_web_page {
    struct ovf_web *web;
    CURL *easy;
    struct curl_slist *headers;
    struct ovf_web_options options;
    struct ovf_buffer body;
    char etag[TAG_SIZE];     /* of the document that was had last; "" : none */
    char modified[TAG_SIZE]; /* its Last-Modified */
    char new_etag[TAG_SIZE];
    char new_modified[TAG_SIZE];
    bool is_fetching;
    bool is_done;
    bool is_too_long;
    CURLcode result;
    int64_t next_ms;
    int64_t wait_ms;
};

enum ovf_status ovf_web_new(struct ovf_web **out)
{
    struct ovf_web *web = calloc(1, sizeof *web);
    if (web == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(web);
        return OVF_E_NOMEM;
    }
    web->multi = curl_multi_init();
    if (web->multi == NULL) {
        ovf_web_free(web);
        return OVF_E_NOMEM;
    }
    *out = web;
    return OVF_OK;
}

void ovf_web_free(struct ovf_web *web)
{
    if (web == NULL)
        return;
    if (web->multi != NULL)
        (void)curl_multi_cleanup(web->multi);
    curl_global_cleanup();
    free(web);
}

/** Notes which fetches are over. */
static void collect(struct ovf_web *web)
{
    int n_left;
    const CURLMsg *message;
    while ((message = curl_multi_info_read(web->multi, &n_left)) != NULL) {
        struct ovf_web_page *page = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        (void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&page);
        page->result = message->data.result;
        page->is_done = true;
    }
}

static enum ovf_status wait_with_fetches(struct ovf_web *web, const struct pollfd *fds, size_t n,
                                         int timeout_ms, struct ovf_error *err)
{
    struct curl_waitfd waited[MAX_WAITING];
    int n_running;
    if (n > MAX_WAITING)
        return ovf_error_set(err, OVF_E_RANGE, "more than %d sources", MAX_WAITING);
    size_t n_waited = 0;
    for (size_t i = 0; i < n; i++) {
        if (fds[i].fd >= 0)
            waited[n_waited++] = (struct curl_waitfd){
                .fd = fds[i].fd,
                .events = (short)(((fds[i].events & POLLIN) != 0 ? CURL_WAIT_POLLIN : 0) |
                                  ((fds[i].events & POLLOUT) != 0 ? CURL_WAIT_POLLOUT : 0))};
    }
    if (curl_multi_poll(web->multi, waited, (unsigned)n_waited, timeout_ms, NULL) != CURLM_OK ||
        curl_multi_perform(web->multi, &n_running) != CURLM_OK)
        return ovf_error_set(err, OVF_E_IO, "libcurl cannot wait");
    collect(web);
    return OVF_OK;
}

enum ovf_status ovf_web_wait(struct ovf_web *web, struct pollfd *fds, size_t n, int timeout_ms,
                             struct ovf_error *err)
{
    const bool has_pages = web->n_pages > 0;
    for (size_t i = 0; i < n; i++)
        fds[i].revents = 0;
    const enum ovf_status st = has_pages ? wait_with_fetches(web, fds, n, timeout_ms, err) : OVF_OK;
    /* libcurl does not tell of errors and ends what poll(2) does; interrupted, that tells nothing now. */
    if (st == OVF_OK)
        (void)poll(fds, (nfds_t)n, has_pages ? 0 : timeout_ms);
    return st;
}

/* ---- a page ---- */

static size_t take_body(char *bytes, size_t size, size_t n, void *context)
{
    struct ovf_web_page *page = context;
    (void)size;
    page->is_too_long = page->body.len + n > page->options.max_bytes;
    if (page->is_too_long || ovf_buffer_append(&page->body, bytes, n) != OVF_OK)
        return 0;
    return n;
}

static bool has_name(const char *line, size_t n, const char *name)
{
    const size_t len = strlen(name);
    for (size_t i = 0; i < len; i++) {
        if (i >= n || (line[i] | 0x20) != (name[i] | 0x20))
            return false;
    }
    return true;
}

static void copy_value(const char *line, size_t n, const char *name, char *value)
{
    if (!has_name(line, n, name))
        return;
    size_t from = strlen(name);
    while (from < n && line[from] == ' ')
        from++;
    while (n > from && (line[n - 1] == '\r' || line[n - 1] == '\n'))
        n--;
    if (n - from < TAG_SIZE) {
        memcpy(value, line + from, n - from);
        value[n - from] = '\0';
    }
}

static size_t take_header(char *line, size_t size, size_t n, void *context)
{
    struct ovf_web_page *page = context;
    (void)size;
    copy_value(line, n, "etag:", page->new_etag);
    copy_value(line, n, "last-modified:", page->new_modified);
    return n;
}

static bool set_up(struct ovf_web_page *page, const char *url)
{
    const long stall_ms = (long)page->options.stall_ms;
    const bool is_https = strncmp(url, "https:", 6) == 0;
    const char *const authorities = getenv("CURL_CA_BUNDLE"); /* as source/http */
    return (authorities == NULL ||
            curl_easy_setopt(page->easy, CURLOPT_CAINFO, authorities) == CURLE_OK) &&
           curl_easy_setopt(page->easy, CURLOPT_URL, url) == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_PRIVATE, page) == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_REDIR_PROTOCOLS_STR,
                            is_https ? "https" : "http,https") == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_FOLLOWLOCATION, 1L) == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_MAXREDIRS, 3L) == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_ACCEPT_ENCODING, "") == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_USERAGENT, "overflight/" OVF_VERSION) == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_TIMEOUT_MS, stall_ms) == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_WRITEDATA, page) == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
           curl_easy_setopt(page->easy, CURLOPT_HEADERDATA, page) == CURLE_OK;
}

enum ovf_status ovf_web_page_new(struct ovf_web *web, const char *url,
                                 const struct ovf_web_options *options, struct ovf_web_page **out,
                                 struct ovf_error *err)
{
    struct ovf_web_page *page = calloc(1, sizeof *page);
    if (page == NULL)
        return OVF_E_NOMEM;
    *page = (struct ovf_web_page){
        .web = web, .options = *options, .wait_ms = options->wait_ms, .easy = curl_easy_init()};
    web->n_pages++;
    if (page->easy == NULL || !set_up(page, url)) {
        ovf_web_page_free(page);
        return ovf_error_set(err, OVF_E_RANGE, "'%.80s' is no address that can be fetched", url);
    }
    *out = page;
    return OVF_OK;
}

void ovf_web_page_free(struct ovf_web_page *page)
{
    if (page == NULL)
        return;
    if (page->is_fetching)
        (void)curl_multi_remove_handle(page->web->multi, page->easy);
    page->web->n_pages--;
    curl_easy_cleanup(page->easy);
    curl_slist_free_all(page->headers);
    ovf_buffer_deinit(&page->body);
    free(page);
}

static bool add_header(struct ovf_web_page *page, const char *name, const char *value)
{
    char line[TAG_SIZE + 32];
    if (value[0] == '\0')
        return true;
    (void)snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *const longer = curl_slist_append(page->headers, line);
    if (longer != NULL)
        page->headers = longer;
    return longer != NULL;
}

enum ovf_status ovf_web_page_prepare(struct ovf_web_page *page, int64_t now_ms, int64_t *until_ms)
{
    *until_ms = page->is_done ? now_ms : page->is_fetching ? INT64_MAX : page->next_ms;
    if (page->is_fetching || now_ms < page->next_ms)
        return OVF_OK;
    curl_slist_free_all(page->headers);
    page->headers = NULL;
    page->body.len = 0;
    page->new_etag[0] = '\0';
    page->new_modified[0] = '\0';
    page->is_too_long = false;
    if (!add_header(page, "If-None-Match", page->etag) ||
        !add_header(page, "If-Modified-Since", page->modified) ||
        curl_easy_setopt(page->easy, CURLOPT_HTTPHEADER, page->headers) != CURLE_OK ||
        curl_multi_add_handle(page->web->multi, page->easy) != CURLM_OK)
        return OVF_E_NOMEM;
    page->is_fetching = true;
    page->next_ms = now_ms + page->options.poll_ms;
    *until_ms = now_ms; /* libcurl has not begun yet */
    return OVF_OK;
}

static enum ovf_web_got fail(struct ovf_web_page *page, int64_t now_ms, const char *why,
                             struct ovf_error *err)
{
    (void)ovf_error_set(err, OVF_E_IO, "%s; again in %" PRId64 " s", why,
                        (page->wait_ms + 999) / 1000);
    page->next_ms = now_ms + page->wait_ms;
    page->wait_ms *= 2;
    if (page->wait_ms > page->options.wait_most_ms)
        page->wait_ms = page->options.wait_most_ms;
    return OVF_WEB_FAILED;
}

enum ovf_web_got ovf_web_page_step(struct ovf_web_page *page, int64_t now_ms,
                                   struct ovf_bytes *document, struct ovf_error *err)
{
    char why[64];
    long status = 0;
    if (!page->is_done)
        return OVF_WEB_NOTHING;
    (void)curl_multi_remove_handle(page->web->multi, page->easy);
    page->is_done = false;
    page->is_fetching = false;
    (void)curl_easy_getinfo(page->easy, CURLINFO_RESPONSE_CODE, &status);
    if (page->is_too_long)
        return fail(page, now_ms, "the document is too long", err);
    if (page->result != CURLE_OK)
        return fail(page, now_ms, curl_easy_strerror(page->result), err);
    if (status != 200 && status != 304) {
        (void)snprintf(why, sizeof why, "the server says %ld", status);
        return fail(page, now_ms, why, err);
    }
    page->wait_ms = page->options.wait_ms;
    if (status == 304)
        return OVF_WEB_SAME;
    memcpy(page->etag, page->new_etag, sizeof page->etag);
    memcpy(page->modified, page->new_modified, sizeof page->modified);
    *document = ovf_buffer_bytes(&page->body);
    return OVF_WEB_DOCUMENT;
}
