/* SPDX-License-Identifier: Apache-2.0 */
/* Splitting a graded track into legs: take-off to landing. */
#ifndef OVF_TRACK_LEGS_H
#define OVF_TRACK_LEGS_H

#include "track/merge.h"

/** Why a leg begins where it does. */
enum ovf_split {
    OVF_SPLIT_NONE = 0,    /* the track begins */
    OVF_SPLIT_STOP,        /* it landed, slowed down, stayed, and took off again */
    OVF_SPLIT_GROUND_GAP,  /* on the ground, unheard for more than 25 min */
    OVF_SPLIT_UNSEEN_STOP, /* descended, was silent long enough to land and take off, climbed */
    OVF_SPLIT_CALLSIGN,    /* silent for longer than the way needs, another callsign after it */
    OVF_SPLIT_SILENCE,     /* silent for much longer than the way needs */
};

/** A leg: fixes first to last of the track, those of grade X among them counting as none. */
struct ovf_leg {
    size_t first;          /* believed; on the ground when starts_on_ground */
    size_t last;           /* believed; on the ground when ends_on_ground */
    size_t first_airborne; /* believed */
    size_t last_airborne;  /* believed */
    size_t n_believed;
    size_t n_weak; /* of these, of grade C or D */
    bool starts_on_ground;
    bool ends_on_ground;
    enum ovf_split split; /* what parts it from the leg before */
    char callsign[8];     /* the one on most fixes that have one; NUL-padded; all NUL: none known */
    unsigned n_callsigns; /* how many times another callsign came up, plus one; 0: none known */
};

/** Zero-initialised is empty. */
struct ovf_legs {
    struct ovf_leg *items;
    size_t n;
    size_t capacity;
};

void ovf_legs_deinit(struct ovf_legs *legs);

/**
 * Find the legs of \p track, which has been graded (X is skipped). A leg has at least one fix in the
 * air: what only taxied, stood or drove is none. The taxi before take-off (up to 60 min) and after
 * landing (up to 30 min) belongs to the leg.
 *
 * A touch-and-go, an orbit of any length, midnight, and another callsign in flight do not split.
 *
 * \param[in,out] legs  what it held is freed; in time order, not overlapping; untouched on failure
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_legs_split(const struct ovf_track *track, struct ovf_legs *legs);

/** Altitude for what is coarse about height: barometric, else geometric. False: neither is known. */
bool ovf_fix_altitude_ft(const struct ovf_fix *fix, double *altitude_ft);

/** +1 climbing, -1 descending, 0 neither or unknown: over the believed fixes up to 5 min before
 * (\p forward false) or after (true) \p fix, within [first, last] of the track, or by the rates they
 * state. */
int ovf_track_climb(const struct ovf_track *track, size_t fix, size_t first, size_t last,
                    bool forward);

#endif
