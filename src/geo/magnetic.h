/* SPDX-License-Identifier: Apache-2.0 */
/* Which way a compass points: what turns the number of a runway into a direction. */
#ifndef OVF_GEO_MAGNETIC_H
#define OVF_GEO_MAGNETIC_H

#include <stdbool.h>

#include "geo/point.h"

/**
 * The declination of 2020 at \p at: degrees by which a compass points east of north.
 *
 * Within 1.5 degrees of the full model where a compass works well; it drifts by up to 2 degrees in ten
 * years. False, and untouched, where the horizontal field is below 6,000 nT, so near a magnetic pole
 * that a compass is no use and directions are given from true north.
 */
bool ovf_magnetic_declination(struct ovf_point at, double *east_deg);

#endif
