/* SPDX-License-Identifier: Apache-2.0 */
/* Fields are looked for in rings, the nearest first: of a country that has one in a ring no farther one is asked for.
 * Those of a country that lie side by side are passed over whole. */
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
    LETTER_BITS = 7,
    N_COUNTRIES = 1 << 2 * LETTER_BITS, /* all that two letters can name */
    ALWAYS = UINT16_MAX,
    RUN_COLUMNS = 4, /* a longer run is cut: circles are looked through that hold a part of it */
};

struct field {
    struct ovf_point at;
    uint16_t country;   /* its two letters, the first one lower */
    uint16_t runway_ft; /* the longest, 0: not known; ALWAYS: not known, but lines serve it */
};

/** Fields of one country, one behind the other, in neighbouring cells of a row. */
struct run {
    uint32_t first; /* up to that of the run behind it */
    uint16_t country;
    uint16_t runway_ft; /* the longest of theirs */
    uint16_t west;      /* columns */
    uint16_t east;
};

struct ovf_country_fields {
    struct run *runs; /* by row, then from west to east, and one more at the end */
    uint32_t first_run[OVF_AIRPORT_ROWS + 1];
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
    struct found *found; /* room for MAX_FOUND */
    size_t n;
    size_t n_settled;                   /* of these: from the rings before */
    uint64_t settled[N_COUNTRIES / 64]; /* those, a bit each */
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

static uint16_t country_of(const struct ovf_airport *airport)
{
    const unsigned low = (unsigned char)airport->country[0];
    const unsigned high = (unsigned char)airport->country[1];
    return (uint16_t)(low | high << LETTER_BITS);
}

/** Adds the fields of a cell behind the first \p n. */
static uint32_t add_cell(const struct ovf_airports *airports, uint32_t cell, uint32_t n,
                         struct field *fields)
{
    const struct ovf_airport_range range = ovf_airports_of_cell(airports, cell);
    for (uint32_t i = range.begin; i < range.end; i++) {
        const struct ovf_airport airport = ovf_airports_get(airports, i);
        if (airport.type != OVF_AIRPORT_CLOSED)
            fields[n++] =
                (struct field){airport.at, country_of(&airport), runway_of(airports, &airport)};
    }
    return n;
}

/** Adds field \p i, which lies in \p column of \p row, to the last run of the row or to one of its own. */
static uint32_t add_to_run(struct ovf_country_fields *fields, uint32_t row, uint16_t column,
                           uint32_t i, uint32_t n_runs)
{
    const struct field *const field = &fields->fields[i];
    struct run *run = &fields->runs[n_runs];
    const bool goes_on = n_runs > fields->first_run[row] && run[-1].country == field->country &&
                         column - run[-1].west < RUN_COLUMNS;
    run -= goes_on ? 1 : 0;
    if (!goes_on)
        *run = (struct run){.first = i, .country = field->country, .west = column};
    run->east = column;
    run->runway_ft = field->runway_ft > run->runway_ft ? field->runway_ft : run->runway_ft;
    return goes_on ? n_runs : n_runs + 1;
}

static void fill(const struct ovf_airports *airports, struct ovf_country_fields *fields)
{
    uint32_t n = 0;
    uint32_t n_runs = 0;
    for (uint32_t cell = 0; cell < OVF_AIRPORT_CELLS; cell++) {
        const uint32_t row = cell / OVF_AIRPORT_COLUMNS;
        const uint16_t column = (uint16_t)(cell % OVF_AIRPORT_COLUMNS);
        if (column == 0)
            fields->first_run[row] = n_runs;
        const uint32_t end = add_cell(airports, cell, n, fields->fields);
        for (; n < end; n++)
            n_runs = add_to_run(fields, row, column, n, n_runs);
    }
    fields->first_run[OVF_AIRPORT_ROWS] = n_runs;
    fields->runs[n_runs] = (struct run){.first = n};
}

struct ovf_country_fields *ovf_country_fields_new(const struct ovf_airports *airports)
{
    struct ovf_country_fields *fields =
        malloc(sizeof *fields + airports->n * sizeof *fields->fields);
    struct run *runs = malloc((airports->n + (size_t)1) * sizeof *runs);
    if (fields == NULL || runs == NULL) {
        free(fields);
        free(runs);
        return NULL;
    }
    fields->runs = runs;
    fill(airports, fields);
    return fields;
}

void ovf_country_fields_free(struct ovf_country_fields *fields)
{
    if (fields == NULL)
        return;
    free(fields->runs);
    free(fields);
}

static bool can_use(const struct search *search, uint16_t runway_ft)
{
    const double needed_ft = search->reach->runway_ft;
    return !(needed_ft > 0) || runway_ft >= 0.7 * needed_ft;
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

static void search_run(struct search *search, const struct run *run, struct ovf_airport_reach reach)
{
    for (uint32_t i = run->first; i < run[1].first; i++) {
        const struct field *const field = &search->fields->fields[i];
        if (can_use(search, field->runway_ft) && !is_settled(search, run->country) &&
            ovf_airport_may_reach(search->reach->at, field->at, reach))
            consider(search, field);
    }
}

static void search_cells(void *context, uint32_t begin, uint32_t end,
                         struct ovf_airport_reach reach)
{
    struct search *const search = context;
    const uint32_t row = begin / OVF_AIRPORT_COLUMNS;
    const uint32_t west = begin - row * OVF_AIRPORT_COLUMNS;
    const uint32_t behind = end - row * OVF_AIRPORT_COLUMNS;
    const struct run *const last = &search->fields->runs[search->fields->first_run[row + 1]];
    for (const struct run *run = &search->fields->runs[search->fields->first_run[row]];
         run < last && run->west < behind; run++) {
        if (run->east >= west && !is_settled(search, run->country) &&
            can_use(search, run->runway_ft))
            search_run(search, run, reach);
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
        out->codes[k][0] = (char)(first.country % (1 << LETTER_BITS));
        out->codes[k][1] = (char)(first.country >> LETTER_BITS);
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
    struct found found[MAX_FOUND];
    struct search search = {
        .fields = fields, .reach = reach, .middle = ovf_unit_from_point(reach->at), .found = found};
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
