/* SPDX-License-Identifier: Apache-2.0 */
/* Chords of many pairs of neighbours at once, in loops of one length and without branches, which the compiler turns
 * into vector instructions: those of the baseline, and of AVX2 where the processor has it. Both round alike, as each
 * operation stands alone. */
#include "geo/polyline.h"

#include <math.h>

#include "geo/geodesic.h"

enum { N = OVF_POLYLINE_PLACES };

/* What is compiled once for each set of instructions. */
#define EACH_SET static inline __attribute__((always_inline))

/* Up to here the arc over the chord, which is faster, is as good as the geodesic. */
static const double chord_max_m = 50e3;
/* Up to here, 2.29 degrees of longitude between neighbours, the series below is, too. */
static const double turn_max = 4e-4;

static const double rad_per_e7 = 1.7453292519943295e-9; /* pi / 180 / 1e7 */

/** Places by their meridians: how far from the axis and north of the equator, in equatorial radii. */
EACH_SET void lay(const double lat_e7[N], double r[N], double z[N])
{
    for (int i = 0; i < N; i++) {
        /* The series of geo/trig.c for half the latitude, which is pi / 4 at the most. */
        const double x = lat_e7[i] * (rad_per_e7 / 2.0);
        const double xx = x * x;
        double s = 1.0 / 6227020800.0 - xx * (1.0 / 1307674368000.0);
        s = -1.0 / 39916800.0 + xx * s;
        s = 1.0 / 362880.0 + xx * s;
        s = -1.0 / 5040.0 + xx * s;
        s = 1.0 / 120.0 + xx * s;
        s = -1.0 / 6.0 + xx * s;
        s = x + x * xx * s;
        double c = -1.0 / 87178291200.0 + xx * (1.0 / 20922789888000.0);
        c = 1.0 / 479001600.0 + xx * c;
        c = -1.0 / 3628800.0 + xx * c;
        c = 1.0 / 40320.0 + xx * c;
        c = -1.0 / 720.0 + xx * c;
        c = 1.0 / 24.0 + xx * c;
        c = -0.5 + xx * c;
        c = 1.0 + xx * c;
        const double sine = 2.0 * s * c;
        const double n = 1.0 / sqrt(1.0 - OVF_WGS84_E2 * sine * sine);
        r[i] = n * (1.0 - 2.0 * s * s);
        z[i] = n * ((1.0 - OVF_WGS84_E2) * sine);
    }
}

/** From each place to the next: the square of half the longitude between them, and the arc over the chord. */
EACH_SET void measure(const double lon_e7[N + 1], const double r[N + 1], const double z[N + 1],
                      double turn[N], double arc_m[N])
{
    for (int i = 0; i < N; i++) {
        const double east_e7 = fabs(lon_e7[i + 1] - lon_e7[i]);
        const double west_e7 = (double)OVF_E7_TURN - east_e7;
        const double half = (east_e7 < west_e7 ? east_e7 : west_e7) * (rad_per_e7 / 2.0);
        const double hh = half * half;
        /* The next term is 2 half^10 / 14175. */
        const double sine2 = hh * (1.0 - hh * (1.0 / 3.0 - hh * (2.0 / 45.0 - hh * (1.0 / 315.0))));
        const double dr = r[i + 1] - r[i];
        const double dz = z[i + 1] - z[i];
        const double chord2 = dr * dr + dz * dz + 4.0 * r[i] * r[i + 1] * sine2;
        turn[i] = hh;
        arc_m[i] = OVF_WGS84_A_M * sqrt(chord2) * (1.0 + chord2 / 24.0);
    }
}

/** From place \p i to the next. */
static double geodesic_m(const struct ovf_polyline *line, size_t i)
{
    return ovf_geodesic_length_m(line->lat_e7[i] / OVF_E7_PER_DEG, line->lon_e7[i] / OVF_E7_PER_DEG,
                                 line->lat_e7[i + 1] / OVF_E7_PER_DEG,
                                 line->lon_e7[i + 1] / OVF_E7_PER_DEG);
}

/** Adds the ways between the places at hand, of which the last stays. */
EACH_SET void take_places(struct ovf_polyline *line)
{
    double r[N + 1] = {0}; /* as longitudes: one more, which counts for nothing */
    double z[N + 1] = {0};
    double turn[N];
    double arc_m[N];
    lay(line->lat_e7, r, z);
    measure(line->lon_e7, r, z, turn, arc_m);
    for (size_t i = 0; i + 1 < line->n; i++)
        line->length_m +=
            turn[i] < turn_max && arc_m[i] < chord_max_m ? arc_m[i] : geodesic_m(line, i);
    line->lat_e7[0] = line->lat_e7[line->n - 1];
    line->lon_e7[0] = line->lon_e7[line->n - 1];
    line->n = 1;
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) static void take_avx2(struct ovf_polyline *line)
{
    take_places(line);
}

void ovf_polyline_take(struct ovf_polyline *line)
{
    if (__builtin_cpu_supports("avx2") && !line->narrow)
        take_avx2(line);
    else
        take_places(line);
}

#else

void ovf_polyline_take(struct ovf_polyline *line)
{
    take_places(line);
}

#endif

double ovf_polyline_length_m(struct ovf_polyline *line)
{
    if (line->n > 1)
        ovf_polyline_take(line);
    return line->length_m;
}
