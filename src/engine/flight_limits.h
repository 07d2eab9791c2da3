/* SPDX-License-Identifier: Apache-2.0 */
/* How fast the aircraft of a flight can fly; private to the engine. */
#ifndef OVF_ENGINE_FLIGHT_LIMITS_H
#define OVF_ENGINE_FLIGHT_LIMITS_H

#include "engine/engine.h"

/** By the class of its aircraft, \p speed, and by what its believed fixes, of \p fixes, report. */
struct ovf_speed_limits ovf_flight_limits(const struct ovf_engine_config *config,
                                          struct ovf_aircraft_speed speed,
                                          const struct ovf_fixes *fixes,
                                          const struct ovf_flight *flight);

#endif
