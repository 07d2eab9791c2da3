/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the aircraft that are followed live is due next: a heap of their numbers. */
#ifndef OVF_ENGINE_LIVE_DUE_H
#define OVF_ENGINE_LIVE_DUE_H

#include "engine/live_hold.h"

/** Zero-initialised is empty. */
struct ovf_live_due {
    uint32_t *numbers; /* the first is due first; of equals the one with the lower address */
    size_t n;
    size_t capacity;
};

void ovf_live_due_deinit(struct ovf_live_due *due);

/** It is due at \p t_ns, whatever was said of it before. */
OVF_NODISCARD enum ovf_status ovf_live_due_set(struct ovf_live_due *due, struct ovf_live_hold *hold,
                                               uint32_t number, int64_t t_ns);

/** It is not due any more. */
void ovf_live_due_clear(struct ovf_live_due *due, struct ovf_live_hold *hold, uint32_t number);

/** The one that is due first, if that is by \p t_ns; else OVF_LIVE_NONE. */
static inline uint32_t ovf_live_due_by(const struct ovf_live_due *due,
                                       const struct ovf_live_hold *hold, int64_t t_ns)
{
    return due->n > 0 && hold->crafts[due->numbers[0]].due_ns <= t_ns ? due->numbers[0]
                                                                      : OVF_LIVE_NONE;
}

#endif
