/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of engine/between.h share: between_verdict.c judges one airspace in one gap, between_shown.c the
 * passages that were found, between_gap.c all that may have been crossed in a gap. */
#ifndef OVF_ENGINE_BETWEEN_PARTS_H
#define OVF_ENGINE_BETWEEN_PARTS_H

#include "engine/between.h"

/** Between two places where it was: two fixes or, beyond the first or the last of the leg, that fix and a disc in which
 * it was heard. */
struct ovf_between_gap {
    struct ovf_anchor from;
    struct ovf_anchor to;
    size_t before; /* the fixes; beyond: both the one */
    size_t after;
    bool is_beyond;
    struct ovf_members ends; /* what holds one of the fixes */
    int64_t t_ns;            /* of a place on the straight way */
    double lat_deg;
    double lon_deg;
    struct ovf_point at;
};

/** The fix with its own radius. */
struct ovf_anchor ovf_between_anchor_of(const struct ovf_fix *fix);

/** Of two fixes; what holds them and the straight way are not looked at. */
struct ovf_between_gap ovf_between_gap_of(const struct ovf_between_question *q, size_t before,
                                          size_t after);

/** Whether the airspace may have been passed above or below. What may be faster than others may climb faster, too; of a
 * disc no altitude is known. */
bool ovf_between_may_be_passed(const struct ovf_between_question *q, uint32_t owner,
                               const struct ovf_between_gap *gap);

/** Whether a fix around it is of grade D: those prove nothing. */
bool ovf_between_is_weak(const struct ovf_between_question *q, const struct ovf_between_gap *gap);

/** Whether when it was where follows from what could be flown: of what may fly at any speed nothing is known. */
bool ovf_between_bounds_times(const struct ovf_between_question *q,
                              const struct ovf_between_gap *gap);

/** What is asked of \p owner by what could be flown. */
struct ovf_verdict_question ovf_between_verdict_question(const struct ovf_between_question *q,
                                                         uint32_t owner,
                                                         const struct ovf_between_gap *gap);

/** The verdict as it was when the same was asked before, or anew. */
OVF_NODISCARD enum ovf_status ovf_between_reach(struct ovf_between *out,
                                                const struct ovf_verdict_question *q,
                                                struct ovf_verdict *verdict);

/** What was heard in the gap, in out->heard and out->by_way. */
void ovf_between_look_at_heard(const struct ovf_between_question *q, struct ovf_between *out,
                               const struct ovf_between_gap *gap);

/** Whether \p owner was crossed in the gap: the verdict of \p item, and what else it rests on. */
OVF_NODISCARD enum ovf_status ovf_between_judge(const struct ovf_between_question *q,
                                                struct ovf_between *out, uint32_t owner,
                                                const struct ovf_between_gap *gap,
                                                struct ovf_judged *item);

/** The class of a passage that fixes do not show well, and the times of its ends that lie in gaps. */
OVF_NODISCARD enum ovf_status ovf_between_judge_shown(const struct ovf_between_question *q,
                                                      struct ovf_between *out,
                                                      struct ovf_judged *item);

/** Append what may have been crossed in \p gap. */
OVF_NODISCARD enum ovf_status ovf_between_judge_gap(const struct ovf_between_question *q,
                                                    struct ovf_between *out,
                                                    const struct ovf_between_gap *gap);

OVF_NODISCARD enum ovf_status ovf_between_push(struct ovf_between *out,
                                               const struct ovf_judged *item);

#endif
