/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSky's historical state vectors as CSV, one row an aircraft and second. They are read as generic
 * CSV once their columns have our names:
 *
 *   lastposupdate  t_s: of the position; "time", the second that the row is for, is not used
 *   lat, lon       degrees           onground                  true or false
 *   velocity       m/s               baroaltitude, geoaltitude m
 *   heading        degrees           vertrate                  m/s
 *   icao24, callsign, squawk as they are; alert, spi, lastcontact, serials, hour not used
 *
 * Source: OpenSky Network, "Historical Data", table state_vectors_data4. Absent values are blank or
 * NULL, as the database prints them.
 */
#ifndef OVF_READ_OPENSKY_CSV_H
#define OVF_READ_OPENSKY_CSV_H

#include "base/fields.h"

/** Whether the header names lastposupdate, lat and lon. */
bool ovf_opensky_csv_is_header(const struct ovf_fields *header);

/** Our name of OpenSky's column \p name, in any case; of others, itself; blank for what is not used
 * although generic CSV knows a column of that name. */
struct ovf_bytes ovf_opensky_csv_column(struct ovf_bytes name);

bool ovf_opensky_csv_is_null(struct ovf_bytes text);

#endif
