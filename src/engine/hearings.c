/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/hearings.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/local.h"
#include "reach/chain.h"
#include "reach/frame.h"
#include "track/sight.h"

/* Unbelieved positions come every half second: one of them in so long. */
static const int64_t apart_ns = 60 * OVF_NS_PER_S;

/* A barometric altitude is no height: hot air is a tenth thicker than the standard's (30 K of 255 K); a sea level
 * pressure of 1,045 hPa, and a climb of ten seconds, which an altitude may be old, are below 600 m together. */
static const double thicker = 1.12;
static const double higher_m = 600;

/* Beyond a leg: who took twice the time may have landed in between. */
static const double hurried_share = 0.5;

void ovf_hearings_deinit(struct ovf_hearings *hearings)
{
    free(hearings->items);
    *hearings = (struct ovf_hearings){0};
}

static enum ovf_status push(struct ovf_hearings *hearings, struct ovf_anchor item)
{
    struct ovf_anchor *grown =
        ovf_array_reserve(hearings->items, &hearings->capacity, hearings->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    hearings->items = grown;
    hearings->items[hearings->n++] = item;
    return OVF_OK;
}

/** As far as \p receiver hears the sender of \p fix. A satellite's altitude may be as false as the place. */
static double range_m(const struct ovf_fix *fix, const struct ovf_receiver_place *receiver,
                      const struct ovf_detect_config *config)
{
    double height_m = OVF_SIGHT_HIGHEST_M;
    if ((fix->has & OVF_FIX_ALT_BARO) != 0 && (fix->flags & OVF_FIX_ON_GROUND) == 0)
        height_m = fix->alt_baro_ft > 0 ? fix->alt_baro_ft * OVF_M_PER_FT : 0;
    return ovf_sight_m(config, receiver, thicker * height_m + higher_m);
}

/** Frames tell who sent a position; of a line it may be a ground station. */
static bool is_heard_itself(const struct ovf_fix *fix)
{
    return fix->source == OVF_SOURCE_ADSB && (fix->flags & OVF_FIX_DIRECT) != 0;
}

static enum ovf_status add_unbelieved(const struct ovf_track *track, size_t first, size_t end,
                                      const struct ovf_detect_config *config,
                                      struct ovf_hearings *hearings)
{
    int64_t last_ns = INT64_MIN;
    enum ovf_status st = OVF_OK;
    for (size_t i = first; i < end && st == OVF_OK; i++) {
        const struct ovf_fix *const fix = &track->fixes.items[i];
        if (fix->grade != OVF_GRADE_X || !is_heard_itself(fix) ||
            (last_ns != INT64_MIN && fix->t_ns - last_ns < apart_ns))
            continue;
        const struct ovf_receiver_place *const receiver =
            ovf_receivers_place(config->receivers, fix->receiver);
        if (receiver == NULL)
            continue;
        last_ns = fix->t_ns;
        st = push(hearings,
                  (struct ovf_anchor){fix->t_ns, receiver->at, range_m(fix, receiver, config)});
    }
    return st;
}

static int compare_hearings(const void *x, const void *y)
{
    const struct ovf_anchor *a = x;
    const struct ovf_anchor *b = y;
    if (a->t_ns != b->t_ns)
        return a->t_ns < b->t_ns ? -1 : 1;
    if (a->radius_m < b->radius_m || a->radius_m > b->radius_m)
        return a->radius_m < b->radius_m ? -1 : 1;
    if (a->at.lat_e7 != b->at.lat_e7)
        return a->at.lat_e7 < b->at.lat_e7 ? -1 : 1;
    return (a->at.lon_e7 > b->at.lon_e7) - (a->at.lon_e7 < b->at.lon_e7);
}

/** Whether it can have flown from where \p fix has it to where it was heard, or from there. */
static bool can_join(const struct ovf_fix *fix, const struct ovf_anchor *heard,
                     const struct ovf_speed_limits *limits)
{
    const int64_t apart =
        heard->t_ns > fix->t_ns ? heard->t_ns - fix->t_ns : fix->t_ns - heard->t_ns;
    const double flown_m =
        limits->hard_kt * OVF_MPS_PER_KT * ((double)apart / OVF_NS_PER_S + 2 * limits->clock_s);
    return ovf_point_chord_m(fix->at, heard->at) <=
           flown_m + heard->radius_m + (double)fix->radius_m;
}

/** Whether each can be joined with the believed fixes around it. */
static bool agree(const struct ovf_track *track, size_t first, size_t end,
                  const struct ovf_hearings *hearings, const struct ovf_speed_limits *limits)
{
    const struct ovf_fix *before = NULL;
    size_t k = 0; /* hearings before this one are no later than the fix before */
    for (size_t i = first; i < end; i++) {
        const struct ovf_fix *const fix = &track->fixes.items[i];
        if (fix->grade == OVF_GRADE_X)
            continue;
        for (; k < hearings->n && hearings->items[k].t_ns <= fix->t_ns; k++) {
            if (!can_join(fix, &hearings->items[k], limits) ||
                (before != NULL && !can_join(before, &hearings->items[k], limits)))
                return false;
        }
        before = fix;
    }
    for (; k < hearings->n && before != NULL; k++) {
        if (!can_join(before, &hearings->items[k], limits))
            return false;
    }
    return true;
}

/** What is heard from here on, before fix \p first, is of no fix before. */
static int64_t begin_of(const struct ovf_track *track, size_t first)
{
    const struct ovf_fix *const fix = &track->fixes.items[first];
    const int64_t begin_ns = fix->t_ns - OVF_HEARD_BEYOND_NS;
    return first > 0 && fix[-1].t_ns >= begin_ns ? fix[-1].t_ns + 1 : begin_ns;
}

static int64_t end_of(const struct ovf_track *track, size_t last)
{
    const struct ovf_fix *const fix = &track->fixes.items[last];
    const int64_t end_ns = fix->t_ns + OVF_HEARD_BEYOND_NS;
    return last + 1 < track->fixes.n && fix[1].t_ns <= end_ns ? fix[1].t_ns - 1 : end_ns;
}

enum ovf_status ovf_hearings_find(const struct ovf_track *track, size_t first, size_t last,
                                  const struct ovf_detect_config *config,
                                  const struct ovf_speed_limits *limits,
                                  struct ovf_hearings *hearings)
{
    size_t n = 0;
    hearings->n = 0;
    if (limits->never_necessary)
        return OVF_OK;
    size_t heard;
    const size_t end_heard =
        ovf_track_hearings_between(track, begin_of(track, first), end_of(track, last), &heard) +
        heard;
    enum ovf_status st = add_unbelieved(track, first, last + 1, config, hearings);
    for (size_t i = heard; i < end_heard && st == OVF_OK; i++) {
        const struct ovf_fix *const fix = &track->hearings.items[i];
        const struct ovf_receiver_place *const told =
            ovf_receivers_place(config->receivers, fix->receiver);
        const struct ovf_receiver_place there = {.at = fix->at};
        const double within_m = range_m(fix, told != NULL ? told : &there, config);
        st = push(hearings, (struct ovf_anchor){fix->t_ns, fix->at, within_m});
    }
    if (st != OVF_OK || hearings->n == 0)
        return st;
    qsort(hearings->items, hearings->n, sizeof *hearings->items, compare_hearings);
    for (size_t i = 0; i < hearings->n; i++) {
        if (n == 0 || hearings->items[n - 1].t_ns < hearings->items[i].t_ns)
            hearings->items[n++] = hearings->items[i];
    }
    hearings->n = n;
    if (!agree(track, first, last + 1, hearings, limits))
        hearings->n = 0;
    return OVF_OK;
}

/** The one of [begin, end) that cuts most off; \p end where there is none. */
static size_t sharpest(const struct ovf_gap_hearings *heard, const double *cut_m, size_t begin,
                       size_t end)
{
    size_t best = end;
    for (size_t i = begin; i < end && i < heard->n; i++) {
        if (best == end || cut_m[i] > cut_m[best])
            best = i;
    }
    return best;
}

/** Neighbours tell nearly the same: one of each third. */
static void choose_discs(const struct ovf_anchor *from, const struct ovf_anchor *to, double hard_kt,
                         struct ovf_gap_hearings *out)
{
    double cut_m[OVF_GAP_HEARINGS_MAX] = {0};
    for (size_t i = 0; i < out->n; i++)
        cut_m[i] = ovf_reach_disc_cut_m(from, to, &out->items[i], hard_kt);
    for (size_t k = 0; k < OVF_GAP_DISCS_MAX; k++) {
        const size_t end = (k + 1) * out->n / OVF_GAP_DISCS_MAX;
        const size_t best = sharpest(out, cut_m, k * out->n / OVF_GAP_DISCS_MAX, end);
        if (best < end)
            out->discs[out->n_discs++] = out->items[best];
    }
}

static bool is_in_gap(const struct ovf_anchor *item, const struct ovf_anchor *from,
                      const struct ovf_anchor *to)
{
    return item->t_ns > from->t_ns && item->t_ns < to->t_ns;
}

struct ovf_gap_hearings ovf_hearings_of_gap(const struct ovf_hearings *hearings,
                                            const struct ovf_anchor *from,
                                            const struct ovf_anchor *to, double hard_kt)
{
    enum { LAST = OVF_GAP_HEARINGS_MAX - 1 };
    struct ovf_gap_hearings out = {.n = 0};
    size_t n_cutting = 0;
    size_t at = 0;
    for (size_t i = 0; i < hearings->n; i++) {
        const struct ovf_anchor *const item = &hearings->items[i];
        if (is_in_gap(item, from, to) && ovf_reach_disc_cut_m(from, to, item, hard_kt) > 0)
            n_cutting++;
    }
    const bool is_thinned = n_cutting > OVF_GAP_HEARINGS_MAX;
    for (size_t i = 0; i < hearings->n && n_cutting > 0; i++) {
        const struct ovf_anchor *const item = &hearings->items[i];
        if (!is_in_gap(item, from, to) || ovf_reach_disc_cut_m(from, to, item, hard_kt) <= 0)
            continue;
        if (!is_thinned || at == out.n * (n_cutting - 1) / LAST)
            out.items[out.n++] = *item;
        at++;
    }
    choose_discs(from, to, hard_kt, &out);
    return out;
}

/** The average that the way from the place to the disc takes at the least, within rounding. */
static double needed_kt(const struct ovf_anchor *at, const struct ovf_anchor *disc,
                        const struct ovf_speed_limits *limits)
{
    const double way_m = ovf_point_chord_m(at->at, disc->at) - at->radius_m - disc->radius_m;
    const double time_s = fabs(ovf_time_seconds(at->t_ns, disc->t_ns)) + 2 * limits->clock_s;
    return way_m / fmax(time_s, 1e-9) / OVF_MPS_PER_KT;
}

const struct ovf_anchor *ovf_hearings_beyond(const struct ovf_hearings *hearings,
                                             const struct ovf_anchor *at, int64_t until_ns,
                                             const struct ovf_speed_limits *limits)
{
    const struct ovf_anchor *best = NULL;
    double best_kt = hurried_share * limits->hard_kt;
    for (size_t i = 0; i < hearings->n; i++) {
        const struct ovf_anchor *const disc = &hearings->items[i];
        const bool is_beyond = until_ns > at->t_ns ? disc->t_ns > at->t_ns && disc->t_ns < until_ns
                                                   : disc->t_ns < at->t_ns && disc->t_ns > until_ns;
        const double kt = is_beyond ? needed_kt(at, disc, limits) : 0;
        if (kt > best_kt) {
            best = disc;
            best_kt = kt;
        }
    }
    return best;
}
