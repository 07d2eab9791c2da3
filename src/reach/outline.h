/* SPDX-License-Identifier: Apache-2.0 */
/* Which edges of an index bound the union of airspaces. */
#ifndef OVF_REACH_OUTLINE_H
#define OVF_REACH_OUTLINE_H

#include "geo/index.h"

/** What is asked of one edge after the other, and what the last answer was: neighbours in the index mostly part
 * the same airspaces. */
struct ovf_outline {
    const struct ovf_index *index;
    const struct ovf_members *owners;
    bool is_one;       /* owner: all of its edges bound it */
    uint32_t last_set; /* of an edge that was asked for */
    bool last_has;     /* one of the owners */
};

/** Borrows both. */
struct ovf_outline ovf_outline_of(const struct ovf_index *index, const struct ovf_members *owners);

/** Whether edge \p number bounds one of them; if so it is in \p edge. */
bool ovf_outline_may_have(struct ovf_outline *outline, uint32_t number, struct ovf_edge *edge);

/** Whether such an edge bounds the union: not if it only parts two of its airspaces. */
bool ovf_outline_has(const struct ovf_outline *outline, const struct ovf_edge *edge);

#endif
