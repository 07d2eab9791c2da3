/* SPDX-License-Identifier: Apache-2.0 */
/* Judging what lies between fixes. Where only what is certain is asked for, an airspace off the straight way
 * is not looked at, unless it is one of several of which one must have been crossed: to stay out of it is no detour.
 * In a gap in which a receiver heard the aircraft the straight way is that through where it was heard, too. */
#include "engine/between.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "reach/chain.h"

void ovf_between_deinit(struct ovf_between *between)
{
    ovf_reach_deinit(&between->reach);
    ovf_unions_deinit(&between->unions);
    ovf_verdict_memo_deinit(&between->memo);
    free(between->items);
    *between = (struct ovf_between){0};
}

static enum ovf_status push(struct ovf_between *out, const struct ovf_judged *item)
{
    struct ovf_judged *grown =
        ovf_array_reserve(out->items, &out->capacity, out->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->items = grown;
    out->items[out->n++] = *item;
    return OVF_OK;
}

/** Between two places where it was: two fixes or, beyond the first or the last of the leg, that fix and a disc in which
 * it was heard. */
struct gap {
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

static struct ovf_anchor anchor_of(const struct ovf_fix *fix)
{
    return (struct ovf_anchor){fix->t_ns, fix->at, (double)fix->radius_m};
}

static struct gap gap_between(const struct ovf_between_question *q, size_t before, size_t after)
{
    return (struct gap){.from = anchor_of(&q->fixes[before]),
                        .to = anchor_of(&q->fixes[after]),
                        .before = before,
                        .after = after};
}

/** Whether the airspace may have been passed above or below. What may be faster than others may climb faster, too; of a
 * disc no altitude is known. */
static bool may_be_passed(const struct ovf_between_question *q, uint32_t owner,
                          const struct gap *gap)
{
    static const struct ovf_fix unknown = {0};
    const bool is_any = q->limits->never_necessary || gap->is_beyond;
    const struct ovf_fix *from = is_any ? &unknown : &q->fixes[gap->before];
    const struct ovf_fix *to = is_any ? &unknown : &q->fixes[gap->after];
    const double time_s = ovf_time_seconds(from->t_ns, to->t_ns) + 2 * q->limits->clock_s;
    return ovf_limits_let_pass(q->layer->limits, q->layer->n_limits, owner, from, to, time_s);
}

static bool is_weak(const struct ovf_between_question *q, const struct gap *gap)
{
    return q->fixes[gap->before].grade == OVF_GRADE_D || q->fixes[gap->after].grade == OVF_GRADE_D;
}

/** The verdict as it was when the same was asked before, or anew. */
static enum ovf_status reach_verdict(struct ovf_between *out, const struct ovf_verdict_question *q,
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

/** What was heard in the gap that follows. */
static void look_at_heard(const struct ovf_between_question *q, struct ovf_between *out,
                          const struct gap *gap)
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

static struct ovf_verdict_question question_of(const struct ovf_between_question *q, uint32_t owner,
                                               const struct gap *gap)
{
    return (struct ovf_verdict_question){.index = q->layer->index,
                                         .owner = owner,
                                         .accuracy_m = q->accuracy_m,
                                         .from = gap->from,
                                         .to = gap->to,
                                         .limits = *q->limits};
}

static enum ovf_status judge(const struct ovf_between_question *q, struct ovf_between *out,
                             uint32_t owner, const struct gap *gap, struct ovf_judged *item)
{
    struct ovf_verdict *const verdict = &item->verdict;
    const struct ovf_verdict_question question = question_of(q, owner, gap);
    enum ovf_status st = reach_verdict(out, &question, verdict);
    look_at_heard(q, out, gap);
    if (st == OVF_OK && out->heard.n > 0 &&
        (verdict->class == OVF_CLASS_NEAR_CERTAIN || verdict->class == OVF_CLASS_POSSIBLE))
        st = judge_heard(out, &question, verdict, &item->heard);
    if (st == OVF_OK && is_weak(q, gap) && verdict->class < OVF_CLASS_POSSIBLE)
        verdict->class = OVF_CLASS_POSSIBLE;
    if (st == OVF_OK && verdict->class == OVF_CLASS_INCONSISTENT)
        verdict->avoidance_kt = (double)NAN;
    return st;
}

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
    const struct gap gap = gap_between(q, p->entry.before, p->exit.after);
    if (p->class != OVF_CLASS_POSSIBLE || p->entry.kind == OVF_PASSAGE_TRACK ||
        p->exit.kind == OVF_PASSAGE_TRACK || gap.from.t_ns >= gap.to.t_ns ||
        may_be_passed(q, p->owner, &gap))
        return OVF_OK;
    const enum ovf_status st = judge(q, out, p->owner, &gap, item);
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

/** Whether when it was where follows from what could be flown: fixes of grade D prove nothing, and of what may fly
 * at any speed nothing is known. */
static bool bounds_times(const struct ovf_between_question *q, const struct gap *gap)
{
    return !q->limits->never_necessary && !is_weak(q, gap);
}

/** When the boundary can have been crossed at an end in a gap. Limits of altitude are passed anywhere. */
static enum ovf_status narrow_end(const struct ovf_between_question *q, uint32_t owner,
                                  struct ovf_passage_end *end)
{
    const struct gap gap = gap_between(q, end->before, end->after);
    struct ovf_region region = {.index = q->layer->index, .accuracy_m = q->accuracy_m};
    if (end->kind != OVF_PASSAGE_GAP || gap.from.t_ns >= gap.to.t_ns || !bounds_times(q, &gap) ||
        may_be_passed(q, owner, &gap))
        return OVF_OK;
    ovf_members_toggle(&region.owners, owner);
    return ovf_reach_cross_times(&region, &gap.from, &gap.to, q->limits, &end->earliest_ns,
                                 &end->latest_ns, NULL);
}

/** Whether a receiver heard it in the gap with no place of the airspace in sight: then it was outside. What can be
 * touched from a disc within a second is the disc. */
static enum ovf_status ask_heard_outside(const struct ovf_between_question *q,
                                         struct ovf_between *out, uint32_t owner,
                                         const struct gap *gap, bool *was_outside)
{
    struct ovf_region region = {.index = q->layer->index, .accuracy_m = q->accuracy_m};
    enum ovf_status st = OVF_OK;
    ovf_members_toggle(&region.owners, owner);
    look_at_heard(q, out, gap);
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
    const struct gap gap = gap_between(q, end->before, end->after);
    struct ovf_verdict_question question = question_of(q, owner, &gap);
    struct ovf_verdict verdict;
    question.is_outside = true;
    if (gap.from.t_ns >= gap.to.t_ns || is_weak(q, &gap))
        return OVF_OK;
    bool left = false;
    enum ovf_status st = reach_verdict(out, &question, &verdict);
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

static enum ovf_status judge_shown(const struct ovf_between_question *q, struct ovf_between *out,
                                   struct ovf_judged *item)
{
    struct ovf_passage *p = &item->passage;
    enum ovf_status st = judge_end(q, out, p->owner, &p->entry);
    if (st == OVF_OK)
        st = judge_end(q, out, p->owner, &p->exit);
    return st == OVF_OK ? judge_passage(q, out, item) : st;
}

/* ---- gaps ---- */

/** Beyond the leg it may have been inside when it was heard: then that end is not known. */
static void open_beyond(const struct gap *gap, const struct ovf_verdict *verdict,
                        struct ovf_passage *passage)
{
    const bool is_behind = gap->from.t_ns == gap->t_ns;
    struct ovf_passage_end *const end = is_behind ? &passage->exit : &passage->entry;
    const bool is_clear =
        is_behind ? verdict->exit_ns < gap->to.t_ns : verdict->entry_ns > gap->from.t_ns;
    passage->is_beyond = true;
    if (!is_clear)
        end->kind = OVF_PASSAGE_TRACK;
}

static struct ovf_passage passage_in_gap(const struct ovf_between_question *q,
                                         const struct gap *gap, uint32_t owner,
                                         const struct ovf_verdict *verdict)
{
    const bool bounds = verdict->class != OVF_CLASS_INCONSISTENT && bounds_times(q, gap);
    const struct ovf_passage_end end = {.kind = OVF_PASSAGE_GAP,
                                        .before = gap->before,
                                        .after = gap->after,
                                        .t_ns = gap->t_ns,
                                        .t_min_ns = gap->from.t_ns,
                                        .t_max_ns = gap->to.t_ns,
                                        .earliest_ns = bounds ? verdict->entry_ns : gap->from.t_ns,
                                        .latest_ns = bounds ? verdict->exit_ns : gap->to.t_ns,
                                        .lat_deg = gap->lat_deg,
                                        .lon_deg = gap->lon_deg,
                                        .at = gap->at};
    const bool limited = may_be_passed(q, owner, gap);
    struct ovf_passage passage = {
        .owner = owner,
        .class =
            limited && verdict->class < OVF_CLASS_POSSIBLE ? OVF_CLASS_POSSIBLE : verdict->class,
        .entry = end,
        .exit = end,
        .vertical_undetermined = limited,
        .vertical_known = !limited,
    };
    if (gap->is_beyond)
        open_beyond(gap, verdict, &passage);
    return passage;
}

/** The airspaces that may have been crossed in a gap and hold neither of its ends: those that the straight way leads
 * through, or \p all that could be touched. */
static enum ovf_status candidates(const struct ovf_between_question *q, struct ovf_between *out,
                                  const struct gap *gap, bool all, struct ovf_members *owners)
{
    enum ovf_status st = OVF_OK;
    *owners = ovf_reach_on_way(q->layer->index, gap->from.at, gap->to.at);
    look_at_heard(q, out, gap);
    if (out->heard.n > 0)
        ovf_members_add_all(owners, &out->by_way);
    if (all)
        st = ovf_reach_candidates(q->layer->index, q->accuracy_m, &gap->from, &gap->to, q->limits,
                                  owners, NULL);
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        owners->words[i] &= ~gap->ends.words[i];
    return st;
}

static enum ovf_status judge_owners(const struct ovf_between_question *q, struct ovf_between *out,
                                    const struct gap *gap, const struct ovf_members *owners)
{
    enum ovf_status st = OVF_OK;
    for (uint32_t owner = ovf_members_next(owners, 0); owner < OVF_MEMBERS_MAX && st == OVF_OK;
         owner = ovf_members_next(owners, owner + 1)) {
        struct ovf_judged item = {.has_verdict = true};
        if (!ovf_members_has(q->wanted, owner))
            continue;
        st = judge(q, out, owner, gap, &item);
        if (st != OVF_OK)
            break;
        item.passage = passage_in_gap(q, gap, owner, &item.verdict);
        if (item.passage.class != OVF_CLASS_IMPOSSIBLE)
            st = push(out, &item);
    }
    return st;
}

/* Who had time for twice the straight way can nearly always have flown round three states: it is not tried, unless it
 * was heard on the way. */
static const double hurried_share = 0.5;

static bool is_open_question(const struct ovf_judged *item, bool hurried)
{
    return (item->passage.class == OVF_CLASS_NEAR_CERTAIN ||
            item->passage.class == OVF_CLASS_POSSIBLE) &&
           (!hurried || item->verdict.direct_kt >= hurried_share * item->verdict.hard_kt);
}

/** Whether any of items [begin, n), which are of a gap, is open; \p hurried: and was in a hurry. */
static bool any_open(const struct ovf_between *out, size_t begin, bool hurried)
{
    bool any = false;
    for (size_t i = begin; i < out->n; i++)
        any = any || is_open_question(&out->items[i], hurried);
    return any;
}

/** Whether it may be sure of several what is not of any in items [begin, n). Fixes of grade D prove nothing. */
static bool may_be_of_several(const struct ovf_between_question *q, const struct ovf_between *out,
                              const struct gap *gap, size_t begin)
{
    return q->wants_unions && !is_weak(q, gap) && any_open(out, begin, out->heard.n_discs == 0);
}

/** What can be part of a union: not what may have been passed above or below; and unless all that is possible is
 * looked for only what is wanted. */
static void leave_unions_to(const struct ovf_between_question *q, const struct gap *gap,
                            struct ovf_members *owners)
{
    for (uint32_t owner = ovf_members_next(owners, 0); owner < OVF_MEMBERS_MAX;
         owner = ovf_members_next(owners, owner + 1)) {
        if ((!q->wants_possible && !ovf_members_has(q->wanted, owner)) ||
            may_be_passed(q, owner, gap))
            ovf_members_toggle(owners, owner);
    }
}

/** Whether one way can lead through all that was heard. */
static bool can_be_joined(const struct ovf_between_question *q, const struct ovf_between *out,
                          const struct gap *gap)
{
    const struct ovf_region none = {.index = q->layer->index, .accuracy_m = q->accuracy_m};
    struct ovf_verdict straight;
    return out->heard.n > 0 &&
           ovf_reach_judge_straight(&none, &gap->from, &gap->to, out->heard.items, out->heard.n,
                                    q->limits, &straight, NULL) == OVF_OK &&
           straight.class != OVF_CLASS_INCONSISTENT;
}

/** The sets of which one must have been crossed in the gap, in out->unions; \p members are in them. */
static enum ovf_status find_unions(const struct ovf_between_question *q, struct ovf_between *out,
                                   const struct gap *gap, size_t begin, struct ovf_members *members)
{
    struct ovf_members owners;
    enum ovf_status st = candidates(q, out, gap, true, &owners);
    const struct ovf_union_question question = {
        .index = q->layer->index,
        .accuracy_m = q->accuracy_m,
        .candidates = &owners,
        .from = &gap->from,
        .to = &gap->to,
        .discs = out->heard.discs,
        .n_discs = can_be_joined(q, out, gap) ? out->heard.n_discs : 0,
        .only_by_discs = !any_open(out, begin, true),
        .limits = q->limits};
    out->unions.n = 0;
    *members = (struct ovf_members){{0}};
    leave_unions_to(q, gap, &owners);
    if (st == OVF_OK && ovf_members_count(&owners) > 1 &&
        (question.n_discs > 0 || !question.only_by_discs))
        st = ovf_reach_unions(&out->reach, &question, &out->unions, NULL);
    for (size_t i = 0; i < out->unions.n && st == OVF_OK; i++) {
        const struct ovf_members set = ovf_union_members(&out->unions.items[i]);
        ovf_members_add_all(members, &set);
    }
    return st;
}

/** Notes in items [begin, n) which of several it must have been. */
static void note_unions(const struct ovf_between_question *q, struct ovf_between *out, size_t begin)
{
    for (size_t i = begin; i < out->n; i++) {
        struct ovf_any_of *const any_of = &out->items[i].any_of;
        *any_of = ovf_unions_with(&out->unions, out->items[i].passage.owner);
        for (size_t k = 0; k < any_of->n; k++) {
            any_of->sets[k].all_wanted = true;
            for (size_t m = 0; m < any_of->sets[k].n; m++)
                any_of->sets[k].all_wanted = any_of->sets[k].all_wanted &&
                                             ovf_members_has(q->wanted, any_of->sets[k].owners[m]);
        }
    }
}

static enum ovf_status judge_gap(const struct ovf_between_question *q, struct ovf_between *out,
                                 const struct gap *gap)
{
    struct ovf_members owners;
    struct ovf_members more;
    const size_t begin = out->n;
    enum ovf_status st = candidates(q, out, gap, q->wants_possible, &owners);
    if (st == OVF_OK)
        st = judge_owners(q, out, gap, &owners);
    if (st != OVF_OK || !may_be_of_several(q, out, gap, begin))
        return st;
    st = find_unions(q, out, gap, begin, &more);
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        more.words[i] &= ~owners.words[i]; /* the straight way leaves it free */
    if (st == OVF_OK)
        st = judge_owners(q, out, gap, &more);
    if (st == OVF_OK)
        note_unions(q, out, begin);
    return st;
}

static enum ovf_status judge_step(const struct ovf_between_question *q, struct ovf_between *out,
                                  const struct ovf_step *step)
{
    struct gap gap = gap_between(q, step->before, step->after);
    gap.ends = step[-1].members;
    ovf_members_add_all(&gap.ends, &step->members);
    gap.t_ns = step->t_ns;
    gap.lat_deg = step->lat_deg;
    gap.lon_deg = step->lon_deg;
    gap.at = step->at;
    return step->kind == OVF_STEP_GAP && gap.from.t_ns < gap.to.t_ns ? judge_gap(q, out, &gap)
                                                                     : OVF_OK;
}

/* ---- beyond the leg ---- */

/** Between fix \p i, the first or the last of the leg, and the disc that it took the fastest way to be in. */
static enum ovf_status judge_beyond(const struct ovf_between_question *q, struct ovf_between *out,
                                    size_t i, int64_t heard_ns)
{
    const struct ovf_fix *const fix = &q->fixes[i];
    const struct ovf_anchor at = anchor_of(fix);
    const struct ovf_anchor *const disc =
        q->hearings != NULL ? ovf_hearings_beyond(q->hearings, &at, heard_ns, q->limits) : NULL;
    if (disc == NULL)
        return OVF_OK;
    const bool is_behind = disc->t_ns > fix->t_ns;
    struct gap gap = {.from = is_behind ? at : *disc,
                      .to = is_behind ? *disc : at,
                      .before = i,
                      .after = i,
                      .is_beyond = true,
                      .t_ns = fix->t_ns,
                      .lat_deg = ovf_deg_from_e7(fix->at.lat_e7),
                      .lon_deg = ovf_deg_from_e7(fix->at.lon_e7),
                      .at = fix->at};
    ovf_index_locate(q->layer->index, fix->at, &gap.ends);
    const size_t begin = out->n;
    enum ovf_status st = judge_gap(q, out, &gap);
    for (size_t k = begin; k < out->n && st == OVF_OK; k++)
        out->items[k].heard = (struct ovf_discs_used){.items = {*disc}, .n = 1};
    return st;
}

static int compare_judged(const void *x, const void *y)
{
    const struct ovf_judged *a = x;
    const struct ovf_judged *b = y;
    return ovf_passage_compare(&a->passage, &b->passage);
}

/* ---- what was not entered ---- */

/** What any passage concerns cannot be certified; not to try is quicker. */
static bool is_concerned(const struct ovf_between *between, uint32_t owner)
{
    bool is = false;
    for (size_t i = 0; i < between->n; i++)
        is = is || between->items[i].passage.owner == owner;
    return is;
}

static enum ovf_status certify(const struct ovf_between_question *q, struct ovf_between *out)
{
    const struct ovf_certificate_question question = {.index = q->layer->index,
                                                      .accuracy_m = q->accuracy_m,
                                                      .limits = q->limits,
                                                      .walk = q->walk,
                                                      .hearings = q->hearings,
                                                      .fixes = q->fixes,
                                                      .first = q->first,
                                                      .last = q->last};
    const struct ovf_members near = ovf_certificate_candidates(&question);
    enum ovf_status st = OVF_OK;
    for (uint32_t owner = ovf_members_next(&near, 0); owner < OVF_MEMBERS_MAX && st == OVF_OK;
         owner = ovf_members_next(&near, owner + 1)) {
        struct ovf_judged item = {.passage.owner = owner};
        if (!ovf_members_has(q->wanted, owner) || is_concerned(out, owner))
            continue;
        st = ovf_certificate_find(&question, owner, &out->reach, &item.certificate);
        if (st != OVF_OK || !item.certificate.is_set)
            continue;
        item.passage = ovf_certificate_passage(&question, owner);
        st = push(out, &item);
    }
    return st;
}

enum ovf_status ovf_between_find(const struct ovf_between_question *q, struct ovf_between *out)
{
    const bool judges = q->limits->hard_kt > 0;
    enum ovf_status st = OVF_OK;
    out->n = 0;
    out->heard_before = 0;
    out->heard_after = 0;
    for (size_t i = 0; i < q->passages->n && st == OVF_OK; i++) {
        struct ovf_judged item = {.passage = q->passages->items[i]};
        if (judges)
            st = judge_shown(q, out, &item);
        if (st == OVF_OK)
            st = push(out, &item);
    }
    for (size_t i = 1; i < q->steps->n && st == OVF_OK && judges; i++)
        st = judge_step(q, out, &q->steps->items[i]);
    if (st == OVF_OK && judges)
        st = judge_beyond(q, out, q->first, q->heard_from_ns);
    if (st == OVF_OK && judges)
        st = judge_beyond(q, out, q->last, q->heard_to_ns);
    if (st == OVF_OK && q->wants_impossible)
        st = certify(q, out);
    if (st == OVF_OK && out->n > 1)
        qsort(out->items, out->n, sizeof *out->items, compare_judged);
    return st;
}
