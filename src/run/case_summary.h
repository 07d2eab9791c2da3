/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a case, for people. */
#ifndef OVF_RUN_CASE_SUMMARY_H
#define OVF_RUN_CASE_SUMMARY_H

#include "base/buffer.h"
#include "question/case_open.h"

OVF_NODISCARD enum ovf_status ovf_case_summary(const struct ovf_case *the_case,
                                               struct ovf_buffer *out);

#endif
