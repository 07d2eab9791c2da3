/* SPDX-License-Identifier: Apache-2.0 */
/* The prism of a gap as what the search needs of it: the window that holds all ways worth looking at, and
 * the scale that makes arcs in it lengths that are too short rather than too long (reach/arc.h). */
#ifndef OVF_REACH_FRAME_H
#define OVF_REACH_FRAME_H

#include "reach/arc.h"
#include "reach/prism.h"

#define OVF_MPS_PER_KT (1852.0 / 3600.0)

struct ovf_frame {
    const struct ovf_region *region;
    const struct ovf_anchor *from;
    const struct ovf_anchor *to;
    struct ovf_unit from_unit;
    struct ovf_unit to_unit;
    double time_s;
    double slack_m;           /* both radii */
    double flyable_m;         /* from centre to centre */
    bool is_all;              /* the window is the globe: there are no other ways */
    double search_rad;        /* no way that is this long leaves the window */
    struct ovf_window window; /* holds all ways that are shorter */
    double touch_rad;         /* of a way that touches the region and can be flown, at the most */
    struct ovf_window touch_window; /* holds those */
    double scale_m;                 /* the least of the window's */
    double direct_rad;
};

/** The window of the disc of radius \p radius_rad around \p middle, of any length but 0. It holds every place
 * whose distances from two places at equal arcs from the middle add up to no more than twice that. */
struct ovf_window ovf_window_around(struct ovf_unit middle, double radius_rad);

/** The latitude of \p window that lies farthest from the equator. */
int32_t ovf_window_highest_e7(const struct ovf_window *window);

/** Of anchors and limits that ovf_reach_check has passed. */
struct ovf_frame ovf_frame_of(const struct ovf_region *region, const struct ovf_anchor *from,
                              const struct ovf_anchor *to, const struct ovf_speed_limits *limits);

/** Whether the region can have been touched; when it can have been entered and left at the outside. */
bool ovf_frame_touch(const struct ovf_frame *frame, const struct ovf_speed_limits *limits,
                     int64_t *entry_ns, int64_t *exit_ns);

/** When the region's boundary can have been crossed at the outside, by who was on one side of it and then on the
 * other. Without a boundary that could be reached the first is later than the last. */
void ovf_frame_cross(const struct ovf_frame *frame, const struct ovf_speed_limits *limits,
                     int64_t *first_ns, int64_t *last_ns);

/**
 * Lay the obstacle of the region out, shrunk by \p extra_m more than its accuracy, and its walls. Within the
 * anchors' radii it does not count: who was elsewhere in a disc and avoided the obstacle avoids, from the
 * disc's centre on, what is left of it. A disc that lies inside is a hole, from which no way leads out: \p holds
 * tells so.
 */
OVF_NODISCARD enum ovf_status ovf_frame_lay(const struct ovf_frame *frame, double extra_m,
                                            struct ovf_reach *reach, bool *holds);

/** The class that follows from the speeds. The usual one tells only of an aircraft that kept to it on the
 * direct way, as its places and times are told: were radii and clocks taken off, more doubt could make a class
 * stronger. */
enum ovf_class ovf_verdict_class(const struct ovf_verdict *verdict, bool never_necessary);

/** The average speed over a way of that length between the centres. */
double ovf_frame_average_kt(const struct ovf_frame *frame, double length_m);

/** The average speed of the straight way, from centre to centre, by the scale of its ends; no radius, clock, limit
 * or airspace changes it. */
double ovf_frame_nominal_kt(const struct ovf_frame *frame);

#endif
