/* SPDX-License-Identifier: Apache-2.0 */
/* Halves of positions to positions.
 *
 * The windows are those of RTCA DO-260B A.1.7.5 to A.1.7.10 with a stricter one for pairs that fast aircraft send. The
 * test of reach has the structure of readsb's (larger of the speeds, growing with its age, a factor for an
 * unknown one), with one difference: nothing is accepted for being first. A first position waits
 * until a pair agrees that was sent after it: not one that shares a half with it, nor a copy that another receiver
 * heard.
 */
#include "decode/place.h"

#include <math.h>
#include <stddef.h>

#include "base/time.h"
#include "decode/place_parts.h"
#include "geo/local.h"

#define M_PER_FT 0.3048

#define PAIR_SURFACE_NS (25 * OVF_NS_PER_S)
#define PAIR_SURFACE_SLOW_NS (50 * OVF_NS_PER_S)
#define SURFACE_SLOW_KT 25.0
#define LOCAL_AGE_NS (600 * OVF_NS_PER_S)
#define REFERENCE_AGE_NS (3600 * OVF_NS_PER_S)

#define SPEED_SURFACE_KT 120.0
#define SPEED_CAP_KT 2000.0
#define ACCELERATION_KT_PER_S 3.0
#define REACH_SURFACE_M 10.0
/* Straight ahead, within 10 degrees of the reported track: a position that is stamped a few seconds late. */
#define AHEAD_M 2000.0
#define AHEAD_COS 0.984807753012208
#define MLAT_FACTOR 1.4
#define MLAT_EXTRA_KT 50.0
#define MLAT_EXTRA_M 250.0

/* The same message by another way comes sooner; an aircraft sends its next position 0.4 s later at the earliest. */
#define LATER_NS (200 * OVF_NS_PER_MS)

#define TRUST_LOCAL TRUST_BAD /* it is near the last one by the way that it is found */
#define TRUST_BAD 0.26
#define TRUST_LOST 0.1

/* A zone is 360 NM high and at least as wide, in the air; on the ground a quarter of that. */
#define ZONE_AIRBORNE_M (360 * OVF_PLACE_M_PER_NM)
/* Radio range, metres: 4,120 times the sum of the roots of both heights. The receiver's is not known: a hill
 * of 100 m. An unknown one of an aircraft: no airliner flies higher. */
#define RANGE_PER_ROOT 4120.0
#define RECEIVER_ROOT 10.0
#define HIGHEST_M 15000.0

const char *ovf_place_kind_name(enum ovf_place_kind kind)
{
    static const char *const names[] = {[OVF_PLACE_NONE] = "none",
                                        [OVF_PLACE_GLOBAL] = "global",
                                        [OVF_PLACE_LOCAL] = "local",
                                        [OVF_PLACE_RECEIVER] = "receiver"};
    return names[kind];
}

/** The half at hand. */
struct half {
    int64_t t_ns;
    struct ovf_cpr cpr;
};

static uint64_t pair_window_ns(bool is_surface, const struct ovf_place_hint *hint)
{
    if (is_surface)
        return hint->has_gs && hint->gs_kt <= SURFACE_SLOW_KT ? PAIR_SURFACE_SLOW_NS
                                                              : PAIR_SURFACE_NS;
    if (!hint->has_gs || hint->gs_kt <= OVF_PLACE_PAIR_FAST_KT)
        return OVF_PLACE_PAIR_NS;
    return (uint64_t)(OVF_PLACE_PAIR_APART_NM * 3600 / hint->gs_kt * (double)OVF_NS_PER_S);
}

/** Whether there are two halves of one kind that are near enough to be a pair, the one just heard being \p newer. */
static bool is_pair(const struct ovf_place *place, const struct half *newer,
                    const struct ovf_place_hint *hint)
{
    return place->half_kinds[0] == place->half_kinds[1] &&
           ovf_heard_apart(place->half_ns[0], place->half_ns[1]) <=
               pair_window_ns(newer->cpr.is_surface, hint);
}

/** The half with its pair. */
static bool find_global(const struct ovf_place *place, const struct half *newer,
                        const struct ovf_place_hint *hint, struct ovf_point *at)
{
    const struct ovf_cpr even = ovf_place_cpr(place, false);
    const struct ovf_cpr odd = ovf_place_cpr(place, true);
    const struct ovf_point *const reference =
        place->has && place->is_confirmed ? &place->at : hint->receiver;
    return is_pair(place, newer, hint) &&
           ovf_cpr_global(&even, &odd, newer->cpr.is_odd, reference, at);
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
static bool find_by_receiver(const struct half *half, const struct ovf_place_hint *hint,
                             struct ovf_point *at)
{
    return hint->receiver != NULL && ovf_cpr_local(&half->cpr, *hint->receiver, at) &&
           ovf_point_chord_m(*hint->receiver, *at) <
               receiver_limit_m(half->cpr.is_surface, half->t_ns, hint);
}

/** The half alone, beside the last position. */
static bool find_local(const struct ovf_place *place, const struct half *half, struct ovf_point *at)
{
    return place->has && ovf_heard_apart(place->t_ns, half->t_ns) <= LOCAL_AGE_NS &&
           ovf_cpr_local(&half->cpr, place->at, at);
}

/* A place that was found; of OVF_PLACE_NONE none. */
struct found {
    enum ovf_place_kind kind;
    struct ovf_point at;
};

/** Where the half leads. */
static struct found find(const struct ovf_place *place, const struct half *half,
                         const struct ovf_place_hint *hint)
{
    struct found found = {.kind = OVF_PLACE_NONE};
    if (find_global(place, half, hint, &found.at))
        found.kind = OVF_PLACE_GLOBAL;
    else if (place->is_confirmed && find_local(place, half, &found.at))
        found.kind = OVF_PLACE_LOCAL;
    else if (find_by_receiver(half, hint, &found.at))
        found.kind = OVF_PLACE_RECEIVER;
    else if (find_local(place, half, &found.at))
        found.kind = OVF_PLACE_LOCAL;
    return found;
}

static bool is_somewhere(struct ovf_point at, const struct ovf_place_hint *hint)
{
    return !ovf_place_is_null_island(at) &&
           (hint->receiver == NULL ||
            ovf_point_chord_m(*hint->receiver, at) <= OVF_PLACE_RECEIVER_RANGE_M);
}

/** How far it can be from the last position after \p dt_ns. */
static double reach_m(const struct ovf_place *place, bool is_surface, uint64_t dt_ns,
                      const struct ovf_place_hint *hint)
{
    const bool on_ground = is_surface && place->is_surface;
    double speed_kt = on_ground ? SPEED_SURFACE_KT : OVF_PLACE_SPEED_KT;
    double base_m = on_ground ? REACH_SURFACE_M : OVF_PLACE_REACH_M;
    if (hint->has_gs)
        speed_kt =
            (hint->gs_kt + ACCELERATION_KT_PER_S * ovf_place_seconds(hint->gs_age_ns + dt_ns)) *
            OVF_PLACE_SPEED_FACTOR;
    if (hint->is_mlat) {
        speed_kt = speed_kt * MLAT_FACTOR + MLAT_EXTRA_KT;
        base_m += MLAT_EXTRA_M;
    }
    if (speed_kt > SPEED_CAP_KT)
        speed_kt = SPEED_CAP_KT;
    return base_m +
           (ovf_place_seconds(dt_ns) + OVF_PLACE_SLACK_S) * speed_kt * OVF_PLACE_MPS_PER_KT;
}

static bool is_ahead(const struct ovf_place *place, struct ovf_point at, int64_t t_ns,
                     const struct ovf_place_hint *hint)
{
    const struct ovf_heard_number *const track_deg = hint->track_deg;
    return track_deg != NULL && ovf_heard_holds(track_deg, t_ns) &&
           ovf_offset_course_cos(ovf_offset_between(place->at, at), track_deg->value) >= AHEAD_COS;
}

static bool is_in_reach(const struct ovf_place *place, struct ovf_point at, const struct half *half,
                        uint64_t dt_ns, const struct ovf_place_hint *hint)
{
    const double limit_m = reach_m(place, half->cpr.is_surface, dt_ns, hint);
    if (ovf_point_chord_bound_m(place->at, at) <= limit_m)
        return true;
    const double distance_m = ovf_point_chord_m(place->at, at);
    return distance_m <= limit_m || (!half->cpr.is_surface && distance_m <= limit_m + AHEAD_M &&
                                     is_ahead(place, at, half->t_ns, hint));
}

static void set(struct ovf_place *place, struct ovf_point at, const struct half *half)
{
    place->has = true;
    place->at = at;
    place->t_ns = half->t_ns;
    place->is_surface = half->cpr.is_surface;
    place->n_zones = (uint8_t)ovf_cpr_zones(ovf_deg_from_e7(at.lat_e7));
}

/** The first position of a new chain. */
static void restart(struct ovf_place *place, struct ovf_point at, const struct half *half)
{
    set(place, at, half);
    place->is_confirmed = false;
    place->first_ns = half->t_ns;
    place->trust = OVF_PLACE_TRUST_GOOD;
}

static bool is_later(int64_t t_ns, const struct ovf_place *place)
{
    return t_ns > place->first_ns && t_ns - place->first_ns >= LATER_NS;
}

/** A position that is within reach of the last. */
static void go_on(struct ovf_place *place, struct ovf_point at, const struct half *half,
                  enum ovf_place_kind kind)
{
    const int64_t other_ns = place->half_ns[half->cpr.is_odd ? 0 : 1];
    set(place, at, half);
    place->trust += kind == OVF_PLACE_GLOBAL ? OVF_PLACE_TRUST_GOOD : TRUST_LOCAL;
    if (place->trust > OVF_PLACE_TRUST_MAX)
        place->trust = OVF_PLACE_TRUST_MAX;
    /* one half beside the last position agrees also with one that is in a wrong zone */
    if (!place->is_confirmed && kind != OVF_PLACE_LOCAL && is_later(half->t_ns, place) &&
        (kind != OVF_PLACE_GLOBAL || is_later(other_ns, place)))
        place->is_confirmed = true;
}

/** A position out of reach: refused, or the first of a new chain. */
static struct found miss(struct ovf_place *place, const struct half *half, struct found found)
{
    place->trust -= TRUST_BAD;
    if (found.kind != OVF_PLACE_GLOBAL || (place->is_confirmed && place->trust >= TRUST_LOST))
        return (struct found){.kind = OVF_PLACE_NONE};
    restart(place, found.at, half);
    return found;
}

/** A position out of reach, unless the half alone is within: then the other of its pair may be another aircraft's. */
static struct found accept_beside(struct ovf_place *place, const struct half *half,
                                  const struct ovf_place_hint *hint, struct found found)
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
static struct found accept(struct ovf_place *place, const struct half *half,
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
    const struct half half = {t_ns, *cpr};
    *placed = (struct ovf_placed){.kind = OVF_PLACE_NONE};
    if (cpr->lat == 0 && cpr->lon == 0)
        return; /* what transponders send that know no place */
    ovf_place_keep(place, cpr, t_ns);
    const struct found found = find(place, &half, hint);
    if (found.kind == OVF_PLACE_NONE)
        return;
    const struct found taken = accept(place, &half, hint, found);
    if (taken.kind != OVF_PLACE_NONE)
        *placed = (struct ovf_placed){
            .kind = taken.kind, .is_confirmed = place->is_confirmed, .at = taken.at};
    else
        placed->is_refused = true;
}
