/* SPDX-License-Identifier: Apache-2.0 */
/* The main field by its spherical harmonics: International Geomagnetic Reference Field, 13th generation
 * (Alken et al. 2021, doi:10.1186/s40623-020-01288-x), epoch 2020.0, cut off after degree 6 and taken on
 * the sphere of its radius. What that leaves out is about a degree where people fly, and a runway's
 * number is rounded to ten. From + - * / sqrt, because it decides what is in line with a runway.
 */
#include "geo/magnetic.h"

#include <math.h>

#include "geo/trig.h"

#define DEGREE 6
#define LEAST_HORIZONTAL_NT 6000.0

/** Gauss coefficients, nT: g of degree n and order m, then h (no h of order 0). */
static const double gauss_g_nt[DEGREE + 1][DEGREE + 1] = {
    {0},
    {-29404.8, -1450.9},
    {-2499.6, 2982.0, 1677.0},
    {1363.2, -2381.2, 1236.2, 525.7},
    {903.0, 809.5, 86.3, -309.4, 48.0},
    {-234.3, 363.2, 187.8, -140.7, -151.2, 13.5},
    {66.0, 65.5, 72.9, -121.5, -36.2, 13.5, -64.7},
};
static const double gauss_h_nt[DEGREE + 1][DEGREE + 1] = {
    {0},
    {0, 4652.5},
    {0, -2991.6, -734.6},
    {0, -82.1, 241.9, -543.4},
    {0, 281.9, -158.4, 199.7, -349.7},
    {0, 47.7, 208.3, -121.2, 32.3, 98.9},
    {0, -19.1, 25.1, 52.8, -64.5, 8.9, 68.1},
};

/** Schmidt's quasi-normalised functions of the colatitude, and their derivatives. */
struct legendre {
    double p[DEGREE + 1][DEGREE + 1];
    double slope[DEGREE + 1][DEGREE + 1];
};

static void fill_diagonal(struct legendre *f, int n, double cosine, double sine)
{
    const double factor = n == 1 ? 1.0 : sqrt(1.0 - 0.5 / n);
    f->p[n][n] = factor * sine * f->p[n - 1][n - 1];
    f->slope[n][n] = factor * (sine * f->slope[n - 1][n - 1] + cosine * f->p[n - 1][n - 1]);
}

static struct legendre legendre_of(double cosine, double sine)
{
    struct legendre f = {.p = {{1.0}}};
    for (int n = 1; n <= DEGREE; n++) {
        fill_diagonal(&f, n, cosine, sine);
        for (int m = 0; m < n; m++) {
            const double scale = sqrt((double)(n * n - m * m));
            const double before = n - 1 > m ? sqrt((double)((n - 1) * (n - 1) - m * m)) : 0.0;
            const double p_before = n > 1 ? f.p[n - 2][m] : 0.0;
            const double slope_before = n > 1 ? f.slope[n - 2][m] : 0.0;
            f.p[n][m] = ((2 * n - 1) * cosine * f.p[n - 1][m] - before * p_before) / scale;
            f.slope[n][m] = ((2 * n - 1) * (cosine * f.slope[n - 1][m] - sine * f.p[n - 1][m]) -
                             before * slope_before) /
                            scale;
        }
    }
    return f;
}

bool ovf_magnetic_declination(struct ovf_point at, double *east_deg)
{
    double cosine; /* of the colatitude */
    double sine;
    double sin_lon;
    double cos_lon;
    ovf_sincos_e7(at.lat_e7, &cosine, &sine);
    ovf_sincos_e7(at.lon_e7, &sin_lon, &cos_lon);
    if (!(sine > 0.001)) /* a pole: east is no direction */
        return false;
    const struct legendre f = legendre_of(cosine, sine);
    double north_nt = 0.0;
    double east_nt = 0.0;
    double cos_m = 1.0;
    double sin_m = 0.0;
    for (int m = 0; m <= DEGREE; m++) {
        for (int n = m > 1 ? m : 1; n <= DEGREE; n++) {
            const double g = gauss_g_nt[n][m];
            const double h = gauss_h_nt[n][m];
            north_nt += (g * cos_m + h * sin_m) * f.slope[n][m];
            east_nt += m * (g * sin_m - h * cos_m) * f.p[n][m] / sine;
        }
        const double next = cos_m * cos_lon - sin_m * sin_lon;
        sin_m = sin_m * cos_lon + cos_m * sin_lon;
        cos_m = next;
    }
    if (north_nt * north_nt + east_nt * east_nt < LEAST_HORIZONTAL_NT * LEAST_HORIZONTAL_NT)
        return false;
    *east_deg = (double)ovf_atan2_e7(east_nt, north_nt) / OVF_E7_PER_DEG;
    return true;
}
