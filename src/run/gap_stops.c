/* SPDX-License-Identifier: Apache-2.0 */
#include "run/gap_stops.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "flight/countries.h"
#include "reach/frame.h"

/* A runway of this length is what a jet airliner lands on. */
static const double runway_least_ft = 5000;

/** All places in order of time, and what can be flown from each to each later one. */
struct places {
    struct ovf_anchor *items;
    size_t n;
    struct ovf_frame *frames; /* n by n; from one to a later one */
    double *stop_s;           /* likewise: between the two, the longest by these and all around */
    double hard_mps;
};

static void places_deinit(struct places *p)
{
    free(p->items);
    free(p->frames);
    free(p->stop_s);
}

static enum ovf_status lay_frames(struct places *p, const struct ovf_region *none,
                                  const struct ovf_speed_limits *limits, struct ovf_error *err)
{
    for (size_t i = 0; i < p->n; i++) {
        for (size_t k = i + 1; k < p->n; k++) {
            if (p->items[i].t_ns == p->items[k].t_ns)
                continue;
            const enum ovf_status st = ovf_reach_check(&p->items[i], &p->items[k], limits, err);
            if (st != OVF_OK)
                return st;
            p->frames[i * p->n + k] = ovf_frame_of(none, &p->items[i], &p->items[k], limits);
        }
    }
    return OVF_OK;
}

static enum ovf_status places_init(struct places *p, const struct ovf_gap_question *r,
                                   const struct ovf_region *none, struct ovf_error *err)
{
    p->n = r->n_discs + 2;
    p->hard_mps = r->limits.hard_kt * OVF_MPS_PER_KT;
    p->items = malloc(p->n * sizeof *p->items);
    p->frames = calloc(p->n * p->n, sizeof *p->frames);
    p->stop_s = calloc(p->n * p->n, sizeof *p->stop_s);
    if (p->items == NULL || p->frames == NULL || p->stop_s == NULL)
        return OVF_E_NOMEM;
    p->items[0] = r->last;
    for (size_t i = 0; i < r->n_discs; i++)
        p->items[i + 1] = r->discs[i];
    p->items[p->n - 1] = r->next;
    return lay_frames(p, none, &r->limits, err);
}

/** What is left of the time between two places after the way by \p at; none where there is no time. */
static double left_s(const struct places *p, size_t i, size_t k, struct ovf_unit at)
{
    const struct ovf_frame *frame = &p->frames[i * p->n + k];
    if (p->items[i].t_ns == p->items[k].t_ns)
        return -1;
    const double way_m =
        (ovf_arc_rad(frame->from_unit, at) + ovf_arc_rad(at, frame->to_unit)) * frame->scale_m;
    return (frame->flyable_m - way_m) / p->hard_mps;
}

/** From the widest two places inwards: what any two leave bounds all stops between them. */
static void bound_stops(struct places *p, struct ovf_unit at)
{
    for (size_t i = 0; i < p->n; i++) {
        for (size_t k = p->n - 1; k > i; k--) {
            double *const stop_s = &p->stop_s[i * p->n + k];
            *stop_s = left_s(p, i, k, at);
            if (i > 0)
                *stop_s = fmin(*stop_s, p->stop_s[(i - 1) * p->n + k]);
            if (k + 1 < p->n)
                *stop_s = fmin(*stop_s, p->stop_s[i * p->n + k + 1]);
        }
    }
}

static double longest_stop_s(struct places *p, struct ovf_unit at)
{
    double longest_s = -1;
    bound_stops(p, at);
    for (size_t i = 0; i < p->n; i++) {
        bool stood = true; /* it can have, at the time of each place between */
        for (size_t k = i + 1; k < p->n && stood; k++) {
            const double off_m = ovf_arc_rad(p->frames[k].to_unit, at) * OVF_ARC_LEAST_M;
            longest_s = fmax(longest_s, p->stop_s[i * p->n + k]);
            stood = off_m <= p->items[k].radius_m;
        }
    }
    return longest_s;
}

static bool can_take(const struct ovf_airports *airports, const struct ovf_airport *airport)
{
    return airport->type != OVF_AIRPORT_CLOSED &&
           ovf_airports_longest_ft(airports, airport) >= runway_least_ft;
}

static enum ovf_status push(struct ovf_gap_answer *a, struct ovf_gap_stop stop)
{
    struct ovf_gap_stop *grown =
        ovf_array_reserve(a->stops, &a->stops_capacity, a->n_stops + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    a->stops = grown;
    a->stops[a->n_stops++] = stop;
    return OVF_OK;
}

static int compare_stops(const void *x, const void *y)
{
    const struct ovf_gap_stop *a = x;
    const struct ovf_gap_stop *b = y;
    if (a->stop_s < b->stop_s || a->stop_s > b->stop_s)
        return a->stop_s > b->stop_s ? -1 : 1;
    return (a->airport > b->airport) - (a->airport < b->airport);
}

enum ovf_status ovf_gap_stops_find(const struct ovf_gap_question *request,
                                   const struct ovf_question *question,
                                   struct ovf_gap_answer *answer, struct ovf_error *err)
{
    const struct ovf_airports *airports = &question->airports;
    const struct ovf_region none = {.index = &question->editions[0].index};
    struct places places = {.n = 0};
    enum ovf_status st = places_init(&places, request, &none, err);
    for (uint32_t i = 0; question->config.airports != NULL && i < airports->n && st == OVF_OK;
         i++) {
        const struct ovf_airport airport = ovf_airports_get(airports, i);
        const double stop_s = longest_stop_s(&places, ovf_arc_unit(airport.at));
        if (stop_s >= OVF_STOP_LEAST_S && can_take(airports, &airport))
            st = push(answer, (struct ovf_gap_stop){i, stop_s});
    }
    if (answer->n_stops > 1)
        qsort(answer->stops, answer->n_stops, sizeof *answer->stops, compare_stops);
    places_deinit(&places);
    return st;
}
