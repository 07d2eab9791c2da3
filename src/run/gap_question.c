/* SPDX-License-Identifier: Apache-2.0 */
/* Judging the gap that was asked about. */
#include "run/gap_question.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "reach/chain.h"
#include "run/gap_stops.h"

void ovf_gap_answer_deinit(struct ovf_gap_answer *answer)
{
    free(answer->rows);
    free(answer->stops);
    ovf_unions_deinit(&answer->unions);
    *answer = (struct ovf_gap_answer){0};
}

struct judging {
    const struct ovf_gap_question *request;
    const struct ovf_question *question;
    struct ovf_reach reach;
    struct ovf_gap_answer *answer;
    struct ovf_error *err;
};

static struct ovf_region region_of(const struct ovf_edition *edition)
{
    return (struct ovf_region){.index = &edition->index,
                               .accuracy_m = ovf_engine_accuracy_m(edition)};
}

/** Whether it may have been passed above or below: of the two places no altitude is known. */
static bool may_be_passed(const struct ovf_edition *edition, uint32_t airspace)
{
    static const struct ovf_fix unknown = {0};
    return ovf_limits_let_pass(edition->limits, edition->n_limits, airspace, &unknown, &unknown, 0);
}

static bool names_airspaces(const struct ovf_question_request *areas)
{
    return areas->airspace != NULL || areas->n_zones > 0 || areas->boundaries != NULL;
}

static enum ovf_status judge_airspace(struct judging *j, size_t layer, uint32_t airspace)
{
    const struct ovf_gap_question *r = j->request;
    const struct ovf_edition *edition = &j->question->editions[layer];
    struct ovf_region region = region_of(edition);
    struct ovf_gap_row row = {
        .layer = layer, .airspace = airspace, .may_be_passed = may_be_passed(edition, airspace)};
    ovf_members_toggle(&region.owners, airspace);
    const enum ovf_status st =
        ovf_reach_judge_chain(&j->reach, &region, &r->last, &r->next, r->discs, r->n_discs,
                              &r->limits, &row.verdict, j->err);
    if (st != OVF_OK || (row.verdict.class == OVF_CLASS_IMPOSSIBLE && !names_airspaces(&r->areas)))
        return st;
    if (row.may_be_passed && row.verdict.class < OVF_CLASS_POSSIBLE)
        row.verdict.class = OVF_CLASS_POSSIBLE;
    struct ovf_gap_answer *a = j->answer;
    struct ovf_gap_row *grown =
        ovf_array_reserve(a->rows, &a->rows_capacity, a->n_rows + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    a->rows = grown;
    a->rows[a->n_rows++] = row;
    return OVF_OK;
}

/** What may be passed above or below is no part of what is sure. */
static void leave_passable_out(const struct ovf_edition *edition, struct ovf_members *members)
{
    for (uint32_t i = ovf_members_next(members, 0); i < OVF_MEMBERS_MAX;
         i = ovf_members_next(members, i + 1)) {
        if (may_be_passed(edition, i))
            ovf_members_toggle(members, i);
    }
}

static struct ovf_members both(struct ovf_members a, const struct ovf_members *b)
{
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        a.words[i] &= b->words[i];
    return a;
}

static enum ovf_status judge_layer(struct judging *j, size_t layer)
{
    const struct ovf_gap_question *r = j->request;
    const struct ovf_region region = region_of(&j->question->editions[layer]);
    const struct ovf_members *wanted = &j->question->layers[layer].wanted;
    struct ovf_members near;
    enum ovf_status st = ovf_reach_candidates(region.index, region.accuracy_m, &r->last, &r->next,
                                              &r->limits, &near, j->err);
    near = both(near, wanted);
    const struct ovf_members *judged = names_airspaces(&r->areas) ? wanted : &near;
    for (uint32_t i = ovf_members_next(judged, 0); i < OVF_MEMBERS_MAX && st == OVF_OK;
         i = ovf_members_next(judged, i + 1))
        st = judge_airspace(j, layer, i);
    /* States do not overlap: of them unions are asked for. */
    leave_passable_out(&j->question->editions[layer], &near);
    const struct ovf_union_question together = {.index = region.index,
                                                .accuracy_m = region.accuracy_m,
                                                .candidates = &near,
                                                .from = &r->last,
                                                .to = &r->next,
                                                .discs = r->discs,
                                                .n_discs = r->n_discs,
                                                .limits = &r->limits};
    if (st == OVF_OK && layer == 0 && ovf_members_count(&near) > 1)
        st = ovf_reach_unions(&j->reach, &together, &j->answer->unions, j->err);
    return st;
}

static int compare_rows(const void *x, const void *y)
{
    const struct ovf_gap_row *a = x;
    const struct ovf_gap_row *b = y;
    if (a->verdict.class != b->verdict.class)
        return a->verdict.class < b->verdict.class ? -1 : 1;
    const double faster = b->verdict.avoidance_kt - a->verdict.avoidance_kt;
    if (faster > 0 || faster < 0)
        return faster > 0 ? 1 : -1;
    if (a->layer != b->layer)
        return a->layer < b->layer ? -1 : 1;
    return (a->airspace > b->airspace) - (a->airspace < b->airspace);
}

enum ovf_status ovf_gap_question_judge(const struct ovf_gap_question *request,
                                       const struct ovf_question *question,
                                       struct ovf_gap_answer *answer, struct ovf_error *err)
{
    struct judging j = {.request = request, .question = question, .answer = answer, .err = err};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < question->config.n_layers && st == OVF_OK; i++)
        st = judge_layer(&j, i);
    if (st == OVF_OK && request->with_landings)
        st = ovf_gap_stops_find(request, question, answer, err);
    if (st == OVF_OK && answer->n_rows > 1)
        qsort(answer->rows, answer->n_rows, sizeof *answer->rows, compare_rows);
    ovf_reach_deinit(&j.reach);
    return st;
}

enum ovf_status ovf_gap_question_answer(const struct ovf_gap_question *request,
                                        const struct ovf_sink *sink, struct ovf_error *err)
{
    struct ovf_question *question = calloc(1, sizeof *question);
    struct ovf_gap_answer answer = {0};
    if (question == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = ovf_question_make_areas(&request->areas, NULL, question, err);
    if (st == OVF_OK)
        st = ovf_gap_question_judge(request, question, &answer, err);
    if (st == OVF_OK) {
        st = ovf_gap_answer_print(request, question, &answer, sink);
        if (st == OVF_E_IO)
            (void)ovf_error_set(err, st, "the output could not be written");
    }
    ovf_gap_answer_deinit(&answer);
    ovf_question_deinit(question);
    free(question);
    return st;
}
