/* SPDX-License-Identifier: Apache-2.0 */
/* Names of OpenSky's columns. */
#include "read/opensky_csv.h"

static bool has(const struct ovf_fields *header, const char *name)
{
    for (size_t i = 0; i < header->n; i++) {
        if (ovf_bytes_equal_nocase(ovf_bytes_trim(header->items[i].text), name))
            return true;
    }
    return false;
}

bool ovf_opensky_csv_is_header(const struct ovf_fields *header)
{
    return has(header, "lastposupdate") && has(header, "lat") && has(header, "lon");
}

struct ovf_bytes ovf_opensky_csv_column(struct ovf_bytes name)
{
    static const char *const names[][2] = {
        {"time", ""},
        {"lastposupdate", "t_s"},
        {"lat", "lat_deg"},
        {"lon", "lon_deg"},
        {"velocity", "gs_mps"},
        {"heading", "track_deg"},
        {"vertrate", "vert_rate_mps"},
        {"onground", "on_ground"},
        {"baroaltitude", "alt_baro_m"},
        {"geoaltitude", "alt_geom_m"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (ovf_bytes_equal_nocase(name, names[i][0]))
            return ovf_bytes_from_text(names[i][1]);
    }
    return name;
}

bool ovf_opensky_csv_is_null(struct ovf_bytes text)
{
    return ovf_bytes_equal_text(text, "NULL");
}
