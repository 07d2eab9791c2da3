/* SPDX-License-Identifier: Apache-2.0 */
/* Sine, cosine and arc tangent from + - * / sqrt alone, so that they are the same bits on every
 * processor, compiler and optimisation (libm's are not). Good to about 2 units in the last place. */
#ifndef OVF_GEO_TRIG_H
#define OVF_GEO_TRIG_H

#include <stdint.h>

/** Sine and cosine of \p angle_e7 * 1e-7 degrees; any int32_t. */
void ovf_sincos_e7(int32_t angle_e7, double *sine, double *cosine);

/** The angle of (x, y) in radians, in [-pi, pi]; 0 for (0, 0). */
double ovf_atan2_rad(double y, double x);

/** The angle of (x, y) in 1e-7 degree, rounded to the nearest, in (-180e7, 180e7]; 0 for (0, 0). */
int64_t ovf_atan2_e7(double y, double x);

#endif
