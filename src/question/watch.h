/* SPDX-License-Identifier: Apache-2.0 */
/* The watch of a question: which crossings, of which flights and aircraft. */
#ifndef OVF_QUESTION_WATCH_H
#define OVF_QUESTION_WATCH_H

#include "question/question.h"

/** With the pack open. */
OVF_NODISCARD enum ovf_status ovf_question_take_watch(const struct ovf_question_request *request,
                                                      struct ovf_question *q,
                                                      struct ovf_error *err);

/** A state by any of its names, or an airport by its code; NULL leaves \p place as it is. \p option names it in
 * errors. */
OVF_NODISCARD enum ovf_status ovf_question_take_place(const struct ovf_question *q,
                                                      const char *option, const char *text,
                                                      struct ovf_place *place,
                                                      struct ovf_error *err);

#endif
