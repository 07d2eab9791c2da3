/* SPDX-License-Identifier: Apache-2.0 */
/* One aircraft of aircraft.json: an object of some sixty keys, of which these are used:
 *
 *   hex; type; flight, squawk; lat, lon, seen_pos; alt_baro (ft or "ground"), alt_geom; gs, track; baro_rate,
 *   geom_rate; nic, rc, nac_p, nac_v, sil, sil_type, version; gpsOkBefore (that it is there: NIC 0, whatever nic
 *   says); mlat, tisb (the fields that come from these); r, t, desc, ownOp, dbFlags; now
 *
 * A key that stands twice, or whose value is of another type than is due, rejects the object; null is absent, and so
 * is a text that is no callsign or squawk. lastPosition and rr_lat are no position.
 */
#ifndef OVF_READ_AIRCRAFT_ROW_H
#define OVF_READ_AIRCRAFT_ROW_H

#include "read/json.h"
#include "track/fix.h"
#include "track/identity.h"

struct ovf_aircraft_row {
    enum ovf_reject fault; /* OVF_REJECT_N: the rest means something */
    uint32_t address;
    bool has_position;
    bool has_seen_pos;
    int64_t seen_pos_ns; /* how old the position is */
    bool has_now;        /* of a line of its own */
    int64_t now_ns;
    struct ovf_fix fix; /* without its time and record */
    bool has_identity;
    struct ovf_identity identity;
};

/** Read the object whose brace was read, to behind its end. False only in trouble with the JSON. */
bool ovf_aircraft_row_read(struct ovf_json *json, struct ovf_aircraft_row *row);

/** A time as programs write "now": seconds, or milliseconds where that is too large. False: it is none from 1990 to
 * 2200. */
bool ovf_aircraft_now_parse(const struct ovf_json_value *value, int64_t *now_ns);

#endif
