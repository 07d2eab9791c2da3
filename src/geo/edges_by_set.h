/* SPDX-License-Identifier: Apache-2.0 */
/* The edges of an index by owner set, for who asks for many owners one after the other. */
#ifndef OVF_GEO_EDGES_BY_SET_H
#define OVF_GEO_EDGES_BY_SET_H

#include "geo/index.h"

/** Zero-initialise. */
struct ovf_edges_by_set {
    uint32_t *edges; /* numbers of edges, those of one set together and in order */
    uint32_t
        *first; /* in edges: where each set begins, and the end; edges of no set are left out */
};

/** \p out is empty before. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_edges_by_set_make(const struct ovf_index *index,
                                                    struct ovf_edges_by_set *out);

void ovf_edges_by_set_deinit(struct ovf_edges_by_set *edges);

/**
 * The numbers of the edges that bound \p owner, ascending, in \p *out (for the caller to free), and how many.
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_edges_of_owner(const struct ovf_edges_by_set *edges,
                                                 const struct ovf_index *index, uint32_t owner,
                                                 uint32_t **out, size_t *n_out);

#endif
