/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of documents. */
#include <stdlib.h>
#include <string.h>

#include "view/view_parts.h"

void ovf_view_put_text(struct ovf_json_writer *json, const char *key, sqlite3_stmt *stmt,
                       int column)
{
    const char *const text = ovf_view_column(stmt, column);
    if (text[0] != '\0')
        ovf_json_text(json, key, text);
}

bool ovf_view_put_object(struct ovf_json_writer *json, const char *key, int64_t n, const char *text)
{
    const size_t len = strlen(text);
    if (len < 2 || text[0] != '{' || text[len - 1] != '}')
        return false;
    ovf_json_open(json, key, '{');
    if (n > 0)
        ovf_json_int(json, "n", n);
    if (len > 2) {
        char *const members = strndup(text + 1, len - 2);
        if (members == NULL)
            json->status = OVF_E_NOMEM;
        else
            ovf_json_members(json, members);
        free(members);
    }
    ovf_json_close(json, '}');
    return true;
}

void ovf_view_put_sentence(struct ovf_json_writer *json, struct ovf_buffer *text, const char *ids)
{
    if (text->len == 0)
        return;
    ovf_json_open(json, NULL, '{');
    ovf_json_bytes(json, "text", ovf_buffer_bytes(text));
    ovf_json_open(json, "findings", '[');
    for (const char *at = ids; *at != '\0';) {
        const size_t len = strcspn(at, " ");
        if (len > 0)
            ovf_json_bytes(json, NULL, (struct ovf_bytes){(const unsigned char *)at, len});
        at += len + (at[len] == ' ' ? 1 : 0);
    }
    ovf_json_close(json, ']');
    ovf_json_close(json, '}');
    text->len = 0;
}
