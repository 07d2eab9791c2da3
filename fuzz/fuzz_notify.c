/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a file of channels, and, cut at the first NUL, as a template and the alert that fills it: what a
 * JSON template of one text makes is JSON. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "notify/template.h"

static void fill(const uint8_t *data, size_t size, bool is_json)
{
    char text[256];
    struct ovf_buffer out = {0};
    struct ovf_error err;
    const size_t len = size > 0 ? strnlen((const char *)data, size) : 0;
    if (len >= sizeof text || len == size)
        return;
    memcpy(text, data, len);
    text[len] = '\0';
    const struct ovf_alert alert = {OVF_ALERT_ENTERED, 1, "w", {data + len + 1, size - len - 1}};
    if (ovf_template_fill(text, is_json, &alert, &out, &err) == OVF_OK) {
        out.len = 0;
        if (ovf_template_fill("[\"{event}\",{line}]", true, &alert, &out, &err) != OVF_OK)
            abort();
        json_t *const made = json_loadb((const char *)out.data, out.len, 0, NULL);
        if (made == NULL)
            abort();
        json_decref(made);
    }
    ovf_buffer_deinit(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_case_store store = {0};
    struct ovf_case_notify notify;
    struct ovf_error err = {""};
    const enum ovf_status st =
        ovf_case_notify_read((struct ovf_bytes){data, size}, &store, &notify, &err);
    if (st != OVF_OK && st != OVF_E_NOMEM && err.text[0] == '\0')
        abort();
    ovf_case_store_deinit(&store);
    fill(data, size, false);
    fill(data, size, true);
    return 0;
}
