/* SPDX-License-Identifier: Apache-2.0 */
#include "run/judge.h"

#include <stdlib.h>

#include "question/case_lists.h"
#include "question/of_case.h"
#include "report/finding_table.h"
#include "rules/listing.h"
#include "run/independent.h"
#include "run/judge_rules.h"
#include "run/judge_write.h"
#include "run/permit_print.h"
#include "run/tasks.h"
#include "store/carried.h"
#include "store/control.h"

void ovf_judgement_deinit(struct ovf_judgement *judgement)
{
    for (size_t i = 0; i < judgement->n_lines; i++)
        ovf_finding_lines_deinit(&judgement->lines[i]);
    free(judgement->lines);
    ovf_findings_deinit(&judgement->findings);
    ovf_subjects_deinit(&judgement->subjects);
    ovf_subjects_deinit(&judgement->flights);
    ovf_control_deinit(&judgement->control);
    ovf_judged_permits_deinit(&judgement->permits);
    *judgement = (struct ovf_judgement){.now_ns = 0};
}

/* ---- reading ---- */

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

struct judging {
    struct ovf_open_case *open;
    const struct ovf_question *question;
    const char *library_path;
    struct ovf_store *store; /* with a transaction open */
    struct ovf_findings of_lists;
    struct ovf_judgement *out;
};

static enum ovf_status open_store(struct judging *j, struct ovf_error *err)
{
    enum ovf_status st = ovf_store_open(j->question->store_path, &j->store, err);
    if (st == OVF_OK)
        st = ovf_store_begin(j->store, j->out->now_ns, err);
    return st == OVF_OK ? check_question(j->store, j->question, err) : st;
}

static enum ovf_status read_crossings(void *context, struct ovf_error *err)
{
    struct judging *const j = context;
    struct ovf_judgement *const out = j->out;
    const enum ovf_status st = ovf_subjects_read_others(j->store, &out->subjects, err);
    return st == OVF_OK ? ovf_control_count(ovf_store_db(j->store), j->question, &out->subjects,
                                            &out->control, err)
                        : st;
}

/** What there is beside crossings and days. */
static struct ovf_matter matter_of_flights(const struct judging *j)
{
    const struct ovf_question *const question = j->question;
    const struct ovf_judgement *const out = j->out;
    return (struct ovf_matter){.the_case = &j->open->the_case,
                               .flights = out->flights.flights,
                               .n_flights = out->flights.n_flights,
                               .closures = question->of_case->closures,
                               .listings = question->of_case->listings,
                               .register_ = question->register_,
                               .has_register_day = question->has_register_day,
                               .register_day_ns = question->register_day_ns,
                               .now_ns = out->now_ns};
}

/** Lists are held against flights alone: that is done while crossings are still being read. */
static enum ovf_status read_flights(void *context, struct ovf_error *err)
{
    struct judging *const j = context;
    const enum ovf_status st =
        ovf_subjects_read_flights(j->question->store_path, &j->out->flights, err);
    const struct ovf_matter matter = matter_of_flights(j);
    return st == OVF_OK ? ovf_listings_judge(&matter, &j->of_lists) : st;
}

static enum ovf_status read_permits(void *context, struct ovf_error *err)
{
    const struct judging *const j = context;
    struct ovf_judged_permits *const permits = &j->out->permits;
    const enum ovf_status st =
        ovf_case_permits_open(j->open, j->library_path, &permits->lists, err);
    return st == OVF_OK ? ovf_judged_permits_prepare(&j->open->the_case, j->out->now_ns, permits)
                        : st;
}

static struct ovf_matter matter_of(const struct judging *j)
{
    const struct ovf_judgement *const out = j->out;
    struct ovf_matter matter = matter_of_flights(j);
    matter.subjects = out->subjects.items;
    matter.n_subjects = out->subjects.n;
    matter.first_day_ns = out->control.first_day_ns;
    matter.n_days = out->control.n_days;
    matter.has_data = out->control.has_data;
    matter.control = out->control.flights;
    return matter;
}

/** The longest first. */
static enum ovf_status read_all(struct judging *j, struct ovf_error *err)
{
    const struct ovf_task tasks[] = {{read_crossings, j}, {read_flights, j}, {read_permits, j}};
    enum ovf_status st = open_store(j, err);
    if (st == OVF_OK)
        st = ovf_tasks_run(tasks, sizeof tasks / sizeof *tasks, j->question->n_jobs, err);
    j->out->matter = matter_of(j);
    j->out->permits.searched = ovf_permit_searched_of(&j->out->subjects);
    return st;
}

/* ---- all ---- */

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

static enum ovf_status commit(void *context, struct ovf_error *err)
{
    const struct judging *const j = context;
    return ovf_store_commit(j->store, err);
}

/** The store does not wait for what is only printed. */
static enum ovf_status sum_up(void *context, struct ovf_error *err)
{
    const struct judging *const j = context;
    (void)err;
    return ovf_judged_permits_summarize(&j->out->matter, &j->out->permits);
}

static enum ovf_status judge(struct judging *j, struct ovf_error *err)
{
    struct ovf_judgement *const out = j->out;
    const struct ovf_task ending[] = {{commit, j}, {sum_up, j}};
    const size_t n_jobs = j->question->n_jobs;
    enum ovf_status st = read_all(j, err);
    if (st == OVF_OK)
        st = ovf_rules_apply(&out->matter, &out->permits, &j->of_lists, n_jobs, &out->findings);
    if (st == OVF_OK)
        st = ovf_independent_count(j->store, j->open, &out->matter, &out->findings, err);
    if (st == OVF_OK)
        st = ovf_judgement_write(j->store, out, n_jobs, err);
    if (st == OVF_OK)
        st = put_control(j->store, out, err);
    return st == OVF_OK ? ovf_tasks_run(ending, 2, n_jobs, err) : st;
}

enum ovf_status ovf_judge(struct ovf_open_case *open, const struct ovf_question *question,
                          const char *library_path, int64_t now_ns, struct ovf_judgement *out,
                          struct ovf_error *err)
{
    struct judging judging = {
        .open = open, .question = question, .library_path = library_path, .out = out};
    out->now_ns = now_ns;
    const enum ovf_status st = judge(&judging, err);
    ovf_findings_deinit(&judging.of_lists);
    if (st != OVF_OK)
        ovf_store_abandon(judging.store);
    else
        ovf_store_close(judging.store);
    return st;
}

/* ---- printing ---- */

static enum ovf_status print_lines(const struct ovf_judgement *j, const struct ovf_sink *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t part = 0; part < j->n_lines && st == OVF_OK; part++) {
        const struct ovf_finding_lines *const lines = &j->lines[part];
        for (size_t i = 0; i < lines->n && st == OVF_OK; i++) {
            st = ovf_sink_write(out, ovf_finding_line(lines, i), lines->items[i].len);
            if (st == OVF_OK)
                st = ovf_sink_write(out, "\n", 1);
        }
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
    const enum ovf_status st = is_table ? print_table(j, out) : print_lines(j, out);
    return st == OVF_OK ? print_desk(j, is_table ? OVF_LISTING_TABLE : OVF_LISTING_NDJSON, out)
                        : st;
}
