/* SPDX-License-Identifier: Apache-2.0 */
/* Joining flights into journeys. An aircraft is where it landed until it takes off; what can break
 * this is a flight in between that nobody heard, so the joins ask whether there was time for one. */
#include "flight/journey.h"

#include "base/time.h"
#include "geo/local.h"

#define SAME_PLACE_M 10000.0
#define LOW_FT 10000.0
/* Down, half an hour's turn-round, a short flight, another turn-round, up: two hours are the least. */
#define UNHEARD_FLIGHT_S (2 * 3600.0)

static bool is_low(const struct ovf_fix *fix)
{
    double altitude_ft = 0;
    return (fix->flags & OVF_FIX_ON_GROUND) != 0 ||
           (ovf_fix_altitude_ft(fix, &altitude_ft) && altitude_ft < LOW_FT);
}

bool ovf_journey_joins(const struct ovf_journey_leg *leg, const struct ovf_journey_leg *next,
                       double max_stop_s)
{
    const double stop_s = ovf_time_seconds(leg->last.t_ns, next->first.t_ns);
    if (stop_s < 0 || stop_s > max_stop_s || leg->is_duplicate || next->is_duplicate)
        return false;
    if (leg->to.has_airport && next->from.has_airport)
        return leg->to.airport == next->from.airport;
    if (stop_s <= UNHEARD_FLIGHT_S)
        return true;
    return is_low(&leg->last) && is_low(&next->first) &&
           ovf_point_chord_m(leg->last.at, next->first.at) <= SAME_PLACE_M;
}

static bool lands_at(const struct ovf_journey_leg *leg, const struct ovf_endpoint *place)
{
    return place->has_airport && leg->to.has_airport && place->airport == leg->to.airport;
}

bool ovf_journey_is_cut(const struct ovf_journey_leg *leg, const struct ovf_journey_leg *next,
                        double max_stop_s)
{
    return next->begins_journey || lands_at(next, &leg->from) || lands_at(next, &leg->to) ||
           !ovf_journey_joins(leg, next, max_stop_s);
}

/** Whether legs [first, i) were at the airport where leg \p i lands: then it turns back there. */
static bool turns_back(const struct ovf_journey_leg *legs, size_t first, size_t i)
{
    for (size_t k = first; k < i; k++) {
        if (lands_at(&legs[i], &legs[k].from) || lands_at(&legs[i], &legs[k].to))
            return true;
    }
    return false;
}

void ovf_journeys_number(const struct ovf_journey_leg *legs, size_t n, double max_stop_s,
                         struct ovf_journey_place *places)
{
    size_t first = 0;
    for (size_t i = 0; i < n; i++) {
        const bool goes_on = i > 0 && !legs[i].begins_journey &&
                             ovf_journey_joins(&legs[i - 1], &legs[i], max_stop_s) &&
                             !turns_back(legs, first, i);
        if (!goes_on)
            first = i;
        places[i].journey = i == 0 ? 0 : places[i - 1].journey + !goes_on;
        places[i].leg = (unsigned)(i - first) + 1;
    }
    for (size_t i = n; i > 0; i--) { /* the last leg of a journey knows how many there are */
        const bool is_last = i == n || places[i].journey != places[i - 1].journey;
        places[i - 1].n_legs = is_last ? places[i - 1].leg : places[i].n_legs;
    }
}
