/* SPDX-License-Identifier: Apache-2.0 */
/* Embargoes: which of the case's measures were in force on the day of a flight, and which are today. What the
 * flight carried is not known from tracks: that one was in force says nothing of the flight. */
#ifndef OVF_RULES_EMBARGO_H
#define OVF_RULES_EMBARGO_H

#include "rules/finding.h"
#include "rules/matter.h"

#define OVF_RULE_EMBARGO "embargo/1"

/** A finding for each journey of each watch that a measure of the case is about: `in_force`,
 * `in_force_contested` (each that was is contested), `none_in_force`, `date_undetermined`. */
OVF_NODISCARD enum ovf_status ovf_embargoes_judge(const struct ovf_matter *matter,
                                                  struct ovf_findings *findings);

#endif
