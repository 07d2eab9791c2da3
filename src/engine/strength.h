/* SPDX-License-Identifier: Apache-2.0 */
/* On what a crossing rests: the grades of its fixes, and whether it stands without the weak ones. */
#ifndef OVF_ENGINE_STRENGTH_H
#define OVF_ENGINE_STRENGTH_H

#include "airspace/passage.h"

struct ovf_strength {
    uint32_t n_of_grade[OVF_GRADE_N]; /* fixes inside, and the nearest believed ones outside */
    enum ovf_grade weakest;           /* of the believed ones */
    /* Computed again without fixes of grade C and D, there is a crossing of this airspace that overlaps in time
     * and has the same class or a better one. */
    bool holds_without_weak_fixes;
};

struct ovf_strength ovf_strength_of(const struct ovf_fix *fixes, const struct ovf_passage *passage);

/** What is asked again: as the walk and the passages were found. */
struct ovf_strength_question {
    const struct ovf_layer *layer;
    const struct ovf_walk_options *options;
    const struct ovf_members *wanted;
    double accuracy_m;
    size_t first; /* fixes [first, last] of the leg */
    size_t last;
};

/** Zero-initialise, reuse. */
struct ovf_strength_room {
    struct ovf_walk walk;
    struct ovf_passages passages;
    uint8_t *grades;
    size_t capacity;
};

void ovf_strength_room_deinit(struct ovf_strength_room *room);

/**
 * The passages of the same leg without its fixes of grade C and D, in room->passages.
 *
 * \param[in,out] fixes  while this works the weak ones have OVF_GRADE_X
 * \retval OVF_OK, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_strength_ask_again(const struct ovf_strength_question *question,
                                                     struct ovf_fix *fixes,
                                                     struct ovf_strength_room *room);

/** Whether \p passage is among \p without, with the same class or a better one. */
bool ovf_strength_holds(const struct ovf_passages *without, const struct ovf_passage *passage);

#endif
