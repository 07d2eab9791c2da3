/* SPDX-License-Identifier: Apache-2.0 */
/* The watch of a question: which crossings, of which flights and aircraft. */
#ifndef OVF_RUN_QUESTION_WATCH_H
#define OVF_RUN_QUESTION_WATCH_H

#include "run/question.h"

/** With the pack open. */
OVF_NODISCARD enum ovf_status ovf_question_take_watch(const struct ovf_scan_request *request,
                                                      struct ovf_question *q,
                                                      struct ovf_error *err);

#endif
