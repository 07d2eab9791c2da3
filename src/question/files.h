/* SPDX-License-Identifier: Apache-2.0 */
/* Reference files that a question names. */
#ifndef OVF_QUESTION_FILES_H
#define OVF_QUESTION_FILES_H

#include "question/question.h"

/** A file of the question's own that is not what it should be: the world, not the question. */
enum ovf_status ovf_question_file_status(enum ovf_status st);

OVF_NODISCARD enum ovf_status ovf_question_take_register(const struct ovf_question_request *request,
                                                         struct ovf_question *q,
                                                         struct ovf_error *err);

OVF_NODISCARD enum ovf_status ovf_question_take_routes(const struct ovf_question_request *request,
                                                       struct ovf_question *q,
                                                       struct ovf_error *err);

OVF_NODISCARD enum ovf_status ovf_question_take_operators(
    const struct ovf_question_request *request, struct ovf_question *q, struct ovf_error *err);

/** With the airspaces chosen: the geoid named; else, when one of them has a limit above mean sea level,
 * the one that PROJ has, if any. */
OVF_NODISCARD enum ovf_status ovf_question_take_geoid(const struct ovf_question_request *request,
                                                      struct ovf_question *q,
                                                      struct ovf_error *err);

#endif
