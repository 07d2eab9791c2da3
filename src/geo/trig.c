/* SPDX-License-Identifier: Apache-2.0 */
/* Taylor series after a reduction that is exact (sine, cosine: in integers) or benign (arc tangent:
 * two half-angle steps). The first term left out is below 2^-53 of the result in each case. */
#include "geo/trig.h"

#include <math.h>
#include <stddef.h>

static const double rad_per_e7 = 1.7453292519943295e-9; /* pi / 180 / 1e7 */
static const double e7_per_rad = 5.729577951308232e8;   /* 180e7 / pi */

enum { QUARTER_E7 = 900000000 };

/** Two at once: what the compiler does for each is one instruction for both. */
typedef double pair __attribute__((vector_size(2 * sizeof(double))));

/** Sine and cosine of |x| <= pi/4: first terms left out x^17/17! < 5e-17 and x^18/18! < 3e-18. */
static pair sine_cosine(double x)
{
    const double z = x * x;
    const pair zz = {z, z};
    pair sum = {0.0, 1.0 / 20922789888000.0}; /* the sine has a term less */
    sum = sum * zz + (pair){-1.0 / 1307674368000.0, -1.0 / 87178291200.0};
    sum = sum * zz + (pair){1.0 / 6227020800.0, 1.0 / 479001600.0};
    sum = sum * zz + (pair){-1.0 / 39916800.0, -1.0 / 3628800.0};
    sum = sum * zz + (pair){1.0 / 362880.0, 1.0 / 40320.0};
    sum = sum * zz + (pair){-1.0 / 5040.0, -1.0 / 720.0};
    sum = sum * zz + (pair){1.0 / 120.0, 1.0 / 24.0};
    sum = sum * zz + (pair){-1.0 / 6.0, -0.5};
    return (pair){x, 1.0} + (pair){x * z, z} * sum;
}

void ovf_sincos_e7(int32_t angle_e7, double *sine, double *cosine)
{
    const int32_t half = angle_e7 < 0 ? -QUARTER_E7 / 2 : QUARTER_E7 / 2;
    const int32_t quarters = (int32_t)(((int64_t)angle_e7 + half) / QUARTER_E7);
    const double x = (double)((int64_t)angle_e7 - (int64_t)quarters * QUARTER_E7) * rad_per_e7;
    const pair both = sine_cosine(x);
    const double s = both[0];
    const double c = both[1];
    switch (quarters & 3) {
    case 0:
        *sine = s;
        *cosine = c;
        break;
    case 1:
        *sine = c;
        *cosine = -s;
        break;
    case 2:
        *sine = -s;
        *cosine = -c;
        break;
    default:
        *sine = -c;
        *cosine = s;
        break;
    }
}

/** 0 <= x <= 1. Two half-angle steps bring x below tan(pi/16) = 0.199; x^25/25 is then < 2e-19. */
static double arc_tangent(double x)
{
    x = x / (1.0 + sqrt(1.0 + x * x));
    x = x / (1.0 + sqrt(1.0 + x * x));
    const double z = x * x;
    static const double terms[] = {-1.0 / 23, 1.0 / 21, -1.0 / 19, 1.0 / 17, -1.0 / 15, 1.0 / 13,
                                   -1.0 / 11, 1.0 / 9,  -1.0 / 7,  1.0 / 5,  -1.0 / 3};
    double sum = 0;
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        sum = terms[i] + z * sum;
    return 4.0 * (x + x * z * sum);
}

double ovf_atan2_rad(double y, double x)
{
    static const double pi = 3.14159265358979323846;
    const double ax = x < 0 ? -x : x;
    const double ay = y < 0 ? -y : y;
    if (!(ax > 0) && !(ay > 0))
        return 0;
    double angle = ay <= ax ? arc_tangent(ay / ax) : pi / 2 - arc_tangent(ax / ay);
    if (x < 0)
        angle = pi - angle;
    return y < 0 ? -angle : angle;
}

int64_t ovf_atan2_e7(double y, double x)
{
    const double ax = x < 0 ? -x : x;
    const double ay = y < 0 ? -y : y;
    if (!(ax > 0) && !(ay > 0))
        return 0;
    double angle_e7 = ay <= ax ? arc_tangent(ay / ax) * e7_per_rad
                               : QUARTER_E7 - arc_tangent(ax / ay) * e7_per_rad;
    if (x < 0)
        angle_e7 = 2.0 * QUARTER_E7 - angle_e7;
    const int64_t rounded = (int64_t)(angle_e7 + 0.5);
    return y < 0 ? -rounded : rounded;
}
