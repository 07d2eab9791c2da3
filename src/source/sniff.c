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

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Whether the string from i to end is one of these keys. */
static bool is_key(struct ovf_bytes text, size_t i, size_t end, const char *key)
{
    const size_t len = strlen(key);
    return end - i == len + 2 && memcmp(text.data + i + 1, key, len) == 0;
}

/* What the JSON that begins with the bracket at i holds: state vectors, which are the value of the key "states" of an
 * object, alone or in an array, or the items of an array of arrays; or aircraft, of which an object has the list or
 * which it is itself. Else it is taken for a trace. */
static enum ovf_content json_kind(struct ovf_bytes text, size_t i)
{
    const size_t second = skip_blanks(text, i + 1);
    const bool in_array = text.data[i] == '[';
    if (in_array && second < text.len && text.data[second] == '[')
        return OVF_CONTENT_STATES;
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
        const bool is_outer_key =
            depth == (in_array ? 2 : 1) && next < text.len && text.data[next] == ':';
        if (is_outer_key && is_key(text, i, end, "states"))
            return OVF_CONTENT_STATES;
        if (is_outer_key && !in_array &&
            (is_key(text, i, end, "aircraft") || is_key(text, i, end, "ac") ||
             is_key(text, i, end, "hex")))
            return OVF_CONTENT_AIRCRAFT;
        i = end;
    }
    return OVF_CONTENT_TRACE;
}

enum { BEAST_ESCAPE = 0x1A, BEAST_RECEIVER = 0xE3 };

/* Bytes of a Beast frame behind its type: stamp, signal and message, or the id of the receiver; 0: there is no such
 * type. */
static size_t beast_bytes(unsigned char type)
{
    static const unsigned char bytes[] = {6 + 1 + 2, 6 + 1 + 7, 6 + 1 + 14, 6 + 1 + 14, 6 + 1 + 14};
    if (type == BEAST_RECEIVER)
        return 8;
    return type >= '1' && type <= '5' ? bytes[type - '1'] : 0;
}

/* Behind the Beast frame that begins at i; 0 when there is none, or it is cut by another. */
static size_t skip_beast(struct ovf_bytes head, size_t i)
{
    const size_t n =
        i + 1 < head.len && head.data[i] == BEAST_ESCAPE ? beast_bytes(head.data[i + 1]) : 0;
    if (n == 0)
        return 0;
    i += 2;
    for (size_t k = 0; k < n && i < head.len; k++, i++) {
        if (head.data[i] != BEAST_ESCAPE)
            continue;
        i++;
        if (i < head.len && head.data[i] != BEAST_ESCAPE)
            return 0;
    }
    return i;
}

/* A frame near the beginning, with another one or the end behind it: a recording may begin in the middle of one. */
static bool is_beast(struct ovf_bytes head)
{
    enum { LOOK_BYTES = 64 };
    for (size_t i = 0; i < head.len && i < LOOK_BYTES; i++) {
        const size_t next = skip_beast(head, i);
        if (next > 0 && (next >= head.len || skip_beast(head, next) > 0))
            return true;
    }
    return false;
}

/* '*', '@', '<' or '%', hexadecimal digits, a semicolon. */
static bool is_avr(struct ovf_bytes head)
{
    size_t i = skip_blanks(head, 0);
    if (i >= head.len || head.data[i] == '\0' || strchr("*@<%", head.data[i]) == NULL)
        return false;
    const size_t first = ++i;
    while (i < head.len && hex_digit((char)head.data[i]) >= 0)
        i++;
    return i > first && i < head.len && head.data[i] == ';';
}

static bool is_sbs(struct ovf_bytes head)
{
    static const char *const kinds[] = {"MSG,", "MLAT,", "SEL,", "ID,", "AIR,", "STA,", "CLK,"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const size_t len = strlen(kinds[i]);
        const bool is_kind = head.len > len && memcmp(head.data, kinds[i], len) == 0;
        /* the second field is a number or blank; a table may have a column of that name */
        if (is_kind && (head.data[len] == ',' || (head.data[len] >= '0' && head.data[len] <= '9')))
            return true;
    }
    return false;
}

static enum ovf_content text_kind(struct ovf_bytes head)
{
    const size_t mark = head.len >= 3 && memcmp(head.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    const size_t i = skip_blanks(head, mark);
    if (is_beast(head) || is_avr(head))
        return OVF_CONTENT_FRAMES;
    if (is_sbs(head))
        return OVF_CONTENT_SBS;
    if (i >= head.len || (head.data[i] != '{' && head.data[i] != '['))
        return OVF_CONTENT_TABLE;
    return json_kind(head, i);
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
    static const struct {
        const char *start;
        const char *end;
        enum ovf_content content;
    } kinds[] = {
        {"trace_full_", ".json", OVF_CONTENT_TRACE},
        {"states", ".json", OVF_CONTENT_STATES},
        {"aircraft", ".json", OVF_CONTENT_AIRCRAFT},
        {"history_", ".json", OVF_CONTENT_AIRCRAFT},
        {"", ".beast", OVF_CONTENT_FRAMES},
        {"", ".avr", OVF_CONTENT_FRAMES},
        {"", ".sbs", OVF_CONTENT_SBS},
        {"", ".csv", OVF_CONTENT_TABLE},
    };
    const char *base = last_component(name);
    size_t len = strlen(base);
    if (base[0] == '.')
        return false; /* hidden; also what macOS adds to archives */
    (void)drop_suffix(base, &len, ".gz");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strncmp(base, kinds[i].start, strlen(kinds[i].start)) == 0 &&
            drop_suffix(base, &len, kinds[i].end)) {
            *content = kinds[i].content;
            return true;
        }
    }
    return false;
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
