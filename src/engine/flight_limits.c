/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/flight_limits.h"

/** Whether a believed fix of the flight reports to be faster than \p kt: then the type is not the aircraft's. */
static bool is_faster(const struct ovf_fixes *fixes, const struct ovf_leg *leg, double kt)
{
    bool is = false;
    for (size_t i = leg->first; i <= leg->last && !is; i++)
        is = (fixes->items[i].has & OVF_FIX_GS) != 0 && ovf_fix_is_believed(&fixes->items[i]) &&
             (double)fixes->items[i].gs_kt > kt;
    return is;
}

struct ovf_speed_limits ovf_flight_limits(const struct ovf_engine_config *config,
                                          struct ovf_aircraft_speed speed,
                                          const struct ovf_fixes *fixes,
                                          const struct ovf_flight *flight)
{
    struct ovf_speed_limits limits = config->speeds;
    const struct ovf_speed_limits of_class = ovf_speed_limits_of_class(
        limits, config->slow_speeds != NULL ? config->slow_speeds : &ovf_slow_speeds_known,
        speed.speed_class);
    if (speed.speed_class != OVF_SPEED_JET && !speed.is_fast && !flight->is_duplicate &&
        !is_faster(fixes, &flight->fixes, of_class.hard_kt)) /* a jet's limits are anyone's */
        limits = of_class;
    /* Which of two aircraft a fix is of is not certain where it could have flown there. */
    limits.never_necessary = limits.never_necessary || speed.is_fast || flight->is_duplicate;
    return limits;
}
