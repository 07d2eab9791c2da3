/* SPDX-License-Identifier: Apache-2.0 */
/* The geoid: by how much mean sea level lies above or below the WGS84 ellipsoid. A height h above the
 * ellipsoid is an altitude of h less the undulation above mean sea level.
 *
 * The undulation is a table of whole centimetres every quarter of a degree, as fine as EGM96's own
 * (NIMA TR8350.2, 3rd edition, section 6.2), and interpolated between with integers alone, so that what
 * it decides comes out the same on every machine. */
#ifndef OVF_GEO_GEOID_H
#define OVF_GEO_GEOID_H

#include "geo/point.h"

#define OVF_GEOID_STEP_E7 2500000

enum {
    OVF_GEOID_ROWS = 721,     /* from the south pole to the north pole */
    OVF_GEOID_COLUMNS = 1440, /* from 180 W eastward; 180 E is the first again */
};

/** Of places that the grid, from which the table was made, does not hold. */
#define OVF_GEOID_ABSENT INT16_MIN

/** The greatest undulations are +85 m and -107 m (NIMA TR8350.2, figure 6.1): more is no geoid. */
#define OVF_GEOID_MOST_CM 15000

/** Borrowed; any number of threads may read it. */
struct ovf_geoid {
    const int16_t *undulation_cm; /* OVF_GEOID_ROWS rows of OVF_GEOID_COLUMNS */
    const char *source;           /* for people: name and digest */
};

/** The undulation at \p at, bilinear between the four nodes around; false where one that counts is
 * absent. */
bool ovf_geoid_undulation_m(const struct ovf_geoid *geoid, struct ovf_point at,
                            double *undulation_m);

#endif
