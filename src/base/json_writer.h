/* SPDX-License-Identifier: Apache-2.0 */
/* Writing one JSON object on one line, keys in the order given, numbers with fixed decimals. Failures
 * stick: write on, and ask once at the end. */
#ifndef OVF_BASE_JSON_WRITER_H
#define OVF_BASE_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

struct ovf_json_writer {
    struct ovf_buffer *out; /* borrowed */
    enum ovf_status status;
    bool comma; /* something stands before in the object or array that is open */
};

struct ovf_json_writer ovf_json_begin(struct ovf_buffer *out);

/** \p key NULL: an element of an array, or the outermost value. */
void ovf_json_open(struct ovf_json_writer *json, const char *key, char bracket); /* '{' or '[' */
void ovf_json_close(struct ovf_json_writer *json, char bracket);                 /* '}' or ']' */

void ovf_json_text(struct ovf_json_writer *json, const char *key, const char *text);
/** Any bytes: what is not UTF-8 is written as \\u00XX of the byte. */
void ovf_json_bytes(struct ovf_json_writer *json, const char *key, struct ovf_bytes text);
void ovf_json_bool(struct ovf_json_writer *json, const char *key, bool value);
void ovf_json_int(struct ovf_json_writer *json, const char *key, int64_t value);
void ovf_json_number(struct ovf_json_writer *json, const char *key, double value, int n_decimals);
/** ISO 8601 UTC with milliseconds. */
void ovf_json_time(struct ovf_json_writer *json, const char *key, int64_t t_ns);
/** Members of the object that is open, as another writer has written them; "" is none. */
void ovf_json_members(struct ovf_json_writer *json, const char *members);

#endif
