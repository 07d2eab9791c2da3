/* SPDX-License-Identifier: Apache-2.0 */
/* Passages that were found: how those that fixes do not show well are classed, and when ends that lie in gaps were. */
#include "engine/between_parts.h"

#include <math.h>

#include "base/time.h"

/** Whether a fix of grade \p weakest or better shows it inside by more than its radius. */
static bool is_shown_inside(const struct ovf_between_question *q, const struct ovf_passage *p,
                            enum ovf_grade weakest)
{
    for (size_t i = p->entry.after; i <= p->exit.before; i++) {
        if (q->fixes[i].grade <= weakest &&
            ovf_passage_fix_is_deep(q->layer->index, &q->fixes[i], p->owner, q->accuracy_m))
            return true;
    }
    return false;
}

/** A passage that fixes do not show well: classed by what could be flown round it. */
static enum ovf_status judge_passage(const struct ovf_between_question *q, struct ovf_between *out,
                                     struct ovf_judged *item)
{
    struct ovf_passage *p = &item->passage;
    const struct ovf_between_gap gap = ovf_between_gap_of(q, p->entry.before, p->exit.after);
    if (p->class != OVF_CLASS_POSSIBLE || p->entry.kind == OVF_PASSAGE_TRACK ||
        p->exit.kind == OVF_PASSAGE_TRACK || gap.from.t_ns >= gap.to.t_ns ||
        ovf_between_may_be_passed(q, p->owner, &gap))
        return OVF_OK;
    const enum ovf_status st = ovf_between_judge(q, out, p->owner, &gap, item);
    if (st != OVF_OK)
        return st;
    item->has_verdict = true;
    p->vertical_undetermined = false; /* it was within limits all the way, where there are any */
    p->vertical_known = true;
    if (item->verdict.class != OVF_CLASS_NECESSARY && is_shown_inside(q, p, OVF_GRADE_C)) {
        item->needs_inside = !is_shown_inside(q, p, OVF_GRADE_B);
        item->verdict.is_inside = true; /* no speed would have kept it out */
        item->verdict.avoidance_kt = (double)INFINITY;
        item->verdict.class = OVF_CLASS_NECESSARY;
    }
    p->class = item->verdict.class;
    if (p->class ==
        OVF_CLASS_IMPOSSIBLE) { /* the way through the fixes as they are written does touch it */
        p->class = OVF_CLASS_POSSIBLE;
        item->needs_inside = true;
    }
    return OVF_OK;
}

/** When the boundary can have been crossed at an end in a gap. Limits of altitude are passed anywhere. */
static enum ovf_status narrow_end(const struct ovf_between_question *q, uint32_t owner,
                                  struct ovf_passage_end *end)
{
    const struct ovf_between_gap gap = ovf_between_gap_of(q, end->before, end->after);
    struct ovf_region region = {.index = q->layer->index, .accuracy_m = q->accuracy_m};
    if (end->kind != OVF_PASSAGE_GAP || gap.from.t_ns >= gap.to.t_ns ||
        !ovf_between_bounds_times(q, &gap) || ovf_between_may_be_passed(q, owner, &gap))
        return OVF_OK;
    ovf_members_toggle(&region.owners, owner);
    return ovf_reach_cross_times(&region, &gap.from, &gap.to, q->limits, &end->earliest_ns,
                                 &end->latest_ns, NULL);
}

/** Whether a receiver heard it in the gap with no place of the airspace in sight: then it was outside. What can be
 * touched from a disc within a second is the disc. */
static enum ovf_status ask_heard_outside(const struct ovf_between_question *q,
                                         struct ovf_between *out, uint32_t owner,
                                         const struct ovf_between_gap *gap, bool *was_outside)
{
    struct ovf_region region = {.index = q->layer->index, .accuracy_m = q->accuracy_m};
    enum ovf_status st = OVF_OK;
    ovf_members_toggle(&region.owners, owner);
    ovf_between_look_at_heard(q, out, gap);
    *was_outside = false;
    for (size_t i = 0; i < out->heard.n && st == OVF_OK && !*was_outside; i++) {
        const struct ovf_anchor *const disc = &out->heard.items[i];
        const struct ovf_anchor then = {disc->t_ns + OVF_NS_PER_S, disc->at, disc->radius_m};
        struct ovf_verdict verdict = {0};
        st = ovf_reach_judge(&out->reach, &region, disc, &then, q->limits, &verdict, NULL);
        *was_outside = verdict.class == OVF_CLASS_IMPOSSIBLE;
    }
    return st;
}

/** An end in a gap that was inside at both ends: did it have to leave? Who flew to another island did, and who was
 * heard elsewhere. Fixes of grade D prove nothing. */
static enum ovf_status ask_stayed(const struct ovf_between_question *q, struct ovf_between *out,
                                  uint32_t owner, struct ovf_passage_end *end)
{
    const struct ovf_between_gap gap = ovf_between_gap_of(q, end->before, end->after);
    struct ovf_verdict_question question = ovf_between_verdict_question(q, owner, &gap);
    struct ovf_verdict verdict;
    question.is_outside = true;
    if (gap.from.t_ns >= gap.to.t_ns || ovf_between_is_weak(q, &gap))
        return OVF_OK;
    bool left = false;
    enum ovf_status st = ovf_between_reach(out, &question, &verdict);
    if (st == OVF_OK && verdict.class != OVF_CLASS_NECESSARY)
        st = ask_heard_outside(q, out, owner, &gap, &left);
    if (st == OVF_OK)
        end->perhaps_stayed = verdict.class != OVF_CLASS_NECESSARY && !left;
    return st;
}

/** When the boundary was crossed, if it was. */
static enum ovf_status judge_end(const struct ovf_between_question *q, struct ovf_between *out,
                                 uint32_t owner, struct ovf_passage_end *end)
{
    enum ovf_status st = OVF_OK;
    if (end->perhaps_stayed)
        st = ask_stayed(q, out, owner, end);
    return st == OVF_OK && !end->perhaps_stayed ? narrow_end(q, owner, end) : st;
}

enum ovf_status ovf_between_judge_shown(const struct ovf_between_question *q,
                                        struct ovf_between *out, struct ovf_judged *item)
{
    struct ovf_passage *p = &item->passage;
    enum ovf_status st = judge_end(q, out, p->owner, &p->entry);
    if (st == OVF_OK)
        st = judge_end(q, out, p->owner, &p->exit);
    return st == OVF_OK ? judge_passage(q, out, item) : st;
}
