/* SPDX-License-Identifier: Apache-2.0 */
/* Stepping over JSON. Strings are checked for escapes and control characters, not for UTF-8: who keeps a
 * text checks it. */
#include "shape/json_scan.h"

void ovf_json_skip_space(struct ovf_json_cursor *cursor)
{
    while (cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\n' ||
                                        *cursor->at == '\r' || *cursor->at == '\t'))
        cursor->at++;
}

bool ovf_json_take(struct ovf_json_cursor *cursor, unsigned char c)
{
    ovf_json_skip_space(cursor);
    if (cursor->at == cursor->end || *cursor->at != c)
        return false;
    cursor->at++;
    return true;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(unsigned char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool take_digits(struct ovf_json_cursor *cursor)
{
    const unsigned char *const begin = cursor->at;
    while (cursor->at < cursor->end && is_digit(*cursor->at))
        cursor->at++;
    return cursor->at > begin;
}

static bool next_is(const struct ovf_json_cursor *cursor, unsigned char c)
{
    return cursor->at < cursor->end && *cursor->at == c;
}

bool ovf_json_take_number(struct ovf_json_cursor *cursor, struct ovf_bytes *number)
{
    ovf_json_skip_space(cursor);
    const unsigned char *const begin = cursor->at;
    if (next_is(cursor, '-'))
        cursor->at++;
    if (next_is(cursor, '0'))
        cursor->at++; /* and no digit may follow: 01 is two tokens */
    else if (!take_digits(cursor))
        return false;
    if (cursor->at < cursor->end && is_digit(*cursor->at))
        return false;
    if (next_is(cursor, '.')) {
        cursor->at++;
        if (!take_digits(cursor))
            return false;
    }
    if (next_is(cursor, 'e') || next_is(cursor, 'E')) {
        cursor->at++;
        if (next_is(cursor, '+') || next_is(cursor, '-'))
            cursor->at++;
        if (!take_digits(cursor))
            return false;
    }
    *number = (struct ovf_bytes){begin, (size_t)(cursor->at - begin)};
    return true;
}

static bool take_escape(struct ovf_json_cursor *cursor)
{
    cursor->at++;
    if (cursor->at == cursor->end)
        return false;
    const unsigned char c = *cursor->at++;
    if (c != 'u')
        return c != '\0' && strchr("\"\\/bfnrt", c) != NULL;
    for (int i = 0; i < 4; i++) {
        if (cursor->at == cursor->end || !is_hex(*cursor->at))
            return false;
        cursor->at++;
    }
    return true;
}

static bool take_string(struct ovf_json_cursor *cursor, struct ovf_bytes *text)
{
    if (!ovf_json_take(cursor, '"'))
        return false;
    const unsigned char *const begin = cursor->at;
    while (cursor->at < cursor->end && *cursor->at != '"') {
        if (*cursor->at < 0x20)
            return false;
        if (*cursor->at == '\\') {
            if (!take_escape(cursor))
                return false;
        } else {
            cursor->at++;
        }
    }
    *text = (struct ovf_bytes){begin, (size_t)(cursor->at - begin)};
    return ovf_json_take(cursor, '"');
}

static bool take_word(struct ovf_json_cursor *cursor, const char *word)
{
    const size_t len = strlen(word);
    if ((size_t)(cursor->end - cursor->at) < len || memcmp(cursor->at, word, len) != 0)
        return false;
    cursor->at += len;
    return true;
}

static bool take_scalar(struct ovf_json_cursor *cursor)
{
    struct ovf_bytes ignored;
    switch (*cursor->at) {
    case '"':
        return take_string(cursor, &ignored);
    case 't':
        return take_word(cursor, "true");
    case 'f':
        return take_word(cursor, "false");
    case 'n':
        return take_word(cursor, "null");
    default:
        return ovf_json_take_number(cursor, &ignored);
    }
}

bool ovf_json_next_item(struct ovf_json_cursor *cursor, bool *first, bool *more)
{
    *more = true;
    if (ovf_json_take(cursor, ']')) {
        *more = false;
        return true;
    }
    if (!*first && !ovf_json_take(cursor, ','))
        return false;
    *first = false;
    ovf_json_skip_space(cursor);
    return !next_is(cursor, ']'); /* [1,] */
}

bool ovf_json_next_member(struct ovf_json_cursor *cursor, bool *first, bool *more,
                          struct ovf_bytes *key)
{
    *more = true;
    if (ovf_json_take(cursor, '}')) {
        *more = false;
        return true;
    }
    if (!*first && !ovf_json_take(cursor, ','))
        return false;
    *first = false;
    return take_string(cursor, key) && ovf_json_take(cursor, ':');
}

/** Step over brackets that open here, or a scalar. */
static bool open_or_take(struct ovf_json_cursor *cursor, uint32_t *objects, int *depth, bool *first)
{
    ovf_json_skip_space(cursor);
    if (cursor->at == cursor->end)
        return false;
    if (*cursor->at != '{' && *cursor->at != '[')
        return take_scalar(cursor);
    if (*depth == OVF_JSON_MAX_DEPTH)
        return false;
    *objects = *objects << 1 | (*cursor->at == '{' ? 1 : 0);
    ++*depth;
    cursor->at++;
    *first = true;
    return true;
}

bool ovf_json_take_value(struct ovf_json_cursor *cursor, struct ovf_bytes *value)
{
    uint32_t objects = 0; /* one bit a level, the innermost lowest: 1 in an object */
    int depth = 0;
    bool first = false;
    ovf_json_skip_space(cursor);
    const unsigned char *const begin = cursor->at;
    if (!open_or_take(cursor, &objects, &depth, &first))
        return false;
    while (depth > 0) {
        struct ovf_bytes key;
        bool more = false;
        const bool good = (objects & 1) != 0 ? ovf_json_next_member(cursor, &first, &more, &key)
                                             : ovf_json_next_item(cursor, &first, &more);
        if (!good)
            return false;
        if (!more) {
            objects >>= 1;
            depth--;
            first = false;
        } else if (!open_or_take(cursor, &objects, &depth, &first)) {
            return false;
        }
    }
    *value = (struct ovf_bytes){begin, (size_t)(cursor->at - begin)};
    return true;
}
