/* SPDX-License-Identifier: Apache-2.0 */
/* Sets are tried by size; one that holds a set already found is passed over. So is one with no airspace on the
 * straight way, or on one of some ways through the discs, which it leaves free, and one without an airspace that all
 * others together cannot do without. Mostly not even all together are certain, and that is asked first. */
#include "reach/unions.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/local.h"
#include "reach/chain.h"
#include "reach/frame.h"
#include "reach/nearest.h"

void ovf_unions_deinit(struct ovf_unions *unions)
{
    free(unions->items);
    *unions = (struct ovf_unions){0};
}

static bool holds_all(const struct ovf_members *set, const struct ovf_members *part)
{
    bool all = true;
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        all = all && (part->words[i] & ~set->words[i]) == 0;
    return all;
}

static bool holds(const struct ovf_union *set, const struct ovf_union *part)
{
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++) {
        if (n < part->n && set->owners[i] == part->owners[n])
            n++;
    }
    return n == part->n;
}

struct ovf_members ovf_union_members(const struct ovf_union *set)
{
    struct ovf_members members = {{0}};
    for (size_t i = 0; i < set->n; i++)
        ovf_members_toggle(&members, set->owners[i]);
    return members;
}

struct ovf_any_of ovf_unions_with(const struct ovf_unions *unions, uint32_t owner)
{
    struct ovf_any_of found = {.n = 0};
    const struct ovf_union alone = {.owners = {owner}, .n = 1};
    for (size_t i = 0; i < unions->n && found.n < OVF_ANY_OF_MAX; i++) {
        const struct ovf_union *set = &unions->items[i];
        if (!holds(set, &alone))
            continue;
        memcpy(found.sets[found.n].owners, set->owners, sizeof set->owners);
        found.sets[found.n++].n = set->n;
    }
    return found;
}

enum ovf_status ovf_reach_candidates(const struct ovf_index *index, double accuracy_m,
                                     const struct ovf_anchor *from, const struct ovf_anchor *to,
                                     const struct ovf_speed_limits *limits,
                                     struct ovf_members *owners, struct ovf_error *err)
{
    const enum ovf_status st = ovf_reach_check(from, to, limits, err);
    if (st != OVF_OK)
        return st;
    const struct ovf_region none = {.index = index, .accuracy_m = accuracy_m};
    const struct ovf_frame frame = ovf_frame_of(&none, from, to, limits);
    struct ovf_members here;
    ovf_index_locate(index, from->at, owners);
    ovf_index_locate(index, to->at, &here);
    ovf_members_add_all(owners, &here);
    ovf_near_owners(index, &frame.touch_window, frame.from_unit, frame.to_unit, frame.touch_rad,
                    owners);
    return OVF_OK;
}

/** Ways that can be flown, each by what it leads through: a set that one of them avoids is not certain. */
enum { WAYS_MAX = 64, WAYS_OF_DISC = 10 };

/** With discs a set takes some ten times as long: of so many airspaces they are tried. */
enum { BY_DISCS_MAX = 4 };

struct ways {
    struct ovf_members items[WAYS_MAX];
    size_t n;
    struct ovf_members
        sum; /* of them; with discs, of the candidates those that are tried with these */
};

struct trial {
    struct ovf_reach *reach;
    const struct ovf_union_question *q;
    struct ways ways;
    bool asks_plainly;         /* something may be certain without the discs */
    struct ovf_members needed; /* in every set that is certain */
    uint32_t owners[OVF_UNION_CANDIDATES_MAX];
    size_t n_owners;
    struct ovf_unions *out;
    struct ovf_error *err;
};

/* ---- ways ---- */

/** A place of the disc: the middle, or one of eight around it. */
static struct ovf_point place_in(const struct ovf_anchor *disc, size_t k)
{
    static const int64_t most_e7 = 890000000;
    static const double north[] = {0, 1, 0.7, 0, -0.7, -1, -0.7, 0, 0.7};
    static const double east[] = {0, 0, 0.7, 1, 0.7, 0, -0.7, -1, -0.7};
    const double step_e7 = 0.9 * disc->radius_m / (6.4e6 * OVF_RAD_PER_E7);
    double sine;
    double cosine;
    ovf_sincos_e7(disc->at.lat_e7, &sine, &cosine);
    const int64_t lat_e7 = disc->at.lat_e7 + (int64_t)(north[k] * step_e7);
    const double lon_e7 = disc->at.lon_e7 + east[k] * step_e7 / fmax(cosine, 0.02);
    return (struct ovf_point){(int32_t)(lat_e7 > most_e7    ? most_e7
                                        : lat_e7 < -most_e7 ? -most_e7
                                                            : lat_e7),
                              ovf_lon_wrap((int64_t)lon_e7)};
}

/** Adds the way through place \p k of disc \p which, and through the others with the least bend, if it can be flown. */
static void add_way(const struct ovf_union_question *q, size_t which, size_t k, struct ways *ways)
{
    struct ovf_members way = {{0}};
    struct ovf_anchor at = *q->from;
    for (size_t i = 0; i <= q->n_discs; i++) {
        struct ovf_anchor next = i < q->n_discs ? q->discs[i] : *q->to;
        if (i < q->n_discs)
            next.at = i == which && k > 0 ? place_in(&next, k - 1)
                                          : ovf_reach_least_bend(q->from, q->to, &next);
        const double time_s = ovf_time_seconds(at.t_ns, next.t_ns) + 2 * q->limits->clock_s;
        if (ovf_point_chord_m(at.at, next.at) > q->limits->hard_kt * OVF_MPS_PER_KT * time_s)
            return;
        const struct ovf_members more = ovf_reach_on_way(q->index, at.at, next.at);
        ovf_members_add_all(&way, &more);
        at = next;
    }
    ways->items[ways->n++] = way;
    ovf_members_add_all(&ways->sum, &way);
}

static size_t count_ways(const struct ways *ways, uint32_t owner)
{
    size_t n = 0;
    for (size_t i = 0; i < ways->n; i++)
        n += ovf_members_has(&ways->items[i], owner) ? 1 : 0;
    return n;
}

/** Leaves those that the most ways lead through in the sum. */
static void keep_most_met(struct ways *ways)
{
    while (ovf_members_count(&ways->sum) > BY_DISCS_MAX) {
        uint32_t least = ovf_members_next(&ways->sum, 0);
        for (uint32_t i = least; i < OVF_MEMBERS_MAX; i = ovf_members_next(&ways->sum, i + 1))
            least = count_ways(ways, i) <= count_ways(ways, least) ? i : least;
        ovf_members_toggle(&ways->sum, least);
    }
}

/** The straight way; with discs, ways through these. */
static struct ways find_ways(const struct ovf_union_question *q)
{
    struct ways ways = {.n = 0};
    for (size_t i = 0; i < q->n_discs; i++) {
        for (size_t k = i > 0 ? 1 : 0; k < WAYS_OF_DISC && ways.n < WAYS_MAX; k++)
            add_way(q, i, k, &ways);
    }
    if (q->n_discs > 0) {
        for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
            ways.sum.words[i] &= q->candidates->words[i];
        keep_most_met(&ways);
    }
    if (ways.n == 0) {
        ways.items[ways.n++] = ovf_reach_on_way(q->index, q->from->at, q->to->at);
        ways.sum = ways.items[0];
    }
    return ways;
}

static bool meets_all_ways(const struct ways *ways, const struct ovf_members *owners)
{
    bool meets = true;
    for (size_t i = 0; i < ways->n && meets; i++)
        meets = ovf_members_meet(owners, &ways->items[i]);
    return meets;
}

/* ---- sets ---- */

static struct ovf_region region_of(const struct trial *t, const struct ovf_members *owners)
{
    return (struct ovf_region){
        .index = t->q->index, .owners = *owners, .accuracy_m = t->q->accuracy_m};
}

/** With the discs, where there are any. */
static enum ovf_status judge_set(struct trial *t, const struct ovf_members *owners,
                                 struct ovf_verdict *verdict)
{
    const struct ovf_union_question *const q = t->q;
    const struct ovf_region region = region_of(t, owners);
    return q->n_discs > 0
               ? ovf_reach_judge_chain(t->reach, &region, q->from, q->to, q->discs, q->n_discs,
                                       q->limits, verdict, t->err)
               : ovf_reach_judge(t->reach, &region, q->from, q->to, q->limits, verdict, t->err);
}

/** Whether the set is certain: without the discs, which is quick, or with these, of what lies on the ways. */
static enum ovf_status ask_set(struct trial *t, const struct ovf_members *owners, bool *is_certain)
{
    const struct ovf_union_question *const q = t->q;
    const struct ovf_region region = region_of(t, owners);
    const bool meets = meets_all_ways(&t->ways, owners);
    struct ovf_verdict verdict;
    *is_certain = false;
    if (!meets && q->n_discs == 0)
        return OVF_OK;
    enum ovf_status st = OVF_OK;
    if (t->asks_plainly)
        st = ovf_reach_ask_necessary(t->reach, &region, q->from, q->to, q->limits, is_certain,
                                     t->err);
    if (st != OVF_OK || *is_certain || !meets || q->n_discs == 0 ||
        !holds_all(&t->ways.sum, owners))
        return st;
    st = judge_set(t, owners, &verdict);
    *is_certain = st == OVF_OK && verdict.class == OVF_CLASS_NECESSARY;
    return st;
}

/** Whether any part of \p owners may be certain: with discs, as far as those on the ways tell. */
static enum ovf_status ask_parts(struct trial *t, const struct ovf_members *owners, bool *any)
{
    struct ovf_members on_ways = *owners;
    enum ovf_status st = ask_set(t, owners, any);
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        on_ways.words[i] &= t->ways.sum.words[i];
    return st == OVF_OK && !*any && t->q->n_discs > 0 ? ask_set(t, &on_ways, any) : st;
}

static enum ovf_status try_set(struct trial *t, struct ovf_union *set)
{
    const struct ovf_members owners = ovf_union_members(set);
    bool is_certain = false;
    for (size_t i = 0; i < t->out->n; i++) {
        if (holds(set, &t->out->items[i]))
            return OVF_OK;
    }
    if (!holds_all(&owners, &t->needed))
        return OVF_OK;
    enum ovf_status st = ask_set(t, &owners, &is_certain);
    if (st != OVF_OK || !is_certain)
        return st;
    st = judge_set(t, &owners, &set->verdict);
    if (st != OVF_OK || set->verdict.class != OVF_CLASS_NECESSARY)
        return st;
    struct ovf_union *grown =
        ovf_array_reserve(t->out->items, &t->out->capacity, t->out->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    t->out->items = grown;
    t->out->items[t->out->n++] = *set;
    return OVF_OK;
}

static struct ovf_members all_of(const struct trial *t)
{
    struct ovf_members all = {{0}};
    for (size_t i = 0; i < t->n_owners; i++)
        ovf_members_toggle(&all, t->owners[i]);
    return all;
}

/** Without the discs no part of what is not certain together is. */
static enum ovf_status ask_plainly(struct trial *t)
{
    const struct ovf_union_question *const q = t->q;
    const struct ovf_members all = all_of(t);
    const struct ovf_region region = region_of(t, &all);
    if (q->n_discs == 0 || !t->asks_plainly)
        return OVF_OK;
    return ovf_reach_ask_necessary(t->reach, &region, q->from, q->to, q->limits, &t->asks_plainly,
                                   t->err);
}

/** Whether all together are certain; else no part of them is. */
static enum ovf_status try_all(struct trial *t, bool *any)
{
    const struct ovf_members all = all_of(t);
    return ask_parts(t, &all, any);
}

/** Those without which all others together are not certain are in every set that is. */
static enum ovf_status find_needed(struct trial *t)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < t->n_owners && st == OVF_OK; i++) {
        struct ovf_members others = all_of(t);
        bool is_certain = true;
        if (!t->asks_plainly && !ovf_members_has(&t->ways.sum, t->owners[i]))
            continue; /* no set is tried with it */
        ovf_members_toggle(&others, t->owners[i]);
        st = ask_parts(t, &others, &is_certain);
        if (!is_certain)
            ovf_members_toggle(&t->needed, t->owners[i]);
    }
    return st;
}

/** All sets of \p size, in order of their owners. */
static enum ovf_status try_size(struct trial *t, size_t size)
{
    size_t at[OVF_UNION_MAX] = {0, 1, 2};
    enum ovf_status st = OVF_OK;
    while (st == OVF_OK && size <= t->n_owners) {
        struct ovf_union set = {.n = size};
        for (size_t i = 0; i < size; i++)
            set.owners[i] = t->owners[at[i]];
        st = try_set(t, &set);
        size_t k = size;
        while (k > 0 && at[k - 1] == t->n_owners - size + k - 1)
            k--;
        if (k == 0)
            break;
        at[k - 1]++;
        for (; k < size; k++)
            at[k] = at[k - 1] + 1;
    }
    return st;
}

static int compare_owners(const void *x, const void *y)
{
    const uint32_t *a = x;
    const uint32_t *b = y;
    return (*a > *b) - (*a < *b);
}

/** Those on the ways before others, as far as there is room; of discs alone only these tell. */
static void choose_owners(struct trial *t, const struct ovf_members *candidates)
{
    for (int on_way = 1; on_way >= (t->q->only_by_discs ? 1 : 0); on_way--) {
        for (uint32_t owner = ovf_members_next(candidates, 0);
             owner < OVF_MEMBERS_MAX && t->n_owners < OVF_UNION_CANDIDATES_MAX;
             owner = ovf_members_next(candidates, owner + 1)) {
            if (ovf_members_has(&t->ways.sum, owner) == (on_way == 1))
                t->owners[t->n_owners++] = owner;
        }
    }
    qsort(t->owners, t->n_owners, sizeof *t->owners, compare_owners);
}

/** What is certain alone is no part of a union. */
static void leave_certain_out(struct trial *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_owners; i++) {
        bool is_certain = false;
        for (size_t k = 0; k < t->out->n; k++)
            is_certain = is_certain || t->out->items[k].owners[0] == t->owners[i];
        if (!is_certain)
            t->owners[n++] = t->owners[i];
    }
    t->n_owners = n;
    t->out->n = 0;
}

enum ovf_status ovf_reach_unions(struct ovf_reach *reach, const struct ovf_union_question *question,
                                 struct ovf_unions *out, struct ovf_error *err)
{
    struct trial t = {.reach = reach,
                      .q = question,
                      .asks_plainly = !question->only_by_discs,
                      .ways = find_ways(question),
                      .out = out,
                      .err = err};
    bool any = false;
    out->n = 0;
    choose_owners(&t, question->candidates);
    enum ovf_status st = ask_plainly(&t);
    if (st == OVF_OK)
        st = try_all(&t, &any);
    if (st != OVF_OK || !any)
        return st;
    st = try_size(&t, 1);
    leave_certain_out(&t);
    if (st == OVF_OK)
        st = try_all(&t, &any);
    if (st == OVF_OK && any)
        st = find_needed(&t);
    for (size_t size = 2; size <= OVF_UNION_MAX && st == OVF_OK && any; size++)
        st = try_size(&t, size);
    return st;
}
