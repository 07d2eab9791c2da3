/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON writer (RFC 8259). */
#include "base/json_writer.h"

#include "base/number.h"
#include "base/time.h"
#include "base/utf8.h"

struct ovf_json_writer ovf_json_begin(struct ovf_buffer *out)
{
    return (struct ovf_json_writer){.out = out, .status = OVF_OK};
}

static void put(struct ovf_json_writer *json, const void *data, size_t len)
{
    if (json->status == OVF_OK)
        json->status = ovf_buffer_append(json->out, data, len);
}

static void put_text(struct ovf_json_writer *json, const char *text)
{
    put(json, text, strlen(text));
}

/** Bytes of the character at the front of \p text, 0 when it is not UTF-8. */
static size_t character_length(struct ovf_bytes text)
{
    uint32_t code;
    size_t n;
    return ovf_utf8_first(text, &code, &n) == OVF_UTF8_GOOD ? n : 0;
}

static void put_escaped(struct ovf_json_writer *json, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    const char code[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    put(json, code, sizeof code);
}

#define EACH_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

/** The high bit of bytes that are \p b; of ones above such a byte perhaps too. */
static uint64_t find_byte(uint64_t word, unsigned char b)
{
    const uint64_t x = word ^ EACH_BYTE(b);
    return (x - EACH_BYTE(0x01)) & ~x & EACH_BYTE(0x80);
}

/** Whether the eight bytes at \p at are ASCII that stands for itself. */
static bool is_plain_word(const unsigned char *at)
{
    const uint64_t word = ovf_load_u64le(at);
    const uint64_t low = (word - EACH_BYTE(0x20)) & ~word; /* below a blank */
    return ((word | low) & EACH_BYTE(0x80)) == 0 &&
           (find_byte(word, '"') | find_byte(word, '\\') | find_byte(word, 0x7f)) == 0;
}

/** How many of the bytes from \p i on are ASCII that stands for itself. */
static size_t plain_run(struct ovf_bytes text, size_t i)
{
    size_t end = i;
    while (text.len - end >= 8 && is_plain_word(text.data + end))
        end += 8;
    while (end < text.len && text.data[end] >= 0x20 && text.data[end] < 0x7f &&
           text.data[end] != '"' && text.data[end] != '\\')
        end++;
    return end - i;
}

/** Text that stands for itself, in quotes; behind a comma where one is due, and before a colon when it is a key. */
static void put_quoted(struct ovf_json_writer *json, bool comma, struct ovf_bytes text, bool colon)
{
    struct ovf_buffer *const out = json->out;
    if (json->status == OVF_OK)
        json->status = ovf_buffer_reserve(out, text.len + 4);
    if (json->status != OVF_OK)
        return;
    unsigned char *at = out->data + out->len;
    *at = ',';
    at += comma ? 1 : 0;
    *at++ = '"';
    memcpy(at, text.data, text.len);
    at += text.len;
    *at++ = '"';
    *at = ':';
    at += colon ? 1 : 0;
    out->len = (size_t)(at - out->data);
}

/** Nearly always. Eight bytes at a time: the last eight may overlap those before. */
static bool is_plain(struct ovf_bytes text)
{
    size_t i = 0;
    if (text.len < 8)
        return text.len > 0 && plain_run(text, 0) == text.len;
    while (text.len - i > 8 && is_plain_word(text.data + i))
        i += 8;
    return text.len - i <= 8 && is_plain_word(text.data + text.len - 8);
}

static void put_string(struct ovf_json_writer *json, struct ovf_bytes text)
{
    if (is_plain(text)) {
        put_quoted(json, false, text, false);
        return;
    }
    put(json, "\"", 1);
    for (size_t i = 0; i < text.len;) {
        const unsigned char *const at = text.data + i;
        const size_t n_plain = plain_run(text, i);
        size_t n = n_plain > 0 ? n_plain : character_length((struct ovf_bytes){at, text.len - i});
        if (*at == '"' || *at == '\\') {
            put(json, "\\", 1);
            put(json, at, 1);
        } else if (n == 0 || *at < 0x20 || *at == 0x7f) {
            put_escaped(json, *at);
            n = 1;
        } else {
            put(json, at, n);
        }
        i += n;
    }
    put(json, "\"", 1);
}

static void put_key(struct ovf_json_writer *json, const char *key)
{
    const struct ovf_bytes text = key != NULL ? ovf_bytes_from_text(key) : (struct ovf_bytes){0};
    const bool comma = json->comma;
    json->comma = true;
    if (is_plain(text)) {
        put_quoted(json, comma, text, true);
        return;
    }
    if (comma)
        put(json, ",", 1);
    if (key == NULL)
        return;
    put_string(json, text);
    put(json, ":", 1);
}

void ovf_json_open(struct ovf_json_writer *json, const char *key, char bracket)
{
    put_key(json, key);
    put(json, &bracket, 1);
    json->comma = false;
}

void ovf_json_close(struct ovf_json_writer *json, char bracket)
{
    put(json, &bracket, 1);
    json->comma = true;
}

void ovf_json_text(struct ovf_json_writer *json, const char *key, const char *text)
{
    ovf_json_bytes(json, key, ovf_bytes_from_text(text));
}

void ovf_json_bytes(struct ovf_json_writer *json, const char *key, struct ovf_bytes text)
{
    put_key(json, key);
    put_string(json, text);
}

void ovf_json_bool(struct ovf_json_writer *json, const char *key, bool value)
{
    put_key(json, key);
    put_text(json, value ? "true" : "false");
}

void ovf_json_int(struct ovf_json_writer *json, const char *key, int64_t value)
{
    char text[OVF_NUMBER_SIZE];
    ovf_number_format_scaled(value, 0, text);
    put_key(json, key);
    put_text(json, text);
}

void ovf_json_number(struct ovf_json_writer *json, const char *key, double value, int n_decimals)
{
    char text[OVF_NUMBER_SIZE];
    ovf_number_format(value, n_decimals, text);
    put_key(json, key);
    put_text(json, text);
}

void ovf_json_time(struct ovf_json_writer *json, const char *key, int64_t t_ns)
{
    char text[OVF_TIME_SIZE];
    ovf_time_format(t_ns, 3, text);
    put_key(json, key);
    put_quoted(json, false, ovf_bytes_from_text(text), false);
}

void ovf_json_members(struct ovf_json_writer *json, const char *members)
{
    if (members[0] == '\0')
        return;
    if (json->comma)
        put(json, ",", 1);
    json->comma = true;
    put_text(json, members);
}
