/* SPDX-License-Identifier: Apache-2.0 */
/* Sets are tried by size; one that holds a set already found is passed over. So is one with no airspace on the
 * straight way, which it leaves free, and one without an airspace that all others together cannot do without.
 * Mostly not even all together are certain, and that is asked first. */
#include "reach/unions.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
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

struct trial {
    struct ovf_reach *reach;
    const struct ovf_index *index;
    double accuracy_m;
    const struct ovf_anchor *from;
    const struct ovf_anchor *to;
    const struct ovf_speed_limits *limits;
    struct ovf_members on_way;
    struct ovf_members needed; /* in every set that is certain */
    uint32_t owners[OVF_UNION_CANDIDATES_MAX];
    size_t n_owners;
    struct ovf_unions *out;
    struct ovf_error *err;
};

static struct ovf_region region_of(const struct trial *t, const struct ovf_members *owners)
{
    return (struct ovf_region){.index = t->index, .owners = *owners, .accuracy_m = t->accuracy_m};
}

static enum ovf_status ask_set(struct trial *t, const struct ovf_members *owners, bool *is_certain)
{
    const struct ovf_region region = region_of(t, owners);
    return ovf_reach_ask_necessary(t->reach, &region, t->from, t->to, t->limits, is_certain,
                                   t->err);
}

static enum ovf_status try_set(struct trial *t, struct ovf_union *set)
{
    const struct ovf_members owners = ovf_union_members(set);
    bool is_certain = false;
    for (size_t i = 0; i < t->out->n; i++) {
        if (holds(set, &t->out->items[i]))
            return OVF_OK;
    }
    if (!ovf_members_meet(&owners, &t->on_way) || !holds_all(&owners, &t->needed))
        return OVF_OK;
    enum ovf_status st = ask_set(t, &owners, &is_certain);
    if (st != OVF_OK || !is_certain)
        return st;
    const struct ovf_region region = region_of(t, &owners);
    st = ovf_reach_judge(t->reach, &region, t->from, t->to, t->limits, &set->verdict, t->err);
    if (st != OVF_OK)
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

/** Whether all together are certain; else no part of them is. */
static enum ovf_status try_all(struct trial *t, bool *any)
{
    const struct ovf_members all = all_of(t);
    return ask_set(t, &all, any);
}

/** Those without which all others together are not certain are in every set that is. */
static enum ovf_status find_needed(struct trial *t)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < t->n_owners && st == OVF_OK; i++) {
        struct ovf_members others = all_of(t);
        bool is_certain = true;
        ovf_members_toggle(&others, t->owners[i]);
        st = ask_set(t, &others, &is_certain);
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

/** Those on the straight way before others, as far as there is room. */
static void choose_owners(struct trial *t, const struct ovf_members *candidates)
{
    for (int on_way = 1; on_way >= 0; on_way--) {
        for (uint32_t owner = ovf_members_next(candidates, 0);
             owner < OVF_MEMBERS_MAX && t->n_owners < OVF_UNION_CANDIDATES_MAX;
             owner = ovf_members_next(candidates, owner + 1)) {
            if (ovf_members_has(&t->on_way, owner) == (on_way == 1))
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

enum ovf_status ovf_reach_unions(struct ovf_reach *reach, const struct ovf_index *index,
                                 double accuracy_m, const struct ovf_members *candidates,
                                 const struct ovf_anchor *from, const struct ovf_anchor *to,
                                 const struct ovf_speed_limits *limits, struct ovf_unions *out,
                                 struct ovf_error *err)
{
    struct trial t = {.reach = reach,
                      .index = index,
                      .accuracy_m = accuracy_m,
                      .from = from,
                      .to = to,
                      .limits = limits,
                      .on_way = ovf_reach_on_way(index, from->at, to->at),
                      .out = out,
                      .err = err};
    bool any = false;
    out->n = 0;
    choose_owners(&t, candidates);
    enum ovf_status st = try_all(&t, &any);
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
