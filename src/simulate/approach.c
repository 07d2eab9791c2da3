/* SPDX-License-Identifier: Apache-2.0 */
/* Runways by chance. Most flights take the longest one and the end nearer to their way; the others are
 * what the wind makes them do. */
#include "simulate/approach.h"

#include <math.h>

#include "geo/magnetic.h"
#include "simulate/way.h"

#define M_PER_NMI 1852.0
#define M_PER_FT 0.3048
#define RUNWAY_UNSTATED_FT 5000.0
#define TAKES_LONGEST 0.75
#define TAKES_NEARER_END 0.7
#define STRAIGHT_IN_DEG 60.0 /* a turn onto final by less needs no base */
#define DOWNWIND_DEG 120.0   /* by more it passes the field first */

/** A runway with its place. */
struct strip {
    struct ovf_point threshold; /* of the end that is used */
    double direction_deg;       /* true, in which it is used */
    double length_m;
};

/** From direction \p a to \p b, in [-180, 180). */
static double turn_deg(double a, double b)
{
    const double turn = fmod(b - a, 360.0);
    return turn < -180.0 ? turn + 360.0 : turn >= 180.0 ? turn - 360.0 : turn;
}

static bool is_usable(const struct ovf_runway *runway)
{
    return !runway->closed && runway->has_heading;
}

bool ovf_approach_has_runway(const struct ovf_airports *airports, const struct ovf_airport *airport)
{
    for (uint32_t i = 0; i < airport->n_runways; i++) {
        const struct ovf_runway runway = ovf_airports_runway(airports, airport->first_runway + i);
        if (is_usable(&runway))
            return true;
    }
    return false;
}

/** The longest usable runway, or any; one of no number where there is none. */
static struct ovf_runway choose_runway(const struct ovf_airports *airports,
                                       const struct ovf_airport *airport, struct ovf_random *random)
{
    struct ovf_runway chosen = {.heading_deg = ovf_random_between(random, 0.0, 360.0)};
    const bool longest = ovf_random_unit(random) < TAKES_LONGEST;
    uint64_t n = 0;
    for (uint32_t i = 0; i < airport->n_runways; i++) {
        const struct ovf_runway runway = ovf_airports_runway(airports, airport->first_runway + i);
        if (!is_usable(&runway))
            continue;
        n++;
        if (n == 1 ||
            (longest ? runway.length_ft > chosen.length_ft : ovf_random_below(random, n) == 0))
            chosen = runway;
    }
    return chosen;
}

/** A runway for a flight whose way is \p course_deg. */
static struct strip place_strip(const struct ovf_airports *airports,
                                const struct ovf_scenario_approach *approach,
                                const struct ovf_airport *airport, double course_deg,
                                struct ovf_random *random)
{
    const struct ovf_runway runway = choose_runway(airports, airport, random);
    const double length_ft = runway.length_ft > 0 ? runway.length_ft : RUNWAY_UNSTATED_FT;
    double declination_deg = 0.0;
    (void)ovf_magnetic_declination(airport->at, &declination_deg);
    struct strip strip = {.direction_deg =
                              runway.heading_deg + declination_deg +
                              ovf_random_between(random, -approach->skew_deg, approach->skew_deg),
                          .length_m = length_ft * M_PER_FT};
    const bool nearer = ovf_random_unit(random) < TAKES_NEARER_END;
    const bool is_nearer = fabs(turn_deg(strip.direction_deg, course_deg)) <= 90.0;
    const double aside_m = ovf_random_between(random, approach->aside_m.from, approach->aside_m.to);
    const double side_deg = ovf_random_unit(random) < 0.5 ? -90.0 : 90.0;
    if (nearer != is_nearer)
        strip.direction_deg += 180.0;
    const struct ovf_point middle =
        ovf_way_moved(airport->at, strip.direction_deg + side_deg, aside_m);
    strip.threshold = ovf_way_moved(middle, strip.direction_deg, -strip.length_m / 2.0);
    return strip;
}

size_t ovf_approach_take_off(const struct ovf_airports *airports,
                             const struct ovf_scenario_approach *approach,
                             const struct ovf_airport *airport, struct ovf_point towards,
                             struct ovf_random *random, struct ovf_point *points)
{
    const struct strip strip =
        place_strip(airports, approach, airport, ovf_way_azimuth_deg(airport->at, towards), random);
    const double straight_nmi =
        ovf_random_between(random, approach->straight_nmi.from, approach->straight_nmi.to);
    points[0] = ovf_way_moved(strip.threshold, strip.direction_deg, strip.length_m / 2.0);
    points[1] = ovf_way_moved(strip.threshold, strip.direction_deg,
                              strip.length_m + straight_nmi * M_PER_NMI);
    return 2;
}

size_t ovf_approach_land(const struct ovf_airports *airports,
                         const struct ovf_scenario_approach *approach,
                         const struct ovf_airport *airport, struct ovf_point from,
                         struct ovf_random *random, struct ovf_point *points)
{
    const double from_deg = ovf_way_azimuth_deg(airport->at, from);
    const struct strip strip = place_strip(airports, approach, airport, from_deg + 180.0, random);
    const double final_m =
        M_PER_NMI * ovf_random_between(random, approach->final_nmi.from, approach->final_nmi.to);
    const double base_m =
        M_PER_NMI * ovf_random_between(random, approach->base_nmi.from, approach->base_nmi.to);
    const double turn = turn_deg(strip.direction_deg, from_deg + 180.0);
    const double side_deg = turn_deg(strip.direction_deg, from_deg) < 0.0 ? -90.0 : 90.0;
    const struct ovf_point fix = ovf_way_moved(strip.threshold, strip.direction_deg, -final_m);
    const struct ovf_point base = ovf_way_moved(fix, strip.direction_deg + side_deg, base_m);
    size_t n = 0;
    if (fabs(turn) > DOWNWIND_DEG)
        points[n++] = ovf_way_moved(base, strip.direction_deg, final_m + strip.length_m);
    if (fabs(turn) > STRAIGHT_IN_DEG)
        points[n++] = base;
    points[n++] = fix;
    points[n++] = strip.threshold;
    return n;
}
