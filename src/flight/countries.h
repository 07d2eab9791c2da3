/* SPDX-License-Identifier: Apache-2.0 */
/* Where a flight may have gone (or come from) when no airport can be named: the countries in which it could
 * have reached a field. */
#ifndef OVF_FLIGHT_COUNTRIES_H
#define OVF_FLIGHT_COUNTRIES_H

#include "flight/endpoint.h"

/** So far from the fix, no farther, is looked; it may have flown on. */
#define OVF_COUNTRIES_SEARCH_M 200000.0
#define OVF_COUNTRIES_MAX 5

struct ovf_countries {
    unsigned n;                       /* all of them */
    char codes[OVF_COUNTRIES_MAX][3]; /* the first n, by their nearest field, the nearest first */
};

/**
 * The countries of the airfields within OVF_COUNTRIES_SEARCH_M of an end that is not known, that the
 * aircraft could use: with a runway of seven tenths of what it needs, or an unstated one and scheduled
 * service. None for an end that is known.
 */
void ovf_countries_find(const struct ovf_airports *airports, const struct ovf_endpoint *endpoint,
                        struct ovf_countries *out);

#endif
