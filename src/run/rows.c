/* SPDX-License-Identifier: Apache-2.0 */
#include "run/rows.h"

#include <assert.h>
#include <stdio.h>

#include "base/json_writer.h"
#include "report/csv.h"

/** A cell of the table. What is longer than its column pushes the others on: nothing is cut. */
static enum ovf_status put_cell(const struct ovf_rows_column *column, const char *text, bool last,
                                struct ovf_buffer *out)
{
    const int width = column->is_number ? column->width : last ? 0 : -column->width;
    return ovf_buffer_printf(out, "%*s%s", width, text, last ? "" : "  ");
}

static bool is_last(const struct ovf_rows *rows, size_t i)
{
    for (size_t k = i + 1; k < rows->n_columns; k++) {
        if (rows->columns[k].title != NULL)
            return false;
    }
    return true;
}

static enum ovf_status put_line(const struct ovf_rows *rows, const char *const *values,
                                struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < rows->n_columns && st == OVF_OK; i++) {
        if (rows->columns[i].title != NULL)
            st = put_cell(&rows->columns[i], values[i], is_last(rows, i), out);
    }
    return st == OVF_OK ? ovf_buffer_append_text(out, "\n") : st;
}

static enum ovf_status put_csv(const struct ovf_rows *rows, const char *const *values,
                               struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < rows->n_columns && st == OVF_OK; i++) {
        if (i > 0)
            st = ovf_buffer_append_text(out, ",");
        if (st == OVF_OK)
            st = rows->columns[i].is_number ? ovf_buffer_append_text(out, values[i])
                                            : ovf_csv_field(out, values[i]);
    }
    return st == OVF_OK ? ovf_buffer_append_text(out, "\n") : st;
}

static enum ovf_status put_json(const struct ovf_rows *rows, const char *const *values,
                                struct ovf_buffer *out)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", rows->type);
    for (size_t i = 0; i < rows->n_columns; i++) {
        char member[128];
        if (values[i][0] == '\0')
            continue;
        if (!rows->columns[i].is_number) {
            ovf_json_text(&json, rows->columns[i].key, values[i]);
            continue;
        }
        (void)snprintf(member, sizeof member, "\"%.60s\":%.60s", rows->columns[i].key, values[i]);
        ovf_json_members(&json, member);
    }
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}

enum ovf_status ovf_rows_head(const struct ovf_rows *rows, struct ovf_buffer *out)
{
    const char *titles[OVF_ROWS_MAX];
    enum ovf_status st = OVF_OK;
    assert(rows->n_columns <= OVF_ROWS_MAX);
    for (size_t i = 0; i < rows->n_columns; i++)
        titles[i] = rows->columns[i].title;
    if (rows->format == OVF_LISTING_TABLE)
        return put_line(rows, titles, out);
    for (size_t i = 0; i < rows->n_columns && rows->format == OVF_LISTING_CSV && st == OVF_OK; i++)
        st = ovf_buffer_printf(out, "%s%s", rows->columns[i].key,
                               i + 1 < rows->n_columns ? "," : "\n");
    return st;
}

enum ovf_status ovf_rows_put(const struct ovf_rows *rows, const char *const *values,
                             struct ovf_buffer *out)
{
    switch (rows->format) {
    case OVF_LISTING_TABLE:
        return put_line(rows, values, out);
    case OVF_LISTING_CSV:
        return put_csv(rows, values, out);
    case OVF_LISTING_NDJSON:
        break;
    }
    return put_json(rows, values, out);
}

enum ovf_status ovf_rows_flush(struct ovf_buffer *out, enum ovf_status st,
                               const struct ovf_sink *sink)
{
    if (st == OVF_OK)
        st = ovf_sink_write(sink, out->data, out->len);
    ovf_buffer_deinit(out);
    return st;
}
