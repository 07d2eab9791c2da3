/* SPDX-License-Identifier: Apache-2.0 */
#include "run/doubts.h"

#include <stdlib.h>

#include "base/array.h"
#include "geo/index.h"

/** What is told together. */
struct group {
    const struct ovf_flight *flight;
    struct ovf_members *inside; /* by layer */
    struct ovf_doubt *items;
    size_t n;
    size_t capacity;
};

struct telling {
    const struct ovf_question *question;
    const struct ovf_result *result;
    const struct ovf_track_member *members;
    const struct ovf_lines *lines;
    struct group *groups;
    size_t n_groups;
    size_t capacity;
};

static size_t n_layers_of(const struct telling *t)
{
    return t->question->config.n_layers;
}

static struct ovf_report_line line_of(const struct telling *t, size_t first, size_t last)
{
    const struct ovf_fix *const fixes = t->result->track->fixes.items;
    const uint32_t items[] = {fixes[first].record.item, fixes[last].record.item};
    return (struct ovf_report_line){
        .result = t->result,
        .members = t->members,
        .receivers = t->question->receivers,
        .who = ovf_lines_who(t->question, t->result->track->address, t->members, items, 2)};
}

/* ---- which are told ---- */

/** What crossings have to do with a doubt. */
struct beside {
    bool is_told; /* its flight has crossings */
    bool touches; /* one of them */
};

static bool is_anywhere(const struct ovf_members *inside, size_t n_layers)
{
    bool any = false;
    for (size_t k = 0; k < n_layers && !any; k++)
        any = !ovf_members_empty(&inside[k]);
    return any;
}

/** Whether it touches the crossing, as ovf_report_next_detection has it. */
static bool touches(const struct ovf_doubt *doubt, const struct ovf_passage *passage)
{
    return doubt->last >= passage->entry.before && doubt->first <= passage->exit.after;
}

/** Takes the airspaces of crossings that tell it out of \p inside. */
static struct beside look_beside(const struct telling *t, const struct ovf_doubt *doubt,
                                 struct ovf_members *inside)
{
    struct beside beside = {false, false};
    for (size_t i = 0; i < t->lines->n; i++) {
        const struct ovf_crossing *const crossing = t->lines->items[i].crossing;
        const uint32_t owner = crossing->passage.owner;
        if (&t->result->flights[crossing->flight] == doubt->flight)
            beside.is_told = true;
        if (!touches(doubt, &crossing->passage))
            continue;
        beside.touches = true;
        if (ovf_members_has(&inside[crossing->layer], owner))
            ovf_members_toggle(&inside[crossing->layer], owner);
    }
    return beside;
}

static bool is_wanted(const struct telling *t, const struct ovf_watch *watch,
                      const struct ovf_doubt *doubt, struct ovf_doubt_place place,
                      const struct ovf_identity *who)
{
    const struct ovf_match match =
        ovf_watch_match_doubt(watch, t->question->config.airports, t->result, doubt, place, who);
    return match.matches || (match.only_end_unknown && t->question->include_unknown);
}

/** Whether a watch asks about it there. */
static bool is_asked(const struct telling *t, const struct ovf_doubt *doubt,
                     struct ovf_doubt_place place, const struct ovf_identity *who)
{
    const struct ovf_watches *const watches = &t->question->watches;
    if (watches->n == 0)
        return is_wanted(t, &t->question->watch, doubt, place, who);
    for (size_t i = 0; i < watches->n; i++) {
        if (is_wanted(t, &watches->items[i], doubt, place, who))
            return true;
    }
    return false;
}

/** Leaves in \p inside what a watch asks about. */
static void keep_asked(const struct telling *t, const struct ovf_doubt *doubt,
                       struct ovf_members *inside)
{
    const struct ovf_report_line line = line_of(t, doubt->first, doubt->last);
    for (size_t k = 0; k < n_layers_of(t); k++) {
        for (uint32_t i = ovf_members_next(&inside[k], 0); i < OVF_MEMBERS_MAX;
             i = ovf_members_next(&inside[k], i + 1)) {
            if (!is_asked(t, doubt, (struct ovf_doubt_place){k, i}, line.who.identity))
                ovf_members_toggle(&inside[k], i);
        }
    }
}

/* ---- by flight ---- */

/** That of its flight; of no flight, the last one if it is of the same fixes: those were found in a row. */
static struct group *find_group(const struct telling *t, const struct ovf_doubt *doubt)
{
    struct group *const last = t->n_groups > 0 ? &t->groups[t->n_groups - 1] : NULL;
    if (doubt->flight == NULL)
        return last != NULL && last->flight == NULL && last->items[0].begin == doubt->begin &&
                       last->items[0].end == doubt->end
                   ? last
                   : NULL;
    for (size_t i = t->n_groups; i > 0; i--) {
        if (t->groups[i - 1].flight == doubt->flight)
            return &t->groups[i - 1];
    }
    return NULL;
}

static struct group *add_group(struct telling *t, const struct ovf_flight *flight)
{
    struct group *const grown =
        ovf_array_reserve(t->groups, &t->capacity, t->n_groups + 1, sizeof *grown);
    if (grown == NULL)
        return NULL;
    t->groups = grown;
    struct ovf_members *const inside = calloc(n_layers_of(t), sizeof *inside);
    if (inside == NULL)
        return NULL;
    grown[t->n_groups] = (struct group){.flight = flight, .inside = inside};
    return &grown[t->n_groups++];
}

static enum ovf_status add_doubt(struct telling *t, const struct ovf_doubt *doubt,
                                 const struct ovf_members *inside)
{
    struct group *group = find_group(t, doubt);
    if (group == NULL)
        group = add_group(t, doubt->flight);
    if (group == NULL)
        return OVF_E_NOMEM;
    struct ovf_doubt *const grown =
        ovf_array_reserve(group->items, &group->capacity, group->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    group->items = grown;
    group->items[group->n++] = *doubt;
    for (size_t k = 0; k < n_layers_of(t); k++)
        ovf_members_add_all(&group->inside[k], &inside[k]);
    return OVF_OK;
}

static enum ovf_status take_doubt(void *context, const struct ovf_doubt *doubt)
{
    struct telling *const t = context;
    struct ovf_members inside[OVF_MAX_LAYERS];
    memcpy(inside, doubt->inside, n_layers_of(t) * sizeof *inside);
    const struct beside beside = look_beside(t, doubt, inside);
    const bool is_of_told = beside.is_told && !beside.touches && doubt->detection != NULL;
    if (is_anywhere(inside, n_layers_of(t)))
        keep_asked(t, doubt, inside);
    return is_of_told || is_anywhere(inside, n_layers_of(t)) ? add_doubt(t, doubt, inside) : OVF_OK;
}

/* ---- telling ---- */

/** By time; of the same fixes as they were found. */
static int compare_doubts(const void *x, const void *y)
{
    const struct ovf_doubt *const a = x;
    const struct ovf_doubt *const b = y;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->last != b->last)
        return a->last < b->last ? -1 : 1;
    return (a->detection > b->detection) - (a->detection < b->detection);
}

static bool lies_inside(const struct telling *t, const struct group *group,
                        const struct ovf_fix *fix)
{
    bool any = false;
    for (size_t k = 0; k < n_layers_of(t) && !any; k++) {
        struct ovf_members here;
        ovf_index_locate(&t->question->layers[k].edition->index, fix->at, &here);
        any = ovf_members_meet(&here, &group->inside[k]);
    }
    return any;
}

/** Another fix that is not believed, in order of time. */
static void count_fix(const struct telling *t, const struct group *group, const struct ovf_fix *fix,
                      struct ovf_report_doubts *out, bool *is_placed)
{
    if (out->n_not_believed++ == 0)
        out->from_ns = fix->t_ns;
    out->to_ns = fix->t_ns;
    if (*is_placed || !lies_inside(t, group, fix))
        return;
    out->at = fix->at;
    *is_placed = true;
}

/** Of doubts in order of time, the fixes of each begin no earlier than those before. */
static void sum_up(const struct telling *t, const struct group *group,
                   struct ovf_report_doubts *out)
{
    const struct ovf_fix *const fixes = t->result->track->fixes.items;
    bool is_placed = false;
    size_t next = 0;
    out->from_ns = fixes[group->items[0].first].t_ns;
    out->to_ns = fixes[group->items[group->n - 1].last].t_ns;
    out->at = fixes[group->items[0].first].at;
    for (size_t i = 0; i < group->n; i++) {
        const struct ovf_doubt *const doubt = &group->items[i];
        for (next = next > doubt->begin ? next : doubt->begin; next <= doubt->end; next++) {
            if (ovf_doubt_has_fix(&fixes[next]))
                count_fix(t, group, &fixes[next], out, &is_placed);
        }
    }
}

static enum ovf_status tell_groups(const struct telling *t, ovf_doubts_told_fn *tell, void *context)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < t->n_groups && st == OVF_OK; i++) {
        const struct group *const group = &t->groups[i];
        struct ovf_report_doubts doubts = {
            .flight = group->flight, .items = group->items, .n = group->n, .inside = group->inside};
        qsort(group->items, group->n, sizeof *group->items, compare_doubts);
        sum_up(t, group, &doubts);
        const struct ovf_report_line line =
            line_of(t, group->items[0].first, group->items[group->n - 1].last);
        st = tell(context, &line, &doubts);
    }
    return st;
}

enum ovf_status ovf_doubts_tell(const struct ovf_question *question,
                                const struct ovf_result *result,
                                const struct ovf_track_member *members,
                                const struct ovf_lines *lines, ovf_doubts_told_fn *tell,
                                void *context)
{
    struct telling t = {.question = question, .result = result, .members = members, .lines = lines};
    enum ovf_status st = ovf_doubts_find(&question->config, result, take_doubt, &t);
    if (st == OVF_OK)
        st = tell_groups(&t, tell, context);
    for (size_t i = 0; i < t.n_groups; i++) {
        free(t.groups[i].inside);
        free(t.groups[i].items);
    }
    free(t.groups);
    return st;
}
