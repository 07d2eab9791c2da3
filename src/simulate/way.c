/* SPDX-License-Identifier: Apache-2.0 */
#include "simulate/way.h"

#include <geodesic.h>
#include <math.h>
#include <stddef.h>

#include "geo/geodesic.h"

struct ovf_point ovf_way_moved(struct ovf_point at, double azimuth_deg, double distance_m)
{
    struct geod_geodesic g;
    double lat = 0.0;
    double lon = 0.0;
    geod_init(&g, OVF_WGS84_A_M, OVF_WGS84_F);
    geod_direct(&g, ovf_deg_from_e7(at.lat_e7), ovf_deg_from_e7(at.lon_e7), azimuth_deg, distance_m,
                &lat, &lon, NULL);
    return (struct ovf_point){(int32_t)floor(lat * OVF_E7_PER_DEG + 0.5),
                              ovf_lon_wrap((int64_t)floor(lon * OVF_E7_PER_DEG + 0.5))};
}

double ovf_way_azimuth_deg(struct ovf_point from, struct ovf_point to)
{
    struct geod_geodesic g;
    double azimuth = 0.0;
    geod_init(&g, OVF_WGS84_A_M, OVF_WGS84_F);
    geod_inverse(&g, ovf_deg_from_e7(from.lat_e7), ovf_deg_from_e7(from.lon_e7),
                 ovf_deg_from_e7(to.lat_e7), ovf_deg_from_e7(to.lon_e7), NULL, &azimuth, NULL);
    return azimuth;
}
