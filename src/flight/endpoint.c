/* SPDX-License-Identifier: Apache-2.0 */
/* Departure and arrival, after spec/inference.md 2.5.
 *
 * Heights above a field are the fix's geometric altitude where it has one (off by the geoid, 330 ft
 * at most), else the barometric (off by the day's pressure, 800 ft at most), less the elevation.
 * Runways have no coordinates: they are taken to lie about the airport's reference point, in the
 * direction that their number says, which is magnetic.
 * The weights below are judgement, not fitted; they are chosen so that one well-fitting field scores
 * above 0.9 and two that fit alike score below 0.5.
 */
#include "flight/endpoint.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "geo/local.h"
#include "geo/trig.h"

#define M_PER_FT 0.3048
#define M_PER_NMI 1852.0

#define SCORE_LEAST 0.5
#define SCORE_OBSERVED_MOST 0.99
#define SCORE_INFERRED_MOST 0.95
#define SCORE_GROUND_SURE 0.9
/* How much of the score a runner-up takes that fits as well as the best. */
#define RIVAL_SHARE 0.6

#define GROUND_SEARCH_M 15000.0
/* Beyond half the longest runway, from the reference point, it is still the field: by its size. */
#define GROUND_APRON_LARGE_M 2000.0
#define GROUND_APRON_MEDIUM_M 1000.0
#define GROUND_APRON_M 500.0
#define RUNWAY_UNSTATED_M 2000.0
#define GROUND_FALL_M 1000.0 /* farther than that: half as likely */
#define GROUND_HEIGHT_FT 1500.0
#define HELIPAD_M 500.0
#define HELIPORT_WEIGHT 0.7

#define LOW_HEIGHT_FT 1500.0
#define LOW_UNDER_FT 1000.0 /* a barometric altitude may lie below the field */
#define LOW_RANGE_M (3 * M_PER_NMI)
/* How far aside of the reference point runways lie, by the airport's size. */
#define CROSS_LARGE_M 3000.0
#define CROSS_MEDIUM_M 1200.0
#define CROSS_SMALL_M 800.0
/* 20 degrees, and 15 for the variation and the rounding of a runway's number. */
#define ALIGNED_COS 0.8191520442889918

#define INFER_SEARCH_M 60000.0
#define INFER_HEIGHT_FT 10000.0
#define TOO_HIGH_FT 25000.0  /* 10,000 ft above any field there is */
#define INFER_HALF_M 25000.0 /* at this distance a field is half as likely */
#define NEAR_HALF_M 15000.0

#define MAX_CANDIDATES 1024

/* What the leg says of the aircraft: the runway it needs. */
#define FAST_KT 300.0F
#define FAST_FT 28000.0
#define FAST_RUNWAY_FT 5000.0
#define MIDDLE_KT 180.0F
#define MIDDLE_FT 15000.0
#define MIDDLE_RUNWAY_FT 2500.0

/* What is asked of every field. */
struct question {
    const struct ovf_airports *airports;
    enum ovf_end end;
    struct ovf_point at;
    struct ovf_point parked; /* on the ground: the fix farthest from the flight in time */
    bool on_ground;
    bool has_flag; /* the fix itself says that it is on the ground */
    bool has_height;
    double height_ft; /* above the sea, about */
    bool has_course;
    struct ovf_offset course; /* direction of flight, of length 1 */
    int climb;
    double runway_needed_ft;
};

struct candidate {
    uint32_t index;
    double fit;
    double distance_m;
    double above_ft;
};

struct ranking {
    struct candidate best;
    struct candidate second;
    size_t n; /* that fit at all, 0 to 2 */
};

const char *ovf_endpoint_kind_name(enum ovf_endpoint_kind kind)
{
    static const char *const names[] = {
        [OVF_ENDPOINT_UNKNOWN] = "unknown",
        [OVF_ENDPOINT_OBSERVED] = "observed",
        [OVF_ENDPOINT_INFERRED] = "inferred",
        [OVF_ENDPOINT_STATED] = "stated",
    };
    return names[kind];
}

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
                        struct question *q)
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

static struct question ask(const struct ovf_airports *airports, const struct ovf_track *track,
                           const struct ovf_leg *leg, enum ovf_end end)
{
    const bool arrival = end == OVF_END_ARRIVAL;
    struct question q = {.airports = airports, .end = end};
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
    q.climb = ovf_track_climb(track, anchor, leg->first, leg->last, !arrival);
    q.runway_needed_ft = runway_needed_ft(track, leg);
    find_course(track, leg, anchor, &q);
    return q;
}

static double longest_runway_ft(const struct ovf_airports *airports,
                                const struct ovf_airport *airport)
{
    double longest_ft = 0;
    for (uint32_t i = 0; i < airport->n_runways; i++) {
        const struct ovf_runway runway = ovf_airports_runway(airports, airport->first_runway + i);
        if (!runway.closed && runway.length_ft > longest_ft)
            longest_ft = runway.length_ft;
    }
    return longest_ft;
}

/* Would this aircraft use that field? 1 for one that suits it. */
static double suitability(const struct question *q, const struct ovf_airport *airport,
                          double runway_ft)
{
    double weight = 1;
    if (q->runway_needed_ft > 0) {
        if (!(runway_ft > 0))
            weight = airport->scheduled ? 0.9 : 0.5; /* length not known */
        else if (runway_ft < 0.7 * q->runway_needed_ft)
            weight = 0.2;
        else if (runway_ft < q->runway_needed_ft)
            weight = 0.6;
        if (airport->type == OVF_AIRPORT_SMALL && !airport->scheduled)
            weight *= 0.6;
        if (airport->type == OVF_AIRPORT_MEDIUM && !airport->scheduled)
            weight *= 0.75;
    }
    return weight;
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

/* Standing at the field. */
static double fit_ground(const struct question *q, const struct ovf_airport *airport,
                         double distance_m)
{
    const double runway_ft = longest_runway_ft(q->airports, airport);
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
    return (0.6 + 0.4 * suitability(q, airport, runway_ft)) * fall_off(distance_m, NEAR_HALF_M) *
           (excess_m > 0 ? fall_off(excess_m, GROUND_FALL_M) : 1);
}

/* Along the direction of flight, and across it. */
static double along_m(const struct question *q, struct ovf_offset offset)
{
    return offset.east_m * q->course.east_m + offset.north_m * q->course.north_m;
}

static double across_m(const struct question *q, struct ovf_offset offset)
{
    const double across = offset.east_m * q->course.north_m - offset.north_m * q->course.east_m;
    return across < 0 ? -across : across;
}

/* Flying along one of its runways, the field ahead (for a departure: behind) and not far aside. */
static bool is_in_line(const struct question *q, const struct ovf_airport *airport,
                       struct ovf_offset offset, double runway_ft)
{
    if (!q->has_course)
        return false;
    const double cross_m = airport->type == OVF_AIRPORT_LARGE    ? CROSS_LARGE_M
                           : airport->type == OVF_AIRPORT_MEDIUM ? CROSS_MEDIUM_M
                                                                 : CROSS_SMALL_M;
    const double ahead_m = q->end == OVF_END_ARRIVAL ? along_m(q, offset) : -along_m(q, offset);
    if (ahead_m < -(runway_ft * M_PER_FT / 2 + GROUND_APRON_M) ||
        across_m(q, offset) > cross_m + ahead_m / 20)
        return false;
    for (uint32_t i = 0; i < airport->n_runways; i++) {
        const struct ovf_runway runway =
            ovf_airports_runway(q->airports, airport->first_runway + i);
        if (runway.closed || !runway.has_heading)
            continue;
        const double cosine = ovf_offset_course_cos(q->course, runway.heading_deg);
        if (cosine >= ALIGNED_COS || cosine <= -ALIGNED_COS)
            return true;
    }
    return false;
}

static bool goes_the_right_way(const struct question *q)
{
    return q->end == OVF_END_ARRIVAL ? q->climb < 0 : q->climb > 0;
}

/* On short final, or just off the runway. */
static double fit_low(const struct question *q, const struct ovf_airport *airport,
                      double distance_m)
{
    const double runway_ft = longest_runway_ft(q->airports, airport);
    if (!is_airfield(airport) || !airport->has_elevation)
        return 0;
    const double above_ft = q->height_ft - airport->elevation_ft;
    if (above_ft > LOW_HEIGHT_FT || above_ft < -LOW_UNDER_FT ||
        distance_m > LOW_RANGE_M + runway_ft * M_PER_FT / 2 ||
        !is_in_line(q, airport, ovf_offset_between(q->at, airport->at), runway_ft))
        return 0;
    return (0.6 + 0.4 * suitability(q, airport, runway_ft)) * fall_off(distance_m, NEAR_HALF_M);
}

/* On the way to it (or from it), as far as one can tell. */
static double fit_approach(const struct question *q, const struct ovf_airport *airport,
                           double distance_m)
{
    const double runway_ft = longest_runway_ft(q->airports, airport);
    const double above_ft = q->height_ft - (airport->has_elevation ? airport->elevation_ft : 0);
    if (!is_airfield(airport) || above_ft > INFER_HEIGHT_FT || above_ft < -LOW_UNDER_FT)
        return 0;
    const struct ovf_offset offset = ovf_offset_between(q->at, airport->at);
    double fit = suitability(q, airport, runway_ft) * fall_off(distance_m, INFER_HALF_M);
    if (!airport->has_elevation)
        fit *= 0.8;
    if (!is_in_line(q, airport, offset, runway_ft))
        fit *= 0.9;
    if (q->has_course && distance_m > 1) {
        const double cosine = along_m(q, offset) / distance_m;
        fit *= 0.7 + 0.3 * (q->end == OVF_END_ARRIVAL ? cosine : -cosine);
    }
    /* Steeper than 6 degrees to the field, it may well be passing; lower than 1 degree so far out,
     * it may be going to a nearer one. */
    const double height_m = above_ft * M_PER_FT;
    if (height_m * 9.5 > distance_m + 3000)
        fit *= 0.6;
    if (height_m * 57.3 < distance_m - 20000)
        fit *= 0.8;
    return fit;
}

typedef double fit_fn(const struct question *q, const struct ovf_airport *airport,
                      double distance_m);

static struct ranking rank(const struct question *q, double radius_m, fit_fn *fit)
{
    struct ovf_airport_near near[MAX_CANDIDATES];
    struct ranking ranking = {0};
    const size_t n = ovf_airports_near(q->airports, q->at, radius_m, near, MAX_CANDIDATES);
    for (size_t i = 0; i < n; i++) {
        const struct ovf_airport airport = ovf_airports_get(q->airports, near[i].index);
        if (airport.type == OVF_AIRPORT_CLOSED)
            continue;
        const struct candidate candidate = {
            .index = near[i].index,
            .fit = fit(q, &airport, near[i].distance_m),
            .distance_m = near[i].distance_m,
            .above_ft = q->height_ft - (airport.has_elevation ? airport.elevation_ft : 0),
        };
        if (!(candidate.fit > 0))
            continue;
        if (candidate.fit > ranking.best.fit) {
            ranking.second = ranking.best;
            ranking.best = candidate;
        } else if (candidate.fit > ranking.second.fit) {
            ranking.second = candidate;
        }
        ranking.n += ranking.n < 2;
    }
    return ranking;
}

static double score_of(const struct ranking *ranking, double most)
{
    if (ranking->n == 0)
        return 0;
    const double ratio = ranking->n > 1 ? ranking->second.fit / ranking->best.fit : 0;
    const double score = ranking->best.fit * (1 - RIVAL_SHARE * ratio * ratio);
    return score < most ? score : most;
}

static void name_airport(const struct question *q, const struct ranking *ranking,
                         enum ovf_endpoint_kind kind, double score, struct ovf_endpoint *out)
{
    const struct ovf_airport airport = ovf_airports_get(q->airports, ranking->best.index);
    out->kind = kind;
    out->has_airport = true;
    out->airport = ranking->best.index;
    out->has_runner_up = ranking->n > 1;
    out->runner_up = ranking->second.index;
    out->score = score;
    memcpy(out->country, airport.country, sizeof out->country);
}

static void say_nmi(double distance_m, char text[OVF_NUMBER_SIZE])
{
    ovf_number_format(distance_m / M_PER_NMI, 1, text);
}

static void name_near_misses(const struct question *q, const struct ranking *ranking,
                             const char *before, struct ovf_endpoint *out)
{
    const struct ovf_airport best = ovf_airports_get(q->airports, ranking->best.index);
    if (ranking->n == 1) {
        (void)snprintf(out->reason, sizeof out->reason, "%s; perhaps %s", before, best.code);
        return;
    }
    const struct ovf_airport second = ovf_airports_get(q->airports, ranking->second.index);
    (void)snprintf(out->reason, sizeof out->reason, "%s; perhaps %s or %s", before, best.code,
                   second.code);
}

static void find_on_ground(const struct question *q, struct ovf_endpoint *out)
{
    struct ranking ranking = rank(q, GROUND_SEARCH_M, fit_ground);
    double score = score_of(&ranking, SCORE_OBSERVED_MOST);
    if (score < SCORE_GROUND_SURE) { /* the runway's far end: where it taxied to may tell better */
        struct question apron = *q;
        apron.at = q->parked;
        const struct ranking there = rank(&apron, GROUND_SEARCH_M, fit_ground);
        const double score_there = score_of(&there, SCORE_OBSERVED_MOST);
        if (score_there > score) {
            ranking = there;
            score = score_there;
        }
    }
    if (score >= SCORE_LEAST) {
        name_airport(q, &ranking, OVF_ENDPOINT_OBSERVED, score, out);
        (void)snprintf(out->reason, sizeof out->reason, "on the ground at the field");
    } else if (ranking.n > 0) {
        name_near_misses(q, &ranking, "on the ground, at no field for certain", out);
    } else {
        (void)snprintf(out->reason, sizeof out->reason, "on the ground, no field known there");
    }
}

static void say_heard(const struct question *q, const char *why, struct ovf_endpoint *out)
{
    (void)snprintf(out->reason, sizeof out->reason, "%s heard at %ld ft, %s",
                   q->end == OVF_END_ARRIVAL ? "last" : "first", (long)q->height_ft, why);
}

/* How well the best field but \p index fits as the next (or last) one on the way. */
static double rival_fit(const struct question *q, uint32_t index)
{
    const struct ranking ranking = rank(q, INFER_SEARCH_M, fit_approach);
    return ranking.best.index != index ? ranking.best.fit : ranking.second.fit;
}

static bool find_low(const struct question *q, struct ovf_endpoint *out)
{
    const struct ranking ranking = rank(q, GROUND_SEARCH_M, fit_low);
    char distance[OVF_NUMBER_SIZE];
    double score = score_of(&ranking, SCORE_OBSERVED_MOST);
    if (score < SCORE_LEAST)
        return false;
    /* A small field on the way to a large one: low over it, in line with both. */
    const double ratio = rival_fit(q, ranking.best.index) / ranking.best.fit;
    const double less = ranking.best.fit * (1 - RIVAL_SHARE * ratio * ratio);
    score = less < score ? less : score;
    if (score < SCORE_LEAST)
        return false;
    name_airport(q, &ranking, OVF_ENDPOINT_OBSERVED, score, out);
    say_nmi(ranking.best.distance_m, distance);
    (void)snprintf(out->reason, sizeof out->reason,
                   "%s %ld ft above the field, %s NM from it, in line with a runway",
                   q->end == OVF_END_ARRIVAL ? "descending" : "climbing",
                   (long)ranking.best.above_ft, distance);
    return true;
}

static void find_approach(const struct question *q, struct ovf_endpoint *out)
{
    const struct ranking ranking = rank(q, INFER_SEARCH_M, fit_approach);
    const double score = score_of(&ranking, SCORE_INFERRED_MOST);
    char distance[OVF_NUMBER_SIZE];
    if (ranking.n == 0) {
        say_heard(q,
                  q->height_ft > INFER_HEIGHT_FT ? "too high to tell" : "no airport within 60 km",
                  out);
        return;
    }
    if (score < SCORE_LEAST) {
        char text[96];
        (void)snprintf(text, sizeof text, "%s heard at %ld ft, no airport fits well enough",
                       q->end == OVF_END_ARRIVAL ? "last" : "first", (long)q->height_ft);
        name_near_misses(q, &ranking, text, out);
        return;
    }
    name_airport(q, &ranking, OVF_ENDPOINT_INFERRED, score, out);
    say_nmi(ranking.best.distance_m, distance);
    (void)snprintf(out->reason, sizeof out->reason, "%s %ld ft above the field, %s NM from it",
                   q->end == OVF_END_ARRIVAL ? "last heard descending" : "first heard climbing",
                   (long)ranking.best.above_ft, distance);
}

void ovf_endpoint_find(const struct ovf_airports *airports, const struct ovf_track *track,
                       const struct ovf_leg *leg, enum ovf_end end, struct ovf_endpoint *out)
{
    const struct question q = ask(airports, track, leg, end);
    *out = (struct ovf_endpoint){.kind = OVF_ENDPOINT_UNKNOWN};
    if (q.on_ground) {
        find_on_ground(&q, out);
    } else if (!q.has_height) {
        (void)snprintf(out->reason, sizeof out->reason, "the %s fix has no altitude",
                       end == OVF_END_ARRIVAL ? "last" : "first");
    } else if (q.height_ft > TOO_HIGH_FT) {
        say_heard(&q, "too high to tell", out);
    } else if (!goes_the_right_way(&q)) {
        say_heard(&q, end == OVF_END_ARRIVAL ? "not descending" : "not climbing", out);
    } else if (!find_low(&q, out)) {
        find_approach(&q, out);
    }
}
