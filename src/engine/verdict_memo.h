/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts of gaps that were judged before. An aircraft that is followed live is looked at again and again, and most of
 * what lies between its fixes is as it was; to judge it takes longer than all the rest of a look. */
#ifndef OVF_ENGINE_VERDICT_MEMO_H
#define OVF_ENGINE_VERDICT_MEMO_H

#include "reach/prism.h"

/** All that a verdict depends on, of one airspace. The index is known by its address. */
struct ovf_verdict_question {
    const struct ovf_index *index;
    uint32_t owner;
    bool is_outside; /* of all that is not the airspace's */
    double accuracy_m;
    struct ovf_anchor from;
    struct ovf_anchor to;
    struct ovf_speed_limits limits;
};

struct ovf_verdict_known;

/** Zero-initialise. Bounded: of two that fall into one place the newer stays. */
struct ovf_verdict_memo {
    struct ovf_verdict_known *items;
};

void ovf_verdict_memo_deinit(struct ovf_verdict_memo *memo);

/** \return false: it is not known */
bool ovf_verdict_recall(const struct ovf_verdict_memo *memo,
                        const struct ovf_verdict_question *question, struct ovf_verdict *verdict);

/** Without memory it is not kept. */
void ovf_verdict_keep(struct ovf_verdict_memo *memo, const struct ovf_verdict_question *question,
                      const struct ovf_verdict *verdict);

#endif
