/* SPDX-License-Identifier: Apache-2.0 */
/* The formats. */
#include "report/report.h"

#include "report/csv.h"
#include "report/geojson.h"
#include "report/kml.h"
#include "report/ndjson.h"
#include "report/table.h"

static enum ovf_status table_header(const struct ovf_report *report, struct ovf_buffer *out)
{
    (void)report;
    return ovf_table_header(out);
}

static enum ovf_status csv_header(const struct ovf_report *report, struct ovf_buffer *out)
{
    (void)report;
    return ovf_csv_header(out);
}

/** NULL: nothing. */
static const struct format {
    const char *name;
    enum ovf_status (*header)(const struct ovf_report *report, struct ovf_buffer *out);
    enum ovf_status (*crossing)(const struct ovf_report *report, const struct ovf_report_line *line,
                                struct ovf_buffer *out);
    const char *separator;
    enum ovf_status (*input)(const struct ovf_report_input *input, struct ovf_buffer *out);
    enum ovf_status (*footer)(const struct ovf_report *report, struct ovf_buffer *out);
    bool tells_all;
} formats[OVF_FORMAT_N] = {
    [OVF_FORMAT_TABLE] = {"table", table_header, ovf_table_crossing, "", NULL, ovf_table_footer,
                          false},
    [OVF_FORMAT_NDJSON] = {"ndjson", NULL, ovf_ndjson_crossing, "", ovf_ndjson_input,
                           ovf_ndjson_footer, true},
    [OVF_FORMAT_CSV] = {"csv", csv_header, ovf_csv_crossing, "", NULL, NULL, true},
    [OVF_FORMAT_GEOJSON] = {"geojson", ovf_geojson_header, ovf_geojson_crossing, ",\n", NULL,
                            ovf_geojson_footer, true},
    [OVF_FORMAT_KML] = {"kml", ovf_kml_header, ovf_kml_crossing, "", NULL, ovf_kml_footer, true},
};

const char *ovf_format_name(enum ovf_format format)
{
    return formats[format].name;
}

enum ovf_status ovf_report_header(enum ovf_format format, const struct ovf_report *report,
                                  struct ovf_buffer *out)
{
    return formats[format].header != NULL ? formats[format].header(report, out) : OVF_OK;
}

enum ovf_status ovf_report_crossing(enum ovf_format format, const struct ovf_report *report,
                                    const struct ovf_report_line *line, struct ovf_buffer *out)
{
    return formats[format].crossing(report, line, out);
}

const char *ovf_report_separator(enum ovf_format format)
{
    return formats[format].separator;
}

bool ovf_report_tells_inputs(enum ovf_format format)
{
    return formats[format].input != NULL;
}

bool ovf_report_tells_all(enum ovf_format format)
{
    return formats[format].tells_all;
}

enum ovf_status ovf_report_input(enum ovf_format format, const struct ovf_report_input *input,
                                 struct ovf_buffer *out)
{
    return formats[format].input != NULL ? formats[format].input(input, out) : OVF_OK;
}

enum ovf_status ovf_report_footer(enum ovf_format format, const struct ovf_report *report,
                                  struct ovf_buffer *out)
{
    return formats[format].footer != NULL ? formats[format].footer(report, out) : OVF_OK;
}
