/* SPDX-License-Identifier: Apache-2.0 */
/* Layers out of the library: the editions that a question names, and those that it needs. */
#ifndef OVF_QUESTION_EDITIONS_H
#define OVF_QUESTION_EDITIONS_H

#include "question/question.h"

/** What the built-in map is called where an edition is named. */
#define OVF_BUILT_IN_EDITION "pack"

/**
 * With the states in layer 0 and the drawn zones behind them: take the editions of --boundaries (one of
 * states takes the place of layer 0) and of --compare-boundaries.
 * \retval OVF_E_RANGE  there is no such edition, they do not fit together, or there are too many
 */
OVF_NODISCARD enum ovf_status ovf_question_take_editions(const struct ovf_question_request *request,
                                                         struct ovf_question *q,
                                                         struct ovf_error *err);

/**
 * Add the newest imported regions and zones, of kinds that are not among the layers yet. Without a
 * library nothing happens.
 */
OVF_NODISCARD enum ovf_status ovf_question_add_imported(const struct ovf_question_request *request,
                                                        struct ovf_question *q,
                                                        struct ovf_error *err);

#endif
