/* SPDX-License-Identifier: Apache-2.0 */
/* Journeys: flights of one aircraft in order, each taking off where the last landed. */
#ifndef OVF_FLIGHT_JOURNEY_H
#define OVF_FLIGHT_JOURNEY_H

#include "flight/endpoint.h"

#define OVF_JOURNEY_STOP_S (24 * 3600.0)

/** What joining needs to know of a flight. */
struct ovf_journey_leg {
    struct ovf_fix first; /* its first and last believed fix */
    struct ovf_fix last;
    struct ovf_endpoint from;
    struct ovf_endpoint to;
    bool begins_journey; /* it is known to begin one, from flights before it that are not at hand */
    bool is_duplicate;   /* two have its address: nobody knows whose the flights beside it are */
};

/** Where a flight stands: journeys count from 0, legs from 1. */
struct ovf_journey_place {
    size_t journey;
    unsigned leg;
    unsigned n_legs;
};

/**
 * Whether \p next goes on with the journey of \p leg, both of one aircraft and \p next the later one
 * without another between them: it begins within \p max_stop_s of the other's end, and
 * - both airports are known and the same, or
 * - one is unknown, and the aircraft was heard low within 10 km of where it was before, or the time
 *   between is too short (2 h) for a flight that nobody heard: then it left from where it landed.
 * Two known airports that differ never join, nor does a duplicate join anything.
 */
bool ovf_journey_joins(const struct ovf_journey_leg *leg, const struct ovf_journey_leg *next,
                       double max_stop_s);

/** Whether \p next begins another journey whichever flights were before \p leg: it does not join it, or it
 * returns to where that took off or landed. What comes before cannot change the numbers from there on. */
bool ovf_journey_is_cut(const struct ovf_journey_leg *leg, const struct ovf_journey_leg *next,
                        double max_stop_s);

/** Number the \p n flights of one aircraft, in time order; \p places has room for n. A journey goes to
 * no airport twice: the flight that would return to one begins a journey of its own, so that a shuttle
 * is no endless journey and the way home is not the way there. */
void ovf_journeys_number(const struct ovf_journey_leg *legs, size_t n, double max_stop_s,
                         struct ovf_journey_place *places);

#endif
