/* SPDX-License-Identifier: Apache-2.0 */
/* CSV (RFC 4180), one row a crossing, columns named as the NDJSON keys with '_' for nesting. A text
 * that a spreadsheet would take for a formula gets an apostrophe before it. */
#include "report/csv.h"

#include "report/flat.h"

enum ovf_status ovf_csv_field(struct ovf_buffer *out, const char *text)
{
    const bool formula = strchr("=+-@\t\r", text[0]) != NULL && text[0] != '\0';
    const bool quote = strpbrk(text, ",\"\r\n") != NULL;
    enum ovf_status st = ovf_buffer_append(out, "\"", quote ? 1 : 0);
    if (st == OVF_OK && formula)
        st = ovf_buffer_append(out, "'", 1);
    for (const char *p = text; *p != '\0' && st == OVF_OK; p++)
        st = ovf_buffer_append(out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
    return st == OVF_OK ? ovf_buffer_append(out, "\"", quote ? 1 : 0) : st;
}

enum ovf_status ovf_csv_header(struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < OVF_FLAT_N && st == OVF_OK; i++)
        st = ovf_buffer_printf(out, "%s%s", i > 0 ? "," : "", ovf_flat_key(i));
    return st == OVF_OK ? ovf_buffer_append_text(out, "\n") : st;
}

/** A row being written; failures stick. */
struct row {
    struct ovf_buffer *out;
    enum ovf_status status;
};

static void put(struct row *row, const void *data, size_t len)
{
    if (row->status == OVF_OK)
        row->status = ovf_buffer_append(row->out, data, len);
}

static void put_text(struct row *row, const char *text)
{
    if (row->status == OVF_OK)
        row->status = ovf_csv_field(row->out, text);
}

enum ovf_status ovf_csv_crossing(const struct ovf_report *report,
                                 const struct ovf_report_line *line, struct ovf_buffer *out)
{
    struct ovf_flat flat = {0};
    struct row row = {.out = out, .status = ovf_flat_crossing(report, line, &flat)};
    for (size_t i = 0; i < OVF_FLAT_N && row.status == OVF_OK; i++) {
        const char *text = ovf_flat_text(&flat, i);
        if (i > 0)
            put(&row, ",", 1);
        if (flat.values[i].kind == OVF_FLAT_TEXT)
            put_text(&row, text);
        else
            put(&row, text, strlen(text));
    }
    put(&row, "\n", 1);
    ovf_flat_deinit(&flat);
    return row.status;
}
