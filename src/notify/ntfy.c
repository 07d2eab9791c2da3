/* SPDX-License-Identifier: Apache-2.0 */
/* ntfy: its JSON form (documentation, "Publish as JSON"), so that no text of an alert gets into a header. A
 * click opens the alert's `link`. */
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "notify/post.h"
#include "notify/template.h"

struct ntfy {
    struct ovf_post *post;
    const struct ovf_case_channel *settings;
    struct ovf_buffer text;
};

static void ntfy_close(void *channel)
{
    struct ntfy *const ntfy = channel;
    ovf_post_close(ntfy->post);
    ovf_buffer_deinit(&ntfy->text);
    free(ntfy);
}

static enum ovf_status add_token(struct ntfy *ntfy, struct ovf_error *err)
{
    char *token = NULL;
    struct ovf_buffer header = {0};
    enum ovf_status st = ovf_secret_read(ntfy->settings->token_file, &token, err);
    if (st == OVF_OK && token != NULL) {
        st = ovf_buffer_printf(&header, "Authorization: Bearer %s%c", token, '\0');
        if (st == OVF_OK)
            st = ovf_post_add_header(ntfy->post, (const char *)header.data);
    }
    free(token);
    ovf_buffer_deinit(&header);
    return st;
}

static enum ovf_status ntfy_open(const struct ovf_channel_setup *setup, void **channel,
                                 struct ovf_error *err)
{
    struct ntfy *const ntfy = calloc(1, sizeof *ntfy);
    if (ntfy == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    ntfy->settings = setup->settings;
    enum ovf_status st = ovf_post_open(setup, &ntfy->post, err);
    if (st == OVF_OK)
        st = ovf_post_add_header(ntfy->post, "Content-Type: application/json");
    if (st == OVF_OK)
        st = add_token(ntfy, err);
    if (st != OVF_OK) {
        ntfy_close(ntfy);
        return st;
    }
    *channel = ntfy;
    return OVF_OK;
}

/** Set \p key to what \p text makes of the alert. */
static enum ovf_status set_filled(struct ntfy *ntfy, json_t *body, const char *key,
                                  const char *text, const struct ovf_alert *alert,
                                  struct ovf_error *err)
{
    ntfy->text.len = 0;
    const enum ovf_status st = ovf_template_fill(text, false, alert, &ntfy->text, err);
    if (st != OVF_OK)
        return st;
    json_t *const value = json_stringn((const char *)ntfy->text.data, ntfy->text.len);
    return json_object_set_new(body, key, value) == 0 ? OVF_OK : OVF_E_NOMEM;
}

static enum ovf_status make_body(struct ntfy *ntfy, const struct ovf_alert *alert, json_t *body,
                                 struct ovf_error *err)
{
    const struct ovf_case_channel *const settings = ntfy->settings;
    const char *const *const tags = settings->tags.items;
    json_t *const list = json_array();
    bool is_good = json_object_set_new(body, "topic", json_string(settings->topic)) == 0 &&
                   json_object_set_new(body, "priority", json_integer(settings->priority)) == 0 &&
                   json_object_set_new(body, "tags", list) == 0;
    for (size_t i = 0; is_good && i < settings->tags.n; i++)
        is_good = json_array_append_new(list, json_string(tags[i])) == 0;
    enum ovf_status st = is_good ? OVF_OK : OVF_E_NOMEM;
    if (st == OVF_OK)
        st = set_filled(ntfy, body, "title", settings->title, alert, err);
    if (st == OVF_OK)
        st = set_filled(ntfy, body, "message", settings->message, alert, err);
    if (st == OVF_OK)
        st = set_filled(ntfy, body, "click", "{link}", alert, err);
    if (st == OVF_OK && ntfy->text.len == 0)
        (void)json_object_del(body, "click");
    return st;
}

static enum ovf_delivery ntfy_deliver(void *channel, const struct ovf_alert *alert,
                                      struct ovf_delivery_note *note)
{
    struct ntfy *const ntfy = channel;
    struct ovf_error err = {"no memory"};
    json_t *const body = json_object();
    const enum ovf_status st = make_body(ntfy, alert, body, &err);
    char *const text = st == OVF_OK ? json_dumps(body, JSON_COMPACT) : NULL;
    enum ovf_delivery delivery = OVF_DELIVER_NEVER;
    if (text != NULL)
        delivery = ovf_post_send(ntfy->post, ovf_bytes_from_text(text), NULL, note);
    else
        (void)snprintf(note->why, sizeof note->why, "%.150s", err.text);
    free(text);
    json_decref(body);
    return delivery;
}

const struct ovf_channel_kind_ops ovf_channel_ntfy = {ntfy_open, ntfy_deliver, ntfy_close};
