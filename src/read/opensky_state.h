/* SPDX-License-Identifier: Apache-2.0 */
/* One state vector of OpenSky's REST interface: an array of values to one fix.
 *
 * Source: "OpenSky REST API", section "All State Vectors", response:
 *
 *    0 icao24          text, six hex digits        9 velocity         m/s over ground
 *    1 callsign        text, padded, or null      10 true_track       degrees, north is 0
 *    2 origin_country  not used                   11 vertical_rate    m/s, positive climbs
 *    3 time_position   s, or null: none in 15 s   12 sensors          not used
 *    4 last_contact    not used                   13 geo_altitude     m
 *    5 longitude       degrees, or null           14 squawk           text or null
 *    6 latitude        degrees, or null           15 spi              not used
 *    7 baro_altitude   m, or null                 16 position_source  0 ADS-B 1 ASTERIX 2 MLAT 3 FLARM
 *    8 on_ground       true or false              17 category         not used, often absent
 *
 * The time of the position is that of the fix; the snapshot's is not.
 */
#ifndef OVF_READ_OPENSKY_STATE_H
#define OVF_READ_OPENSKY_STATE_H

#include "base/tally.h"
#include "read/json.h"
#include "track/fix.h"

enum { OVF_OPENSKY_STATE_VALUES = 17 };

/** \p values: as many as \p n_values; arrays and objects among them by their kind alone. What is null
 * is absent, and so is a callsign, squawk or number that is none (recordings have climbs of 600 m/s); a
 * value of another type rejects the row. \return OVF_REJECT_N with \p address and \p fix (but for its record)
 * written, or why the row is rejected */
enum ovf_reject ovf_opensky_state_read(const struct ovf_json_value *values, size_t n_values,
                                       uint32_t *address, struct ovf_fix *fix);

#endif
