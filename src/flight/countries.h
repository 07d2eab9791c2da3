/* SPDX-License-Identifier: Apache-2.0 */
/* Where a flight may have gone (or come from) when no airport can be named: the countries with a field in the
 * space-time prism of where it was last (first) heard and what bounds the time until it was down. */
#ifndef OVF_FLIGHT_COUNTRIES_H
#define OVF_FLIGHT_COUNTRIES_H

#include "flight/endpoint.h"
#include "track/fix.h"

#define OVF_COUNTRIES_MAX 5

/** A shorter stay on the ground is no landing and take-off. */
#define OVF_STOP_LEAST_S 600.0

/** What bounds the time that it flew unheard. */
enum ovf_countries_bound {
    OVF_BOUND_GROUND,  /* none: it was heard on the ground */
    OVF_BOUND_HEARD,   /* it was heard again (before), and had to get there, too */
    OVF_BOUND_DESCENT, /* it was on its way down (up) */
    OVF_BOUND_HORIZON, /* nothing: so far is looked, it may have flown on */
};

/** ground, heard, descent, horizon. */
const char *ovf_countries_bound_name(enum ovf_countries_bound bound);

/** The longest horizon: so long before and after it, other flights of the aircraft say something of one. */
#define OVF_COUNTRIES_HORIZON_MAX_S (4 * 3600.0)

/** By which it is reckoned. */
struct ovf_countries_limits {
    double hard_kt;
    double clock_s;   /* by which times may be off */
    double horizon_s; /* not farther; and who is heard again later is as good as not heard again */
    double descent_fpm; /* on its way down (up) it is not slower, on average */
    double stop_s;      /* between two flights it stood at least so long */
};

/** Zero-initialised: the end is known. */
struct ovf_countries {
    bool is_set;
    enum ovf_countries_bound bound;
    double within_s;                  /* of when it was heard last (first) it was down */
    double hard_kt;                   /* not flying faster */
    int64_t heard_ns;                 /* OVF_BOUND_HEARD: again (before) */
    unsigned n;                       /* all of them */
    char codes[OVF_COUNTRIES_MAX][3]; /* the first n, by their nearest field, the nearest first */
};

/** What of airfields decides which countries are in reach, by the cells of pack/airports.h; close together. */
struct ovf_country_fields;

/** Of these airports. NULL: no memory. */
struct ovf_country_fields *ovf_country_fields_new(const struct ovf_airports *airports);
void ovf_country_fields_free(struct ovf_country_fields *fields);

/**
 * The countries of the airfields that it can have reached and use: with a runway of seven tenths of what it needs, or
 * an unstated one and scheduled service. Ways are taken for straight through the globe, so that none is left
 * out that can be reached; up to the farthest of OVF_COUNTRIES_SEARCH_M.
 *
 * \param[in] beside  the first fix of the flight that followed (departure: the last of the one before); NULL: none
 * \param[out] out    is_set only for an end that is not known
 */
#define OVF_COUNTRIES_SEARCH_M 3000000.0
void ovf_countries_find(const struct ovf_country_fields *fields,
                        const struct ovf_endpoint *endpoint, const struct ovf_fix *beside,
                        const struct ovf_countries_limits *limits, struct ovf_countries *out);

#endif
