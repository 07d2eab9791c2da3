/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OVF_TESTS_POLYGONS_H
#define OVF_TESTS_POLYGONS_H

#include "geo/rings.h"

/** The polygons of one owner, of whom alone they are wanted. */
static inline enum ovf_status polygons_of_owner(const struct ovf_index *index, uint32_t owner,
                                                struct ovf_polygons *out)
{
    struct ovf_edges_by_set edges = {0};
    enum ovf_status st = ovf_edges_by_set_make(index, &edges);
    if (st == OVF_OK)
        st = ovf_polygons_of_one(index, &edges, owner, out);
    ovf_edges_by_set_deinit(&edges);
    return st;
}

#endif
