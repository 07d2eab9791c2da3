/* SPDX-License-Identifier: Apache-2.0 */
/* Closures and no-fly zones: crossings of what was closed at that time.
 *
 * A crossing is inside for sure from the end of its entry's interval to the beginning of its exit's; between
 * their outer ends it may be. Where all of one of these intervals lies in a time of closure, so does a time at which
 * it was inside. Of altitudes those at entry and exit are
 * looked at, the lowest and the highest of its fixes inside, and the ground of an arrival or departure: an aircraft
 * that was within the limits at any, or on both sides of them, was within. One that was on one side of them
 * stayed outside where its altitude is known throughout and clear of them; else that is not known. */
#ifndef OVF_RULES_CLOSURE_H
#define OVF_RULES_CLOSURE_H

#include "rules/finding.h"
#include "rules/matter.h"

#define OVF_RULE_CLOSURE "closure/1"

/** A finding for each crossing of a closed airspace while it was, or may have been: `within`, `exempt`,
 * `time_undetermined`, `vertical_undetermined` (it may have been within the limits), `possible` (of what may
 * have been flown only). */
OVF_NODISCARD enum ovf_status ovf_closures_judge(const struct ovf_matter *matter,
                                                 struct ovf_findings *findings);

#endif
