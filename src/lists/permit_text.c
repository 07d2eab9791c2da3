/* SPDX-License-Identifier: Apache-2.0 */
/* A line is cut where a key begins; what stands between is the value of the key before it. A key without a mark behind
 * it is one only where its value has the form that is due: "ENTRY" and "TYPE" are words, too. */
#include "lists/permit_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "lists/permit_text_value.h"

const char *ovf_permit_text_key_name(enum ovf_permit_text_key key)
{
    static const char *const names[OVF_PERMIT_TEXT_KEY_N] = {
        "reference",   "permit_no",  "registrations", "types",      "mtow_kg",  "airways",
        "entry_point", "exit_point", "eto",           "valid_from", "valid_to",
    };
    return names[key];
}

const char *ovf_permit_text_trust_name(enum ovf_permit_text_trust trust)
{
    static const char *const names[] = {"plain", "loose", "unclear", "contradicted"};
    return names[trust];
}

void ovf_permit_text_deinit(struct ovf_permit_text *text)
{
    free(text->fields);
    free(text->rest);
    ovf_texts_deinit(&text->texts);
    *text = (struct ovf_permit_text){0};
}

/* ---- keys ---- */

/** The longer of two that begin alike stands first. A blank stands for any number of them. */
static const struct {
    const char *words;
    enum ovf_permit_text_key key;
} keys[] = {
    {"OVF PERMIT NUMBER", OVF_PERMIT_TEXT_NUMBER},
    {"OVF PERMIT NO", OVF_PERMIT_TEXT_NUMBER},
    {"OVF PERMIT NR", OVF_PERMIT_TEXT_NUMBER},
    {"OVF PERMIT", OVF_PERMIT_TEXT_NUMBER},
    {"OVF NO", OVF_PERMIT_TEXT_NUMBER},
    {"OVF", OVF_PERMIT_TEXT_NUMBER},
    {"PERMIT NUMBER", OVF_PERMIT_TEXT_NUMBER},
    {"PERMIT NO", OVF_PERMIT_TEXT_NUMBER},
    {"PERMIT NR", OVF_PERMIT_TEXT_NUMBER},
    {"REFERENCE", OVF_PERMIT_TEXT_REF},
    {"REF NO", OVF_PERMIT_TEXT_REF},
    {"REF", OVF_PERMIT_TEXT_REF},
    {"A/C REGISTRATION", OVF_PERMIT_TEXT_REGISTRATIONS},
    {"A/C REG", OVF_PERMIT_TEXT_REGISTRATIONS},
    {"ACFT REG", OVF_PERMIT_TEXT_REGISTRATIONS},
    {"AIRCRAFT REGISTRATION", OVF_PERMIT_TEXT_REGISTRATIONS},
    {"REGISTRATION", OVF_PERMIT_TEXT_REGISTRATIONS},
    {"REGN", OVF_PERMIT_TEXT_REGISTRATIONS},
    {"REG", OVF_PERMIT_TEXT_REGISTRATIONS},
    {"A/C TYPE", OVF_PERMIT_TEXT_TYPES},
    {"ACFT TYPE", OVF_PERMIT_TEXT_TYPES},
    {"AIRCRAFT TYPE", OVF_PERMIT_TEXT_TYPES},
    {"TYPE", OVF_PERMIT_TEXT_TYPES},
    {"MTOW", OVF_PERMIT_TEXT_MTOW},
    {"MTOM", OVF_PERMIT_TEXT_MTOW},
    {"ROUTE", OVF_PERMIT_TEXT_ROUTE},
    {"RTE", OVF_PERMIT_TEXT_ROUTE},
    {"ENTRY POINT", OVF_PERMIT_TEXT_ENTRY},
    {"ENTRY", OVF_PERMIT_TEXT_ENTRY},
    {"EXIT POINT", OVF_PERMIT_TEXT_EXIT},
    {"EXIT", OVF_PERMIT_TEXT_EXIT},
    {"ETO", OVF_PERMIT_TEXT_ETO},
    {"VALIDITY", OVF_PERMIT_TEXT_VALID_FROM}, /* and to */
    {"VALID", OVF_PERMIT_TEXT_VALID_FROM},
};

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t';
}

static bool is_word(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/** How many bytes of \p text are \p words, as whole words; 0: it does not begin so. */
static size_t match_words(struct ovf_bytes text, const char *words)
{
    size_t i = 0;
    for (; *words != '\0'; words++) {
        if (*words == ' ') {
            const size_t begin = i;
            while (i < text.len && is_blank(text.data[i]))
                i++;
            if (i == begin)
                return 0;
        } else if (i == text.len || text.data[i++] != (unsigned char)*words) {
            return 0;
        }
    }
    return i < text.len && is_word(text.data[i]) ? 0 : i;
}

/** A key in a line. */
struct found_key {
    enum ovf_permit_text_key key;
    size_t begin;
    size_t value; /* where what belongs to it begins */
    bool is_marked;
};

/** Behind a key: ':' or '=', a '.' before them or not; or '-' or '.' between it and a blank. */
static size_t skip_mark(struct ovf_bytes line, size_t at, bool *is_marked)
{
    size_t i = at;
    if (i < line.len && line.data[i] == '.')
        i++;
    *is_marked = i > at;
    while (i < line.len && is_blank(line.data[i]))
        i++;
    if (i < line.len && (line.data[i] == ':' || line.data[i] == '=' ||
                         (line.data[i] == '-' && i + 1 < line.len && is_blank(line.data[i + 1])))) {
        *is_marked = true;
        i++;
    }
    return i;
}

/** The next key from \p from on; false: there is none. */
static bool find_key(struct ovf_bytes line, size_t from, struct found_key *out)
{
    for (size_t i = from; i < line.len; i++) {
        if (!is_word(line.data[i]) || (i > 0 && is_word(line.data[i - 1])))
            continue;
        const struct ovf_bytes rest = {line.data + i, line.len - i};
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            const size_t len = match_words(rest, keys[k].words);
            if (len == 0)
                continue;
            *out = (struct found_key){.key = keys[k].key, .begin = i};
            out->value = skip_mark(line, i + len, &out->is_marked);
            return true;
        }
    }
    return false;
}

/* ---- values ---- */

static bool read_value(enum ovf_permit_text_key key, struct ovf_bytes text,
                       char out[OVF_PERMIT_TEXT_VALUE_SIZE], char to[OVF_PERMIT_TEXT_VALUE_SIZE])
{
    switch (key) {
    case OVF_PERMIT_TEXT_REF:
    case OVF_PERMIT_TEXT_NUMBER:
        return ovf_permit_text_number(text, out);
    case OVF_PERMIT_TEXT_REGISTRATIONS:
        return ovf_permit_text_registrations(text, out);
    case OVF_PERMIT_TEXT_TYPES:
        return ovf_permit_text_types(text, out);
    case OVF_PERMIT_TEXT_MTOW:
        return ovf_permit_text_mass(text, out);
    case OVF_PERMIT_TEXT_ROUTE:
        return ovf_permit_text_route(text, out);
    case OVF_PERMIT_TEXT_ENTRY:
    case OVF_PERMIT_TEXT_EXIT:
        return ovf_permit_text_point(text, out);
    case OVF_PERMIT_TEXT_ETO:
        return ovf_permit_text_clock(text, out);
    default:
        return ovf_permit_text_span(text, out, to);
    }
}

/** Any words may follow "route": without a mark they are not taken for one. */
static bool needs_mark(enum ovf_permit_text_key key)
{
    return key == OVF_PERMIT_TEXT_ROUTE || key == OVF_PERMIT_TEXT_ENTRY ||
           key == OVF_PERMIT_TEXT_EXIT;
}

/* ---- putting together ---- */

struct reading {
    struct ovf_permit_text *out;
    uint32_t line;
};

static enum ovf_status keep(struct reading *r, struct ovf_bytes text, const char **out)
{
    *out = ovf_texts_keep(&r->out->texts, text);
    return *out != NULL ? OVF_OK : OVF_E_NOMEM;
}

static enum ovf_status add_rest(struct reading *r, struct ovf_bytes text)
{
    struct ovf_permit_text *const t = r->out;
    if (text.len == 0)
        return OVF_OK;
    struct ovf_permit_text_rest *const grown =
        ovf_array_reserve(t->rest, &t->rest_capacity, t->n_rest + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    t->rest = grown;
    grown[t->n_rest] = (struct ovf_permit_text_rest){.line = r->line};
    return keep(r, text, &grown[t->n_rest++].text);
}

/** A value that stands again with another one speaks against both. */
static enum ovf_permit_text_trust weigh(struct ovf_permit_text *t, enum ovf_permit_text_key key,
                                        const char *value, enum ovf_permit_text_trust trust)
{
    for (size_t i = 0; i < t->n_fields && trust != OVF_PERMIT_TEXT_UNCLEAR; i++) {
        struct ovf_permit_text_field *const other = &t->fields[i];
        if (other->key != key || other->trust == OVF_PERMIT_TEXT_UNCLEAR ||
            strcmp(other->value, value) == 0)
            continue;
        other->trust = OVF_PERMIT_TEXT_CONTRADICTED;
        trust = OVF_PERMIT_TEXT_CONTRADICTED;
    }
    return trust;
}

static enum ovf_status add_field(struct reading *r, enum ovf_permit_text_key key,
                                 enum ovf_permit_text_trust trust, struct ovf_bytes value)
{
    struct ovf_permit_text *const t = r->out;
    struct ovf_permit_text_field field = {.key = key, .line = r->line};
    struct ovf_permit_text_field *const grown =
        ovf_array_reserve(t->fields, &t->fields_capacity, t->n_fields + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    t->fields = grown;
    const enum ovf_status st = keep(r, value, &field.value);
    if (st != OVF_OK)
        return st;
    field.trust = weigh(t, key, field.value, trust);
    t->fields[t->n_fields++] = field;
    return OVF_OK;
}

static struct ovf_bytes trimmed(struct ovf_bytes line, size_t begin, size_t end)
{
    while (begin < end && (is_blank(line.data[begin]) || strchr(",;", line.data[begin]) != NULL))
        begin++;
    while (end > begin &&
           (is_blank(line.data[end - 1]) || strchr(",;.", line.data[end - 1]) != NULL))
        end--;
    return (struct ovf_bytes){line.data + begin, end - begin};
}

/** A key and what stands behind it, until \p end. */
static enum ovf_status take_key(struct reading *r, struct ovf_bytes line,
                                const struct found_key *found, size_t end)
{
    char value[OVF_PERMIT_TEXT_VALUE_SIZE] = "";
    char to[OVF_PERMIT_TEXT_VALUE_SIZE] = "";
    const struct ovf_bytes text = trimmed(line, found->value, end);
    const bool is_good =
        (found->is_marked || !needs_mark(found->key)) && read_value(found->key, text, value, to);
    if (!is_good && !found->is_marked)
        return add_rest(r, trimmed(line, found->begin, end));
    if (!is_good)
        return add_field(r, found->key, OVF_PERMIT_TEXT_UNCLEAR, text);
    const enum ovf_permit_text_trust trust =
        found->is_marked ? OVF_PERMIT_TEXT_PLAIN : OVF_PERMIT_TEXT_LOOSE;
    const enum ovf_status st = add_field(r, found->key, trust, ovf_bytes_from_text(value));
    return st == OVF_OK && found->key == OVF_PERMIT_TEXT_VALID_FROM
               ? add_field(r, OVF_PERMIT_TEXT_VALID_TO, trust, ovf_bytes_from_text(to))
               : st;
}

static enum ovf_status read_line(struct reading *r, struct ovf_bytes line)
{
    struct found_key found;
    struct found_key next;
    bool more = find_key(line, 0, &found);
    enum ovf_status st = add_rest(r, trimmed(line, 0, more ? found.begin : line.len));
    while (more && st == OVF_OK) {
        more = find_key(line, found.value, &next);
        st = take_key(r, line, &found, more ? next.begin : line.len);
        found = next;
    }
    return st;
}

static void capitalize(struct ovf_buffer *text)
{
    for (size_t i = 0; i < text->len; i++) {
        if (text->data[i] >= 'a' && text->data[i] <= 'z')
            text->data[i] = (unsigned char)(text->data[i] - 'a' + 'A');
    }
}

/** The length of the line that \p bytes begin with, and of its end. */
static size_t line_length(struct ovf_bytes bytes, size_t *n_end)
{
    size_t len = 0;
    while (len < bytes.len && bytes.data[len] != '\n' && bytes.data[len] != '\r')
        len++;
    *n_end = len == bytes.len                                                                ? 0
             : bytes.data[len] == '\r' && len + 1 < bytes.len && bytes.data[len + 1] == '\n' ? 2
                                                                                             : 1;
    return len;
}

enum ovf_status ovf_permit_text_read(struct ovf_bytes bytes, struct ovf_permit_text *out,
                                     struct ovf_error *err)
{
    struct reading r = {out, 0};
    struct ovf_buffer line = {0};
    enum ovf_status st = OVF_OK;
    if (bytes.len > OVF_PERMIT_TEXT_MAX_BYTES)
        return ovf_error_set(err, OVF_E_LIMIT, "longer than %d bytes: no text of one permit",
                             OVF_PERMIT_TEXT_MAX_BYTES);
    while (bytes.len > 0 && st == OVF_OK) {
        size_t n_end;
        const size_t len = line_length(bytes, &n_end);
        r.line++;
        line.len = 0;
        st = ovf_buffer_append(&line, bytes.data, len);
        for (size_t i = 0; i < line.len; i++)
            line.data[i] = line.data[i] == '\t' ? ' ' : line.data[i];
        if (st == OVF_OK && !ovf_utf8_is_harmless(ovf_buffer_bytes(&line)))
            st = ovf_error_set(err, OVF_E_FORMAT, "line %u: no UTF-8, or control characters",
                               (unsigned)r.line);
        capitalize(&line);
        if (st == OVF_OK)
            st = read_line(&r, ovf_buffer_bytes(&line));
        bytes = (struct ovf_bytes){bytes.data + len + n_end, bytes.len - len - n_end};
    }
    ovf_buffer_deinit(&line);
    return st;
}

const char *ovf_permit_text_value(const struct ovf_permit_text *text, enum ovf_permit_text_key key)
{
    for (size_t i = 0; i < text->n_fields; i++) {
        const struct ovf_permit_text_field *const field = &text->fields[i];
        if (field->key == key &&
            (field->trust == OVF_PERMIT_TEXT_PLAIN || field->trust == OVF_PERMIT_TEXT_LOOSE))
            return field->value;
    }
    return NULL;
}
