/* SPDX-License-Identifier: Apache-2.0 */
/* Bilinear interpolation in integers: weights are areas in square 1e-7 degree, at most 6.25e12, and
 * undulations less than 2^15, so that their sum is exact in 64 bits. */
#include "geo/geoid.h"

bool ovf_geoid_undulation_m(const struct ovf_geoid *geoid, struct ovf_point at,
                            double *undulation_m)
{
    static const int64_t step_e7 = OVF_GEOID_STEP_E7;
    const int64_t north_e7 = (int64_t)at.lat_e7 + OVF_E7_TURN / 4;
    const int64_t east_e7 = (int64_t)at.lon_e7 + OVF_E7_TURN / 2;
    /* The north pole is the upper edge of the last row of cells, not the lower one of another. */
    const int64_t row = north_e7 / step_e7 - (north_e7 == OVF_E7_TURN / 2 ? 1 : 0);
    const int64_t column = east_e7 / step_e7;
    const int64_t y_e7 = north_e7 - row * step_e7;
    const int64_t x_e7 = east_e7 - column * step_e7;
    int64_t sum = 0;
    for (int corner = 0; corner < 4; corner++) {
        const int64_t up = corner / 2;
        const int64_t right = corner % 2;
        const int64_t weight =
            (up == 1 ? y_e7 : step_e7 - y_e7) * (right == 1 ? x_e7 : step_e7 - x_e7);
        const int16_t cm = geoid->undulation_cm[(row + up) * OVF_GEOID_COLUMNS +
                                                (column + right) % OVF_GEOID_COLUMNS];
        if (weight > 0 && cm == OVF_GEOID_ABSENT)
            return false;
        sum += weight * cm;
    }
    *undulation_m = (double)sum / (double)(step_e7 * step_e7) / 100;
    return true;
}
