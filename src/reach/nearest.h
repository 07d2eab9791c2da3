/* SPDX-License-Identifier: Apache-2.0 */
/* How near the boundary of airspaces comes: to one place, and to the way between two. */
#ifndef OVF_REACH_NEAREST_H
#define OVF_REACH_NEAREST_H

#include "geo/index.h"
#include "reach/arc.h"

/** By how much lower bounds are below the least, at the most: 100 m. */
#define OVF_NEAREST_SLACK_RAD (100.0 / 6.35e6)

/** Lower bounds in radians. */
struct ovf_nearest {
    double from_rad; /* from the first place to the boundary */
    double to_rad;   /* from the second */
    bool is_touched; /* a way from the first to the second that is within the limit may touch it */
};

/** Of the boundary of the union of \p owners within \p window; \p limit_rad, for a distance as for a way,
 * where nothing is nearer. */
struct ovf_nearest ovf_nearest_boundary(const struct ovf_index *index,
                                        const struct ovf_members *owners,
                                        const struct ovf_window *window, struct ovf_unit from,
                                        struct ovf_unit to, double limit_rad);

/** The distance of one place, bounded as above; \p limit_rad where nothing is nearer. What is known of it makes a
 * limit that saves most of the search. */
double ovf_nearest_rad(const struct ovf_index *index, const struct ovf_members *owners,
                       struct ovf_unit at, double limit_rad);

/** Edges about a place, for looks from places near it. Zero-initialise; of one index and one set of owners. */
enum { OVF_ABOUT_MAX = 4096, OVF_ABOUT_BLOCK = 16 };
struct ovf_about {
    struct ovf_unit centre;
    double radius_rad; /* all edges so near are here; 0: nothing was looked for yet */
    bool is_whole;     /* there was room for them */
    size_t n;
    struct ovf_edge edges[OVF_ABOUT_MAX];
    struct ovf_edge
        boxes[OVF_ABOUT_MAX / OVF_ABOUT_BLOCK]; /* corners of what holds so many of them in a row */
    size_t nearest;                             /* the box that had the last one found */
};

/** The same as ovf_nearest_rad, for place after place on a way. */
double ovf_about_rad(struct ovf_about *about, const struct ovf_index *index,
                     const struct ovf_members *owners, struct ovf_unit at, double limit_rad);

/** is_touched alone, of places that are not opposite each other: the search ends where it is. */
bool ovf_is_touched(const struct ovf_index *index, const struct ovf_members *owners,
                    struct ovf_unit from, struct ovf_unit to, double limit_rad);

/** Add to \p owners those of all edges by way of which the second place may be reached within the limit. */
void ovf_near_owners(const struct ovf_index *index, const struct ovf_window *window,
                     struct ovf_unit from, struct ovf_unit to, double limit_rad,
                     struct ovf_members *owners);

#endif
