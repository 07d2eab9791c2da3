/* SPDX-License-Identifier: Apache-2.0 */
/* Ways to read a track: sequences of its fixes in which each is reachable from the one before. The longest
 * leaves out single outliers; what contradicts it for longer is a way of its own. */
#ifndef OVF_TRACK_WAYS_H
#define OVF_TRACK_WAYS_H

#include "track/detection.h"
#include "track/fix.h"

#define OVF_NO_FIX UINT32_MAX

struct ovf_way_end {
    uint32_t last;   /* its last fix */
    uint32_t length; /* fixes */
};

/** Where a fix goes on from. */
struct ovf_way_link {
    uint32_t before; /* the fix before it on the longest way that ends in it; OVF_NO_FIX: none */
    float step_m;    /* how far that is; below 0: not looked at */
};

/** Zero-initialised is empty. */
struct ovf_ways {
    struct ovf_way_end *items; /* the longest first; of equally long ones the one that ends first */
    size_t n;
    size_t capacity;
};

void ovf_ways_deinit(struct ovf_ways *ways);

/**
 * The ways through \p fixes, fewer than 2^32 - 1 of them, all of which become OVF_GRADE_NONE. At most six are gone on
 * with at a time: when a seventh begins, the shortest ends.
 *
 * \param[out]    links  one for each fix
 * \param[in,out] found  emptied first
 * \retval OVF_OK, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_ways_find(struct ovf_fixes *fixes,
                                            const struct ovf_detect_config *config,
                                            struct ovf_way_link *links, struct ovf_ways *found);

#endif
