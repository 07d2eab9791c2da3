/* SPDX-License-Identifier: Apache-2.0 */
/* What a case asks, as a question: its watches take the place of the options that say what is asked. */
#ifndef OVF_QUESTION_OF_CASE_H
#define OVF_QUESTION_OF_CASE_H

#include "question/case_open.h"
#include "question/question.h"
#include "rules/matter.h"

/** What the watches of a question point to. */
struct ovf_case_question {
    struct ovf_watch *watches;
    const char **names;
    struct ovf_members *over;         /* by watch and layer */
    struct ovf_matter_area *closures; /* of the case's closures, in their order */
    struct ovf_listings *listings;    /* sealed; NULL: the case names no lists */
    struct ovf_case_store blocks;     /* private: lists of addresses, registrations, states */
};

/**
 * The request \p given with what the case says in it: airspaces, zones, editions, register, library, and inputs
 * and store where none were given.
 *
 * \param[out] out  borrows from \p open and \p given
 * \retval OVF_E_RANGE  \p given asks something itself
 */
OVF_NODISCARD enum ovf_status ovf_case_request(struct ovf_open_case *open,
                                               const struct ovf_question_request *given,
                                               struct ovf_question_request *out,
                                               struct ovf_error *err);

/** Whether each airspace that a watch of \p the_case is over is in a layer of \p q.
 * \retval OVF_E_RANGE  one is not; \p err says where it stands */
OVF_NODISCARD enum ovf_status ovf_question_check_case_airspaces(const struct ovf_case *the_case,
                                                                const struct ovf_question *q,
                                                                struct ovf_error *err);

/** With its airspaces chosen: the watches of \p q, the lists that they may ask for, and what closures are about.
 * \retval OVF_E_RANGE  a place, airspace or airport is not known, or no watch is over what is closed */
OVF_NODISCARD enum ovf_status ovf_question_take_case(struct ovf_open_case *open,
                                                     const char *library_path,
                                                     struct ovf_question *q, struct ovf_error *err);

void ovf_case_question_free(struct ovf_case_question *of_case);

#endif
