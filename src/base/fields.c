/* SPDX-License-Identifier: Apache-2.0 */
/* Records of text tables. */
#include "base/fields.h"

#include "base/ascii.h"

static bool is_blank(unsigned char c, char separator)
{
    return (c == ' ' || c == '\t') && c != (unsigned char)separator;
}

struct ovf_bytes ovf_bytes_trim(struct ovf_bytes text)
{
    while (text.len > 0 && is_blank(text.data[0], '\0'))
        text = (struct ovf_bytes){text.data + 1, text.len - 1};
    while (text.len > 0 && is_blank(text.data[text.len - 1], '\0'))
        text.len--;
    return text;
}

/** The quoted field that begins at \p *at, which is left behind it; false when it is malformed. */
static bool take_quoted(struct ovf_bytes record, char separator, size_t *at,
                        struct ovf_field *field)
{
    const size_t start = *at + 1;
    size_t i = start;
    for (; i < record.len; i++) {
        if (record.data[i] != '"')
            continue;
        if (i + 1 == record.len || record.data[i + 1] != '"')
            break;
        field->has_quotes = true;
        i++;
    }
    if (i >= record.len)
        return false;
    field->text = (struct ovf_bytes){record.data + start, i - start};
    i++;
    while (i < record.len && is_blank(record.data[i], separator))
        i++;
    *at = i;
    return i == record.len || record.data[i] == (unsigned char)separator;
}

static void take_plain(struct ovf_bytes record, char separator, size_t *at, struct ovf_field *field)
{
    const unsigned char *start = record.data + *at;
    const unsigned char *stop = memchr(start, separator, record.len - *at);
    const size_t len = stop == NULL ? record.len - *at : (size_t)(stop - start);
    field->text = ovf_bytes_trim((struct ovf_bytes){start, len});
    *at += len;
}

bool ovf_fields_split(struct ovf_bytes record, char separator, struct ovf_fields *fields)
{
    size_t at = 0;
    fields->n = 0;
    fields->too_many = false;
    for (;;) {
        struct ovf_field field = {0};
        while (at < record.len && is_blank(record.data[at], separator))
            at++;
        if (at < record.len && record.data[at] == '"') {
            if (!take_quoted(record, separator, &at, &field))
                return false;
        } else if (at < record.len) {
            take_plain(record, separator, &at, &field);
        }
        if (fields->n < OVF_FIELDS_MAX)
            fields->items[fields->n++] = field;
        else
            fields->too_many = true;
        if (at >= record.len)
            return true;
        at++; /* the separator */
    }
}

char ovf_fields_separator(struct ovf_bytes header)
{
    static const char candidates[] = {',', ';', '\t'};
    size_t counts[3] = {0};
    for (size_t i = 0; i < header.len; i++) {
        for (size_t k = 0; k < 3; k++)
            counts[k] += header.data[i] == (unsigned char)candidates[k];
    }
    size_t best = 0;
    for (size_t k = 1; k < 3; k++) {
        if (counts[k] > counts[best])
            best = k;
    }
    return candidates[best];
}

struct ovf_bytes ovf_field_unquote(const struct ovf_field *field, char *room, size_t room_bytes)
{
    if (!field->has_quotes)
        return field->text;
    size_t n = 0;
    for (size_t i = 0; i < field->text.len && n < room_bytes; i++) {
        room[n++] = (char)field->text.data[i];
        if (field->text.data[i] == '"')
            i++; /* its twin */
    }
    return (struct ovf_bytes){(const unsigned char *)room, n};
}

bool ovf_bytes_equal_nocase(struct ovf_bytes bytes, const char *text)
{
    size_t i = 0;
    for (; i < bytes.len && text[i] != '\0'; i++) {
        if (ovf_ascii_lower(bytes.data[i]) != (unsigned char)text[i])
            return false;
    }
    return i == bytes.len && text[i] == '\0';
}
