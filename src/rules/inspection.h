/* SPDX-License-Identifier: Apache-2.0 */
/* Inspections, beside the flights that were inspected and those that were not. */
#ifndef OVF_RULES_INSPECTION_H
#define OVF_RULES_INSPECTION_H

#include "rules/finding.h"
#include "rules/matter.h"

#define OVF_RULE_INSPECTION "inspection/1"

/**
 * A finding for each inspection: `flight_found`, `several_flights_fit`, `undetermined` (none landed there for sure,
 * but one may have), `no_flight_found`, `no_data`; and one for each watch with inspections: `counted`, how many of
 * its journeys were inspected, how many may have been and how many were not.
 */
OVF_NODISCARD enum ovf_status ovf_inspections_judge(const struct ovf_matter *matter,
                                                    struct ovf_findings *findings);

#endif
