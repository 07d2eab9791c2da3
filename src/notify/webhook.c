/* SPDX-License-Identifier: Apache-2.0 */
/* Webhooks: the alert, or what a template makes of it, signed with
 *   X-Overflight-Signature: sha256=<HMAC-SHA256 of the body, RFC 2104, in hex>
 * where there is a secret. */
#include <stdio.h>
#include <stdlib.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/fields.h"
#include "base/sha256.h"
#include "notify/post.h"
#include "notify/template.h"

struct hook {
    struct ovf_post *post;
    const char *body; /* a template; NULL: the alert itself */
    bool is_json;
    char *secret; /* NULL: nothing is signed */
    struct ovf_buffer filled;
};

static void hook_close(void *channel)
{
    struct hook *const hook = channel;
    ovf_post_close(hook->post);
    free(hook->secret);
    ovf_buffer_deinit(&hook->filled);
    free(hook);
}

static bool is_content_type(const char *header)
{
    static const char name[] = "content-type";
    return strlen(header) > sizeof name - 1 &&
           ovf_bytes_equal_nocase(
               (struct ovf_bytes){(const unsigned char *)header, sizeof name - 1}, name);
}

static enum ovf_status add_headers(struct hook *hook, const struct ovf_case_channel *settings)
{
    const char *const *const headers = settings->headers.items;
    bool has_type = false;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; st == OVF_OK && i < settings->headers.n; i++) {
        st = ovf_post_add_header(hook->post, headers[i]);
        has_type = has_type || is_content_type(headers[i]);
    }
    if (st == OVF_OK && !has_type)
        st = ovf_post_add_header(hook->post, hook->is_json
                                                 ? "Content-Type: application/json"
                                                 : "Content-Type: text/plain; charset=utf-8");
    return st;
}

static enum ovf_status hook_open(const struct ovf_channel_setup *setup, void **channel,
                                 struct ovf_error *err)
{
    const struct ovf_case_channel *const settings = setup->settings;
    struct hook *const hook = calloc(1, sizeof *hook);
    if (hook == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    hook->body = settings->body;
    hook->is_json = !settings->is_text;
    enum ovf_status st = ovf_post_open(setup, &hook->post, err);
    if (st == OVF_OK)
        st = ovf_secret_read(settings->secret_file, &hook->secret, err);
    if (st == OVF_OK)
        st = add_headers(hook, settings);
    if (st != OVF_OK) {
        hook_close(hook);
        return st;
    }
    *channel = hook;
    return OVF_OK;
}

static bool sign(const char *secret, struct ovf_bytes body, char *header, size_t size)
{
    struct ovf_digest mac;
    unsigned int len = 0;
    char hex[OVF_SHA256_HEX_SIZE];
    if (HMAC(EVP_sha256(), secret, (int)strlen(secret), body.data, body.len, mac.bytes, &len) ==
            NULL ||
        len != sizeof mac.bytes)
        return false;
    ovf_digest_format(&mac, OVF_SHA256_BYTES, hex);
    (void)snprintf(header, size, "X-Overflight-Signature: sha256=%s", hex);
    return true;
}

static enum ovf_delivery hook_deliver(void *channel, const struct ovf_alert *alert,
                                      struct ovf_delivery_note *note)
{
    struct hook *const hook = channel;
    struct ovf_error err = {""};
    char signature[160];
    struct ovf_bytes body = alert->line;
    hook->filled.len = 0;
    if (hook->body != NULL) {
        if (ovf_template_fill(hook->body, hook->is_json, alert, &hook->filled, &err) != OVF_OK) {
            (void)snprintf(note->why, sizeof note->why, "%.150s", err.text);
            return OVF_DELIVER_NEVER;
        }
        body = ovf_buffer_bytes(&hook->filled);
    }
    if (hook->secret != NULL && !sign(hook->secret, body, signature, sizeof signature)) {
        (void)snprintf(note->why, sizeof note->why, "it could not be signed");
        return OVF_DELIVER_NEVER;
    }
    return ovf_post_send(hook->post, body, hook->secret != NULL ? signature : NULL, note);
}

const struct ovf_channel_kind_ops ovf_channel_webhook = {hook_open, hook_deliver, hook_close};
