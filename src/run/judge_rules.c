/* SPDX-License-Identifier: Apache-2.0 */
#include "run/judge_rules.h"

#include <stdlib.h>

#include "rules/changes.h"
#include "rules/claim.h"
#include "rules/closure.h"
#include "rules/embargo.h"
#include "rules/inspection.h"
#include "rules/order.h"
#include "run/tasks.h"

typedef enum ovf_status rule_fn(const struct ovf_matter *, struct ovf_findings *);

/** In the order of their findings, behind those of permits and lists. */
static rule_fn *const rules[] = {
    ovf_closures_judge,    ovf_orders_judge, ovf_embargoes_judge,
    ovf_inspections_judge, ovf_claims_judge, ovf_changes_judge,
};

enum { N_RULES = sizeof rules / sizeof *rules, PARTS_A_JOB = 4 };

/** What one task says: a rule, or permits of some crossings. */
struct saying {
    const struct ovf_matter *matter;
    struct ovf_judged_permits *permits;
    rule_fn *rule;
    size_t first;
    size_t n;
    struct ovf_findings findings;
};

static enum ovf_status apply_rule(void *context, struct ovf_error *err)
{
    struct saying *const saying = context;
    (void)err;
    return saying->rule(saying->matter, &saying->findings);
}

static enum ovf_status match(void *context, struct ovf_error *err)
{
    const struct saying *const saying = context;
    (void)err;
    return ovf_judged_permits_match(saying->matter, saying->permits, saying->first, saying->n);
}

static enum ovf_status find(void *context, struct ovf_error *err)
{
    struct saying *const saying = context;
    (void)err;
    ovf_judged_permits_find(saying->matter, saying->permits, saying->first, saying->n,
                            &saying->findings);
    return saying->findings.status;
}

/** Of \p n_parts parts of all crossings first, then of the rules. */
static void set_sayings(const struct ovf_matter *matter, struct ovf_judged_permits *permits,
                        struct saying *sayings, size_t n_parts)
{
    for (size_t i = 0; i < n_parts + N_RULES; i++)
        sayings[i] = (struct saying){.matter = matter, .permits = permits};
    for (size_t i = 0, first = 0; i < n_parts; i++) {
        sayings[i].first = first;
        sayings[i].n = (matter->n_subjects - first) / (n_parts - i);
        first += sayings[i].n;
    }
    for (size_t i = 0; i < N_RULES; i++)
        sayings[n_parts + i].rule = rules[i];
}

/** Rules are the first tasks: one may take as long as several parts. */
static enum ovf_status match_all(struct saying *sayings, size_t n_parts, struct ovf_task *tasks,
                                 size_t n_jobs)
{
    for (size_t i = 0; i < N_RULES; i++)
        tasks[i] = (struct ovf_task){apply_rule, &sayings[n_parts + i]};
    for (size_t i = 0; i < n_parts; i++)
        tasks[N_RULES + i] = (struct ovf_task){match, &sayings[i]};
    return ovf_tasks_run(tasks, N_RULES + n_parts, n_jobs, NULL);
}

static enum ovf_status find_all(struct saying *sayings, size_t n_parts, struct ovf_task *tasks,
                                size_t n_jobs)
{
    for (size_t i = 0; i < n_parts; i++)
        tasks[i] = (struct ovf_task){find, &sayings[i]};
    return ovf_tasks_run(tasks, n_parts, n_jobs, NULL);
}

/** Their findings one behind the other, those of \p of_lists between. */
static void take_all(struct saying *sayings, size_t n_parts, struct ovf_findings *of_lists,
                     struct ovf_findings *findings)
{
    for (size_t i = 0; i < n_parts + N_RULES; i++) {
        if (i == n_parts)
            ovf_findings_take(findings, of_lists);
        ovf_findings_take(findings, &sayings[i].findings);
    }
}

enum ovf_status ovf_rules_apply(const struct ovf_matter *matter, struct ovf_judged_permits *permits,
                                struct ovf_findings *of_lists, size_t n_jobs,
                                struct ovf_findings *findings)
{
    const size_t n_parts = PARTS_A_JOB * n_jobs;
    const size_t n = n_parts + N_RULES;
    struct saying *const sayings = calloc(n, sizeof *sayings);
    struct ovf_task *const tasks = calloc(n, sizeof *tasks);
    enum ovf_status st =
        sayings != NULL && tasks != NULL ? ovf_judged_permits_begin(matter, permits) : OVF_E_NOMEM;
    if (st == OVF_OK) {
        set_sayings(matter, permits, sayings, n_parts);
        st = match_all(sayings, n_parts, tasks, n_jobs);
    }
    if (st == OVF_OK)
        st = ovf_judged_permits_settle(matter, permits);
    if (st == OVF_OK)
        st = find_all(sayings, n_parts, tasks, n_jobs);
    if (st == OVF_OK)
        take_all(sayings, n_parts, of_lists, findings);
    for (size_t i = 0; i < n && sayings != NULL; i++)
        ovf_findings_deinit(&sayings[i].findings);
    free(sayings);
    free(tasks);
    return st == OVF_OK ? findings->status : st;
}
