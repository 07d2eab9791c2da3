/* SPDX-License-Identifier: Apache-2.0 */
/* How airports fit.
 *
 * Heights above a field are the fix's geometric altitude where it has one, else the barometric, less the
 * elevation.
 * Runways have no coordinates: they are taken to lie about the airport's reference point, in the
 * direction that their number says, magnetic, and the declination there.
 * The weights are judgement about how aircraft fly, not fitted to flights; what they come to is measured
 * by tools/validate_ends.
 */
#include "flight/fit.h"

#include <math.h>

#include "geo/magnetic.h"
#include "geo/trig.h"

#define M_PER_FT 0.3048
#define M_PER_NMI 1852.0

#define GEOID_FT 350.0    /* the geoid lies up to 107 m off the ellipsoid */
#define PRESSURE_FT 800.0 /* 27 ft a hectopascal, 30 hPa of weather */

/* Beyond half the longest runway, from the reference point, it is still the field: by its size. */
#define GROUND_APRON_LARGE_M 2000.0
#define GROUND_APRON_MEDIUM_M 1000.0
#define GROUND_APRON_M 500.0
#define RUNWAY_UNSTATED_M 2000.0
#define GROUND_FALL_M 1000.0 /* farther than that: half as likely */
#define GROUND_NEAR_M 15000.0
#define GROUND_HEIGHT_FT 1500.0
#define HELIPAD_M 500.0
#define HELIPORT_WEIGHT 0.7

#define LOW_HEIGHT_FT 1500.0
#define LOW_UNDER_FT 1000.0 /* a barometric altitude may lie below the field */
#define LOW_RANGE_M (3 * M_PER_NMI)
/* How far aside of the reference point runways lie, by the airport's size. */
#define CROSS_LARGE_M 3000.0
#define CROSS_MEDIUM_M 1500.0
#define CROSS_SMALL_M 800.0
/* 20 degrees, and 8 for the rounding of a runway's number (5) and for what the compass has turned since
 * it was painted, and the declination is off (3). */
#define ALIGNED_COS 0.8829475928589270

/* In line with a runway it is so much likelier to go there. */
#define IN_LINE_WEIGHT 4.0
/* ... unless it is higher than a descent of 7 degrees, a climb of 11, from the runway would have it: then
 * it only passes. */
#define LINE_DOWN 0.12
#define LINE_UP 0.2
#define LINE_LOW_M 300.0
#define AIR_HALF_M 40000.0
#define VECTORED_M 18000.0 /* nearer than that, it may fly any way about the field */
#define ANY_WAY_NEAR 0.3
#define ANY_WAY_FAR 0.05
#define NO_ELEVATION_WEIGHT 0.8

/* What the leg says of the aircraft: the runway it needs. */
#define FAST_KT 300.0F
#define FAST_FT 28000.0
#define FAST_RUNWAY_FT 5000.0
#define MIDDLE_KT 180.0F
#define MIDDLE_FT 15000.0
#define MIDDLE_RUNWAY_FT 2500.0

static double runway_needed_ft(const struct ovf_track *track, const struct ovf_leg *leg)
{
    double needed_ft = 0;
    for (size_t i = leg->first; i <= leg->last; i++) {
        const struct ovf_fix *fix = &track->fixes.items[i];
        double altitude_ft = 0;
        if (fix->grade == OVF_GRADE_X)
            continue;
        if (!ovf_fix_altitude_ft(fix, &altitude_ft))
            altitude_ft = 0;
        const float gs_kt = (fix->has & OVF_FIX_GS) != 0 ? fix->gs_kt : 0;
        if (gs_kt > FAST_KT || altitude_ft > FAST_FT)
            return FAST_RUNWAY_FT;
        if (gs_kt > MIDDLE_KT || altitude_ft > MIDDLE_FT)
            needed_ft = MIDDLE_RUNWAY_FT;
    }
    return needed_ft;
}

/* The believed fix next to \p from on the way to \p to; \p from when there is none. */
static size_t step_towards(const struct ovf_track *track, size_t from, size_t to)
{
    for (size_t i = from; i != to;) {
        i = i < to ? i + 1 : i - 1;
        if (track->fixes.items[i].grade != OVF_GRADE_X)
            return i;
    }
    return from;
}

/* By the track it reports, else by the fix before (after, for a departure). */
static void find_course(const struct ovf_track *track, const struct ovf_leg *leg, size_t anchor,
                        struct ovf_fit_question *q)
{
    const struct ovf_fix *fix = &track->fixes.items[anchor];
    if ((fix->has & OVF_FIX_TRACK) != 0) {
        double deg = (double)fix->track_deg;
        deg = deg > 180 ? deg - 360 : deg;
        q->has_course = deg >= -180 && deg <= 180;
        if (q->has_course)
            ovf_sincos_e7((int32_t)(deg * OVF_E7_PER_DEG), &q->course.east_m, &q->course.north_m);
        return;
    }
    const bool arrival = q->end == OVF_END_ARRIVAL;
    const size_t other = step_towards(track, anchor, arrival ? leg->first : leg->last);
    const struct ovf_point to = track->fixes.items[other].at;
    const struct ovf_offset step =
        arrival ? ovf_offset_between(to, fix->at) : ovf_offset_between(fix->at, to);
    const double step_m = sqrt(step.east_m * step.east_m + step.north_m * step.north_m);
    q->has_course = step_m > 100;
    if (q->has_course)
        q->course = (struct ovf_offset){step.east_m / step_m, step.north_m / step_m};
}

struct ovf_fit_question ovf_fit_ask(const struct ovf_airports *airports,
                                    const struct ovf_track *track, const struct ovf_leg *leg,
                                    enum ovf_end end)
{
    const bool arrival = end == OVF_END_ARRIVAL;
    struct ovf_fit_question q = {.airports = airports, .end = end};
    size_t anchor = arrival ? leg->last_airborne : leg->first_airborne;
    q.on_ground = arrival ? leg->ends_on_ground : leg->starts_on_ground;
    if (q.on_ground)
        anchor = step_towards(track, anchor, arrival ? leg->last : leg->first);
    const struct ovf_fix *fix = &track->fixes.items[anchor];
    q.at = fix->at;
    q.parked = track->fixes.items[arrival ? leg->last : leg->first].at;
    q.has_flag = (fix->flags & OVF_FIX_ON_GROUND) != 0;
    q.has_height = (fix->has & (OVF_FIX_ALT_GEOM | OVF_FIX_ALT_BARO)) != 0;
    q.height_ft = (fix->has & OVF_FIX_ALT_GEOM) != 0 ? fix->alt_geom_ft : fix->alt_baro_ft;
    q.height_error_ft = (fix->has & OVF_FIX_ALT_GEOM) != 0 ? GEOID_FT : PRESSURE_FT;
    q.climb = ovf_track_climb(track, anchor, leg->first, leg->last, !arrival);
    q.runway_needed_ft = runway_needed_ft(track, leg);
    find_course(track, leg, anchor, &q);
    (void)ovf_magnetic_declination(q.at, &q.declination_deg);
    return q;
}

/* Is the longest runway long enough for what the leg flew like? 1 when it is. */
static double runway_weight(const struct ovf_fit_question *q, const struct ovf_airport *airport,
                            double runway_ft)
{
    if (!(runway_ft > 0) && q->runway_needed_ft > 0)
        return airport->scheduled ? 0.9 : 0.3; /* length not known */
    if (runway_ft < 0.7 * q->runway_needed_ft)
        return 0.1;
    return runway_ft < q->runway_needed_ft ? 0.5 : 1;
}

/* Where aircraft go that need a runway, by the size of the field and whether it has scheduled service. By
 * traffic the differences are larger; only so much smaller, lest a lesser field beside a great one be
 * passed over for sure. */
static double service_weight(const struct ovf_fit_question *q, const struct ovf_airport *airport)
{
    static const double weights[OVF_AIRPORT_TYPES][2] = {
        [OVF_AIRPORT_LARGE] = {0.5, 1.0},
        [OVF_AIRPORT_MEDIUM] = {0.3, 0.6},
        [OVF_AIRPORT_SMALL] = {0.1, 0.4},
    };
    return q->runway_needed_ft > 0 ? weights[airport->type][airport->scheduled] : 1;
}

static double fall_off(double distance_m, double half_m)
{
    const double ratio = distance_m / half_m;
    return 1 / (1 + ratio * ratio);
}

static bool is_airfield(const struct ovf_airport *airport)
{
    return airport->type == OVF_AIRPORT_LARGE || airport->type == OVF_AIRPORT_MEDIUM ||
           airport->type == OVF_AIRPORT_SMALL;
}

double ovf_fit_ground(const struct ovf_fit_question *q, const struct ovf_airport *airport,
                      double distance_m)
{
    const double runway_ft = ovf_airports_longest_ft(q->airports, airport);
    if (!q->has_flag && q->has_height && airport->has_elevation) {
        const double above_ft = q->height_ft - airport->elevation_ft;
        if (above_ft > GROUND_HEIGHT_FT || above_ft < -GROUND_HEIGHT_FT)
            return 0;
    }
    if (!is_airfield(airport)) /* a helicopter, a seaplane */
        return q->runway_needed_ft > 0 || distance_m > HELIPAD_M ? 0 : HELIPORT_WEIGHT;
    const double apron_m = airport->type == OVF_AIRPORT_LARGE    ? GROUND_APRON_LARGE_M
                           : airport->type == OVF_AIRPORT_MEDIUM ? GROUND_APRON_MEDIUM_M
                                                                 : GROUND_APRON_M;
    const double runway_m = runway_ft > 0 ? runway_ft * M_PER_FT : RUNWAY_UNSTATED_M;
    const double excess_m = distance_m - (runway_m / 2 + apron_m);
    /* It stands there: what suits it only tells neighbouring fields apart. */
    return (0.6 + 0.4 * runway_weight(q, airport, runway_ft)) *
           fall_off(distance_m, GROUND_NEAR_M) *
           (excess_m > 0 ? fall_off(excess_m, GROUND_FALL_M) : 1);
}

/* The field ahead, for a departure behind: along the way that is flown, and across it. */
static double ahead_m(const struct ovf_fit_question *q, struct ovf_offset offset)
{
    const double along_m = offset.east_m * q->course.east_m + offset.north_m * q->course.north_m;
    return q->end == OVF_END_ARRIVAL ? along_m : -along_m;
}

static double across_m(const struct ovf_fit_question *q, struct ovf_offset offset)
{
    const double across = offset.east_m * q->course.north_m - offset.north_m * q->course.east_m;
    return across < 0 ? -across : across;
}

/* Flying along one of its runways, the field ahead (for a departure: behind) and not far aside. */
static bool is_in_line(const struct ovf_fit_question *q, const struct ovf_airport *airport,
                       struct ovf_offset offset, double runway_ft)
{
    if (!q->has_course)
        return false;
    const double cross_m = airport->type == OVF_AIRPORT_LARGE    ? CROSS_LARGE_M
                           : airport->type == OVF_AIRPORT_MEDIUM ? CROSS_MEDIUM_M
                                                                 : CROSS_SMALL_M;
    const double before_m = ahead_m(q, offset);
    if (before_m < -(runway_ft * M_PER_FT / 2 + GROUND_APRON_M) ||
        across_m(q, offset) > cross_m + before_m / 20)
        return false;
    for (uint32_t i = 0; i < airport->n_runways; i++) {
        const struct ovf_runway runway =
            ovf_airports_runway(q->airports, airport->first_runway + i);
        if (runway.closed || !runway.has_heading)
            continue;
        const double cosine =
            ovf_offset_course_cos(q->course, runway.heading_deg + q->declination_deg);
        if (cosine >= ALIGNED_COS || cosine <= -ALIGNED_COS)
            return true;
    }
    return false;
}

/* Does the height go with the distance? Down at about 3 degrees (19 m a metre), up at twice that; turns
 * and level flight make the way longer than the distance, so less of it is no wonder, more is. */
static double fit_slope(const struct ovf_fit_question *q, double above_ft, double distance_m)
{
    const double height_m = above_ft > 0 ? above_ft * M_PER_FT : 0;
    const double way_m = q->end == OVF_END_ARRIVAL ? 19 * height_m + 4000 : 10 * height_m + 5000;
    const double ratio = distance_m / way_m;
    if (ratio > 1.2)
        return fall_off(ratio - 1.2, 0.6);
    return ratio < 0.25 ? 0.4 + 2.4 * ratio : 1;
}

static double fit_course(const struct ovf_fit_question *q, struct ovf_offset offset,
                         double distance_m)
{
    if (!q->has_course || distance_m < 1)
        return 1;
    const double any_way = distance_m < VECTORED_M ? ANY_WAY_NEAR : ANY_WAY_FAR;
    const double towards = (1 + ahead_m(q, offset) / distance_m) / 2;
    return any_way + (1 - any_way) * towards * towards * towards;
}

double ovf_fit_air(const struct ovf_fit_question *q, const struct ovf_airport *airport,
                   double distance_m)
{
    const double runway_ft = ovf_airports_longest_ft(q->airports, airport);
    const double above_ft = q->height_ft - (airport->has_elevation ? airport->elevation_ft : 0);
    if (!is_airfield(airport) || above_ft > OVF_FIT_SEARCH_FT || above_ft < -LOW_UNDER_FT)
        return 0;
    const struct ovf_offset offset = ovf_offset_between(q->at, airport->at);
    double fit = runway_weight(q, airport, runway_ft) * service_weight(q, airport) *
                 fall_off(distance_m, AIR_HALF_M) * fit_slope(q, above_ft, distance_m) *
                 fit_course(q, offset, distance_m);
    if (!airport->has_elevation)
        fit *= NO_ELEVATION_WEIGHT;
    const double steep = q->end == OVF_END_ARRIVAL ? LINE_DOWN : LINE_UP;
    return above_ft * M_PER_FT < steep * distance_m + LINE_LOW_M &&
                   is_in_line(q, airport, offset, runway_ft)
               ? fit
               : fit / IN_LINE_WEIGHT;
}

bool ovf_fit_is_at_runway(const struct ovf_fit_question *q, const struct ovf_airport *airport,
                          double distance_m)
{
    const double runway_ft = ovf_airports_longest_ft(q->airports, airport);
    if (!is_airfield(airport) || !airport->has_elevation)
        return false;
    const double above_ft = q->height_ft - airport->elevation_ft;
    return above_ft <= LOW_HEIGHT_FT && above_ft >= -LOW_UNDER_FT &&
           distance_m <= LOW_RANGE_M + runway_ft * M_PER_FT / 2 &&
           is_in_line(q, airport, ovf_offset_between(q->at, airport->at), runway_ft);
}
