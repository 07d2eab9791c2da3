/* SPDX-License-Identifier: Apache-2.0 */
/* Airspaces of a question: the pack's states, the zones drawn, and which of all are wanted. */
#ifndef OVF_QUESTION_AREAS_H
#define OVF_QUESTION_AREAS_H

#include "question/question.h"

/** The pack, its states as layer 0 and its airports. */
OVF_NODISCARD enum ovf_status ovf_question_open_pack(const struct ovf_question_request *request,
                                                     struct ovf_question *q, struct ovf_error *err);

/** The zones drawn as layer 1; there are some. */
OVF_NODISCARD enum ovf_status ovf_question_make_zones(const struct ovf_question_request *request,
                                                      struct ovf_question *q,
                                                      struct ovf_error *err);

/** Whether the question speaks of airspaces that none of its layers has: then the library is asked. */
bool ovf_question_needs_library(const struct ovf_question_request *request,
                                const struct ovf_question *q);

/** Which airspaces are wanted: those named; else those of the zones drawn and editions named; of two
 * that are compared, theirs; else all states. */
OVF_NODISCARD enum ovf_status ovf_question_choose_airspaces(
    const struct ovf_question_request *request, struct ovf_question *q, struct ovf_error *err);

/** One of them by any of its names; errors as of ovf_airspace_find. */
OVF_NODISCARD enum ovf_status ovf_question_find_airspace(const struct ovf_question *q,
                                                         const char *name,
                                                         struct ovf_airspace_ref *ref,
                                                         struct ovf_error *err);

#endif
