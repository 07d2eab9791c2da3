/* SPDX-License-Identifier: Apache-2.0 */
/* A cursor over JSON text (RFC 8259) that steps over values without building them and without
 * recursion, so that a map of hundreds of megabytes needs no memory beyond what is kept of it. */
#ifndef OVF_SHAPE_JSON_SCAN_H
#define OVF_SHAPE_JSON_SCAN_H

#include <stdbool.h>

#include "base/bytes.h"

#define OVF_JSON_MAX_DEPTH 32

struct ovf_json_cursor {
    const unsigned char *at;
    const unsigned char *end;
};

static inline struct ovf_json_cursor ovf_json_cursor_on(struct ovf_bytes text)
{
    return (struct ovf_json_cursor){text.data, text.data + text.len};
}

void ovf_json_skip_space(struct ovf_json_cursor *cursor);

/** Step over \p c after white space; false, and nothing but space taken, when it is not next. */
bool ovf_json_take(struct ovf_json_cursor *cursor, unsigned char c);

/**
 * Step over one whole value, checking its grammar, and hand out its text.
 * False when it is no JSON, cut short, or nested deeper than OVF_JSON_MAX_DEPTH; the cursor then stands
 * where the trouble is.
 */
bool ovf_json_take_value(struct ovf_json_cursor *cursor, struct ovf_bytes *value);

/** Step over one number. */
bool ovf_json_take_number(struct ovf_json_cursor *cursor, struct ovf_bytes *number);

/**
 * Go through an array or object: *first is true before the first call. Takes what separates the members
 * and, for an object, the key and its colon (\p key without quotes, escapes as written).
 * \p more is false after the closing \p close has been taken.
 * False when what is there is neither.
 */
bool ovf_json_next_item(struct ovf_json_cursor *cursor, bool *first, bool *more);
bool ovf_json_next_member(struct ovf_json_cursor *cursor, bool *first, bool *more,
                          struct ovf_bytes *key);

#endif
