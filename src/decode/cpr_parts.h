/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of decode/cpr.c that every position in the air takes: in line where it is found, in whole numbers but for
 * one division, and without jumps where no two aircraft go the same way. */
#ifndef OVF_DECODE_CPR_PARTS_H
#define OVF_DECODE_CPR_PARTS_H

#include "decode/cpr.h"

#define OVF_CPR_STEPS (INT64_C(1) << 17)

/* A turn in parts, in which the steps of latitude of all halves are whole: a sixtieth or a 59th of it, or of its
 * quarter, in 2^17. A part is 0.04 mm. */
#define OVF_CPR_TURN (INT64_C(60) * 59 << 28)

enum { OVF_CPR_CELL_SHIFT = 30 };

/** The latitudes in parts, rounded down, beyond which there is one zone less: between [59 - n] and [60 - n] there are
 * n. The first and the last are none. */
extern const uint64_t ovf_cpr_limits[60];

/** How many of them are below each 2^OVF_CPR_CELL_SHIFT parts; in none is there more than one. */
extern const uint8_t ovf_cpr_n_below[256];

/** The zone of latitude of an even and an odd half, from one beyond the south pole (-16) on, by how many zones their
 * steps differ and OVF_CPR_ZONE_BIAS. */
extern const int8_t ovf_cpr_lat_zones[2][120];
enum { OVF_CPR_ZONE_BIAS = 60 };

/** A place along one axis as a count of steps from 0, of which \p n_zones * 2^17 make up the \p span. */
struct ovf_cpr_axis {
    int64_t span_e7; /* 360 or 90 degrees */
    int64_t n_zones;
};

static inline int64_t ovf_cpr_span(bool is_surface)
{
    return is_surface ? OVF_E7_TURN / 4 : OVF_E7_TURN;
}

static inline struct ovf_cpr_axis ovf_cpr_lat_axis(bool is_surface, bool is_odd)
{
    static const uint8_t n_zones[2] = {60, 59}; /* looked up: half of all are odd */
    return (struct ovf_cpr_axis){ovf_cpr_span(is_surface), n_zones[is_odd ? 1 : 0]};
}

static inline struct ovf_cpr_axis ovf_cpr_lon_axis(bool is_surface, bool is_odd, int nl)
{
    const int n = nl - (is_odd ? 1 : 0);
    return (struct ovf_cpr_axis){ovf_cpr_span(is_surface), n > 0 ? n : 1};
}

/** A turn divided by 1 to 60 zones of 2^17 steps. */
extern const double ovf_cpr_step_e7[61];

/** \p steps, from four spans below 0 to four above, rounded. In 1e-7 degree they are whole parts of 1 / (128 n_zones),
 * on the ground of 1 / (512 n_zones). What is added to half is an eighth of the smallest: more than doubles fall short
 * of one (5e-6), less than would bring up what is below it. */
static inline int64_t ovf_cpr_to_e7(struct ovf_cpr_axis axis, int64_t steps)
{
    const double part_of_turn = (double)axis.span_e7 / (double)OVF_E7_TURN;
    const double half = 0.5 + part_of_turn / (128 * 60) / 8;
    const double e7 = (double)steps * (ovf_cpr_step_e7[axis.n_zones] * part_of_turn);
    return (int64_t)(e7 + ((double)(4 * axis.span_e7) + half)) - 4 * axis.span_e7;
}

/** a / OVF_CPR_STEPS, rounded; |a| < 2^28. */
static inline int32_t ovf_cpr_divide_steps(int32_t a)
{
    enum { STEPS = OVF_CPR_STEPS, BIAS = 1 << 11 };
    return (int32_t)((uint32_t)(a + STEPS / 2 + BIAS * STEPS) / STEPS) - BIAS;
}

/** How many zones of longitude there are \p parts from the equator, of up to 2^38 (104 degrees). */
static inline int ovf_cpr_zones_beyond(uint64_t parts)
{
    const int n = ovf_cpr_n_below[(uint8_t)(parts >> OVF_CPR_CELL_SHIFT)];
    return 59 - n - (parts > ovf_cpr_limits[n + 1] ? 1 : 0);
}

/** How far a latitude in steps is from the equator, in parts. */
static inline uint64_t ovf_cpr_parts(bool is_surface, bool is_odd, int64_t steps)
{
    static const int64_t span = OVF_CPR_TURN / OVF_CPR_STEPS;
    const int64_t parts_of_step = span / (is_odd ? 59 : 60) / (is_surface ? 4 : 1);
    return (uint64_t)((steps < 0 ? -steps : steps) * parts_of_step);
}

/** How many zones of longitude there are at a latitude in steps. */
static inline int ovf_cpr_zones_at(bool is_surface, bool is_odd, int64_t steps)
{
    return ovf_cpr_zones_beyond(ovf_cpr_parts(is_surface, is_odd, steps));
}

/** Of a latitude of \p axis. False: it is none. */
static inline bool ovf_cpr_point(struct ovf_cpr_axis axis, int64_t lat_steps, int32_t lon_e7,
                                 struct ovf_point *at)
{
    const int64_t lat_e7 = ovf_cpr_to_e7(axis, lat_steps);
    if (lat_e7 < -OVF_E7_TURN / 4 || lat_e7 > OVF_E7_TURN / 4)
        return false;
    *at = (struct ovf_point){.lat_e7 = (int32_t)lat_e7, .lon_e7 = lon_e7};
    return true;
}

/** The zones of latitude by which the halves of a pair differ, -60 to 59. */
static inline int32_t ovf_cpr_pair_zone(const struct ovf_cpr_pair *pair)
{
    return ovf_cpr_divide_steps(59 * (int32_t)pair->lat[0] - 60 * (int32_t)pair->lat[1]);
}

/** The latitude of a half, in steps, by how many zones those of its pair differ, \p j; on the ground one of four. */
static inline int64_t ovf_cpr_pair_lat(const struct ovf_cpr_pair *pair, bool is_odd, int32_t j)
{
    const int i = is_odd ? 1 : 0;
    return ovf_cpr_lat_zones[i][j + OVF_CPR_ZONE_BIAS] * OVF_CPR_STEPS + pair->lat[i];
}

/** The longitude of the newer half of a pair, between \p nl zones, within a span of 0, and mostly within half of
 * one. */
static inline int64_t ovf_cpr_pair_lon_e7(bool is_surface, const struct ovf_cpr_pair *pair,
                                          bool odd_is_newer, int nl)
{
    const struct ovf_cpr_axis lon = ovf_cpr_lon_axis(is_surface, odd_is_newer, nl);
    const int32_t m =
        ovf_cpr_divide_steps((nl - 1) * (int32_t)pair->lon[0] - nl * (int32_t)pair->lon[1]);
    const int32_t n = (int32_t)lon.n_zones;
    const int32_t from_0 = m + (-(int32_t)(m < 0) & n); /* mostly below n */
    const int64_t zone = from_0 - (-(int32_t)(2 * from_0 >= n) & n);
    return ovf_cpr_to_e7(lon, zone * OVF_CPR_STEPS + pair->lon[odd_is_newer ? 1 : 0]);
}

/** The newer half of a pair of the air, at a latitude in steps, between \p nl zones of longitude. False: the latitude
 * is none. */
static inline bool ovf_cpr_pair_point(const struct ovf_cpr_pair *pair, bool odd_is_newer, int nl,
                                      int64_t lat_steps, struct ovf_point *at)
{
    const int64_t lon_e7 = ovf_cpr_pair_lon_e7(false, pair, odd_is_newer, nl);
    return ovf_cpr_point(ovf_cpr_lat_axis(false, odd_is_newer), lat_steps, ovf_lon_wrap(lon_e7),
                         at);
}

/**
 * ovf_cpr_global of two halves of the air whose latitudes have \p nl zones of longitude (1 to 59), as the place had
 * that they are expected near: nothing waits for their latitudes. Where zones of latitude are looked up beyond a pole,
 * it is none anyway.
 *
 * \return false: they have not, or it is not plain
 */
static inline bool ovf_cpr_global_near(const struct ovf_cpr_pair *pair, bool odd_is_newer, int nl,
                                       struct ovf_point *at)
{
    const uint64_t *const limits = &ovf_cpr_limits[59 - nl]; /* between two of them */
    const int32_t j = ovf_cpr_pair_zone(pair);
    const int64_t even_lat = ovf_cpr_pair_lat(pair, false, j);
    const uint64_t even_parts = ovf_cpr_parts(false, false, even_lat);
    if (even_parts <= limits[0] || even_parts > limits[1])
        return false;
    const int64_t odd_lat = ovf_cpr_pair_lat(pair, true, j);
    const uint64_t odd_parts = ovf_cpr_parts(false, true, odd_lat);
    if (odd_parts <= limits[0] || odd_parts > limits[1])
        return false;
    return ovf_cpr_pair_point(pair, odd_is_newer, nl, odd_is_newer ? odd_lat : even_lat, at);
}

#endif
