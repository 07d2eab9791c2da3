/* SPDX-License-Identifier: Apache-2.0 */
/* Telling contents and names apart.
 *
 * A tar's header (POSIX.1-2008, pax, "ustar Interchange Format") has a checksum at byte 148: the sum
 * of its 512 bytes, the checksum's own eight taken as spaces. Old tars have no magic, damaged ones
 * no right checksum; either is taken as a sign. A tar of nothing is zeros.
 */
#include "source/sniff.h"

#include <string.h>

#include "base/utf8.h"
#include "source/inflate.h"

#define TAR_BLOCK 512

static bool is_tar_checksum(const unsigned char *block)
{
    unsigned sum = 0;
    for (int i = 0; i < TAR_BLOCK; i++)
        sum += i >= 148 && i < 156 ? ' ' : block[i];
    unsigned said = 0;
    int i = 148;
    while (i < 156 && block[i] == ' ')
        i++;
    const int first = i;
    for (; i < 156 && block[i] >= '0' && block[i] <= '7'; i++)
        said = said * 8 + (unsigned)(block[i] - '0');
    return i > first && said == sum;
}

static bool is_tar(struct ovf_bytes head)
{
    if (head.len >= 262 && memcmp(head.data + 257, "ustar", 5) == 0)
        return true;
    if (head.len < TAR_BLOCK)
        return false;
    bool is_zero = true;
    for (int i = 0; i < TAR_BLOCK && is_zero; i++)
        is_zero = head.data[i] == 0;
    return is_zero || is_tar_checksum(head.data);
}

static bool is_zip(struct ovf_bytes head)
{
    /* a member, or the end of a directory without members, or a spanned one's mark */
    return head.len >= 4 &&
           (memcmp(head.data, "PK\3\4", 4) == 0 || memcmp(head.data, "PK\5\6", 4) == 0 ||
            memcmp(head.data, "PK\7\10", 4) == 0);
}

static size_t skip_blanks(struct ovf_bytes text, size_t i)
{
    while (i < text.len && (text.data[i] == ' ' || text.data[i] == '\t' || text.data[i] == '\r' ||
                            text.data[i] == '\n'))
        i++;
    return i;
}

/* Behind the quote that ends the string whose first quote is at i. */
static size_t skip_string(struct ovf_bytes text, size_t i)
{
    for (i++; i < text.len && text.data[i] != '"'; i++)
        i += text.data[i] == '\\' ? 1 : 0;
    return i < text.len ? i + 1 : text.len;
}

/* Do state vectors stand in the JSON that begins with the bracket at i? They are the value of the key
 * "states" of an object, alone or in an array, or the items of an array of arrays. */
static bool holds_states(struct ovf_bytes text, size_t i)
{
    const size_t second = skip_blanks(text, i + 1);
    const bool in_array = text.data[i] == '[';
    if (in_array && second < text.len && text.data[second] == '[')
        return true;
    size_t depth = 0;
    while (i < text.len) {
        const unsigned char c = text.data[i];
        if (c != '"') {
            depth += c == '{' || c == '[' ? 1 : 0;
            depth -= (c == '}' || c == ']') && depth > 0 ? 1 : 0;
            i++;
            continue;
        }
        const size_t end = skip_string(text, i);
        const size_t next = skip_blanks(text, end);
        if (depth == (in_array ? 2 : 1) && end - i == 8 &&
            memcmp(text.data + i, "\"states\"", 8) == 0 && next < text.len &&
            text.data[next] == ':')
            return true;
        i = end;
    }
    return false;
}

static enum ovf_content text_kind(struct ovf_bytes head)
{
    const size_t mark = head.len >= 3 && memcmp(head.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    const size_t i = skip_blanks(head, mark);
    if (i >= head.len || (head.data[i] != '{' && head.data[i] != '['))
        return OVF_CONTENT_TABLE;
    return holds_states(head, i) ? OVF_CONTENT_STATES : OVF_CONTENT_TRACE;
}

enum ovf_status ovf_sniff(struct ovf_bytes head, enum ovf_content *content)
{
    if (is_zip(head))
        *content = OVF_CONTENT_ZIP;
    else if (is_tar(head))
        *content = OVF_CONTENT_TAR;
    else
        *content = text_kind(head);
    if (!ovf_is_gzip(head))
        return OVF_OK;

    unsigned char inner[4096];
    size_t n = 0;
    struct ovf_inflate *inflate = NULL;
    const enum ovf_status st = ovf_inflate_new(&inflate);
    if (st != OVF_OK)
        return st;
    /* A rejection shows when the content is read; what came out before it tells the kind. */
    const enum ovf_reject ignored = ovf_inflate_step(inflate, &head, inner, sizeof inner, &n, NULL);
    (void)ignored;
    ovf_inflate_free(inflate);
    const struct ovf_bytes out = {inner, n};
    *content = !is_zip(out) && is_tar(out) ? OVF_CONTENT_TAR_GZIP : text_kind(out);
    return OVF_OK;
}

static const char *last_component(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash != NULL ? slash + 1 : name;
}

/* Does name[0..len) end so? *len is then shortened. */
static bool drop_suffix(const char *name, size_t *len, const char *suffix)
{
    const size_t n = strlen(suffix);
    if (*len < n || memcmp(name + *len - n, suffix, n) != 0)
        return false;
    *len -= n;
    return true;
}

bool ovf_name_is_wanted(const char *name, enum ovf_content *content)
{
    const char *base = last_component(name);
    size_t len = strlen(base);
    if (base[0] == '.')
        return false; /* hidden; also what macOS adds to archives */
    (void)drop_suffix(base, &len, ".gz");
    const bool is_trace = strncmp(base, "trace_full_", 11) == 0;
    if ((is_trace || strncmp(base, "states", 6) == 0) && drop_suffix(base, &len, ".json")) {
        *content = is_trace ? OVF_CONTENT_TRACE : OVF_CONTENT_STATES;
        return true;
    }
    *content = OVF_CONTENT_TABLE;
    return drop_suffix(base, &len, ".csv");
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool ovf_name_address(const char *name, uint32_t *address)
{
    const char *base = last_component(name);
    if (strncmp(base, "trace_full_", 11) != 0)
        return false;
    base += 11;
    uint32_t value = 0;
    const bool is_label = *base == '~';
    base += is_label;
    for (int i = 0; i < 6; i++) {
        const int digit = hex_digit(base[i]);
        if (digit < 0)
            return false;
        value = value << 4 | (uint32_t)digit;
    }
    if (hex_digit(base[6]) >= 0)
        return false;
    *address = value | (is_label ? UINT32_C(1) << 24 : 0);
    return true;
}

bool ovf_name_is_safe(const char *name)
{
    if (name == NULL || name[0] == '\0' || name[0] == '/')
        return false;
    const size_t len = strlen(name);
    if (len > OVF_NAME_MAX_BYTES ||
        !ovf_utf8_valid((struct ovf_bytes){(const unsigned char *)name, len}))
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F)
            return false;
    for (const char *part = name; part != NULL;) {
        if (part[0] == '.' && part[1] == '.' && (part[2] == '/' || part[2] == '\0'))
            return false;
        part = strchr(part, '/');
        part = part != NULL ? part + 1 : NULL;
    }
    return true;
}

void ovf_name_tidy(char *name)
{
    const char *from = name;
    char *to = name;
    while (*from != '\0') {
        const bool at_start = to == name || to[-1] == '/';
        if (at_start && *from == '/')
            from++;
        else if (at_start && from[0] == '.' && from[1] == '/')
            from += 2;
        else
            *to++ = *from++;
    }
    *to = '\0';
}
