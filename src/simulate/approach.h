/* SPDX-License-Identifier: Apache-2.0 */
/* How a flight leaves an airport and comes to one: over a runway, chosen and placed by chance. The pack
 * knows the numbers of runways, not where they lie; here they get a place. */
#ifndef OVF_SIMULATE_APPROACH_H
#define OVF_SIMULATE_APPROACH_H

#include "simulate/random.h"
#include "simulate/scenario.h"

/** A way's points at most: two at the start, four at the end. */
#define OVF_APPROACH_POINTS 6

/** Whether \p airport has a runway that is open and of known direction. */
bool ovf_approach_has_runway(const struct ovf_airports *airports,
                             const struct ovf_airport *airport);

/** Where it takes off and to where it flies straight on, on the way to \p towards: into \p points;
 * returns 2. */
size_t ovf_approach_take_off(const struct ovf_airports *airports,
                             const struct ovf_scenario_approach *approach,
                             const struct ovf_airport *airport, struct ovf_point towards,
                             struct ovf_random *random, struct ovf_point *points);

/** The way down, coming from \p from: downwind, base, final, where it lands, as far as it needs them:
 * into \p points; returns 2 to 4. */
size_t ovf_approach_land(const struct ovf_airports *airports,
                         const struct ovf_scenario_approach *approach,
                         const struct ovf_airport *airport, struct ovf_point from,
                         struct ovf_random *random, struct ovf_point *points);

#endif
