/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers and places drawn at random, the same in every run. */
#ifndef OVF_BENCH_DRAW_H
#define OVF_BENCH_DRAW_H

#include <math.h>
#include <stdint.h>

#include "geo/geodesic.h"

/** Knuth's MMIX generator. */
static inline double bench_draw(uint64_t *state, double low, double high)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return low + (high - low) * (double)(*state >> 11) * 0x1p-53;
}

static inline struct ovf_point bench_point_at(double lat_deg, double lon_deg)
{
    return (struct ovf_point){(int32_t)lround(lat_deg * OVF_E7_PER_DEG),
                              ovf_lon_wrap(llround(lon_deg * OVF_E7_PER_DEG))};
}

#endif
