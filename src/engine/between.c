/* SPDX-License-Identifier: Apache-2.0 */
/* Judging what lies between fixes. Where only what is certain is asked for, an airspace off the straight way
 * is not looked at, unless it is one of several of which one must have been crossed: to stay out of it is no detour. In a gap in which a receiver heard the aircraft the straight way
 * is that through where it was heard, too. */
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

/** Whether the airspace may have been passed above or below between two fixes. What may be faster than others may
 * climb faster, too. */
static bool may_be_passed(const struct ovf_between_question *q, uint32_t owner, size_t before,
                          size_t after)
{
    static const struct ovf_fix unknown = {0};
    const bool is_any = q->limits->never_necessary;
    const struct ovf_fix *from = is_any ? &unknown : &q->fixes[before];
    const struct ovf_fix *to = is_any ? &unknown : &q->fixes[after];
    const double time_s = ovf_time_seconds(from->t_ns, to->t_ns) + 2 * q->limits->clock_s;
    return ovf_limits_let_pass(q->layer->limits, q->layer->n_limits, owner, from, to, time_s);
}

static struct ovf_anchor anchor_of(const struct ovf_fix *fix)
{
    return (struct ovf_anchor){fix->t_ns, fix->at, (double)fix->radius_m};
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
                          size_t before, size_t after)
{
    const struct ovf_anchor from = anchor_of(&q->fixes[before]);
    const struct ovf_anchor to = anchor_of(&q->fixes[after]);
    if (out->heard_before == before && out->heard_after == after)
        return;
    out->heard_before = before;
    out->heard_after = after;
    out->heard.n = 0;
    out->heard.n_discs = 0;
    out->by_way = (struct ovf_members){{0}};
    if (q->hearings == NULL || q->hearings->n == 0)
        return;
    out->heard = ovf_hearings_of_gap(q->hearings, &from, &to, q->limits->hard_kt);
    if (out->heard.n_discs > 0)
        out->by_way = ovf_reach_on_way(q->layer->index, from.at, to.at);
    for (size_t i = 0; i < out->heard.n_discs; i++) {
        const struct ovf_members more =
            ovf_reach_on_way_by(q->layer->index, &from, &to, &out->heard.discs[i]);
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
                                               size_t before, size_t after)
{
    return (struct ovf_verdict_question){.index = q->layer->index,
                                         .owner = owner,
                                         .accuracy_m = q->accuracy_m,
                                         .from = anchor_of(&q->fixes[before]),
                                         .to = anchor_of(&q->fixes[after]),
                                         .limits = *q->limits};
}

static enum ovf_status judge(const struct ovf_between_question *q, struct ovf_between *out,
                             uint32_t owner, size_t before, size_t after, struct ovf_judged *item)
{
    struct ovf_verdict *const verdict = &item->verdict;
    const struct ovf_verdict_question question = question_of(q, owner, before, after);
    enum ovf_status st = reach_verdict(out, &question, verdict);
    look_at_heard(q, out, before, after);
    if (st == OVF_OK && out->heard.n > 0 &&
        (verdict->class == OVF_CLASS_NEAR_CERTAIN || verdict->class == OVF_CLASS_POSSIBLE))
        st = judge_heard(out, &question, verdict, &item->heard);
    const bool is_weak =
        q->fixes[before].grade == OVF_GRADE_D || q->fixes[after].grade == OVF_GRADE_D;
    if (st == OVF_OK && is_weak && verdict->class < OVF_CLASS_POSSIBLE)
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
    const size_t before = p->entry.before;
    const size_t after = p->exit.after;
    if (p->class != OVF_CLASS_POSSIBLE || p->entry.kind == OVF_PASSAGE_TRACK ||
        p->exit.kind == OVF_PASSAGE_TRACK || q->fixes[before].t_ns >= q->fixes[after].t_ns ||
        may_be_passed(q, p->owner, before, after))
        return OVF_OK;
    const enum ovf_status st = judge(q, out, p->owner, before, after, item);
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
static bool bounds_times(const struct ovf_between_question *q, size_t before, size_t after)
{
    return !q->limits->never_necessary && q->fixes[before].grade != OVF_GRADE_D &&
           q->fixes[after].grade != OVF_GRADE_D;
}

/** When the boundary can have been crossed at an end in a gap. Limits of altitude are passed anywhere. */
static enum ovf_status narrow_end(const struct ovf_between_question *q, uint32_t owner,
                                  struct ovf_passage_end *end)
{
    const struct ovf_anchor from = anchor_of(&q->fixes[end->before]);
    const struct ovf_anchor to = anchor_of(&q->fixes[end->after]);
    struct ovf_region region = {.index = q->layer->index, .accuracy_m = q->accuracy_m};
    if (end->kind != OVF_PASSAGE_GAP || from.t_ns >= to.t_ns ||
        !bounds_times(q, end->before, end->after) ||
        may_be_passed(q, owner, end->before, end->after))
        return OVF_OK;
    ovf_members_toggle(&region.owners, owner);
    return ovf_reach_cross_times(&region, &from, &to, q->limits, &end->earliest_ns, &end->latest_ns,
                                 NULL);
}

/** An end in a gap that was inside at both ends: did it have to leave? Who flew to another island did. Fixes of grade
 * D prove nothing. */
static enum ovf_status ask_stayed(const struct ovf_between_question *q, struct ovf_between *out,
                                  uint32_t owner, struct ovf_passage_end *end)
{
    struct ovf_verdict_question question = question_of(q, owner, end->before, end->after);
    struct ovf_verdict verdict;
    question.is_outside = true;
    if (question.from.t_ns >= question.to.t_ns || q->fixes[end->before].grade == OVF_GRADE_D ||
        q->fixes[end->after].grade == OVF_GRADE_D)
        return OVF_OK;
    const enum ovf_status st = reach_verdict(out, &question, &verdict);
    if (st == OVF_OK)
        end->perhaps_stayed = verdict.class != OVF_CLASS_NECESSARY;
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

static struct ovf_passage passage_in_gap(const struct ovf_between_question *q,
                                         const struct ovf_step *gap, uint32_t owner,
                                         const struct ovf_verdict *verdict)
{
    const bool bounds =
        verdict->class != OVF_CLASS_INCONSISTENT && bounds_times(q, gap->before, gap->after);
    const struct ovf_passage_end end = {
        .kind = OVF_PASSAGE_GAP,
        .before = gap->before,
        .after = gap->after,
        .t_ns = gap->t_ns,
        .t_min_ns = q->fixes[gap->before].t_ns,
        .t_max_ns = q->fixes[gap->after].t_ns,
        .earliest_ns = bounds ? verdict->entry_ns : q->fixes[gap->before].t_ns,
        .latest_ns = bounds ? verdict->exit_ns : q->fixes[gap->after].t_ns,
        .lat_deg = gap->lat_deg,
        .lon_deg = gap->lon_deg,
        .at = gap->at};
    const bool limited = may_be_passed(q, owner, gap->before, gap->after);
    return (struct ovf_passage){
        .owner = owner,
        .class =
            limited && verdict->class < OVF_CLASS_POSSIBLE ? OVF_CLASS_POSSIBLE : verdict->class,
        .entry = end,
        .exit = end,
        .vertical_undetermined = limited,
        .vertical_known = !limited,
    };
}

/** The airspaces that may have been crossed in a gap and hold neither of its ends: those that the straight way leads
 * through, or \p all that could be touched. */
static enum ovf_status candidates(const struct ovf_between_question *q, struct ovf_between *out,
                                  const struct ovf_step *gap, const struct ovf_members *earlier,
                                  bool all, struct ovf_members *owners)
{
    const struct ovf_fix *before = &q->fixes[gap->before];
    const struct ovf_fix *after = &q->fixes[gap->after];
    const struct ovf_anchor from = anchor_of(before);
    const struct ovf_anchor to = anchor_of(after);
    enum ovf_status st = OVF_OK;
    *owners = ovf_reach_on_way(q->layer->index, before->at, after->at);
    look_at_heard(q, out, gap->before, gap->after);
    if (out->heard.n > 0)
        ovf_members_add_all(owners, &out->by_way);
    if (all)
        st = ovf_reach_candidates(q->layer->index, q->accuracy_m, &from, &to, q->limits, owners,
                                  NULL);
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        owners->words[i] &= ~(earlier->words[i] | gap->members.words[i]);
    return st;
}

static enum ovf_status judge_owners(const struct ovf_between_question *q, struct ovf_between *out,
                                    const struct ovf_step *gap, const struct ovf_members *owners)
{
    enum ovf_status st = OVF_OK;
    for (uint32_t owner = ovf_members_next(owners, 0); owner < OVF_MEMBERS_MAX && st == OVF_OK;
         owner = ovf_members_next(owners, owner + 1)) {
        struct ovf_judged item = {.has_verdict = true};
        if (!ovf_members_has(q->wanted, owner))
            continue;
        st = judge(q, out, owner, gap->before, gap->after, &item);
        if (st != OVF_OK)
            break;
        item.passage = passage_in_gap(q, gap, owner, &item.verdict);
        if (item.passage.class != OVF_CLASS_IMPOSSIBLE)
            st = push(out, &item);
    }
    return st;
}

/* Who had time for twice the straight way can nearly always have flown round three states: it is not tried. */
static const double hurried_share = 0.5;

static bool is_open_question(const struct ovf_judged *item)
{
    return (item->passage.class == OVF_CLASS_NEAR_CERTAIN ||
            item->passage.class == OVF_CLASS_POSSIBLE) &&
           item->verdict.direct_kt >= hurried_share * item->verdict.hard_kt;
}

/** Whether it may be sure of several what is not of any in items [begin, n), which are of a gap. Fixes of grade D
 * prove nothing. */
static bool may_be_of_several(const struct ovf_between_question *q, const struct ovf_between *out,
                              const struct ovf_step *gap, size_t begin)
{
    bool is_open = false;
    for (size_t i = begin; i < out->n; i++)
        is_open = is_open || is_open_question(&out->items[i]);
    return q->wants_unions && is_open && q->fixes[gap->before].grade != OVF_GRADE_D &&
           q->fixes[gap->after].grade != OVF_GRADE_D;
}

/** What can be part of a union: not what may have been passed above or below; and unless all that is possible is
 * looked for only what is wanted. */
static void leave_unions_to(const struct ovf_between_question *q, const struct ovf_step *gap,
                            struct ovf_members *owners)
{
    for (uint32_t owner = ovf_members_next(owners, 0); owner < OVF_MEMBERS_MAX;
         owner = ovf_members_next(owners, owner + 1)) {
        if ((!q->wants_possible && !ovf_members_has(q->wanted, owner)) ||
            may_be_passed(q, owner, gap->before, gap->after))
            ovf_members_toggle(owners, owner);
    }
}

/** The sets of which one must have been crossed in the gap, in out->unions; \p members are in them. */
static enum ovf_status find_unions(const struct ovf_between_question *q, struct ovf_between *out,
                                   const struct ovf_step *gap, const struct ovf_members *earlier,
                                   struct ovf_members *members)
{
    const struct ovf_anchor from = anchor_of(&q->fixes[gap->before]);
    const struct ovf_anchor to = anchor_of(&q->fixes[gap->after]);
    struct ovf_members owners;
    enum ovf_status st = candidates(q, out, gap, earlier, true, &owners);
    out->unions.n = 0;
    *members = (struct ovf_members){{0}};
    leave_unions_to(q, gap, &owners);
    if (st == OVF_OK && ovf_members_count(&owners) > 1)
        st = ovf_reach_unions(&out->reach, q->layer->index, q->accuracy_m, &owners, &from, &to,
                              q->limits, &out->unions, NULL);
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
                                 const struct ovf_step *gap, const struct ovf_members *earlier)
{
    struct ovf_members owners;
    struct ovf_members more;
    const size_t begin = out->n;
    enum ovf_status st = candidates(q, out, gap, earlier, q->wants_possible, &owners);
    if (st == OVF_OK)
        st = judge_owners(q, out, gap, &owners);
    if (st != OVF_OK || !may_be_of_several(q, out, gap, begin))
        return st;
    st = find_unions(q, out, gap, earlier, &more);
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        more.words[i] &= ~owners.words[i]; /* the straight way leaves it free */
    if (st == OVF_OK)
        st = judge_owners(q, out, gap, &more);
    if (st == OVF_OK)
        note_unions(q, out, begin);
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
    for (size_t s = 1; s < q->steps->n && st == OVF_OK && judges; s++) {
        const struct ovf_step *step = &q->steps->items[s];
        if (step->kind == OVF_STEP_GAP && q->fixes[step->before].t_ns < q->fixes[step->after].t_ns)
            st = judge_gap(q, out, step, &step[-1].members);
    }
    if (st == OVF_OK && q->wants_impossible)
        st = certify(q, out);
    if (st == OVF_OK && out->n > 1)
        qsort(out->items, out->n, sizeof *out->items, compare_judged);
    return st;
}
