/* SPDX-License-Identifier: Apache-2.0 */
/* What may have been crossed in a gap. Where only what is certain is asked for, an airspace off the straight way is not
 * looked at, unless it is one of several of which one must have been crossed: to stay out of it is no detour. In a gap
 * in which a receiver heard the aircraft the straight way is that through where it was heard, too. */
#include "engine/between_parts.h"

#include "reach/chain.h"

/** Beyond the leg it may have been inside when it was heard: then that end is not known. */
static void open_beyond(const struct ovf_between_gap *gap, const struct ovf_verdict *verdict,
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
                                         const struct ovf_between_gap *gap, uint32_t owner,
                                         const struct ovf_verdict *verdict)
{
    const bool bounds =
        verdict->class != OVF_CLASS_INCONSISTENT && ovf_between_bounds_times(q, gap);
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
    const bool limited = ovf_between_may_be_passed(q, owner, gap);
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
                                  const struct ovf_between_gap *gap, bool all,
                                  struct ovf_members *owners)
{
    enum ovf_status st = OVF_OK;
    *owners = ovf_reach_on_way(q->layer->index, gap->from.at, gap->to.at);
    ovf_between_look_at_heard(q, out, gap);
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
                                    const struct ovf_between_gap *gap,
                                    const struct ovf_members *owners)
{
    enum ovf_status st = OVF_OK;
    for (uint32_t owner = ovf_members_next(owners, 0); owner < OVF_MEMBERS_MAX && st == OVF_OK;
         owner = ovf_members_next(owners, owner + 1)) {
        struct ovf_judged item = {.has_verdict = true};
        if (!ovf_members_has(q->wanted, owner))
            continue;
        st = ovf_between_judge(q, out, owner, gap, &item);
        if (st != OVF_OK)
            break;
        item.passage = passage_in_gap(q, gap, owner, &item.verdict);
        if (item.passage.class != OVF_CLASS_IMPOSSIBLE)
            st = ovf_between_push(out, &item);
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
                              const struct ovf_between_gap *gap, size_t begin)
{
    return q->wants_unions && !ovf_between_is_weak(q, gap) &&
           any_open(out, begin, out->heard.n_discs == 0);
}

/** What can be part of a union: not what may have been passed above or below; and unless all that is possible is
 * looked for only what is wanted. */
static void leave_unions_to(const struct ovf_between_question *q, const struct ovf_between_gap *gap,
                            struct ovf_members *owners)
{
    for (uint32_t owner = ovf_members_next(owners, 0); owner < OVF_MEMBERS_MAX;
         owner = ovf_members_next(owners, owner + 1)) {
        if ((!q->wants_possible && !ovf_members_has(q->wanted, owner)) ||
            ovf_between_may_be_passed(q, owner, gap))
            ovf_members_toggle(owners, owner);
    }
}

/** Whether one way can lead through all that was heard. */
static bool can_be_joined(const struct ovf_between_question *q, const struct ovf_between *out,
                          const struct ovf_between_gap *gap)
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
                                   const struct ovf_between_gap *gap, size_t begin,
                                   struct ovf_members *members)
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

enum ovf_status ovf_between_judge_gap(const struct ovf_between_question *q, struct ovf_between *out,
                                      const struct ovf_between_gap *gap)
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
