/* SPDX-License-Identifier: Apache-2.0 */
/* What of a flight decides its journey; private to the engine. */
#ifndef OVF_ENGINE_JOURNEY_LEG_H
#define OVF_ENGINE_JOURNEY_LEG_H

#include "engine/engine.h"
#include "flight/journey.h"

static inline struct ovf_journey_leg ovf_journey_leg_of(const struct ovf_flight *flight)
{
    return (struct ovf_journey_leg){.first = flight->first,
                                    .last = flight->last,
                                    .from = flight->from,
                                    .to = flight->to,
                                    .begins_journey = flight->begins_journey,
                                    .is_duplicate = flight->is_duplicate};
}

#endif
