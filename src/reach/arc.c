/* SPDX-License-Identifier: Apache-2.0 */
/* The conformal sphere. Its latitude has tanh^-1(sin chi) = tanh^-1(s) - e tanh^-1(e s) with s the sine of the
 * geodetic one, so with t = tanh(e tanh^-1(e s)) the difference of two such numbers gives
 * sin chi = (s - t) / (1 - s t), and cos chi = cos(lat) sqrt(1 - t^2) / (1 - s t). */
#include "reach/arc.h"

#include "geo/geodesic.h"

/** t as above, at most 0.0067: the first terms left out are below 1e-17. */
static double flattening_of(double s)
{
    const double z = OVF_WGS84_E2 * s * s;
    double sum = 0;
    for (int n = 13; n >= 3; n -= 2)
        sum = (1.0 / n + sum) * z;
    const double u = OVF_WGS84_E2 * s * (1.0 + sum);
    const double u2 = u * u;
    return u * (1.0 - u2 * (1.0 / 3.0 - u2 * (2.0 / 15.0 - u2 * 17.0 / 315.0)));
}

struct ovf_unit ovf_arc_unit(struct ovf_point at)
{
    double sin_lat;
    double cos_lat;
    double sin_lon;
    double cos_lon;
    ovf_sincos_e7(at.lat_e7, &sin_lat, &cos_lat);
    ovf_sincos_e7(at.lon_e7, &sin_lon, &cos_lon);
    const double t = flattening_of(sin_lat);
    const double down = 1.0 / (1.0 - sin_lat * t);
    const double cos_chi = cos_lat * sqrt(1.0 - t * t) * down;
    return (struct ovf_unit){cos_chi * cos_lon, cos_chi * sin_lon, (sin_lat - t) * down};
}

double ovf_arc_scale_m(int32_t lat_e7)
{
    double s;
    double cosine;
    ovf_sincos_e7(lat_e7, &s, &cosine);
    const double t = flattening_of(s);
    const double n_m = OVF_WGS84_A_M / sqrt(1.0 - OVF_WGS84_E2 * s * s);
    return n_m * (1.0 - s * t) / sqrt(1.0 - t * t) - 1.0;
}

int64_t ovf_arc_latitude_e7(int64_t chi_e7)
{
    /* Snyder 3-5 for WGS84; the third term is 1.8e-8 sin(6 chi). */
    double sin2;
    double cos2;
    ovf_sincos_e7((int32_t)(2 * chi_e7), &sin2, &cos2);
    const double more = 3.356551468e-3 * sin2 + 6.571872e-6 * 2.0 * sin2 * cos2;
    return chi_e7 + (int64_t)(more / OVF_RAD_PER_E7);
}
