/* SPDX-License-Identifier: Apache-2.0 */
/* Registers: rows in the order of the file, then sorted by address, of each address the last kept. */
#include "lists/register.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/fields.h"
#include "base/number.h"
#include "lists/lines.h"
#include "track/address.h"

struct entry {
    uint32_t address;
    uint32_t order; /* in the file */
    struct ovf_identity identity;
    char msn[OVF_REGISTER_MSN_SIZE];
};

struct ovf_register {
    struct entry *items;
    size_t n;
    size_t capacity;
};

enum column {
    COLUMN_ADDRESS,
    COLUMN_REGISTRATION,
    COLUMN_TYPE,
    COLUMN_FLAGS,
    COLUMN_DESCRIPTION,
    COLUMN_OWNER,
    COLUMN_MSN,
    N_COLUMNS,
};

struct form {
    char separator;
    bool flags_by_place; /* tar1090-db's digits; else a number of bits */
    size_t n_fields;     /* that a row must have */
    int field_of[N_COLUMNS];
};

static enum column find_column(struct ovf_bytes name)
{
    static const struct {
        const char *name;
        enum column column;
    } names[] = {
        {"icao24", COLUMN_ADDRESS},       {"registration", COLUMN_REGISTRATION},
        {"type_code", COLUMN_TYPE},       {"type", COLUMN_TYPE},
        {"db_flags", COLUMN_FLAGS},       {"description", COLUMN_DESCRIPTION},
        {"owner_operator", COLUMN_OWNER}, {"operator", COLUMN_OWNER},
        {"owner", COLUMN_OWNER},          {"msn", COLUMN_MSN},
        {"serial_number", COLUMN_MSN},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (ovf_bytes_equal_nocase(name, names[i].name))
            return names[i].column;
    }
    return N_COLUMNS;
}

/** The form of a file whose header is \p line; false when that is no header. */
static bool form_from_header(struct ovf_bytes line, struct ovf_fields *fields, struct form *form)
{
    size_t n_found = 0;
    form->separator = ovf_fields_separator(line);
    form->flags_by_place = false;
    for (int i = 0; i < N_COLUMNS; i++)
        form->field_of[i] = -1;
    if (!ovf_fields_split(line, form->separator, fields) || fields->too_many)
        return false;
    form->n_fields = fields->n;
    for (size_t i = 0; i < fields->n; i++) {
        const enum column column = find_column(ovf_bytes_trim(fields->items[i].text));
        if (column == N_COLUMNS || form->field_of[column] >= 0)
            continue;
        form->field_of[column] = (int)i;
        n_found++;
    }
    return form->field_of[COLUMN_ADDRESS] >= 0 && n_found > 1;
}

/** The form of tar1090-db's file, when \p line is a row of one. */
static bool form_from_row(struct ovf_bytes line, struct ovf_fields *fields, struct form *form)
{
    uint32_t address;
    *form = (struct form){';', true, 4, {0, 1, 2, 3, 4, 6, -1}};
    return ovf_fields_split(line, ';', fields) && fields->n >= form->n_fields &&
           ovf_address_parse(fields->items[0].text, &address);
}

/** Find out the form of \p text and leave it at the first row. */
static enum ovf_status find_form(struct ovf_bytes *text, struct ovf_fields *fields,
                                 struct form *form, struct ovf_error *err)
{
    struct ovf_bytes rest = *text = ovf_lines_begin(*text);
    struct ovf_bytes line;
    if (!ovf_lines_next(&rest, &line))
        return ovf_error_set(err, OVF_E_FORMAT, "the register is empty");
    if (form_from_header(line, fields, form)) {
        *text = rest;
        return OVF_OK;
    }
    if (form_from_row(line, fields, form))
        return OVF_OK;
    return ovf_error_set(
        err, OVF_E_FORMAT,
        "the register is neither CSV whose header names icao24 and registration or "
        "type, nor a file like tar1090-db's (hex;registration;type;flags;...)");
}

static void set_flags_by_place(struct ovf_identity *identity, struct ovf_bytes digits)
{
    uint32_t flags = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.data[i] != '0' && digits.data[i] != '1')
            return;
        if (i < 4 && digits.data[i] == '1')
            flags |= UINT32_C(1) << i;
    }
    identity->db_flags = flags;
    identity->has_db_flags = digits.len > 0;
}

static void set_flags_by_number(struct ovf_identity *identity, struct ovf_bytes text)
{
    int64_t flags;
    if (!ovf_number_parse_int(text, &flags) || flags < 0 || flags > UINT32_MAX)
        return;
    identity->db_flags = (uint32_t)flags;
    identity->has_db_flags = true;
}

static void set_msn(struct entry *entry, struct ovf_bytes text)
{
    text = ovf_bytes_trim(text);
    if (text.len >= sizeof entry->msn)
        return;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = text.data[i];
        const bool plain =
            (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!plain && (c == '\0' || strchr(" ./-", c) == NULL))
            return;
    }
    if (text.len > 0)
        memcpy(entry->msn, text.data, text.len);
}

static void set_member(struct entry *entry, enum column column, bool flags_by_place,
                       struct ovf_bytes text)
{
    struct ovf_identity *const identity = &entry->identity;
    if (column == COLUMN_REGISTRATION)
        ovf_identity_set_registration(identity, text);
    else if (column == COLUMN_TYPE)
        ovf_identity_set_type_code(identity, text);
    else if (column == COLUMN_DESCRIPTION)
        ovf_identity_set_description(identity, text);
    else if (column == COLUMN_OWNER)
        ovf_identity_set_owner_operator(identity, text);
    else if (column == COLUMN_MSN)
        set_msn(entry, text);
    else if (column == COLUMN_FLAGS && flags_by_place)
        set_flags_by_place(identity, text);
    else if (column == COLUMN_FLAGS)
        set_flags_by_number(identity, text);
}

static enum ovf_reject read_row(const struct form *form, const struct ovf_fields *fields,
                                struct entry *entry)
{
    if (fields->n < form->n_fields)
        return OVF_REJECT_ROW_SHORT;
    const struct ovf_bytes address = fields->items[form->field_of[COLUMN_ADDRESS]].text;
    if (!ovf_address_parse(ovf_bytes_trim(address), &entry->address))
        return OVF_REJECT_BAD_ADDRESS;
    for (int i = COLUMN_REGISTRATION; i < N_COLUMNS; i++) {
        const int field = form->field_of[i];
        if (field < 0 || (size_t)field >= fields->n)
            continue;
        char room[sizeof entry->identity.owner_operator + 4];
        const struct ovf_bytes text = ovf_field_unquote(&fields->items[field], room, sizeof room);
        set_member(entry, (enum column)i, form->flags_by_place, text);
    }
    return OVF_REJECT_N;
}

static enum ovf_status read_rows(struct ovf_bytes text, const struct form *form,
                                 struct ovf_fields *fields, struct ovf_register *reg,
                                 struct ovf_tally *rows)
{
    struct ovf_bytes line;
    while (ovf_lines_next(&text, &line)) {
        struct entry entry = {.order = (uint32_t)reg->n};
        enum ovf_reject reason = OVF_REJECT_BAD_TEXT;
        if (ovf_fields_split(line, form->separator, fields))
            reason = read_row(form, fields, &entry);
        if (reason == OVF_REJECT_N && reg->n == UINT32_MAX)
            reason = OVF_REJECT_TOO_MANY_ROWS;
        if (reason != OVF_REJECT_N) {
            ovf_tally_reject(rows, reason);
            continue;
        }
        struct entry *grown =
            ovf_array_reserve(reg->items, &reg->capacity, reg->n + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        reg->items = grown;
        reg->items[reg->n++] = entry;
        rows->n_read++;
    }
    return OVF_OK;
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/** Sort, and keep the last entry of each address. */
static void settle(struct ovf_register *reg, struct ovf_tally *rows)
{
    size_t n_kept = 0;
    if (reg->n > 0)
        qsort(reg->items, reg->n, sizeof reg->items[0], compare_entries);
    for (size_t i = 0; i < reg->n; i++) {
        if (i + 1 < reg->n && reg->items[i + 1].address == reg->items[i].address)
            continue;
        reg->items[n_kept++] = reg->items[i];
    }
    rows->n_repeated = reg->n - n_kept;
    rows->n_used = n_kept;
    reg->n = n_kept;
}

enum ovf_status ovf_register_new(struct ovf_bytes text, struct ovf_tally *rows,
                                 struct ovf_register **out, struct ovf_error *err)
{
    struct form form = {0};
    struct ovf_tally counts = {0};
    struct ovf_fields fields;
    struct ovf_register *reg = NULL;
    enum ovf_status st = find_form(&text, &fields, &form, err);
    if (st != OVF_OK)
        goto out;
    reg = calloc(1, sizeof *reg);
    st = reg == NULL ? OVF_E_NOMEM : read_rows(text, &form, &fields, reg, &counts);
    if (st != OVF_OK) {
        (void)ovf_error_set(err, st, "out of memory for the register");
        goto out;
    }
    settle(reg, &counts);
    *rows = counts;
    *out = reg;
    reg = NULL;
out:
    ovf_register_free(reg);
    return st;
}

void ovf_register_free(struct ovf_register *reg)
{
    if (reg == NULL)
        return;
    free(reg->items);
    free(reg);
}

static const struct entry *find_entry(const struct ovf_register *reg, uint32_t address)
{
    size_t low = 0;
    size_t high = reg->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (reg->items[middle].address < address)
            low = middle + 1;
        else
            high = middle;
    }
    return low < reg->n && reg->items[low].address == address ? &reg->items[low] : NULL;
}

const struct ovf_identity *ovf_register_find(const struct ovf_register *reg, uint32_t address)
{
    const struct entry *const entry = find_entry(reg, address);
    return entry != NULL ? &entry->identity : NULL;
}

const char *ovf_register_msn(const struct ovf_register *reg, uint32_t address)
{
    const struct entry *const entry = find_entry(reg, address);
    return entry != NULL && entry->msn[0] != '\0' ? entry->msn : NULL;
}

size_t ovf_register_size(const struct ovf_register *reg)
{
    return reg->n;
}
