/* SPDX-License-Identifier: Apache-2.0 */
/* Filling templates. */
#include "notify/template.h"

#include <stdlib.h>

#include <jansson.h>

enum { NAME_SIZE = 64 };

struct filler {
    bool is_json;
    const struct ovf_alert *alert;
    const json_t *root; /* the alert's line */
    struct ovf_buffer *out;
};

/** Bytes of the name and its closing brace at the front of \p text, behind an opening one; 0: no name. */
static size_t take_name(const char *text, char name[NAME_SIZE])
{
    size_t n = 0;
    while (n < NAME_SIZE - 1 &&
           ((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= '0' && text[n] <= '9') ||
            text[n] == '_' || text[n] == '.'))
        n++;
    if (n == 0 || text[n] != '}')
        return 0;
    memcpy(name, text, n);
    name[n] = '\0';
    return n + 1;
}

/** The value at a path of names separated by dots, NULL when there is none. */
static const json_t *find(const json_t *value, char *path)
{
    while (value != NULL && path != NULL) {
        char *const dot = strchr(path, '.');
        if (dot != NULL)
            *dot = '\0';
        value = json_object_get(value, path);
        path = dot != NULL ? dot + 1 : NULL;
    }
    return value;
}

static enum ovf_status put_text(const struct filler *filler, const char *text, size_t len)
{
    if (!filler->is_json)
        return ovf_buffer_append(filler->out, text, len);
    json_t *const value = json_stringn(text, len);
    char *const quoted = value != NULL ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
    enum ovf_status st = OVF_E_NOMEM;
    if (quoted != NULL)
        st = ovf_buffer_append(filler->out, quoted + 1, strlen(quoted) - 2);
    free(quoted);
    json_decref(value);
    return st;
}

static enum ovf_status put_value(const struct filler *filler, const json_t *value)
{
    if (value == NULL || json_is_null(value))
        return OVF_OK;
    if (json_is_string(value))
        return put_text(filler, json_string_value(value), json_string_length(value));
    char *const text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15));
    const enum ovf_status st =
        text != NULL ? ovf_buffer_append_text(filler->out, text) : OVF_E_NOMEM;
    free(text);
    return st;
}

static enum ovf_status put_name(const struct filler *filler, char *name)
{
    const struct ovf_alert *const alert = filler->alert;
    if (strcmp(name, "line") == 0)
        return ovf_buffer_append(filler->out, alert->line.data, alert->line.len);
    const char *const known = strcmp(name, "event") == 0   ? ovf_alert_event_name(alert->event)
                              : strcmp(name, "watch") == 0 ? alert->watch
                                                           : NULL;
    return known != NULL ? put_text(filler, known, strlen(known))
                         : put_value(filler, find(filler->root, name));
}

enum ovf_status ovf_template_fill(const char *text, bool is_json, const struct ovf_alert *alert,
                                  struct ovf_buffer *out, struct ovf_error *err)
{
    json_t *const root = json_loadb((const char *)alert->line.data, alert->line.len, 0, NULL);
    const struct filler filler = {is_json, alert, root, out};
    enum ovf_status st = json_is_object(root)
                             ? OVF_OK
                             : ovf_error_set(err, OVF_E_FORMAT, "the alert is no JSON object");
    while (st == OVF_OK && *text != '\0') {
        char name[NAME_SIZE];
        const size_t n = *text == '{' ? take_name(text + 1, name) : 0;
        st = n > 0 ? put_name(&filler, name) : ovf_buffer_append(out, text, 1);
        text += n + 1;
    }
    if (st == OVF_E_NOMEM)
        st = ovf_error_set(err, st, "no memory");
    json_decref(root);
    return st;
}
