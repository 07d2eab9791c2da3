/* SPDX-License-Identifier: Apache-2.0 */
/* Generic CSV in pieces: bytes to records. A record is gathered in one buffer of bounded size; what it
 * says is csv_row's. */
#include "read/csv.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/fields.h"
#include "read/csv_row.h"
#include "read/opensky_seen.h"

/** Where in a record the last byte stood. */
enum place {
    PLACE_FIELD_START,
    PLACE_PLAIN,
    PLACE_QUOTED,
    PLACE_QUOTE_IN_QUOTED, /* the end of the field, or the first of two */
    PLACE_OVERLONG,        /* what is left of a record that is too long: up to the line's end */
};

struct ovf_csv {
    uint32_t item;
    ovf_csv_row_fn *row;
    void *context;
    struct ovf_buffer record;
    enum place place;
    bool has_header;
    char separator; /* '\0': not known yet, any of them */
    struct ovf_csv_columns columns;
    struct ovf_fields fields;
    struct ovf_opensky_seen seen; /* of OpenSky's tables, which repeat positions */
    struct ovf_tally rows;
    struct ovf_csv_notes notes;
};

enum ovf_status ovf_csv_new(uint32_t item, ovf_csv_row_fn *row, void *context, struct ovf_csv **out)
{
    struct ovf_csv *csv = calloc(1, sizeof *csv);
    if (csv == NULL)
        return OVF_E_NOMEM;
    csv->item = item;
    csv->row = row;
    csv->context = context;
    *out = csv;
    return OVF_OK;
}

void ovf_csv_free(struct ovf_csv *csv)
{
    if (csv == NULL)
        return;
    ovf_buffer_deinit(&csv->record);
    ovf_opensky_seen_deinit(&csv->seen);
    free(csv);
}

const struct ovf_tally *ovf_csv_rows(const struct ovf_csv *csv)
{
    return &csv->rows;
}

const char *ovf_csv_unused_columns(const struct ovf_csv *csv)
{
    return csv->columns.unused;
}

const struct ovf_csv_notes *ovf_csv_notes(const struct ovf_csv *csv)
{
    return &csv->notes;
}

static void reject(struct ovf_csv *csv, enum ovf_reject reason, const struct ovf_csv_fault *fault)
{
    ovf_read_fault_note(csv->notes.first_rejected, csv->rows.n_read, fault->columns, fault->values,
                        fault->n_values, reason);
    ovf_tally_reject(&csv->rows, reason);
}

/** A row that is none, of which the beginning is shown. */
static void reject_text(struct ovf_csv *csv, enum ovf_reject reason, struct ovf_bytes text)
{
    reject(csv, reason, &(struct ovf_csv_fault){NULL, {text}, 1});
}

static void note_absent(struct ovf_csv *csv, const struct ovf_csv_row *row)
{
    if (row->n_absent > 0 && csv->notes.n_absent == 0)
        (void)snprintf(csv->notes.first_absent, sizeof csv->notes.first_absent,
                       "row %" PRIu64 ", %s \"%.*s\"", csv->rows.n_read + 1, row->absent_column,
                       (int)row->absent_mark.len, (const char *)row->absent_mark.data);
    csv->notes.n_absent += row->n_absent;
}

static bool starts_with(struct ovf_bytes text, const char *start, size_t len)
{
    return text.len >= len && memcmp(text.data, start, len) == 0;
}

static struct ovf_bytes without_bom(struct ovf_bytes text)
{
    return starts_with(text, "\xEF\xBB\xBF", 3) ? (struct ovf_bytes){text.data + 3, text.len - 3}
                                                : text;
}

static enum ovf_status take_header(struct ovf_csv *csv, struct ovf_bytes record,
                                   struct ovf_error *err)
{
    if (starts_with(record, "\xFF\xFE", 2) || starts_with(record, "\xFE\xFF", 2))
        return ovf_error_set(err, OVF_E_FORMAT, "the file is UTF-16; save it as UTF-8");
    record = without_bom(record);
    csv->separator = ovf_fields_separator(record);
    if (!ovf_fields_split(record, csv->separator, &csv->fields))
        return ovf_error_set(err, OVF_E_FORMAT, "the header line has a quote that is not closed");
    const enum ovf_status st = ovf_csv_columns_find(&csv->fields, &csv->columns, err);
    csv->has_header = st == OVF_OK;
    return st;
}

/** A header in the middle of the file: the columns are its from here on. */
static enum ovf_status take_header_again(struct ovf_csv *csv, struct ovf_error *err)
{
    reject(csv, OVF_REJECT_HEADER_REPEATED, &(struct ovf_csv_fault){0});
    const enum ovf_status st = ovf_csv_columns_find(&csv->fields, &csv->columns, err);
    if (st != OVF_OK)
        ovf_error_prefix(err, "a second header line");
    return st;
}

/** OpenSky writes a row a second whether there is a new position or not. */
static enum ovf_status note_position(struct ovf_csv *csv, const struct ovf_csv_row *row,
                                     bool *repeated)
{
    return csv->columns.is_opensky
               ? ovf_opensky_seen_note(&csv->seen, row->address, row->fix.t_ns, repeated)
               : OVF_OK;
}

/** The fields of one record, whose quotes are good. */
static enum ovf_status take_row(struct ovf_csv *csv, struct ovf_error *err)
{
    struct ovf_csv_row row;
    struct ovf_csv_fault fault;
    enum ovf_reject reason = ovf_csv_row_read(&csv->columns, &csv->fields, &row, &fault);
    if (reason != OVF_REJECT_N && ovf_csv_is_header(&csv->fields))
        return take_header_again(csv, err);
    if (reason == OVF_REJECT_N && csv->rows.n_read > UINT32_MAX) {
        reason = OVF_REJECT_TOO_MANY_ROWS;
        fault = (struct ovf_csv_fault){0};
    }
    if (reason != OVF_REJECT_N) {
        reject(csv, reason, &fault);
        return OVF_OK;
    }
    bool repeated = false;
    const enum ovf_status st = note_position(csv, &row, &repeated);
    if (st != OVF_OK)
        return ovf_error_set(err, st, "out of memory for the aircraft of a table");
    if (repeated) {
        csv->rows.n_read++;
        csv->rows.n_repeated++;
        return OVF_OK;
    }
    note_absent(csv, &row);
    row.fix.record = (struct ovf_record){csv->item, (uint32_t)csv->rows.n_read};
    ovf_tally_use(&csv->rows);
    return csv->row(csv->context, row.address, &row.fix,
                    csv->columns.has_identity ? &row.identity : NULL);
}

/** A line that is not part of a longer record. */
static enum ovf_status take_line(struct ovf_csv *csv, struct ovf_bytes line, struct ovf_error *err)
{
    line = without_bom(line); /* of a file that was joined on */
    if (ovf_bytes_trim(line).len == 0)
        return OVF_OK;
    if (!csv->has_header)
        return take_header(csv, line, err);
    if (ovf_fields_split(line, csv->separator, &csv->fields))
        return take_row(csv, err);
    reject_text(csv, OVF_REJECT_BAD_TEXT, line);
    return OVF_OK;
}

static size_t line_length(struct ovf_bytes text)
{
    size_t n = 0;
    while (n < text.len && text.data[n] != '\n' && text.data[n] != '\r')
        n++;
    return n;
}

/** Each line of \p text for itself. */
static enum ovf_status take_lines(struct ovf_csv *csv, struct ovf_bytes text, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    while (st == OVF_OK && text.len > 0) {
        const size_t len = line_length(text);
        st = take_line(csv, (struct ovf_bytes){text.data, len}, err);
        const size_t used = len < text.len ? len + 1 : len;
        text = (struct ovf_bytes){text.data + used, text.len - used};
    }
    return st;
}

static void forget_record(struct ovf_csv *csv)
{
    csv->record.len = 0;
    csv->place = PLACE_FIELD_START;
}

/** The end of a record. One over several lines is only believed when it has as many fields as the
 * header; a stray quote does not. */
static enum ovf_status end_record(struct ovf_csv *csv, struct ovf_error *err)
{
    const struct ovf_bytes record = ovf_buffer_bytes(&csv->record);
    enum ovf_status st = OVF_OK;
    if (csv->place == PLACE_OVERLONG) {
        /* counted when it became too long */
    } else if (record.len == 0 || line_length(record) == record.len || !csv->has_header) {
        st = take_line(csv, record, err);
    } else if (ovf_fields_split(record, csv->separator, &csv->fields) &&
               csv->fields.n == csv->columns.n_fields) {
        st = take_row(csv, err);
    } else {
        st = take_lines(csv, record, err);
    }
    forget_record(csv);
    return st;
}

/** The record has grown beyond all bounds. When an open quote is why, its lines are read for
 * themselves and the last of them goes on; otherwise the rest of the line is lost. */
static enum ovf_status end_overlong(struct ovf_csv *csv, struct ovf_error *err)
{
    const struct ovf_bytes record = ovf_buffer_bytes(&csv->record);
    size_t last = record.len;
    while (last > 0 && record.data[last - 1] != '\n' && record.data[last - 1] != '\r')
        last--;
    if (!csv->has_header)
        return ovf_error_set(err, OVF_E_FORMAT, "the first line is longer than %d bytes: no header",
                             OVF_CSV_MAX_RECORD_BYTES);
    if (last == 0) {
        reject_text(csv, OVF_REJECT_TOO_LARGE, record);
        csv->place = PLACE_OVERLONG;
        csv->record.len = 0;
        return OVF_OK;
    }
    const enum ovf_status st = take_lines(csv, (struct ovf_bytes){record.data, last}, err);
    memmove(csv->record.data, csv->record.data + last, record.len - last);
    csv->record.len = record.len - last;
    csv->place =
        PLACE_PLAIN; /* at worst a quoted field is read as a plain one, and the row rejected */
    return st;
}

static bool is_separator(const struct ovf_csv *csv, unsigned char c)
{
    return csv->separator != '\0' ? c == (unsigned char)csv->separator
                                  : c == ',' || c == ';' || c == '\t';
}

static enum place next_place(const struct ovf_csv *csv, unsigned char c)
{
    switch (csv->place) {
    case PLACE_QUOTED:
        return c == '"' ? PLACE_QUOTE_IN_QUOTED : PLACE_QUOTED;
    case PLACE_QUOTE_IN_QUOTED:
        if (c == '"')
            return PLACE_QUOTED;
        return is_separator(csv, c) ? PLACE_FIELD_START : PLACE_PLAIN;
    case PLACE_FIELD_START:
        if (c == '"')
            return PLACE_QUOTED;
        return is_separator(csv, c) || c == ' ' || c == '\t' ? PLACE_FIELD_START : PLACE_PLAIN;
    case PLACE_PLAIN:
        return is_separator(csv, c) ? PLACE_FIELD_START : PLACE_PLAIN;
    case PLACE_OVERLONG:
    default:
        return PLACE_OVERLONG;
    }
}

/** CR and LF both end a record: the LF of a pair ends a blank one, which is none. */
static enum ovf_status feed_byte(struct ovf_csv *csv, unsigned char c, struct ovf_error *err)
{
    /* No name of a column holds a line end: a quote in the header must not swallow the file. */
    const bool ends = (c == '\n' || c == '\r') && (csv->place != PLACE_QUOTED || !csv->has_header);
    if (ends)
        return end_record(csv, err);
    csv->place = next_place(csv, c);
    if (csv->place == PLACE_OVERLONG)
        return OVF_OK;
    const enum ovf_status st = ovf_buffer_append(&csv->record, &c, 1);
    if (st != OVF_OK)
        return ovf_error_set(err, st, "out of memory for a line");
    return csv->record.len > OVF_CSV_MAX_RECORD_BYTES ? end_overlong(csv, err) : OVF_OK;
}

enum ovf_status ovf_csv_feed(struct ovf_csv *csv, struct ovf_bytes bytes, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < bytes.len && st == OVF_OK; i++)
        st = feed_byte(csv, bytes.data[i], err);
    return st;
}

enum ovf_status ovf_csv_finish(struct ovf_csv *csv, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (csv->place == PLACE_QUOTED && csv->has_header)
        st = take_lines(csv, ovf_buffer_bytes(&csv->record), err);
    else
        st = end_record(csv, err);
    forget_record(csv);
    if (st == OVF_OK && !csv->has_header)
        return ovf_error_set(err, OVF_E_FORMAT, "there is no header line");
    return st;
}
