/* SPDX-License-Identifier: Apache-2.0 */
/* Departure and arrival: the airports about are ranked by how they fit, and a score says how much of all that fits,
 * and of what is not on the map, the best one is. */
#include "flight/endpoint.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "flight/fit.h"

#define M_PER_NMI 1852.0

#define SCORE_LEAST 0.5
#define SCORE_OBSERVED_MOST 0.99
#define SCORE_INFERRED_MOST 0.95
#define SCORE_FAR_MOST 0.89 /* beyond OVF_FIT_NEAR_M none is sure */
#define SCORE_GROUND_SURE 0.9
/* Low before a runway, and no other field fits nearly as well. */
#define SCORE_AT_RUNWAY 0.8
/* On the ground: how much of the score a runner-up takes that fits as well as the best. */
#define RIVAL_SHARE 0.6
/* In the air: the weight of a field that is not on the map, of a flight that goes on. */
#define ELSEWHERE_WEIGHT 0.02

#define GROUND_SEARCH_M 15000.0
#define TOO_HIGH_FT 25000.0 /* 10,000 ft above any field there is */

struct candidate {
    uint32_t index;
    double fit;
    double distance_m;
};

/* The best of those that fit at all, in order. */
struct ranking {
    struct candidate best[OVF_ENDPOINT_CANDIDATES];
    size_t n;
    double sum; /* of all that fit */
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

static void place(struct ranking *ranking, const struct candidate *candidate)
{
    size_t at = ranking->n;
    while (at > 0 && ranking->best[at - 1].fit < candidate->fit)
        at--;
    ranking->sum += candidate->fit;
    if (at == OVF_ENDPOINT_CANDIDATES)
        return;
    if (ranking->n < OVF_ENDPOINT_CANDIDATES)
        ranking->n++;
    for (size_t i = ranking->n - 1; i > at; i--)
        ranking->best[i] = ranking->best[i - 1];
    ranking->best[at] = *candidate;
}

typedef double fit_fn(const struct ovf_fit_question *q, const struct ovf_airport *airport,
                      double distance_m);

struct search {
    const struct ovf_fit_question *q;
    fit_fn *fit;
    struct ranking ranking;
};

static void consider(void *context, uint32_t index, double distance_m)
{
    struct search *const search = context;
    const struct ovf_airport airport = ovf_airports_get(search->q->airports, index);
    if (airport.type == OVF_AIRPORT_CLOSED)
        return;
    const struct candidate candidate = {index, search->fit(search->q, &airport, distance_m),
                                        distance_m};
    if (candidate.fit > 0)
        place(&search->ranking, &candidate);
}

static struct ranking rank(const struct ovf_fit_question *q, double radius_m, fit_fn *fit)
{
    struct search search = {.q = q, .fit = fit};
    ovf_airports_each_near(q->airports, q->at, radius_m, consider, &search);
    return search.ranking;
}

static double at_most(double score, double most)
{
    return score < most ? score : most;
}

static double ground_score(const struct ranking *ranking)
{
    if (ranking->n == 0)
        return 0;
    const double ratio = ranking->n > 1 ? ranking->best[1].fit / ranking->best[0].fit : 0;
    return at_most(ranking->best[0].fit * (1 - RIVAL_SHARE * ratio * ratio), SCORE_OBSERVED_MOST);
}

static double air_score(const struct ranking *ranking)
{
    const double score = ranking->best[0].fit / (ranking->sum + ELSEWHERE_WEIGHT);
    return at_most(score, ranking->best[0].distance_m > OVF_FIT_NEAR_M ? SCORE_FAR_MOST
                                                                       : SCORE_OBSERVED_MOST);
}

static void list_candidates(const struct ranking *ranking, struct ovf_endpoint *out)
{
    out->n_candidates = (unsigned)ranking->n;
    for (size_t i = 0; i < ranking->n; i++)
        out->candidates[i] = ranking->best[i].index;
}

static void name_airport(const struct ovf_fit_question *q, enum ovf_endpoint_kind kind,
                         double score, struct ovf_endpoint *out)
{
    const struct ovf_airport airport = ovf_airports_get(q->airports, out->candidates[0]);
    out->kind = kind;
    out->has_airport = true;
    out->airport = out->candidates[0];
    out->has_runner_up = out->n_candidates > 1;
    out->runner_up = out->candidates[1];
    out->score = score;
    memcpy(out->country, airport.country, sizeof out->country);
}

/* "last heard at 12000 ft, too high to tell" */
static void say_unknown(const struct ovf_fit_question *q, const char *why, struct ovf_endpoint *out)
{
    if (q->on_ground || !q->has_height)
        (void)snprintf(out->reason, sizeof out->reason, "%s", why);
    else
        (void)snprintf(out->reason, sizeof out->reason, "%s heard at %ld ft, %s",
                       q->end == OVF_END_ARRIVAL ? "last" : "first", (long)q->height_ft, why);
}

/* "...; perhaps A or B": near enough to be named, and not one of them fits well enough. */
static void say_doubt(const struct ovf_fit_question *q, const char *why, struct ovf_endpoint *out)
{
    struct ovf_airport airports[2] = {{.code = ""}, {.code = ""}};
    for (unsigned i = 0; i < 2 && i < out->n_candidates; i++)
        airports[i] = ovf_airports_get(q->airports, out->candidates[i]);
    say_unknown(q, why, out);
    const size_t length = strlen(out->reason);
    (void)snprintf(out->reason + length, sizeof out->reason - length, "; perhaps %s%s%s",
                   airports[0].code, out->n_candidates > 1 ? " or " : "", airports[1].code);
}

static void find_on_ground(const struct ovf_fit_question *q, struct ovf_endpoint *out)
{
    struct ranking ranking = rank(q, GROUND_SEARCH_M, ovf_fit_ground);
    double score = ground_score(&ranking);
    if (score < SCORE_GROUND_SURE) { /* the runway's far end: where it taxied to may tell better */
        struct ovf_fit_question apron = *q;
        apron.at = q->parked;
        const struct ranking there = rank(&apron, GROUND_SEARCH_M, ovf_fit_ground);
        const double score_there = ground_score(&there);
        if (score_there > score) {
            ranking = there;
            score = score_there;
        }
    }
    list_candidates(&ranking, out);
    if (score >= SCORE_LEAST) {
        name_airport(q, OVF_ENDPOINT_OBSERVED, score, out);
        (void)snprintf(out->reason, sizeof out->reason, "on the ground at the field");
    } else if (ranking.n > 0) {
        say_doubt(q, "on the ground, at no field for certain", out);
    } else {
        say_unknown(q, "on the ground, no field known there", out);
    }
}

static double height_above_ft(const struct ovf_fit_question *q, const struct ovf_airport *airport)
{
    return q->height_ft - (airport->has_elevation ? airport->elevation_ft : 0);
}

/* "descending 1200 ft above the field, 2.5 NM from it" */
static void say_where(const struct ovf_fit_question *q, const struct candidate *best,
                      const char *before, const char *after, struct ovf_endpoint *out)
{
    const struct ovf_airport airport = ovf_airports_get(q->airports, best->index);
    char distance[OVF_NUMBER_SIZE];
    ovf_number_format(best->distance_m / M_PER_NMI, 1, distance);
    (void)snprintf(out->reason, sizeof out->reason, "%s%s %ld ft above the field, %s NM from it%s",
                   before, q->end == OVF_END_ARRIVAL ? "descending" : "climbing",
                   (long)height_above_ft(q, &airport), distance, after);
}

static void find_in_air(const struct ovf_fit_question *q, struct ovf_endpoint *out)
{
    const struct ranking ranking = rank(q, OVF_FIT_SEARCH_M, ovf_fit_air);
    if (ranking.n == 0) {
        say_unknown(q, "no airport near", out);
        return;
    }
    list_candidates(&ranking, out);
    const struct candidate *best = &ranking.best[0];
    const struct ovf_airport airport = ovf_airports_get(q->airports, best->index);
    const double score = air_score(&ranking);
    if (height_above_ft(q, &airport) + q->height_error_ft > OVF_FIT_HEIGHT_FT) {
        say_unknown(q, "too high to tell", out);
    } else if (best->distance_m > OVF_FIT_FAR_M) {
        say_unknown(q, "too far away to tell", out);
    } else if (score >= SCORE_AT_RUNWAY && ovf_fit_is_at_runway(q, &airport, best->distance_m)) {
        name_airport(q, OVF_ENDPOINT_OBSERVED, score, out);
        say_where(q, best, "", ", in line with a runway", out);
    } else if (score >= SCORE_LEAST) {
        name_airport(q, OVF_ENDPOINT_INFERRED, at_most(score, SCORE_INFERRED_MOST), out);
        say_where(q, best, q->end == OVF_END_ARRIVAL ? "last heard " : "first heard ", "", out);
    } else {
        say_doubt(q, "no airport fits well enough", out);
    }
}

static struct ovf_endpoint_reach reach_of(const struct ovf_fit_question *q,
                                          const struct ovf_fix *fix)
{
    const bool goes_down = q->end == OVF_END_ARRIVAL ? q->climb < 0 : q->climb > 0;
    return (struct ovf_endpoint_reach){
        .is_set = true,
        .on_ground = q->on_ground,
        .t_ns = fix->t_ns,
        .at = fix->at,
        .radius_m = (double)fix->radius_m,
        .descent_ft = goes_down && q->has_height ? fmax(0, q->height_ft + q->height_error_ft)
                                                 : (double)INFINITY,
        .runway_ft = q->runway_needed_ft};
}

void ovf_endpoint_find(const struct ovf_airports *airports, const struct ovf_track *track,
                       const struct ovf_leg *leg, enum ovf_end end, struct ovf_endpoint *out)
{
    const struct ovf_fit_question q = ovf_fit_ask(airports, track, leg, end);
    const bool arrival = end == OVF_END_ARRIVAL;
    *out = (struct ovf_endpoint){.kind = OVF_ENDPOINT_UNKNOWN};
    if (q.on_ground) {
        find_on_ground(&q, out);
    } else if (!q.has_height) {
        say_unknown(&q, arrival ? "the last fix has no altitude" : "the first fix has no altitude",
                    out);
    } else if (q.height_ft > TOO_HIGH_FT) {
        say_unknown(&q, "too high to tell", out);
    } else if (arrival ? q.climb >= 0 : q.climb <= 0) {
        say_unknown(&q, arrival ? "not descending" : "not climbing", out);
    } else {
        find_in_air(&q, out);
    }
    if (out->kind == OVF_ENDPOINT_UNKNOWN)
        out->reach = reach_of(&q, &track->fixes.items[arrival ? leg->last : leg->first]);
}
