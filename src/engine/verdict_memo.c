/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/verdict_memo.h"

#include <stdlib.h>

enum { N_PLACES = 4096 }; /* a power of two; some 0.8 MB */

struct ovf_verdict_known {
    struct ovf_verdict_question question; /* index NULL: none */
    struct ovf_verdict verdict;
};

void ovf_verdict_memo_deinit(struct ovf_verdict_memo *memo)
{
    free(memo->items);
    *memo = (struct ovf_verdict_memo){0};
}

static uint64_t mix(uint64_t name, uint64_t more)
{
    return (name ^ more) * UINT64_C(0x9E3779B97F4A7C15); /* 2^64 / golden ratio */
}

static size_t place_of(const struct ovf_verdict_question *q)
{
    uint64_t name = mix(2 * (uint64_t)q->owner + q->is_outside, (uint64_t)q->from.t_ns);
    name = mix(name, (uint64_t)q->to.t_ns);
    name = mix(name, (uint64_t)q->from.at.lat_e7 << 32 | (uint32_t)q->from.at.lon_e7);
    return (size_t)(name >> 40) & (N_PLACES - 1);
}

/** Of two doubles whether they are the same number; no radius is NAN. */
static bool is_same(double a, double b)
{
    return a <= b && a >= b;
}

static bool is_same_anchor(const struct ovf_anchor *a, const struct ovf_anchor *b)
{
    return a->t_ns == b->t_ns && a->at.lat_e7 == b->at.lat_e7 && a->at.lon_e7 == b->at.lon_e7 &&
           is_same(a->radius_m, b->radius_m);
}

static bool is_same_question(const struct ovf_verdict_question *a,
                             const struct ovf_verdict_question *b)
{
    return a->index == b->index && a->owner == b->owner && a->is_outside == b->is_outside &&
           is_same(a->accuracy_m, b->accuracy_m) && is_same_anchor(&a->from, &b->from) &&
           is_same_anchor(&a->to, &b->to) && is_same(a->limits.hard_kt, b->limits.hard_kt) &&
           is_same(a->limits.usual_kt, b->limits.usual_kt) &&
           is_same(a->limits.clock_s, b->limits.clock_s) &&
           a->limits.never_necessary == b->limits.never_necessary;
}

bool ovf_verdict_recall(const struct ovf_verdict_memo *memo,
                        const struct ovf_verdict_question *question, struct ovf_verdict *verdict)
{
    if (memo->items == NULL)
        return false;
    const struct ovf_verdict_known *known = &memo->items[place_of(question)];
    if (!is_same_question(&known->question, question))
        return false;
    *verdict = known->verdict;
    return true;
}

void ovf_verdict_keep(struct ovf_verdict_memo *memo, const struct ovf_verdict_question *question,
                      const struct ovf_verdict *verdict)
{
    if (memo->items == NULL)
        memo->items = calloc(N_PLACES, sizeof *memo->items);
    if (memo->items != NULL)
        memo->items[place_of(question)] = (struct ovf_verdict_known){*question, *verdict};
}
