/* SPDX-License-Identifier: Apache-2.0 */
/* Findings for people. */
#ifndef OVF_REPORT_FINDING_TABLE_H
#define OVF_REPORT_FINDING_TABLE_H

#include "rules/finding.h"
#include "rules/matter.h"

/** Append how many findings there are of each rule and verdict; then of each verdict that asks for a look (no permit, a
 * list's entry, a closure; not what is covered, exempt or only in force) the first twenty flights, crossings or
 * journeys of \p matter by time, each with who flew and the first reason; then those about watches and entries of
 * the case, each with its reasons. */
OVF_NODISCARD enum ovf_status ovf_report_findings_table(const struct ovf_findings *findings,
                                                        const struct ovf_matter *matter,
                                                        struct ovf_buffer *out);

/** Whether it asks for a look: of what flew, as the table above lists it; of a watch or an entry, a change, a
 * contradiction, an order that was not obeyed for sure, an inspection whose flight is not found. Not what is merely
 * counted, as it was said to be, or not known for want of data. */
bool ovf_report_asks_for_look(const struct ovf_finding *finding);

#endif
