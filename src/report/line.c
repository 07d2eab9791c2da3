/* SPDX-License-Identifier: Apache-2.0 */
/* What the formats share. */
#include "report/line.h"

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
