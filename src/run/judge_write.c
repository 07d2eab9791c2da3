/* SPDX-License-Identifier: Apache-2.0 */
/* A store takes one row after the other. So one task puts the lines that are made while others make the next ones;
 * then they go on together. */
#include "run/judge_write.h"

#include <stdlib.h>

#include "run/tasks.h"

enum { N_ROUNDS = 16 }; /* with so many, a sixteenth of the making is not beside putting */

struct writing {
    struct ovf_store *store;
    struct ovf_judgement *judgement;
    size_t put_from; /* parts of the lines that are to be put next, and behind the last of them */
    size_t put_to;
};

/* ---- the store ---- */

static struct ovf_store_int flag(bool known, bool value)
{
    return (struct ovf_store_int){known, value ? 1 : 0};
}

static enum ovf_status put_finding(const struct writing *w, const struct ovf_finding_lines *lines,
                                   size_t i, struct ovf_error *err)
{
    const struct ovf_judgement *const j = w->judgement;
    const struct ovf_finding *const finding = &j->findings.items[lines->first + i];
    const struct ovf_finding_head *const head = &finding->head;
    const struct ovf_store_finding row = {
        .id = finding->id,
        .rev = lines->items[i].rev,
        .rule = head->rule,
        .verdict = head->verdict,
        .about_kind = ovf_about_name(head->about),
        .about_id = head->about_id,
        .in_force_on_flight_date = flag(finding->knows_force, finding->in_force_on_flight_date),
        .in_force_today = flag(finding->knows_force, finding->in_force_today),
        .as_of = {true, j->now_ns},
        .simulated = head->simulated,
        .json = ovf_finding_line(lines, i),
    };
    return ovf_store_put_finding(w->store, &row, err);
}

/** What is said no longer: before rows are put, as the table still has the indexes that a new one gets when all
 * rows are in it. */
static enum ovf_status retract_unsaid(void *context, struct ovf_error *err)
{
    const struct writing *const w = context;
    const struct ovf_findings *const findings = &w->judgement->findings;
    const size_t n = findings->n;
    struct ovf_text_item *const ids = malloc((n + 1) * sizeof *ids);
    if (ids == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        ids[i] = (struct ovf_text_item){findings->items[i].id, i};
    enum ovf_status st = ovf_text_order(ids, n);
    if (st == OVF_OK)
        st = ovf_store_retract_others(w->store, OVF_STORE_FINDING, ids, n, err);
    free(ids);
    return st;
}

static enum ovf_status put_lines(void *context, struct ovf_error *err)
{
    const struct writing *const w = context;
    enum ovf_status st = OVF_OK;
    for (size_t part = w->put_from; part < w->put_to; part++) {
        const struct ovf_finding_lines *const lines = &w->judgement->lines[part];
        for (size_t i = 0; i < lines->n && st == OVF_OK; i++)
            st = put_finding(w, lines, i, err);
    }
    return st;
}

/* ---- lines ---- */

struct making {
    const struct ovf_judgement *judgement;
    size_t first;
    size_t n;
    struct ovf_finding_lines *out;
};

static enum ovf_status make_lines(void *context, struct ovf_error *err)
{
    const struct making *const m = context;
    (void)err;
    return ovf_finding_lines_make(&m->judgement->findings, m->first, m->n, m->judgement->now_ns,
                                  m->out);
}

static void set_making(struct ovf_judgement *j, struct making *making)
{
    for (size_t i = 0, first = 0; i < j->n_lines; i++) {
        const size_t n = (j->findings.n - first) / (j->n_lines - i);
        making[i] = (struct making){j, first, n, &j->lines[i]};
        first += n;
    }
}

/* ---- both ---- */

/** Round by round, parts are made beside the putting of those before; the first beside the retracting. */
static enum ovf_status write_rounds(struct writing *w, struct making *making, size_t n_jobs,
                                    struct ovf_task *tasks, struct ovf_error *err)
{
    const size_t n = w->judgement->n_lines;
    const size_t n_made = n / N_ROUNDS;
    enum ovf_status st = OVF_OK;
    while (w->put_from < n && st == OVF_OK) {
        const size_t n_new = n - w->put_to < n_made ? n - w->put_to : n_made;
        tasks[0] = (struct ovf_task){w->put_to > 0 ? put_lines : retract_unsaid, w};
        for (size_t i = 0; i < n_new; i++)
            tasks[i + 1] = (struct ovf_task){make_lines, &making[w->put_to + i]};
        st = ovf_tasks_run(tasks, n_new + 1, n_jobs, err);
        w->put_from = w->put_to;
        w->put_to += n_new;
    }
    return st;
}

enum ovf_status ovf_judgement_write(struct ovf_store *store, struct ovf_judgement *judgement,
                                    size_t n_jobs, struct ovf_error *err)
{
    const size_t n_made = n_jobs > 1 ? n_jobs - 1 : 1;
    const size_t n = N_ROUNDS * n_made;
    struct writing w = {.store = store, .judgement = judgement};
    struct making *const making = calloc(n, sizeof *making);
    struct ovf_task *const tasks = calloc(n_made + 1, sizeof *tasks);
    judgement->lines = calloc(n, sizeof *judgement->lines);
    judgement->n_lines = judgement->lines != NULL ? n : 0;
    enum ovf_status st =
        making != NULL && tasks != NULL && judgement->lines != NULL ? OVF_OK : OVF_E_NOMEM;
    if (st == OVF_OK) {
        set_making(judgement, making);
        st = write_rounds(&w, making, n_jobs, tasks, err);
    }
    free(making);
    free(tasks);
    return st;
}
