/* SPDX-License-Identifier: Apache-2.0 */
/* Passages first, then gaps, then what was heard beyond the leg, and at last what was surely not entered. */
#include "engine/between_parts.h"

#include <stdlib.h>

#include "base/array.h"

void ovf_between_deinit(struct ovf_between *between)
{
    ovf_reach_deinit(&between->reach);
    ovf_unions_deinit(&between->unions);
    ovf_verdict_memo_deinit(&between->memo);
    free(between->items);
    *between = (struct ovf_between){0};
}

enum ovf_status ovf_between_push(struct ovf_between *out, const struct ovf_judged *item)
{
    struct ovf_judged *grown =
        ovf_array_reserve(out->items, &out->capacity, out->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->items = grown;
    out->items[out->n++] = *item;
    return OVF_OK;
}

static enum ovf_status judge_step(const struct ovf_between_question *q, struct ovf_between *out,
                                  const struct ovf_step *step)
{
    struct ovf_between_gap gap = ovf_between_gap_of(q, step->before, step->after);
    gap.ends = step[-1].members;
    ovf_members_add_all(&gap.ends, &step->members);
    gap.t_ns = step->t_ns;
    gap.lat_deg = step->lat_deg;
    gap.lon_deg = step->lon_deg;
    gap.at = step->at;
    return step->kind == OVF_STEP_GAP && gap.from.t_ns < gap.to.t_ns
               ? ovf_between_judge_gap(q, out, &gap)
               : OVF_OK;
}

/* ---- beyond the leg ---- */

/** Between fix \p i, the first or the last of the leg, and the disc that it took the fastest way to be in. */
static enum ovf_status judge_beyond(const struct ovf_between_question *q, struct ovf_between *out,
                                    size_t i, int64_t heard_ns)
{
    const struct ovf_fix *const fix = &q->fixes[i];
    const struct ovf_anchor at = ovf_between_anchor_of(fix);
    const struct ovf_anchor *const disc =
        q->hearings != NULL ? ovf_hearings_beyond(q->hearings, &at, heard_ns, q->limits) : NULL;
    if (disc == NULL)
        return OVF_OK;
    const bool is_behind = disc->t_ns > fix->t_ns;
    struct ovf_between_gap gap = {.from = is_behind ? at : *disc,
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
    enum ovf_status st = ovf_between_judge_gap(q, out, &gap);
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
        st = ovf_between_push(out, &item);
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
            st = ovf_between_judge_shown(q, out, &item);
        if (st == OVF_OK)
            st = ovf_between_push(out, &item);
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
