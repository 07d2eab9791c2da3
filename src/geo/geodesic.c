/* SPDX-License-Identifier: Apache-2.0 */
/* WGS84 lines: deterministic vectors, and PROJ's geodesics. */
#include "geo/geodesic.h"

#include <math.h>
#include <stddef.h>

#include "geo/trig.h"

struct ovf_vector ovf_vector_from_point(struct ovf_point at)
{
    double sin_lat;
    double cos_lat;
    double sin_lon;
    double cos_lon;
    ovf_sincos_e7(at.lat_e7, &sin_lat, &cos_lat);
    ovf_sincos_e7(at.lon_e7, &sin_lon, &cos_lon);
    const double n = 1.0 / sqrt(1.0 - OVF_WGS84_E2 * sin_lat * sin_lat);
    return (struct ovf_vector){n * cos_lat * cos_lon, n * cos_lat * sin_lon,
                               n * (1.0 - OVF_WGS84_E2) * sin_lat};
}

struct ovf_point ovf_vector_to_point(struct ovf_vector v)
{
    const double equatorial = sqrt(v.x * v.x + v.y * v.y);
    /* On the surface z / equatorial = (1 - e2) tan(lat), whatever the length of the vector. */
    return (struct ovf_point){
        .lat_e7 = (int32_t)ovf_atan2_e7(v.z, (1.0 - OVF_WGS84_E2) * equatorial),
        .lon_e7 = ovf_lon_wrap(ovf_atan2_e7(v.y, v.x)),
    };
}

double ovf_vector_distance_m(struct ovf_vector u, struct ovf_vector v)
{
    const double dx = u.x - v.x;
    const double dy = u.y - v.y;
    const double dz = u.z - v.z;
    const double chord = sqrt(dx * dx + dy * dy + dz * dz);
    const double half = chord < 2.0 ? chord / 2.0 : 1.0;
    if (half < 0.008) /* 100 km: the series' next term is 3 half^4 / 40 < 4e-10 */
        return OVF_WGS84_A_M * chord * (1.0 + half * half / 6.0);
    const double angle_e7 = (double)ovf_atan2_e7(half, sqrt(1.0 - half * half));
    return OVF_WGS84_A_M * 2.0 * angle_e7 * 1.7453292519943295e-9;
}

double ovf_distance_m(struct ovf_point a, struct ovf_point b)
{
    return ovf_vector_distance_m(ovf_vector_from_point(a), ovf_vector_from_point(b));
}

struct ovf_point ovf_point_midpoint(struct ovf_point a, struct ovf_point b)
{
    const struct ovf_vector u = ovf_vector_from_point(a);
    const struct ovf_vector v = ovf_vector_from_point(b);
    const struct ovf_vector sum = {u.x + v.x, u.y + v.y, u.z + v.z};
    const double dx = u.x - v.x;
    const double dy = u.y - v.y;
    const double dz = u.z - v.z;
    /* A geodesic curves towards the normal, not towards the centre of the globe: go up along the normal
     * from the middle of the chord, which lies -h = chord^2 / 8 under the surface (in radii). At height
     * h tan(lat) = z / (equatorial (1 - e2 N / (N + h))), and N is 1 but for 0.3 %. */
    const double sagitta = (dx * dx + dy * dy + dz * dz) / 8.0;
    const double equatorial = sqrt(sum.x * sum.x + sum.y * sum.y);
    return (struct ovf_point){
        .lat_e7 = (int32_t)ovf_atan2_e7(sum.z, (1.0 - OVF_WGS84_E2 * (1.0 + sagitta)) * equatorial),
        .lon_e7 = ovf_lon_wrap(ovf_atan2_e7(sum.y, sum.x)),
    };
}

static struct geod_geodesic wgs84(void)
{
    struct geod_geodesic g;
    geod_init(&g, OVF_WGS84_A_M, OVF_WGS84_F);
    return g;
}

struct ovf_geodesic ovf_geodesic_between(struct ovf_point a, struct ovf_point b)
{
    const struct geod_geodesic g = wgs84();
    struct ovf_geodesic out;
    geod_inverseline(&out.line, &g, ovf_deg_from_e7(a.lat_e7), ovf_deg_from_e7(a.lon_e7),
                     ovf_deg_from_e7(b.lat_e7), ovf_deg_from_e7(b.lon_e7),
                     GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
    out.length_m = out.line.s13;
    return out;
}

void ovf_geodesic_at(const struct ovf_geodesic *geodesic, double fraction, double *lat_deg,
                     double *lon_deg)
{
    geod_position(&geodesic->line, fraction * geodesic->length_m, lat_deg, lon_deg, NULL);
    if (*lon_deg >= 180.0)
        *lon_deg -= 360.0;
}

double ovf_geodesic_length_m(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg)
{
    const struct geod_geodesic g = wgs84();
    double length_m;
    geod_inverse(&g, lat1_deg, lon1_deg, lat2_deg, lon2_deg, &length_m, NULL, NULL);
    return length_m;
}
