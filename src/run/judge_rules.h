/* SPDX-License-Identifier: Apache-2.0 */
/* All rules but that of lists, held against a matter by several threads: each says findings of its own, and permits
 * say them of some crossings at a time. What they say is put together in one order, whatever the number of threads. */
#ifndef OVF_RUN_JUDGE_RULES_H
#define OVF_RUN_JUDGE_RULES_H

#include "rules/finding.h"
#include "rules/matter.h"
#include "run/judge_permits.h"

/**
 * \param[in,out] permits   prepared; their answers are made here
 * \param[in,out] of_lists  what the rule of lists says; taken, to stand behind the findings of permits
 * \param[in]     n_jobs    threads
 * \param[in,out] findings  added to; they borrow from the matter and the permits
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_rules_apply(const struct ovf_matter *matter,
                                              struct ovf_judged_permits *permits,
                                              struct ovf_findings *of_lists, size_t n_jobs,
                                              struct ovf_findings *findings);

#endif
