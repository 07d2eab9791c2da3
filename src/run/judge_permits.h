/* SPDX-License-Identifier: Apache-2.0 */
/* A case's permits and rules of no permit, as the rule of permits (rules/permit.h) asks for them. */
#ifndef OVF_RUN_JUDGE_PERMITS_H
#define OVF_RUN_JUDGE_PERMITS_H

#include "rules/matter.h"
#include "rules/permit.h"
#include "run/permit_file.h"

/** Zero-initialise; findings borrow from it. */
struct ovf_judged_permits {
    struct ovf_permit_lists lists;
    struct ovf_permit_searched searched;
    struct ovf_permit_question question;
    struct ovf_permit_exemption *exemptions;
    struct ovf_aircraft_group state_aircraft;
    struct ovf_permit_summary summary;
};

void ovf_judged_permits_deinit(struct ovf_judged_permits *permits);

/** Judge all crossings against the lists of \p permits, and sum up for a desk. Without lists nothing is said. */
OVF_NODISCARD enum ovf_status ovf_permits_judge_matter(const struct ovf_matter *matter,
                                                       struct ovf_judged_permits *permits,
                                                       struct ovf_findings *findings);

#endif
