/* SPDX-License-Identifier: Apache-2.0 */
/* Positions as integers of 1e-7 degree: 1.1 cm of latitude, exact for what traces write. */
#ifndef OVF_GEO_POINT_H
#define OVF_GEO_POINT_H

#include <stdbool.h>
#include <stdint.h>

#define OVF_E7_PER_DEG 10000000
#define OVF_E7_TURN INT64_C(3600000000) /* 360 degrees */

/** lat_e7 in [-90e7, 90e7], lon_e7 in [-180e7, 180e7). */
struct ovf_point {
    int32_t lat_e7;
    int32_t lon_e7;
};

/** \p lon_e7 (within a few turns) brought into [-180e7, 180e7). */
static inline int32_t ovf_lon_wrap(int64_t lon_e7)
{
    while (lon_e7 >= OVF_E7_TURN / 2)
        lon_e7 -= OVF_E7_TURN;
    while (lon_e7 < -OVF_E7_TURN / 2)
        lon_e7 += OVF_E7_TURN;
    return (int32_t)lon_e7;
}

/** The shorter way round from \p from_e7 to \p to_e7, in [-180e7, 180e7). */
static inline int64_t ovf_lon_difference(int32_t from_e7, int32_t to_e7)
{
    return ovf_lon_wrap((int64_t)to_e7 - from_e7);
}

static inline bool ovf_point_equal(struct ovf_point a, struct ovf_point b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

/** Positions [south, north) x [west, east); zero-initialised is empty. */
struct ovf_box {
    int32_t south_e7;
    int32_t north_e7;
    int32_t west_e7;
    int32_t east_e7;
};

static inline bool ovf_box_has(const struct ovf_box *box, struct ovf_point at)
{
    return at.lat_e7 >= box->south_e7 && at.lat_e7 < box->north_e7 && at.lon_e7 >= box->west_e7 &&
           at.lon_e7 < box->east_e7;
}

static inline double ovf_deg_from_e7(int64_t e7)
{
    return (double)e7 / OVF_E7_PER_DEG;
}

#endif
