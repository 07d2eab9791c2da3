/* SPDX-License-Identifier: Apache-2.0 */
/* Fields are looked for in rings, the nearest first: of a country that has one in a ring no farther one is asked for.
 * Most degrees are of one country alone and so are passed over whole. */
#include "flight/countries.h"

#include <math.h>
#include <stdlib.h>
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

enum {
    MAX_FOUND = 256, /* there are fewer codes of countries in use */
    ALWAYS = UINT16_MAX,
    SEVERAL = UINT16_MAX, /* no country's number: letters are below 0x80 */
};

struct field {
    struct ovf_point at;
    uint16_t country;   /* its two letters as bytes, the first one lower */
    uint16_t runway_ft; /* the longest, 0: not known; ALWAYS: not known, but lines serve it */
};

struct ovf_country_fields {
    uint16_t country_of_cell[OVF_AIRPORT_CELLS]; /* 0: no field; SEVERAL: of several */
    uint32_t first[OVF_AIRPORT_CELLS + 1];
    struct field fields[];
};

struct found {
    uint16_t country;
    double distance_m; /* to the nearest of its fields */
};

struct search {
    const struct ovf_country_fields *fields;
    const struct ovf_endpoint_reach *reach;
    const struct ovf_fix *beside; /* NULL: it need not have got anywhere */
    double way_m;                 /* by way of the field to there, at the most */
    struct ovf_unit middle;
    double ring_m;
    struct found found[MAX_FOUND];
    size_t n;
    size_t n_settled;                        /* of these: from the rings before */
    uint64_t settled[(UINT16_MAX + 1) / 64]; /* those, a bit each */
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

/** As can_use asks for it: who needs a runway does not use heliports and the like. */
static uint16_t runway_of(const struct ovf_airports *airports, const struct ovf_airport *airport)
{
    if (airport->type > OVF_AIRPORT_SMALL)
        return 0;
    const double longest_ft = ovf_airports_longest_ft(airports, airport);
    if (longest_ft > 0)
        return longest_ft < ALWAYS ? (uint16_t)longest_ft : ALWAYS - 1;
    return airport->scheduled ? ALWAYS : 0;
}

/** Adds the fields of a cell behind the first \p n. */
static uint32_t add_cell(const struct ovf_airports *airports, uint32_t cell, uint32_t n,
                         struct ovf_country_fields *fields)
{
    const struct ovf_airport_range range = ovf_airports_of_cell(airports, cell);
    uint16_t *const of_cell = &fields->country_of_cell[cell];
    fields->first[cell] = n;
    *of_cell = 0;
    for (uint32_t i = range.begin; i < range.end; i++) {
        const struct ovf_airport airport = ovf_airports_get(airports, i);
        if (airport.type == OVF_AIRPORT_CLOSED)
            continue;
        const uint16_t country =
            (uint16_t)((unsigned char)airport.country[0] | (unsigned char)airport.country[1] << 8);
        *of_cell = *of_cell == 0 || *of_cell == country ? country : SEVERAL;
        fields->fields[n++] = (struct field){airport.at, country, runway_of(airports, &airport)};
    }
    return n;
}

struct ovf_country_fields *ovf_country_fields_new(const struct ovf_airports *airports)
{
    struct ovf_country_fields *fields =
        malloc(sizeof *fields + airports->n * sizeof *fields->fields);
    uint32_t n = 0;
    if (fields == NULL)
        return NULL;
    for (uint32_t cell = 0; cell < OVF_AIRPORT_CELLS; cell++)
        n = add_cell(airports, cell, n, fields);
    fields->first[OVF_AIRPORT_CELLS] = n;
    return fields;
}

void ovf_country_fields_free(struct ovf_country_fields *fields)
{
    free(fields);
}

static bool can_use(const struct search *search, const struct field *field)
{
    const double needed_ft = search->reach->runway_ft;
    return !(needed_ft > 0) || field->runway_ft >= 0.7 * needed_ft;
}

static bool is_on_way(const struct search *search, struct ovf_point at, double distance_m)
{
    return search->beside == NULL ||
           distance_m + ovf_point_chord_m(at, search->beside->at) <= search->way_m;
}

static bool is_settled(const struct search *search, uint16_t country)
{
    return (search->settled[country / 64] >> country % 64 & 1) != 0;
}

static void settle(struct search *search)
{
    for (; search->n_settled < search->n; search->n_settled++) {
        const uint16_t country = search->found[search->n_settled].country;
        search->settled[country / 64] |= UINT64_C(1) << country % 64;
    }
}

static void consider(struct search *search, const struct field *field)
{
    const double distance_m = ovf_chord_m(search->middle, ovf_unit_from_point(field->at));
    size_t i = search->n_settled;
    if (distance_m > search->ring_m)
        return;
    while (i < search->n && search->found[i].country != field->country)
        i++;
    if (i < search->n && search->found[i].distance_m <= distance_m)
        return;
    if (i == MAX_FOUND || !is_on_way(search, field->at, distance_m))
        return;
    search->n += i == search->n;
    search->found[i] = (struct found){field->country, distance_m};
    if (search->n_settled >= OVF_COUNTRIES_MAX)
        settle(search); /* those that are named are nearer: of the others one field is enough */
}

static void search_cell(struct search *search, uint32_t cell, struct ovf_airport_reach reach)
{
    const struct ovf_country_fields *const fields = search->fields;
    for (uint32_t i = fields->first[cell]; i < fields->first[cell + 1]; i++) {
        const struct field *const field = &fields->fields[i];
        if (can_use(search, field) && !is_settled(search, field->country) &&
            ovf_airport_may_reach(search->reach->at, field->at, reach))
            consider(search, field);
    }
}

static void search_cells(void *context, uint32_t begin, uint32_t end,
                         struct ovf_airport_reach reach)
{
    struct search *const search = context;
    for (uint32_t cell = begin; cell < end; cell++) {
        const uint16_t country = search->fields->country_of_cell[cell];
        if (country != 0 && (country == SEVERAL || !is_settled(search, country)))
            search_cell(search, cell, reach);
    }
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
        out->codes[k][0] = (char)(first.country & 0xFF);
        out->codes[k][1] = (char)(first.country >> 8);
    }
}

void ovf_countries_find(const struct ovf_country_fields *fields,
                        const struct ovf_endpoint *endpoint, const struct ovf_fix *beside,
                        const struct ovf_countries_limits *limits, struct ovf_countries *out)
{
    const struct ovf_endpoint_reach *const reach = &endpoint->reach;
    *out = (struct ovf_countries){.is_set = reach->is_set, .hard_kt = limits->hard_kt};
    if (!reach->is_set)
        return;
    find_bound(reach, beside, limits, out);
    struct search search = {
        .fields = fields, .reach = reach, .middle = ovf_unit_from_point(reach->at)};
    double reach_m = reach->on_ground ? GROUND_M : way_of(limits, out->within_s, reach->radius_m);
    if (out->bound == OVF_BOUND_HEARD) {
        search.beside = beside;
        search.way_m = way_of(limits, heard_within_s(reach, beside, limits),
                              reach->radius_m + (double)beside->radius_m);
        reach_m = fmin(reach_m, search.way_m);
    }
    reach_m = fmin(reach_m, OVF_COUNTRIES_SEARCH_M);
    for (double ring_m = FIRST_RING_M;; ring_m *= 2) {
        search.ring_m = fmin(ring_m, reach_m);
        ovf_airports_each_cells(reach->at, search.ring_m, search_cells, &search);
        settle(&search);
        if (ring_m >= reach_m)
            break;
    }
    out->n = (unsigned)search.n;
    take_nearest(&search, out);
}
