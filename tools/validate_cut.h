/* SPDX-License-Identifier: Apache-2.0 */
/* A flight of which the ends are known, cut short: what is found from the rest. */
#ifndef OVF_TOOLS_VALIDATE_CUT_H
#define OVF_TOOLS_VALIDATE_CUT_H

#include "flight/endpoint.h"

/** What is taken away at an end of a track. */
struct cut {
    double
        minutes; /* the fixes up to so long after take-off, or from so long before landing on; 0: none */
    double below_ft; /* those that are lower, in the track's own barometric altitude ... */
    bool has_floor;  /* ... where this says so; then those on the ground as well */
    int64_t edge_ns; /* of take-off or landing */
};

/** What is found of \p end in the fixes that \p cut leaves, \p n_left of them; false when that is none or
 * no flight. */
bool cut_and_find(const struct ovf_airports *airports, const struct ovf_track *track,
                  enum ovf_end end, const struct cut *cut, struct ovf_endpoint *found,
                  size_t *n_left);

/** "97.3 % (96.1 to 98.2)": \p right of \p n, and Wilson's interval of 95 % for \p n_independent cases,
 * into \p text. */
void share_print(size_t right, size_t n, size_t n_independent, char text[48]);

#endif
