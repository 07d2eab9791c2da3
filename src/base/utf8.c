/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8, table 3-7 of the Unicode Standard: the second byte's range depends on the first, all others
 * are 80..BF. */
#include "base/utf8.h"

enum ovf_utf8 ovf_utf8_first(struct ovf_bytes bytes, uint32_t *code, size_t *n_bytes)
{
    const unsigned char lead = bytes.data[0];
    if (lead < 0x80) {
        *code = lead;
        *n_bytes = 1;
        return OVF_UTF8_GOOD;
    }
    if (lead < 0xC2 || lead > 0xF4)
        return OVF_UTF8_BAD;
    const size_t n = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    uint32_t value = lead & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if (i == bytes.len)
            return OVF_UTF8_CUT;
        if (bytes.data[i] < low || bytes.data[i] > high)
            return OVF_UTF8_BAD;
        value = value << 6 | (bytes.data[i] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *code = value;
    *n_bytes = n;
    return OVF_UTF8_GOOD;
}

bool ovf_utf8_valid(struct ovf_bytes bytes)
{
    while (bytes.len > 0) {
        uint32_t code;
        size_t n;
        if (ovf_utf8_first(bytes, &code, &n) != OVF_UTF8_GOOD)
            return false;
        bytes = (struct ovf_bytes){bytes.data + n, bytes.len - n};
    }
    return true;
}

static bool is_harmful(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E ||
           code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

bool ovf_utf8_is_harmless(struct ovf_bytes bytes)
{
    while (bytes.len > 0) {
        uint32_t code;
        size_t n;
        if (ovf_utf8_first(bytes, &code, &n) != OVF_UTF8_GOOD || is_harmful(code))
            return false;
        bytes = (struct ovf_bytes){bytes.data + n, bytes.len - n};
    }
    return true;
}

enum ovf_status ovf_utf8_append_line(struct ovf_bytes text, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    while (text.len > 0 && text.data[text.len - 1] == '\n')
        text.len--;
    while (text.len > 0 && st == OVF_OK) {
        uint32_t code;
        size_t n = 1;
        if (ovf_utf8_first(text, &code, &n) == OVF_UTF8_GOOD && !is_harmful(code))
            st = ovf_buffer_append(out, text.data, n);
        else
            st =
                ovf_buffer_append(out, text.data[0] == '\n' || text.data[0] == '\t' ? " " : "?", 1);
        text = (struct ovf_bytes){text.data + n, text.len - n};
    }
    return st;
}

size_t ovf_utf8_encode(uint32_t code, unsigned char out[4])
{
    if (code < 0x80) {
        out[0] = (unsigned char)code;
        return 1;
    }
    const size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (unsigned char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (unsigned char)((0xF00u >> n & 0xFF) | code);
    return n;
}

struct ovf_bytes ovf_utf8_cut(struct ovf_bytes text, size_t max_bytes)
{
    if (text.len <= max_bytes)
        return text;
    while (max_bytes > 0 && (text.data[max_bytes] & 0xC0) == 0x80)
        max_bytes--;
    return (struct ovf_bytes){text.data, max_bytes};
}
