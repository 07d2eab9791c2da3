/* SPDX-License-Identifier: Apache-2.0 */
/* Findings for people. */
#ifndef OVF_REPORT_FINDING_TABLE_H
#define OVF_REPORT_FINDING_TABLE_H

#include "rules/finding.h"

/** Append how many findings there are of each rule and verdict, then those that are not about one flight or
 * crossing, each with its reasons. */
OVF_NODISCARD enum ovf_status ovf_report_findings_table(const struct ovf_findings *findings,
                                                        struct ovf_buffer *out);

#endif
