/* SPDX-License-Identifier: Apache-2.0 */
/* From what was heard of an aircraft in several messages to the one fix of a position. */
#ifndef OVF_READ_HEARD_FIX_H
#define OVF_READ_HEARD_FIX_H

#include "decode/aircraft.h"
#include "track/fix.h"

/**
 * Add to \p fix, which has its time, what other messages said: speed, direction and rates for 5 s, heading and bank
 * for 15 s, callsign, squawk and quality for 60 s (then OVF_FIX_HELD). What the fix has already stays.
 */
void ovf_heard_fix_fill(struct ovf_fix *fix, const struct ovf_aircraft *aircraft);

/** That the receiver at \p receiver heard it, without a position; with an altitude that is sure and not 10 s old. */
struct ovf_fix ovf_heard_fix_hearing(const struct ovf_aircraft *aircraft, int64_t t_ns,
                                     struct ovf_point receiver, struct ovf_record record);

#endif
