/* SPDX-License-Identifier: Apache-2.0 */
/* Cleaning and ordering the values of a listing. */
#include "lists/listing_draft.h"

#include "base/array.h"
#include "base/fields.h"
#include "base/time.h"
#include "base/utf8.h"
#include "track/address.h"

void ovf_listing_draft_deinit(struct ovf_listing_draft *draft)
{
    ovf_buffer_deinit(&draft->text);
}

void ovf_listing_draft_begin(struct ovf_listing_draft *draft)
{
    draft->text.len = 0;
    draft->n = 0;
    draft->n_bad_values = 0;
    draft->has_bad_text = false;
    draft->status = OVF_OK;
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* ---- one value, in place: each returns its length, 0 when it is no good ---- */

static size_t clean_tail(unsigned char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] >= 'a' && text[i] <= 'z')
            text[i] = (unsigned char)(text[i] - 'a' + 'A');
        const bool plain = (text[i] >= 'A' && text[i] <= 'Z') || (text[i] >= '0' && text[i] <= '9');
        if (!plain && strchr(".+/- ", text[i]) == NULL)
            return 0;
    }
    return len <= OVF_LISTING_MAX_TAIL ? len : 0;
}

/** Six hexadecimal digits, perhaps with blanks between. */
static size_t clean_address(unsigned char *text, size_t len)
{
    size_t n = 0;
    uint32_t address;
    char plain[OVF_ADDRESS_SIZE];
    for (size_t i = 0; i < len; i++) {
        if (text[i] != ' ')
            text[n++] = text[i];
    }
    if (!ovf_address_parse((struct ovf_bytes){text, n}, &address) ||
        (address & OVF_ADDRESS_NON_ICAO) != 0)
        return 0;
    ovf_address_format(address, plain);
    memcpy(text, plain, 6);
    return 6;
}

static size_t clean_day(unsigned char *text, size_t len)
{
    int64_t t_ns;
    const bool is_day = len == 10 && ovf_time_parse_iso((struct ovf_bytes){text, len}, &t_ns);
    return is_day ? len : 0;
}

static size_t clean_value(enum ovf_listing_key key, unsigned char *text, size_t len)
{
    switch (key) {
    case OVF_LISTING_REGISTRATION:
    case OVF_LISTING_PREVIOUS_REGISTRATION:
        return clean_tail(text, len);
    case OVF_LISTING_ICAO24:
        return clean_address(text, len);
    case OVF_LISTING_FROM:
    case OVF_LISTING_TO:
        return clean_day(text, len);
    case OVF_LISTING_MSN:
    case OVF_LISTING_CONSTRUCTION_NUMBER:
        return len <= OVF_LISTING_MAX_MSN ? len : 0;
    default:
        return len;
    }
}

/** White space to single blanks, none at the ends; returns the length. */
static size_t squeeze(unsigned char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (!is_blank(text[i]))
            text[n++] = text[i];
        else if (n > 0 && text[n - 1] != ' ')
            text[n++] = ' ';
    }
    return n > 0 && text[n - 1] == ' ' ? n - 1 : n;
}

static bool is_there(const struct ovf_listing_draft *draft, enum ovf_listing_key key,
                     struct ovf_bytes value)
{
    for (size_t i = 0; i < draft->n; i++) {
        const struct ovf_listing_part *const part = &draft->parts[i];
        if (part->key == key && part->len == value.len &&
            memcmp(draft->text.data + part->at, value.data, value.len) == 0)
            return true;
    }
    return false;
}

void ovf_listing_draft_put(struct ovf_listing_draft *draft, enum ovf_listing_key key,
                           struct ovf_bytes value)
{
    const size_t at = draft->text.len;
    if (draft->status != OVF_OK || value.len == 0)
        return;
    draft->status = ovf_buffer_append(&draft->text, value.data, value.len);
    if (draft->status != OVF_OK)
        return;
    unsigned char *const text = draft->text.data + at;
    size_t len = squeeze(text, value.len);
    draft->text.len = at;
    if (len == 0)
        return;
    if (!ovf_utf8_is_harmless((struct ovf_bytes){text, len})) {
        draft->has_bad_text = true;
        return;
    }
    len = clean_value(key, text, len);
    if (len > 0 && is_there(draft, key, (struct ovf_bytes){text, len}))
        return;
    if (len == 0 || draft->n == OVF_LISTING_MAX_VALUES) {
        draft->n_bad_values++;
        return;
    }
    draft->parts[draft->n++] = (struct ovf_listing_part){key, at, len};
    draft->text.len = at + len;
}

void ovf_listing_draft_put_text(struct ovf_listing_draft *draft, enum ovf_listing_key key,
                                const char *value)
{
    ovf_listing_draft_put(draft, key, ovf_bytes_from_text(value));
}

void ovf_listing_draft_put_each(struct ovf_listing_draft *draft, enum ovf_listing_key key,
                                struct ovf_bytes values, const char *separator)
{
    const size_t step = strlen(separator);
    size_t begin = 0;
    for (size_t i = 0; i + step <= values.len;) {
        if (memcmp(values.data + i, separator, step) != 0) {
            i++;
            continue;
        }
        ovf_listing_draft_put(draft, key, (struct ovf_bytes){values.data + begin, i - begin});
        i += step;
        begin = i;
    }
    if (begin < values.len)
        ovf_listing_draft_put(draft, key,
                              (struct ovf_bytes){values.data + begin, values.len - begin});
}

bool ovf_listing_draft_has(const struct ovf_listing_draft *draft, enum ovf_listing_key key)
{
    return ovf_listing_draft_first(draft, key).len > 0;
}

struct ovf_bytes ovf_listing_draft_first(const struct ovf_listing_draft *draft,
                                         enum ovf_listing_key key)
{
    for (size_t i = 0; i < draft->n; i++) {
        if (draft->parts[i].key == key)
            return (struct ovf_bytes){draft->text.data + draft->parts[i].at, draft->parts[i].len};
    }
    return (struct ovf_bytes){NULL, 0};
}

static enum ovf_status write_values(const struct ovf_listing_draft *draft, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (int key = 0; key < OVF_LISTING_KEY_N; key++) {
        for (size_t i = 0; i < draft->n && st == OVF_OK; i++) {
            const struct ovf_listing_part *const part = &draft->parts[i];
            if (part->key != (enum ovf_listing_key)key)
                continue;
            st = ovf_buffer_append_text(out, ovf_listing_key_name(part->key));
            if (st == OVF_OK)
                st = ovf_buffer_append(out, " ", 1);
            if (st == OVF_OK)
                st = ovf_buffer_append(out, draft->text.data + part->at, part->len);
            if (st == OVF_OK)
                st = ovf_buffer_append(out, "\n", 1);
        }
    }
    return st;
}

enum ovf_status ovf_listing_draft_keep(struct ovf_listing_draft *draft, struct ovf_listing_set *set,
                                       struct ovf_listing_report *report)
{
    const size_t at = set->text.len;
    if (draft->status != OVF_OK)
        return draft->status;
    if (draft->has_bad_text || !ovf_listing_draft_has(draft, OVF_LISTING_ID) ||
        !ovf_listing_draft_has(draft, OVF_LISTING_NAME)) {
        ovf_tally_reject(&report->rows,
                         draft->has_bad_text ? OVF_REJECT_BAD_TEXT : OVF_REJECT_ROW_SHORT);
        return OVF_OK;
    }
    struct ovf_listing_span *grown =
        ovf_array_reserve(set->items, &set->capacity, set->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    set->items = grown;
    const enum ovf_status st = write_values(draft, &set->text);
    if (st != OVF_OK)
        return st;
    set->items[set->n++] = (struct ovf_listing_span){at, set->text.len - at};
    ovf_tally_use(&report->rows);
    report->n_bad_values += draft->n_bad_values;
    report->n_cut += ovf_listing_draft_has(draft, OVF_LISTING_CUT);
    if (ovf_bytes_equal_text(ovf_listing_draft_first(draft, OVF_LISTING_KIND), "aircraft"))
        report->n_aircraft++;
    else
        report->n_entities++;
    return OVF_OK;
}
