/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a scenario, and the checks that go beyond one value: names that must exist, addresses,
 * callsigns and registrations that no real aircraft has. */
#include "simulate/scenario.h"

#include <string.h>

#include "base/time.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define AT(type, member) offsetof(struct ovf_scenario_##type, member)
enum { N_TABLES = 11 };

#define REQUIRED OVF_KEY_REQUIRED
#define LIST OVF_KEY_LIST

static const struct ovf_key hole_keys[] = {
    {"centre", OVF_KEY_PLACE, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(hole, centre),
     "airport or position"},
    {"radius_nmi", OVF_KEY_NUMBER, REQUIRED, "NM", 0, 3000, NULL, NULL, NULL, AT(hole, radius_nmi),
     "of the circle"},
    {"floor_ft", OVF_KEY_NUMBER, 0, "ft", -2000, 100000, NULL, "100000", NULL, AT(hole, floor_ft),
     "from here up it is heard; else never"},
    {"from", OVF_KEY_TIME, 0, NULL, 0, 0, NULL, NULL, NULL, AT(hole, from_ns), "else always"},
    {"until", OVF_KEY_TIME, 0, NULL, 0, 0, NULL, NULL, NULL, AT(hole, until_ns), ""},
};
static const struct ovf_table hole_table = {"a coverage hole", hole_keys, COUNT(hole_keys),
                                            sizeof(struct ovf_scenario_hole)};

static const struct ovf_key silence_keys[] = {
    {"from", OVF_KEY_TIME, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(silence, from_ns), ""},
    {"until", OVF_KEY_TIME, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(silence, until_ns), ""},
    {"aircraft", OVF_KEY_ADDRESS, LIST, NULL, 0, 0, NULL, NULL, NULL, AT(silence, aircraft),
     "who is not heard; else nobody is"},
};
static const struct ovf_table silence_table = {"a silence", silence_keys, COUNT(silence_keys),
                                               sizeof(struct ovf_scenario_silence)};

static const struct ovf_key disturbance_keys[] = {
    {"kind", OVF_KEY_CHOICE, REQUIRED, NULL, 0, 0, "jam|sink|offset|drift|circle|mlat|tisb|mute",
     NULL, NULL, AT(disturbance, kind), "what becomes of positions"},
    {"centre", OVF_KEY_PLACE, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(disturbance, centre),
     "airport or position; who flies in the circle is disturbed"},
    {"radius_nmi", OVF_KEY_NUMBER, REQUIRED, "NM", 0, 3000, NULL, NULL, NULL,
     AT(disturbance, radius_nmi), "of the circle"},
    {"floor_ft", OVF_KEY_NUMBER, 0, "ft", -2000, 100000, NULL, "-2000", NULL,
     AT(disturbance, floor_ft), "from here up"},
    {"from", OVF_KEY_TIME, 0, NULL, 0, 0, NULL, NULL, NULL, AT(disturbance, from_ns),
     "else always"},
    {"until", OVF_KEY_TIME, 0, NULL, 0, 0, NULL, NULL, NULL, AT(disturbance, until_ns), ""},
    {"share", OVF_KEY_NUMBER, 0, NULL, 0, 1, NULL, "1", NULL, AT(disturbance, share),
     "of the flights, by chance"},
    {"lost", OVF_KEY_NUMBER, 0, NULL, 0, 1, NULL, "0", NULL, AT(disturbance, lost),
     "of their rows, by chance: not heard at all"},
    {"target", OVF_KEY_PLACE, 0, NULL, 0, 0, NULL, NULL, NULL, AT(disturbance, target),
     "of sink and circle: where positions are put; else where the flight came in"},
    {"bearing_deg", OVF_KEY_SPAN, 0, "deg", 0, 360, NULL, "0", NULL, AT(disturbance, bearing_deg),
     "of offset and drift: to where"},
    {"distance_nmi", OVF_KEY_SPAN, 0, "NM", 0.1, 300, NULL, "5", NULL,
     AT(disturbance, distance_nmi), "of offset: how far; of circle: its radius"},
    {"drift_kt", OVF_KEY_SPAN, 0, "kt", 1, 600, NULL, "100", NULL, AT(disturbance, drift_kt),
     "of drift"},
    {"error_m", OVF_KEY_SPAN, 0, "m", 0, 10000, NULL, "100", NULL, AT(disturbance, error_m),
     "of mlat and tisb: the largest"},
};
static const struct ovf_table disturbance_table = {"a disturbance", disturbance_keys,
                                                   COUNT(disturbance_keys),
                                                   sizeof(struct ovf_scenario_disturbance)};

static const struct ovf_key aircraft_keys[] = {
    {"icao24", OVF_KEY_ADDRESS, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(aircraft, icao24),
     "f10000 or above: allocated to no state"},
    {"registration", OVF_KEY_TEXT, REQUIRED, NULL, 0, 0, NULL, NULL, NULL,
     AT(aircraft, registration), "begins with XX-"},
    {"type_code", OVF_KEY_TEXT, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(aircraft, type_code),
     "ICAO type designator"},
    {"description", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(aircraft, description),
     "of the type"},
    {"owner_operator", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(aircraft, owner_operator),
     "invented"},
    {"transmits", OVF_KEY_ADDRESS, 0, NULL, 0, 0, NULL, NULL, NULL, AT(aircraft, transmits),
     "the address of another aircraft of the list, in place of its own"},
};
static const struct ovf_table aircraft_table = {"an aircraft", aircraft_keys, COUNT(aircraft_keys),
                                                sizeof(struct ovf_scenario_aircraft)};

static const struct ovf_key stop_keys[] = {
    {"at", OVF_KEY_TEXT, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(stop, at),
     "one of the route's airports between its ends"},
    {"minutes", OVF_KEY_NUMBER, REQUIRED, "min", 5, 2880, NULL, NULL, NULL, AT(stop, minutes),
     "on the ground"},
};
static const struct ovf_table stop_table = {"a stop", stop_keys, COUNT(stop_keys),
                                            sizeof(struct ovf_scenario_stop)};

static const struct ovf_key performance_keys[] = {
    {"cruise_fl", OVF_KEY_NUMBER, 0, "FL", 10, 600, NULL, "350", NULL, AT(performance, cruise_fl),
     "lower where the way is too short to climb"},
    {"speed_kt", OVF_KEY_NUMBER, 0, "kt", 60, 650, NULL, "450", NULL, AT(performance, speed_kt),
     "through the air, in cruise"},
    {"climb_fpm", OVF_KEY_NUMBER, 0, "ft/min", 100, 6000, NULL, "2000", NULL,
     AT(performance, climb_fpm), ""},
    {"descent_fpm", OVF_KEY_NUMBER, 0, "ft/min", 100, 6000, NULL, "1800", NULL,
     AT(performance, descent_fpm), ""},
};
static const struct ovf_table performance_table = {"a performance", performance_keys,
                                                   COUNT(performance_keys),
                                                   sizeof(struct ovf_scenario_performance)};

static const struct ovf_key route_keys[] = {
    {"name", OVF_KEY_TEXT, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(route, name), ""},
    {"points", OVF_KEY_PLACE, REQUIRED | LIST, NULL, 0, 0, NULL, NULL, NULL, AT(route, points),
     "airports by code, positions; the ends are airports"},
    {"stops", OVF_KEY_MAP, LIST, NULL, 0, 0, NULL, NULL, &stop_table, AT(route, stops),
     "where it lands on the way"},
    {"performance", OVF_KEY_MAP, REQUIRED, NULL, 0, 0, NULL, NULL, &performance_table,
     AT(route, performance), ""},
};
static const struct ovf_table route_table = {"a route", route_keys, COUNT(route_keys),
                                             sizeof(struct ovf_scenario_route)};

static const struct ovf_key schedule_keys[] = {
    {"route", OVF_KEY_TEXT, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(schedule, route),
     "its name"},
    {"callsign", OVF_KEY_TEXT, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(schedule, callsign),
     "SIM and up to 5 letters and digits; the flight back has the next number"},
    {"aircraft", OVF_KEY_ADDRESS, REQUIRED | LIST, NULL, 0, 0, NULL, NULL, NULL,
     AT(schedule, aircraft), "take turns; one that is elsewhere is passed over"},
    {"from", OVF_KEY_DATE, 0, NULL, 0, 0, NULL, NULL, NULL, AT(schedule, from_ns),
     "the first day; else the scenario's"},
    {"until", OVF_KEY_DATE, 0, NULL, 0, 0, NULL, NULL, NULL, AT(schedule, until_ns),
     "the day after the last"},
    {"weekdays", OVF_KEY_CHOICE, LIST, NULL, 0, 0, "mon|tue|wed|thu|fri|sat|sun", NULL, NULL,
     AT(schedule, weekdays), "else all"},
    {"at", OVF_KEY_CLOCK, REQUIRED | LIST, NULL, 0, 0, NULL, NULL, NULL, AT(schedule, at),
     "times of departure, UTC"},
    {"flights_per_day", OVF_KEY_NUMBER, 0, NULL, 0, 48, NULL, NULL, NULL,
     AT(schedule, flights_per_day), "on average; else one at each time"},
    {"spread_min", OVF_KEY_NUMBER, 0, "min", 0, 1440, NULL, "0", NULL, AT(schedule, spread_min),
     "up to so much later, by chance"},
    {"return_after_h", OVF_KEY_NUMBER, 0, "h", 0.5, 240, NULL, NULL, NULL,
     AT(schedule, return_after_h), "it flies the route back, without stops; else it stays away"},
};
static const struct ovf_table schedule_table = {"a schedule", schedule_keys, COUNT(schedule_keys),
                                                sizeof(struct ovf_scenario_schedule)};

static const struct ovf_key approach_keys[] = {
    {"straight_nmi", OVF_KEY_SPAN, 0, "NM", 0.5, 20, NULL, "3", NULL, AT(approach, straight_nmi),
     "straight on after take-off"},
    {"final_nmi", OVF_KEY_SPAN, 0, "NM", 1, 30, NULL, "8", NULL, AT(approach, final_nmi),
     "in line with the runway before it"},
    {"base_nmi", OVF_KEY_SPAN, 0, "NM", 1, 20, NULL, "5", NULL, AT(approach, base_nmi),
     "how far aside it passes the field when it comes from the other side"},
    {"aside_m", OVF_KEY_SPAN, 0, "m", 0, 4000, NULL, "0", NULL, AT(approach, aside_m),
     "from the reference point to the runway"},
    {"skew_deg", OVF_KEY_NUMBER, 0, "deg", 0, 20, NULL, "0", NULL, AT(approach, skew_deg),
     "by so much at most a runway's direction differs from its number and the declination"},
    {"level_ft", OVF_KEY_SPAN, 0, "ft", 0, 10000, NULL, "0", NULL, AT(approach, level_ft),
     "above the field; it flies level there before the last descent"},
    {"level_nmi", OVF_KEY_SPAN, 0, "NM", 0, 40, NULL, "0", NULL, AT(approach, level_nmi),
     "how far"},
};
static const struct ovf_table approach_table = {"an approach", approach_keys, COUNT(approach_keys),
                                                sizeof(struct ovf_scenario_approach)};

static const struct ovf_key traffic_keys[] = {
    {"callsign", OVF_KEY_TEXT, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(traffic, callsign),
     "SIM and at most 1 letter; numbers follow"},
    {"icao24", OVF_KEY_ADDRESS, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, AT(traffic, icao24),
     "of the first aircraft; the others follow"},
    {"n_aircraft", OVF_KEY_INTEGER, REQUIRED, NULL, 1, 9999, NULL, NULL, NULL,
     AT(traffic, n_aircraft), ""},
    {"airports", OVF_KEY_TEXT, LIST, NULL, 0, 0, NULL, NULL, NULL, AT(traffic, airports),
     "between which they fly; else those of the continent and the service"},
    {"continent", OVF_KEY_CHOICE, 0, NULL, 0, 0,
     "world|africa|asia|europe|north_america|south_america|oceania", "world", NULL,
     AT(traffic, continent), "a box of latitude and longitude, roughly"},
    {"service", OVF_KEY_CHOICE, 0, NULL, 0, 0, "scheduled|none|small", "scheduled", NULL,
     AT(traffic, service),
     "large and medium airports with scheduled service, those without, small"},
    {"from", OVF_KEY_DATE, 0, NULL, 0, 0, NULL, NULL, NULL, AT(traffic, from_ns),
     "the first day; else the scenario's"},
    {"until", OVF_KEY_DATE, 0, NULL, 0, 0, NULL, NULL, NULL, AT(traffic, until_ns),
     "the day after the last"},
    {"distance_nmi", OVF_KEY_SPAN, 0, "NM", 20, 9000, NULL, "500", NULL, AT(traffic, distance_nmi),
     "the length of a flight"},
    {"ground_h", OVF_KEY_SPAN, 0, "h", 0.5, 240, NULL, "2", NULL, AT(traffic, ground_h),
     "between two flights"},
    {"performance", OVF_KEY_MAP, REQUIRED, NULL, 0, 0, NULL, NULL, &performance_table,
     AT(traffic, performance), ""},
    {"approach", OVF_KEY_MAP, 0, NULL, 0, 0, NULL, NULL, &approach_table, AT(traffic, approach),
     "over a runway; else straight from reference point to reference point"},
};
static const struct ovf_table traffic_table = {"traffic", traffic_keys, COUNT(traffic_keys),
                                               sizeof(struct ovf_scenario_traffic)};

#define IN(member) offsetof(struct ovf_scenario, member)
static const struct ovf_key scenario_keys[] = {
    {"scenario", OVF_KEY_TEXT, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, IN(name), "its name"},
    {"about", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, IN(about), "what it is"},
    {"seed", OVF_KEY_INTEGER, 0, NULL, 0, 1e14, NULL, "1", NULL, IN(seed),
     "of all chance; --seed goes before it"},
    {"from", OVF_KEY_DATE, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, IN(from_ns), "the first day"},
    {"until", OVF_KEY_DATE, REQUIRED, NULL, 0, 0, NULL, NULL, NULL, IN(until_ns),
     "the day after the last; flights on the way then end later"},
    {"interval_s", OVF_KEY_SPAN, 0, "s", 0.1, 3600, NULL, "5", NULL, IN(interval_s),
     "between two fixes; each flight has one of its own"},
    {"jitter_s", OVF_KEY_NUMBER, 0, "s", 0, 60, NULL, "0", NULL, IN(jitter_s),
     "by chance earlier or later, at most half the interval"},
    {"wind_east_kt", OVF_KEY_NUMBER, 0, "kt", -200, 200, NULL, "0", NULL, IN(wind_east_kt),
     "blowing to the east"},
    {"wind_north_kt", OVF_KEY_NUMBER, 0, "kt", -200, 200, NULL, "0", NULL, IN(wind_north_kt),
     "blowing to the north"},
    {"holes", OVF_KEY_MAP, LIST, NULL, 0, 0, NULL, NULL, &hole_table, IN(holes),
     "where nobody listens"},
    {"silences", OVF_KEY_MAP, LIST, NULL, 0, 0, NULL, NULL, &silence_table, IN(silences),
     "when nobody is heard"},
    {"disturbances", OVF_KEY_MAP, LIST, NULL, 0, 0, NULL, NULL, &disturbance_table,
     IN(disturbances), "where what is written is not where it flies"},
    {"aircraft", OVF_KEY_MAP, LIST, NULL, 0, 0, NULL, NULL, &aircraft_table, IN(aircraft), ""},
    {"routes", OVF_KEY_MAP, LIST, NULL, 0, 0, NULL, NULL, &route_table, IN(routes), ""},
    {"schedules", OVF_KEY_MAP, LIST, NULL, 0, 0, NULL, NULL, &schedule_table, IN(schedules), ""},
    {"traffic", OVF_KEY_MAP, LIST, NULL, 0, 0, NULL, NULL, &traffic_table, IN(traffic),
     "in the background, by chance"},
};
static const struct ovf_table scenario_table = {"a scenario", scenario_keys, COUNT(scenario_keys),
                                                sizeof(struct ovf_scenario)};

const struct ovf_table *ovf_scenario_table(size_t i)
{
    static const struct ovf_table *const tables[N_TABLES] = {
        &scenario_table, &aircraft_table, &route_table,       &performance_table,
        &stop_table,     &schedule_table, &traffic_table,     &approach_table,
        &hole_table,     &silence_table,  &disturbance_table,
    };
    return i < N_TABLES ? tables[i] : NULL;
}

bool ovf_scenario_disturbance_has_target(const struct ovf_scenario_disturbance *disturbance)
{
    return ovf_case_has(&disturbance->head, &disturbance_table, "target");
}

const char *ovf_disturbance_name(enum ovf_disturbance kind)
{
    static const char *const names[OVF_DISTURBANCE_N] = {"jam",    "sink", "offset", "drift",
                                                         "circle", "mlat", "tisb",   "mute"};
    return names[kind];
}

const struct ovf_scenario_approach *ovf_scenario_approach(
    const struct ovf_scenario_traffic *traffic)
{
    return ovf_case_has(&traffic->head, &traffic_table, "approach") ? &traffic->approach : NULL;
}

const struct ovf_scenario_route *ovf_scenario_route_find(const struct ovf_scenario *scenario,
                                                         const char *name)
{
    const struct ovf_scenario_route *const routes = scenario->routes.items;
    for (size_t i = 0; i < scenario->routes.n; i++) {
        if (strcmp(routes[i].name, name) == 0)
            return &routes[i];
    }
    return NULL;
}

/* ---- checks ---- */

struct checking {
    struct ovf_scenario *scenario;
    const struct ovf_airports *airports;
    struct ovf_error *err;
};

static enum ovf_status check_airport(const struct checking *c, struct ovf_yaml_place place,
                                     const char *code)
{
    uint32_t index = 0;
    if (ovf_airports_find(c->airports, ovf_bytes_from_text(code), &index))
        return OVF_OK;
    return ovf_case_fail(c->err, place, "no airport has the code \"%.20s\"", code);
}

static enum ovf_status check_place(const struct checking *c, const struct ovf_case_place *place)
{
    return place->name != NULL ? check_airport(c, place->place, place->name) : OVF_OK;
}

/** SIM, then at most \p n_more letters and digits. */
static enum ovf_status check_callsign(const struct checking *c, struct ovf_yaml_place place,
                                      const char *callsign, size_t n_more)
{
    const size_t len = strlen(callsign);
    bool good = len >= 3 && len <= 3 + n_more && memcmp(callsign, "SIM", 3) == 0;
    for (size_t i = 3; i < len && good; i++)
        good = (callsign[i] >= 'A' && callsign[i] <= 'Z') ||
               (callsign[i] >= '0' && callsign[i] <= '9');
    if (good)
        return OVF_OK;
    return ovf_case_fail(
        c->err, place, "callsign \"%.20s\": SIM and at most %zu capital letters or digits are due",
        callsign, n_more);
}

static enum ovf_status check_address(const struct checking *c, struct ovf_yaml_place place,
                                     int64_t icao24, int64_t n)
{
    if (icao24 >= OVF_SIMULATED_ADDRESS_MIN && icao24 + n - 1 <= 0xFFFFFF)
        return OVF_OK;
    return ovf_case_fail(c->err, place,
                         "icao24 %06x: simulated aircraft have addresses from f10000 to ffffff",
                         (unsigned)icao24);
}

/** Capital letters, digits and '-', at most \p max_chars: what needs no quotes anywhere. */
static bool is_plain(const char *text, size_t max_chars)
{
    size_t n = 0;
    for (; n <= max_chars && text[n] != '\0'; n++) {
        const char c = text[n];
        if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return n <= max_chars;
}

static enum ovf_status check_aircraft(const struct checking *c)
{
    const struct ovf_scenario_aircraft *const all = c->scenario->aircraft.items;
    for (size_t i = 0; i < c->scenario->aircraft.n; i++) {
        const struct ovf_scenario_aircraft *const one = &all[i];
        const enum ovf_status st = check_address(c, one->head.place, one->icao24, 1);
        if (st != OVF_OK)
            return st;
        if (strncmp(one->registration, "XX-", 3) != 0 || !is_plain(one->registration, 12) ||
            !is_plain(one->type_code, 4))
            return ovf_case_fail(c->err, one->head.place,
                                 "a registration is XX- and capitals or digits, 12 characters at "
                                 "most, a type code 4");
        for (size_t k = 0; k < i; k++) {
            if (all[k].icao24 == one->icao24)
                return ovf_case_fail(c->err, one->head.place, "icao24 %06x stands twice",
                                     (unsigned)one->icao24);
        }
    }
    return OVF_OK;
}

static bool has_aircraft(const struct ovf_scenario *scenario, int64_t icao24)
{
    const struct ovf_scenario_aircraft *const all = scenario->aircraft.items;
    for (size_t i = 0; i < scenario->aircraft.n; i++) {
        if (all[i].icao24 == icao24)
            return true;
    }
    return false;
}

/** An aircraft may send the address of another that sends its own. */
static enum ovf_status check_transmits(const struct checking *c)
{
    struct ovf_scenario_aircraft *const all = c->scenario->aircraft.items;
    for (size_t i = 0; i < c->scenario->aircraft.n; i++) {
        if (!ovf_case_has(&all[i].head, &aircraft_table, "transmits"))
            all[i].transmits = all[i].icao24;
        else if (all[i].transmits == all[i].icao24 || !has_aircraft(c->scenario, all[i].transmits))
            return ovf_case_fail(c->err, all[i].head.place,
                                 "transmits: the address of another aircraft of the list is due");
    }
    return OVF_OK;
}

static enum ovf_status check_stop(const struct checking *c, const struct ovf_scenario_route *route,
                                  const struct ovf_scenario_stop *stop)
{
    const struct ovf_case_place *const points = route->points.items;
    for (size_t i = 1; i + 1 < route->points.n; i++) {
        if (points[i].name != NULL && strcmp(points[i].name, stop->at) == 0)
            return OVF_OK;
    }
    return ovf_case_fail(c->err, stop->head.place,
                         "stop at \"%.20s\": it is no airport between the ends of the route",
                         stop->at);
}

static enum ovf_status check_route(const struct checking *c, const struct ovf_scenario_route *route)
{
    const struct ovf_case_place *const points = route->points.items;
    const struct ovf_scenario_stop *const stops = route->stops.items;
    const size_t n = route->points.n;
    enum ovf_status st = OVF_OK;
    if (n < 2 || points[0].name == NULL || points[n - 1].name == NULL)
        return ovf_case_fail(c->err, route->head.place,
                             "a route has two points or more and an airport at either end");
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = check_place(c, &points[i]);
    for (size_t i = 0; i < route->stops.n && st == OVF_OK; i++)
        st = check_stop(c, route, &stops[i]);
    if (st == OVF_OK && ovf_scenario_route_find(c->scenario, route->name) != route)
        st = ovf_case_fail(c->err, route->head.place, "the route \"%.60s\" stands twice",
                           route->name);
    return st;
}

/** Dates of a part of the scenario: its own where none are written. */
static enum ovf_status check_days(const struct checking *c, const struct ovf_case_head *head,
                                  const struct ovf_table *table, int64_t *from_ns,
                                  int64_t *until_ns)
{
    const struct ovf_scenario *const s = c->scenario;
    if (!ovf_case_has(head, table, "from"))
        *from_ns = s->from_ns;
    if (!ovf_case_has(head, table, "until"))
        *until_ns = s->until_ns;
    if (*from_ns < *until_ns && *from_ns >= s->from_ns && *until_ns <= s->until_ns)
        return OVF_OK;
    return ovf_case_fail(c->err, head->place,
                         "from and until: days within the scenario, the first "
                         "before the other, are due");
}

static enum ovf_status check_schedule(const struct checking *c,
                                      struct ovf_scenario_schedule *schedule)
{
    const int64_t *const aircraft = schedule->aircraft.items;
    enum ovf_status st = check_callsign(c, schedule->head.place, schedule->callsign, 5);
    if (st == OVF_OK && ovf_scenario_route_find(c->scenario, schedule->route) == NULL)
        st = ovf_case_fail(c->err, schedule->head.place, "there is no route \"%.60s\"",
                           schedule->route);
    if (st == OVF_OK && (schedule->aircraft.n == 0 || schedule->at.n == 0))
        st = ovf_case_fail(c->err, schedule->head.place, "aircraft and at must not be empty");
    for (size_t i = 0; i < schedule->aircraft.n && st == OVF_OK; i++) {
        if (!has_aircraft(c->scenario, aircraft[i]))
            st = ovf_case_fail(c->err, schedule->head.place, "there is no aircraft %06x",
                               (unsigned)aircraft[i]);
    }
    if (!ovf_case_has(&schedule->head, &schedule_table, "flights_per_day"))
        schedule->flights_per_day = (double)schedule->at.n;
    if (st == OVF_OK)
        st = check_days(c, &schedule->head, &schedule_table, &schedule->from_ns,
                        &schedule->until_ns);
    return st;
}

static enum ovf_status check_traffic(const struct checking *c, struct ovf_scenario_traffic *traffic)
{
    const char *const *const codes = traffic->airports.items;
    enum ovf_status st = check_callsign(c, traffic->head.place, traffic->callsign, 1);
    if (st == OVF_OK)
        st = check_address(c, traffic->head.place, traffic->icao24, traffic->n_aircraft);
    for (size_t i = 0; i < traffic->airports.n && st == OVF_OK; i++)
        st = check_airport(c, traffic->head.place, codes[i]);
    if (st == OVF_OK && traffic->airports.n == 1)
        st = ovf_case_fail(c->err, traffic->head.place, "two airports or more are due");
    const struct ovf_scenario_aircraft *const all = c->scenario->aircraft.items;
    for (size_t i = 0; i < c->scenario->aircraft.n && st == OVF_OK; i++) {
        if (all[i].icao24 >= traffic->icao24 &&
            all[i].icao24 < traffic->icao24 + traffic->n_aircraft)
            st = ovf_case_fail(c->err, traffic->head.place,
                               "its addresses include %06x, which is listed under aircraft",
                               (unsigned)all[i].icao24);
    }
    if (st == OVF_OK)
        st = check_days(c, &traffic->head, &traffic_table, &traffic->from_ns, &traffic->until_ns);
    return st;
}

static enum ovf_status check_overlap(const struct checking *c, size_t i)
{
    const struct ovf_scenario_traffic *const all = c->scenario->traffic.items;
    for (size_t k = 0; k < i; k++) {
        if (all[k].icao24 < all[i].icao24 + all[i].n_aircraft &&
            all[i].icao24 < all[k].icao24 + all[k].n_aircraft)
            return ovf_case_fail(c->err, all[i].head.place,
                                 "its addresses overlap those of the traffic in line %u",
                                 (unsigned)all[k].head.place.line);
    }
    return OVF_OK;
}

static enum ovf_status check_hearing(const struct checking *c)
{
    struct ovf_scenario_hole *const holes = c->scenario->holes.items;
    const struct ovf_scenario_silence *const silences = c->scenario->silences.items;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < c->scenario->holes.n && st == OVF_OK; i++) {
        st = check_place(c, &holes[i].centre);
        if (!ovf_case_has(&holes[i].head, &hole_table, "from"))
            holes[i].from_ns = INT64_MIN;
        if (!ovf_case_has(&holes[i].head, &hole_table, "until"))
            holes[i].until_ns = INT64_MAX;
    }
    for (size_t i = 0; i < c->scenario->silences.n && st == OVF_OK; i++) {
        if (silences[i].from_ns >= silences[i].until_ns)
            st = ovf_case_fail(c->err, silences[i].head.place, "from must be before until");
    }
    return st;
}

static enum ovf_status check_disturbances(const struct checking *c)
{
    struct ovf_scenario_disturbance *const all = c->scenario->disturbances.items;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < c->scenario->disturbances.n && st == OVF_OK; i++) {
        st = check_place(c, &all[i].centre);
        if (st == OVF_OK && ovf_scenario_disturbance_has_target(&all[i]))
            st = check_place(c, &all[i].target);
        if (!ovf_case_has(&all[i].head, &disturbance_table, "from"))
            all[i].from_ns = INT64_MIN;
        if (!ovf_case_has(&all[i].head, &disturbance_table, "until"))
            all[i].until_ns = INT64_MAX;
    }
    return st;
}

static enum ovf_status check(const struct checking *c)
{
    struct ovf_scenario *const s = c->scenario;
    if (s->from_ns >= s->until_ns || s->until_ns - s->from_ns > 3660 * OVF_NS_PER_DAY)
        return ovf_case_fail(c->err, s->head.place,
                             "from must be before until, by ten years at most");
    enum ovf_status st = check_aircraft(c);
    if (st == OVF_OK)
        st = check_transmits(c);
    for (size_t i = 0; i < s->routes.n && st == OVF_OK; i++)
        st = check_route(c, (const struct ovf_scenario_route *)s->routes.items + i);
    for (size_t i = 0; i < s->schedules.n && st == OVF_OK; i++)
        st = check_schedule(c, (struct ovf_scenario_schedule *)s->schedules.items + i);
    for (size_t i = 0; i < s->traffic.n && st == OVF_OK; i++) {
        st = check_traffic(c, (struct ovf_scenario_traffic *)s->traffic.items + i);
        if (st == OVF_OK)
            st = check_overlap(c, i);
    }
    if (st == OVF_OK)
        st = check_disturbances(c);
    return st == OVF_OK ? check_hearing(c) : st;
}

enum ovf_status ovf_scenario_read(struct ovf_bytes yaml, const struct ovf_airports *airports,
                                  struct ovf_case_store *store, struct ovf_scenario *out,
                                  struct ovf_error *err)
{
    const enum ovf_status st = ovf_case_read(yaml, &scenario_table, store, out, err);
    if (st != OVF_OK)
        return st;
    const struct checking c = {out, airports, err};
    return check(&c);
}
