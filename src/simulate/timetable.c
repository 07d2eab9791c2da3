/* SPDX-License-Identifier: Apache-2.0 */
/* Timetables. Departures of all schedules are taken in order of time; of a schedule's aircraft the next
 * in turn that stands where the route begins flies. Each aircraft of the traffic goes its own way, by a
 * stream of chance of its own. */
#include "simulate/timetable.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/local.h"
#include "simulate/approach.h"
#include "simulate/random.h"

#define TICK_NS (10 * OVF_NS_PER_MS) /* what a trace can write */
#define TURNAROUND_NS (30 * 60 * OVF_NS_PER_S)
#define TRIES 200 /* to find an airport at the right distance */
#define M_PER_NMI 1852.0

/* Kinds of streams. */
enum { STREAM_SCHEDULE = 1, STREAM_TRAFFIC = 2, STREAM_APPROACH = 4 };

/** An aircraft of the list: where it stands and from when on. */
struct standing {
    const struct ovf_scenario_aircraft *aircraft;
    struct ovf_point at;
    bool placed; /* false: it has not flown yet and stands wherever it is wanted */
    int64_t free_ns;
};

struct departure {
    int64_t t_ns;
    size_t schedule;
};

struct making {
    const struct ovf_scenario *scenario;
    const struct ovf_airports *airports;
    uint64_t seed;
    struct ovf_timetable *out;
    struct ovf_path path; /* scratch */
    struct standing *standing;
    size_t *turns; /* of each schedule: who is next */
    struct departure *departures;
    size_t n_departures;
    size_t departures_capacity;
    struct ovf_error *err;
};

void ovf_timetable_deinit(struct ovf_timetable *timetable)
{
    free(timetable->flights);
    free(timetable->points);
    *timetable = (struct ovf_timetable){0};
}

struct ovf_path_plan ovf_sim_flight_plan(const struct ovf_timetable *timetable,
                                         const struct ovf_scenario *scenario,
                                         const struct ovf_sim_flight *flight)
{
    return (struct ovf_path_plan){
        .points = timetable->points + flight->first_point,
        .n_points = flight->n_points,
        .from_elevation_ft = flight->from_elevation_ft,
        .to_elevation_ft = flight->to_elevation_ft,
        .level_ft = flight->level_ft,
        .level_m = flight->level_m,
        .performance = flight->performance,
        .wind_east_kt = scenario->wind_east_kt,
        .wind_north_kt = scenario->wind_north_kt,
    };
}

static int64_t to_tick(int64_t t_ns)
{
    return t_ns - t_ns % TICK_NS;
}

static uint32_t index_of(const struct making *m, const char *code)
{
    uint32_t index = 0;
    (void)ovf_airports_find(m->airports, ovf_bytes_from_text(code),
                            &index); /* checked on reading */
    return index;
}

static struct ovf_point point_of(const struct making *m, const struct ovf_case_place *place)
{
    if (place->name != NULL)
        return ovf_airports_get(m->airports, index_of(m, place->name)).at;
    const double half = 0.5;
    const double lat = place->lat_deg * OVF_E7_PER_DEG;
    const double lon = place->lon_deg * OVF_E7_PER_DEG;
    return (struct ovf_point){(int32_t)(lat + (lat < 0 ? -half : half)),
                              ovf_lon_wrap((int64_t)(lon + (lon < 0 ? -half : half)))};
}

static enum ovf_status push_point(struct making *m, struct ovf_point point)
{
    struct ovf_timetable *const out = m->out;
    struct ovf_point *grown =
        ovf_array_reserve(out->points, &out->points_capacity, out->n_points + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->points = grown;
    out->points[out->n_points++] = point;
    return OVF_OK;
}

static void set_airports(const struct making *m, uint32_t from, uint32_t to,
                         struct ovf_sim_flight *flight)
{
    flight->from = from;
    flight->to = to;
    flight->from_elevation_ft = ovf_airports_get(m->airports, from).elevation_ft;
    flight->to_elevation_ft = ovf_airports_get(m->airports, to).elevation_ft;
}

/** Add \p flight, whose points have been pushed, and say how long it takes. */
static enum ovf_status push_flight(struct making *m, const struct ovf_sim_flight *flight,
                                   int64_t *duration_ns)
{
    struct ovf_timetable *const out = m->out;
    struct ovf_sim_flight *grown =
        ovf_array_reserve(out->flights, &out->flights_capacity, out->n_flights + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->flights = grown;
    out->flights[out->n_flights++] = *flight;
    const struct ovf_path_plan plan = ovf_sim_flight_plan(out, m->scenario, flight);
    const enum ovf_status st = ovf_path_build(&plan, &m->path);
    *duration_ns = (int64_t)(m->path.duration_s * (double)OVF_NS_PER_S);
    return st;
}

/* ---- schedules ---- */

static bool flies_on(const struct ovf_scenario_schedule *schedule, int64_t day_ns)
{
    const int64_t *const weekdays = schedule->weekdays.items;
    const int64_t days = day_ns / OVF_NS_PER_DAY - (day_ns % OVF_NS_PER_DAY < 0 ? 1 : 0);
    const int64_t weekday = ((days + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
    for (size_t i = 0; i < schedule->weekdays.n; i++) {
        if (weekdays[i] == weekday)
            return true;
    }
    return schedule->weekdays.n == 0;
}

static enum ovf_status add_departures(struct making *m, size_t index)
{
    const struct ovf_scenario_schedule *const schedules = m->scenario->schedules.items;
    const struct ovf_scenario_schedule *const s = &schedules[index];
    const int64_t *const at = s->at.items;
    struct ovf_random random = ovf_random_stream(m->seed, index, STREAM_SCHEDULE);
    const double chance = s->flights_per_day / (double)s->at.n;
    for (int64_t day_ns = s->from_ns; day_ns < s->until_ns; day_ns += OVF_NS_PER_DAY) {
        for (size_t i = 0; i < s->at.n; i++) {
            /* Both are drawn whether they are needed or not: one day's chance moves no other's. */
            const bool flies = ovf_random_unit(&random) < chance;
            const double late_s = ovf_random_between(&random, 0.0, s->spread_min * 60.0);
            if (!flies || !flies_on(s, day_ns))
                continue;
            struct departure *grown = ovf_array_reserve(m->departures, &m->departures_capacity,
                                                        m->n_departures + 1, sizeof *grown);
            if (grown == NULL)
                return OVF_E_NOMEM;
            m->departures = grown;
            m->departures[m->n_departures++] = (struct departure){
                to_tick(day_ns + at[i] + (int64_t)(late_s * 1e3) * OVF_NS_PER_MS), index};
        }
    }
    return OVF_OK;
}

static int compare_departures(const void *a, const void *b)
{
    const struct departure *const x = a;
    const struct departure *const y = b;
    if (x->t_ns != y->t_ns)
        return x->t_ns < y->t_ns ? -1 : 1;
    return x->schedule < y->schedule ? -1 : x->schedule > y->schedule;
}

/** Minutes on the ground at \p name, 0 where the route does not stop. */
static double stop_minutes(const struct ovf_scenario_route *route, const char *name)
{
    const struct ovf_scenario_stop *const stops = route->stops.items;
    for (size_t i = 0; i < route->stops.n && name != NULL; i++) {
        if (strcmp(stops[i].at, name) == 0)
            return stops[i].minutes;
    }
    return 0.0;
}

static void set_callsign(char out[9], const char *callsign, bool back)
{
    (void)snprintf(out, 9, "%s", callsign);
    /* SIM151 comes back as SIM152; what ends in 9 or a letter gets an R. */
    const size_t len = strlen(out);
    if (back && out[len - 1] >= '0' && out[len - 1] <= '8')
        out[len - 1]++;
    else if (back)
        out[len < 8 ? len : 7] = 'R';
    out[8] = '\0';
}

/** Fly \p route from its start (or \p back from its end), landing at its stops; \p who moves. */
static enum ovf_status fly_route(struct making *m, const struct ovf_scenario_schedule *schedule,
                                 const struct ovf_scenario_route *route, bool back, int64_t t_ns,
                                 struct standing *who)
{
    const struct ovf_case_place *const places = route->points.items;
    const size_t n = route->points.n;
    size_t first = 0;
    enum ovf_status st = OVF_OK;
    for (size_t k = 1; k < n && st == OVF_OK; k++) {
        const struct ovf_case_place *const place = &places[back ? n - 1 - k : k];
        const double minutes = back ? 0.0 : stop_minutes(route, place->name);
        if (k + 1 < n && !(minutes > 0.0))
            continue;
        struct ovf_sim_flight flight = {.icao24 = (uint32_t)who->aircraft->icao24,
                                        .address = (uint32_t)who->aircraft->transmits,
                                        .start_ns = t_ns,
                                        .first_point = m->out->n_points,
                                        .n_points = k - first + 1,
                                        .performance = &route->performance,
                                        .aircraft = who->aircraft};
        set_callsign(flight.callsign, schedule->callsign, back);
        const char *const from = places[back ? n - 1 - first : first].name;
        set_airports(m, index_of(m, from), index_of(m, place->name), &flight);
        for (size_t i = first; i <= k && st == OVF_OK; i++)
            st = push_point(m, point_of(m, &places[back ? n - 1 - i : i]));
        int64_t duration_ns = 0;
        if (st == OVF_OK)
            st = push_flight(m, &flight, &duration_ns);
        who->at = point_of(m, place);
        who->placed = true;
        who->free_ns = t_ns + duration_ns + TURNAROUND_NS;
        t_ns = to_tick(t_ns + duration_ns + (int64_t)(minutes * 60e3) * OVF_NS_PER_MS);
        first = k;
    }
    return st;
}

/** The next aircraft in turn that stands at \p from; NULL when none does. */
static struct standing *choose(struct making *m, const struct departure *departure,
                               struct ovf_point from)
{
    const struct ovf_scenario_schedule *const schedules = m->scenario->schedules.items;
    const struct ovf_scenario_schedule *const s = &schedules[departure->schedule];
    const int64_t *const wanted = s->aircraft.items;
    for (size_t i = 0; i < s->aircraft.n; i++) {
        const size_t turn = (m->turns[departure->schedule] + i) % s->aircraft.n;
        for (size_t k = 0; k < m->scenario->aircraft.n; k++) {
            struct standing *const one = &m->standing[k];
            if (one->aircraft->icao24 != wanted[turn] || one->free_ns > departure->t_ns ||
                (one->placed && !ovf_point_equal(one->at, from)))
                continue;
            m->turns[departure->schedule] = turn + 1;
            return one;
        }
    }
    return NULL;
}

static enum ovf_status fly_departure(struct making *m, const struct departure *departure)
{
    const struct ovf_scenario_schedule *const schedules = m->scenario->schedules.items;
    const struct ovf_scenario_schedule *const s = &schedules[departure->schedule];
    const struct ovf_scenario_route *const route = ovf_scenario_route_find(m->scenario, s->route);
    struct standing *const who =
        choose(m, departure, point_of(m, (const struct ovf_case_place *)route->points.items));
    if (who == NULL) {
        m->out->n_without_aircraft++;
        return OVF_OK;
    }
    enum ovf_status st = fly_route(m, s, route, false, departure->t_ns, who);
    if (st == OVF_OK && s->return_after_h > 0.0) {
        const int64_t landed_ns = who->free_ns - TURNAROUND_NS;
        const int64_t stay_ns = (int64_t)(s->return_after_h * 3600e3) * OVF_NS_PER_MS;
        st = fly_route(m, s, route, true, to_tick(landed_ns + stay_ns), who);
    }
    return st;
}

static enum ovf_status make_schedules(struct making *m)
{
    const struct ovf_scenario_aircraft *const aircraft = m->scenario->aircraft.items;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < m->scenario->aircraft.n; i++)
        m->standing[i] = (struct standing){.aircraft = &aircraft[i], .free_ns = INT64_MIN};
    for (size_t i = 0; i < m->scenario->schedules.n && st == OVF_OK; i++)
        st = add_departures(m, i);
    if (m->n_departures > 0)
        qsort(m->departures, m->n_departures, sizeof *m->departures, compare_departures);
    for (size_t i = 0; i < m->n_departures && st == OVF_OK; i++)
        st = fly_departure(m, &m->departures[i]);
    return st;
}

/* ---- traffic ---- */

/** South, north, west and east of the continents, roughly; east below west goes over 180. */
static bool on_continent(int64_t continent, struct ovf_point at)
{
    static const int boxes[OVF_CONTINENT_N][4] = {
        [OVF_CONTINENT_WORLD] = {-90, 90, -180, 180},
        [OVF_CONTINENT_AFRICA] = {-35, 37, -18, 42},
        [OVF_CONTINENT_ASIA] = {-10, 75, 43, 150},
        [OVF_CONTINENT_EUROPE] = {36, 71, -25, 42},
        [OVF_CONTINENT_NORTH_AMERICA] = {8, 80, -170, -55},
        [OVF_CONTINENT_SOUTH_AMERICA] = {-56, 13, -82, -34},
        [OVF_CONTINENT_OCEANIA] = {-48, 20, 112, -140},
    };
    const int *const box = boxes[continent];
    const int64_t e7 = OVF_E7_PER_DEG;
    const bool after_west = at.lon_e7 >= box[2] * e7;
    const bool before_east = at.lon_e7 < box[3] * e7;
    return at.lat_e7 >= box[0] * e7 && at.lat_e7 < box[1] * e7 &&
           (box[2] < box[3] ? after_west && before_east : after_west || before_east);
}

static enum ovf_status push_index(uint32_t **items, size_t *n, size_t *capacity, uint32_t index)
{
    uint32_t *grown = ovf_array_reserve(*items, capacity, *n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    *items = grown;
    grown[(*n)++] = index;
    return OVF_OK;
}

/** Whether \p airport is one of those that \p traffic flies between when it names none. */
static bool serves(const struct making *m, const struct ovf_scenario_traffic *traffic,
                   const struct ovf_airport *airport)
{
    if (!on_continent(traffic->continent, airport->at))
        return false;
    if (traffic->service == OVF_SERVICE_SMALL)
        return airport->type == OVF_AIRPORT_SMALL && ovf_approach_has_runway(m->airports, airport);
    return airport->type <= OVF_AIRPORT_MEDIUM &&
           airport->scheduled == (traffic->service == OVF_SERVICE_SCHEDULED);
}

/** The airports between which \p traffic flies. */
static enum ovf_status list_airports(const struct making *m,
                                     const struct ovf_scenario_traffic *traffic, uint32_t **items,
                                     size_t *n)
{
    const char *const *const codes = traffic->airports.items;
    size_t capacity = 0;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < traffic->airports.n && st == OVF_OK; i++) {
        uint32_t index = 0;
        (void)ovf_airports_find(m->airports, ovf_bytes_from_text(codes[i]), &index);
        st = push_index(items, n, &capacity, index);
    }
    for (uint32_t i = 0; traffic->airports.n == 0 && i < m->airports->n && st == OVF_OK; i++) {
        const struct ovf_airport airport = ovf_airports_get(m->airports, i);
        if (serves(m, traffic, &airport))
            st = push_index(items, n, &capacity, i);
    }
    return st;
}

/** An airport of the list at a good distance from \p from; false after TRIES. */
static bool choose_destination(const struct making *m, const struct ovf_scenario_traffic *traffic,
                               const uint32_t *items, size_t n, struct ovf_random *random,
                               uint32_t from, uint32_t *to)
{
    for (int i = 0; i < TRIES; i++) {
        *to = items[ovf_random_below(random, n)];
        const struct ovf_point ends[2] = {ovf_airports_get(m->airports, from).at,
                                          ovf_airports_get(m->airports, *to).at};
        if (ovf_point_equal(ends[0], ends[1]))
            continue;
        const double chord_nmi = ovf_point_chord_m(ends[0], ends[1]) / M_PER_NMI;
        const bool any = !(traffic->distance_nmi.from < traffic->distance_nmi.to);
        if (any ||
            (chord_nmi >= traffic->distance_nmi.from && chord_nmi <= traffic->distance_nmi.to))
            return true;
    }
    return false;
}

/** Push the way of \p flight, whose airports are set: straight, or by runways. */
static enum ovf_status push_way(struct making *m, const struct ovf_scenario_approach *approach,
                                struct ovf_sim_flight *flight)
{
    const struct ovf_airport from = ovf_airports_get(m->airports, flight->from);
    const struct ovf_airport to = ovf_airports_get(m->airports, flight->to);
    struct ovf_point points[OVF_APPROACH_POINTS] = {from.at, to.at};
    size_t n = 2;
    if (approach != NULL) {
        struct ovf_random random = ovf_random_stream(m->seed ^ flight->icao24,
                                                     (uint64_t)flight->start_ns, STREAM_APPROACH);
        n = ovf_approach_take_off(m->airports, approach, &from, to.at, &random, points);
        n += ovf_approach_land(m->airports, approach, &to, from.at, &random, points + n);
        flight->level_ft =
            ovf_random_between(&random, approach->level_ft.from, approach->level_ft.to);
        flight->level_m = M_PER_NMI * ovf_random_between(&random, approach->level_nmi.from,
                                                         approach->level_nmi.to);
    }
    enum ovf_status st = OVF_OK;
    flight->first_point = m->out->n_points;
    flight->n_points = n;
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = push_point(m, points[i]);
    return st;
}

static enum ovf_status fly_traffic(struct making *m, const struct ovf_scenario_traffic *traffic,
                                   const uint32_t *items, size_t n, int64_t number)
{
    struct ovf_random random =
        ovf_random_stream(m->seed, (uint64_t)(traffic->icao24 + number), STREAM_TRAFFIC);
    uint32_t from = items[ovf_random_below(&random, n)];
    uint32_t to = 0;
    const double first_s = ovf_random_between(&random, 0.0, traffic->ground_h.to * 3600.0);
    int64_t t_ns = to_tick(traffic->from_ns + (int64_t)(first_s * 1e3) * OVF_NS_PER_MS);
    enum ovf_status st = OVF_OK;
    for (int tries = 0; t_ns < traffic->until_ns && st == OVF_OK;) {
        if (!choose_destination(m, traffic, items, n, &random, from, &to)) {
            if (++tries > 20) /* an island too far from all others: begin elsewhere, once */
                return OVF_OK;
            if (m->out->n_flights == 0 ||
                m->out->flights[m->out->n_flights - 1].icao24 != traffic->icao24 + number)
                from = items[ovf_random_below(&random, n)];
            continue;
        }
        struct ovf_sim_flight flight = {.icao24 = (uint32_t)(traffic->icao24 + number),
                                        .address = (uint32_t)(traffic->icao24 + number),
                                        .start_ns = t_ns,
                                        .performance = &traffic->performance};
        (void)snprintf(flight.callsign, sizeof flight.callsign, "%s%04d", traffic->callsign,
                       (int)number);
        set_airports(m, from, to, &flight);
        st = push_way(m, ovf_scenario_approach(traffic), &flight);
        int64_t duration_ns = 0;
        if (st == OVF_OK)
            st = push_flight(m, &flight, &duration_ns);
        const double stay_s = ovf_random_between(&random, traffic->ground_h.from * 3600.0,
                                                 traffic->ground_h.to * 3600.0);
        t_ns = to_tick(t_ns + duration_ns + (int64_t)(stay_s * 1e3) * OVF_NS_PER_MS);
        from = to;
    }
    return st;
}

static enum ovf_status make_traffic(struct making *m)
{
    const struct ovf_scenario_traffic *const traffic = m->scenario->traffic.items;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < m->scenario->traffic.n && st == OVF_OK; i++) {
        uint32_t *items = NULL;
        size_t n = 0;
        const size_t n_before = m->out->n_flights;
        st = list_airports(m, &traffic[i], &items, &n);
        if (st == OVF_OK && n < 2)
            st = ovf_case_fail(m->err, traffic[i].head.place, "traffic finds no two airports");
        for (int64_t k = 0; items != NULL && k < traffic[i].n_aircraft && st == OVF_OK; k++)
            st = fly_traffic(m, &traffic[i], items, n, k);
        free(items);
        if (st == OVF_OK && m->out->n_flights == n_before)
            st = ovf_case_fail(m->err, traffic[i].head.place,
                               "traffic finds no two airports at this distance");
    }
    return st;
}

static int compare_flights(const void *a, const void *b)
{
    const struct ovf_sim_flight *const x = a;
    const struct ovf_sim_flight *const y = b;
    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    if (x->start_ns != y->start_ns)
        return x->start_ns < y->start_ns ? -1 : 1;
    return x->icao24 < y->icao24 ? -1 : x->icao24 > y->icao24;
}

enum ovf_status ovf_timetable_make(const struct ovf_scenario *scenario,
                                   const struct ovf_airports *airports, uint64_t seed,
                                   struct ovf_timetable *out, struct ovf_error *err)
{
    struct making m = {
        .scenario = scenario, .airports = airports, .seed = seed, .out = out, .err = err};
    enum ovf_status st = OVF_E_NOMEM;
    m.standing = calloc(scenario->aircraft.n + 1, sizeof *m.standing);
    m.turns = calloc(scenario->schedules.n + 1, sizeof *m.turns);
    if (m.standing != NULL && m.turns != NULL)
        st = make_schedules(&m);
    if (st == OVF_OK)
        st = make_traffic(&m);
    if (st == OVF_OK && out->n_flights > 0)
        qsort(out->flights, out->n_flights, sizeof *out->flights, compare_flights);
    if (st == OVF_E_NOMEM)
        (void)ovf_error_set(err, st, "out of memory for the timetable");
    free(m.standing);
    free(m.turns);
    free(m.departures);
    ovf_path_deinit(&m.path);
    return st;
}
