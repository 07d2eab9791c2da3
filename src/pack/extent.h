/* SPDX-License-Identifier: Apache-2.0 */
/* The box of latitude and longitude around an airspace. */
#ifndef OVF_PACK_EXTENT_H
#define OVF_PACK_EXTENT_H

#include "geo/boundary.h"
#include "geo/index.h"

/** From west eastward to east; west > east when the box lies over the antimeridian. All longitudes are
 * west = -180e7, east = 180e7 - 1, and an airspace that holds a pole has them. */
struct ovf_extent {
    int32_t south_e7;
    int32_t west_e7;
    int32_t north_e7;
    int32_t east_e7;
    uint32_t n_edges;
};

/**
 * The extents of owners 0 to \p n_owners - 1, in \p out. An owner without edges has n_edges 0 and an
 * empty box, or the globe when it holds a pole.
 */
OVF_NODISCARD enum ovf_status ovf_extents_find(const struct ovf_boundary *boundary,
                                               const struct ovf_index *index, uint32_t n_owners,
                                               struct ovf_extent *out);

#endif
