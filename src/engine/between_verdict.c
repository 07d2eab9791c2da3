/* SPDX-License-Identifier: Apache-2.0 */
/* Whether one airspace was crossed in one gap, by what could be flown and by where receivers heard the aircraft. */
#include "engine/between_parts.h"

#include <math.h>
#include <string.h>

#include "base/time.h"
#include "reach/chain.h"

struct ovf_anchor ovf_between_anchor_of(const struct ovf_fix *fix)
{
    return (struct ovf_anchor){fix->t_ns, fix->at, (double)fix->radius_m};
}

struct ovf_between_gap ovf_between_gap_of(const struct ovf_between_question *q, size_t before,
                                          size_t after)
{
    return (struct ovf_between_gap){.from = ovf_between_anchor_of(&q->fixes[before]),
                                    .to = ovf_between_anchor_of(&q->fixes[after]),
                                    .before = before,
                                    .after = after};
}

bool ovf_between_may_be_passed(const struct ovf_between_question *q, uint32_t owner,
                               const struct ovf_between_gap *gap)
{
    static const struct ovf_fix unknown = {0};
    const bool is_any = q->limits->never_necessary || gap->is_beyond;
    const struct ovf_fix *from = is_any ? &unknown : &q->fixes[gap->before];
    const struct ovf_fix *to = is_any ? &unknown : &q->fixes[gap->after];
    const double time_s = ovf_time_seconds(from->t_ns, to->t_ns) + 2 * q->limits->clock_s;
    return ovf_limits_let_pass(q->layer->limits, q->layer->n_limits, owner, from, to, time_s);
}

bool ovf_between_is_weak(const struct ovf_between_question *q, const struct ovf_between_gap *gap)
{
    return q->fixes[gap->before].grade == OVF_GRADE_D || q->fixes[gap->after].grade == OVF_GRADE_D;
}

bool ovf_between_bounds_times(const struct ovf_between_question *q,
                              const struct ovf_between_gap *gap)
{
    return !q->limits->never_necessary && !ovf_between_is_weak(q, gap);
}

enum ovf_status ovf_between_reach(struct ovf_between *out, const struct ovf_verdict_question *q,
                                  struct ovf_verdict *verdict)
{
    struct ovf_region region = {
        .index = q->index, .accuracy_m = q->accuracy_m, .is_outside = q->is_outside};
    if (ovf_verdict_recall(&out->memo, q, verdict))
        return OVF_OK;
    ovf_members_toggle(&region.owners, q->owner);
    const enum ovf_status st =
        ovf_reach_judge(&out->reach, &region, &q->from, &q->to, &q->limits, verdict, NULL);
    if (st == OVF_OK)
        ovf_verdict_keep(&out->memo, q, verdict);
    return st;
}

void ovf_between_look_at_heard(const struct ovf_between_question *q, struct ovf_between *out,
                               const struct ovf_between_gap *gap)
{
    if (!gap->is_beyond && out->heard_before == gap->before && out->heard_after == gap->after)
        return;
    out->heard_before = gap->before;
    out->heard_after = gap->after;
    out->heard.n = 0;
    out->heard.n_discs = 0;
    out->by_way = (struct ovf_members){{0}};
    if (q->hearings == NULL || q->hearings->n == 0 || gap->is_beyond)
        return;
    out->heard = ovf_hearings_of_gap(q->hearings, &gap->from, &gap->to, q->limits->hard_kt);
    if (out->heard.n_discs > 0)
        out->by_way = ovf_reach_on_way(q->layer->index, gap->from.at, gap->to.at);
    for (size_t i = 0; i < out->heard.n_discs; i++) {
        const struct ovf_members more =
            ovf_reach_on_way_by(q->layer->index, &gap->from, &gap->to, &out->heard.discs[i]);
        ovf_members_add_all(&out->by_way, &more);
    }
}

/** What \p more, with discs, adds to \p known, without. \return whether it adds anything */
static bool take_more(struct ovf_verdict *known, const struct ovf_verdict *more)
{
    const struct ovf_verdict before = *known;
    known->class = more->class;
    known->direct_kt = fmax(known->direct_kt, more->direct_kt);
    if (more->avoidance_kt > known->avoidance_kt) {
        known->avoidance_kt = more->avoidance_kt;
        known->is_open = more->is_open;
    }
    known->entry_ns = more->entry_ns > known->entry_ns ? more->entry_ns : known->entry_ns;
    known->exit_ns = more->exit_ns < known->exit_ns ? more->exit_ns : known->exit_ns;
    return known->class != before.class || known->entry_ns != before.entry_ns ||
           known->exit_ns != before.exit_ns || known->avoidance_kt > before.avoidance_kt;
}

/** Judges with the discs. Those that cannot be joined with the places around them are not heeded. */
static enum ovf_status judge_heard(struct ovf_between *out,
                                   const struct ovf_verdict_question *question,
                                   struct ovf_verdict *verdict, struct ovf_discs_used *used)
{
    const struct ovf_gap_hearings *const heard = &out->heard;
    struct ovf_region region = {.index = question->index, .accuracy_m = question->accuracy_m};
    struct ovf_verdict straight;
    struct ovf_verdict round;
    ovf_members_toggle(&region.owners, question->owner);
    enum ovf_status st =
        ovf_reach_judge_straight(&region, &question->from, &question->to, heard->items, heard->n,
                                 &question->limits, &straight, NULL);
    if (st != OVF_OK || straight.class == OVF_CLASS_INCONSISTENT)
        return st;
    if (straight.class == OVF_CLASS_POSSIBLE) {
        straight.class = verdict->class;
        round = straight;
        if (ovf_members_has(&out->by_way, question->owner))
            st = ovf_reach_judge_chain(&out->reach, &region, &question->from, &question->to,
                                       heard->discs, heard->n_discs, &question->limits, &round,
                                       NULL);
        if (round.class == OVF_CLASS_INCONSISTENT) /* neighbours left out may hide it */
            return st;
        straight.class = round.class;
        straight.avoidance_kt = round.avoidance_kt;
        straight.is_open = round.is_open;
    }
    if (st != OVF_OK || !take_more(verdict, &straight))
        return st;
    used->n = heard->n_discs;
    memcpy(used->items, heard->discs, sizeof used->items);
    return OVF_OK;
}

struct ovf_verdict_question ovf_between_verdict_question(const struct ovf_between_question *q,
                                                         uint32_t owner,
                                                         const struct ovf_between_gap *gap)
{
    return (struct ovf_verdict_question){.index = q->layer->index,
                                         .owner = owner,
                                         .accuracy_m = q->accuracy_m,
                                         .from = gap->from,
                                         .to = gap->to,
                                         .limits = *q->limits};
}

enum ovf_status ovf_between_judge(const struct ovf_between_question *q, struct ovf_between *out,
                                  uint32_t owner, const struct ovf_between_gap *gap,
                                  struct ovf_judged *item)
{
    struct ovf_verdict *const verdict = &item->verdict;
    const struct ovf_verdict_question question = ovf_between_verdict_question(q, owner, gap);
    enum ovf_status st = ovf_between_reach(out, &question, verdict);
    ovf_between_look_at_heard(q, out, gap);
    if (st == OVF_OK && out->heard.n > 0 &&
        (verdict->class == OVF_CLASS_NEAR_CERTAIN || verdict->class == OVF_CLASS_POSSIBLE))
        st = judge_heard(out, &question, verdict, &item->heard);
    if (st == OVF_OK && ovf_between_is_weak(q, gap) && verdict->class < OVF_CLASS_POSSIBLE)
        verdict->class = OVF_CLASS_POSSIBLE;
    if (st == OVF_OK && verdict->class == OVF_CLASS_INCONSISTENT)
        verdict->avoidance_kt = (double)NAN;
    return st;
}
