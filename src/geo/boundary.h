/* SPDX-License-Identifier: Apache-2.0 */
/* From rings as a map has them to the boundary that decides: distinct edges, each once, with the
 * airspaces ("owners") that it bounds.
 *
 * An edge that two owners share vertex for vertex is one edge of both, so both sides of a border agree
 * by construction. An edge that one owner has twice (a seam inside it) bounds nothing and vanishes.
 * Maps cut rings at the antimeridian and before the poles; a cut is no boundary: what lies on 180 from
 * both sides cancels, and edges wholly at or beyond the polar cuts are left out.
 */
#ifndef OVF_GEO_BOUNDARY_H
#define OVF_GEO_BOUNDARY_H

#include <stddef.h>

#include "base/error.h"
#include "geo/densify.h"
#include "geo/members.h"

/** An edge of the final boundary: straight in latitude and longitude, shorter than OVF_PIECE_MAX_E7. */
struct ovf_edge {
    struct ovf_point a;
    struct ovf_point b;
    uint32_t set; /* index of its owner set */
};

/** Distinct sets of owners; set 0 is the empty set. */
struct ovf_sets {
    struct ovf_members *items;
    size_t n;
    size_t capacity;
};

struct ovf_boundary_counts {
    size_t n_ring_edges;     /* as given */
    size_t n_distinct_edges; /* after merging, before cutting into straight pieces */
    size_t n_shared_edges;   /* of these, with two owners or more */
    size_t n_edges;          /* straight pieces */
    size_t n_long_edges;     /* distinct edges over 50 km */
    size_t n_cut_edges;      /* ring edges that lay on a cut */
};

struct ovf_boundary {
    struct ovf_edge *edges;
    size_t n_edges;
    struct ovf_sets sets;
    struct ovf_members north_pole; /* owners that hold it */
    struct ovf_boundary_counts counts;
};

struct ovf_boundary_builder;

/** \p cut_south_deg, \p cut_north_deg: where the map ends before the poles; -90 and 90 when it does not.
 * A map that does is cut at the antimeridian as well, and its vertices within 3 m of it are brought onto
 * it; of one that does not, what is written counts. */
OVF_NODISCARD enum ovf_status ovf_boundary_builder_new(double cut_south_deg, double cut_north_deg,
                                                       struct ovf_boundary_builder **out);
void ovf_boundary_builder_free(struct ovf_boundary_builder *builder);

/**
 * Add a ring of \p owner; holes are rings like others (inside is what an odd number of rings holds).
 * The last point may repeat the first. A ring goes the shorter way round from each point to the next.
  * A ring that runs once round the globe holds the pole that it reaches (or the cut before it), else the
 * one on the side of its mean latitude.
 * \retval OVF_E_RANGE  owner >= OVF_MEMBERS_MAX, or fewer than three distinct points
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_boundary_builder_add(struct ovf_boundary_builder *builder,
                                                       uint32_t owner,
                                                       const struct ovf_point *points,
                                                       size_t n_points, struct ovf_error *err);

/** Merge, cut and straighten; \p out is the caller's to deinit. The builder is used up. */
OVF_NODISCARD enum ovf_status ovf_boundary_builder_finish(struct ovf_boundary_builder *builder,
                                                          struct ovf_boundary *out);

void ovf_boundary_deinit(struct ovf_boundary *boundary);

/** The index of \p members in \p sets, added when it is new. */
OVF_NODISCARD enum ovf_status ovf_sets_intern(struct ovf_sets *sets,
                                              const struct ovf_members *members, uint32_t *index);

#endif
