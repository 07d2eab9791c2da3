/* SPDX-License-Identifier: Apache-2.0 */
#include "run/judge.h"

#include <stdlib.h>
#include <string.h>

#include "report/finding_table.h"
#include "rules/changes.h"
#include "rules/claim.h"
#include "rules/closure.h"
#include "rules/embargo.h"
#include "rules/inspection.h"
#include "rules/listing.h"
#include "rules/order.h"
#include "run/case_lists.h"
#include "run/independent.h"
#include "run/permit_print.h"
#include "run/question_case.h"
#include "store/carried.h"
#include "store/control.h"

void ovf_judgement_deinit(struct ovf_judgement *judgement)
{
    ovf_finding_lines_deinit(&judgement->lines);
    ovf_findings_deinit(&judgement->findings);
    ovf_subjects_deinit(&judgement->subjects);
    ovf_control_deinit(&judgement->control);
    ovf_judged_permits_deinit(&judgement->permits);
    *judgement = (struct ovf_judgement){.now_ns = 0};
}

/* ---- rules ---- */

enum ovf_status ovf_judgement_apply(struct ovf_judgement *j)
{
    static enum ovf_status (*const rules[])(const struct ovf_matter *, struct ovf_findings *) = {
        ovf_listings_judge,    ovf_closures_judge, ovf_orders_judge,  ovf_embargoes_judge,
        ovf_inspections_judge, ovf_claims_judge,   ovf_changes_judge,
    };
    enum ovf_status st = ovf_permits_judge_matter(&j->matter, &j->permits, &j->findings);
    for (size_t i = 0; i < sizeof rules / sizeof *rules && st == OVF_OK; i++)
        st = rules[i](&j->matter, &j->findings);
    return st;
}

/* ---- the store ---- */

static struct ovf_store_int flag(bool known, bool value)
{
    return (struct ovf_store_int){known, value ? 1 : 0};
}

/** All parts of one kind, each with \p end behind it but the last. */
static enum ovf_status join_parts(const struct ovf_findings *findings,
                                  const struct ovf_finding *finding,
                                  enum ovf_finding_part_kind kind, const char *between,
                                  struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    out->len = 0;
    for (size_t i = 0; i < finding->n_parts && st == OVF_OK; i++) {
        const char *text;
        if (ovf_finding_part(findings, finding, i, &text) != kind)
            continue;
        if (out->len > 0)
            st = ovf_buffer_append_text(out, between);
        if (st == OVF_OK)
            st = ovf_buffer_append_text(out, text);
    }
    return st == OVF_OK ? ovf_buffer_append(out, "", 1) : st;
}

/** A row's texts while it is put. */
struct row_texts {
    struct ovf_buffer reasons;
    struct ovf_buffer sources;
};

static enum ovf_status put_finding(struct ovf_store *store, const struct ovf_judgement *j, size_t i,
                                   struct row_texts *texts, struct ovf_error *err)
{
    const struct ovf_finding *const finding = &j->findings.items[i];
    const struct ovf_finding_head *const head = &finding->head;
    enum ovf_status st =
        join_parts(&j->findings, finding, OVF_FINDING_REASON, "; ", &texts->reasons);
    if (st == OVF_OK)
        st = join_parts(&j->findings, finding, OVF_FINDING_SOURCE, "; ", &texts->sources);
    if (st != OVF_OK)
        return st;
    const struct ovf_store_finding row = {
        .id = finding->id,
        .rev = j->lines.items[i].rev,
        .rule = head->rule,
        .verdict = head->verdict,
        .about_kind = ovf_about_name(head->about),
        .about_id = head->about_id,
        .reasons = (const char *)texts->reasons.data,
        .sources = (const char *)texts->sources.data,
        .in_force_on_flight_date = flag(finding->knows_force, finding->in_force_on_flight_date),
        .in_force_today = flag(finding->knows_force, finding->in_force_today),
        .as_of = {true, j->now_ns},
        .simulated = head->simulated,
        .json = ovf_finding_line(&j->lines, i),
    };
    return ovf_store_put_finding(store, &row, err);
}

static enum ovf_status retract_unsaid(struct ovf_store *store, const struct ovf_findings *findings,
                                      struct ovf_error *err)
{
    const size_t n = findings->n;
    struct ovf_text_item *const ids = malloc((n + 1) * sizeof *ids);
    if (ids == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        ids[i] = (struct ovf_text_item){findings->items[i].id, i};
    enum ovf_status st = ovf_text_order(ids, n);
    if (st == OVF_OK)
        st = ovf_store_retract_others(store, OVF_STORE_FINDING, ids, n, err);
    free(ids);
    return st;
}

/** Retracted first: then the table still has the indexes that a new one gets when all rows are in it. */
static enum ovf_status put_findings(struct ovf_store *store, const struct ovf_judgement *j,
                                    struct ovf_error *err)
{
    struct row_texts texts = {0};
    enum ovf_status st = retract_unsaid(store, &j->findings, err);
    for (size_t i = 0; i < j->findings.n && st == OVF_OK; i++)
        st = put_finding(store, j, i, &texts, err);
    ovf_buffer_deinit(&texts.reasons);
    ovf_buffer_deinit(&texts.sources);
    return st;
}

/** What the days of the series were weighed by. */
static enum ovf_status put_control(struct ovf_store *store, const struct ovf_judgement *j,
                                   struct ovf_error *err)
{
    const struct ovf_case_list *const watches = &j->matter.the_case->watches;
    enum ovf_status st = ovf_store_control_clear(store, err);
    for (size_t i = 0; i < watches->n && st == OVF_OK; i++)
        st = ovf_store_control_put(
            store, ((const struct ovf_case_watch *)watches->items)[i].name.text,
            j->control.first_day_ns, j->control.flights + i * j->control.n_days, j->control.n_days,
            err);
    return st;
}

/** That the store holds what the case asks: with a transaction open. */
static enum ovf_status check_question(struct ovf_store *store, const struct ovf_question *q,
                                      struct ovf_error *err)
{
    struct ovf_carried *carried = NULL;
    const enum ovf_status st =
        ovf_carried_open(store, q->digest, (const char *)q->words.data, &carried, err);
    ovf_carried_close(carried);
    return st;
}

static enum ovf_status read_matter(struct ovf_store *store, const struct ovf_open_case *open,
                                   const struct ovf_question *question, struct ovf_judgement *out,
                                   struct ovf_error *err)
{
    enum ovf_status st = ovf_subjects_read(store, &out->subjects, err);
    if (st == OVF_OK)
        st = ovf_control_count(store, question, &out->subjects, &out->control, err);
    out->matter = (struct ovf_matter){.the_case = &open->the_case,
                                      .subjects = out->subjects.items,
                                      .n_subjects = out->subjects.n,
                                      .flights = out->subjects.flights,
                                      .n_flights = out->subjects.n_flights,
                                      .closures = question->of_case->closures,
                                      .listings = question->of_case->listings,
                                      .register_ = question->register_,
                                      .has_register_day = question->has_register_day,
                                      .register_day_ns = question->register_day_ns,
                                      .first_day_ns = out->control.first_day_ns,
                                      .n_days = out->control.n_days,
                                      .has_data = out->control.has_data,
                                      .control = out->control.flights,
                                      .now_ns = out->now_ns};
    out->permits.searched = ovf_permit_searched_of(&out->subjects);
    return st;
}

enum ovf_status ovf_judge(struct ovf_open_case *open, const struct ovf_question *question,
                          const char *library_path, int64_t now_ns, struct ovf_judgement *out,
                          struct ovf_error *err)
{
    struct ovf_store *store = NULL;
    enum ovf_status st = ovf_case_permits_open(open, library_path, &out->permits.lists, err);
    out->now_ns = now_ns;
    if (st == OVF_OK)
        st = ovf_store_open(question->store_path, &store, err);
    if (st == OVF_OK)
        st = ovf_store_begin(store, now_ns, err);
    if (st == OVF_OK)
        st = check_question(store, question, err);
    if (st == OVF_OK)
        st = read_matter(store, open, question, out, err);
    if (st == OVF_OK)
        st = ovf_judgement_apply(out);
    if (st == OVF_OK)
        st = ovf_independent_count(store, open, &out->matter, &out->findings, err);
    if (st == OVF_OK)
        st = ovf_finding_lines_make(&out->findings, now_ns, &out->lines);
    if (st == OVF_OK)
        st = put_findings(store, out, err);
    if (st == OVF_OK)
        st = put_control(store, out, err);
    if (st == OVF_OK)
        st = ovf_store_commit(store, err);
    if (st != OVF_OK)
        ovf_store_abandon(store);
    else
        ovf_store_close(store);
    return st;
}

/* ---- printing ---- */

static enum ovf_status print_lines(const struct ovf_finding_lines *lines,
                                   const struct ovf_sink *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < lines->n && st == OVF_OK; i++) {
        st = ovf_sink_write(out, ovf_finding_line(lines, i), lines->items[i].len);
        if (st == OVF_OK)
            st = ovf_sink_write(out, "\n", 1);
    }
    return st;
}

static enum ovf_status print_table(const struct ovf_judgement *j, const struct ovf_sink *out)
{
    struct ovf_buffer text = {0};
    enum ovf_status st = ovf_report_findings_table(&j->findings, &j->matter, &text);
    if (st == OVF_OK)
        st = ovf_sink_write(out, text.data, text.len);
    ovf_buffer_deinit(&text);
    return st;
}

/** For an authority's desk: flights by day and operator, and permits that were not flown. */
static enum ovf_status print_desk(const struct ovf_judgement *j, enum ovf_listing_format format,
                                  const struct ovf_sink *out)
{
    if (j->permits.lists.n == 0)
        return OVF_OK;
    enum ovf_status st = OVF_OK;
    if (format == OVF_LISTING_TABLE)
        st = ovf_sink_write(out, "\n", 1);
    if (st == OVF_OK)
        st = ovf_permit_print_days(&j->permits.summary, format, out);
    if (st == OVF_OK && format == OVF_LISTING_TABLE)
        st = ovf_sink_write(out, "\n", 1);
    if (st == OVF_OK)
        st = ovf_permit_print_unflown(&j->permits.summary, format, out);
    return st == OVF_OK ? ovf_permit_print_unknown(&j->permits.summary, format, out) : st;
}

enum ovf_status ovf_judgement_print(const struct ovf_judgement *j, enum ovf_format format,
                                    const struct ovf_sink *out)
{
    const bool is_table = format == OVF_FORMAT_TABLE;
    const enum ovf_status st = is_table ? print_table(j, out) : print_lines(&j->lines, out);
    return st == OVF_OK ? print_desk(j, is_table ? OVF_LISTING_TABLE : OVF_LISTING_NDJSON, out)
                        : st;
}
