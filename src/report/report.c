/* SPDX-License-Identifier: Apache-2.0 */
/* Choosing the format. */
#include "report/report.h"

#include "report/csv.h"
#include "report/ndjson.h"
#include "report/table.h"

enum ovf_status ovf_report_header(enum ovf_format format, struct ovf_buffer *out)
{
    switch (format) {
    case OVF_FORMAT_TABLE:
        return ovf_table_header(out);
    case OVF_FORMAT_CSV:
        return ovf_csv_header(out);
    case OVF_FORMAT_NDJSON:
        break;
    }
    return OVF_OK;
}

enum ovf_status ovf_report_crossing(enum ovf_format format, const struct ovf_report *report,
                                    const struct ovf_report_line *line, struct ovf_buffer *out)
{
    switch (format) {
    case OVF_FORMAT_TABLE:
        return ovf_table_crossing(report, line, out);
    case OVF_FORMAT_CSV:
        return ovf_csv_crossing(report, line, out);
    case OVF_FORMAT_NDJSON:
        break;
    }
    return ovf_ndjson_crossing(report, line, out);
}

enum ovf_status ovf_report_input(enum ovf_format format, const struct ovf_report_input *input,
                                 struct ovf_buffer *out)
{
    return format == OVF_FORMAT_NDJSON ? ovf_ndjson_input(input, out) : OVF_OK;
}
