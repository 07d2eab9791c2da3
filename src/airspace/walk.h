/* SPDX-License-Identifier: Apache-2.0 */
/* Walking a leg through a layer of airspaces: when exactly does the set of airspaces that hold the
 * aircraft change?
 *
 * Between two believed fixes that are near enough in time the aircraft is taken to fly the WGS84
 * geodesic at uniform speed (and to climb uniformly); every change is found on the way, between fixes
 * too. Longer intervals are gaps: nothing is said about the time in them, and the walk starts anew at
 * the fix behind. Fixes of grade X are passed over.
 */
#ifndef OVF_AIRSPACE_WALK_H
#define OVF_AIRSPACE_WALK_H

#include "airspace/limits.h"
#include "base/error.h"
#include "geo/index.h"
#include "track/fix.h"

struct ovf_layer {
    const struct ovf_index *index;   /* borrowed */
    const struct ovf_limits *limits; /* borrowed; only airspaces that have any */
    size_t n_limits;
    const struct ovf_geoid *geoid; /* borrowed; NULL: unknown */
};

struct ovf_walk_options {
    int64_t max_gap_ns;    /* the longest interval that is bridged, > 0 */
    int64_t decimation_ns; /* added where the input says that it thinned out rows itself */
    bool
        never_stays; /* fixes around a gap may be of two aircraft: nothing stays in an airspace over it */
    double hard_kt; /* nothing is faster over ground; less than 720 counts as that */
};

enum ovf_step_kind {
    OVF_STEP_START, /* the first believed fix */
    OVF_STEP_CROSS, /* a boundary, a limit or its margin is crossed between two fixes; or, at a fix, an
                       altitude becomes known or unknown and changes members or what is doubtful */
    OVF_STEP_GAP, /* a gap between two fixes; members are those of the fix behind it */
    OVF_STEP_END, /* the last believed fix; members are empty */
};

/** A moment from which on the aircraft is in another set of airspaces. */
struct ovf_step {
    enum ovf_step_kind kind;
    /* The last believed fix before the moment, and the first after it; the same for START and END. */
    size_t before;
    size_t after;
    int64_t t_ns;   /* CROSS: the solved instant; GAP: of the fix behind */
    double lat_deg; /* CROSS: the solved place; else the fix's */
    double lon_deg;
    struct ovf_point at;        /* the same to within OVF_CHORD_M, for what decides */
    struct ovf_members members; /* from here on */
    /* GAP: airspaces that the aircraft can be taken to have stayed in: the geodesic over the gap never
     * leaves them, and the aircraft could not have at hard_kt, or the gap is hardly longer than the
     * direct way takes. */
    struct ovf_members stays;
    /* Airspaces with vertical limits whose altitude test is undetermined. */
    struct ovf_members doubtful;
};

struct ovf_steps {
    struct ovf_step *items;
    size_t n;
    size_t capacity;
};

/** The walk's results and its scratch space; zero-initialise, reuse. */
struct ovf_walk {
    struct ovf_steps steps;
    struct ovf_points pieces;
    struct ovf_hits hits;
};

void ovf_walk_deinit(struct ovf_walk *walk);

static inline bool ovf_fix_is_believed(const struct ovf_fix *fix)
{
    return fix->grade != OVF_GRADE_X;
}

/** Whether the time between fix \p i and the next believed one, \p j, is bridged; else it is a gap. */
bool ovf_walk_bridges(const struct ovf_walk_options *options, const struct ovf_fix *fixes, size_t i,
                      size_t j);

/**
 * Walk the fixes [first, last] of \p fixes, in order of time.
 *
 * \param[out] walk  steps: START, then what happens in order of time, then END; none when no fix is
 *                   believed. Without vertical limits each CROSS step changes the set of members.
 * \retval OVF_OK, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_walk_leg(const struct ovf_layer *layer,
                                           const struct ovf_fix *fixes, size_t first, size_t last,
                                           const struct ovf_walk_options *options,
                                           struct ovf_walk *walk);

#endif
