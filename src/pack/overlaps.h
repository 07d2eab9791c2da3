/* SPDX-License-Identifier: Apache-2.0 */
/* Which airspaces of one map overlap: every set of two or more that some place belongs to. */
#ifndef OVF_PACK_OVERLAPS_H
#define OVF_PACK_OVERLAPS_H

#include "geo/boundary.h"
#include "geo/index.h"

struct ovf_overlap {
    struct ovf_members members;
    struct ovf_point at; /* one place of it */
    uint32_t n_edges;    /* straight edges on its border */
    double area_km2;     /* on a sphere, within 1 %, for telling regions from slivers */
};

struct ovf_overlaps {
    struct ovf_overlap *items;
    size_t n;
    size_t capacity;
};

void ovf_overlaps_deinit(struct ovf_overlaps *overlaps);

/**
 * Find them, in the order of their members. A region is bounded by edges, so looking at both sides of
 * each edge finds all but those narrower than 5e-7 degree (6 cm).
 */
OVF_NODISCARD enum ovf_status ovf_overlaps_find(const struct ovf_boundary *boundary,
                                                const struct ovf_index *index,
                                                struct ovf_overlaps *out);

#endif
