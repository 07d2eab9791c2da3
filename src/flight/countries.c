/* SPDX-License-Identifier: Apache-2.0 */
/* Fields are looked for in rings, the nearest first: of a country that has one in a ring no farther one is asked for.
 * Most degrees are of one country alone and so are passed over whole. */
#include "flight/countries.h"

#include <math.h>
#include <string.h>

#include "base/time.h"
#include "geo/local.h"

#define MPS_PER_KT (1852.0 / 3600.0)
#define S_PER_MIN 60.0
/* Where an aircraft was heard on the ground, its field is no farther: as flight/endpoint.c looks. */
#define GROUND_M 15000.0
#define FIRST_RING_M 100000.0
/* Distances on the mean sphere may be so much longer than they are (geo/local.h). */
#define SPHERE_SHARE 1.006

enum { MAX_FOUND = 256 }; /* there are fewer codes of countries in use */

struct found {
    char code[3];
    double distance_m; /* to the nearest of its fields */
};

struct search {
    const struct ovf_airports *airports;
    const struct ovf_endpoint_reach *reach;
    const struct ovf_fix *beside; /* NULL: it need not have got anywhere */
    double way_m;                 /* by way of the field to there, at the most */
    struct found found[MAX_FOUND];
    size_t n;
    size_t n_settled;                        /* of these: from the rings before */
    uint64_t settled[(UINT16_MAX + 1) / 64]; /* those, a bit each by its two letters */
};

const char *ovf_countries_bound_name(enum ovf_countries_bound bound)
{
    static const char *const names[] = {
        [OVF_BOUND_GROUND] = "ground",
        [OVF_BOUND_HEARD] = "heard",
        [OVF_BOUND_DESCENT] = "descent",
        [OVF_BOUND_HORIZON] = "horizon",
    };
    return names[bound];
}

/* ---- how far ---- */

/** The time between the two, without the stay on the ground; NAN when it does not count. */
static double heard_within_s(const struct ovf_endpoint_reach *reach, const struct ovf_fix *beside,
                             const struct ovf_countries_limits *limits)
{
    if (beside == NULL)
        return (double)NAN;
    const double between_s = fabs(ovf_time_seconds(reach->t_ns, beside->t_ns));
    return between_s <= limits->horizon_s
               ? fmax(0, between_s + 2 * limits->clock_s - limits->stop_s)
               : (double)NAN;
}

static void find_bound(const struct ovf_endpoint_reach *reach, const struct ovf_fix *beside,
                       const struct ovf_countries_limits *limits, struct ovf_countries *out)
{
    const double heard_s = heard_within_s(reach, beside, limits);
    const double descent_s = reach->descent_ft / limits->descent_fpm * S_PER_MIN;
    out->bound = OVF_BOUND_HORIZON;
    out->within_s = limits->horizon_s;
    if (descent_s < out->within_s) {
        out->bound = OVF_BOUND_DESCENT;
        out->within_s = descent_s;
    }
    if (!isnan(heard_s)) {
        out->bound = OVF_BOUND_HEARD;
        out->within_s = fmin(out->within_s, heard_s);
        out->heard_ns = beside->t_ns;
    }
    if (reach->on_ground) {
        out->bound = OVF_BOUND_GROUND;
        out->within_s = 0;
    }
}

/** What can be flown in the time from a place known to \p radius_m. */
static double way_of(const struct ovf_countries_limits *limits, double time_s, double radius_m)
{
    return SPHERE_SHARE * (time_s * limits->hard_kt * MPS_PER_KT + radius_m);
}

/* ---- which fields ---- */

static bool can_use(const struct search *search, const struct ovf_airport *airport)
{
    const double needed_ft = search->reach->runway_ft;
    const double longest_ft = ovf_airports_longest_ft(search->airports, airport);
    return longest_ft > 0 ? longest_ft >= 0.7 * needed_ft : airport->scheduled || !(needed_ft > 0);
}

static bool is_on_way(const struct search *search, struct ovf_point at, double distance_m)
{
    return search->beside == NULL ||
           distance_m + ovf_point_chord_m(at, search->beside->at) <= search->way_m;
}

void ovf_country_cells_fill(const struct ovf_airports *airports, struct ovf_country_cells *cells)
{
    for (uint32_t i = 0; i < OVF_AIRPORT_CELLS; i++)
        cells->country[i] = ovf_airports_country_of_cell(airports, i);
}

static uint16_t letters_of(const char code[2])
{
    return (uint16_t)((unsigned char)code[0] | (unsigned char)code[1] << 8);
}

static void settle(struct search *search)
{
    for (; search->n_settled < search->n; search->n_settled++) {
        const uint16_t country = letters_of(search->found[search->n_settled].code);
        search->settled[country / 64] |= UINT64_C(1) << country % 64;
    }
}

static void consider(void *context, uint32_t index, double distance_m)
{
    struct search *const search = context;
    const struct ovf_airport airport = ovf_airports_get(search->airports, index);
    size_t i = search->n_settled;
    while (i < search->n && strcmp(search->found[i].code, airport.country) != 0)
        i++;
    if (i < search->n && search->found[i].distance_m <= distance_m)
        return;
    if (i == MAX_FOUND || !can_use(search, &airport) || !is_on_way(search, airport.at, distance_m))
        return;
    search->n += i == search->n;
    memcpy(search->found[i].code, airport.country, sizeof airport.country);
    search->found[i].distance_m = distance_m;
    if (search->n_settled >= OVF_COUNTRIES_MAX)
        settle(search); /* those that are named are nearer: of the others one field is enough */
}

static void take_nearest(struct search *search, struct ovf_countries *out)
{
    for (size_t k = 0; k < OVF_COUNTRIES_MAX && k < out->n; k++) {
        size_t nearest = k;
        for (size_t i = k + 1; i < search->n; i++)
            if (search->found[i].distance_m < search->found[nearest].distance_m)
                nearest = i;
        const struct found first = search->found[nearest];
        search->found[nearest] = search->found[k];
        search->found[k] = first;
        memcpy(out->codes[k], first.code, sizeof first.code);
    }
}

void ovf_countries_find(const struct ovf_airports *airports, const struct ovf_country_cells *cells,
                        const struct ovf_endpoint *endpoint, const struct ovf_fix *beside,
                        const struct ovf_countries_limits *limits, struct ovf_countries *out)
{
    const struct ovf_endpoint_reach *const reach = &endpoint->reach;
    *out = (struct ovf_countries){.is_set = reach->is_set, .hard_kt = limits->hard_kt};
    if (!reach->is_set)
        return;
    find_bound(reach, beside, limits, out);
    struct search search = {.airports = airports, .reach = reach};
    const struct ovf_airport_wish wish = {cells->country, search.settled};
    double reach_m = reach->on_ground ? GROUND_M : way_of(limits, out->within_s, reach->radius_m);
    if (out->bound == OVF_BOUND_HEARD) {
        search.beside = beside;
        search.way_m = way_of(limits, heard_within_s(reach, beside, limits),
                              reach->radius_m + (double)beside->radius_m);
        reach_m = fmin(reach_m, search.way_m);
    }
    reach_m = fmin(reach_m, OVF_COUNTRIES_SEARCH_M);
    const enum ovf_airport_type last =
        reach->runway_ft > 0 ? OVF_AIRPORT_SMALL : OVF_AIRPORT_BALLOONPORT;
    for (double ring_m = FIRST_RING_M;; ring_m *= 2) {
        ovf_airports_each_wanted(airports, reach->at, fmin(ring_m, reach_m), last, &wish, consider,
                                 &search);
        settle(&search);
        if (ring_m >= reach_m)
            break;
    }
    out->n = (unsigned)search.n;
    take_nearest(&search, out);
}
