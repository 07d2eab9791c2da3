/* SPDX-License-Identifier: Apache-2.0 */
/* Halves of positions to positions.
 *
 * The windows are those of RTCA DO-260B A.1.7.5 to A.1.7.10 with a stricter one for pairs that fast aircraft send. The
 * test of reach has the structure of readsb's (larger of the speeds, growing with its age, a factor for an
 * unknown one), with one difference: nothing is accepted for being first. A first position waits
 * until a pair agrees that was sent after it: not one that shares a half with it, nor a copy that another receiver heard.
 */
#include "decode/place.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/time.h"
#include "decode/cpr_parts.h"
#include "geo/local.h"

#define M_PER_NM 1852.0
#define M_PER_FT 0.3048
#define MPS_PER_KT (M_PER_NM / 3600.0)

#define PAIR_AIRBORNE_NS (10 * OVF_NS_PER_S)
#define PAIR_APART_NM 3.0
#define PAIR_SURFACE_NS (25 * OVF_NS_PER_S)
#define PAIR_SURFACE_SLOW_NS (50 * OVF_NS_PER_S)
#define PAIR_FAST_KT (PAIR_APART_NM * 3600 / 10) /* that far in PAIR_AIRBORNE_NS */
#define SURFACE_SLOW_KT 25.0
#define LOCAL_AGE_NS (600 * OVF_NS_PER_S)
#define REFERENCE_AGE_NS (3600 * OVF_NS_PER_S)

#define SPEED_AIRBORNE_KT 900.0
#define SPEED_SURFACE_KT 120.0
#define SPEED_CAP_KT 2000.0
#define SPEED_FACTOR 1.3
#define ACCELERATION_KT_PER_S 3.0
#define REACH_AIRBORNE_M 30.0
#define REACH_SURFACE_M 10.0
#define SLACK_S 0.2
/* Straight ahead, within 10 degrees of the reported track: a position that is stamped a few seconds late. */
#define AHEAD_M 2000.0
#define AHEAD_COS 0.984807753012208
#define MLAT_FACTOR 1.4
#define MLAT_EXTRA_KT 50.0
#define MLAT_EXTRA_M 250.0

/* The same message by another way comes sooner; an aircraft sends its next position 0.4 s later at the earliest. */
#define LATER_NS (200 * OVF_NS_PER_MS)

#define TRUST_MAX 4.0
#define TRUST_GOOD 1.0
#define TRUST_LOCAL TRUST_BAD /* it is near the last one by the way that it is found */
#define TRUST_BAD 0.26
#define TRUST_LOST 0.1

/* A zone is 360 NM high and at least as wide, in the air; on the ground a quarter of that. */
#define ZONE_AIRBORNE_M (360 * M_PER_NM)
/* Radio range, metres: 4,120 times the sum of the roots of both heights. The receiver's is not known: a hill
 * of 100 m. An unknown one of an aircraft: no airliner flies higher. */
#define RANGE_PER_ROOT 4120.0
#define RECEIVER_ROOT 10.0
#define HIGHEST_M 15000.0
/* No receiver on the ground hears an aircraft further away than this. */
#define RECEIVER_RANGE_M 800000.0
/* What receivers write who know no place. */
#define NULL_ISLAND_E7 (OVF_E7_PER_DEG / 100)

const char *ovf_place_kind_name(enum ovf_place_kind kind)
{
    static const char *const names[] = {[OVF_PLACE_NONE] = "none",
                                        [OVF_PLACE_GLOBAL] = "global",
                                        [OVF_PLACE_LOCAL] = "local",
                                        [OVF_PLACE_RECEIVER] = "receiver"};
    return names[kind];
}

static inline uint64_t pair_window_ns(bool is_surface, const struct ovf_place_hint *hint)
{
    if (is_surface)
        return hint->has_gs && hint->gs_kt <= SURFACE_SLOW_KT ? PAIR_SURFACE_SLOW_NS
                                                              : PAIR_SURFACE_NS;
    if (!hint->has_gs || hint->gs_kt <= PAIR_FAST_KT)
        return PAIR_AIRBORNE_NS;
    return (uint64_t)(PAIR_APART_NM * 3600 / hint->gs_kt * (double)OVF_NS_PER_S);
}

/** Whether there are two halves that are near enough to be a pair, the one just heard being \p newer. */
static inline bool is_pair(const struct ovf_place *place, const struct ovf_place_half *newer,
                           const struct ovf_place_hint *hint)
{
    return place->has_half[0] && place->has_half[1] &&
           ovf_heard_apart(place->halves[0].t_ns, place->halves[1].t_ns) <=
               pair_window_ns(newer->cpr.is_surface, hint);
}

/** Two halves as a pair of the ground. */
static bool find_on_ground(const struct ovf_place *place, const struct ovf_place_half *newer,
                           const struct ovf_place_hint *hint, struct ovf_point *at)
{
    const struct ovf_place_half *const even = &place->halves[0];
    const struct ovf_place_half *const odd = &place->halves[1];
    const struct ovf_point *const reference =
        place->has && place->is_confirmed ? &place->at : hint->receiver;
    return even->cpr.is_surface && is_pair(place, newer, hint) &&
           ovf_cpr_global(&even->cpr, &odd->cpr, newer == odd, reference, at);
}

/** Half the size of a zone, and in the air so much less that another place that gives the same half is further
 * from the receiver than radio reaches. */
static double receiver_limit_m(bool is_surface, int64_t t_ns, const struct ovf_place_hint *hint)
{
    const struct ovf_heard_number *const alt_ft = hint->alt_ft;
    const bool is_high = alt_ft != NULL && ovf_heard_holds(alt_ft, t_ns) && alt_ft->value > 0;
    const double height_m = is_high ? alt_ft->value * M_PER_FT : HIGHEST_M;
    const double range_m = RANGE_PER_ROOT * (RECEIVER_ROOT + sqrt(height_m));
    if (is_surface)
        return ZONE_AIRBORNE_M / 4 / 2;
    return range_m < ZONE_AIRBORNE_M / 2 ? ZONE_AIRBORNE_M / 2 : ZONE_AIRBORNE_M - range_m;
}

/** The half, read beside the receiver, where that can be read in one way only. */
static bool find_by_receiver(const struct ovf_place_half *half, const struct ovf_place_hint *hint,
                             struct ovf_point *at)
{
    return hint->receiver != NULL && ovf_cpr_local(&half->cpr, *hint->receiver, at) &&
           ovf_point_chord_m(*hint->receiver, *at) <
               receiver_limit_m(half->cpr.is_surface, half->t_ns, hint);
}

/** The half alone, beside the last position. */
static bool find_local(const struct ovf_place *place, const struct ovf_place_half *half,
                       struct ovf_point *at)
{
    return place->has && ovf_heard_apart(place->t_ns, half->t_ns) <= LOCAL_AGE_NS &&
           ovf_cpr_local(&half->cpr, place->at, at);
}

/* A place that was found; of OVF_PLACE_NONE none. By value, that it need not be kept in memory. */
struct found {
    enum ovf_place_kind kind;
    struct ovf_point at;
};

/** Where the half leads that is of no pair of the air. */
__attribute__((noinline)) static struct found find_otherwise(const struct ovf_place *place,
                                                             const struct ovf_place_half *half,
                                                             const struct ovf_place_hint *hint)
{
    struct found found = {.kind = OVF_PLACE_NONE};
    if (find_on_ground(place, half, hint, &found.at))
        found.kind = OVF_PLACE_GLOBAL;
    else if (place->is_confirmed && find_local(place, half, &found.at))
        found.kind = OVF_PLACE_LOCAL;
    else if (find_by_receiver(half, hint, &found.at))
        found.kind = OVF_PLACE_RECEIVER;
    else if (find_local(place, half, &found.at))
        found.kind = OVF_PLACE_LOCAL;
    return found;
}

/** Where the half leads, nearly always with its pair in the air. */
static inline struct found find(const struct ovf_place *place, const struct ovf_place_half *half,
                                const struct ovf_place_hint *hint)
{
    const struct ovf_cpr *const even = &place->halves[0].cpr;
    const struct ovf_cpr *const odd = &place->halves[1].cpr;
    struct found found = {.kind = OVF_PLACE_GLOBAL};
    if (!even->is_surface && !odd->is_surface && is_pair(place, half, hint) &&
        ovf_cpr_global_air(even, odd, half->cpr.is_odd, &found.at))
        return found;
    return find_otherwise(place, half, hint);
}

static bool is_somewhere(struct ovf_point at, const struct ovf_place_hint *hint)
{
    const bool is_null_island = at.lat_e7 > -NULL_ISLAND_E7 && at.lat_e7 < NULL_ISLAND_E7 &&
                                at.lon_e7 > -NULL_ISLAND_E7 && at.lon_e7 < NULL_ISLAND_E7;
    return !is_null_island &&
           (hint->receiver == NULL || ovf_point_chord_m(*hint->receiver, at) <= RECEIVER_RANGE_M);
}

/** Of less than 2^63 ns. */
static inline double seconds(uint64_t ns)
{
    return (double)(int64_t)ns * 1e-9;
}

/** How far it can be from the last position after \p dt_ns. */
static inline double reach_m(const struct ovf_place *place, bool is_surface, uint64_t dt_ns,
                             const struct ovf_place_hint *hint)
{
    const bool on_ground = is_surface && place->is_surface;
    double speed_kt = on_ground ? SPEED_SURFACE_KT : SPEED_AIRBORNE_KT;
    double base_m = on_ground ? REACH_SURFACE_M : REACH_AIRBORNE_M;
    if (hint->has_gs)
        speed_kt =
            (hint->gs_kt + ACCELERATION_KT_PER_S * seconds(hint->gs_age_ns + dt_ns)) * SPEED_FACTOR;
    if (hint->is_mlat) {
        speed_kt = speed_kt * MLAT_FACTOR + MLAT_EXTRA_KT;
        base_m += MLAT_EXTRA_M;
    }
    if (speed_kt > SPEED_CAP_KT)
        speed_kt = SPEED_CAP_KT;
    return base_m + (seconds(dt_ns) + SLACK_S) * speed_kt * MPS_PER_KT;
}

static bool is_ahead(const struct ovf_place *place, struct ovf_point at, int64_t t_ns,
                     const struct ovf_place_hint *hint)
{
    const struct ovf_heard_number *const track_deg = hint->track_deg;
    return track_deg != NULL && ovf_heard_holds(track_deg, t_ns) &&
           ovf_offset_course_cos(ovf_offset_between(place->at, at), track_deg->value) >= AHEAD_COS;
}

/** North or south, then east or west, as if along the equator: surely no less than the chord. */
static inline double way_around_m(struct ovf_point a, struct ovf_point b)
{
    static const double m_per_e7 = 0.01112; /* 0.0111195, rounded up */
    return m_per_e7 * (double)(llabs((int64_t)b.lat_e7 - a.lat_e7) +
                               llabs(ovf_lon_difference(a.lon_e7, b.lon_e7)));
}

/** Where the way around is too long. */
__attribute__((noinline)) static bool is_in_reach_straight(const struct ovf_place *place,
                                                           struct ovf_point at,
                                                           const struct ovf_place_half *half,
                                                           double limit_m,
                                                           const struct ovf_place_hint *hint)
{
    if (ovf_point_chord_bound_m(place->at, at) <= limit_m)
        return true;
    const double distance_m = ovf_point_chord_m(place->at, at);
    return distance_m <= limit_m || (!half->cpr.is_surface && distance_m <= limit_m + AHEAD_M &&
                                     is_ahead(place, at, half->t_ns, hint));
}

static inline bool is_in_reach(const struct ovf_place *place, struct ovf_point at,
                               const struct ovf_place_half *half, uint64_t dt_ns,
                               const struct ovf_place_hint *hint)
{
    const double limit_m = reach_m(place, half->cpr.is_surface, dt_ns, hint);
    return way_around_m(place->at, at) <= limit_m ||
           is_in_reach_straight(place, at, half, limit_m, hint);
}

static void set(struct ovf_place *place, struct ovf_point at, const struct ovf_place_half *half)
{
    place->has = true;
    place->at = at;
    place->t_ns = half->t_ns;
    place->is_surface = half->cpr.is_surface;
}

/** The first position of a new chain. */
static void restart(struct ovf_place *place, struct ovf_point at, const struct ovf_place_half *half)
{
    set(place, at, half);
    place->is_confirmed = false;
    place->first_ns = half->t_ns;
    place->trust = TRUST_GOOD;
}

static bool is_later(const struct ovf_place_half *half, const struct ovf_place *place)
{
    return half->t_ns > place->first_ns && half->t_ns - place->first_ns >= LATER_NS;
}

/** A position that is within reach of the last. */
static void go_on(struct ovf_place *place, struct ovf_point at, const struct ovf_place_half *half,
                  enum ovf_place_kind kind)
{
    const struct ovf_place_half *const other = &place->halves[half->cpr.is_odd ? 0 : 1];
    set(place, at, half);
    place->trust += kind == OVF_PLACE_GLOBAL ? TRUST_GOOD : TRUST_LOCAL;
    if (place->trust > TRUST_MAX)
        place->trust = TRUST_MAX;
    /* one half beside the last position agrees also with one that is in a wrong zone */
    if (!place->is_confirmed && kind != OVF_PLACE_LOCAL && is_later(half, place) &&
        (kind != OVF_PLACE_GLOBAL || is_later(other, place)))
        place->is_confirmed = true;
}

/** A position out of reach: refused, or the first of a new chain. */
static struct found miss(struct ovf_place *place, const struct ovf_place_half *half,
                         struct found found)
{
    place->trust -= TRUST_BAD;
    if (found.kind != OVF_PLACE_GLOBAL || (place->is_confirmed && place->trust >= TRUST_LOST))
        return (struct found){.kind = OVF_PLACE_NONE};
    restart(place, found.at, half);
    return found;
}

/** A position out of reach, unless the half alone is within: then the other of its pair may be another aircraft's. */
__attribute__((noinline)) static struct found accept_beside(struct ovf_place *place,
                                                            const struct ovf_place_half *half,
                                                            const struct ovf_place_hint *hint,
                                                            struct found found)
{
    const uint64_t dt_ns = ovf_heard_apart(place->t_ns, half->t_ns);
    struct found local = {.kind = OVF_PLACE_LOCAL};
    if (found.kind != OVF_PLACE_GLOBAL || !find_local(place, half, &local.at) ||
        !is_in_reach(place, local.at, half, dt_ns, hint))
        return miss(place, half, found);
    go_on(place, local.at, half, OVF_PLACE_LOCAL);
    return local;
}

/** A position that was found, if it goes on from the last one or begins anew; OVF_PLACE_NONE: it is refused. */
static inline struct found accept(struct ovf_place *place, const struct ovf_place_half *half,
                                  const struct ovf_place_hint *hint, struct found found)
{
    const uint64_t dt_ns = ovf_heard_apart(place->t_ns, half->t_ns);
    if (!is_somewhere(found.at, hint))
        return (struct found){.kind = OVF_PLACE_NONE};
    if (!place->has || dt_ns > REFERENCE_AGE_NS)
        restart(place, found.at, half);
    else if (is_in_reach(place, found.at, half, dt_ns, hint))
        go_on(place, found.at, half, found.kind);
    else
        return accept_beside(place, half, hint, found);
    return found;
}

void ovf_place_take(struct ovf_place *place, const struct ovf_cpr *cpr, int64_t t_ns,
                    const struct ovf_place_hint *hint, struct ovf_placed *placed)
{
    struct ovf_place_half *const half = &place->halves[cpr->is_odd ? 1 : 0];
    *placed = (struct ovf_placed){.kind = OVF_PLACE_NONE};
    if (cpr->lat == 0 && cpr->lon == 0)
        return; /* what transponders send that know no place */
    *half = (struct ovf_place_half){t_ns, *cpr};
    place->has_half[cpr->is_odd ? 1 : 0] = true;
    const struct found found = find(place, half, hint);
    if (found.kind == OVF_PLACE_NONE)
        return;
    const struct found taken = accept(place, half, hint, found);
    if (taken.kind != OVF_PLACE_NONE)
        *placed = (struct ovf_placed){
            .kind = taken.kind, .is_confirmed = place->is_confirmed, .at = taken.at};
    else
        placed->is_refused = true;
}
