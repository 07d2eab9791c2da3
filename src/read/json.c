/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON cursor. "Ends early" and "is no JSON" are told apart: whatever could still have become a
 * document had the bytes gone on is truncated. */
#include "read/json.h"

#include <assert.h>

#include "base/utf8.h"

static bool fail(struct ovf_json *json, enum ovf_reject trouble)
{
    if (json->trouble == OVF_REJECT_N)
        json->trouble = trouble;
    return false;
}

/** At \p at the document is wrong, or ends too early. */
static bool fail_at(struct ovf_json *json, const unsigned char *at)
{
    json->at = at;
    return fail(json, at == json->end ? OVF_REJECT_JSON_TRUNCATED : OVF_REJECT_NOT_JSON);
}

/** At \p at stands what is no text; true when that is passed over. */
static bool fail_text(struct ovf_json *json, const unsigned char *at)
{
    if (json->skips_bad_text) {
        json->had_bad_text = true;
        return true;
    }
    json->at = at;
    return fail(json, OVF_REJECT_BAD_TEXT);
}

void ovf_json_init(struct ovf_json *json, struct ovf_bytes text)
{
    static const unsigned char nothing[1];
    const unsigned char *begin = text.len == 0 ? nothing : text.data;
    *json = (struct ovf_json){
        .begin = begin, .at = begin, .end = begin + text.len, .trouble = OVF_REJECT_N};
}

static void skip_space(struct ovf_json *json)
{
    const unsigned char *p = json->at;
    while (p < json->end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
        p++;
    json->at = p;
}

/** Go to the next byte that is no white space; there must be one. */
static bool next_token(struct ovf_json *json)
{
    if (json->trouble != OVF_REJECT_N)
        return false;
    skip_space(json);
    return json->at < json->end || fail_at(json, json->end);
}

static int hex_value(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const unsigned char lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/** The four digits of a \u escape at \p *p, or false with \p *p at the byte that is wrong. */
static bool scan_hex4(const struct ovf_json *json, const unsigned char **p, uint32_t *code)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        const int digit = *p < json->end ? hex_value(**p) : -1;
        if (digit < 0)
            return false;
        value = value << 4 | (uint32_t)digit;
        (*p)++;
    }
    *code = value;
    return true;
}

/** Behind "\u" at \p *p: one escape, or a pair of them that is one character. */
static bool scan_unicode_escape(struct ovf_json *json, const unsigned char **p)
{
    uint32_t code;
    if (!scan_hex4(json, p, &code))
        return fail_at(json, *p);
    if (code < 0xD800 || code > 0xDFFF)
        return true;
    uint32_t low = 0;
    const unsigned char *const behind = *p;
    if (code < 0xDC00) {
        for (const char *due = "\\u"; *due != '\0'; due++, (*p)++) {
            if (*p == json->end)
                return fail_at(json, *p);
            if (**p == (unsigned char)*due)
                continue;
            const bool skipped = fail_text(json, *p);
            *p = behind; /* what stands there is read for itself */
            return skipped;
        }
        if (!scan_hex4(json, p, &low))
            return fail_at(json, *p);
    }
    return (low >= 0xDC00 && low <= 0xDFFF) || fail_text(json, *p);
}

/** Behind a backslash at \p *p. */
static bool scan_escape(struct ovf_json *json, const unsigned char **p)
{
    if (*p == json->end)
        return fail_at(json, *p);
    switch (**p) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        (*p)++;
        return true;
    case 'u':
        (*p)++;
        return scan_unicode_escape(json, p);
    default:
        return fail_at(json, *p);
    }
}

/** A character beyond ASCII at \p *p. */
static bool scan_multibyte(struct ovf_json *json, const unsigned char **p)
{
    uint32_t code;
    size_t n = 0;
    const struct ovf_bytes rest = {*p, (size_t)(json->end - *p)};
    const enum ovf_utf8 result = ovf_utf8_first(rest, &code, &n);
    if (result == OVF_UTF8_GOOD) {
        *p += n;
        return true;
    }
    if (result == OVF_UTF8_CUT)
        return fail_at(json, json->end);
    if (!fail_text(json, *p))
        return false;
    (*p)++;
    return true;
}

static bool read_string(struct ovf_json *json, struct ovf_json_value *value)
{
    const unsigned char *p = json->at + 1;
    const unsigned char *start = p;
    bool escaped = false;
    const bool had_bad_text = json->had_bad_text;
    json->had_bad_text = false;
    for (;;) {
        while (p < json->end && *p >= 0x20 && *p < 0x80 && *p != '"' && *p != '\\')
            p++;
        if (p == json->end || *p < 0x20)
            return fail_at(json, p);
        if (*p == '"')
            break;
        if (*p == '\\') {
            escaped = true;
            p++;
            if (!scan_escape(json, &p))
                return false;
        } else if (!scan_multibyte(json, &p)) {
            return false;
        }
    }
    if (p - start > OVF_JSON_MAX_STRING_BYTES)
        return fail(json, OVF_REJECT_TOO_LARGE);
    *value = (struct ovf_json_value){OVF_JSON_STRING, escaped, {start, (size_t)(p - start)}};
    if (json->had_bad_text)
        *value = (struct ovf_json_value){OVF_JSON_STRING, false, {start, 0}};
    json->had_bad_text = json->had_bad_text || had_bad_text;
    json->at = p + 1;
    return true;
}

/** At least one digit at \p *p. */
static bool scan_digits(struct ovf_json *json, const unsigned char **p)
{
    const unsigned char *start = *p;
    while (*p < json->end && **p >= '0' && **p <= '9')
        (*p)++;
    return *p > start || fail_at(json, *p);
}

static bool read_number(struct ovf_json *json, struct ovf_json_value *value)
{
    const unsigned char *p = json->at;
    const unsigned char *end = json->end;
    if (*p == '-')
        p++;
    if (p < end && *p == '0')
        p++; /* and no digit after it: the next token would fail on one */
    else if (!scan_digits(json, &p))
        return false;
    if (p < end && *p == '.') {
        p++;
        if (!scan_digits(json, &p))
            return false;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        if (p < end && (*p == '+' || *p == '-'))
            p++;
        if (!scan_digits(json, &p))
            return false;
    }
    *value = (struct ovf_json_value){OVF_JSON_NUMBER, false, {json->at, (size_t)(p - json->at)}};
    json->at = p;
    return true;
}

static bool read_word(struct ovf_json *json, const char *word, enum ovf_json_kind kind,
                      struct ovf_json_value *value)
{
    const unsigned char *p = json->at;
    for (; *word != '\0'; word++, p++) {
        if (p == json->end || *p != (unsigned char)*word)
            return fail_at(json, p);
    }
    *value = (struct ovf_json_value){.kind = kind};
    json->at = p;
    return true;
}

static bool open_level(struct ovf_json *json, enum ovf_json_kind kind, struct ovf_json_value *value)
{
    if (json->depth == OVF_JSON_MAX_DEPTH)
        return fail(json, OVF_REJECT_JSON_TOO_DEEP);
    json->at++;
    json->depth++;
    const uint64_t bit = UINT64_C(1) << json->depth;
    json->has_items &= ~bit;
    json->is_object = kind == OVF_JSON_OBJECT ? json->is_object | bit : json->is_object & ~bit;
    json->n_keys[json->depth] = 0;
    *value = (struct ovf_json_value){.kind = kind};
    return true;
}

bool ovf_json_read(struct ovf_json *json, struct ovf_json_value *value)
{
    if (!next_token(json))
        return false;
    switch (*json->at) {
    case '"':
        return read_string(json, value);
    case '[':
        return open_level(json, OVF_JSON_ARRAY, value);
    case '{':
        return open_level(json, OVF_JSON_OBJECT, value);
    case 'n':
        return read_word(json, "null", OVF_JSON_NULL, value);
    case 't':
        return read_word(json, "true", OVF_JSON_TRUE, value);
    case 'f':
        return read_word(json, "false", OVF_JSON_FALSE, value);
    default:
        return read_number(json, value);
    }
}

/** Behind the comma before the next item or at the first one; false behind \p closing. */
static bool next_in_level(struct ovf_json *json, unsigned char closing)
{
    if (!next_token(json))
        return false;
    const uint64_t bit = UINT64_C(1) << json->depth;
    if (*json->at == closing) {
        json->at++;
        json->depth--;
        return false;
    }
    if ((json->has_items & bit) == 0) {
        json->has_items |= bit;
        return true;
    }
    if (*json->at != ',')
        return fail_at(json, json->at);
    json->at++;
    return true;
}

bool ovf_json_item(struct ovf_json *json)
{
    assert(!ovf_json_ok(json) || (json->is_object >> json->depth & 1) == 0);
    return next_in_level(json, ']');
}

bool ovf_json_key(struct ovf_json *json, struct ovf_json_value *key)
{
    assert(!ovf_json_ok(json) || (json->is_object >> json->depth & 1) == 1);
    if (!next_in_level(json, '}') || !next_token(json))
        return false;
    if (*json->at != '"')
        return fail_at(json, json->at);
    if (++json->n_keys[json->depth] > OVF_JSON_MAX_KEYS)
        return fail(json, OVF_REJECT_TOO_LARGE);
    if (!read_string(json, key) || !next_token(json))
        return false;
    if (*json->at != ':')
        return fail_at(json, json->at);
    json->at++;
    return true;
}

bool ovf_json_leave(struct ovf_json *json)
{
    const int level = json->depth;
    struct ovf_json_value value;
    while (ovf_json_ok(json) && json->depth >= level) {
        const bool in_object = (json->is_object >> json->depth & 1) != 0;
        if (in_object ? ovf_json_key(json, &value) : ovf_json_item(json))
            (void)ovf_json_read(json, &value); /* its trouble ends the loop */
    }
    return ovf_json_ok(json);
}

bool ovf_json_skip(struct ovf_json *json)
{
    struct ovf_json_value value;
    if (!ovf_json_read(json, &value))
        return false;
    return (value.kind != OVF_JSON_ARRAY && value.kind != OVF_JSON_OBJECT) || ovf_json_leave(json);
}

bool ovf_json_finish(struct ovf_json *json)
{
    if (!ovf_json_ok(json))
        return false;
    skip_space(json);
    return json->at == json->end || fail(json, OVF_REJECT_JSON_TRAILING);
}

/** The character of the escape behind a backslash at \p *p. It was checked when it was read. */
static uint32_t decode_escape(const unsigned char **p)
{
    static const char names[] = "bfnrt";
    static const char codes[] = "\b\f\n\r\t";
    const unsigned char c = *(*p)++;
    const char *name = memchr(names, c, sizeof names - 1);
    if (name != NULL)
        return (unsigned char)codes[name - names];
    if (c != 'u')
        return c;
    uint32_t code = 0;
    for (int i = 0; i < 4; i++)
        code = code << 4 | (uint32_t)hex_value(*(*p)++);
    if (code < 0xD800 || code > 0xDBFF)
        return code;
    uint32_t low = 0;
    *p += 2; /* the second \u */
    for (int i = 0; i < 4; i++)
        low = low << 4 | (uint32_t)hex_value(*(*p)++);
    return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
}

bool ovf_json_decode(const struct ovf_json_value *value, char *out, size_t size, size_t *len)
{
    assert(value->kind == OVF_JSON_STRING);
    const unsigned char *p = value->text.data;
    const unsigned char *end = p + value->text.len;
    size_t n = 0;
    while (p < end) {
        unsigned char bytes[4] = {*p};
        size_t n_bytes = 1;
        if (*p++ == '\\')
            n_bytes = ovf_utf8_encode(decode_escape(&p), bytes);
        if (n_bytes > size - n)
            return false;
        memcpy(out + n, bytes, n_bytes);
        n += n_bytes;
    }
    *len = n;
    return true;
}

bool ovf_json_equals(const struct ovf_json_value *value, const char *name)
{
    if (!value->escaped)
        return ovf_bytes_equal_text(value->text, name);
    char text[32];
    size_t len;
    return ovf_json_decode(value, text, sizeof text, &len) && len == strlen(name) &&
           memcmp(text, name, len) == 0;
}

size_t ovf_json_find(const struct ovf_json_value *value, const struct ovf_json_name *names,
                     size_t n)
{
    const struct ovf_bytes text = value->text;
    for (size_t i = 0; i < n; i++) {
        if (value->escaped
                ? ovf_json_equals(value, names[i].text)
                : text.len == names[i].len && memcmp(text.data, names[i].text, text.len) == 0)
            return i;
    }
    return n;
}
