/* SPDX-License-Identifier: Apache-2.0 */
/* The days of a watch: halts and resumptions of its flights, days that say nothing, and whether anything changed
 * near a request. A journey counts once, on the day of its first entry; a day counts for as much as flights of
 * others were heard in the airspaces of the watch, set against what is usual there. */
#ifndef OVF_RULES_CHANGES_H
#define OVF_RULES_CHANGES_H

#include "rules/finding.h"
#include "rules/matter.h"

#define OVF_RULE_SERIES "series/1"
#define OVF_RULE_REQUEST "request/1"

/**
 * Of each watch: `counted`, or `too_little_data` to look for changes; a finding for each change (`halt`, `resumption`,
 * `rise`, `fall`), for each stretch of `quiet_days` that is no detected halt, and for each of days without data
 * (`no_data`); and under the key `state` what it is on the last day with data, judged day by day (series/live.h):
 * `flying`, `halted`, `returning` or `too_little_data`, with the alerts until then. Of each request what may be said
 * of its effect (series/effect.h).
 * \retval OVF_E_LIMIT  the inputs are spread over more than OVF_SERIES_MAX_DAYS
 */
OVF_NODISCARD enum ovf_status ovf_changes_judge(const struct ovf_matter *matter,
                                                struct ovf_findings *findings);

#endif
