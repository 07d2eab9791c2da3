/* SPDX-License-Identifier: Apache-2.0 */
#include "run/permit_text_print.h"

#include <stdio.h>

#include "source/file.h"

enum { LINE_SIZE = 12 };

static const struct ovf_rows_column field_columns[] = {
    {"line", "LINE", 4, true},
    {"field", "FIELD", 13, false},
    {"trust", "TRUST", 12, false},
    {"value", "VALUE", 20, false},
};

static const struct ovf_rows_column rest_columns[] = {
    {"line", "LINE", 4, true},
    {"text", "NOT UNDERSTOOD", 14, false},
};

/** Columns of a permit list, in the order of the keys that they come from. */
static const struct {
    enum ovf_permit_text_key key;
    struct ovf_rows_column column;
} draft[] = {
    {OVF_PERMIT_TEXT_NUMBER, {"permit_no", NULL, 0, false}},
    {OVF_PERMIT_TEXT_REGISTRATIONS, {"registrations", NULL, 0, false}},
    {OVF_PERMIT_TEXT_TYPES, {"types", NULL, 0, false}},
    {OVF_PERMIT_TEXT_MTOW, {"mtow_kg", NULL, 0, true}},
    {OVF_PERMIT_TEXT_ENTRY, {"entry_point", NULL, 0, false}},
    {OVF_PERMIT_TEXT_EXIT, {"exit_point", NULL, 0, false}},
    {OVF_PERMIT_TEXT_ROUTE, {"airways", NULL, 0, false}},
    {OVF_PERMIT_TEXT_VALID_FROM, {"valid_from", NULL, 0, false}},
    {OVF_PERMIT_TEXT_VALID_TO, {"valid_to", NULL, 0, false}},
};

enum { N_DRAFT = sizeof draft / sizeof *draft };

static enum ovf_status put_draft(const struct ovf_permit_text *text, struct ovf_buffer *out)
{
    struct ovf_rows_column columns[N_DRAFT + 1] = {{"status", NULL, 0, false}};
    const char *values[N_DRAFT + 1] = {OVF_PERMIT_DRAFT_STATUS};
    for (size_t i = 0; i < N_DRAFT; i++) {
        const char *const value = ovf_permit_text_value(text, draft[i].key);
        columns[i + 1] = draft[i].column;
        values[i + 1] = value != NULL ? value : "";
    }
    const struct ovf_rows rows = {"permit_draft", columns, N_DRAFT + 1, OVF_LISTING_CSV};
    const enum ovf_status st = ovf_rows_head(&rows, out);
    return st == OVF_OK ? ovf_rows_put(&rows, values, out) : st;
}

static enum ovf_status put_fields(const struct ovf_permit_text *text,
                                  enum ovf_listing_format format, struct ovf_buffer *out)
{
    const struct ovf_rows rows = {"permit_text_field", field_columns,
                                  sizeof field_columns / sizeof *field_columns, format};
    enum ovf_status st = ovf_rows_head(&rows, out);
    for (size_t i = 0; i < text->n_fields && st == OVF_OK; i++) {
        const struct ovf_permit_text_field *const field = &text->fields[i];
        char line[LINE_SIZE];
        (void)snprintf(line, sizeof line, "%u", (unsigned)field->line);
        const char *const values[] = {line, ovf_permit_text_key_name(field->key),
                                      ovf_permit_text_trust_name(field->trust), field->value};
        st = ovf_rows_put(&rows, values, out);
    }
    return st;
}

static enum ovf_status put_rest(const struct ovf_permit_text *text, enum ovf_listing_format format,
                                struct ovf_buffer *out)
{
    const struct ovf_rows rows = {"permit_text_rest", rest_columns,
                                  sizeof rest_columns / sizeof *rest_columns, format};
    enum ovf_status st = format == OVF_LISTING_TABLE ? ovf_buffer_append_text(out, "\n") : OVF_OK;
    if (st == OVF_OK)
        st = ovf_rows_head(&rows, out);
    for (size_t i = 0; i < text->n_rest && st == OVF_OK; i++) {
        char line[LINE_SIZE];
        (void)snprintf(line, sizeof line, "%u", (unsigned)text->rest[i].line);
        const char *const values[] = {line, text->rest[i].text};
        st = ovf_rows_put(&rows, values, out);
    }
    return st;
}

static size_t count_due(const struct ovf_permit_text *text)
{
    static const enum ovf_permit_text_key due[OVF_PERMIT_TEXT_N_DUE] = {
        OVF_PERMIT_TEXT_NUMBER, OVF_PERMIT_TEXT_REGISTRATIONS, OVF_PERMIT_TEXT_VALID_FROM,
        OVF_PERMIT_TEXT_VALID_TO};
    size_t n = 0;
    for (size_t i = 0; i < OVF_PERMIT_TEXT_N_DUE; i++)
        n += ovf_permit_text_value(text, due[i]) != NULL ? 1 : 0;
    return n;
}

enum ovf_status ovf_permit_text_print(const char *path, enum ovf_listing_format format,
                                      const struct ovf_sink *sink, size_t *n_due,
                                      struct ovf_error *err)
{
    struct ovf_buffer bytes = {0};
    struct ovf_buffer out = {0};
    struct ovf_permit_text text = {0};
    enum ovf_status st = ovf_file_read(path, OVF_PERMIT_TEXT_MAX_BYTES, &bytes, err);
    if (st == OVF_OK) {
        st = ovf_permit_text_read(ovf_buffer_bytes(&bytes), &text, err);
        if (st == OVF_E_FORMAT || st == OVF_E_LIMIT)
            ovf_error_prefix(err, path);
    }
    if (st == OVF_OK && format == OVF_LISTING_CSV)
        st = put_draft(&text, &out);
    else if (st == OVF_OK)
        st = put_fields(&text, format, &out);
    if (st == OVF_OK && format != OVF_LISTING_CSV)
        st = put_rest(&text, format, &out);
    if (st == OVF_OK)
        *n_due = count_due(&text);
    ovf_permit_text_deinit(&text);
    ovf_buffer_deinit(&bytes);
    return ovf_rows_flush(&out, st, sink);
}
