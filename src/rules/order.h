/* SPDX-License-Identifier: Apache-2.0 */
/* Orders to land for inspection, held against where journeys landed. Only landings that the tracks show count. */
#ifndef OVF_RULES_ORDER_H
#define OVF_RULES_ORDER_H

#include "rules/finding.h"
#include "rules/matter.h"

#define OVF_RULE_ORDER "order/1"

/**
 * A finding for each journey of the order's watch that entered while the order was in force: `landed`,
 * `not_landed`, `undetermined` (a flight's end is not known, or inferred only, or the entry's time); and one for the
 * order: `landed` (one did), `not_landed`, `undetermined`, or, where no journey entered, `no_flight`, or `no_data`
 * when a day lacks data, is not over, or nobody else was heard in the airspaces of the watch.
 */
OVF_NODISCARD enum ovf_status ovf_orders_judge(const struct ovf_matter *matter,
                                               struct ovf_findings *findings);

#endif
