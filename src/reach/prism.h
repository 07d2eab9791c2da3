/* SPDX-License-Identifier: Apache-2.0 */
/* What an aircraft must, could and could not have done in a gap between two places where it was.
 *
 * All its ways through the gap, at a limit of speed, make a space-time prism (Haegerstrand 1970; Miller
 * 2005, "A Measurement Theory for Time Geography"): if the shortest way around an airspace is too long to
 * be flown in the time, it was in it; if the shortest way that touches it is, it was not.
 *
 * Bounds are on the safe side of rounding, of the globe's shape, of the radius of the places, of the clocks
 * and of the boundary's accuracy: a class may be too weak, never too strong. Levels of flight are not
 * looked at: an airspace with a floor or a ceiling may have been passed above or below. */
#ifndef OVF_REACH_PRISM_H
#define OVF_REACH_PRISM_H

#include "airspace/passage.h"
#include "base/error.h"
#include "reach/route.h"

/** Where the aircraft was, and when. */
struct ovf_anchor {
    int64_t t_ns;
    struct ovf_point at;
    double radius_m; /* it was no farther from there */
};

/** One or more airspaces of an index; of several, their union. */
struct ovf_region {
    const struct ovf_index *index;
    struct ovf_members owners;
    double accuracy_m; /* of its boundary */
    bool is_outside;   /* it is all that these are not: to avoid it is to stay inside */
};

/** What is flown at the most; inference 2.3. */
#define OVF_HARD_SPEED_KT 720.0  /* turbojet, or unknown */
#define OVF_USUAL_SPEED_KT 600.0 /* its greatest true airspeed with a strong tail wind */
#define OVF_CLOCK_S 2.0          /* by which times of an archive may be off */

struct ovf_speed_limits {
    double hard_kt;
    double usual_kt; /* what is above hard_kt counts as that */
    double clock_s;
    bool never_necessary; /* of what may fly faster than hard_kt: unless no speed will do */
};

struct ovf_verdict {
    enum ovf_class class; /* NECESSARY to INCONSISTENT */
    double direct_kt;     /* average that the straight way takes, less the radii */
    double
        nominal_kt; /* the same from centre to centre in the time as it is told: no doubt changes it */
    double
        avoidance_kt; /* that staying out would have taken at the least; INFINITY: no way round */
    bool is_inside;   /* it was in it at one end, by more than the radius */
    bool is_open;     /* no way round was found as far as was searched: it is even more */
    double hard_kt;   /* as it was decided by */
    double usual_kt;
    int64_t entry_ns; /* not before; when it entered at all */
    int64_t exit_ns;  /* not after */
};

/** Scratch space; zero-initialise, reuse. Belongs to one thread. */
struct ovf_reach {
    struct ovf_cells cells;
    struct ovf_walls walls;
    struct ovf_route route;
    bool keep_corners; /* do not simplify walls */
};

void ovf_reach_deinit(struct ovf_reach *reach);

/**
 * Judge the gap between \p from and \p to for \p region.
 *
 * \param[out] verdict  unchanged on failure
 * \retval OVF_E_RANGE  \p to is not later than \p from; a speed is not a number from 1 to 10,000 kt, a radius
 *                      not one from 0 to 5,000 km, or the clocks' not one from 0 to 3,600 s: \p err says so
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_reach_judge(struct ovf_reach *reach,
                                              const struct ovf_region *region,
                                              const struct ovf_anchor *from,
                                              const struct ovf_anchor *to,
                                              const struct ovf_speed_limits *limits,
                                              struct ovf_verdict *verdict, struct ovf_error *err);

/** Whether ovf_reach_judge would say NECESSARY: in less time, by how much does not matter. */
OVF_NODISCARD enum ovf_status ovf_reach_ask_necessary(struct ovf_reach *reach,
                                                      const struct ovf_region *region,
                                                      const struct ovf_anchor *from,
                                                      const struct ovf_anchor *to,
                                                      const struct ovf_speed_limits *limits,
                                                      bool *is_necessary, struct ovf_error *err);

/**
 * When who was on one side of the region's boundary at \p from, and on the other at \p to, can have crossed it: not
 * before \p first_ns, not after \p last_ns, once or several times. The times of the two where no more is known:
 * they are too far apart to be flown. Levels of flight are not looked at.
 * \retval OVF_E_RANGE  as ovf_reach_judge
 */
OVF_NODISCARD enum ovf_status ovf_reach_cross_times(const struct ovf_region *region,
                                                    const struct ovf_anchor *from,
                                                    const struct ovf_anchor *to,
                                                    const struct ovf_speed_limits *limits,
                                                    int64_t *first_ns, int64_t *last_ns,
                                                    struct ovf_error *err);

/** Which airspaces the straight way leads through; it is looked at in two hundred places. */
struct ovf_members ovf_reach_on_way(const struct ovf_index *index, struct ovf_point from,
                                    struct ovf_point to);

/** Whether the straight way leaves the union of \p owners; it is looked at in as many. */
bool ovf_reach_leaves(const struct ovf_index *index, struct ovf_point from, struct ovf_point to,
                      const struct ovf_members *owners);

/** What is tried by ovf_reach_judge before anything is searched. */
OVF_NODISCARD enum ovf_status ovf_reach_check(const struct ovf_anchor *from,
                                              const struct ovf_anchor *to,
                                              const struct ovf_speed_limits *limits,
                                              struct ovf_error *err);

#endif
