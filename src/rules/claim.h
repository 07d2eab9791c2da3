/* SPDX-License-Identifier: Apache-2.0 */
/* Claims, held against the flights of watches. Tracks show who was heard; a flight that was not heard may have
 * flown. So a claim that there was none is consistent with the data only where, on each of its days, others were
 * heard in the airspaces of the watch. */
#ifndef OVF_RULES_CLAIM_H
#define OVF_RULES_CLAIM_H

#include "rules/finding.h"
#include "rules/matter.h"

#define OVF_RULE_CLAIM "claim/1"

/**
 * A finding for each claim, with the crossings that show it:
 * `consistent`; `contradicted`; `no_data` (days lack data, or nobody was heard there); `undetermined` (a flight's time,
 * class or landing is not known well enough); `not_checkable_from_tracks` (it has no predicate).
 */
OVF_NODISCARD enum ovf_status ovf_claims_judge(const struct ovf_matter *matter,
                                               struct ovf_findings *findings);

#endif
