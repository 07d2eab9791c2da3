/* SPDX-License-Identifier: Apache-2.0 */
/* How many independent inputs carry a finding: those that the crossings it is about were made from; inputs of one
 * group of the case count as one, and one without a group as itself. */
#ifndef OVF_RUN_INDEPENDENT_H
#define OVF_RUN_INDEPENDENT_H

#include "question/case_open.h"
#include "rules/finding.h"
#include "rules/matter.h"
#include "store/store.h"

/** Set n_inputs of all \p findings. Paths of the case's inputs are compared with those that were scanned. */
OVF_NODISCARD enum ovf_status ovf_independent_count(struct ovf_store *store,
                                                    struct ovf_open_case *open,
                                                    const struct ovf_matter *matter,
                                                    struct ovf_findings *findings,
                                                    struct ovf_error *err);

#endif
