/* SPDX-License-Identifier: Apache-2.0 */
/* How long a way over many places is. */
#ifndef OVF_GEO_POLYLINE_H
#define OVF_GEO_POLYLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/point.h"

enum { OVF_POLYLINE_PLACES = 32 };

/** Places of a way, one after the other. Zero-initialised: none yet. */
struct ovf_polyline {
    double lat_e7[OVF_POLYLINE_PLACES]; /* those behind the length's end, which is the first */
    double lon_e7[OVF_POLYLINE_PLACES + 1];
    size_t n;
    double length_m;
    bool narrow; /* as processors without AVX2 reckon it: for tests */
};

/** Adds the ways between the places at hand, one at the least, to the length; the last of them stays. */
void ovf_polyline_take(struct ovf_polyline *line);

/* Asked of each fix: inline. */
static inline void ovf_polyline_add(struct ovf_polyline *line, struct ovf_point at)
{
    if (line->n == OVF_POLYLINE_PLACES)
        ovf_polyline_take(line);
    line->lat_e7[line->n] = at.lat_e7;
    line->lon_e7[line->n++] = at.lon_e7;
}

/** The length up to the last place that was added: between neighbours that are less than 50 km and 2.29 degrees of
 * longitude apart it is ovf_distance_m but for a rounding of nanometres, at a third of its cost; between others the
 * geodesic's. */
double ovf_polyline_length_m(struct ovf_polyline *line);

#endif
