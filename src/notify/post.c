/* SPDX-License-Identifier: Apache-2.0 */
/* POST by libcurl. The address is looked at where the connection is made, behind the resolver, so that a
 * name that resolves to another address the second time gains nothing. */
#include "notify/post.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <curl/curl.h>

#include "notify/private_address.h"

struct ovf_post {
    CURL *curl;
    struct curl_slist *headers;
    const char *url;
    const char *ca_file;
    long timeout_ms;
    bool may_be_private;
    bool was_private; /* a connection was not made for that */
    const atomic_bool *is_stopping;
};

enum ovf_status ovf_post_open(const struct ovf_channel_setup *setup, struct ovf_post **out,
                              struct ovf_error *err)
{
    struct ovf_bytes host = {NULL, 0};
    struct ovf_post *const post = calloc(1, sizeof *post);
    if (post == NULL || !ovf_url_host(setup->settings->url, &host)) {
        free(post);
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    }
    post->url = setup->settings->url;
    post->ca_file = setup->settings->ca_file;
    post->timeout_ms = (long)(setup->settings->timeout_s * 1000);
    post->may_be_private = ovf_case_host_is_listed(setup->notify, host);
    post->is_stopping = setup->is_stopping;
    post->curl = curl_easy_init();
    /* Without it, curl asks first whether a long body is welcome. */
    if (post->curl == NULL || ovf_post_add_header(post, "Expect:") != OVF_OK) {
        ovf_post_close(post);
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    }
    *out = post;
    return OVF_OK;
}

void ovf_post_close(struct ovf_post *post)
{
    if (post == NULL)
        return;
    curl_easy_cleanup(post->curl);
    curl_slist_free_all(post->headers);
    free(post);
}

enum ovf_status ovf_post_add_header(struct ovf_post *post, const char *header)
{
    struct curl_slist *const longer = curl_slist_append(post->headers, header);
    if (longer == NULL)
        return OVF_E_NOMEM;
    post->headers = longer;
    return OVF_OK;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct ovf_post *const post = context;
    (void)purpose;
    if (!post->may_be_private && ovf_address_is_private(&address->addr)) {
        post->was_private = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype, address->protocol);
}

static size_t drop(char *data, size_t size, size_t n, void *context)
{
    (void)data;
    (void)context;
    return size * n;
}

/** Not zero ends the transfer. */
static int look(void *context, curl_off_t total_down, curl_off_t down, curl_off_t total_up,
                curl_off_t up)
{
    const struct ovf_post *const post = context;
    (void)total_down;
    (void)down;
    (void)total_up;
    (void)up;
    return atomic_load(post->is_stopping) ? 1 : 0;
}

static enum ovf_delivery judge_status(CURL *curl, struct ovf_delivery_note *note)
{
    long status = 0;
    curl_off_t wait_s = 0;
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    (void)curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait_s);
    if (status >= 200 && status < 300)
        return OVF_DELIVERED;
    const bool is_redirect = status >= 300 && status < 400;
    (void)snprintf(note->why, sizeof note->why, "the server answers %ld%s", status,
                   is_redirect ? ": redirects are not followed" : "");
    note->wait_s = wait_s;
    return status >= 500 || status == 408 || status == 425 || status == 429 ? OVF_DELIVER_AGAIN
                                                                            : OVF_DELIVER_NEVER;
}

static enum ovf_delivery judge(struct ovf_post *post, CURLcode code, struct ovf_delivery_note *note)
{
    if (code == CURLE_OK)
        return judge_status(post->curl, note);
    if (post->was_private) {
        (void)snprintf(note->why, sizeof note->why,
                       "the host has a private address and is not in allow_hosts");
        return OVF_DELIVER_NEVER;
    }
    (void)snprintf(note->why, sizeof note->why, "%s", curl_easy_strerror(code));
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return OVF_DELIVER_AGAIN;
    default:
        return OVF_DELIVER_NEVER;
    }
}

static void set_options(struct ovf_post *post, struct ovf_bytes body, struct curl_slist *headers)
{
    CURL *const curl = post->curl;
    const char *const authorities =
        post->ca_file != NULL ? post->ca_file : getenv("CURL_CA_BUNDLE"); /* as source/http */
    curl_easy_reset(curl);                                                /* keeps the connection */
    (void)curl_easy_setopt(curl, CURLOPT_URL, post->url);
    (void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(curl, CURLOPT_PROXY, "");
    (void)curl_easy_setopt(curl, CURLOPT_USERAGENT, "overflight/" OVF_VERSION);
    (void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    if (authorities != NULL)
        (void)curl_easy_setopt(curl, CURLOPT_CAINFO, authorities);
    (void)curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, post->timeout_ms);
    (void)curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    (void)curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, post);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    (void)curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look);
    (void)curl_easy_setopt(curl, CURLOPT_XFERINFODATA, post);
    (void)curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    (void)curl_easy_setopt(curl, CURLOPT_POST, 1L);
    (void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data);
    (void)curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len);
    (void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
}

enum ovf_delivery ovf_post_send(struct ovf_post *post, struct ovf_bytes body, const char *header,
                                struct ovf_delivery_note *note)
{
    /* In front of the others, so that it can be taken off again. */
    struct curl_slist first = {NULL, post->headers};
    char text[160];
    if (header != NULL) {
        (void)snprintf(text, sizeof text, "%s", header);
        first.data = text;
    }
    post->was_private = false;
    set_options(post, body, header != NULL ? &first : post->headers);
    const enum ovf_delivery delivery = judge(post, curl_easy_perform(post->curl), note);
    (void)curl_easy_setopt(post->curl, CURLOPT_HTTPHEADER, NULL);
    return delivery;
}
