/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of decode/place.c that nearly every position takes, in line where it is found: one of the air, on the way
 * from a confirmed one. */
#ifndef OVF_DECODE_PLACE_PARTS_H
#define OVF_DECODE_PLACE_PARTS_H

#include <stdlib.h>

#include "base/time.h"
#include "decode/cpr_parts.h"
#include "decode/place.h"

#define OVF_PLACE_M_PER_NM 1852.0
#define OVF_PLACE_MPS_PER_KT (OVF_PLACE_M_PER_NM / 3600.0)

#define OVF_PLACE_PAIR_NS (10 * OVF_NS_PER_S) /* in the air */
#define OVF_PLACE_PAIR_APART_NM 3.0
#define OVF_PLACE_PAIR_FAST_KT                                                                     \
    (OVF_PLACE_PAIR_APART_NM * 3600 / 10) /* that far in OVF_PLACE_PAIR_NS */

#define OVF_PLACE_SPEED_KT 900.0 /* in the air, where none is known */
#define OVF_PLACE_SPEED_FACTOR 1.3
#define OVF_PLACE_REACH_M 30.0
#define OVF_PLACE_SLACK_S 0.2
/* No receiver on the ground hears an aircraft further away than this. */
#define OVF_PLACE_RECEIVER_RANGE_M 800000.0
/* What receivers write who know no place. */
#define OVF_PLACE_NULL_ISLAND_E7 (OVF_E7_PER_DEG / 100)

#define OVF_PLACE_TRUST_MAX 4.0
#define OVF_PLACE_TRUST_GOOD 1.0

/** Of less than 2^63 ns. */
static inline double ovf_place_seconds(uint64_t ns)
{
    return (double)(int64_t)ns * 1e-9;
}

/** North or south, then east or west, as if along the equator and never over the antimeridian: surely no less than the
 * chord. */
static inline double ovf_place_way_around_m(struct ovf_point a, struct ovf_point b)
{
    static const double m_per_e7 = 0.01112; /* 0.0111195, rounded up */
    return m_per_e7 *
           (double)(llabs((int64_t)b.lat_e7 - a.lat_e7) + llabs((int64_t)b.lon_e7 - a.lon_e7));
}

static inline bool ovf_place_is_null_island(struct ovf_point at)
{
    static const uint32_t beside = OVF_PLACE_NULL_ISLAND_E7 - 1;
    return (uint32_t)at.lat_e7 + beside <= 2 * beside && (uint32_t)at.lon_e7 + beside <= 2 * beside;
}

/** Notes the half \p cpr. */
static inline void ovf_place_keep(struct ovf_place *place, const struct ovf_cpr *cpr, int64_t t_ns)
{
    const int i = cpr->is_odd ? 1 : 0;
    place->half_ns[i] = t_ns;
    place->halves.lat[i] = cpr->lat;
    place->halves.lon[i] = cpr->lon;
    place->half_kinds[i] = cpr->is_surface ? OVF_PLACE_HALF_SURFACE : OVF_PLACE_HALF_AIR;
}

/** The half that was heard last of the even or the odd ones, of which there is one. */
static inline struct ovf_cpr ovf_place_cpr(const struct ovf_place *place, bool is_odd)
{
    const int i = is_odd ? 1 : 0;
    return (struct ovf_cpr){.lat = place->halves.lat[i],
                            .lon = place->halves.lon[i],
                            .is_odd = is_odd,
                            .is_surface = place->half_kinds[i] == OVF_PLACE_HALF_SURFACE};
}

/** How far it can be at least from the last position after \p dt_ns, whether or not \p gs_kt still holds. */
static inline double ovf_place_sure_reach_m(uint64_t dt_ns, double gs_kt)
{
    const double fast_kt = gs_kt * OVF_PLACE_SPEED_FACTOR;
    const double speed_kt = fast_kt < OVF_PLACE_SPEED_KT ? fast_kt : OVF_PLACE_SPEED_KT;
    return OVF_PLACE_REACH_M +
           (ovf_place_seconds(dt_ns) + OVF_PLACE_SLACK_S) * speed_kt * OVF_PLACE_MPS_PER_KT;
}

/**
 * ovf_place_take() where it is plain what comes of it: \p cpr and the half before are a pair of the air, which lies
 * near the last position, and that was confirmed.
 *
 * \param[in] gs_kt     the speed that was heard last, 0 when there was none
 * \param[in] receiver  as in the hint
 * \return false: it is not plain, and still to be taken in full, which keeps it once more where it was kept here
 */
static inline bool ovf_place_go_on(struct ovf_place *place, const struct ovf_cpr *cpr, int64_t t_ns,
                                   double gs_kt, const struct ovf_point *receiver,
                                   struct ovf_placed *placed)
{
    const int i_other = cpr->is_odd ? 0 : 1;
    const uint64_t dt_ns = (uint64_t)t_ns - (uint64_t)place->t_ns;
    struct ovf_point at;
    if (!place->is_confirmed || place->half_kinds[i_other] != OVF_PLACE_HALF_AIR ||
        cpr->is_surface || (cpr->lat | cpr->lon) == 0 || gs_kt > OVF_PLACE_PAIR_FAST_KT ||
        dt_ns > OVF_PLACE_PAIR_NS ||
        !ovf_heard_within(place->half_ns[i_other], t_ns, OVF_PLACE_PAIR_NS))
        return false;
    ovf_place_keep(place, cpr, t_ns);
    if (!ovf_cpr_global_near(&place->halves, cpr->is_odd, place->n_zones, &at) ||
        ovf_place_is_null_island(at) ||
        ovf_place_way_around_m(place->at, at) > ovf_place_sure_reach_m(dt_ns, gs_kt) ||
        (receiver != NULL && ovf_place_way_around_m(*receiver, at) > OVF_PLACE_RECEIVER_RANGE_M))
        return false;
    place->at = at;
    place->t_ns = t_ns;
    place->is_surface = false;
    place->trust += OVF_PLACE_TRUST_GOOD;
    if (place->trust > OVF_PLACE_TRUST_MAX)
        place->trust = OVF_PLACE_TRUST_MAX;
    *placed = (struct ovf_placed){.kind = OVF_PLACE_GLOBAL, .is_confirmed = true, .at = at};
    return true;
}

#endif
