/* SPDX-License-Identifier: Apache-2.0 */
/* Where positions jump to, and the places that several aircraft's positions jump to: one that those of several
 * (sink_aircraft) did within sink_m and sink_s is a sink of that UTC day. What jumps there later on that day belongs to
 * it, too. */
#ifndef OVF_LISTEN_JUMPS_H
#define OVF_LISTEN_JUMPS_H

#include "geo/local.h"
#include "track/merge.h"

struct ovf_jump {
    int64_t t_s; /* since 1970 */
    struct ovf_point to;
    uint32_t address;
};

/** Zero-initialised is empty. */
struct ovf_jumps {
    struct ovf_jump *items;
    size_t n;
    size_t capacity;
};

void ovf_jumps_deinit(struct ovf_jumps *jumps);

/**
 * The ends of the jumps of \p track, which is graded, take the place of what was there. An end of a jump is
 * where it led to, not where it left, when the believed fix before it or behind it is out of reach from there;
 * without a believed fix nobody can tell, and there is none.
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_jumps_find(const struct ovf_track *track,
                                             const struct ovf_detect_config *config,
                                             struct ovf_jumps *jumps);

/** A place that aircraft were drawn to, on one day. */
struct ovf_jump_place {
    struct ovf_point at; /* one of the jumps' */
    int64_t first_s;     /* since 1970; may be before midnight */
    int64_t last_s;
    uint32_t *addresses; /* in order */
    size_t n_aircraft;
    size_t capacity;
    struct ovf_unit unit; /* private: at */
};

/** Told of each, in order of day, first_s, at. */
typedef enum ovf_status ovf_jump_place_fn(void *context, const struct ovf_jump_place *place);

struct ovf_jump_places;

/** \p config is borrowed. */
OVF_NODISCARD enum ovf_status ovf_jump_places_new(const struct ovf_detect_config *config,
                                                  ovf_jump_place_fn *tell, void *context,
                                                  struct ovf_jump_places **out);
void ovf_jump_places_free(struct ovf_jump_places *places);

/** Jumps of all aircraft, one after the other in order of time, address, place: what is kept is bounded by the
 * aircraft that jump within sink_s and the places of a day. \retval OVF_E_NOMEM  or what telling comes to */
OVF_NODISCARD enum ovf_status ovf_jump_places_push(struct ovf_jump_places *places,
                                                   const struct ovf_jump *jump);

/** There are no more. */
OVF_NODISCARD enum ovf_status ovf_jump_places_finish(struct ovf_jump_places *places);

#endif
