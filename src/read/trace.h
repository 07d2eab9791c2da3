/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a readsb/tar1090 trace (trace_full_<hex>.json, inflated): one aircraft, one UTC day.
 *
 *   {"icao": "a1b2c3", "r": …, "t": …, "dbFlags": …, "desc": …, "ownOp": …, "timestamp": seconds,
 *    "trace": [ [seconds after timestamp, lat, lon, alt | "ground" | null, gs_kt, track_deg, flags,
 *                vert_rate_fpm, {aircraft object} | null, source type, alt_geom_ft, geom_rate_fpm,
 *                ias_kt, roll_deg], … ]}
 * Rows have at least 7 elements (older files stop at 8 or 9), more are ignored. Flags are bits:
 * 1 silent before, 2 new leg, 4 vertical rate is geometric, 8 altitude is geometric.
 */
#ifndef OVF_READ_TRACE_H
#define OVF_READ_TRACE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "track/fix.h"
#include "track/identity.h"

/** One member read. Zero-initialise; may be reused for the next member (arrays keep their room). */
struct ovf_trace {
    uint32_t address;
    struct ovf_identity identity;
    int64_t base_t_ns;
    struct ovf_fixes fixes; /* in the order of the file, records filled in */
    struct ovf_tally rows;
};

void ovf_trace_deinit(struct ovf_trace *trace);

/**
 * Read \p json. Total: any bytes are an answer.
 *
 * \param[in]  item    goes into each fix's record
 * \param[out] trace   overwritten
 * \param[out] reject  why the member as a whole is rejected; OVF_REJECT_N when it is used. A member
 *                     that is cut short or broken half-way is rejected whole, its rows with it: what
 *                     a broken file says is no evidence.
 * \param[out] err     for a rejected member: what and at which byte
 * \retval OVF_OK      also for a rejected member
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_trace_read(struct ovf_bytes json, uint32_t item,
                                             struct ovf_trace *trace, enum ovf_reject *reject,
                                             struct ovf_error *err);

#endif
