/* SPDX-License-Identifier: Apache-2.0 */
/* A case's permits and rules of no permit, as the rule of permits (rules/permit.h) asks for them, in steps that
 * several threads can do. Without lists nothing is said. */
#ifndef OVF_RUN_JUDGE_PERMITS_H
#define OVF_RUN_JUDGE_PERMITS_H

#include "question/permit_file.h"
#include "rules/matter.h"
#include "rules/permit.h"

/** Zero-initialise; findings borrow from it. */
struct ovf_judged_permits {
    struct ovf_permit_lists lists;
    struct ovf_permit_searched searched;
    struct ovf_permit_question question;
    struct ovf_permit_exemption *exemptions;
    struct ovf_aircraft_group state_aircraft;
    struct ovf_permit_judging *judging;
    struct ovf_permit_answer *answers; /* one a crossing */
    struct ovf_permit_summary summary;
};

void ovf_judged_permits_deinit(struct ovf_judged_permits *permits);

/** With the lists read: make the question, and put their permits in order. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_judged_permits_prepare(const struct ovf_case *the_case,
                                                         int64_t now_ns,
                                                         struct ovf_judged_permits *permits);

/** Room for an answer to each crossing. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_judged_permits_begin(const struct ovf_matter *matter,
                                                       struct ovf_judged_permits *permits);

/** Match \p n crossings from number \p first on. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_judged_permits_match(const struct ovf_matter *matter,
                                                       const struct ovf_judged_permits *permits,
                                                       size_t first, size_t n);

/** With all matched: which permits are used up. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_judged_permits_settle(const struct ovf_matter *matter,
                                                        struct ovf_judged_permits *permits);

/** What is found of \p n crossings from number \p first on. */
void ovf_judged_permits_find(const struct ovf_matter *matter,
                             const struct ovf_judged_permits *permits, size_t first, size_t n,
                             struct ovf_findings *findings);

/** Sum up for a desk. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_judged_permits_summarize(const struct ovf_matter *matter,
                                                           struct ovf_judged_permits *permits);

#endif
