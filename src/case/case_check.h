/* SPDX-License-Identifier: Apache-2.0 */
/* What goes beyond one value of a case (private to src/case). */
#ifndef OVF_CASE_CASE_CHECK_H
#define OVF_CASE_CASE_CHECK_H

#include "case/case_file.h"

/** Fill what is absent (dates, limits), parse predicates, and look whether all that is referred to is there.
 * \retval OVF_E_FORMAT */
OVF_NODISCARD enum ovf_status ovf_case_check(struct ovf_case *the_case, struct ovf_error *err);

#endif
