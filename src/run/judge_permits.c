/* SPDX-License-Identifier: Apache-2.0 */
#include "run/judge_permits.h"

#include <stdlib.h>

void ovf_judged_permits_deinit(struct ovf_judged_permits *permits)
{
    ovf_permit_lists_deinit(&permits->lists);
    free(permits->exemptions);
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

static enum ovf_status make_question(const struct ovf_matter *matter,
                                     struct ovf_judged_permits *permits)
{
    const struct ovf_case *const the_case = matter->the_case;
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
        .as_of_ns = matter->now_ns,
    };
    return OVF_OK;
}

enum ovf_status ovf_permits_judge_matter(const struct ovf_matter *matter,
                                         struct ovf_judged_permits *permits,
                                         struct ovf_findings *findings)
{
    if (permits->lists.n == 0)
        return OVF_OK;
    struct ovf_permit_answer *const answers = calloc(matter->n_subjects + 1, sizeof *answers);
    enum ovf_status st = answers != NULL ? make_question(matter, permits) : OVF_E_NOMEM;
    if (st == OVF_OK)
        st = ovf_permits_judge(&permits->question, matter->subjects, matter->n_subjects, answers);
    if (st == OVF_OK)
        st = ovf_permits_summarize(&permits->question, matter->subjects, answers,
                                   matter->n_subjects, &permits->searched, &permits->summary);
    if (st == OVF_OK)
        ovf_permits_find(&permits->question, matter->subjects, answers, matter->n_subjects,
                         findings);
    free(answers);
    return st == OVF_OK ? findings->status : st;
}
