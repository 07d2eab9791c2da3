/* SPDX-License-Identifier: Apache-2.0 */
/* Permit lists from CSV and JSON: both become cells, and cells become permits (permit_row.c). */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/fields.h"
#include "lists/lines.h"
#include "lists/permit_row.h"
#include "read/json.h"

/** What an item was made of. */
struct placed {
    struct ovf_digest digest;
    size_t item;
};

struct reader {
    struct ovf_permit_list *list;
    struct ovf_permit_cells cells;
    struct ovf_permit_room room;
    struct placed *placed; /* one an item */
    size_t placed_capacity;
    struct ovf_bytes text;
    size_t at;     /* up to where line ends were counted */
    uint32_t line; /* the line that it is in */
};

/* ---- rows ---- */

static void reject(struct reader *reader, uint32_t line, enum ovf_permit_fault fault)
{
    struct ovf_permit_counts *const counts = &reader->list->counts;
    counts->n_read++;
    counts->n_rejected[fault]++;
    if (counts->n_first < OVF_PERMIT_FAULTS_KEPT)
        counts->first[counts->n_first++] = (struct ovf_permit_rejected){line, fault};
}

/** The hash of all cells with their columns: equal rows are one. */
static enum ovf_status hash_cells(struct reader *reader, struct ovf_digest *out)
{
    struct ovf_buffer *const text = &reader->cells.text;
    const size_t before = text->len;
    enum ovf_status st = ovf_buffer_append(text, reader->cells.items, sizeof reader->cells.items);
    if (st == OVF_OK)
        st = ovf_sha256(ovf_buffer_bytes(text), out);
    text->len = before;
    return st;
}

/** The cells are whole: a permit, or why not. */
static enum ovf_status end_row(struct reader *reader, uint32_t line)
{
    struct ovf_permit_list *const list = reader->list;
    struct ovf_permit permit;
    if (list->n == OVF_PERMITS_MAX) {
        reject(reader, line, OVF_PERMIT_FAULT_TOO_MANY);
        return OVF_OK;
    }
    const enum ovf_permit_fault fault =
        ovf_permit_row_read(&reader->cells, &list->about, &reader->room, &permit);
    if (fault != OVF_PERMIT_FAULT_N) {
        reject(reader, line, fault);
        return OVF_OK;
    }
    permit.line = line;
    struct ovf_permit *const grown =
        ovf_array_reserve(list->items, &list->capacity, list->n + 1, sizeof *grown);
    if (grown != NULL)
        list->items = grown;
    struct placed *const placed =
        ovf_array_reserve(reader->placed, &reader->placed_capacity, list->n + 1, sizeof *placed);
    if (placed != NULL)
        reader->placed = placed;
    if (grown == NULL || placed == NULL)
        return OVF_E_NOMEM;
    placed[list->n].item = list->n;
    const enum ovf_status st = hash_cells(reader, &placed[list->n].digest);
    if (st != OVF_OK)
        return st;
    list->items[list->n++] = permit;
    list->counts.n_read++;
    return OVF_OK;
}

/** The line that \p at lies in; it only goes on. A CR before an LF is part of that line end. */
static uint32_t line_of(struct reader *reader, const unsigned char *at)
{
    for (; reader->text.data + reader->at < at; reader->at++) {
        const unsigned char c = reader->text.data[reader->at];
        const bool pair = c == '\r' && reader->text.data[reader->at + 1] == '\n';
        if ((c == '\n' || c == '\r') && !pair)
            reader->line++;
    }
    return reader->line;
}

/* ---- CSV ---- */

struct form {
    char separator;
    size_t n_fields;
    enum ovf_permit_column columns[OVF_FIELDS_MAX]; /* OVF_PERMIT_COLUMN_N: passed over */
};

static enum ovf_status read_header(struct ovf_bytes line, struct ovf_fields *fields,
                                   struct form *form, struct ovf_error *err)
{
    bool has[OVF_PERMIT_COLUMN_N + 1] = {false};
    form->separator = ovf_fields_separator(line);
    if (!ovf_fields_split(line, form->separator, fields) || fields->too_many)
        return ovf_error_set(err, OVF_E_FORMAT, "the first line is no header of a permit list");
    form->n_fields = fields->n;
    for (size_t i = 0; i < fields->n; i++) {
        enum ovf_permit_column column =
            ovf_permit_column_find(ovf_bytes_trim(fields->items[i].text));
        if (column != OVF_PERMIT_COLUMN_N && has[column])
            return ovf_error_set(err, OVF_E_FORMAT, "the column %s stands twice in the header",
                                 ovf_permit_column_name(column));
        form->columns[i] = column;
        has[column] = true;
    }
    if (has[OVF_PERMIT_COLUMN_NUMBER] && has[OVF_PERMIT_COLUMN_VALID_FROM] &&
        has[OVF_PERMIT_COLUMN_VALID_TO] &&
        (has[OVF_PERMIT_COLUMN_OPERATOR] || has[OVF_PERMIT_COLUMN_CALLSIGNS] ||
         has[OVF_PERMIT_COLUMN_REGISTRATIONS]))
        return OVF_OK;
    return ovf_error_set(err, OVF_E_FORMAT,
                         "no permit list: neither JSON nor CSV whose header names permit_no, "
                         "valid_from, valid_to, and operator_icao, callsigns or registrations");
}

/** Append \p text to the cell of \p column, a blank before what is not the first. */
static enum ovf_status put_cell(struct ovf_permit_cells *cells, enum ovf_permit_column column,
                                struct ovf_bytes text)
{
    enum ovf_status st = OVF_OK;
    if (cells->items[column].len == 0)
        cells->items[column].at = cells->text.len;
    else
        st = ovf_buffer_append(&cells->text, " ", 1);
    if (st == OVF_OK)
        st = ovf_buffer_append(&cells->text, text.data, text.len);
    if (st == OVF_OK)
        cells->items[column].len = cells->text.len - cells->items[column].at;
    return st;
}

static enum ovf_status read_fields(struct reader *reader, const struct form *form,
                                   const struct ovf_fields *fields)
{
    ovf_permit_cells_clear(&reader->cells);
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct ovf_field *const field = &fields->items[i];
        enum ovf_status st = OVF_OK;
        if (form->columns[i] == OVF_PERMIT_COLUMN_N || field->text.len == 0)
            continue;
        st = ovf_buffer_reserve(&reader->cells.text, field->text.len);
        if (st != OVF_OK)
            return st;
        /* Only what doubled quotes make shorter is copied to the room first, where it then stands. */
        char *const room = (char *)reader->cells.text.data + reader->cells.text.len;
        const struct ovf_bytes text = ovf_field_unquote(field, room, field->text.len);
        reader->cells.items[form->columns[i]].at = reader->cells.text.len;
        reader->cells.items[form->columns[i]].len = text.len;
        if (text.data != (const unsigned char *)room)
            memcpy(room, text.data, text.len);
        reader->cells.text.len += text.len;
    }
    return OVF_OK;
}

static enum ovf_status read_csv(struct reader *reader, struct ovf_error *err)
{
    struct ovf_bytes rest = reader->text;
    struct ovf_bytes line;
    struct ovf_fields fields;
    struct form form = {0};
    if (!ovf_lines_next(&rest, &line))
        return ovf_error_set(err, OVF_E_FORMAT, "the permit list is empty");
    enum ovf_status st = read_header(line, &fields, &form, err);
    while (st == OVF_OK && ovf_lines_next(&rest, &line)) {
        const uint32_t number = line_of(reader, line.data);
        if (!ovf_fields_split(line, form.separator, &fields)) {
            reject(reader, number, OVF_PERMIT_FAULT_BAD_TEXT);
            continue;
        }
        if (fields.n < form.n_fields) {
            reject(reader, number, OVF_PERMIT_FAULT_ROW_SHORT);
            continue;
        }
        st = read_fields(reader, &form, &fields);
        if (st == OVF_OK)
            st = end_row(reader, number);
    }
    return st;
}

/* ---- JSON ---- */

/** A text, a number, or null as the cell's text; false: it can be none. */
static bool put_scalar(struct reader *reader, enum ovf_permit_column column,
                       const struct ovf_json_value *value, enum ovf_status *st)
{
    char room[OVF_JSON_MAX_STRING_BYTES];
    size_t len = 0;
    if (value->kind == OVF_JSON_NULL)
        return true;
    if (value->kind == OVF_JSON_NUMBER) {
        *st = put_cell(&reader->cells, column, value->text);
        return true;
    }
    if (value->kind != OVF_JSON_STRING || !ovf_json_decode(value, room, sizeof room, &len))
        return false;
    *st = put_cell(&reader->cells, column, (struct ovf_bytes){(const unsigned char *)room, len});
    return true;
}

/** The value of \p column, which may be a list. \p fault is set when it can be none. */
static enum ovf_status put_value(struct reader *reader, struct ovf_json *json,
                                 enum ovf_permit_column column, enum ovf_permit_fault *fault)
{
    struct ovf_json_value value;
    enum ovf_status st = OVF_OK;
    if (!ovf_json_read(json, &value))
        return OVF_OK;
    if (value.kind == OVF_JSON_OBJECT) {
        *fault = OVF_PERMIT_FAULT_BAD_TEXT;
        (void)ovf_json_leave(json);
        return OVF_OK;
    }
    if (value.kind != OVF_JSON_ARRAY) {
        if (!put_scalar(reader, column, &value, &st))
            *fault = OVF_PERMIT_FAULT_BAD_TEXT;
        return st;
    }
    while (st == OVF_OK && ovf_json_item(json)) {
        if (!ovf_json_read(json, &value))
            break;
        const bool nested = value.kind == OVF_JSON_OBJECT || value.kind == OVF_JSON_ARRAY;
        if (nested)
            (void)ovf_json_leave(json);
        if (nested || !put_scalar(reader, column, &value, &st))
            *fault = OVF_PERMIT_FAULT_BAD_TEXT;
    }
    return st;
}

/** The object whose brace was just read: its cells, and a fault that it has as a whole. */
static enum ovf_status read_object(struct reader *reader, struct ovf_json *json,
                                   enum ovf_permit_fault *fault)
{
    bool has[OVF_PERMIT_COLUMN_N + 1] = {false};
    struct ovf_json_value key;
    enum ovf_status st = OVF_OK;
    *fault = OVF_PERMIT_FAULT_N;
    ovf_permit_cells_clear(&reader->cells);
    while (st == OVF_OK && ovf_json_key(json, &key)) {
        char name[32];
        size_t len = 0;
        enum ovf_permit_column column = OVF_PERMIT_COLUMN_N;
        if (ovf_json_decode(&key, name, sizeof name, &len))
            column = ovf_permit_column_find((struct ovf_bytes){(const unsigned char *)name, len});
        if (column == OVF_PERMIT_COLUMN_N) {
            (void)ovf_json_skip(json);
            continue;
        }
        if (has[column])
            *fault = OVF_PERMIT_FAULT_DUPLICATE_KEY;
        has[column] = true;
        st = put_value(reader, json, column, fault);
    }
    return st;
}

/** A value of the array, or, \p alone, of a line: a permit, or why not. */
static enum ovf_status read_value(struct reader *reader, struct ovf_json *json, bool alone,
                                  uint32_t line)
{
    struct ovf_json_value value;
    enum ovf_permit_fault fault = OVF_PERMIT_FAULT_NOT_JSON;
    enum ovf_status st = OVF_OK;
    if (ovf_json_read(json, &value)) {
        if (value.kind == OVF_JSON_OBJECT)
            st = read_object(reader, json, &fault);
        else if (value.kind == OVF_JSON_ARRAY)
            (void)ovf_json_leave(json);
    }
    if (st != OVF_OK)
        return st;
    if (!ovf_json_ok(json) || (alone && !ovf_json_finish(json)))
        fault = OVF_PERMIT_FAULT_NOT_JSON;
    if (fault == OVF_PERMIT_FAULT_N)
        return end_row(reader, line);
    reject(reader, line, fault);
    return OVF_OK;
}

static enum ovf_status read_array(struct reader *reader, struct ovf_error *err)
{
    struct ovf_json json;
    struct ovf_json_value value;
    enum ovf_status st = OVF_OK;
    uint32_t item = 0;
    ovf_json_init(&json, reader->text);
    (void)ovf_json_read(&json, &value);
    while (st == OVF_OK && ovf_json_item(&json))
        st = read_value(reader, &json, false, ++item);
    if (st == OVF_OK && (!ovf_json_ok(&json) || !ovf_json_finish(&json)))
        return ovf_error_set(err, OVF_E_FORMAT, "the JSON breaks off at byte %zu: %s",
                             ovf_json_offset(&json), ovf_reject_words(json.trouble));
    return st;
}

static enum ovf_status read_lines(struct reader *reader)
{
    struct ovf_bytes rest = reader->text;
    struct ovf_bytes line;
    enum ovf_status st = OVF_OK;
    while (st == OVF_OK && ovf_lines_next(&rest, &line)) {
        struct ovf_json json;
        ovf_json_init(&json, line);
        st = read_value(reader, &json, true, line_of(reader, line.data));
    }
    return st;
}

/* ---- the whole ---- */

static int compare_placed(const void *a, const void *b)
{
    const struct placed *x = a;
    const struct placed *y = b;
    const int order = memcmp(x->digest.bytes, y->digest.bytes, OVF_SHA256_BYTES);
    return order != 0 ? order : (x->item > y->item) - (x->item < y->item);
}

/** Of rows that are the same word for word the first stays. */
static enum ovf_status drop_repeated(struct reader *reader)
{
    struct ovf_permit_list *const list = reader->list;
    struct placed *const placed = reader->placed;
    const size_t n = list->n;
    size_t n_kept = 0;
    if (placed == NULL)
        return OVF_OK; /* there are no rows */
    bool *const repeated = calloc(n + 1, sizeof *repeated);
    if (repeated == NULL)
        return OVF_E_NOMEM;
    qsort(placed, n, sizeof *placed, compare_placed);
    for (size_t i = 1; i < n; i++)
        repeated[placed[i].item] = ovf_digest_equal(&placed[i].digest, &placed[i - 1].digest);
    for (size_t i = 0; i < n; i++) {
        if (!repeated[i])
            list->items[n_kept++] = list->items[i];
    }
    list->n = n_kept;
    list->counts.n_used = n_kept;
    list->counts.n_repeated = n - n_kept;
    free(repeated);
    return OVF_OK;
}

/** Where it came from, for findings. */
static enum ovf_status set_source(struct ovf_permit_list *list, struct ovf_bytes text)
{
    struct ovf_digest digest;
    const enum ovf_status st = ovf_sha256(text, &digest);
    if (st != OVF_OK)
        return st;
    memcpy(list->source, "sha256:", 7);
    ovf_digest_format(&digest, OVF_SHA256_BYTES, list->source + 7);
    return OVF_OK;
}

static unsigned char first_character(struct ovf_bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr(" \t\r\n", text.data[i]) == NULL)
            return text.data[i];
    }
    return '\0';
}

enum ovf_status ovf_permit_list_read(struct ovf_bytes text, const struct ovf_permit_about *about,
                                     struct ovf_permit_list *out, struct ovf_error *err)
{
    struct ovf_permit_list list = {.about = *about};
    struct reader reader = {.list = &list, .text = ovf_lines_begin(text), .line = 1};
    reader.room.size = text.len + 1;
    reader.room.data = malloc(reader.room.size);
    const unsigned char first = first_character(reader.text);
    list.is_array = first == '[';
    enum ovf_status st = reader.room.data != NULL ? set_source(&list, text) : OVF_E_NOMEM;
    if (st == OVF_OK)
        st = list.is_array  ? read_array(&reader, err)
             : first == '{' ? read_lines(&reader)
                            : read_csv(&reader, err);
    if (st == OVF_OK)
        st = drop_repeated(&reader);
    if (st == OVF_E_NOMEM)
        (void)ovf_error_set(err, st, "out of memory for the permit list");
    list.texts = reader.room.data;
    list.n_texts = reader.room.len;
    if (st == OVF_OK)
        *out = list;
    else
        ovf_permit_list_deinit(&list);
    ovf_buffer_deinit(&reader.cells.text);
    free(reader.placed);
    return st;
}
