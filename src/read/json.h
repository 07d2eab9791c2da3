/* SPDX-License-Identifier: Apache-2.0 */
/* A cursor over one JSON document (RFC 8259), all of it in memory, read once from left to right.
 *
 * It is strict: no byte order mark, no NaN, no leading zeros, no trailing commas, UTF-8 throughout,
 * no lone surrogates. It never recurses and allocates nothing; a level is a bit. The first trouble
 * stops it for good: every call after it returns false and the cursor stays at that byte. Only a string
 * whose text is bad (UTF-8, surrogates) can be passed over, by who sets skips_bad_text: it reads as "".
 *
 * Numbers are not converted here: their text is good JSON of any length, and who needs the value
 * decides what is too long or too large.
 */
#ifndef OVF_READ_JSON_H
#define OVF_READ_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/tally.h"

#define OVF_JSON_MAX_DEPTH 32
#define OVF_JSON_MAX_KEYS 256          /* of one object */
#define OVF_JSON_MAX_STRING_BYTES 4096 /* between the quotes, as written */

enum ovf_json_kind {
    OVF_JSON_NULL = 0,
    OVF_JSON_FALSE,
    OVF_JSON_TRUE,
    OVF_JSON_NUMBER,
    OVF_JSON_STRING,
    OVF_JSON_ARRAY,
    OVF_JSON_OBJECT,
};

struct ovf_json_value {
    enum ovf_json_kind kind;
    bool escaped;          /* a string that has a backslash: see ovf_json_decode */
    struct ovf_bytes text; /* of a number, or between the quotes of a string; borrowed */
};

/** Treat as opaque but for trouble. */
struct ovf_json {
    const unsigned char *begin;
    const unsigned char *at;
    const unsigned char *end;
    enum ovf_reject trouble; /* OVF_REJECT_N while all is well; else why the document is rejected */
    bool skips_bad_text;     /* may be set and cleared between calls */
    bool had_bad_text;       /* such a string was read since this was cleared */
    int depth;               /* open levels, 1 is the outermost */
    uint64_t is_object;      /* bit d: level d is an object */
    uint64_t has_items;      /* bit d: something was read in level d */
    uint16_t n_keys[OVF_JSON_MAX_DEPTH + 1];
};

void ovf_json_init(struct ovf_json *json, struct ovf_bytes text);

static inline bool ovf_json_ok(const struct ovf_json *json)
{
    return json->trouble == OVF_REJECT_N;
}

/** Where the cursor is, in bytes from the start: with trouble, where it is. */
static inline size_t ovf_json_offset(const struct ovf_json *json)
{
    return (size_t)(json->at - json->begin);
}

/** The next value, where one is due: at the start, after ovf_json_item or ovf_json_key said true. Of
 * an array or object only the bracket is read: go on with ovf_json_item, ovf_json_key or
 * ovf_json_leave. */
bool ovf_json_read(struct ovf_json *json, struct ovf_json_value *value);

/** In an array: true when an item comes next; false behind the closing bracket, or in trouble. */
bool ovf_json_item(struct ovf_json *json);

/** In an object: true when a key, now in \p key, and its value come next; false as ovf_json_item. */
bool ovf_json_key(struct ovf_json *json, struct ovf_json_value *key);

/** Read on to behind the bracket that closes the innermost open level. */
bool ovf_json_leave(struct ovf_json *json);

/** Read the next value, whatever it is and holds. */
bool ovf_json_skip(struct ovf_json *json);

/** The document is over: nothing but white space is left. */
bool ovf_json_finish(struct ovf_json *json);

/** The characters of the string \p value as UTF-8; false when they need more than \p size bytes. */
bool ovf_json_decode(const struct ovf_json_value *value, char *out, size_t size, size_t *len);

/** Whether the string \p value is \p name (below 32 bytes), however it is written. */
bool ovf_json_equals(const struct ovf_json_value *value, const char *name);

/** A name that is looked for, below 32 bytes. */
struct ovf_json_name {
    const char *text;
    size_t len;
};
#define OVF_JSON_NAME(name)                                                                        \
    {                                                                                              \
        (name), sizeof(name) - 1                                                                   \
    }

/** Which of \p names the string \p value is, however it is written; \p n when it is none. */
size_t ovf_json_find(const struct ovf_json_value *value, const struct ovf_json_name *names,
                     size_t n);

#endif
