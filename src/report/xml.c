/* SPDX-License-Identifier: Apache-2.0 */
/* Escaping. */
#include "report/xml.h"

#include "base/utf8.h"

/** XML 1.0, production 2, without surrogates, which are no UTF-8. Carriage returns would be changed by every
 * reader (2.11), so they are none either. */
static bool is_char(uint32_t code)
{
    return code == '\t' || code == '\n' || (code >= 0x20 && code < 0xFFFE) || code >= 0x10000;
}

static const char *entity(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&apos;";
    default:
        return NULL;
    }
}

enum ovf_status ovf_xml_text(struct ovf_buffer *out, struct ovf_bytes text)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < text.len && st == OVF_OK;) {
        uint32_t code = 0;
        size_t n = 1;
        const struct ovf_bytes rest = {text.data + i, text.len - i};
        const bool good = ovf_utf8_first(rest, &code, &n) == OVF_UTF8_GOOD && is_char(code);
        const char *escaped = entity(text.data[i]);
        if (!good)
            st = ovf_buffer_append_text(out, "\xEF\xBF\xBD");
        else if (escaped != NULL)
            st = ovf_buffer_append_text(out, escaped);
        else
            st = ovf_buffer_append(out, text.data + i, n);
        i += n;
    }
    return st;
}
