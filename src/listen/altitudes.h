/* SPDX-License-Identifier: Apache-2.0 */
/* Where geometric and barometric altitudes of an aircraft part (OVF_DETECTION_ALTITUDE), and which neighbours' part
 * alike: in the same direction, by about as much, about then, near there. Neighbours count only by detections of
 * their own, so that what they do not show is not said. */
#ifndef OVF_LISTEN_ALTITUDES_H
#define OVF_LISTEN_ALTITUDES_H

#include "track/merge.h"

struct ovf_altitude_change {
    int64_t from_ns;
    int64_t to_ns;
    struct ovf_point at; /* where it began */
    float change_ft;     /* of geometric less barometric altitude */
    uint32_t address;
};

/** Zero-initialised is empty. */
struct ovf_altitude_changes {
    struct ovf_altitude_change *items;
    size_t n;
    size_t capacity;
};

void ovf_altitude_changes_deinit(struct ovf_altitude_changes *changes);

/** Those of \p track, which is graded, take the place of what was there. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_altitude_changes_find(const struct ovf_track *track,
                                                        struct ovf_altitude_changes *changes);

/** A change, and the neighbours that share it. */
struct ovf_shared_altitude {
    struct ovf_altitude_change change;
    uint32_t *addresses; /* of the others, in order; one at the least */
    size_t n_others;
    size_t capacity;
};

/** Told of each, in the order in which they were pushed. */
typedef enum ovf_status ovf_shared_altitude_fn(void *context,
                                               const struct ovf_shared_altitude *shared);

struct ovf_shared_altitudes;

/** \p config is borrowed. */
OVF_NODISCARD enum ovf_status ovf_shared_altitudes_new(const struct ovf_detect_config *config,
                                                       ovf_shared_altitude_fn *tell, void *context,
                                                       struct ovf_shared_altitudes **out);
void ovf_shared_altitudes_free(struct ovf_shared_altitudes *shared);

/** Changes of all aircraft, one after the other in order of from_ns: what is kept is bounded by those of the longest of
 * them and altitude_within_s. \retval OVF_E_NOMEM  or what telling comes to */
OVF_NODISCARD enum ovf_status ovf_shared_altitudes_push(struct ovf_shared_altitudes *shared,
                                                        const struct ovf_altitude_change *change);

/** There are no more. */
OVF_NODISCARD enum ovf_status ovf_shared_altitudes_finish(struct ovf_shared_altitudes *shared);

#endif
