/* SPDX-License-Identifier: Apache-2.0 */
#include "run/judge_permits.h"

#include <stdlib.h>

void ovf_judged_permits_deinit(struct ovf_judged_permits *permits)
{
    ovf_permit_lists_deinit(&permits->lists);
    free(permits->exemptions);
    ovf_permit_judging_free(permits->judging);
    free(permits->answers);
    ovf_permit_summary_deinit(&permits->summary);
    *permits = (struct ovf_judged_permits){.exemptions = NULL};
}

static struct ovf_permit_exemption exemption_of(const struct ovf_case_not_required *rule)
{
    const int64_t *const roles = rule->roles.items;
    struct ovf_permit_exemption exemption = {
        .name = rule->name.text,
        .source = rule->source,
        .state = rule->state,
        .operators = ovf_names_of(&rule->operators),
        .registrations = ovf_names_of(&rule->registrations),
        .state_aircraft = rule->state_aircraft,
        .from_ns = rule->valid_from_ns,
        .to_ns = rule->valid_to_ns,
    };
    for (size_t i = 0; i < rule->roles.n; i++)
        exemption.roles |= 1U << roles[i];
    return exemption;
}

static enum ovf_status make_question(const struct ovf_case *the_case, int64_t now_ns,
                                     struct ovf_judged_permits *permits)
{
    const struct ovf_case_not_required *const rules = the_case->not_required.items;
    const struct ovf_case_state_aircraft *const group = &the_case->state_aircraft;
    const size_t n = the_case->not_required.n;
    const bool has_group = ovf_case_has_state_aircraft(the_case);
    permits->exemptions = calloc(n + 1, sizeof *permits->exemptions);
    if (permits->exemptions == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        permits->exemptions[i] = exemption_of(&rules[i]);
    permits->state_aircraft =
        (struct ovf_aircraft_group){.registrations = ovf_names_of(&group->registrations),
                                    .callsigns = ovf_names_of(&group->callsigns),
                                    .operators = ovf_names_of(&group->operators),
                                    .types = ovf_names_of(&group->types)};
    permits->question = (struct ovf_permit_question){
        .lists = permits->lists.items,
        .n_lists = permits->lists.n,
        .exemptions = permits->exemptions,
        .n_exemptions = n,
        .state_aircraft = has_group ? &permits->state_aircraft : NULL,
        .state_aircraft_source = has_group ? group->source : "",
        .as_of_ns = now_ns,
    };
    return OVF_OK;
}

enum ovf_status ovf_judged_permits_prepare(const struct ovf_case *the_case, int64_t now_ns,
                                           struct ovf_judged_permits *permits)
{
    if (permits->lists.n == 0)
        return OVF_OK;
    const enum ovf_status st = make_question(the_case, now_ns, permits);
    return st == OVF_OK ? ovf_permit_judging_new(&permits->question, &permits->judging) : st;
}

enum ovf_status ovf_judged_permits_begin(const struct ovf_matter *matter,
                                         struct ovf_judged_permits *permits)
{
    permits->answers = calloc(matter->n_subjects + 1, sizeof *permits->answers);
    return permits->answers != NULL ? OVF_OK : OVF_E_NOMEM;
}

enum ovf_status ovf_judged_permits_match(const struct ovf_matter *matter,
                                         const struct ovf_judged_permits *permits, size_t first,
                                         size_t n)
{
    if (permits->lists.n == 0)
        return OVF_OK;
    return ovf_permit_judging_match(permits->judging, matter->subjects + first, n,
                                    permits->answers + first);
}

enum ovf_status ovf_judged_permits_settle(const struct ovf_matter *matter,
                                          struct ovf_judged_permits *permits)
{
    if (permits->lists.n == 0)
        return OVF_OK;
    return ovf_permit_judging_settle(permits->judging, matter->subjects, matter->n_subjects,
                                     permits->answers);
}

void ovf_judged_permits_find(const struct ovf_matter *matter,
                             const struct ovf_judged_permits *permits, size_t first, size_t n,
                             struct ovf_findings *findings)
{
    if (permits->lists.n > 0)
        ovf_permits_find(&permits->question, matter->subjects + first, permits->answers + first, n,
                         findings);
}

enum ovf_status ovf_judged_permits_summarize(const struct ovf_matter *matter,
                                             struct ovf_judged_permits *permits)
{
    if (permits->lists.n == 0)
        return OVF_OK;
    return ovf_permits_summarize(&permits->question, matter->subjects, permits->answers,
                                 matter->n_subjects, &permits->searched, &permits->summary);
}
