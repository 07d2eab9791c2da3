/* SPDX-License-Identifier: Apache-2.0 */
/* Choosing the format, and what the formats share. */
#include "report/report.h"

#include "track/address.h"

bool ovf_report_is_simulated(uint32_t address, const char *callsign)
{
    return address >= OVF_ADDRESS_SIMULATED_FIRST && (address & OVF_ADDRESS_NON_ICAO) == 0 &&
           strncmp(callsign, "SIM", 3) == 0;
}

enum ovf_status ovf_report_codes(const struct ovf_edition *edition,
                                 const struct ovf_members *members, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    bool first = true;
    for (uint32_t i = ovf_members_next(members, 0); i < edition->n_airspaces && st == OVF_OK;
         i = ovf_members_next(members, i + 1)) {
        st = ovf_buffer_printf(out, "%s%s", first ? "" : ",", edition->airspaces[i].code);
        first = false;
    }
    return st;
}

enum ovf_status ovf_report_header(const struct ovf_report *report, struct ovf_buffer *out)
{
    switch (report->format) {
    case OVF_FORMAT_TABLE:
        return ovf_report_table_header(out);
    case OVF_FORMAT_CSV:
        return ovf_report_csv_header(out);
    case OVF_FORMAT_NDJSON:
        break;
    }
    return OVF_OK;
}

enum ovf_status ovf_report_crossing(const struct ovf_report *report,
                                    const struct ovf_report_line *line, struct ovf_buffer *out)
{
    switch (report->format) {
    case OVF_FORMAT_TABLE:
        return ovf_report_table(report, line, out);
    case OVF_FORMAT_CSV:
        return ovf_report_csv(report, line, out);
    case OVF_FORMAT_NDJSON:
        break;
    }
    return ovf_report_ndjson(report, line, out);
}
