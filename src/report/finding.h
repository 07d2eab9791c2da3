/* SPDX-License-Identifier: Apache-2.0 */
/* A finding as one NDJSON line. */
#ifndef OVF_REPORT_FINDING_H
#define OVF_REPORT_FINDING_H

#include "rules/finding.h"

/**
 * Append \p finding with its line end, as docs/formats/ndjson.md has it.
 * \param[in]  as_of_ns  the day for which "today" was said; no part of the revision
 * \param[out] rev       the hash of what is said
 */
OVF_NODISCARD enum ovf_status ovf_report_finding(const struct ovf_findings *findings,
                                                 const struct ovf_finding *finding,
                                                 int64_t as_of_ns, struct ovf_buffer *out,
                                                 char rev[OVF_ID_SIZE]);

#endif
